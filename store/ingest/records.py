"""Articles as records: JSONL (our own export above all), JSON arrays, CSV and TSV.

Names of fields are found by the many names they go by; ``fields`` of the
import maps ours to any other. A record that cannot be read is one Failure,
the rest goes on.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from ..models import Kept, KeptNote, LinkKind, ParsedArticle, Precision, Published
from .assemble import Fields, assemble
from .dates import YEARS, parse_date
from .decode import NotTextError, decode
from .fragment import looks_like_html, paragraphs_of, text_of
from .walk import Failure

#: Longest line of a JSONL file and longest field of a table, in bytes.
MAX_LINE = 32 << 20

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "heading", "article_title", "news_title", "name", "العنوان", "عنوان"),
    "body": ("body", "content", "text", "article", "articlebody", "content_html", "content_text", "full_text", "fulltext", "story", "article_body", "article_text", "body_text", "main_text", "maintext", "clean_text", "description", "summary", "lead", "excerpt", "abstract", "النص", "نص", "نص الخبر", "نص المقال", "الخبر", "المحتوى", "محتوى", "المتن"),
    "published": ("published", "date", "pubdate", "published_at", "date_published", "publish_date", "publication_date", "datepublished", "datetime", "time", "timestamp", "ts", "created_at", "date_time", "news_date", "article_date", "التاريخ", "تاريخ", "تاريخ النشر"),
    "outlet": ("outlet", "source", "publisher", "site", "site_name", "sitename", "website", "newspaper", "domain", "المصدر", "مصدر"),
    "agency": ("agency", "agencies", "wire", "الوكالة"),
    "byline": ("byline", "author", "authors", "writer", "creator", "الكاتب", "كاتب", "المحرر"),
    "dateline": ("dateline", "location"),
    "keywords": ("keywords", "keyword", "tags", "categories", "category", "topics", "labels", "كلمات دلالية", "كلمات مفتاحية", "الكلمات المفتاحية", "التصنيف", "القسم", "الوسوم", "وسوم"),
    "url": ("url", "link", "permalink", "canonical_url", "href", "الرابط", "رابط"),
    "guid": ("guid", "id", "uuid", "_id"),
    "links": ("links", "related", "similar", "related_articles"),
}  # fmt: skip
#: A field only our own export has: then ``tags`` are what a person tagged, and the text is taken as it is.
_OURS = "title_is_derived"
#: Most notes of one article that are taken.
_MOST_NOTES = 1000
#: Most former texts of one article that are taken.
_MOST_FORMER = 200


def read_jsonl(
    stream: io.BufferedReader, path: str, origin: str, fields: Mapping[str, str]
) -> Iterator[ParsedArticle | Failure]:
    """Yield one article a line; a first line that is no whole object means one JSON text of many lines."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            yield Failure(path, str(number), f"a line longer than {MAX_LINE >> 20} MB")
            return
        if not line.strip():
            continue
        try:
            record = json.loads(decode(line))
        except (ValueError, RecursionError, NotTextError) as error:
            if number == 1:
                yield from _read_json(line + stream.read(MAX_LINE * 2), path, origin, fields)
                return
            yield Failure(path, str(number), _json_reason(error))
            continue
        if number == 1 and isinstance(record, list):
            yield from _records(record, path, origin, fields)
            return
        if number == 1 and isinstance(record, dict) and _is_collection(record):
            yield from _read_json(line, path, origin, fields)
            return
        yield _article(record, path, origin, str(number), fields)


def _read_json(
    data: bytes, path: str, origin: str, fields: Mapping[str, str]
) -> Iterator[ParsedArticle | Failure]:
    if len(data) > MAX_LINE * 2:
        yield Failure(
            path, "", f"a JSON text larger than {MAX_LINE >> 19} MB (one object a line can be of any size)"
        )
        return
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        yield Failure(path, "", _json_reason(error))
        return
    if isinstance(value, dict):
        if "jsonfeed.org" in str(value.get("version", "")):
            from .feed import parse_json_feed

            yield from parse_json_feed(value, origin).articles
            return
        value = next((value[name] for name in _COLLECTIONS if isinstance(value.get(name), list)), [value])
    yield from _records(value if isinstance(value, list) else [value], path, origin, fields)


_COLLECTIONS = ("items", "articles", "data", "results", "entries", "news")


def _is_collection(record: Mapping[str, Any]) -> bool:
    return any(
        isinstance(record.get(name), list) and record[name] and isinstance(record[name][0], dict)
        for name in _COLLECTIONS
    )


def _json_reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
    return "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"


def _records(
    values: Iterable[Any], path: str, origin: str, fields: Mapping[str, str]
) -> Iterator[ParsedArticle | Failure]:
    for number, value in enumerate(values, 1):
        yield _article(value, path, origin, str(number), fields)


def read_csv(
    stream: io.BufferedReader, path: str, origin: str, fields: Mapping[str, str]
) -> Iterator[ParsedArticle | Failure]:
    """Yield one article a row of a table whose first row names its columns."""
    text = io.TextIOWrapper(stream, encoding=_encoding(stream.peek(1 << 16)), errors="replace", newline="")
    lines = (line.replace("\0", "") for line in text)
    header = next(lines, "")
    delimiter = max(",;\t|", key=header.count)
    before = csv.field_size_limit(MAX_LINE)
    try:
        names = next(csv.reader([header], delimiter=delimiter), [])
        if not any(_find(dict.fromkeys(names, "x"), field, fields) for field in ("title", "body")):
            shown = ", ".join(name.strip()[:20] for name in names[:8])
            yield Failure(path, "1", f"no column for a title or a text (columns: {shown or 'none'})")
            return
        rows = csv.DictReader(lines, names, delimiter=delimiter)
        while True:
            try:
                row = next(rows)
            except StopIteration:
                if rows.line_num == 0:
                    yield Failure(path, "1", "a table without rows")
                return
            except csv.Error as error:
                yield Failure(path, str(rows.line_num + 1), f"not a row: {error}")
                if "field larger" in str(error):
                    return
                continue
            yield _article(dict(row), path, origin, str(rows.line_num + 1), fields)
    finally:
        csv.field_size_limit(before)
        # The file is the caller's: a wrapper that is thrown away would close it.
        text.detach()


def _encoding(start: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            # A character may be cut at the end of the sample.
            start[: start.rfind(b"\n") + 1 or None].decode(encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    return "cp1256"


# --- one record


def _article(
    record: Any, path: str, origin: str, place: str, fields: Mapping[str, str]
) -> ParsedArticle | Failure:
    if not isinstance(record, dict):
        return Failure(path, place, "not an object with fields")
    try:
        made = _made(record, f"{origin}:{place}", fields)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        return Failure(path, place, f"a record that cannot be read: {error}")
    if not made.title and not made.body:
        return Failure(path, place, "neither a title nor a text")
    return made


def _made(record: dict[str, Any], origin: str, names: Mapping[str, str]) -> ParsedArticle:
    is_ours = _OURS in record and isinstance(record.get("body"), list)
    keywords = _find(record, "keywords", names)
    guid = _find(record, "guid", names)
    title = _text(_find(record, "title", names))
    stated = Fields(
        title=title if is_ours else text_of(title),
        body=_paragraphs(_find(record, "body", names)),
        published=_published(record, _find(record, "published", names)),
        outlet=_text(_name(_find(record, "outlet", names))),
        agency=_list(_find(record, "agency", names)),
        byline="، ".join(_list(_find(record, "byline", names))),
        dateline=_text(_find(record, "dateline", names)),
        keywords=keywords
        if isinstance(keywords, str)
        else _list(record.get("keywords") if is_ours else keywords),
        links=tuple(_links(_find(record, "links", names))),
        url=_text(_find(record, "url", names)),
        # A running number is no name of an article outside its own file.
        guid=_text(guid) if isinstance(guid, str) and not guid.isdigit() and not is_ours else "",
        tags=_list(record.get("tags")) if is_ours else (),
        title_is_derived=record.get(_OURS) is True,
        keywords_are_segmented=is_ours and record.get("keywords_are_segmented") is True,
        outlet_is_inferred=is_ours and record.get("outlet_is_inferred") is True,
        is_partial=is_ours and record.get("is_partial") is True,
        dropped=_counts(record.get("dropped")) if is_ours else None,
        kept=_kept(record) if is_ours else None,
    )
    source = record.get("origin") if is_ours else None
    return assemble(stated, source if isinstance(source, str) and source else origin, as_it_is=is_ours)


def _kept(record: Mapping[str, Any]) -> Kept:
    """What a person did with an article that we exported."""
    notes, former = record.get("notes"), record.get("former")
    return Kept(
        is_unread=record.get("unread") is not False,
        is_starred=record.get("starred") is True,
        number=_number(record.get("id")),
        host=_number(record.get("embedded_in")),
        notes=tuple(_notes(notes[:_MOST_NOTES])) if isinstance(notes, list) else (),
        former=tuple(_former(former[:_MOST_FORMER])) if isinstance(former, list) else (),
        muted_by=tuple(_list(record.get("muted_by"))),
    )


def _former(texts: Iterable[Any]) -> Iterator[tuple[int, ParsedArticle]]:
    """Former texts, oldest first, each with the time it was replaced; what is none is passed over."""
    for record in texts:
        if not isinstance(record, dict) or not isinstance(record.get("body"), list):
            continue
        source = record.get("origin")
        stated = Fields(
            title=_text(record.get("title")),
            body=_paragraphs(record["body"]),
            published=_published(record, record.get("published")),
            outlet=_text(record.get("outlet")),
            agency=_list(record.get("agency")),
            byline=_text(record.get("byline")),
            dateline=_text(record.get("dateline")),
            keywords=_list(record.get("keywords")),
            title_is_derived=record.get(_OURS) is True,
        )
        made = assemble(stated, source if isinstance(source, str) else "", as_it_is=True)
        yield _moment(record.get("replaced")), made


def _moment(value: Any) -> int:
    """A time of ISO 8601 in seconds UTC; 0 where it is none."""
    try:
        return int(datetime.fromisoformat(value).timestamp())
    except (TypeError, ValueError, OverflowError):
        return 0


def _notes(notes: Iterable[Any]) -> Iterator[KeptNote]:
    for note in notes:
        if isinstance(note, dict):
            text = note.get("text")
            yield KeptNote(
                _number(note.get("start")), _number(note.get("stop")), text if isinstance(text, str) else ""
            )


def _counts(value: Any) -> dict[str, int]:
    """What sanitising dropped, by name, as far as it is so."""
    if not isinstance(value, dict):
        return {}
    return {
        name: number
        for name, number in list(value.items())[:100]
        if isinstance(name, str) and _number(number)
    }


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53 else None


def _find(record: Mapping[str, Any], field: str, names: Mapping[str, str]) -> Any:
    """The first field with a value among the names it goes by."""
    if chosen := names.get(field):
        return record.get(chosen)
    for name in _NAMES[field]:
        if value := record.get(name):
            return value
    folded = {
        key.strip().casefold().replace(" ", "_"): value
        for key, value in record.items()
        if isinstance(key, str)
    }
    return next((value for name in _NAMES[field] if (value := folded.get(name.replace(" ", "_")))), None)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _name(value: Any) -> Any:
    return (value.get("name") or value.get("title")) if isinstance(value, dict) else value


def _list(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, (list, tuple)):
        return tuple(text for item in value if (text := _text(_name(item)).strip()))
    return _list(_name(value)) if isinstance(value, dict) else ()


def _paragraphs(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str))
    text = _text(value)
    return tuple(paragraphs_of(text)) if looks_like_html(text) else (text,) if text else ()


def _links(value: Any) -> Iterator[tuple[LinkKind, str]]:
    for item in value if isinstance(value, list) else ():
        if isinstance(item, str):
            yield LinkKind.SIMILAR, item
        elif isinstance(item, dict) and isinstance(item.get("title"), str):
            yield (LinkKind.READ_ALSO if item.get("kind") == "read_also" else LinkKind.SIMILAR), item["title"]


def _published(record: Mapping[str, Any], value: Any) -> Published | None:
    if (isinstance(value, (int, float)) and not isinstance(value, bool)) or (
        isinstance(value, str) and re.fullmatch(r"\d{9,13}", value)
    ):
        seconds = int(value)
        seconds = seconds // 1000 if seconds > 10**11 else seconds
        in_range = -(10**10) < seconds < 10**11 and datetime.fromtimestamp(seconds, UTC).year in YEARS
        return Published(seconds, Precision.MINUTE) if in_range else None
    found = parse_date(value.strip()) if isinstance(value, str) and value.strip() else None
    if found and record.get("published_is_inferred") is True:
        return Published(found.time, found.precision, is_inferred=True)
    return found
