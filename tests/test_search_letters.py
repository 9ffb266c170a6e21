"""The way through whole articles in one byte a letter: it must answer as the way through single words does."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import letters, search_index, vectors
from store.codes import CHARSET
from store.pieces import PIECES, SIGNS
from store.search_index import analyse
from store.vectors import signature

#: Letters, marks and signs of all the kinds that have a code, and some that have none.
_SOME = "اأإآبلوفكتنسيىئؤةهءعقغزجم" "\u064b\u0651\u064eـ" "گکیٱپەڤ" "éÉABcd" "٣3۴" " .،«»—•%_#\n"  # fmt: skip
_TEXTS = st.one_of(
    st.text(st.sampled_from(_SOME), max_size=60),
    st.lists(
        st.sampled_from(
            [
                "قرأوا",
                "يبدأون",
                "مسئول",
                "شئون",
                "والمدرسة",
                "لقاءات",
                "زيلينسكي",
                "بـ200",
                "الـCovid",
                *_SOME,
            ]
        )
    ).map("".join),
)


def by_pieces(text: str) -> search_index.Columns:
    return search_index._by_pieces(text)


def test_words_stems_and_other_forms_stand_in_columns_of_their_own() -> None:
    # قرأوا and مسئول as others spell them; a line end is a fence; what a column before holds is left out.
    assert analyse(["قرأوا المسئول، ثمَّ", "٣٤ Café"])[:2] == (
        "قرووا المسوول ثم ¶ 34 cafe",
        "قرو مسوول",
    )
    # Its key: ز is س, ك is ج, and no vowels but the last.
    assert analyse(["زيلينسكي"]) == ("زيلينسكي", "زيلينسك", "ءسلنسجي")


def test_nothing_but_signs_is_nothing() -> None:
    assert analyse(["", "«", " ... "]) == ("", "", "")
    assert analyse([]) == ("", "", "")


def test_fences_stand_behind_what_is_cut_at_blanks_and_signs() -> None:
    assert analyse(["", "كلام", "", "كلام", ""])[0] == "كلام ¶ ¶ كلام ¶"
    # As archives are indexed: a dash by itself is something, a full stop is not.
    assert analyse(["—", "كلام"])[0] == "¶ كلام"
    assert analyse([".", "كلام"])[0] == "كلام"


@given(_TEXTS)
def test_a_text_is_indexed_as_its_words_are(text: str) -> None:
    assert analyse(text.split("\n")) == by_pieces(text)


@given(st.text(max_size=40))
def test_so_is_any_text(text: str) -> None:
    paragraphs = text.split("\n")
    assert analyse(paragraphs) == by_pieces("\n".join(paragraphs))


def test_so_is_every_letter_that_has_a_code_beside_every_hamza() -> None:
    for letter, (before, after) in product(CHARSET, [("", "أوا"), ("قر", "أون"), ("ئ", "و"), ("أو", "")]):
        text = f"كلام {before}{letter}{after} كلام"
        if letter != "\ufffe":
            assert analyse([text]) == by_pieces(text), repr(text)


@given(_TEXTS)
def test_terms_are_those_of_the_words(text: str) -> None:
    runs = text.split()
    assert vectors._terms(runs)[0] == [term for run in runs for term in PIECES[run.strip(SIGNS)][3]]


@pytest.mark.parametrize(
    "text", ["ڤودافون شركة ڤيتو", "Привет كييف", "صلى الله عليه ﷺ", "ا" * 200, "7" * 200]
)
def test_what_has_no_code_or_two_readings_is_indexed_all_the_same(text: str) -> None:
    assert analyse([text]) == by_pieces(text)
    assert analyse([text])[0]
    assert signature(text, ()).terms


def test_a_full_memory_forgets_the_words_longest_unmet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "AT_HAND", 50)
    words = [f"كلمة{chr(0x628 + number % 8)}{chr(0x633 + number // 8)}" for number in range(64)]
    before = [analyse([word]) for word in words]
    assert [analyse([word]) for word in words] == before
    assert len(letters.KNOWN) + len(letters.KNOWN._older) <= 2 * 50


def test_numbers_do_not_crowd_the_words_out() -> None:
    before = len(letters.KNOWN)
    analyse([" ".join(map(str, range(7_000_000, 7_000_300)))])
    assert len(letters.KNOWN) == before
