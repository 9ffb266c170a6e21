"""Articles as records: JSONL (every field; it imports again), JSON, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from store import Article
from store.serial import article_json, one_line

from .facts import clean

COLUMNS = (
    "id", "title", "published", "published_precision", "published_is_inferred", "outlet", "agency", "byline",
    "dateline", "keywords", "tags", "unread", "starred", "url", "origin", "added", "body",
    "notes",
)  # fmt: skip
#: A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def jsonl(articles: Iterable[Article], _ids: Collection[int]) -> Iterator[str]:
    """One JSON object a line."""
    for article in articles:
        yield one_line(article_json(article)) + "\n"


def json_array(articles: Iterable[Article], _ids: Collection[int]) -> Iterator[str]:
    """One JSON array, an article a line."""
    before = "[\n"
    for article in articles:
        yield before + one_line(article_json(article))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def table(articles: Iterable[Article], _ids: Collection[int]) -> Iterator[str]:
    """A table with a row of names (RFC 4180); lists are joined by ``; ``, paragraphs by line ends."""
    yield _row(COLUMNS)
    for article in articles:
        record = article_json(article)
        record["notes"] = [": ".join(filter(None, (n["passage"], n["text"]))) for n in record["notes"]]
        yield _row(_cell(record[name], "\n" if name in ("body", "notes") else "; ") for name in COLUMNS)


def _row(cells: Iterable[str]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerow(list(cells))
    return file.getvalue()


def _cell(value: Any, separator: str) -> str:
    """The text of a cell; an apostrophe keeps a spreadsheet from running it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = clean(separator.join(value) if isinstance(value, list) else str(value))
    return "'" + text if text.startswith(_FORMULA) else text
