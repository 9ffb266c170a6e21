"""Menu: a list of things to choose from, with headings, drawn row by row.

Tags, related articles, help, the palette and the switcher of views are all
menus; what a row stands for is its ``value``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from ..commands import bindings
from ..i18n import is_rtl
from ..menu_rows import MenuRow as MenuRow
from ..presentation import opened_sign
from ..text import Base
from .painting import Painter, in_reading_order, strip_of
from .pointing import row_of, thumb
from .scroll_bar import WithBar


class Menu(WithBar, can_focus=True):
    """Rows of which those with a value can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("menu")
    DEFAULT_CSS = """
    Menu { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Chosen(Message):
        """A row was chosen."""

        menu: Menu
        row: MenuRow

    @dataclass
    class Moved(Message):
        """Another row is under the cursor."""

        menu: Menu
        row: MenuRow

    def __init__(self, painter: Painter, rows: Sequence[MenuRow] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self.rows: tuple[MenuRow, ...] = tuple(rows)
        self.empty_text = ""
        self.top = 0
        self.cursor = self._choosable(0, 1)

    def show(self, rows: Sequence[MenuRow], *, keep: bool = False) -> None:
        """Show other rows; with ``keep`` the cursor stays on the same value where it is still there."""
        before, shown, top = self.current, self.rows, self.top
        self.rows = tuple(rows)
        same = None
        if keep and before is not None and before.value is not None:
            same = next((i for i, row in enumerate(self.rows) if row.value == before.value), None)
        moved = self.cursor - self.top
        self.cursor = self._choosable(0, 1) if same is None else same
        # Rows may have changed places: no room is left below the last of them.
        lowest = max(0, len(self.rows) - max(1, self.size.height))
        self.top = 0 if same is None else min(max(0, same - moved), lowest)
        self._keep_in_view()
        if self.top != top or _detail_width(shown) != _detail_width(self.rows):
            self.refresh()
            return
        for y in range(self.size.height):
            index = self.top + y
            if shown[index : index + 1] != self.rows[index : index + 1]:
                self.refresh(Region(0, y, self.size.width, 1))
        if before != self.current:
            self.refresh()

    @property
    def current(self) -> MenuRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def shows_cursor(self) -> bool:
        """Whether the row under the cursor is to be told from the others."""
        return True

    def is_opened(self, row: MenuRow) -> bool:
        """Whether a row stands for what is open beside the menu; it has a sign then."""
        return False

    def _choosable(self, index: int, step: int) -> int:
        """The nearest row from ``index`` in that direction (then the other) that can be chosen."""
        count = len(self.rows)
        for direction in (step, -step):
            for candidate in range(max(0, min(index, count - 1)), count if direction > 0 else -1, direction):
                if 0 <= candidate < count and self.rows[candidate].is_choosable:
                    return candidate
        return 0

    def move_to(self, index: int, step: int = 1) -> None:
        """Put the cursor on a row, or on the next that can be chosen."""
        if not self.rows:
            return
        before, top = self.cursor, self.top
        self.cursor = self._choosable(index, step)
        self._keep_in_view()
        if self.top != top:
            self.refresh()
        elif before != self.cursor:
            for changed in (before, self.cursor):
                self.refresh(Region(0, changed - self.top, self.size.width, 1))
        if before != self.cursor and self.current is not None:
            self.post_message(self.Moved(self, self.current))

    def _keep_in_view(self) -> None:
        height = max(1, self.size.height)
        first = self.cursor
        while first > 0 and not self.rows[first - 1].is_choosable:
            first -= 1
        self.top = max(0, min(max(self.top, self.cursor - height + 1), first))

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        self.move_to(self.cursor + rows, 1 if rows > 0 else -1)

    def action_page(self, pages: float) -> None:
        """Move by screens."""
        step = max(1, int((self.size.height - 1) * abs(pages)))
        self.move_to(self.cursor + (step if pages > 0 else -step), 1 if pages > 0 else -1)

    def action_end(self, side: str) -> None:
        """Go to the first or last row."""
        self.move_to(0 if side == "top" else len(self.rows) - 1, 1 if side == "top" else -1)

    def action_to_row(self, number: int) -> None:
        """Go to a row by its number among those that can be chosen, from 1."""
        choosable = [index for index, row in enumerate(self.rows) if row.is_choosable]
        if choosable:
            self.move_to(choosable[max(0, min(number, len(choosable)) - 1)])

    def begins_count(self, digit: str) -> bool:
        """Whether a digit is the beginning of a count here."""
        return digit != "0" and digit not in self.screen.active_bindings

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.current is not None and self.current.is_choosable:
            self.post_message(self.Chosen(self, self.current))

    def go_by_bar(self, y: int) -> None:
        """Go to the row that a line of the scroll bar stands for."""
        index = row_of(y, len(self.rows), self.size.height)
        self.move_to(index, 1 if index >= self.cursor else -1)

    def thumb(self) -> range:
        """The lines of the scroll bar's thumb."""
        height = self.size.height
        return thumb(self.top, height, len(self.rows), height)

    def on_click(self, event: events.Click) -> None:
        """A click chooses a row."""
        if self.is_on_bar(event.x):
            return
        index = self.top + event.y
        if index < len(self.rows) and self.rows[index].is_choosable:
            self.move_to(index)
            self.action_choose()

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel moves three rows."""
        self.action_move(3)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel moves three rows."""
        self.action_move(-3)

    def on_resize(self) -> None:
        """The row under the cursor stays in view."""
        if self.rows:
            self._keep_in_view()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row: text at the beginning of the line, detail at its end."""
        width = self.size.width
        paint = self.painter
        index = self.top + y
        if not self.rows and y == 1 and self.empty_text:
            return strip_of(
                [paint.blank(2), *paint.field(self.empty_text, width - 4, "meta"), paint.blank(2)], width
            )
        if index >= len(self.rows):
            return strip_of([paint.blank(width)], width)
        row = self.rows[index]
        tail = "cursor" if index == self.cursor and row.is_choosable and self.shows_cursor else ""
        sign = opened_sign() if row.is_choosable and self.is_opened(row) else " "
        role = f"{row.role} {tail}".strip()
        # A row without a detail of its own has the whole line.
        detail_width = min(max(0, width // 2 - 4), _detail_width(self.rows)) if row.detail else 0
        gap = 2 if detail_width else 0
        text_width = width - 4 - row.indent - gap - detail_width
        base: Base = "R" if is_rtl() else "L"
        segments = in_reading_order(
            [paint.cells(sign, tail), paint.blank(1 + row.indent, tail)],
            paint.field(row.text, text_width, role, row.spans, row.base),
            [paint.blank(gap, tail)],
            paint.field(row.detail, detail_width, f"meta {tail}".strip(), base=base, at_end=True),
            [paint.blank(1, tail)],
            [self.bar(y, tail)],
        )
        return strip_of(segments, width)


def _detail_width(rows: Sequence[MenuRow]) -> int:
    """Room the longest detail of these rows asks for, in code points."""
    return max((len(row.detail) for row in rows), default=0)
