"""Fuzzy matching: any spelling, both languages, the marks in the text as written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.fuzzy import best, match


def marked(typed: str, text: str) -> list[str]:
    found = match(typed, text)
    assert found is not None
    return [text[start:end] for start, end in found.ranges]


@pytest.mark.parametrize(
    ("typed", "text", "pieces"),
    [
        ("star", "Star, or take the star away", ["Star"]),
        ("اخر", "التراجع عن آخر وسم", ["آخر"]),
        ("مدرسه", "مدرسة", ["مدرسة"]),
        ("كتاب", "كِتَاب", ["كِتَاب"[:7]]),
        ("mark read", "Mark all of this view read", ["Mark", "read"]),
        ("mvr", "mark-view-read", ["m", "v", "r"]),
        ("٢٠٢٣", "2023-09", ["2023"]),
    ],
)
def test_what_is_typed_is_marked_where_it_stands(typed: str, text: str, pieces: list[str]) -> None:
    assert marked(typed, text) == pieces


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("xyz", "Star"),
        ("star moon", "Star"),
        ("ts", "star"),
        ("zen", "z … … … … … … … … … e … … … … … … … n"),
    ],
)
def test_what_is_not_there_does_not_fit(typed: str, text: str) -> None:
    assert match(typed, text) is None


def test_a_beginning_is_better_than_an_inside_and_that_than_scattered_letters() -> None:
    order = [
        item for item, _ in best("tag", ["vintage", "the agenda", "Tag all", "tagged"], lambda text: [text])
    ]
    assert order == ["Tag all", "tagged", "vintage", "the agenda"]


def test_a_word_after_a_clitic_is_a_word() -> None:
    order = [item for item, _ in best("نجم", ["المستنجمون", "تمييز بنجمة", "والنجمة"], lambda text: [text])]
    assert order[-1] == "المستنجمون"


def test_an_item_is_found_by_its_other_names_without_marks() -> None:
    found = best("star", ["تمييز بنجمة"], lambda text: [text, "Star"])
    assert found[0][1].ranges == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20), st.text(max_size=40))
def test_nothing_typed_can_break_it(typed: str, text: str) -> None:
    found = match(typed, text)
    if found is not None:
        assert all(0 <= start < end <= len(text) for start, end in found.ranges)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_every_text_is_found_by_itself(text: str) -> None:
    assert match(text, text) is not None
