"""The rows of lists: newest first, page by page, with all that a row shows."""

from __future__ import annotations

import pytest
from reader_harness import OUTLETS

from store import Store
from store.summaries import summaries


def test_newest_first_with_all_a_row_shows(store: Store) -> None:
    store.set_unread([40], False)
    store.set_starred([40], True)
    store.change_tags([40], add=["ثان", "أول"])
    rows = store.newest(3)
    assert [row.id for row in rows] == [40, 39, 38]
    assert [row.position for row in rows] == sorted((row.position for row in rows), reverse=True)
    row = rows[0]
    # Number 39 of the records: 39 % 3 == 0, the twelfth of February.
    assert (row.title, row.outlet) == ("خبر رقم 39 عن مدينة بيروت", OUTLETS[0])
    assert (row.is_unread, row.is_starred, row.tags) == (False, True, ("أول", "ثان"))
    assert row.published is not None
    # 2024-02-12 08:00 UTC.
    assert row.published.time == 1707724800
    assert (rows[1].is_unread, rows[1].is_starred, rows[1].tags) == (True, False, ())


def test_page_by_page_nothing_is_missed_or_seen_twice(store: Store) -> None:
    query = store.parse("")
    down: list[int] = []
    before = None
    while rows := store.page(query, limit=7, before=before).rows:
        down += [row.id for row in rows]
        before = rows[-1].position
    assert down == list(range(40, 0, -1))
    # And upwards again, each page newest first and next to where one was.
    up = store.page(query, limit=7, after=before).rows
    assert [row.id for row in up] == [8, 7, 6, 5, 4, 3, 2]
    middle = store.newest(20)[-1].position
    assert store.rank(query, middle) == 19
    assert store.count(query) == 40
    assert store.count(query, 10) == 11


def test_positions_without_an_article_are_passed_over(store: Store) -> None:
    known = store.newest(2)
    asked = [known[1].position, 5, known[0].position, -1]
    assert [row.id for row in summaries(store.connection, asked)] == [39, 40]
    assert summaries(store.connection, []) == ()


def test_rows_around_an_article_without_the_query_language(store: Store) -> None:
    found = store.around(20, above=3, below=2)
    assert found is not None
    above, below = found
    assert [row.id for row in above] == [23, 22, 21]
    assert [row.id for row in below] == [20, 19]
    assert store.newer_than(20) == 20
    assert store.newer_than(40) == 0
    # The newest has nothing above it, and what is gone has no surroundings.
    assert store.around(40, above=3, below=1) == ((), tuple(store.newest(1)))
    assert store.around(999, above=3, below=3) is None
    assert store.newer_than(999) == 0
    assert store.size() == store.quick_size() == 40


def test_a_huge_store_is_not_counted_in_passing(store: Store) -> None:
    (last,) = store.connection.execute("SELECT max(id) FROM articles").fetchone()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.summaries.QUICKLY_COUNTED", last)
        assert store.quick_size() == 40
        patch.setattr("store.summaries.QUICKLY_COUNTED", last - 1)
        assert store.quick_size() is None
