"""Keymap: which keys each command answers to, as the config and its ready-made sets want it. Pure.

A command is named in the config as in :mod:`tui.commands`; its keys stand
between commas, each a character, a name (``ctrl+s``, ``pagedown``, ``comma``)
or several of them in a row (``", j"`` is a comma, then j). What a person
asked for wins over a ready-made set, and that over the defaults; where two
commands that can be meant at once ask for one key, the one named first keeps
it, and a line says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from .commands import COMMANDS, Command, on_both_layouts
from .i18n import _
from .terminal.keyboard import key_name, latin_for

#: Ready-made sets of keys, by the name under which ``keys_preset`` asks for them.
PRESETS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": {},
        "newsboat": {
            "next-match": "n",
            "previous-match": "p",
            "read": "N",
            "mark-view-read": "A",
            "next-article": "J,]",
            "previous-article": "K,[",
            "list-top": "home",
            "list-bottom": "end",
            "article-top": "home",
            "article-bottom": "end",
            "sort": "g,G",
            "export": "s",
            "editor": "E",
            "tag": "ctrl+e",
            "tags": "t",
            "views": "F,v",
            "followed": "W",
            "related": "u",
            "refresh-feeds": "R,ctrl+r",
            "history": "comma h",
            "details": "i",
            "quit": "q",
            "quit-now": "Q,ctrl+q",
            "undo": "ctrl+z,U",
        },
    }
)

#: Scopes whose keys are in force together.
_TOGETHER: Mapping[str, frozenset[str]] = {
    "list": frozenset({"list", "main", "app"}),
    "article": frozenset({"article", "main", "app"}),
    "main": frozenset({"list", "article", "main", "app"}),
    "menu": frozenset({"menu", "figures", "saved", "app"}),
    "figures": frozenset({"menu", "figures", "app"}),
    "saved": frozenset({"menu", "saved", "app"}),
    "entries": frozenset({"entries", "app"}),
    **{
        screen: frozenset({"entries-screen", screen, "app"})
        for screen in ("entries-screen", "related", "story", "followed", "feeds")
    },
    "compare": frozenset({"compare", "app"}),
    "picking": frozenset({"picking"}),
    "calendar": frozenset({"calendar", "app"}),
    "app": frozenset({"list", "article", "main", "menu", "app"}),
}

Sequence = tuple[str, ...]


@dataclass(frozen=True)
class Keymap:
    """The keys of every command, as written; ``problems`` is one line for each wish that could not be met."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, as written."""
        return self.keys.get(command.name, command.keys)

    def changed(self) -> dict[str, str]:
        """For Textual's own keymap: the bindings that are not the declared ones, by command name.

        A command that has lost its keys gets the name of a key that does not exist.
        """
        found: dict[str, str] = {}
        for command in COMMANDS:
            keys = self.of(command)
            if keys != command.keys:
                bound = [key for key in self._in_force(command.scope) if " " not in key]
                names = on_both_layouts((key for key in keys if " " not in key), bound)
                found[command.name] = ",".join(names) or "unbound"
        return found

    def _in_force(self, scope: str) -> Iterable[str]:
        together = _TOGETHER[scope]
        return (key for command in COMMANDS if command.scope in together for key in self.of(command))

    def sequences(self) -> dict[Sequence, tuple[Command, ...]]:
        """Commands that are reached by several keys in a row, by Textual's names of these keys."""
        found: dict[Sequence, tuple[Command, ...]] = {}
        for command in COMMANDS:
            for keys in self.of(command):
                if " " in keys.strip():
                    sequence = tuple(canonical(key) for key in keys.split())
                    found[sequence] = (*found.get(sequence, ()), command)
        return found


def keymap(chosen: Mapping[str, str], preset: str = "") -> Keymap:
    """The keys of all commands under the wishes of the config."""
    names = {command.name: command for command in COMMANDS}
    problems = [_unknown(name, names) for name in chosen if name not in names]
    known = {name: wish for name, wish in chosen.items() if name in names}
    ranked = [
        *((names[name], _written(wish), "chosen") for name, wish in known.items()),
        *(
            (names[name], _written(wish), "preset")
            for name, wish in PRESETS.get(preset, {}).items()
            if name in names and name not in known
        ),
    ]
    wished = {command.name for command, _keys, _rank in ranked}
    ranked += [(command, command.keys, "default") for command in COMMANDS if command.name not in wished]
    taken = _Taken()
    given: dict[str, tuple[str, ...]] = {}
    for command, keys, rank in ranked:
        kept: list[str] = []
        holder: Command | None = None
        for key in keys:
            other = taken.holder(key, command)
            if other is None:
                kept.append(key)
                taken.add(key, command)
            elif other.name != command.name:
                holder = other
                if rank == "chosen":
                    problems.append(_asked_twice(key, other, command))
        given[command.name] = tuple(kept)
        if holder is not None and not kept and rank == "default" and holder.name in known:
            problems.append(_left_without(command, holder))
    order = {command.name: given[command.name] for command in COMMANDS}
    return Keymap(MappingProxyType(order), tuple(problems))


class _Taken:
    """The keys that are given already, by the first key of each."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[Sequence, Command]]] = {}

    def add(self, key: str, command: Command) -> None:
        """Give keys to a command."""
        keys = _keys(key)
        self._by_first.setdefault(keys[0], []).append((keys, command))

    def holder(self, key: str, command: Command) -> Command | None:
        """The command that has the keys already, where both could be meant; also where one begins the other."""
        wanted = _keys(key)
        together = _TOGETHER[command.scope]
        for held, other in self._by_first.get(wanted[0], ()):
            shorter = min(len(held), len(wanted))
            if held[:shorter] == wanted[:shorter] and other.scope in together:
                return other
        return None


def _keys(written: str) -> Sequence:
    return tuple(canonical(key) for key in written.split())


def _written(wish: str) -> tuple[str, ...]:
    return tuple(" ".join(keys.split()) for keys in wish.split(",") if keys.strip())


def _unknown(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), 1)
    hint = " (" + _("did you mean {name}?").format(name=near[0]) + ")" if near else ""
    return _("keys: no command is called {name}").format(name=name) + hint


def _asked_twice(key: str, first: Command, second: Command) -> str:
    return _("keys: {first} and {second} both ask for {key}; {first} keeps it").format(
        key=key, first=first.name, second=second.name
    )


def _left_without(command: Command, holder: Command) -> str:
    return _("keys: {holder} took the only key of {command}").format(holder=holder.name, command=command.name)


@lru_cache(maxsize=512)
def canonical(key: str) -> str:
    """One name for a key, whichever way it is written and whichever keyboard layout gave it."""
    modifier, plus, last = key.rpartition("+")
    if not plus or not last:
        modifier, plus, last = "", "", key
    char = _NAMED.get(last, last)
    latin = latin_for(char) if len(char) == 1 else None
    char = latin or char
    return modifier + plus + (key_name(char) if len(char) == 1 else char)


def canonical_sequence(keys: str) -> str:
    """The same for several keys in a row."""
    return " ".join(canonical(key) for key in keys.split())


_NAMED = {key_name(chr(code)): chr(code) for code in (*range(0x21, 0x7F), *range(0x60C, 0x66B))}

_COUNTED = re.compile(r"(\w+)\((-?\d+(?:\.\d+)?)\)$")


def counted_action(action: str, count: int) -> str:
    """The action done ``count`` times over: its number multiplied; an end of the list becomes that row.

    An action without a number is done once, as before.
    """
    match = _COUNTED.match(action)
    if match and match[1] != "follow":
        number = float(match[2]) * count
        return f"{match[1]}({number if '.' in match[2] else int(number)})"
    return f"to_row({count})" if action.startswith("end(") else action
