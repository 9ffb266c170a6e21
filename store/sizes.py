"""About how many articles a query's words find, at little cost: which to begin with, and how much each says."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from functools import cached_property

from .arabic import tokens
from .query_tree import And, Node, Not, Or, Phrase, Prefix, Word
from .vocabulary import articles_with

#: So many of the newest matches are looked at first, and so many times as many articles to see how recent they are.
_GLANCE, _GLANCE_AGE = 500, 40
_NEWEST_MATCHES = "SELECT count(*), min(rowid) FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"
_NEWER = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE position > ? LIMIT ?)"
_NTH = "SELECT position FROM articles ORDER BY position DESC LIMIT 1 OFFSET ?"
#: Of a broad beginning nothing is known but that it is in very many articles.
_VERY_MANY = 1e9


#: Of a longer query an order by relevance goes by the words that fewest articles have: they say enough.
MOST_CONCEPTS = 16
#: So many articles are many: more is left out there, or judged by the newest.
MANY = 200_000


def are_many(connection: sqlite3.Connection) -> bool:
    """Whether an archive has very many articles, in one look-up."""
    return _last(connection) >= MANY


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of the index is looked at for one query; less of an archive of ``many`` articles.

    ``rows``: what FTS5 scores, a microsecond each and two where there are many; words of more articles only help to
    choose, and are scored by us. ``walked``: matches of all words together that are walked over where articles with
    all of them are looked for, a tenth of a microsecond each; ``walked_in_titles``: the same where all have to be in
    the title, which FTS5 learns from the places of each.
    """

    rows: int = 12_000
    rows_of_many: int = 10_000
    many: int = MANY
    walked: int = 1_000_000
    walked_in_titles: int = 250_000


class Sizes:
    """How many articles match what, in one archive while one query is answered; each is counted once."""

    def __init__(self, connection: sqlite3.Connection, bounds: Bounds) -> None:
        self._connection = connection
        self._known: dict[str, float] = {}
        self.total = float(_last(connection))
        self.are_many = self.total >= bounds.many
        #: Matches are counted so far; of more, how many there are is judged by how recent they are.
        self.most = bounds.rows_of_many if self.are_many else bounds.rows
        self.walked = bounds.walked
        self.walked_in_titles = bounds.walked_in_titles if self.are_many else bounds.walked

    @cached_property
    def _far(self) -> int | None:
        """Where the newest GLANCE * GLANCE_AGE articles end; None where there are not so many."""
        row = self._connection.execute(_NTH, (_GLANCE * _GLANCE_AGE - 1,)).fetchone()
        return int(row[0]) if row else None

    def of(self, fts: str) -> float:
        """About how many articles an expression finds."""
        if fts not in self._known:
            self._known[fts] = self._counted(fts)
        return self._known[fts]

    def _counted(self, fts: str) -> float:
        count, oldest = self._newest(fts, _GLANCE)
        if count < _GLANCE:
            return float(count)
        if self._far is None or oldest >= self._far:
            newer = self._connection.execute(_NEWER, (oldest, _GLANCE * _GLANCE_AGE)).fetchone()[0]
            if _GLANCE * self.total / max(newer, 1) > 2 * self.most:
                return float(_GLANCE * self.total / max(newer, _GLANCE))
        count, _ = self._newest(fts, self.most)
        if count < self.most:
            return float(count)
        # Between the budget and one article in GLANCE_AGE: nearer need not be known.
        return math.sqrt(self.most * max(self.most, self.total / _GLANCE_AGE))

    def _newest(self, fts: str, count: int) -> tuple[int, int]:
        found, oldest = self._connection.execute(_NEWEST_MATCHES, (fts, count)).fetchone()
        return int(found), int(oldest or 0)


def likely_size(connection: sqlite3.Connection, node: Node) -> float:
    """How many articles have a word, as far as the vocabulary tells; FTS5 is not asked, so this may be far from right."""
    match node:
        case Word() | Phrase():
            found = [articles_with(connection, token.norm) for token in tokens(node.text)]
            return float(min(found, default=0) if isinstance(node, Phrase) else max(found, default=0))
        case Prefix():
            return _VERY_MANY
        case Or():
            return sum(likely_size(connection, child) for child in node.nodes)
        case And():
            sizes = [likely_size(connection, one) for one in node.nodes if not isinstance(one, Not)]
            return min(sizes, default=_VERY_MANY)
        case _:
            return _VERY_MANY
