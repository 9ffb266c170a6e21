"""Which articles tell of one event: online clusters, in the order articles come.

When an article arrives that resembles others, it and they, with the groups
they are of, are grouped anew: the two most alike on average first, as long as
they are alike enough. So a handful of reports comes out the same whichever
came first. A large group is not taken apart: the article joins it where it
resembles it on average, and two that resemble each other become one.

What is left of the order of import: the idf and the threshold at the time the
last of them came, groups nothing ever came between, and large groups.
:func:`store.rebuild.rebuild` goes through all articles in order of time with
the idf of today, and is the same whatever the order was.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from . import neighbours
from .articles import batches, placeholders
from .neighbours import Neighbour, Reach
from .places import are_apart, countries
from .vectors import Signature

#: Reports of one thing score this on average, reports of its sequel less: among a hundred articles,
#: and more for each tenfold, since idf then tells rare terms from common ones more sharply.
SAME_EVENT = 0.18
SAME_EVENT_TENFOLD = 0.03
#: Two undated articles need more: nothing says that they are of one time.
UNDATED_MORE = 0.10
#: One outlet seldom tells a thing twice, other than in almost the same words: what it writes that is alike is the
#: sequel, the next day's weather, another match. Another outlet tells it in words of its own. On two labelled sets of
#: several outlets and one of one outlet that was worth .02 to .05 of B-cubed on each.
ONE_OUTLET_MORE = 0.08
OTHER_OUTLET_LESS = 0.04
#: The most that origins can add: a report that is further off than that need not be asked for its own.
_MOST_ALLOWED = OTHER_OUTLET_LESS
#: Two reports that name countries, and none in common, need more: of 259 pairs of one event five do.
OTHER_COUNTRIES_MORE = 0.05
#: So few articles, with all the groups they are of, are grouped anew on each arrival.
_MOST_SETTLED = 12
#: Members weighed for the average of a large group.
_SPOKESMEN = 8
_DAY = 86_400
#: An event is over after so many seconds; what comes later is another event of the story.
LONGEST = 3.5 * _DAY
#: What is asked when an article comes: little, since it is asked for every one.
ON_ARRIVAL = Reach(terms=32, rows=250, candidates=4, days=4, is_near_only=True, least=0.10)

_SPAN = "SELECT min(time), max(time) FROM related_articles WHERE article_id IN "
_JOIN = (
    "INSERT INTO event_members(article_id, event_id) VALUES (?, ?)"
    " ON CONFLICT(article_id) DO UPDATE SET event_id = excluded.event_id WHERE event_id <> excluded.event_id"
)
_OUTLETS = "SELECT id, outlet_id FROM articles WHERE id IN "
_EVENTS = "SELECT article_id, event_id FROM event_members WHERE article_id IN "


def decay(seconds: float) -> float:
    """What a difference in time leaves of a likeness: all within a day, two fifths less each day after."""
    return math.exp(-max(0.0, abs(seconds) / _DAY - 1.0) / 2.0)


def likeness(cosine: float, first: int | None, second: int | None) -> float:
    """Cosine and time in one score; without two times the cosine stands alone."""
    return cosine if first is None or second is None else cosine * decay(first - second)


class Origin(NamedTuple):
    """Where a report is from and of: its outlet's id, None where it is not known, and the countries it names."""

    outlet: int | None
    countries: frozenset[int]


def allowance(one: Origin, other: Origin) -> float:
    """What their origins add to the likeness of two reports, where one event is told from another."""
    out = 0.0
    if one.outlet is not None and other.outlet is not None:
        out += -ONE_OUTLET_MORE if one.outlet == other.outlet else OTHER_OUTLET_LESS
    if are_apart(one.countries, other.countries):
        out -= OTHER_COUNTRIES_MORE
    return out


def threshold(articles: int, time: int | None) -> float:
    """The likeness that makes one event of two reports, in an archive of that many articles."""
    least = SAME_EVENT + SAME_EVENT_TENFOLD * max(0.0, math.log10(max(articles, 1)) - 2.0)
    return least if time is not None else least + UNDATED_MORE


def assign(connection: sqlite3.Connection, article_id: int, time: int | None, made: Signature) -> None:
    """Find the event of an article that was just put into the index."""
    least = threshold(neighbours.size(connection), time)
    near = [
        one
        for one in neighbours.nearest(connection, made, time, ON_ARRIVAL, without=article_id)
        if likeness(one.cosine, time, one.time) + _MOST_ALLOWED >= least
    ]
    if not near:
        return
    origins = _origins(connection, {article_id: made.terms, **{one.id: one.terms for one in near}})
    own = origins[article_id]
    close = [
        one for one in near if likeness(one.cosine, time, one.time) + allowance(own, origins[one.id]) >= least
    ]
    if not close:
        return
    groups = _groups(connection, close)
    if sum(map(len, groups)) < _MOST_SETTLED:
        _settle(connection, [article_id, *(article for group in groups for article in group)], least)
        return
    linked = sorted(
        ((_link(connection, group, close, time, made, own), group) for group in groups),
        key=lambda pair: -pair[0],
    )
    joined = [group for link, group in linked if link >= least]
    if not joined:
        return
    home = joined[0]
    for other in joined[1:]:
        if _resemble(connection, home, other, least):
            home = home + other
    _unite(connection, [*home, article_id])


def _settle(connection: sqlite3.Connection, article_ids: Sequence[int], least: float) -> None:
    """Group some articles, whole groups among them, anew: the two most alike on average first, as long as they are.

    What comes out depends on the articles alone, not on which of them came first.
    """
    times, terms, cosines = neighbours.weigh_together(connection, article_ids)
    origins = _origins(connection, terms)
    alike = {
        (one, other): likeness(cosine, times[one], times[other]) + allowance(origins[one], origins[other])
        for (one, other), cosine in cosines.items()
    }
    alike.update({(other, one): score for (one, other), score in alike.items()})
    groups = [frozenset((article,)) for article in sorted(times)]
    while len(groups) > 1:
        pairs = [
            (sum(alike[one, other] for one in first for other in second) / (len(first) * len(second)), i, j)
            for i, first in enumerate(groups)
            for j, second in enumerate(groups[:i])
            if _spans([times[article] for article in first | second]) <= LONGEST
        ]
        best, i, j = max(
            pairs, key=lambda pair: (pair[0], -min(groups[pair[1]] | groups[pair[2]])), default=(0.0, 0, 0)
        )
        if best < least:
            break
        merged = groups[i] | groups[j]
        groups = [group for place, group in enumerate(groups) if place not in (i, j)] + [merged]
    _write(connection, groups)


def _origins(connection: sqlite3.Connection, terms: Mapping[int, Collection[int]]) -> dict[int, Origin]:
    """The origin of each article, by its terms."""
    outlets: dict[int, int | None] = {}
    for batch in batches(terms):
        outlets.update(connection.execute(_OUTLETS + placeholders(batch), batch))
    return {article: Origin(outlets.get(article), countries(own)) for article, own in terms.items()}


def _spans(times: Iterable[int | None]) -> int:
    dated = [time for time in times if time is not None]
    return max(dated) - min(dated) if dated else 0


def _write(connection: sqlite3.Connection, groups: Iterable[frozenset[int]]) -> None:
    """Keep the groups as events; each keeps the event that most of its members had, where no larger one takes it."""
    members = sorted(article for group in groups for article in group)
    had: dict[int, int] = dict(connection.execute(_EVENTS + placeholders(members), members))
    taken: set[int] = set()
    wanted: dict[int, int | None] = dict.fromkeys(members)
    for group in sorted(groups, key=lambda group: (-len(group), min(group))):
        if len(group) < 2:
            continue
        votes = Counter(had[article] for article in group if article in had and had[article] not in taken)
        event = max(votes, key=lambda event: (votes[event], -event), default=None)
        if event is None:
            event = int(
                connection.execute("INSERT INTO events(articles, outlets) VALUES (0, 0)").lastrowid or 0
            )
        taken.add(event)
        wanted.update(dict.fromkeys(group, event))
    connection.executemany(
        "DELETE FROM event_members WHERE article_id = ?",
        [(article,) for article in had if wanted[article] is None],
    )
    connection.executemany(
        _JOIN,
        [(article, event) for article, event in wanted.items() if event not in (None, had.get(article))],
    )
    for event in set(had.values()) - taken:
        connection.execute("DELETE FROM events WHERE id = ?", (event,))
    for event in taken:
        _recount(connection, event)


def _groups(connection: sqlite3.Connection, close: Sequence[Neighbour]) -> list[tuple[int, ...]]:
    """The groups of the neighbours, each with all its members; a lone article is a group of one."""
    ids = [one.id for one in close]
    event_of: dict[int, int] = dict(connection.execute(_EVENTS + placeholders(ids), ids))
    out: list[tuple[int, ...]] = [(article,) for article in ids if article not in event_of]
    for event in sorted(set(event_of.values())):
        out.append(members_of(connection, event))
    return out


def members_of(connection: sqlite3.Connection, event: int) -> tuple[int, ...]:
    """The articles of an event, by id."""
    rows = connection.execute(
        "SELECT article_id FROM event_members WHERE event_id = ? ORDER BY article_id", (event,)
    )
    return tuple(article for (article,) in rows)


def _spokesmen(group: Sequence[int]) -> Sequence[int]:
    """Members evenly spread over a group, so that a long story cannot go on by its end alone."""
    if len(group) <= _SPOKESMEN:
        return group
    return [group[i * (len(group) - 1) // (_SPOKESMEN - 1)] for i in range(_SPOKESMEN)]


def _link(
    connection: sqlite3.Connection,
    group: Sequence[int],
    close: Sequence[Neighbour],
    time: int | None,
    made: Signature,
    own: Origin,
) -> float:
    asked = _spokesmen(group)
    if not _is_within(connection, group, time):
        return 0.0
    known = {one.id: one for one in close}
    missing = [article for article in asked if article not in known]
    if missing:
        known.update((one.id, one) for one in neighbours.weigh_known(connection, made, missing))
    weighed = [known[article] for article in asked if article in known]
    origins = _origins(connection, {one.id: one.terms for one in weighed})
    scores = [likeness(one.cosine, time, one.time) + allowance(own, origins[one.id]) for one in weighed]
    return sum(scores) / len(scores) if scores else 0.0


def _is_within(connection: sqlite3.Connection, group: Sequence[int], time: int | None) -> bool:
    """True when the event would not last too long with an article of that time, or with nothing more."""
    if len(group) == 1 and time is not None:
        return True
    first, last = time, time
    for batch in batches(group):
        found = connection.execute(_SPAN + placeholders(batch), batch).fetchone()
        if found[0] is not None:
            first = found[0] if first is None else min(first, found[0])
            last = found[1] if last is None else max(last, found[1])
    return first is None or last is None or last - first <= LONGEST


def _resemble(
    connection: sqlite3.Connection, first: Sequence[int], second: Sequence[int], least: float
) -> bool:
    """True when two groups are alike on average, so that they are one."""
    if not _is_within(connection, [*first, *second], None):
        return False
    scores: list[float] = []
    for article in _spokesmen(first):
        found = neighbours.stored(connection, article)
        if found is None:
            continue
        time, made = found
        near = neighbours.weigh_known(connection, made, _spokesmen(second))
        origins = _origins(connection, {article: made.terms, **{one.id: one.terms for one in near}})
        scores += [
            likeness(one.cosine, time, one.time) + allowance(origins[article], origins[one.id])
            for one in near
        ]
    return bool(scores) and sum(scores) / len(scores) >= least


def _unite(connection: sqlite3.Connection, group: Sequence[int]) -> None:
    """Make one event of the articles: the oldest of their events, or a new one."""
    events: set[int] = set()
    for batch in batches(group):
        events.update(event for _, event in connection.execute(_EVENTS + placeholders(batch), batch))
    if events:
        event = min(events)
    else:
        event = int(connection.execute("INSERT INTO events(articles, outlets) VALUES (0, 0)").lastrowid or 0)
    connection.executemany(_JOIN, [(article, event) for article in group])
    for gone in events - {event}:
        connection.execute("DELETE FROM events WHERE id = ?", (gone,))
    _recount(connection, event)


def _recount(connection: sqlite3.Connection, event: int) -> None:
    connection.execute(
        "UPDATE events SET (articles, outlets, first, last) = ("
        " SELECT count(*), count(DISTINCT a.outlet_id), min(r.time), max(r.time) FROM event_members m"
        " JOIN articles a ON a.id = m.article_id JOIN related_articles r ON r.article_id = m.article_id"
        " WHERE m.event_id = events.id) WHERE id = ?",
        (event,),
    )


def leave(connection: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of its event; an event of one is none."""
    row = connection.execute(
        "SELECT event_id FROM event_members WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return
    connection.execute("DELETE FROM event_members WHERE article_id = ?", (article_id,))
    left = members_of(connection, row[0])
    if len(left) < 2:
        connection.execute("DELETE FROM event_members WHERE event_id = ?", (row[0],))
        connection.execute("DELETE FROM events WHERE id = ?", (row[0],))
    else:
        _recount(connection, row[0])


def regroup(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Find the events of indexed articles anew, in the order given."""
    for article_id in article_ids:
        found = neighbours.stored(connection, article_id)
        if found is not None:
            leave(connection, article_id)
            assign(connection, article_id, *found)
