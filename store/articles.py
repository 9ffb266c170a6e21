"""Rows ⇄ Article, and the status a person gives it: read, starred, place of reading.

Every change answers with the ids it really changed, so that it can be undone exactly.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from .database import transaction
from .errors import NotFoundError
from .models import Article, Link, LinkKind, Note, Precision, Published
from .targets import pointing_to

if TYPE_CHECKING:
    from .former import FormerText

#: SQLite's oldest limit on the number of ``?`` in one statement is 999.
_BATCH = 500

#: SQL of a new article's number: above all that are there, and above those of deleted ones, which come back under
#: theirs. SQLite by itself gives the number of the newest article again once that is deleted.
NEXT_NUMBER = """1 + max((SELECT coalesce(max(id), 0) FROM articles),
    (SELECT coalesce(max(article_id), 0) FROM deleted))"""

_ARTICLE = """
SELECT a.id, a.position, a.title, a.title_is_derived, a.published, a.published_precision,
       a.published_is_inferred, o.name AS outlet, a.agency, a.byline, a.dateline, a.keywords,
       a.keywords_are_segmented, b.text AS body, s.is_unread, s.is_starred, a.added, a.origin, a.url,
       a.embedded_in, a.dropped, a.outlet_is_inferred,
       (SELECT count(*) FROM revisions r WHERE r.article_id = a.id) AS revisions
FROM articles a
JOIN bodies b ON b.article_id = a.id
JOIN statuses s ON s.article_id = a.id
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE a.id = ?
"""


def article(connection: sqlite3.Connection, article_id: int) -> Article:
    """The article with that id, in full; raises NotFoundError."""
    cursor = connection.execute(_ARTICLE, (article_id,))
    row = cursor.fetchone()
    if row is None:
        raise NotFoundError(f"no article {article_id} in this store")
    field = dict(zip((column[0] for column in cursor.description), row, strict=True))
    return Article(
        id=field["id"],
        position=field["position"],
        title=field["title"],
        title_is_derived=bool(field["title_is_derived"]),
        published=published(field["published"], field["published_precision"], field["published_is_inferred"]),
        outlet=field["outlet"],
        agency=tuple(json.loads(field["agency"])),
        byline=field["byline"],
        dateline=field["dateline"],
        keywords=tuple(json.loads(field["keywords"])),
        keywords_are_segmented=bool(field["keywords_are_segmented"]),
        tags=tags_of(connection, article_id),
        body=tuple(field["body"].split("\n")) if field["body"] else (),
        links=links_of(connection, article_id),
        event=event_of(connection, article_id),
        is_unread=bool(field["is_unread"]),
        is_starred=bool(field["is_starred"]),
        added=field["added"],
        origin=field["origin"],
        url=field["url"],
        embedded_in=field["embedded_in"],
        linked_from=linked_from(connection, article_id),
        revisions=field["revisions"],
        dropped=json.loads(field["dropped"]),
        notes=_notes_of(connection, article_id),
        former=_former_of(connection, article_id) if field["revisions"] else (),
        outlet_is_inferred=bool(field["outlet_is_inferred"]),
        muted_by=muted_by(connection, article_id),
    )


def muted_by(connection: sqlite3.Connection, article_id: int) -> tuple[str, ...]:
    """The names of the rules that mute an article."""
    rows = connection.execute(
        "SELECT s.name FROM mutes m JOIN searches s ON s.id = m.search_id WHERE m.article_id = ? ORDER BY s.key",
        (article_id,),
    )
    return tuple(name for (name,) in rows)


def _former_of(connection: sqlite3.Connection, article_id: int) -> tuple[FormerText, ...]:
    from .former import former_texts

    return former_texts(connection, article_id)


def _notes_of(connection: sqlite3.Connection, article_id: int) -> tuple[Note, ...]:
    """Few articles have notes: their room is loaded with the first of them."""
    if (
        connection.execute("SELECT 1 FROM notes WHERE article_id = ? LIMIT 1", (article_id,)).fetchone()
        is None
    ):
        return ()
    from .notes import notes_of

    return notes_of(connection, article_id)


def published(time: int | None, precision: str | None, is_inferred: int) -> Published | None:
    """The three columns of a publication time as one value, or None where none is known."""
    if time is None:
        return None
    return Published(time, Precision(precision or Precision.DAY), bool(is_inferred))


def tags_of(connection: sqlite3.Connection, article_id: int) -> tuple[str, ...]:
    """The names of an article's tags, in the order of their names."""
    rows = connection.execute(
        "SELECT t.name FROM article_tags x JOIN tags t ON t.id = x.tag_id WHERE x.article_id = ? ORDER BY t.name",
        (article_id,),
    )
    return tuple(name for (name,) in rows)


def links_of(connection: sqlite3.Connection, article_id: int) -> tuple[Link, ...]:
    """The links on an article's page, in the order of the page."""
    rows = connection.execute(
        "SELECT kind, title, target FROM link_targets WHERE from_id = ? ORDER BY ordinal", (article_id,)
    )
    return tuple(Link(LinkKind(kind), title, target) for kind, title, target in rows)


def linked_from(connection: sqlite3.Connection, article_id: int) -> tuple[int, ...]:
    """The articles whose pages point to this one."""
    return tuple(dict.fromkeys(link.from_id for link in pointing_to(connection, article_id)))


def event_of(connection: sqlite3.Connection, article_id: int) -> int | None:
    """The event an article belongs to, or None where it stands alone."""
    row = connection.execute(
        "SELECT event_id FROM event_members WHERE article_id = ?", (article_id,)
    ).fetchone()
    return None if row is None else int(row[0])


def ids(connection: sqlite3.Connection) -> Iterator[int]:
    """Every article's id, oldest arrival first, without holding a statement open."""
    last = 0
    while batch := connection.execute(
        "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT 500", (last,)
    ).fetchall():
        for (last,) in batch:
            yield last


def set_unread(
    connection: sqlite3.Connection, article_ids: Iterable[int], is_unread: bool
) -> tuple[int, ...]:
    """Mark articles unread or read; the ids whose mark changed."""
    return _set_flag(connection, "is_unread", article_ids, is_unread)


def set_starred(
    connection: sqlite3.Connection, article_ids: Iterable[int], is_starred: bool
) -> tuple[int, ...]:
    """Star articles or take the star away; the ids whose star changed."""
    return _set_flag(connection, "is_starred", article_ids, is_starred)


_FLAGS = {
    "is_unread": (
        "SELECT article_id FROM statuses WHERE is_unread <> ? AND article_id IN ",
        "UPDATE statuses SET is_unread = ? WHERE article_id = ?",
    ),
    "is_starred": (
        "SELECT article_id FROM statuses WHERE is_starred <> ? AND article_id IN ",
        "UPDATE statuses SET is_starred = ? WHERE article_id = ?",
    ),
}


def _set_flag(
    connection: sqlite3.Connection, flag: str, article_ids: Iterable[int], value: bool
) -> tuple[int, ...]:
    select, update = _FLAGS[flag]
    changed: list[int] = []
    with transaction(connection):
        for batch in batches(article_ids):
            rows = connection.execute(select + placeholders(batch), (int(value), *batch))
            changed += [row[0] for row in rows]
        connection.executemany(update, ((int(value), article_id) for article_id in changed))
    return tuple(changed)


def set_place(connection: sqlite3.Connection, article_id: int, place: int) -> None:
    """Remember how far an article was read: a code point of its body, 0 for the beginning."""
    with transaction(connection):
        connection.execute(
            "UPDATE statuses SET place = ? WHERE article_id = ? AND place <> ?", (place, article_id, place)
        )


def place(connection: sqlite3.Connection, article_id: int) -> int:
    """How far an article was read: a code point of its body."""
    row = connection.execute("SELECT place FROM statuses WHERE article_id = ?", (article_id,)).fetchone()
    return int(row[0]) if row else 0


def remove(connection: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of the store, with its indexes; links to it wait again."""
    from .related import unrelate_article
    from .search import unindex_article

    gone = article(connection, article_id)
    with transaction(connection):
        unindex_article(connection, gone.position, gone.title, gone.body, gone.keywords)
        unrelate_article(connection, article_id)
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


_Value = TypeVar("_Value")


def batches(values: Iterable[_Value], size: int = _BATCH) -> Iterator[Sequence[_Value]]:
    """Cut an endless row of ids or the like into pieces that one statement can take."""
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch


def placeholders(values: Sequence[object]) -> str:
    """``(?, ?, …)`` for that many values."""
    return "(" + ", ".join("?" * len(values)) + ")"
