"""The story screen: a story over time, its events, who reported first, what is only a copy."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from store import Store, StoreError, Story

from ..commands import bindings
from ..config import Settings
from ..i18n import _, counted, is_rtl
from ..menu_rows import MenuRow
from ..messages import StatusChanged
from ..story_rows import Copies, StoryView, coverage, cursor_at, foldable, story_rows, story_title
from ..text import Base
from ..undo import Change
from ..views import View
from ..widgets.entries import Entries
from ..widgets.painting import Painter, strip_of
from .entries import EntriesScreen
from .marking import read_tags, written_tags
from .questions import Questions

#: So many reports get their reasons; a story longer than this is read for its course.
EXPLAINED = 60


class Coverage(Widget):
    """One line of bars: how much was reported from day to day, the newest at the left in Arabic."""

    DEFAULT_CSS = "Coverage { height: 1; width: 1fr; }"

    def __init__(self, painter: Painter, months: str) -> None:
        super().__init__()
        self.painter = painter
        self.months = months
        self.story: Story | None = None

    def show(self, story: Story) -> None:
        """Draw a story; a story of one day needs no line."""
        self.story = story
        self.display = len(story.days) > 1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Dates and bars as one text, so that it is laid out like any other."""
        paint, width = self.painter, self.size.width
        base: Base = "R" if is_rtl() else "L"
        text = coverage(self.story, width - 2, self.months) if self.story is not None else ""
        return strip_of(
            [paint.blank(1), *paint.field(text, width - 2, "heading", base=base), paint.blank(1)], width
        )


class StoryScreen(EntriesScreen, Questions):
    """A story as a timeline; the result is an article to jump to, or a View of the whole story."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("story")

    @dataclass
    class Found(Message):
        """The story was read, with why each report belongs to it."""

        story: Story
        followed: int | None
        fresh: frozenset[int]
        reasons: Mapping[int, tuple[str, ...]]

    @dataclass
    class Followed(Message):
        """The story is followed now, or no longer."""

        is_followed: bool

    @dataclass
    class Tagged(Message):
        """Tags of the whole story were changed; ``told`` says it in words."""

        change: Change
        told: str

    def __init__(
        self,
        painter: Painter,
        settings: Settings,
        article_id: int,
        tell_home: Callable[[StatusChanged], object] | None = None,
    ) -> None:
        super().__init__(painter, _("Story"), empty=_("This article stands alone so far"))
        self.settings = settings
        self.article_id = article_id
        self.tell_home = tell_home
        self.coverage = Coverage(painter, settings.months)
        self.coverage.display = False
        self.story: Story | None = None
        self.is_followed = False
        self.looked_at = StoryView(article_id, int(time.time()), months=settings.months)

    @property
    def pane(self) -> Widget:
        """The reports."""
        return self.entries

    def compose(self) -> ComposeResult:
        """Heading, bars, headlines, status line."""
        yield self.heading
        yield self.coverage
        yield self.field
        yield self.entries
        yield self.status

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Jump, tag, follow, compare, back."""
        back = "→" if is_rtl() else "Esc"
        return (
            ("Enter", _("jump")),
            ("t", _("tag all")),
            ("f", _("follow")),
            ("c", _("compare")),
            ("v", _("list")),
            (back, _("back")),
        )

    # Reading

    def on_mount(self) -> None:
        """Ask the store."""
        self.read()

    @work(thread=True, exclusive=True, exit_on_error=False, group="read")
    def read(self) -> None:
        """Put the story together, with what is new in it and why each report belongs to it."""
        try:
            store = self.store
            story = store.story(self.article_id)
            followed = store.followed_from(self.article_id)
            fresh = frozenset(one.article for one in store.new_in_followed() if one.follow == followed)
            reasons = store.reasons(self.article_id, story.articles[:EXPLAINED])
            self.post_message(self.Found(story, followed, fresh, reasons))
            if followed is not None and not store.is_read_only:
                store.look_at_story(self.article_id)
        except StoreError as error:
            self.post_message(self.Failed(str(error)))

    @on(Found)
    def _found(self, event: Found) -> None:
        self.story = event.story
        self.is_followed = event.followed is not None
        self.looked_at = replace(self.looked_at, fresh=event.fresh, reasons=event.reasons)
        self.entries.foldable = foldable(event.story)
        self.coverage.show(event.story)
        self._show(at=cursor_at(event.story, self.article_id))

    def _show(self, *, at: object = None) -> None:
        if self.story is None:
            return
        self.heading.text = story_title(self.story, is_followed=self.is_followed)
        self.heading.refresh()
        self.show(story_rows(self.story, self.looked_at), at=at)

    # Copies

    @on(Entries.Unfolded)
    def _unfolded(self, event: Entries.Unfolded) -> None:
        self._toggle(event.row.value)

    def choose(self, row: MenuRow) -> None:
        """Jump to a report; on folded copies, unfold them."""
        if isinstance(row.value, Copies):
            self._toggle(row.value)
        else:
            self.dismiss(row.value)

    def _toggle(self, value: object) -> None:
        original = value.original if isinstance(value, Copies) else value
        if isinstance(original, int):
            self.looked_at = replace(self.looked_at, unfolded=self.looked_at.unfolded ^ {original})
            self._show()

    # Doing

    def action_follow_story(self) -> None:
        """Follow the story, or no longer."""
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
        else:
            self.change_followed()

    def change_followed(self) -> None:
        """Write to the store that the story is followed, or, where it is by then, no longer."""
        store, article_id, tell_home = self.store, self.article_id, self.tell_home

        def write() -> Message:
            is_followed = store.followed_from(article_id) is None
            if is_followed:
                change = Change(followed=(store.follow(article_id),))
            else:
                change = Change(unfollowed=(store.unfollow(article_id),))
            if tell_home is not None:
                tell_home(StatusChanged(change, (), following(is_followed)))
            return self.Followed(is_followed)

        self.write(write)

    @on(Followed)
    def _followed(self, event: Followed) -> None:
        self.is_followed = event.is_followed
        self._show()
        self.tell(following(event.is_followed))

    def action_compare(self) -> None:
        """The article beside the one under the cursor."""
        from .compare import CompareScreen

        self.open_over(CompareScreen(self.painter, self.settings, self.article_id, self.chosen_article))

    def action_list_story(self) -> None:
        """The reports of the story as a list."""
        self.dismiss(View(f"story:{self.article_id}", _("Story")))

    # Tagging

    def action_tag_story(self) -> None:
        """Ask for the tags to add to and remove from every report of the story."""
        if self.story is None:
            return
        count = counted("{n} report", "{n} reports", len(self.story.articles))
        self.ask(
            self.painter,
            "tag",
            _("Tag the whole story") + f" ({count})",
            placeholder=_("+add -remove, several between commas"),
            completions=completions_of(self.store),
        )

    def answered_tag(self, text: str) -> None:
        """Tag what was asked for."""
        add, remove = read_tags(text)
        if self.story is not None and (add or remove):
            self.tag(self.story.articles, add, remove)

    def tag(self, article_ids: tuple[int, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        """Change the tags of all reports at once; the panes can take it back, whether this screen still stands or not."""
        told = written_tags(add, remove)
        store, tell_home = self.store, self.tell_home

        def write() -> Message:
            change = Change(tags=store.change_tags(article_ids, add, remove))
            if tell_home is not None:
                tell_home(StatusChanged(change, (), told))
            return self.Tagged(change, told)

        self.write(write)

    @on(Tagged)
    def _tagged(self, event: Tagged) -> None:
        count = len(event.change.articles)
        self.tell(
            f"{event.told}: {counted('{n} article', '{n} articles', count)}"
            if count
            else _("nothing changed")
        )


def following(is_followed: bool) -> str:
    """What is said of a story that is followed now, or no longer."""
    if is_followed:
        return _("This story is followed: what joins it will be told")
    return _("This story is no longer followed")


def completions_of(store: Store) -> Callable[[str, int], list[str]]:
    """Names of tags for the word before the cursor; the line as it would then be."""

    def complete(text: str, index: int) -> list[str]:
        start = max(text.rfind(sign, 0, index) for sign in ",،;+-") + 1
        beginning = text[start:index].strip()
        lead = text[:start] + (" " if text[start:index].startswith(" ") else "")
        return [lead + name + text[index:] for name in store.tag_completions(beginning)]

    return complete
