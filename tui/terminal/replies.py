"""Reading a terminal's answers out of what else comes in: keys, pastes, mouse.

Pure. The same patterns serve the probe, which wants the answers, and
:class:`ReplyFilter`, which keeps those that come late from becoming key presses.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .profile import Replies

_NAME_LIMIT = 200

_XTVERSION = rf"\x1bP>\|(?P<name>[^\x1b\x07]{{0,{_NAME_LIMIT}}})(?:\x1b\\|\x07)"
_DA2 = r"\x1b\[>(?P<da2>[\d;]{0,40})c"
_MODE_8 = r"\x1b\[8;(?P<mode>\d)\$y"
_DA1 = r"\x1b\[\?(?P<da1>[\d;]{0,60})c"
_REPLY = re.compile("|".join((_XTVERSION, _DA2, _MODE_8, _DA1)))
# The beginning of a reply whose end has not come yet. No key begins like these.
_HALF = re.compile(
    rf"\x1bP(?:>(?:\|[^\x1b\x07]{{0,{_NAME_LIMIT}}}\x1b?)?)?\Z"
    r"|\x1b\[(?:>[\d;]{0,40}|\?[\d;]{0,60}|8(?:;(?:\d\$?)?)?)?\Z"
    r"|\x1b\Z"
)
_SURELY_REPLIES = ("\x1bP>", "\x1b[>", "\x1b[?")


def read(text: str, replies: Replies | None = None) -> tuple[Replies, str]:
    """Take the answers out of ``text``, on top of ``replies``; return them and what is left."""
    found = replies or Replies()
    rest = []
    start = 0
    for match in _REPLY.finditer(text):
        rest.append(text[start : match.start()])
        start = match.end()
        found = _with(found, match)
    rest.append(text[start:])
    return found, "".join(rest)


def _with(replies: Replies, match: re.Match[str]) -> Replies:
    name, da2, mode, da1 = match.group("name", "da2", "mode", "da1")
    if name is not None:
        return replace(replies, xtversion=_printable(name))
    if da2 is not None:
        return replace(replies, da2=da2)
    if mode is not None:
        return replace(replies, bidi_mode=int(mode))
    return replace(replies, is_complete=da1 is not None)


def _printable(name: str) -> str:
    """A terminal's name is shown to the user, and comes from outside: printable ASCII, 40 at most."""
    return "".join(char for char in name if " " <= char <= "~")[:40].strip()


class ReplyFilter:
    """Passes input on without the answers of a probe that has stopped waiting for them.

    Feed it every piece of input before it is parsed as keys. While an answer is
    still due, a piece that ends inside one is kept for the next call; :meth:`flush`
    gives it up when nothing follows, so that a pressed Escape is late but not lost.
    """

    def __init__(self, replies: Replies) -> None:
        self.replies = replies
        self._kept = ""

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still due."""
        return not self.replies.is_complete

    def feed(self, text: str) -> str:
        """Return ``text`` without answers; the answers are added to ``replies``."""
        if not self.is_waiting:
            return text
        self.replies, rest = read(self._kept + text, self.replies)
        self._kept = ""
        half = _HALF.search(rest) if self.is_waiting else None
        if half is None:
            return rest
        self._kept = half.group()
        return rest[: half.start()]

    def flush(self) -> str:
        """Return what was kept if it may be a key after all; for the moment when input has paused."""
        if self._kept.startswith(_SURELY_REPLIES):
            return ""
        kept, self._kept = self._kept, ""
        return kept
