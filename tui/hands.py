"""Hands: counts (``5j``) and keys in a row (``, j``), between the key press and the bindings.

While keys are awaited the status line shows which ones would mean something.
Esc lets go; a key that means nothing there is dropped, so that half a command
never becomes another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.keys import key_to_character

from .commands import COMMANDS, Command
from .i18n import _, digits
from .keymap import Keymap, Sequence, canonical, counted_action
from .terminal.keyboard import latin_for

if TYPE_CHECKING:
    from textual import events

    from .app import NewsReaderApp

#: Longest count: nobody means more rows than a million.
MOST_DIGITS = 7
#: Commands the hint shows beside a count.
_COUNTABLE = ("list-down", "article-down", "menu-down", "next-article", "next-match", "select", "list-bottom")


class Hands:
    """The keys pressed so far that are not yet a command."""

    def __init__(self, keymap: Keymap, macros: Mapping[str, str] | None = None) -> None:
        self.keymap = keymap
        self.sequences = keymap.sequences()
        #: The lines of each macro by its keys, and what is wrong with those that cannot be.
        self.macros: Mapping[Sequence, tuple[str, ...]] = {}
        self.macro_problems: tuple[str, ...] = ()
        if macros:
            self._take_macros(macros)
        self._first = {sequence[0] for sequence in self.sequences}
        self.count = ""
        self.pressed: Sequence = ()

    def _take_macros(self, written: Mapping[str, str]) -> None:
        from .macros import macros

        found = macros(written, self.sequences)
        self.macros, self.macro_problems = found.lines, found.problems
        # What a person wrote comes before what a command has.
        for keys, command in found.commands().items():
            self.sequences[keys] = (command, *self.sequences.get(keys, ()))

    @property
    def is_waiting(self) -> bool:
        """True while a key is awaited."""
        return bool(self.count or self.pressed)

    def let_go(self, app: NewsReaderApp) -> None:
        """Forget the count and the keys."""
        if self.is_waiting:
            self.count, self.pressed = "", ()
            self.tell(app)

    async def take(self, app: NewsReaderApp, event: events.Key) -> bool:
        """True where the key belongs to a count or a sequence, and is dealt with."""
        if getattr(app.focused, "takes_text", False):
            self.let_go(app)
            return False
        key = canonical(event.key)
        if not self.is_waiting and key not in self._first and not key.isdecimal():
            return False
        if event.key == "escape" and self.is_waiting:
            self.let_go(app)
            return True
        if not self.pressed and self._takes_digit(app, key):
            self.count = (self.count + key)[-MOST_DIGITS:]
            self.tell(app)
            return True
        if self.pressed or self._begins(app, key):
            await self._go_on(app, key)
            return True
        return bool(self.count) and await self._counted(app, event.key, key)

    def _takes_digit(self, app: NewsReaderApp, key: str) -> bool:
        """Digits are a count, unless they mean something of their own where the keys are now."""
        if len(key) != 1 or not key.isdecimal():
            return False
        begins = getattr(app.focused, "begins_count", None)
        return bool(self.count) or (begins is not None and begins(key))

    def _begins(self, app: NewsReaderApp, key: str) -> bool:
        return not self.count and any(s[0] == key and self._meant(app, s) for s in self.sequences)

    def _meant(self, app: NewsReaderApp, sequence: Sequence) -> Command | None:
        """The command of a sequence that can be done where the keys are now."""
        return next((c for c in self.sequences[sequence] if app.node_for(c) is not None), None)

    async def _go_on(self, app: NewsReaderApp, key: str) -> None:
        self.pressed = (*self.pressed, key)
        command = self._meant(app, self.pressed) if self.pressed in self.sequences else None
        if command is None and any(s[: len(self.pressed)] == self.pressed for s in self.sequences):
            self.tell(app)
            return
        self.let_go(app)
        if command is not None:
            await app.run_command(command)

    async def _counted(self, app: NewsReaderApp, key: str, canonical_key: str) -> bool:
        """Do what the key is bound to as often as was counted."""
        count = max(1, int(self.count))
        self.let_go(app)
        follow = getattr(app.focused, "action_follow", None)
        if canonical_key == "enter" and follow is not None:
            follow(count)
            return True
        active = app.screen.active_bindings.get(key)
        if active is None:
            return False
        await app.run_action(counted_action(active.binding.action, count), active.node)
        return True

    def tell(self, app: NewsReaderApp) -> None:
        """Show what was pressed so far."""
        status = getattr(app.screen, "status", None)
        if status is not None:
            status.tell_pending(self.pending(app))

    def pending(self, app: NewsReaderApp) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What was pressed, and the (key, word) pairs that would go on from there."""
        if self.pressed:
            rest = [
                (" ".join(sequence[len(self.pressed) :]), command)
                for sequence in self.sequences
                if sequence[: len(self.pressed)] == self.pressed and (command := self._meant(app, sequence))
            ]
            return " ".join(printed(key) for key in self.pressed), tuple(
                (" ".join(printed(key) for key in keys.split()), _(command.hint or command.help))
                for keys, command in rest
            )
        if not self.count:
            return "", ()
        found = {
            printed(keys[0]): _(command.help)
            for command in COMMANDS
            if command.name in _COUNTABLE
            and app.node_for(command) is not None
            and (keys := self.keymap.of(command))
        }
        if hasattr(app.focused, "action_follow"):
            found = {"Enter": _("follow the link of that number"), **found}
        return digits(self.count), tuple(found.items())


def printed(key: str) -> str:
    """A key as it is printed on the keyboard."""
    char = key_to_character(key) or key
    return latin_for(char) or char
