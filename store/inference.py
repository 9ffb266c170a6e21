"""Dates for undated articles: the weekday they name, and a dated report of the same story.

A weekday fixes the day of the week; dated relatives say which week. What is
found so is marked as inferred and gives way to anything a source states. An
article found on another's page (إقرأ أيضاً) neither takes its host's date nor
lends it its own: it is months younger.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from . import clusters, neighbours, vectors
from .articles import batches, placeholders
from .models import Precision, Published
from .neighbours import Reach
from .vectors import Signature
from .weekdays import DayWords, day_words

_DAY = 86_400
#: Relatives are looked for at all times; what they say counts less the farther the day is, in days.
_ASKING = Reach(terms=32, rows=2_000, candidates=24, days=None)
_FAR = 10
_FADES = 4.0
#: An undated report is more often from before the dated one than after: a story is retold, seldom foretold. One
#: that says it came after what the dated one tells is from after it.
_AFTER = 0.4
#: A report that looks ahead on or after a day when it had happened: next to impossible.
_TOO_LATE = 0.15
#: Of what one report says it came after, the share that another must tell of to be that.
_TOLD = 0.6
_LEAST_TOLD = 3
#: Of the likeness that makes one event, what makes one story.
_SAME_STORY = 0.75
#: A guest of another's page must be as like as a report of the same event, and more.
_GUEST_MORE = 0.10
_MOST_RELATIVES = 8

_TEXTS = """
SELECT a.id, a.title, b.text, a.embedded_in, a.published, a.published_is_inferred
FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id IN """


@dataclass(frozen=True, slots=True)
class _Pending:
    """An article without a stated date that names its weekday; ``day`` is what was inferred before, or None."""

    id: int
    host: int | None
    day: int | None
    words: DayWords
    made: Signature


@dataclass(frozen=True, slots=True)
class _Relative:
    """A dated report of the story; ``is_cause``: the article in question says that it came after what this one tells."""

    id: int
    time: int
    cosine: float
    looks_ahead: bool
    is_cause: bool


def infer_dates(
    connection: sqlite3.Connection, article_ids: Iterable[int]
) -> tuple[tuple[int, Published], ...]:
    """Days for articles that state none, as (id, Published) pairs; nothing is written.

    ``article_ids`` are those that arrived. Looked at are the undated among
    them, and their relatives that are undated or whose day was inferred when
    less was known: so the order in which a story arrives does not matter. Only
    what is new is returned; the caller moves it.
    """
    pending = _pending(connection, article_ids)
    found = {one.id: one.words.day for one in pending.values() if one.words.day is not None}
    rest = [one for one in pending.values() if one.id not in found]
    kin = {one.id: _relatives(connection, one, pending) for one in rest}
    # The surest first: each day found is a relative for those that follow.
    for one in sorted(rest, key=lambda one: (-max((r.cosine for r in kin[one.id]), default=0.0), one.id)):
        day = _day_of(one, [*kin[one.id], *_placed(connection, one, found, pending)])
        if day is not None:
            found[one.id] = day
    return tuple(
        (article, Published(day, Precision.DAY, is_inferred=True))
        for article, day in found.items()
        if day != pending[article].day
    )


def _pending(connection: sqlite3.Connection, article_ids: Iterable[int]) -> dict[int, _Pending]:
    arrived = list(article_ids)
    open_ones = {
        article
        for (article,) in connection.execute(
            "SELECT article_id FROM related_articles WHERE weekday IS NOT NULL"
        )
    }
    if not open_ones:
        return {}
    wanted = open_ones.intersection(arrived)
    others = open_ones - wanted
    if len(others) > len(arrived):
        others &= _near(connection, arrived)
    else:
        others = {other for other in others if not _near(connection, [other]).isdisjoint(arrived)}
    out: dict[int, _Pending] = {}
    for batch in batches(sorted(wanted | others)):
        for row in connection.execute(_TEXTS + placeholders(batch), batch).fetchall():
            _add(connection, row, out)
    return out


def _add(connection: sqlite3.Connection, row: tuple[Any, ...], out: dict[int, _Pending]) -> None:
    article, title, text, host, published, is_inferred = row
    stored = neighbours.stored(connection, article)
    if stored is not None and (published is None or is_inferred):
        out[article] = _Pending(article, host, published, day_words(title, text.split("\n")), stored[1])


def _near(connection: sqlite3.Connection, article_ids: Iterable[int]) -> set[int]:
    """The articles of one story with any of these."""
    least = clusters.threshold(neighbours.size(connection), 0) * _SAME_STORY
    out: set[int] = set()
    for article in article_ids:
        stored = neighbours.stored(connection, article)
        if stored is not None:
            near = neighbours.nearest(connection, stored[1], None, _ASKING, without=article)
            out.update(one.id for one in near if one.cosine >= least)
    return out


def _relatives(
    connection: sqlite3.Connection, one: _Pending, pending: Mapping[int, _Pending]
) -> list[_Relative]:
    """The dated articles of the same story, most alike first; hosts, guests and what is itself in question left out."""
    least = _least(connection, one)
    near = neighbours.nearest(connection, one.made, None, _ASKING, without=one.id)
    close = [
        n
        for n in near
        if n.time is not None and n.cosine >= least and n.id != one.host and n.id not in pending
    ][: _MOST_RELATIVES + 1]
    ids = [n.id for n in close]
    rows = (
        {row[0]: row for row in connection.execute(_TEXTS + placeholders(ids), ids).fetchall()} if ids else {}
    )
    found = [n for n in close if n.id in rows and rows[n.id][3] != one.id][:_MOST_RELATIVES]
    words = {n.id: day_words(rows[n.id][1], rows[n.id][2].split("\n")) for n in found}
    return [
        _Relative(
            n.id, n.time, n.cosine, words[n.id].looks_ahead, _is_cause(connection, one, n.id, words[n.id])
        )
        for n in found
        if n.time is not None
    ]


def _is_cause(connection: sqlite3.Connection, one: _Pending, other: int, words: DayWords) -> bool:
    """True when an article says that it came after what another tells, more than the other says that of it."""
    told = _told(neighbours.terms_of(connection, other), one.words)
    return told >= _TOLD and told > _told(one.made.terms, words)


def _told(terms: Collection[int], words: DayWords) -> float:
    """How much of what an article looks back on another tells of, by its terms, 0 to 1."""
    back = vectors.signature(words.looks_back, ()).terms
    return sum(term in terms for term in back) / len(back) if len(back) >= _LEAST_TOLD else 0.0


def _least(connection: sqlite3.Connection, one: _Pending) -> float:
    least = clusters.threshold(neighbours.size(connection), 0)
    return least * _SAME_STORY if one.host is None else least + _GUEST_MORE


def _placed(
    connection: sqlite3.Connection, one: _Pending, found: Mapping[int, int], pending: Mapping[int, _Pending]
) -> list[_Relative]:
    """Those that got their day a moment ago, as relatives."""
    ids = [other for other in found if other != one.host and pending[other].host != one.id]
    least = _least(connection, one)
    near = neighbours.weigh_known(connection, one.made, ids[-200:])
    return [
        _Relative(
            n.id,
            found[n.id],
            n.cosine,
            pending[n.id].words.looks_ahead,
            _is_cause(connection, one, n.id, pending[n.id].words),
        )
        for n in near
        if n.cosine >= least
    ][:_MOST_RELATIVES]


def _day_of(one: _Pending, relatives: Sequence[_Relative]) -> int | None:
    """The day of the right weekday that fits the relatives best, in seconds UTC."""
    candidates = sorted(
        {
            day * _DAY
            for relative in relatives
            for day in range(relative.time // _DAY - _FAR, relative.time // _DAY + _FAR + 1)
            if datetime.fromtimestamp(day * _DAY, UTC).weekday() == one.words.weekday
        }
    )
    if not candidates:
        return None
    return max(candidates, key=lambda day: (_fit(one, day, relatives), -day))


def _fit(one: _Pending, day: int, relatives: Sequence[_Relative]) -> float:
    total, is_too_late = 0.0, False
    for relative in relatives:
        later = relative.time // _DAY - day // _DAY
        if abs(later) > _FAR:
            continue
        weight = relative.cosine * math.exp(-abs(later) / _FADES)
        is_usual = later == 0 or (later < 0) == relative.is_cause
        total += weight if is_usual else weight * _AFTER
        is_over = not (relative.looks_ahead or relative.is_cause)
        is_too_late = is_too_late or (-7 <= later <= 0 and is_over)
    return total * _TOO_LATE if is_too_late and one.words.looks_ahead else total
