"""A real Textual app under the driver, in a process of its own on a pty: keys, late answers, the screen's edges."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DA1 = "\x1b[c"
VTE = "\x1b[>65;7006;1c\x1b[8;1$y\x1b[?65;1;9c"
KONSOLE = "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c"
SCREEN = "\x1b[>83;40900;0c\x1b[?1;2c"
ALTERNATE = "\x1b[?1049h"
LEFT = "\x1b[?1049l"
APP = """
import os
from tui.terminal import session
from tui.terminal.driver import driver_for
from textual.app import App
def say(text):
    os.write(2, ("<" + text + ">").encode())
with session() as terminal:
    class Harness(App):
        def on_ready(self):
            say("ready")
        def on_key(self, event):
            say(event.key)
            if event.key == "q":
                self.exit()
            if event.key == "s":
                with self.suspend():
                    say("suspended")
        def on_paste(self, event):
            say("paste " + event.text)
        def on_profile_changed(self, event):
            say("now " + terminal.profile.name)
    Harness(driver_class=driver_for(terminal)).run()
    say("left")
say("end")
"""


def converse(*steps: tuple[str, str | int]) -> str:
    """Run the app; whenever the output so far holds a step's text, send what it says (a number is a signal)."""
    pid, master = pty.fork()
    if pid == 0:
        env = {"TERM": "xterm-256color", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        os.execve(sys.executable, [sys.executable, "-c", APP], env)
    written, seen = b"", 0
    left = list(steps)
    try:
        while select.select([master], [], [], 20)[0]:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            written += data
            while left and (place := written.find(left[0][0].encode(), seen)) >= 0:
                expected, action = left.pop(0)
                seen = place + len(expected.encode())
                if isinstance(action, int):
                    os.kill(pid, action)
                else:
                    os.write(master, action.encode())
        else:
            os.kill(pid, signal.SIGKILL)
    finally:
        os.close(master)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
    assert not left, written.decode(errors="replace")[-400:]
    return written.decode(errors="replace")


def said(written: str) -> list[str]:
    return re.findall("<([^<>\x1b]*)>", written)


def test_keys_typed_during_the_probe_arrive_first() -> None:
    written = converse((DA1, "jت\x1b[B" + VTE), ("<ready>", "k"), ("<k>", "q"))
    keys = [word for word in said(written) if word not in ("ready", "left", "end")]
    assert keys == ["j", "ت", "down", "k", "q"]


def test_late_answers_are_no_keys_and_change_the_profile() -> None:
    written = converse(("<ready>", "a" + KONSOLE + "b"), ("<now Konsole>", "q"))
    # The change is told by the app's own thread, so it may overtake the keys.
    assert "now Konsole" in said(written)
    assert [word for word in said(written) if word != "now Konsole"] == [
        "ready",
        "a",
        "b",
        "q",
        "left",
        "end",
    ]
    assert written.index("BidiRenderingEnabled=false") < written.index("<now Konsole>")
    assert written.index(LEFT) < written.index("BidiRenderingEnabled=true")


def test_a_late_answer_in_pieces_is_no_key_either() -> None:
    first, second = VTE[:6], VTE[6:]
    written = converse(("<ready>", "a" + first), ("<a>", second + "b"), ("<b>", "q"))
    assert [word for word in said(written) if len(word) == 1] == ["a", "b", "q"]


def test_escape_pressed_while_an_answer_is_due_is_not_lost() -> None:
    written = converse(("<ready>", "\x1b"), ("<escape>", "q"))
    assert "escape" in said(written)


def test_a_key_that_gives_two_letters_is_one_press_but_a_paste_stays() -> None:
    written = converse(
        (DA1, VTE), ("<ready>", "لا"), ("<ﻻ>", "\x1b[200~لا\x1b[201~"), ("<paste لا>", "ل"), ("<ل>", "q")
    )
    assert said(written)[:4] == ["ready", "ﻻ", "paste لا", "ل"]


def test_no_keyboard_protocol_is_asked_for_that_loses_arabic() -> None:
    # With kitty's, kitty 0.26 sends the keys of لا and أ without their letters, and foot drops the first.
    written = converse((DA1, VTE), ("<ready>", "q"))
    assert not re.search(r"\x1b\[[>=][\d;]*u", written)


def test_ordering_is_switched_off_before_the_alternate_screen_and_again_in_it() -> None:
    written = converse((DA1, VTE), ("<ready>", "q"))
    before, _, inside = written.partition(ALTERNATE)
    assert before.endswith("\x1b[8l")
    # Said again, with the screen erased, before anything is painted.
    assert "\x1b[8l\x1b[2J" in inside
    assert inside.index("\x1b[8l\x1b[2J") < inside.index("<ready>")
    assert inside.index(LEFT) < inside.index("\x1b[8h") < inside.index("<end>")
    assert inside.count("\x1b[8h") == 1


def test_a_suspended_app_has_given_the_terminal_back() -> None:
    written = converse((DA1, VTE), ("<ready>", "s"), ("<suspended>", ""), (ALTERNATE, "q"))
    before, _, after = written.partition("<suspended>")
    assert before.rindex(LEFT) < before.rindex("\x1b[8h")
    assert after.index("\x1b[8l") < after.index(ALTERNATE)


def test_screen_is_left_without_our_picture() -> None:
    written = converse((DA1, SCREEN), ("\x1b\\", VTE), ("<ready>", "q"))
    assert "\x1b[2J\x1b[H" in written.partition("<q>")[2].partition(LEFT)[0]


def test_a_killed_app_leaves_the_alternate_screen() -> None:
    written = converse((DA1, VTE), ("<ready>", signal.SIGTERM))
    assert written.partition("<ready>")[2].count(LEFT) == 1
    assert written.rstrip().endswith("\x1b[8h")
