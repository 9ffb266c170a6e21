"""Former texts of an article, as they were kept when a newer one came."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormerText:
    """A text that was replaced: its number from 1 (the oldest), when it was replaced (seconds UTC), and what it said."""

    number: int
    replaced: int
    title: str
    body: tuple[str, ...]


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
            body = tuple(str(paragraph) for paragraph in article.get("body") or ())
            found.append(FormerText(number, replaced, str(article.get("title") or ""), body))
    return tuple(found)
