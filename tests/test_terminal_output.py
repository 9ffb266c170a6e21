"""Writing to the terminal: at once where it takes it, in order, and never by a flag that others see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import termios
import threading
import tty
from collections.abc import Iterator
from typing import TextIO

import pytest

from tui.terminal.output import Output


@pytest.fixture
def line() -> Iterator[tuple[int, TextIO]]:
    """A pty: the end of the terminal, and the program's as a file."""
    master, slave = os.openpty()
    tty.setraw(slave)
    with open(slave, "w", encoding="utf-8") as file:
        yield master, file
    # A test may have closed it already.
    with contextlib.suppress(OSError):
        os.close(master)


def received(master: int, count: int) -> bytes:
    """So many bytes from the terminal's end."""
    found = b""
    while len(found) < count and select.select([master], [], [], 30)[0]:
        found += os.read(master, 65536)
    return found


def test_a_terminal_that_keeps_up_has_it_when_write_comes_back(line: tuple[int, TextIO]) -> None:
    master, file = line
    output = Output(file)
    output.write("شويغو")
    assert select.select([master], [], [], 0)[0]
    assert os.read(master, 100) == "شويغو".encode()
    assert not output.is_waiting
    output.stop()


def test_what_a_slow_terminal_does_not_take_follows_in_order(line: tuple[int, TextIO]) -> None:
    master, file = line
    output = Output(file)
    pieces = [f"{number:05}" * 3000 for number in range(20)]
    for piece in pieces:
        # Nobody reads: much more than a pty holds is written, and none of it waited for.
        output.write(piece)
    assert output.is_waiting
    whole = "".join(pieces).encode()
    assert received(master, len(whole)) == whole
    output.stop()


def test_ending_waits_for_what_is_not_written_yet(line: tuple[int, TextIO]) -> None:
    master, file = line
    output = Output(file)
    output.write("x" * 100_000)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(received(master, 100_000)))
    reader.start()
    output.stop()
    reader.join()
    assert len(found[0]) == 100_000


def test_the_descriptor_that_the_shell_shares_still_waits(line: tuple[int, TextIO]) -> None:
    _master, file = line
    output = Output(file)
    assert not fcntl.fcntl(file.fileno(), fcntl.F_GETFL) & os.O_NONBLOCK
    output.stop()


def test_a_terminal_that_went_away_is_no_trouble(line: tuple[int, TextIO]) -> None:
    master, file = line
    output = Output(file)
    os.close(master)
    output.write("nobody sees it")
    output.write("x" * 100_000)
    output.stop()


def test_what_is_no_terminal_is_written_by_the_thread(tmp_path: object) -> None:
    read, write = os.pipe()
    with open(write, "w", encoding="utf-8") as file:
        output = Output(file)
        output.write("أول")
        output.write("ثان")
        assert received(read, 12) == "أولثان".encode()
        output.stop()
    os.close(read)


def test_settings_of_the_line_stay_as_they_are(line: tuple[int, TextIO]) -> None:
    _master, file = line
    before = termios.tcgetattr(file.fileno())
    Output(file).stop()
    assert termios.tcgetattr(file.fileno()) == before
