"""The probe against terminals made of a pty and a thread that answers as real ones did."""

from __future__ import annotations

import contextlib
import os
import re
import termios
import threading
from collections.abc import Iterator

import pytest

from tui.terminal import Replies, classify
from tui.terminal.probe import can_ask, probe
from tui.text import Emission

XTVERSION, DA2, MODE_8, DA1 = "\x1b[>q", "\x1b[>c", "\x1b[8$p", "\x1b[c"
ANSWERS = {
    "VTE": {DA2: "\x1b[>65;7006;1c", MODE_8: "\x1b[8;1$y", DA1: "\x1b[?65;1;9c"},
    "Konsole": {XTVERSION: "\x1bP>|Konsole 22.12.3\x1b\\", DA2: "\x1b[>1;115;0c", DA1: "\x1b[?62;1;4c"},
    "mlterm": {DA2: "\x1b[>24;279;0c", MODE_8: "\x1b[8;0$y", DA1: "\x1b[?63;1;2;3;4;6;7;15;18;29c"},
    "kitty": {
        XTVERSION: "\x1bP>|kitty(0.26.5)\x1b\\",
        DA2: "\x1b[>1;4000;26c",
        MODE_8: "\x1b[8;0$y",
        DA1: "\x1b[?62;c",
    },
    "xterm": {
        XTVERSION: "\x1bP>|XTerm(379)\x1b\\",
        DA2: "\x1b[>41;379;0c",
        MODE_8: "\x1b[8;0$y",
        DA1: "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
    },
    "foot": {XTVERSION: "\x1bP>|foot(1.13.1)\x1b\\", DA2: "\x1b[>1;011301;0c", DA1: "\x1b[?62;4;22c"},
    "Alacritty": {DA2: "\x1b[>0;1700;1c", DA1: "\x1b[?6c"},
    "PuTTY": {DA2: "\x1b[>0;136;0c", DA1: "\x1b[?6c"},
    "urxvt": {DA2: "\x1b[>85;95;0c", DA1: "\x1b[?1;2c"},
    "xterm.js": {DA2: "\x1b[>0;276;0c", MODE_8: "\x1b[8;0$y", DA1: "\x1b[?1;2c"},
    "mosh": {DA2: "\x1b[>1;10;0c", DA1: "\x1b[?62c"},
}
SCREEN = {DA2: "\x1b[>83;40900;0c", DA1: "\x1b[?1;2c"}
ENV = {"TERM": "xterm-256color"}


class FakeTerminal:
    """The far side of a pty: answers, echoes nothing, and keeps all that was written to it."""

    def __init__(
        self,
        answers: dict[str, str],
        outside: dict[str, str] | None = None,
        typing: str = "",
        dies: bool = False,
    ) -> None:
        self.master, self.slave = os.openpty()
        self.written = ""
        self._answers, self._outside, self._typing, self._dies = answers, outside or {}, typing, dies
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> FakeTerminal:
        if self._typing:
            os.write(self.master, self._typing.encode())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            os.close(self.slave)
        self._thread.join(5)
        with contextlib.suppress(OSError):
            os.close(self.master)

    def close_slave(self) -> str:
        """Close our end and return everything that was written."""
        os.close(self.slave)
        self._thread.join(5)
        return self.written

    def _run(self) -> None:
        pending = ""
        while True:
            try:
                data = os.read(self.master, 4096).decode()
            except OSError:
                return
            if not data:
                return
            self.written += data
            if self._dies:
                os.close(self.master)
                return
            pending = self._answer(pending + data)

    def _answer(self, text: str) -> str:
        """Answer the questions in ``text`` in their order; what may be half of one is kept."""
        pattern = r"\x1bP(?P<through>.*?)\x1b\\|" + "|".join(map(re.escape, (XTVERSION, DA2, MODE_8, DA1)))
        end = 0
        for match in re.finditer(pattern, text, re.S):
            through = match.group("through")
            if through is None:
                reply = self._answers.get(match.group(), "")
            else:
                asked = re.findall(pattern.partition("|")[2], through)
                reply = "".join(self._outside.get(question, "") for question in asked)
            if reply:
                os.write(self.master, reply.encode())
            end = match.end()
        return text[end:]


@pytest.fixture
def silent() -> Iterator[FakeTerminal]:
    with FakeTerminal({}) as terminal:
        yield terminal


@pytest.mark.parametrize("name", ANSWERS)
def test_a_terminal_is_known_by_its_answers(name: str) -> None:
    with FakeTerminal(ANSWERS[name]) as terminal:
        replies, typed = probe(terminal.slave, terminal.slave, ENV, patience=5)
    assert replies.is_complete
    assert typed == ""
    assert classify(replies, ENV).name == name


def test_questions_are_asked_in_place_and_what_they_left_is_erased() -> None:
    with FakeTerminal(ANSWERS["xterm"]) as terminal:
        probe(terminal.slave, terminal.slave, ENV, patience=5)
        assert terminal.close_slave() == "\x1b7" + XTVERSION + DA2 + MODE_8 + DA1 + "\x1b8\x1b[K"


def test_apple_terminal_is_not_asked_what_it_would_print() -> None:
    with FakeTerminal(ANSWERS["PuTTY"]) as terminal:
        probe(terminal.slave, terminal.slave, ENV | {"TERM_PROGRAM": "Apple_Terminal"}, patience=5)
        written = terminal.close_slave()
    assert XTVERSION not in written
    assert MODE_8 not in written


def test_screen_is_asked_for_the_terminal_outside() -> None:
    with FakeTerminal(SCREEN, outside=ANSWERS["VTE"]) as terminal:
        replies, typed = probe(terminal.slave, terminal.slave, {"TERM": "screen", "STY": "1.x"}, patience=5)
    assert typed == ""
    assert [outside.replies.da2 for outside in replies.outside] == ["65;7006;1"]
    assert classify(replies, {}).name == "VTE in screen"


def test_screen_that_passes_nothing_through_leaves_the_terminal_unknown() -> None:
    with FakeTerminal(SCREEN) as terminal:
        replies, _ = probe(terminal.slave, terminal.slave, {"TERM": "screen"}, patience=0.1)
    assert replies.outside == ()
    assert classify(replies, {}).name == "unknown terminal in screen"


def test_a_terminal_that_never_answers_is_waited_for_and_then_unknown(silent: FakeTerminal) -> None:
    replies, typed = probe(silent.slave, silent.slave, ENV, patience=0.05)
    assert (replies, typed) == (Replies(), "")
    profile = classify(replies, ENV)
    assert (profile.emission, profile.switch_off) == (Emission.VISUAL, "\x1b[8l")


def test_what_is_typed_meanwhile_is_kept() -> None:
    with FakeTerminal(ANSWERS["VTE"], typing="jjت\x1b[A") as terminal:
        replies, typed = probe(terminal.slave, terminal.slave, ENV, patience=5)
    assert typed == "jjت\x1b[A"
    assert replies.bidi_mode == 1


def test_half_an_answer_is_left_for_the_filter() -> None:
    with FakeTerminal({DA2: "\x1b[>65;70"}) as terminal:
        replies, typed = probe(terminal.slave, terminal.slave, ENV, patience=0.1)
    assert typed == "\x1b[>65;70"
    assert not replies.is_complete


def test_a_terminal_that_dies_is_no_failure() -> None:
    with FakeTerminal({}, dies=True) as terminal:
        replies, typed = probe(terminal.slave, terminal.slave, ENV, patience=5)
    assert (replies, typed) == (Replies(), "")


@pytest.mark.parametrize("answers", [ANSWERS["VTE"], {}])
def test_line_settings_are_as_before(answers: dict[str, str]) -> None:
    with FakeTerminal(answers) as terminal:
        before = termios.tcgetattr(terminal.slave)
        probe(terminal.slave, terminal.slave, ENV, patience=0.1)
        assert termios.tcgetattr(terminal.slave) == before


def test_only_an_obeying_terminal_of_ours_is_asked(silent: FakeTerminal) -> None:
    read, write = os.pipe()
    try:
        assert not can_ask(read, silent.slave, ENV)
        assert not can_ask(silent.slave, write, ENV)
    finally:
        os.close(read)
        os.close(write)
    assert not can_ask(silent.slave, silent.slave, {"TERM": "dumb"})
    assert not can_ask(silent.slave, silent.slave, {})
    # This pty is not the terminal that controls the tests.
    assert not can_ask(silent.slave, silent.slave, ENV)
