"""Listing: views of the archive, their rows fetched in stretches by workers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import Worker, WorkerState, get_current_worker

from store import QueryError, StoreError, Summary

from ..fetching import is_ordered, is_same, read_window
from ..i18n import _, counted, number
from ..messages import RowsCounted, RowsLoaded, StoreChanged, WorkFailed
from ..rows import CHUNK, RowWindow
from ..told_errors import told_error
from ..views import View, order_words
from ..widgets.article_list import ArticleList, ListStand
from ..widgets.painting import Painter
from .panes import Panes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store import Query

    from ..config import Settings

#: Counts are exact up to here, and "more than" beyond.
COUNTED = 100_000
#: What is read because a key asked for it.
_LEADING = frozenset({"article", "story", "bulk", "giving", "session"})
#: Seconds between looks whether another process has written.
WATCH_SECONDS = 1.0


class Listing(Panes):
    """The list pane and the stack of views shown in it."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self.views: list[View] = [View("", _("All"))]
        # Where one stood in each view left for another: what its list showed, and its query.
        self.places: list[tuple[ListStand, Query | None]] = []
        self.query_of_view: Query | None = None
        self.cursor_at_start = 0
        # The query whose matches are marked, and whether those of a find in the article stand in their place.
        self._marked: Query | None = None
        self.is_finding = False
        # How many muted articles the view leaves out.
        self.muted = 0
        # The rows that were asked for last and have not come ("" for none), and whether they will be too old then.
        self._awaited: tuple[View, str] = (self.views[0], "")
        # The search whose hits were shown as it was typed: the same rows come again when it is sent,
        # unless its last word was not finished.
        self.hits_of: View | None = None
        self.are_hits_final = False
        self._is_outdated = False
        self._loading: Worker[None] | None = None

    def row_left(self) -> int | None:
        """The id of the row that was under the cursor when the reader was left; rooms built on this know it."""
        return None

    def on_mount(self) -> None:
        """Show everything, newest first: the first rows in the first frame, all else after it."""
        self._data_version = self.store.data_version()
        rows = self.store.newest(CHUNK)
        self.list.empty_lines = self.empty_lines()
        window = RowWindow(rows, is_top=True, is_bottom=len(rows) < CHUNK)
        self.cursor_at_start = window.index_of(self.row_left() or 0) or 0
        self.list.show(window, cursor=self.cursor_at_start)
        total = len(rows) if len(rows) < CHUNK else self.store.quick_size()
        if total is not None:
            # With the first picture: another one for a number would be the last of the start.
            self.list.set_share(0, min(total, COUNTED + 1))
            self.muted = self.store.muted()
        else:
            self.count_rows(self.shown, None, self.list.window)
        self.tell_place()
        self.set_interval(WATCH_SECONDS, self._watch)

    @property
    def shown(self) -> View:
        """The view in the list."""
        return self.views[-1]

    @property
    def awaited(self) -> frozenset[str]:
        """The groups of workers that keys wait for: what is asked for by a key, and is not there for the next."""
        return _LEADING | {"rows"} if self._lacks_rows() else _LEADING

    def _lacks_rows(self) -> bool:
        """Whether keys are meant for rows on their way: of a view just opened, of an end, or beyond an edge one stands at."""
        view, side = self._awaited
        if view != self.shown:
            return False
        if side == "below":
            return self.list.cursor >= len(self.list.window.rows) - 1
        return (
            side in ("top", "bottom")
            or (side == "above" and not self.list.cursor)
            or (side == "start" and not (view == self.hits_of and self.are_hits_final))
        )

    # Views

    def open_view(self, view: View, *, is_narrower: bool = False) -> bool:
        """Show another view; a query that cannot be read is told with its place, and nothing changes.

        A search takes the place of the one before, unless it ``is_narrower``: then one goes back to that.
        """
        try:
            query = self.store.parse(view.query)
        except QueryError as error:
            self.tell(f"{_('This search cannot be read')}: {error}", is_error=True)
            return False
        if self.shown.is_search and view.is_search and not is_narrower:
            self.views.pop()
        else:
            self.places.append((self.list.stand(), self.query_of_view))
        self.views.append(view)
        self._show_query(query)
        return True

    def leave_view(self) -> bool:
        """Go back to the view before; False at the first."""
        if len(self.views) == 1:
            return False
        self.views.pop()
        stand, query = self.places.pop()
        self.query_of_view = query
        self._mark_matches(query)
        self.list.stand_again(stand)
        self._load("fresh")
        self.tell_place()
        return True

    def _show_query(self, query: Query | None) -> None:
        self.query_of_view = query
        self._mark_matches(query)
        self.list.share = None
        self.muted = 0
        self._load("start")

    def _mark_matches(self, query: Query | None) -> None:
        """Mark in list and article what a search found; in other views nothing."""
        from store import Part, matches

        marked = query if self.shown.is_search else None
        if marked != self._marked:
            self._marked, self.is_finding = marked, False
            self.view.forget_match()
        self.list.matches = lambda text: matches(marked, text, Part.TITLE) if marked is not None else ()
        if not self.is_finding:
            self._mark_article()

    def _mark_article(self) -> None:
        from store import Part, matches

        marked = self._marked
        if marked is None:
            self.view.matches = lambda _block: ()
            return
        # What stands around the article, as links and tags, is not what was searched.
        self.view.matches = lambda block: matches(marked, block.text, Part(block.part)) if block.part else ()

    def match_words(self) -> str:
        """Which match one stands at, or nothing."""
        found = self.view.match_place
        if found is None:
            return ""
        return _("match {place} of {total}").format(place=number(found[0]), total=number(found[1]))

    # Rows

    def _load(self, side: str) -> None:
        self._awaited = (self.shown, side)
        self._loading = self.load_rows(side, self.shown, self.query_of_view, self.list.window)

    @work(thread=True, group="rows", exclusive=True, exit_on_error=False)
    def load_rows(self, side: str, view: View, query: Query | None, window: RowWindow) -> None:
        """Read rows beyond one side of a window, or a window anew."""
        is_over = self._is_over(view, is_repeated=side in ("below", "above"))
        try:
            with self.store.views.stoppable(is_over):
                query = query or self.store.parse(view.query)
                is_slow = side not in ("below", "above", "fresh") and self.store.is_slow(query)
                with self.telling(view, is_slow):
                    loaded, page = read_window(self.store, query, side, window, CHUNK)
                self.post_message(RowsLoaded(view, side, loaded, page.note, page.query))
                if side not in ("below", "above"):
                    with self.telling(view, is_slow, is_counting=True):
                        self._count(view, query, loaded)
        except StoreError as error:
            if not is_over():
                self.post_message(RowsLoaded(view, side, window, failure=told_error(error)))

    @work(thread=True, group="counts", exclusive=True, exit_on_error=False)
    def count_rows(self, view: View, query: Query | None, window: RowWindow) -> None:
        """Count a view whose first rows are on the screen already."""
        try:
            self._count(view, query, window)
        except StoreError as error:
            self.post_message(WorkFailed(told_error(error)))

    @contextmanager
    def telling(self, view: View, is_slow: bool, *, is_counting: bool = False) -> Iterator[None]:
        """Tell in a worker that every text is read for a view, as long as that lasts."""
        if not is_slow:
            yield
            return
        from ..reports import TextsRead

        reading = object()
        self.post_message(TextsRead(view, reading, is_counting))
        try:
            yield
        finally:
            self.post_message(TextsRead(view, reading, is_counting, is_over=True))

    def _is_over(self, view: View, *, is_repeated: bool) -> Callable[[], bool]:
        """What tells a worker to give up: a pattern is looked for in every article, and nobody may wait for it in vain.

        A worker whose place another took goes on while its view is shown (it has the count to tell), unless the
        other does the same again.
        """
        worker = get_current_worker()
        return lambda: worker.is_cancelled and (is_repeated or view != self.shown or not self.app.is_running)

    def _count(self, view: View, query: Query | None, window: RowWindow) -> None:
        if query is None and not view.query:
            # A start counts everything: that needs no query, and must not load their language.
            above = self.store.newer_than(window.rows[0].id) if window.rows else 0
            total = min(self.store.size(), COUNTED + 1)
            self.post_message(RowsCounted(view, total, above, self.store.muted()))
            return
        query = query or self.store.parse(view.query)
        muted = self.store.mutes.left_out(query, COUNTED)
        if (window.is_top and window.is_bottom) or is_ordered(query):
            self.post_message(RowsCounted(view, len(window.everything), 0, muted))
            return
        total = self.store.count(query, COUNTED)
        above = self.store.rank(query, window.rows[0].position) if window.rows else 0
        self.post_message(RowsCounted(view, total, above, muted))

    @on(ArticleList.RowsNeeded)
    def _rows_needed(self, event: ArticleList.RowsNeeded) -> None:
        self._load(event.side)

    @on(RowsLoaded)
    def _rows_loaded(self, event: RowsLoaded) -> None:
        if event.view != self.shown:
            return
        self._arrived(event.side)
        was_typed, self.hits_of = event.view == self.hits_of, None
        if event.failure:
            self.tell(event.failure, is_error=True)
            return
        if event.query is not None:
            self.query_of_view = event.query
            if event.note:
                self._mark_matches(event.query)
        if event.side in ("start", "top"):
            self.list.empty_lines = self.empty_lines()
            if was_typed and is_same(event.window, self.list.window):
                # Found while it was typed: who has begun to move in it goes on from there.
                self.list.update_window(event.window)
            else:
                self.list.show(event.window)
            self.rows_shown(is_first=event.side == "start")
        elif event.side == "bottom":
            self.list.show(event.window, cursor=len(event.window.rows) - 1)
        else:
            self.list.update_window(event.window)
        if event.note:
            self.tell(event.note)
        self.tell_place()

    @on(RowsCounted)
    def _rows_counted(self, event: RowsCounted) -> None:
        if event.view == self.shown:
            self.list.set_share(event.above, event.total)
            self.muted = event.muted
            self.tell_place()

    def rows_shown(self, *, is_first: bool) -> None:
        """The first rows of a view are on the screen; rooms built on this may go on from here."""

    def empty_lines(self) -> tuple[str, ...]:
        """What to say where the list is empty: what to do next."""
        if self.shown.query:
            return (_("Nothing found"), _("Esc takes you back, / searches for something else"))
        return (
            _("No articles yet"),
            _("Give newsreader files or folders to read:"),
            "newsreader seeds/",
            _("or import them from another terminal:"),
            "newsreader import FOLDER",
        )

    # Where we are

    def tell_place(self) -> None:
        """View, place in the list, and how far in the article."""
        self.status.tell_place(" · ".join(self.place_words()))
        self.tell_hints()

    def place_words(self) -> list[str]:
        """What there is to say of where the reader is, the view first."""
        rows = self.list.window.rows
        parts = [self.shown.title]
        # By its name: this runs in the first frame, which loads no query language.
        order = self.query_of_view.sort.value if self.query_of_view is not None else "date"
        if order != "date":
            parts.append(order_words(order) + self._cut_words())
        if rows:
            parts.append(self._ordinal())
        else:
            parts.append(_("empty"))
        if self.muted:
            parts.append(counted("{n} muted", "{n} muted", self.muted))
        if self.is_article_in_front and self.view.blocks:
            parts.append(number(round(100 * self.view.progress)) + "%")
            if told := self.match_words():
                parts.append(told)
        if self.store.is_read_only:
            parts.append(_("read only"))
        return parts

    def _cut_words(self) -> str:
        """That a list in another order is not the whole one, where that is so."""
        from store import MOST_ORDERED

        query, count = self.query_of_view, len(self.list.window.everything)
        if query is None or not is_ordered(query) or count < MOST_ORDERED:
            return ""
        return " (" + _("the newest {n}").format(n=number(count)) + ")"

    def _ordinal(self) -> str:
        if self.list.share is None:
            return "…"
        above, total = self.list.share
        most = f"{number(COUNTED)}+" if total > COUNTED else number(total)
        return _("{place} of {total}").format(
            place=number(above + self.list.window.place_of(self.list.cursor) + 1), total=most
        )

    @on(ArticleList.CursorMoved)
    def _cursor_moved(self, _event: ArticleList.CursorMoved) -> None:
        self.tell_place()

    # What others write

    def _watch(self) -> None:
        try:
            version = self.store.data_version()
        except StoreError:
            return
        if version != self._data_version:
            self._data_version = version
            self.post_message(StoreChanged())

    @on(StoreChanged)
    def _store_changed(self) -> None:
        """Read the rows anew: not in the place of rows that are asked for, but after them, and around those."""
        view, side = self._awaited
        if view == self.shown and side not in ("", "fresh"):
            self._is_outdated = True
        else:
            self._load("fresh")

    def _arrived(self, side: str) -> None:
        if side == self._awaited[1]:
            self._awaited = (self.shown, "")
            if self._is_outdated:
                # When these rows are shown.
                self._is_outdated = False
                self.call_later(self._load, "fresh")

    @on(Worker.StateChanged)
    def _rows_given_up(self, event: Worker.StateChanged) -> None:
        """Rows beyond an edge that were given up do not come: nothing is put off until then."""
        if event.worker is self._loading and event.state is WorkerState.CANCELLED:
            side = self._awaited[1]
            if side in ("below", "above"):
                self._arrived(side)

    @on(WorkFailed)
    def _work_failed(self, event: WorkFailed) -> None:
        self.tell(event.reason, is_error=True)

    def summary_of(self, article_id: int) -> Summary | None:
        """The row of an article where it is in the window."""
        return next((row for row in self.list.window.everything if row.id == article_id), None)
