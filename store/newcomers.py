"""Rows of new articles that nothing asks for yet: written for many articles at once, each table in its own order.

Row by row they cost twice as much, for the next article's go to other pages.
Whoever reads a body, a status or the labels of an article that has just come
writes what waits here first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

_BODY = "INSERT INTO bodies(article_id, text) VALUES (?, ?)"
_STATUS = "INSERT INTO statuses(article_id, position) VALUES (?, ?)"
_KEYWORD = "INSERT OR IGNORE INTO article_keywords(keyword_id, position, article_id) VALUES (?, ?, ?)"
_AGENCY = "INSERT OR IGNORE INTO article_agencies(agency_id, position, article_id) VALUES (?, ?, ?)"

#: Texts that wait: they come in the order of their table anyway, and are the larger part of an article.
_MOST_BODIES = 50

#: The id of a label, the position of an article and its id.
_Labelled = tuple[int, int, int]


class Newcomers:
    """What waits, of articles that are in the table of articles already."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bodies: list[tuple[int, str]] = []
        self._statuses: list[tuple[int, int]] = []
        self._keywords: list[_Labelled] = []
        self._agencies: list[_Labelled] = []

    def add(
        self, article_id: int, position: int, body: str, keywords: Iterable[int], agencies: Iterable[int]
    ) -> None:
        """Let an article's text, its status and the ids of its labels wait."""
        self._bodies.append((article_id, body))
        if len(self._bodies) >= _MOST_BODIES:
            self._write_bodies()
        self._statuses.append((article_id, position))
        self._keywords += [(label, position, article_id) for label in keywords]
        self._agencies += [(label, position, article_id) for label in agencies]

    def write(self) -> None:
        """Write all that waits."""
        if not self._statuses:
            return
        self._write_bodies()
        self._connection.executemany(_STATUS, self._statuses)
        attach(self._connection, self._keywords, self._agencies)
        for rows in (self._statuses, self._keywords, self._agencies):
            rows.clear()

    def _write_bodies(self) -> None:
        self._connection.executemany(_BODY, self._bodies)
        self._bodies.clear()


def attach(
    connection: sqlite3.Connection, keywords: Sequence[_Labelled], agencies: Sequence[_Labelled]
) -> None:
    """Give articles keywords and agencies, as (id of the label, position, article)."""
    if keywords:
        connection.executemany(_KEYWORD, sorted(keywords))
    if agencies:
        connection.executemany(_AGENCY, sorted(agencies))
