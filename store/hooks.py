"""The one place where an arriving, changing or moving article meets the indexes of the other rooms.

Search and related items each keep tables of their own; whoever changes an
article calls these, inside the transaction of the change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from .counts import forget
from .neighbours import gathering
from .related import Subject, relate_article, relate_subject, unrelate_article
from .search_index import Arrival, index_article, index_articles, move_article, unindex_article

__all__ = ["arrived", "findable", "gathering", "leaves", "moved", "related", "retold", "undone"]


def related(connection: sqlite3.Connection, article_id: int, subject: Subject) -> None:
    """Find the relatives of a new article; in the order of arrival, for each may found an event."""
    relate_subject(connection, article_id, subject)


def findable(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> None:
    """Make new articles findable, all of a transaction together."""
    index_articles(connection, arrivals)


def arrived(
    connection: sqlite3.Connection,
    article_id: int,
    position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Take an article's new text into the indexes, after :func:`leaves`."""
    index_article(connection, article_id, position, title, body, keywords)
    relate_article(connection, article_id)


def retold(connection: sqlite3.Connection, article_id: int, body: Sequence[str]) -> None:
    """An article has another text: what was marked in it is looked for there."""
    if connection.execute("SELECT 1 FROM notes WHERE article_id = ? LIMIT 1", (article_id,)).fetchone():
        from .notes import reanchor

        reanchor(connection, article_id, body)


def leaves(
    connection: sqlite3.Connection,
    article_id: int,
    position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Take an article's former text out of the indexes; the values are those it came with."""
    unindex_article(connection, position, title, body, keywords)
    unrelate_article(connection, article_id)


def moved(
    connection: sqlite3.Connection,
    article_id: int,
    positions: tuple[int, int],
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Follow an article from ``positions[0]`` to ``positions[1]``; its date is another now."""
    move_article(connection, *positions, title, body, keywords)
    unrelate_article(connection, article_id)
    relate_article(connection, article_id)


def undone() -> None:
    """A transaction was rolled back: what the rooms remember of it between calls is wrong."""
    forget()
