"""PassageView: the page of an article in which passages are picked, marked and written about.

Picking begins with a key, or with the mouse; while it lasts the keys of the
scope ``picking`` come before any other. The view knows the notes of its
article and the one that one stands at; what is to be kept it tells its screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from textual import events
from textual.message import Message

from ..commands import Command, commands, on_both_layouts
from ..text import Span
from .article_view import ArticleView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store import Note

    from ..hands import Hands
    from ..picking import Pick
    from ..presentation import Block, PageView
    from ..text import Base
    from ..text_selection import TextSelection
    from .painting import Painter


class _WithHands(Protocol):
    hands: Hands


class PassageView(ArticleView):
    """A page in which passages can be picked; ``notes`` are those of the article shown."""

    @dataclass
    class PassagePicked(Message):
        """A passage (code points of the body) is to be highlighted, or written about."""

        start: int
        end: int
        wants_note: bool

    @dataclass
    class NoteChosen(Message):
        """A note is to be written anew."""

        note: int

    @dataclass
    class ViewChosen(Message):
        """A name on the page was chosen: the list it leads to is wanted."""

        view: PageView

    @dataclass
    class PickingChanged(Message):
        """Picking began or ended, or one stands at another note."""

    @dataclass
    class NothingToPick(Message):
        """What is picked is no text of the article."""

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(painter, id=id)
        self.notes: tuple[Note, ...] = ()
        self.pick: Pick | None = None
        self.note: int | None = None

    # What is shown

    def show(self, blocks: Sequence[Block], base: Base, *, place: int = 0) -> None:
        """Show a page; nothing is picked in it."""
        self.pick, self.note = None, None
        super().show(blocks, base, place=place)

    def update(self, blocks: Sequence[Block]) -> None:
        """Show a newer reading; what is picked is let go where its paragraphs are others now."""
        chosen = self._chosen_blocks()
        before = [block.text for block in self.blocks[chosen]]
        super().update(blocks)
        if before != [block.text for block in self.blocks[chosen]]:
            self.pick = self.selection = None
            self.post_message(self.PickingChanged())

    def _chosen_blocks(self) -> slice:
        """From the first to the last block that something is picked or selected in."""
        ends = [self.pick.head, self.pick.anchor] if self.pick is not None else []
        ends += [self.selection.anchor, self.selection.head] if self.selection is not None else []
        numbers = [end.block for end in ends if end is not None]
        return slice(min(numbers), max(numbers) + 1) if numbers else slice(0)

    def take_notes(self, notes: tuple[Note, ...]) -> None:
        """Know the notes of the article that is shown."""
        self.notes = notes
        if self.note is not None and all(note.id != self.note for note in notes):
            self.note = None

    # Picking

    @property
    def is_picking(self) -> bool:
        """True while a passage is picked with the keys."""
        return self.pick is not None

    @property
    def takes_keys(self) -> bool:
        """Whether keys are for the pane itself, before they are commands."""
        return self.is_picking

    def action_pick(self) -> None:
        """Begin to pick; what is selected with the mouse already is highlighted at once."""
        from ..picking import Pick, first_at, letter

        if self.selection is not None:
            self._give(self.selection, wants_note=False)
            return
        if not self.blocks:
            return
        head = first_at(self.page, self.top, self.room.height)
        at = self._at_note()
        if at is not None and self.blocks[at[0]].offset is not None:
            head = letter(self.page, *at)
        if head is None:
            self.post_message(self.NothingToPick())
            return
        self._take(Pick(head))
        self.post_message(self.PickingChanged())

    def on_key(self, event: events.Key) -> None:
        """While a passage is picked the keys are for that."""
        key = event.key
        if self.pick is None or key.startswith(("ctrl+", "f1", "f9")):
            # Undo, help, painting anew and quitting work here as everywhere.
            return
        event.stop()
        event.prevent_default()
        hands = cast(_WithHands, self.app).hands
        if key.isdecimal() and (hands.count or key != "0"):
            hands.count = (hands.count + key)[-4:]
            return
        count = int(hands.count or 1)
        hands.count = ""
        command = _meant(key, hands)
        if command is None:
            return
        name, _, argument = command.action.partition("(")
        argument = argument.strip("')")
        if name == "pick_move":
            self.action_pick_move(argument, count)
        elif name == "pick_page":
            self.action_pick_page(int(argument) * count)
        elif argument:
            getattr(self, f"action_{name}")(argument)
        else:
            getattr(self, f"action_{name}")()

    def action_pick_move(self, motion: str, count: int = 1) -> None:
        """Move the cursor; the passage grows with it once it has begun."""
        from ..picking import Pick, moved

        if self.pick is None:
            return
        if motion == "word" and self.pick.anchor is not None:
            # A passage grows by whole words, not to the first letter of the next one.
            motion = "word-end"
        self._take(Pick(moved(self.page, self.pick.head, motion, count), self.pick.anchor))

    def action_pick_page(self, pages: int) -> None:
        """Move the cursor by screens."""
        lines = max(1, (self.room.height - 1) * abs(pages))
        self.action_pick_move("down" if pages > 0 else "up", lines)

    def action_pick_begin(self) -> None:
        """Begin the passage at the cursor, or let it go and keep the cursor."""
        from ..picking import Pick

        if self.pick is not None:
            self._take(Pick(self.pick.head, self.pick.head if self.pick.anchor is None else None))

    def action_pick_whole(self, what: str) -> None:
        """Pick the whole ``sentence`` or ``paragraph`` around the cursor."""
        from ..picking import Pick, paragraph, sentence

        if self.pick is not None:
            found = (sentence if what == "sentence" else paragraph)(self.page, self.pick.head)
            self._take(Pick(found.head, found.anchor))

    def action_pick_highlight(self) -> None:
        """Begin the passage; when it has begun, highlight it."""
        if self.pick is None:
            return
        selection = self.pick.selection
        if selection is None:
            self.action_pick_begin()
        else:
            self._give(selection, wants_note=False)

    def action_pick_note(self) -> None:
        """Write about the passage."""
        if self.pick is not None and self.pick.selection is not None:
            self._give(self.pick.selection, wants_note=True)

    def action_pick_copy(self) -> None:
        """Copy the passage."""
        if self.pick is not None and self.pick.selection is not None:
            text = self.pick.selection.text(self.blocks)
            self.action_pick_leave()
            self.post_message(self.Selected(text))

    def action_pick_leave(self) -> None:
        """Let the passage go; with none begun, stop picking."""
        from ..picking import Pick

        if self.pick is not None and self.pick.anchor is not None:
            self._take(Pick(self.pick.head))
            return
        self.pick = None
        self.refresh()
        self.post_message(self.PickingChanged())

    def give_selection(self) -> bool:
        """Ask for a note on what is selected with the mouse; False where nothing is."""
        if self.selection is None:
            return False
        self._give(self.selection, wants_note=True)
        return True

    def _give(self, selection: TextSelection, *, wants_note: bool) -> None:
        from ..picking import body_range

        found = body_range(self.blocks, selection)
        # What is written about stays in sight, and selected where nothing is written.
        self.pick, self.selection = None, selection if wants_note and found is not None else None
        self.refresh()
        self.post_message(self.PickingChanged())
        self.post_message(
            self.NothingToPick() if found is None else self.PassagePicked(*found, wants_note=wants_note)
        )

    def _take(self, pick: Pick) -> None:
        self.pick = pick
        self._bring_in_sight(pick.head.block, pick.head.start)
        self.refresh()

    def _bring_in_sight(self, block: int, index: int) -> None:
        number = self.page.line_of(block, index)
        height = max(1, self.room.height)
        if number < self.top:
            self.scroll_by(number - self.top)
        elif number >= self.top + height:
            self.scroll_by(number - self.top - height + 1)

    # Notes

    def action_note_step(self, step: int) -> None:
        """Stand at the next (1) or previous (-1) note of the article."""
        order = [note.id for note in self.notes]
        if not order:
            self.post_message(self.NothingToPick())
            return
        at = order.index(self.note) + step if self.note in order else (0 if step > 0 else -1)
        self.stand_at_note(order[at % len(order)])

    def stand_at_note(self, note_id: int) -> None:
        """Stand at a note, with its passage in sight."""
        self.note = note_id
        at = self._at_note()
        if at is not None:
            if self.room.width:
                number = self.page.line_of(*at)
                if not self.top <= number < self.top + self.room.height:
                    self.stand_at(at, self.room.height // 3)
            else:
                self.stand_at(at, 3)
        self.refresh()
        self.post_message(self.Scrolled(self.top))
        self.post_message(self.PickingChanged())

    def _at_note(self) -> tuple[int, int] | None:
        """The block and code point in it where the note one stands at is."""
        note = next((note for note in self.notes if note.id == self.note), None)
        if note is None:
            return None
        for number, block in enumerate(self.blocks):
            if block.note == note.id and note.start is None:
                return number, 0
            at = -1 if note.start is None or block.offset is None else note.start - block.offset
            if 0 <= at <= len(block.text):
                return number, at
        return None

    def let_go(self) -> bool:
        """Let go of what is selected, or of the note one stands at; False where there was neither."""
        if super().let_go():
            return True
        if self.note is None:
            return False
        self.note = None
        self.refresh()
        self.post_message(self.PickingChanged())
        return True

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The mouse picks by itself."""
        if self.pick is not None:
            self.pick = None
            self.post_message(self.PickingChanged())

    def on_click(self, event: events.Click) -> None:
        """A click on a keyword, tag, outlet or agency lists it; one on a note stands at it, the next writes it anew."""
        view = self._view_at(event.x, event.y) if self.selection is None else None
        if view is not None:
            event.prevent_default()
            self.post_message(self.ViewChosen(view))
            return
        note = self._note_at(event.x, event.y) if self.selection is None else None
        if note is None:
            return
        event.prevent_default()
        if note == self.note:
            self.post_message(self.NoteChosen(note))
        else:
            self.stand_at_note(note)

    def _view_at(self, x: int, y: int) -> PageView | None:
        from ..text_selection import place_at

        placed = self.page.line(self.top + y)
        if placed is None or placed.line is None or not self.blocks[placed.block].views:
            return None
        place = place_at(self.page, x, self.top + y)
        if place is None or place.start == place.end:
            return None
        views = self.blocks[placed.block].views
        return next((view for view in views if view.start <= place.start < view.end), None)

    def _note_at(self, x: int, y: int) -> int | None:
        from ..text_selection import place_at

        placed = self.page.line(self.top + y)
        if placed is None or placed.line is None:
            return None
        block = self.blocks[placed.block]
        if block.note is not None or block.offset is None or not self.notes:
            return block.note
        place = place_at(self.page, x, self.top + y)
        if place is None or place.start == place.end:
            return None
        at = block.offset + place.start
        found = [
            note for note in self.notes if note.start is not None and note.start <= at < (note.stop or 0)
        ]
        return min(found, key=lambda note: (note.stop or 0) - (note.start or 0)).id if found else None

    # Painting

    def role_of(self, number: int) -> str:
        """The style of a block; the note one stands at has the cursor."""
        role = super().role_of(number)
        is_here = self.note is not None and self.blocks[number].note == self.note
        return f"{role} cursor" if is_here else role

    def spans_of(self, number: int) -> list[Span]:
        """Also the passage of the note one stands at, what is picked, and the cursor that picks."""
        spans = super().spans_of(number)
        block = self.blocks[number]
        here = next((note for note in self.notes if note.id == self.note), None)
        if here is not None and here.start is not None and here.stop is not None and block.offset is not None:
            start = max(0, here.start - block.offset)
            stop = min(len(block.text), here.stop - block.offset)
            spans += [Span(start, stop, "cursor")] if start < stop else []
        if self.pick is not None:
            selection = self.pick.selection
            if selection is not None:
                start, end = selection.range_in(number, len(block.text))
                spans += [Span(start, end, "picked")] if start < end else []
            head = self.pick.head
            spans += [Span(head.start, head.end, "caret")] if head.block == number else []
        return spans


def _meant(key: str, hands: Hands) -> Command | None:
    """The command of the scope ``picking`` that a key asks for, on either keyboard layout."""
    found = commands("picking")
    bound = [one for command in found for one in hands.keymap.of(command)]
    return next((c for c in found if key in on_both_layouts(hands.keymap.of(c), bound)), None)
