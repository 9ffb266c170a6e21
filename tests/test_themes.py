"""Palettes: every text can be read (WCAG 2.2, contrast 7:1, computed here by its formula), no state by colour alone."""

from __future__ import annotations

import pytest
from rich.color import ColorType
from rich.style import Style

from tui.config import CHOICES
from tui.textual_themes import textual_palette
from tui.themes import MONO, PALETTES, ROLES, TERMINAL, Palette, palette_named

PAINTED = ("night", "paper")
TEXTUAL = tuple(name for name in CHOICES["theme"] if name not in PALETTES)
#: Lines and the thumb of the scroll bar are no text: 3:1 is asked of them (WCAG 1.4.11).
LINES = {"rule"}
#: Roles that stand on one another.
TOGETHER = [
    *(f"{role} cursor" for role in ROLES if role not in LINES),
    "status key", "title status", "body hit", "body hit cursor", "unread cursor hit", "read cursor hit", "meta hit",
]  # fmt: skip


def luminance(style_color: tuple[int, int, int]) -> float:
    """Relative luminance of an sRGB colour."""
    parts = [value / 255 for value in style_color]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    one, other = luminance(style.color.get_truecolor()), luminance(style.bgcolor.get_truecolor())
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_the_formula_itself() -> None:
    assert contrast(Style.parse("#000000 on #ffffff")) == pytest.approx(21)
    # A grey of WebAIM's: #767676 on white is 4.54:1.
    assert contrast(Style.parse("#767676 on #ffffff")) == pytest.approx(4.54, abs=0.01)


def test_every_theme_of_the_config_has_a_palette_with_every_role() -> None:
    assert set(PALETTES) <= set(CHOICES["theme"])
    for name in CHOICES["theme"]:
        assert set(palette_named(name).roles) == set(ROLES)
        assert palette_named(name).name == name


def test_every_theme_of_textual_can_be_chosen() -> None:
    from textual.theme import BUILTIN_THEMES

    with_colours = {name for name in BUILTIN_THEMES if not name.startswith("ansi")}
    assert with_colours == set(TEXTUAL)


@pytest.mark.parametrize("name", PAINTED)
@pytest.mark.parametrize("role", [*ROLES, *TOGETHER])
def test_every_text_can_be_read(name: str, role: str) -> None:
    assert contrast(PALETTES[name].style(role)) >= (3 if role in LINES else 7)


@pytest.mark.parametrize("name", TEXTUAL)
def test_every_text_of_textuals_themes_can_be_read(name: str) -> None:
    palette = textual_palette(name)
    # Both colours of a text may be given by a role that stands on another, so each pair is looked at.
    for role in [*ROLES, *TOGETHER]:
        least = 3 if role in LINES else 4.5
        assert contrast(palette.style(role)) >= least, (role, contrast(palette.style(role)))
    assert contrast(palette.style("body")) >= 7
    assert palette.is_dark == (luminance(palette.style("").bgcolor.get_truecolor()) < 0.18)


@pytest.mark.parametrize("name", [*PAINTED, *TEXTUAL])
def test_what_stands_in_a_row_can_be_read_under_the_cursor(name: str) -> None:
    palette = palette_named(name)
    for span in ROLES:
        style = palette.style(palette.over("meta cursor", span))
        assert contrast(style) >= (3 if span in LINES else 4.5), span
    # A match keeps its ground, a note takes the cursor's and stays what it is.
    assert palette.style(palette.over("read cursor", "hit")).bgcolor == palette.style("hit").bgcolor
    assert palette.style(palette.over("read cursor", "note")).bgcolor == palette.style("cursor").bgcolor
    assert palette.style(palette.over("read cursor", "note")).italic
    assert palette.over("body", "hit") == "body hit"
    assert palette.over("read cursor", "") == "read cursor"


def test_a_terminal_with_few_colours_or_none_gets_what_it_can_show() -> None:
    assert palette_named("nord", "truecolor").name == "nord"
    assert palette_named("nord", "256").name == "nord"
    assert palette_named("nord", "standard") is TERMINAL
    assert palette_named("night", "standard") is TERMINAL
    assert palette_named("mono", "standard") is MONO
    assert palette_named("night", None) is MONO
    with pytest.raises(KeyError):
        palette_named("no-such-theme")


def test_without_colours_every_state_can_be_told_from_the_others() -> None:
    for role in ROLES:
        style = MONO.style(role)
        assert style.color is None, role
        assert style.bgcolor is None, role

    def look(role: str) -> tuple[bool, ...]:
        style = MONO.style(role)
        names = ("bold", "italic", "underline", "reverse", "dim")
        return tuple(bool(getattr(style, name)) for name in names)

    # What may stand in one line must differ there.
    for together in (
        ("read", "unread", "read cursor", "unread cursor", "read hit", "read cursor hit"),
        ("body", "body hit", "body hit cursor", "body marked", "body picked"),
        ("body", "body marked", "body picked", "body picked caret"),
        ("body", "note", "heading", "missing", "title"),
        ("status", "notice", "error"),
    ):
        looks = [look(role) for role in together]
        assert len(set(looks)) == len(looks), [*zip(together, looks, strict=True)]


def test_the_terminals_own_colours_are_used_by_name() -> None:
    for role in ROLES:
        style = PALETTES["terminal"].style(role)
        for color in (style.color, style.bgcolor):
            assert color is None or color.type in (ColorType.STANDARD, ColorType.DEFAULT), role


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_no_state_is_told_by_colour_alone(palette: object) -> None:
    assert isinstance(palette, Palette)
    plain = palette.style("body")

    def stands_out(role: str) -> bool:
        style = palette.style(role)
        attributes = ("bold", "italic", "underline", "reverse", "dim")
        return style.bgcolor != plain.bgcolor or any(
            bool(getattr(style, name)) != bool(getattr(plain, name)) for name in attributes
        )

    # Unread and selected rows and links also have a sign or a number of their own.
    for role in (
        "title",
        "unread",
        "heading",
        "key",
        "missing",
        "hit",
        "cursor",
        "status",
        "notice",
        "error",
    ):
        assert stands_out(role), role
    assert palette.style("only") != palette.style("differs")


def test_later_roles_lie_on_earlier_ones() -> None:
    night = PALETTES["night"]
    assert night.style("unread cursor").bold
    assert night.style("unread cursor").bgcolor == night.style("cursor").bgcolor
    assert night.style("cursor hit").bgcolor == night.style("hit").bgcolor
    assert night.style("no-such-role") == night.style("")
