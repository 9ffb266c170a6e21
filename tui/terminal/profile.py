"""What a terminal does with Arabic, and what has to be sent to it: one pure table.

Most terminals leave the cells where a program puts them; some reorder every line
by themselves and have to be told not to, each in its own way. :func:`classify`
decides from what the terminal answered; nothing here reads or writes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ..text import Emission
from . import hints, sequences
from .kinds import Outside, Profile, Replies, Route

__all__ = [
    "FORCE_LTR",
    "MAIN_FONT",
    "MARKS",
    "MODES",
    "Outside",
    "Profile",
    "Replies",
    "Route",
    "classify",
    "is_screen",
    "is_tmux",
    "nothing",
    "override",
]


# Not real variables: the session puts them in after looking into kitty's own settings.
FORCE_LTR = "NEWSREADER_KITTY_FORCE_LTR"
MAIN_FONT = "NEWSREADER_KITTY_MAIN_FONT"


MODES = ("auto", "visual", "logical", "kitty")
MARKS = ("auto", "keep", "strip")

_Test = Callable[[Replies, Mapping[str, str]], bool]


def _visual(name: str, keep_marks: bool, reason: str, hint: str = "") -> Profile:
    return Profile(name, Emission.VISUAL, keep_marks, hint=hint, reason=reason)


_VTE = Profile(
    "VTE",
    Emission.VISUAL,
    keep_marks=True,
    switch_off=sequences.EXPLICIT,
    after_start=sequences.EXPLICIT + sequences.CLEAR,
    restore=sequences.IMPLICIT,
    reason="it knows ECMA-48 mode 8, the switch between its own ordering and ours",
)
_KONSOLE = Profile(
    "Konsole",
    Emission.VISUAL,
    keep_marks=True,
    switch_off=sequences.KONSOLE_OFF,
    restore=sequences.KONSOLE_ON,
    reason="it says it is Konsole, which orders lines by itself until told not to",
)
_MLTERM = Profile(
    "mlterm",
    Emission.VISUAL,
    keep_marks=True,
    switch_off=sequences.MLTERM_OFF,
    restore=sequences.MLTERM_ON,
    reason="it says it is mlterm, which orders lines by itself until told not to",
    skips_same=True,
)
_KITTY = Profile(
    "kitty",
    Emission.KITTY,
    keep_marks=False,
    reason="it says it is kitty, which turns every Arabic word round by itself",
)
_KITTY_LTR = _visual(
    "kitty", keep_marks=True, reason="it is kitty with force_ltr on: it leaves the order alone"
)
_XTERM = _visual("xterm", keep_marks=True, reason="it says it is xterm, which leaves the order alone")
_URXVT = Profile(
    "urxvt",
    Emission.VISUAL,
    keep_marks=True,
    reason="it says it is urxvt, which leaves the order alone",
    skips_same=True,
)
_FOOT = _visual(
    "foot", keep_marks=False, reason="foot leaves the order alone but lets a mark wipe its letter"
)
_ALACRITTY = _visual(
    "Alacritty", keep_marks=False, reason="Alacritty leaves the order alone but draws marks one cell off"
)
_PUTTY = Profile(
    "PuTTY",
    Emission.VISUAL,
    keep_marks=False,
    reason="PuTTY orders rows by itself and cannot be told not to: it gets them in an order that comes out right",
    hint=hints.PUTTY,
    garbles=True,
    orders_rows=True,
    # Its dim darkens the ground as well: on a light one blanks and words become grey bars.
    lacks_dim=True,
)
_XTERM_JS = Profile(
    "xterm.js",
    Emission.VISUAL,
    keep_marks=True,
    reason="xterm.js leaves the order alone when it draws by GPU, and single letters when it does not",
    parts_letters=True,
)
_WEB = Profile(
    "web page",
    Emission.VISUAL,
    keep_marks=True,
    reason="the page is drawn by xterm.js, which leaves the order of single letters alone",
    parts_letters=True,
)
_APPLE = Profile(
    "Apple Terminal",
    Emission.VISUAL,
    keep_marks=False,
    reason="Apple Terminal orders lines by itself and cannot be told not to",
    hint=hints.APPLE,
    garbles=True,
)
_MOSH = Profile(
    "mosh",
    Emission.VISUAL,
    keep_marks=False,
    switch_off=sequences.EXPLICIT,
    restore=sequences.IMPLICIT,
    reason="mosh answers for the terminal outside and keeps our sequences from it",
    hint=hints.MOSH,
)
_CONSOLE = _visual(
    "Linux console",
    keep_marks=False,
    reason="the Linux console leaves the order alone",
    hint=hints.CONSOLE,
)
_UNKNOWN = Profile(
    "unknown",
    Emission.VISUAL,
    keep_marks=False,
    switch_off=sequences.EXPLICIT,
    restore=sequences.IMPLICIT,
    reason="nothing in its answers is known; this suits most terminals",
)
_NONE = _visual("no terminal", keep_marks=True, reason="input or output is not a terminal")


def _named(start: str) -> _Test:
    return lambda replies, env: replies.xtversion.casefold().startswith(start)


def _attributes(pattern: str) -> _Test:
    return lambda replies, env: re.fullmatch(pattern, replies.da2) is not None


def _variable(name: str, *starts: str) -> _Test:
    """True when the variable is set and, if any are given, begins with one of ``starts``."""
    return lambda replies, env: bool(env.get(name)) and (not starts or env[name].startswith(starts))


def _is_kitty_ltr(replies: Replies, env: Mapping[str, str]) -> bool:
    return _named("kitty")(replies, env) and env.get(FORCE_LTR) == "yes"


# Answers come before the environment: variables leak into every terminal that
# is started from another one's shell. First match wins.
_BY_ANSWER: tuple[tuple[_Test, Profile], ...] = (
    (lambda replies, env: replies.bidi_mode in (1, 2), _VTE),
    (_named("konsole"), _KONSOLE),
    (_is_kitty_ltr, _KITTY_LTR),
    (_named("kitty"), _KITTY),
    (_named("xterm.js"), _XTERM_JS),
    (_named("xterm("), _XTERM),
    (_named("foot("), _FOOT),
    (_attributes(r"24;\d+;\d+"), _MLTERM),
    (_attributes(r"[01];115;0"), _KONSOLE),
    (_attributes(r"1;4\d\d\d;\d+"), _KITTY),
    (_attributes(r"41;\d+;0"), _XTERM),
    (_attributes(r"85;\d+;0"), _URXVT),
    (_attributes(r"1;0\d{5};0"), _FOOT),
    (_attributes(r"0;\d{4,};1"), _ALACRITTY),
    (_attributes(r"0;136;0"), _PUTTY),
    (_attributes(r"0;276;0"), _XTERM_JS),
)
_BY_ENVIRONMENT: tuple[tuple[_Test, Profile], ...] = (
    (_variable("TERM", "mlterm"), _MLTERM),
    (_variable("TERM", "xterm-kitty"), _KITTY),
    (_variable("TERM", "foot"), _FOOT),
    (_variable("TERM", "alacritty"), _ALACRITTY),
    (_variable("TERM", "rxvt-unicode"), _URXVT),
    (_variable("TERM", "linux"), _CONSOLE),
    (_variable("TERM_PROGRAM", "Apple_Terminal"), _APPLE),
    (_variable("TERM_PROGRAM", "vscode"), _XTERM_JS),
    (_variable("KONSOLE_VERSION"), _KONSOLE),
    (_variable("MLTERM"), _MLTERM),
    (_variable("KITTY_WINDOW_ID"), _KITTY),
    (_variable("VTE_VERSION"), replace(_VTE, reason="VTE_VERSION is set")),
    (_variable("ALACRITTY_WINDOW_ID"), _ALACRITTY),
    (_variable("XTERM_VERSION"), _XTERM),
)


def classify(replies: Replies, env: Mapping[str, str]) -> Profile:
    """Choose the profile for a terminal from its answers, then from its environment.

    Rules: the policy measured in xterm, urxvt, Alacritty, foot, VTE, Konsole, mlterm,
    kitty, PuTTY, xterm.js, and in tmux and screen around them.
    """
    if is_screen(replies, env):
        return _in_screen(replies)
    if is_tmux(replies, env):
        return _in_tmux(replies, env)
    return _alone(replies, env)


def nothing(env: Mapping[str, str]) -> Profile:
    """The profile where there is no terminal to ask (a pipe, a file, a web page)."""
    return _WEB if "web_driver" in env.get("TEXTUAL_DRIVER", "") else _NONE


def is_screen(replies: Replies, env: Mapping[str, str]) -> bool:
    """Whether the nearest terminal is GNU screen (its answer wins over variables that leaked in)."""
    if replies.da2:
        return replies.da2.startswith("83;")
    return bool(env.get("STY"))


def is_tmux(replies: Replies, env: Mapping[str, str]) -> bool:
    """Whether the nearest terminal is tmux."""
    if replies.da2:
        return replies.da2.startswith("84;")
    return bool(env.get("TMUX"))


def _alone(replies: Replies, env: Mapping[str, str]) -> Profile:
    for test, profile in _BY_ANSWER:
        if test(replies, env):
            return _with_font(profile, env)
    # mosh and ghostty give the same attributes, but ghostty has a name as well.
    if replies.da2 == "1;10;0" and not replies.xtversion:
        return _MOSH
    if not replies.xtversion:
        for test, profile in _BY_ENVIRONMENT:
            if test(replies, env):
                return _with_font(profile, env)
    return replace(_UNKNOWN, name=replies.xtversion or "unknown")


def _with_font(profile: Profile, env: Mapping[str, str]) -> Profile:
    font = env.get(MAIN_FONT, "") if profile.emission is Emission.KITTY else ""
    return replace(profile, main_font=font) if font else profile


def _in_screen(replies: Replies) -> Profile:
    for outside in replies.outside:
        inner = _alone(outside.replies, outside.env)
        if inner.name != _UNKNOWN.name:
            # mlterm's terminfo names no dim, and screen then underlines.
            inner = replace(inner, lacks_dim=inner.lacks_dim or inner.name == _MLTERM.name)
            return _through(inner, "screen", Route.SCREEN, sequences.in_screen)
    return _through(_EVERY, "screen", Route.SCREEN, sequences.in_screen)


def _in_tmux(replies: Replies, env: Mapping[str, str]) -> Profile:
    if not replies.outside:
        blind = replace(_EVERY, hint=hints.TMUX)
        return _through(blind, "tmux", Route.TMUX_PASSTHROUGH, sequences.in_tmux)
    inner = _alone(replies.outside[0].replies, replies.outside[0].env)
    if inner.name == _UNKNOWN.name:
        inner = _EVERY
    # Written to the terminal of each client, past tmux, so nothing is wrapped.
    return _through(inner, "tmux", Route.TMUX, lambda text: text)


# Behind a multiplexer an unnamed terminal may be any of those that have a switch.
_EVERY = replace(
    _UNKNOWN,
    name="unknown terminal",
    switch_off=sequences.EXPLICIT + sequences.KONSOLE_OFF + sequences.MLTERM_OFF,
    restore=sequences.IMPLICIT + sequences.KONSOLE_ON + sequences.MLTERM_ON,
    reason="the terminal outside does not show, so every known switch is sent",
)


def _through(inner: Profile, multiplexer: str, route: Route, wrap: Callable[[str], str]) -> Profile:
    """The profile of ``inner`` as seen from inside a multiplexer.

    The rows outside exist already, and a row keeps the mode it was made with:
    only a cleared screen takes the new one, and the multiplexer has to paint again.
    """
    if not inner.switch_off:
        return replace(inner, name=f"{inner.name} in {multiplexer}", route=route)
    return replace(
        inner,
        name=f"{inner.name} in {multiplexer}",
        switch_off=wrap(inner.switch_off),
        after_start=wrap(inner.switch_off) + sequences.CLEAR,
        restore=wrap(inner.restore),
        route=route,
    )


def override(profile: Profile, bidi: str = "auto", marks: str = "auto") -> Profile:
    """The profile with what the user set by ``--bidi`` and ``--marks`` above it.

    Raises ValueError for a word that is not in ``MODES`` or ``MARKS``.
    """
    if bidi not in MODES or marks not in MARKS:
        raise ValueError(f"bidi is one of {', '.join(MODES)}; marks is one of {', '.join(MARKS)}")
    if bidi == "visual":
        # Whoever asks for this in kitty has told it to keep the order, and then marks are right too.
        is_kitty = profile.emission is Emission.KITTY
        profile = replace(
            profile,
            emission=Emission.VISUAL,
            keep_marks=profile.keep_marks or is_kitty,
            reason="set to visual",
        )
    elif bidi == "kitty":
        profile = replace(profile, emission=Emission.KITTY, keep_marks=False, reason="set to kitty")
    elif bidi == "logical":
        after = profile.restore + sequences.CLEAR if profile.after_start else ""
        profile = replace(
            profile,
            emission=Emission.LOGICAL,
            switch_off=profile.restore,
            after_start=after,
            reason="set to logical: the terminal orders the lines",
        )
    if bidi != "auto":
        profile = replace(profile, orders_rows=False)
    if marks != "auto":
        profile = replace(profile, keep_marks=marks == "keep")
    return profile if bidi == "auto" else replace(profile, hint="")
