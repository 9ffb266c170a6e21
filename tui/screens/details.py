"""A page to read over the panes: the details of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ..commands import on_both_layouts
from ..i18n import _, is_rtl, number
from ..presentation import Block
from ..text import base_of
from ..widgets.article_view import ArticleView
from ..widgets.painting import Painter
from ..widgets.status_line import StatusLine
from .menus import Heading


class PageScreen(Screen[None]):
    """A heading, a page of blocks, the status line."""

    DEFAULT_CSS = "PageScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS: ClassVar[str | None] = "ArticleView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(on_both_layouts(("escape", "right", "q", "i"))), "leave", show=False),
    ]

    def __init__(self, painter: Painter, title: str, blocks: Sequence[Block], measure: int) -> None:
        super().__init__()
        self.heading = Heading(painter, title)
        self.page = ArticleView(painter)
        self.page.measure = measure
        self.status = StatusLine(painter)
        self._blocks = tuple(blocks)

    def compose(self) -> ComposeResult:
        """Heading, page, status line."""
        yield self.heading
        yield self.page
        yield self.status

    def on_mount(self) -> None:
        """Show the page."""
        base = "R" if is_rtl() else base_of(self._blocks[0].text) if self._blocks else "L"
        self.page.show(self._blocks, base)
        self.status.tell_hints((("→" if is_rtl() else "Esc", _("back")),))
        self.call_after_refresh(self._scrolled)

    @on(ArticleView.Scrolled)
    def _scrolled(self) -> None:
        """Say which line is the last in sight, and of how many."""
        total = self.page.page.total()
        last = min(total, self.page.top + self.page.size.height)
        self.status.tell_place(_("{place} of {total}").format(place=number(last), total=number(total)))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
