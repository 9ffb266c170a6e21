"""Whether kitty has ``force_ltr`` on, and what its main font has, which no escape sequence tells.

With ``force_ltr`` kitty leaves the order of letters alone, without it every word is turned
round, in parts where it is drawn in several fonts. Only a kitty on this machine shows its settings; over ssh the user
sets the mode, and nothing is assumed of the font.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from .profile import FORCE_LTR, MAIN_FONT

_LIMIT = 1 << 20
_PATIENCE = 0.3


def with_settings(env: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, with what is known of the kitty that it names: ``FORCE_LTR`` (``yes``) and ``MAIN_FONT``."""
    pid = env.get("KITTY_PID", "")
    if not pid.isdecimal():
        return env
    arguments = _text(Path("/proc", pid, "cmdline")).split("\0")
    given = _from_arguments(arguments)
    configs = [_text(path) for path in _config_files(arguments, env)]
    if is_forced(given, configs):
        return {**env, FORCE_LTR: "yes"}
    characters = _characters(font_family(given, configs))
    return {**env, MAIN_FONT: characters} if characters else env


def is_forced(given: Sequence[str], configs: Sequence[str]) -> bool:
    """Whether ``force_ltr`` ends up on: the last setting of the configs, or a later one given by hand."""
    return _setting("force_ltr", given, configs).casefold() in ("yes", "y", "true")


def font_family(given: Sequence[str], configs: Sequence[str]) -> str:
    """The family of the main font as the settings name it; ``monospace`` where they do not."""
    value = _setting("font_family", given, configs)
    named = re.search(r"""family=(?:"([^"]*)"|'([^']*)'|(\S+))""", value)
    family = next(filter(None, named.groups()), "") if named else value
    return "monospace" if family in ("", "auto") else family


def _setting(name: str, given: Sequence[str], configs: Sequence[str]) -> str:
    """The last value of a setting; those given by hand come after the configs."""
    found = ""
    for line in [line for config in configs for line in config.splitlines()] + list(given):
        match = re.match(r"\s*(\w+)[\s=]+(.*)", line)
        if match and match[1] == name:
            found = match[2].strip()
    return found


def _characters(family: str) -> str:
    """The characters of a font as ranges of code points; "" where fontconfig cannot be asked."""
    # Loaded here: only kitty needs it.
    import subprocess

    with suppress(OSError, subprocess.SubprocessError, UnicodeError):
        done = subprocess.run(
            ("fc-match", "-f", "%{charset}", "--", family),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
        characters = done.stdout.decode()
        return (
            characters
            if re.fullmatch(r"[0-9a-f]+(?:-[0-9a-f]+)?(?: [0-9a-f]+(?:-[0-9a-f]+)?)*", characters)
            else ""
        )
    return ""


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
