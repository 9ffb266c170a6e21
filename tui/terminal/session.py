"""The time during which the terminal is ours: prepared before the first frame, given back on every way out."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING, Any

from . import kitty, outside, sequences
from .probe import can_ask, probe, send
from .profile import MODES, Outside, Profile, Replies, Route, classify, is_screen, nothing, override

if TYPE_CHECKING:
    from .clipboard import Copied

_DEADLY = (signal.SIGTERM, signal.SIGHUP)


class Terminal:
    """The user's terminal: what it is, and whether its own ordering is switched off.

    :meth:`switch_off`, :meth:`started` and :meth:`restore` may be called any number of
    times and from a signal handler. ``typed_ahead`` is what the user typed during the probe.
    """

    def __init__(
        self,
        found: Profile,
        replies: Replies,
        env: Mapping[str, str],
        output: int | None,
        bidi: str = "auto",
        marks: str = "auto",
        typed_ahead: str = "",
    ) -> None:
        self.found = found
        self.replies = replies
        self.profile = override(found, bidi, marks)
        self.bidi = bidi
        self.marks = marks
        self.typed_ahead = typed_ahead
        self._env = env
        self._output = output
        self._is_off = False
        self._is_on_screen = False

    @property
    def is_real(self) -> bool:
        """Whether there is a terminal that was asked, and that sequences are sent to."""
        return self._output is not None

    def switch_off(self) -> None:
        """Make the terminal leave our order of letters alone; before the alternate screen."""
        if not self._is_off:
            self._is_off = True
            self._send(self.profile.switch_off)

    def started(self, write: Callable[[str], object] | None = None) -> None:
        """Say again what the terminal has to know once the alternate screen is there.

        It may clear the screen, so it comes before the first frame. ``write`` keeps
        it in order with other output that waits in a queue.
        """
        self._is_on_screen = True
        if self._is_off:
            self._send(self.profile.after_start, write)

    def stopping(self, write: Callable[[str], object] | None = None) -> None:
        """Take our picture away before the screen is left, where nobody else does.

        GNU screen has no alternate screen unless told to, and would leave it standing.
        """
        if self.profile.route is Route.SCREEN and self._is_on_screen:
            (write or self._put)(sequences.CLEAR + sequences.HOME)

    def stopped(self, write: Callable[[str], object] | None = None) -> None:
        """Note that the alternate screen has been left, and give the ordering back; ``write`` as above."""
        self._is_on_screen = False
        self.restore(write)

    def keep_to_itself(self) -> None:
        """Let nobody but us write to the terminal any more; for a process about to die.

        Textual paints from a thread of its own: a frame after our last words would stand on the user's screen.
        """
        if self._output is None:
            return
        own = os.dup(self._output)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in {1, 2, self._output}:
            os.dup2(nowhere, descriptor)
        self._output = own

    def leave_screen(self) -> None:
        """Undo in one write all that a full-screen program sets; for a process about to die."""
        if self._is_on_screen and self._output is not None:
            self._is_on_screen = False
            send(self._output, sequences.LEAVE_SCREEN)

    def restore(self, write: Callable[[str], object] | None = None) -> None:
        """Give the terminal its own ordering back."""
        if self._is_off:
            self._is_off = False
            self._send(self.profile.restore, write)

    @contextlib.contextmanager
    def suspended(self) -> Iterator[None]:
        """Give the terminal back for the time of an editor or a pager."""
        was_off = self._is_off
        self.restore()
        try:
            yield
        finally:
            if was_off:
                self.switch_off()

    def use(self, bidi: str | None = None, marks: str | None = None) -> Profile:
        """Change the mode while reading; the caller paints the whole screen again afterwards.

        Raises ValueError for a word that is not in ``MODES`` or ``MARKS``.
        """
        bidi, marks = bidi or self.bidi, marks or self.marks
        profile = override(self.found, bidi, marks)
        was_off = self._is_off
        self.restore()
        self.bidi, self.marks = bidi, marks
        self._become(profile, was_off)
        return self.profile

    def next_mode(self) -> Profile:
        """Step through auto, visual, logical and kitty's form."""
        return self.use(bidi=MODES[(MODES.index(self.bidi) + 1) % len(MODES)])

    @property
    def awaited(self) -> Replies | None:
        """What has been answered so far if an answer is still due, else None.

        Behind screen it is the terminal outside that still owes its answers.
        """
        if not self.is_real:
            return None
        if not self.replies.is_complete:
            return self.replies
        return Replies() if is_screen(self.replies, self._env) and not self.replies.outside else None

    def learn(self, late: Replies) -> bool:
        """Take answers that came late; True when they change the profile, and all is to be painted again."""
        is_outer = self.replies.is_complete and is_screen(self.replies, self._env)
        replies = replace(self.replies, outside=(Outside(late),)) if is_outer else late
        if classify(replies, kitty.with_settings(self._env)) == self.found:
            self.replies = replies
            return False
        self.take(replies)
        return True

    def take(self, replies: Replies) -> None:
        """Classify anew and prepare the terminal again; the caller paints everything afterwards."""
        was_off = self._is_off
        self.restore()
        self.replies = replies
        self.found = classify(replies, kitty.with_settings(self._env))
        self._become(override(self.found, self.bidi, self.marks), was_off)

    def look_outside(self) -> Replies | None:
        """The replies with the terminals that now show this tmux session; None when they are the same.

        Who detaches here and attaches elsewhere brings another terminal. Runs tmux, so it takes
        some milliseconds.
        """
        if self.profile.route not in (Route.TMUX, Route.TMUX_PASSTHROUGH):
            return None
        clients = outside.tmux_clients(self._env)
        known = {client.tty: client for client in self.replies.outside}
        if not clients or {client.tty: client for client in clients} == known:
            return None
        return replace(self.replies, outside=clients)

    def copy(self, text: str) -> Copied:
        """Put logical text on the user's clipboard as far as the terminal does it; say what was done."""
        from . import clipboard

        copied = clipboard.copy(text, self.profile, self.is_real)
        if self.profile.route is not Route.TMUX:
            self._put(copied.sequence)
        elif copied.sequence:
            # Only the terminal in front of the user, not everybody who looks on.
            client = self.replies.outside[0]
            if not outside.write_past(client.tty, copied.sequence):
                self._put(copied.sequence + sequences.in_tmux(copied.sequence))
                return replace(copied, outcome=clipboard.Outcome.DOUBTFUL)
        return copied

    def announce(self, way: str, title: str, text: str) -> None:
        """Tell the desktop of the user something, by one of the ways of :mod:`tui.terminal.notices`."""
        from .notices import notice

        sequence = notice(way, title, text, self.profile.route)
        if sequence and self.profile.route is Route.TMUX and way != "bell":
            client = self.replies.outside[0]
            if not outside.write_past(client.tty, sequence):
                self._put(sequences.in_tmux(sequence))
            return
        self._put(sequence)

    def attributes(self) -> list[Any] | None:
        """The terminal's line settings (termios), or None where it has gone away."""
        with contextlib.suppress(termios.error, OSError):
            return termios.tcgetattr(self._output) if self._output is not None else None
        return None

    def set_attributes(self, attributes: list[Any] | None) -> None:
        """Set the line settings, if there are any to set and somebody to take them."""
        if attributes is not None and self._output is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(self._output, termios.TCSANOW, attributes)

    def _become(self, profile: Profile, is_off: bool) -> None:
        self.profile = profile
        if is_off:
            self.switch_off()
            # Rows that exist keep the mode they were made with until they are erased.
            self._send(profile.after_start or sequences.CLEAR)

    def _send(self, text: str, write: Callable[[str], object] | None = None) -> None:
        if self._output is None or not text:
            return
        if self.profile.route is not Route.TMUX:
            write(text) if write else self._put(text)
            return
        # Rows outside exist already, and only an erased row takes the new mode.
        clearing = "" if text.endswith(sequences.CLEAR) else sequences.CLEAR
        for client in self.replies.outside:
            if outside.write_past(client.tty, text + clearing):
                outside.repaint(client.tty, self._env)

    def _put(self, text: str) -> None:
        if self._output is not None and text:
            send(self._output, text)


@contextlib.contextmanager
def session(
    bidi: str = "auto",
    marks: str = "auto",
    env: Mapping[str, str] = os.environ,
    stdin: int | None = None,
    stdout: int | None = None,
) -> Iterator[Terminal]:
    """Find out which terminal this is, switch its own ordering off, and give it back at the end.

    Gives it back after an exception, SIGTERM, SIGHUP, SIGINT and at exit as well; the
    first two signals then end the process as they would have. Without a terminal nothing is
    written. Raises ValueError for a word that is not in ``MODES`` or ``MARKS``.
    """
    terminal = _open(bidi, marks, env, stdin, stdout)
    with contextlib.ExitStack() as stack:
        if terminal.is_real:
            stack.enter_context(_given_back(terminal))
        terminal.switch_off()
        yield terminal


def _open(bidi: str, marks: str, env: Mapping[str, str], stdin: int | None, stdout: int | None) -> Terminal:
    source = _descriptor(sys.__stdin__, stdin)
    target = _descriptor(sys.__stdout__, stdout)
    if source is None or target is None or not can_ask(source, target, env):
        return Terminal(nothing(env), Replies(), env, None, bidi, marks)
    # A wrong word is refused before anything is sent.
    override(nothing(env), bidi, marks)
    replies, typed = probe(source, target, env)
    found = classify(replies, kitty.with_settings(env))
    return Terminal(found, replies, env, target, bidi, marks, typed)


def _descriptor(stream: Any, given: int | None) -> int | None:
    if given is not None:
        return given
    try:
        return int(stream.fileno())
    except (AttributeError, OSError, ValueError):
        return None


@contextlib.contextmanager
def _given_back(terminal: Terminal) -> Iterator[None]:
    """Restore the terminal on every way out of the block."""
    # Set on one descriptor, they hold for the terminal, whichever end it is reached by.
    attributes = terminal.attributes()

    def die(number: int, frame: FrameType | None) -> None:
        """Leave a usable terminal behind, then end by the same signal."""
        terminal.keep_to_itself()
        terminal.leave_screen()
        terminal.restore()
        terminal.set_attributes(attributes)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    atexit.register(terminal.restore)
    try:
        with _handled(die):
            yield
    finally:
        terminal.restore()
        atexit.unregister(terminal.restore)


@contextlib.contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Handle the deadly signals; not those that are ignored (nohup), and only in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _DEADLY}
    ours = [number for number in _DEADLY if before[number] is not signal.SIG_IGN]
    for number in ours:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number] or signal.SIG_DFL)
