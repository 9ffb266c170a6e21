"""What other hands or a broken disk did to a store: doctor sees it and says what to do, and reindex does it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cli_harness import run
from search_archive import Entry, archive

from store import Store
from store.health import health
from store.mending import mend
from store.reindex import reindex, verify


def other_hands(store: Store, *statements: str) -> None:
    """Change the file as a program does that knows nothing of ours: no foreign keys, no triggers of ours missed."""
    connection = sqlite3.connect(store.path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def problems(store: Store) -> tuple[str, ...]:
    return health(store.connection, store.path).problems


@pytest.mark.parametrize(
    "damage",
    [
        ["DROP TABLE search_data"],
        ["DROP TABLE search_idx", "DROP TABLE search_docsize"],
        ["DROP TABLE search_config"],
        ["DELETE FROM search_config"],
        ["DELETE FROM search_data"],
        ["UPDATE search_data SET block = x'00'"],
        ["DELETE FROM search_idx"],
        ["DROP TABLE search"],
        ["PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name = 'search'"],
    ],
)
def test_a_damaged_index_is_told_and_made_anew(store: Store, damage: list[str]) -> None:
    whole = run("search", "--json", "القدس", store=store.path).out
    store.close()
    other_hands(store, *damage)
    found = run("doctor", store=store.path)
    assert found.code == 1
    assert "newsreader reindex mends it" in found.out
    assert run("reindex", store=store.path).code == 0
    assert run("doctor", store=store.path).code == 0
    assert run("search", "--json", "القدس", store=store.path).out == whole


@pytest.mark.parametrize(
    "damage", ["DROP TABLE notes_search_data", "DELETE FROM notes_search_data", "DROP TABLE notes_search"]
)
def test_a_damaged_index_of_notes_is_told_and_made_anew(store: Store, damage: str) -> None:
    store.notes.add_to_whole(3, "ملاحظة عن زيتون")
    store.close()
    other_hands(store, damage)
    found = run("doctor", store=store.path)
    assert found.code == 1
    assert "the index of notes" in found.out
    assert run("reindex", "--search", store=store.path).code == 0
    assert run("doctor", store=store.path).code == 0
    assert run("search", "--count", "note:زيتون", store=store.path).out == "1\n"


def test_a_search_in_a_damaged_index_says_who_knows_more(store: Store) -> None:
    store.close()
    other_hands(store, "DROP TABLE search_data")
    found = run("search", "القدس", store=store.path)
    assert found.code == 3
    assert "newsreader doctor says what to do" in found.err
    assert len(found.err.splitlines()) == 1


def test_doctor_says_what_to_do_about_a_damaged_file(store: Store) -> None:
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    whole = store.path.read_bytes()
    # Without the second half; and with rubbish in the middle.
    for damaged in (whole[: len(whole) // 2], whole[:40960] + b"\xff" * 8192 + whole[49152:]):
        store.path.write_bytes(damaged)
        found = run("doctor", store=store.path)
        assert found.code == 1
        assert "sqlite3 OLD .recover | sqlite3 NEW" in found.out
        assert "newsreader doctor" not in found.out


def test_a_run_that_was_stopped_and_then_damaged_begins_anew(store: Store) -> None:
    store.connection.execute("UPDATE meta SET value = '0' WHERE key = 'chain'")
    assert not reindex(store.connection, should_stop=iter([False, True]).__next__)
    store.close()
    other_hands(store, "DROP TABLE search_next_data")
    assert run("reindex", "--search", store=store.path).code == 0
    assert verify(store.connection) == ()


def test_a_status_that_is_gone_comes_back_unread(store: Store) -> None:
    other_hands(store, "DELETE FROM statuses WHERE article_id = 5")
    assert problems(store) == ("1 articles without a status; newsreader reindex mends it",)
    assert run("reindex", "--search", store=store.path).code == 0
    assert problems(store) == ()
    assert store.article(5).is_unread


def test_a_text_that_is_gone_can_be_taken_in_again(store: Store) -> None:
    other_hands(store, "DELETE FROM bodies WHERE article_id = 5")
    assert problems(store) == (
        "1 articles without a text; newsreader reindex leaves them empty: import their pages again",
    )
    assert run("reindex", store=store.path).code == 0
    assert problems(store) == ()
    assert store.article(5).body == ()
    store.delete([5])
    assert store.size() == 39


def test_places_that_were_changed_are_taken_from_the_articles(store: Store) -> None:
    store.change_tags([3, 4], add=["مهم"])
    store.set_starred([3], True)
    store.notes.add_to_whole(3, "ملاحظة")
    three, four = (
        store.connection.execute("SELECT position FROM articles WHERE id = ?", (n,)).fetchone()[0]
        for n in (3, 4)
    )
    # Two articles that changed places: each row stands where the other's should.
    other_hands(
        store,
        "UPDATE articles SET position = -1 WHERE id = 3",
        f"UPDATE articles SET position = {three} WHERE id = 4",  # noqa: S608
        f"UPDATE articles SET position = {four} WHERE id = 3",  # noqa: S608
    )
    assert any("newsreader reindex mends it" in line for line in problems(store))
    assert run("reindex", store=store.path).code == 0
    assert problems(store) == ()
    assert set(store.views.ids(store.parse("tag:مهم"))) == {3, 4}
    assert store.views.ids(store.parse("is:starred")) == (3,)
    assert store.views.ids(store.parse("has:note")) == (3,)


def test_what_belongs_to_no_article_any_more_is_cleared_away_but_for_notes(store: Store) -> None:
    store.change_tags([7, 8], add=["مهم"])
    store.notes.add_to_whole(8, "كتبتها بيدي")
    other_hands(
        store, "DELETE FROM articles WHERE id IN (7, 8)", "UPDATE articles SET outlet_id = 99 WHERE id = 6"
    )
    assert mend(store.connection) > 0
    assert store.article(6).outlet is None
    assert [row[0] for row in store.connection.execute("SELECT text FROM notes")] == ["كتبتها بيدي"]
    assert [row[2] for row in store.connection.execute("PRAGMA foreign_key_check")] == [
        "articles",
        "articles",
    ]
    assert store.connection.execute("SELECT count(*) FROM article_tags").fetchone() == (0,)


def test_mending_that_is_stopped_is_ended_the_next_time(store: Store) -> None:
    other_hands(
        store,
        "DELETE FROM statuses WHERE article_id = 5",
        "UPDATE statuses SET position = -1 WHERE article_id = 6",
    )
    assert mend(store.connection, iter([False, True]).__next__) == 1
    assert problems(store) == ("1 articles without a status; newsreader reindex mends it",)
    assert mend(store.connection, lambda: False) == 1
    assert problems(store) == ()


def test_a_sound_store_is_left_as_it_is(store: Store) -> None:
    store.change_tags([3, 4], add=["مهم"])
    before = list(store.connection.iterdump())
    assert mend(store.connection) == 0
    assert list(store.connection.iterdump()) == before


def test_a_row_of_an_article_that_is_gone_gives_way_to_one_put_in_its_place(tmp_path: Path) -> None:
    tagged = archive(tmp_path, [Entry(title, tags=("متابعة",)) for title in ("واحد", "اثنان", "ثلاثة")])
    # A program without foreign keys deletes the first and gives the second its place.
    tagged.execute("PRAGMA foreign_keys = OFF")
    tagged.execute("DELETE FROM articles WHERE id = 1")
    tagged.execute("DELETE FROM bodies WHERE article_id = 1")
    tagged.execute("DELETE FROM statuses WHERE article_id = 1")
    tagged.execute("UPDATE articles SET position = 10 WHERE id = 2")
    tagged.execute("PRAGMA foreign_keys = ON")
    mend(tagged)
    rows = tagged.execute("SELECT article_id, position FROM article_tags ORDER BY article_id").fetchall()
    assert [tuple(row) for row in rows] == [(2, 10), (3, 30)]
