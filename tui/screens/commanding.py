"""Commanding: the palette and the ``:`` command line, in front of everything the reader can do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from store import StoreError

from ..commands import Command
from ..i18n import _
from .asking import Asking

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from ..command_line import Completer, Line

#: Under which names the store keeps what was typed and chosen, and how much of it.
_TYPED, _RECENT, _KEPT = "command-history", "recent-commands", 50

#: Seconds that a line of a macro may take before the next one is done all the same.
LINE_SECONDS = 5.0


class Commanding(Asking):
    """Does what is chosen or typed by name."""

    @work
    async def action_palette(self) -> None:
        """All commands, found by typing; the one chosen is done."""
        from .palette import Entry, palette_screen

        app = self.app
        app.recent_commands = app.recent_commands or self._kept(_RECENT)
        chosen = await app.push_screen_wait(
            palette_screen(self.list.painter, app.hands.keymap, app.recent_commands)
        )
        if not isinstance(chosen, Entry):
            return
        app.recent_commands = [*(name for name in app.recent_commands if name != chosen.name), chosen.name][
            -50:
        ]
        self._keep(_RECENT, app.recent_commands)
        if isinstance(chosen.value, str):
            await self.do_line(chosen.value)
        else:
            await self.do(chosen.value)

    async def do(self, command: Command) -> None:
        """Do a command; one that belongs to the other pane says so."""
        node: DOMNode | None = self.app.node_for(command)
        if node is None:
            pane = self.view if command.scope == "article" else self.list
            node = pane if pane.display else None
        if node is None:
            self.tell(_("not here: {name}").format(name=_(command.help)), is_error=True)
            return
        await self.app.run_action(command.action, node)

    def _kept(self, name: str) -> list[str]:
        """What was used in the runs before, latest last."""
        try:
            found = self.store.recall(name)
        except StoreError:
            return []
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def _keep(self, name: str, used: list[str]) -> None:
        if not self.store.is_read_only:
            kept = used[-_KEPT:]
            self.in_store(lambda: self.store.remember(name, kept))

    def action_command_line(self) -> None:
        """Ask for a command by its name."""
        if "command" not in self.app.histories:
            self.app.histories["command"] = self._kept(_TYPED)
        self.ask(
            "command",
            ":",
            placeholder=_("a command: tag +a, set theme night … (Tab completes)"),
            completions=self._complete_command,
        )

    def _complete_command(self, text: str, index: int) -> list[str]:
        from ..command_line import complete

        return complete(text, index, self.completers())

    def completers(self) -> dict[str, Completer]:
        """What completes the arguments of the verbs; rooms built on this add theirs."""
        from dataclasses import fields

        from ..command_line import COPIES, complete_choice, complete_setting
        from ..config import CHOICES

        return {
            "set": complete_setting(item.name for item in fields(self.settings)),
            "theme": complete_choice(CHOICES["theme"]),
            "copy": complete_choice(COPIES),
        }

    @work
    async def answered_command(self, text: str) -> None:
        """Do the line that was typed."""
        if text:
            self._keep(_TYPED, self.app.histories.get("command", []))
            await self.do_line(text)

    async def do_line(self, text: str) -> None:
        """Read and do one line of the command line; what cannot be read is told."""
        from ..command_line import CommandLineError, read

        try:
            line = read(text)
        except CommandLineError as error:
            self.tell(str(error), is_error=True)
            return
        if line.command is not None:
            await self.do(line.command)
        elif line.row:
            (self.view if self.is_article_in_front else self.list).action_to_row(line.row)
        else:
            self.do_verb(line)

    # Macros

    @work(group="macro", exclusive=True)
    async def action_macro(self, keys: str) -> None:
        """Do the lines of a macro one after the other, each on what the one before has brought."""
        for line in self.app.hands.macros.get(tuple(keys.split()), ()):
            if not self.is_current or self.prompt is not None:
                # A line has asked something: what comes next was not meant for that.
                return
            await self.do_line(line)
            await self._done()

    async def _done(self) -> None:
        """Until what a line reads from the store is on the screen."""
        end = time.monotonic() + LINE_SECONDS
        while any(worker.group in ("article", "rows") and worker.is_running for worker in self.app.workers):
            if time.monotonic() > end:
                return
            await asyncio.sleep(0.005)
        await self.wait_for_refresh()

    def do_verb(self, line: Line) -> None:
        """Do a verb: ``verb_NAME(argument)`` of one of the rooms."""
        getattr(self, "verb_" + line.verb.replace("-", "_"))(line.argument)

    # Numbers

    def verb_goto(self, argument: str) -> None:
        """``:goto NUMBER``: the article with that number."""
        self._with_number(argument, self.jump_to)

    def verb_link(self, argument: str) -> None:
        """``:link NUMBER``."""
        self._with_number(argument, self.view.action_follow)

    def _with_number(self, argument: str, act: Callable[[int], object]) -> None:
        if argument.isdecimal() and len(argument) < 12:
            act(int(argument))
        else:
            self.tell(_("a number is expected"), is_error=True)
