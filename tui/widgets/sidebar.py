"""Sidebar: the views of the archive beside the list, on wide screens; for a search what it found."""

from __future__ import annotations

from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.worker import get_current_worker

from store import Facets, Query, Store, StoreError

from ..view_list import Choice, Tally, base_views, facet_rows, read_views, short_list, tally, view_rows
from ..views import View
from .menu import Menu, MenuRow
from .painting import Painter, strip_of

#: Seconds between a change of the store and the next count: counting must not follow every key.
CALM = 1.5


class Sidebar(Menu):
    """Views with their counts, counted anew when the store has changed and it has been calm for a while."""

    DEFAULT_CSS = "Sidebar { width: 34; height: 1fr; }"

    @dataclass
    class NamesRead(Message):
        """The views by name."""

        choices: tuple[Choice, ...]

    @dataclass
    class Counted(Message):
        """The views were counted."""

        tallies: dict[View, Tally]

    @dataclass
    class FacetsRead(Message):
        """What a search found was looked through."""

        view: View
        facets: Facets

    def __init__(self, painter: Painter, store: Store, months: str) -> None:
        self.choices: list[Choice] = list(base_views())
        self.tallies: dict[View, Tally] = {}
        self.facets: tuple[View, Facets] | None = None
        super().__init__(painter, view_rows(self.choices, self.tallies))
        self.store = store
        self.months = months
        self.opened = View()
        self._calm: Timer | None = None

    def on_mount(self) -> None:
        """Read the names, then count."""
        self.read()

    def store_changed(self) -> None:
        """Count again, once nothing more changes."""
        if self._calm is not None:
            self._calm.stop()
        self._calm = self.set_timer(CALM, self.read)

    @work(thread=True, group="sidebar", exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Read names and counts."""
        worker = get_current_worker()
        try:
            with self.store.views.stoppable(lambda: worker.is_cancelled):
                choices = tuple(short_list(read_views(self.store, self.months)))
                self.post_message(self.NamesRead(choices))
                self.post_message(self.Counted({one.view: tally(self.store, one.view) for one in choices}))
        except StoreError:
            # Given up for a newer look, or the store is busy: the counts of before stay.
            return

    @work(thread=True, group="facets", exclusive=True, exit_on_error=False)
    def look_through(self, view: View, query: Query) -> None:
        """Read what a search found."""
        worker = get_current_worker()
        try:
            with self.store.views.stoppable(lambda: worker.is_cancelled):
                self.post_message(self.FacetsRead(view, self.store.views.facets(query)))
        except StoreError:
            return

    @property
    def shows_cursor(self) -> bool:
        """Only while the keys are here: the list has a cursor of its own."""
        return self.has_focus

    def is_opened(self, row: MenuRow) -> bool:
        """Whether a row is the view in the list."""
        return isinstance(row.value, Choice) and row.value.view.query == self.opened.query

    def open_view(self, view: View) -> None:
        """Mark the view that is in the list."""
        if view != self.opened:
            self.opened = view
            self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def show_views(self) -> None:
        """Show the views, not the facets of a search."""
        if self.facets is not None:
            self.facets = None
            self._show(keep=False)

    def on_sidebar_names_read(self, event: NamesRead) -> None:
        """Show the names."""
        self.choices = list(event.choices)
        self._show()

    def on_sidebar_counted(self, event: Counted) -> None:
        """Show the counts."""
        self.tallies = event.tallies
        self._show()

    def on_sidebar_facets_read(self, event: FacetsRead) -> None:
        """Show what the search found above the views."""
        self.facets = event.view, event.facets
        self._show(keep=False)

    def _show(self, *, keep: bool = True) -> None:
        rows = view_rows(self.choices, self.tallies)
        if self.facets is not None:
            view, facets = self.facets
            rows = [*facet_rows(facets, view.query, self.months), *rows]
        self.show(rows, keep=keep)

    def render_line(self, y: int) -> Strip:
        """A row, and the rule towards the list."""
        strip = super().render_line(y)
        rule = strip_of([self.painter.cells("│", "rule")], 1)
        return Strip.join([rule, strip.crop(1, self.size.width)]) if self.size.width > 1 else strip
