"""MainScreen: the panes with everything in them, and the questions asked at their foot."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.binding import BindingType

from ..commands import bindings
from ..i18n import _, counted
from ..views import View
from ..widgets.article_list import ArticleList
from ..widgets.article_view import ArticleView
from .feeding import Feeding
from .marking import read_tags
from .noting import Noting
from .stories import Stories


class MainScreen(Feeding, Stories, Noting):
    """Where one reads: list, article, search, tags, jumps."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    # Tags

    def action_tag(self) -> None:
        """Ask for the tags to add and remove."""
        ids = self.marked_articles()
        if not ids:
            return
        current = self._tags_of(ids)
        many = " " + counted("{n} article", "{n} articles", len(ids)) if len(ids) > 1 else ""
        label = _("Tag") + many + (" [" + "، ".join(current) + "]" if current else "")
        self.ask(
            "tag",
            label,
            placeholder=_("+add -remove, several between commas"),
            completions=self.complete_tag,
        )

    def _tags_of(self, ids: tuple[int, ...]) -> tuple[str, ...]:
        if self.article is not None and ids == (self.article.id,):
            return self.article.tags
        row = self.summary_of(ids[0]) if len(ids) == 1 else None
        return row.tags if row is not None else ()

    def verb_tag(self, text: str) -> None:
        """``:tag +a -b``."""
        if text:
            self.answered_tag(text)
        else:
            self.action_tag()

    def answered_tag(self, text: str) -> None:
        """Add and remove the tags that were typed."""
        add, remove = read_tags(text)
        if add or remove:
            self.change_tags(text)

    @work
    async def action_tags(self) -> None:
        """All tags; the one chosen becomes the view."""
        from .menus import tags_screen

        screen = tags_screen(self.list.painter, self.store)
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, str):
            self.show_tag(chosen)

    @on(ArticleList.TagChosen)
    @on(ArticleView.TagChosen)
    def _tag_chosen(self, event: ArticleList.TagChosen | ArticleView.TagChosen) -> None:
        self.show_tag(event.tag)

    def show_tag(self, tag: str) -> None:
        """All articles of a tag become the view."""
        if self.open_view(View(f'tag:"{tag}"', f"#{tag}")):
            self.bring_list()
