"""Texts in one byte a letter, on their way in: folded and found harmless as letter by letter."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import identity
from store.codes import CHARSET, decoded, encoded, table_of
from store.ingest import headlines, keywords, markers, sanitize, spelling
from store.ingest.sanitize import clean_text

_LETTERS = [letter for letter in CHARSET if letter not in "\0\ufffe"]
#: With some that have no code: hamza as a mark, direction marks, a shaped letter, a flag.
_TEXTS = st.text(st.sampled_from([*_LETTERS, *"\u0654\u0655\u200e\u202b\ufefb\0\x1b\r&;"]), max_size=60)


def test_every_letter_has_one_code_and_comes_back() -> None:
    assert len(_LETTERS) == len(set(_LETTERS))
    assert decoded(encoded("".join(_LETTERS)) or b"") == "".join(_LETTERS)
    assert encoded("ﻻ") is None


def test_a_table_spells_letters_anew_and_drops_some() -> None:
    table = table_of(lambda letter: {"أ": "ا", "ـ": ""}.get(letter, letter))
    assert decoded((encoded("أمـل ١") or b"").translate(*table)) == "امل ١"


@given(_TEXTS)
def test_folding_by_codes_is_folding(text: str) -> None:
    assert spelling.fold(text) == spelling._fold_any(text)
    assert spelling.fold_case(text) == spelling._fold_any(text).casefold()


def test_what_has_a_code_needs_no_rule_and_composes_with_nothing() -> None:
    assert not sanitize._UNUSUAL.search("".join(_LETTERS))
    for first, second in product(_LETTERS, _LETTERS):
        text = first + second
        if sanitize._is_harmless(text):
            assert unicodedata.is_normalized("NFC", text), repr(text)


@given(_TEXTS)
def test_a_text_found_harmless_is_left_as_it_is_by_the_rules(text: str) -> None:
    dropped: Counter[str] = Counter()
    entities = sanitize._ENTITY.search(text)
    if sanitize._is_harmless(text) and not entities:
        assert sanitize._by_rules(text, dropped) == text
        assert not dropped
    if not entities:
        cleaned = clean_text(text)
        assert cleaned.text == sanitize._by_rules(text, dropped)
        assert dict(cleaned.dropped) == dict(dropped)


def test_direction_marks_go_and_are_counted() -> None:
    cleaned = clean_text("قال\u200f كيم\u202c: لا")
    assert cleaned.text == "قال كيم: لا"
    assert dict(cleaned.dropped) == {"bidi": 2}


def test_nul_goes_though_it_has_a_code() -> None:
    assert clean_text("قال\0 كيم").text == "قال كيم"


def best_by_trying_all(tokens: list[str], seen: set[tuple[int, int]]) -> float:
    """The most that any borders are worth: .9 for a word alone, 1 and .1 more for each but the first of a phrase."""
    worth = 0.0
    for cuts in product((False, True), repeat=len(tokens) - 1):
        borders = [0, *(place for place, is_cut in enumerate(cuts, 1) if is_cut), len(tokens)]
        parts = list(pairwise(borders))
        if all(b - a == 1 or (a, b) in seen for a, b in parts):
            worth = max(worth, sum(0.9 if b - a == 1 else (b - a) + 0.1 * (b - a - 1) for a, b in parts))
    return worth


@given(
    st.lists(st.sampled_from(["كوريا", "الشمالية", "روسيا", "کوریا"]), min_size=2, max_size=7),
    st.lists(st.sampled_from(["كوريا", "الشمالية", "روسيا", "کوریا"]), max_size=12),
)
def test_keywords_are_parted_where_most_words_lie_in_phrases_of_the_text(
    tokens: list[str], text: list[str]
) -> None:
    found = keywords.segment(tokens, [" ".join(text)])
    assert " ".join(found).split() == tokens
    keys = [keywords._key(token) for token in tokens]
    seen = set(keywords._phrases_in(keys, [" ".join(text)]))
    worth = sum(0.9 if (size := len(phrase.split())) == 1 else size + 0.1 * (size - 1) for phrase in found)
    assert abs(worth - best_by_trying_all(tokens, seen)) < 1e-9


@given(_TEXTS)
def test_an_article_is_known_by_the_same_letters(text: str) -> None:
    assert identity._beginning(text) == identity._beginning_of_any(text)


@pytest.mark.parametrize(
    ("line", "is_closed"),
    [
        ("قال الوزير إنه باق.", True),
        ("قال الوزير إنه باق.»", True),
        ("قال «إنه باق؟»)", True),
        ("الوزير: ", True),
        ("الوزير باق..", False),
        ("الوزير باق…", False),
        ("الوزير باق….", False),
        ("الوزير باق", False),
        (".", True),
        ("", False),
    ],
)
def test_a_line_is_closed_by_one_stop_whatever_closes_behind_it(line: str, is_closed: bool) -> None:
    assert headlines._is_closed(line) is is_closed


@pytest.mark.parametrize("line", ["• خبر عن الوزير", "•  خبر", "•خبر", "• 2. خبر", "•• خبر", "- خبر", "خبر"])
def test_a_bullet_ends_where_its_text_begins(line: str) -> None:
    bullet = markers.BULLET.match(line)
    assert markers._behind_bullet(line) == (bullet.end() if bullet else 0)


def test_a_number_of_seven_digits_is_no_date_and_a_date_of_eight_is() -> None:
    assert markers.classify("20230917") == markers.Marked(markers.Mark.DATE, "20230917")
    assert markers.classify("٢٠٢٣ـ/٩/١٧") == markers.Marked(markers.Mark.DATE, "٢٠٢٣ـ/٩/١٧")
    assert markers.classify("خبر رقم 2020131") is None
