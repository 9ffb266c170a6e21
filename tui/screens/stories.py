"""Stories: from the open article to what belongs with it, its story, another report beside it, and what is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.screen import Screen
from textual.worker import get_current_worker

from store import StoreError

from ..i18n import _, counted
from ..messages import ArrivalsFound, StepFound, StoreChanged, WorkFailed
from ..views import View
from ..widgets.status_line import NOTICE_SECONDS
from .returning import Returning

if TYPE_CHECKING:
    from ..config import Settings
    from ..widgets.painting import Painter


class Stories(Returning):
    """Opens the screens of related articles; what is chosen there is opened here."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self.announced: frozenset[tuple[int, int]] = frozenset()

    def on_mount(self) -> None:
        """Look for what is new in followed stories once the first frame is out."""
        self.call_after_refresh(self.find_arrivals)

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
            self._open_screen(
                RelatedScreen(self.list.painter, self.settings, article_id, self.done_elsewhere)
            )

    def action_story(self) -> None:
        """The story of the article over time."""
        from .story import StoryScreen

        for article_id in self.marked_articles()[:1]:
            self._open_screen(StoryScreen(self.list.painter, self.settings, article_id, self.done_elsewhere))

    def action_compare(self) -> None:
        """The article beside another report of its event or story."""
        from .compare import CompareScreen

        for article_id in self.marked_articles()[:1]:
            self._open_screen(CompareScreen(self.list.painter, self.settings, article_id))

    def action_followed(self) -> None:
        """The stories that are followed, and what is new in them."""
        from .followed import FollowedScreen

        self._open_screen(FollowedScreen(self.list.painter, self.settings, self.done_elsewhere))

    # The list by event

    def action_group_stories(self) -> None:
        """Fold the reports of each event under the newest of them in the list, or show each again."""
        from ..grouped_rows import GroupedWindow, grouped

        window = self.list.window
        if isinstance(window, GroupedWindow):
            self.list.update_window(window.plain())
            self.tell(_("every report has a row of its own"))
        else:
            self.list.update_window(grouped(window))
            self.tell(_("reports of one event are grouped"))
        self.tell_place()

    def action_unfold_event(self) -> None:
        """Show the reports folded under the row with the cursor, or fold them again."""
        from ..grouped_rows import GroupedWindow

        window, row = self.list.window, self.list.current
        if isinstance(window, GroupedWindow) and row is not None:
            changed = window.toggled(row)
            if changed.rows != window.rows:
                self.list.update_window(changed)
                self.tell_place()
                return
        self.tell(_("nothing is folded here"))

    # Along the story

    def action_step_in_story(self, step: int) -> None:
        """Open the next or previous article of the same story."""
        if self.article is not None:
            self.find_step(self.article.id, step)

    @work(thread=True, group="story", exclusive=True, exit_on_error=False)
    def find_step(self, article_id: int, step: int) -> None:
        """Find the article that stands beside this one in its story, in order of time."""
        worker = get_current_worker()
        try:
            order = self.store.story(article_id).articles
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))
            return
        index = order.index(article_id) + step if article_id in order else -1
        if not worker.is_cancelled:
            self.post_message(StepFound(article_id, order[index] if 0 <= index < len(order) else None))

    @on(StepFound)
    def _step_found(self, event: StepFound) -> None:
        if event.target is None:
            self.tell(_("no further article in this story"))
        elif self.article is not None and self.article.id == event.article:
            self.jump_to(event.target)

    # What is followed

    @on(StoreChanged)
    def _look_for_arrivals(self) -> None:
        self.find_arrivals()

    @work(thread=True, group="arrivals", exclusive=True, exit_on_error=False)
    def find_arrivals(self) -> None:
        """Collect what has joined followed stories; costs next to nothing while nothing has arrived."""
        try:
            if not self.store.is_read_only:
                self.store.collect_followed()
            self.post_message(ArrivalsFound(self.store.new_in_followed()))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    @on(ArrivalsFound)
    def _arrivals_found(self, event: ArrivalsFound) -> None:
        """Tell of what was not told yet; a notice that stands is left to be read first."""
        fresh = [one for one in event.arrivals if (one.follow, one.article) not in self.announced]
        if not fresh:
            return
        if self.status.notice:
            self.set_timer(NOTICE_SECONDS, lambda: self._arrivals_found(event))
            return
        self.announced |= {(one.follow, one.article) for one in fresh}
        count = counted("{n} new in followed stories", "{n} new in followed stories", len(fresh))
        self.tell(f"{count} (F): {fresh[0].title}")
        self.app.announce(f"{count}: {fresh[0].title}")
