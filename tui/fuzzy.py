"""Fuzzy matching of what is typed against short texts, in any spelling. Pure.

Every word that is typed has to be found: at the beginning of a word, inside
one, or with its letters scattered, in that order of worth. Both sides are
folded letter by letter, so that the marks are places of the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from store import fold

T = TypeVar("T")
#: The first and the last of letters that stand together.
Run = tuple[int, int]

#: What finding a word is worth; a longer beginning of the text is a little better than a later place.
_WHOLE, _BEGINNING, _AFTER_CLITIC, _INSIDE, _SCATTERED = 120, 100, 95, 60, 25
#: What stands before a word and is no part of it: the article, and the letters written together with it.
_CLITIC = re.compile(r"(?:^|[^\w])(?:[وف]?(?:ال|لل|[بلك])|[وف])$")
#: Words shorter than this are not looked for scattered: every text has two letters in that order.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text fits, and the ranges of it (code points) that were typed."""

    score: int
    ranges: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its letters the place in the text as written."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in fold(char):
            letters.append(letter)
            places.append(place)
    return "".join(letters), tuple(places)


def match(typed: str, text: str) -> Match | None:
    """How ``typed`` is found in ``text``; None where one of its words is not."""
    folded, places = _folded(text)
    score = 0
    ranges: list[tuple[int, int]] = []
    for word in fold(typed).split():
        found = _find(word, folded)
        if found is None:
            return None
        worth, runs = found
        score += worth
        ranges += [(places[first], _end_of(text, places[last])) for first, last in runs]
    return Match(score - len(folded) // 20, _joined(ranges))


def _end_of(text: str, place: int) -> int:
    """The place after a letter and the marks on it."""
    place += 1
    while place < len(text) and not fold(text[place]) and not text[place].isspace():
        place += 1
    return place


def _find(word: str, text: str) -> tuple[int, Sequence[Run]] | None:
    """What finding a word is worth, and the runs of folded letters where it was found."""
    best: tuple[int, Sequence[Run]] | None = None
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        worth = _worth(text, start, end) - min(start, 15)
        if best is None or worth > best[0]:
            best = worth, [(start, end - 1)]
        start = text.find(word, start + 1)
    if best is not None or len(word) < _SHORTEST:
        return best
    return _scattered(word, text)


def _worth(text: str, start: int, end: int) -> int:
    if start == 0 or not text[start - 1].isalnum():
        return _WHOLE if end == len(text) or not text[end].isalnum() else _BEGINNING
    return _AFTER_CLITIC if _CLITIC.search(text, 0, start) else _INSIDE


def _scattered(word: str, text: str) -> tuple[int, Sequence[Run]] | None:
    """The letters one after another, from the beginning of a word on; nearer together is better."""
    places: list[int] = []
    start = 0
    for letter in word:
        place = text.find(letter, start)
        if place < 0:
            return None
        places.append(place)
        start = place + 1
    gaps = places[-1] - places[0] + 1 - len(word)
    return (_SCATTERED - gaps, [(place, place) for place in places]) if gaps <= 4 * len(word) else None


def _joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(ranges)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def best(typed: str, items: Iterable[T], texts: Callable[[T], Sequence[str]]) -> list[tuple[T, Match]]:
    """The items that fit, best first; the ranges are those of an item's first text.

    Of several texts of an item (another language, a name) the best counts, the later ones a little less.
    """
    found: list[tuple[T, Match]] = []
    for item in items:
        matches = [(number, one) for number, text in enumerate(texts(item)) if (one := match(typed, text))]
        if matches:
            number, top = max(matches, key=lambda pair: pair[1].score - 5 * pair[0])
            ranges = next((one.ranges for place, one in matches if place == 0), ())
            found.append((item, Match(top.score - 5 * number, ranges)))
    return sorted(found, key=lambda pair: -pair[1].score)
