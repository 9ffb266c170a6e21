"""Textual's driver, taught three things: our order around its screen, keys typed ahead, late answers."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from textual import constants
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.message import Message

from .apart import Apart
from .keyboard import join_pairs
from .output import Output
from .profile import Replies
from .replies import ReplyFilter
from .session import Terminal

# As long as Textual itself waits for the rest of an escape sequence.
_PAUSE = 0.1
# Nobody detaches, walks to another terminal and attaches there in less; seconds.
_ABSENCE = 5.0
# kitty's keyboard protocol loses Arabic: kitty 0.26 sends Shift+ا without its text (أ) and the key of لا as key 0,
# foot 1.13 drops that key. Without it both send what is typed.
vars(constants)["DISABLE_KITTY_KEY"] = True
_PASTE_ENDS = re.compile(f"({re.escape(BRACKETED_PASTE_START)}|{re.escape(BRACKETED_PASTE_END)})")


class ProfileChanged(Message):
    """The terminal answered late and is another one than was assumed: paint everything again."""


def driver_for(terminal: Terminal) -> type[Driver] | None:
    """The class for ``App(driver_class=…)``, bound to a session's terminal.

    None, which leaves the choice to Textual, where there is no terminal or
    ``TEXTUAL_DRIVER`` names a driver; the driver of a web page is the one for web pages.
    """
    if "web_driver" in os.environ.get("TEXTUAL_DRIVER", ""):
        return _served()
    if not terminal.is_real or os.environ.get("TEXTUAL_DRIVER"):
        return None
    return type("TerminalDriver", (_TerminalDriver,), {"terminal": terminal})


def _served() -> type[Driver]:
    """Textual's driver for a web page, with letters kept apart: the page draws by xterm.js."""
    from textual.drivers.web_driver import WebDriver

    class ServedDriver(WebDriver):
        """A WebDriver whose page leaves the order of letters alone."""

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._apart = Apart()

        def write(self, data: str) -> None:
            """Send output to the page."""
            super().write(self._apart.write(data))

    return ServedDriver


class _TerminalDriver(linux_driver.LinuxDriver):
    """A LinuxDriver that keeps one :class:`Terminal` informed of its screen."""

    terminal: Terminal

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        awaited = self.terminal.awaited
        self._late = None if awaited is None else ReplyFilter(awaited)
        self._last_input = time.monotonic()
        self._apart = Apart()

    def write(self, data: str) -> None:
        """Write to the terminal, letters kept apart where it needs that."""
        super().write(self._apart.write(data) if self.terminal.profile.parts_letters else data)

    def start_application_mode(self) -> None:
        self.terminal.switch_off()
        with _in_place_of("WriterThread", Output):
            super().start_application_mode()  # type: ignore[no-untyped-call]
        self.terminal.started(self.write)

    def stop_application_mode(self) -> None:
        self.terminal.stopping(self.write)
        super().stop_application_mode()
        self.terminal.stopped(self.write)

    def run_input_thread(self) -> None:
        typed, self.terminal.typed_ahead = self.terminal.typed_ahead, ""

        def parser(debug: bool) -> XTermParser:
            return _Parser(self, typed, debug)

        with _in_place_of("XTermParser", parser):
            super().run_input_thread()

    def sift(self, data: str) -> str:
        """Take late answers out of input; once all are in, let the app's own thread learn of them."""
        self._notice_another_terminal()
        if self._late is None:
            return data
        rest = self._late.feed(data)
        if not self._late.is_waiting:
            self._app.call_later(self._learn, self._late)
            self._late = None
        return rest

    def kept(self) -> str:
        """Input held back as the beginning of an answer that did not go on."""
        return "" if self._late is None else self._late.flush()

    def _notice_another_terminal(self) -> None:
        """After a pause, see whether the tmux session is now shown somewhere else."""
        now = time.monotonic()
        absence, self._last_input = now - self._last_input, now
        if absence > _ABSENCE and (replies := self.terminal.look_outside()) is not None:
            self._app.call_later(self._take, replies)

    def _take(self, replies: Replies) -> None:
        self.terminal.take(replies)
        self._app.post_message(ProfileChanged())

    def _learn(self, late: ReplyFilter) -> None:
        if self.terminal.learn(late.replies):
            self._app.post_message(ProfileChanged())


@contextmanager
def _in_place_of(name: str, ours: Callable[..., Any]) -> Iterator[None]:
    """Have the base class, which names its helpers itself and offers no other way in, take ours."""
    original = vars(linux_driver)[name]
    vars(linux_driver)[name] = ours
    try:
        yield
    finally:
        vars(linux_driver)[name] = original


class _Parser(XTermParser):
    """Textual's parser behind the filter for late answers, beginning with what was typed ahead."""

    def __init__(self, driver: _TerminalDriver, typed: str, debug: bool) -> None:
        super().__init__(debug)
        self._driver = driver
        self._typed = typed
        self._fed = 0.0
        self._is_pasting = False

    def feed(self, data: str) -> Iterable[Message]:
        # An empty piece is the end of input.
        if not data:
            return super().feed(data)
        self._fed = time.monotonic()
        typed, self._typed = self._typed, ""
        rest = self._join_pairs(self._driver.sift(typed + data))
        return super().feed(rest) if rest else ()

    def _join_pairs(self, data: str) -> str:
        """Make one key press of each لا that one key gave; a paste stays as it is."""
        pieces = _PASTE_ENDS.split(data)
        for place, piece in enumerate(pieces):
            if piece in (BRACKETED_PASTE_START, BRACKETED_PASTE_END):
                self._is_pasting = piece == BRACKETED_PASTE_START
            elif not self._is_pasting:
                pieces[place] = join_pairs(piece)
        return "".join(pieces)

    def tick(self) -> Iterable[Message]:
        if self._typed:
            typed, self._typed = self._typed, ""
            rest = self._driver.sift(typed)
            yield from super().feed(rest) if rest else ()
        elif time.monotonic() - self._fed >= _PAUSE and (kept := self._driver.kept()):
            yield from super().feed(kept)
        yield from super().tick()
