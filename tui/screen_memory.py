"""ScreenMemory: what the terminal shows, so that only the cells that changed are sent.

Textual repaints every cell of a widget that asks for it, and of the whole
screen after a change of layout; over a thin line that is most of the bytes.
Here each update is compared with what stands on the screen, and of every row
only the stretch from the first to the last changed cell goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from .text import cell_width

if TYPE_CHECKING:
    from rich.console import Console

#: What one cell shows: its letters with their marks ("" in the second half of a wide one), and its style.
ScreenCell = tuple[str, Style | None]
#: Column, row, and the cells from there on.
Stretch = tuple[int, int, list[ScreenCell]]
#: First column, last column, row of letters that went away.
Gap = tuple[int, int, int]


@lru_cache(maxsize=8192)
def cells_of(text: str) -> tuple[str, ...]:
    """A run of text cell by cell; marks stay with their letter, a wide letter is followed by ""."""
    cells: list[str] = []
    for char in text:
        width = cell_width(char)
        if width == 0 and cells:
            last = len(cells) - 1
            while last and not cells[last]:
                last -= 1
            cells[last] += char
        elif width:
            cells += [char, *[""] * (width - 1)]
    whole = cell_width(text)
    # A sequence that takes other room together than apart (an emoji family) is one piece.
    return tuple(cells) if len(cells) == whole else (text, *[""] * max(0, whole - 1))


class ScreenMemory:
    """The rows of the screen as they were last sent."""

    def __init__(self) -> None:
        self._rows: dict[int, list[ScreenCell | None]] = {}

    def forget(self) -> None:
        """Know nothing of the screen: it was resized, cleared, or another program wrote on it."""
        self._rows.clear()

    def thin(self, update: CompositorUpdate) -> CompositorUpdate | None:
        """The same update with all left out that the screen shows already; None where nothing is left."""
        pieces = _pieces(update)
        if pieces is None:
            return update
        gone: list[Gap] = []
        changes = list(self._changes(pieces, gone))
        # The rows beside come first: painted after, they would cut what the new letters draw into them.
        stretches = [*self._specks(gone, changes), *changes]
        return _Stretches(stretches) if stretches else None

    def _changes(self, pieces: Iterable[tuple[int, int, Strip]], gone: list[Gap]) -> Iterator[Stretch]:
        for x, y, strip in pieces:
            row = self._rows.setdefault(y, [])
            new: list[ScreenCell] = [
                (cell, segment.style)
                for segment in strip
                if not segment.control
                for cell in cells_of(segment.text)
            ]
            if len(row) < x + len(new):
                row += [None] * (x + len(new) - len(row))
            old = row[x : x + len(new)]
            first = next((i for i, cell in enumerate(new) if cell != old[i]), None)
            if first is None:
                continue
            last = next(i for i in range(len(new) - 1, -1, -1) if new[i] != old[i])
            while first and not new[first][0]:
                first -= 1
            while last + 1 < len(new) and not new[last + 1][0]:
                last += 1
            went = [i for i in range(first, last + 1) if _went(old[i], new[i])]
            if went:
                gone.append((x + went[0], x + went[-1], y))
            row[x : x + len(new)] = new
            _forget_halves(row, x, x + len(new), old)
            yield x + first, y, new[first : last + 1]

    def _specks(self, gone: Iterable[Gap], changes: Iterable[Stretch]) -> Iterator[Stretch]:
        """The cells above and below letters that went away, to be painted once more where they stay as they are.

        Terminals draw tall letters and marks a little into the rows beside (أ, إ, ـٍ), and do not
        clear that when only the letter's own row changes: specks stay (seen in xterm and mlterm).
        """
        painted = {(y, x, x + len(cells)) for x, y, cells in changes}
        for first, last, y in gone:
            for beside in (y - 1, y + 1):
                if any(row == beside and start <= first and last < end for row, start, end in painted):
                    continue
                cells = [cell for cell in self._rows.get(beside, [])[first : last + 1] if cell is not None]
                if len(cells) == last - first + 1 and cells[0][0]:
                    yield first, beside, cells


def _went(before: ScreenCell | None, after: ScreenCell) -> bool:
    """True where a letter that may reach into the rows beside gives way to another."""
    return before is not None and before[0] != after[0] and _may_be_tall(before[0])


def _may_be_tall(text: str) -> bool:
    """True for Hebrew and Arabic letters, presentation forms among them; not for lines and blocks."""
    return "\u0590" <= text[:1] < "\u0900" or "\ufb1d" <= text[:1] < "\ufeff"


def _forget_halves(
    row: list[ScreenCell | None], start: int, end: int, old: Sequence[ScreenCell | None]
) -> None:
    """Of a wide letter cut in two at an edge of what was painted, nobody knows what the terminal left there."""
    before = old[0]
    if start and before is not None and not before[0]:
        row[start - 1] = None
    after = row[end] if end < len(row) else None
    if after is not None and not after[0]:
        row[end] = None


def _pieces(update: CompositorUpdate) -> Iterator[tuple[int, int, Strip]] | None:
    """The strips of an update with their places, or None for an update of another kind."""
    if isinstance(update, LayoutUpdate):
        return _layout_pieces(update)
    if isinstance(update, ChopsUpdate):
        return _chops_pieces(update)
    return None


def _layout_pieces(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            if strip is not None:
                yield x, y, strip
                x += strip.cell_length


def _chops_pieces(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < x2 and end > x1:
                yield x, y, strip if end <= x2 else strip.crop(0, x2 - x)


class _Stretches(CompositorUpdate):
    """Stretches of cells, each with its place."""

    def __init__(self, stretches: list[Stretch]) -> None:
        self.stretches = stretches

    def render_segments(self, console: Console) -> str:
        """The stretches as text with escape sequences, neighbours of one style joined."""
        return "".join(
            Control.move_to(x, y).segment.text + Strip(_joined(cells)).render(console)
            for x, y, cells in self.stretches
        )


def _joined(cells: list[ScreenCell]) -> list[Segment]:
    segments: list[Segment] = []
    text, style = "", cells[0][1]
    for cell, cell_style in cells:
        if cell_style != style:
            segments.append(Segment(text, style))
            text, style = "", cell_style
        text += cell
    segments.append(Segment(text, style))
    return segments
