"""Other programs: browser, pipe, editor, pager. What is run is decided here, never through a shell.

Commands from the environment or the person are cut into words as a shell
would cut them, and run as they are: nothing an article holds is ever a
command, an option or a path.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .i18n import _

#: Browsers that draw in the terminal itself, and so have to be given it.
_IN_TERMINAL = frozenset({"w3m", "lynx", "links", "links2", "elinks", "browsh", "chawan", "cha"})
#: Programs that talk with the person: piped text is shown by them, the terminal is theirs for that time.
_INTERACTIVE = frozenset({"less", "more", "most", "bat", "vi", "vim", "nvim", "view", "nano", "fzf", "emacs", "hx", "micro", "kak", *_IN_TERMINAL})  # fmt: skip
_OPENERS = ("xdg-open", "open", "wslview", "sensible-browser")
#: A command that is piped to has so long, and may say so much (bytes).
PATIENCE, MOST_OUTPUT = 60.0, 1 << 20


class CannotOpenError(Exception):
    """Another program could not be run; the text is one line fit to show."""


@dataclass(frozen=True)
class Program:
    """Words to run, and whether the program needs the terminal."""

    words: tuple[str, ...]
    needs_terminal: bool = False


def words_of(command: str) -> tuple[str, ...]:
    """A command cut into words; raises CannotOpenError for one that cannot be cut."""
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        raise CannotOpenError(f"{command}: {error}") from error


def safe_address(address: str | None) -> str | None:
    """The address where it is one of the web (http, https), with a host and nothing that is not shown; else None."""
    if not address or not address.isprintable() or " " in address or address.startswith("-"):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def browser(address: str, environment: Mapping[str, str]) -> Program:
    """How to open an address of the web: by ``$BROWSER`` (several between colons), or by the desktop's opener.

    Raises CannotOpenError for any other address, and where there is no browser.
    """
    safe = safe_address(address)
    if safe is None:
        raise CannotOpenError(_("not an address of the web: {address}").format(address=address[:60]))
    path = environment.get("PATH")
    for command in environment.get("BROWSER", "").split(":"):
        words = words_of(command)
        if words and shutil.which(words[0], path=path):
            filled = tuple(word.replace("%s", safe) for word in words)
            whole = filled if filled != words else (*words, safe)
            return Program(whole, Path(words[0]).name in _IN_TERMINAL)
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") or os.uname().sysname == "Darwin":
        for opener in _OPENERS:
            if shutil.which(opener, path=path):
                return Program((opener, safe))
    raise CannotOpenError(_("no browser here: set BROWSER"))


def start(program: Program) -> None:
    """Start a program beside us and forget it: it neither reads our terminal nor writes to it."""
    try:
        subprocess.Popen(
            program.words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise _cannot(program, error) from error


def run(program: Program, given: str | None = None) -> int:
    """Run a program that has the terminal, with ``given`` on its standard input; its exit code."""
    try:
        if given is None:
            return subprocess.call(program.words)
        return subprocess.run(program.words, input=given.encode(), check=False).returncode
    except BrokenPipeError:
        # A pager that is left before it has read everything.
        return 0
    except OSError as error:
        raise _cannot(program, error) from error


def _cannot(program: Program, error: OSError) -> CannotOpenError:
    return CannotOpenError(f"{program.words[0]}: {error.strerror or error}")


@dataclass(frozen=True)
class Said:
    """What a command that was piped to answered."""

    code: int
    output: str
    errors: str


def piped(command: str) -> Program:
    """The program of a command line typed by the person; raises CannotOpenError for an empty or broken one."""
    words = words_of(command)
    if not words:
        raise CannotOpenError(_("no command"))
    return Program(words, Path(words[0]).name in _INTERACTIVE)


def pipe(program: Program, text: str, should_stop: Callable[[], bool] = lambda: False) -> Said:
    """Give text to a program that does not need the terminal, and hear what it says; runs in a worker.

    Raises CannotOpenError where it cannot be run, or takes longer than PATIENCE.
    """
    try:
        process = subprocess.Popen(
            program.words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise _cannot(program, error) from error
    waited = 0.0
    given: bytes | None = text.encode()
    while True:
        try:
            output, errors = process.communicate(given, timeout=0.2)
            break
        except subprocess.TimeoutExpired:
            # What was not taken yet goes on being sent: it must not be given a second time.
            given, waited = None, waited + 0.2
            if waited > PATIENCE or should_stop():
                process.kill()
                process.communicate()
                raise CannotOpenError(
                    _("{program} took too long and was ended").format(program=program.words[0])
                ) from None
    return Said(process.returncode, _heard(output), _heard(errors))


def _heard(data: bytes) -> str:
    from .terminal.clipboard import clean

    return clean(data[:MOST_OUTPUT].decode("utf-8", "replace"))


def editor(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The words of ``$VISUAL``, else ``$EDITOR``, else vi."""
    return words_of(environment.get("VISUAL") or environment.get("EDITOR") or "vi") or ("vi",)


def pager(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The words of ``$PAGER``, else less."""
    return words_of(environment.get("PAGER") or "less") or ("less",)


@contextmanager
def text_file(text: str, stem: str = "article") -> Iterator[Path]:
    """A file of the text that only this user can read, gone afterwards."""
    descriptor, name = tempfile.mkstemp(prefix=f"newsreader-{stem}-", suffix=".txt")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        yield Path(name)
    finally:
        with suppress(OSError):
            os.unlink(name)


def on_file(words: Sequence[str], path: Path) -> Program:
    """An editor or pager on a file."""
    return Program((*words, str(path)), needs_terminal=True)
