"""LineInput: a field for one line in which Arabic is typed as it reads.

Textual's Input shows letters unjoined, from the left, and its cursor goes the other way
than the eye; so this is a widget of its own. The editing itself is in :mod:`.line_edit`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from ..i18n import is_rtl
from ..terminal.keyboard import keys_for
from ..text import Base, Emission, Span, base_of
from ..themes import PALETTES
from . import line_edit
from .line_cache import DrawnWidget
from .line_edit import Edit
from .line_history import Completing, Steps, completing
from .line_picture import Picture, picture, step, step_word, window
from .painting import Painter, strip_of

Completions = Callable[[str, int], list[str]]


def _binding(keys: str, action: str) -> Binding:
    names = [name for key in keys.split(",") for name in keys_for(key)]
    return Binding(",".join(names), action, show=False)


class LineInput(DrawnWidget, can_focus=True):
    """One line to type in: shaped, in order, the cursor where the eye expects it.

    ``completions`` takes the text and the index of the cursor and returns the lines that could
    be meant, each with what follows the cursor unchanged; Tab and the arrows go through them, Esc gives back what
    was typed. ``history`` is oldest first. How text is painted comes from ``painter``, else from the app's.
    """

    DEFAULT_CSS = "LineInput { height: 1; width: 1fr; }"
    #: Keys belong to the text here, not to commands.
    takes_text = takes_keys = True

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("left", "step(-1)"),
        _binding("right", "step(1)"),
        _binding("shift+left", "step(-1, True)"),
        _binding("shift+right", "step(1, True)"),
        _binding("ctrl+left,alt+left", "step_word(-1)"),
        _binding("ctrl+right,alt+right", "step_word(1)"),
        _binding("ctrl+shift+left", "step_word(-1, True)"),
        _binding("ctrl+shift+right", "step_word(1, True)"),
        _binding("home", "end(False)"),
        _binding("end,ctrl+e", "end(True)"),
        _binding("shift+home", "end(False, True)"),
        _binding("shift+end", "end(True, True)"),
        _binding("ctrl+a", "select_all"),
        _binding("backspace,ctrl+h", "edit('backspace')"),
        _binding("delete,ctrl+d", "edit('delete')"),
        _binding("ctrl+w,alt+backspace,ctrl+backspace", "edit('delete_word')"),
        _binding("ctrl+u", "edit('delete_to_start')"),
        _binding("ctrl+k", "edit('delete_to_end')"),
        _binding("ctrl+z,ctrl+underscore", "undo"),
        _binding("ctrl+shift+z,ctrl+y", "undo(False)"),
        _binding("ctrl+c", "copy"),
        _binding("ctrl+x", "copy(True)"),
        _binding("up,ctrl+p", "recall(-1)"),
        _binding("down,ctrl+n", "recall(1)"),
        _binding("tab", "complete(1)"),
        _binding("shift+tab", "complete(-1)"),
        _binding("enter", "submit"),
        _binding("escape", "cancel"),
    ]

    @dataclass
    class Changed(Message):
        """The text is another one now."""

        field: LineInput
        value: str

    @dataclass
    class Submitted(Message):
        """The line was sent."""

        field: LineInput
        value: str

    @dataclass
    class Cancelled(Message):
        """The field was left without an answer."""

        field: LineInput

    @dataclass
    class Completed(Message):
        """One of the lines that could be meant is in the field now, or (None) the choice among them is over."""

        field: LineInput
        choice: Completing | None

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        completions: Completions | None = None,
        history: Sequence[str] = (),
        painter: Painter | None = None,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.placeholder = placeholder
        self.history = history
        self._completions = completions
        self._given_painter = painter
        self._edit = line_edit.of(value)
        # Lines of the history with what was being typed as the last one, and the one shown.
        self._lines: list[str] = []
        self._line = 0
        self._choice: Completing | None = None
        self._steps = Steps()
        self._wrong: int | None = None
        # Cells hidden at the side where reading begins.
        self._hidden = 0

    @property
    def value(self) -> str:
        """The text, logical."""
        return self._edit.text

    @value.setter
    def value(self, text: str) -> None:
        self._take(line_edit.of(text))
        self._steps = Steps()

    @property
    def cursor(self) -> int:
        """The index in the text before which the next letter goes."""
        return self._edit.cursor

    @property
    def selected(self) -> str:
        """The selected text."""
        return self._edit.selected

    def mark_place(self, index: int | None) -> None:
        """Mark the letter at an index as the one that cannot be read; None marks none."""
        if index != self._wrong:
            self._wrong = index
            self.refresh()

    # Keys and mouse

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text here, and not a command of the screen."""
        return _is_text(character)

    def on_key(self, event: events.Key) -> None:
        """Take every printable character as text."""
        if _is_text(event.character):
            event.stop()
            event.prevent_default()
            self._take(line_edit.insert(self._edit, event.character or ""))

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text in, as one line."""
        event.stop()
        event.prevent_default()
        self._take(line_edit.insert(self._edit, event.text))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where was clicked."""
        event.stop()
        self.capture_mouse()
        self._point(event.x, is_selecting=event.shift)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while the button is held."""
        if self.app.mouse_captured is self:
            self._point(event.x, is_selecting=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Stop selecting."""
        event.stop()
        self.release_mouse()

    def _point(self, x: int, *, is_selecting: bool) -> None:
        shown = self._picture()
        index = shown.index_at(x - self._left(shown))
        self._take(line_edit.move(self._edit, index, is_selecting=is_selecting))

    # Actions

    def action_step(self, direction: int, is_selecting: bool = False) -> None:
        """One letter to the right or left on the screen."""
        self._take(step(self._edit, self._picture(), direction, is_selecting=is_selecting))

    def action_step_word(self, direction: int, is_selecting: bool = False) -> None:
        """One word to the right or left on the screen."""
        self._take(step_word(self._edit, self._picture(), direction, is_selecting=is_selecting))

    def action_end(self, is_end: bool, is_selecting: bool = False) -> None:
        """To the beginning or the end of the text."""
        index = len(self._edit.text) if is_end else 0
        self._take(line_edit.move(self._edit, index, is_selecting=is_selecting))

    def action_select_all(self) -> None:
        """Select everything."""
        self._take(line_edit.select_all(self._edit))

    def action_edit(self, name: str) -> None:
        """Delete in one of the ways of :mod:`.line_edit`."""
        self._take(_DELETIONS[name](self._edit))

    def action_copy(self, is_cutting: bool = False) -> None:
        """Copy the selection, and delete it when cutting."""
        if not self.selected:
            return
        # The terminal layer knows its way through tmux and screen, Textual does not.
        terminal = getattr(self.app, "terminal", None)
        if terminal is None:
            self.app.copy_to_clipboard(self.selected)
        else:
            terminal.copy(self.selected)
        if is_cutting:
            self._take(line_edit.delete(self._edit))

    def action_undo(self, is_back: bool = True) -> None:
        """Take the last change back, or make it again."""
        steps, edit = self._steps.undone(self._edit) if is_back else self._steps.redone(self._edit)
        self._take(edit)
        self._steps = steps

    def action_recall(self, direction: int) -> None:
        """The line before or after this one in the history; what was being typed is the last of all.

        While there are candidates to choose from, the one above or below.
        """
        if self._choice is not None and len(self._choice.lines) > 1:
            self.action_complete(direction)
            return
        if not self._lines:
            self._lines = [*self.history, self.value]
            self._line = len(self._lines) - 1
        place = self._line + direction
        if 0 <= place < len(self._lines):
            if self._line == len(self._lines) - 1:
                self._lines[-1] = self.value
            self._line = place
            self._take(line_edit.of(self._lines[place]), is_recalling=True)

    def action_complete(self, direction: int) -> None:
        """The next or previous line that could be meant; without completions, to the next field."""
        if self._completions is None:
            self.screen.focus_next() if direction > 0 else self.screen.focus_previous()
        elif self._choice is not None:
            self._choose(self._choice.moved(direction))
        else:
            self._choose(completing(self._edit, self._completions(self.value, self.cursor), direction))

    def complete_with(self, place: int) -> None:
        """Put the candidate at ``place`` into the line."""
        choice = self._choice
        if choice is not None and 0 <= place < len(choice.lines):
            self._choose(choice.moved(place - choice.place))

    def _choose(self, choice: Completing | None) -> None:
        if choice is not None:
            self._take(choice.edit, choice=choice)
            self.post_message(self.Completed(self, choice))

    def action_submit(self) -> None:
        """Send the line."""
        self.post_message(self.Submitted(self, self.value))

    def action_cancel(self) -> None:
        """Give up the choice among candidates, or leave without an answer."""
        if self._choice is not None and len(self._choice.lines) > 1:
            self._take(self._choice.typed)
        else:
            self.post_message(self.Cancelled(self))

    def _take(self, edit: Edit, *, is_recalling: bool = False, choice: Completing | None = None) -> None:
        """Make ``edit`` the state, and tell when the text has changed."""
        is_changed = edit.text != self._edit.text
        if choice is None or self._choice is None:  # going through candidates is one step
            self._steps = self._steps.changed(self._edit, edit)
        self._edit = edit
        is_over = self._choice is not None and choice is None
        self._choice = choice
        if is_over and self.is_attached:
            self.post_message(self.Completed(self, None))
        if is_changed and not is_recalling:
            self._lines = []
        self.refresh()
        if self.is_attached and self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
        if is_changed and self.is_attached:
            self.post_message(self.Changed(self, self.value))

    # Painting

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is on the screen, for input methods that open a window there."""
        shown = self._picture()
        x, y, _width, _height = self.content_region
        return Offset(x + self._left(shown) + shown.column(self.cursor), y)

    def render_line(self, y: int) -> Strip:
        """The part of the line around the cursor, or the placeholder."""
        width = self.size.width
        painter = self._painter()
        if y or width <= 0:
            return strip_of([painter.blank(width, "base")], width)
        if not self.value:
            return strip_of(self._empty(painter, width), width)
        shown = self._picture()
        self._scroll(shown, width)
        left = -min(0, self._left(shown))
        line = window(shown.line, left, width)
        return strip_of(painter.line(line, width, "base", self._spans()), width)

    def _empty(self, painter: Painter, width: int) -> list[Segment]:
        cursor = painter.blank(1, "base cursor" if self.has_focus else "base")
        base: Base = "R" if is_rtl() else "L"
        rest = painter.field(self.placeholder, width - 1, "base missing", base=base)
        return [*rest, cursor] if base == "R" else [cursor, *rest]

    def _spans(self) -> list[Span]:
        start, end = self._edit.selection
        spans = [Span(start, end, "cursor")] if start < end else []
        if self._wrong is not None and self.value:
            wrong = min(self._wrong, len(self.value) - 1)
            spans.append(Span(wrong, wrong + 1, "error"))
        if self.has_focus:
            # Beside or in a selection, which is reversed already, the cursor is told by its underline.
            role = "opened" if start < end else "cursor"
            spans.append(Span(self.cursor, self.cursor + 1, role))
        return spans

    def _scroll(self, shown: Picture, width: int) -> None:
        """Hide as few cells at the beginning as keep the cursor in sight."""
        place = shown.column(self.cursor)
        if shown.line.is_rtl:
            place = shown.width - 1 - place
        self._hidden = max(place - width + 1, min(self._hidden, place, max(0, shown.width - width)))

    def _left(self, shown: Picture) -> int:
        """The column of the widget where the line begins at its left; negative when cells are hidden there."""
        if shown.line.is_rtl:
            return self.size.width - shown.width + self._hidden
        return -self._hidden

    def _picture(self) -> Picture:
        ligate = self._painter().emission is not Emission.LOGICAL
        return picture(self._edit, self._base(), ligate=ligate)

    def _base(self) -> Base:
        """The direction of what is typed; that of the interface while it has none."""
        if any(char.isalpha() for char in self.value):
            return base_of(self.value)
        return "R" if is_rtl() else "L"

    def _painter(self) -> Painter:
        if self._given_painter is not None:
            return self._given_painter
        painter = getattr(self.app, "painter", None)
        if isinstance(painter, Painter):
            return painter
        profile = getattr(self.app, "profile", None)
        self._given_painter = Painter(
            PALETTES["terminal"],
            Emission.VISUAL if profile is None else profile.emission,
            True if profile is None else profile.keep_marks,
        )
        return self._given_painter


_DELETIONS: dict[str, Callable[[Edit], Edit]] = {
    "backspace": line_edit.backspace,
    "delete": line_edit.delete,
    "delete_word": line_edit.delete_word,
    "delete_to_start": line_edit.delete_to_start,
    "delete_to_end": line_edit.delete_to_end,
}


def _is_text(character: str | None) -> bool:
    """Whether a key gives text: anything printable, and the joiners that Persian keyboards give."""
    return character is not None and (character.isprintable() or character in ("\u200c", "\u200d"))
