"""All of related items anew, the same result whatever the order of import was; and whether they are as they should be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from . import beside, clusters, counts, headlines, neighbours, vectors
from .arabic import CHAIN_VERSION
from .articles import placeholders
from .database import SCHEMA_VERSION, transaction
from .related import relate_article, time_of, unrelate_article, weekday_of
from .turns import Turns

#: Articles in one transaction: about half a second of work, for a stop to be heard.
_STEP = 200
_COLUMNS = (
    "a.id, a.title, a.title_is_derived, a.published, a.published_precision, a.published_is_inferred, b.text"
)
_TEXTS = f"""
SELECT {_COLUMNS} FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id IN """  # noqa: S608
_FOLLOWING = f"""
SELECT {_COLUMNS} FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id > ? ORDER BY a.id LIMIT ?"""  # noqa: S608
#: Of one time those first whose text says so, not those that came first; and those without a time last.
_PLACE = "r.time IS NULL, coalesce(r.time, 0), a.identity, r.article_id"
_IN_TIME = f"""
SELECT {_PLACE} FROM related_articles r JOIN articles a ON a.id = r.article_id
WHERE ({_PLACE}) > (?, ?, ?, ?) ORDER BY 1, 2, 3, 4"""  # noqa: S608
_BEFORE_ALL: Sequence[Any] = (-1, 0, "", 0)
_STATE = "SELECT value FROM meta WHERE key = 'related_next'"
_NOTE = "INSERT INTO meta(key, value) VALUES ('related_next', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"
#: What was begun by another version is begun again.
_VERSION = f"{CHAIN_VERSION}.{SCHEMA_VERSION}"


def rebuild(
    connection: sqlite3.Connection,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Index every article, resolve every link and find all events again, or go on where a run was stopped.

    ``on_progress`` gets steps done and to do, two for each article. When
    ``should_stop`` answers True what is done is kept, what was there answers as
    before, and the answer is False. Raises StoreReadOnlyError or StoreBusyError.
    """
    run = _Run(connection, on_progress, should_stop)
    try:
        return run.all()
    finally:
        counts.forget()


class _Run:
    def __init__(
        self,
        connection: sqlite3.Connection,
        on_progress: Callable[[int, int], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._connection = connection
        self._turns = Turns(connection)
        # Where the rooms write.
        self._new = beside.beside(connection)
        self._on_progress = on_progress or (lambda done, total: None)
        self._should_stop = should_stop or (lambda: False)
        # The article up to which the new index goes, and the place in order of time up to which events are found.
        self._indexed = 0
        self._grouped: Sequence[Any] = _BEFORE_ALL

    def all(self) -> bool:
        self._begin()
        articles = self._count("SELECT count(*) FROM articles")
        counts.forget()
        total = 2 * articles
        done = self._count("SELECT count(*) FROM articles WHERE id <= ?", self._indexed)
        newest = self._count("SELECT coalesce(max(id), 0) FROM articles")
        while self._indexed < newest:
            count = self._in_step(self._index_some, done, total)
            if count is None:
                return False
            done += count
        # All are indexed before the first event is looked for: what is found depends on neither order nor stops.
        waiting = self._new.execute(_IN_TIME, self._grouped).fetchall()
        for start in range(0, len(waiting), _STEP):
            done = total - len(waiting) + start
            if self._in_step(partial(self._group, waiting[start : start + _STEP]), done, total) is None:
                return False
        while count := self._in_step(self._catch_up, total, total):
            pass
        if count is None:
            return False
        with transaction(self._connection):
            # Others may have written since the last were looked for.
            while self._catch_up():
                pass
            beside.put_in_place(self._connection)
            self._connection.execute("DELETE FROM meta WHERE key = 'related_next'")
        return True

    def _begin(self) -> None:
        """Make new tables, unless some of this version are under way."""
        with transaction(self._connection):
            state = state_of(self._connection)
            if state is not None and state["version"] == _VERSION and beside.is_there(self._connection):
                self._indexed, self._grouped = state["indexed"], state["grouped"]
                return
            beside.make(self._connection)
            self._note()

    def _in_step(self, step: Callable[[], int], done: int, total: int) -> int | None:
        """Take a step in a transaction of its own; how many articles it was for, None where it is not to be taken."""
        self._on_progress(done, total)
        if self._should_stop():
            return None
        try:
            with self._turns.turn():
                count = step()
                self._note()
                return count
        except BaseException:
            counts.forget()
            raise

    def _index_some(self) -> int:
        rows = self._connection.execute(_FOLLOWING, (self._indexed, _STEP)).fetchall()
        with neighbours.gathering(self._new):
            for row in rows:
                self._index(*row)
        self._indexed = rows[-1][0]
        return len(rows)

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
        neighbours.add(self._new, article, time_of(seconds, precision), made, weekday)
        if not is_derived:
            headlines.note_title(self._new, article, title)

    def _group(self, batch: Sequence[Sequence[Any]]) -> int:
        clusters.regroup(self._new, [place[-1] for place in batch])
        for place in batch:
            headlines.resolve_links(self._new, place[-1])
        self._grouped = batch[-1]
        return len(batch)

    def _catch_up(self) -> int:
        """Do to the new tables what some articles have done meanwhile to those that answer."""
        articles = beside.changed(self._connection, _STEP)
        for article in articles:
            unrelate_article(self._new, article)
            relate_article(self._new, article)
            headlines.resolve_links(self._new, article)
        return len(articles)

    def _note(self) -> None:
        state = {"version": _VERSION, "indexed": self._indexed, "grouped": list(self._grouped)}
        self._connection.execute(_NOTE, (json.dumps(state),))

    def _count(self, statement: str, *values: int) -> int:
        return int(self._connection.execute(statement, values).fetchone()[0])


def state_of(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """How far a run is that was not finished; None where there is none."""
    row = connection.execute(_STATE).fetchone()
    return json.loads(row[0]) if row else None


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
    if state_of(connection) is not None:
        problems.append(
            "related items were not made anew to the end; newsreader reindex --related goes on with it"
        )
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
