"""The Arabic (101) layout: the table, the names of keys, and what stands in each other's way."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key

from tui.terminal.keyboard import LAM_ALEF, arabic_for, join_pairs, key_name, keys_for, latin_for, part_pairs

# The rows of the keyboard as they are printed on one, left to right.
ROWS = [
    ("qwertyuiop[]", "ضصثقفغعهخحجد"),
    ("asdfghjkl;'", "شسيبلاتنمكط"),
    ("zxcv", "ئءؤر"),
    ("nm,./", "ىةوزظ"),
    ("`", "ذ"),
]


@pytest.mark.parametrize(("latin", "arabic"), [pair for row in ROWS for pair in zip(*row, strict=True)])
def test_each_key_without_shift(latin: str, arabic: str) -> None:
    assert arabic in arabic_for(latin)
    assert latin_for(arabic) == latin


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("H", "أ"), ("Y", "إ"), ("N", "آ"), ("J", "ـ"), ("K", "،"), ("P", "؛"), ("?", "؟"), ("I", "÷"), ("O", "×"),
     ("Q", "\u064e"), ("W", "\u064b"), ("E", "\u064f"), ("R", "\u064c"), ("A", "\u0650"), ("S", "\u064d"),
     ("X", "\u0652"), ("~", "\u0651"), ("U", "‘"), ("M", "’")],
)  # fmt: skip
def test_each_key_with_shift(latin: str, arabic: str) -> None:
    assert arabic in arabic_for(latin)
    assert latin_for(arabic) == latin


@pytest.mark.parametrize(("latin", "pair"), [("b", "لا"), ("G", "لأ"), ("T", "لإ"), ("B", "لآ")])
def test_keys_that_give_two_letters(latin: str, pair: str) -> None:
    form = LAM_ALEF[pair]
    assert latin_for(pair) == latin_for(form) == latin
    assert arabic_for(latin) == (form,)
    assert keys_for(latin) == (latin, form)


def test_ascii_is_no_arabic_character() -> None:
    # Shift+D gives "]" under the Arabic layout, but "]" is also a key of its own.
    assert latin_for("]") is None
    assert latin_for("é") is None
    assert "]" in arabic_for("D")


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("j", ("j", "ت")),
        ("/", ("slash", "ظ")),
        ("slash", ("slash", "ظ")),
        ("]", ("right_square_bracket", "د")),
        ("}", ("right_curly_bracket", "greater_than_sign")),
        ("G", ("G", "ﻷ")),
        ("?", ("question_mark", "arabic_question_mark")),
        ("1", ("1", "١")),
        (":", ("colon",)),
        ("*", ("asterisk",)),
        ("ctrl+f", ("ctrl+f", "ctrl+ب")),
        ("ctrl+right_square_bracket", ("ctrl+right_square_bracket", "ctrl+د")),
        ("enter", ("enter",)),
        ("shift+tab", ("shift+tab",)),
        ("ctrl+pageup", ("ctrl+pageup",)),
        ("+", ("plus",)),
        ("space", ("space",)),
    ],
)
def test_a_binding_answers_to_both_layouts(key: str, keys: tuple[str, ...]) -> None:
    assert keys_for(key) == keys


def test_an_alias_that_is_a_key_of_its_own_is_left_out() -> None:
    assert keys_for("L") == ("L", "slash")
    assert keys_for("L", bound=("L", "/", "j")) == ("L",)
    assert keys_for("/", bound=("L", "/", "j")) == ("slash", "ظ")
    assert keys_for("D", bound=("]",)) == ("D",)


def test_the_default_keys_get_in_nobodys_way() -> None:
    bound = [
        *"jkbgGHLrtTux*oye|cnN:?q/",
        "]",
        "[",
        "}",
        "{",
        *"123456789",
        "space",
        "ctrl+f",
        "ctrl+z",
        "ctrl+p",
    ]
    alternatives = [key for binding in bound for key in keys_for(binding, bound)]
    assert len(alternatives) == len(set(alternatives))


def test_names_are_those_of_textual() -> None:
    typed = {chr(code) for code in range(0x21, 0x7F)} | {
        c for key in "".join(r[0] for r in ROWS) for c in arabic_for(key)
    }
    typed |= {c for code in range(0x21, 0x7F) for c in arabic_for(chr(code))}
    assert {char: key_name(char) for char in typed} == {char: _character_to_key(char) for char in typed}


def test_two_letters_from_one_key_are_one_press_and_two_letters_again() -> None:
    joined = join_pairs("aلاbلأ\x1b[A")
    assert joined == "aﻻbﻷ\x1b[A"
    assert part_pairs(joined) == "aلاbلأ\x1b[A"
    assert join_pairs("ل") == "ل"
