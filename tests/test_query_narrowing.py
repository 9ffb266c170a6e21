"""Regular expressions by way of the index: the letters a match needs, and that nothing found is lost by them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from search_archive import Entry, add, archive, ids

from store import query, query_narrowing
from store.folding import fold, fold_words
from store.query_narrowing import narrowing, needed
from store.query_regex import PatternError, is_found, read
from store.query_sql import plan
from store.query_streams import positions
from store.query_tree import NOTHING, And, OneOf, Or, Part, Pattern
from store.search_index import analyse


def asked(pattern: str) -> list[list[str]]:
    """For each way to match a pattern the runs that are looked up: * stands for any letters before or behind them."""
    read(pattern)
    return [[run.pattern for run in way] for way in needed(pattern)]


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        # Where a word begins, and where it ends as well.
        (r"\bكيم", ["كيم*"]),
        ("كيم جونغ", ["جونغ*", "*كيم"]),
        (" كيم ", ["كيم"]),
        (r"^عاجل$", ["عاجل"]),
        (r"\sكيم\b", ["كيم"]),
        ("قال «كيم»", ["كيم", "*قال"]),
        (r"قال\.كيم\/", ["كيم", "*قال"]),
        # Where letters may stand before or behind it.
        ("كيم", ["*كيم*"]),
        (".*ترامب", ["*ترامب*"]),
        (r"\w*شويغو", ["*شويغو*"]),
        ("ترامب.*كيم", ["*ترامب*", "*كيم*"]),
        # Folded, as the index is.
        ("^مُوسـكو ", ["موسكو"]),
        ("^أزمة ", ["ازمه"]),
        ("ﺗﺮﻣﺐ", ["*ترمب*"]),
        # Latin letters without their case, digits of one kind.
        ("COVID-19", ["*covid", "19*"]),
        ("Café", ["*cafe*"]),
        (r"\bF16", ["f16*"]),
        ("٢٠٢٣", ["*2023*"]),
        # Letters that may be repeated, left out, or of a kind.
        (r"\bكيم+", ["كيم*"]),
        (r"\bالر[ئي]+س", ["الر[وي]*"]),
        (r"\bجون*غ", ["جو*"]),
        (r"\bكيم{2}ن", ["كيم*"]),
        (r"\bجو.غ", ["جو*"]),
        (r"\bجون[^ ]", ["جون*"]),
        (r"\bجون\d", ["جون*"]),
        (r"\bجون(?=غ)غ", ["جون*"]),
        (r"\bجون2", ["جون2*"]),
        # One of a few letters.
        (r"\bجون[غج] ", ["جون[جغ]"]),
        ("تر[اى]مب", ["*تر[اي]مب*"]),
        (r"^[كل]\b", ["[كل]"]),
        ("[Cc]ovid[12]", ["*covid[12]*"]),
        (r"\b[بت][بت][بت]", ["[بت][بت][بت]*"]),
        # The longest first.
        ("^في موسكو كيم", ["موسكو", "كيم*", "في"]),
        # A sign made of letters is none.
        ("كيم™جون", ["جون*", "*كيم"]),
        # The sign of the rial is the word to a pattern, and no word to the index.
        ("مليار ريال", ["*مليار"]),
        ("ريالات", ["*ريالات*"]),
    ],
)
def test_the_runs_a_match_needs(pattern: str, runs: list[str]) -> None:
    assert asked(pattern) == [runs]


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("كيم (جونغ|جونج)", [["جونغ*", "*كيم"], ["جونج*", "*كيم"]]),
        ("^(?:كيم|جو) ", [["كيم"], ["جو"]]),
        (r"\bكيم|\bجونغ", [["كيم*"], ["جونغ*"]]),
        ("كيم|جونغ", [["*كيم*"], ["*جونغ*"]]),
        (r"\bكيم?ن", [["كيمن*"], ["كين*"]]),
        ("F-?16", [["16*"], ["*f16*"]]),
        ("^(?P<name>كيم) ", [["كيم"]]),
        ("^(?>كيم) ", [["كيم"]]),
        ("^(?:كيم|جون(?:غ|ج)) ", [["كيم"], ["جونغ"], ["جونج"]]),
    ],
)
def test_every_way_to_match_has_its_own_runs(pattern: str, ways: list[list[str]]) -> None:
    assert asked(pattern) == ways


@pytest.mark.parametrize(
    "pattern",
    [
        # One letter is in nearly every article.
        "ك",
        r"\bك",
        "^ال?",
        # A way that needs nothing.
        "كيم|[^ ]+",
        "(كيم)?",
        "(كيم)*",
        "(كيم){0,2}",
        "",
        # It is never certain what these are.
        r"\b\u0643يم",
        r"\p{Arabic} كيم",
        r"(ك)\1 كيم",
        r"[[:alpha:]] كيم",
        r"[]ك] كيم",
        r"(?P<a>ك)(?P=a) كيم",
        # Letters that are not known to be the same in text and index.
        "привет",
        # Too many ways.
        "|".join(f"كيم{first}{second}" for first in "ابتثج" for second in "ابتثج"),
        # The sign of the rial is no word to the index.
        r"\bريال\b",
        r"\bري",
        "يال",
        r"يال\b",
        "[ري]ال",
    ],
)
def test_patterns_of_which_nothing_is_needed(pattern: str) -> None:
    assert asked(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "run"),
    [
        # The index has شوون for شئون, and قروا for قرأوا; a pattern is looked for in شيون and قراوا.
        (r"\bشئون\b", "ش[وي]ون"),
        (r"\bمسئولية\b", "مس[وي]وليه"),
        (r"\bيقرأوا\b", "يقر[او]وا"),
        (r"\bيقرأ", "يقر[او]*"),
        (r"\bمسئ", "مس[وي]*"),
        (r"\bيقرأو", "يقر[او]و*"),
        (r"\bقرأوه\b", "قراوه"),
        ("كوري[اة]", "*كوري[اهو]*"),
    ],
)
def test_a_letter_that_the_index_may_have_otherwise_may_be_either(pattern: str, run: str) -> None:
    assert asked(pattern) == [[run]]


ENTRIES = [
    Entry("زيارة كيم جونغ أون", ("وصل إلى موسكو.", "التقى كيـم جُونج في ٢٠٢٣"), ("كوريا",)),
    Entry("شئون الدولة", ("قرأوا الخبر، ويقرؤون غيره", "سعره 5﷼خبر")),
    Entry("آخر الأخبار", ("نقلت رويترز عن كيم جونج، و«كيمبردج»",), ("إيران", "كيم جونغ")),
    Entry("عاجل: زلزال", ("قال عاجل ثم سكت",), is_unread=False),
    Entry("خبر عاجل", ("نص مسؤول_كيم tmكيم™",)),
]


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    """Five articles, the newest is 5."""
    return archive(tmp_path, ENTRIES)


def test_the_index_finds_where_to_look(connection: sqlite3.Connection) -> None:
    tree = narrowing(connection, Pattern("^(كيم|عاجل) ", Part.TITLE))
    assert tree == Or((OneOf(("كيم",), Part.TITLE), OneOf(("عاجل",), Part.TITLE)))
    assert narrowing(connection, Pattern(" كيم جون")) == And((OneOf(("كيم",)), OneOf(("جونج", "جونغ"))))
    assert narrowing(connection, Pattern("خبا")) == OneOf(("الاخبار",))
    assert narrowing(connection, Pattern("ل(زال|كيم)")) == OneOf(("زلزال",))
    for pattern in (r"\bكيم", "كيم", ".*يم", "201?23", "TM?ك"):
        assert [stream.table for stream in plan(connection, Pattern(pattern))] == ["search"], pattern


def test_what_no_word_has_is_nowhere(connection: sqlite3.Connection) -> None:
    assert narrowing(connection, Pattern("ترامب")) == NOTHING
    assert plan(connection, And((Pattern("ترامب"), Pattern("كيم")))) == ()
    assert ids(connection, "/ترامب/") == ids(connection, "/كيم.*ترامب/") == []
    assert ids(connection, "-/ترامب/") == [5, 4, 3, 2, 1]


def test_articles_without_the_words_are_not_read(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def noted(pattern: str, place: int, text: str | None) -> bool:
        looked_at.append(text or "")
        return is_found(pattern, place, text)

    connection.create_function("pattern_found", 3, noted, deterministic=True)
    assert ids(connection, r"/\bزلزال/") == [4]
    assert ids(connection, "/لزا/") == [4]
    # Among the keywords of 1 and 3, where this pattern does not look.
    assert ids(connection, "/وريا/") == ids(connection, "/إيران/") == []
    assert len(looked_at) == 2


def test_a_run_in_too_many_words_is_not_asked_for(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_narrowing, "_MOST_WORDS", 1)
    # كيم and كيمبردج.
    assert narrowing(connection, Pattern("كيم")) is None
    assert narrowing(connection, Pattern("كيم.*رويت")) == OneOf(("رويترز",))
    assert ids(connection, "/كيم/") == [5, 3, 1]


def test_all_words_are_walked_over_a_few_times_alone(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    def matching(_connection: sqlite3.Connection, pattern: str, _most: int) -> tuple[str, ...]:
        looked_up.append(pattern)
        return ("كلمة",)

    monkeypatch.setattr("store.wordlist.matching", matching)
    narrowing(connection, Pattern("زلزال.*موسكو|كيم.*جونغ.*رويترز|عاجل.*آخر"))
    # Of three ways two runs each; the longest.
    assert looked_up == ["*زلزال*", "*موسكو*", "*رويترز*", "*جونغ*", "*عاجل*", "*اخر*"]
    looked_up.clear()
    narrowing(connection, Pattern("|".join(f"زلزال{letter}.*موسكو" for letter in "بتثجحخد")))
    assert looked_up == [f"*زلزال{letter}*" for letter in "بتثجحخد"]


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
    assert ids(connection, "/يم/ is:read") == []
    assert ids(connection, "/اج/ is:read") == [4]
    assert ids(connection, "عاجل /خب/ -زلزال") == [5]
    assert ids(connection, "/خب/ -نص after:2023-09-02") == [3, 2]


def test_a_tag_of_few_articles_is_walked_along_before_the_words(connection: sqlite3.Connection) -> None:
    add(connection, 6, Entry("زلزال آخر", tags=("مهم",)))
    for number in range(7, 12):
        add(connection, number, Entry(f"زلزال {number}"))
    (stream,) = plan(connection, query.parse("tag:مهم /لزال/", 0).root)
    assert stream.table == "article_tags"
    # Then the pattern is all there is to test: to ask the index once more for each would be slower than to read.
    assert [test.sql.split("(")[0] for test in stream.tests] == ["EXISTS "]
    assert "pattern_found" in stream.tests[0].sql
    assert ids(connection, "tag:مهم /لزال/") == [6]


#: What texts and patterns are made of: whatever the chain, the engine and the index might read in two ways.
_ARABIC = (
    "كيم",
    "جونغ",
    "ترامب",
    "أ",
    "ئو",
    "أوا",
    "أون",
    "ؤ",
    "ا",
    "ي",
    "ى",
    "و",
    "ن",
    "ال",
    "ة",
    "ريال",
    "ڤ",
    "پ",
    "ٱ",
)
_MARKS = (
    "ـ",
    "ُ",
    "ّ",
    "\u0654",
    "\u200c",
    "\u200f",
    "\u2066",
    "\ufe0f",
    "\u0345",
    "\u0301",
    "ﱞ",
    "ﹰ",
    "\ufc5f",
)
_FORMS = ("ﻻ", "ﷲ", "ﷺ", "ﺗﺮ", "ﯾ", "ﳲ", "\U0001ee0b")
_LATIN = (
    "covid",
    "COVID",
    "Kim",
    "x",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "ſ",
    "\u212a",
    "ＡＢ",
    "ﬁ",
    "é",
    "Œ",
    "µ",
    "ŉ",
    "𝐊𝐢",
    "σς",
    "Я",
)
_DIGITS = ("19", "٢٠٢٣", "۲", "２", "²", "½", "①", "❶", "Ⅷ", "𝟐", "১")
_SIGNS = ("﷼", "_", "™", "㎏", "Ⓐ", "№", "℃", "⒦", "🄺", "،", "-", ".", "'", "\u00ad", "\u2028", "\u0600")
_PIECES = (*_ARABIC, *_MARKS, *_FORMS, *_LATIN, *_DIGITS, *_SIGNS, " ", " ", "\n", "ب" * 63)
_OPERATORS = (
    r"\b", r"\s", "^", "$", ".", "?", "+", "*", "|", "(", ")", "(?:", "[كج]", "[^ ]", "{2}", r"\w", r"\.", "(?=", "(?<=", "(?!",
    ".*", r"\w*", "[اة]", "[Cc]", "[0-9]", r"\d",
)  # fmt: skip


@st.composite
def texts_with_patterns(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a pattern made in part of what stands in it, so that it matches often."""
    text = "".join(draw(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12)))
    parts: list[str] = []
    for kind in draw(st.lists(st.sampled_from("ttttpo"), min_size=1, max_size=6)):
        if kind == "t":
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            parts.append(draw(st.sampled_from((str.upper, str.lower, fold, str)))(text[start:end]))
        else:
            parts.append(draw(st.sampled_from(_PIECES if kind == "p" else _OPERATORS)))
    return text, "".join(parts)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts_with_patterns())
@example(("5﷼خبر", r"\bخبر"))
@example(("قرأوا", r"\bقرأ"))
@example(("شئون", r"^شيو"))
@example(("مسئول", "سي"))
@example(("يقرأون", "راو"))
@example(("خبر™", r"\bخبر"))
@example(("❶خبر", r"\bخبر"))
@example(("خبر❶", r"\bخبر\b"))
@example(("ⒸOVID", "covid"))
@example(("5㎏", "kg"))
@example(("K\u212aim", "kkim"))
@example(("ب" * 70 + "كيم", "كيم"))
@example(("ب" * 70, r"بب\b"))
@example(("ب" * 70, r"\b" + "ب" * 70))
def test_nothing_found_is_lost(connection: sqlite3.Connection, made: tuple[str, str]) -> None:
    text, pattern = made
    try:
        read(pattern)
    except PatternError:
        return
    title, _, body = text.partition("\n")
    connection.execute("SAVEPOINT one")
    try:
        add(connection, 6, Entry(title, tuple(body.split("\n"))))
        found = positions(connection, plan(connection, Pattern(pattern)), limit=1)
    finally:
        connection.execute("ROLLBACK TO one")
        connection.execute("RELEASE one")
    assert (found == [60]) == is_found(pattern, 0, title + "\n" + body)


def test_no_sign_or_mark_brings_letters_together_that_the_index_has_apart() -> None:
    # Of every letter that folding changes, and every sign: what stands before and behind it is in one word or in none.
    ranges = (range(0xD800), range(0xE000, 0x10000), range(0x1D400, 0x1D800), range(0x1EE00, 0x1F300))
    changed = [chr(code) for codes in ranges for code in codes if fold(chr(code)) != chr(code)]
    assert len(changed) > 5000
    for between in changed:
        text = f"رام{between}بcov{between}id19{between}84"
        words = set(analyse((text,))[0].split())
        folded = fold_words(text)
        for run in ("رامب", "بcov", "covid19", "id1984"):
            assert run not in folded or any(run in word for word in words), (hex(ord(between)), run)


def test_no_letter_but_its_capital_is_the_same_to_a_pattern() -> None:
    # What no other letter of folded text matches can be looked up as it stands.
    letters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    text = "".join(letter for letter in letters if fold_words(letter) == letter)
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        assert {found.group() for found in read(letter.upper()).finditer(text)} == {letter}
