"""Whatever is typed or imported: a page, or a QueryError; never another error, never syntax for FTS5 or SQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_archive import FIRST, Entry, add, archive, ids

from store import query, search
from store.errors import QueryError
from store.query_fts import expression
from store.query_tree import Part, Phrase, Prefix, Sort, Word
from store.reindex import verify


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    entries = [
        Entry("كوريا الشمالية", ("نص أول", "title body search rowid NEAR"), ("مفتاح",), tags=("وسم",)),
        "AND OR NOT",
    ]
    return archive(tmp_path_factory.mktemp("hostile"), entries)


TEXTS = st.one_of(
    st.text(max_size=50),
    st.lists(
        st.sampled_from(
            [
                '"',
                "'",
                "(",
                ")",
                "*",
                "^",
                ":",
                "{title}",
                "NEAR(",
                "AND",
                "OR",
                "NOT",
                "-",
                "+",
                ";",
                "--",
                "/*",
                "%",
                "?",
                "\x00",
                "title:",
                "كوريا",
                "search",
                "rowid",
                "is:unread",
                "tag:",
                "source:",
                "on:2023",
                "\ud800",
                "ﷺ",
                "١",
                "=",
                "|",
                "\\",
                "/",
                "/كور",
                "[",
                "{",
            ]
        ),
        max_size=10,
    ).map("".join),
)


@given(TEXTS, st.sampled_from(list(Sort)))
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_gives_a_page_or_says_why_not(
    connection: sqlite3.Connection, text: str, sort: Sort
) -> None:
    for read in (lambda: query.parse(f"{text} sort:{sort}", FIRST), lambda: query.plain(text, sort)):
        try:
            asked = read()
        except QueryError:
            continue
        page = search.page(connection, asked, limit=5)
        assert search.count(connection, asked) >= 0
        for row in page.rows:
            found = search.matches(page.query, row.title)
            assert all(0 <= a < b <= len(row.title) for a, b in found)


@given(st.text(max_size=30), st.sampled_from(list(Part)))
@settings(max_examples=300, deadline=None)
def test_only_quoted_letters_and_digits_reach_fts5(text: str, part: Part) -> None:
    for node in (
        Word(text, part),
        Word(text, part, is_exact=True),
        Phrase(text, part),
        Prefix(text + "ا", part),
    ):
        if not any(char.isalnum() for char in text):
            continue
        outside = "".join((expression(node) or "").split('"')[::2])
        assert not set(outside) - set("{} :()+*OR_ANDabcdefghijklmnopqrstuvwxyz"), outside
        inside = (expression(node) or "").split('"')[1::2]
        assert all(word.isalnum() for word in inside)


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_indexed_can_be_taken_out_again(tmp_path: Path, body: list[str], title: str) -> None:
    connection = archive(tmp_path, []) if not (tmp_path / "archive.db").exists() else None
    if connection is None:
        from store import database

        connection = database.connect(tmp_path / "archive.db")
    try:
        search.index_article(connection, 1, 10, title, body, (title,))
        search.unindex_article(connection, 10, title, body, (title,))
        assert connection.execute("SELECT count(*) FROM search_docsize").fetchone() == (0,)
        connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    finally:
        connection.close()


def test_words_of_any_length_are_found(tmp_path: Path) -> None:
    connection = archive(tmp_path, [Entry("ك" * 5000), Entry("نص", ("كلمة " * 3000,))])
    assert ids(connection, "ك" * 3900) == [1]
    assert ids(connection, "كلمة") == [2]
    assert verify(connection) == ()


def test_a_headline_of_signs_harms_nothing(tmp_path: Path) -> None:
    connection = archive(tmp_path, [Entry('"*()-: AND', ("",))])
    add(connection, 2, Entry("", (), ("",)))
    assert ids(connection, "") == [2, 1]
    assert verify(connection) == ()
