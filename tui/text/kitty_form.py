"""The text for each place on the screen such that kitty, which turns words around, shows the cells as they are.

Measured: kitty lays out each stretch between spaces that is drawn in one font by itself, in the direction of the first
script in it (HarfBuzz's guess): from right to left, mirrored, or as it is. Where one font has all letters, that
is a word; where the main font has no Arabic, the Latin letters, digits and signs of a word are a stretch of their own. No
sequence tells which. Bold letters come from another font in any case: with every other part of a mixed
word in the other weight each part is a stretch by itself, whatever the fonts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from .bidi import MIRROR

_RTL_SCRIPT = re.compile(
    "[\u0590-\u0604\u0606-\u060b\u060d-\u061a\u061d\u061e\u0620-\u063f\u0641-\u064a\u0656-\u066f\u0671-\u06dc"
    "\u06de-\u08e1\u08e3-\u08ff\ufb1d-\ufd3d\ufd40-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Characters whose script is written from right to left (Scripts.txt; the Common and Inherited of the blocks left out)."""

_ARABIC = re.compile(
    "[\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066d\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9"
    "\ufb56-\ufb59\ufb7a-\ufb7d\ufb8a\ufb8b\ufb8e-\ufb95\ufbfc-\ufbff\ufe70-\ufefc]"
)
"""What every font with Arabic has: the letters of Arabic and Persian, their forms, digits and punctuation."""


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


def parted(cells: Sequence[str]) -> tuple[list[str], list[bool | None]]:
    """The texts, and which of them are to be written in the other weight, so that the parts of a word stay apart.

    None where any weight will do: in words that kitty leaves as they are.
    """
    texts = list(cells)
    apart: list[bool | None] = [None] * len(texts)
    for first, after in words_of(cells):
        parts: list[tuple[str, list[str]]] = []
        for kind, stretch in groupby(cells[first:after], _part):
            part = list(stretch)
            # Of rarer letters a font may have one and lack the next.
            parts += [(kind, [text]) for text in part] if kind == "R" else [(kind, part)]
        if len(parts) == 1 and not parts[0][0]:
            continue
        # Every other part, and of the two choices the one that leaves the Arabic in its own weight.
        evens, odds = (_cost(parts[begin::2]) for begin in (0, 1))
        place, is_apart = first, evens < odds
        for _, part in parts:
            end = place + len(part)
            if any(_RTL_SCRIPT.match(text) for text in part):
                texts[place:end] = _turned(part)
            apart[place:end] = [is_apart] * len(part)
            place, is_apart = end, not is_apart
    return texts, apart


def _cost(parts: Sequence[tuple[str, list[str]]]) -> tuple[int, int]:
    """Cells of Arabic in these parts, and cells in all."""
    return sum(len(part) for kind, part in parts if kind == "A"), sum(len(part) for _, part in parts)


def _turned(part: Sequence[str]) -> list[str]:
    return [MIRROR.get(text[:1], text[:1]) + text[1:] for text in reversed(part)]


def _part(text: str) -> str:
    """What is surely drawn in one font: A the usual Arabic, H Hebrew, "" what is no letter of either; R: not sure."""
    if _ARABIC.match(text):
        return "A"
    if "\u0590" <= text[:1] < "\u0600" or "\ufb1d" <= text[:1] < "\ufb50":
        return "H"
    return "R" if _RTL_SCRIPT.match(text) else ""


def _script(text: str) -> str:
    """R, L, or "" where the text of a cell has no script of its own (digits, punctuation, symbols)."""
    if _RTL_SCRIPT.match(text):
        return "R"
    return "L" if text[:1].isalpha() else ""
