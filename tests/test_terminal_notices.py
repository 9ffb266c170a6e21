"""Notices for the desktop: what is sent in which way, and when."""

from __future__ import annotations

import pytest

from tui.terminal import Route
from tui.terminal.notices import LONGEST, notice


@pytest.mark.parametrize(
    ("way", "sent"),
    [
        ("off", ""),
        ("bell", "\x07"),
        ("osc9", "\x1b]9;newsreader: خبر; جديد\x07"),
        ("osc777", "\x1b]777;notify;newsreader;خبر, جديد\x07"),
    ],
)
def test_the_ways(way: str, sent: str) -> None:
    assert notice(way, "newsreader", "خبر; جديد", Route.DIRECT) == sent
    # Past tmux to its client it goes as it is.
    assert notice(way, "newsreader", "خبر; جديد", Route.TMUX) == sent


def test_carried_through_tmux_and_screen() -> None:
    plain = "\x1b]9;newsreader: خبر\x07"
    assert notice("osc9", "newsreader", "خبر", Route.TMUX_PASSTHROUGH) == "\x1bPtmux;\x1b" + plain + "\x1b\\"
    assert notice("osc9", "newsreader", "خبر", Route.SCREEN) == "\x1bP" + plain + "\x1b\\"


def test_a_hostile_headline_ends_no_sequence_and_begins_none() -> None:
    sent = notice("osc777", "newsreader", "أ\x07\x1b]52;c;eHg=\x07ب\n\x9cج" + "د" * 999, Route.DIRECT)
    body = sent.removeprefix("\x1b]777;notify;newsreader;").removesuffix("\x07")
    assert body.startswith("أ]52,c,eHg=ب ج")
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in body)
    assert len(body) <= LONGEST
