"""Former texts of an article: a change keeps what was there before, whole and viewable."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from .identity import fingerprint
from .models import ParsedArticle


@dataclass(frozen=True, slots=True)
class Former:
    """An article as it is stored now, before a change."""

    id: int
    position: int
    title: str
    title_is_derived: bool
    body: tuple[str, ...]
    keywords: tuple[str, ...]
    agency: tuple[str, ...]
    byline: str | None
    dateline: str | None
    published: int | None
    published_precision: str | None
    outlet: str | None
    origin: str
    identity: str
    outlet_is_inferred: bool

    @classmethod
    def read(cls, connection: sqlite3.Connection, article_id: int) -> Former:
        """The stored article with that id."""
        row = connection.execute(
            """SELECT a.id, a.position, a.title, a.title_is_derived, b.text, a.keywords, a.agency, a.byline,
                      a.dateline, a.published, a.published_precision, o.name, a.origin, a.identity, a.outlet_is_inferred
               FROM articles a JOIN bodies b ON b.article_id = a.id LEFT JOIN outlets o ON o.id = a.outlet_id
               WHERE a.id = ?""",
            (article_id,),
        ).fetchone()
        return cls(
            row[0],
            row[1],
            row[2],
            bool(row[3]),
            tuple(row[4].split("\n")) if row[4] else (),
            tuple(json.loads(row[5])),
            tuple(json.loads(row[6])),
            *row[7:],
        )


def keep_former(connection: sqlite3.Connection, former: Former, now: int) -> None:
    """Store ``former`` as the next revision, replaced at ``now`` (seconds UTC)."""
    article = _record(former, former.published, former.published_precision, former.identity)
    _keep(connection, former.id, article, now)


def keep_exported(
    connection: sqlite3.Connection, article_id: int, former: ParsedArticle, replaced: int
) -> None:
    """Store a former text that came with an article from an export as its next revision, replaced then."""
    time, precision = (
        (former.published.time, former.published.precision.value) if former.published else (None, None)
    )
    article = _record(former, time, precision, fingerprint(former.body))
    _keep(connection, article_id, article, replaced)


def _record(
    former: Former | ParsedArticle, published: int | None, precision: str | None, identity: str
) -> dict[str, object]:
    """A former text as the column ``article`` holds it."""
    return {
        "title": former.title,
        "title_is_derived": former.title_is_derived,
        "body": former.body,
        "keywords": former.keywords,
        "agency": former.agency,
        "byline": former.byline,
        "dateline": former.dateline,
        "published": published,
        "published_precision": precision,
        "outlet": former.outlet,
        "origin": former.origin,
        "identity": identity,
    }


def _keep(connection: sqlite3.Connection, article_id: int, article: dict[str, object], replaced: int) -> None:
    number = connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM revisions WHERE article_id = ?", (article_id,)
    ).fetchone()[0]
    connection.execute(
        "INSERT INTO revisions(article_id, number, replaced, article) VALUES (?, ?, ?, ?)",
        (article_id, number, replaced, json.dumps(article, ensure_ascii=False)),
    )


def was_before(connection: sqlite3.Connection, article_id: int, identity: str) -> bool:
    """True when a text with that fingerprint is a former one: an old copy must not undo a newer text."""
    rows = connection.execute("SELECT article FROM revisions WHERE article_id = ?", (article_id,))
    return any(json.loads(article).get("identity") == identity for (article,) in rows)
