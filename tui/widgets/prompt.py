"""Prompt: a question at the foot of the screen, answered in one line of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.errors import NoWidget
from textual.message import Message
from textual.strip import Strip

from ..i18n import is_rtl
from ..text import Base, one_line
from .candidates import Candidates
from .line_cache import DrawnWidget
from .line_input import LineInput
from .painting import Painter, strip_of

Completions = Callable[[str, int], list[str]]
#: Answers that are remembered for each purpose.
REMEMBERED = 100


def remembered(history: list[str], text: str) -> list[str]:
    """The answers to a question with a new one, which stands last, once; the oldest are forgotten."""
    return [*(old for old in history if old != text), text][-REMEMBERED:]


class Label(DrawnWidget):
    """The question: one line, as wide as its text."""

    DEFAULT_CSS = "Label { height: 1; width: auto; }"

    def __init__(self, painter: Painter, text: str) -> None:
        super().__init__()
        self.painter = painter
        self.text = text

    def get_content_width(self, container: object, viewport: object) -> int:
        """The cells of the text and a blank at each side."""
        return one_line(self.text, 200).width + 2

    def render_line(self, y: int) -> Strip:
        """The text."""
        paint = self.painter
        width = self.size.width
        base: Base = "R" if is_rtl() else "L"
        text = paint.field(self.text, width - 2, "status key", base=base)
        return strip_of([paint.blank(1, "status"), *text, paint.blank(1, "status")], width)


class Note(DrawnWidget):
    """What there is to say of what is typed: one line above the field."""

    DEFAULT_CSS = "Note { height: 1; width: 1fr; }"

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self.text = ""
        self.is_error = False

    def render_line(self, y: int) -> Strip:
        """The text, at the beginning of the line."""
        paint, width = self.painter, self.size.width
        role = "error" if self.is_error else "status"
        base: Base = "R" if is_rtl() else "L"
        text = paint.field(self.text, width - 2, role, base=base)
        return strip_of([paint.blank(1, role), *text, paint.blank(1, role)], width)


class Prompt(Vertical):
    """A label and a field, and where it is wanted a note above them; tells what was answered and goes away."""

    DEFAULT_CSS = """
    Prompt { dock: bottom; height: auto; width: 1fr; }
    Prompt Horizontal { height: 1; width: 1fr; }
    Prompt LineInput { width: 1fr; height: 1; }
    """

    @dataclass
    class Answered(Message):
        """The line was sent."""

        purpose: str
        text: str

    @dataclass
    class Typed(Message):
        """The line is another one now."""

        purpose: str
        text: str

    @dataclass
    class Dismissed(Message):
        """The question was not answered."""

        purpose: str

    def __init__(
        self,
        painter: Painter,
        purpose: str,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        completions: Completions | None = None,
        history: list[str] | None = None,
        has_note: bool = False,
    ) -> None:
        super().__init__()
        self.purpose = purpose
        self.note = Note(painter)
        self.note.display = has_note
        self.note_start = ""
        self.label = Label(painter, label)
        self.candidates = Candidates(painter)
        self.field = LineInput(
            value, placeholder=placeholder, completions=completions, history=history or [], painter=painter
        )
        self._given = value
        # A value given is replaced by the first letter typed, and changed after an arrow.
        self.field.action_select_all()

    @property
    def changed(self) -> str:
        """What was typed; nothing where it is what the field began with."""
        return self.field.value if self.field.value != self._given else ""

    def compose(self) -> ComposeResult:
        """The candidates and the note, then label and field in reading order."""
        yield self.candidates
        yield self.note
        with Horizontal():
            yield from (self.field, self.label) if is_rtl() else (self.label, self.field)

    def on_mount(self) -> None:
        """Take the keys."""
        self.field.focus()

    def is_beside(self, x: int, y: int) -> bool:
        """Whether a cell of the screen belongs to something else; none outside a screen that has just become smaller."""
        try:
            return self not in self.screen.get_widget_at(x, y)[0].ancestors_with_self
        except NoWidget:
            return False

    def tell(self, text: str, *, is_error: bool = False) -> None:
        """Say something above the field; nothing where there is no room for it."""
        if (text, is_error) != (self.note.text, self.note.is_error):
            self.note.text, self.note.is_error = text, is_error
            self.note.refresh()

    @on(LineInput.Submitted)
    def _submitted(self, event: LineInput.Submitted) -> None:
        event.stop()
        self.post_message(self.Answered(self.purpose, event.value))

    @on(LineInput.Changed)
    def _changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self.purpose, event.value))

    @on(LineInput.Completed)
    def _completed(self, event: LineInput.Completed) -> None:
        """Show what could be meant above the field, each where it would stand in it."""
        event.stop()
        self.candidates.show(event.choice, indent=self.label.size.width)

    @on(Candidates.Chosen)
    def _chosen(self, event: Candidates.Chosen) -> None:
        event.stop()
        self.field.complete_with(event.place)
        self.field.focus()

    @on(LineInput.Cancelled)
    def _cancelled(self, event: LineInput.Cancelled) -> None:
        event.stop()
        self.post_message(self.Dismissed(self.purpose))
