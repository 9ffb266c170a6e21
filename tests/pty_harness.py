"""A program in a pty, before a terminal that answers as a real one does; what it shows is read from pyte's screen.

Words are found on the screen by other means than the program wrote them: the cells of a row from right to left, each
with its presentation form undone by NFKC, are the logical text of what is Arabic in that row.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

ROOT = Path(__file__).parent.parent
NEWSREADER = str(Path(sys.executable).with_name("newsreader"))

ALTERNATE, LEFT, CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"
#: What terminals answer to the questions of the probe and of Textual.
XTERM: Mapping[str, str] = {
    "\x1b[>q": "\x1bP>|XTerm(379)\x1b\\",
    "\x1b[>c": "\x1b[>41;379;0c",
    "\x1b[8$p": "\x1b[8;0$y",
    "\x1b[?2026$p": "\x1b[?2026;0$y",
    "\x1b[?2048$p": "\x1b[?2048;0$y",
    "\x1b[c": "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
}
VTE: Mapping[str, str] = {
    **XTERM,
    "\x1b[>q": "",
    "\x1b[>c": "\x1b[>65;7006;1c",
    "\x1b[8$p": "\x1b[8;1$y",
    "\x1b[c": "\x1b[?65;1;9c",
}

#: What pyte would print as letters: strings to the terminal, and sequences with the private marks it does not know.
_UNKNOWN = re.compile("\x1b[P_^][^\x1b]*\x1b\\\\|\x1b\\[[<=>][0-9;:]*[a-zA-Z]")
_PATIENCE = 60.0


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a login over SSH leaves in the environment: no locale, no XDG folders."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(home), "TERM": "xterm-256color", **more}


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The installed command without a terminal: its output, what it narrates, its exit code."""
    return subprocess.run(
        [NEWSREADER, *arguments],
        env=environment(home, **more),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )


class Terminal:
    """The user's side of a pty."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        size: tuple[int, int] = (80, 24),
        answers: Mapping[str, str] = XTERM,
    ) -> None:
        self.written = ""
        self.status: int | None = None
        self._answers = answers
        self._questions = re.compile("|".join(re.escape(question) for question in answers))
        self._asked = 0
        self._raw = b""
        self._rest = ""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                # What a shell in the background ignores is not ignored at a terminal.
                for number in (signal.SIGINT, signal.SIGHUP):
                    signal.signal(number, signal.SIG_DFL)
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                os.chdir(ROOT)
                os.execve(command[0], list(command), dict(env))
            finally:
                os._exit(127)

    # What is seen

    def rows(self) -> list[str]:
        """The rows of the screen as logical text, as far as they are Arabic."""
        return [
            "".join(
                unicodedata.normalize("NFKC", row[x].data) for x in range(self._screen.columns - 1, -1, -1)
            )
            for row in (self._screen.buffer[y] for y in range(self._screen.lines))
        ]

    def row_of(self, words: str) -> int | None:
        """The number of the first row that shows those words."""
        return next((y for y, row in enumerate(self.rows()) if words in row), None)

    def shows(self, *words: str) -> bool:
        """Whether every one of the words is somewhere on the screen."""
        return all(self.row_of(one) is not None for one in words)

    def cells(self, y: int) -> list[pyte.screens.Char]:
        """The cells of a row from the left."""
        return [self._screen.buffer[y][x] for x in range(self._screen.columns)]

    # What is done

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())

    def until(self, holds: Callable[[], bool]) -> None:
        """Read on until something holds; fails with the screen as it stands."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > end or not self._read():
                screen = "\n".join(self.rows())
                raise AssertionError(f"it never came to be; the screen:\n{screen}\n{self.written[-300:]!r}")

    def until_shown(self, *words: str) -> None:
        """Read on until all the words are on the screen."""
        self.until(lambda: self.shows(*words))

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def wait(self) -> int:
        """Read to the end; the exit code, or minus the signal that ended the program."""
        while self._read():
            pass
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def echoes(self) -> bool:
        """Whether the line is as a shell needs it: echo, line by line, line ends given as they should."""
        flags = termios.tcgetattr(self.master)
        return bool(flags[3] & termios.ECHO and flags[3] & termios.ICANON and flags[1] & termios.OPOST)

    def close(self) -> None:
        """End the program if it still runs."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        os.close(self.master)

    def _read(self) -> bool:
        """Take what is there, and answer what was asked; False at the end of output, or of patience."""
        if not select.select([self.master], [], [], _PATIENCE)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self._raw += data
        text = self._raw.decode("utf-8", "ignore" if not data else "surrogateescape")
        # A letter cut in two by the pipe waits for its other half.
        whole = text.rstrip("".join(map(chr, range(0xDC80, 0xDD00))))
        self._raw = text[len(whole) :].encode("utf-8", "surrogateescape")
        self.written += whole
        self._answer()
        self._show(whole)
        return bool(data)

    def _answer(self) -> None:
        for question in self._questions.finditer(self.written, self._asked):
            self._asked = question.end()
            os.write(self.master, self._answers[question[0]].encode())

    def _show(self, text: str) -> None:
        self._rest += text
        # A sequence that has begun is fed when it is whole.
        start = self._rest.rfind("\x1b")
        is_open = start >= 0 and not re.match(
            "\x1b(\\[[^@-~]*[@-~]|[P_^\\]].*|[^\\[P_^\\]])", self._rest[start:]
        )
        cut = start if is_open else len(self._rest)
        self._stream.feed(_UNKNOWN.sub("", self._rest[:cut]))
        self._rest = self._rest[cut:]
