"""ArticleView: the page of one article, wrapped to a measure and centred in its pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from ..commands import bindings
from ..page_layout import PageLayout
from ..presentation import Block
from ..text import Base
from .page_rows import PageRows, Spans
from .painting import Painter

if TYPE_CHECKING:
    from ..text_selection import Place, TextSelection


#: The width a page is laid out for while its pane is hidden and has none.
UNSIZED = 80


def _no_matches(_block: Block) -> Spans:
    return ()


class ArticleView(PageRows, can_focus=True):
    """A page one scrolls through; its numbered links can be chosen, its matches walked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("article")
    DEFAULT_CSS = """
    ArticleView { height: 1fr; width: 1fr; }
    """

    @dataclass
    class LinkChosen(Message):
        """The link with that number is to be followed."""

        number: int

    @dataclass
    class TagChosen(Message):
        """A tag was clicked."""

        tag: str

    @dataclass
    class Selected(Message):
        """Text was selected with the mouse."""

        text: str

    @dataclass
    class Scrolled(Message):
        """Another line is at the top of the pane."""

        top: int

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self.blocks: tuple[Block, ...] = ()
        self.base: Base = "R"
        self.measure = 80
        self.is_justified = False
        self.empty_text = ""
        self.top = 0
        self.matches: Callable[[Block], Spans] = _no_matches
        self.selection: TextSelection | None = None
        self._pressed: Place | None = None
        self._layout: PageLayout | None = None
        self._match: tuple[int, int] | None = None
        self._anchor: tuple[int, int, int] | None = None

    # What is shown

    def show(self, blocks: Sequence[Block], base: Base, *, place: int = 0) -> None:
        """Show a page, scrolled to a code point of the body (0: its very beginning)."""
        self.blocks, self.base = tuple(blocks), base
        self._layout = None
        self._match = self.selection = None
        self.top = 0
        self.stand_at(self._block_at(place))
        self._matched[1].clear()
        self.refresh()
        self.rest()

    def update(self, blocks: Sequence[Block]) -> None:
        """Show a newer reading of the same page, at the same place."""
        place, above = self.place, 0
        if self._anchor is not None and (offset := self.blocks[self._anchor[0]].offset) is not None:
            place, above = offset + self._anchor[1], self._anchor[2]
        self.blocks, self._layout = tuple(blocks), None
        self.stand_at(self._block_at(place), above)
        self.refresh()

    def _block_at(self, place: int) -> tuple[int, int] | None:
        """The block and the code point in it of a place in the body; None for the beginning of the page."""
        for number, block in enumerate(self.blocks if place else ()):
            if block.offset is not None and block.offset <= place <= block.offset + len(block.text):
                return number, place - block.offset
        return None

    def stand_at(self, anchor: tuple[int, int] | None, above: int = 0) -> None:
        """Put the line of an anchor ``above`` lines below the top, in every size the pane gets until it is scrolled."""
        self._anchor = (*anchor, above) if anchor is not None else None
        if self.room.width:
            self._apply_anchor(self.page)

    def _apply_anchor(self, page: PageLayout) -> None:
        if self._anchor is not None:
            block, index, above = self._anchor
            number = page.line_of(block, index)
            below = page.line(number + 1)
            if index >= len(self.blocks[block].text) and below is not None and below.line is None:
                # The end of a paragraph is the place of the blank line after it.
                number += 1
            self._go_to(number - above)

    def clear(self) -> None:
        """Show nothing."""
        self.blocks, self._layout, self.top, self._anchor = (), None, 0, None
        self.refresh()

    @property
    def page(self) -> PageLayout:
        """The lines of the page at the present width; after a change of width what was at the top stays there."""
        width = self.room.width or UNSIZED
        before = self._layout
        if before is not None and before.width == width:
            return before
        page = PageLayout(self.blocks, width, self.measure, self.base, justify=self.is_justified)
        self._layout = page
        if before is not None and self.top:
            self.top = self._same_place(before, page)
        if self.room.width:
            self._apply_anchor(page)
        return page

    def set_lines(self, *, measure: int | None = None, justify: bool | None = None) -> None:
        """Lay out with another measure (cells) or edge; what stood at the top stays there."""
        before = self.page
        self.measure = self.measure if measure is None else measure
        self.is_justified = self.is_justified if justify is None else justify
        self._layout = None
        if self.top:
            self.top = self._same_place(before, self.page)
        self.refresh()

    def _same_place(self, before: PageLayout, after: PageLayout) -> int:
        """The line of the new layout that shows what stood at the top of the old one."""
        placed = before.line(self.top)
        if placed is None:
            return self.top
        return after.line_of(placed.block, placed.line.start if placed.line is not None else 0)

    @property
    def place(self) -> int:
        """The code point of the body at the top of the pane; 0 above the body."""
        for number in range(self.top, self.top + max(1, self.room.height)):
            found = self.page.place_of(number)
            if found is not None:
                return found if self.top else 0
        return 0

    @property
    def progress(self) -> float:
        """How much of the body has been shown, from 0 to 1."""
        length = max(
            (block.offset + len(block.text) for block in self.blocks if block.offset is not None), default=0
        )
        if not length:
            return 1.0
        for number in range(self.top + self.room.height - 1, self.top - 1, -1):
            placed = self.page.line(number)
            if placed is None or placed.line is None:
                continue
            block = self.page.blocks[placed.block]
            if block.offset is not None:
                return min(1.0, (block.offset + placed.line.end) / length)
            if block.link is not None or (
                placed.block > 0 and self.page.blocks[placed.block - 1].offset is not None
            ):
                return 1.0
        return 0.0

    # Moving

    def _go_to(self, top: int) -> None:
        height = max(1, self.room.height)
        available = self.page.reach(max(0, top) + height)
        self.top = max(0, min(top, available - height))

    def scroll_by(self, lines: int) -> bool:
        """Scroll by lines; True if the page moved."""
        before = self.top
        self._anchor = None
        self._go_to(self.top + lines)
        if self.top == before:
            return False
        # Straight to the screen, and first, so that its status line changes in the same frame as the page.
        self.screen.post_message(self.Scrolled(self.top))
        self.call_later(self.refresh)
        self.rest()
        return True

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_by(lines)

    def action_page(self, pages: float) -> None:
        """Scroll by screens, keeping one line of the last in sight."""
        step = max(1, int((self.room.height - 1) * abs(pages)))
        self.scroll_by(step if pages > 0 else -step)

    def action_end(self, side: str) -> None:
        """Go to the first or last line."""
        self.scroll_by(-self.top if side == "top" else self.page.total())

    def action_to_row(self, number: int) -> None:
        """Go to a line by its number, from 1."""
        self.scroll_by(number - 1 - self.top)

    def begins_count(self, digit: str) -> bool:
        """Whether a digit begins a count here: 0 does (``012`` Enter is link 12), and what is no link's number."""
        return not any(block.link == int(digit) and block.role == "link" for block in self.blocks)

    def action_follow(self, number: int) -> None:
        """Follow a numbered link."""
        self.post_message(self.LinkChosen(number))

    @property
    def _places(self) -> list[tuple[int, int]]:
        """Where the matches begin, in order: block, and code point in it."""
        return [(block, start) for block in range(len(self.blocks)) for start, _end in self.matches_in(block)]

    @property
    def match_place(self) -> tuple[int, int] | None:
        """Which match one stands at, from 1, and how many there are; None where one stands at none."""
        if self._match is None:
            return None
        places = self._places
        return (places.index(self._match) + 1, len(places)) if self._match in places else None

    def step_match(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match; False where there is none further that way."""
        places = self._places
        if self._match is not None and self._match in places:
            index = places.index(self._match) + step
        else:
            index = 0 if step > 0 else len(places) - 1
        if not 0 <= index < len(places):
            return False
        self._match = places[index]
        self._show_match()
        return True

    def go_to_match(self, step: int = 1) -> bool:
        """Stand at the first match of the page, or with -1 at the last; False where there is none."""
        self._match = None
        return self.step_match(step)

    @property
    def standing(self) -> tuple[int, tuple[int, int] | None]:
        """Where one stands: the line at the top, and the match."""
        return self.top, self._match

    def stand_as(self, standing: tuple[int, tuple[int, int] | None]) -> None:
        """Stand where one stood on this page before."""
        self.scroll_by(standing[0] - self.top)
        self._match = standing[1]
        self.refresh()

    def forget_match(self) -> None:
        """Stand at no match any more."""
        self._match = None

    def _show_match(self) -> None:
        if self._match is None:
            return
        if self.room.width:
            number = self.page.line_of(*self._match)
            if not self.top <= number < self.top + self.room.height:
                self.stand_at(self._match, self.room.height // 3)
        else:
            self.stand_at(self._match, 3)
        self.refresh()
        self.post_message(self.Scrolled(self.top))

    # Mouse

    @property
    def selected_text(self) -> str:
        """What is selected with the mouse, in logical text."""
        return self.selection.text(self.blocks) if self.selection is not None else ""

    def let_go(self) -> bool:
        """Select nothing; False where nothing was selected."""
        return self._drop_selection()

    def _drop_selection(self) -> bool:
        if self.selection is None:
            return False
        self.selection = None
        self.refresh()
        return True

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select."""
        from ..text_selection import place_at

        if event.button == 1 and self.blocks:
            self._drop_selection()
            self._pressed = place_at(self.page, event.x, self.top + event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select as far as the mouse goes, and scroll where it leaves the pane."""
        from ..text_selection import TextSelection, place_at

        if self._pressed is None or self.app.mouse_captured is not self:
            return
        if not 0 <= event.y < self.room.height:
            self.scroll_by(1 if event.y > 0 else -1)
        head = place_at(self.page, event.x, self.top + max(0, min(event.y, self.room.height - 1)))
        if head is not None and (self.selection is not None or head != self._pressed):
            self.selection = TextSelection(self._pressed, head)
            self.refresh()

    def on_mouse_up(self) -> None:
        """Tell what was selected."""
        self.release_mouse()
        self._pressed = None
        if self.selected_text:
            self.post_message(self.Selected(self.selected_text))

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it; a second one selects the word."""
        if self.selection is not None:
            return
        if event.chain == 2:
            from ..text_selection import place_at, word_at

            place = place_at(self.page, event.x, self.top + event.y)
            self.selection = word_at(self.page, place) if place is not None else None
            self.refresh()
            self.on_mouse_up()
            return
        placed = self.page.line(self.top + event.y)
        if placed is not None and self.blocks[placed.block].role == "tag":
            self._choose_tag(event)
        elif placed is not None and (number := self.blocks[placed.block].link) is not None:
            self.post_message(self.LinkChosen(number))

    def _choose_tag(self, event: events.Click) -> None:
        from ..text_selection import place_at
        from .pointing import tag_over

        place = place_at(self.page, event.x, self.top + event.y)
        if place is None or place.start == place.end:
            return
        text = self.blocks[place.block].text
        tag = tag_over(text, [part[1:] for part in text.split("  ")], place.start)
        if tag is not None:
            self.post_message(self.TagChosen(tag))

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel scrolls three lines."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel scrolls three lines."""
        self.scroll_by(-3)

    def on_resize(self) -> None:
        """Lay out for the new size."""
        if not self.is_new_room():
            return
        page = self.page
        if page.blocks:
            self._go_to(self.top)
            # A taller pane may have ended before the place that is to be at the top.
            self._apply_anchor(page)
            # How much of it is shown is only known now.
            self.post_message(self.Scrolled(self.top))
        self.refresh()
