"""How well a word of a text answers a word of a query, as a number. Pure; for the order by relevance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from .arabic import fold, folded_words, forms, query_terms, written_words
from .glimpse import Glimpse
from .names import asked_keys, bare_forms, bare_keys, heard_as, name_keys, spellings_of
from .query_fts import beginnings_of
from .query_tree import Phrase, Prefix, Text, Word
from .stem import known_by, parted, readings, root

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


@lru_cache(maxsize=4096)
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
#: Letters that some step of the chain makes one; ڤ stands apart, for it may be ف or ق, and ث, for it may be ت or س.
_FAMILIES = (
    dict.fromkeys("اويءهح", _DROPPED)
    | dict.fromkeys("غجقكخ", "ج")
    | dict.fromkeys("تط", "ت")
    | dict.fromkeys("سصزشظذدض", "س")
    | {"ب": "ف", "ڤ": "ڤ", "ث": "ث"}
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


#: Which words of the query a piece of a text answers, each with its grade.
_Grades = tuple[tuple[int, float], ...]


class Grader:
    """Finds the words of one query in texts, with the grade of each.

    Of the pieces between blanks only those are looked at that a pattern finds
    (:mod:`store.glimpse`); and of four such words three are seen to be others
    before the keys of the name they might be are worked out. No piece is
    looked at twice.
    """

    def __init__(self, asked: Sequence[Text]) -> None:
        words = {place: text for place, text in enumerate(asked) if not isinstance(text, Prefix)}
        #: By their places in the query; asked of words that share nothing else with them.
        self._beginnings = {
            place: beginnings_of(text) for place, text in enumerate(asked) if isinstance(text, Prefix)
        }
        self._asked = {place: _asked(text) for place, text in words.items()}
        self._sought = _Sought(list(words.values()))
        terms = (
            (spelling, _fewest(text))
            for text in words.values()
            for term in _terms(text)
            for spelling in (*spellings_of(term), *known_by(term))
            if spelling
        )
        self._glimpse = Glimpse(terms)
        self._glimpse_of_beginnings = Glimpse(
            (), {one for beginnings in self._beginnings.values() for one in beginnings}
        )
        self._seen: set[str] = set()
        self._graded: dict[str, _Grades] = {}

    def meet(self, texts: Iterable[str]) -> None:
        """Look at the pieces of many texts together, which takes half as long as text by text."""
        new = set[str]().union(*map(str.split, texts)) - self._seen
        self._seen |= new
        for piece in self._glimpse.found(new):
            grades = self._grades(piece)
            if grades:
                self._graded[piece] = grades
        if self._beginnings:
            for piece in self._glimpse_of_beginnings.found(new):
                begun = self._begun(piece)
                if begun:
                    self._graded[piece] = (*self._graded.get(piece, ()), *begun)

    def find(self, text: str) -> list[tuple[int, int, float]]:
        """(how many pieces between blanks stand before, which word of the query it answers, how well), in order."""
        pieces, graded = text.split(), self._graded
        if not self._seen.issuperset(pieces):
            self.meet((text,))
        return [
            (at, place, value)
            for at, piece in enumerate(pieces)
            if piece in graded
            for place, value in graded[piece]
        ]

    def _grades(self, piece: str) -> _Grades:
        best: dict[int, float] = {}
        for written in written_words(piece):
            if not self._sought.may_be(written):
                continue
            text = _profile(written)
            for place, asked in self._asked.items():
                value = asked(text)
                if value:
                    best[place] = max(value, best.get(place, 0.0))
        return tuple(best.items())

    def _begun(self, piece: str) -> _Grades:
        norms = [norm for written in written_words(piece) for norm in folded_words(written)]
        return tuple(
            (place, EXACT)
            for place, beginnings in self._beginnings.items()
            if any(norm.startswith(beginnings) for norm in norms)
        )


class _Sought:
    """What a word must have for any of the words of a query to be answered by it; quick, and never wrong in a no."""

    def __init__(self, asked: Sequence[Text]) -> None:
        profiles = [_asked_profile(text.text) for text in asked]
        self._loose = frozenset().union(*(profile.loose for profile in profiles))
        self._roots = frozenset().union(*(profile.roots for profile in profiles))
        self._cores = frozenset(map(_core, self._loose))

    def may_be(self, written: str) -> bool:
        """False for a word that answers none of them."""
        if "ڤ" in written:
            return True
        for norm in folded_words(written):
            stems, bare = parted(norm)
            if norm in self._loose or not (self._loose.isdisjoint(stems) and self._loose.isdisjoint(bare)):
                return True
            if any(root(stem) in self._roots for stem in stems):
                return True
            if any(name in self._loose or _core(name) in self._cores for name in heard_as((*bare, *stems))):
                return True
        return False


_HEARD_AS_S = re.compile("ت+س")
_DOUBLED = re.compile(r"(.)\1+")


def _core(name: str) -> str:
    """What two spellings share of which one is the other's key: the consonants' families, in order, each once."""
    consonants = name.translate(_rough).replace(_DROPPED, "").replace("نف", "مف")
    return _DOUBLED.sub(r"\1", _HEARD_AS_S.sub("س", consonants))


#: With fewer consonants a pattern keeps its vowels in their places, else it would be in every other word. Of words
#: that nobody typed, which are many, three are asked.
_FEWEST, _FEWEST_OF_GUESSED = 2, 3


def _fewest(text: Text) -> int:
    return _FEWEST_OF_GUESSED if isinstance(text, Word) and text.weight < 1 else _FEWEST


def _asked(text: Word | Phrase) -> Callable[[_Profile], float]:
    """How a profile answers a word, or a word as written."""
    match text:
        case Word(is_exact=False):
            return partial(_grade, _asked_profile(text.text))
        case _:
            norms = frozenset(norm for norm, _, _ in forms(text.text))
            return lambda found: 0.0 if norms.isdisjoint(found.norms) else EXACT


def _terms(text: Word | Phrase) -> set[str]:
    """The folded forms of which one must be in a word that answers."""
    norms = [norm for norm, _, _ in forms(text.text)]
    if isinstance(text, Phrase) or text.is_exact:
        return set(norms)
    stems = [stem for norm in norms for stem in readings(norm)]
    bare = [form for norm in norms for form in bare_forms(norm)]
    return {*query_terms(text.text), *norms, *bare, *stems, *filter(None, map(root, stems))}
