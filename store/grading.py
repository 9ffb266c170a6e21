"""How well a word of a text answers a word of a query, as a number. Pure; for the order by relevance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from .arabic import fold, forms, query_terms, written_words
from .names import asked_keys, bare_forms, bare_keys, name_keys, spellings_of
from .query_fts import beginnings_of
from .query_tree import Phrase, Prefix, Text, Word
from .stem import readings, root

#: The word as written; with other clitics; the same name spelled otherwise; with another ending; by a reading or key.
EXACT, SAME, RESPELLED, STEM, LOOSE = 1.0, 0.95, 0.85, 0.5, 0.35
#: A name spelled otherwise in more letters is the less likely the same; so much for each, and for so many at most.
_FARTHER, _FARTHEST = 0.03, 4
#: Another word of its root (ينتحر، الانتحار). Finds nothing by itself: it only puts an article found by other words higher.
ROOT = 0.3


@dataclass(frozen=True, slots=True)
class _Profile:
    norms: frozenset[str]
    bare: frozenset[str]
    keys: frozenset[str]
    stems: frozenset[str]
    loose: frozenset[str]
    roots: frozenset[str]


@lru_cache(maxsize=1024)
def _profile(written: str) -> _Profile:
    norms = [norm for norm, _, _ in forms(written)]
    others = [norm for norm, _, _ in forms(written.replace("ڤ", "ق"))]
    spelled = dict.fromkeys(norms + others)
    return _Profile(
        frozenset(norms),
        frozenset(bare for norm in norms for bare in bare_forms(norm)),
        frozenset(
            key
            for norm in spelled
            for key in (*bare_keys(norm), *(bare_forms(norm) if others != norms else ()))
        ),
        frozenset(readings(norm)[0] for norm in norms),
        frozenset(
            term for norm in spelled for term in (norm, *bare_forms(norm), *readings(norm), *name_keys(norm))
        ),
        frozenset(found for norm in norms for reading in readings(norm) if (found := root(reading))),
    )


@lru_cache(maxsize=256)
def _asked_profile(asked: str) -> _Profile:
    """A word of a query: with the other spellings of its name that are asked for."""
    profile = _profile(asked)
    more = {key for norm in profile.norms for key in asked_keys(norm)}.difference(profile.loose)
    return replace(profile, keys=profile.keys | more, loose=profile.loose | more)


def grade(asked: str, written: str) -> float:
    """From 0, another word, to 1, the very word; both as written, in whatever spelling."""
    return _grade(_asked_profile(asked), _profile(written))


def _grade(query: _Profile, text: _Profile) -> float:
    if query.loose.isdisjoint(text.loose):
        return 0.0 if query.roots.isdisjoint(text.roots) else ROOT
    if not query.norms.isdisjoint(text.norms):
        return EXACT
    if not query.bare.isdisjoint(text.bare):
        return SAME
    if not (query.keys.isdisjoint(text.keys | text.bare) and query.bare.isdisjoint(text.keys)):
        return RESPELLED - _FARTHER * _distance(query.bare, text.bare)
    return LOOSE if query.stems.isdisjoint(text.stems) else STEM


def _distance(asked: frozenset[str], written: frozenset[str]) -> int:
    """How many letters more than one for another tell the nearest of them apart, in any order; at most FARTHEST."""
    differences = (
        sum(((a := Counter(one)) - (b := Counter(other))).values()) + sum((b - a).values())
        for one in asked
        for other in written
    )
    return min(_FARTHEST, max(0, min(differences, default=0) - 2))


#: What a vowel, a mark, or anything else that some step of the chain drops becomes in a rough text.
_DROPPED = "·"
#: Letters that some step of the chain makes one; ڤ stands apart, for it may be ف or ق.
_FAMILIES = (
    dict.fromkeys("اويءهح", _DROPPED)
    | dict.fromkeys("غجقكخ", "ج")
    | dict.fromkeys("تطث", "ت")
    | dict.fromkeys("سصزشظذدض", "س")
    | {"ب": "ف", "ڤ": "ڤ"}
)


class _Rough(dict[int, str]):
    """A table for ``str.translate`` that keeps every code point's place, filled as code points are met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = char if char in _FAMILIES else fold(char)
        rough = " " if char.isspace() else _FAMILIES.get(folded[:1], folded[:1]) or _DROPPED
        self[point] = rough
        return rough


_rough = _Rough()


class Grader:
    """Finds the words of one query in texts, with the grade of each.

    To analyse a word that was never met costs 40 microseconds, and a page of
    candidates has thousands. So a text is first made rough, letter for letter:
    families of letters are one, vowels are dots. Only pieces whose rough form
    holds that of a word of the query are looked at.
    """

    def __init__(self, asked: Sequence[Text]) -> None:
        self._asked = [_asked(text) for text in asked]
        shapes = {
            _shape(spelling, _FEWEST_OF_GUESSED if isinstance(text, Word) and text.weight < 1 else _FEWEST)
            for text in asked
            for term in _terms(text)
            for spelling in spellings_of(term)
            if spelling
        }
        self._near = re.compile("|".join(sorted(shapes)) or "(?!)")
        self._seen: dict[str, tuple[tuple[int, float], ...]] = {}

    def find(self, text: str) -> list[tuple[int, int, float]]:
        """(where a piece between blanks begins, which word of the query it answers, how well), in order."""
        rough = text.translate(_rough)
        found: list[tuple[int, int, float]] = []
        match = self._near.search(rough)
        while match:
            start = rough.rfind(" ", 0, match.start()) + 1
            end = rough.find(" ", match.end())
            end = len(rough) if end < 0 else end
            found += [(start, place, value) for place, value in self._grades(text[start:end])]
            match = self._near.search(rough, end)
        return found

    def _grades(self, piece: str) -> tuple[tuple[int, float], ...]:
        known = self._seen.get(piece)
        if known is not None:
            return known
        best: dict[int, float] = {}
        for written in written_words(piece):
            text = _profile(written)
            for place, asked in enumerate(self._asked):
                value = asked(text)
                if value:
                    best[place] = max(value, best.get(place, 0.0))
        self._seen[piece] = known = tuple(best.items())
        return known


#: With fewer consonants a pattern keeps its vowels in their places, else it would be in every other word. Of words
#: that nobody typed, which are many, three are asked.
_FEWEST, _FEWEST_OF_GUESSED = 2, 3


def _shape(term: str, fewest: int) -> str:
    """A pattern for the rough form of a folded term: its consonants with vowels anywhere, or its very shape."""
    rough = term.translate(_rough)
    core = rough.replace(_DROPPED, "")
    if len(core) < fewest:
        return "".join(_letter(char) for char in rough)
    return f"[{_DROPPED}]*".join(_letter(char) + "+" for char in core)


def _letter(char: str) -> str:
    if char in "فج":
        return f"[{char}ڤ]"
    # تش is one sound, which some write ش.
    return f"(?:ت{_DROPPED}*)?س" if char == "س" else re.escape(char)


def _asked(text: Text) -> Callable[[_Profile], float]:
    """How a profile answers a word, a word as written, or the beginning of one."""
    match text:
        case Prefix():
            beginnings = beginnings_of(text)
            return lambda found: EXACT if any(norm.startswith(beginnings) for norm in found.norms) else 0.0
        case Word(is_exact=False):
            return partial(_grade, _asked_profile(text.text))
        case _:
            norms = frozenset(norm for norm, _, _ in forms(text.text))
            return lambda found: 0.0 if norms.isdisjoint(found.norms) else EXACT


def _terms(text: Text) -> set[str]:
    """The folded forms of which one must be in a word that answers."""
    norms = [norm for norm, _, _ in forms(text.text)]
    if isinstance(text, Prefix):
        return set(beginnings_of(text))
    if isinstance(text, Phrase) or text.is_exact:
        return set(norms)
    stems = [stem for norm in norms for stem in readings(norm)]
    return {*query_terms(text.text), *norms, *stems, *filter(None, map(root, stems))}
