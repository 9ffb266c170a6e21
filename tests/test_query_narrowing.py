"""Regular expressions by way of the index: the words a match needs, and that nothing found is lost by them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from search_archive import Entry, archive, ids

from store import query_narrowing, search
from store.query_narrowing import narrowing, needed
from store.query_regex import PatternError, is_found, read
from store.query_sql import plan
from store.query_tree import And, Or, Part, Pattern, Prefix, Word
from store.search_index import analyse


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        # Where a word begins, and where it ends as well.
        (r"\bكيم", [("كيم", False)]),
        ("كيم جونغ", [("جونغ", False)]),
        (" كيم ", [("كيم", True)]),
        (r"^عاجل$", [("عاجل", True)]),
        (r"\sكيم\b", [("كيم", True)]),
        ("قال «كيم»", [("كيم", True)]),
        (r"قال\.كيم\/", [("كيم", True)]),
        # Folded, as the index is.
        ("^مُوسـكو ", [("موسكو", True)]),
        ("^أزمة ", [("ازمه", True)]),
        # Letters that may be repeated, left out, or of a kind.
        (r"\bكيم+", [("كيم", False)]),
        (r"\bالر[ئي]+س", [("الر", False)]),
        (r"\bجون*غ", [("جو", False)]),
        (r"\bكيم{2}ن", [("كيم", False)]),
        (r"\bجو.غ", [("جو", False)]),
        (r"\bجون[^ ]", [("جون", False)]),
        (r"\bجون\d", [("جون", False)]),
        (r"\bجون(?=غ)غ", [("جون", False)]),
        (r"\bجون2", [("جون", False)]),
        # The longest first.
        ("^في موسكو كيم", [("موسكو", True), ("كيم", False), ("في", True)]),
    ],
)
def test_the_words_a_match_needs(pattern: str, words: list[tuple[str, bool]]) -> None:
    read(pattern)
    assert [list(way) for way in needed(pattern)] == [words]


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("كيم (جونغ|جونج)", [[("جونغ", False)], [("جونج", False)]]),
        ("^(?:كيم|جو) ", [[("كيم", True)], [("جو", True)]]),
        (r"\bكيم|\bجونغ", [[("كيم", False)], [("جونغ", False)]]),
        (r"\bجون[غج] ", [[("جونغ", True)], [("جونج", True)]]),
        (r"\bكيم?ن", [[("كيمن", False)], [("كين", False)]]),
        ("^(?P<name>كيم) ", [[("كيم", True)]]),
        ("^(?>كيم) ", [[("كيم", True)]]),
        ("^(?:كيم|جون(?:غ|ج)) ", [[("كيم", True)], [("جونغ", True)], [("جونج", True)]]),
    ],
)
def test_every_way_to_match_has_its_own_words(pattern: str, ways: list[list[tuple[str, bool]]]) -> None:
    read(pattern)
    assert [list(way) for way in needed(pattern)] == ways


@pytest.mark.parametrize(
    "pattern",
    [
        # Something may stand before it.
        "كيم",
        ".*كيم",
        r"\wكيم ",
        "^ال?",
        # A way that needs nothing.
        r"\bكيم|جونغ",
        r"(\bكيم)?",
        r"(\bكيم)*",
        r"(\bكيم){0,2}",
        "",
        # It is never certain what these are.
        r"\b\u0643يم",
        r"\p{Arabic} كيم",
        r"(ك)\1 كيم",
        r"[[:alpha:]] كيم",
        r"[]ك] كيم",
        r"(?P<a>ك)(?P=a) كيم",
        # Too many ways.
        r"\b[ابتثج][ابتثج][ابتثج]",
        # Latin letters: a sign such as ™ is letters to a pattern and none to the index.
        r"\btm",
        # The sign of the rial is no word to the index.
        r"\bريال\b",
        r"\bري",
        # A beginning of one letter.
        r"\bك",
    ],
)
def test_patterns_of_which_no_word_is_needed(pattern: str) -> None:
    read(pattern)
    assert needed(pattern) == ()


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        # The index has شوون for شئون, and قروا for قرأوا; a pattern is looked for in شيون and قراوا.
        (r"\bشئون\b", ("ش", False)),
        (r"\bمسئولية\b", ("مس", False)),
        (r"\bيقرأوا\b", ("يقر", False)),
        (r"\bيقرأ", ("يقر", False)),
        (r"\bمسئ", ("مس", False)),
        (r"\bيقرأو", ("يقر", False)),
    ],
)
def test_a_word_is_cut_before_a_letter_that_the_index_may_have_otherwise(
    pattern: str, word: tuple[str, bool]
) -> None:
    assert needed(pattern) == (((word,),) if len(word[0]) > 1 else ())


ENTRIES = [
    Entry("زيارة كيم جونغ أون", ("وصل إلى موسكو.", "التقى كيـم جُونج في ٢٠٢٣"), ("كوريا",)),
    Entry("شئون الدولة", ("قرأوا الخبر، ويقرؤون غيره", "سعره 5﷼خبر")),
    Entry("آخر الأخبار", ("نقلت رويترز عن كيم جونج، و«كيمبردج»",), ("إيران", "كيم جونغ")),
    Entry("عاجل: زلزال", ("قال عاجل ثم سكت",), is_unread=False),
    Entry("خبر عاجل", ("نص مسؤول_كيم tmكيم™",)),
]


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    """Five articles, the newest is 5; their vocabulary is counted."""
    found = archive(tmp_path, ENTRIES)
    search.settle(found)
    return found


def test_the_index_finds_where_to_look(connection: sqlite3.Connection) -> None:
    tree = narrowing(connection, Pattern("^(كيم|عاجل) ", Part.TITLE))
    assert tree == Or((Word("كيم", Part.TITLE, is_exact=True), Word("عاجل", Part.TITLE, is_exact=True)))
    assert narrowing(connection, Pattern(" كيم جون")) == And((Word("كيم", is_exact=True), Prefix("جون")))
    assert [stream.table for stream in plan(connection, Pattern(r"\bكيم"))] == ["search"]
    assert [stream.table for stream in plan(connection, Pattern("كيم"))] == ["articles"]


def test_articles_without_the_words_are_not_read(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def noted(pattern: str, place: int, text: str | None) -> bool:
        looked_at.append(text or "")
        return is_found(pattern, place, text)

    connection.create_function("pattern_found", 3, noted, deterministic=True)
    assert ids(connection, r"/\bزلزال/") == [4]
    assert len(looked_at) == 1


def test_a_beginning_of_too_many_words_is_not_asked_for(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_narrowing, "_FEW", 2)
    # كيم and كيمبردج are in three articles.
    assert narrowing(connection, Pattern(r"\bكيم")) is None
    assert narrowing(connection, Pattern(r"\bرويت")) == Prefix("رويت")


def test_an_index_of_another_version_is_not_asked(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'chain'")
    assert narrowing(connection, Pattern(r"\bكيم")) is None
    assert ids(connection, r"/\bكيم/") == [3, 1]


def test_beside_other_conditions(connection: sqlite3.Connection) -> None:
    assert ids(connection, r"/\bكيم/ keyword:كوريا") == [1]
    assert ids(connection, r"/\bعاجل/ is:unread") == [5]
    assert ids(connection, r"/\bعاجل/ OR /\bموسكو/") == [5, 4, 1]
    assert ids(connection, r"-/\bعاجل/ is:unread") == [3, 2, 1]
    assert ids(connection, r"title:(/\bعاجل/ /خبر/)") == [5]
    assert ids(connection, r"keyword:/كيم جونغ$/") == [3]


#: What is found with and without the index, in an archive of texts that a strategy makes.
_PIECES = (
    "كيم",
    "جونغ",
    "أ",
    "ئو",
    "أوا",
    "ؤ",
    "ا",
    "ي",
    "و",
    "ن",
    "ال",
    " ",
    " ",
    "،",
    "﷼",
    "ريال",
    "_",
    "™",
    "❶",
    "٢",
    "ـ",
    "ُ",
    "ﻻ",
    "x",
    "\n",
)
_SIGNS = (
    r"\b",
    r"\s",
    "^",
    "$",
    ".",
    "?",
    "+",
    "*",
    "|",
    "(",
    ")",
    "(?:",
    "[كج]",
    "[^ ]",
    "{2}",
    r"\w",
    r"\.",
    "(?=",
    "(?<=",
    "(?!",
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join),
    st.lists(st.sampled_from(_PIECES + _SIGNS * 2), min_size=1, max_size=8).map("".join),
)
@example("5﷼خبر", r"\bخبر")
@example("قرأوا", r"\bقرأ")
@example("شئون", r"^شيو")
@example("خبر™", r"\bخبر")
@example("❶خبر", r"\bخبر")
@example("خبر❶", r"\bخبر\b")
def test_nothing_found_is_lost(connection: sqlite3.Connection, text: str, pattern: str) -> None:
    try:
        read(pattern)
    except PatternError:
        return
    tree = narrowing(connection, Pattern(pattern))
    if tree is None or not is_found(pattern, 0, text):
        return
    assert _is_indexed(tree, text)


def _is_indexed(tree: object, text: str) -> bool:
    """Whether the words of a tree are among those that a text is indexed by."""
    words = " ".join(analyse(text.split("\n"))[:2]).split()
    match tree:
        case And(nodes):
            return all(_is_indexed(node, text) for node in nodes)
        case Or(nodes):
            return any(_is_indexed(node, text) for node in nodes)
        case Word(word):
            return word in words
        case Prefix(beginning):
            return any(word.startswith(beginning) for word in words)
        case _:
            raise AssertionError(tree)
