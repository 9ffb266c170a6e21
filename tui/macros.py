"""Macros: a key that does several lines of the command line in a row, as ``[macros]`` of the config has them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .command_line import CommandLineError, read
from .commands import Command
from .i18n import _
from .keymap import Sequence, canonical

#: What stands between the lines of one macro.
BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Macros:
    """The lines of every macro, by its keys; ``problems`` is one line for each that cannot be."""

    lines: Mapping[Sequence, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def commands(self) -> dict[Sequence, Command]:
        """Each macro as a command, for what looks for commands by their keys."""
        return {
            keys: Command(name, "main", (name,), f"macro({name!r})", f" {BETWEEN} ".join(lines), "Macros")
            for keys, lines in self.lines.items()
            for name in (" ".join(keys),)
        }


def macros(written: Mapping[str, str], sequences: Iterable[Sequence]) -> Macros:
    """Read the macros of a config; ``sequences`` are the keys in a row that commands have.

    A macro takes its keys from a command that has the same ones; one that would begin others is refused.
    """
    known = list(sequences)
    found: dict[Sequence, tuple[str, ...]] = {}
    problems: list[str] = []
    for key, text in written.items():
        keys = tuple(canonical(one) for one in key.split())
        lines = tuple(line.strip() for line in text.split(BETWEEN) if line.strip())
        reason = _reason(keys, lines, [*known, *found])
        if reason:
            problems.append(_("macros: {key}: {reason}").format(key=key, reason=reason))
        else:
            found[keys] = lines
    return Macros(found, tuple(problems))


def _reason(keys: Sequence, lines: tuple[str, ...], known: Iterable[Sequence]) -> str:
    """Why a macro cannot be; empty where it can."""
    if not keys or not lines:
        return _("keys and what they do are expected")
    for other in known:
        shorter = min(len(keys), len(other))
        if keys != other and keys[:shorter] == other[:shorter]:
            return _("begins with the same keys as {other}").format(other=" ".join(other))
    try:
        for line in lines:
            read(line)
    except CommandLineError as error:
        return str(error)
    return ""
