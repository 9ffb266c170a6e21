"""Regular expressions in queries: what they find, where they cannot be read, and that none takes long."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_archive import DAY, FIRST, Entry, archive, ids

from store import database, query, saved, search
from store.errors import QueryError, StoreError
from store.folding import fold_words
from store.query_regex import (
    LONGEST_PATTERN,
    TOO_SLOW,
    WORDS_OF_PATTERN,
    folded_with_places,
    is_found,
    ranges,
)
from store.query_tree import And, Dated, Not, Or, Part, Pattern, Word
from store.views import Views

#: The engine needs longer for it than the world lasts: sixty letters, each in a group of one or two.
ENDLESS = "(a|aa)+$"
VICTIM = "a" * 60 + "!"


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    """Five articles, the newest is 5."""
    entries = [
        Entry("زيارة كيم جونغ أون", ("وصل إلى موسكو.", "التقى كيـم جُونج في ٢٠٢٣"), ("كوريا",)),
        Entry("COVID-19 يعود", ("نص عن الصحة",), tags=("مهم",)),
        Entry("آخر الأخبار", ("نقلت رويترز عن كيم جونج",), ("إيران",), outlet="الوطن"),
        Entry("عاجل: زلزال", ("قال عاجل ثم سكت",), is_unread=False),
        Entry("خبر عاجل", ("نص " + VICTIM,)),
    ]
    return archive(tmp_path, entries)


def root(text: str) -> object:
    return query.parse(text, FIRST).root


# Reading


def test_a_pattern_stands_between_slashes() -> None:
    assert root("/كيم (جونغ|جونج)/") == Pattern("كيم (جونغ|جونج)")
    assert root("title:/^عاجل/") == Pattern("^عاجل", Part.TITLE)
    assert root("عنوان:/^عاجل/") == Pattern("^عاجل", Part.TITLE)
    assert root("كلمة:/كور/") == Pattern("كور", Part.KEYWORDS)
    assert root("-/كيم/") == Not(Pattern("كيم"))
    assert root("title:(/أ/ OR /ب/)") == Or((Pattern("أ", Part.TITLE), Pattern("ب", Part.TITLE)))
    assert root(r"/a\/b/") == Pattern(r"a\/b")
    assert root("/كيم/ after:2023-09-02") == And((Pattern("كيم"), Dated(since=FIRST + DAY)))


def test_a_slash_inside_or_between_words_is_punctuation() -> None:
    assert root("موسكو / كييف") == And((Word("موسكو"), Word("كييف")))
    assert root("موسكو/كييف") == And((Word("موسكو"), Word("كييف")))
    assert root("https://example.org/x/") == And(tuple(map(Word, ("https", "example", "org", "x"))))
    assert root("// موسكو") == Word("موسكو")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("أ /ب", 2, "this pattern is never closed"),
        (r"/أ\/", 0, "this pattern is never closed"),
        ("أ /ب(ج/", 6, "a bracket of this pattern is never closed"),
        ("/ب)ج/", 2, "a bracket that was never opened"),
        ("/ب[ج/", 4, "a [ of this pattern is never closed"),
        (r"/\bاً**/", 6, "nothing stands here to be repeated"),
        ("/*/", 1, "nothing stands here to be repeated"),
        ("/اً**/", 4, "nothing stands here to be repeated"),
        ("/a{3,1}/", 3, "this range goes backwards"),
        (r"/\p{Foo}/", 8, "no such kind of letters"),
        (r"/\q/", 3, "this is not understood in a pattern"),
        ("/a(?R)/", 2, "this is not understood in a pattern"),
        ("/(?P>a)/", 1, "this is not understood in a pattern"),
        ("/(?i)a/", 1, "this is not understood in a pattern"),
        ("/(*FAIL)/", 1, "this is not understood in a pattern"),
        ("/a{e<=1}/", 2, "this is not understood in a pattern"),
        (r"/\L<a>/", 1, "this is not understood in a pattern"),
        ("/\ud800/", 1, "this is not understood in a pattern"),
        ("/a{1000000}/", 2, "this count is too large"),
        ("/((a{200}){200})/", 10, "this count is too large"),
        ("/" + "a" * (LONGEST_PATTERN + 1) + "/", LONGEST_PATTERN + 1, "longer than 300 letters"),
        ("/a/ " * (query.MOST_WORDS // WORDS_OF_PATTERN + 1), 40, "more than 200 words"),
        ("note:/a/", 5, "only words can be looked for in notes"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_where_and_why(text: str, place: int, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        query.parse(text, FIRST)
    assert (caught.value.place, caught.value.reason) == (place, reason)


# Finding


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/كيم (جونغ|جونج)/", [3, 1]),
        ("title:/كيم (جونغ|جونج)/", [1]),
        ("/كيم جونج/ after:2023-09-02", [3]),
        ("/كيم/ source:الوطن", [3]),
        ("/عاجل/ is:unread", [5]),
        ("-/كيم|عاجل/", [2]),
        ("title:/^عاجل/", [4]),
        ("/^خبر عاجل$/", [5]),
        ("عاجل /زلزال$/", [4]),
        ("عاجل -/زلزال/", [5]),
        ("موسكو OR /^آخر/", [3, 1]),
        ("/كيم/ /رويترز/", [3]),
        ("(زلزال OR /كيم/) (عاجل OR /رويترز/)", [4, 3]),
        ("keyword:/^[إأ]ير/", [3]),
        ("/covid-\\d+/", [2]),
        ("/كيم/ sort:oldest", [1, 3]),
        ("/موسكو.*جونج/", []),  # two paragraphs
    ],
)
def test_what_a_pattern_finds(connection: sqlite3.Connection, text: str, found: list[int]) -> None:
    assert ids(connection, text) == found
    assert search.count(connection, query.parse(text, FIRST + 10 * DAY)) == len(found)


@pytest.mark.parametrize("text", ["/اخر الاخبار/", "/آخِر/", "/أخـر/", "/\\bءاخر|آخر/", "/ﺁﺧﺮ/"])
def test_spelling_counts_as_little_as_in_words(connection: sqlite3.Connection, text: str) -> None:
    assert 3 in ids(connection, text)


@pytest.mark.parametrize(
    ("pattern", "text", "is_there"),
    [
        # Python's re has \u2776 in a word, and so has the index.
        (r"\bكيم", "❶كيم", False),
        (r"كيم\b", "كيم❶", False),
        (r"\bكيم\b", "❶ كيم!", True),
        (r"(?<=\b)كيم", "❶كيم", False),
        # In a set it is another sign.
        (r"^[^\b]كيم", "❶كيم", True),
        (r"\[\bكيم", "[كيم", True),
        (r"[]\b]كيم\b", "]كيم❶", False),
    ],
)
def test_a_word_begins_and_ends_where_it_does_in_the_index(pattern: str, text: str, is_there: bool) -> None:
    assert is_found(pattern, 0, text) is is_there


def test_digits_of_every_kind_are_one(connection: sqlite3.Connection) -> None:
    assert ids(connection, r"/في \d{4}/") == ids(connection, "/٢٠٢٣/") == ids(connection, "/2023/") == [1]


def test_pages_go_on_where_the_last_ended(connection: sqlite3.Connection) -> None:
    asked = query.parse("/كيم|عاجل/", FIRST)
    first = search.page(connection, asked, limit=2).rows
    assert [row.id for row in first] == [5, 4]
    more = search.page(connection, asked, limit=9, before=first[-1].position).rows
    assert [row.id for row in more] == [3, 1]
    assert search.rank(connection, asked, more[0].position) == 2


def test_the_best_of_the_words_that_the_pattern_finds_too(connection: sqlite3.Connection) -> None:
    assert ids(connection, "عاجل /زلزال/ sort:relevance") == [4]
    assert ids(connection, "/كيم/ sort:relevance") == [3, 1]


def test_only_as_much_is_read_as_a_page_needs(connection: sqlite3.Connection) -> None:
    # The newest article alone matches before the page is full: what stands in the others is not looked at.
    looked_at: list[str] = []
    connection.create_function("pattern_found", 3, lambda _p, _at, text: bool(looked_at.append(text)) or True)
    assert ids(connection, "/عاجل/", limit=1) == [5]
    assert len(looked_at) == 1
    looked_at.clear()
    assert ids(connection, "/عاجل/ tag:مهم") == [2]
    assert len(looked_at) == 1


# Bounded time


@pytest.mark.parametrize("text", [f"/{ENDLESS}/", f"كلمة OR /{ENDLESS}/", f"نص /{ENDLESS}/ sort:relevance"])
def test_a_pattern_without_end_is_given_up(connection: sqlite3.Connection, text: str) -> None:
    asked = query.parse(text, FIRST)
    with pytest.raises(QueryError) as caught:
        search.page(connection, asked, limit=5)
    assert (caught.value.place, caught.value.reason) == (text.index("/"), TOO_SLOW)
    if asked.sort is not search.Sort.RELEVANCE:
        with pytest.raises(QueryError):
            search.count(connection, asked)
    # And nothing of it is left over for the next.
    assert ids(connection, "/زلزال/") == [4]


def test_many_slow_texts_are_too_much_together(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if every text took longer than is usual.
    monkeypatch.setattr("store.query_regex.SLOW", -1.0)
    assert ids(connection, "/زلزال/") == [4]
    monkeypatch.setattr("store.query_regex.MOST_FOR_SLOW", -1.0)
    with pytest.raises(QueryError, match="takes too long"):
        ids(connection, "/زلزال/")


def test_an_interruption_from_the_keyboard_stays_one(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_pattern: str) -> object:
        raise KeyboardInterrupt

    asked = query.parse("/زلزال/", FIRST)
    with monkeypatch.context() as patched:
        patched.setattr("store.query_regex.read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            search.page(connection, asked, limit=5)
    assert ids(connection, "/زلزال/") == [4]


def test_a_search_is_given_up_before_the_next_text(tmp_path: Path) -> None:
    connection = archive(tmp_path, ["خبر"] * 3)
    answers = iter([False, True])
    views = Views(connection)
    # SQLite asks after some thousands of steps, which three rows are not.
    with views.stoppable(lambda: next(answers)), pytest.raises(StoreError, match="interrupted"):
        search.page(connection, query.parse("/[^ ]{9}/", FIRST), limit=5)
    assert list(answers) == []
    assert ids(connection, "/خبر/") == [3, 2, 1]


def test_marking_a_slow_pattern_marks_nothing() -> None:
    for number in range(5):
        assert ranges(ENDLESS, VICTIM + str(number)) == ()


def test_a_saved_pattern_is_told_at_its_name(connection: sqlite3.Connection) -> None:
    saved.save(connection, "بطيء", f"x OR /{ENDLESS}/")
    asked = saved.read(connection, "saved:بطيء", FIRST)
    with pytest.raises(QueryError) as caught:
        search.page(connection, asked, limit=5)
    assert caught.value.place == 6


def test_saved_patterns_tag_what_arrives(connection: sqlite3.Connection) -> None:
    saved.save(connection, "كيم", "/كيم (جونغ|جونج)/", "شمال")
    assert saved.tag_arrivals(connection, [1, 2, 3], FIRST) == ((1, "شمال"), (3, "شمال"))


# Marking


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("/كيم (جونغ|جونج)/", "قال كيـم جُونغ وكيم جونج", ["كيـم جُونغ", "كيم جونج"]),
        ("/لا+/", "ﻻ لا", ["ﻻ", "لا"]),
        (r"/\d+/", "عام ٢٠٢٣ و2024", ["٢٠٢٣", "2024"]),
        ("/x*/", "لا شيء", []),
        ("كيم /كيم جونج/ جونج", "كيم جونج", ["كيم جونج"]),
        ("/^ثان/", "أول\nثانٍ", ["ثان"]),
        ("-/كيم/", "كيم", []),
        ("/CAFÉ/", "un café noir", ["café"]),
    ],
)
def test_what_is_marked(asked: str, text: str, words: list[str]) -> None:
    found = search.matches(query.parse(asked, FIRST), text)
    assert [text[a:b] for a, b in found] == words


def test_snippets_stand_about_the_match(connection: sqlite3.Connection) -> None:
    found = search.snippet(query.parse(r"/في \d+/", FIRST), ["أول", "التقى كيـم في ٢٠٢٣"], 40)
    assert [found.text[a:b] for a, b in found.matches] == ["في ٢٠٢٣"]
    assert found.paragraph == 1


# Whatever is typed

SIGNS = "( ) [ ] { } * + ? | ^ $ . , - / : = ! < > & # ~ ' \" (? (?P< (?< (?: {2} {,3} {9 [[: :]] [^ ;--"
ESCAPES = r"\ \p{ \P{Arabic} \N{ \b \d \1 \x \u06 \L<a>"
PIECES = st.sampled_from(
    [
        *SIGNS.split(),
        *ESCAPES.split(),
        *["كيم", "أ", "ﻻ", "ً", "ـ", "a", "Z", "ß", "İ"],
        *" \x00\ud800\n\u200f",
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=30)))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_pattern_gives_a_page_or_says_why_not(connection: sqlite3.Connection, pattern: str) -> None:
    text, place = f"/{pattern}/", 0
    try:
        page = search.page(connection, query.parse(text, FIRST), limit=5)
    except QueryError as error:
        page, place = search.Page((), query.Query()), error.place
    assert 0 <= place <= len(text)
    for row in page.rows:
        found = search.matches(page.query, row.title)
        assert all(0 <= a < b <= len(row.title) for a, b in found)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_places_of_folded_letters(text: str) -> None:
    folded, starts = folded_with_places(text)
    assert sorted(folded) == sorted(
        fold_words(text)
    )  # marks of other scripts may change places, none is lost
    assert starts is None or len(starts) == len(text)


def test_a_store_of_before_needs_nothing_new(tmp_path: Path) -> None:
    connection = archive(tmp_path, ["خبر كيم"])
    connection.close()
    again = database.connect(tmp_path / "archive.db", read_only=True)
    assert ids(again, "/كي./") == [1]
    again.close()
