"""The palette: every command, setting and view, found by any of its words in either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..commands import COMMANDS, Command
from ..config import CHOICES
from ..fuzzy import best
from ..i18n import _, in_language, is_rtl
from ..keymap import Keymap
from ..text import Base, Span
from ..widgets.menu import MenuRow
from .finder import FinderScreen
from .menus import key_sign

if TYPE_CHECKING:
    from ..widgets.painting import Painter

#: Settings that take effect while reading, each choice an entry of its own.
_LIVE = ("theme", "density", "months", "digits")
_SETTINGS = {
    "theme": "Theme",
    "density": "Lines for each row",
    "months": "Names of months",
    "digits": "Digits",
}


@dataclass(frozen=True)
class Entry:
    """One thing the palette can do: a command, or a line for the command line."""

    text: str
    others: tuple[str, ...]
    keys: str
    value: Command | str

    @property
    def name(self) -> str:
        """By what it is remembered."""
        return self.value if isinstance(self.value, str) else self.value.name


def entries(keymap: Keymap) -> list[Entry]:
    """Everything the palette offers, commands first, each once."""
    found: list[Entry] = []
    seen: set[str] = set()
    for command in COMMANDS:
        if (
            command.scope in ("menu", "picking", "calendar")
            or command.name.startswith("link-")
            or command.help in seen
        ):
            continue
        seen.add(command.help)
        keys = "  ".join(key_sign(keys) for keys in keymap.of(command))
        found.append(Entry(_(command.help), _others(command.help, command.name), keys, command))
    for name in _LIVE:
        label = _SETTINGS[name]
        for choice in CHOICES[name]:
            text = f"{_(label)}: {_(choice)}"
            others = (f"{label}: {choice}", f"{in_language(label, 'ar')}: {in_language(choice, 'ar')}")
            found.append(Entry(text, (*others, f"set {name} {choice}"), "", f"set {name} {choice}"))
    return found


def _others(text: str, name: str) -> tuple[str, ...]:
    arabic = in_language(text, "ar")
    return (*(other for other in (arabic, text) if other != _(text)), name, name.replace("-", " "))


def palette_rows(typed: str, offered: Sequence[Entry], recent: Sequence[str]) -> list[MenuRow]:
    """The entries that fit, best first; with nothing typed those used last, then the others in their order."""
    if typed.strip():
        return [
            _row(entry, tuple(Span(start, end, "hit") for start, end in found.ranges))
            for entry, found in best(typed, offered, lambda entry: (entry.text, *entry.others))
        ]
    order = {name: place for place, name in enumerate(reversed(recent))}

    def place(entry: Entry) -> int:
        """Used last, then not yet used, then what every hand knows: moving about."""
        is_moving = isinstance(entry.value, Command) and entry.value.group == "Move"
        return order.get(entry.name, len(order) + is_moving)

    return [_row(entry) for entry in sorted(offered, key=place)]


def _row(entry: Entry, spans: tuple[Span, ...] = ()) -> MenuRow:
    base: Base = "R" if is_rtl() else "L"
    return MenuRow(entry.text, entry.keys, entry, base=base, spans=spans)


def palette_screen(painter: Painter, keymap: Keymap, recent: Sequence[str]) -> FinderScreen:
    """The palette; its result is an Entry."""
    offered = entries(keymap)
    return FinderScreen(
        painter,
        _("Commands"),
        lambda typed: palette_rows(typed, offered, recent),
        empty=_("no command of that name"),
    )
