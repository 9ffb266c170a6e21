"""Answers are told from keys, whole, in pieces, early and late."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal import Replies
from tui.terminal.replies import ReplyFilter, read

# As the terminals sent them, XTVERSION, DA2, DECRQM 8, DA1.
XTERM = "\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[8;0$y\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"
VTE = "\x1b[>65;7006;1c\x1b[8;1$y\x1b[?65;1;9c"
KONSOLE = "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c"
ALACRITTY = "\x1b[>0;1700;1c\x1b[?6c"


@pytest.mark.parametrize(
    ("text", "replies"),
    [
        (XTERM, Replies("XTerm(379)", "41;379;0", 0, True)),
        (VTE, Replies("", "65;7006;1", 1, True)),
        (KONSOLE, Replies("Konsole 22.12.3", "1;115;0", None, True)),
        (ALACRITTY, Replies("", "0;1700;1", None, True)),
        ("", Replies()),
        ("\x1b[>1;10;0c", Replies("", "1;10;0", None, False)),
    ],
)
def test_answers_are_read(text: str, replies: Replies) -> None:
    assert read(text) == (replies, "")


def test_keys_between_answers_are_left() -> None:
    replies, rest = read("j\x1b[>65;7006;1cت\x1b[A\x1b[8;2$yq\x1b[?65c\r")
    assert rest == "jت\x1b[Aq\r"
    assert (replies.da2, replies.bidi_mode, replies.is_complete) == ("65;7006;1", 2, True)


def test_a_name_from_outside_is_printable_and_short() -> None:
    replies, _ = read("\x1bP>|evil\x07")
    assert replies.xtversion == "evil"
    replies, _ = read("\x1bP>|x\n\u202ey" + "z" * 100 + "\x1b\\")
    assert replies.xtversion == "xy" + "z" * 38


@pytest.mark.parametrize(
    "key", ["\x1b[A", "\x1bOP", "\x1b[1;5C", "\x1b[8~", "\x1bc", "\x1b[8;5u", "\x1b[?2026;2$y"]
)
def test_keys_and_other_reports_are_no_answers(key: str) -> None:
    assert read(key) == (Replies(), key)


@settings(max_examples=200, deadline=None)
@given(
    terminal=st.sampled_from([XTERM, VTE, KONSOLE, ALACRITTY]),
    keys=st.lists(st.sampled_from(["j", "ت", "\x1b[A", "\x1b[B", "\r"]), max_size=4),
    cuts=st.lists(st.integers(0, 100), max_size=6),
)
def test_a_late_answer_is_swallowed_in_whatever_pieces_it_comes(
    terminal: str, keys: list[str], cuts: list[int]
) -> None:
    text = "".join(keys) + terminal
    sift = ReplyFilter(Replies())
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert "".join(sift.feed(piece) for piece in pieces) + sift.flush() == "".join(keys)
    assert sift.replies == read(terminal)[0]
    assert not sift.is_waiting


def test_escape_is_kept_only_until_input_pauses() -> None:
    sift = ReplyFilter(Replies())
    assert sift.feed("j\x1b") == "j"
    assert sift.flush() == "\x1b"
    assert sift.flush() == ""


def test_half_an_answer_is_never_given_up_as_keys() -> None:
    sift = ReplyFilter(Replies())
    assert sift.feed("\x1b[>65;70") == ""
    assert sift.flush() == ""
    assert sift.feed("06;1cj") == "j"


def test_when_all_is_answered_input_passes_as_it_is() -> None:
    sift = ReplyFilter(Replies(is_complete=True))
    assert sift.feed("\x1b[>1;2c\x1b") == "\x1b[>1;2c\x1b"
