"""From changed cells to the fewest bytes that put them on the screen.

Every sequence used is one that all terminals know since the VT102: places
(CUP, CUF), erasing (EL, ECH), styles (SGR), and for rows that moved a scroll
region (DECSTBM, IND, RI). Erasing gives the terminal's own ground, so it is
only used for blanks without a colour of their own. The codes: ECMA-48.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual._compositor import CompositorUpdate

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.console import Console

#: What one cell shows: its letters with their marks ("" in the second half of a wide one), and its style.
ScreenCell = tuple[str, Style | None]
#: A cell that shows nothing but the terminal's own ground.
BLANK: ScreenCell = (" ", None)
_RESET = "\x1b[m"
#: Letters that stand alone: their presentation forms take three bytes, the letters themselves two.
PLAIN_ALONE: Mapping[int, int] = {
    code: int(parts[1], 16)
    for code in range(0xFB50, 0xFEFD)
    if len(parts := unicodedata.decomposition(chr(code)).split()) == 2 and parts[0] == "<isolated>"
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Cells of row ``y`` from column ``x`` on; only those in ``changed`` need to be sent (all, where it is None)."""

    x: int
    y: int
    cells: Sequence[ScreenCell]
    changed: Sequence[bool] | None = None


@dataclass(frozen=True, slots=True)
class Scroll:
    """Rows ``top`` to ``bottom`` moved up by ``by`` rows (down, where that is negative); the rows left are blank."""

    top: int
    bottom: int
    by: int


class Changes(CompositorUpdate):
    """What is to be sent: rows that moved, then stretches of cells in the order in which they are painted."""

    def __init__(
        self,
        stretches: Sequence[Stretch],
        width: int,
        scroll: Scroll | None = None,
        *,
        can_erase: bool = True,
        is_unshaped: bool = False,
    ) -> None:
        self.stretches = stretches
        self.width = width
        self.scroll = scroll
        self.can_erase = can_erase
        self.is_unshaped = is_unshaped

    def render_segments(self, console: Console) -> str:
        """The changes as text with escape sequences; the style is the terminal's own again at the end."""
        pen = _Pen(console._color_system)
        out = _moved(self.scroll) if self.scroll is not None else []
        for stretch in self.stretches:
            _put(stretch, self.width, pen, out, can_erase=self.can_erase)
        out.append(pen.to(None))
        text = "".join(out)
        # A terminal that joins no letters shows a letter as it shows the form in which it stands alone.
        return text.translate(PLAIN_ALONE) if self.is_unshaped else text


class _Pen:
    """The style that the terminal writes in now, and the shortest way to another."""

    def __init__(self, colours: ColorSystem | None) -> None:
        self._colours = colours
        self._codes = ""

    def to(self, style: Style | None) -> str:
        """The sequence that changes to a style; "" where it is in force already."""
        codes = codes_of(style, self._colours)
        before, self._codes = self._codes, codes
        if codes == before:
            return ""
        if not codes:
            return _RESET
        if not before:
            return f"\x1b[{codes}m"
        if codes.startswith(before + ";"):
            return f"\x1b[{codes[len(before) + 1 :]}m"
        # An empty number is 0: all that was is off.
        return f"\x1b[;{codes}m"

    def to_ground(self) -> str:
        """The sequence after which a blank is nothing but the terminal's ground."""
        return "" if _is_bare(self._codes) else self.to(None)


@lru_cache(maxsize=512)
def codes_of(style: Style | None, colours: ColorSystem | None) -> str:
    """The numbers of a style for SGR, from a terminal whose styles are off; its own two colours need no number."""
    if style is None or colours is None:
        return ""
    return ";".join(code for code in style._make_ansi_codes(colours).split(";") if code not in ("39", "49"))


#: Styles in which a blank looks like any other: bold, dim, italic.
_UNSEEN = frozenset({"", "1", "2", "3"})


@lru_cache(maxsize=512)
def _is_bare(codes: str) -> bool:
    return all(code in _UNSEEN for code in codes.split(";"))


def is_ground(style: Style | None) -> bool:
    """Whether a blank in that style shows nothing but the terminal's own ground; what is left out is the letters' colour."""
    if style is None:
        return True
    ground = style.bgcolor
    return (ground is None or ground.is_default) and not (
        style.reverse or style.underline or style.underline2 or style.strike or style.overline or style.link
    )


def _moved(scroll: Scroll) -> list[str]:
    """Rows moved within a scroll region, which is then the whole screen again."""
    edge = scroll.bottom if scroll.by > 0 else scroll.top
    step = "\x1bD" if scroll.by > 0 else "\x1bM"
    return [
        f"\x1b[{scroll.top + 1};{scroll.bottom + 1}r\x1b[{edge + 1}H",
        step * abs(scroll.by),
        "\x1b[r",
    ]


def _put(stretch: Stretch, width: int, pen: _Pen, out: list[str], *, can_erase: bool) -> None:
    """One stretch: its changed cells; what is blank is erased, what is unchanged passed over, where that is shorter."""
    y = stretch.y
    is_placed = False
    runs = _runs(stretch)
    for number, (first, cells, is_changed) in enumerate(runs):
        x, count = stretch.x + first, len(cells)
        is_blank = can_erase and cells[0] == BLANK
        if not is_changed and not _is_short(cells):
            if is_placed:
                out.append(_forward(count))
            continue
        if is_blank and x == 0 and 5 < count < width:
            # The blanks before the text of a row: erased back to the edge, the last of them written.
            out += [_place(count - 1, y), pen.to_ground(), "\x1b[1K "]
            is_placed = True
            continue
        if not is_placed:
            out.append(_place(x, y))
            is_placed = True
        if is_blank:
            is_last = number == len(runs) - 1
            out += [pen.to_ground(), _blanks(count, is_to_edge=x + count >= width, is_last=is_last)]
            continue
        _write(cells, pen, out)


def _write(cells: Sequence[ScreenCell], pen: _Pen, out: list[str]) -> None:
    """Cells with their styles; a blank is written in any style in which it looks the same."""
    before: object = pen
    for cell in cells:
        text, style = cell
        if style is not before:
            if cell != BLANK:
                out.append(pen.to(style))
                before = style
            elif reset := pen.to_ground():
                out.append(reset)
                before = None
        out.append(text)


#: Cells side by side that are blank, that change, and that stay: one sign for each. What is quicker
#: written than passed over stands within what changes.
_RUN = re.compile(b"c(?:c|b{1,4}(?=c))*|b+|s+")


def _runs(stretch: Stretch) -> list[tuple[int, Sequence[ScreenCell], bool]]:
    """Neighbours that are sent in one way, as (place in the stretch, cells, whether they are changed).

    What is blank already goes with what becomes blank: it may be erased once more.
    """
    cells = stretch.cells
    changed = stretch.changed or [True] * len(cells)
    blank, change, stay = b"bcs"
    signs = bytes(
        [
            blank if cell == BLANK else change if is_changed else stay
            for cell, is_changed in zip(cells, changed, strict=True)
        ]
    )
    found: list[tuple[int, Sequence[ScreenCell], bool]] = []
    for run in _RUN.finditer(signs):
        first, end = run.span()
        found.append((first, cells[first:end], any(changed[first:end])))
    return found


def _is_short(cells: Sequence[ScreenCell]) -> bool:
    """Whether unchanged cells cost no more to be written once more than to be passed over."""
    # Of two cells one at most, the second half of a wide letter, has no byte of its own.
    return len(cells) <= 8 and sum(len(text.encode()) for text, _style in cells) <= 4


def _blanks(count: int, *, is_to_edge: bool, is_last: bool) -> str:
    """So many blanks in the terminal's ground, the cursor behind them unless nothing follows."""
    erased = "\x1b[K" if is_to_edge else f"\x1b[{count}X" + ("" if is_last else _forward(count))
    return erased if len(erased) < count else " " * count


def _forward(count: int) -> str:
    return "\x1b[C" if count == 1 else f"\x1b[{count}C"


def _place(x: int, y: int) -> str:
    return f"\x1b[{y + 1}H" if x == 0 else f"\x1b[{y + 1};{x + 1}H"
