"""Folding, each rule with words that must become one and words that must not; and tokens' places."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.arabic import fold, label_key, tokens, written_words
from store.folding import with_one_hamza


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أوكرانيا", "اوكرانيا"),  # hamza above alef
        ("إيران", "ايران"),
        ("آراء", "اراء"),  # madda
        ("ٱلله", "الله"),  # wasla
        ("مؤتمر", "موتمر"),
        ("رئيس", "رييس"),
        ("على", "علي"),  # alef maqsura
        ("الروسى", "الروسي"),
        ("غزة", "غزه"),  # teh marbuta
        ("كِتَابٌ", "كتاب"),  # harakat
        ("هٰذا", "هذا"),  # dagger alef
        ("محـــمد", "محمد"),  # tatweel
        ("کوریا الشمالیة", "كوريا الشمالية"),  # Persian kaf and yeh
        ("گوگل", "كوكل"),
        ("پاريس", "باريس"),
        ("ﻻﺟﺊ", "لاجئ"),  # presentation forms
        ("مف\u200cتشا\u200f", "مفتشا"),  # joiners and direction marks
        ("\u2067غزة\u2069", "غزه"),
        ("٢٠٢٣", "2023"),
        ("۲۰۲۳", "2023"),
        ("Müller", "muller"),
        ("ＢＢＣ", "bbc"),
        ("Łódź", "lodz"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_that_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قلب", "كلب"),
        ("سيف", "صيف"),
        ("تين", "طين"),
        ("ذل", "دل"),
        ("حرب", "هرب"),
        ("2023", "2024"),
        ("شيء", "شي"),
    ],
)
def test_letters_that_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_blanks_and_punctuation_stay() -> None:
    assert fold("قال: «لا»، ثم") == "قال: «لا»، ثم"


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60) | st.text(alphabet="ئوأاؤ ءنم", max_size=8))
@settings(max_examples=300, deadline=None)
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.start <= b.start for a, b in pairwise(found))
    # A word can be cut from the original and analysed again: it is the same word.
    assert all(t.norm in fold(with_one_hamza(text[t.start : t.end])) for t in found)
    assert all(t.norm.isalnum() for t in found)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
@settings(max_examples=200, deadline=None)
def test_normal_forms_are_one_text(text: str) -> None:
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, text)
        assert [t.norm for t in tokens(other)] == [t.norm for t in tokens(text)]


def test_places_are_those_of_the_original() -> None:
    text = "مف\u200cتشا، كِتَاب"
    assert [(text[t.start : t.end], t.norm) for t in tokens(text)] == [
        ("مف\u200cتشا", "مفتشا"),
        ("كِتَاب", "كتاب"),
    ]


def test_a_ligature_of_several_words_is_several_words() -> None:
    found = tokens("محمد ﷺ")
    assert [t.norm for t in found] == ["محمد", "صلي", "الله", "عليه", "وسلم"]
    assert {(t.start, t.end) for t in found[1:]} == {(5, 6)}


def test_words_are_cut_at_blanks_and_signs_only() -> None:
    assert written_words("كوفيد-19 و F-16 (غزّة)") == ["كوفيد", "19", "و", "F", "16", "غزّة"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الجزيرة نت", "الجزيره . نت"),
        ("  RT   Online ", "rt online"),
        ("أ_ب", "ا ب"),
        ("«اليوم السابع»", "اليوم السابع"),
    ],
)
def test_labels_with_one_key(one: str, other: str) -> None:
    assert label_key(one) == label_key(other) != ""


def test_a_label_without_letters_has_no_key() -> None:
    assert label_key(" -*- ") == ""


def test_each_plain_sign_is_folded_as_it_is_beside_a_sign_that_is_not_plain() -> None:
    plain = [chr(code) for code in (*range(0x20, 0x7F), *range(0x60C, 0x64B))]
    # With an Eastern digit in it a text takes the long way, through Unicode's own tables.
    assert [fold("ع" + sign) + "7" for sign in plain] == [fold("ع" + sign + "٧") for sign in plain]
