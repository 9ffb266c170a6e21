"""Whether an arriving article is one that is here: candidates by index, decided by :mod:`store.identity`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .identity import Candidate, fingerprint, is_alike, is_same, lead_of
from .models import ParsedArticle
from .preparation import Prepared
from .title_keys import key_of

_CANDIDATES = """
SELECT a.id, a.identity, a.title_key, a.title_is_derived, o.name, a.published, a.published_is_inferred,
       a.origin, a.url, a.guid, a.embedded_in
FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE a.id IN ({})
"""
_BY_IDENTITY = "SELECT id FROM (SELECT id FROM articles WHERE identity >= ? AND identity < ? LIMIT 24)"
#: Of articles that begin alike but have headlines of their own only the very same text is meant: pages of one
#: agency begin alike by dozens.
_BY_TEXT = """
SELECT id FROM (SELECT id, identity, title_is_derived FROM articles WHERE identity >= ? AND identity < ? LIMIT 24)
WHERE identity = ? OR title_is_derived
"""
_BY_TITLE = "SELECT id FROM (SELECT id FROM articles WHERE title_key = ? LIMIT 24)"
_BY_ORIGIN = "SELECT id FROM (SELECT id FROM articles WHERE origin = ? LIMIT 8)"
_BY_URL = "SELECT id FROM (SELECT id FROM articles WHERE url = ? LIMIT 8)"
_BY_GUID = "SELECT id FROM (SELECT id FROM articles WHERE guid = ? LIMIT 8)"


@dataclass(frozen=True, slots=True)
class Arriving:
    """One article on its way in, with what is computed of it once.

    ``host`` is the article on whose page it was found, ``position`` the place
    kept for it there; ``prepared`` what another process has computed.
    """

    parsed: ParsedArticle
    key: int
    identity: str
    now: int
    host: int | None
    position: int | None
    prepared: Prepared | None

    @classmethod
    def of(
        cls,
        parsed: ParsedArticle,
        prepared: Prepared | None,
        now: int,
        host: int | None = None,
        position: int | None = None,
    ) -> Arriving:
        """The article with its key and its fingerprint, computed here where they are not known."""
        key = prepared.key if prepared else key_of(parsed.title)
        identity = prepared.identity if prepared else fingerprint(parsed.body)
        return cls(parsed, key, identity, now, host, position, prepared)


#: For each mark by which an article is recognised: which of a list of values some stored article has.
_IN_LIST = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM articles WHERE "
_PRESENT = {
    "lead": _IN_LIST + "identity >= value AND identity < value || '~')",
    "title_key": _IN_LIST + "title_key = value)",
    "origin": _IN_LIST + "origin = value)",
    "url": _IN_LIST + "url = value)",
    "guid": _IN_LIST + "guid = value)",
}
#: Values asked for in one statement.
_MOST_ASKED = 500
Mark = tuple[str, str | int]


class Acquaintance:
    """Which marks of arriving articles the store has: asked for many at once, so that most need no question each."""

    def __init__(self) -> None:
        self._asked: set[Mark] = set()
        self._present: set[Mark] = set()

    def look(
        self, connection: sqlite3.Connection, articles: Iterable[tuple[ParsedArticle, Prepared]]
    ) -> None:
        """Ask for all marks of these articles; what was asked before is forgotten."""
        self._asked = {mark for parsed, prepared in articles for mark in _marks(parsed, prepared)}
        self._present = set()
        for kind, question in _PRESENT.items():
            values = [value for mark, value in self._asked if mark == kind]
            for start in range(0, len(values), _MOST_ASKED):
                rows = connection.execute(question, (json.dumps(values[start : start + _MOST_ASKED]),))
                self._present.update((kind, value) for (value,) in rows)

    def is_stranger(self, arrival: Arriving) -> bool:
        """True when nothing in the store can be this article; it counts as being there from now on."""
        if arrival.prepared is None:
            return False
        marks = _marks(arrival.parsed, arrival.prepared)
        # An embedded article has the origin of its host, and is never looked for by it.
        telling = marks[1:] if arrival.host is not None else marks
        is_new = self._present.isdisjoint(telling) and self._asked.issuperset(telling)
        self._present.update(marks)
        return is_new


def _marks(parsed: ParsedArticle, prepared: Prepared) -> list[Mark]:
    """The origin first."""
    marks: list[Mark] = [("origin", parsed.origin), ("lead", lead_of(prepared.identity))]
    if prepared.key:
        marks.append(("title_key", prepared.key))
    if parsed.url:
        marks.append(("url", parsed.url))
    if parsed.guid:
        marks.append(("guid", parsed.guid))
    return marks


def find(
    connection: sqlite3.Connection, arrival: Arriving, write_bodies: Callable[[], None]
) -> Candidate | None:
    """The stored article that this one is, if any; ``write_bodies`` is called before the text of one is read."""
    unsure: list[Candidate] = []
    for candidate in _candidates(connection, arrival):
        if candidate.id == arrival.host:
            continue
        verdict = is_same(
            arrival.parsed, arrival.key, arrival.identity, candidate, is_embedded=arrival.host is not None
        )
        if verdict:
            return candidate
        if verdict is None:
            unsure.append(candidate)
    if unsure:
        write_bodies()
    for candidate in unsure:
        if is_alike(arrival.parsed.body, _body_of(connection, candidate.id)):
            return candidate
    return None


def _candidates(connection: sqlite3.Connection, arrival: Arriving) -> Iterable[Candidate]:
    lead = lead_of(arrival.identity)
    queries = [_BY_IDENTITY]
    values: list[str | int] = [lead, lead + "~"]
    if not arrival.parsed.title_is_derived:
        queries = [_BY_TEXT]
        values.append(arrival.identity)
    wanted = (
        (_BY_TITLE, arrival.key),
        (_BY_ORIGIN, arrival.parsed.origin if arrival.host is None else ""),
        (_BY_URL, arrival.parsed.url),
        (_BY_GUID, arrival.parsed.guid),
    )
    for query, value in wanted:
        if value:
            queries.append(query)
            values.append(value)
    rows = connection.execute(_CANDIDATES.format(" UNION ".join(queries)), values)
    return [
        Candidate(
            row[0],
            row[1],
            row[2],
            bool(row[3]),
            row[4],
            row[5],
            bool(row[6]),
            row[7],
            row[8],
            row[9],
            row[10],
        )
        for row in rows
    ]


def _body_of(connection: sqlite3.Connection, article_id: int) -> Sequence[str]:
    row = connection.execute("SELECT text FROM bodies WHERE article_id = ?", (article_id,)).fetchone()
    return str(row[0]).split("\n")
