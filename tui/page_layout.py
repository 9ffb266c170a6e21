"""PageLayout: the lines of an article's page at one width, laid out as far down as they are looked at.

Pure but for its own cache: blocks in, placed lines out. The measure is the
width of the text; the page centres it in the pane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .presentation import Block
from .text import Base, Line, layout

#: Cells kept free at each side of the text.
PADDING = 2


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of the page: the block it belongs to, and its text (None between blocks)."""

    block: int
    line: Line | None


class PageLayout:
    """Lines of a page on demand: the first screen of a book costs no more than that of a note."""

    def __init__(
        self, blocks: Sequence[Block], width: int, measure: int, base: Base, *, justify: bool = False
    ) -> None:
        self.blocks = tuple(blocks)
        self.width = width
        self.measure = max(1, min(measure, width - 2 * PADDING))
        self.left = max(0, (width - self.measure) // 2)
        self.base: Base = base
        self.justify = justify
        self._lines: list[PlacedLine] = []
        self._laid_out = 0

    @property
    def is_complete(self) -> bool:
        """True when every block has been laid out."""
        return self._laid_out == len(self.blocks)

    def line(self, index: int) -> PlacedLine | None:
        """The line with that number, or None below the end of the page."""
        self.reach(index + 1)
        return self._lines[index] if 0 <= index < len(self._lines) else None

    def reach(self, count: int) -> int:
        """Lay out until there are ``count`` lines or the page ends; the number of lines there are."""
        while len(self._lines) < count and not self.is_complete:
            self._lay_out_next()
        return len(self._lines)

    def total(self) -> int:
        """The number of lines of the whole page; lays all of it out."""
        while not self.is_complete:
            self._lay_out_next()
        return len(self._lines)

    def _lay_out_next(self) -> None:
        number = self._laid_out
        block = self.blocks[number]
        justify = self.justify and block.role == "body"
        lines = layout(block.text, self.measure, self.base, justify=justify)
        self._lines += [PlacedLine(number, line) for line in lines]
        if block.is_followed_by_space:
            self._lines.append(PlacedLine(number, None))
        self._laid_out += 1

    def line_of(self, block: int, index: int = 0) -> int:
        """The number of the line that shows code point ``index`` of a block."""
        while self._laid_out <= block and not self.is_complete:
            self._lay_out_next()
        found = 0
        for number, placed in enumerate(self._lines):
            if placed.block == block and placed.line is not None:
                found = number
                if placed.line.end > index:
                    break
            elif placed.block > block:
                break
        return found

    def place_of(self, number: int) -> int | None:
        """The code point of the article's body at the beginning of a line, or None outside the body."""
        placed = self.line(number)
        if placed is None:
            return None
        block = self.blocks[placed.block]
        if block.offset is None:
            return None
        return block.offset + (placed.line.start if placed.line is not None else len(block.text))
