"""Shaping against ArabicShaping.txt and the decompositions of the presentation forms; marks; what is hidden."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tui.text import cell_width, one_line
from tui.text.chars import FORMS
from tui.text.shaping import MAX_MARKS, plain_text, scan

UNICODE = Path("/usr/share/unicode/ArabicShaping.txt")
SAMPLE = Path(__file__).parent / "data" / "bidi_shaping_sample.txt"
ISOLATED, INITIAL, MEDIAL, FINAL = "<isolated>", "<initial>", "<medial>", "<final>"

# Unicode's own word on which code point is which form of which letter.
DECOMPOSED = {
    tuple(unicodedata.decomposition(chr(code)).split()): chr(code)
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
}


def form(letter: str, place: str) -> str:
    """The presentation form of a letter by Unicode's decompositions; the letter where there is none."""
    if letter == "\u06d5":  # no forms of its own: heh's, which look the same
        return {ISOLATED: "\ufee9", FINAL: "\ufeea"}[place]
    return DECOMPOSED.get((place, f"{ord(letter):04X}"), letter)


def joining_types(path: Path) -> dict[str, str]:
    types = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0]
        fields = line.split(";") if ";" in line else line.split()
        if len(fields) == 4:
            types[chr(int(fields[0], 16))] = fields[2].strip()
        elif len(fields) == 2:
            types[chr(int(fields[0], 16))] = fields[1]
    return types


@pytest.mark.parametrize("path", [SAMPLE, *([UNICODE] if UNICODE.exists() else [])], ids=str)
def test_all_letters_in_all_contexts(path: Path) -> None:
    types = joining_types(path)
    letters = {
        letter: kind
        for letter, kind in types.items()
        if kind in "DRUC"
        and ("\u0600" <= letter < "\u0700" or "\u0750" <= letter < "\u0780" or "\u0870" <= letter < "\u0900")
        and unicodedata.category(letter) == "Lo"
    }
    assert len(letters) > 250
    beh, alef = "\u0628", "\u0627"
    for letter, kind in letters.items():
        after = kind in "DRC"  # joins the letter before it
        onward = kind in "DC"  # joins the letter after it
        if letter == "\u0644":  # lam before alef is a ligature, tested by itself
            contexts = ("", "\u0628"), (beh, ""), (beh, beh)
        else:
            contexts = (
                ("", ""),
                ("", beh),
                (beh, ""),
                (beh, beh),
                (alef, ""),
                ("", alef),
                (beh, alef),
                ("\u062f", beh),
            )
        for before, behind in contexts:
            joined_before = before == beh and after
            joined_behind = behind != "" and onward
            place = {(0, 0): ISOLATED, (0, 1): INITIAL, (1, 1): MEDIAL, (1, 0): FINAL}[
                joined_before, joined_behind
            ]
            expected = []
            if before:
                expected.append(form(before, INITIAL if before == beh and after else ISOLATED))
            expected.append(form(letter, place))
            if behind:
                expected.append(form(behind, FINAL if onward else ISOLATED))
            assert scan(before + letter + behind).shown == expected, f"{before}{ord(letter):04X}{behind}"


def test_the_forms_are_those_of_unicode() -> None:
    for letter, forms in FORMS.items():
        for place, shown in zip((ISOLATED, INITIAL, MEDIAL, FINAL), forms, strict=True):
            if shown:
                assert shown == form(letter, place)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("سلام", ["\ufeb3", "\ufefc", "\ufee1"]),
        ("لا", ["\ufefb"]),
        ("لأ لإ لآ", ["\ufef7", " ", "\ufef9", " ", "\ufef5"]),
        ("كلأ", ["\ufedb", "\ufef8"]),
        ("لَا", ["\ufefb\u064e"]),
        ("لاً", ["\ufefb\u064b"]),
        ("الله", ["\ufe8d", "\ufedf", "\ufee0", "\ufeea"]),
        ("اللّٰه", ["\ufe8d", "\ufedf", "\ufee0\u0651\u0670", "\ufeea"]),
        ("لٱ", ["\ufedf", "\ufb51"]),
        ("لـا", ["\ufedf", "\u0640", "\ufe8e"]),
        ("می‌خواهم", ["\ufee3", "\ufbfd", "\ufea7", "\ufeee", "\ufe8d", "\ufeeb", "\ufee2"]),
        ("ه‍", ["\ufeeb"]),
        ("‍ه", ["\ufeea"]),
        ("‍ه‍", ["\ufeec"]),
        ("ل‌ا", ["\ufedd", "\ufe8d"]),
        ("ب\u200fب", ["\ufe91", "\ufe90"]),
        ("ب\u00adب", ["\ufe91", "\ufe90"]),
        ("ب\ufeffب", ["\ufe91", "\ufe90"]),
        ("ب\x07ب", ["\ufe91", "\ufe90"]),
        ("ب\u2067ب", ["\ufe8f", "\ufe8f"]),
        ("ب\u0300ب", ["\ufe91\u0300", "\ufe90"]),
        ("ںب", ["\u06ba", "\ufe90"]),
        ("بں", ["\ufe91", "\ufb9f"]),
        ("بٷ", ["\ufe91", "\u0677"]),
    ],
)
def test_by_hand(text: str, shown: list[str]) -> None:
    assert scan(text).shown == shown


@pytest.mark.parametrize(
    ("decomposed", "composed"),
    [
        ("\u0627\u0653", "\u0622"), ("\u0627\u0654", "\u0623"), ("\u0648\u0654", "\u0624"),
        ("\u0627\u0655", "\u0625"), ("\u064a\u0654", "\u0626"), ("\u06d2\u0654", "\u06d3"),
        ("ب\u064a\u064e\u0654ب", "ب\u0626\u064eب"), ("\u0644\u0627\u0653", "\u0644\u0622"),
        ("ك\u0644\u0627\u064e\u0654س", "ك\u0644\u0623\u064eس"), ("e\u0301", "é"), ("\u1100\u1161\u11a8", "각"),
    ],
)  # fmt: skip
def test_decomposed_text_looks_like_composed_text_and_keeps_its_map(decomposed: str, composed: str) -> None:
    ours = scan(decomposed)
    assert ours.shown == scan(composed).shown
    assert ours.starts[-1] == len(decomposed)


def test_lam_and_alef_stay_apart_for_terminals_that_shape() -> None:
    assert scan("لا", ligate=False).shown == ["\ufedf", "\ufe8e"]


def test_a_flood_of_marks_is_bounded_and_belongs_to_its_letter() -> None:
    clusters = scan("ب" + "\u064e" * 10_000 + "ت")
    assert clusters.shown == ["\ufe91" + "\u064e" * MAX_MARKS, "\ufe96"]
    assert clusters.starts == [0, 10_001, 10_002]
    assert plain_text("ب" + "\u064e" * 10_000) == "ب" + "\u064e" * MAX_MARKS


def test_marks_with_no_letter_are_not_shown() -> None:
    clusters = scan("\u064eب")
    assert clusters.shown == ["\ufe8f"]
    assert clusters.starts == [0, 2]
    assert scan("\u064e\u200f").shown == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a[31mb"), ("a\x00\x9b\x7f\u0085b", "a b"), ("a\tb", "a b"), ("a\u00a0b\u202fc", "a b c"),
        ("\ud800x\udfff", "\ufffdx\ufffd"), ("a\u2028b\u2029c", "a b c"), ("a\r\nb", "a b"), ("\ufffe", "\ufffd"),
        ("a\u200b\u200b\ufeff\u00ad\u2060\u034fb", "ab"), ("a\U000e0041b", "ab"), ("\u202ea\u2066b\u200f", "ab"),
        ("👨\u200d👩", "👨👩"), ("👍🏽", "👍"), ("❤\ufe0f", "❤"), ("🇸🇦🇪🇬", "🇸🇦🇪🇬"),
    ],
)  # fmt: skip
def test_what_must_not_reach_a_terminal(text: str, shown: str) -> None:
    assert one_line(text, 100, "L").text == shown


def test_flags_are_one_cluster_of_two_cells() -> None:
    cells = one_line("🇸🇦🇪🇬 🇪", 100, "L").cells
    assert [(cell.text, cell.width) for cell in cells] == [("🇸🇦", 2), ("🇪🇬", 2), (" ", 1), ("🇪", 1)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3), ("سلام", 4), ("\ufeb3\ufefc\ufee1", 3), ("بَّ", 1), ("日本", 4), ("ه\u200dـ", 2),
        ("ب\u200dب\u200dب", 3), ("\u200dب", 1), ("", 0), ("é", 1), ("e\u0301", 1), ("👍", 2), ("a\u200bb", 2),
    ],
)  # fmt: skip
def test_cell_width(text: str, cells: int) -> None:
    assert cell_width(text) == cells
