"""Articles as a book: EPUB 3.3, right to left, one chapter an article, made with the standard library alone.

The libraries for this are under the AGPL or asleep, and what a book of text
needs is small: a container, a package document, a navigation document and
XHTML. The same articles give the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO

from store import Article
from store.serial import timestamp

from ..i18n import _
from .facts import is_rtl, line
from .html import direction, escape, inside, targets

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """\
body { line-height: 1.7; }
h1 { line-height: 1.4; }
.source, .tags, .keywords { font-size: 0.9em; }
"""
_PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="ar" lang="ar" dir="rtl">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}</body>
</html>
"""
_PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="ar" dir="rtl">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine page-progression-direction="{progression}">
{spine}</spine>
</package>
"""
#: The oldest time a ZIP can tell: the same book is the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def write_epub(articles: Iterable[Article], file: BinaryIO, ids: Collection[int]) -> None:
    """Write the book to a file that can be written to; a book without articles says so on its only page."""
    chapters: list[tuple[int, str]] = []
    digest = hashlib.sha256()
    newest, rtl = 0, 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        # OCF 3.3, 4.2.2: the first entry, not compressed, without an extra field.
        _put(book, "mimetype", "application/epub+zip", is_stored=True)
        _put(book, "META-INF/container.xml", _CONTAINER)
        _put(book, "EPUB/style.css", _STYLE)
        for article in articles:
            page = _chapter(article, ids)
            _put(book, f"EPUB/{_name(article.id)}", page)
            digest.update(page.encode("utf-8", "replace"))
            chapters.append((article.id, line(article.title) or str(article.id)))
            newest, rtl = max(newest, article.added), rtl + is_rtl(article)
        is_rtl_book = rtl * 2 >= len(chapters)
        _put(book, "EPUB/nav.xhtml", _navigation(chapters))
        _put(book, "EPUB/book.opf", _package(chapters, digest.digest(), newest, is_rtl_book))


def _put(book: zipfile.ZipFile, name: str, text: str, *, is_stored: bool = False) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    book.writestr(entry, text.encode("utf-8", "replace"))


def _name(article_id: int) -> str:
    return f"article-{article_id}.xhtml"


def _chapter(article: Article, ids: Collection[int]) -> str:
    places = {target: _name(target) for target in targets(article) if target in ids}
    attributes = direction(article)
    # In XML the language is said in both attributes, and both must agree.
    attributes = attributes and attributes + ' xml:lang=""'
    body = f"<article{attributes}>\n{inside(article, places)}</article>\n"
    return _PAGE.format(title=escape(line(article.title)) or str(article.id), body=body)


def _navigation(chapters: list[tuple[int, str]]) -> str:
    entries = "".join(
        f'<li><a href="{_name(number)}" dir="auto">{escape(title)}</a></li>\n' for number, title in chapters
    )
    # A list must not be empty.
    entries = entries or f'<li><a href="nav.xhtml">{escape(_("no articles"))}</a></li>\n'
    title = escape(_title(chapters))
    body = f'<nav epub:type="toc" id="toc">\n<h1>{title}</h1>\n<ol>\n{entries}</ol>\n</nav>\n'
    return _PAGE.format(title=title, body=body)


def _title(chapters: list[tuple[int, str]]) -> str:
    return chapters[0][1] if len(chapters) == 1 else _("Articles")


def _package(chapters: list[tuple[int, str]], digest: bytes, newest: int, is_rtl_book: bool) -> str:
    numbers = [number for number, _title in chapters]
    return _PACKAGE.format(
        identifier="urn:uuid:" + str(uuid.UUID(bytes=digest[:16], version=5)),
        title=escape(_title(chapters)),
        language="ar" if is_rtl_book else "und",
        modified=timestamp(newest),
        items="".join(_item(number) for number in numbers),
        progression="rtl" if is_rtl_book else "ltr",
        spine="".join(_spine(numbers)),
    )


def _item(number: int) -> str:
    return f'<item id="a{number}" href="{_name(number)}" media-type="application/xhtml+xml"/>\n'


def _spine(numbers: list[int]) -> Iterator[str]:
    if not numbers:
        yield '<itemref idref="nav"/>\n'
    for number in numbers:
        yield f'<itemref idref="a{number}"/>\n'
