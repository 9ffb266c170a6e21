"""FigureMenu: a menu in which rows of figures have their number and a bar beside their name."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from ..bars import cells_of_bar, sparkline
from ..figure_rows import FigureRow, SparkRow
from ..i18n import is_rtl, number
from ..text import Base, one_line
from .menu import Menu
from .painting import in_reading_order, strip_of

#: Cells of a number; of a name at most; of a name and of a bar at least.
COUNT, NAME, LEAST_NAME, LEAST_BAR = 9, 34, 10, 4


class FigureMenu(Menu):
    """Names at the beginning of the line, numbers in a column, bars from there, what else there is at the end."""

    def render_line(self, y: int) -> Strip:
        """One row of figures; any other as a menu draws it."""
        index = self.top + y
        row = self.rows[index] if index < len(self.rows) else None
        if isinstance(row, FigureRow):
            return self._figure(row, y, is_cursor=index == self.cursor and row.is_choosable)
        if isinstance(row, SparkRow):
            return self._spark(row, y)
        return super().render_line(y)

    def _figure(self, row: FigureRow, y: int, *, is_cursor: bool) -> Strip:
        width, paint = self.size.width, self.painter
        tail = "cursor" if is_cursor else ""
        base: Base = "R" if is_rtl() else "L"
        inner = max(0, width - 4)
        name = max(LEAST_NAME, min(NAME, inner // 3))
        detail = min(one_line(row.detail, inner, base).width, inner // 3) if row.detail else 0
        room = inner - name - COUNT - detail - (2 if detail else 0)
        if room < LEAST_BAR:
            detail, room = 0, max(0, inner - name - COUNT)
        segments = in_reading_order(
            [paint.blank(2, tail)],
            paint.field(row.text, name, f"{row.role} {tail}".strip(), base=row.base),
            paint.field(number(row.count), COUNT - 1, f"meta {tail}".strip(), base=base, at_end=True),
            [paint.blank(1, tail)],
            self._drawn(row, room, tail),
            [paint.blank(2 if detail else 0, tail)],
            paint.field(row.detail, detail, f"meta {tail}".strip(), base=base, at_end=True),
            [paint.blank(1, tail)],
            [self.bar(y, tail)],
        )
        return strip_of(segments, width)

    def _drawn(self, row: FigureRow, room: int, tail: str) -> list[Segment]:
        # Less than a row high, so that bars below each other stay apart.
        drawn = "▆" * cells_of_bar(row.count, row.most, room)
        return in_reading_order(
            [self.painter.cells(drawn, f"heading {tail}".strip())],
            [self.painter.blank(room - len(drawn), tail)],
        )

    def _spark(self, row: SparkRow, y: int) -> Strip:
        width, paint = self.size.width, self.painter
        first, last = one_line(row.text, width, row.base), one_line(row.detail, width, row.base)
        room = max(0, width - 6 - first.width - last.width)
        columns = sparkline(row.counts, room)
        rest = room - len(columns)
        segments = in_reading_order(
            [paint.blank(2)],
            paint.line(first, first.width, row.role),
            [paint.blank(1)],
            # Time runs in the direction of the interface.
            [paint.cells(columns[::-1] if is_rtl() else columns, "heading")],
            [paint.blank(1)],
            paint.line(last, last.width, row.role),
            [paint.blank(rest + 1)],
            [self.bar(y)],
        )
        return strip_of(segments, width)
