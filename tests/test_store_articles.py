"""Articles and what a person does to them: every change answers with what it changed, so that it can be undone."""

from __future__ import annotations

import pytest

from store import NotFoundError, Store


def ids(store: Store) -> list[int]:
    return [article.id for article in store.articles()]


def test_only_what_changed_is_answered(store: Store) -> None:
    assert store.set_unread([1, 2, 3], False) == (1, 2, 3)
    assert store.set_unread([2, 3, 4], False) == (4,)
    assert store.set_unread([2, 4], True) == (2, 4)
    assert store.set_starred([5, 999_999], True) == (5,)
    assert store.set_starred([5], True) == ()
    assert store.article(5).is_starred
    assert not store.article(4).is_starred
    assert [article.id for article in store.articles() if not article.is_unread] == [1, 3]


def test_more_articles_than_one_statement_takes(store: Store) -> None:
    # SQLite's oldest limit is 999 variables.
    assert store.set_unread(range(1, 5000), False) == tuple(range(1, 41))


def test_the_place_of_reading(store: Store) -> None:
    assert store.place(3) == 0
    store.set_place(3, 120)
    assert store.place(3) == 120
    store.set_place(3, 0)
    assert store.place(3) == 0
    assert store.place(999_999) == 0


def test_an_article_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="999999"):
        store.article(999_999)


def test_all_articles_in_order_of_arrival(store: Store) -> None:
    assert ids(store) == list(range(1, 41))
    first = store.article(1)
    # Written by rule: number 0 of the records.
    assert first.title == "خبر رقم 0 عن مدينة القدس"
    assert first.body == ("فقرة أولى من الخبر 0.", "فقرة ثانية أطول قليلا.")
    assert (first.outlet, first.agency, first.keywords) == ("الجزيرة", ("رويترز",), ("رياضة",))


def test_what_is_removed_is_found_nowhere(store: Store) -> None:
    from store.articles import remove

    store.change_tags([14], add=["زيت"])
    # Number 13 is one of four whose text has the word.
    olives = [row.id for row in store.page(store.parse("زيتون"), limit=50).rows]
    assert olives == [34, 24, 14, 4]
    remove(store.connection, 14)
    assert 14 not in ids(store)
    assert [row.id for row in store.page(store.parse("زيتون"), limit=50).rows] == [34, 24, 4]
    assert store.tags() == ()
    assert len(store.newest(100)) == 39
    with pytest.raises(NotFoundError):
        store.article(14)
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_removed_target_is_waited_for_again(tmp_path: object, store: Store) -> None:
    from seeds_harness import GUEST_000, PAGE_000, SEEDS

    from store.articles import remove

    other = Store(store.path.with_name("other.db"))
    other.import_paths([SEEDS])
    remove(other.connection, GUEST_000)
    links = other.article(PAGE_000).links
    assert [link.target for link in links] == [None] * 11
    # It comes again, and is linked again.
    other.import_paths([SEEDS])
    assert [link.target is not None for link in other.article(PAGE_000).links[:3]] == [True, True, False]
    other.close()
