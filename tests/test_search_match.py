"""Marking: the ranges of the original text that a query matched, and snippets about them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_archive import FIRST, Entry, archive

from store import query, search
from store.query_tree import Part


def marked(asked: str, text: str, part: Part = Part.ALL) -> list[str]:
    found = search.matches(query.parse(asked, FIRST), text, part)
    assert list(found) == sorted(found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    return [text[a:b] for a, b in found]


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("اوكرانيا", "في أوكرانيا، ولأوكرانيا", ["أوكرانيا", "ولأوكرانيا"]),
        ("شويغو", "قال شويجو وشُويغُو", ["شويجو", "وشُويغُو"]),
        ("كتب", "الكُتُبُ والكتاب", ["الكُتُبُ"]),
        ('"كوريا الشمالية"', "كوریا الشمالیة وكوريا الجنوبية", ["كوریا الشمالیة"]),
        ('"محمد و علي"', "محمد وعلي، محمد و علي", ["محمد وعلي", "محمد و علي"]),
        ('"محمد و علي وحسن"', "محمد و علي وحسن، محمد وعلي و حسن", ["محمد و علي وحسن", "محمد وعلي و حسن"]),
        ('"ستة و7 رجال"', "ستة و 7 رجال", ["ستة و 7 رجال"]),
        ('"بين وزارة"', "بين و زارة", []),
        # A name written together or apart is one in a phrase too, each in its own way.
        ('"الملك عبد الله"', "الملك عبدالله، الملك عبد الله", ["الملك عبدالله", "الملك عبد الله"]),
        (
            '"عبدالله وعبدالرحمن"',
            "عبد الله وعبدالرحمن، عبدالله وعبد الرحمن",
            ["عبد الله وعبدالرحمن", "عبدالله وعبد الرحمن"],
        ),
        ('"في ابوظبي"', "في أبو ظبي وأبوظبي", ["في أبو ظبي"]),
        ('"بأبو ظبي"', "بأبوظبي", ["بأبوظبي"]),
        ('"عبد القادر"', "عبد وقادر، عبدقادر", []),
        ('"كوريا الشم*"', "كوريا الشمالية، كوريا الجنوبية", ["كوريا الشمالية"]),
        ("كور*", "الكوري في كوريا", ["الكوري", "كوريا"]),
        ("=ترامب", "ترامب ترمب", ["ترامب"]),
        ("-ترامب بوتين", "ترامب بوتين", ["بوتين"]),
        ("ترامب OR بوتين", "ترامب بوتين", ["ترامب", "بوتين"]),
        ("فيسبوك", "على فيس بوك", ["فيس بوك"]),
        ("عبد الله", "الملك عبدالله", ["عبدالله"]),
        ("2023", "عام ٢٠٢٣", ["٢٠٢٣"]),
        ("200", "نحو بـ200 مليون، لا 2000", ["بـ200"]),
        ("is:unread tag:أ", "نص", []),
        ("", "نص", []),
    ],
)
def test_what_matched_is_marked_as_it_stands(asked: str, text: str, words: list[str]) -> None:
    assert marked(asked, text) == words


def test_words_of_one_part_are_marked_there_alone() -> None:
    assert marked("title:بوتين", "بوتين", Part.TITLE) == ["بوتين"]
    assert marked("title:بوتين", "بوتين", Part.KEYWORDS) == []
    assert marked("title:بوتين", "بوتين", Part.BODY) == []
    assert marked("keyword:بوتين", "بوتين", Part.BODY) == []
    assert marked("بوتين", "بوتين", Part.BODY) == ["بوتين"]
    assert marked("title:/بوتين/", "بوتين", Part.BODY) == []


def test_a_snippet_of_words_of_the_headline_marks_none_of_the_body() -> None:
    assert search.snippet(query.parse("title:روسيا كوريا", FIRST), ["روسيا وكوريا"], 40).matches == ((6, 12),)


def test_keywords_that_matched_are_a_snippet_too() -> None:
    asked = query.parse("كوريا", FIRST)
    found = search.keyword_snippet(asked, ["روسيا", "کوریا الشمالیة", "كيم", "كوريا الجنوبية"], 40)
    assert found.text == "کوریا الشمالیة، كوريا الجنوبية"
    assert [found.text[a:b] for a, b in found.matches] == ["کوریا", "كوريا"]
    assert found.paragraph == search.IN_KEYWORDS
    # What has no room is left out, but for the first, which is cut.
    assert search.keyword_snippet(asked, ["کوریا الشمالیة", "كوريا الجنوبية"], 20).text == "کوریا الشمالیة"
    assert search.keyword_snippet(asked, ["کوریا الشمالیة"], 9).text == "کوریا الش"
    assert search.keyword_snippet(asked, ["روسيا"], 9).matches == ()


def test_what_is_found_is_marked(tmp_path: Path) -> None:
    """A list and its marks agree: a row that was found by its headline has something marked in it."""
    titles = [
        "لقاء بترامب",
        "ترمب",
        "كتابات",
        "عبدالله",
        "عبد الله",
        "فايسبوك",
        "الديموقراطيون",
        "كوريا",
        "بكتاب",
        "قرض بـ200 مليون",
        "لقاح الـCOVID-19",
    ]
    connection = archive(tmp_path, [Entry(title) for title in titles])
    for asked in (
        "ترامب",
        "كتابة",
        "عبد الله",
        "عبدالله",
        "فيسبوك",
        "ديمقراطي",
        "الكوري",
        "كتب OR كتاب",
        "كتا*",
        "200",
        "covid",
    ):
        page = search.page(connection, query.parse(asked, FIRST), limit=20)
        assert page.rows
        assert all(search.matches(page.query, row.title) for row in page.rows), asked


def test_a_snippet_shows_the_densest_place() -> None:
    body = [
        "فقرة أولى بلا شيء.",
        "هنا روسيا وحدها. " + "حشو " * 60 + "ثم كوريا مع روسيا معا، والبقية لا تهم هنا.",
    ]
    found = search.snippet(query.parse("كوريا روسيا", FIRST), body, 40)
    assert found.paragraph == 1
    assert [found.text[a:b] for a, b in found.matches] == ["كوريا", "روسيا"]
    assert body[1][found.start :].startswith(found.text)
    assert (found.is_cut_before, found.is_cut_after) == (True, True)
    assert len(found.text) <= 40


def test_a_snippet_without_matches_is_the_beginning() -> None:
    found = search.snippet(query.parse("غائب", FIRST), ["", "النص يبدأ هنا"], 8)
    assert (found.text, found.matches, found.paragraph, found.start) == ("النص", (), 1, 0)
    assert search.snippet(query.parse("غائب", FIRST), [], 8).text == ""


@given(
    st.text(max_size=40), st.lists(st.text(max_size=60), max_size=3), st.integers(min_value=1, max_value=50)
)
@settings(max_examples=200, deadline=None)
def test_snippets_are_pieces_of_the_body(asked: str, body: list[str], width: int) -> None:
    found = search.snippet(query.plain(asked), body, width)
    assert len(found.text) <= width
    assert not body or body[found.paragraph][found.start :].startswith(found.text)
    assert all(0 <= a < b <= len(found.text) for a, b in found.matches)
