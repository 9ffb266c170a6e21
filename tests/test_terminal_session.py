"""A whole session in a process of its own on a pty: what it writes, and what it leaves behind on each way out."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

DA1 = "\x1b[c"
VTE = "\x1b[>65;7006;1c\x1b[8;1$y\x1b[?65;1;9c"
KONSOLE = "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c"
XTERM = "\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[8;0$y\x1b[?64;1;2c"
OFF, ON = "\x1b[8l", "\x1b[8h"
ROOT = Path(__file__).parent.parent
BEGIN = """
import os, signal, sys
from tui.terminal import session
def say(text):
    os.write(1, ("<" + text + ">").encode())
"""


@dataclass
class Outcome:
    """What a process wrote after the questions, and how it ended (as os.waitstatus_to_exitcode tells)."""

    written: str
    status: int

    @property
    def after_ready(self) -> str:
        return self.written.partition("<ready>")[2]


def run(script: str, answers: str, hand: int | None = None, term: str = "xterm-256color") -> Outcome:
    """Run ``script`` on a pty that gives ``answers`` to the last question; send ``hand`` when it says ready."""
    pid, master = pty.fork()
    if pid == 0:
        # A test run in the background of a shell inherits signals ignored; at a terminal they never are.
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        env = {"TERM": term, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        os.execve(sys.executable, [sys.executable, "-c", BEGIN + script], env)
    written = ""
    is_answered = is_signalled = False
    try:
        while select.select([master], [], [], 30)[0]:
            try:
                data = os.read(master, 4096).decode()
            except OSError:
                break
            if not data:
                break
            written += data
            if DA1 in written and not is_answered:
                is_answered = True
                os.write(master, answers.encode())
            if hand and "<ready>" in written and not is_signalled:
                is_signalled = True
                os.kill(pid, hand)
    finally:
        with contextlib.suppress(ProcessLookupError):
            if not select.select([master], [], [], 0)[0]:
                os.kill(pid, signal.SIGKILL)
        os.close(master)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Outcome(written, status)


WAIT = """
with session() as terminal:
    terminal.started()
    say("ready")
    signal.pause()
"""
SCREEN_LEFT = "\x1b[?1049l"


@pytest.mark.parametrize(
    ("answers", "switch_off", "restore"),
    [
        (VTE, OFF, ON),
        (KONSOLE, "\x1b]50;BidiRenderingEnabled=false\a", "\x1b]50;BidiRenderingEnabled=true\a"),
        (XTERM, "", ""),
    ],
)
def test_ordering_is_off_inside_and_back_after(answers: str, switch_off: str, restore: str) -> None:
    outcome = run("with session() as terminal:\n    say(terminal.profile.name)\nsay('end')", answers)
    assert outcome.status == 0
    tail = outcome.written.partition("\x1b8\x1b[K")[2]
    assert re.sub("<[^>]*>", "|", tail) == f"{switch_off}|{restore}|"


def test_restored_once_after_an_exception_and_the_exception_goes_on() -> None:
    outcome = run("with session():\n    say('ready')\n    raise SystemExit(7)", VTE)
    assert (outcome.after_ready, outcome.status) == (ON, 7)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_deadly_signal_leaves_a_usable_terminal_and_still_kills(number: int) -> None:
    outcome = run(WAIT, VTE, number)
    assert outcome.status == -number
    assert outcome.after_ready.count(ON) == 1
    assert outcome.after_ready.index(SCREEN_LEFT) < outcome.after_ready.index(ON)
    for mode in ("?1000l", "?1003l", "?1006l", "?2004l", "?1004l", "?25h", "?7h"):
        assert f"\x1b[{mode}" in outcome.after_ready


def test_interrupt_restores_too() -> None:
    script = "try:\n" + "".join(f"    {line}\n" for line in WAIT.strip().splitlines())
    outcome = run(script + "except KeyboardInterrupt:\n    say('interrupted')", VTE, signal.SIGINT)
    assert outcome.after_ready == ON + "<interrupted>"
    assert outcome.status == 0


def test_exit_from_within_a_callback_restores_at_exit() -> None:
    script = "context = session()\nterminal = context.__enter__()\nsay('ready')\nsys.exit(3)"
    outcome = run(script, VTE)
    assert outcome.after_ready == ON
    assert outcome.status == 3


def test_line_settings_come_back_after_a_deadly_signal() -> None:
    script = """
import termios, tty
if os.fork():
    os.wait()
    say("echo is " + ("on" if termios.tcgetattr(0)[3] & termios.ECHO else "off"))
else:
    with session() as terminal:
        tty.setraw(0)
        os.kill(os.getpid(), signal.SIGTERM)
"""
    assert "<echo is on>" in run(script, VTE).written


def test_suspended_gives_the_terminal_back_for_the_while() -> None:
    script = """
with session() as terminal:
    say("ready")
    with terminal.suspended():
        say("pager")
        with terminal.suspended():
            say("twice")
    terminal.switch_off()
"""
    assert run(script, VTE).after_ready == f"{ON}<pager><twice>{OFF}{ON}"


def test_modes_are_stepped_through_with_a_cleared_screen() -> None:
    script = """
with session() as terminal:
    say("ready")
    for _ in range(4):
        say(terminal.next_mode().emission + " " + terminal.bidi)
"""
    said = re.findall("<([^>]*)>", run(script, VTE).after_ready)
    assert said == ["visual visual", "logical logical", "kitty kitty", "visual auto"]


def test_logical_mode_turns_the_terminals_own_order_on() -> None:
    script = "with session() as terminal:\n    say('ready')\n    terminal.use(bidi='logical')\n    say('end')"
    in_use = run(script, VTE).after_ready.partition("<end>")[0]
    assert in_use.endswith("\x1b[8h\x1b[2J")
    assert OFF not in in_use


def test_a_mode_of_the_user_stands_above_the_answers() -> None:
    outcome = run("with session(bidi='kitty', marks='keep') as t:\n    say(repr(t.profile.emission))", XTERM)
    assert "KITTY" in outcome.written


def test_a_wrong_mode_is_refused_before_anything_is_sent() -> None:
    outcome = run("try:\n    session(bidi='x').__enter__()\nexcept ValueError:\n    say('refused')", VTE)
    assert outcome.written == "<refused>"


def test_a_dumb_terminal_gets_nothing() -> None:
    outcome = run("with session() as t:\n    say(str(t.is_real))", VTE, term="dumb")
    assert outcome.written == "<False>"


def test_a_pipe_gets_nothing() -> None:
    script = """
import subprocess
code = "from tui.terminal import session\\nwith session() as t: print(t.profile.name)"
for streams in ({"stdin": subprocess.DEVNULL}, {}):
    got = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, **streams).stdout
    say(repr(got))
"""
    assert run(script, VTE).written == "<b'no terminal\\n'>" * 2


def test_late_answers_change_the_profile() -> None:
    script = """
from tui.terminal import Replies
with session() as terminal:
    say(terminal.profile.name + ("" if terminal.awaited is None else " awaited"))
    say(str(terminal.learn(Replies("Konsole 22.12.3", "1;115;0", None, True))))
    say(terminal.profile.name)
    say(str(terminal.learn(Replies("Konsole 22.12.3", "1;115;0", None, True))))
    say(str(terminal.awaited))
"""
    outcome = run(script, "")
    said = re.findall("<([^>]*)>", outcome.written)
    assert said == ["unknown awaited", "True", "Konsole", "False", "None"]
    # What was switched off by guess is switched on again before the right switch goes out.
    assert outcome.written.index(ON) < outcome.written.index("BidiRenderingEnabled=false")
    assert outcome.written.endswith("BidiRenderingEnabled=true\a")


def test_importing_the_layer_loads_no_textual() -> None:
    script = "say(str([name for name in sys.modules if name.split('.')[0] in ('textual', 'rich')]))"
    assert run(script, VTE).written == "<[]>"
