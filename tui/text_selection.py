"""TextSelection: a stretch of an article's page, from one place to another, in logical text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .page_layout import PageLayout
from .text import source_at

if TYPE_CHECKING:
    from .presentation import Block

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Place(NamedTuple):
    """A letter of the page: its block, and the range of code points in it that one cell shows."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSelection:
    """From the letter where the mouse went down to the one where it is: both are in it."""

    anchor: Place
    head: Place

    def range_in(self, block: int, length: int) -> tuple[int, int]:
        """The code points of a block that are selected; equal numbers where none are."""
        first, last = self.anchor.block, self.head.block
        if not min(first, last) <= block <= max(first, last):
            return 0, 0
        inside = [place for place in (self.anchor, self.head) if place.block == block]
        if first == last:
            return min(place.start for place in inside), max(place.end for place in inside)
        if not inside:
            return 0, length
        return (inside[0].start, length) if block == min(first, last) else (0, inside[0].end)

    def text(self, blocks: Sequence[Block]) -> str:
        """The selected text, logical, a line for each block."""
        low, high = sorted((self.anchor.block, self.head.block))
        pieces = []
        for number in range(low, min(high, len(blocks) - 1) + 1):
            start, end = self.range_in(number, len(blocks[number].text))
            pieces.append(blocks[number].text[start:end])
        return "\n".join(pieces).strip("\n")


def place_at(page: PageLayout, x: int, y: int) -> Place | None:
    """The letter at column ``x`` of the pane on line ``y`` of the page; None for an empty page.

    Beside a line it is the nearest edge of the line; between blocks the end of the block above; below
    the last line its end.
    """
    total = page.reach(y + 1)
    if not total:
        return None
    placed = page.line(max(0, min(y, total - 1)))
    if placed is None:
        return None
    length = len(page.blocks[placed.block].text)
    if placed.line is None or y >= total:
        return Place(placed.block, length, length)
    line = placed.line
    column = x - page.left - (page.measure - line.width if line.is_rtl else 0)
    index = source_at(line, column)
    end = next((cell.end for cell in line.cells if cell.start == index), index)
    is_beside = not 0 <= column < line.width
    return Place(placed.block, index, index if is_beside else max(index, end))


def word_at(page: PageLayout, place: Place) -> TextSelection | None:
    """The word that holds a letter, or None between words."""
    for match in _WORD.finditer(page.blocks[place.block].text):
        if match.start() <= place.start < match.end():
            return TextSelection(
                Place(place.block, match.start(), match.start()), Place(place.block, match.end(), match.end())
            )
    return None
