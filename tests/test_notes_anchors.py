"""Passages found again: in the same text, in another spelling, in a text that was changed, and not where they are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.anchors import CONTEXT, Anchor, anchor_at, find

BODY = "وصل الوفد صباحا إلى العاصمة.\nقال الوزير إن المحادثات كانت بناءة ومثمرة للطرفين.\nوغادر الوفد مساء."


def anchored(words: str, body: str = BODY) -> Anchor:
    start = body.index(words)
    return anchor_at(body, start, start + len(words))


def found(body: str, anchor: Anchor) -> str | None:
    place = find(body, anchor)
    return None if place is None else body[slice(*place)]


def test_an_anchor_keeps_what_stands_around() -> None:
    anchor = anchored("المحادثات")
    assert anchor.passage == "المحادثات"
    assert BODY[anchor.start :].startswith("المحادثات كانت")
    assert anchor.before.endswith("الوزير إن ")
    assert anchor.after.startswith(" كانت بناءة")
    assert len(anchor.before) <= CONTEXT


def test_blanks_at_the_edges_are_left_out() -> None:
    start = BODY.index(" المحادثات ")
    anchor = anchor_at(BODY, start, start + len(" المحادثات "))
    assert anchor.passage == "المحادثات"
    assert anchor.start == start + 1
    with pytest.raises(ValueError, match="no text"):
        anchor_at(BODY, start, start + 1)


def test_of_two_places_the_one_with_its_surroundings() -> None:
    second = BODY.rindex("الوفد")
    anchor = anchor_at(BODY, second, second + len("الوفد"))
    longer = "خبر عاجل من الوكالة.\n" + BODY
    place = find(longer, anchor)
    assert place is not None
    assert place[0] == longer.rindex("الوفد")


def test_another_spelling_is_the_same_passage() -> None:
    anchor = anchored("إن المحادثات كانت بناءة")
    other = BODY.replace("إن المحادثات كانت بناءة", "ان المُحادثاتِ كانت بنّاءة")
    assert found(other, anchor) == "ان المُحادثاتِ كانت بنّاءة"


def test_marks_after_the_last_letter_belong_to_it() -> None:
    assert found("قالَ الوزيرُ إنَّ", Anchor("قال الوزير ان")) == "قالَ الوزيرُ إنَّ"


def test_a_changed_passage_is_found_by_what_it_shares() -> None:
    anchor = anchored("المحادثات كانت بناءة ومثمرة للطرفين")
    other = BODY.replace("بناءة ومثمرة", "بناءة جدا ومثمرة")
    place = found(other, anchor)
    assert place is not None
    assert place.startswith("المحادثات كانت بناءة")
    assert place.split()[-1] in ("ومثمرة", "للطرفين")


def test_a_short_passage_that_lost_a_word_is_found_in_its_surroundings() -> None:
    anchor = anchored("بناءة ومثمرة للطرفين")
    other = BODY.replace("بناءة ومثمرة للطرفين", "بناءة ومثمرة كما قال")
    assert found(other, anchor) == "بناءة ومثمرة"
    # The same two words elsewhere are not it.
    assert find("تحدث عن زراعة بناءة ومثمرة في الصحراء.", anchor) is None


def test_what_is_gone_is_gone() -> None:
    anchor = anchored("المحادثات كانت بناءة ومثمرة للطرفين")
    assert find("نص آخر لا صلة له بما كان هنا من قبل أبدا.", anchor) is None
    assert find("", anchor) is None


def test_a_short_passage_is_not_moved_to_a_chance_likeness() -> None:
    anchor = anchored("الوزير")
    assert find("زار الوزير مدينة أخرى في بلد بعيد.", anchor) is None
    # In its own surroundings it is found, also further down.
    assert found("مقدمة جديدة.\n" + BODY, anchor) == "الوزير"


def test_a_passage_over_two_paragraphs() -> None:
    words = "العاصمة.\nقال الوزير إن"
    assert found(BODY.replace("\n", "\nفقرة.\n", 0), anchored(words)) == words
    joined = BODY.replace("العاصمة.\nقال", "العاصمة. قال")
    assert found(joined, anchored(words)) == "العاصمة. قال الوزير إن"


@given(st.text(alphabet="ابتج ئُّ\n", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_in_an_unchanged_text_it_is_where_it_was(body: str, one: int, other: int) -> None:
    start, stop = sorted((one, other))
    try:
        anchor = anchor_at(body, start, stop)
    except ValueError:
        return
    assert find(body, anchor) == (anchor.start, anchor.start + len(anchor.passage))


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_whatever_is_found_lies_in_the_text(before: str, passage: str, text: str) -> None:
    place = find(text, Anchor(passage, before))
    assert place is None or 0 <= place[0] < place[1] <= len(text)
