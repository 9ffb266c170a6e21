"""What a list can be narrowed to: names of outlets, agencies, keywords, tags, months; and what a result holds.

Each name comes with the query that lists its articles, so that a view, its
count, a bulk action and a script are one thing. Nothing here walks the whole
archive: names by recent use, counts by :func:`store.search.count`, which stops.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import database
from .arabic import label_key
from .muted import listed
from .positions import numbering, strayed
from .query_regex import stop_when
from .query_sql import plan
from .query_streams import positions
from .query_tree import Part, Query
from .search_match import Snippet, keyword_snippet, matches, snippet
from .spelling import resolve

if TYPE_CHECKING:
    from .former import FormerText

#: Labels of the newest articles by which names are put in order.
_RECENT = 20_000
#: Most months an archive is looked through for: a century.
_MOST_MONTHS = 1_200
#: Stretches of a time line: as many as a sidebar has cells.
_STRETCHES = 28
_DAY = 86400


@dataclass(frozen=True, slots=True)
class NamedView:
    """A name and the query that lists what belongs to it."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Facets:
    """What the first articles of a result are made of: (name, how many), most first.

    ``months`` are ``2023-09`` in order of time. ``timeline`` has a count for each of some equal
    stretches of whole days between ``days``, the first and the last (seconds UTC), those without
    any too; empty where all is of one day. ``looked_at`` articles were counted; where
    ``is_bounded`` there are more.
    """

    outlets: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    looked_at: int
    is_bounded: bool
    timeline: tuple[int, ...] = ()
    days: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Days:
    """A month (``2023-09``): the articles of each day from the first to the 31st, and those whose day is not known."""

    month: str
    counts: tuple[int, ...]
    undated: int = 0

    @property
    def total(self) -> int:
        """All articles of the month."""
        return sum(self.counts) + self.undated


class Views:
    """The door to all this, on one connection; reached as ``Store.views``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def outlets(self, beginning: str = "", limit: int = 500) -> tuple[NamedView, ...]:
        """Outlets that have articles, by name."""
        return _named(self._names(_OUTLETS, beginning, limit), "source")

    def agencies(self, beginning: str = "", limit: int = 200) -> tuple[NamedView, ...]:
        """Agencies that have articles, by name."""
        return _named(self._names(_AGENCIES, beginning, limit), "agency")

    def keywords(self, beginning: str = "", limit: int = 300) -> tuple[NamedView, ...]:
        """Keywords: those that begin so by name, or those of the newest articles, most used first."""
        if beginning.strip():
            return _named(self._names(_KEYWORDS, beginning, limit), "keyword")
        with database.errors_of():
            rows = self._connection.execute(_RECENT_KEYWORDS, (_RECENT, limit))
            return _named([name for (name,) in rows], "keyword")

    def tags(self, beginning: str = "", limit: int = 500) -> tuple[NamedView, ...]:
        """Tags, by name."""
        return _named(self._names(_TAGS, beginning, limit), "tag")

    def feeds(self) -> tuple[NamedView, ...]:
        """Feeds that brought articles, by title."""
        with database.errors_of():
            rows = self._connection.execute(_FEEDS)
            return tuple(NamedView(title, f"feed:{number}") for number, title in rows)

    def searches(self) -> tuple[NamedView, ...]:
        """Saved searches, by name."""
        from .saved import saved_searches

        with database.errors_of():
            return tuple(NamedView(found.name, found.query) for found in saved_searches(self._connection))

    def months(self) -> tuple[NamedView, ...]:
        """Months that have dated articles, newest first, named ``2023-09``: one look-up for each."""
        found: list[NamedView] = []
        before = beginning = 2**63 - 1
        with database.errors_of():
            places, astray = numbering(self._connection), strayed(self._connection)
            while len(found) < _MOST_MONTHS:
                row = self._connection.execute(_NEWEST_BEFORE, (before, beginning)).fetchone()
                if row is None:
                    break
                published, position = row
                if astray:
                    # Articles of a later month may stand below one that was taken past its own.
                    lowest = places.first(places.minute(position) - 2 * astray)
                    near = self._connection.execute(_LATEST_IN, (lowest, position, beginning))
                    published = near.fetchone()[0]
                when = time.gmtime(published)
                name = f"{when.tm_year:04d}-{when.tm_mon:02d}"
                found.append(NamedView(name, f"on:{name}"))
                beginning = _first_of_month(when.tm_year, when.tm_mon)
                before = places.first(beginning // 60 + astray)
        return tuple(found)

    def days(self, first: str, last: str) -> tuple[Days, ...]:
        """How many articles each day of the months from ``first`` to ``last`` (``2023-09``) has, newest month first.

        Only the articles of these months are walked over; months without any are left out.
        """
        start, stop = _first_of_month(*_month(first)), _first_of_month(*_following(*_month(last)))
        found: dict[str, dict[int, int]] = {}
        with database.errors_of():
            places, astray = numbering(self._connection), strayed(self._connection)
            ends = places.first(start // 60 - astray), places.first(stop // 60 + astray)
            rows = self._connection.execute(_DAYS, (*ends, start, stop))
            for month, day, count in rows:
                found.setdefault(month, {})[day] = count
        return tuple(
            Days(month, tuple(counts.get(day, 0) for day in range(1, 32)), counts.get(0, 0))
            for month, counts in sorted(found.items(), reverse=True)
        )

    def _names(self, statement: str, beginning: str, limit: int) -> list[str]:
        key = label_key(beginning)
        with database.errors_of():
            rows = self._connection.execute(statement, (key, key + "\U0010ffff", limit))
            return [name for (name,) in rows]

    # What a query finds

    def ids(self, query: Query, limit: int = -1) -> tuple[int, ...]:
        """The articles a query finds, newest first; all of them unless limited."""
        with database.errors_of():
            found = self._positions(query, limit)
            return tuple(row[0] for row in self._connection.execute(_IDS, (json.dumps(found),)))

    def _positions(self, query: Query, limit: int) -> list[int]:
        shown = listed(self._connection, resolve(self._connection, query)[0])
        streams = plan(self._connection, shown.root)
        return positions(self._connection, streams, limit=limit if limit >= 0 else 2**62)

    def facets(self, query: Query, limit: int = 1000, most: int = 8) -> Facets:
        """Outlets, tags and months of the newest ``limit`` articles a query finds."""
        with database.errors_of():
            found = self._positions(query, limit + 1)
            wanted = json.dumps(found[:limit])
            counted = [
                tuple(self._connection.execute(statement, (wanted, most)).fetchall())
                for statement in (_FACET_OUTLETS, _FACET_TAGS)
            ]
            months = tuple(self._connection.execute(_FACET_MONTHS, (wanted,)).fetchall())
            days = [day for (day,) in self._connection.execute(_FACET_DAYS, (wanted,))]
        line, ends = timeline(days)
        return Facets(counted[0], counted[1], months, min(len(found), limit), len(found) > limit, line, ends)

    def snippets(self, query: Query, article_ids: Iterable[int], width: int = 120) -> dict[int, Snippet]:
        """What matched in those of the articles whose headline has no match: a piece of the body, or keywords."""
        with database.errors_of():
            asked, _ = resolve(self._connection, query)
            rows = self._connection.execute(_BODIES, (json.dumps(list(article_ids)),)).fetchall()
        return {
            article_id: found
            for article_id, title, body, keywords in rows
            if not matches(asked, title, Part.TITLE)
            and (found := _snippet(asked, body, json.loads(keywords), width)).matches
        }

    def former_texts(self, article_id: int) -> tuple[FormerText, ...]:
        """The texts an article had before, oldest first."""
        from .former import former_texts

        with database.errors_of():
            return former_texts(self._connection, article_id)

    def resolved(self, query: Query) -> Query:
        """The query with the archive's own spellings, for marking what matched."""
        with database.errors_of():
            return resolve(self._connection, query)[0]

    # Typing

    def complete(self, text: str, index: int) -> tuple[str, ...]:
        """Lines that a query could become by completing what stands before ``index``."""
        from .completion import complete

        with database.errors_of():
            return complete(self._connection, text, index)

    def history(self) -> tuple[str, ...]:
        """Searches that were made, the oldest first."""
        from .saved import history

        with database.errors_of():
            return history(self._connection)[::-1]

    def remember_search(self, text: str) -> None:
        """Note that a search was made."""
        from .saved import remember

        with database.errors_of():
            remember(self._connection, text, int(time.time()))

    def save_search(self, name: str, query: str) -> None:
        """Save a search under a name, in place of one of that name."""
        from .saved import save

        save(self._connection, name, query, now=int(time.time()))

    @contextmanager
    def stoppable(self, should_stop: Callable[[], bool]) -> Iterator[None]:
        """Give statements up as soon as ``should_stop`` says so; they raise StoreError then."""
        self._connection.set_progress_handler(lambda: int(should_stop()), 5_000)
        stop_when(should_stop)
        try:
            yield
        finally:
            stop_when(None)
            self._connection.set_progress_handler(None, 0)


def _snippet(query: Query, body: str, keywords: Sequence[str], width: int) -> Snippet:
    found = snippet(query, body.split("\n"), width)
    return found if found.matches else keyword_snippet(query, keywords, width)


def timeline(days: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, int]]:
    """Days (numbers since 1970) as counts of at most _STRETCHES equal stretches, and its first and last day in seconds."""
    if not days or min(days) == max(days):
        return (), (0, 0)
    first, last = min(days), max(days)
    step = -(-(last - first + 1) // _STRETCHES)
    counts = [0] * ((last - first) // step + 1)
    for day in days:
        counts[(day - first) // step] += 1
    return tuple(counts), (first * _DAY, last * _DAY)


def quoted(name: str) -> str:
    """A name as the value of a field of a query."""
    return '"' + name.replace('"', " ").strip() + '"'


def _named(names: Sequence[str], field: str) -> tuple[NamedView, ...]:
    return tuple(NamedView(name, f"{field}:{quoted(name)}") for name in names if label_key(name))


def _first_of_month(year: int, month: int) -> int:
    from calendar import timegm

    return timegm((year, month, 1, 0, 0, 0))


def _month(name: str) -> tuple[int, int]:
    year, month = name.split("-")
    return int(year), int(month)


def _following(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


_OUTLETS = """SELECT min(name) FROM outlets o WHERE key >= ? AND key < ?
AND EXISTS (SELECT 1 FROM articles a WHERE a.outlet_id = o.id) GROUP BY key ORDER BY key LIMIT ?"""
_AGENCIES = """SELECT min(name) FROM agencies g WHERE key >= ? AND key < ?
AND EXISTS (SELECT 1 FROM article_agencies a WHERE a.agency_id = g.id) GROUP BY key ORDER BY key LIMIT ?"""
_KEYWORDS = """SELECT min(name) FROM keywords k WHERE key >= ? AND key < ?
AND EXISTS (SELECT 1 FROM article_keywords a WHERE a.keyword_id = k.id) GROUP BY key ORDER BY key LIMIT ?"""
_FEEDS = """SELECT f.id, CASE f.title WHEN '' THEN f.url ELSE f.title END AS name FROM feeds f
WHERE EXISTS (SELECT 1 FROM feed_articles x WHERE x.feed_id = f.id) ORDER BY name"""
_TAGS = "SELECT name FROM tags WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
_RECENT_KEYWORDS = """SELECT min(k.name) FROM
(SELECT keyword_id FROM article_keywords ORDER BY position DESC LIMIT ?) x
JOIN keywords k ON k.id = x.keyword_id GROUP BY k.key ORDER BY count(*) DESC, k.key LIMIT ?"""
_NEWEST_BEFORE = """SELECT published, position FROM articles
WHERE position < ? AND published < ? ORDER BY position DESC LIMIT 1"""
_LATEST_IN = "SELECT max(published) FROM articles WHERE position BETWEEN ? AND ? AND published < ?"
# Positions are in order of date: the range walks the rows of these months alone. Day 0: only the month is known.
_DAYS = """SELECT strftime('%Y-%m', published, 'unixepoch') AS month,
CASE WHEN published_precision IN ('minute', 'day') THEN CAST(strftime('%d', published, 'unixepoch') AS INTEGER)
ELSE 0 END AS day, count(*)
FROM articles WHERE position >= ? AND position < ? AND published >= ? AND published < ?
AND published_precision <> 'year' AND NOT EXISTS (SELECT 1 FROM mutes x WHERE x.position = articles.position)
GROUP BY 1, 2"""
_IDS = "SELECT a.id FROM json_each(?) j JOIN articles a ON a.position = j.value ORDER BY a.position DESC"
_BODIES = """SELECT a.id, a.title, b.text, a.keywords FROM json_each(?) j
JOIN articles a ON a.id = j.value JOIN bodies b ON b.article_id = a.id"""
_FACET_OUTLETS = """SELECT min(o.name), count(*) FROM json_each(?) j JOIN articles a ON a.position = j.value
JOIN outlets o ON o.id = a.outlet_id GROUP BY o.key ORDER BY 2 DESC, 1 LIMIT ?"""
_FACET_TAGS = """SELECT t.name, count(*) FROM json_each(?) j JOIN article_tags x ON x.position = j.value
JOIN tags t ON t.id = x.tag_id GROUP BY t.id ORDER BY 2 DESC, 1 LIMIT ?"""
# SQLite divides towards zero: before 1970 that is the day after.
_FACET_DAYS = """SELECT a.published / 86400 - (a.published % 86400 < 0) FROM json_each(?) j
JOIN articles a ON a.position = j.value WHERE a.published IS NOT NULL"""
_FACET_MONTHS = """SELECT strftime('%Y-%m', a.published, 'unixepoch') AS month, count(*) FROM json_each(?) j
JOIN articles a ON a.position = j.value WHERE a.published IS NOT NULL GROUP BY month ORDER BY month"""
