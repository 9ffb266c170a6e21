"""Stories: from the open article to what belongs with it, its story, another report beside it, and what is followed."""

from __future__ import annotations

from textual import on, work
from textual.screen import Screen

from store import StoreError

from ..i18n import _
from ..messages import StepFound, WorkFailed
from ..views import View
from .asking import Asking


class Stories(Asking):
    """Opens the screens of related articles; what is chosen there is opened here."""

    def _open_screen(self, screen: Screen[object]) -> None:
        self.app.push_screen(screen, self._screen_left)

    def _screen_left(self, value: object) -> None:
        """Go where a screen led: to an article, or to a view."""
        if isinstance(value, int):
            self.jump_to(value)
        elif isinstance(value, View) and self.open_view(value):
            self.bring_list()

    def action_related(self) -> None:
        """What belongs with the article: choose one to go there."""
        from .related import RelatedScreen

        for article_id in self.marked_articles()[:1]:
            self._open_screen(RelatedScreen(self.list.painter, self.settings, article_id, self.post_message))

    def action_story(self) -> None:
        """The story of the article over time."""
        from .story import StoryScreen

        for article_id in self.marked_articles()[:1]:
            self._open_screen(StoryScreen(self.list.painter, self.settings, article_id, self.post_message))

    def action_compare(self) -> None:
        """The article beside another report of its event or story."""
        from .compare import CompareScreen

        for article_id in self.marked_articles()[:1]:
            self._open_screen(CompareScreen(self.list.painter, self.settings, article_id))

    def action_followed(self) -> None:
        """The stories that are followed, and what is new in them."""
        from .followed import FollowedScreen

        self._open_screen(FollowedScreen(self.list.painter, self.settings, self.post_message))

    # Along the story

    def action_step_in_story(self, step: int) -> None:
        """Open the next or previous article of the same story."""
        if self.article is not None:
            self.find_step(self.article.id, step)

    @work(thread=True, group="story", exclusive=True, exit_on_error=False)
    def find_step(self, article_id: int, step: int) -> None:
        """Find the article that stands beside this one in its story, in order of time."""
        try:
            order = self.store.story(article_id).articles
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))
            return
        index = order.index(article_id) + step if article_id in order else -1
        self.post_message(StepFound(article_id, order[index] if 0 <= index < len(order) else None))

    @on(StepFound)
    def _step_found(self, event: StepFound) -> None:
        if event.target is None:
            self.tell(_("no further article in this story"))
        elif self.article is not None and self.article.id == event.article:
            self.jump_to(event.target)
