"""The followed stories: what is new in each, newest follow first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from store import Arrival, Follow, StoreError

from ..commands import bindings
from ..config import Settings
from ..dates import month_name
from ..i18n import _, counted, digits, is_rtl
from ..menu_rows import MenuRow
from ..messages import StatusChanged
from ..related_rows import about, headline
from ..undo import Change
from ..views import View
from ..widgets.painting import Painter
from .entries import EntriesScreen


def followed_rows(follows: Sequence[Follow], arrivals: Sequence[Arrival], months: str) -> list[MenuRow]:
    """Each followed story with how much is in it, and below it the headlines that are new."""
    rows: list[MenuRow] = []
    for one in follows:
        rows.append(headline(one.article, one.title, is_unread=bool(one.unseen), mark="◉"))
        since = datetime.fromtimestamp(one.since, UTC)
        told = [
            counted("{n} new", "{n} new", len(one.unseen)) if one.unseen else _("nothing new"),
            counted("{n} report", "{n} reports", one.members),
            _("followed since {day}").format(
                day=f"{digits(str(since.day))} {month_name(since.month, months)} {digits(str(since.year))}"
            ),
        ]
        rows.append(about(told, [f"#{one.tag}"] if one.tag else [], indent=4))
        rows += [
            MenuRow(f"↳ {new.title} · {new.outlet or _('no outlet')}", role="meta", indent=5)
            for new in arrivals
            if new.follow == one.article
        ]
    return rows


class FollowedScreen(EntriesScreen):
    """Followed stories; the result is a View of one, which is then looked at."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("followed")

    @dataclass
    class Found(Message):
        """The followed stories were read."""

        follows: tuple[Follow, ...]
        arrivals: tuple[Arrival, ...]

    def __init__(
        self, painter: Painter, settings: Settings, tell_home: Callable[[StatusChanged], object] | None = None
    ) -> None:
        super().__init__(
            painter, _("Followed stories"), empty=_("No story is followed yet: S opens one, f follows it")
        )
        self.settings = settings
        self.tell_home = tell_home

    def on_mount(self) -> None:
        """Ask the store."""
        self.read()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """List, story, no longer, back."""
        back = "→" if is_rtl() else "Esc"
        return (("Enter", _("list")), ("S", _("story")), ("f", _("no longer")), (back, _("back")))

    @work(thread=True, exclusive=True, exit_on_error=False, group="read")
    def read(self) -> None:
        """Read what is followed."""
        try:
            store = self.store
            if not store.is_read_only:
                store.collect_followed()
            self.post_message(self.Found(store.follows(), store.new_in_followed()))
        except StoreError as error:
            self.post_message(self.Failed(str(error)))

    @on(Found)
    def _found(self, event: Found) -> None:
        self.show(followed_rows(event.follows, event.arrivals, self.settings.months))

    def choose(self, row: MenuRow) -> None:
        """Show the story as a list; what was new in it is looked at with that."""
        if isinstance(row.value, int):
            self.look_at(row.value)
            self.dismiss(View(f"story:{row.value}", _("Story") + ": " + row.text.strip("●◉ ")))

    def look_at(self, article_id: int) -> None:
        """Remember that the story was looked at."""
        store = self.store
        if not store.is_read_only:
            self.write(lambda: store.look_at_story(article_id))

    def action_story(self) -> None:
        """The story under the cursor over time."""
        from .story import StoryScreen

        if self.chosen_article is not None:
            self.open_over(StoryScreen(self.painter, self.settings, self.chosen_article, self.tell_home))

    def unfollow(self, article_id: int) -> None:
        """Follow a story no longer, then read the rest; the panes can take it back."""
        store, tell_home = self.store, self.tell_home

        def write() -> Message:
            change = Change(unfollowed=(store.unfollow(article_id),))
            if tell_home is not None:
                tell_home(StatusChanged(change, (), _("This story is no longer followed")))
            return self.Found(store.follows(), store.new_in_followed())

        self.write(write)

    def action_unfollow(self) -> None:
        """Follow the story under the cursor no longer."""
        if self.chosen_article is not None:
            self.unfollow(self.chosen_article)
