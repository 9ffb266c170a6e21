"""EntriesScreen: a screen of headlines to choose from, filled by a worker, narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen

from store import Store

from ..commands import bindings
from ..i18n import _, is_rtl, number
from ..menu_rows import MenuRow
from ..widgets.entries import Entries
from ..widgets.line_input import LineInput
from ..widgets.menu import Menu
from ..widgets.painting import Painter
from ..widgets.status_line import StatusLine
from ..writing import MARKS
from .menus import Heading, holds

if TYPE_CHECKING:
    from ..app import NewsReaderApp


class EntriesScreen(Screen[object]):
    """A heading, headlines, the status line. The value of the row chosen is the screen's result."""

    DEFAULT_CSS = "EntriesScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS: ClassVar[str | None] = "Entries"
    BINDINGS: ClassVar[list[BindingType]] = bindings("entries-screen")
    #: What is typed before the headlines are there is meant for them.
    awaited = frozenset({"read"})

    @dataclass
    class Failed(Message):
        """What the screen shows could not be read; one line says why."""

        reason: str

    app: NewsReaderApp

    def __init__(self, painter: Painter, title: str, *, empty: str) -> None:
        super().__init__()
        self.painter = painter
        self.rows: tuple[MenuRow, ...] = ()
        self.empty_text = empty
        self.heading = Heading(painter, title)
        self.entries = Entries(painter)
        self.entries.empty_text = _("one moment…")
        self.status = StatusLine(painter)
        self.field = LineInput("", placeholder=_("narrow the list"), painter=painter)
        self.field.display = False

    @property
    def store(self) -> Store:
        """The store of the app."""
        return self.app.store

    def compose(self) -> ComposeResult:
        """Heading, narrowing field, headlines, status line."""
        yield self.heading
        yield self.field
        yield self.entries
        yield self.status

    def on_mount(self) -> None:
        """Say the keys."""
        self.status.tell_hints(self.hints())

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here, with their words."""
        return (("Enter", _("choose")), ("/", _("narrow")), ("→" if is_rtl() else "Esc", _("back")))

    def show(self, rows: Sequence[MenuRow], *, at: object = None) -> None:
        """Show rows, the cursor on the value ``at`` or where it was."""
        self.rows = tuple(rows)
        self.entries.empty_text = self.empty_text
        self.entries.show(self._wanted(), keep=True)
        if at is not None:
            index = next((i for i, row in enumerate(self.entries.rows) if row.value == at), None)
            if index is not None:
                self.entries.move_to(index)
        self.tell_place()

    def tell_place(self) -> None:
        """Say on which of how many headlines the cursor stands."""
        values = [row.value for row in self.entries.rows if row.is_choosable]
        current = self.entries.current
        if not values or current is None or current.value not in values:
            self.status.tell_place(_("empty") if self.rows else "")
            return
        place = _("{place} of {total}")
        self.status.tell_place(
            place.format(place=number(values.index(current.value) + 1), total=number(len(values)))
        )

    def tell(self, notice: str, *, is_error: bool = False) -> None:
        """Say what happened."""
        self.status.tell(notice, is_error=is_error)

    def write(self, change: Callable[[], Message | None]) -> None:
        """Write to the store, also where this screen is left before; then the panes are told what failed."""
        self.app.writes.put(self, change, self.Failed, self.app.screen_stack[0], kind=MARKS)

    @property
    def chosen_article(self) -> int | None:
        """The article of the row under the cursor."""
        current = self.entries.current
        return current.value if current is not None and isinstance(current.value, int) else None

    # Narrowing

    def action_narrow(self) -> None:
        """Narrow to the headlines that hold what is typed."""
        self.field.display = True
        self.field.focus()

    def _wanted(self) -> list[MenuRow]:
        return narrowed(self.rows, self.field.value) if self.field.display else list(self.rows)

    @on(LineInput.Changed)
    def _typed(self) -> None:
        self.entries.show(self._wanted(), keep=True)
        self.tell_place()

    @on(LineInput.Submitted)
    def _narrowed(self) -> None:
        self.entries.focus()

    @on(LineInput.Cancelled)
    def _widened(self) -> None:
        self.field.display = False
        self.entries.show(self.rows, keep=True)
        self.entries.focus()
        self.tell_place()

    # Choosing

    @on(Menu.Moved)
    def _moved(self) -> None:
        self.tell_place()

    @on(Menu.Chosen)
    def _chosen(self, event: Menu.Chosen) -> None:
        self.choose(event.row)

    def choose(self, row: MenuRow) -> None:
        """Leave with what the row stands for."""
        self.dismiss(row.value)

    def action_leave(self) -> None:
        """Back, with nothing chosen."""
        self.dismiss(None)

    def open_over(self, screen: Screen[object]) -> None:
        """Open another screen over this one; what is chosen there is chosen here as well."""

        def leave(value: object) -> None:
            if value is not None:
                self.dismiss(value)

        self.app.push_screen(screen, leave)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.entries.empty_text = event.reason
        self.entries.refresh()
        self.tell(event.reason, is_error=True)


def narrowed(rows: Sequence[MenuRow], typed: str) -> list[MenuRow]:
    """The headlines that hold what was typed, in any spelling, with the rows about them and their headings."""
    if not typed.strip():
        return list(rows)
    kept: list[MenuRow] = []
    headings: list[MenuRow] = []
    groups = _groups(rows)
    for group in groups:
        if not group[0].is_choosable:
            headings = [*headings, group[0]] if headings and headings[-1].role == "title" else [group[0]]
        elif any(holds(row, typed) for row in (group[0], *_as_choosable(group[1:]))):
            kept += [*headings, *group]
            headings = []
    return kept


def _groups(rows: Sequence[MenuRow]) -> list[list[MenuRow]]:
    """Each headline with the rows about it; each heading by itself."""
    groups: list[list[MenuRow]] = []
    for row in rows:
        if groups and row.role == "meta" and not row.is_choosable:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _as_choosable(rows: Sequence[MenuRow]) -> list[MenuRow]:
    return [MenuRow(row.text, row.detail, value=True) for row in rows]
