"""All notes, under the headlines of their articles; the one changed last first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from store import Note, Noted

from ..commands import on_both_layouts
from ..i18n import _
from ..presentation import NOTED
from ..text import Span
from ..widgets.menu import Menu, MenuRow
from ..widgets.painting import Painter
from .menus import MenuScreen


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done with a note (``go``, ``edit``, ``delete``, ``copy``; ``export`` is for all), and the row the cursor was on."""

    what: str
    note: Note
    at: int


class NotesScreen(MenuScreen):
    """The notes of the archive; the result is what is to be done with one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(on_both_layouts(("a",))), "note('edit')", show=False),
        Binding(",".join(on_both_layouts(("d", "delete"))), "note('delete')", show=False),
        Binding(",".join(on_both_layouts(("y",))), "note('copy')", show=False),
        Binding(",".join(on_both_layouts(("e",))), "note('export')", show=False),
    ]

    def __init__(self, painter: Painter, found: Sequence[Noted], at: int = 0) -> None:
        empty = _("No notes yet: in an article, m marks a passage, a writes a note")
        super().__init__(painter, _("Notes"), note_rows(found), empty=empty)
        self._at = at

    def on_mount(self) -> None:
        """Stand where one was."""
        if self._at:
            self.menu.move_to(self._at)

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Also what can be done with a note."""
        first, *others = super().hints()
        return (first, ("a", _("write")), ("d", _("delete")), ("y", _("copy")), ("e", _("export")), *others)

    def action_note(self, what: str) -> None:
        """Go on with the note under the cursor."""
        row = self.menu.current
        if row is not None and isinstance(row.value, Note):
            self.dismiss(Asked(what, row.value, self.menu.cursor))

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Go to the note."""
        event.stop()
        event.prevent_default()
        self.action_note("go")


def note_rows(found: Sequence[Noted]) -> list[MenuRow]:
    """Notes under the headlines of their articles, an article once, where its latest note stands."""
    by_article: dict[int, list[Noted]] = {}
    for noted in found:
        by_article.setdefault(noted.note.article, []).append(noted)
    rows: list[MenuRow] = []
    for group in by_article.values():
        rows.append(MenuRow(group[0].title, role="heading"))
        in_order = sorted(group, key=lambda one: (one.note.start is None, one.note.start or 0, one.note.id))
        rows += [_row(noted.note) for noted in in_order]
    return rows


def _row(note: Note) -> MenuRow:
    passage, text = " ".join(note.passage.split()), " ".join(note.text.split())
    quoted = f"«{passage if len(passage) <= 60 or not text else passage[:60].rsplit(' ', 1)[0] + ' …'}»"
    written = f"{NOTED} {text}" if text else ""
    shown = "  ".join(part for part in (written, quoted if passage else "") if part)
    spans = (Span(0, len(written), "note"),) if written else ()
    detail = _("no longer in the text") if note.is_lost else "" if passage else _("on the article")
    return MenuRow(shown, detail, note, indent=2, spans=spans)
