"""WithBar: a scroll bar in the last column of a widget that paints its own rows; the mouse moves along it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.segment import Segment
from textual import events

from ..i18n import is_rtl
from .line_cache import DrawnWidget
from .painting import Painter
from .pointing import bar_column

#: The thumb at the right edge, and (True) at the left one: on the side of the text.
_THUMB = {True: "▐", False: "▌"}


class WithBar(DrawnWidget):
    """For widgets that tell by :meth:`thumb` which lines of the bar are marked, and go where it is pressed."""

    painter: Painter
    _drawn_thumb: range | None = None

    def thumb(self) -> range:
        """The lines of the thumb; empty where all rows are in sight."""
        raise NotImplementedError

    def go_by_bar(self, y: int) -> None:
        """Go to what a line of the bar stands for; ``y`` may be outside."""
        raise NotImplementedError

    def is_on_bar(self, x: int) -> bool:
        """Whether a column is that of the bar, while there is one."""
        return x == bar_column(self.size.width) and bool(self.thumb())

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """While lines are drawn the thumb stays where it is."""
        with super().drawing():
            self._drawn_thumb = self.thumb()
            try:
                yield
            finally:
                self._drawn_thumb = None

    def has_thumb(self, y: int) -> bool:
        """Whether a line of the bar belongs to the thumb."""
        return y in (self.thumb() if self._drawn_thumb is None else self._drawn_thumb)

    def bar(self, y: int, role: str = "") -> Segment:
        """The cell of the bar in a line; in ``role`` beside the thumb."""
        return self.bar_cell(role, has_thumb=self.has_thumb(y))

    def bar_cell(self, role: str = "", *, has_thumb: bool) -> Segment:
        """The cell of the bar, with the thumb or without."""
        return self.painter.cells(_THUMB[is_rtl()], "rule") if has_thumb else self.painter.blank(1, role)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """On the bar: go there, and follow the mouse."""
        if self.is_on_bar(event.x):
            self.capture_mouse()
            self.go_by_bar(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse along the bar."""
        if self.app.mouse_captured is self:
            self.go_by_bar(event.y)

    def on_mouse_up(self) -> None:
        """Let go of the bar."""
        self.release_mouse()
