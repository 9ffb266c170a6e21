"""The score of an article for a query, from its own text: BM25 over graded words. Pure.

What it adds to BM25, each measured on queries made of other headlines than it
was tuned with: a word near the beginning counts for more (news says the
chief things first), words close together do, all words over some do, and a
word that was not typed but may be meant counts by its own frequency (of «السية»
the seldom «السيرة» says more than the frequent «السنة»), and another form of
a word counts for more where no article has the word itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .grading import EXACT, LOOSE, STEM, Grader
from .query_tree import Text

#: A word in a title or keyword counts as so many in the body: as one with which the body begins.
TITLE = 3.0
#: How much the first word of a body counts beyond others, and after how many words a third of it is left.
LEAD, LEAD_WORDS = 2.0, 25
#: Okapi BM25's own constants, as every engine we compare with has them.
K1, B = 1.2, 0.75
#: How much an exact form adds over its family's weight, and two words of the query side by side.
EXACT_BONUS, NEAR_BONUS = 0.3, 0.4
#: How many times as much another form counts of a word that no article has.
UNHEARD = 1.35
#: The power to which the share of the query that an article has is taken: none asks for no coordination.
COORDINATION = 0.3
#: Words of less weight than this (BM25's idf) are in more than two articles of five.
TELLING = 0.4
#: How much it counts, where one word is asked for, that an article has another form of it more than once.
_OTHER_FORM = 0.25
#: Words this close are near each other.
NEAR = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to mean a thing that is asked for.

    Its words, each with its share (those of a phrase are one together); about
    how many articles have it, and have it as typed; how likely it is meant;
    whether any article has the word, whatever stands before it. Of one that
    none has, another form is not the second best.
    """

    words: tuple[tuple[Text, float], ...]
    size: float
    exact_size: float
    likely: float = 1.0
    is_heard: bool = True


#: One thing a query asks for.
Concept = tuple[Alternative, ...]


def length(text: str) -> int:
    """About how many words a text has."""
    return text.count(" ") + text.count("\n") + 1


class Score(NamedTuple):
    """The score of an article, and the words that count in it without having been typed."""

    value: float
    meant: tuple[str, ...]


@dataclass(slots=True)
class _Way:
    """An alternative while articles are scored: its concept, its weights, and what the article at hand has of it."""

    word: str
    concept: int
    weight: float
    exact: float
    likely: float
    is_heard: bool
    frequency: float = 0.0
    best: float = 0.0


class Scorer:
    """Scores articles for one query; ``total`` articles in the archive, ``average`` words in one."""

    def __init__(self, concepts: Sequence[Concept], total: float, average: float) -> None:
        weights = [max(idf(total, way.size) * way.likely for way in concept) for concept in concepts]
        # Words of nearly every article say nothing, and are found everywhere: they count only among themselves.
        telling = [i for i, weight in enumerate(weights) if weight > TELLING] or list(range(len(concepts)))
        self._weights = [weights[i] for i in telling]
        self._all = sum(self._weights)
        self._ways: list[_Way] = []
        self._way_of: list[_Way] = []
        self._shares: list[float] = []
        asked: list[Text] = []
        for place, i in enumerate(telling):
            for one in concepts[i]:
                way = _Way(
                    one.words[0][0].text,
                    place,
                    idf(total, one.size),
                    idf(total, one.exact_size),
                    one.likely,
                    one.is_heard,
                )
                self._ways.append(way)
                for word, share in one.words:
                    asked.append(word)
                    self._way_of.append(way)
                    self._shares.append(share)
        self._grader = Grader(asked)
        self._average = max(average, 1.0)

    def meet(self, texts: Iterable[str]) -> None:
        """Make the texts known that will be scored, all at once."""
        self._grader.meet(texts)

    def score(self, head: str, body: str) -> float:
        """The score of one article; 0 where none of the telling words was found in its text."""
        return self.judge(head, body).value

    def judge(self, head: str, body: str) -> Score:
        """The score of one article, and what it owes to words that were not typed."""
        for way in self._ways:
            way.frequency = way.best = 0.0
        near: dict[tuple[int, int], float] = {}
        self._look(head, near, is_body=False)
        self._look(body, near, is_body=True)
        norm = K1 * (1 - B + B * (length(head) + length(body)) / self._average)
        gained, had = [0.0] * len(self._weights), [0.0] * len(self._weights)
        by: dict[int, _Way] = {}
        for way in self._ways:
            gain = self._gain(way, norm) if way.frequency else 0.0
            if gain > gained[way.concept]:
                gained[way.concept], by[way.concept] = gain, way
            had[way.concept] = max(had[way.concept], min(1.0, 2 * way.best))
        score = sum(gained) + NEAR_BONUS * sum(near.values())
        share = sum(weight * part for weight, part in zip(self._weights, had, strict=True)) / self._all
        meant = tuple(way.word for way in by.values() if way.likely < 1)
        return Score(float(score * share**COORDINATION), meant)

    def _gain(self, way: _Way, norm: float) -> float:
        seen = way.frequency / way.best
        if len(self._weights) == 1 and way.best <= STEM * way.likely:
            # Of one word alone: however often another form is said, it is not the word.
            seen = min(seen, 1.0 + _OTHER_FORM * (seen - 1.0))
        exact = EXACT_BONUS * way.exact * way.likely if way.best >= EXACT * way.likely else 0.0
        return way.best * way.weight * seen * (K1 + 1) / (seen + norm) + exact

    def _look(self, text: str, near: dict[tuple[int, int], float], *, is_body: bool) -> None:
        """Add to the ways what a text has of them, and to ``near`` the weights of what stands together."""
        last: _Way | None = None
        last_at = 0
        for at, asked, value in self._grader.find(text):
            way = self._way_of[asked]
            if not way.is_heard and LOOSE <= value <= STEM:
                value *= UNHEARD
            value *= way.likely
            way.frequency += value * self._shares[asked] * (_lead(at) if is_body else TITLE)
            way.best = max(way.best, value)
            if last is not None and last.concept != way.concept and at - last_at <= NEAR:
                pair = (min(last.concept, way.concept), max(last.concept, way.concept))
                weight = min(last.likely * last.weight, way.likely * way.weight)
                near[pair] = max(weight, near.get(pair, 0.0))
            last, last_at = way, at


def _lead(at: int) -> float:
    """How much the word of a body counts that has so many before it."""
    return 1.0 + LEAD * math.exp(-at / LEAD_WORDS)


def idf(total: float, size: float) -> float:
    """BM25's weight of a word that ``size`` of ``total`` articles have."""
    return max(0.05, math.log((total - size + 0.5) / (size + 0.5))) if total > size else 0.05
