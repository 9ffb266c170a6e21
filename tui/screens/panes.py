"""Panes: the list and the article, side by side where there is room, one at a time where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from store import Store

from ..i18n import _, is_rtl
from ..widgets.article_list import ArticleList
from ..widgets.line_cache import DrawnWidget
from ..widgets.painting import Painter, strip_of
from ..widgets.passage_view import PassageView
from ..widgets.status_line import StatusLine

if TYPE_CHECKING:
    from ..app import NewsReaderApp
    from ..config import Settings

#: The list beside an article takes this share of the width, within these bounds (cells).
LIST_SHARE, LIST_LEAST, LIST_MOST = 0.4, 40, 72


class Rule(DrawnWidget):
    """The line between two panes."""

    DEFAULT_CSS = "Rule { width: 1; height: 1fr; }"

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter

    def render_line(self, y: int) -> Strip:
        """One cell of the line."""
        return strip_of([self.painter.cells("│", "rule")], 1)


class Panes(Screen[None]):
    """The frame of the main screen; knows its panes, not what is in them."""

    DEFAULT_CSS = """
    Panes { layout: vertical; overflow: hidden; }
    #panes { height: 1fr; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "ArticleList"

    app: NewsReaderApp

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.list = ArticleList(painter)
        self.view = PassageView(painter)
        self.rule = Rule(painter)
        self.status = StatusLine(painter)
        self.list.density = settings.density
        self.list.months = settings.months
        self.list.is_by_day = settings.by_day
        self.view.measure = settings.measure
        self.view.empty_text = _("Enter opens the article under the cursor")
        self.view.is_justified = settings.justify
        self.is_article_in_front = False

    @property
    def store(self) -> Store:
        """The store of the app."""
        return self.app.store

    @property
    def is_mirrored(self) -> bool:
        """True where the list stands at the right: always in Arabic, and so Arabic articles are read."""
        return True

    def compose(self) -> ComposeResult:
        """The panes in reading order, from the right; placed before the first frame."""
        self.place_panes()
        with Horizontal(id="panes"):
            yield self.view
            yield self.rule
            yield self.list
        yield self.status

    @property
    def is_wide(self) -> bool:
        """True where both panes fit beside each other."""
        return self.app.size.width >= self.settings.wide_from

    def place_panes(self) -> None:
        """Show one pane or both, as the width allows."""
        width, wide = self.app.size.width, self.is_wide
        self.list.display = wide or not self.is_article_in_front
        self.view.display = wide or self.is_article_in_front
        self.rule.display = wide
        # A pane that is alone has the whole screen but for the status line.
        self.list.awaited_room = self.view.awaited_room = Size(width, max(0, self.app.size.height - 1))
        share = self.settings.list_width or max(LIST_LEAST, min(LIST_MOST, int(width * LIST_SHARE)))
        self.list.styles.width = min(share, width - LIST_LEAST) if wide else "1fr"

    def on_resize(self) -> None:
        """Arrange the panes for the new size."""
        self.place_panes()

    def bring_article(self) -> None:
        """Put the article in front and the keys in it."""
        self.is_article_in_front = True
        self._in_front(self.view)

    def bring_list(self) -> None:
        """Put the list in front and the keys in it."""
        self.is_article_in_front = False
        self._in_front(self.list)

    def _in_front(self, pane: Widget) -> None:
        self.place_panes()
        # At once: what is typed next belongs to the pane in front.
        self.set_focus(pane, scroll_visible=False)
        self.tell_place()
        self.paint_now()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A pane that the mouse has given the keys is the one in front; one that shows nothing gives them back."""
        pane = event.widget
        if pane is not self.focused or pane not in (self.list, self.view):
            return
        if pane is self.view and not self.view.blocks:
            self.set_focus(self.list, scroll_visible=False)
        elif self.is_article_in_front != (pane is self.view):
            self.is_article_in_front = pane is self.view
            self.place_panes()
            self.tell_place()

    def paint_now(self) -> None:
        """Arrange the panes and paint what has changed: panes, keys and status line in one picture, and at once.

        Textual would wait for its next frame, and arrange and paint anew for each pane that comes or goes.
        """
        if not self.is_current or self.app._batch_count:
            return
        parts = [self, *(node for node in self.walk_children() if isinstance(node, Widget))]
        self._dirty_widgets.update(part for part in parts if part._repaint_required)
        is_new_layout = any(part._layout_required for part in parts)
        for part in parts:
            part._layout_required = part._repaint_required = False
        if is_new_layout:
            for part in parts:
                part._clear_arrangement_cache()
            self._refresh_layout()
        elif self._dirty_widgets:
            self._compositor.update_widgets(self._dirty_widgets)
            self._compositor_refresh()
        self._dirty_widgets.clear()

    def action_other_pane(self) -> None:
        """Give the keys to the other pane."""
        if self.is_article_in_front:
            self.bring_list()
        elif self.view.blocks:
            self.bring_article()

    def tell_place(self) -> None:
        """Say in the status line where the reader is; rooms built on this know more."""

    def tell_hints(self) -> None:
        """Show the keys that matter in the pane in front."""
        forward, back = ("←", "→") if is_rtl() else ("Enter", "Esc")
        if self.is_article_in_front:
            hints = [
                (back, _("back")),
                ("r", _("related")),
                ("t", _("tag")),
                ("]", _("next")),
                ("?", _("help")),
            ]
        else:
            hints = [
                (forward, _("open")),
                ("/", _("search")),
                ("t", _("tag")),
                ("T", _("tags")),
                ("?", _("help")),
            ]
        self.status.tell_hints(tuple(hints))

    def tell(self, notice: str, *, is_error: bool = False) -> None:
        """Say what happened."""
        self.status.tell(notice, is_error=is_error)
