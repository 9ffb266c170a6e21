"""Entries: articles to choose from, each a headline with a row about it below; read from the right.

The rows hold Arabic headlines, so they begin at the right in either language
of the interface, as the list of articles does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from ..commands import bindings
from ..menu_rows import MenuRow
from ..text import base_of
from .menu import Menu
from .painting import Painter, strip_of


class Entries(Menu):
    """A menu of headlines; a row without a value belongs to the one above it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("entries")

    @dataclass
    class Unfolded(Message):
        """What is folded under a row is to be shown, or folded again."""

        row: MenuRow

    def __init__(self, painter: Painter, rows: Sequence[MenuRow] = ()) -> None:
        super().__init__(painter, rows)
        self.foldable: frozenset[object] = frozenset()

    def action_unfold(self) -> None:
        """Unfold or fold the row under the cursor; where nothing is folded, the next page."""
        row = self.current
        if row is not None and row.value in self.foldable:
            self.post_message(self.Unfolded(row))
        else:
            self.action_page(1.0)

    def _keep_in_view(self) -> None:
        """Keep the headings above the cursor and the rows about it below in view, if there is room."""
        super()._keep_in_view()
        last = self.cursor
        while last + 1 < len(self.rows) and self.rows[last + 1].role == "meta":
            last += 1
        height = max(1, self.size.height)
        self.top = min(max(self.top, last - height + 1), self.cursor)

    def render_line(self, y: int) -> Strip:
        """One row, from right to left: indent, text, detail."""
        index = self.top + y
        if index >= len(self.rows):
            return super().render_line(y)
        row, width, paint = self.rows[index], self.size.width, self.painter
        tail = "cursor" if index == self.cursor and row.is_choosable else ""
        detail_width = min(len(row.detail), width // 2)
        detail = paint.field(row.detail, detail_width, f"meta {tail}".strip(), base=base_of(row.detail))
        room = width - 2 - row.indent - sum(segment.cell_length for segment in detail)
        gap = 2 if detail else 0
        segments = [
            paint.blank(1, tail),
            *detail,
            paint.blank(gap, tail),
            *paint.field(row.text, room - gap, f"{row.role} {tail}".strip(), row.spans),
            paint.blank(1 + row.indent, tail),
        ]
        return strip_of(segments, width)
