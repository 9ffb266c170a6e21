"""The JSON of an article: names that scripts may depend on, text as it is, times in ISO 8601."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from .former import FormerText
from .models import Article, Note, Precision, Published, Summary

#: The date as far as it is known: nothing is claimed that the source did not say.
_FORMATS = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def article_json(article: Article) -> dict[str, Any]:
    """Every field of an article as plain JSON values, in a stable order of names."""
    return {
        "id": article.id,
        "title": article.title,
        "title_is_derived": article.title_is_derived,
        **_published(article.published),
        "outlet": article.outlet,
        "outlet_is_inferred": article.outlet_is_inferred,
        "agency": list(article.agency),
        "byline": article.byline,
        "dateline": article.dateline,
        "keywords": list(article.keywords),
        "keywords_are_segmented": article.keywords_are_segmented,
        "tags": list(article.tags),
        "body": list(article.body),
        "links": [
            {"kind": link.kind.value, "title": link.title, "target": link.target} for link in article.links
        ],
        "event": article.event,
        "unread": article.is_unread,
        "starred": article.is_starred,
        "added": timestamp(article.added),
        "origin": article.origin,
        "url": article.url,
        "embedded_in": article.embedded_in,
        "linked_from": list(article.linked_from),
        "revisions": article.revisions,
        "former": [former_json(text) for text in article.former],
        "dropped": dict(article.dropped),
        "notes": [note_json(note) for note in article.notes],
        "muted_by": list(article.muted_by),
    }


def former_json(text: FormerText) -> dict[str, Any]:
    """A former text of an article as plain JSON values, under the same names as in an article."""
    return {
        "replaced": timestamp(text.replaced),
        "title": text.title,
        "title_is_derived": text.title_is_derived,
        **_published(text.published),
        "outlet": text.outlet,
        "agency": list(text.agency),
        "byline": text.byline,
        "dateline": text.dateline,
        "keywords": list(text.keywords),
        "body": list(text.body),
        "origin": text.origin,
    }


def note_json(note: Note) -> dict[str, Any]:
    """A note as plain JSON values; ``start`` and ``stop`` are code points of the body, joined by line ends."""
    return {
        "id": note.id,
        "article": note.article,
        "passage": note.passage or None,
        "text": note.text,
        "start": note.start,
        "stop": note.stop,
        "lost": note.is_lost,
        "created": timestamp(note.created),
        "changed": timestamp(note.changed),
    }


def summary_json(row: Summary) -> dict[str, Any]:
    """A list row as plain JSON values, under the same names as in an article."""
    return {
        "id": row.id,
        "title": row.title,
        "title_is_derived": row.title_is_derived,
        **_published(row.published),
        "outlet": row.outlet,
        "tags": list(row.tags),
        "unread": row.is_unread,
        "starred": row.is_starred,
    }


def _published(published: Published | None) -> dict[str, Any]:
    return {
        "published": None if published is None else published_text(published),
        "published_precision": None if published is None else published.precision.value,
        "published_is_inferred": published is not None and published.is_inferred,
    }


def published_text(published: Published) -> str:
    """A publication time in ISO 8601, as exact as it is known."""
    moment = datetime.fromtimestamp(published.time, UTC)
    pattern = _FORMATS.get(published.precision)
    return timestamp(published.time) if pattern is None else moment.strftime(pattern)


def timestamp(seconds: int) -> str:
    """Seconds UTC in ISO 8601."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def one_line(value: Any) -> str:
    """JSON on one line, in UTF-8 letters.

    Escaped are only what json leaves as it is and other readers stumble on: C1 controls (a terminal
    obeys them), the line ends of Unicode (they would cut a line in two), overrides of direction, and halves of characters (no UTF-8).
    """
    text = json.dumps(value, ensure_ascii=False)
    return _STUMBLING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


_STUMBLING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
