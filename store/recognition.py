"""Whether an arriving article is one that is here: candidates by index, decided by :mod:`store.identity`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .identity import Candidate, fingerprint, is_alike, is_same, lead_of
from .links import key_of
from .models import ParsedArticle
from .preparation import Prepared

_CANDIDATES = """
SELECT a.id, a.identity, a.title_key, a.title_is_derived, o.name, a.published, a.published_is_inferred,
       a.origin, a.url, a.guid, a.embedded_in
FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE a.id IN ({})
"""
_BY_IDENTITY = "SELECT id FROM (SELECT id FROM articles WHERE identity >= ? AND identity < ? LIMIT 24)"
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


def find(connection: sqlite3.Connection, arrival: Arriving) -> Candidate | None:
    """The stored article that this one is, if any."""
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
    for candidate in unsure:
        if is_alike(arrival.parsed.body, _body_of(connection, candidate.id)):
            return candidate
    return None


def _candidates(connection: sqlite3.Connection, arrival: Arriving) -> Iterable[Candidate]:
    lead = lead_of(arrival.identity)
    queries = [_BY_IDENTITY]
    values: list[str | int] = [lead, lead + "~"]
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
