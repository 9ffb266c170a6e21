"""ArticleList: the headlines, one or two lines each, drawn row by row.

A widget of the Line API: it holds a window of rows, paints only those on the
screen, and on a move repaints just the rows that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message

from store import Summary

from ..commands import bindings
from ..i18n import is_rtl
from ..list_lines import DAY, top_for
from ..rows import RowWindow
from .list_rows import ListRows, Spans
from .painting import Painter
from .pointing import row_of, tag_at

if TYPE_CHECKING:
    from store import Snippet

#: A window of rows, the cursor in it, the row at the top of the pane, and the share of the whole.
ListStand = tuple[RowWindow, int, int, tuple[int, int] | None]


def _no_matches(_text: str) -> Spans:
    return ()


class ArticleList(ListRows, can_focus=True):
    """A list of articles with one row under the cursor.

    Tells its screen what happened: the cursor moved, a row was chosen, more
    rows are needed beyond an edge.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    DEFAULT_CSS = """
    ArticleList { height: 1fr; width: 1fr; }
    """

    @dataclass
    class CursorMoved(Message):
        """Another row is under the cursor."""

        row: Summary

    @dataclass
    class RowChosen(Message):
        """The row under the cursor is to be opened."""

        row: Summary

    @dataclass
    class TagChosen(Message):
        """A tag was clicked."""

        tag: str

    @dataclass
    class RowsNeeded(Message):
        """The cursor came near an edge (``below``, ``above``) or asked for an end (``bottom``, ``top``)."""

        side: str

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self.window = RowWindow()
        self.cursor = 0
        self.top = 0
        self.opened: int | None = None
        self.selected: frozenset[int] = frozenset()
        self.matches: Callable[[str], Spans] = _no_matches
        self.months = "common"
        self.density = "auto"
        self.is_by_day = False
        # Whether the first row in sight has the name of its day above it.
        self._is_led = True
        self.empty_lines: tuple[str, ...] = ()
        self.share: tuple[int, int] | None = None
        self.snippets: Mapping[int, Snippet] = {}

    # What is shown

    def show(self, window: RowWindow, *, cursor: int = 0) -> None:
        """Show a window of rows with the cursor on one of them."""
        self.window = window
        self.top, self._is_led = 0, True
        self.cursor = max(0, min(cursor, len(window.rows) - 1))
        self._keep_in_view()
        self.refresh()
        self._tell()
        self.rest()

    def stand(self) -> ListStand:
        """What is shown and where the cursor is, for :meth:`stand_again`."""
        return self.window, self.cursor, self.top, self.share

    def stand_again(self, stand: ListStand) -> None:
        """Show what was shown then, at the same place."""
        self.window, self.cursor, self.top, self.share = stand
        self._keep_in_view()
        self.refresh()
        self._tell()
        self.rest()

    def show_snippets(self, snippets: Mapping[int, Snippet]) -> None:
        """Show under these rows, by article, what of their bodies a search has found."""
        changed = {key for key in {*snippets, *self.snippets} if snippets.get(key) != self.snippets.get(key)}
        self.snippets = snippets
        if self.row_height == 2:
            for index, row in enumerate(
                self.window.rows[self.top : self.top + self.rows_in_view + 1], self.top
            ):
                if row.id in changed:
                    self._refresh_row(index, lines=2)

    def rearrange(self) -> None:
        """Paint everything anew with the cursor in view: the density or the words have changed."""
        self._drawn.clear()
        self._is_led = True
        self._keep_in_view()
        self.refresh()

    def update_window(self, window: RowWindow) -> None:
        """Take another window of the same list: the row under the cursor stays where it is on the screen."""
        row, offset, before = self.current, self.cursor - self.top, self.window.place_of(self.cursor)
        line = self.line_of(self.cursor)
        self.window = window
        if row is not None and window.rows:
            found = window.showing(row.id)
            self.cursor = window.nearest(row.position) if found is None else found
            if self.share is not None:
                self.share = (max(0, self.share[0] + before - window.place_of(self.cursor)), self.share[1])
        else:
            self.cursor = 0
        self.top = max(0, self.cursor - offset)
        self._keep_in_view()
        self._keep_line(line)
        self.refresh()
        self._tell()
        self.rest()

    def _keep_line(self, line: int | None) -> None:
        """Between days their names come and go: the row under the cursor stays on its line all the same."""
        if not self.is_by_day or line is None:
            return
        count, kept = len(self.window.rows), self.top

        def distance(stand: tuple[int, bool]) -> int:
            self.top, self._is_led = stand
            found = self.line_of(self.cursor)
            return abs(found - line) if found is not None else count + line + 1

        tops = range(max(0, kept - 3), min(count, kept + 4))
        self.top, self._is_led = min(
            ((top, is_led) for is_led in (True, False) for top in tops), key=distance, default=(kept, True)
        )

    def update_row(self, row: Summary) -> None:
        """Show a newer reading of one row."""
        index = self.window.showing(row.id)
        if index is not None:
            self.window = self.window.with_row(row)
            self._refresh_row(index, lines=self.row_height)

    def mark_opened(self, article_id: int | None) -> None:
        """Mark the row of the article that is open beside the list."""
        before, self.opened = self.opened, article_id
        for changed in (before, article_id):
            index = self.window.index_of(changed) if changed is not None else None
            if index is not None:
                self._refresh_row(index)

    def select(self, article_ids: frozenset[int]) -> None:
        """Show which rows are selected for an action on many."""
        changed = self.selected ^ article_ids
        self.selected = article_ids
        for index, row in enumerate(self.window.rows):
            if row.id in changed:
                self._refresh_row(index)

    @property
    def current(self) -> Summary | None:
        """The row under the cursor."""
        rows = self.window.rows
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    def line_of(self, index: int) -> int | None:
        """The line of the pane on which a row begins, below the name of its day; None where it is not in sight."""
        if not self.is_by_day:
            y = (index - self.top) * self.row_height
            return y if 0 <= y < self.room.height else None
        return next((y for y, place in enumerate(self.placed()) if place == (index, 0)), None)

    # Moving

    def move_to(self, index: int, scroll: int = 0) -> None:
        """Put the cursor on a row of the window, which scrolls by so many rows; beyond its edges it stops there."""
        rows = self.window.rows
        if not rows:
            return
        before, top = self.cursor, self.top
        self.cursor = max(0, min(index, len(rows) - 1))
        self.top += scroll
        self._keep_in_view()
        self._is_led = self._is_led or self.top != top
        if self.cursor != before:
            self._tell()
        # Once the screen has been told, so that its status line changes in the same frame.
        self.call_later(self._repaint_move, before, top)
        side = self.window.needs(self.cursor)
        if side is not None:
            self.post_message(self.RowsNeeded(side))

    def _repaint_move(self, before: int, top: int) -> None:
        self.rest()
        if self.top != top:
            self.refresh()
        elif self.cursor != before:
            self._refresh_row(before)
            self._refresh_row(self.cursor)

    def _keep_in_view(self) -> None:
        height = max(1, self.room.height)
        self.top = top_for(
            self.window.rows, self.top, self.cursor, height, self.row_height, by_day=self.is_by_day
        )

    def _tell(self) -> None:
        row = self.current
        if row is not None:
            # Straight to the screen, so that its status line changes in the same frame as the row.
            self.screen.post_message(self.CursorMoved(row))

    @property
    def is_at_edge(self) -> bool:
        """Whether the next row is not here yet, up or down."""
        window = self.window
        return (not self.cursor and not window.is_top) or (
            self.cursor >= len(window.rows) - 1 and not window.is_bottom
        )

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: float) -> None:
        """Move by screens; one row of the last screen stays in sight."""
        step = max(1, int((self.rows_in_view - 1) * abs(pages)))
        self.move_to(self.cursor + (step if pages > 0 else -step), scroll=step if pages > 0 else -step)

    def action_end(self, side: str) -> None:
        """Go to the first or last row of the whole list."""
        is_here = self.window.is_top if side == "top" else self.window.is_bottom
        if is_here:
            self.move_to(0 if side == "top" else len(self.window.rows) - 1)
        else:
            self.post_message(self.RowsNeeded(side))

    def action_to_row(self, number: int) -> None:
        """Go to a row by its number in the list, from 1; no further than the rows that are here."""
        self.move_to(number - 1 - (self.share[0] if self.share is not None else 0))

    def begins_count(self, digit: str) -> bool:
        """Whether a digit is the beginning of a count here."""
        return digit != "0"

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        row = self.current
        if row is not None:
            self.post_message(self.RowChosen(row))

    # Mouse

    def go_by_bar(self, y: int) -> None:
        """Go to the row that a line of the scroll bar stands for, as far as rows are here; to the very end at its ends."""
        height, count = self.size.height, len(self.window.rows)
        above, total = self.share or (0, count)
        if not 0 < y < height - 1:
            self.action_end("top" if y <= 0 else "bottom")
        else:
            self.move_to(max(0, min(row_of(y, total, height) - above, count - 1)))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; on the row under the cursor it opens it, on a tag all of that tag."""
        placed = self.placed()
        if event.y >= len(placed) or self.is_on_bar(event.x):
            return
        index, part = placed[event.y]
        tag = self._tag_at(self.window.rows[index], event.x, part) if part != DAY else None
        if tag is not None:
            self.post_message(self.TagChosen(tag))
            return
        if part != DAY and (index == self.cursor or event.chain > 1):
            self.move_to(index)
            self.action_choose()
        else:
            self.move_to(index)

    def _tag_at(self, row: Summary, x: int, part: int) -> str | None:
        """The tag under the mouse in one of the lines of a row."""
        width = self.size.width - 1
        x -= 1 if is_rtl() else 0
        if self.row_height == 1:
            date, beside = self.one_line_columns(width)
            text = self.meta(row, shows_date=not date)
            return tag_at(text, row.tags, beside, x - (date + 2 if date else 0))
        if part == 0 or self.snippets.get(row.id) is not None:
            return None
        return tag_at(self.meta(row), row.tags, width - 5, x)

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel moves three rows."""
        self.move_to(self.cursor + 3)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel moves three rows."""
        self.move_to(self.cursor - 3)

    def on_resize(self) -> None:
        """The row under the cursor stays in view."""
        if not self.is_new_room():
            return
        self._is_led = True
        self._keep_in_view()
        self.refresh()

    # Repainting

    def _refresh_row(self, index: int, lines: int = 1) -> None:
        """Repaint a row; for a move of the cursor its first line is all that changes."""
        y = self.line_of(index)
        if y is not None:
            self.refresh(Region(0, y, self.size.width, lines))

    def set_share(self, above: int, total: int) -> None:
        """Tell how many rows stand above the window's first row, and how many there are in all."""
        if self.share != (above, total):
            self.share = (above, total)
            self.refresh()
