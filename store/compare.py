"""Two reports of one thing, sentence by sentence: what both say, what only one says, what differs. Pure.

A sentence is shared when near two fifths of what it says, by its rarer words, stands
in one place of the other report. Names are compared by key, so شويجو against
شويغو is no difference but a spelling; numbers by value, so ثلاثة is 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from . import arabic, proper
from .names import bare_forms
from .numerals import numbers_in
from .reasons import is_dull
from .titles import is_spelling_variant

#: How much of a sentence must stand in one place of the other report, and in how many words at least. Of the leads of
#: two outlets' reports of one event that finds a fifth to a third, of those of another event of its story one in twenty.
SHARED = 0.38
#: What a name or a number counts beside another word: who and how many is what a sentence tells.
_TELLING = 2.0
_PARTLY = 0.25
_LEAST_WORDS = 2
_END = re.compile(r"(?<!\b\w)[.!؟?…]+[»”\"')\]]*(?=\s|$)|[؛]\s|\n")


class Kind(StrEnum):
    """What a marked word is."""

    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mark:
    """A name or number that the other report does not have: code points of its paragraph."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report: its paragraph, and from where to where in it (code points).

    ``match`` is the index of the sentence of the other report that says the
    same, None where only this report says it; ``likeness`` is how much of it
    stands there, 0 to 1.
    """

    text: str
    paragraph: int
    start: int
    end: int
    match: int | None
    likeness: float
    marks: tuple[Mark, ...]

    @property
    def is_shared(self) -> bool:
        """True when the other report says it too."""
        return self.match is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports beside each other.

    ``spellings`` are names that the two write differently, as (first, second).
    """

    first: tuple[Sentence, ...]
    second: tuple[Sentence, ...]
    spellings: tuple[tuple[str, str], ...]

    @property
    def shared(self) -> float:
        """The share of sentences that both have, 0 to 1."""
        both = (*self.first, *self.second)
        return sum(sentence.is_shared for sentence in both) / len(both) if both else 0.0


def compare(first: Sequence[str], second: Sequence[str], names: Collection[str] = ()) -> Comparison:
    """Compare two bodies (paragraphs of logical text); ``names`` are names for certain, such as keywords."""
    left, right = _Report(first, names), _Report(second, names)
    weights = _weights(left, right)
    one, two = left.against(right, weights), right.against(left, weights)
    return Comparison(_answered(one, two), _answered(two, one), _spellings(left, right))


def _answered(own: Sequence[Sentence], other: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """A longer sentence that holds one of the other report is shared too, where it does not say much more."""
    claimed = {
        sentence.match: i for i, sentence in reversed(list(enumerate(other))) if sentence.match is not None
    }
    return tuple(
        replace(sentence, match=claimed[i])
        if sentence.match is None and sentence.likeness >= _PARTLY and i in claimed
        else sentence
        for i, sentence in enumerate(own)
    )


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    norm: str
    key: str


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    paragraph: int
    start: int
    end: int
    words: tuple[_Word, ...]
    keys: frozenset[str]

    @property
    def clauses(self) -> list[list[str]]:
        """Its folded words, cut at punctuation."""
        out: list[list[str]] = []
        for place, word in enumerate(self.words):
            between = self.text[self.words[place - 1].end - self.start : word.start - self.start]
            if not place or between.strip():
                out.append([])
            out[-1].append(word.norm)
        return out


class _Report:
    """One of the two: its sentences, its words, its numbers."""

    def __init__(self, body: Sequence[str], names: Collection[str]) -> None:
        self.parts = tuple(part for i, text in enumerate(body) for part in _parts(text, i))
        self.words = [word for part in self.parts for word in part.words]
        self.keys = Counter(word.key for word in self.words)
        #: Each word with and without what may stand before it: هانوي stands in بهانوي.
        self.bare = {form for word in self.words for form in (word.norm, *bare_forms(word.norm))}
        self.numbers = {number for text in body for number, _, _ in numbers_in(text)}
        self.paragraphs = body
        # "The military cooperation" is a keyword and no name.
        given = {
            token.key for name in names for token in arabic.tokens(name) if not token.norm.startswith("ال")
        }
        self.names = {key for key in self.keys if key in given} | self._introduced()

    def _introduced(self) -> set[str]:
        """The words that are names by what stands around them or by themselves."""
        told = proper.kinds([part.clauses for part in self.parts])
        return {
            word.key
            for part, kinds in zip(self.parts, told, strict=True)
            for word, kind in zip(part.words, kinds, strict=True)
            if kind is proper.Kind.NAME and not is_dull(word.text, word.key)
        }

    def against(self, other: _Report, weights: Mapping[str, float]) -> tuple[Sentence, ...]:
        windows = [
            (i, part.keys | (other.parts[i + 1].keys if i + 1 < len(other.parts) else frozenset()))
            for i, part in enumerate(other.parts)
        ]
        out = []
        for part in self.parts:
            match, likeness = _best(part, other.parts, windows, weights)
            marks = self._marks(part, other)
            out.append(Sentence(part.text, part.paragraph, part.start, part.end, match, likeness, marks))
        return tuple(out)

    def _marks(self, part: _Part, other: _Report) -> tuple[Mark, ...]:
        marks = [
            Mark(start, end, Kind.NUMBER)
            for number, start, end in numbers_in(self.paragraphs[part.paragraph])
            if part.start <= start < part.end and number not in other.numbers
        ]
        for word in part.words:
            is_name = word.key in self.names and not word.norm.isdigit()
            if is_name and word.key not in other.keys and not other.says(word) and not other.spells(word):
                marks.append(Mark(word.start, word.end, Kind.NAME))
        return tuple(sorted(marks, key=lambda mark: mark.start))

    def says(self, word: _Word) -> bool:
        """True when this report has the word, whatever stands before it on either side."""
        return any(form in self.bare for form in (word.norm, *bare_forms(word.norm)))

    def spells(self, word: _Word) -> str | None:
        """The spelling this report gives a word that it does not have by key."""
        return next((one.text for one in self.words if is_spelling_variant(word.norm, one.norm)), None)


def _parts(text: str, paragraph: int) -> list[_Part]:
    tokens = arabic.tokens(text)
    out, start = [], 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        last = first + len(text[first:end].rstrip())
        words = tuple(
            _Word(text[t.start : t.end], t.start, t.end, t.norm, t.key)
            for t in tokens
            if start <= t.start < end
        )
        if words:
            keys = frozenset(word.key for word in words if not is_dull(word.text, word.key))
            out.append(_Part(text[first:last], paragraph, first, last, words, keys))
        start = end
    return out


def _weights(left: _Report, right: _Report) -> dict[str, float]:
    """A word of few sentences says more, the name of the country is in all of them; names and numbers say most."""
    counts = Counter(key for part in (*left.parts, *right.parts) for key in part.keys)
    telling = left.names | right.names
    return {
        key: (_TELLING if key in telling or key.isdecimal() else 1.0) / (1.0 + count)
        for key, count in counts.items()
    }


def _best(
    part: _Part,
    others: Sequence[_Part],
    windows: Sequence[tuple[int, frozenset[str]]],
    weights: Mapping[str, float],
) -> tuple[int | None, float]:
    """The sentence of the other report that says most of this one, alone or with the next."""
    total = sum(weights[key] for key in part.keys)
    if not total:
        return None, 0.0
    best, most = None, 0.0
    for i, window in windows:
        common = part.keys & window
        if len(common) < min(_LEAST_WORDS, len(part.keys)):
            continue
        alone = sum(weights[key] for key in part.keys & others[i].keys)
        covered = max(alone, 0.95 * sum(weights[key] for key in common)) / total
        if covered > most:
            best, most = i, covered
    return (best, most) if most >= SHARED else (None, most)


def _spellings(left: _Report, right: _Report) -> tuple[tuple[str, str], ...]:
    """Names of one key in two spellings, as first written."""
    out: dict[str, tuple[str, str]] = {}
    forms: dict[str, set[str]] = {}
    for word in right.words:
        forms.setdefault(word.key, set()).add(_core(word))
    shown = {word.key: word.text for word in reversed(right.words)}
    for word in left.words:
        if (
            word.key in forms
            and word.key not in out
            and len(word.key) >= 3
            and not is_dull(word.text, word.key)
            and not right.says(word)
        ):
            mine = {_core(one) for one in left.words if one.key == word.key}
            if not mine & forms[word.key]:
                out[word.key] = (word.text, shown[word.key])
    return tuple(out.values())


def _core(word: _Word) -> str:
    return arabic.stem(word.norm)
