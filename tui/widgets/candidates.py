"""Candidates: the lines that could be meant, one below the other above the field in which they are typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from ..i18n import _, is_rtl, number
from ..text import Base, base_of, one_line
from .line_cache import DrawnWidget
from .line_history import Completing
from .painting import Painter, in_reading_order, strip_of

#: Rows shown at once; no more than a third of the screen.
ROWS = 8


class Candidates(DrawnWidget):
    """A list that is there while there is a choice; a bar tells where in it one is, the row in the field is marked."""

    DEFAULT_CSS = "Candidates { height: auto; width: 1fr; display: none; }"

    @dataclass
    class Chosen(Message):
        """A row was clicked."""

        place: int

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.choice: Completing | None = None
        self.pieces: tuple[str, ...] = ()
        self.top = 0
        self._indent = 0

    def show(self, choice: Completing | None, *, indent: int = 0) -> None:
        """Show what there is to choose from, ``indent`` cells in; a single line or none shows nothing."""
        before = self.choice
        self.choice = choice if choice is not None and len(choice.lines) > 1 else None
        self.display = self.choice is not None
        if self.choice is None:
            return
        if before is None or before.lines != self.choice.lines:
            self.pieces, self.top = self.choice.pieces, 0
            self._indent = indent + self._place_of_word(self.choice)
            self.refresh(layout=True)
        height = self._rows()
        self.top = max(self.choice.place - height + 1, min(self.top, self.choice.place))
        self.refresh()

    def _place_of_word(self, choice: Completing) -> int:
        """Cells of the field before what differs, where it begins at the same side as the rows."""
        before = choice.lines[0][: choice.shared]
        if any(char.isalpha() for char in before) and (base_of(before) == "R") != is_rtl():
            return 0
        return one_line(before, 2 * len(before) + 1, self._base()).width

    def _rows(self) -> int:
        return max(1, min(len(self.pieces), ROWS, self.screen.size.height // 3))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """The bar, and a row for each as far as there is room."""
        return self._rows() + 1

    def on_click(self, event: events.Click) -> None:
        """A click puts the row into the field."""
        event.stop()
        place = self.top + event.y - 1
        if event.y and place < len(self.pieces):
            self.post_message(self.Chosen(place))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the rows."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the rows."""
        event.stop()
        self._scroll(-3)

    def _scroll(self, rows: int) -> None:
        self.top = max(0, min(self.top + rows, len(self.pieces) - self._rows()))
        self.refresh()

    @staticmethod
    def _base() -> Base:
        return "R" if is_rtl() else "L"

    def render_line(self, y: int) -> Strip:
        """The bar, or one candidate where it would stand in the field."""
        width = self.size.width
        paint, base = self.painter, self._base()
        place = self.top + y - 1
        if self.choice is None or place >= len(self.pieces):
            return strip_of([paint.blank(width)], width)
        edge = paint.blank(1, "status")
        if y == 0:
            told = _("{place} of {total}").format(
                place=number(self.choice.place + 1), total=number(len(self.pieces))
            )
            return strip_of(
                [edge, *paint.field(told, width - 2, "status", base=base, at_end=True), edge], width
            )
        role = "base cursor" if place == self.choice.place else "base"
        indent = max(0, min(self._indent, width - 20))
        segments = in_reading_order(
            [paint.blank(indent)],
            paint.field(self.pieces[place], width - indent, role, base=base),
        )
        return strip_of(segments, width)
