"""FinderScreen: type to find, choose with the arrows and Enter; for commands, views and everything with a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ..i18n import _, number
from ..widgets.line_input import LineInput
from ..widgets.menu import Menu, MenuRow
from ..widgets.painting import Painter
from ..widgets.status_line import StatusLine
from .menus import Heading

if TYPE_CHECKING:
    from ..app import NewsReaderApp

Rows = Callable[[str], Sequence[MenuRow]]


class FinderInput(LineInput):
    """The field of a finder: ↑ and ↓ move in the rows below it."""

    def action_recall(self, direction: int) -> None:
        """Move in the rows."""
        if isinstance(self.screen, FinderScreen):
            self.screen.menu.action_move(direction)


class FinderScreen(Screen[object]):
    """A field with the keys in it, and the rows that fit what is typed; the value of one is the result.

    ``rows`` gives the rows for a text. A screen that learns more later calls :meth:`refill`.
    """

    DEFAULT_CSS = "FinderScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS: ClassVar[str | None] = "FinderInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1.0)", show=False),
        Binding("pageup", "page(-1.0)", show=False),
        Binding("escape", "leave", show=False),
    ]

    app: NewsReaderApp

    def __init__(
        self,
        painter: Painter,
        title: str,
        rows: Rows,
        *,
        placeholder: str = "",
        empty: str = "",
        typed: str = "",
    ) -> None:
        super().__init__()
        self.rows_for = rows
        self.heading = Heading(painter, title)
        self.field = FinderInput(typed, placeholder=placeholder or _("type to find"), painter=painter)
        self.menu = Menu(painter, rows(typed))
        self.menu.empty_text = empty or _("nothing of that name")
        self.status = StatusLine(painter)

    def compose(self) -> ComposeResult:
        """Heading, field, rows, status line."""
        yield self.heading
        yield self.field
        yield self.menu
        yield self.status

    def on_mount(self) -> None:
        """Say how many there are, and the keys."""
        self._tell()
        self.status.tell_hints((("Enter", _("choose")), ("↑↓", _("move")), ("Esc", _("back"))))

    def _tell(self) -> None:
        count = sum(row.is_choosable for row in self.menu.rows)
        self.status.tell_place(number(count) if count else _("empty"))

    def refill(self) -> None:
        """Ask for the rows again; the cursor stays on its row."""
        self.menu.show(self.rows_for(self.field.value), keep=True)
        self._tell()

    @on(LineInput.Changed)
    def _typed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.menu.show(self.rows_for(event.value))
        self._tell()
        self.typed(event.value)

    def typed(self, text: str) -> None:
        """Other text is in the field, and its rows are shown; screens built on this may look for more."""

    @on(LineInput.Submitted)
    def _submitted(self, event: LineInput.Submitted) -> None:
        event.stop()
        self.menu.action_choose()

    @on(LineInput.Cancelled)
    def _cancelled(self, event: LineInput.Cancelled) -> None:
        event.stop()
        self.dismiss(None)

    @on(Menu.Chosen)
    def _chosen(self, event: Menu.Chosen) -> None:
        event.stop()
        self.dismiss(event.row.value)

    def action_page(self, pages: float) -> None:
        """Move by screens."""
        self.menu.action_page(pages)

    def action_leave(self) -> None:
        """Back, with nothing chosen."""
        self.dismiss(None)
