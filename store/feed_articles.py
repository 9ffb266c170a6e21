"""Which articles came by which feed; an article may come by several."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

CREATE = (
    """CREATE TABLE feed_articles(
        feed_id INTEGER NOT NULL REFERENCES feeds(id) ON DELETE CASCADE,
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY(feed_id, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX feed_articles_by_article ON feed_articles(article_id)",
    "CREATE INDEX feed_articles_by_position ON feed_articles(position)",
)


def came_by(connection: sqlite3.Connection, feed_id: int, article_ids: Iterable[int]) -> None:
    """Note that articles came by a feed; part of the caller's transaction."""
    connection.executemany(
        "INSERT OR IGNORE INTO feed_articles(feed_id, position, article_id) SELECT ?, position, id FROM articles WHERE id = ?",
        ((feed_id, article_id) for article_id in article_ids),
    )


def feeds_meant(connection: sqlite3.Connection, key: str) -> list[int]:
    """The feeds a name means: its number, its title, or words of its title or address; folded as names are."""
    from .arabic import label_key

    rows = connection.execute("SELECT id, title, url FROM feeds").fetchall()
    if key.isdecimal():
        return [row[0] for row in rows if str(row[0]) == key]
    same = [row[0] for row in rows if key in (label_key(row[1]), label_key(row[2]))]
    return same or [row[0] for row in rows if f" {key} " in f" {label_key(row[1])} {label_key(row[2])} "]
