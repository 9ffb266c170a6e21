"""Figures about an archive: how much arrived when and from whom, what was tagged, what was read.

Counted by SQLite over the columns of ``articles`` and ``statuses``, never over
bodies; a few tens of milliseconds for a hundred thousand articles.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from .articles import published
from .database import errors_of
from .models import Precision, Published

#: By what articles can be counted over time, and how SQLite writes such a period.
PERIODS: Mapping[str, str] = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
_LENGTHS = {"day": 10, "month": 7, "year": 4}
#: A gap-free row of periods is never longer than this: one odd date must not make a million empty days.
_LONGEST = 5000
#: Days of reading that are told.
READING_DAYS = 60
#: How long after its beginning a time known so far is surely over, in seconds.
_LASTS: Mapping[Precision, int] = {Precision.MINUTE: 60, Precision.DAY: 86_400}
#: Key and name of the outlet of a report, and its date.
_Report = tuple[str | None, str | None, Published | None]


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
class FollowedStory:
    """A followed story: the article it is followed from, its reports and outlets, and who reported it first.

    ``first`` is None where nobody can be called first: the dates do not say it, or two came at once.
    ``following`` is when the next outlet came.
    """

    article: int
    title: str
    reports: int
    outlets: tuple[str, ...]
    first: str | None = None
    published: Published | None = None
    following: Published | None = None

    @property
    def is_inferred(self) -> bool:
        """True where a date that decides was inferred."""
        return any(date.is_inferred for date in (self.published, self.following) if date is not None)


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of an archive. ``periods`` are (period, articles) in order of time, without gaps.

    ``readings`` are (day, articles opened last on it) likewise, the newest READING_DAYS of them.
    """

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
    readings: tuple[tuple[str, int], ...] = ()
    followed: tuple[FollowedStory, ...] = ()

    @property
    def firsts_followed(self) -> tuple[Firsts, ...]:
        """The outlets of the followed stories: in how many each took part, how often it was first; the first first."""
        told = Counter(outlet for story in self.followed for outlet in story.outlets)
        first = Counter(story.first for story in self.followed if story.first is not None)
        found = [Firsts(outlet, stories, first[outlet]) for outlet, stories in told.items()]
        return tuple(sorted(found, key=lambda one: (-one.first, -one.events, one.outlet)))


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
            readings=_readings(connection),
            followed=followed_stories(connection),
        )


def _readings(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    return _without_gaps(dict(connection.execute(_READ_BY_DAY, (PERIODS["day"],))), "day", READING_DAYS)


def followed_stories(connection: sqlite3.Connection) -> tuple[FollowedStory, ...]:
    """Who reported the followed stories first, the story followed last before the others.

    An outlet is first where its earliest report was surely out before any other outlet's: a date
    known by its day is over only when that day is. Raises StoreError.
    """
    with errors_of():
        rows = connection.execute(_FOLLOWED).fetchall()
    stories: dict[int, list[_Report]] = {}
    titles: dict[int, str] = {}
    for article, title, key, outlet, *date in rows:
        titles[article] = title
        stories.setdefault(article, []).append((key, outlet, published(*date)))
    return tuple(_followed_story(article, titles[article], reports) for article, reports in stories.items())


def _followed_story(article: int, title: str, reports: Sequence[_Report]) -> FollowedStory:
    names: dict[str, str] = {}
    earliest: dict[str, Published] = {}
    for key, outlet, date in reports:
        if key is None or outlet is None:
            continue
        names.setdefault(key, outlet)
        if date is not None and date.precision in _LASTS:
            earliest[key] = min(earliest.get(key, date), date, key=lambda one: one.time)
    found = FollowedStory(article, title, len(reports), tuple(sorted(names.values())))
    ranked = sorted(earliest, key=lambda key: _over(earliest[key]))
    if len(ranked) < 2:
        return found
    best, other = ranked[0], min(ranked[1:], key=lambda key: earliest[key].time)
    if _over(earliest[best]) > earliest[other].time:
        return found
    return replace(found, first=names[best], published=earliest[best], following=earliest[other])


def _over(date: Published) -> int:
    """When a date known so exactly is surely over."""
    return date.time + _LASTS[date.precision]


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
_READ_BY_DAY = "SELECT strftime(?, at, 'unixepoch', 'localtime'), count(*) FROM readings GROUP BY 1"
_FOLLOWED = """
SELECT f.article_id, t.title, o.key, o.name, a.published, a.published_precision, a.published_is_inferred
FROM follows f JOIN articles t ON t.id = f.article_id JOIN followed m ON m.article_id = f.article_id
JOIN articles a ON a.id = m.member_id LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY f.since DESC, f.article_id DESC, a.position
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
