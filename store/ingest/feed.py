"""Feeds: RSS 0.9x to 2.0, RDF and Atom by feedparser, and JSON Feed; entries become articles."""

from __future__ import annotations

import calendar
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..models import ParsedArticle, Precision, Published
from .assemble import Fields, assemble, web_address
from .dates import YEARS, parse_date
from .decode import NotTextError, decode
from .fragment import paragraphs_of, text_of
from .markup import RefusedError, refuse_entities
from .sanitize import clean_line

#: Most entries taken from one feed document.
MAX_ENTRIES = 20_000


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
    # Importing takes 50 ms, and most starts read no feed.
    import feedparser

    headers = {"content-type": content_type} if content_type else {}
    try:
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        # The parser promises not to raise, and does on damaged declarations of the encoding.
        raise RefusedError(f"not a feed: damaged ({type(error).__name__})") from error
    if not parsed.get("version") and not parsed.entries:
        trouble = parsed.get("bozo_exception")
        raise RefusedError(f"not a feed: {clean_line(str(trouble))[:120]}" if trouble else "not a feed")
    title = text_of(str(parsed.feed.get("title", "")))
    entries = parsed.entries[:MAX_ENTRIES]
    return ParsedFeed(
        clean_line(title),
        web_address(str(parsed.feed.get("link", ""))),
        tuple(_entry(entry, clean_line(title), origin) for entry in entries),
    )


def _json(data: bytes, origin: str) -> ParsedFeed:
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError, NotTextError) as error:
        raise RefusedError(f"not a feed: {clean_line(str(error))[:120]}") from error
    if not isinstance(value, dict) or "jsonfeed.org" not in str(value.get("version", "")):
        raise RefusedError("not a feed: JSON, but no JSON Feed")
    return parse_json_feed(value, origin)


# --- RSS, RDF, Atom


def _entry(entry: Mapping[str, Any], outlet: str, origin: str) -> ParsedArticle:
    url = str(entry.get("link") or "")
    body = _longest(entry)
    # An entry of a planet or aggregator names the feed it really came from.
    source = entry.get("source")
    named = text_of(str(source.get("title", ""))) if isinstance(source, Mapping) else ""
    fields = Fields(
        title=text_of(str(entry.get("title", ""))),
        body=paragraphs_of(body),
        published=_time(entry),
        outlet=named or outlet,
        byline=str(entry.get("author") or ""),
        keywords=tuple(
            str(tag.get("term") or "") for tag in entry.get("tags") or () if isinstance(tag, Mapping)
        ),
        url=url,
        guid=_guid(str(entry.get("id") or url), outlet),
    )
    return assemble(fields, web_address(url) or origin)


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
    return ParsedFeed(
        title,
        web_address(_string(value.get("home_page_url"))),
        tuple(_item(item, title, origin) for item in entries[:MAX_ENTRIES]),
    )


def _item(item: Mapping[str, Any], outlet: str, origin: str) -> ParsedArticle:
    html = _string(item.get("content_html"))
    text = _string(item.get("content_text")) or _string(item.get("summary"))
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_string(author.get("name")) for author in authors or () if isinstance(author, Mapping)]
    tags = item.get("tags")
    url = _string(item.get("url")) or _string(item.get("external_url"))
    date = _string(item.get("date_published")) or _string(item.get("date_modified"))
    fields = Fields(
        title=text_of(_string(item.get("title"))),
        body=paragraphs_of(html) if html else text.split("\n"),
        published=parse_date(date.strip()) if date else None,
        outlet=outlet,
        byline="، ".join(name for name in names if name),
        keywords=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        url=url,
        guid=_guid(_string(item.get("id")) or url, outlet),
    )
    return assemble(fields, web_address(url) or origin)


def _string(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else ""
    )
