"""How the rows of the list look: headline and marks, what stands below, the names of days, and what an empty list says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.strip import Strip

from store import Precision, Published, Summary

from ..dates import full_date
from ..i18n import _, is_rtl
from ..list_lines import DAY, Placed, lines
from ..presentation import group_sign, opened_sign, row_date, row_marks, row_meta, snippet_line
from ..rows import RowWindow
from ..text import Span, base_of, one_line
from .line_cache import DrawnLines
from .painting import Painter, in_reading_order, strip_of
from .pointing import thumb
from .scroll_bar import WithBar

if TYPE_CHECKING:
    from store import Snippet

Spans = tuple[tuple[int, int], ...]
#: Narrower than this, a row's outlet and date go on a line of their own.
ONE_LINE_WIDTH = 100
#: Lines of rows that are kept as they were drawn.
DRAWN = 400


class ListRows(WithBar):
    """Draws rows; which of them are there, and how one moves, is for :class:`tui.widgets.article_list.ArticleList`."""

    painter: Painter
    window: RowWindow
    opened: int | None
    selected: frozenset[int]
    matches: Callable[[str], Spans]
    months: str
    is_by_day: bool
    empty_lines: tuple[str, ...]
    snippets: Mapping[int, Snippet]

    density: str
    top: int
    cursor: int
    share: tuple[int, int] | None
    #: Whether the first row in sight has the name of its day above it.
    _is_led: bool

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._drawn = DrawnLines(DRAWN)

    # Which row stands where

    @property
    def row_height(self) -> int:
        """Lines of one row: 1, or 2 where the pane is narrow."""
        if self.density == "auto":
            return 1 if self.room.width >= ONE_LINE_WIDTH else 2
        return 1 if self.density == "one" else 2

    @property
    def rows_in_view(self) -> int:
        """Whole rows that the pane holds."""
        if self.is_by_day:
            return max(1, sum(part == self.row_height - 1 for _index, part in self.placed()))
        return max(1, self.room.height // self.row_height)

    def placed(self) -> tuple[Placed, ...]:
        """Which row stands on which line of the pane."""
        return lines(
            self.window.rows,
            self.top,
            self.room.height,
            self.row_height,
            by_day=self.is_by_day,
            is_led=self._is_led,
        )

    # What is in a row

    def day_cells(self, row: Summary, width: int) -> list[Segment]:
        """The name of the day above its rows."""
        day = Published(row.day * 86_400, Precision.DAY)
        text = one_line(full_date(day, self.months), max(1, width - 4), "R")
        paint = self.painter
        return [
            paint.cells("─" * max(0, width - text.width - 2), "rule"),
            paint.blank(1),
            *paint.line(text, text.width, "heading"),
            paint.blank(1),
        ]

    def _role(self, row: Summary, is_cursor: bool) -> str:
        role = "unread" if row.is_unread else "read"
        if row.id == self.opened:
            role += " opened"
        return role + " cursor" if is_cursor else role

    def headline_cells(self, row: Summary, width: int, *, is_cursor: bool) -> list[Segment]:
        """The headline with its matches, and the marks before it."""
        role = self._role(row, is_cursor)
        spans = [Span(start, end, "hit") for start, end in self.matches(row.title)]
        title = self.painter.field(row.title, width - 5, role, spans)
        return [*title, *self._marks(row, role)]

    def _marks(self, row: Summary, role: str) -> list[Segment]:
        paint = self.painter
        sign = "+" if row.id in self.selected else opened_sign(is_left=True) if row.id == self.opened else " "
        tail = "cursor" if role.endswith("cursor") else ""
        return [paint.blank(1, tail), paint.cells(row_marks(row)[::-1] + sign, tail), paint.blank(1)]

    def below_cells(self, row: Summary, width: int) -> list[Segment]:
        """The second line of a row: outlet and date, and what of the body a search has found."""
        paint = self.painter
        meta = self.meta(row)
        found = self.snippets.get(row.id)
        if found is None:
            return [*paint.field(meta, width, "meta"), paint.blank(5)]
        if width < 40:
            # No room for both: what matched tells more than whose and when.
            text, spans = snippet_line(found, width)
            return [*paint.field(text, width, "read", spans), paint.blank(5)]
        if width < ONE_LINE_WIDTH - 40:
            meta = row.outlet or _("no outlet")
        meta_width = min(one_line(meta, width // 3).width, width // 3)
        text, spans = snippet_line(found, width - meta_width - 3)
        return [
            *paint.field(text, width - meta_width - 3, "read", spans),
            paint.blank(3),
            *paint.field(meta, meta_width, "meta"),
            paint.blank(5),
        ]

    def meta(self, row: Summary, *, shows_date: bool = True) -> str:
        """What there is to say of a row beside its headline."""
        sign = group_sign(self.window.under(row), is_under=self.window.is_under(row))
        return row_meta(
            row, int(time.time()), self.months, sign, is_under_day=self.is_by_day, shows_date=shows_date
        )

    def one_line_columns(self, width: int) -> tuple[int, int]:
        """Cells of the date and of what else stands beside a headline; no column for the date where it is narrow."""
        if width < ONE_LINE_WIDTH - 1:
            return 0, min(30, width // 3)
        date = 11 if self.is_by_day else 20 if self.months == "levantine" and is_rtl() else 15
        return date, min(30, width // 5)

    def one_line_cells(self, row: Summary, width: int, *, is_cursor: bool) -> list[Segment]:
        """A row in one line: its headline, then outlet and date."""
        date_width, meta_width = self.one_line_columns(width)
        paint, role = self.painter, "meta cursor" if is_cursor else "meta"
        gap = paint.blank(2, "cursor" if is_cursor else "")
        meta = paint.field(self.meta(row, shows_date=not date_width), meta_width, role)
        date = row_date(row, int(time.time()), self.months, is_under_day=self.is_by_day)
        beside = [*paint.field(date, date_width, role), gap, *meta] if date_width else meta
        taken = meta_width + 2 + (date_width + 2 if date_width else 0)
        return [*beside, gap, *self.headline_cells(row, width - taken, is_cursor=is_cursor)]

    def empty_line(self, y: int) -> Strip:
        """One line of an empty list: what to do next."""
        width = self.size.width
        first = max(0, self.size.height // 3)
        if first <= y < first + len(self.empty_lines):
            text = self.empty_lines[y - first]
            role = "title" if y == first else "body"
            # A command is written from left to right, but stands below the sentence that names it.
            base = base_of(text)
            at_end = is_rtl() and base == "L"
            field = self.painter.field(text, width - 4, role, base=base, at_end=at_end)
            return strip_of([self.painter.blank(2), *field, self.painter.blank(2)], width)
        return strip_of([self.painter.blank(width)], width)

    # Lines

    def thumb(self) -> range:
        """The lines of the scroll bar's thumb."""
        return self.thumb_at(self.top)

    def thumb_at(self, top: int) -> range:
        """The lines of the thumb with that row at the top of the pane."""
        above, total = self.share or (0, len(self.window.rows))
        return thumb(above + top, self.rows_in_view, total, self.room.height)

    def render_line(self, y: int) -> Strip:
        """One line of the pane: a headline, or the outlet and date below it."""
        width = self.size.width
        paint = self.painter
        if not self.window.rows:
            return self.empty_line(y)
        index, part = self.top + y // self.row_height, y % self.row_height
        if self.is_by_day:
            placed = self.placed()
            index, part = placed[y] if y < len(placed) else (len(self.window.rows), 0)
        if index >= len(self.window.rows):
            return strip_of(in_reading_order([paint.blank(width - 1)], [self.bar(y)]), width)
        return self._row_line(index, part, has_thumb=self.has_thumb(y))

    def _row_line(self, index: int, part: int, *, has_thumb: bool) -> Strip:
        """One line of a row, drawn where it is not kept."""
        row, width = self.window.rows[index], self.size.width
        # The age of a row is told in minutes at least.
        minute = int(time.time()) // 60
        way = (
            width,
            self.row_height,
            self.is_by_day,
            self.months,
            self.matches,
            self.painter.version,
            minute,
        )
        group = group_sign(self.window.under(row), is_under=self.window.is_under(row))
        marked = (index == self.cursor, row.id == self.opened, row.id in self.selected)
        shown = (row, part, marked, self.snippets.get(row.id), group, has_thumb)
        return self._drawn.get(way, shown, lambda: self._draw_row(index, part, has_thumb))

    def _draw_row(self, index: int, part: int, has_thumb: bool) -> Strip:
        row, width = self.window.rows[index], self.size.width
        if part == DAY:
            segments = self.day_cells(row, width - 1)
        elif self.row_height == 1:
            segments = self.one_line_cells(row, width - 1, is_cursor=index == self.cursor)
        elif part == 0:
            segments = self.headline_cells(row, width - 1, is_cursor=index == self.cursor)
        else:
            segments = self.below_cells(row, width - 6)
        return strip_of(in_reading_order(segments, [self.bar_cell(has_thumb=has_thumb)]), width)

    def draw_ahead(self) -> Iterator[Strip]:
        """The rows of the page below, then of the one above; other rows end it."""
        rows = self.window.rows
        height, page = self.room.height, max(1, self.rows_in_view - 1)
        for step in (page, -page):
            top = max(0, min(self.top + step, len(self.window.rows) - 1))
            lit = self.thumb_at(top)
            for y, (index, part) in enumerate(
                lines(self.window.rows, top, height, self.row_height, by_day=self.is_by_day)
            ):
                if self.window.rows is not rows:
                    return
                yield self._row_line(index, part, has_thumb=y in lit)
