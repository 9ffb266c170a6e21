"""A small archive for tests of search: rows as an import writes them, with ids from 1 and one day between."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from store import database, query, search
from store.arabic import label_key

#: 2023-09-01 00:00 UTC: when the first article appeared.
FIRST = 1693526400
DAY = 86400


@dataclass(frozen=True)
class Entry:
    """One article; ``day`` counts from FIRST, None is undated."""

    title: str
    body: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    outlet: str = "وكالة"
    tags: tuple[str, ...] = ()
    agency: str = ""
    is_unread: bool = True
    is_starred: bool = False
    is_dated: bool = True


def archive(folder: Path, entries: Sequence[Entry | str]) -> sqlite3.Connection:
    """A store of these articles, the first the oldest; a text alone is a headline."""
    connection = database.connect(folder / "archive.db")
    with database.transaction(connection):
        for number, entry in enumerate(entries, start=1):
            add(connection, number, entry if isinstance(entry, Entry) else Entry(entry))
    return connection


def add(connection: sqlite3.Connection, number: int, entry: Entry) -> None:
    """Write one article: id ``number``, position ten times that."""
    position = number * 10
    connection.execute(
        "INSERT INTO articles(id, position, title, title_key, published, published_precision, outlet_id, keywords,"
        " origin, identity, added) VALUES (?, ?, ?, '', ?, 'day', ?, ?, '', ?, 0)",
        (
            number,
            position,
            entry.title,
            FIRST + (number - 1) * DAY if entry.is_dated else None,
            _named(connection, "outlets", entry.outlet),
            json.dumps(entry.keywords),
            str(number),
        ),
    )
    connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, "\n".join(entry.body)))
    connection.execute(
        "INSERT INTO statuses(article_id, position, is_unread, is_starred) VALUES (?, ?, ?, ?)",
        (number, position, entry.is_unread, entry.is_starred),
    )
    for tag in entry.tags:
        connection.execute(
            "INSERT INTO article_tags VALUES (?, ?, ?)", (_named(connection, "tags", tag), position, number)
        )
    if entry.agency:
        row = (_named(connection, "agencies", entry.agency), position, number)
        connection.execute("INSERT INTO article_agencies VALUES (?, ?, ?)", row)
    search.index_article(connection, number, position, entry.title, entry.body, entry.keywords)


def _named(connection: sqlite3.Connection, table: str, name: str) -> int:
    statements = {
        "outlets": "INSERT OR IGNORE INTO outlets(name, key) VALUES (?, ?)",
        "tags": "INSERT OR IGNORE INTO tags(name, key) VALUES (?, ?)",
        "agencies": "INSERT OR IGNORE INTO agencies(name, key) VALUES (?, ?)",
    }
    ids = {
        "outlets": "SELECT id FROM outlets WHERE name = ?",
        "tags": "SELECT id FROM tags WHERE name = ?",
        "agencies": "SELECT id FROM agencies WHERE name = ?",
    }
    connection.execute(statements[table], (name, label_key(name)))
    return int(connection.execute(ids[table], (name,)).fetchone()[0])


def ids(connection: sqlite3.Connection, text: str, limit: int = 50) -> list[int]:
    """The articles a query finds, in the order of its list; «now» is noon on day 10."""
    asked = query.parse(text, FIRST + 10 * DAY + DAY // 2)
    return [row.id for row in search.page(connection, asked, limit=limit).rows]
