"""Writing the config file: a commented one to begin with, and single values; what is there stays as it is.

tomlkit keeps comments and order, and the file takes its new text at once
(written beside it, then renamed).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from .config import BOUNDS, CHOICES, TABLES, ConfigError, Settings, examine

#: What each setting is for, as a comment says it.
_ABOUT: Mapping[str, str] = {
    "store": "the store, a file; empty: newsreader.db in the XDG data folder",
    "lang": "language of the interface; auto: English for an English locale, else Arabic",
    "digits": "digits of the interface; auto: those of its language",
    "months": "names of months: يناير (common) or كانون الثاني (levantine)",
    "hijri": "the Hijri date beside the Gregorian one",
    "bidi": "how Arabic is sent to the terminal; auto: as newsreader doctor tells",
    "marks": "whether harakat are sent to the terminal",
    "theme": "colours; terminal: those of your terminal; mono: none",
    "borders": "lines and signs; ascii: for fonts that have no others",
    "measure": "longest line of an article, in cells",
    "justify": "both edges of the text straight",
    "density": "lines of a row of the list; auto: by the size of the terminal",
    "by_day": "the name of the day above its rows in the list",
    "list_width": "cells of the list beside an article; 0: by the size of the terminal",
    "wide_from": "columns from which list and article stand side by side",
    "slow": "a slow line: fewer pictures a second, searches once one rests",
    "keys_preset": "a ready-made set of keys",
    "notify": "news of followed stories and of feeds for the desktop, by the terminal",
}
_HEADING = """\
# Settings of newsreader. A line without # is in force; newsreader config show tells what is.
# NEWSREADER_* variables win over this file, options of the command line over both.
"""
_TABLES = {
    "keys": (
        "# Keys, by command (newsreader shows the names under ?): several stand between commas.",
        "# [keys]",
        '# tag = "t,ctrl+t"',
    ),
    "macros": (
        "# Several commands or lines of the command line (:) for one key, with ; between them.",
        "# [macros]",
        '# "comma m" = "star; tag +قراءة; next-article"',
    ),
    "terminal": (
        "# What one terminal needs, by its name; newsreader doctor writes this.",
        "# [terminal.xterm]",
        '# bidi = "visual"',
        '# marks = "strip"',
    ),
}


def set_value(file: Path, name: str | Sequence[str], value: Any) -> None:
    """Write one setting: ``"theme"``, or the way to it through tables: ``("terminal", "xterm", "bidi")``.

    Raises ConfigError where there is no such setting, the value cannot be, or the file cannot be written.
    """
    way = (name,) if isinstance(name, str) else tuple(name)
    document = _parsed(_text(file), file)
    table: Any = document
    for step in way[:-1]:
        if step not in table:
            table[step] = tomlkit.table(is_super_table=step == "terminal")
        table = table[step]
        if not isinstance(table, Mapping):
            raise ConfigError(f"{file}: {step} is no table")
    table[way[-1]] = value
    _write(file, tomlkit.dumps(document))


def init(file: Path) -> tuple[str, ...]:
    """Write every setting with its default and meaning, commented out; the names that were added.

    A file that is there keeps every line; only settings it does not mention are added.
    Raises ConfigError where it cannot be read or written.
    """
    text = _text(file)
    document = _parsed(text, file)
    names = [item.name for item in fields(Settings) if item.name not in TABLES]
    missing = [name for name in names if name not in document and not _is_mentioned(name, text)]
    tables = [name for name in TABLES if name not in document and f"# [{name}" not in text]
    lines = [line for name in missing for line in _commented(name)]
    head = (text or _HEADING)[: _first_table(text) if text else None]
    tail = text[_first_table(text) :] if text else ""
    parts = [head.rstrip("\n") + "\n" if head.strip() else "", *(line + "\n" for line in lines)]
    parts += ["\n" + tail] if tail else []
    parts += ["\n" + "\n".join(_TABLES[name]) + "\n" for name in tables]
    if missing or tables:
        _write(file, "".join(parts))
    return (*missing, *tables)


def _commented(name: str) -> tuple[str, ...]:
    default = tomlkit.item(getattr(Settings(), name)).as_string()
    values = ", ".join(value for value in CHOICES.get(name, ()) if value)
    if name in BOUNDS:
        values = f"{BOUNDS[name][0]} to {BOUNDS[name][1]}"
    about = _ABOUT.get(name, name) + (f" ({values})" if values else "")
    return ("", f"# {about}", f"# {name} = {default}")


def _is_mentioned(name: str, text: str) -> bool:
    return re.search(rf"^\s*#\s*{re.escape(name)}\s*=", text, re.MULTILINE) is not None


def _first_table(text: str) -> int:
    """Where the first table begins: a line that begins with a bracket and stands in no string or list."""
    for match in re.finditer(r"^[ \t]*\[", text, re.MULTILINE):
        try:
            tomllib.loads(text[: match.start()])
        except tomllib.TOMLDecodeError:
            continue
        return match.start()
    return len(text)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error


def _parsed(text: str, file: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise ConfigError(f"{file}: {error}") from error


def _write(file: Path, text: str) -> None:
    """Put the text in the place of the file, in one step; refused where it would not be read again."""
    # A config that is a link (into a folder of dotfiles) stays one.
    target = file.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, "utf-8")
        _, problems = examine(part, {}, {})
        if problems:
            raise ConfigError(problems[0].replace(str(part), str(file)))
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
