"""The text for each place on the screen such that kitty, which turns words around, shows the cells as they are.

Measured: kitty lays out each stretch between spaces that is drawn in one font by itself, in the direction of the first
script in it (HarfBuzz's guess): from right to left, mirrored, or as it is. Where one font has all letters, that
is a word; where the main font has no Arabic, the Latin letters, digits and signs of a word are a stretch of their own. No
sequence tells which (on the same machine kitty's settings do, see `terminal.kitty`). Bold letters come from another font in any case: with every other part of a mixed
word in the other weight each part is a stretch by itself, whatever the fonts are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from .bidi import MIRROR

Covers = Callable[[str], bool]
"""Whether kitty's main font has a character."""

_MAIN = "M"


@cache
def _rtl_script() -> re.Pattern[str]:
    """Characters whose script is written from right to left (Scripts.txt; the Common and Inherited of the blocks left out)."""
    return re.compile(
        "[\u0590-\u0604\u0606-\u060b\u060d-\u061a\u061d\u061e\u0620-\u063f\u0641-\u064a\u0656-\u066f\u0671-\u06dc"
        "\u06de-\u08e1\u08e3-\u08ff\ufb1d-\ufd3d\ufd40-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
    )


@cache
def _arabic() -> re.Pattern[str]:
    """What every font with Arabic has: the letters of Arabic and Persian, their forms, digits and punctuation."""
    return re.compile(
        "[\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066d\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9"
        "\ufb56-\ufb59\ufb7a-\ufb7d\ufb8a\ufb8b\ufb8e-\ufb95\ufbfc-\ufbff\ufe70-\ufefc]"
    )


def words_of(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The stretches between spaces as [first, after)."""
    first = 0
    for place, text in enumerate(texts):
        if text == " ":
            if first < place:
                yield first, place
            first = place + 1
    if first < len(texts):
        yield first, len(texts)


def whole_words(cells: Sequence[str]) -> list[str]:
    """The texts where no weight can be changed, for a main font that has all the letters.

    A word that begins from the left with Arabic and ends with Latin can then not be shown; its Latin end is put
    first, so that both parts can at least be read.
    """
    texts = list(cells)
    for first, after in words_of(cells):
        word = cells[first:after]
        scripts = [_script(text) for text in word]
        if "R" not in scripts:
            continue
        known = [script for script in scripts if script]
        if known[-1] == "R":
            texts[first:after] = _turned(word)
        elif known[0] == "R":
            cut = len(scripts) - scripts[::-1].index("R")
            texts[first:after] = [*word[cut:], *word[:cut]]
    return texts


def parted(cells: Sequence[str], covers: Covers | None = None) -> tuple[list[str], list[bool | None]]:
    """The texts, and which of them are to be written in the other weight, so that the parts of a word stay apart.

    None where any weight will do: in words that kitty leaves as they are. ``covers`` tells whether the main font has a
    character; where it is known, only what is in one font and cannot be shown as one stretch is parted.
    """
    texts = list(cells)
    apart: list[bool | None] = [None] * len(texts)
    for first, after in words_of(cells):
        parts = _parts(cells[first:after], covers)
        if not any(_rtl_script().match(text) for part in parts for text in part.cells):
            continue
        place = first
        for part, is_apart in zip(parts, _weights(parts), strict=True):
            end = place + len(part.cells)
            if any(_rtl_script().match(text) for text in part.cells):
                texts[place:end] = _turned(part.cells)
            apart[place:end] = [is_apart] * len(part.cells)
            place = end
    return texts, apart


class _Part(NamedTuple):
    """A stretch of a word that kitty will lay out by itself; the weight has to see to that where `must_differ` is true."""

    kind: str
    cells: list[str]
    must_differ: bool = True


def _parts(word: Sequence[str], covers: Covers | None) -> list[_Part]:
    parts: list[_Part] = []
    for kind, stretch in groupby(word, lambda text: _part(text, covers)):
        cells = list(stretch)
        is_other_font = covers is not None and (kind == _MAIN or (bool(parts) and parts[-1].kind == _MAIN))
        if kind == "R":
            # Of rarer letters a font may have one and lack the next.
            parts += [_Part(kind, [text], not is_other_font or place > 0) for place, text in enumerate(cells)]
        elif kind == _MAIN:
            # From the left Arabic and then Latin: HarfBuzz would take the direction of the first.
            scripts = [_script(text) for text in cells]
            known = [script for script in scripts if script]
            cut = (
                len(cells) - scripts[::-1].index("R")
                if known[:1] == ["R"] and known[-1] == "L"
                else len(cells)
            )
            parts.append(_Part(kind, cells[:cut], must_differ=False))
            if cut < len(cells):
                parts.append(_Part(kind, cells[cut:]))
        else:
            parts.append(_Part(kind, cells, not is_other_font))
    return parts


def _weights(parts: Sequence[_Part]) -> list[bool]:
    """Which parts are in the other weight: of the two ways to begin the one that leaves the Arabic in its own."""
    ways = []
    for begins_apart in (False, True):
        flags = [begins_apart]
        for part in parts[1:]:
            flags.append(part.must_differ and not flags[-1])
        apart = [part for part, is_apart in zip(parts, flags, strict=True) if is_apart]
        arabic = sum(_rtl_script().match(text) is not None for part in apart for text in part.cells)
        ways.append((arabic, sum(len(part.cells) for part in apart), flags))
    return min(ways)[2]


def _turned(part: Sequence[str]) -> list[str]:
    return [MIRROR.get(text[:1], text[:1]) + text[1:] for text in reversed(part)]


def _part(text: str, covers: Covers | None) -> str:
    """What is drawn in one font: M what the main font has, as far as that is known; A the usual Arabic, H Hebrew, "" what
    is no letter of either; R: not sure."""
    if covers is not None and all(map(covers, text)):
        return _MAIN
    if _arabic().match(text):
        return "A"
    if "\u0590" <= text[:1] < "\u0600" or "\ufb1d" <= text[:1] < "\ufb50":
        return "H"
    return "R" if _rtl_script().match(text) else ""


def _script(text: str) -> str:
    """R, L, or "" where the text of a cell has no script of its own (digits, punctuation, symbols)."""
    if _rtl_script().match(text):
        return "R"
    return "L" if text[:1].isalpha() else ""
