"""What an article's page and a row say, in which order, and under which numbers its links are reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Article, Link, LinkKind, Precision, Published, Summary
from tui.presentation import DateStyle, PageLink, page, page_links, row_marks, row_meta

SUNDAY = 1694908800
ALSO, SIMILAR = LinkKind.READ_ALSO, LinkKind.SIMILAR
ARTICLE = Article(
    id=7,
    position=700,
    title="عنوان الخبر",
    title_is_derived=False,
    published=Published(SUNDAY, Precision.DAY),
    outlet="الراي",
    agency=("رويترز", "أ ف ب"),
    byline="فريق التحرير",
    dateline="سيول",
    keywords=("روسيا", "كوريا الشمالية"),
    keywords_are_segmented=True,
    tags=("قطار", "سلاح"),
    body=("الفقرة الأولى.", "الثانية.", "والثالثة."),
    links=(),
    event=None,
    is_unread=False,
    is_starred=False,
    added=SUNDAY,
    origin="page.txt",
    url=None,
    embedded_in=None,
)
# FSI and PDI: each part of a line keeps its own direction (UAX #9).
FSI, PDI = "\u2068", "\u2069"


def plain(text: str) -> str:
    return text.replace(FSI, "").replace(PDI, "")


def test_links_host_first_then_what_is_here_then_what_is_not() -> None:
    article = replace(
        ARTICLE,
        embedded_in=3,
        links=(
            Link(SIMILAR, "ليس هنا", None),
            Link(SIMILAR, "هنا", 11),
            Link(ALSO, "اقرأ", 12),
            # The same as the one to read also: once is enough.
            Link(SIMILAR, "اقرأ", 12),
            Link(SIMILAR, "ليس هنا أيضا", None),
            Link(ALSO, "اقرأ ولا يوجد", None),
        ),
    )
    assert page_links(article, "الصفحة") == (
        PageLink("الصفحة", 3, "host"),
        PageLink("اقرأ", 12, "read_also"),
        PageLink("اقرأ ولا يوجد", None, "read_also"),
        PageLink("هنا", 11, "similar"),
        PageLink("ليس هنا", None, "missing"),
        PageLink("ليس هنا أيضا", None, "missing"),
    )
    # A host that is no longer in the store has no title to be named by.
    assert page_links(article)[0].kind == "read_also"
    assert page_links(ARTICLE) == ()


def test_a_page_from_headline_to_last_link(arabic: None) -> None:
    links = (PageLink("اقرأ", 12, "read_also"), PageLink("ليس هنا", None, "missing"))
    blocks = page(ARTICLE, links, DateStyle())
    assert [(block.role, plain(block.text)) for block in blocks] == [
        ("title", "عنوان الخبر"),
        ("meta", "الراي · رويترز، أ ف ب · فريق التحرير · سيول"),
        ("meta", "الأحد ١٧ سبتمبر ٢٠٢٣ · دقيقة قراءة"),
        ("tag", "#قطار  #سلاح"),
        ("body", "الفقرة الأولى."),
        ("body", "الثانية."),
        ("body", "والثالثة."),
        ("meta", "كلمات دلالية: روسيا، كوريا الشمالية"),
        ("heading", "إقرأ أيضاً"),
        ("link", "١. اقرأ"),
        ("heading", "عناوين مشابهة ليست هنا بعد"),
        ("missing", "٢. ليس هنا"),
    ]
    assert [block.link for block in blocks if block.link] == [1, 2]


def test_what_is_not_known_leaves_no_gap(english: None) -> None:
    bare = replace(
        ARTICLE,
        published=None,
        outlet=None,
        agency=(),
        byline=None,
        dateline=None,
        keywords=(),
        tags=(),
        body=(),
    )
    blocks = page(bare, (), DateStyle())
    assert [(block.role, plain(block.text)) for block in blocks] == [
        ("title", "عنوان الخبر"),
        ("meta", "date unknown · 1 minute to read"),
    ]


def test_what_the_reader_must_know_of_a_page(english: None) -> None:
    article = replace(
        ARTICLE,
        title_is_derived=True,
        is_starred=True,
        published=Published(SUNDAY, Precision.DAY, is_inferred=True),
        body=("كلمة " * 540,),
    )
    told = plain(page(article, (), DateStyle())[2].text)
    assert told == "Sun 17 Sep 2023 (inferred) · 3 minutes to read · headline taken from the lead · ★"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30).filter(lambda text: "\n" not in text), max_size=6))
def test_offsets_are_places_of_the_body(body: list[str]) -> None:
    whole = "\n".join(body)
    blocks = page(replace(ARTICLE, body=tuple(body)), (), DateStyle())
    placed = [block for block in blocks if block.offset is not None]
    assert [block.text for block in placed] == body
    for block in placed:
        assert block.offset is not None
        assert whole[block.offset : block.offset + len(block.text)] == block.text


def summary(**changes: object) -> Summary:
    row = Summary(1, 10, "خبر", False, Published(SUNDAY, Precision.DAY), "الراي", True, False)
    return replace(row, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("is_unread", "is_starred", "marks"),
    [(True, False, "● "), (False, True, " ★"), (True, True, "●★"), (False, False, "  ")],
)
def test_marks_have_places_of_their_own(is_unread: bool, is_starred: bool, marks: str) -> None:
    assert row_marks(summary(is_unread=is_unread, is_starred=is_starred)) == marks


def test_a_row_tells_outlet_date_sources_and_tags(arabic: None) -> None:
    row = summary(event_size=3, tags=("قطار", "سلاح"))
    assert plain(row_meta(row, SUNDAY)) == "الراي · ١٧ سبتمبر · ٣ مصادر · #قطار · #سلاح"
    assert plain(row_meta(summary(outlet=None, published=None), SUNDAY)) == "بلا مصدر · بلا تاريخ"
