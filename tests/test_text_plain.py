"""Logical text for others: nothing that acts, nothing unseen, everything that is read."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tui.text.plain import harmless


def test_what_is_read_stays() -> None:
    for text in ("مُدَّعٍ (BBC)\tكوفيد-19\nسطر", "می‌خواهم", "👨‍👩‍👧 🇸🇦", "שָׁלוֹם", "e\u0301 日本"):
        assert harmless(text) == text


def test_what_acts_or_floods_goes() -> None:
    assert harmless("a\x1b]2;x\x07b\x9bc\x7f\r") == "a]2;xbc"
    assert harmless("ا\u202eب\u2067ج\u200f\u061c") == "ابج"
    assert harmless("ا\u200b\ufeff\u2060\u00ad\u2028ب\U000e0041") == "اب"
    assert harmless("ا" + "\u200d" * 50 + "ب") == "ا\u200dب"
    assert harmless("ب" + "\u064e" * 10_000) == "ب" + "\u064e" * 8
    assert harmless("\ud800") == ""


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    result = harmless(text)
    assert harmless(result) == result
    for char in result:
        assert char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), repr(char)
        assert unicodedata.bidirectional(char) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
