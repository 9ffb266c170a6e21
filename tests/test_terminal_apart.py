"""Letters kept apart for a terminal that leaves drawing to a browser."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.apart import PLAIN, PROTECTED, Apart
from tui.text import visual

_SWITCH = re.compile(re.escape(PROTECTED) + "|" + re.escape(PLAIN))


def attributes(written: str) -> list[tuple[str, bool]]:
    """Every character that is drawn with whether it is protected, as a terminal reads it."""
    cells: list[tuple[str, bool]] = []
    is_on = False
    for piece in re.split(f"({_SWITCH.pattern})", written):
        if _SWITCH.fullmatch(piece):
            is_on = piece == PROTECTED
        else:
            cells += [(char, is_on) for char in piece]
    assert not is_on, "left switched on"
    return cells


def is_rtl(char: str) -> bool:
    return "\u0590" <= char < "\u0900" or "\ufb1d" <= char < "\uff00"


def elements(written: str) -> list[str]:
    """The stretches of one attribute, which a browser orders each by itself."""
    found: list[list[str]] = []
    last = None
    for char, is_on in attributes(written):
        if found and is_on == last:
            found[-1].append(char)
        else:
            found.append([char])
        last = is_on
    return ["".join(chars) for chars in found]


def test_a_stretch_of_one_attribute_has_one_letter_at_most() -> None:
    line = visual("وزارة الصحة: كوفيد-19 (WHO) في ٢٠٢٤، و«BBC News»")
    for stretch in elements("\x1b[3;5H" + line)[1:]:
        assert sum(is_rtl(char) for char in stretch) <= 1, stretch


def test_what_is_written_later_beside_a_letter_is_told_from_it() -> None:
    apart = Apart()
    # سلام: four cells from column 10 on; then the cell of column 11 is painted anew.
    first = attributes(apart.write("\x1b[1;10H\ufee1\ufe8e\ufee0\ufeb3"))[-4:]
    again = attributes(apart.write("\x1b[1;11H\ufe8e"))[-1:]
    assert again == first[1:2]
    assert [is_on for _, is_on in first] == [False, True, False, True]


def test_the_column_is_known_after_every_way_of_moving_there() -> None:
    # Columns 1, 4 (from 1), 5 after passing over 3 cells, 1 after a scroll region was set: odd ones are even from 0.
    for way, is_on in (
        ("\x1b[7H", True),
        ("\x1b[7;4H", False),
        ("\x1b[7H\x1b[3C", False),
        ("\x1b[1;5r", True),
    ):
        written = Apart().write("\x1b[9;2Ha" + way + "\ufee1")
        assert attributes(written)[-1] == ("\ufee1", is_on), way


def test_the_attribute_is_set_again_where_a_change_of_colour_may_have_dropped_it() -> None:
    written = Apart().write("\x1b[1;1H\ufee1\x1b[0m\x1b[1;5H\ufee1")
    assert written == f"\x1b[1;1H{PROTECTED}\ufee1\x1b[0m\x1b[1;5H{PROTECTED}\ufee1{PLAIN}"


def test_marks_stay_with_their_letter_and_take_no_column() -> None:
    written = Apart().write("\ufee3\u064e\u0651\ufee2")
    assert written == f"{PROTECTED}\ufee3\u064e\u0651{PLAIN}\ufee2"


@given(st.text("ab 1.\ufee3\ufe8e\u064e٢日", max_size=30), st.integers(1, 200))
def test_nothing_but_the_attribute_is_added(text: str, column: int) -> None:
    sent = f"\x1b[2;{column}H\x1b[1;31m{text}\x1b[0m\x1b]52;c;YQ==\x07\r\n"
    assert _SWITCH.sub("", Apart().write(sent)) == sent
