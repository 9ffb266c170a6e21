"""All of related items anew, the same result whatever the order of import was; and whether they are as they should be."""

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
        # Of one time those first whose text says so, not those that came first.
        in_time = (
            "SELECT r.article_id FROM related_articles r JOIN articles a ON a.id = r.article_id"
            " ORDER BY r.time IS NULL, r.time, a.identity, r.article_id"
        )
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


#: Articles whose terms are computed again by :func:`verify`.
_SAMPLES = 30
_SAMPLE = (
    "SELECT article_id, bucket, terms FROM related_articles"
    " WHERE article_id % (1 + (SELECT max(article_id) FROM related_articles) / ?) = 0 LIMIT ?"
)
_MEND = "newsreader reindex --related mends it"
#: What must not exist: (what it is, a count of it).
_NEVER = (
    (
        "articles counted otherwise than they are related",
        "SELECT abs((SELECT count(*) FROM related_articles) - (SELECT total(articles) FROM related_buckets))",
    ),
    (
        "events that count their reports wrongly",
        "SELECT count(*) FROM events e WHERE e.articles <"
        " max(2, (SELECT count(*) FROM event_members m WHERE m.event_id = e.id))"
        " OR e.articles > (SELECT count(*) FROM event_members m WHERE m.event_id = e.id)",
    ),
)


def verify(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with related items, a line each: counts, and a sample of articles looked up by their terms."""
    problems = []
    for name, statement in _NEVER:
        count = int(connection.execute(statement).fetchone()[0])
        if count:
            problems.append(f"{name}: {count}; {_MEND}")
    stale = lost = looked_at = 0
    for article, bucket, blob in connection.execute(_SAMPLE, (_SAMPLES, _SAMPLES)).fetchall():
        looked_at += 1
        row = connection.execute(_TEXTS + placeholders([article]), [article]).fetchone()
        terms = set(vectors.unpack_terms(blob)[0])
        stale += row is not None and terms != set(vectors.signature(row[1], row[6].split("\n")).terms)
        lost += bool(terms) and not _is_posted(connection, article, bucket, terms)
    if stale:
        problems.append(f"articles related by another version: {stale} of {looked_at}; {_MEND}")
    if lost:
        problems.append(f"articles not found by their own terms: {lost} of {looked_at}; {_MEND}")
    return tuple(problems)


def _is_posted(connection: sqlite3.Connection, article: int, bucket: int, terms: set[int]) -> bool:
    """True when an article is found by at least one of its terms; words of every article are not posted."""
    found = connection.execute(
        f"SELECT 1 FROM related_postings WHERE bucket = ? AND article_id = ? AND term IN {placeholders(list(terms))} LIMIT 1",  # noqa: S608
        (bucket, article, *terms),
    )
    return found.fetchone() is not None
