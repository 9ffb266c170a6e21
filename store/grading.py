"""How well a word of a text answers a word of a query, as a number. Pure; for the order by relevance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .arabic import forms, index_terms, query_terms
from .names import bare_forms, bare_keys, name_keys
from .stem import readings

#: The word as written; with other clitics; the same name spelled otherwise; with another ending; by a reading or key.
EXACT, SAME, RESPELLED, STEM, LOOSE = 1.0, 0.9, 0.8, 0.6, 0.4


@dataclass(frozen=True, slots=True)
class _Profile:
    norms: frozenset[str]
    bare: frozenset[str]
    keys: frozenset[str]
    stems: frozenset[str]
    loose: frozenset[str]


@lru_cache(maxsize=32768)
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
        frozenset(term for norm in spelled for term in (*readings(norm), *name_keys(norm))),
    )


@lru_cache(maxsize=65536)
def grade(asked: str, written: str) -> float:
    """From 0, another word, to 1, the very word; both as written, in whatever spelling."""
    query, text = _profile(asked), _profile(written)
    if query.norms & text.norms:
        return EXACT
    if query.bare & text.bare:
        return SAME
    if query.keys & text.keys or query.keys & text.bare or query.bare & text.keys:
        return RESPELLED
    if query.stems & text.stems:
        return STEM
    return LOOSE if query.loose & text.loose else 0.0


class Grader:
    """Grades the words of texts against the words of one query; each spelling is looked at once."""

    def __init__(self, asked: Sequence[str]) -> None:
        self._asked = tuple(asked)
        self._terms = frozenset(
            term
            for word in asked
            for term in (
                *query_terms(word),
                *(r for norm, _, _ in forms(word) for r in (norm, *readings(norm))),
            )
        )
        self._seen: dict[str, tuple[tuple[int, float], ...]] = {}

    def __call__(self, written: str) -> tuple[tuple[int, float], ...]:
        """The places in the query that a written word answers, with the grade of each."""
        found = self._seen.get(written)
        if found is None:
            found = () if self._terms.isdisjoint(index_terms(written)) else self._grades(written)
            self._seen[written] = found
        return found

    def _grades(self, written: str) -> tuple[tuple[int, float], ...]:
        graded = ((place, grade(word, written)) for place, word in enumerate(self._asked))
        return tuple((place, value) for place, value in graded if value)
