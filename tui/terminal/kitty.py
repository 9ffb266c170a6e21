"""Whether kitty has ``force_ltr`` on, which no escape sequence tells.

With it kitty leaves the order of letters alone, without it every word is turned
round. Only a kitty on this machine shows its settings; over ssh the user sets the mode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from .profile import FORCE_LTR

_LIMIT = 1 << 20


def with_settings(env: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, with ``FORCE_LTR`` set to ``yes`` if it names a kitty that has the option on."""
    pid = env.get("KITTY_PID", "")
    if not pid.isdecimal():
        return env
    arguments = _text(Path("/proc", pid, "cmdline")).split("\0")
    given = _from_arguments(arguments)
    configs = [_text(path) for path in _config_files(arguments, env)]
    return {**env, FORCE_LTR: "yes"} if is_forced(given, configs) else env


def is_forced(given: Sequence[str], configs: Sequence[str]) -> bool:
    """Whether ``force_ltr`` ends up on: the last setting of the configs, or a later one given by hand."""
    answer = False
    for line in [line for config in configs for line in config.splitlines()] + list(given):
        key, _, value = line.strip().replace("=", " ", 1).partition(" ")
        if key == "force_ltr":
            answer = value.strip().casefold() in ("yes", "y", "true")
    return answer


def _from_arguments(arguments: Sequence[str]) -> list[str]:
    """The settings of ``-o key=value``, ``-okey=value`` and ``--override key=value``."""
    settings = []
    for place, argument in enumerate(arguments):
        if argument in ("-o", "--override") and place + 1 < len(arguments):
            settings.append(arguments[place + 1])
        elif argument.startswith("--override="):
            settings.append(argument.removeprefix("--override="))
        elif argument.startswith("-o") and len(argument) > 2:
            settings.append(argument[2:])
    return settings


def _config_files(arguments: Sequence[str], env: Mapping[str, str]) -> list[Path]:
    """Where this kitty reads its settings from: ``--config`` if given, else the first usual place."""
    named = [after for flag, after in pairwise(arguments) if flag in ("-c", "--config")]
    named += [item.removeprefix("--config=") for item in arguments if item.startswith("--config=")]
    if named:
        return [Path(name) for name in named if name != "NONE"]
    home = env.get("HOME", "")
    folders = [
        env.get("KITTY_CONFIG_DIRECTORY", ""),
        env.get("XDG_CONFIG_HOME", "") and env["XDG_CONFIG_HOME"] + "/kitty",
        home and home + "/.config/kitty",
    ]
    return [Path(folder, "kitty.conf") for folder in folders if folder][:1]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LIMIT).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
