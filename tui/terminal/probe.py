"""Asking a terminal who it is, before the first frame.

The questions go out together, the last one being a question that every terminal
answers; so the wait is one round trip where there is a terminal, and at most
``PATIENCE`` seconds where nothing answers at all.
"""

from __future__ import annotations

import contextlib
import os
import select
import termios
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

from . import outside, sequences
from .profile import Outside, Replies, is_screen, is_tmux
from .replies import read

PATIENCE = 0.5
_CHUNK = 4096
_INPUT_LIMIT = 1 << 16


def can_ask(stdin: int, stdout: int, env: Mapping[str, str]) -> bool:
    """Whether both ends are a terminal that obeys sequences and is ours at this moment."""
    if not (os.isatty(stdin) and os.isatty(stdout)) or env.get("TERM", "") in ("", "dumb"):
        return False
    try:
        # A job in the background would be stopped by the kernel for touching the terminal.
        return os.tcgetpgrp(stdin) == os.getpgrp()
    except OSError:
        return False


def probe(stdin: int, stdout: int, env: Mapping[str, str], patience: float = PATIENCE) -> tuple[Replies, str]:
    """Ask the terminal at two descriptors; return its answers and what the user typed meanwhile.

    The caller has made sure of :func:`can_ask`. ``patience`` is in seconds, for
    everything together. Never raises for a terminal that goes away: it then has not answered.
    """
    deadline = time.monotonic() + patience
    is_apple = env.get("TERM_PROGRAM") == "Apple_Terminal"
    questions = sequences.QUESTIONS_FOR_APPLE if is_apple else sequences.QUESTIONS
    try:
        with _raw(stdin):
            replies, typed = _ask(stdin, stdout, questions, deadline)
            if is_screen(replies, env):
                through = sequences.in_screen(questions)
                beyond, typed = _ask(stdin, stdout, through, deadline, typed)
                replies = replace(replies, outside=_known(beyond))
    except (OSError, termios.error):
        return Replies(), ""
    if is_tmux(replies, env):
        replies = replace(replies, outside=outside.tmux_clients(env))
    return replies, typed


def _known(replies: Replies) -> tuple[Outside, ...]:
    return (Outside(replies),) if replies.is_complete else ()


@contextlib.contextmanager
def _raw(descriptor: int) -> Iterator[None]:
    """No echo and no line editing, so that answers are read and not shown; Ctrl+C still interrupts.

    The input queue is left as it is: what was typed ahead must not be lost.
    """
    before = termios.tcgetattr(descriptor)
    raw = termios.tcgetattr(descriptor)
    raw[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, raw)
    try:
        yield
    finally:
        # The terminal may be gone by now, and that is no reason to fail.
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _ask(stdin: int, stdout: int, questions: str, deadline: float, typed: str = "") -> tuple[Replies, str]:
    """Send the questions and read until the last is answered or ``deadline`` (monotonic seconds)."""
    # An ignorant terminal prints a question as letters: they go where the cursor was.
    send(stdout, sequences.SAVE_CURSOR + questions)
    try:
        return _listen(stdin, deadline, typed)
    finally:
        send(stdout, sequences.ERASE_STRAY)


def _listen(stdin: int, deadline: float, typed: str) -> tuple[Replies, str]:
    received = b""
    replies = Replies()
    while (left := deadline - time.monotonic()) > 0 and len(received) < _INPUT_LIMIT:
        if not select.select([stdin], [], [], left)[0]:
            break
        chunk = os.read(stdin, _CHUNK)
        if not chunk:
            break
        received += chunk
        replies, _rest = read(received.decode("utf-8", "replace"))
        if replies.is_complete:
            break
    replies, rest = read(received.decode("utf-8", "replace"))
    return replies, typed + rest


def send(descriptor: int, text: str) -> bool:
    """Write all of ``text`` (in UTF-8); False when the terminal is gone or does not take it."""
    data = memoryview(text.encode())
    while data:
        try:
            data = data[os.write(descriptor, data) :]
        except BlockingIOError:
            if not select.select([], [descriptor], [], PATIENCE)[1]:
                return False
        except OSError:
            return False
    return True
