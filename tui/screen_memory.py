"""ScreenMemory: what the terminal shows, so that only the cells that changed are sent.

Textual repaints every cell of a widget that asks for it, and of the whole
screen after a change of layout; over a thin line that is most of the bytes.
Here each update is compared with what stands on the screen: rows that only
moved are moved by the terminal, and of all others only the changed cells go out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from .screen_bytes import BLANK, Changes, ScreenCell, Scroll, Stretch, is_ground
from .text import cell_width
from .text.row_order import sent_row

if TYPE_CHECKING:
    from rich.style import Style

#: Blank → a blank that looks the same and is another character.
_OTHER_BLANK = {" ": "\u00a0", "\u00a0": " "}
#: The cells of a row; None for one that nobody knows.
Row = list[ScreenCell | None]
#: By row, the columns of cells to be painted once more as they are.
Beside = dict[int, set[int]]
#: Fewer rows than this are not worth a scroll region; rows that moved are looked for by these parts of their height.
LEAST_SCROLLED, ANCHORS = 4, (0.2, 0.5, 0.8)


@lru_cache(maxsize=1024)
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
        #: For a terminal that does not draw a cell again which is told to show what it shows.
        self.swaps_blanks = False
        #: Every cell is written, none erased or moved; for a terminal in which these have other attributes.
        self.writes_all = False
        #: The terminal orders every row by itself: a row that changes is sent whole, in an order that it makes right.
        self.orders_rows = False
        #: Whether the terminal is known to join no letters by itself.
        self.is_unshaped = False
        self._rows: dict[int, Row] = {}
        # The strips a row was last painted from, by column: Textual keeps a strip that has not changed.
        self._strips: dict[int, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Know nothing of the screen: it was resized, cleared, or another program wrote on it."""
        self._rows.clear()
        self._strips.clear()

    def row(self, y: int) -> Row:
        """The cells of a row as the terminal shows them, as far as they are known."""
        return self._rows.get(y, [])

    def thin(self, update: CompositorUpdate, width: int = 0) -> CompositorUpdate | None:
        """The same update with all left out that the screen shows already; None where nothing is left.

        ``width`` is that of the screen in cells; without it nothing is scrolled or erased to the edge.
        """
        pieces = _pieces(update)
        if pieces is None:
            return update
        fresh = [piece for piece in pieces if not self._is_painted(*piece)]
        placed = [(x, y, _cells(strip)) for x, y, strip in fresh]
        whole = width
        width = 0 if self.writes_all or self.orders_rows else width
        scroll = self._scrolled(placed, width) if width else None
        beside: Beside = self._move(scroll) if scroll is not None else {}
        changes = [change for x, y, cells in placed if (change := self._change(x, y, cells, beside))]
        if self.orders_rows:
            stretches = [self._as_sent(change, whole) for change in changes]
        elif self.swaps_blanks:
            stretches = [*changes, *self._swapped(beside, changes)]
        else:
            stretches = self._with_specks(beside, changes)
        if not stretches and scroll is None:
            return None
        return Changes(
            stretches,
            width or 1 << 20,
            scroll,
            can_erase=not (self.writes_all or self.orders_rows),
            is_unshaped=self.is_unshaped,
        )

    def _is_painted(self, x: int, y: int, strip: Strip) -> bool:
        """Whether a strip stands where it is to be painted; it does from now on."""
        strips = self._strips.setdefault(y, {})
        before = strips.get(x)
        if before is strip:
            return True
        if before is None or before.cell_length != strip.cell_length:
            # Strips cut in another way: those of before may lie under these.
            strips.clear()
        strips[x] = strip
        return False

    def _change(self, x: int, y: int, new: list[ScreenCell], beside: Beside) -> Stretch | None:
        """What changes by these cells in a row; notes the cells beside which letters go away."""
        row = self._rows.setdefault(y, [])
        if len(row) < x + len(new):
            row += [None] * (x + len(new) - len(row))
        old = row[x : x + len(new)]
        if old == new:
            return None
        changed = [before is not after and before != after for before, after in zip(old, new, strict=True)]
        _whole_letters(changed, new)
        first = changed.index(True)
        last = len(changed) - 1 - changed[::-1].index(True)
        gone = [
            x + i
            for i in range(first, last + 1)
            if changed[i] and (cell := old[i]) is not None and cell[0] != new[i][0] and _may_be_tall(cell[0])
        ]
        if gone:
            around = {column + step for column in gone for step in (-1, 0, 1) if column + step >= 0}
            for line in (y - 1, y, y + 1):
                beside.setdefault(line, set()).update(around)
        row[x : x + len(new)] = new
        if _forget_halves(row, x, x + len(new), old):
            self._strips.pop(y, None)
        return Stretch(x + first, y, new[first : last + 1], changed[first : last + 1])

    def _with_specks(self, beside: Beside, changes: Sequence[Stretch]) -> list[Stretch]:
        """The changes, and the cells around letters that went away, once more where they stay as they are.

        Terminals draw tall and long letters and marks a little into the cells around (أ, إ, ـٍ, ر), and do
        not clear that when only the letter's own cell changes: specks stay (seen in xterm and mlterm).
        Rows of which nothing else changes come first: painted after, they would cut what the new
        letters draw into them.
        """
        if not beside:
            return list(changes)
        widened = [self._widened(change, beside.get(change.y, set())) for change in changes]
        alone = [
            speck for y, columns in sorted(beside.items()) if columns for speck in self._again(y, columns)
        ]
        return [*alone, *widened]

    def _widened(self, change: Stretch, columns: set[int]) -> Stretch:
        """A change that takes in the columns it touches of those to be painted once more; they are taken out of these."""
        row = self._rows[change.y]
        first, end = change.x, change.x + len(change.cells)
        changed = list(change.changed or ())
        if first - 1 in columns and row[first - 1] is not None:
            first, changed = first - 1, [True, *changed]
        if end in columns and end < len(row) and row[end] is not None:
            end, changed = end + 1, [*changed, True]
        for x in [x for x in columns if first <= x < end]:
            changed[x - first] = True
            columns.remove(x)
        cells = [cell for cell in row[first:end] if cell is not None]
        if len(cells) != len(changed) or not cells[0][0]:
            return change
        _whole_letters(changed, cells)
        return Stretch(first, change.y, cells, changed)

    def _again(self, y: int, columns: set[int]) -> Iterator[Stretch]:
        """Cells of a row that are painted as they are; beside a cell that nobody knows nothing is touched."""
        row = self._rows.get(y, [])
        first, last = min(columns), min(max(columns), len(row) - 1)
        cells = [cell for cell in row[first : last + 1] if cell is not None]
        if len(cells) == last - first + 1 and cells and cells[0][0]:
            changed = [x in columns for x in range(first, last + 1)]
            _whole_letters(changed, cells)
            yield Stretch(first, y, cells, changed)

    def _as_sent(self, change: Stretch, width: int) -> Stretch:
        """The whole row of a change in the order in which it is sent; the change itself where the row is not known."""
        row = [cell for cell in self._rows[change.y][:width] if cell is not None]
        if len(row) != width or not row or not row[0][0]:
            return change
        cells: list[ScreenCell] = []
        places = [x for x, cell in enumerate(row) if cell[0]]
        for text, place in sent_row([row[x][0] for x in places]):
            x = places[place]
            end = places[place + 1] if place + 1 < len(places) else width
            cells += [(text, row[x][1]), *row[x + 1 : end]]
        return Stretch(0, change.y, cells)

    def _swapped(self, beside: Beside, changes: Sequence[Stretch]) -> Iterator[Stretch]:
        """Blanks around letters that went away, as another kind of blank.

        urxvt and mlterm leave specks, too, and do not draw a blank in the place of the same blank.
        """
        sent = {
            (change.y, change.x + place)
            for change in changes
            for place, is_changed in enumerate(change.changed or ())
            if is_changed
        }
        for y, columns in sorted(beside.items()):
            row = self._rows.get(y, [])
            for x in sorted(columns):
                cell = row[x] if x < len(row) else None
                if cell is not None and cell[0] in _OTHER_BLANK and (y, x) not in sent:
                    other = row[x] = (_OTHER_BLANK[cell[0]], cell[1])
                    yield Stretch(x, y, [other])

    # Rows that moved

    def _scrolled(self, placed: Sequence[tuple[int, int, list[ScreenCell]]], width: int) -> Scroll | None:
        """How the rows of an update are those on the screen, moved up or down, where that is less to send."""
        new = {y: cells for x, y, cells in placed if x == 0 and len(cells) == width}
        old = {y: row for y in new if len(row := self._rows.get(y, [])) == width and None not in row}
        top, bottom = min(old, default=0), max(old, default=0)
        if len(old) != bottom - top + 1 or len(old) < LEAST_SCROLLED:
            return None
        before, after = [old[y] for y in range(top, bottom + 1)], [new[y] for y in range(top, bottom + 1)]
        moves = list(_moves(before, after))
        if not moves:
            return None
        best, least = None, _unlike(before, after) // 2
        for by in moves:
            # A row at an edge that is no part of what moves (a headline, a status line) stays where it is.
            for first in (0, 1):
                for last in (len(before), len(before) - 1):
                    if last - first < max(LEAST_SCROLLED, abs(by) + 1):
                        continue
                    moved = [*before[:first], *_shifted(before[first:last], by, width), *before[last:]]
                    unlike = _unlike(moved, after)
                    if unlike < least:
                        best, least = Scroll(top + first, top + last - 1, by), unlike
        return best

    def _move(self, scroll: Scroll) -> Beside:
        """Move the remembered rows; the cells in which something of letters may stay that did not move along.

        What a row draws into its neighbour stays there, where only one of both moves: at the edges
        of the region, and in the row that stood beside those that left it.
        """
        top, bottom, by = scroll.top, scroll.bottom, scroll.by
        rows = [self._rows[y] for y in range(top, bottom + 1)]
        beside: Beside = {
            top - 1: _letters(rows[0], _may_be_high),
            bottom + 1: _letters(rows[-1], _may_be_deep),
        }
        if by > 0:
            beside[top] = _letters(rows[by - 1], _may_be_deep)
        else:
            beside[bottom] = _letters(rows[by], _may_be_high)
        for y, row in enumerate(_shifted(rows, by, len(rows[0])), top):
            self._rows[y] = row
            self._strips.pop(y, None)
        return beside


def _letters(row: Row, reaches: Callable[[str], bool]) -> set[int]:
    """The columns into which the letters of a row may reach, in a row beside."""
    return {
        x + step
        for x, cell in enumerate(row)
        if cell is not None and reaches(cell[0])
        for step in (-1, 0, 1)
        if x + step >= 0
    }


def _moves(before: Sequence[Row], after: Sequence[Sequence[ScreenCell]]) -> Iterator[int]:
    """By how many rows the picture may have moved up (down: negative), told by rows that are easily known again."""
    for part in ANCHORS:
        row = after[int(len(after) * part)]
        if any(cell != BLANK for cell in row) and row in before:
            by = before.index(list(row)) - int(len(after) * part)
            if by:
                yield by


def _shifted(rows: Sequence[Row], by: int, width: int) -> list[Row]:
    """Rows moved up by so many (down: negative), blank ones in their place."""
    fresh: list[Row] = [[BLANK] * width for _ in range(abs(by))]
    return [*rows[by:], *fresh] if by > 0 else [*fresh, *rows[:by]]


def _unlike(before: Sequence[Sequence[ScreenCell | None]], after: Sequence[Sequence[ScreenCell]]) -> int:
    """How many cells would have to be sent, roughly: blank ones are erased."""
    return sum(
        1
        for one, other in zip(before, after, strict=True)
        if one != other
        for cell, wanted in zip(one, other, strict=True)
        if cell != wanted and wanted != BLANK
    )


def _cells(strip: Strip) -> list[ScreenCell]:
    """A strip cell by cell; blanks that show only the terminal's ground are all the same."""
    found: list[ScreenCell] = []
    for segment in strip:
        if not segment.control:
            found += _styled_cells(segment.text, segment.style)
    return found


def prepare(strip: Strip) -> None:
    """Have the cells of a strip ready that may be sent soon."""
    _cells(strip)


@lru_cache(maxsize=1024)
def _styled_cells(text: str, style: Style | None) -> tuple[ScreenCell, ...]:
    ground = BLANK if is_ground(style) else (" ", style)
    # Cells that are the same object are told to be the same without a look inside.
    one = _cell_of
    return tuple([ground if cell == " " else one(cell, style) for cell in cells_of(text)])


@lru_cache(maxsize=4096)
def _cell_of(text: str, style: Style | None) -> ScreenCell:
    return text, style


def _whole_letters(changed: list[bool], cells: Sequence[ScreenCell]) -> None:
    """A wide letter is sent whole: where one half is, the other is, too."""
    for i in [i for i, cell in enumerate(cells) if not cell[0]]:
        if i and changed[i] != changed[i - 1]:
            start = i - 1
            while start and not cells[start][0]:
                start -= 1
            end = i
            while end < len(cells) and not cells[end][0]:
                end += 1
            changed[start:end] = [True] * (end - start)


@lru_cache(maxsize=2048)
def _may_be_tall(text: str) -> bool:
    """True for Hebrew and Arabic letters, presentation forms among them, and for lines and blocks."""
    return (
        "\u0590" <= text[:1] < "\u0900" or "\ufb1d" <= text[:1] < "\ufeff" or "\u2500" <= text[:1] < "\u25a0"
    )


#: Alef with hamza below, also in lam-alef.
_DEEP = frozenset("\u0625\ufe87\ufe88\ufef9\ufefa")


#: Alef with hamza or madda above, also in lam-alef.
_HIGH = frozenset("\u0622\u0623\ufe81\ufe82\ufe83\ufe84\ufef5\ufef6\ufef7\ufef8")


def _may_be_high(text: str) -> bool:
    """True for what is drawn above the line of letters: hamza and madda above, and marks."""
    return text[:1] in _HIGH or (len(text) > 1 and _may_be_tall(text))


def _may_be_deep(text: str) -> bool:
    """True for what is drawn below the line of letters: hamza below, and marks."""
    return text[:1] in _DEEP or (len(text) > 1 and _may_be_tall(text))


def _forget_halves(
    row: list[ScreenCell | None], start: int, end: int, old: Sequence[ScreenCell | None]
) -> bool:
    """Of a wide letter cut in two at an edge of what was painted, nobody knows what the terminal left there.

    True where there was one.
    """
    was_cut = False
    before = old[0]
    if start and before is not None and not before[0]:
        row[start - 1], was_cut = None, True
    after = row[end] if end < len(row) else None
    if after is not None and not after[0]:
        row[end], was_cut = None, True
    return was_cut


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
