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
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from . import clusters, neighbours, vectors
from .articles import batches, placeholders
from .contrast import contrasted, cosine
from .models import Precision, Published
from .neighbours import Reach
from .reasons import Explainer
from .vectors import Signature
from .weekdays import DayWords, day_words

_DAY = 86_400
#: Relatives are looked for at all times; what they say counts less the farther the day is, in days.
_ASKING = Reach(terms=32, rows=2_000, candidates=24, days=None)
_FAR = 10
_FADES = 4.0
#: An undated report is more often from before the dated one than after: a story is retold, seldom foretold. One
#: that says it came after what the dated one tells is from after it. Of two without a stated day neither comes first.
_AFTER = 0.4
#: A day that was inferred itself says less than a stated one.
_INFERRED = 0.6
#: A report that looks ahead on or after a day when it had happened: next to impossible.
_TOO_LATE = 0.15
#: Of what one report says it came after, the share that another must tell of to be that.
_TOLD = 0.6
_LEAST_TOLD = 3
#: How alike whole texts must be to be surely of one story, or how alike with how many terms of names in common.
#: In an archive of four years with most dates taken away, nine in ten of the days found without this were wrong.
_SAME_WORDS = 0.4
_LIKE_WORDS = 0.25
_SAME_NAMES = 5
#: How many times better the best day must fit than any of another time: reports of one cast are from many years.
_SURE = 2.0
#: A day so far, in days, from all reports that are surely of the story, or that fits so little, is believed only where
#: no other time fits at all, or where so many reports make a story: nine in ten of the others were wrong,
#: and without them seven in ten days are right instead of five, in a slice of an archive with a third of its dates hidden.
_BESIDE = 2
_LEAST_FIT = 0.15
_SEVERAL = 3
_LOOKED_OVER = 2
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
    """A report of the story, its likeness (0 to 1); ``time`` is in seconds UTC, 0 for not known yet; ``is_kin``: it is surely of one story; ``is_cause``: the article in question says that it came after what this one tells."""

    id: int
    time: int
    likeness: float
    is_kin: bool
    looks_ahead: bool
    is_cause: bool
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The best day (seconds UTC), how well it fits, and how many times better than the best of another time."""

    day: int
    fit: float
    margin: float


def infer_dates(
    connection: sqlite3.Connection, article_ids: Iterable[int]
) -> tuple[tuple[int, Published], ...]:
    """Days for articles that state none, as (id, Published) pairs; nothing is written.

    ``article_ids`` are those that arrived. Looked at are the undated among
    them, and their relatives that are undated or whose day was inferred when
    less was known: so the order in which a story arrives does not matter. Only
    what is new is returned, in order of time, in which the caller moves it: an
    event is found among what stands before it, and so comes out the same.
    """
    pending = _pending(connection, article_ids)
    found = {one.id: one.words.day for one in pending.values() if one.words.day is not None}
    found.update(_inferred(connection, pending, found))
    return tuple(
        (article, Published(day, Precision.DAY, is_inferred=True))
        for article, day in sorted(found.items(), key=lambda one: (one[1], one[0]))
        if day != pending[article].day
    )


def _inferred(
    connection: sqlite3.Connection, pending: Mapping[int, _Pending], found: Mapping[int, int]
) -> dict[int, int]:
    """Days for those of ``pending`` that have none in ``found``: the surest first, each a relative for the rest."""
    out: dict[int, int] = {}
    rest = {one.id: _kin(connection, one, pending, found) for one in pending.values() if one.id not in found}
    judged = {article: _day_of(pending[article], kin.dated, kin.is_story) for article, kin in rest.items()}
    while judged:
        surest = max(judged, key=lambda article: (judged[article].margin, judged[article].fit, -article))
        best = judged.pop(surest)
        if best.margin < _SURE:
            break
        out[surest] = best.day
        for article in judged:
            if surest in rest[article].waiting:
                judged[article] = _day_of(pending[article], rest[article].placed(out), rest[article].is_story)
    # The first found their day by less than is known now.
    for _ in range(_LOOKED_OVER):
        for article in sorted(out):
            best = _day_of(pending[article], rest[article].placed(out), rest[article].is_story)
            if best.margin >= _SURE:
                out[article] = best.day
    return out


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


@dataclass(frozen=True, slots=True)
class _Kin:
    """The reports of an article's story: those with a day, and those whose day is asked for too."""

    dated: list[_Relative]
    waiting: dict[int, _Relative]

    @property
    def is_story(self) -> bool:
        """True where with those that wait several are of the story: undated reports of one story come together."""
        return sum(one.is_kin for one in self.dated) + len(self.waiting) >= _SEVERAL

    def placed(self, days: Mapping[int, int]) -> list[_Relative]:
        """Those with a day, now that some of the others have theirs."""
        return [
            *self.dated,
            *(
                replace(one, time=days[one.id], is_stated=False)
                for one in self.waiting.values()
                if one.id in days
            ),
        ]


def _kin(
    connection: sqlite3.Connection, one: _Pending, pending: Mapping[int, _Pending], found: Mapping[int, int]
) -> _Kin:
    """The articles of the same story, the most alike of them, hosts and guests left out."""
    least = _least(connection, one)
    near = [
        n
        for n in neighbours.nearest(connection, one.made, None, _ASKING, without=one.id)
        if n.cosine >= least and n.id != one.host and (n.time is not None or n.id in pending)
    ]
    times = {n.id: found.get(n.id) if n.id in pending else n.time for n in near}
    dated = [n.id for n in near if times[n.id] is not None][:_MOST_RELATIVES]
    waiting = [n.id for n in near if times[n.id] is None][:_MOST_RELATIVES]
    if not dated and not waiting:
        return _Kin([], {})
    rows = _texts(connection, [one.id, *dated, *waiting])
    likeness = {n.id: n.cosine for n in near}
    told = _Told(connection, rows, one.id)
    if _are_apart([time for article in dated if (time := times[article]) is not None]):
        likeness.update(told.contrasted())
    kin = _Kin([], {})
    for article in (*dated, *waiting):
        if article not in rows or rows[article][3] == one.id:
            continue
        title, text = rows[article][1:3]
        words = pending[article].words if article in pending else day_words(title, text.split("\n"))
        is_cause = _is_cause(connection, one, article, words)
        time = times[article]
        is_stated = not rows[article][5]
        relative = _Relative(
            article,
            time or 0,
            likeness[article],
            told.is_of_one_story(article),
            words.looks_ahead,
            is_cause,
            is_stated,
        )
        if time is None:
            kin.waiting[article] = relative
        else:
            kin.dated.append(relative)
    return kin


def _are_apart(times: Sequence[int]) -> bool:
    """True when dated reports are of several times, so that it must be found out which is meant."""
    return bool(times) and max(times) - min(times) > _FAR * _DAY


class _Told:
    """What an article and those near it tell, by their whole texts; leads alone are alike too easily."""

    def __init__(
        self, connection: sqlite3.Connection, rows: Mapping[int, tuple[Any, ...]], article_id: int
    ) -> None:
        self._terms = {article: vectors.whole(row[1], row[2].split("\n")) for article, row in rows.items()}
        self._own = self._terms.pop(article_id, {})
        held = {term for one in (self._own, *self._terms.values()) for term in one}
        self._rarity = neighbours.rarity(connection, held)
        self._row = rows[article_id]

    @cached_property
    def _names(self) -> frozenset[int]:
        title, text = self._row[1:3]
        return Explainer(title, text.split("\n"), (), self._rarity).names

    def contrasted(self) -> dict[int, float]:
        """Likeness by what not all share; a cast is in the news again and again."""
        return contrasted(self._own, self._terms, self._rarity)

    def is_of_one_story(self, article: int) -> bool:
        """True when another article says much of the same, or something of it with the same names in it."""
        terms = self._terms[article]
        alike = cosine(self._own, terms, self._rarity)
        if not _LIKE_WORDS <= alike < _SAME_WORDS:
            return alike >= _SAME_WORDS
        return sum(term in terms for term in self._names) >= _SAME_NAMES


def _texts(connection: sqlite3.Connection, article_ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    ids = list(article_ids)
    found = connection.execute(_TEXTS + placeholders(ids), ids).fetchall() if ids else []
    return {row[0]: row for row in found}


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


def _day_of(one: _Pending, relatives: Sequence[_Relative], is_story: bool) -> _Verdict:
    """The day of the right weekday that fits the relatives best, and how much better than any of another time.

    ``is_story``: the reports are those of a story, not one that is a little alike.
    """
    candidates = sorted(
        {
            day
            for relative in relatives
            for day in range(relative.time // _DAY - _FAR, relative.time // _DAY + _FAR + 1)
            if one.words.is_on(day)
        }
    )
    fits = {day: _fit(one, day * _DAY, relatives) for day in candidates}
    best = max(fits, key=lambda day: (fits[day], -day), default=None)
    kin = [one.time // _DAY for one in relatives if one.is_kin]
    apart = min((abs(day - best) for day in kin), default=_FAR + 1) if best is not None else _FAR + 1
    if best is None or not fits[best] or apart > _FAR:
        return _Verdict(0, 0.0, 0.0)
    elsewhere = max((fit for day, fit in fits.items() if abs(day - best) > _FAR), default=0.0)
    if elsewhere and not is_story and (apart > _BESIDE or fits[best] < _LEAST_FIT):
        return _Verdict(0, 0.0, 0.0)
    return _Verdict(best * _DAY, fits[best], fits[best] / elsewhere if elsewhere else math.inf)


def _fit(one: _Pending, day: int, relatives: Sequence[_Relative]) -> float:
    total, is_too_late = 0.0, False
    for relative in relatives:
        later = relative.time // _DAY - day // _DAY
        if abs(later) > _FAR:
            continue
        weight = relative.likeness * math.exp(-abs(later) / _FADES)
        is_usual = later == 0 or (later < 0) == relative.is_cause or not relative.is_stated
        weight *= 1.0 if relative.is_stated else _INFERRED
        total += weight if is_usual else weight * _AFTER
        is_over = not (relative.looks_ahead or relative.is_cause)
        is_too_late = is_too_late or (-7 <= later <= 0 and is_over)
    return total * _TOO_LATE if is_too_late and one.words.looks_ahead else total
