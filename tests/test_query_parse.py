"""The query language: what text means, and where and why it cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import QueryError
from store.query import DEEPEST, LONGEST, MOST_WORDS, SYNTAX, parse, plain
from store.query_tree import (
    NOTHING,
    And,
    Dated,
    InStory,
    Is,
    Label,
    LabelKind,
    Not,
    Or,
    Part,
    Phrase,
    Prefix,
    Sort,
    State,
    Word,
    positive_texts,
)

NOW = 1700000000  # 2023-11-14 22:13:20 UTC


def root(text: str) -> object:
    return parse(text, NOW).root


def test_an_empty_query_means_everything() -> None:
    assert parse("", NOW).is_empty
    assert parse(" \u200f\n ", NOW).is_empty
    assert parse("sort:relevance", NOW).is_empty


def test_words_must_all_be_there() -> None:
    assert root("كوريا روسيا") == And((Word("كوريا"), Word("روسيا")))
    assert root("كوريا AND روسيا") == And((Word("كوريا"), Word("روسيا")))


def test_either_binds_looser_than_and() -> None:
    assert root("أ ب OR ج") == Or((And((Word("أ"), Word("ب"))), Word("ج")))
    assert root("(أ OR ب) ج") == And((Or((Word("أ"), Word("ب"))), Word("ج")))
    assert root("أ|ب") == Or((Word("أ"), Word("ب")))


def test_phrases_in_any_quotation_marks() -> None:
    for text in ('"كوريا الشمالية"', "«كوريا الشمالية»", "“كوريا الشمالية”", '="كوريا الشمالية"'):
        assert root(text) == Phrase("كوريا الشمالية")


def test_the_last_word_of_a_phrase_may_be_a_beginning() -> None:
    assert root('"كوريا الشم*"') == Phrase("كوريا الشم*", is_prefix=True)
    assert root("عنوان:«كوريا الشم* »") == Phrase("كوريا الشم* ", Part.TITLE, is_prefix=True)
    assert root('"كوريا *"') == Phrase("كوريا *")
    assert root('"كوريا* الشمالية"') == Phrase("كوريا* الشمالية")


def test_negation_of_words_groups_and_fields() -> None:
    assert root("-أ") == Not(Word("أ"))
    assert root("NOT أ") == Not(Word("أ"))
    assert root("-(أ ب)") == Not(And((Word("أ"), Word("ب"))))
    assert root("-عنوان:أ") == Not(Word("أ", Part.TITLE))
    assert root("أ - ب") == And((Word("أ"), Word("ب")))  # a dash between words is a dash


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("title:-أ", Not(Word("أ", Part.TITLE))),
        ('عنوان:-"أ ب"', Not(Phrase("أ ب", Part.TITLE))),
        ("source:-الجزيرة", Not(Label(LabelKind.SOURCE, "الجزيره"))),
        ("-source:-الجزيرة", Not(Not(Label(LabelKind.SOURCE, "الجزيره")))),
        ("حالة:-مقروء", Not(Is(State.READ))),
        ("on:-2023-11-13", Not(Dated(1699833600, 1699920000))),
        ('tag:"-x"', Label(LabelKind.TAG, "x")),  # in quotation marks it is of the name
    ],
)
def test_a_value_with_a_minus_is_what_is_not_wanted(text: str, node: object) -> None:
    assert root(text) == node


@pytest.mark.parametrize("mark", ["\u200f", "\u200e", "\u202b", "\u2069", "\ufeff"])
def test_marks_of_direction_beside_an_operator_do_not_hide_it(mark: str) -> None:
    assert root(f"أ {mark}OR{mark} ب") == Or((Word("أ"), Word("ب")))
    assert root(f"أ {mark}AND{mark} ب") == And((Word("أ"), Word("ب")))
    assert root(f"{mark}NOT{mark} أ") == Not(Word("أ"))


def test_prefix_and_exact_words() -> None:
    assert root("كور*") == Prefix("كور")
    assert root("=كوريا") == Word("كوريا", is_exact=True)
    assert root("title:كور*") == Prefix("كور", Part.TITLE)


def test_words_with_signs_inside_are_several_words() -> None:
    assert root("كوفيد-19") == And((Word("كوفيد"), Word("19")))


def test_and_that_stands_alone_is_no_word() -> None:
    assert root("كوريا و روسيا") == And((Word("كوريا"), Word("روسيا")))


@pytest.mark.parametrize(
    ("english", "arabic", "node"),
    [
        ("title:أ", "عنوان:أ", Word("أ", Part.TITLE)),
        ('title:"أ ب"', "العنوان:«أ ب»", Phrase("أ ب", Part.TITLE)),
        ("TITLE:أ", "الـعُنوان:أ", Word("أ", Part.TITLE)),
        ("title:(أ OR ب)", "عنوان:(أ|ب)", Or((Word("أ", Part.TITLE), Word("ب", Part.TITLE)))),
        ("keyword:أ", "كلمة:أ", Word("أ", Part.KEYWORDS)),
        ('source:"الشرق الأوسط"', "مصدر:«الشرق الأوسط»", Label(LabelKind.SOURCE, "الشرق الاوسط")),
        ("agency:رويترز", "وكالة:رويترز", Label(LabelKind.AGENCY, "رويترز")),
        ("tag:مهم", "وسم:مهم", Label(LabelKind.TAG, "مهم")),
        ("tag:مه*", "وسم:مه*", Label(LabelKind.TAG, "مه", is_prefix=True)),
        ("is:unread", 'حالة:"غير مقروء"', Is(State.UNREAD)),
        ("is:read", "حالة:مقروء", Is(State.READ)),
        ("is:starred", "حالة:مميز", Is(State.STARRED)),
        ("is:untagged", "حالة:بلا_وسم", Is(State.UNTAGGED)),
        ("has:links", "فيه:روابط", Is(State.LINKS)),
        ("has:note", "فيه:ملاحظة", Is(State.NOTE)),
        ("story:١٢", "قصة:12", InStory(12)),
        ("after:2023-11-14", "بعد:اليوم", Dated(since=1699920000)),
        ("before:2023-11-14", "قبل:14/11/2023", Dated(until=1699920000)),
        ("on:2023-11-13", "يوم:أمس", Dated(1699833600, 1699920000)),
        ("date:2023-11-13..2023-11-13", "التاريخ:أمس..أمس", Dated(1699833600, 1699920000)),
        ("keyword:أ", "الكلمات:أ", Word("أ", Part.KEYWORDS)),
        ("is:unread", "الحالة:غير_مقروء", Is(State.UNREAD)),
        ("story:12", "القصة:12", InStory(12)),
        ("feed:1", "الخلاصة:1", Label(LabelKind.FEED, "1")),
    ],
)
def test_fields_in_both_languages(english: str, arabic: str, node: object) -> None:
    assert root(english) == node
    assert root(arabic) == node


def test_the_order_of_a_list() -> None:
    assert parse("أ", NOW).sort is Sort.DATE
    assert parse("أ sort:relevance", NOW).sort is Sort.RELEVANCE
    assert parse("ترتيب:صلة أ", NOW).sort is Sort.RELEVANCE


def test_a_colon_before_a_blank_is_punctuation() -> None:
    # Headlines are pasted: «مصدر: توقيف ثلاثة» asks for words, not for an outlet.
    assert root("مصدر: توقيف") == And((Word("مصدر"), Word("توقيف")))
    assert root("أوكرانيا: روسيا") == And((Word("أوكرانيا"), Word("روسيا")))
    assert root("على:الأرض") == And((Word("على"), Word("الأرض")))  # no field of ours


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('أ "ب', 2),
        ("أ (ب", 2),
        ("أ ب)", 3),
        ("أ OR", 4),
        ("OR أ", 2),
        ("title:", 6),
        ("(title:)", 7),
        ("is:foo", 3),
        ("has:is", 4),
        ("أ after:foo", 8),
        ("after:2023-13", 6),
        ("on:2023-02-30", 3),
        ("story:x", 6),
        ("sort:foo", 5),
        ("tag:-", 4),
        ("-(", 1),
        ("!!!", 0),
        ("NOT (", 4),
        ("أ NOT", 5),
        ("(أ NOT)", 6),
        ("title:-)", 7),
        ("on:2018-05..2018-01", 3),
    ],
)
def test_a_query_that_cannot_be_read_says_where(text: str, place: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, NOW)
    assert caught.value.place == place
    assert caught.value.query == text
    assert caught.value.reason
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("is:foo", "unread read starred untagged muted"),
        ("is:حلو", "غير_مقروء مقروء مميز بلا_وسم مكتوم"),
        ("حالة:foo", "غير_مقروء مقروء مميز بلا_وسم مكتوم"),
        ("أ (has:foo)", "links note highlight"),
        ("أ -فيه:صورة", "روابط ملاحظة تظليل"),
        ("sort:foo", "date oldest relevance outlet title added"),
        ("ترتيب:foo", "تاريخ الأقدم صلة مصدر عنوان وصول"),
    ],
)
def test_what_could_stand_there_is_told_in_the_language_of_the_field(text: str, choices: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, NOW)
    assert caught.value.reason == f"expected one of: {choices}"
    for choice in choices.split():
        parse(
            text.replace("foo", choice).replace("حلو", choice).replace("صورة", choice), NOW
        )  # each of them can be read there


def test_bounds_are_errors_not_crashes() -> None:
    for text in (
        "(" * 5000,
        "-(" * (DEEPEST + 2) + "أ" + ")" * (DEEPEST + 2),
        "أ " * (MOST_WORDS + 1),
        "أ" * (LONGEST + 1),
    ):
        with pytest.raises(QueryError):
            parse(text, NOW)
    assert isinstance(root("(" * DEEPEST + "أ" + ")" * DEEPEST), Word)


PIECES = st.sampled_from(
    [
        '"',
        "«",
        "»",
        "(",
        ")",
        "-",
        "OR",
        "AND",
        "NOT",
        "*",
        "=",
        "|",
        ":",
        "title:",
        "مصدر:",
        "is:",
        "after:",
        "on:",
        "..",
        "7d",
        "أمس",
        "كوريا",
        "و",
        "sort:",
        "story:",
        "2023-09",
        "{",
        "}",
        "^",
        "+",
        "NEAR(",
        "'",
        ";--",
        "\x00",
        "\ud800",
        " ",
        "\u200f",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=14).map(" ".join),
        st.lists(PIECES, max_size=14).map("".join),
    )
)
@settings(max_examples=600, deadline=None)
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        found = parse(text, NOW)
    except QueryError as error:
        found, place = None, error.place
    else:
        place = 0
    assert 0 <= place <= max(len(text), LONGEST)
    if found is not None:
        assert found.text == text
        assert all(any(char.isalnum() for char in one.text) for one in positive_texts(found.root))


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_plain_text_is_never_syntax(text: str) -> None:
    found = plain(text).root
    assert found == NOTHING or isinstance(found, And)
    assert all(isinstance(one, Word) and not one.is_exact for one in positive_texts(found))


def test_every_example_of_the_help_can_be_read() -> None:
    for field in (
        "title:",
        "عنوان:",
        "keyword:",
        "كلمة:",
        "source:",
        "مصدر:",
        "agency:",
        "وكالة:",
        "tag:",
        "وسم:",
    ):
        assert field in SYNTAX
        assert root(field + "كلمة") is not None
    for text in ('source:"الشرق الأوسط"', '"كوريا الشمالية"', "كلمة OR أخرى", "كور*", "(أ OR ب) ج", "-كلمة"):
        assert text in SYNTAX
        assert root(text) is not None
