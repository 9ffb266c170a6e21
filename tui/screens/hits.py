"""Hits: what a search has found in the bodies, and what its results are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from store import StoreError

from ..i18n import _
from ..messages import StoreChanged, WorkFailed
from ..views import View
from .keeping import Keeping

if TYPE_CHECKING:
    from store import Query

    from ..config import Settings
    from ..reports import SnippetsFound
    from ..widgets.article_list import ArticleList
    from ..widgets.painting import Painter


class Hits(Keeping):
    """Snippets under the rows in sight, facets in the sidebar."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self._snippets_of: Query | None = None
        self._looked_at: set[int] = set()
        self._beginnings = ""

    def rows_shown(self, *, is_first: bool) -> None:
        """Rows of a view are on the screen: see what matched in their bodies, and what they are made of."""
        super().rows_shown(is_first=is_first)
        if self._looks_for_beginnings():
            return
        self._tell_of_beginnings()
        self._look_at_hits()
        if self.sidebar is not None and self.sidebar.display:
            self.sidebar.open_view(self.shown)
            if self.shown.is_search and self.query_of_view is not None:
                self.sidebar.look_through(self.shown, self.query_of_view)
            else:
                self.sidebar.show_views()

    def _looks_for_beginnings(self) -> bool:
        """Where a search finds nothing, look for words that begin as its last one; True where that was begun."""
        from ..typed_query import unfinished

        shown = self.shown
        if not shown.is_search or self.list.window.rows or self.prompt is not None:
            return False
        longer = unfinished(shown.query)
        if longer == shown.query:
            return False
        self._beginnings = longer
        return self.open_view(View(longer, shown.title, is_search=True))

    def _tell_of_beginnings(self) -> None:
        """Say what the rows are, where they came for the beginning of a word; of no rows there is nothing to say."""
        if self._beginnings and self.shown.query == self._beginnings and self.list.window.rows:
            self.tell(_("no such word: these begin with it"))
        self._beginnings = ""

    def _look_at_hits(self) -> None:
        """Ask for the snippets of the rows in sight that were not looked at yet."""
        query = self.query_of_view if self.shown.is_search else None
        if query != self._snippets_of:
            self._snippets_of, self._looked_at = query, set()
            self.list.show_snippets({})
        if query is None or self.list.row_height == 1:
            return
        top, count = self.list.top, self.list.rows_in_view
        rows = self.list.window.rows[max(0, top - count) : top + 2 * count]
        new = tuple(row.id for row in rows if row.id not in self._looked_at)
        if new:
            self._looked_at.update(new)
            self.read_snippets(self.shown, query, new)

    @work(thread=True, group="snippets", exit_on_error=False)
    def read_snippets(self, view: View, query: Query, ids: tuple[int, ...]) -> None:
        """Read what matched in the bodies of some rows."""
        from ..reports import SnippetsFound

        try:
            self.post_message(SnippetsFound(view, self.store.views.snippets(query, ids), ids))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    def on_snippets_found(self, event: SnippetsFound) -> None:
        """Show the snippets."""
        if event.view == self.shown:
            self.list.show_snippets({**self.list.snippets, **event.snippets})

    def on_article_list_cursor_moved(self, _event: ArticleList.CursorMoved) -> None:
        """Other rows may be in sight."""
        if self.shown.is_search:
            self._look_at_hits()

    @on(StoreChanged)
    def _count_again(self) -> None:
        if self.sidebar is not None:
            self.sidebar.store_changed()
