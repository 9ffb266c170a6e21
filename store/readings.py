"""When articles were opened: the history of reading, one entry an article, the last opening of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from .articles import published, set_unread
from .database import errors_of, transaction
from .models import Published

CREATE = (
    """CREATE TABLE readings(
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        at INTEGER NOT NULL
    )""",
    "CREATE INDEX readings_by_time ON readings(at)",
)
_HISTORY = """
SELECT r.article_id, r.at, a.title, o.name, a.published, a.published_precision, a.published_is_inferred
FROM readings r JOIN articles a ON a.id = r.article_id LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY r.at DESC, r.article_id DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was opened: when the last time (seconds UTC), its headline, outlet and date."""

    article: int
    at: int
    title: str
    outlet: str | None
    published: Published | None


def opened(connection: sqlite3.Connection, article_id: int, now: int) -> None:
    """Note that an article was opened, and mark it read; nothing where it is not there."""
    with transaction(connection):
        set_unread(connection, [article_id], False)
        connection.execute(
            "INSERT INTO readings(article_id, at) SELECT id, ? FROM articles WHERE id = ?"
            " ON CONFLICT(article_id) DO UPDATE SET at = excluded.at",
            (now, article_id),
        )


def history(connection: sqlite3.Connection, limit: int) -> tuple[ReadArticle, ...]:
    """The articles opened last, the last first."""
    with errors_of():
        rows = connection.execute(_HISTORY, (limit,))
        return tuple(ReadArticle(row[0], row[1], row[2], row[3], published(*row[4:])) for row in rows)


def forget(connection: sqlite3.Connection) -> int:
    """Forget when articles were opened; they stay read. How many it was."""
    with transaction(connection):
        return connection.execute("DELETE FROM readings").rowcount
