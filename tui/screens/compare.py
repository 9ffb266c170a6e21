"""The compare screen: a report beside another of its event or story, sentence by sentence."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen

from store import Article, Comparison, Store, StoreError, Story

from ..commands import bindings
from ..compare_rows import DIFFERS, ONLY, SAME, counts
from ..config import Settings
from ..dates import short_date
from ..i18n import _, counted, is_rtl, number
from ..presentation import joined
from ..time_apart import apart
from ..widgets.compare_view import Caption, CompareView
from ..widgets.painting import Painter
from ..widgets.status_line import StatusLine
from .menus import Heading

if TYPE_CHECKING:
    from ..app import NewsReaderApp


def others_of(story: Story, related: tuple[int, ...], article_id: int) -> tuple[int, ...]:
    """What an article can be compared with: reports of its event, of its story, then whatever else is related."""
    own = [event for event in (*story.events, *story.undated) if article_id in event.articles]
    event = [member for one in own for member in one.articles]
    found = dict.fromkeys((*event, *story.articles, *related))
    found.pop(article_id, None)
    return tuple(found)


class CompareScreen(Screen[object]):
    """Two reports; the result is the article to open."""

    DEFAULT_CSS = "CompareScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS: ClassVar[str | None] = "CompareView"
    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")
    #: Keys wait for the reports.
    awaited = frozenset({"others", "compare"})

    @dataclass
    class Candidates(Message):
        """The articles that each side can show were found."""

        others: tuple[int, ...]

    @dataclass
    class Compared(Message):
        """Two articles were read and compared."""

        first: Article
        second: Article
        comparison: Comparison

    @dataclass
    class Failed(Message):
        """Something could not be read; one line says why."""

        reason: str

    app: NewsReaderApp

    def __init__(
        self, painter: Painter, settings: Settings, article_id: int, other_id: int | None = None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.sides = [article_id, other_id]
        self.others: tuple[int, ...] = ()
        self.heading = Heading(painter, _("Compare"))
        self.view = CompareView(painter)
        self.status = StatusLine(painter)

    @property
    def store(self) -> Store:
        """The store of the app."""
        return self.app.store

    def compose(self) -> ComposeResult:
        """Heading, both reports, status line."""
        yield self.heading
        yield self.view
        yield self.status

    def on_mount(self) -> None:
        """Ask the store what there is to compare with."""
        back = "→" if is_rtl() else "Esc"
        self.status.tell_hints(
            (
                ("j k", _("other report")),
                ("n", _("difference")),
                ("Tab", _("side")),
                ("Enter", _("open")),
                (back, _("back")),
            )
        )
        self.find_others()

    # Reading

    @work(thread=True, exclusive=True, exit_on_error=False, group="others")
    def find_others(self) -> None:
        """Find the reports that the article can stand beside."""
        try:
            article_id = self.sides[0] or 0
            related = tuple(one.id for one in self.store.related(article_id))
            self.post_message(self.Candidates(others_of(self.store.story(article_id), related, article_id)))
        except StoreError as error:
            self.post_message(self.Failed(str(error)))

    @on(Candidates)
    def _candidates(self, event: Candidates) -> None:
        first, other = self.sides
        others = event.others
        if other is not None and other != first and other not in others:
            others = (other, *others)
        if not others:
            self.tell(_("There is no other report to compare with yet"))
            self.heading.text = _("Compare") + ": " + _("There is no other report to compare with yet")
            self.heading.refresh()
            return
        self.others = tuple(one for one in dict.fromkeys((first, *others)) if one is not None)
        self.sides[1] = other if other is not None and other != first else others[0]
        self._compare()

    def _compare(self) -> None:
        first, second = self.sides
        if first is not None and second is not None:
            self.read_both(first, second)

    @work(thread=True, exclusive=True, exit_on_error=False, group="compare")
    def read_both(self, first: int, second: int) -> None:
        """Read and compare two articles."""
        try:
            one, other = self.store.article(first), self.store.article(second)
            self.post_message(self.Compared(one, other, self.store.compare(first, second)))
        except StoreError as error:
            self.post_message(self.Failed(str(error)))

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        if [event.first.id, event.second.id] != self.sides:
            return
        self.view.show(
            event.comparison,
            (self._caption(event.first, event.second), self._caption(event.second, event.first)),
        )
        found = counts(event.comparison)
        self.heading.text = " · ".join(
            (
                _("Compare"),
                f"{SAME} " + counted("{n} sentence in both", "{n} sentences in both", found.both),
                f"{ONLY} "
                + counted("{n} in one only", "{n} in one only", found.first_only + found.second_only),
                f"{DIFFERS} " + counted("{n} difference", "{n} differences", found.differing),
                *(f"{one} = {other}" for one, other in event.comparison.spellings[:3]),
            )
        )
        self.heading.refresh()
        self._tell_place()

    def _caption(self, article: Article, beside: Article) -> Caption:
        now = int(time.time())
        parts = (
            article.outlet or _("no outlet"),
            short_date(article.published, now, self.settings.months),
            apart(beside.published, article.published),
        )
        return Caption(article.title, joined(part for part in parts if part))

    def _tell_place(self) -> None:
        shown = self.sides[self.view.side]
        beside = [one for one in self.others if one != self.sides[1 - self.view.side]]
        if shown in beside:
            self.status.tell_place(
                _("report {place} of {total}").format(
                    place=number(beside.index(shown) + 1), total=number(len(beside))
                )
            )

    def tell(self, notice: str, *, is_error: bool = False) -> None:
        """Say what happened."""
        self.status.tell(notice, is_error=is_error)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.tell(event.reason, is_error=True)

    # Doing

    def action_other(self, step: int) -> None:
        """Show the next or previous report on the chosen side."""
        side = self.view.side
        beside = [one for one in self.others if one != self.sides[1 - side]]
        shown = self.sides[side]
        if shown not in beside or len(beside) < 2:
            self.tell(_("There is no other report to compare with yet"))
            return
        self.sides[side] = beside[(beside.index(shown) + step) % len(beside)]
        self._compare()

    def action_side(self) -> None:
        """Choose the other side."""
        self.view.choose(1 - self.view.side)
        self._tell_place()

    def action_scroll(self, rows: int) -> None:
        """Scroll both."""
        self.view.scroll_rows(rows)

    def action_page(self, pages: float) -> None:
        """Scroll both by screens."""
        self.view.scroll_pages(pages)

    def action_end(self, side: str) -> None:
        """Go to the beginning or the end of both."""
        self.view.go_to(0 if side == "top" else len(self.view.rows))

    def action_difference(self, step: int) -> None:
        """Go to the next or previous sentence that one side alone has, or that differs."""
        if not self.view.go_to_difference(step):
            self.tell(_("no further difference"))

    def action_open(self) -> None:
        """Open the report of the chosen side."""
        chosen = self.sides[self.view.side]
        if chosen is not None:
            self.dismiss(chosen)

    def action_leave(self) -> None:
        """Back, with nothing chosen."""
        self.dismiss(None)
