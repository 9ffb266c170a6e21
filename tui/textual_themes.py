"""Palettes made of Textual's own themes, each text of them lifted to where it can be read.

A theme of Textual says a dozen colours; what it leaves open its colour system
fills. Some of its accents are too faint for text on its own ground: these are
moved towards black or white until the contrast is 4.5:1 (WCAG 2.2, AA), the
running text until 7:1 where the theme has room for that.
"""

from __future__ import annotations

from functools import cache

from textual.color import BLACK, WHITE, Color
from textual.theme import BUILTIN_THEMES, Theme

from .themes import ROLES, Palette

#: Least contrast of a text with its ground.
READABLE = 4.5
#: What is aimed at for text that is read for long.
COMFORTABLE = 7.0
#: Lines are no text (WCAG 1.4.11).
_LINE = 3.0


@cache
def textual_palette(name: str) -> Palette:
    """The palette of the theme of Textual with that name; raises KeyError for another."""
    theme = BUILTIN_THEMES[name]
    ground, text = _ground_and_text(theme)
    panel = _mixed(ground, text, 0.12)
    accent, primary = _color(theme.accent, theme.primary), Color.parse(theme.primary)
    second = _color(theme.secondary, theme.primary)
    warning, error = _color(theme.warning, theme.primary), _color(theme.error, theme.primary)
    success = _color(theme.success, theme.primary)
    body = readable(text, ground, COMFORTABLE)
    strong = readable(_mixed(body, WHITE if theme.dark else BLACK, 0.4), ground, COMFORTABLE)
    quiet = readable(_mixed(body, ground, 0.25), ground, READABLE)

    def on(color: Color, least: float = READABLE) -> str:
        return readable(color, ground, least).hex6

    def filled(color: Color) -> str:
        """Text on a ground of that colour, black or white as it needs."""
        under = _ground_for_text(color)
        return f"{readable(ground, under, READABLE).hex6} on {under.hex6}"

    roles = dict.fromkeys(ROLES, "") | {
        "base": f"{body.hex6} on {ground.hex6}",
        "body": body.hex6,
        "title": f"bold {strong.hex6}",
        "unread": f"bold {strong.hex6}",
        "read": quiet.hex6,
        "meta": on(_mixed(second, text, 0.4)),
        "tag": on(accent),
        "heading": f"bold {on(primary)}",
        "key": f"bold {readable(readable(primary, panel, READABLE), ground, READABLE).hex6}",
        "link": on(primary),
        "missing": f"italic {quiet.hex6}",
        "hit": f"bold {filled(warning)}",
        "cursor": f"{ground.hex6} on {readable(text, ground, COMFORTABLE).hex6}",
        "rule": on(_mixed(ground, text, 0.4), _LINE),
        "status": f"{readable(text, panel, READABLE).hex6} on {panel.hex6}",
        "notice": f"bold {filled(primary)}",
        "error": f"bold {filled(error)}",
        "selected": f"bold {on(accent)}",
        "note": f"italic {on(success)}",
        "only": f"bold {on(success)}",
        "differs": f"bold underline {on(warning)}",
        "marked": f"underline {readable(text, _mixed(ground, accent, 0.2), READABLE).hex6}"
        f" on {_mixed(ground, accent, 0.2).hex6}",
        "picked": filled(second),
        "caret": f"bold underline {filled(warning)}",
    }
    return Palette(name, theme.dark, roles)


def _ground_and_text(theme: Theme) -> tuple[Color, Color]:
    generated = theme.to_color_system().generate()
    ground = Color.parse(generated["background"])
    text = Color.parse(theme.foreground or generated["foreground"])
    return ground, text if text.a == 1 else ground.blend(text, text.a, 1)


def _color(wanted: str | None, otherwise: str) -> Color:
    return Color.parse(wanted or otherwise)


def _mixed(one: Color, other: Color, share: float) -> Color:
    return one.blend(other, share, 1)


def luminance(color: Color) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [value / 255 for value in (color.r, color.g, color.b)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: Color, ground: Color, least: float) -> Color:
    """The colour, moved towards black or white as far as that contrast with its ground asks."""
    end = max((WHITE, BLACK), key=lambda pole: contrast(pole, ground))
    for step in range(21):
        moved = color.blend(end, step / 20, 1)
        if contrast(moved, ground) >= least:
            return moved
    return end


def _ground_for_text(color: Color) -> Color:
    """A colour as the ground of text: opaque."""
    return Color(color.r, color.g, color.b)
