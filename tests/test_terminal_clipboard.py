"""What goes to the clipboard: logical text, whole, or not at all, and told honestly."""

from __future__ import annotations

import base64
import re

import pytest

from tui.terminal import Profile, Replies, classify
from tui.terminal.clipboard import LIMIT, Outcome, copy
from tui.terminal.profile import Outside

XTERM = classify(Replies("XTerm(379)"), {})
KITTY = classify(Replies("kitty(0.26.5)"), {})
TMUX = classify(Replies("tmux 3.3a", "84;0;0", outside=(Outside(Replies("XTerm(379)")),)), {})
BLIND_TMUX = classify(Replies("tmux 3.3a", "84;0;0"), {})
SCREEN = classify(Replies(da2="83;40900;0"), {})


def decoded(sequence: str) -> str:
    match = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert match
    return base64.b64decode(match[1]).decode()


@pytest.mark.parametrize("profile", [XTERM, KITTY, TMUX])
def test_text_is_logical_and_whole(profile: Profile) -> None:
    text = "قال الرئيس (BBC) إنّ «الأمم»\n\tسطر ثانٍ"
    assert decoded(copy(text, profile).sequence) == text


def test_screen_gets_pieces_that_make_the_sequence_again() -> None:
    text = "خبر " * 500
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", copy(text, SCREEN).sequence, re.S)
    assert len(pieces) > 10
    assert max(map(len, pieces)) <= 250
    assert decoded("".join(pieces)) == text


def test_tmux_that_cannot_be_asked_gets_it_both_ways() -> None:
    sequence = copy("خبر", BLIND_TMUX).sequence
    plain, wrapped = sequence.split("\x1bPtmux;")
    assert decoded(plain) == "خبر"
    assert wrapped == plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def test_controls_are_dropped_so_that_a_paste_types_nothing() -> None:
    hostile = "rm -rf\x1b[201~\x03 \x9b1m\u202eabc\u2066\r\nnext\u2028end\ud800"
    assert decoded(copy(hostile, XTERM).sequence) == "rm -rf[201~ 1mabc\nnext\nend"


def test_what_is_too_long_is_not_sent_at_all() -> None:
    assert copy("a" * LIMIT, XTERM).outcome is Outcome.DOUBTFUL
    copied = copy("ا" * (LIMIT // 2 + 1), XTERM)
    assert (copied.outcome, copied.sequence) == (Outcome.TOO_LONG, "")
    assert "74,996" in copied.words()
    assert "74,996" in copied.words("ar")


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        (KITTY, Outcome.SENT),
        (XTERM, Outcome.DOUBTFUL),
        (TMUX, Outcome.DOUBTFUL),
        (BLIND_TMUX, Outcome.DOUBTFUL),
    ],
)
def test_doubt_is_said(profile: Profile, outcome: Outcome) -> None:
    assert copy("x", profile).outcome is outcome


def test_nothing_to_copy_and_nowhere_to_copy_to() -> None:
    assert copy("\x1b\x00", XTERM).outcome is Outcome.EMPTY
    assert copy("x", XTERM, is_real=False) == copy("y", XTERM, is_real=False)
    assert copy("x", XTERM, is_real=False).sequence == ""


def test_every_outcome_has_its_words_in_both_languages() -> None:
    for outcome in Outcome:
        copied = copy("x", XTERM).__class__(outcome)
        assert copied.words("en").isprintable()
        assert copied.words("ar") != copied.words("en")
