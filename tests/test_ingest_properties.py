"""The page reader under any input: it never fails, and no line of prose goes missing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest.decode import NotTextError, decode
from store.ingest.headlines import MAX_DERIVED, derive_title
from store.ingest.keywords import keywords_of, segment
from store.ingest.markers import Mark, classify
from store.ingest.page import parse_page
from store.ingest.readers import read_bytes
from store.models import ParsedArticle

_MARKERS = (
    "المصدر: {}", "المصدر {}", "كلمات دلالية: {}", "الوسوم{}", "إقرأ أيضاً:", "اقرأ أيضا: {}", "إقرأ المزيد", "إقرأ المزيد{}",
    "مقالات مشابهة", "  • {}", "- {}", "طباعة شارك {}", "تاريخ النشر: 17th, September 2023 GMT", "شارك المقال", "فريق التحرير",
    "اترك تعليقاً", "بقلم: {}", "آخر تحديث: {}", "12:30 - 2020/01/02", "",
)  # fmt: skip
_PROSE = (
    "قال {} إن الأمر انتهى.", "{}", "وأضاف {} أن البلدين اتفقا على كل شيء", "خبر {} .. تفاصيل ما جرى", "«{}»", "في {}، وصل الوفد.",
    "(CNN)-- {} وصل", "سيول – {} وصل اليوم.", "المصدر الذي رفض كشف اسمه {} قال ذلك.", "قرأ أيضا {} الكتاب.", "{} 2024",
)  # fmt: skip
_LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمن"


def _tokens() -> Iterator[str]:
    """Words that occur nowhere else."""
    for letters in itertools.product(_LETTERS, repeat=3):
        yield "ظق" + "".join(letters)


@st.composite
def _pages(draw: st.DrawFn) -> str:
    forms = draw(st.lists(st.sampled_from(_PROSE + _MARKERS), max_size=25))
    tokens = _tokens()
    return draw(st.sampled_from(["\n", "\n\n", "\r\n"])).join(form.format(next(tokens)) for form in forms)


def _everything(article: ParsedArticle) -> str:
    parts = [article.title, article.outlet or "", article.byline or "", article.dateline or ""]
    parts += [*article.body, *article.agency, *article.keywords, *(link.title for link in article.links)]
    return "\n".join([*parts, *(_everything(inner) for inner in article.embedded)])


@settings(max_examples=400, deadline=None)
@given(_pages())
def test_every_line_of_prose_is_in_some_field(page: str) -> None:
    article = parse_page(page, "p")
    kept = _everything(article)
    for line in page.split("\n"):
        marked = classify(line.strip()) if line.strip() else None
        # Dates that cannot be read and second bylines are furniture, and counted.
        if marked and marked.mark in (Mark.DATE, Mark.UPDATED, Mark.BYLINE, Mark.BOILERPLATE):
            continue
        for word in line.split():
            if "ظق" in word:
                token = word[word.index("ظق") :][:5]
                assert token in kept, line


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_a_page(text: str) -> None:
    article = parse_page(text, "p")
    assert bool(article.body or article.embedded or article.links) or len(article.title) < 400


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except NotTextError:
        return
    text.encode("utf-8", "surrogatepass")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"<html>", b"<rss>", b"{", b"[", b"<opml>", b"\x1f\x8b", b"PK\x03\x04", b"", b"\xff\xfe"]
    ),
    st.binary(max_size=300),
)
def test_any_file_gives_articles_or_failures(start: bytes, data: bytes) -> None:
    for found in read_bytes(start + data, "file", "file"):
        assert isinstance(found, ParsedArticle) or found.reason


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["قال", "الوزير", "إن", "البلاد،", "حيث", "ستشهد", "«النمو»", "(كبيرا)", "في", "2024."]
        ),
        min_size=1,
        max_size=60,
    )
)
def test_a_derived_title_is_a_stretch_of_whole_words(words: list[str]) -> None:
    lead = " ".join(words)
    title = derive_title(lead)
    assert len(title) <= MAX_DERIVED + 1
    assert title.removesuffix("…").rstrip(".") in lead
    last = title.removesuffix("…").split()[-1:] or [""]
    assert any(word.startswith(last[0]) and len(word) - len(last[0]) <= 1 for word in words) or not title


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["روسيا", "كوريا", "الشمالية", "کوریا", "الشمالیة", "بوتين", "AFP"]), max_size=12
    )
)
def test_keywords_keep_every_word_in_order(words: list[str]) -> None:
    phrases, _ = keywords_of(" ".join(words), ["زار بوتين كوريا الشمالية قادما من روسيا"])
    said = " ".join(phrases).split()
    assert set(said) == set(words)


@pytest.mark.parametrize(
    "hostile",
    [
        "كلمة " * 400_000,
        "إقرأ أيضاً:\n" * 50_000,
        "• عنوان طويل قليلا\n" * 60_000,
        "المصدر: " * 60_000,
        "المصدر: س\n" * 60_000,
        "كلمات دلالية: " + "كلمة " * 100_000,
        "«" * 200_000,
        "(" * 200_000,
        "قال، " * 100_000,
        "قال أن " * 60_000,
        "ا" * 900_000,
        "مقالات مشابهة\n" * 60_000,
        "— a (@b) September 10, 2023و" * 20_000,
        "2023/" * 100_000,
        "موسكومقتل " * 30_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_hostile_pages_take_bounded_time(hostile: str) -> None:
    # Quadratic work would be noticed as minutes; a page of a megabyte is read in about a second.
    article = parse_page(hostile, "p")
    assert len(article.title) <= 500


def test_a_text_in_other_letters_is_compared_without_case() -> None:
    for word in ("Covid", "ÉTAT", "ΑΘΗΝΑ", "МОСКВА", "ＮＡＴＯ", "𐐀𐐁"):
        line = f"{word} روسيا".split()
        assert segment(line, (f"قمة {word.casefold()} روسيا",)) == [" ".join(line)]
        assert segment([word.casefold(), line[1]], (f"قمة {word} روسيا",)) == [f"{word.casefold()} روسيا"]
