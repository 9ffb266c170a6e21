"""HeatMap: months of the archive as rows of days in shades, with a cursor on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from store import Days

from ..commands import bindings
from ..heatmap import SHADES, Spot, length, levels, moved, shade
from ..i18n import digits, is_rtl, number
from ..text import Base
from ..view_list import month_title
from .line_cache import DrawnWidget
from .painting import Painter, in_reading_order, strip_of

#: Cells of a month's name and of its count.
LABEL, TOTAL = 18, 9


class HeatMap(DrawnWidget, can_focus=True):
    """The map; days run in the direction of the interface, the newest month stands first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("calendar")
    DEFAULT_CSS = "HeatMap { height: 1fr; width: 1fr; }"

    @dataclass
    class Moved(Message):
        """Another day is under the cursor."""

        spot: Spot

    @dataclass
    class Chosen(Message):
        """A day, or its whole month, is to be shown."""

        spot: Spot
        is_month: bool

    def __init__(self, painter: Painter, months_named: str = "common") -> None:
        super().__init__()
        self.painter = painter
        self.months_named = months_named
        self.months: tuple[Days, ...] = ()
        self.empty_text = ""
        self.spot = Spot(0, 1)
        self.top = 0
        self._bounds = (1, 1, 1)

    def show(self, months: Sequence[Days], spot: Spot) -> None:
        """Show months, newest first, with the cursor on a day."""
        self.months = tuple(months)
        self._bounds = levels(self.months)
        self.move_to(spot)

    @property
    def cell(self) -> int:
        """Cells of a day: two where there is room."""
        return 2 if self.size.width >= LABEL + TOTAL + 2 * 31 + 4 else 1

    @property
    def rows_in_view(self) -> int:
        """Months that the pane holds below the line of the days."""
        return max(1, self.size.height - 1)

    def move_to(self, spot: Spot) -> None:
        """Put the cursor on a day."""
        if not self.months:
            return
        self.spot = moved(self.months, Spot(max(0, min(spot.row, len(self.months) - 1)), spot.day))
        rows = self.rows_in_view
        self.top = max(0, min(max(self.top, self.spot.row - rows + 1), self.spot.row))
        self.refresh()
        self.post_message(self.Moved(self.spot))

    def action_day(self, days: int) -> None:
        """Days to the right (positive) or left, as they stand on the screen."""
        if self.months:
            self.move_to(moved(self.months, self.spot, days=-days if is_rtl() else days))

    def action_move(self, rows: int) -> None:
        """Months further down."""
        self.move_to(Spot(self.spot.row + rows, self.spot.day))

    def action_page(self, pages: float) -> None:
        """Screens of months."""
        step = max(1, int((self.rows_in_view - 1) * abs(pages)))
        self.action_move(step if pages > 0 else -step)

    def action_end(self, side: str) -> None:
        """The newest or the oldest month."""
        self.move_to(Spot(0 if side == "top" else len(self.months) - 1, self.spot.day))

    def action_choose(self, is_month: bool = False) -> None:
        """Show the articles of the day, or of the month."""
        if self.months:
            self.post_message(self.Chosen(self.spot, is_month))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a day, a click on it shows it; one on a month's name shows the month."""
        row = self.top + event.y - 1
        if not 0 <= row < len(self.months) or event.y < 1:
            return
        x = self.size.width - 1 - event.x if is_rtl() else event.x
        day = (x - 1 - LABEL) // self.cell + 1
        if day < 1 or day > 31:
            self.move_to(Spot(row, self.spot.day))
            self.action_choose(is_month=True)
            return
        spot = moved(self.months, Spot(row, day))
        is_here = spot == self.spot
        self.move_to(spot)
        if is_here or event.chain > 1:
            self.action_choose()

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel moves three months."""
        self.action_move(3)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel moves three months."""
        self.action_move(-3)

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self.move_to(self.spot)

    def render_line(self, y: int) -> Strip:
        """The line of the days, then a month a line."""
        width = self.size.width
        if not self.months:
            base: Base = "R" if is_rtl() else "L"
            text = self.empty_text if y == 1 else ""
            return strip_of(
                [
                    self.painter.blank(2),
                    *self.painter.field(text, width - 4, "meta", base=base),
                    self.painter.blank(2),
                ],
                width,
            )
        if y == 0:
            return self._head(width)
        row = self.top + y - 1
        if row >= len(self.months):
            return strip_of([self.painter.blank(width)], width)
        return self._month(self.months[row], row, width)

    def _line(self, label: list[Segment], days: list[Segment], total: list[Segment], width: int) -> Strip:
        paint = self.painter
        rest = max(0, width - 2 - LABEL - 31 * self.cell - TOTAL)
        parts = in_reading_order([paint.blank(1)], label, days, total, [paint.blank(rest + 1)])
        return strip_of(parts, width)

    def _head(self, width: int) -> Strip:
        paint, cell = self.painter, self.cell
        days: list[Segment] = []
        # Every fifth day by its number; with a cell a day a number of two digits takes two.
        day = 1
        while day <= 31:
            is_named = day == 1 or day % 5 == 0
            text = digits(str(day)) if is_named else ""
            room = cell * (2 if is_named and cell == 1 and len(text) == 2 and day < 31 else 1)
            padded = text.rjust(room) if is_rtl() else text.ljust(room)
            days.append(paint.cells(padded, "meta"))
            day += room // cell
        days = list(reversed(days)) if is_rtl() else days
        return self._line([paint.blank(LABEL)], days, [paint.blank(TOTAL)], width)

    def _month(self, month: Days, row: int, width: int) -> Strip:
        paint, cell = self.painter, self.cell
        base: Base = "R" if is_rtl() else "L"
        is_here = row == self.spot.row
        label = paint.field(
            month_title(month.month, self.months_named), LABEL - 2, "unread" if is_here else "body", base=base
        )
        days: list[Segment] = []
        for day in range(1, 32):
            is_cursor = is_here and day == self.spot.day
            if day > length(month):
                days.append(paint.blank(cell))
                continue
            sign = shade(month.counts[day - 1], self._bounds)
            sign = "·" if sign == SHADES[0] else sign
            text = sign * cell if sign != "·" else sign + " " * (cell - 1)
            role = "rule" if sign == "·" else "heading"
            if is_cursor:
                # A sign of its own: reversed, a full shade would be an empty one.
                text, role = "◆" + " " * (cell - 1), "caret"
            days.append(paint.cells(text[::-1] if is_rtl() else text, role))
        days = list(reversed(days)) if is_rtl() else days
        total = paint.field(number(month.total), TOTAL - 2, "meta", base=base, at_end=True)
        gap = [paint.blank(2)]
        label = [*gap, *label] if is_rtl() else [*label, *gap]
        total = [*total, *gap] if is_rtl() else [*gap, *total]
        return self._line(label, days, total, width)
