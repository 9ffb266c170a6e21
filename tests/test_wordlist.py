"""The list of the index's words: none is ever missing, whatever is written, undone or written by another."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from search_archive import Entry, add, archive, ids

from store import database, search, wordlist
from store.reindex import reindex, verify


def listed(connection: sqlite3.Connection) -> set[str]:
    return {word for (word,) in connection.execute("SELECT word FROM search_wordlist")}


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    """Two articles."""
    return archive(
        tmp_path,
        [
            Entry("زيارة كيم", ("وصل إلى موسكو.", "في ٢٠٢٣"), ("كوريا",)),
            Entry("COVID-19 يعود", ("من موسكو",)),
        ],
    )


#: Folded, with the و and the ال that they are written with; no stems.
WORDS = {"زياره", "كيم", "وصل", "الي", "موسكو", "في", "2023", "كوريا", "covid", "19", "يعود", "من"}


def test_every_word_of_every_part_is_listed(connection: sqlite3.Connection) -> None:
    assert listed(connection) == WORDS
    add(connection, 3, Entry("والبرلمان"))
    assert listed(connection) == WORDS | {"والبرلمان"}


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("*وس*", ("موسكو",)),
        ("*و*", ("كوريا", "موسكو", "وصل", "يعود")),
        ("و*", ("وصل",)),
        ("*[يا]", ("الي", "في", "كوريا")),
        ("كي[من]", ("كيم",)),
        ("[يك]*د", ("يعود",)),
        ("*19*", ("19",)),
        ("شويغو*", ()),
    ],
)
def test_words_with_letters_in_them(
    connection: sqlite3.Connection, pattern: str, words: tuple[str, ...]
) -> None:
    for _ in range(2):
        assert wordlist.matching(connection, pattern, 4) == words
    is_bounded = len(words) > 1
    assert wordlist.matching(connection, pattern, 1) == (None if is_bounded else words)


def test_a_word_that_the_index_cuts_may_have_anything_in_it(connection: sqlite3.Connection) -> None:
    add(connection, 3, Entry("ب" * 70 + "كيم"))
    cut = "ب" * 64
    assert wordlist.matching(connection, "*كيم*", 9) == ("كيم", cut)
    assert wordlist.matching(connection, "*كيم*", 1) is None
    # Where a word begins so, what was cut from its end is of no account.
    assert wordlist.matching(connection, "كيم*", 9) == ("كيم",)


def test_an_answer_is_not_remembered_past_another_word(connection: sqlite3.Connection) -> None:
    assert wordlist.matching(connection, "*لزا*", 9) == ()
    add(connection, 3, Entry("زلزال"))
    assert wordlist.matching(connection, "*لزا*", 9) == ("زلزال",)


def test_what_was_undone_is_written_again(connection: sqlite3.Connection) -> None:
    for statement in ("ROLLBACK TO here", "RELEASE here"):
        connection.execute("SAVEPOINT here")
        add(connection, 3, Entry("زلزال عنيف"))
        connection.execute(statement)
        if statement.startswith("ROLLBACK"):
            connection.execute("RELEASE here")
            assert listed(connection) == WORDS
    assert listed(connection) == WORDS | {"زلزال", "عنيف"}


def test_two_archives_in_turn_each_get_their_words(connection: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = archive(tmp_path / "other", ["زلزال"])
    add(connection, 3, Entry("زلزال كيم"))
    add(other, 2, Entry("زلزال كيم"))
    assert listed(connection) == WORDS | {"زلزال"}
    assert listed(other) == {"زلزال", "كيم"}


def test_what_another_connection_wrote_counts(connection: sqlite3.Connection, tmp_path: Path) -> None:
    other = database.connect(tmp_path / "archive.db")
    add(other, 3, Entry("زلزال"))
    add(connection, 4, Entry("زلزال عنيف"))
    connection.execute("DELETE FROM search_wordlist WHERE word = 'زلزال'")
    connection.execute("UPDATE meta SET value = 'x' WHERE key = 'wordlist'")
    add(other, 5, Entry("زلزال"))
    assert listed(connection) == WORDS | {"زلزال", "عنيف"}


def test_no_more_is_remembered_than_the_latest(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordlist, "_REMEMBERED", 3)
    for number, word in enumerate(("زلزال", "بركان", "زلزال", "موسكو", "بركان", "إعصار"), start=3):
        add(connection, number, Entry(word))
    assert listed(connection) == WORDS | {"زلزال", "بركان", "اعصار"}


def test_a_store_of_before_gets_its_list(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    before = archive(tmp_path, [Entry("زيارة كيم", ("وصل إلى موسكو",)), "والبرلمان"])
    before.executescript(
        "DROP INDEX statuses_read; DROP TABLE search_wordlist; DROP TABLE search_stale; DELETE FROM meta WHERE key = 'wordlist';"
        "ALTER TABLE searches DROP COLUMN place"
    )
    before.execute("PRAGMA user_version = 14")
    before.execute("DELETE FROM _sqlite_migrations WHERE name >= 'm015'")
    before.close()
    connection = database.connect(path)
    assert listed(connection) == {"زياره", "كيم", "وصل", "الي", "موسكو", "والبرلمان"}
    assert ids(connection, "/رلما/") == [2]
    connection.close()


def test_a_new_index_makes_the_list_anew(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM articles WHERE id = 2")
    search.unindex_article(connection, 20, "COVID-19 يعود", ("من موسكو",), ())
    assert listed(connection) == WORDS
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'chain'")
    assert reindex(connection)
    assert listed(connection) == WORDS - {"covid", "19", "يعود", "من"}


def test_the_check_tells_of_words_that_are_missing(connection: sqlite3.Connection) -> None:
    assert verify(connection) == ()
    connection.execute("DELETE FROM search_wordlist WHERE word IN ('covid', 'من')")
    assert verify(connection) == (
        "2 words of article 2 are not in the list of words; newsreader reindex mends it",
    )
    assert reindex(connection)
    assert verify(connection) == ()


def test_a_list_that_is_gone_is_made_anew_with_the_index(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE search_wordlist")
    assert "no such table: search_wordlist" in verify(connection)[0]
    assert reindex(connection)
    assert listed(connection) == WORDS
    assert verify(connection) == ()
