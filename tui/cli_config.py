"""What ``newsreader config`` finds out: everything that is wrong, and what a typed word means as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from .config import BOOLEANS, TABLES, ConfigError, Settings, examine, nearest

_PREFIX = "NEWSREADER_"
#: Variables that are ours and no settings.
_OTHERS = ("CONFIG", "COMPLETE", "KITTY_FORCE_LTR")


def everything_wrong(file: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """A line for every name and value that cannot be, in the file and in the environment, keys included."""
    config, problems = examine(file, environment, {})
    return (*problems, *_variables(environment), *_keys(config.settings, file))


def _variables(environment: Mapping[str, str]) -> list[str]:
    names = [item.name.upper() for item in fields(Settings) if item.name not in TABLES]
    found = [name for name in environment if name.startswith(_PREFIX)]
    return [
        f"environment: {name}: no setting is called so{_nearest_variable(name, names)}"
        for name in sorted(found)
        if name.removeprefix(_PREFIX) not in (*names, *_OTHERS)
    ]


def _nearest_variable(name: str, names: Sequence[str]) -> str:
    return (
        nearest(name.lower(), [(_PREFIX + known).lower() for known in names])
        .upper()
        .replace("DID YOU MEAN", "did you mean")
    )


def _keys(settings: Settings, file: Path) -> tuple[str, ...]:
    if not settings.keys and not settings.macros:
        return ()
    # Loads Textual, whose names of keys are meant.
    from .keymap import keymap
    from .macros import macros

    keys = keymap(settings.keys, settings.keys_preset)
    found = macros(settings.macros, keys.sequences())
    return (
        *(f"{file}: [keys]: {problem}" for problem in keys.problems),
        *(f"{file}: [macros]: {problem}" for problem in found.problems),
    )


def way_to(name: str) -> tuple[str, ...]:
    """The way to a setting through tables: ``keys.NAME``, ``terminal.NAME.bidi``; any other is at the top."""
    table, dot, rest = name.partition(".")
    if not dot or table not in TABLES:
        return (name,)
    return (table, *rest.rsplit(".", 1)) if table == "terminal" else (table, rest)


def typed_value(way: Sequence[str], text: str) -> Any:
    """A word typed at the command line in the type of its setting. Raises ConfigError for an unknown setting."""
    if len(way) > 1:
        return text
    names = [item.name for item in fields(Settings) if item.name not in TABLES]
    name = way[0]
    if name not in names:
        raise ConfigError(f"no setting is called {name}{nearest(name, names)}")
    default = getattr(Settings(), name)
    if isinstance(default, bool):
        return BOOLEANS.get(text.lower(), text)
    if isinstance(default, int) and text.isdecimal():
        return int(text)
    return text
