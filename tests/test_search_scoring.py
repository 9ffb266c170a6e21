"""The score of one article for one query: what counts for more, worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from search_archive import Entry, archive, ids

from store.query_tree import Text, Word
from store.scoring import Alternative, Scorer, idf

#: What a word weighs that nine of a hundred articles have.
WEIGHT = idf(100, 9)


def scorer(*words: str, size: float = 9) -> Scorer:
    """For single words of equal weight, in an archive of a hundred articles of ten words."""
    return Scorer([one_way(Word(word), size) for word in words], total=100, average=10)


def one_way(text: Text, size: float, likely: float = 1.0) -> tuple[Alternative, ...]:
    return (Alternative(((text, 1.0),), size, size, likely),)


def test_the_weight_of_a_word_is_bm25s() -> None:
    assert idf(100, 9) == pytest.approx(math.log(91.5 / 9.5))
    assert idf(100, 70) == idf(3, 3) == 0.05


def test_one_word_in_a_text_of_average_length() -> None:
    # Ten words, the second is the word: said 1 + 2 * e^(-1/25) times, of BM25's 2.2 / (1.2 + that), and exact.
    said = 1 + 2 * math.exp(-1 / 25)
    expected = WEIGHT * said * 2.2 / (said + 1.2 * (0.25 + 0.75 * 11 / 10)) + 0.3 * WEIGHT
    assert scorer("زلزال").score("", "ضرب زلزال البلد في يوم من ايام الشهر كما قيل") == pytest.approx(
        expected
    )


def test_nothing_of_the_query_is_no_score() -> None:
    assert scorer("زلزال").score("عنوان", "نص آخر") == 0


def test_a_word_counts_the_more_the_nearer_it_is_to_the_beginning() -> None:
    filler = "كلام لا يهم " * 10
    first = scorer("زلزال").score("", "زلزال " + filler)
    last = scorer("زلزال").score("", filler + " زلزال")
    title = scorer("زلزال").score("زلزال", filler)
    assert title > first > last


def test_both_words_once_over_one_of_them_often() -> None:
    both = scorer("زلزال", "تركيا").score("", "كلام لا يهم احدا زلزال كما قيل كثيرا في تركيا")
    often = scorer("زلزال", "تركيا").score("", "زلزال وزلزال بعد زلزال ثم زلزال في زلزال")
    assert both > often


def test_side_by_side_over_far_apart() -> None:
    middle = "كلام لا يهم احدا هنا"
    near = scorer("زلزال", "تركيا").score("", f"{middle} زلزال تركيا {middle}")
    far = scorer("زلزال", "تركيا").score("", f"زلزال {middle} {middle} تركيا")
    assert near > far


def test_of_what_may_be_meant_the_seldom_says_more_than_the_frequent() -> None:
    typed = Alternative(((Word("السية"), 1.0),), 0, 0)
    often, seldom = (
        Alternative(((Word(word), 1.0),), size, size, 0.7) for word, size in (("السنة", 30), ("السيرة", 2))
    )
    asked = Scorer([(typed, often, seldom)], total=100, average=10)
    assert asked.score("", "نص عن السيرة") > asked.score("", "نص عن السنة") > 0


def test_a_slip_in_a_word_of_three_letters_is_past_by_the_words_beside_it(tmp_path: Path) -> None:
    entries = [Entry(f"حجز بضاعة {number}", body=("خبر عن مهر وعن مهد",)) for number in range(5)]
    found = archive(tmp_path, [Entry("خبر", body=("إيقاف مهرب يشتبه في أمره",)), *entries])
    assert ids(found, "مهب يشتبه sort:relevance")[0] == 1
    assert ids(found, "مهب يشتبه") == []


@pytest.mark.parametrize(("is_heard", "as_good_as"), [(True, 0.5), (False, 0.675)])
def test_another_form_of_a_word_counts_for_more_where_no_article_has_the_word(
    is_heard: bool, as_good_as: float
) -> None:
    way = Alternative(((Word("موظفات"), 1.0),), 9, 0, is_heard=is_heard)
    second = one_way(Word("زلزال"), 9)
    # The fourth word of eleven, where ten are the average; it is half of what is asked for.
    said = 1 + 2 * math.exp(-3 / 25)
    norm = 1.2 * (0.25 + 0.75 * 11 / 10)
    expected = as_good_as * WEIGHT * said * 2.2 / (said + norm) * 0.5**0.3
    text = "كلام لا يهم موظف كما قيل في يوم من ايام"
    assert Scorer([(way,), second], total=100, average=10).score("", text) == pytest.approx(expected)
