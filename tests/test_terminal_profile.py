"""The policy, row by row, with the answers and variables that real terminals gave."""

from __future__ import annotations

import dataclasses

import pytest

from tui.terminal import MODES, Profile, Replies, Route, classify, hints, override
from tui.terminal.profile import FORCE_LTR, Outside, nothing
from tui.text import Emission, cell_width
from tui.themes import PALETTES
from tui.widgets.painting import Painter

VISUAL, LOGICAL, KITTY = Emission.VISUAL, Emission.LOGICAL, Emission.KITTY
VTE = Replies(da2="65;7006;1", bidi_mode=1, is_complete=True)
KONSOLE = Replies("Konsole 22.12.3", "1;115;0", is_complete=True)
MLTERM = Replies(da2="24;279;0", bidi_mode=0, is_complete=True)
KITTY_REPLIES = Replies("kitty(0.26.5)", "1;4000;26", 0, True)
XTERM = Replies("XTerm(379)", "41;379;0", 0, True)
FOOT = Replies("foot(1.13.1)", "1;011301;0", is_complete=True)
ALACRITTY = Replies(da2="0;1700;1", is_complete=True)
PUTTY = Replies(da2="0;136;0", is_complete=True)
URXVT = Replies(da2="85;95;0", is_complete=True)
XTERM_JS = Replies(da2="0;276;0", bidi_mode=0, is_complete=True)
TMUX = Replies("tmux 3.3a", "84;0;0", is_complete=True)
SCREEN = Replies(da2="83;40900;0", is_complete=True)
MOSH = Replies(da2="1;10;0", is_complete=True)
SILENT = Replies()

KONSOLE_OFF, KONSOLE_ON = "\x1b]50;BidiRenderingEnabled=false\a", "\x1b]50;BidiRenderingEnabled=true\a"
MLTERM_OFF, MLTERM_ON = "\x1b]5379;use_ctl=false\a", "\x1b]5379;use_ctl=true\a"
EVERY_OFF = "\x1b[8l" + KONSOLE_OFF + MLTERM_OFF


@pytest.mark.parametrize(
    ("replies", "env", "name", "emission", "keep_marks", "switch_off", "restore"),
    [
        (VTE, {"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "VTE", VISUAL, True, "\x1b[8l", "\x1b[8h"),
        (dataclasses.replace(VTE, bidi_mode=2), {}, "VTE", VISUAL, True, "\x1b[8l", "\x1b[8h"),
        (KONSOLE, {}, "Konsole", VISUAL, True, KONSOLE_OFF, KONSOLE_ON),
        (Replies(da2="0;115;0"), {}, "Konsole", VISUAL, True, KONSOLE_OFF, KONSOLE_ON),
        (MLTERM, {"TERM": "mlterm"}, "mlterm", VISUAL, True, MLTERM_OFF, MLTERM_ON),
        (KITTY_REPLIES, {"TERM": "xterm-kitty"}, "kitty", KITTY, False, "", ""),
        (KITTY_REPLIES, {FORCE_LTR: "yes"}, "kitty", VISUAL, True, "", ""),
        (XTERM, {"TERM": "xterm"}, "xterm", VISUAL, True, "", ""),
        (Replies(da2="41;330;0", is_complete=True), {}, "xterm", VISUAL, True, "", ""),
        (URXVT, {}, "urxvt", VISUAL, True, "", ""),
        (FOOT, {"TERM": "foot"}, "foot", VISUAL, False, "", ""),
        (ALACRITTY, {"TERM": "alacritty"}, "Alacritty", VISUAL, False, "", ""),
        (PUTTY, {"TERM": "xterm"}, "PuTTY", VISUAL, False, "", ""),
        (XTERM_JS, {}, "xterm.js", VISUAL, True, "", ""),
        (SILENT, {"TERM_PROGRAM": "vscode"}, "xterm.js", VISUAL, True, "", ""),
        (SILENT, {"TERM_PROGRAM": "Apple_Terminal"}, "Apple Terminal", VISUAL, False, "", ""),
        (SILENT, {"TERM": "linux"}, "Linux console", VISUAL, False, "", ""),
        (MOSH, {}, "mosh", VISUAL, False, "\x1b[8l", "\x1b[8h"),
        (SILENT, {"TERM": "xterm"}, "unknown", VISUAL, False, "\x1b[8l", "\x1b[8h"),
        (SILENT, {"VTE_VERSION": "7006"}, "VTE", VISUAL, True, "\x1b[8l", "\x1b[8h"),
        (SILENT, {"KONSOLE_VERSION": "221203"}, "Konsole", VISUAL, True, KONSOLE_OFF, KONSOLE_ON),
        (Replies("WezTerm 2024", "1;277;0"), {}, "WezTerm 2024", VISUAL, False, "\x1b[8l", "\x1b[8h"),
        (Replies("ghostty 1.0", "1;10;0"), {}, "ghostty 1.0", VISUAL, False, "\x1b[8l", "\x1b[8h"),
        (Replies(da2="0;10;1"), {}, "unknown", VISUAL, False, "\x1b[8l", "\x1b[8h"),
    ],
)
def test_each_terminal_has_its_policy(
    replies: Replies,
    env: dict[str, str],
    name: str,
    emission: Emission,
    keep_marks: bool,
    switch_off: str,
    restore: str,
) -> None:
    profile = classify(replies, env)
    assert (profile.name, profile.emission, profile.keep_marks) == (name, emission, keep_marks)
    assert (profile.switch_off, profile.restore, profile.route) == (switch_off, restore, Route.DIRECT)
    assert profile.reason


def test_vte_is_told_again_after_the_alternate_screen_with_a_clearing() -> None:
    assert classify(VTE, {}).after_start == "\x1b[8l\x1b[2J"


def test_variables_of_another_terminal_do_not_count_against_an_answer() -> None:
    leaked = {"KONSOLE_VERSION": "221203", "VTE_VERSION": "7006", "TERM": "xterm-256color"}
    assert classify(KITTY_REPLIES, leaked).name == "kitty"
    assert classify(ALACRITTY, leaked).name == "Alacritty"
    assert classify(XTERM, leaked | {"TMUX": "/tmp/x,1,0", "STY": "1.x"}).name == "xterm"


@pytest.mark.parametrize(
    ("replies", "hint"),
    [(PUTTY, hints.PUTTY), (XTERM_JS, ""), (MOSH, hints.MOSH), (XTERM, ""), (VTE, "")],
)
def test_a_hint_is_given_only_where_the_user_has_to_set_something(replies: Replies, hint: str) -> None:
    assert classify(replies, {}).hint == hint


@pytest.mark.parametrize("hint", [hints.PUTTY, hints.APPLE, hints.MOSH, hints.TMUX, hints.CONSOLE])
def test_every_hint_is_one_line_in_both_languages(hint: str) -> None:
    arabic = hints.in_language(hint, "ar")
    assert arabic != hint
    assert hints.in_language(hint, "en_GB") == hint
    assert (hint + arabic).isprintable()
    # A status line of 80 columns shows all of it.
    assert max(cell_width(hint), cell_width(arabic)) <= 78


@pytest.mark.parametrize(
    ("outside", "name", "emission", "keep_marks", "switch_off", "restore"),
    [
        (Outside(Replies("XTerm(379)"), {"TERM": "xterm"}), "xterm", VISUAL, True, "", ""),
        (Outside(Replies("Konsole 22.12.3")), "Konsole", VISUAL, True, KONSOLE_OFF, KONSOLE_ON),
        (Outside(Replies("kitty(0.26.5)")), "kitty", KITTY, False, "", ""),
        (Outside(Replies(), {"TERM": "mlterm"}), "mlterm", VISUAL, True, MLTERM_OFF, MLTERM_ON),
        (
            Outside(Replies(), {"TERM": "xterm-256color", "VTE_VERSION": "7006"}),
            "VTE",
            VISUAL,
            True,
            "\x1b[8l",
            "\x1b[8h",
        ),
        (Outside(Replies(), {"TERM": "alacritty"}), "Alacritty", VISUAL, False, "", ""),
        (
            Outside(Replies(), {"TERM": "xterm-256color"}),
            "unknown terminal",
            VISUAL,
            False,
            EVERY_OFF,
            "\x1b[8h" + KONSOLE_ON + MLTERM_ON,
        ),
    ],
)
def test_tmux_takes_the_policy_of_the_terminal_outside(
    outside: Outside, name: str, emission: Emission, keep_marks: bool, switch_off: str, restore: str
) -> None:
    replies = dataclasses.replace(TMUX, outside=(outside,))
    # Our own variables may have come from a terminal of long ago.
    profile = classify(replies, {"TMUX": "/tmp/tmux-0/default,1,0", "VTE_VERSION": "5800"})
    assert (profile.name, profile.route) == (f"{name} in tmux", Route.TMUX)
    assert (profile.emission, profile.keep_marks) == (emission, keep_marks)
    assert (profile.switch_off, profile.restore) == (switch_off, restore)


def test_tmux_that_cannot_be_asked_is_passed_through_with_every_switch() -> None:
    profile = classify(TMUX, {})
    assert profile.route is Route.TMUX_PASSTHROUGH
    doubled = EVERY_OFF.replace("\x1b", "\x1b\x1b")
    assert profile.switch_off == f"\x1bPtmux;{doubled}\x1b\\"
    assert profile.after_start == profile.switch_off + "\x1b[2J"
    assert not profile.keep_marks
    assert profile.hint == hints.TMUX


def test_screen_wraps_the_switch_of_the_terminal_outside_and_clears() -> None:
    replies = dataclasses.replace(SCREEN, outside=(Outside(VTE),))
    profile = classify(replies, {"STY": "1.pts", "TERM": "screen"})
    assert profile.name == "VTE in screen"
    assert profile.switch_off == "\x1bP\x1b[8l\x1b\\"
    assert profile.after_start == "\x1bP\x1b[8l\x1b\\\x1b[2J"
    assert profile.restore == "\x1bP\x1b[8h\x1b\\"
    assert profile.keep_marks


def test_screen_around_an_unknown_terminal_sends_every_switch_and_strips_marks() -> None:
    for replies, env in ((SCREEN, {}), (SILENT, {"STY": "1.pts", "TERM": "screen"})):
        profile = classify(replies, env)
        assert profile.switch_off == f"\x1bP{EVERY_OFF}\x1b\\"
        assert (profile.emission, profile.keep_marks) == (VISUAL, False)


def test_without_a_terminal_nothing_is_sent() -> None:
    for env in ({}, {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}):
        profile = nothing(env)
        assert profile.switch_off + profile.after_start + profile.restore == ""
        assert profile.emission is VISUAL


def _vte() -> Profile:
    return classify(VTE, {})


def test_override_auto_changes_nothing() -> None:
    assert override(_vte()) == _vte()


def test_override_to_visual_keeps_the_switch_of_the_terminal() -> None:
    assert override(_vte(), "visual").switch_off == "\x1b[8l"
    # In kitty it is the wish of somebody with force_ltr on, where marks are right as well.
    kitty = override(classify(KITTY_REPLIES, {}), "visual")
    assert (kitty.emission, kitty.keep_marks) == (VISUAL, True)


def test_override_to_logical_leaves_the_order_to_the_terminal() -> None:
    profile = override(_vte(), "logical")
    assert (profile.emission, profile.switch_off) == (LOGICAL, "\x1b[8h")
    assert "\x1b[8l" not in profile.switch_off + profile.after_start + profile.restore


def test_override_to_kitty_strips_marks_unless_they_are_asked_for() -> None:
    assert override(_vte(), "kitty").emission is KITTY
    assert not override(_vte(), "kitty").keep_marks
    assert override(_vte(), "kitty", "keep").keep_marks


def test_override_of_marks_alone() -> None:
    assert not override(_vte(), marks="strip").keep_marks
    assert override(classify(FOOT, {}), marks="keep").keep_marks


@pytest.mark.parametrize(("bidi", "marks"), [("rtl", "auto"), ("auto", "yes"), ("", "auto")])
def test_override_refuses_words_it_does_not_know(bidi: str, marks: str) -> None:
    with pytest.raises(ValueError, match="auto, visual, logical, kitty"):
        override(_vte(), bidi, marks)


def test_modes_all_give_a_profile() -> None:
    assert [override(_vte(), mode).emission for mode in MODES] == [VISUAL, VISUAL, LOGICAL, KITTY]


def test_putty_has_no_dim_alone_and_in_screen() -> None:
    # Its dim darkens the ground of a cell, too.
    putty = Replies(da2="0;136;0", is_complete=True)
    assert classify(putty, {}).lacks_dim
    assert classify(Replies(da2="83;40900;0", is_complete=True, outside=(Outside(putty),)), {}).lacks_dim


def test_screen_in_mlterm_has_no_dim() -> None:
    behind = Outside(Replies(da2="24;279;0", bidi_mode=0, is_complete=True))
    assert classify(Replies(da2="83;40900;0", is_complete=True, outside=(behind,)), {}).lacks_dim
    other = Outside(Replies("XTerm(379)", "41;379;0", 0, True))
    assert not classify(Replies(da2="83;40900;0", is_complete=True, outside=(other,)), {}).lacks_dim
    painter = Painter(PALETTES["terminal"])
    assert painter.blank(1, "meta").style.dim  # type: ignore[union-attr]
    painter.has_dim = False
    assert not painter.blank(1, "meta").style.dim  # type: ignore[union-attr]
