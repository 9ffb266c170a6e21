"""How the lines of an article look: roles, marked passages, matches and what is selected, each line kept as it was drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from textual.strip import Strip

from ..i18n import is_rtl
from ..page_layout import PADDING
from ..text import Base, Line, Span, one_line
from .line_cache import DrawnLines, DrawnWidget
from .painting import Painter, strip_of

if TYPE_CHECKING:
    from ..page_layout import PageLayout
    from ..presentation import Block
    from ..text_selection import TextSelection

Spans = tuple[tuple[int, int], ...]
#: Lines of the page that are kept as they were drawn.
DRAWN = 300


class PageRows(DrawnWidget):
    """Draws lines of a page; which page, and where in it, is for :class:`tui.widgets.article_view.ArticleView`."""

    painter: Painter
    blocks: tuple[Block, ...]
    empty_text: str
    top: int
    matches: Callable[[Block], Spans]
    selection: TextSelection | None
    #: The match one stands at, as (block, code point in it).
    _match: tuple[int, int] | None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._drawn = DrawnLines(DRAWN)
        # What a matcher has found, by block: it is asked for every line of a paragraph.
        self._matched: tuple[object, dict[Block, Spans]] = None, {}

    @property
    def page(self) -> PageLayout:
        """The lines of the page."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line of the page, centred by its measure."""
        width = self.size.width
        paint = self.painter
        if not self.blocks and self.empty_text and y == self.size.height // 3 and width > 2 * PADDING:
            base: Base = "R" if is_rtl() else "L"
            text = one_line(self.empty_text, width - 2 * PADDING, base)
            left = (width - text.width) // 2
            return strip_of(
                [
                    paint.blank(left),
                    *paint.line(text, text.width, "meta"),
                    paint.blank(width - left - text.width),
                ],
                width,
            )
        if not self.blocks or width <= 2 * PADDING:
            return strip_of([paint.blank(width)], width)
        placed = self.page.line(self.top + y)
        if placed is None or placed.line is None:
            return strip_of([paint.blank(width)], width)
        return self._page_line(self.top + y, placed.block, placed.line)

    def _page_line(self, number: int, block: int, line: Line) -> Strip:
        """One line of the page, drawn where it is not kept."""
        page, paint, width = self.page, self.painter, self.page.width
        role, spans = self.role_of(block), tuple(self.spans_of(block))

        def draw() -> Strip:
            segments = paint.line(line, page.measure, role, spans)
            after = paint.blank(width - page.left - page.measure)
            return strip_of([paint.blank(page.left), *segments, after], width)

        return self._drawn.get((page, paint.version), (number, role, spans), draw)

    def draw_ahead(self) -> Iterator[Strip]:
        """The lines of the next page."""
        for number in range(self.top, self.top + 2 * self.room.height):
            placed = self.page.line(number)
            if placed is None:
                return
            if placed.line is not None:
                yield self._page_line(number, placed.block, placed.line)

    def role_of(self, number: int) -> str:
        """The style of a block."""
        return self.blocks[number].role

    def spans_of(self, number: int) -> list[Span]:
        """What has a style of its own in a block: its own parts, matches, and what is selected."""
        block = self.blocks[number]
        spans = [*block.spans, *self._hits(number)]
        if self.selection is not None:
            start, end = self.selection.range_in(number, len(block.text))
            spans += [Span(start, end, "cursor")] if start < end else []
        return spans

    def matches_in(self, number: int) -> Spans:
        """The ranges of a block that a search has found."""
        if self._matched[0] is not self.matches:
            self._matched = self.matches, {}
        block = self.blocks[number]
        found = self._matched[1].get(block)
        if found is None:
            found = self._matched[1][block] = self.matches(block)
        return found

    def _hits(self, number: int) -> list[Span]:
        spans = []
        for start, end in self.matches_in(number):
            is_current = self._match == (number, start)
            spans.append(Span(start, end, "hit cursor" if is_current else "hit"))
        return spans
