"""Which slips of the finger are likelier, by the Arabic keyboard and by the looks and sounds of letters."""

from __future__ import annotations

import pytest

from store.mistyping import FAR, FAR_BESIDE, is_near, unlikeliness


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ارانه", "اريانه"),  # left out
        ("ريانه", "اريانه"),  # at the beginning
        ("اريان", "اريانه"),  # at the end
        ("القضايت", "القضايا"),  # ت is beside ا
        ("مدرصه", "مدرسه"),  # ص stands above س, and is sounded like it
        ("زئب", "ذئب"),  # sounded alike
        ("جبر", "خبر"),  # a dot apart
        ("مردسه", "مدرسه"),  # exchanged
        ("دمرسه", "مدرسه"),
        ("مدررسه", "مدرسه"),  # doubled
        ("مدرسهع", "مدرسه"),  # ع is beside ه
    ],
)
def test_letters_left_out_exchanged_doubled_or_of_the_next_key_cost_nothing(typed: str, meant: str) -> None:
    assert unlikeliness(typed, meant) == 0.0


@pytest.mark.parametrize(("typed", "meant"), [("مدرطه", "مدرسه"), ("ضتاب", "كتاب"), ("كتاص", "كتاب")])
def test_a_letter_from_elsewhere_on_the_keyboard_is_unlikely(typed: str, meant: str) -> None:
    assert unlikeliness(typed, meant) == FAR


@pytest.mark.parametrize(("typed", "meant"), [("مدغرسه", "مدرسه"), ("ضكتاب", "كتاب"), ("كتابظ", "كتاب")])
def test_so_is_one_that_was_added_but_less(typed: str, meant: str) -> None:
    assert unlikeliness(typed, meant) == FAR_BESIDE


def test_words_of_other_letters_are_weighed_as_well() -> None:
    assert unlikeliness("obma", "obama") == 0.0
    assert unlikeliness("obxma", "obama") == FAR


def test_keys_are_near_in_a_row_and_to_the_next_and_either_way() -> None:
    for one, other in ("ضص", "سي", "بل", "لغ", "اع", "كط"):
        assert is_near(one, other)
        assert is_near(other, one)
    for one, other in ("ضط", "شك", "سم", "لظ"):
        assert not is_near(one, other)
        assert not is_near(other, one)
    # ة has a key beside و, and is folded to ه.
    assert is_near("ه", "و")
