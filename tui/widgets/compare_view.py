"""CompareView: two reports side by side, or one above the other where the screen is narrow; both scroll together."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from store import Comparison

from ..compare_rows import DIFFERS, MARGIN, ONLY, Row, SideLine, compared, next_difference, own_rows
from .painting import Painter, strip_of

#: From this width on the reports stand side by side.
SIDE_BY_SIDE = 100
#: Cells between the two, and at the edges.
GAP, EDGE = 3, 1


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a report: its headline, and outlet, date and how much later it came."""

    title: str
    about: str


class CompareView(Widget, can_focus=True):
    """Two captions and two texts; one side is chosen. The first report stands at the right, or above."""

    DEFAULT_CSS = "CompareView { height: 1fr; width: 1fr; }"

    @dataclass
    class Scrolled(Message):
        """Another row is at the top."""

        top: int

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.captions: tuple[Caption, Caption] = (Caption("", ""), Caption("", ""))
        self.comparison: Comparison | None = None
        self.side = 1
        self.top = 0
        self._laid_out: tuple[int, tuple[Row, ...]] | None = None

    def show(self, comparison: Comparison, captions: tuple[Caption, Caption]) -> None:
        """Show another pair from its beginning."""
        self.comparison, self.captions = comparison, captions
        self._laid_out = None
        self.top = 0
        self.refresh()

    def choose(self, side: int) -> None:
        """Choose a side (0: the first report, 1: the other)."""
        self.side = side
        self.refresh()

    @property
    def is_side_by_side(self) -> bool:
        """True where the screen is wide enough for both beside each other."""
        return self.size.width >= SIDE_BY_SIDE

    # Layout

    @property
    def _widths(self) -> tuple[int, int]:
        """The width of each report's text with its margin: the first at the right."""
        width = self.size.width
        if not self.is_side_by_side:
            return (width - 2 * EDGE, width - 2 * EDGE)
        room = width - 2 * EDGE - GAP
        return (room - room // 2, room // 2)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the comparison at the present width."""
        width = self.size.width
        if self._laid_out is None or self._laid_out[0] != width:
            made = compared(self.comparison, self._widths) if self.comparison is not None else ()
            self._laid_out = (width, made)
        return self._laid_out[1]

    @property
    def lines_in_view(self) -> int:
        """Lines of text on the screen, of one report."""
        height = self.size.height
        return max(1, height - 3 if self.is_side_by_side else (height - 5) // 2)

    # Moving

    def _last(self) -> int:
        """The last row that may stand at the top: from there on all that remains is in view."""
        if self.is_side_by_side:
            return max(0, len(self.rows) - self.lines_in_view)
        longest = 0
        for side in (0, 1):
            lines, offsets = own_rows(self.rows, side)
            rest = max(0, len(lines) - self.lines_in_view)
            longest = max(longest, next((row for row, line in enumerate(offsets) if line >= rest), 0))
        return longest

    def go_to(self, top: int) -> None:
        """Put a row of the comparison at the top."""
        top = max(0, min(top, self._last()))
        if top != self.top:
            self.top = top
            self.refresh()
            self.post_message(self.Scrolled(top))

    def scroll_rows(self, rows: int) -> None:
        """Scroll both by rows; above one another, blanks that neither shows are passed over."""
        top = self.top + rows
        if not self.is_side_by_side:
            step = 1 if rows > 0 else -1
            before = self._visible(self.top)
            while 0 < top < self._last() and self._visible(top) == before:
                top += step
        self.go_to(top)

    def _visible(self, top: int) -> tuple[int, ...]:
        return tuple(
            offsets[min(top, len(offsets) - 1)] if offsets else 0
            for _lines, offsets in (own_rows(self.rows, side) for side in (0, 1))
        )

    def scroll_pages(self, pages: float) -> None:
        """Scroll both by screens, one line kept in sight."""
        step = max(1, int((self.lines_in_view - 1) * abs(pages)))
        self.scroll_rows(step if pages > 0 else -step)

    def go_to_difference(self, step: int) -> bool:
        """Go to the next or previous difference; False where there is none."""
        found = next_difference(self.rows, self.top, step)
        if found is not None:
            self.go_to(found)
        return found is not None

    def on_resize(self) -> None:
        """Lay out for the new size."""
        self.top = max(0, min(self.top, self._last()))
        self.refresh()

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel scrolls three lines."""
        self.scroll_rows(3)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel scrolls three lines."""
        self.scroll_rows(-3)

    # Painting

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        segments = self._beside(y) if self.is_side_by_side else self._above(y)
        edge = [self.painter.blank(EDGE)]
        return strip_of([*edge, *segments, *edge], width)

    def _beside(self, y: int) -> list[Segment]:
        widths = self._widths
        rule = [self.painter.cells(" │ ", "rule")]
        if y < 3:
            right, left = (self._caption(side, y, widths[side]) for side in (0, 1))
        else:
            number = self.top + y - 3
            row: Row = self.rows[number] if number < len(self.rows) else (None, None)
            right, left = (self._text(row[side], widths[side]) for side in (0, 1))
        return [*left, *rule, *right]

    def _above(self, y: int) -> list[Segment]:
        """The first report in the upper half, the other in the lower, a rule between them."""
        width = self._widths[0]
        half = self.lines_in_view + 2
        if y == half:
            return [self.painter.cells("─" * width, "rule")]
        side, line = (0, y) if y < half else (1, y - half - 1)
        if line < 2:
            return self._caption(side, line, width)
        lines, offsets = own_rows(self.rows, side)
        number = (offsets[self.top] if self.top < len(offsets) else 0) + line - 2
        if line - 2 >= self.lines_in_view:
            return [self.painter.blank(width)]
        return self._text(lines[number] if number < len(lines) else None, width)

    def _caption(self, side: int, line: int, width: int) -> list[Segment]:
        paint, caption = self.painter, self.captions[side]
        if line == 2:
            return [paint.cells("─" * width, "rule")]
        is_chosen = side == self.side
        sign = paint.cells("▸ "[::-1] if is_chosen and line == 0 else "  ", "key")
        text, role = (caption.title, "title") if line == 0 else (caption.about, "meta")
        if is_chosen and line == 0:
            role += " opened"
        return [*paint.field(text, width - MARGIN, role), sign]

    def _text(self, line: SideLine | None, width: int) -> list[Segment]:
        paint = self.painter
        if line is None:
            return [paint.blank(width)]
        role = {ONLY: "only", DIFFERS: "differs"}.get(line.sign, "meta")
        return [
            *paint.line(line.line, width - MARGIN, line.role, line.spans),
            paint.blank(1),
            paint.cells(line.sign, role),
        ]
