"""Pages, HTML and feeds as they come in the wild; what each should give is worked out by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest

from store.ingest.page import parse_page
from store.ingest.readers import read_bytes
from store.models import LinkKind, ParsedArticle

TITLE = "انطلاق محادثات جديدة بين الجانبين في عمان الأسبوع المقبل"
OTHER = "بدء إصلاح الجسر القديم وسط المدينة بعد أشهر من الإغلاق"
FIRST = "قال مسؤول كبير في وزارة الخارجية إن المحادثات بين الجانبين ستبدأ الأسبوع المقبل بحضور الأمم المتحدة."
SECOND = "وأضاف أن الوفد سيضم خبراء في الاقتصاد والطاقة، وأن كوريا الشمالية لن تشارك في الاجتماع الأول."
LAST = "وختم بالقول إن النتائج ستعلن في بيان مشترك يصدر يوم الخميس."
BODY = (FIRST, SECOND, LAST)
TEXT = "\n\n".join(BODY)


def one(data: str | bytes, name: str = "page") -> ParsedArticle:
    """The only article in a document."""
    (found,) = read_bytes(data.encode() if isinstance(data, str) else data, name, name)
    assert isinstance(found, ParsedArticle), found
    return found


def day(article: ParsedArticle) -> str | None:
    return article.published and datetime.fromtimestamp(article.published.time, UTC).strftime(
        "%Y-%m-%dT%H:%M"
    )


# --- pages


def page(text: str) -> ParsedArticle:
    return parse_page(f"{TITLE}\n\n{text}", "p")


@pytest.mark.parametrize(
    ("tail", "outlet", "keywords"),
    [
        (" المصدر: الأناضول", "الأناضول", ()),
        ("المصدر : الأناضول", "الأناضول", ()),
        (
            " المصدر: الأناضول الوسومكوريا الشمالية الأمم المتحدة",
            "الأناضول",
            ("كوريا الشمالية", "الأمم المتحدة"),
        ),
        (" الوسوم كوريا الشمالية، الأمم المتحدة", None, ("كوريا الشمالية", "الأمم المتحدة")),
        ("الوسوم: كوريا الشمالية", None, ("كوريا", "الشمالية")),
    ],
)
def test_source_and_tags_run_into_the_last_paragraph(
    tail: str, outlet: str | None, keywords: tuple[str, ...]
) -> None:
    found = page(TEXT + tail)
    assert found.body == BODY
    assert found.outlet == outlet
    if len(keywords) > 1 and keywords != ("كوريا", "الشمالية"):
        assert found.keywords == keywords
    else:
        assert " ".join(found.keywords) == " ".join(keywords)


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال البطل. الوسوم التي حصل عليها كانت من نصيب فريقه كله في ذلك العام.",
        "قال المصدر: لم نتفق بعد على شيء من ذلك كله في الاجتماع الذي عقد أمس وتواصل حتى ساعة متأخرة من الليل في العاصمة.",
    ],
)
def test_prose_with_the_words_of_markers_stays_prose(sentence: str) -> None:
    found = page(f"{FIRST}\n\n{sentence}\n\n{LAST}")
    assert "".join("".join(found.body).split()) == "".join((FIRST + sentence + LAST).split())
    assert (found.outlet, found.keywords) == (None, ())


def test_a_trail_of_links_above_the_headline_is_no_headline() -> None:
    found = parse_page(
        f"الرئيسية » أخبار » {TITLE}\n{TITLE}\nكتب محمد العلي\n17 سبتمبر، 2023\n3 دقيقة للقراءة\n"
        f"شارك المقال\n{FIRST}\n{SECOND}\n{LAST}\nالوسوم\nكوريا الشمالية\nالأمم المتحدة\nاترك تعليقاً\n",
        "p",
    )
    assert (found.title, found.byline, day(found)) == (TITLE, "محمد العلي", "2023-09-17T00:00")
    assert found.body == BODY
    assert found.keywords == ("كوريا الشمالية", "الأمم المتحدة")


def test_a_line_of_hashtags_is_keywords_and_a_hashtag_in_prose_is_prose() -> None:
    found = page(f"{FIRST}\n\n{LAST}\n\n#كوريا_الشمالية #الأمم_المتحدة #الطاقة")
    assert found.body == (FIRST, LAST)
    assert found.keywords == ("كوريا الشمالية", "الأمم المتحدة", "الطاقة")
    kept = "#كوريا_الشمالية هو الوسم الذي تصدر المنصات أمس."
    assert page(f"{FIRST}\n\n{kept}").body == (FIRST, kept)


@pytest.mark.parametrize("sign", ["|", ":", "–", "»", "", ">"])
@pytest.mark.parametrize(
    "marker", ["اقرأ أيضا", "إقرأ أيضاً", "اقرأ أيضًا", "إقرا ايضا", "اقرأ كذلك", "طالع أيضا"]
)
def test_read_also_before_a_headline_in_any_spelling(marker: str, sign: str) -> None:
    found = page(f"{FIRST}\n\n{marker} {sign} {OTHER}\n\n{SECOND}\n\n{LAST}")
    assert found.body == BODY
    assert [(link.kind, link.title) for link in found.links] == [(LinkKind.READ_ALSO, OTHER)]


# --- HTML

HTML = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)


def document(head: str, body: str, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">{head}</head>'
        f'<body><nav><a href="/">الرئيسية</a></nav>{body}<footer>جميع الحقوق محفوظة</footer></body></html>'
    )


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "Article",
            "headline": TITLE,
            "datePublished": "2023-09-17T14:30:00+03:00",
            "author": {"@id": "https://e.org/#sara"},
            "publisher": {"@id": "https://e.org/#site"},
        },
        {"@type": "Organization", "@id": "https://e.org/#site", "name": "صحيفة الشرق"},
        {"@type": "Person", "@id": "https://e.org/#sara", "name": "سارة علي"},
    ],
}


@pytest.mark.parametrize(
    "script",
    [
        ld(GRAPH),
        ld(GRAPH).replace('">{', '">\n//<![CDATA[\n{').replace("}</script>", "}\n//]]>\n</script>"),
        ld(GRAPH).replace('">{', '"><!--\n{').replace("}</script>", "}\n--></script>"),
        ld(GRAPH).replace("}]}", "},]}").replace("صحيفة الشرق", "صحيفة\nالشرق"),
    ],
)
def test_json_ld_as_pages_write_it(script: str) -> None:
    found = one(document(script, f"<article><h1>{TITLE}</h1>{HTML}</article>"))
    assert (found.title, found.outlet, found.byline) == (TITLE, "صحيفة الشرق", "سارة علي")
    assert day(found) == "2023-09-17T11:30"
    assert found.body == BODY


def test_scripts_without_an_end_do_not_hold_the_import() -> None:
    """Each looked at up to the end of the page would take minutes."""
    opened = '<script type="application/ld+json">' * 50_000
    found = one(document(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>{HTML}{opened}"))
    assert (found.title, found.body[0]) == (TITLE, FIRST)


def test_microdata_names_the_author() -> None:
    body = (
        f'<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1>'
        '<span itemprop="author" itemscope><a href="/a" rel="author"><span itemprop="name">أحمد سالم</span></a></span>'
        f'<time itemprop="datePublished" datetime="2023-09-17T11:30:00Z"></time>{HTML}</div>'
    )
    found = one(document(f"<title>{TITLE}</title>", body))
    assert (found.title, found.byline, day(found)) == (TITLE, "أحمد سالم", "2023-09-17T11:30")
    assert found.body == BODY


@pytest.mark.parametrize(
    ("claimed", "real"),
    [
        ("utf-8", "utf-8"), ("windows-1256", "utf-8"), ("iso-8859-1", "utf-8"), ("windows-1256", "cp1256"),
        ("utf-8", "cp1256"), ("iso-8859-6", "iso8859-6"), ("unicode_escape", "utf-8"), ("nonsense", "utf-8"),
    ],
)  # fmt: skip
def test_the_charset_is_what_the_bytes_say(claimed: str, real: str) -> None:
    text = document(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>{HTML}", claimed)
    found = one(text.encode(real))
    assert (found.title, found.body) == (TITLE, BODY)


# --- feeds

HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def rss(item: str, channel: str = "<link>http://e.org/</link>", head: str = HEAD) -> str:
    return (
        f'{head}<rss version="2.0"><channel><title>قناة</title>{channel}<item>{item}</item></channel></rss>'
    )


ITEM = f"<title>{TITLE}</title><link>http://e.org/1</link><description>{escape(HTML)}</description>"


@pytest.mark.parametrize(
    ("declared", "real"),
    [("windows-1256", "utf-8"), ("utf-8", "cp1256"), ("windows-1256", "cp1256"), ("utf-16", "utf-16")],
)
def test_a_feed_is_read_whatever_it_says_of_its_encoding(declared: str, real: str) -> None:
    found = one(rss(ITEM, head=HEAD.replace("utf-8", declared)).encode(real))
    assert (found.title, found.body, found.outlet) == (TITLE, BODY, "قناة")


@pytest.mark.parametrize("before", ["\ufeff", "\n\n  ", "\ufeff\r\n"])
def test_what_stands_before_the_declaration_does_not_matter(before: str) -> None:
    assert one(before + rss(ITEM)).body == BODY


def test_relative_links_are_of_the_site() -> None:
    item = f"<title>{TITLE}</title><link>/a/1</link><description>{FIRST}</description>"
    assert one(rss(item)).url == "http://e.org/a/1"
    (found,) = read_bytes(rss(item, "<link>/</link>").encode(), "f", "https://f.org/feeds/rss")
    assert isinstance(found, ParsedArticle)
    assert found.url == "https://f.org/a/1"
    assert one(rss(item, "")).url is None


def test_categories_by_the_names_people_read() -> None:
    item = ITEM + "<category>سياسة، الأردن</category><category>طاقة</category>"
    assert one(rss(item)).keywords == ("سياسة", "الأردن", "طاقة")
    atom = (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://e.org/"><title>قناة</title><entry>'
        f'<title>{TITLE}</title><link href="a/1"/><id>tag:e.org,2023:1</id><category term="pol" label="سياسة"/>'
        "<published>2023-06-04T10:00:00 CEST</published>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content></entry></feed>'
    )
    found = one(atom)
    assert (found.keywords, found.url, day(found)) == (("سياسة",), "http://e.org/a/1", "2023-06-04T08:00")
    assert found.body == BODY


def test_json_feed_with_relative_and_missing_addresses() -> None:
    items = [
        {"id": 1, "url": "/a/1", "title": TITLE, "content_html": HTML},
        {"id": "http://e.org/2", "content_text": TEXT},
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "قناة",
        "home_page_url": "http://e.org",
        "items": items,
    }
    first, second = read_bytes(json.dumps(feed).encode(), "f", "f")
    assert isinstance(first, ParsedArticle)
    assert isinstance(second, ParsedArticle)
    assert (first.url, first.guid, first.body) == ("http://e.org/a/1", "قناة#1", BODY)
    assert (second.url, second.body) == ("http://e.org/2", BODY)
