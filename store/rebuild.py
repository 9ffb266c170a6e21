"""All of related items anew: the same result whatever the order of import was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from . import clusters, counts, headlines, neighbours, related_schema, vectors
from .articles import batches, ids, placeholders
from .database import transaction
from .related import time_of, weekday_of

_STEP = 200
_TEXTS = """
SELECT a.id, a.title, a.title_is_derived, a.published, a.published_precision, a.published_is_inferred, b.text
FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id IN """


class _StoppedError(Exception):
    """Raised to undo a rebuild that was stopped; never leaves this module."""


def rebuild(
    connection: sqlite3.Connection,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Index every article, resolve every link and find all events again, in one transaction.

    ``on_progress`` gets steps done and to do, two for each article. When
    ``should_stop`` answers True everything stays as it was, and so does the
    answer False.
    """
    run = _Run(connection, on_progress, should_stop)
    try:
        with transaction(connection):
            run.all()
    except _StoppedError:
        counts.forget()
        return False
    return True


class _Run:
    def __init__(
        self,
        connection: sqlite3.Connection,
        on_progress: Callable[[int, int], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._connection = connection
        self._on_progress = on_progress or (lambda done, total: None)
        self._should_stop = should_stop or (lambda: False)
        self._done = 0
        self._total = 2 * int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def all(self) -> None:
        for table in related_schema.TABLES:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        counts.forget()
        for batch in batches(ids(self._connection), _STEP):
            for row in self._connection.execute(_TEXTS + placeholders(batch), batch).fetchall():
                self._index(*row)
            self._step(len(batch))
        in_time = "SELECT article_id FROM related_articles ORDER BY time IS NULL, time, article_id"
        order = [article for (article,) in self._connection.execute(in_time)]
        for batch in batches(order, _STEP):
            clusters.regroup(self._connection, batch)
            for article in batch:
                headlines.resolve_links(self._connection, article)
            self._step(len(batch))

    def _index(
        self,
        article: int,
        title: str,
        is_derived: int,
        seconds: int | None,
        precision: str | None,
        is_inferred: int,
        text: str,
    ) -> None:
        body = text.split("\n")
        made, weekday = vectors.signature(title, body), weekday_of(title, body, seconds, is_inferred)
        neighbours.add(self._connection, article, time_of(seconds, precision), made, weekday)
        if not is_derived:
            headlines.note_title(self._connection, article, title)

    def _step(self, count: int) -> None:
        self._done += count
        self._on_progress(self._done, self._total)
        if self._should_stop():
            raise _StoppedError
