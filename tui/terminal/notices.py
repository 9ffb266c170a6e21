"""News for the desktop in front of the terminal: a bell, or the two sequences that terminals make a notice of.

OSC 9 (iTerm2's) has a text, OSC 777 (urxvt's) a title and a text; a terminal that knows neither drops them.
"""

from __future__ import annotations

from ..text.plain import harmless
from . import sequences
from .profile import Route

#: The ways of the setting ``notify``.
WAYS = ("off", "bell", "osc9", "osc777")
#: Code points of a notice: desktops cut them anyway, and a line is long enough to hold one up.
LONGEST = 200


def notice(way: str, title: str, text: str, route: Route) -> str:
    """What to send for a notice; logical text in one line, for desktops lay it out themselves. Empty for ``off``.

    In tmux reached through its client the sequence is plain, for it is written past tmux.
    """
    if way == "bell":
        return "\x07"
    title, text = _line(title), _line(text)
    # 4; begins a progress report of ConEmu and others, and a number before a semicolon other things.
    bodies = {
        "osc9": f"9;{title}: {text}",
        "osc777": f"777;notify;{title.replace(';', ',')};{text.replace(';', ',')}",
    }
    if way not in bodies:
        return ""
    sequence = f"\x1b]{bodies[way]}\x07"
    if route is Route.SCREEN:
        return sequences.in_screen(sequence)
    return sequences.in_tmux(sequence) if route is Route.TMUX_PASSTHROUGH else sequence


def _line(text: str) -> str:
    return " ".join(harmless(text).split())[:LONGEST]
