"""The index made anew: the old one answers meanwhile, a stop loses nothing, and the check sees what is wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from search_archive import Entry, add, archive, ids

from store import Store, intake, search
from store.database import transaction
from store.models import ParsedArticle, Precision, Published
from store.positions import Positions
from store.reindex import is_stale, reindex, verify
from store.search_index import index_state

COUNT = 1203
#: 08:26:40 UTC, 22 November 2025.
NOW = 1_763_800_000


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    found = archive(
        tmp_path, [Entry(f"خبر رقم {n}", ("نص زلزال" if n % 2 else "نص",)) for n in range(1, COUNT + 1)]
    )
    found.execute("UPDATE meta SET value = '0' WHERE key = 'chain'")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Ten articles with the word قديم, one a minute, in an index of another version."""
    made = Store(tmp_path / "store.db")
    for n in range(10):
        intake.add(made.connection, _told(n, "زلزال قديم"), NOW)
    made.connection.execute("UPDATE meta SET value = '0' WHERE key = 'chain'")
    return made


def _told(number: int, words: str, minute: int | None = None) -> ParsedArticle:
    time = NOW + 60 * (number if minute is None else minute)
    return ParsedArticle(
        f"خبر رقم {number}",
        (f"{words} في المدينة رقم {number}",),
        f"/{number}",
        published=Published(time, Precision.MINUTE),
        guid=str(number),
    )


def _found(store: Store, text: str) -> tuple[list[int], int]:
    """The first rows of a list, and how many it tells."""
    asked = store.parse(text)
    return [row.id for row in store.page(asked, limit=3).rows], store.count(asked)


def test_what_was_deleted_leaves_no_holes_in_lists_of_another_versions_index(store: Store) -> None:
    store.delete([10, 9, 8, 7, 5])
    assert _found(store, "=قديم") == ([6, 4, 3], 5)
    assert _found(store, "=قديم sort:relevance")[1] == 5
    assert {row.id for row in store.page(store.parse("=قديم sort:relevance"), limit=5).rows} == {
        6,
        4,
        3,
        2,
        1,
    }
    assert _found(store, "=قديم =زلزال -=عاجل is:unread") == ([6, 4, 3], 5)
    assert store.views.facets(store.parse("=قديم")).looked_at == 5


def test_what_comes_to_a_freed_place_is_not_found_by_the_words_of_what_was_there(store: Store) -> None:
    freed = store.row(9).position
    store.delete([9])
    new = intake.add(store.connection, _told(11, "بركان جديد", minute=8), NOW)[0].id
    assert store.row(new).position == freed + 1
    assert _found(store, "=قديم") == ([10, 8, 7], 9)
    assert _found(store, "-=قديم") == ([new], 1)
    # What comes back takes another place as well, and is found by what it says.
    assert store.restore([9]) == (9,)
    assert store.row(9).position == freed + 2
    assert _found(store, "=قديم") == ([10, 9, 8], 10)
    assert reindex(store.connection)
    assert verify(store.connection) == ()
    assert _found(store, "=قديم") == ([10, 9, 8], 10)
    # The place is free again.
    store.delete([new])
    assert Positions(store.connection).is_free(freed)


def test_what_moves_or_changes_is_found_once_in_another_versions_index(store: Store) -> None:
    with transaction(store.connection):
        intake.Intake(store.connection).move(10, Published(NOW - 6000, Precision.MINUTE))
    assert _found(store, "=قديم") == ([9, 8, 7], 10)
    intake.add(store.connection, _told(8, "بركان جديد"), NOW)
    assert store.article(9).body[0].startswith("بركان جديد")
    assert _found(store, "=جديد") == ([9], 1)
    # Its former words are forgotten with the index.
    assert _found(store, "=قديم") == ([9, 8, 7], 10)
    assert reindex(store.connection)
    assert _found(store, "=قديم") == ([8, 7, 6], 9)


def test_rows_that_were_left_by_an_older_version_are_left_out(store: Store, tmp_path: Path) -> None:
    store.delete([10, 9])
    store.connection.execute("DROP TABLE search_stale")
    store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm021_search_stale'")
    store.connection.execute("PRAGMA user_version = 20")
    store.close()
    assert _found(Store(tmp_path / "store.db"), "=قديم") == ([8, 7, 6], 8)


def test_a_damaged_index_keeps_no_store_from_the_way_to_mend_it(store: Store, tmp_path: Path) -> None:
    store.connection.execute("DROP TABLE search_stale")
    store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm021_search_stale'")
    store.connection.execute("PRAGMA user_version = 20")
    store.close()
    other = sqlite3.connect(tmp_path / "store.db")
    other.execute("DROP TABLE search_docsize")
    other.close()
    again = Store(tmp_path / "store.db")
    assert reindex(again.connection)
    assert _found(again, "=قديم") == ([10, 9, 8], 10)


def test_a_stopped_run_goes_on_where_it_was(connection: sqlite3.Connection) -> None:
    assert is_stale(connection)
    told: list[tuple[int, int]] = []
    assert not reindex(connection, lambda *p: told.append(p), should_stop=lambda: len(told) > 1)
    assert told == [(0, COUNT), (500, COUNT)]
    assert len(ids(connection, "زلزال", limit=5000)) == 602  # the old index still answers
    assert is_stale(connection)
    assert reindex(connection, lambda *p: told.append(p))
    assert told[2:] == [(500, COUNT), (1000, COUNT), (COUNT, COUNT)]
    assert not is_stale(connection)
    assert verify(connection) == ()
    assert len(ids(connection, "زلزال", limit=5000)) == 602


def test_what_changes_meanwhile_is_in_both(connection: sqlite3.Connection) -> None:
    assert not reindex(connection, should_stop=iter([False, True]).__next__)
    assert index_state(connection).next_position == 5000
    # Article 3 is behind, a new one ahead of what was done; one that is done goes.
    connection.execute("DELETE FROM articles WHERE id IN (3, 1200)")
    search.unindex_article(connection, 30, "خبر رقم 3", ("نص زلزال",), ())
    search.unindex_article(connection, 12000, "خبر رقم 1200", ("نص",), ())
    add(connection, COUNT + 1, Entry("بركان جديد"))
    assert ids(connection, "بركان") == [COUNT + 1]
    assert 3 not in ids(connection, "زلزال", limit=5000)  # the row is still there, its article is not
    assert reindex(connection)
    assert verify(connection) == ()
    assert ids(connection, "بركان") == [COUNT + 1]
    assert ids(connection, "خبر 3") == []


def test_another_process_goes_on_reading(connection: sqlite3.Connection, tmp_path: Path) -> None:
    from store import database

    other = database.connect(tmp_path / "archive.db")
    assert ids(other, "زلزال", limit=1) == [1203]
    assert reindex(connection)
    assert ids(other, "زلزال", limit=1) == [1203]
    other.close()


def test_the_check_sees_what_is_missing_and_what_is_left_over(connection: sqlite3.Connection) -> None:
    assert verify(connection) == (
        "the search index was made by another version; newsreader reindex mends it",
    )
    reindex(connection)
    search.unindex_article(connection, 20, "خبر رقم 2", ("نص",), ())
    assert verify(connection) == ("1 articles are not in the search index; newsreader reindex mends it",)
    search.index_article(connection, 2, 25, "خبر رقم 2", ("نص",), ())
    assert any("1 rows of the search index have no article" in line for line in verify(connection))
    reindex(connection)
    assert verify(connection) == ()


def test_the_check_sees_an_index_that_holds_other_words(connection: sqlite3.Connection) -> None:
    reindex(connection)
    for n in range(1, COUNT + 1):
        search.unindex_article(connection, n * 10, f"خبر رقم {n}", ("نص زلزال" if n % 2 else "نص",), ())
        search.index_article(connection, n, n * 10, "شيء آخر", (), ())
    assert any("own headline" in line for line in verify(connection))


@pytest.mark.parametrize(
    "headline",
    [
        "إيقاف شخص و حجز مسدس وبندقية صيد",
        "القبض على إرهابي و 3 تجار",
        "بين وزارة الشباب و الرياضة و الجامعة و الإطارات والأندية والبلديات",
    ],
)
def test_an_article_is_found_by_its_headline_whichever_way_it_writes_and(
    tmp_path: Path, headline: str
) -> None:
    connection = archive(tmp_path, [headline])
    assert verify(connection) == ()
    assert ids(connection, f'"{headline}"') == [1]


def test_articles_of_before_1970_stay_in_the_index(tmp_path: Path) -> None:
    """Their places are below zero."""
    found = archive(tmp_path, [Entry("زلزال اليوم"), Entry("زلزال الأمس")])
    for table in ("articles", "statuses"):
        found.execute(f"UPDATE {table} SET position = -5000 WHERE position = 10")  # noqa: S608
    assert reindex(found)
    assert ids(found, "زلزال") == [2, 1]
    assert verify(found) == ()


def test_what_arrives_behind_the_last_batch_is_in_the_new_index(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may come between the batch that finds nothing more and the change of indexes."""
    from store import reindex as module

    finish = module._finish

    def late(connection: sqlite3.Connection) -> None:
        add(connection, COUNT + 1, Entry("بركان جديد"))
        finish(connection)

    monkeypatch.setattr(module, "_finish", late)
    assert reindex(connection)
    assert ids(connection, "بركان") == [COUNT + 1]
    assert verify(connection) == ()


def test_a_new_index_is_in_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = archive(tmp_path, [Entry(f"خبر رقم {number}", ("كلام عن شيء",)) for number in range(40)])
    monkeypatch.setattr("store.reindex._BATCH", 10)
    reindex(found)
    assert found.execute("SELECT count(DISTINCT id >> 37) FROM search_data WHERE id > 10").fetchone() == (1,)
    assert verify(found) == ()
