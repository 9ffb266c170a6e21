"""Tags: our own marks on articles, set by hand, by a script over SSH, or by a saved search.

A tag's name is kept as first written; names that fold alike (أوكرانيا,
اوكرانيا) are one tag, so that nobody ends up with two halves of a collection.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable

from .arabic import label_key
from .articles import batches, placeholders
from .database import transaction
from .errors import NotFoundError, StoreError
from .models import TagChange, TagCount

#: Longest name of a tag, in code points: one row of a narrow terminal.
LONGEST_TAG = 64


def tag_name(text: str) -> str:
    """A tag's name as it is stored: NFC, one blank between words, nothing that is not shown.

    Raises StoreError where nothing is left, or where the name is longer than LONGEST_TAG.
    """
    kept = "".join(
        " " if unicodedata.category(char).startswith("Z") else char
        for char in unicodedata.normalize("NFC", text).replace("\t", " ").replace("\n", " ")
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char == "\u200c"
    )
    name = " ".join(kept.split()).lstrip("#+-").strip()
    if not label_key(name):
        raise StoreError(f"not a name for a tag: {text!r}")
    if len(name) > LONGEST_TAG:
        raise StoreError(f"a tag has at most {LONGEST_TAG} letters: {name[:20]}…")
    return name


def change_tags(
    connection: sqlite3.Connection,
    article_ids: Iterable[int],
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> TagChange:
    """Add and remove tags on articles in one transaction; what really changed is returned.

    Raises NotFoundError for an article that is not there (and then changes nothing),
    StoreError for a name that cannot be one.
    """
    wanted = list(dict.fromkeys(article_ids))
    to_add = [tag_name(name) for name in add]
    to_remove = [tag_name(name) for name in remove]
    added: list[tuple[int, str]] = []
    removed: list[tuple[int, str]] = []
    with transaction(connection):
        positions = _positions(connection, wanted)
        for name in to_add:
            tag_id, kept = _tag(connection, name)
            added += [
                (article_id, kept)
                for article_id in wanted
                if connection.execute(
                    "INSERT OR IGNORE INTO article_tags(tag_id, position, article_id) VALUES (?, ?, ?)",
                    (tag_id, positions[article_id], article_id),
                ).rowcount
            ]
        for name in to_remove:
            found = _find(connection, name)
            if found is None:
                continue
            removed += [
                (article_id, found[1])
                for article_id in wanted
                if connection.execute(
                    "DELETE FROM article_tags WHERE tag_id = ? AND position = ?",
                    (found[0], positions[article_id]),
                ).rowcount
            ]
        _forget_unused(connection, (name for _, name in removed))
    return TagChange(tuple(added), tuple(removed))


def tags(connection: sqlite3.Connection) -> tuple[TagCount, ...]:
    """All tags with the number of their articles and of the unread among them, by name."""
    rows = connection.execute(
        """SELECT t.name, count(*), sum(s.is_unread)
           FROM tags t JOIN article_tags x ON x.tag_id = t.id JOIN statuses s ON s.article_id = x.article_id
           GROUP BY t.id ORDER BY t.name"""
    )
    return tuple(TagCount(name, articles, unread) for name, articles, unread in rows)


def completions(connection: sqlite3.Connection, beginning: str, limit: int = 20) -> tuple[str, ...]:
    """Names of tags that begin so, in any spelling; all of them for an empty beginning."""
    key = label_key(beginning)
    if beginning.strip() and not key:
        return ()
    rows = connection.execute(
        "SELECT name FROM tags WHERE substr(key, 1, ?) = ? ORDER BY name LIMIT ?", (len(key), key, limit)
    )
    return tuple(name for (name,) in rows)


def rename_tag(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Give a tag another name; joined with the tag of that name where there is one already.

    Raises NotFoundError where there is no tag ``old``.
    """
    name = tag_name(new)
    with transaction(connection):
        found = _find(connection, tag_name(old))
        if found is None:
            raise NotFoundError(f"no tag {old}")
        other = _find(connection, name)
        if other is None or other[0] == found[0]:
            connection.execute(
                "UPDATE tags SET name = ?, key = ? WHERE id = ?", (name, label_key(name), found[0])
            )
            return
        connection.execute(
            "UPDATE OR IGNORE article_tags SET tag_id = ? WHERE tag_id = ?", (other[0], found[0])
        )
        connection.execute("DELETE FROM tags WHERE id = ?", (found[0],))


def _tag(connection: sqlite3.Connection, name: str) -> tuple[int, str]:
    found = _find(connection, name)
    if found is not None:
        return found
    cursor = connection.execute("INSERT INTO tags(name, key) VALUES (?, ?)", (name, label_key(name)))
    return int(cursor.lastrowid or 0), name


def _find(connection: sqlite3.Connection, name: str) -> tuple[int, str] | None:
    row = connection.execute("SELECT id, name FROM tags WHERE key = ?", (label_key(name),)).fetchone()
    return (int(row[0]), str(row[1])) if row else None


_POSITIONS = "SELECT id, position FROM articles WHERE id IN "


def _positions(connection: sqlite3.Connection, article_ids: list[int]) -> dict[int, int]:
    positions: dict[int, int] = {}
    for batch in batches(article_ids):
        positions.update(connection.execute(_POSITIONS + placeholders(batch), batch))
    for article_id in article_ids:
        if article_id not in positions:
            raise NotFoundError(f"no article {article_id} in this store")
    return positions


def _forget_unused(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    for name in set(names):
        connection.execute(
            "DELETE FROM tags WHERE name = ? AND NOT EXISTS (SELECT 1 FROM article_tags WHERE tag_id = tags.id)",
            (name,),
        )
