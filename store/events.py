"""Events and stories as they are read: who reports a thing, who first, and what came before and after.

An event is one thing reported by several; a story (saga) is its events in
order of time. Events are kept by :mod:`store.clusters`; a story is put
together when it is asked for, so that it always knows the newest report.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import clusters, copies, neighbours
from .articles import batches, placeholders
from .articles import published as published_of
from .clusters import members_of
from .errors import NotFoundError
from .models import Published
from .neighbours import Neighbour, Reach
from .related import time_of

_DAY = 86_400
#: Of the likeness that makes one event, what makes one story; and of that, what ties a report to where we began.
#: On two labelled archives three in four of a timeline's reports were then of its story.
SAME_STORY = 0.9
_TIED = 0.6
#: A guest of another's page, without a date, must be as like as a report of the same event.
_GUEST = 1.6
#: A story is followed so many days from report to report, in so many questions.
_REACH = Reach(terms=24, rows=1_500, candidates=30, days=45)
_QUESTIONS = 8
_MOST_MEMBERS = 300

_MEMBERS = """
SELECT a.id, a.title, o.name, a.published, a.published_precision, a.published_is_inferred, s.is_unread,
       a.embedded_in IS NOT NULL, r.sample, m.event_id, EXISTS (SELECT 1 FROM mutes x WHERE x.position = a.position)
FROM articles a JOIN statuses s ON s.article_id = a.id JOIN related_articles r ON r.article_id = a.id
LEFT JOIN outlets o ON o.id = a.outlet_id LEFT JOIN event_members m ON m.article_id = a.id WHERE a.id IN """


@dataclass(frozen=True, slots=True)
class Member:
    """One report of an event.

    ``seconds`` is how long after the event's first report it appeared, None
    without times; ``is_first`` marks the first among our outlets; ``copy_of``
    is the id of the earlier report whose wording it repeats, or None.
    """

    id: int
    title: str
    outlet: str | None
    published: Published | None
    is_unread: bool
    seconds: int | None
    is_first: bool
    copy_of: int | None
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing and its reports, in order of time, each copy right after its original.

    ``id`` is None for a single report. ``title`` is the headline of the report
    most like the others. ``first`` and ``last`` are seconds UTC, None where
    nothing is dated.
    """

    id: int | None
    title: str
    members: tuple[Member, ...]
    outlets: tuple[str, ...]
    first: int | None
    last: int | None

    @property
    def articles(self) -> tuple[int, ...]:
        """The ids of its reports."""
        return tuple(member.id for member in self.members)

    @property
    def unread(self) -> int:
        """How many of its reports are unread."""
        return sum(member.is_unread for member in self.members)


@dataclass(frozen=True, slots=True)
class Story:
    """A story over time: its dated events, oldest first, then what belongs to it without a date.

    ``days`` counts reports for each day from the first to the last, days
    without any included: (seconds UTC of the day, reports).
    """

    article: int
    events: tuple[Event, ...]
    undated: tuple[Event, ...]
    days: tuple[tuple[int, int], ...]

    @property
    def articles(self) -> tuple[int, ...]:
        """The ids of all its reports, oldest first: an event may go on while another begins."""
        members = [member for event in (*self.events, *self.undated) for member in event.members]
        return tuple(member.id for member in sorted(members, key=_in_time))


def _in_time(member: Member) -> tuple[bool, int]:
    """The order of a story: by time, of one time as the events stand, and what has none last."""
    when = member.published and time_of(member.published.time, member.published.precision)
    return when is None, when or 0


@dataclass(frozen=True, slots=True)
class EventSummary:
    """An event in a list of events: headline, how many articles and outlets, and from when to when."""

    id: int
    title: str
    article: int
    articles: int
    outlets: int
    unread: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    title: str
    outlet: str | None
    published: Published | None
    is_unread: bool
    is_guest: bool
    sample: bytes
    event: int | None
    is_muted: bool

    @property
    def time(self) -> int | None:
        return time_of(self.published.time, self.published.precision) if self.published else None


def event_id(connection: sqlite3.Connection, article_id: int) -> int | None:
    """The event an article belongs to, or None where it stands alone."""
    row = connection.execute(
        "SELECT event_id FROM event_members WHERE article_id = ?", (article_id,)
    ).fetchone()
    return None if row is None else int(row[0])


def event(connection: sqlite3.Connection, event_id: int) -> Event:
    """An event with its reports; raises NotFoundError."""
    members = members_of(connection, event_id)
    if not members:
        raise NotFoundError(f"no event {event_id} in this store")
    return _event(connection, event_id, list(_rows(connection, members).values()))


def event_of(connection: sqlite3.Connection, article_id: int) -> Event | None:
    """The event of an article, or None where it stands alone."""
    found = event_id(connection, article_id)
    return None if found is None else event(connection, found)


def _rows(connection: sqlite3.Connection, article_ids: Iterable[int]) -> dict[int, _Row]:
    out: dict[int, _Row] = {}
    for batch in batches(article_ids):
        for id, title, outlet, *date, unread, guest, sample, group, muted in connection.execute(
            _MEMBERS + placeholders(batch), batch
        ):
            when = published_of(*date)
            out[id] = _Row(id, title, outlet, when, bool(unread), bool(guest), sample, group, bool(muted))
    return out


def _event(connection: sqlite3.Connection, id: int | None, rows: Sequence[_Row]) -> Event:
    """Put an event together: reports by time, copies under their originals."""
    ordered = sorted(rows, key=lambda row: (row.time is None, row.time or 0, row.id))
    folded = copies.fold_copies(
        connection, {row.id: row.sample for row in ordered}, [row.id for row in ordered]
    )
    times = [row.time for row in ordered if row.time is not None]
    first = times[0] if times else None
    members = [_member(row, first, folded.get(row.id), row is ordered[0]) for row in ordered]
    originals = [member for member in members if member.copy_of is None]
    unfolded = [
        member
        for original in originals
        for member in (original, *(copy for copy in members if copy.copy_of == original.id))
    ]
    outlets = tuple(dict.fromkeys(row.outlet for row in ordered if row.outlet))
    title = _central(connection, originals)
    return Event(id, title, tuple(unfolded), outlets, first, times[-1] if times else None)


def _member(row: _Row, first: int | None, copy_of: int | None, is_first: bool) -> Member:
    seconds = None if row.time is None or first is None else row.time - first
    return Member(
        row.id,
        row.title,
        row.outlet,
        row.published,
        row.is_unread,
        seconds,
        is_first and row.time is not None,
        copy_of,
        row.is_muted,
    )


#: Reports compared to choose the headline of an event.
_COMPARED = 12


def _central(connection: sqlite3.Connection, originals: Sequence[Member]) -> str:
    """The headline of the report most like the others; of two, of the earlier."""
    if len(originals) < 3:
        return originals[0].title
    compared = originals[:_COMPARED]
    ids = [member.id for member in compared]
    best, most = compared[0], -1.0
    for member in compared:
        found = neighbours.stored(connection, member.id)
        if found is None:
            continue
        total = sum(one.cosine for one in neighbours.weigh_known(connection, found[1], ids))
        if total > most + 1e-9:
            best, most = member, total
    return best.title


def story(connection: sqlite3.Connection, article_id: int) -> Story:
    """The story of an article: its event and those before and after it; raises NotFoundError."""
    rows = _rows(connection, [article_id])
    if article_id not in rows:
        raise NotFoundError(f"no article {article_id} in this store")
    members = _gathered(connection, rows[article_id])
    groups: dict[tuple[bool, int], list[_Row]] = {}
    for row in members.values():
        key = (True, row.event) if row.event is not None else (False, row.id)
        groups.setdefault(key, []).append(row)
    events = [_event(connection, key[1] if key[0] else None, found) for key, found in groups.items()]
    dated = sorted((e for e in events if e.first is not None), key=lambda e: (e.first or 0, e.articles[0]))
    undated = sorted((e for e in events if e.first is None), key=lambda e: e.articles[0])
    return Story(article_id, tuple(dated), tuple(undated), _days(members.values()))


timeline = story


def _gathered(connection: sqlite3.Connection, start: _Row) -> dict[int, _Row]:
    """All articles of a story: from report to report by likeness, never far from where it began."""
    base = clusters.threshold(neighbours.size(connection), 0)
    begun = neighbours.stored(connection, start.id)
    members: dict[int, _Row] = {start.id: start}
    if begun is None:
        return members
    if start.event is not None:
        members.update(_rows(connection, members_of(connection, start.event)))
    asked: set[int] = set()
    ties = dict.fromkeys(members, 1.0)
    while len(asked) < _QUESTIONS and len(members) < _MOST_MEMBERS:
        waiting = sorted(set(ties) - asked, key=lambda one: (-ties[one], one))
        if not waiting:
            break
        asked.add(waiting[0])
        near = _near(connection, waiting[0])
        fresh = [one for one in near if one.id not in members and one.cosine >= base * SAME_STORY]
        tied = {
            one.id: one.cosine
            for one in neighbours.weigh_known(connection, begun[1], [one.id for one in fresh])
        }
        rows = _rows(connection, tied)
        for one in fresh:
            row = rows.get(one.id)
            if row is None or not _belongs(row, members[waiting[0]], one.cosine, tied[one.id], base):
                continue
            for mate in _mates(connection, row):
                if mate.id not in members:
                    members[mate.id] = mate
                    ties[mate.id] = tied[one.id]
    return members


def _near(connection: sqlite3.Connection, article_id: int) -> list[Neighbour]:
    found = neighbours.stored(connection, article_id)
    return (
        []
        if found is None
        else neighbours.nearest(connection, found[1], found[0], _REACH, without=article_id)
    )


def _mates(connection: sqlite3.Connection, row: _Row) -> list[_Row]:
    return [row] if row.event is None else list(_rows(connection, members_of(connection, row.event)).values())


def _belongs(row: _Row, by: _Row, cosine: float, tie: float, base: float) -> bool:
    """A guest of another's page, without a date, is of another time unless it says the same."""
    if row.time is None and row.is_guest != by.is_guest:
        return cosine >= base * _GUEST
    return cosine >= base * SAME_STORY and tie >= base * SAME_STORY * _TIED


def _days(rows: Iterable[_Row]) -> tuple[tuple[int, int], ...]:
    counts = Counter(row.time // _DAY for row in rows if row.time is not None)
    if not counts:
        return ()
    return tuple((day * _DAY, counts[day]) for day in range(min(counts), max(counts) + 1))


def stories(
    connection: sqlite3.Connection, *, since: int | None = None, limit: int = 50
) -> tuple[EventSummary, ...]:
    """The events with a report since then (seconds UTC), those of most outlets and articles first."""
    rows = connection.execute(
        "SELECT id, articles, outlets, first, last FROM events WHERE last >= ? ORDER BY outlets DESC, articles DESC, last DESC LIMIT ?",
        (since if since is not None else -(1 << 62), limit),
    ).fetchall()
    return tuple(_summary(connection, *row) for row in rows)


def _summary(
    connection: sqlite3.Connection, id: int, articles: int, outlets: int, first: int | None, last: int | None
) -> EventSummary:
    members = connection.execute(
        "SELECT a.id, a.title, s.is_unread FROM event_members m JOIN articles a ON a.id = m.article_id"
        " JOIN statuses s ON s.article_id = a.id WHERE m.event_id = ? ORDER BY a.position",
        (id,),
    ).fetchall()
    unread = sum(row[2] for row in members)
    return EventSummary(id, members[0][1], members[0][0], articles, outlets, unread, first, last)
