"""The related screen: what belongs with an article, the first of it under the cursor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from store import Article, Related, StoreError

from ..commands import bindings
from ..config import Settings
from ..i18n import _, is_rtl
from ..messages import StatusChanged
from ..related_rows import related_rows
from ..widgets.painting import Painter
from .entries import EntriesScreen


class RelatedScreen(EntriesScreen):
    """Same event, copies, story and links of an article; the result is the article to jump to."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("related")

    @dataclass
    class Found(Message):
        """What is related was read."""

        article: Article
        related: tuple[Related, ...]

    def __init__(
        self,
        painter: Painter,
        settings: Settings,
        article_id: int,
        tell_home: Callable[[StatusChanged], object] | None = None,
    ) -> None:
        super().__init__(painter, _("Related"), empty=_("Nothing here belongs with this article yet"))
        self.tell_home = tell_home
        self.settings = settings
        self.article_id = article_id

    def on_mount(self) -> None:
        """Ask the store."""
        self.read()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Jump, story, compare, back."""
        back = "→" if is_rtl() else "Esc"
        return (("Enter", _("jump")), ("S", _("story")), ("c", _("compare")), (back, _("back")))

    @work(thread=True, exclusive=True, exit_on_error=False, group="read")
    def read(self) -> None:
        """Read what is related."""
        try:
            article = self.store.article(self.article_id)
            self.post_message(self.Found(article, self.store.related(self.article_id)))
        except StoreError as error:
            self.post_message(self.Failed(str(error)))

    @on(Found)
    def _found(self, event: Found) -> None:
        article = event.article
        self.heading.text = _("Related") + ": " + article.title
        self.heading.refresh()
        self.show(
            related_rows(
                event.related, article.title, article.published, int(time.time()), self.settings.months
            )
        )

    def action_story(self) -> None:
        """The story of the article."""
        from .story import StoryScreen

        self.open_over(StoryScreen(self.painter, self.settings, self.article_id, self.tell_home))

    def action_compare(self) -> None:
        """The article beside the one under the cursor."""
        from .compare import CompareScreen

        self.open_over(CompareScreen(self.painter, self.settings, self.article_id, self.chosen_article))
