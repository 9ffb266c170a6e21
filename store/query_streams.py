"""Streams of positions from an index, newest first, and tests of a position: what a tree of a query becomes.

A statement walks one stream and stops when a page is full; :mod:`store.query_sql` chooses which.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace

from .query_regex import watched

#: Where a test's position goes; replaced by the driver's own column.
AT = "@at"
#: Rough cost of one test in microseconds: a full-text probe seeks in every segment, a row is one lookup,
#: a pattern reads the whole article.
TEXT_TEST, ROW_TEST, PATTERN_TEST = 25.0, 1.5, 100.0

Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on the position AT, its values, and what one evaluation costs (microseconds)."""

    sql: str
    values: Values = ()
    cost: float = ROW_TEST


#: What FTS5 finds at a position is an article's: an index of another version keeps rows of what is gone.
IS_ALIVE = Test("@at NOT IN (SELECT position FROM search_stale)", cost=0.5)


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows of one table that an index gives in order of position, with further tests on each.

    ``without`` are expressions of FTS5: what one of them finds is left out.
    """

    table: str
    position: str
    where: tuple[str, ...] = ()
    values: Values = ()
    tests: tuple[Test, ...] = ()
    without: tuple[str, ...] = ()

    def with_tests(self, *tests: Test) -> Stream:
        """The same stream with more conditions."""
        return replace(self, tests=self.tests + tests)

    def less(self, *expressions: str) -> Stream:
        """The same stream without what FTS5 finds."""
        return replace(self, without=self.without + expressions)

    def select(self, *, limit: int, before: int | None, after: int | None) -> tuple[str, Values]:
        """The statement for the next positions below ``before``, or above ``after`` (then ascending)."""
        sql, values = self.between(before, after)
        parts = [sql, "ORDER BY", self.position, _direction(after), "LIMIT ?"]
        return " ".join(parts), (*values, limit)

    def between(self, before: int | None, after: int | None) -> tuple[str, Values]:
        """The statement for all positions below ``before`` and above ``after``, in any order."""
        # SQLite evaluates them in this order, and leaves off at the first that fails.
        tests = sorted(self.tests, key=lambda test: test.cost)
        conditions = [*self.where, *(test.sql.replace(AT, self.position) for test in tests)]
        values = [*self.values, *(value for test in tests for value in test.values)]
        for bound, sign in ((before, " < ?"), (after, " > ?")):
            if bound is not None:
                conditions.append(self.position + sign)
                values.append(bound)
        parts = ["SELECT", self.position, "FROM", self.table, "AS d"]
        if conditions:
            parts += ["WHERE", " AND ".join(conditions)]
        return " ".join(parts), tuple(values)


def _direction(after: int | None) -> str:
    return "DESC" if after is None else "ASC"


EVERYTHING = Stream("articles", "d.position")


def positions(
    connection: sqlite3.Connection,
    streams: tuple[Stream, ...],
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> list[int]:
    """The next positions of the streams together, newest first, each once."""
    found: set[int] = set()
    for stream in streams:
        with watched():
            found.update(_next(connection, stream, limit, before, after))
    ordered = sorted(found, reverse=after is None)[:limit]
    return ordered if after is None else ordered[::-1]


def _next(
    connection: sqlite3.Connection, stream: Stream, limit: int, before: int | None, after: int | None
) -> list[int]:
    """The next positions of one stream, in its direction."""
    if stream.without:
        return _less(connection, stream, limit, before, after)
    sql, values = stream.select(limit=limit, before=before, after=after)
    return [row[0] for row in connection.execute(sql, values)]


#: So few rows are looked up one by one: what is left out may be found in all the articles between them.
_FEW_ROWS = 200
#: Rows that a pattern is looked for in at a time: first, how many times as many then, and at most.
_ROWS, _TIMES, _MOST_ROWS = 1000, 4, 100_000


def _less(
    connection: sqlite3.Connection, stream: Stream, limit: int, before: int | None, after: int | None
) -> list[int]:
    """The next positions of a stream that FTS5 does not find.

    One look-up for each row would be twenty seconds where a word is in nearly every one of a million
    articles; to walk beside all that have the word takes a twentieth of a second, and ends with the page.
    """
    cheap = tuple(test for test in stream.tests if test.cost < PATTERN_TEST)
    rows = replace(stream, tests=cheap, without=())
    without = " OR ".join(f"({one})" for one in stream.without)
    if len(_next(connection, rows, _FEW_ROWS, before, after)) < _FEW_ROWS:
        return _next(
            connection, replace(stream, without=()).with_tests(_not_found(without)), limit, before, after
        )
    if len(cheap) == len(stream.tests):
        return _beside(connection, rows, without, limit, before, after)
    found: list[int] = []
    size = _ROWS
    while len(found) < limit:
        stretch = _beside(connection, rows, without, size, before, after)
        if not stretch:
            break
        among = Test("@at IN (SELECT value FROM json_each(?))", (json.dumps(stretch),))
        ends = Test("@at BETWEEN ? AND ?", (min(stretch), max(stretch)), 0.0)
        inside = replace(stream, without=()).with_tests(ends, among)
        found += _next(connection, inside, limit - len(found), before, after)
        if len(stretch) < size:
            break
        before, after = (stretch[-1], None) if after is None else (None, stretch[-1])
        size = min(size * _TIMES, _MOST_ROWS)
    return found


def _not_found(fts: str) -> Test:
    """A test that FTS5 does not find a position."""
    return Test(
        "NOT EXISTS (SELECT 1 FROM search f WHERE f.search MATCH ? AND f.rowid = @at)", (fts,), TEXT_TEST
    )


def _beside(
    connection: sqlite3.Connection,
    rows: Stream,
    without: str,
    limit: int,
    before: int | None,
    after: int | None,
) -> list[int]:
    """The next positions of rows less what FTS5 finds: both are in order, so SQLite reads one beside the other."""
    wanted, values = rows.between(before, after)
    found, found_values = Stream("search", "d.rowid", ("d.search MATCH ?",), (without,)).between(
        before, after
    )
    both = " ".join([wanted, "EXCEPT", found, "ORDER BY 1", _direction(after), "LIMIT ?"])
    return [row[0] for row in connection.execute(both, (*values, *found_values, limit))]


def counted(connection: sqlite3.Connection, streams: tuple[Stream, ...], limit: int) -> int:
    """How many positions the streams bring together, counted no further than ``limit`` + 1; no row leaves SQLite."""
    if len(streams) > 1 or any(stream.without for stream in streams):
        return len(positions(connection, streams, limit=limit + 1))
    found = 0
    for stream in streams:
        sql, values = stream.select(limit=limit + 1, before=None, after=None)
        with watched():
            row = connection.execute(" ".join(["SELECT count(*) FROM (", sql, ")"]), values).fetchone()
        found = int(row[0])
    return found


def texts_read(connection: sqlite3.Connection, streams: tuple[Stream, ...], limit: int) -> int:
    """How many articles' texts may be read for what the streams bring, counted no further than ``limit``.

    What a pattern costs: to know how much it finds would be as dear as to find it.
    """
    reading = [stream for stream in streams if any(test.cost >= PATTERN_TEST for test in stream.tests)]
    bare = tuple(
        replace(stream, tests=tuple(test for test in stream.tests if test.cost < PATTERN_TEST))
        for stream in reading
    )
    return min(sum(counted(connection, (stream,), limit) for stream in bare), limit)
