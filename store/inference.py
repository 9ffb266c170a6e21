"""Dates for undated articles: the weekday they name, and a dated report of the same story.

A weekday fixes the day of the week; dated relatives say which week. What is
found so is marked as inferred and gives way to anything a source states. An
article found on another's page (إقرأ أيضاً) neither takes its host's date nor
lends it its own: it is months younger.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from . import clusters, neighbours
from .articles import batches, placeholders
from .models import Precision, Published
from .neighbours import Reach
from .related import time_of
from .vectors import Signature
from .weekdays import DayWords, day_words

_DAY = 86_400
#: Relatives are looked for at all times; what they say counts less the farther the day is, in days.
_ASKING = Reach(terms=40, rows=6_000, candidates=40, days=None)
_UNDATED_ONLY = Reach(terms=40, rows=2_000, candidates=20, days=None, is_near_only=True)
_FAR = 10
_FADES = 4.0
#: An undated report is more often from before the dated one than after: a story is retold, seldom foretold.
_AFTER = 0.4
#: A report that looks ahead on or after a day when it had happened: next to impossible.
_TOO_LATE = 0.15
#: Of the likeness that makes one event, what makes one story.
_SAME_STORY = 0.75
#: A guest of another's page must be as like as a report of the same event, and more.
_GUEST_MORE = 0.10
_MOST_RELATIVES = 8

_TEXTS = """
SELECT a.id, a.title, b.text, a.embedded_in, a.published, a.published_precision
FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id IN """


@dataclass(frozen=True, slots=True)
class _Undated:
    id: int
    host: int | None
    words: DayWords
    made: Signature


@dataclass(frozen=True, slots=True)
class _Relative:
    id: int
    time: int
    cosine: float
    looks_ahead: bool


def infer_dates(
    connection: sqlite3.Connection, article_ids: Iterable[int]
) -> tuple[tuple[int, Published], ...]:
    """Days for undated articles, as (id, Published) pairs; nothing is written.

    ``article_ids`` are those that arrived: the undated among them are looked
    at, and the undated relatives of the dated ones. The caller moves them.
    """
    pending = _undated(connection, article_ids)
    found: dict[int, Published] = {
        one.id: _inferred(one.words.day) for one in pending if one.words.day is not None
    }
    rest = [one for one in pending if one.id not in found and one.words.weekday is not None]
    kin = {one.id: _relatives(connection, one) for one in rest}
    known = {one.id: one for one in rest}
    # The surest first: each day found is a relative for those that follow.
    for one in sorted(rest, key=lambda one: -max((r.cosine for r in kin[one.id]), default=0.0)):
        day = _day_of(one, [*kin[one.id], *_placed(connection, one, found, known)])
        if day is not None:
            found[one.id] = _inferred(day)
    return tuple(found.items())


def _inferred(day: int) -> Published:
    return Published(day, Precision.DAY, is_inferred=True)


def _undated(connection: sqlite3.Connection, article_ids: Iterable[int]) -> list[_Undated]:
    """The articles to look at, those that say nothing of their day left out."""
    dated: list[int] = []
    out: dict[int, _Undated] = {}
    for batch in batches(article_ids):
        rows = connection.execute(_TEXTS + placeholders(batch), batch).fetchall()
        dated += [row[0] for row in rows if time_of(row[4], row[5]) is not None]
        _collect(connection, rows, out)
    if neighbours.undated(connection) > len(out):
        for batch in batches(_undated_relatives(connection, dated)):
            _collect(connection, connection.execute(_TEXTS + placeholders(batch), batch).fetchall(), out)
    return list(out.values())


def _collect(
    connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]], out: dict[int, _Undated]
) -> None:
    for article_id, title, text, host, published, _ in rows:
        if published is not None or article_id in out:
            continue
        words = day_words(title, text.split("\n"))
        stored = neighbours.stored(connection, article_id)
        if stored is not None and (words.weekday is not None or words.day is not None):
            out[article_id] = _Undated(article_id, host, words, stored[1])


def _undated_relatives(connection: sqlite3.Connection, dated: Sequence[int]) -> list[int]:
    """Undated articles that a newly dated one may be the sibling of."""
    out: set[int] = set()
    for article_id in dated:
        stored = neighbours.stored(connection, article_id)
        if stored is None:
            continue
        near = neighbours.nearest(connection, stored[1], None, _UNDATED_ONLY, without=article_id)
        least = clusters.threshold(neighbours.size(connection), 0) * _SAME_STORY
        out.update(one.id for one in near if one.cosine >= least)
    return sorted(out)


def _relatives(connection: sqlite3.Connection, one: _Undated) -> list[_Relative]:
    """The dated articles of the same story, most alike first; hosts and guests of this one left out."""
    least = _least(connection, one)
    near = neighbours.nearest(connection, one.made, None, _ASKING, without=one.id)
    close = [n for n in near if n.time is not None and n.cosine >= least and n.id != one.host]
    ids = [n.id for n in close]
    rows = {
        row[0]: row
        for batch in batches(ids)
        for row in connection.execute(_TEXTS + placeholders(batch), batch).fetchall()
    }
    out = []
    for n in close:
        _, title, text, host, _, _ = rows[n.id]
        if host == one.id or n.time is None:
            continue
        out.append(_Relative(n.id, n.time, n.cosine, day_words(title, text.split("\n")).looks_ahead))
    return out[:_MOST_RELATIVES]


def _least(connection: sqlite3.Connection, one: _Undated) -> float:
    least = clusters.threshold(neighbours.size(connection), 0)
    return least * _SAME_STORY if one.host is None else least + _GUEST_MORE


def _placed(
    connection: sqlite3.Connection, one: _Undated, found: dict[int, Published], known: dict[int, _Undated]
) -> list[_Relative]:
    """Those that got their day a moment ago, as relatives."""
    ids = [other for other in found if other in known and other != one.host and known[other].host != one.id]
    least = _least(connection, one)
    near = neighbours.weigh_known(connection, one.made, ids[-200:])
    return [
        _Relative(n.id, found[n.id].time, n.cosine, known[n.id].words.looks_ahead)
        for n in near
        if n.cosine >= least
    ][:_MOST_RELATIVES]


def _day_of(one: _Undated, relatives: Sequence[_Relative]) -> int | None:
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


def _fit(one: _Undated, day: int, relatives: Sequence[_Relative]) -> float:
    total, is_too_late = 0.0, False
    for relative in relatives:
        later = relative.time // _DAY - day // _DAY
        if abs(later) > _FAR:
            continue
        weight = relative.cosine * math.exp(-abs(later) / _FADES)
        total += weight if later >= 0 else weight * _AFTER
        is_too_late = is_too_late or (-7 <= later <= 0 and not relative.looks_ahead)
    return total * _TOO_LATE if is_too_late and one.words.looks_ahead else total
