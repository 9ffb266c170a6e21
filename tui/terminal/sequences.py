"""The escape sequences of this layer, and how they are carried through tmux and screen.

ECMA-48 mode 8 is BDSM of the terminal BiDi draft (set: the terminal orders the
text, reset: the program has done so); the OSC ones are private to Konsole and mlterm.
"""

from __future__ import annotations

ESC = "\x1b"
EXPLICIT = "\x1b[8l"
IMPLICIT = "\x1b[8h"
KONSOLE_OFF = "\x1b]50;BidiRenderingEnabled=false\x07"
KONSOLE_ON = "\x1b]50;BidiRenderingEnabled=true\x07"
MLTERM_OFF = "\x1b]5379;use_ctl=false\x07"
MLTERM_ON = "\x1b]5379;use_ctl=true\x07"
CLEAR = "\x1b[2J"
HOME = "\x1b[H"

XTVERSION = "\x1b[>q"
DA2 = "\x1b[>c"
MODE_8 = "\x1b[8$p"
DA1 = "\x1b[c"
# The last one is answered by every terminal: when its reply is in, all are.
QUESTIONS = XTVERSION + DA2 + MODE_8 + DA1
# Apple Terminal prints letters of the questions it does not know.
QUESTIONS_FOR_APPLE = DA2 + DA1

SAVE_CURSOR = "\x1b7"
ERASE_STRAY = "\x1b8\x1b[K"

# What a full-screen program has switched on and a dying one has to switch off:
# mouse, paste, focus, resize reports, no wrapping, alternate screen, hidden cursor.
LEAVE_SCREEN = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?1004l\x1b[?2048l"
    "\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
)

_SCREEN_CHUNK = 240


def in_tmux(text: str) -> str:
    """Wrap ``text`` so that tmux hands it to the terminal outside (needs ``allow-passthrough``)."""
    return f"\x1bPtmux;{text.replace(ESC, ESC + ESC)}\x1b\\" if text else ""


def in_screen(text: str) -> str:
    """Wrap ``text`` so that GNU screen hands it to the terminal outside.

    Screen drops a string longer than its buffer (256 bytes in old versions), so
    a long one goes in pieces; the text must not hold ``ESC \\``, which would end it.
    """
    pieces = (text[start : start + _SCREEN_CHUNK] for start in range(0, len(text), _SCREEN_CHUNK))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
