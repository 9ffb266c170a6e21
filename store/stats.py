"""Figures about an archive: how much arrived when and from whom, what was tagged, what was read.

Counted by SQLite over the columns of ``articles`` and ``statuses``, never over
bodies; a few tens of milliseconds for a hundred thousand articles.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from .database import errors_of

#: By what articles can be counted over time, and how SQLite writes such a period.
PERIODS: Mapping[str, str] = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
_LENGTHS = {"day": 10, "month": 7, "year": 4}
#: A gap-free row of periods is never longer than this: one odd date must not make a million empty days.
_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Share:
    """A name and its articles: how many, how many of them unread, and when the first and last appeared (seconds UTC)."""

    name: str
    articles: int
    unread: int
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Firsts:
    """An outlet in the stories that several outlets told: in how many it took part, how often it was first."""

    outlet: str
    events: int
    first: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of an archive. ``periods`` are (period, articles) in order of time, without gaps."""

    articles: int = 0
    unread: int = 0
    starred: int = 0
    tagged: int = 0
    undated: int = 0
    first: int | None = None
    last: int | None = None
    period: str = "month"
    periods: tuple[tuple[str, int], ...] = ()
    outlets: tuple[Share, ...] = ()
    tags: tuple[Share, ...] = ()
    keywords: tuple[Share, ...] = ()
    firsts: tuple[Firsts, ...] = field(default=())


def stats(
    connection: sqlite3.Connection, *, period: str = "month", most: int = 10, last: int | None = None
) -> Stats:
    """The figures of the whole archive.

    ``period`` is one of PERIODS, ``most`` how many outlets, tags and keywords are named, ``last``
    keeps only the newest so many periods. Raises KeyError for another period, StoreError.
    """
    with errors_of():
        total = connection.execute(_TOTALS).fetchone()
        return Stats(
            articles=total[0],
            unread=total[1] or 0,
            starred=total[2] or 0,
            tagged=connection.execute("SELECT count(DISTINCT article_id) FROM article_tags").fetchone()[0],
            undated=total[3] or 0,
            first=total[4],
            last=total[5],
            period=period,
            periods=_periods(connection, period, last),
            outlets=_shares(connection, _OUTLETS, most),
            tags=_shares(connection, _TAGS, most),
            keywords=_shares(connection, _KEYWORDS, most),
            firsts=tuple(Firsts(*row) for row in connection.execute(_FIRSTS, (most,))),
        )


def _shares(connection: sqlite3.Connection, statement: str, most: int) -> tuple[Share, ...]:
    return tuple(Share(*row) for row in connection.execute(statement, (most,)))


def _periods(connection: sqlite3.Connection, period: str, last: int | None) -> tuple[tuple[str, int], ...]:
    # An article known only by its year is of no month, and counts in none.
    known = [name for name in ("minute", "day", "month", "year") if _is_fine_enough(name, period)]
    rows = connection.execute(
        _BY_PERIOD.format(", ".join("?" * len(known))), (PERIODS[period], *known)
    ).fetchall()
    # SQLite has no name for a time after the year 9999.
    return _without_gaps({name: count for name, count in rows if name}, period, last)


def _is_fine_enough(precision: str, period: str) -> bool:
    return (
        precision
        in {
            "day": ("minute", "day"),
            "month": ("minute", "day", "month"),
            "year": ("minute", "day", "month", "year"),
        }[period]
    )


def _without_gaps(counts: Mapping[str, int], period: str, last: int | None) -> tuple[tuple[str, int], ...]:
    """Every period between the first and the last, those without articles too; the newest ``last`` of them."""
    if not counts:
        return ()
    longest = min(last if last is not None else _LONGEST, _LONGEST)
    found: list[tuple[str, int]] = []
    name, first = max(counts), min(counts)
    while name >= first and len(found) < longest:
        found.append((name, counts.get(name, 0)))
        name = _before(name, period)
    return tuple(reversed(found))


def _before(name: str, period: str) -> str:
    """The period before one: ``2023-01`` → ``2022-12``."""
    start = datetime.fromisoformat((name + "-01-01")[:10] if period != "month" else name + "-01")
    if start.year <= 1:
        return ""
    before = start.replace(tzinfo=UTC) - timedelta(days=1)
    return before.isoformat()[: _LENGTHS[period]]


_TOTALS = """
SELECT count(*), sum(s.is_unread), sum(s.is_starred), sum(a.published IS NULL), min(a.published), max(a.published)
FROM articles a JOIN statuses s ON s.article_id = a.id
"""
_BY_PERIOD = """
SELECT strftime(?, published, 'unixepoch'), count(*) FROM articles
WHERE published IS NOT NULL AND published_precision IN ({}) GROUP BY 1
"""
_OUTLETS = """
SELECT min(o.name), count(*), sum(s.is_unread), min(a.published), max(a.published)
FROM outlets o JOIN articles a ON a.outlet_id = o.id JOIN statuses s ON s.article_id = a.id
GROUP BY o.key ORDER BY 2 DESC, 1 LIMIT ?
"""
_TAGS = """
SELECT t.name, count(*), sum(s.is_unread), min(a.published), max(a.published)
FROM tags t JOIN article_tags x ON x.tag_id = t.id JOIN articles a ON a.id = x.article_id
JOIN statuses s ON s.article_id = a.id GROUP BY t.id ORDER BY 2 DESC, 1 LIMIT ?
"""
_KEYWORDS = """
SELECT min(k.name), count(*), sum(s.is_unread), min(a.published), max(a.published)
FROM keywords k JOIN article_keywords x ON x.keyword_id = k.id JOIN articles a ON a.id = x.article_id
JOIN statuses s ON s.article_id = a.id GROUP BY k.key ORDER BY 2 DESC, 1 LIMIT ?
"""
#: An outlet is first where its first report is older than every other outlet's; a tie makes nobody first.
_FIRSTS = """
WITH told AS (
    SELECT m.event_id AS event, o.key AS outlet, min(o.name) AS name, min(a.published) AS time
    FROM event_members m JOIN events e ON e.id = m.event_id AND e.outlets > 1
    JOIN articles a ON a.id = m.article_id JOIN outlets o ON o.id = a.outlet_id
    WHERE a.published IS NOT NULL AND a.published_precision = 'minute' GROUP BY m.event_id, o.key),
best AS (SELECT event, min(time) AS time, count(*) AS outlets FROM told GROUP BY event HAVING count(*) > 1),
ties AS (SELECT t.event, count(*) AS many FROM told t JOIN best b ON b.event = t.event AND b.time = t.time GROUP BY t.event)
SELECT min(t.name), count(*), sum(t.time = b.time AND x.many = 1)
FROM told t JOIN best b ON b.event = t.event JOIN ties x ON x.event = t.event
GROUP BY t.outlet ORDER BY 3 DESC, 2 DESC, 1 LIMIT ?
"""
