"""Palettes: which style each role of the text has, in each theme.

``terminal`` keeps the colours of the user's own terminal and adds its sixteen
named ones (few bytes on a thin line); ``night`` and ``paper`` are made for
long reading, with every text at 7:1 contrast or more against its ground
(WCAG 2.2, level AAA; a test computes it); ``mono`` has no colour at all, for
NO_COLOR and for terminals that have none. Textual's own themes are made into
palettes by :mod:`tui.textual_themes`. State is never told by colour alone:
each role that means something also has an attribute or a sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rich.style import Style

ROLES = [
    "base",
    "body",
    "title",
    "unread",
    "read",
    "meta",
    "tag",
    "heading",
    "key",
    "link",
    "missing",
    "hit",
    "cursor",
    "opened",
    "rule",
    "status",
    "notice",
    "error",
    "selected",
    "note",
    "only",
    "differs",
    "marked",
    "picked",
    "caret",
]


@dataclass(frozen=True)
class Palette:
    """The style of every role; names may be combined, ``"cursor unread"``, later ones on top."""

    name: str
    is_dark: bool
    roles: Mapping[str, str]

    @cached_property
    def _styles(self) -> dict[str, Style]:
        base = Style.parse(self.roles["base"])
        return {"": base} | {role: base + Style.parse(text) for role, text in self.roles.items()}

    def over(self, role: str, span: str) -> str:
        """The names of a span's style on a row's: under the cursor its colour is the cursor's, unless it has a ground."""
        if not span:
            return role
        is_grounded = any(" on " in f" {self.roles.get(name, '')}" for name in span.split())
        tail = " cursor" if role.endswith("cursor") and not is_grounded else ""
        return f"{role} {span}{tail}"

    def style(self, names: str) -> Style:
        """The style of a role or of several, separated by blanks."""
        styles = self._styles
        found = styles.get(names)
        if found is None:
            found = styles[""]
            for name in names.split():
                found += Style.parse(self.roles.get(name, ""))
            styles[names] = found
        return found


def _palette(name: str, *, is_dark: bool, **roles: str) -> Palette:
    return Palette(name, is_dark, {role: roles.get(role, "") for role in ROLES})


TERMINAL = _palette(
    "terminal",
    is_dark=True,
    title="bold",
    unread="bold",
    meta="dim",
    tag="magenta",
    heading="bold",
    key="bold",
    missing="dim",
    hit="not bold black on yellow",
    cursor="default on default reverse",
    rule="dim",
    status="reverse",
    notice="bold reverse",
    error="bold white on red",
    selected="bold magenta",
    note="italic",
    only="magenta",
    differs="bold red underline",
    marked="underline cyan",
    picked="not dim reverse",
    caret="not reverse not dim bold underline black on yellow",
)

NIGHT = _palette(
    "night",
    is_dark=True,
    base="#d8d4c8 on #16181d",
    body="#d8d4c8",
    title="bold #f2e9d0",
    unread="bold #f2e9d0",
    read="#b3afa4",
    meta="#9db4c8",
    tag="#d3a6d9",
    heading="bold #e0b870",
    key="bold #e0b870",
    link="#9cc9f0",
    missing="italic #a8a498",
    hit="bold #16181d on #e8c060",
    cursor="#16181d on #c9c2ae",
    rule="#636977",
    status="#e6e0d0 on #282e3b",
    notice="bold #16181d on #9cc9f0",
    error="bold #16181d on #f0a090",
    selected="bold #d3a6d9",
    note="italic #c8d8a8",
    only="bold #b4d8a0",
    differs="bold underline #f0c878",
    marked="underline #f4f0e4 on #3b3a1c",
    picked="#16181d on #b9c8d8",
    caret="bold underline #16181d on #e8c060",
)

PAPER = _palette(
    "paper",
    is_dark=False,
    base="#23211c on #f6f1e5",
    body="#23211c",
    title="bold #101010",
    unread="bold #101010",
    read="#4a463c",
    meta="#2f4a60",
    tag="#6a2a72",
    heading="bold #6b3d00",
    key="bold #6b3d00",
    link="#0f437a",
    missing="italic #524e44",
    hit="bold #101010 on #f2cf63",
    cursor="#f6f1e5 on #3a372f",
    rule="#8a826e",
    status="#23211c on #ebe4d2",
    notice="bold #f6f1e5 on #0f437a",
    error="bold #f6f1e5 on #8a1c10",
    selected="bold #6a2a72",
    note="italic #3d4f12",
    only="bold #1f4d12",
    differs="bold underline #6b3d00",
    marked="underline #101010 on #f0e6a8",
    picked="#f6f1e5 on #2f4a60",
    caret="bold underline #101010 on #f2cf63",
)

MONO = _palette(
    "mono",
    is_dark=True,
    title="bold",
    unread="bold",
    meta="dim",
    heading="bold underline",
    key="bold",
    missing="dim",
    hit="not dim bold underline",
    cursor="not dim reverse",
    rule="dim",
    status="reverse",
    notice="bold reverse",
    error="bold underline reverse",
    selected="bold",
    note="italic",
    only="bold",
    differs="bold underline",
    marked="underline",
    picked="not dim reverse",
    caret="not dim bold underline reverse",
)

#: The palettes made here; the others are Textual's.
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (TERMINAL, NIGHT, PAPER, MONO)}


def palette_named(name: str, color_system: str | None = "truecolor") -> Palette:
    """The palette of a theme, or the nearest to it that a terminal can show: sixteen colours, or none.

    ``color_system`` is Rich's name of what the terminal has. Raises KeyError for a theme there is none of.
    """
    if color_system is None:
        return MONO
    if name not in PALETTES:
        from .textual_themes import textual_palette

        found = textual_palette(name)
    else:
        found = PALETTES[name]
    return found if found in (TERMINAL, MONO) or color_system in ("256", "truecolor") else TERMINAL
