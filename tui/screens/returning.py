"""Returning: where the reader was left is where it begins, and a breadcrumb says where one came from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work

from store import NotFoundError, StoreError

from ..i18n import counted
from ..messages import ArticleOpened, SessionRead, WorkFailed
from ..rows import CHUNK, RowWindow
from ..trail import Trail
from .asking import Asking

if TYPE_CHECKING:
    from store import Store

    from ..session import Session


class Returning(Asking):
    """Keeps article, trail and cursor in the store, and takes them up again after the first frame."""

    #: What is typed while the reader starts waits until it is where it was left.
    is_beginning = True

    def on_mount(self) -> None:
        """Begin with the list; where one was comes when that is on the screen."""
        self.call_after_refresh(self._go_back)

    def _go_back(self) -> None:
        self.read_session()
        self.is_beginning = False

    def row_left(self) -> int | None:
        """The row the cursor was left on, so that the first frame has it there already."""
        from ..session import NAME, from_json

        try:
            return from_json(self.store.recall(NAME)).row
        except StoreError:
            return None

    # The breadcrumb

    def place_words(self) -> list[str]:
        """Also where one came from, along the jumps."""
        words = super().place_words()
        if self.is_article_in_front and self.trail.behind:
            crumbs = self.trail.crumbs(self.app.size.width // 3)
            words += [crumbs] if crumbs else []
        return words

    # Coming back

    @work(thread=True, group="session", exit_on_error=False)
    def read_session(self) -> None:
        """Read where the reader was left, the article open there, and the rows around the cursor."""
        from ..session import NAME, from_json

        try:
            session = from_json(self.store.recall(NAME))
            window, row = _rows_around(self.store, session, self.list.window)
            opened = self._article_left(session)
            newer = self.store.newer_than(session.newest) if session.newest is not None else 0
            self.post_message(SessionRead(session.trail, window, row, newer, opened))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    def _article_left(self, session: Session) -> ArticleOpened | None:
        """The article that was open; what was asked for on the command line is looked at first."""
        if session.article is None:
            return None
        try:
            article = self.store.article(session.article)
        except NotFoundError:
            return None
        is_behind = not session.is_in_front or bool(self.app.notice)
        return ArticleOpened(article, self._title(article.embedded_in), session.place, is_behind=is_behind)

    @on(SessionRead)
    def _session_read(self, event: SessionRead) -> None:
        is_untouched = (
            self.article is None and len(self.views) == 1 and self.list.cursor == self.cursor_at_start
        )
        if not is_untouched:
            return
        if event.opened is not None:
            self.trail = event.trail
            self.post_message(event.opened)
        if event.row is not None:
            self._stand_at_row(event)
        if event.newer and self.list.cursor and not self.status.notice:
            told = counted("{n} newer article above: g", "{n} newer articles above: g", event.newer)
            self.tell(told)
        self.tell_place()

    def _stand_at_row(self, event: SessionRead) -> None:
        if event.window is not None:
            index = event.window.index_of(event.row or 0) or 0
            self.list.show(event.window, cursor=index)
            self.count_rows(self.shown, self.query_of_view, event.window)
        else:
            index = self.list.window.index_of(event.row or 0) or 0
            self.list.move_to(index)

    # Keeping

    def session(self) -> Session:
        """Where the reader is now."""
        from ..session import Session

        rows = self.list.window.rows
        current = self.list.current
        is_all = len(self.views) == 1 and not self.shown.query
        return Session(
            article=self.article.id if self.article is not None else None,
            place=self.view.place if self.article is not None else 0,
            row=current.id if current is not None and is_all else None,
            newest=rows[0].id if rows and is_all and self.list.window.is_top else None,
            is_in_front=self.is_article_in_front,
            trail=self.trail if self.article is not None else Trail(),
        )

    @on(ArticleOpened)
    def _keep_opened(self, event: ArticleOpened) -> None:
        """Keep it at once, so that a lost connection loses nothing; but a lost reader begins in its list."""
        if event.is_fresh or event.is_behind or self.store.is_read_only:
            return
        from ..session import NAME

        kept = replace(self.session(), is_in_front=False).to_json()
        self.in_store(lambda: self.store.remember(NAME, kept))

    def on_unmount(self) -> None:
        """The reader is left: keep where."""
        if self.store.is_read_only or (self.article is None and self.list.cursor == 0):
            return
        from ..session import NAME

        kept = self.session().to_json()

        def keep() -> None:
            # Where the store takes nothing any more, nothing but the cursor is lost.
            with suppress(StoreError):
                self.store.remember(NAME, kept)

        # After what was written when the last article was opened: that holds an older place.
        self.in_store(keep)


def _rows_around(store: Store, session: Session, shown: RowWindow) -> tuple[RowWindow | None, int | None]:
    """The rows around the one that was under the cursor; no window where the rows shown hold it."""
    if session.row is None or shown.index_of(session.row) is not None:
        return None, session.row
    found = store.around(session.row, above=CHUNK // 2, below=CHUNK)
    if found is None:
        return None, None
    above, below = found
    is_top, is_bottom = len(above) < CHUNK // 2, len(below) < CHUNK
    return RowWindow((*above, *below), is_top=is_top, is_bottom=is_bottom), session.row
