"""Where a marked passage is in a text, also in a later text of the same article. Pure.

A passage is kept as it was written, with some of what stood before and after
it (the text quote selector of the W3C's Web Annotation model, 4.2.4), and is
looked for in three steps: in any spelling of the same words; then by the
words it shares with a stretch of the text; else it is gone. What is short, or
stands in the text by chance, must be known by its surroundings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold

#: Code points of the text kept at each side of a passage.
CONTEXT = 48
#: A passage of fewer words is not known by itself: its surroundings have to agree.
_KNOWN_BY_ITSELF = 4
#: Folded code points of the surroundings that have to agree for a short passage.
_AGREEING = 6
#: Part of a passage's words that a stretch has to share with it.
_ALIKE = 0.6

_WORD = re.compile(r"\w+")
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage, what stood around it, and where it began (a code point of its text)."""

    passage: str
    before: str = ""
    after: str = ""
    start: int = 0


def anchor_at(text: str, start: int, stop: int) -> Anchor:
    """The anchor of a stretch of a text, blanks at its edges left out; raises ValueError where nothing is left."""
    start, stop = max(0, start), min(stop, len(text))
    passage = text[start:stop]
    start += len(passage) - len(passage.lstrip())
    passage = passage.strip()
    if not passage:
        raise ValueError("no text is marked")
    stop = start + len(passage)
    return Anchor(passage, text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT], start)


def find(text: str, anchor: Anchor) -> Range | None:
    """Where the passage is in a text (code points), or None where it is there no more."""
    if text[anchor.start : anchor.start + len(anchor.passage)] == anchor.passage and _surrounds(
        text, anchor, anchor.start
    ):
        return anchor.start, anchor.start + len(anchor.passage)
    folded = _Folded(text)
    return _in_any_spelling(folded, anchor) or _alike(text, anchor)


def _surrounds(text: str, anchor: Anchor, start: int) -> bool:
    stop = start + len(anchor.passage)
    return text[:start].endswith(anchor.before) and text[stop:].startswith(anchor.after)


class _Folded:
    """A text folded letter by letter, every run of blanks one blank, with the way back."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            piece = " " if char.isspace() else fold(char)
            if piece == " " and letters and letters[-1] == " ":
                continue
            letters += piece
            places += [place] * len(piece)
        self.source = text
        self.text = "".join(letters)
        self._places = places

    def back(self, start: int, stop: int) -> Range:
        """The range of the source that a range of the folded text stands for, with the marks after its end."""
        first, last = self._places[start], self._places[stop - 1] + 1
        while last < len(self.source) and not self.source[last].isspace() and not fold(self.source[last]):
            last += 1
        return first, last


def _in_any_spelling(folded: _Folded, anchor: Anchor) -> Range | None:
    wanted = _Folded(anchor.passage).text.strip()
    before, after = _Folded(anchor.before).text, _Folded(anchor.after).text
    if not wanted:
        return None
    is_known = len(_WORD.findall(wanted)) >= _KNOWN_BY_ITSELF
    needed = 0 if is_known else min(_AGREEING, len(before) + len(after))
    best: tuple[int, int] | None = None
    found: Range | None = None
    for place in _places(folded.text, wanted):
        agreeing = _common_end(folded.text[:place], before) + _common_start(
            folded.text[place + len(wanted) :], after
        )
        start, stop = folded.back(place, place + len(wanted))
        merit = (agreeing, -abs(start - anchor.start))
        if agreeing >= needed and (best is None or merit > best):
            best, found = merit, (start, stop)
    return found


def _places(text: str, wanted: str) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)


def _common_end(one: str, other: str) -> int:
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count


def _common_start(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _alike(text: str, anchor: Anchor) -> Range | None:
    """The stretch that shares most of the passage's words, where it shares enough of them.

    A short passage has to stand in its surroundings as well; a single word is there or not.
    """
    wanted = [fold(word) for word in _WORD.findall(anchor.passage)]
    words = [(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]
    size = len(wanted)
    if size < 2 or len(words) < 2:
        return None
    is_known = size >= _KNOWN_BY_ITSELF
    best: float = 0
    found: Range | None = None
    counts = Counter(wanted)
    have: Counter[str] = Counter()
    shared = 0
    for place, (_start, _stop, word) in enumerate(words):
        if have[word] < counts[word]:
            shared += 1
        have[word] += 1
        if place >= size:
            leaving = words[place - size][2]
            have[leaving] -= 1
            if have[leaving] < counts[leaving]:
                shared -= 1
        first = max(0, place - size + 1)
        # Of two that share as much, the one nearer to where the passage was.
        merit = shared - abs(words[first][0] - anchor.start) / (len(text) + anchor.start + 1)
        if shared < _ALIKE * size or merit <= best:
            continue
        window = [one for one in words[first : first + size] if one[2] in counts]
        if is_known or _agrees(text, window[0][0], window[-1][1], anchor):
            best, found = merit, (window[0][0], window[-1][1])
    return found


def _agrees(text: str, start: int, stop: int, anchor: Anchor) -> bool:
    """True where enough of what stood around the passage stands around a stretch."""
    before, after = text[max(0, start - 2 * CONTEXT) : start], text[stop : stop + 2 * CONTEXT]
    one_side = _common_end(_Folded(before).text, _Folded(anchor.before).text)
    return max(one_side, _common_start(_Folded(after).text, _Folded(anchor.after).text)) >= _AGREEING
