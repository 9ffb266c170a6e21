"""One key from an article to its relatives: links, copies, the same event, the story; and why.

The four relations are kept apart. Links are what a page says; copies are
judged by wording, events by what the leads are about and when, and the story
(saga) by what they are about alone. Nothing here is ever a verdict on an
article: nothing is hidden or marked by it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from . import clusters, copies, headlines, neighbours, vectors
from .articles import batches, placeholders
from .articles import published as published_of
from .copies import Likeness
from .models import Published
from .neighbours import Neighbour, Reach
from .places import are_apart, countries
from .targets import pointing_to
from .title_keys import key_of
from .vectors import Signature
from .weekdays import day_words

if TYPE_CHECKING:
    from .reasons import Explainer


class Relation(StrEnum):
    """How an article is related to the one asked about, in the order they are answered."""

    EVENT = "event"
    COPY = "copy"
    SAGA = "saga"
    READ_ALSO = "read_also"
    SIMILAR = "similar"
    LINKED_FROM = "linked_from"


@dataclass(frozen=True, slots=True)
class Related:
    """A related article, and why.

    ``score`` orders within one relation, 0 to 1. ``reasons`` are shared names
    and phrases as the article asked about spells them, or the headline of the
    link it came by. ``seconds`` is how much later it appeared (negative:
    earlier), None where either time is unknown. For a copy ``share`` is how
    much of the shorter text the other holds, ``added`` how much of the copy
    the article asked about has not, ``lacking`` the other way round, each 0
    to 1; ``is_update`` tells the outlet's own later version from an agency's
    text at another outlet. ``agency`` is where its text is from, as it says.
    """

    id: int
    title: str
    outlet: str | None
    published: Published | None
    relation: Relation
    score: float
    reasons: tuple[str, ...]
    seconds: int | None
    is_unread: bool = False
    share: float | None = None
    is_update: bool = False
    added: float | None = None
    lacking: float | None = None
    agency: tuple[str, ...] = ()
    is_muted: bool = False


#: What is asked for an open article: 60 days to either side, some milliseconds at any size.
ON_OPENING = Reach(terms=32, rows=2_500, candidates=50, days=60)
#: What distance in time leaves of a likeness within a story, at least.
_FLOOR = 0.25
#: Where one of two times is not known; and an article only found on another's page is younger than that, we know not how much.
_UNDATED = 0.8
_UNDATED_GUEST = 0.2
#: A likeness below this share of an event's is no story; of reports of one time less is enough, since it says that too.
_LEAST_SHARE = 0.4
_LEAST_SHARE_NEAR = 0.3

_TEXT = """
SELECT a.title, a.title_is_derived, a.published, a.published_precision, a.published_is_inferred, b.text FROM articles a JOIN bodies b ON b.article_id = a.id
WHERE a.id = ?
"""
_ROWS = """
SELECT a.id, a.title, o.name, a.published, a.published_precision, a.published_is_inferred, s.is_unread,
       a.embedded_in IS NOT NULL, a.agency, EXISTS (SELECT 1 FROM mutes x WHERE x.position = a.position)
FROM articles a JOIN statuses s ON s.article_id = a.id LEFT JOIN outlets o ON o.id = a.outlet_id WHERE a.id IN """
_LINKS = (
    "SELECT target, kind, title FROM link_targets WHERE from_id = ? AND target IS NOT NULL ORDER BY ordinal"
)


class Subject(NamedTuple):
    """What relating takes of an article; depends on the article alone, so another process can make it.

    ``sketches`` are those of its headline, none where it is one of ours;
    ``weekday`` is what the text says of its day, where nothing else does.
    """

    time: int | None
    signature: Signature
    weekday: int | None
    sketches: tuple[int, ...]


def subject_of(
    title: str,
    body: Sequence[str],
    *,
    is_derived: bool,
    seconds: int | None,
    precision: str | None,
    is_inferred: bool,
) -> Subject:
    """Analyse an article; ``seconds`` and ``precision`` are of its date. Pure, and most of what relating costs."""
    return Subject(
        time_of(seconds, precision),
        vectors.signature(title, body),
        weekday_of(title, body, seconds, is_inferred),
        () if is_derived else headlines.sketches_of(title),
    )


def relate_article(connection: sqlite3.Connection, article_id: int) -> None:
    """Index a stored article that is not indexed yet, and find its event; part of the caller's transaction."""
    row = connection.execute(_TEXT, (article_id,)).fetchone()
    if row is None:
        return
    title, is_derived, seconds, precision, is_inferred, text = row
    subject = subject_of(
        title,
        text.split("\n"),
        is_derived=is_derived,
        seconds=seconds,
        precision=precision,
        is_inferred=is_inferred,
    )
    headlines.note_sketches(connection, [(article_id, title, key_of(title), subject.sketches)])
    relate_subject(connection, article_id, subject)


def relate_subject(connection: sqlite3.Connection, article_id: int, subject: Subject) -> None:
    """:func:`relate_article` for an article that is analysed already, and whose headline is noted by the caller."""
    neighbours.add(connection, article_id, subject.time, subject.signature, subject.weekday)
    clusters.assign(connection, article_id, subject.time, subject.signature)


def weekday_of(title: str, body: Sequence[str], seconds: int | None, is_inferred: int) -> int | None:
    """What an article without a stated date says of its day; None where nothing or where it has a date."""
    return day_words(title, body).weekday if seconds is None or is_inferred else None


def unrelate_article(connection: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of the index and out of its event; part of the caller's transaction."""
    row = connection.execute("SELECT title FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is not None:
        headlines.forget_title(connection, article_id, row[0])
    clusters.leave(connection, article_id)
    neighbours.remove(connection, article_id)


def time_of(seconds: int | None, precision: str | None) -> int | None:
    """The time an article is compared by; a month or a year is no time to compare by."""
    return seconds if precision in ("minute", "day") else None


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    outlet: str | None
    published: Published | None
    is_unread: bool
    is_guest: bool
    agency: tuple[str, ...]
    is_muted: bool

    @property
    def time(self) -> int | None:
        return time_of(self.published.time, self.published.precision) if self.published else None


def related(connection: sqlite3.Connection, article_id: int, *, limit: int = 20) -> tuple[Related, ...]:
    """What is related to an article, at most ``limit`` of each relation: event, copies, story, then links."""
    linked = _links(connection, article_id)
    known = neighbours.stored(connection, article_id)
    if known is None:
        return _linked_only(connection, article_id, linked)
    time, made = known
    near = neighbours.nearest(connection, made, time, ON_OPENING, without=article_id)
    event = _event_mates(connection, article_id)
    missing = sorted(event - {one.id for one in near})
    near += neighbours.weigh_known(connection, made, missing)
    rows = _rows(connection, [article_id, *(one.id for one in near), *(other for other, _, _ in linked)])
    copied = copies.copies_of(
        connection, article_id, frozenset(made.sample), {one.id: (one.cosine, one.sample) for one in near}
    )
    asking = _Asking(
        connection, article_id, time, made, rows, copied, event, {other for other, _, _ in linked}
    )
    return (*asking.by_content(near, limit), *asking.by_link(linked, limit))


def _linked_only(
    connection: sqlite3.Connection, article_id: int, linked: Sequence[tuple[int, Relation, str]]
) -> tuple[Related, ...]:
    rows = _rows(connection, [article_id, *(other for other, _, _ in linked)])
    nothing = Signature({}, ())
    return _Asking(connection, article_id, None, nothing, rows, {}, set(), set()).by_link(linked, len(linked))


def _event_mates(connection: sqlite3.Connection, article_id: int) -> set[int]:
    rows = connection.execute(
        "SELECT article_id FROM event_members WHERE event_id ="
        " (SELECT event_id FROM event_members WHERE article_id = ?) AND article_id <> ?",
        (article_id, article_id),
    )
    return {other for (other,) in rows}


def _links(connection: sqlite3.Connection, article_id: int) -> list[tuple[int, Relation, str]]:
    out = [(t, Relation(kind), title) for t, kind, title in connection.execute(_LINKS, (article_id,))]
    out += [(link.from_id, Relation.LINKED_FROM, link.title) for link in pointing_to(connection, article_id)]
    return out


def _rows(connection: sqlite3.Connection, article_ids: Sequence[int]) -> dict[int, _Row]:
    out: dict[int, _Row] = {}
    for batch in batches(dict.fromkeys(article_ids)):
        for id, title, outlet, *date, unread, guest, agency, muted in connection.execute(
            _ROWS + placeholders(batch), batch
        ):
            names = tuple(json.loads(agency))
            out[id] = _Row(title, outlet, published_of(*date), bool(unread), bool(guest), names, bool(muted))
    return out


def _elsewhere(here: frozenset[int], one: Neighbour) -> float:
    """How much more it takes to be of one story for a report that names countries, and none of those."""
    return clusters.OTHER_COUNTRIES_MORE if are_apart(here, countries(one.terms)) else 0.0


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question: the article, and what was gathered to answer."""

    connection: sqlite3.Connection
    article_id: int
    time: int | None
    made: Signature
    rows: dict[int, _Row]
    copies: dict[int, Likeness]
    event: set[int]
    linked: set[int]

    def by_content(self, near: Sequence[Neighbour], limit: int) -> tuple[Related, ...]:
        """Event, copies and story, each best first."""
        event = clusters.threshold(neighbours.size(self.connection), 0)
        here = countries(self.made.terms)
        sorted_out: dict[Relation, list[tuple[float, Neighbour]]] = {
            relation: [] for relation in (Relation.EVENT, Relation.COPY, Relation.SAGA)
        }
        for one in near:
            if one.id not in self.rows:
                continue
            relation = self._relation(one)
            score = self._score(one, relation)
            if relation is not Relation.SAGA or (
                one.cosine >= event * self._least_share(one) + _elsewhere(here, one)
                and one.id not in self.linked
            ):
                sorted_out[relation].append((score, one))
        explainer = self._explainer()
        return tuple(
            self._content(one, relation, score, explainer)
            for relation, found in sorted_out.items()
            for score, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))[:limit]
        )

    def _relation(self, one: Neighbour) -> Relation:
        if one.id in self.copies:
            return Relation.COPY
        return Relation.EVENT if one.id in self.event else Relation.SAGA

    def _least_share(self, one: Neighbour) -> float:
        """The share of an event's likeness that makes a story, by how far apart the two are in time."""
        kept = 0.0 if self.time is None or one.time is None else clusters.decay(one.time - self.time)
        return _LEAST_SHARE + (_LEAST_SHARE_NEAR - _LEAST_SHARE) * kept

    def _score(self, one: Neighbour, relation: Relation) -> float:
        if relation is Relation.COPY:
            return self.copies[one.id].share
        if self.time is not None and one.time is not None:
            kept = clusters.decay(one.time - self.time)
            return one.cosine * (kept if relation is Relation.EVENT else _FLOOR + (1 - _FLOOR) * kept)
        if self.rows[one.id].is_guest and one.time is None:
            return one.cosine * _UNDATED_GUEST
        return one.cosine if self.time is None and one.time is None else one.cosine * _UNDATED

    def _explainer(self) -> Explainer:
        # Its tables of names and verbs are for readers: an import, which takes most of this module, does without.
        from .reasons import Explainer

        outlets = {row.outlet for row in self.rows.values() if row.outlet}
        title, text, keywords = self.connection.execute(
            "SELECT a.title, b.text, a.keywords FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id = ?",
            (self.article_id,),
        ).fetchone()
        rarity = neighbours.rarity(self.connection, self.made.terms)
        return Explainer(title, text.split("\n"), json.loads(keywords), rarity, outlets)

    def _content(self, one: Neighbour, relation: Relation, score: float, explainer: Explainer) -> Related:
        row = self.rows[one.id]
        copied = self.copies.get(one.id)
        return Related(
            id=one.id,
            title=row.title,
            outlet=row.outlet,
            published=row.published,
            relation=relation,
            score=min(score, 1.0),
            reasons=explainer.reasons(one.terms),
            seconds=self._seconds(row),
            is_unread=row.is_unread,
            share=copied.share if copied else None,
            is_update=relation is Relation.COPY and row.outlet == self.rows[self.article_id].outlet,
            added=copied.added if copied else None,
            lacking=copied.lacking if copied else None,
            agency=row.agency,
            is_muted=row.is_muted,
        )

    def by_link(self, linked: Sequence[tuple[int, Relation, str]], limit: int) -> tuple[Related, ...]:
        """What the page names, then what names this article, each in its own order."""
        out: list[Related] = []
        seen: set[int] = set()
        for relation in (Relation.READ_ALSO, Relation.SIMILAR, Relation.LINKED_FROM):
            found: dict[int, str] = {}
            for other, kind, title in linked:
                if kind is relation and other in self.rows and other not in seen:
                    found.setdefault(other, title)
            if relation is not Relation.LINKED_FROM:
                seen.update(found)
            out += [
                self._link(other, relation, title, place)
                for place, (other, title) in enumerate(list(found.items())[:limit])
            ]
        return tuple(out)

    def _link(self, other: int, relation: Relation, title: str, place: int) -> Related:
        row = self.rows[other]
        return Related(
            id=other,
            title=row.title,
            outlet=row.outlet,
            published=row.published,
            relation=relation,
            score=1.0 / (1 + place),
            reasons=(title,),
            seconds=self._seconds(row),
            is_unread=row.is_unread,
            agency=row.agency,
            is_muted=row.is_muted,
        )

    def _seconds(self, row: _Row) -> int | None:
        return None if self.time is None or row.time is None else row.time - self.time
