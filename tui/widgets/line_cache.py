"""LineCache: the lines of a widget that draws all of its cells itself, kept until it asks to be painted anew.

Textual lays border, padding, tint and background of a style sheet around and under every line it is given;
the panes here have none of these, and their palettes know the ground of every cell. What is left of those steps
for one page of a list takes longer than drawing it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from textual._styles_cache import StylesCache
from textual.geometry import Size
from textual.widget import Widget

from ..screen_memory import prepare

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip
    from textual.timer import Timer


#: Seconds between two turns of drawing ahead, turns after a key that are left out, and seconds that one may take.
TURN_SECONDS, TURNS_OF_REST, TURN_WORK = 0.008, 3, 0.002


class LineCache(StylesCache):
    """Takes the place of Textual's cache in a widget: strips as ``render_line`` gives them, by line."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The strips of the lines of a region of the widget, drawn where they are not kept."""
        width = widget.size.width
        if width != self._width:
            self.clear()
            self._width = width
        kept, dirty = self._cache, self._dirty_lines
        lines = [y for y in crop.line_range if y in dirty or y not in kept]
        if lines:
            with widget.drawing() if isinstance(widget, DrawnWidget) else nullcontext():
                kept.update((y, widget.render_line(y)) for y in lines)
        strips = [kept[y] for y in crop.line_range]
        dirty.difference_update(crop.line_range)
        if filters := widget.get_line_filters():
            _base, ground = widget.background_colors
            for one in filters:
                strips = [strip.apply_filter(one, ground) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips


class DrawnLines:
    """Strips by what they show, as long as nothing else changes of which they depend.

    A row that comes into sight again, or was drawn while nothing else was to be done, is not drawn anew.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._way: Hashable = None
        self._strips: dict[Hashable, Strip] = {}

    def get(self, way: Hashable, shown: Hashable, draw: Callable[[], Strip]) -> Strip:
        """The strip for what is shown, in one way of drawing: in another one nothing holds that was drawn before."""
        if way != self._way:
            self._strips.clear()
            self._way = way
        # The strip asked for last is the last one to be let go.
        found = self._strips.pop(shown, None) or draw()
        self._strips[shown] = found
        if len(self._strips) > self._limit:
            del self._strips[next(iter(self._strips))]
        return found

    def clear(self) -> None:
        """Forget all strips."""
        self._strips.clear()


class DrawnWidget(Widget):
    """A widget that is nothing but the lines it draws."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._styles_cache = LineCache()
        self._drawn_size: Size | None = None
        self._turns: Timer | None = None
        self._turns_to_wait = 0
        self._ahead: Iterator[Strip] | None = None
        #: The room it will have when it is shown again.
        self.awaited_room = Size()
        self._known_room = Size()

    @property
    def size(self) -> Size:
        """The cells of the widget; nothing while it is hidden."""
        return super().size if self._drawn_size is None else self._drawn_size

    @property
    def room(self) -> Size:
        """The cells of the widget, or while it is hidden those it will have: what stands where is known before it is shown."""
        return self.size or self.awaited_room

    def is_new_room(self) -> bool:
        """Whether the room is another one than when this was asked last."""
        before, self._known_room = self._known_room, self.room
        return before != self._known_room

    # Drawing ahead

    def draw_ahead(self) -> Iterator[Strip]:
        """Draw into its own store what may be wanted next, and give it line by line."""
        return iter(())

    def rest(self) -> None:
        """Draw ahead once nothing has been asked for a while."""
        if self._turns is None:
            self._turns = self.set_interval(TURN_SECONDS, self._take_turn, pause=True)
        self._ahead, self._turns_to_wait = None, TURNS_OF_REST
        self._turns.resume()

    def _take_turn(self) -> None:
        """Draw for so short a time that no key waits noticeably."""
        if self._turns_to_wait:
            self._turns_to_wait -= 1
            return
        ahead = self._ahead = self._ahead or self.draw_ahead()
        end = time.perf_counter() + TURN_WORK
        with self.drawing():
            for strip in ahead:
                prepare(strip)
                if time.perf_counter() > end:
                    return
        if self._turns is not None:
            self._turns.pause()

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """While lines are drawn the size, which each of them asks for and Textual has to look up, stays what it is."""
        self._drawn_size = super().size
        try:
            yield
        finally:
            self._drawn_size = None
