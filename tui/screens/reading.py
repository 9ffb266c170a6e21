"""Reading: opening articles, paging from one to the next, jumping along links and back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.worker import get_current_worker

from store import Article, NotFoundError, StoreError, Summary

from ..i18n import _
from ..messages import ArticleOpened, StoreChanged, WorkFailed
from ..page_layout import PageLayout
from ..presentation import DateStyle, PageLink, page, page_links
from ..text import Base, direction_of
from ..trail import Stop, Trail
from ..widgets.article_list import ArticleList
from ..widgets.article_view import ArticleView
from ..widgets.painting import Painter
from .listing import Listing

if TYPE_CHECKING:
    from textual.timer import Timer

    from store import Query

    from ..config import Settings

#: Seconds the cursor rests before what it stands on is laid out.
AHEAD_SECONDS = 0.06


class Stood(NamedTuple):
    """Where a row stood in the window, and its position in the archive."""

    place: int
    position: int


class Reading(Listing):
    """The article pane: what is open in it, and the trail of jumps that led there."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self.article: Article | None = None
        self.links: tuple[PageLink, ...] = ()
        self.trail = Trail()
        self._ahead: Timer | None = None
        #: Whether the next hit is to stand at its first match, or with -1 at its last.
        self._match_side = 1
        # Where the open article stood in the list when it was opened; None where it did not.
        self._stood: Stood | None = None

    @property
    def _dates(self) -> DateStyle:
        return DateStyle(self.settings.months, self.settings.hijri)

    # Opening

    def open_article(self, article_id: int, place: int | None = None) -> None:
        """Open an article, where it was left unless a place is given."""
        self._keep_place()
        self.read_article(article_id, place)

    @work(thread=True, group="article", exclusive=True, exit_on_error=False)
    def read_article(self, article_id: int, place: int | None) -> None:
        """Read an article from the store and mark it read."""
        worker = get_current_worker()
        try:
            is_marked = not self.store.is_read_only
            article = self.store.article(article_id)
            host = self._title(article.embedded_in)
            at = self.store.place(article_id) if place is None else place
            # Nobody waits until it is written that it was opened.
            shown = replace(article, is_unread=False) if is_marked else article
            if worker.is_cancelled:
                # Given up, or another was asked for since.
                return
            self.post_message(ArticleOpened(shown, host, at, is_placed=place is not None))
            if is_marked:
                self.in_store(lambda: self.store.opened(article_id))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    # A group of its own: what is being opened meanwhile must not be given up for it.
    @work(thread=True, group="again", exclusive=True, exit_on_error=False)
    def read_again(self, article_id: int) -> None:
        """Read the article that is open once more: something about it may have changed."""
        try:
            article = self.store.article(article_id)
            self.post_message(ArticleOpened(article, self._title(article.embedded_in), 0, is_fresh=True))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    def _title(self, article_id: int | None) -> str | None:
        if article_id is None:
            return None
        try:
            return self.store.article(article_id).title
        except NotFoundError:
            return None

    @on(ArticleOpened)
    def _article_opened(self, event: ArticleOpened) -> None:
        article = event.article
        if event.is_fresh and (self.article is None or self.article.id != article.id):
            return
        self.article = article
        self.links = page_links(article, event.host)
        blocks = page(article, self.links, self._dates)
        self.view.take_notes(article.notes)
        if event.is_fresh:
            self.view.update(blocks)
            self.tell_place()
            return
        self.end_find()
        self.view.show(blocks, base(article), place=event.place)
        if self.shown.is_search and not event.is_placed:
            self.view.go_to_match(self._match_side)
        self._match_side = 1
        self._show_row_of(article)
        if not event.is_behind:
            self.bring_article()
        self.lay_out_ahead()

    def _show_row_of(self, article: Article) -> None:
        """The list follows: its cursor on the article that is open, if it is in the list."""
        self.list.mark_opened(article.id)
        row = self.summary_of(article.id)
        if row is not None and row.is_unread != article.is_unread:
            self.list.update_row(read_row(row, is_unread=article.is_unread))
        index = self.list.window.showing(article.id)
        if index is not None:
            self.list.move_to(index)
        self._stood = Stood(index, row.position) if index is not None and row is not None else None
        self.tell_place()

    @on(ArticleList.RowChosen)
    def _row_chosen(self, event: ArticleList.RowChosen) -> None:
        if self.article is not None and self.article.id == event.row.id and self.view.blocks:
            if self.shown.is_search and self.view.match_place is None:
                self.view.go_to_match()
            self.bring_article()
        else:
            self.open_article(event.row.id)

    @on(StoreChanged)
    def _reread(self) -> None:
        if self.article is not None:
            self.read_again(self.article.id)

    def _keep_place(self) -> None:
        """Remember where in the article the reader was."""
        if self.article is not None and not self.store.is_read_only:
            # Who has read to the end begins at the beginning next time.
            article_id, place = self.article.id, 0 if self.view.progress >= 1 else self.view.place
            self.in_store(lambda: self.store.set_place(article_id, place))

    def in_store(self, change: Callable[[], object]) -> None:
        """Write to the store beside the reading; what fails is told."""

        def write() -> None:
            change()

        self.app.writes.put(self, write, WorkFailed, self)

    # Finding in it

    def find_in_article(self, query: Query) -> None:
        """Mark what a query matches in the open article and stand at the first place."""
        if self.mark_found(query):
            self.tell_place()
        else:
            self.tell(_("not in this article"))

    def mark_found(self, query: Query) -> bool:
        """Mark it and stand there; False where there is nothing."""
        from store import matches

        self.is_finding = True
        self.view.matches = lambda block: matches(query, block.text)
        is_found = self.view.go_to_match()
        self.view.refresh()
        return is_found

    def end_find(self) -> None:
        """Mark again what the search of this view has found."""
        if self.is_finding:
            self.is_finding = False
            self.view.forget_match()
            self._mark_article()
            self.view.refresh()

    # What may be opened next

    def lay_out_ahead(self) -> None:
        """Lay out what may be opened next, once the cursor rests: the article under it, in the article the one below."""
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = self.set_timer(AHEAD_SECONDS, self._lay_out_ahead)

    def _lay_out_ahead(self) -> None:
        rows, cursor = self.list.window.rows, self.list.cursor + self.is_article_in_front
        room = self.view.room
        if cursor < len(rows) and room.width:
            self.lay_out(rows[cursor].id, room.width, room.height)

    @work(thread=True, group="ahead", exclusive=True, exit_on_error=False)
    def lay_out(self, article_id: int, width: int, height: int) -> None:
        """Lay out the first screen of an article: its lines are kept by the text engine, and found there when it is opened."""
        with suppress(StoreError):
            article = self.store.article(article_id)
            links = page_links(article, self._title(article.embedded_in))
            view = self.view
            blocks = page(article, links, self._dates)
            PageLayout(blocks, width, view.measure, base(article), justify=view.is_justified).reach(height)

    @on(ArticleList.CursorMoved)
    def _may_be_opened(self, _event: ArticleList.CursorMoved) -> None:
        self.lay_out_ahead()

    # Leaving

    def action_leave(self) -> None:
        """Back: from the article to the list, from a view to the one before."""
        if self.is_article_in_front:
            self._keep_place()
            self.end_find()
            self.bring_list()
        elif not self.leave_view():
            self.tell_place()

    def action_leave_or_quit(self) -> None:
        """Back, and out of the program from the first list."""
        if self.is_article_in_front or len(self.views) > 1:
            self.action_leave()
        else:
            self.app.exit()

    # From one to the next

    def action_step(self, step: int) -> None:
        """Open the next (1) or previous (-1) article of the list; in the list, move to it."""
        self._open_row(self._beside(step, lambda _row: True), _("no further article"))

    def action_match(self, step: int) -> None:
        """The next match in the article and on in the next hit, where something is searched; else the next unread article."""
        if not self.is_article_in_front or not (self.is_finding or self.shown.is_search):
            self._open_unread(step)
        elif self.view.step_match(step):
            self.tell_place()
        elif self.is_finding:
            self._begin_again(step)
        elif self.view.match_place is None:
            # Nothing is marked where no words were searched, as in source:….
            self._open_unread(step)
        else:
            row = self._beside(step, lambda _row: True)
            if row is not None:
                self._match_side = 1 if step > 0 else -1
            self._open_row(row, _("no further match"))

    def _begin_again(self, step: int) -> None:
        if not self.view.go_to_match(step):
            self.tell(_("not in this article"))
            return
        self.tell(_("from the beginning again") if step > 0 else _("from the end again"))
        self.tell_place()

    def _open_unread(self, step: int) -> None:
        """Open the next unread article; of reports folded under one row each in turn."""
        window, here = self.list.window, self.list.current

        def unread(row: Summary) -> Summary | None:
            return next((one for one in (row, *window.under(row)) if one.is_unread), None)

        if self.is_article_in_front and step > 0 and here is not None and window.under(here):
            folded = unread(here)
            if folded is not None:
                self.open_article(folded.id)
                return
        row = self._beside(step, lambda row: unread(row) is not None)
        self._open_row(row, _("no further unread article"), row and unread(row))

    def _beside(self, step: int, is_wanted: Callable[[Summary], bool]) -> Summary | None:
        """The wanted row ``step`` wanted rows further; with fewer on the way, the last of them."""
        rows = self.list.window.rows
        above, below = self._around_what_is_open()
        ahead = rows[below:] if step > 0 else rows[:above][::-1]
        wanted = [row for row in ahead if is_wanted(row)][: abs(step)]
        return wanted[-1] if wanted else None

    def _around_what_is_open(self) -> tuple[int, int]:
        """Where the rows above end and those below begin: of the cursor, or where the open article stood that left the list.

        So the unread ones are gone through one by one: each leaves their list when it is opened.
        """
        cursor, window, stood = self.list.cursor, self.list.window, self._stood
        is_there = self.article is None or window.showing(self.article.id) is not None
        if is_there or stood is None or not self.is_article_in_front:
            return cursor, cursor + 1
        order = self.query_of_view.sort.value if self.query_of_view is not None else "date"
        gap = min(stood.place, len(window.rows))
        if order in ("date", "oldest"):
            sign = -1 if order == "oldest" else 1
            gap = sum(sign * row.position > sign * stood.position for row in window.rows)
        return gap, gap

    def _open_row(self, row: Summary | None, otherwise: str, article: Summary | None = None) -> None:
        if row is None:
            self.tell(otherwise)
            return
        index = self.list.window.index_of(row.id)
        if index is not None:
            self.list.move_to(index)
        if self.is_article_in_front:
            self.open_article((article or row).id)

    # Jumping

    @on(ArticleView.LinkChosen)
    def _link_chosen(self, event: ArticleView.LinkChosen) -> None:
        if not 1 <= event.number <= len(self.links):
            self.tell(_("no link has that number"))
            return
        link = self.links[event.number - 1]
        if link.target is None:
            self.tell(_("not here yet") + ": " + link.title)
        else:
            self.jump_to(link.target)

    def jump_to(self, article_id: int) -> None:
        """Open an article and remember where the jump came from."""
        if self.article is not None and self.is_article_in_front:
            if self.article.id == article_id:
                return
            self.trail = self.trail.jumped(self._here(self.article))
        self.open_article(article_id)

    def _here(self, article: Article) -> Stop:
        return Stop(article.id, self.view.place, article.title)

    def action_jump(self, step: int) -> None:
        """Back (-1) or forward (1) along the jumps."""
        here = self._here(self.article) if self.article is not None else None
        moved = None if here is None else self.trail.back(here) if step < 0 else self.trail.forward(here)
        if moved is None:
            self.tell(_("no jump to go back along") if step < 0 else _("no jump to go forward along"))
            return
        self.trail, stop = moved
        self.open_article(stop.article, stop.place)

    @on(ArticleView.Scrolled)
    def _scrolled(self, _event: ArticleView.Scrolled) -> None:
        self.tell_place()


def base(article: Article) -> Base:
    """The direction of an article's page."""
    return direction_of(" ".join((article.title, *article.body[:2])))


def read_row(row: Summary, *, is_unread: bool) -> Summary:
    """A row after its article was opened."""
    return replace(row, is_unread=is_unread)
