"""Feeds: RSS 0.9x to 2.0, RDF and Atom by feedparser, and JSON Feed; entries become articles."""

from __future__ import annotations

import calendar
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from ..models import ParsedArticle, Precision, Published
from .assemble import Fields, assemble, web_address
from .dates import YEARS, parse_date
from .decode import NotTextError, decode
from .fragment import fragment_of, text_of
from .markup import RefusedError, refuse_entities
from .sanitize import clean_line
from .spelling import fold_case
from .writers import writer_of

#: Most entries taken from one feed document.
MAX_ENTRIES = 20_000
#: So many tags may stand side by side; of more, each needs this many bytes with what stands between (feeds have 30).
_MOST_TAGS = 20_000
_LEAST_PER_TAG = 8


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One feed document: its name, its site, and its entries, newest as the source orders them."""

    title: str
    site: str | None
    articles: tuple[ParsedArticle, ...]


def parse_feed(data: bytes, origin: str, *, content_type: str = "") -> ParsedFeed:
    """Read a feed document of any known format.

    ``content_type`` is the header it came with, for its charset. Raises
    RefusedError for what is no feed, or declares entities.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(data, origin)
    refuse_entities(data)
    document = _in_utf8(data, content_type)
    # What was hidden by its encoding is to be seen now.
    refuse_entities(document)
    tags = document.count(b"<")
    if tags > _MOST_TAGS and tags * _LEAST_PER_TAG > len(document):
        # Not well-formed, it is read at 10 us a tag: half a minute for a feed of the largest size.
        raise RefusedError(f"not a feed: {tags} tags and next to nothing between them")
    # Importing takes 50 ms, and most starts read no feed.
    import feedparser

    try:
        # As UTF-8, and said to be: what feeds say of their encoding is often wrong.
        parsed = feedparser.parse(
            io.BytesIO(document),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # The parser promises not to raise, and does on damaged declarations of the encoding.
        raise RefusedError(f"not a feed: damaged ({type(error).__name__})") from error
    if not parsed.get("version") and not parsed.entries:
        trouble = parsed.get("bozo_exception")
        raise RefusedError(f"not a feed: {clean_line(str(trouble))[:120]}" if trouble else "not a feed")
    title = clean_line(text_of(str(parsed.feed.get("title", ""))))
    site = _joined(origin, str(parsed.feed.get("link", "")))
    base = site or origin
    entries = parsed.entries[:MAX_ENTRIES]
    return ParsedFeed(title, site, tuple(_entry(entry, title, origin, base) for entry in entries))


_ENCODING = re.compile(
    r"""^(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*["']([\w:.-]{2,40})["']""", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)


def _in_utf8(data: bytes, content_type: str) -> bytes:
    """The document in UTF-8, without its own word on its encoding; bytes that are no text stay as they are."""
    declared = _ENCODING.match(data[:300].decode("ascii", "ignore"))
    header = _CHARSET.search(content_type)
    try:
        text = decode(data, declared[2] if declared else header[1] if header else None)
    except NotTextError:
        return data
    return _ENCODING.sub(r"\1", text.lstrip("\ufeff \t\r\n")).encode("utf-8", "replace")


def _joined(base: str, link: str) -> str | None:
    """The address of a link, relative ones from where the document or its site is; None where it is none."""
    try:
        return web_address(urljoin(base, link.strip())) if link.strip() else None
    except ValueError:
        return None


def _json(data: bytes, origin: str) -> ParsedFeed:
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError, NotTextError) as error:
        raise RefusedError(f"not a feed: {clean_line(str(error))[:120]}") from error
    if not isinstance(value, dict) or "jsonfeed.org" not in str(value.get("version", "")):
        raise RefusedError("not a feed: JSON, but no JSON Feed")
    return parse_json_feed(value, origin)


# --- RSS, RDF, Atom


def _entry(entry: Mapping[str, Any], outlet: str, origin: str, base: str) -> ParsedArticle:
    link = str(entry.get("link") or "")
    url = _joined(base, link) or ""
    body = fragment_of(_longest(entry))
    # An entry of a planet or aggregator names the feed it really came from.
    source = entry.get("source")
    named = text_of(str(source.get("title", ""))) if isinstance(source, Mapping) else ""
    writer = writer_of(str(entry.get("author") or ""), named or outlet)
    fields = Fields(
        title=_without_source(text_of(str(entry.get("title", ""))), named),
        body=body.paragraphs,
        dropped={"caption": body.captions} if body.captions else None,
        published=_time(entry),
        outlet=named or outlet,
        byline=writer.byline,
        agency=writer.agency,
        keywords=tuple(_categories(entry.get("tags"))),
        url=url,
        guid=_guid(str(entry.get("id") or url or link), outlet),
    )
    return assemble(fields, url or origin)


def _without_source(title: str, source: str) -> str:
    """A title without the name of its source behind it, which aggregators add."""
    shorter = re.sub(rf"\s+[-–|]\s+{re.escape(source)}\s*$", "", title) if source else title
    return shorter or title


def _categories(tags: Any) -> Iterator[str]:
    """The names of categories as people read them; some feeds put several into one."""
    for tag in tags or ():
        if isinstance(tag, Mapping):
            for name in re.split(r"\s*[،,;|]\s*", str(tag.get("label") or tag.get("term") or "")):
                if name and fold_case(name) not in _NO_CATEGORIES:
                    yield name


#: What WordPress calls articles without any.
_NO_CATEGORIES = frozenset(("غير مصنف", "uncategorized", "بدون تصنيف", "غير مصنفه"))


def _longest(entry: Mapping[str, Any]) -> str:
    """The fullest of an entry's texts: a feed may give a summary beside the content."""
    texts = [
        str(content.get("value") or "")
        for content in entry.get("content") or ()
        if isinstance(content, Mapping)
    ]
    texts.append(str(entry.get("summary") or ""))
    return max(texts, key=len)


def _time(entry: Mapping[str, Any]) -> Published | None:
    for name in ("published", "updated", "created"):
        found = parse_date(clean_line(str(entry.get(name) or ""))[:100])
        if found and found.precision is Precision.MINUTE:
            # feedparser takes the zones it does not know (CEST, EEST) for UTC.
            return found
        value = entry.get(f"{name}_parsed")
        if value and value[0] in YEARS:
            try:
                return Published(calendar.timegm(value), Precision.MINUTE)
            except (ValueError, OverflowError):
                continue
        if found:
            return found
    return None


def _guid(text: str, outlet: str) -> str:
    """A running number is unique in its own feed alone."""
    return text if not text or ":" in text or len(text) >= 20 else f"{outlet}#{text}"


# --- JSON Feed (jsonfeed.org, versions 1 and 1.1)


def parse_json_feed(value: Mapping[str, Any], origin: str) -> ParsedFeed:
    """Read a JSON Feed that is parsed already."""
    title = clean_line(_string(value.get("title")))
    items = value.get("items")
    entries = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    site = _joined(origin, _string(value.get("home_page_url")))
    base = site or web_address(_string(value.get("feed_url"))) or origin
    authors = _authors(value)
    items_of_all = (_item(item, title, origin, base, authors) for item in entries[:MAX_ENTRIES])
    return ParsedFeed(title, site, tuple(items_of_all))


def _authors(of: Mapping[str, Any]) -> str:
    authors = of.get("authors") if isinstance(of.get("authors"), list) else [of.get("author")]
    names = [_string(author.get("name")) for author in authors or () if isinstance(author, Mapping)]
    return "، ".join(name for name in names if name)


def _item(item: Mapping[str, Any], outlet: str, origin: str, base: str, authors: str) -> ParsedArticle:
    html = _string(item.get("content_html"))
    body = fragment_of(html)
    text = _string(item.get("content_text")) or _string(item.get("summary"))
    writer = writer_of(_authors(item) or authors, outlet)
    tags = item.get("tags")
    link = _string(item.get("url")) or _string(item.get("external_url"))
    url = _joined(base, link) or web_address(_string(item.get("id"))) or ""
    date = _string(item.get("date_published")) or _string(item.get("date_modified"))
    fields = Fields(
        title=text_of(_string(item.get("title"))),
        body=body.paragraphs if html else text.split("\n"),
        dropped={"caption": body.captions} if body.captions else None,
        published=parse_date(date.strip()) if date else None,
        outlet=outlet,
        byline=writer.byline,
        agency=writer.agency,
        keywords=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        url=url,
        guid=_guid(_string(item.get("id")) or url or link, outlet),
    )
    return assemble(fields, url or origin)


def _string(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else ""
    )
