"""Deleted articles: kept whole for a while, so that a deletion can be taken back.

What a source said of the article and what a person did with it (tags, star,
notes, place) is kept as one JSON value; indexes are made anew when it comes
back. It is kept for KEPT_DAYS, then it is gone for good.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from . import articles, hooks
from .database import errors_of, transaction
from .errors import NotFoundError
from .labels import Labels
from .links import Named, meet
from .models import Note, Precision, Published
from .muting import mute_by
from .notes import restored as restored_note
from .positions import Positions
from .tags import change_tags

#: Days for which a deleted article can be brought back.
KEPT_DAYS = 30

CREATE = (
    """CREATE TABLE deleted(
        article_id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        title TEXT NOT NULL,
        content TEXT NOT NULL
    )""",
    "CREATE INDEX deleted_by_time ON deleted(at)",
)

_COLUMNS = (
    "id", "position", "title", "title_is_derived", "title_key", "published", "published_precision",
    "published_is_inferred", "byline", "dateline", "agency", "keywords", "keywords_are_segmented", "origin", "url",
    "guid", "identity", "is_partial", "added", "embedded_in", "dropped",
    "outlet_is_inferred",
)  # fmt: skip
#: Makes way for another of that number, in a store where numbers were given twice.
_SET_ASIDE = f"UPDATE deleted SET article_id = {articles.NEXT_NUMBER} WHERE article_id = ?"  # noqa: S608
_READ = " ".join(["SELECT", ", ".join(_COLUMNS), "FROM articles WHERE id = ?"])
_WRITE = " ".join(
    [
        "INSERT INTO articles(",
        ", ".join(_COLUMNS),
        ", outlet_id) VALUES (",
        ", ".join([f"coalesce(?, {articles.NEXT_NUMBER})", *"?" * (len(_COLUMNS) - 1)]),
        ", ?)",
    ]
)


@dataclass(frozen=True, slots=True)
class Deleted:
    """An article that was deleted, when (seconds UTC), and its headline."""

    article: int
    at: int
    title: str


def delete(connection: sqlite3.Connection, article_ids: Iterable[int], now: int) -> tuple[int, ...]:
    """Delete articles, and keep them for KEPT_DAYS; the ids of those that were there, in one transaction."""
    gone: list[int] = []
    with transaction(connection):
        connection.execute("DELETE FROM deleted WHERE at < ?", (now - KEPT_DAYS * 86_400,))
        for article_id in dict.fromkeys(article_ids):
            content = _content(connection, article_id)
            if content is None:
                continue
            connection.execute(_SET_ASIDE, (article_id,))
            connection.execute(
                "INSERT INTO deleted(article_id, at, title, content) VALUES (?, ?, ?, ?)",
                (article_id, now, content["article"]["title"], json.dumps(content, ensure_ascii=False)),
            )
            gone.append(article_id)
        # Only now: what ties them to each other is kept with each of them.
        for article_id in gone:
            articles.remove(connection, article_id)
    return tuple(gone)


def restore(connection: sqlite3.Connection, article_ids: Iterable[int]) -> tuple[int, ...]:
    """Bring deleted articles back under their numbers; the ids of those that came, in one transaction.

    An article whose page was imported again meanwhile is there already: the one of before gives it
    its marks, tags and notes, and its number is told. Raises NotFoundError for one that is not kept.
    """
    back: list[int] = []
    with transaction(connection):
        for article_id in dict.fromkeys(article_ids):
            row = connection.execute(
                "SELECT content FROM deleted WHERE article_id = ?", (article_id,)
            ).fetchone()
            if row is None:
                raise NotFoundError(f"no deleted article {article_id} is kept")
            back.append(_Restoring(connection, json.loads(row[0])).all())
            connection.execute("DELETE FROM deleted WHERE article_id = ?", (article_id,))
    return tuple(back)


def forget(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Keep nothing of articles that were deleted: they cannot come back."""
    with transaction(connection):
        connection.executemany("DELETE FROM deleted WHERE article_id = ?", ((one,) for one in article_ids))


def deleted(connection: sqlite3.Connection) -> tuple[Deleted, ...]:
    """The deleted articles that can be brought back, the last deleted first."""
    with errors_of():
        rows = connection.execute(
            "SELECT article_id, at, title FROM deleted ORDER BY at DESC, article_id DESC"
        )
        return tuple(Deleted(*row) for row in rows)


def _content(connection: sqlite3.Connection, article_id: int) -> dict[str, Any] | None:
    row = connection.execute(_READ, (article_id,)).fetchone()
    if row is None:
        return None

    def rows(statement: str) -> list[list[Any]]:
        return [list(found) for found in connection.execute(statement, (article_id,))]

    full = articles.article(connection, article_id)
    return {
        "article": dict(zip(_COLUMNS, row, strict=True)),
        "outlet": full.outlet,
        "body": "\n".join(full.body),
        "status": [full.is_unread, full.is_starred, articles.place(connection, article_id)],
        "tags": full.tags,
        "muted_by": full.muted_by,
        "notes": [asdict(note) for note in full.notes],
        "links": rows("SELECT ordinal, kind, title, key, target_id FROM links WHERE from_id = ?"),
        "linked_from": rows("SELECT from_id, ordinal FROM links WHERE target_id = ?"),
        "guests": rows("SELECT id FROM articles WHERE embedded_in = ?"),
        "revisions": rows("SELECT number, replaced, article FROM revisions WHERE article_id = ?"),
        "follows": rows("SELECT tag, since FROM follows WHERE article_id = ?"),
    }


class _Restoring:
    """One article on its way back."""

    def __init__(self, connection: sqlite3.Connection, content: dict[str, Any]) -> None:
        self._connection = connection
        self._content = content
        # What was deleted before there was such a thing has all its fields but that.
        self._article: dict[str, Any] = {"outlet_is_inferred": False, **content["article"]}

    def all(self) -> int:
        """Write everything; the id it has now."""
        same = self._one("SELECT id FROM articles WHERE identity = ?", self._article["identity"])
        if same is not None:
            self._marks(same)
            return same
        article_id = self._insert()
        self._marks(article_id)
        self._ties(article_id)
        self._indexes(article_id)
        return article_id

    def _one(self, statement: str, value: object) -> int | None:
        row = self._connection.execute(statement, (value,)).fetchone()
        return None if row is None else int(row[0])

    def _insert(self) -> int:
        values = dict(self._article)
        if self._one("SELECT 1 FROM articles WHERE id = ?", values["id"]):
            values["id"] = None
        published = None
        if values["published"] is not None:
            published = Published(values["published"], Precision(values["published_precision"]))
        places = Positions(self._connection)
        if places.is_free(values["position"]):
            places.note(values["position"], published)
        else:
            values["position"] = places.take(published, values["added"])
        if values["embedded_in"] and not self._one(
            "SELECT 1 FROM articles WHERE id = ?", values["embedded_in"]
        ):
            values["embedded_in"] = None
        outlet = Labels(self._connection).outlet(self._content["outlet"]) if self._content["outlet"] else None
        cursor = self._connection.execute(_WRITE, (*(values[name] for name in _COLUMNS), outlet))
        article_id = int(cursor.lastrowid or 0)
        self._article = values | {"id": article_id}
        self._connection.execute(
            "INSERT INTO bodies(article_id, text) VALUES (?, ?)", (article_id, self._content["body"])
        )
        self._connection.execute(
            "INSERT INTO statuses(article_id, position) VALUES (?, ?)", (article_id, values["position"])
        )
        Labels(self._connection).attach(
            article_id, values["position"], json.loads(values["keywords"]), json.loads(values["agency"])
        )
        return article_id

    def _marks(self, article_id: int) -> None:
        """What a person did with it."""
        is_unread, is_starred, place = self._content["status"]
        self._connection.execute(
            "UPDATE statuses SET is_unread = is_unread AND ?, is_starred = is_starred OR ?, place = max(place, ?)"
            " WHERE article_id = ?",
            (is_unread, is_starred, place, article_id),
        )
        if self._content["tags"]:
            change_tags(self._connection, [article_id], add=self._content["tags"])
        # What was deleted before there were rules has none.
        mute_by(self._connection, article_id, self._content.get("muted_by", ()))
        for values in self._content["notes"]:
            restored_note(self._connection, Note(**(values | {"article": article_id})))

    def _ties(self, article_id: int) -> None:
        """Links in both directions, guests, former texts, and whether its story was followed."""
        connection = self._connection
        for ordinal, kind, title, key, target in self._content["links"]:
            there = target is not None and self._one("SELECT 1 FROM articles WHERE id = ?", target)
            connection.execute(
                "INSERT INTO links(from_id, ordinal, kind, title, key, target_id) VALUES (?, ?, ?, ?, ?, ?)",
                (article_id, ordinal, kind, title, key, target if there else None),
            )
        connection.executemany(
            "UPDATE links SET target_id = ? WHERE from_id = ? AND ordinal = ? AND target_id IS NULL",
            [(article_id, *pair) for pair in self._content["linked_from"]],
        )
        connection.executemany(
            "UPDATE articles SET embedded_in = ? WHERE id = ? AND embedded_in IS NULL",
            [(article_id, guest) for (guest,) in self._content["guests"]],
        )
        connection.executemany(
            "INSERT INTO revisions(article_id, number, replaced, article) VALUES (?, ?, ?, ?)",
            [(article_id, *row) for row in self._content["revisions"]],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO follows(article_id, tag, since) VALUES (?, ?, ?)",
            [(article_id, *row) for row in self._content["follows"]],
        )

    def _indexes(self, article_id: int) -> None:
        from .headlines import resolve_links, sketches_of

        title, body = self._article["title"], self._body()
        hooks.arrived(
            self._connection,
            article_id,
            self._article["position"],
            title,
            body,
            json.loads(self._article["keywords"]),
        )
        if not self._article["title_is_derived"]:
            meet(
                self._connection,
                [Named(article_id, title, (self._article["title_key"], sketches_of(title)))],
            )
        resolve_links(self._connection, article_id)

    def _body(self) -> Sequence[str]:
        text = self._content["body"]
        return text.split("\n") if text else ()
