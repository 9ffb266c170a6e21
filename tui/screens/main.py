"""MainScreen: the panes with everything in them, and the questions asked at their foot."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import BindingType

from store import StoreError

from ..commands import bindings
from ..i18n import _
from ..messages import WorkFailed
from ..views import View
from .asking import Asking
from .marking import read_tags


class MainScreen(Asking):
    """Where one reads: list, article, search, tags, jumps."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    # Search

    def action_search(self) -> None:
        """Ask what to search for."""
        shown = self.shown.query if self.shown.is_search else ""
        self.ask("search", _("Search"), value=shown, placeholder=_('words, "a phrase", tag:…, source:…'))

    def answered_search(self, text: str) -> None:
        """Show what a search finds; nothing typed ends the search."""
        if not text:
            if self.shown.is_search:
                self.leave_view()
            return
        if self.open_view(View(text, _("Search") + ": " + text, is_search=True)):
            self.bring_list()
        else:
            self.ask("search", _("Search"), value=text)

    def action_find(self) -> None:
        """Ask what to find in the open article."""
        if self.is_article_in_front:
            self.ask("find", _("Find"))
        else:
            self.action_search()

    def answered_find(self, text: str) -> None:
        """Mark it in the article."""
        try:
            query = self.store.parse(text)
        except StoreError as error:
            self.tell(str(error), is_error=True)
            return
        self.find_in_article(query)

    # Tags

    def action_tag(self) -> None:
        """Ask for the tags to add and remove."""
        ids = self.marked_articles()
        if not ids:
            return
        current = self._tags_of(ids)
        label = _("Tag") + (" [" + "، ".join(current) + "]" if current else "")
        self.ask(
            "tag",
            label,
            placeholder=_("+add -remove, several between commas"),
            completions=self._complete_tag,
        )

    def _tags_of(self, ids: tuple[int, ...]) -> tuple[str, ...]:
        if self.article is not None and ids == (self.article.id,):
            return self.article.tags
        row = self.summary_of(ids[0]) if len(ids) == 1 else None
        return row.tags if row is not None else ()

    def _complete_tag(self, text: str, index: int) -> list[str]:
        """Names of tags for the word before the cursor; the line as it would then be."""
        start = max(text.rfind(sign, 0, index) for sign in ",،;+-") + 1
        beginning = text[start:index].strip()
        lead = text[:start] + (" " if text[start:index].startswith(" ") else "")
        return [lead + name + text[index:] for name in self.store.tag_completions(beginning)]

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
        if isinstance(chosen, str) and self.open_view(View(f'tag:"{chosen}"', f"#{chosen}")):
            self.bring_list()

    # Related

    @work
    async def action_related(self) -> None:
        """What belongs with the article: choose one to go there."""
        ids = self.marked_articles()
        if not ids:
            return
        from .menus import MenuScreen
        from .related import related_rows

        try:
            rows = related_rows(self.store, ids[0], self.settings.months)
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))
            return
        screen = MenuScreen(
            self.list.painter, _("Related"), rows, empty=_("Nothing here belongs with this article yet")
        )
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, int):
            self.jump_to(chosen)

    def action_step_in_story(self, step: int) -> None:
        """Open the next or previous article of the same story."""
        if self.article is None:
            return
        try:
            order = list(self.store.story(self.article.id).articles)
        except StoreError as error:
            self.tell(str(error), is_error=True)
            return
        index = order.index(self.article.id) + step if self.article.id in order else -1
        if 0 <= index < len(order):
            self.jump_to(order[index])
        else:
            self.tell(_("no further article in this story"))
