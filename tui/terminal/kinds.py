"""What is known of a terminal, and what follows from it: the nouns of this layer, all frozen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from ..text import Emission


class Route(StrEnum):
    """How a sequence reaches the terminal that draws the letters."""

    DIRECT = "direct"
    TMUX = "tmux client"
    TMUX_PASSTHROUGH = "tmux passthrough"
    SCREEN = "screen passthrough"


@dataclass(frozen=True, slots=True)
class Replies:
    """The answers of one terminal, as text without their escape sequences.

    ``xtversion`` is a name such as ``Konsole 22.12.3``, ``da2`` the parameters of
    the second device attributes (``65;7006;1``), ``bidi_mode`` the state of
    ECMA-48 mode 8 (1 set, 2 reset, 0 not known to it, None no answer), ``is_complete``
    whether the last question was answered. ``outside`` are the terminals on
    the far side of a multiplexer, the one last used first.
    """

    xtversion: str = ""
    da2: str = ""
    bidi_mode: int | None = None
    is_complete: bool = False
    outside: tuple[Outside, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """A terminal around tmux or screen: its answers, its environment, its device."""

    replies: Replies = field(default_factory=Replies)
    env: Mapping[str, str] = field(default_factory=dict)
    tty: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """How to write Arabic to one terminal.

    ``switch_off`` goes out before the alternate screen, ``after_start`` once
    that screen is there, ``restore`` on the way out; all three are sent by ``route``.
    ``parts_letters`` asks for :mod:`.apart`; ``garbles`` says that Arabic is not right until the user
    has set what ``hint`` says; ``skips_same`` that a cell is not drawn again
    which is told to show what it shows; ``orders_rows`` that every row is ordered by the terminal in the direction of its first strong letter,
    and is to be sent so that this makes it right; ``lacks_dim`` that dim is drawn as something else; ``main_font`` the characters of kitty's main font as
    ranges (``20-7e a0``), "" where nobody knows. ``hint`` is one English sentence on a setting only the user can change (``hints``
    has the Arabic), ``reason`` what led here.
    """

    name: str
    emission: Emission
    keep_marks: bool
    switch_off: str = ""
    after_start: str = ""
    restore: str = ""
    hint: str = ""
    reason: str = ""
    route: Route = Route.DIRECT
    parts_letters: bool = False
    garbles: bool = False
    skips_same: bool = False
    orders_rows: bool = False
    lacks_dim: bool = False
    main_font: str = ""

    def covers(self, char: str) -> bool:
        """Whether ``main_font`` has a character."""
        return _in_ranges(self.main_font, ord(char))

    @property
    def joins_nothing(self) -> bool:
        """Whether this terminal draws every letter by itself, without looking at its neighbours."""
        return self.emission is Emission.VISUAL and self.name in ("xterm", "urxvt")


@cache
def _ranges(text: str) -> tuple[list[int], list[int]]:
    """Ranges of hexadecimal code points (``20-7e a0``) as their first and their last ones, ascending."""
    pairs = sorted(
        (int(first, 16), int(last or first, 16))
        for first, _, last in (part.partition("-") for part in text.split())
    )
    return [first for first, _ in pairs], [last for _, last in pairs]


def _in_ranges(text: str, code: int) -> bool:
    firsts, lasts = _ranges(text)
    place = bisect_right(firsts, code) - 1
    return place >= 0 and code <= lasts[place]
