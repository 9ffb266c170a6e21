"""Feeding: feeds are refreshed while one reads on; how it goes is told, and can be stopped."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from store import StoreError

from ..i18n import _
from ..views import View
from .viewing import Viewing

if TYPE_CHECKING:
    from store.feeds import Refreshed

    from ..config import Settings
    from ..feed_rows import FeedWork
    from ..widgets.painting import Painter


class Feeding(Viewing):
    """Refreshes feeds in a thread of its own, one refreshing at a time."""

    @dataclass
    class FeedDone(Message):
        """One feed was fetched and taken in, or could not be."""

        result: Refreshed
        done: int
        total: int

    @dataclass
    class FeedsDone(Message):
        """The refreshing has come to its end; ``failure`` says why where it was not its own."""

        failure: str = ""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self._feed_work: FeedWork | None = None

    @property
    def feed_work(self) -> FeedWork:
        """The refreshing under way, or the last one."""
        from ..feed_rows import FeedWork

        if self._feed_work is None:
            self._feed_work = FeedWork()
        return self._feed_work

    def action_feeds(self) -> None:
        """The feeds: refresh, add, remove; one that is chosen is shown as a list."""
        from .feeds import FeedsScreen

        screen = FeedsScreen(
            self.list.painter, self.settings.months, lambda: self.feed_work, self.refresh_feeds
        )
        self.app.push_screen(screen, self._feeds_left)

    def _feeds_left(self, value: object) -> None:
        if isinstance(value, View) and self.open_view(value):
            self.bring_list()

    def action_refresh_feeds(self) -> None:
        """Refresh all feeds and read on."""
        self.refresh_feeds(())

    def action_stop_refresh(self) -> None:
        """Give up what is not fetched yet."""
        if self.feed_work.is_running:
            self.feed_work.stop.set()
        else:
            self.tell(_("nothing is being refreshed"))

    def refresh_feeds(self, names: tuple[str, ...]) -> None:
        """Refresh the feeds with these numbers, or all; nothing where that is under way."""
        from ..feed_rows import FeedWork

        if self.store.is_read_only:
            self._say(_("this store can only be read"), is_error=True)
        elif self.feed_work.is_running:
            self._say(_("feeds are being refreshed already"))
        else:
            results = self.feed_work.results if names else {}
            self._feed_work = FeedWork(is_running=True, results=results)
            self._tell_feeds(_("refreshing feeds…"))
            self.fetch_feeds(names, self._feed_work)

    @work(thread=True, group="feeds", exit_on_error=False)
    def fetch_feeds(self, names: tuple[str, ...], work: FeedWork) -> None:
        """Fetch, take in, tell of each; given up when the reader is left."""
        from store import feeds

        worker = get_current_worker()
        try:
            feeds.refresh(
                self.store.connection,
                int(time.time()),
                names=names,
                on_done=self._tell_one,
                should_stop=lambda: work.stop.is_set() or worker.is_cancelled,
                is_forced=True,
            )
            self.post_message(self.FeedsDone())
        except StoreError as error:
            self.post_message(self.FeedsDone(str(error)))

    def _tell_one(self, result: Refreshed, done: int, total: int) -> None:
        self.post_message(self.FeedDone(result, done, total))

    @on(FeedDone)
    def _feed_done(self, event: FeedDone) -> None:
        self.feed_work.take(event.result, event.done, event.total)
        self._tell_feeds(self.feed_work.progress())

    @on(FeedsDone)
    def _feeds_done(self, event: FeedsDone) -> None:
        work = self.feed_work
        work.is_running = False
        if event.failure:
            told = event.failure
        elif work.stop.is_set():
            told = _("stopped") + " · " + work.told()
        elif not work.total:
            told = _("No feeds yet: a adds one, by its address or that of its site")
        else:
            told = work.told()
        self._tell_feeds(told)
        self._say(told, is_error=bool(event.failure or work.failed))
        if work.new:
            self.app.announce(told)
        self._watch()

    def _tell_feeds(self, told: str) -> None:
        """How it goes: in the screen of feeds where that is open, else in the line at the foot."""
        from .feeds import FeedsScreen

        top = self.app.screen
        if isinstance(top, FeedsScreen):
            top.work_changed()
        elif top is self:
            self.tell(told)

    def _say(self, told: str, *, is_error: bool = False) -> None:
        from .feeds import FeedsScreen

        top = self.app.screen
        if isinstance(top, FeedsScreen):
            top.tell(told, is_error=is_error)
        else:
            self.tell(told, is_error=is_error)
