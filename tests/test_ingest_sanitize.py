"""The table of what enters the store: each row by example, and properties over any text at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest.sanitize import MAX_MARKS, MAX_TEXT, RULES, clean_line, clean_text


@pytest.mark.parametrize(
    ("dirty", "clean", "dropped"),
    [
        ("خبر عادي، فيه 3 أرقام.\nوسطر.", "خبر عادي، فيه 3 أرقام.\nوسطر.", {}),
        ("\x1b[31mأحمر\x1b[0m", "أحمر", {"escape": 9}),
        ("\x1b]52;c;QUFB\x07نص", "نص", {"escape": 12}),
        ("\x1b]0;عنوان\x1b\\نص", "نص", {"escape": 11}),
        ("\x1bP1;2|عتاد\x1b\\نص", "نص", {"escape": 12}),
        ("\x9b31mنص", "نص", {"escape": 4}),
        ("قبل\x1b]0;بلا نهاية\nبعد", "قبل]0;بلا نهاية\nبعد", {"escape": 1}),
        ("أ\x00ب\x07ج\x7f", "أبج", {"control": 3}),
        ("أ\u202eب\u2066ج\u200fد", "أبجد", {"bidi": 3}),
        ("\ufeffأ\u200bب\u00adج\u2060", "أبج", {"zero_width": 4}),
        ("می\u200cشود", "می\u200cشود", {}),
        ("می\u200c\u200c\u200cشود", "می\u200cشود", {"zero_width": 2}),
        ("نص\u200c عادي\u200c", "نص عادي", {"zero_width": 2}),
        ("دا\u200cر", "دار", {"zero_width": 1}),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f", {}),
        ("م\u200dر", "مر", {"zero_width": 1}),
        ("أ\r\nب\rج\u2028د\u2029ه\x85و", "أ\nب\nج\nد\nه\nو", {}),
        ("أ\u00a0ب\tج\u3000د", "أ ب ج د", {}),
        ("ب\ud800د", "ب\ufffdد", {"surrogate": 1}),
        ("أ\ufdd0ب\uffff", "أب", {"noncharacter": 2}),
        ("أ\ue000ب", "أب", {"private": 1}),
        ("أ\ufff9ب\ufffb", "أب", {"annotation": 2}),
        ("أ\ufe01ب\U000e0041", "أب", {"variation": 2}),
        ("ﻣﺮﺣﺒﺎ ﻻ", "مرحبا لا", {}),
        ("صلى الله عليه ﷺ", "صلى الله عليه ﷺ", {}),
        ("ا\u0653 ا\u0654", "آ أ", {}),
        ("ب" + "\u064e" * 9, "ب" + "\u064e" * 4, {"marks": 5}),
        ("Z" + "\u0335\u0336\u0337" * 10, "Z\u0335\u0336\u0337\u0335", {"marks": 26}),
        ("&quot;نص&quot; &amp; &#1605;", '"نص" & م', {}),
        ("a &lt;b&gt; c", "a <b> c", {}),
        ("٣ < ٥ & ٦", "٣ < ٥ & ٦", {}),
    ],
)
def test_table(dirty: str, clean: str, dropped: dict[str, int]) -> None:
    done = clean_text(dirty)
    assert done.text == clean
    assert dict(done.dropped) == dropped


def test_every_rule_says_why() -> None:
    assert all(len(rule.why) > 10 for rule in RULES)


def test_size_is_bounded_and_the_rest_counted() -> None:
    done = clean_text("ب" * (MAX_TEXT + 7))
    assert len(done.text) == MAX_TEXT
    assert dict(done.dropped) == {"over_limit": 7}


@pytest.mark.parametrize(
    "flood",
    ["\x1b[" * 400_000, "\x1b]" * 400_000, "\u200c" * 900_000, "ب" + "\u064b\u0316" * 400_000, "\u202e" * 900_000, "&" * 900_000],
    ids=["csi", "osc", "zwnj", "marks", "overrides", "ampersands"],
)  # fmt: skip
def test_floods_are_bounded(flood: str) -> None:
    # A quadratic step would take hours here, not the fraction of a second it takes.
    assert len(clean_text(flood + "نص").text) <= len(flood) + 2


def test_a_line_is_one_line() -> None:
    assert clean_line("  عنوان\nمن \x1b[1mسطرين\u00a0 ") == "عنوان من سطرين"


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters()))
def test_clean_text_is_harmless_and_stays_so(text: str) -> None:
    done = clean_text(text).text
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co"} for c in done)
    assert not set(done) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff\u200b"
    )
    assert unicodedata.is_normalized("NFC", done)
    run = 0
    for c in done:
        run = run + 1 if unicodedata.category(c).startswith("M") else 0
        assert run <= MAX_MARKS + 1
    done.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ابتكلمنيوهةىأإآءؤئ 0123٤٥,.،؛؟!()«»\"'abcXYZ\n-–:…")))
def test_plain_text_passes_untouched(text: str) -> None:
    assert clean_text(text).text == text
    assert not clean_text(text).dropped
