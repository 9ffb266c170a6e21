"""The feeds one follows: refreshed with progress, added, removed, each with its last trouble."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from store import StoreError
from store import feeds as following
from store.feeds import Feed

from ..commands import bindings, commands
from ..feed_rows import FeedWork, feed_rows
from ..i18n import _, is_rtl
from ..menu_rows import MenuRow
from ..patience import GivenUpError, patiently
from ..views import View
from ..widgets.painting import Painter
from .entries import EntriesScreen
from .questions import Questions


class FeedsScreen(EntriesScreen, Questions):
    """All feeds by name; the result is a View of what one brought.

    ``refresh`` starts a refreshing of the feeds named (none: of all), which
    goes on when this screen is left; ``work`` tells how far it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("feeds")

    @dataclass
    class Added(Message):
        """A feed was found and is followed now; ``note`` says what is to be known of it."""

        feed: Feed
        note: str = ""
        is_error: bool = False

    @dataclass
    class Refused(Message):
        """An address that is no feed, and why."""

        reason: str
        typed: str

    def __init__(
        self,
        painter: Painter,
        months: str,
        work: Callable[[], FeedWork],
        refresh: Callable[[tuple[str, ...]], None],
    ) -> None:
        super().__init__(
            painter, _("Feeds"), empty=_("No feeds yet: a adds one, by its address or that of its site")
        )
        self._months = months
        self._work = work
        self._refresh = refresh
        self._asked_about: int | None = None

    def on_mount(self) -> None:
        """Show what is followed, and how far a refreshing is."""
        super().on_mount()
        self.read()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this screen; while feeds are refreshed, first the one that stops it."""
        keys_of = self.app.hands.keymap.of
        is_running = self._work().is_running
        pairs = [
            (keys[0], _(command.hint))
            for command in commands("feeds")
            if command.hint and (keys := keys_of(command)) and (command.name != "feeds-stop" or is_running)
        ]
        if is_running:
            pairs.sort(key=lambda pair: pair[1] != _("stop"))
        return (*pairs, ("Enter", _("list")), ("→" if is_rtl() else "Esc", _("back")))

    def read(self, *, at: int | None = None) -> None:
        """Read the feeds again."""
        work = self._work()
        try:
            found = following.feeds(self.store.connection)
        except StoreError as error:
            self.post_message(self.Failed(str(error)))
            return
        self.show(feed_rows(found, work.results, int(time.time()), self._months), at=at)
        self.heading.text = _("Feeds") + (f"  {work.progress()}" if work.is_running else "")
        self.heading.refresh()
        self.status.tell_hints(self.hints())

    def work_changed(self) -> None:
        """A feed more is done, or all are."""
        self.read()

    def choose(self, row: MenuRow) -> None:
        """Leave for the list of what a feed brought."""
        feed = self._feed()
        if feed is None:
            return
        if not feed.title:
            self.tell(_("nothing has come from it yet"))
            return
        quoted = feed.title.replace('"', " ")
        self.dismiss(View(f'source:"{quoted}"', feed.title))

    def _feed(self) -> Feed | None:
        number = self.chosen_article
        if number is None:
            return None
        try:
            return following.feed(self.store.connection, str(number))
        except StoreError as error:
            self.tell(str(error), is_error=True)
            return None

    # Refreshing

    def action_refresh_all(self) -> None:
        """Refresh all feeds, also those that rest after a failure."""
        self._refresh(())

    def action_refresh_one(self) -> None:
        """Refresh the feed under the cursor."""
        feed = self._feed()
        if feed is not None:
            self._refresh((str(feed.id),))

    def action_stop(self) -> None:
        """Give up what is not fetched yet."""
        work = self._work()
        if work.is_running:
            work.stop.set()
            self.tell(_("stopping…"))
        else:
            self.tell(_("nothing is being refreshed"))

    # Adding

    def action_add(self) -> None:
        """Ask for the address of a feed, or of a page that names one."""
        self._ask("")

    def _ask(self, value: str) -> None:
        self.ask(
            self.painter,
            "feed",
            _("Follow"),
            value=value,
            placeholder=_("the address of a feed or of a site"),
        )

    @property
    def pane(self) -> Widget:
        """The feeds."""
        return self.entries

    def answered_feed(self, typed: str) -> None:
        """Look for a feed at the address."""
        if typed:
            self.tell(_("looking for the feed…"))
            self.look_for(typed)

    @work(thread=True, group="adding", exit_on_error=False)
    def look_for(self, typed: str) -> None:
        """Find the feed at an address and follow it; one that does not answer is followed as it is."""
        url = typed if "://" in typed else f"https://{typed}"
        note, is_error = "", False
        worker = get_current_worker()
        try:
            try:
                first, *others = patiently(lambda: following.discover_feeds(url), lambda: worker.is_cancelled)
                url = first.url
                if others:
                    note = _("the page names others, too") + ": " + " ".join(one.url for one in others)
            except following.UnreachableError as error:
                note, is_error = f"{error}; " + _("followed as it is"), True
            with self.store.transaction() as connection:
                added = following.add_feed(connection, url, int(time.time()))
            self.post_message(self.Added(added, note, is_error))
        except GivenUpError:
            return
        except StoreError as error:
            self.post_message(self.Refused(str(error), typed))

    @on(Added)
    def _added(self, event: Added) -> None:
        self.read(at=event.feed.id)
        self.tell(event.note or _("followed: {name}").format(name=event.feed.name), is_error=event.is_error)
        if not event.is_error:
            self._refresh((str(event.feed.id),))

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.tell(event.reason, is_error=True)

    # Removing

    def action_remove(self) -> None:
        """Follow the feed under the cursor no longer; asked a second time, for there is no way back."""
        feed = self._feed()
        if feed is None:
            return
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
        elif self._asked_about != feed.id:
            self._asked_about = feed.id
            self.tell(_("{name}: the same key again follows it no longer").format(name=feed.name))
        else:
            self._asked_about = None
            try:
                following.remove_feed(self.store.connection, str(feed.id))
            except StoreError as error:
                self.tell(str(error), is_error=True)
                return
            self.read()
            self.tell(_("no longer followed: {name}; its articles stay").format(name=feed.name))
