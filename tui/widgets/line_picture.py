"""How a line being edited looks: its cells, the free cell for the cursor at its end, and the visual way through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..text import Base, Cell, Line, one_line
from . import line_edit
from .line_edit import Edit

_ZWJ = "\u200d"


@dataclass(frozen=True, slots=True)
class Picture:
    """A line of any length with a free cell after its end in reading direction.

    ``line`` holds that cell as if it were one more source character; ``stops`` are all borders
    in the order in which the cursor meets them on the screen, from left to right.
    """

    line: Line
    stops: tuple[int, ...]

    @property
    def width(self) -> int:
        """Cells of the whole line, with the free one."""
        return self.line.width

    def column(self, index: int) -> int:
        """The column of the cell where the cursor is drawn for a border, from the left of the line."""
        x = 0
        for cell in self.line.cells:
            if cell.start <= index < cell.end:
                return x
            x += cell.width
        return 0 if self.line.is_rtl else max(0, self.width - 1)

    def index_at(self, x: int) -> int:
        """The source index of column ``x``; beyond an edge the start or end of the line."""
        for cell in self.line.cells if x >= 0 else ():
            x -= cell.width
            if x < 0:
                return cell.start
        at_left = x < 0
        return len(self.line.source) - 1 if at_left == self.line.is_rtl else 0


def picture(edit: Edit, base: Base, *, ligate: bool = True) -> Picture:
    """Lay the whole line out, with lam-alef as one cell unless the cursor stands in the middle of it."""
    text, cursor = edit.text, edit.cursor
    line = one_line(text, 2 * len(text) + 2, base, ligate=ligate)
    cells: Sequence[Cell] = line.cells
    if any(cell.start < cursor < cell.end for cell in cells):
        # A joiner keeps the two letters joined and apart, and is not shown itself.
        parted = one_line(text[:cursor] + _ZWJ + text[cursor:], 2 * len(text) + 3, base, ligate=ligate)
        cells = [
            cell._replace(start=cell.start - (cell.start > cursor), end=cell.end - (cell.end > cursor))
            for cell in parted.cells
        ]
    end = len(text)
    free = Cell(" ", 1, end, end + 1, 1 if line.is_rtl else 0)
    cells = (free, *cells) if line.is_rtl else (*cells, free)
    width = sum(cell.width for cell in cells)
    shown = Line(tuple(cells), width, 0, end + 1, line.is_rtl, text + " ")
    return Picture(shown, _stops(shown, line_edit.borders(text)))


def _stops(line: Line, borders: Sequence[int]) -> tuple[int, ...]:
    stops: list[int] = []
    for cell in line.cells:
        inside = [place for place in borders if cell.start <= place < cell.end]
        stops += reversed(inside) if cell.level & 1 else inside
    # A text with nothing to show still has a beginning.
    hidden = [place for place in borders if place not in set(stops)]
    return (*stops, *reversed(hidden)) if line.is_rtl else (*hidden, *stops)


def step(edit: Edit, shown: Picture, direction: int, *, is_selecting: bool = False) -> Edit:
    """Move the cursor one stop to the right (1) or left (-1) on the screen.

    A selection that is not extended is left at the end that lies in that direction.
    """
    if edit.anchor is not None and not is_selecting:
        ends = sorted(edit.selection, key=shown.column)
        return line_edit.move(edit, ends[0] if direction < 0 else ends[1])
    return line_edit.move(edit, _next(edit.cursor, shown, direction), is_selecting=is_selecting)


def step_word(edit: Edit, shown: Picture, direction: int, *, is_selecting: bool = False) -> Edit:
    """Move to the right (1) or left (-1) on the screen, up to the next beginning of a word or an end of the line."""
    index = _next(edit.cursor, shown, direction)
    while not (line_edit.is_word_start(edit.text, index) or index in (0, len(edit.text))):
        index = _next(index, shown, direction)
        if index in (shown.stops[0], shown.stops[-1]):
            break
    return line_edit.move(edit, index, is_selecting=is_selecting)


def _next(index: int, shown: Picture, direction: int) -> int:
    place = shown.stops.index(index) + direction
    return shown.stops[max(0, min(place, len(shown.stops) - 1))]


def window(line: Line, left: int, width: int) -> Line:
    """The part of a line that is seen through ``width`` cells from column ``left`` on.

    Cut here and not in the strip, so that what is done to whole words on their way out is
    done to what is seen. Half of a wide character is a blank.
    """
    cells: list[Cell] = []
    x = 0
    for cell in line.cells:
        seen = min(x + cell.width, left + width) - max(x, left)
        if seen == cell.width:
            cells.append(cell)
        elif seen > 0:
            cells.append(cell._replace(text=" " * seen, width=seen))
        x += cell.width
    total = sum(cell.width for cell in cells)
    return Line(tuple(cells), total, line.start, line.end, line.is_rtl, line.source)
