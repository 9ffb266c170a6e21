"""A real terminal on a screen nobody sees, and the pixels on it: for tests that look at what a reader would see.

Xvfb keeps its screen in a file (``-fbdir``) in the format of xwd, so that nothing else is needed to look at it.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

COLUMNS, ROWS = 80, 24
WIDTH, HEIGHT = 1000, 600
#: Seconds until what is looked for is on the screen, on a machine with much else to do.
PATIENCE = 60.0

_XTERM = (
    "xterm",
    "-geometry",
    f"{COLUMNS}x{ROWS}+0+0",
    "-fa",
    "DejaVu Sans Mono",
    "-fs",
    "11",
    *("-b", "0", "-bw"),
    "0",
    "-u8",
)
_COLOURS = ("-bg", "white", "-fg", "black", "+sb", "-xrm", "XTerm*locale: utf-8", "-e")
_VTE = (
    *("dbus-run-session", "--", "xfce4-terminal", "--disable-server", f"--geometry={COLUMNS}x{ROWS}+0+0"),
    *(
        "--hide-menubar",
        "--hide-toolbar",
        "--hide-borders",
        "--hide-scrollbar",
        "--font",
        "DejaVu Sans Mono 11",
    ),
    *("--color-bg", "#ffffff", "--color-text", "#000000", "-x"),
)
TERMINALS: dict[str, tuple[str, ...]] = {"xterm": (*_XTERM, *_COLOURS), "VTE": _VTE}


def missing(terminal: str) -> str:
    """Why this terminal cannot be shown here; empty where it can."""
    programs = [
        "Xvfb",
        "fc-match",
        *(word for word in TERMINALS[terminal] if word in ("xterm", "dbus-run-session")),
    ]
    if terminal == "VTE":
        programs.append("xfce4-terminal")
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    done = subprocess.run(("fc-match", "DejaVu Sans Mono"), capture_output=True, text=True, check=False)
    return "" if "DejaVu Sans Mono" in done.stdout else "the font DejaVu Sans Mono is not installed"


Pixels = tuple[bytes, ...]
"""Rows of a part of the screen, four bytes a pixel."""


class Screen:
    """The screen of one terminal."""

    def __init__(self, frame: Path) -> None:
        self._frame = frame

    def part(self, top: int, bottom: int, left: int, right: int) -> Pixels:
        """The pixels of rows top..bottom and columns left..right (in pixels); empty while there is no screen."""
        with contextlib.suppress(OSError):
            data = self._frame.read_bytes()
            if len(data) > 100:
                header, colours, stride = (struct.unpack_from(">I", data, place)[0] for place in (0, 76, 48))
                begin = header + 12 * colours
                return tuple(
                    data[begin + y * stride + 4 * left : begin + y * stride + 4 * right]
                    for y in range(top, bottom)
                )
        return ()

    def size(self) -> tuple[int, int]:
        """Width and height of the window, which is white on black, in pixels; zeros while there is none."""
        row, column = self.part(0, 1, 0, WIDTH), self.part(0, HEIGHT, 0, 1)
        width = row[0].rfind(b"\xff\xff\xff") // 4 + 1 if row else 0
        height = max((y + 1 for y, pixel in enumerate(column) if pixel[:3] == b"\xff\xff\xff"), default=0)
        return width, height

    def wait(self, is_so: Callable[[], bool]) -> bool:
        """Look until something is so; False when it never is."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if is_so():
                return True
            time.sleep(0.1)
        return False


@contextlib.contextmanager
def shown(terminal: str, command: Sequence[str], folder: Path) -> Iterator[Screen]:
    """The command in a window of its own, at the left top of its own screen."""
    folder.mkdir()
    env = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "GSETTINGS_BACKEND": "memory",
        "NO_AT_BRIDGE": "1",
    } | {
        name: str(folder)
        for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    os.chmod(folder, 0o700)
    script = folder / "command.sh"
    script.write_text(f"#!/bin/sh\nexec {shlex.join(command)}\n")
    script.chmod(0o755)
    read, write = os.pipe()
    size = ("-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder), "-nolisten", "tcp")
    with _process(("Xvfb", "-displayfd", str(write), *size), env, (write,)):
        os.close(write)
        with os.fdopen(read) as answer:
            env["DISPLAY"] = ":" + answer.readline().strip()
        with _process((*TERMINALS[terminal], str(script)), env):
            yield Screen(folder / "Xvfb_screen0")


@contextlib.contextmanager
def _process(command: Sequence[str], env: dict[str, str], keep: Sequence[int] = ()) -> Iterator[None]:
    with subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=keep,
        start_new_session=True,
    ) as process:
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(3)
                    break
