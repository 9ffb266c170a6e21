"""Tags: one tag in every spelling, exact answers, nothing unseen in a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import NotFoundError, Store, StoreError, TagChange, TagCount, tag_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("#روسيا", "روسيا"),
        ("+روسيا", "روسيا"),
        ("  كوريا\u00a0 الشمالية\t", "كوريا الشمالية"),
        # A mark of direction inside a name would make two that look alike.
        ("روسيا\u200f", "روسيا"),
        ("رو\u202eسيا", "روسيا"),
        # Composed and decomposed are one.
        ("ا\u0654وكرانيا", "أوكرانيا"),
        # The joiner that Persian spelling needs stays.
        ("کتاب\u200cها", "کتاب\u200cها"),
        ("G20", "G20"),
    ],
)
def test_a_name_as_it_is_kept(typed: str, name: str) -> None:
    assert tag_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "#", "+-", "\u200f\u200e", "ـ", "ط" * 65])
def test_what_cannot_be_a_name(typed: str) -> None:
    with pytest.raises(StoreError):
        tag_name(typed)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_a_name_is_shown_whole_and_kept_once(typed: str) -> None:
    try:
        name = tag_name(typed)
    except StoreError:
        return
    assert tag_name(name) == name
    assert 0 < len(name) <= 64
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [char for char in name if unicodedata.category(char) in hidden and char != "\u200c"]
    assert unicodedata.is_normalized("NFC", name)


def test_what_really_changed(store: Store) -> None:
    assert store.change_tags([1, 2], add=["أوكرانيا"]) == TagChange(((1, "أوكرانيا"), (2, "أوكرانيا")))
    # The same tag in another spelling, and one more article; the first spelling stays.
    assert store.change_tags([2, 3], add=["اوكرانيا"]) == TagChange(((3, "أوكرانيا"),))
    assert store.change_tags([1, 9], remove=["أوكرانيا", "لا وجود له"]) == TagChange((), ((1, "أوكرانيا"),))
    assert store.tags() == (TagCount("أوكرانيا", 2, 2),)
    store.set_unread([3], False)
    assert store.tags() == (TagCount("أوكرانيا", 2, 1),)


def test_a_tag_without_articles_is_gone(store: Store) -> None:
    store.change_tags([1], add=["مؤقت"])
    store.change_tags([1], remove=["مؤقت"])
    assert store.tags() == ()
    assert store.tag_completions("مؤ") == ()


def test_all_or_nothing(store: Store) -> None:
    with pytest.raises(NotFoundError, match="999"):
        store.change_tags([1, 999], add=["أ"])
    with pytest.raises(StoreError):
        store.change_tags([1], add=["صحيح", "  "])
    assert store.tags() == ()
    assert store.change_tags([], add=["أ"]) == TagChange()
    assert store.tags() == ()


def test_completion_in_any_spelling(store: Store) -> None:
    store.change_tags([1], add=["أوكرانيا", "أوروبا", "روسيا", "100%_مهم"])
    assert store.tag_completions("او") == ("أوروبا", "أوكرانيا")
    assert store.tag_completions("100%") == ("100%_مهم",)
    assert store.tag_completions("%") == ()
    assert len(store.tag_completions("")) == 4


def test_renaming_joins(store: Store) -> None:
    store.change_tags([1, 2], add=["قديم"])
    store.change_tags([2, 3], add=["جديد"])
    store.rename_tag("قديم", "جديد")
    assert store.tags() == (TagCount("جديد", 3, 3),)
    assert store.article(1).tags == ("جديد",)
    store.rename_tag("جديد", "أحدث")
    assert store.tags() == (TagCount("أحدث", 3, 3),)
    # Another spelling of itself is a new name for the same tag.
    store.rename_tag("أحدث", "احدث")
    assert store.tags() == (TagCount("احدث", 3, 3),)
    with pytest.raises(NotFoundError):
        store.rename_tag("لا وجود له", "شيء")


def test_a_tag_on_many_articles(store: Store) -> None:
    done = store.change_tags(range(1, 41), add=["كل"])
    assert len(done.added) == 40
    assert [row.id for row in store.page(store.parse("tag:كل"), limit=3).rows] == [40, 39, 38]
    assert store.count(store.parse("tag:كل")) == 40
