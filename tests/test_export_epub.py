"""The book: its container, its parts, its links, as EPUB 3.3 and OCF 3.3 have them."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
import zipfile
from posixpath import dirname, join

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_export_formats import HOSTILE, article

from store import Article
from tui.export import export_text

pytestmark = pytest.mark.usefixtures("english")

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def book(*articles: Article) -> zipfile.ZipFile:
    data = export_text(articles, "epub")
    assert isinstance(data, bytes)
    return zipfile.ZipFile(io.BytesIO(data))


def checked(found: zipfile.ZipFile) -> tuple[ElementTree.Element, list[ElementTree.Element]]:
    """The package document and the chapters in order, all that the specifications demand of them checked."""
    assert found.testzip() is None
    first = found.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert found.read("mimetype") == b"application/epub+zip"
    container = ElementTree.fromstring(found.read("META-INF/container.xml"))
    place = container.find(".//{*}rootfile").attrib["full-path"]  # type: ignore[union-attr]
    package = ElementTree.fromstring(found.read(place))
    assert package.attrib["version"] == "3.0"
    metadata = package.find(f"{OPF}metadata")
    assert metadata is not None
    identifier = metadata.find(f"{DC}identifier")
    assert identifier is not None
    assert identifier.attrib["id"] == package.attrib["unique-identifier"]
    assert (identifier.text or "").startswith("urn:uuid:")
    for name in ("title", "language"):
        assert metadata.findtext(f"{DC}{name}")
    modified = [
        meta.text for meta in metadata.findall(f"{OPF}meta") if meta.attrib["property"] == "dcterms:modified"
    ]
    assert len(modified) == 1
    assert (modified[0] or "").endswith("Z")
    items = {item.attrib["id"]: item.attrib for item in package.iter(f"{OPF}item")}
    files = {join(dirname(place), item["href"]) for item in items.values()}
    assert files == set(found.namelist()) - {"mimetype", "META-INF/container.xml", place}
    assert [item["href"] for item in items.values() if item.get("properties") == "nav"] == ["nav.xhtml"]
    spine = [items[ref.attrib["idref"]]["href"] for ref in package.iter(f"{OPF}itemref")]
    assert spine
    pages = {name: ElementTree.fromstring(found.read(f"EPUB/{name}")) for name in {*spine, "nav.xhtml"}}
    for page in pages.values():
        assert page.tag == f"{XHTML}html"
        assert page.attrib["dir"] == "rtl"
        assert page.attrib[XML_LANG] == page.attrib["lang"] == "ar"
        assert page.findtext(f"{XHTML}head/{XHTML}title")
        for link in page.iter(f"{XHTML}a"):
            target = link.attrib["href"]
            assert target in pages or target.startswith(("http://", "https://")), target
    toc = [nav for nav in pages["nav.xhtml"].iter(f"{XHTML}nav") if nav.attrib[TYPE] == "toc"]
    assert len(toc) == 1
    if spine != ["nav.xhtml"]:
        assert [link.attrib["href"] for link in toc[0].iter(f"{XHTML}a")] == spine
    return package, [pages[name] for name in spine]


def test_a_book_of_two_articles_links_them() -> None:
    package, chapters = checked(book(article(7), article(8)))
    assert package.find(f"{OPF}spine").attrib["page-progression-direction"] == "rtl"  # type: ignore[union-attr]
    assert [chapter.findtext(f".//{XHTML}h1") for chapter in chapters] == ["زيارة كيم إلى روسيا"] * 2
    assert "article-8.xhtml" in [link.attrib["href"] for link in chapters[0].iter(f"{XHTML}a")]
    assert len(list(chapters[0].iter(f"{XHTML}li"))) == 2


def test_a_book_of_one_article_has_its_title_and_no_loose_link() -> None:
    package, chapters = checked(book(article(7)))
    assert package.findtext(f".//{DC}title") == "زيارة كيم إلى روسيا"
    assert [link.attrib["href"] for link in chapters[0].iter(f"{XHTML}a")] == [
        "https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=2"
    ]


def test_a_book_without_articles_is_one_all_the_same() -> None:
    checked(book())


def test_latin_articles_make_a_book_from_left_to_right() -> None:
    package, chapters = checked(book(article(title="Kim in Russia", body=("He said so.",))))
    assert package.find(f"{OPF}spine").attrib["page-progression-direction"] == "ltr"  # type: ignore[union-attr]
    assert chapters[0].find(f".//{XHTML}article").attrib["dir"] == "ltr"  # type: ignore[union-attr]


def test_hostile_text_stays_text() -> None:
    _, chapters = checked(book(article(title=HOSTILE, body=(HOSTILE,), tags=(HOSTILE,))))
    assert not list(chapters[0].iter(f"{XHTML}script"))
    assert '<script>alert("1")</script>' in "".join(chapters[0].itertext())


def test_the_same_articles_are_the_same_bytes() -> None:
    assert export_text((article(7),), "epub") == export_text((article(7),), "epub")
    assert export_text((article(7),), "epub") != export_text((article(7, title="آخر"),), "epub")


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_makes_a_sound_book(text: str) -> None:
    checked(book(article(title=text, body=(text, text), outlet=text, byline=text, url=text)))
