"""Words that may be meant by one that was typed: one slip away, weighed by the company of the query's other words.

Of «الأدية السمكة» a hundred words are one slip from «الأدية». Frequency alone
would choose «العادية». What tells is which of them stand in articles with the
query's other words: each candidate is given the logarithm of how much oftener
than by chance it does, as a typist who types one word wrong types the others
right. What else tells is which slip it would have been (:mod:`store.mistyping`).
Counts are taken among the newest articles alone, so that their cost does not
grow with the archive.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .mistyping import unlikeliness
from .query_fts import exact, expression
from .query_tree import Word

#: The newest articles, among which company is counted.
_NEWEST = 12_000
#: So many of the other words tell, those that the fewest articles have.
_MOST_TELLING = 3
#: Words in a larger share of them tell nothing, whoever they stand beside.
_TELLING = 0.2
#: So many of the neighbours are weighed, the frequent ones and those of likely slips.
_MOST_WEIGHED = 30
#: Articles that are assumed to show no company, before any is counted: rare words prove little.
_DOUBT = 2.0
#: What a neighbour loses at most by standing with none of the others.
_ALOOF = -2.0
#: The power of a neighbour's frequency.
_OFTEN = 0.5

#: So many articles that have a word are compared in memory with those that have another; more are by FTS5.
_COMPARED = 2_000

_COUNT = "SELECT count(*) FROM search WHERE search MATCH ? AND rowid > ?"
#: From the oldest up: from the newest down FTS5 comes to the end of the index where it finds nothing.
_WITH = "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? LIMIT ?"
_OLDEST = "SELECT position FROM articles ORDER BY position DESC LIMIT 1 OFFSET ?"
_HOW_MANY = "SELECT count(*) FROM articles"


class Companion(NamedTuple):
    """A word of a query with its FTS5 expression, the articles after the oldest that have it, and their share."""

    word: Word
    fts: str
    articles: frozenset[int]
    share: float


@dataclass(frozen=True, slots=True)
class Company:
    """Words of a query, each with the articles after ``oldest`` that have it."""

    oldest: int
    companions: tuple[Companion, ...]

    def without(self, word: Word) -> Company:
        """The company of one of the words: those of the others that the fewest articles have."""
        others = [one for one in self.companions if one.word != word]
        return Company(self.oldest, tuple(sorted(others, key=lambda one: one.share)[:_MOST_TELLING]))


def company_of(connection: sqlite3.Connection, words: Sequence[Word]) -> Company:
    """The words of a query, looked up once for all of them; those in no article or in very many are left out."""
    row = connection.execute(_OLDEST, (_NEWEST,)).fetchone()
    oldest = int(row[0]) if row else 0
    total = _NEWEST if row else int(connection.execute(_HOW_MANY).fetchone()[0])
    most = math.ceil(_TELLING * total)
    found = []
    for word in words:
        fts = expression(word)
        articles = _articles(connection, fts, oldest, most) if fts else []
        if fts and 0 < len(articles) < most:
            found.append(Companion(word, fts, frozenset(articles), len(articles) / total))
    return Company(oldest, tuple(found))


def weighed(
    connection: sqlite3.Connection, typed: str, sizes: Mapping[str, int], company: Company
) -> dict[str, float]:
    """For the likeliest of the words one slip from the one typed: the logarithm of their likelihood.

    ``sizes`` says how many articles have each.
    """
    costs = {word: unlikeliness(typed, word) for word in sizes}
    alone = {word: likelihood(size, 0.0) - costs[word] for word, size in sizes.items()}
    likeliest = sorted(alone, key=lambda word: (-alone[word], word))[:_MOST_WEIGHED]
    return {
        word: likelihood(sizes[word], closeness(connection, of_word(word), company)) - costs[word]
        for word in likeliest
    }


def likelihood(size: int, close: float) -> float:
    """The logarithm of how likely a word is meant that ``size`` articles have, by its closeness; up to a constant."""
    return _OFTEN * math.log(size + 1) + max(_ALOOF, close)


def closeness(connection: sqlite3.Connection, fts: str, company: Company) -> float:
    """How much oftener than by chance a word stands with the others: a sum of logarithms, 0 where nothing tells."""
    if not company.companions:
        return 0.0
    articles = _articles(connection, fts, company.oldest, _COMPARED)
    is_all = len(articles) < _COMPARED
    size = len(articles) if is_all else _count(connection, fts, company.oldest)
    total = 0.0
    for other in company.companions:
        together = (
            len(other.articles.intersection(articles))
            if is_all
            else _count(connection, f"({fts}) AND ({other.fts})", company.oldest)
        )
        total += math.log((together + _DOUBT * other.share) / (size + _DOUBT) / other.share)
    return total


def of_word(word: str) -> str:
    """The FTS5 expression of a folded word, with the article or without it."""
    return f"({exact(word)} OR {exact('ال' + word)})"


def _articles(connection: sqlite3.Connection, fts: str, oldest: int, most: int) -> list[int]:
    """Articles that an expression finds, up from a position."""
    return [row[0] for row in connection.execute(_WITH, (fts, oldest, most))]


def _count(connection: sqlite3.Connection, fts: str, oldest: int) -> int:
    row = connection.execute(_COUNT, (fts, oldest)).fetchone()
    return int(row[0])
