"""The program's door: the reader at once, or the command line for everything else.

``newsreader`` with nothing but options about the reader is the start a person
waits for, so it does not load the command line's library (25 ms).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

#: A shell asks for completions by this variable, with whatever words stand on its line.
COMPLETING = "_NEWSREADER_COMPLETE"
#: The options of the reader that take a value.
_READER_OPTIONS = ("store", "lang", "bidi", "marks", "theme")


def _without_tls() -> None:
    """Load asyncio without TLS, for which it loads more than for all else: only what fetches needs that, and loads it itself."""
    if "ssl" in sys.modules:
        return
    # How Python is told that a module is not there.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio.sslproto  # noqa: F401
    finally:
        del sys.modules["ssl"]


def main() -> None:
    """Run what the arguments ask for."""
    # Nothing made during the start is garbage; the app turns the collector on again.
    gc.disable()
    flags = None if COMPLETING in os.environ else reader_flags(sys.argv[1:])
    if flags is None:
        gc.enable()
        from .cli import main as command_line

        command_line()
        return
    _without_tls()
    from .failures import in_one_line
    from .reader import configured, read

    with in_one_line():
        raise SystemExit(read(configured(flags).settings))


def reader_flags(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options, where the arguments are nothing but ``--option value`` of the reader; else None."""
    flags: dict[str, str] = {}
    words = iter(arguments)
    for word in words:
        if word == "--slow":
            flags["slow"] = "true"
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in _READER_OPTIONS:
            return None
        if not equals:
            following = next(words, None)
            if following is None or following.startswith("-"):
                return None
            value = following
        flags[name] = value
    return flags
