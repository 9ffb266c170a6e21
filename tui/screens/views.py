"""The switcher of views: every view by name, found by typing, with counts that come as they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from store import Store, StoreError

from ..i18n import _
from ..view_list import Choice, Tally, base_views, narrowed, read_views, tally, view_rows
from ..views import View
from ..widgets.menu import Menu, MenuRow
from ..widgets.painting import Painter
from .finder import FinderScreen

#: Counts are shown together, so many at a time.
_TOGETHER = 8
#: Shortest text for which the store is asked for more names.
_SHORTEST = 2


class ViewsScreen(FinderScreen):
    """All views; the result is a Choice."""

    @dataclass
    class NamesRead(Message):
        """Views were found by name."""

        choices: tuple[Choice, ...]
        is_all: bool

    @dataclass
    class Counted(Message):
        """Some views were counted."""

        tallies: dict[View, Tally]

    #: Enter waits for the names that begin as typed.
    awaited = frozenset({"names"})

    def __init__(self, painter: Painter, store: Store, months: str = "common", typed: str = "") -> None:
        self.choices: tuple[Choice, ...] = base_views()
        self.tallies: dict[View, Tally] = {}
        super().__init__(painter, _("Views"), self._rows, empty=_("no view of that name"), typed=typed)
        self.store = store
        self.months = months

    def _rows(self, typed: str) -> list[MenuRow]:
        return view_rows(self.choices, self.tallies, typed)

    def on_mount(self) -> None:
        """Read the names; the first rows stand there already."""
        self.read_names("")
        self.count_shown()

    @work(thread=True, group="names", exclusive=True, exit_on_error=False)
    def read_names(self, typed: str) -> None:
        """Read the names of views: all, or those that begin as typed."""
        try:
            found = narrowed(self.store, typed) if typed else read_views(self.store, self.months)
        except StoreError:
            return
        self.post_message(self.NamesRead(found, is_all=not typed))

    @on(NamesRead)
    def _names_read(self, event: NamesRead) -> None:
        known = {choice.view.query for choice in self.choices}
        new = tuple(choice for choice in event.choices if choice.view.query not in known)
        self.choices = event.choices if event.is_all else (*self.choices, *new)
        if new or event.is_all:
            self.refill()
            self.count_shown()

    def count_shown(self) -> None:
        """Count what stands on the screen and is not counted yet."""
        top, height = self.menu.top, max(self.menu.size.height, 20)
        near = self.menu.rows[top : top + height]
        wanted = [row.value.view for row in near if isinstance(row.value, Choice)]
        missing = [view for view in wanted if view not in self.tallies]
        if missing:
            self.count(missing)

    @work(thread=True, group="counts", exclusive=True, exit_on_error=False)
    def count(self, views: Sequence[View]) -> None:
        """Count views one after another, until others are wanted."""
        worker = get_current_worker()
        counted: dict[View, Tally] = {}
        for view in views:
            try:
                with self.store.views.stoppable(lambda: worker.is_cancelled):
                    counted[view] = tally(self.store, view)
            except StoreError:
                if worker.is_cancelled:
                    break
            if len(counted) >= _TOGETHER:
                self.post_message(self.Counted(counted))
                counted = {}
        if counted:
            self.post_message(self.Counted(counted))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self.tallies.update(event.tallies)
        self.refill()

    @on(Menu.Moved)
    def _moved(self) -> None:
        self.count_shown()

    def typed(self, text: str) -> None:
        """Look for names that are not in the list yet, and count what is shown."""
        if len(text.strip()) >= _SHORTEST:
            self.read_names(text.strip())
        self.count_shown()
