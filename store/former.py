"""Former texts of an article, as they were kept when a newer one came."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .models import Precision, Published


@dataclass(frozen=True, slots=True)
class FormerText:
    """A text that was replaced: its number from 1 (the oldest), when it was replaced (seconds UTC), and what it said."""

    number: int
    replaced: int
    title: str
    body: tuple[str, ...]
    title_is_derived: bool = False
    published: Published | None = None
    outlet: str | None = None
    agency: tuple[str, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    keywords: tuple[str, ...] = ()
    origin: str = ""


def former_texts(connection: sqlite3.Connection, article_id: int) -> tuple[FormerText, ...]:
    """The former texts of an article, oldest first; a row that cannot be read is passed over."""
    rows = connection.execute(
        "SELECT number, replaced, article FROM revisions WHERE article_id = ? ORDER BY number", (article_id,)
    ).fetchall()
    found = []
    for number, replaced, text in rows:
        try:
            article = json.loads(text)
        except ValueError:
            continue
        if isinstance(article, dict):
            found.append(_read(number, replaced, article))
    return tuple(found)


def _read(number: int, replaced: int, article: Mapping[str, Any]) -> FormerText:
    def text(name: str) -> str | None:
        return str(article[name]) if article.get(name) else None

    def texts(name: str) -> tuple[str, ...]:
        return tuple(str(each) for each in article.get(name) or ())

    seconds, precision = article.get("published"), article.get("published_precision")
    return FormerText(
        number,
        replaced,
        text("title") or "",
        texts("body"),
        bool(article.get("title_is_derived")),
        Published(seconds, Precision(precision))
        if seconds is not None and precision in _PRECISIONS
        else None,
        text("outlet"),
        texts("agency"),
        text("byline"),
        text("dateline"),
        texts("keywords"),
        text("origin") or "",
    )


_PRECISIONS = frozenset(Precision)
