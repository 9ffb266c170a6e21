"""Markup that no parser is given: told from pages, read in one pass, and what it says is not lost."""

from __future__ import annotations

from typing import Any

import pytest

from store.ingest import around as around_module
from store.ingest import fragment
from store.ingest import html as html_module
from store.ingest.bare import is_heavy, paragraphs_in
from store.ingest.feed import parse_feed
from store.ingest.fragment import fragment_of, paragraphs_of
from store.ingest.html import parse_html
from store.ingest.markup import RefusedError, refuse_entities

TEXT = "قال الوزير إن الوضع جيد اليوم في المدينة القديمة."
HEAVY = {
    "tags begun": "<a " * 1000,
    "tags and nothing else": "<b>" * 60_000,
    "comments begun": "<!-- a > b " * 300,
    "comments begun behind one that is closed": "<!-- a -->" * 400 + "<!-- a > b " * 300,
    "sections begun": "<![CDATA[ > " * 300,
    "tags that end in one place": "<a <b <i " * 200 + ">",
}


@pytest.fixture
def _no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a parser was given heavy markup")

    monkeypatch.setattr(fragment._Text, "feed", refuse)
    monkeypatch.setattr(around_module._Pieces, "feed", refuse)
    monkeypatch.setattr(html_module, "_extract", refuse)


@pytest.mark.parametrize("markup", HEAVY.values(), ids=HEAVY.keys())
@pytest.mark.usefixtures("_no_parser")
def test_no_parser_is_given_heavy_markup_and_its_text_is_read(markup: str) -> None:
    assert is_heavy(f"<p>{TEXT}</p>{markup}")
    page = f"<html><head><title>خبر جديد عن المدينة</title></head><body><p>{TEXT}</p>{markup}</body></html>"
    read = parse_html(page.encode(), "p")
    assert read.title == "خبر جديد عن المدينة"
    assert read.body[0] == TEXT
    assert paragraphs_of(f"<p>{TEXT}</p>{markup}")[0] == TEXT
    assert fragment_of(f"<figcaption>صورة</figcaption><p>{TEXT}</p>{markup}").paragraphs[1] == TEXT


def test_a_long_page_is_not_heavy() -> None:
    links = '<a href="/x">خبر جديد</a> <!-- a --> <![endif]-->' * 3000
    assert not is_heavy(f"<div>{links}<p>{TEXT}</p></div>")


def test_text_is_parted_at_blocks_and_silent_elements_are_left_out() -> None:
    markup = (
        "<style>p{}</style><p>نص <b>أول</b><!-- <p>لا</p> --></p><SCRIPT>x<y</SCRIPT><div>نص ثان<br>نص ثالث</div>"
        "<script>بلا نهاية"
    )
    assert paragraphs_in(markup) == ["نص أول", "نص ثان", "نص ثالث", "بلا نهاية"]


@pytest.mark.usefixtures("_no_parser")
def test_entities_of_heavy_markup_are_read() -> None:
    assert paragraphs_of("<p>كيم &amp; بوتين &#1571;" + "<a " * 1000)[0] == "كيم & بوتين أ"


def test_a_feed_of_tags_alone_is_refused_in_one_line() -> None:
    feed = b'<rss version="2.0"><channel><title>x</title>' + b"<b>" * 30_000
    with pytest.raises(RefusedError, match=r"^not a feed: 30004 tags and next to nothing between them$"):
        parse_feed(feed, "feed")


@pytest.mark.parametrize(
    "prolog",
    [
        b"<!DOCTYPE x [",
        b'<!DOCTYPE x SYSTEM "a" [<!ELEMENT a ANY>]>',
        b"<!DOCTYPE a><!DOCTYPE b [",
        b"<!doctype a [",
        b"<! DOCTYPE a" + b" " * 5000 + b"[",
        b'<!DOCTYPE x SYSTEM ">" [<!ENTITY a "b">]>',
    ],
)
def test_a_document_type_with_declarations_is_refused(prolog: bytes) -> None:
    with pytest.raises(RefusedError):
        refuse_entities(prolog + b"<rss/>")


@pytest.mark.parametrize(
    "prolog", [b"<!DOCTYPE html>", b"<!DOCTYPE rss><a>[1]</a>", b"<!DOCTYPE x", b"<!DOCTYPE " * 9]
)
def test_a_document_type_without_declarations_is_not(prolog: bytes) -> None:
    refuse_entities(prolog + b"<rss/>")
