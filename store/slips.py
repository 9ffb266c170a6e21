"""Words that may be meant by one that was typed: one slip away, weighed by the company of the query's other words.

Of «الأدية السمكة» a hundred words are one slip from «الأدية». Frequency alone
would choose «العادية». What tells is which of them stand in articles with the
query's other words: each candidate is given the logarithm of how much oftener
than by chance it does, as a typist who types one word wrong types the others
right. Counts are taken among the newest articles alone, so that their cost
does not grow with the archive.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .query_fts import exact, expression
from .query_tree import Word

#: The newest articles, among which company is counted.
_NEWEST = 12_000
#: So many of the other words tell, those that the fewest articles have.
_MOST_TELLING = 3
#: Words in a larger share of them tell nothing, whoever they stand beside.
_TELLING = 0.2
#: So many of the most frequent neighbours are weighed.
_MOST_WEIGHED = 30
#: Articles that are assumed to show no company, before any is counted: rare words prove little.
_DOUBT = 2.0
#: What a neighbour loses at most by standing with none of the others.
_ALOOF = -2.0
#: The power of a neighbour's frequency.
_OFTEN = 0.5

_COUNT = "SELECT count(*) FROM search WHERE search MATCH ? AND rowid > ?"
_OLDEST = "SELECT position FROM articles ORDER BY position DESC LIMIT 1 OFFSET ?"
_HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM articles LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Company:
    """Words of a query with their FTS5 expressions, each with its share of the articles after ``oldest``."""

    oldest: int
    shares: tuple[tuple[Word, str, float], ...]

    def without(self, word: Word) -> Company:
        """The company of one of the words: those of the others that the fewest articles have."""
        others = [one for one in self.shares if one[0] != word]
        return Company(self.oldest, tuple(sorted(others, key=lambda one: one[2])[:_MOST_TELLING]))


def company_of(connection: sqlite3.Connection, words: Sequence[Word]) -> Company:
    """The words of a query, counted once for all of them; those in no article or in very many are left out."""
    row = connection.execute(_OLDEST, (_NEWEST,)).fetchone()
    oldest = int(row[0]) if row else 0
    total = int(connection.execute(_HOW_MANY, (_NEWEST,)).fetchone()[0])
    shares = []
    for word in words:
        fts = expression(word)
        share = _count(connection, fts, oldest) / max(total, 1) if fts else 0.0
        if fts and 0 < share < _TELLING:
            shares.append((word, fts, share))
    return Company(oldest, tuple(shares))


def weighed(connection: sqlite3.Connection, sizes: Mapping[str, int], company: Company) -> dict[str, float]:
    """For the most frequent of some words, given with how many articles have each: the logarithm of their likelihood."""
    frequent = sorted(sizes, key=lambda word: (-sizes[word], word))[:_MOST_WEIGHED]
    return {word: likelihood(sizes[word], closeness(connection, of_word(word), company)) for word in frequent}


def likelihood(size: int, close: float) -> float:
    """The logarithm of how likely a word is meant that ``size`` articles have, by its closeness; up to a constant."""
    return _OFTEN * math.log(size + 1) + max(_ALOOF, close)


def closeness(connection: sqlite3.Connection, fts: str, company: Company) -> float:
    """How much oftener than by chance a word stands with the others: a sum of logarithms, 0 where nothing tells."""
    if not company.shares:
        return 0.0
    size = _count(connection, fts, company.oldest)
    total = 0.0
    for _, other, share in company.shares:
        together = _count(connection, f"({fts}) AND ({other})", company.oldest)
        total += math.log((together + _DOUBT * share) / (size + _DOUBT) / share)
    return total


def of_word(word: str) -> str:
    """The FTS5 expression of a folded word, with the article or without it."""
    return f"({exact(word)} OR {exact('ال' + word)})"


def _count(connection: sqlite3.Connection, fts: str, oldest: int) -> int:
    row = connection.execute(_COUNT, (fts, oldest)).fetchone()
    return int(row[0])
