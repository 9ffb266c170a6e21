"""HTML pages, feeds, tables and lists of feeds, each beside what a person reads in it (``hand_*``: typed beforehand)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_ingest_pages import _complete
from test_ingest_seeds import as_json

from store.ingest.feed import parse_feed
from store.ingest.fragment import paragraphs_of
from store.ingest.html import parse_html
from store.ingest.markup import RefusedError
from store.ingest.opml import read_opml, write_opml
from store.ingest.readers import Kind, kind_of, read_file
from store.models import ParsedArticle

_DATA = Path(__file__).parent / "data"


def _files(folder: str) -> list[Path]:
    return sorted(path for path in (_DATA / folder).iterdir() if path.suffix != ".json")


def _shown(article: ParsedArticle) -> dict[str, Any]:
    return {**as_json(article), "url": article.url}


def _expected(file: Path) -> Any:
    return json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", _files("html"), ids=lambda path: path.stem)
def test_html_page(file: Path) -> None:
    data = file.read_bytes()
    assert kind_of(data[:4096], file.name) is Kind.HTML
    expected = {"url": None, **_complete(_expected(file))}
    assert _shown(parse_html(data, "page.html")) == expected


@pytest.mark.parametrize("file", _files("feeds"), ids=lambda path: path.stem)
def test_feed(file: Path) -> None:
    data = file.read_bytes()
    assert kind_of(data[:4096], file.name) is (Kind.JSON if file.suffix == ".feed" else Kind.FEED)
    assert [_shown(article) for article in parse_feed(data, "feed").articles] == [
        {"url": None, **_complete(each)} for each in _expected(file)
    ]


@pytest.mark.parametrize(
    "file",
    [path for path in sorted((_DATA / "records").iterdir()) if path.suffix != ".expected"],
    ids=lambda path: path.stem,
)
def test_table_or_records(file: Path) -> None:
    expected = json.loads(file.with_suffix(".expected").read_text(encoding="utf-8"))
    found = [each for each in read_file(str(file)) if isinstance(each, ParsedArticle)]
    assert [_shown(article) for article in found] == [{"url": None, **_complete(each)} for each in expected]


@pytest.mark.parametrize("file", _files("opml"), ids=lambda path: path.stem)
def test_opml(file: Path) -> None:
    data = file.read_bytes()
    assert kind_of(data[:4096], file.name) is Kind.OPML
    found = read_opml(data)
    assert [[each.url, each.title, each.site, list(each.tags)] for each in found] == _expected(file)
    assert read_opml(write_opml(found)) == found


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><opml><body><outline text="&b;"/></body></opml>',
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]><opml/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><opml/>'.encode("utf-16"),
    ],
)
def test_entities_are_refused_before_anything_reads_them(bomb: bytes) -> None:
    with pytest.raises(RefusedError):
        read_opml(bomb)
    with pytest.raises(RefusedError):
        parse_feed(bomb, "feed")


def test_markup_that_the_parser_gives_up_on_still_gives_its_text() -> None:
    assert [part for part in paragraphs_of("<p>نص أول</p><![foo <p>نص ثان</p>") if "نص" in part] == [
        "نص أول",
        "نص ثان",
    ]


def test_a_feed_with_a_damaged_declaration_is_read() -> None:
    item = "<item><title>خبر</title><description>نص الخبر.</description></item>".encode()
    feed = (
        b'<?xml version="1.0" encoding="utf\xd4-8"?><rss version="2.0"><channel>' + item + b"</channel></rss>"
    )
    assert [article.title for article in parse_feed(feed, "feed").articles] == ["خبر"]


def test_entities_hidden_by_an_encoding_stay_hidden() -> None:
    bomb = '<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE rss [+ADwAIQ-ENTITY a "aaaa"+AD4]>'
    feed = parse_feed(bomb.encode() + b"<rss><channel><title>&a;</title></channel></rss>", "feed")
    assert "aaaa" not in feed.title


def test_opml_of_a_thousand_folders_deep_is_read() -> None:
    deep = b'<outline text="x">' * 1000 + b'<outline xmlUrl="http://a.org/"/>' + b"</outline>" * 1000
    assert len(read_opml(b"<opml><body>" + deep + b'<outline xmlUrl="http://b.org/"/></body></opml>')) >= 1
