"""Putting text on the user's clipboard through the terminal (OSC 52), also from far away over ssh.

No terminal says whether it took the text, so a copy is a value that tells what
was done, for the app to say in words.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from enum import StrEnum

from ..text.plain import harmless
from . import sequences
from .profile import Profile, Route

# The longest text that every terminal with OSC 52 takes: hterm and older xterm stop at
# 100,000 bytes of sequence, which is 74,994 bytes before base64.
LIMIT = 74_994

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Known to take OSC 52 as they come; the others need a setting (xterm, urxvt, mlterm) or never do (VTE).
_WILLING = ("kitty", "foot", "Alacritty", "web page")


class Outcome(StrEnum):
    """What became of a copy."""

    SENT = "sent"
    DOUBTFUL = "doubtful"
    TOO_LONG = "too long"
    EMPTY = "empty"
    NO_TERMINAL = "no terminal"


@dataclass(frozen=True, slots=True)
class Copied:
    """One copy: the sequence to send (empty if none) and what to tell the user; ``size`` in UTF-8 bytes."""

    outcome: Outcome
    sequence: str = ""
    size: int = 0

    def words(self, language: str = "en") -> str:
        """One line that says honestly what happened; ``ar`` for Arabic, anything else for English."""
        lines = _ARABIC if language.startswith("ar") else _ENGLISH
        return lines[self.outcome].format(size=f"{self.size:,}", limit=f"{LIMIT:,}")


_ENGLISH = {
    Outcome.SENT: "Copied",
    Outcome.DOUBTFUL: "Copied, if this terminal allows it (OSC 52)",
    Outcome.TOO_LONG: "Not copied: {size} bytes, and terminals take {limit} at most",
    Outcome.EMPTY: "Nothing to copy",
    Outcome.NO_TERMINAL: "Not copied: there is no terminal",
}
_ARABIC = {
    Outcome.SENT: "نُسخ",
    Outcome.DOUBTFUL: "نُسخ، إن كانت هذه الطرفية تسمح بذلك (OSC 52)",
    Outcome.TOO_LONG: "لم يُنسخ: {size} بايت، والحد الأقصى للطرفيات {limit}",
    Outcome.EMPTY: "لا شيء يُنسخ",
    Outcome.NO_TERMINAL: "لم يُنسخ: لا توجد طرفية",
}


def copy(text: str, profile: Profile, is_real: bool = True) -> Copied:
    """Build the sequence that puts logical ``text`` on the clipboard of the terminal ``profile``.

    Controls are dropped, so that a paste into a shell types nothing by itself. In tmux
    reached through its client the sequence is plain, for it is written past tmux.
    """
    data = clean(text).encode()
    if not data:
        return Copied(Outcome.EMPTY)
    if not is_real:
        return Copied(Outcome.NO_TERMINAL, size=len(data))
    if len(data) > LIMIT:
        return Copied(Outcome.TOO_LONG, size=len(data))
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if profile.route is Route.SCREEN:
        sequence = sequences.in_screen(sequence)
    elif profile.route is Route.TMUX_PASSTHROUGH:
        # One of the two gets through: tmux's own clipboard, or the terminal outside.
        sequence += sequences.in_tmux(sequence)
    is_sure = profile.name.startswith(_WILLING) and profile.route is not Route.TMUX_PASSTHROUGH
    return Copied(Outcome.SENT if is_sure else Outcome.DOUBTFUL, sequence, len(data))


def clean(text: str) -> str:
    """Logical text fit to be pasted anywhere: line breaks as LF, nothing that acts or is not seen."""
    return harmless(_BREAKS.sub("\n", text))
