"""What kitty's own settings tell: force_ltr, and the characters of its main font."""

from __future__ import annotations

import pytest

from tui.terminal import Replies, classify
from tui.terminal.kitty import font_family, is_forced
from tui.terminal.profile import FORCE_LTR, MAIN_FONT

KITTY = Replies("kitty(0.26.5)", "1;4000;26", 0, True)


def test_the_last_setting_wins_and_those_by_hand_come_last() -> None:
    assert is_forced([], ["force_ltr no\nforce_ltr yes"])
    assert not is_forced(["force_ltr=no"], ["force_ltr yes"])
    assert is_forced(["force_ltr yes"], [])
    assert not is_forced([], ["# force_ltr yes"])


@pytest.mark.parametrize(
    ("settings", "family"),
    [
        ([], "monospace"),
        (["font_family auto"], "monospace"),
        (["font_family      Fira Code\nfont_size 12"], "Fira Code"),
        (['font_family family="JetBrains Mono" style=Light'], "JetBrains Mono"),
        (["bold_font X", "font_family=Noto Mono"], "Noto Mono"),
    ],
)
def test_the_family_of_the_main_font(settings: list[str], family: str) -> None:
    assert font_family([], settings) == family
    assert font_family(["font_family=Hack"], settings) == "Hack"


def test_the_font_goes_with_kittys_form_only() -> None:
    env = {MAIN_FONT: "20-7e a0 621-63a"}
    found = classify(KITTY, env)
    assert found.covers("a")
    assert found.covers("\u00a0")
    assert found.covers("\u0639")
    assert not found.covers("\u0695")
    assert not found.covers("\x1f")
    assert classify(KITTY, env | {FORCE_LTR: "yes"}).main_font == ""
    assert classify(Replies("XTerm(379)", "41;379;0", 0, True), env).main_font == ""
    assert classify(KITTY, {}).main_font == ""
