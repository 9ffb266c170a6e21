"""Tables made anew beside those that answer: under other names, batch by batch, put in their place when they are whole.

What the rooms write by their own statements goes into the new tables through
:class:`Beside`. What changes meanwhile in the tables that answer is noted by
triggers, whoever changes it, and done to the new ones at the end.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from .related_schema import TABLES

_SUFFIX = "_next"
_NAMES = re.compile(r"\b(" + "|".join(TABLES) + r")\b")
#: A row may outlive its article until that is done to the new tables: they are tied to nothing.
_TIES = re.compile(r' REFERENCES "?\w+"?\(\w+\)(?: ON \w+ \w+)*')
_MADE = "SELECT name, sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL"
#: The articles whose rows have changed.
_CHANGED = "related_changed"
_TRIGGERS = {
    "related_arrived": "AFTER INSERT ON related_articles"
    " BEGIN INSERT OR IGNORE INTO related_changed VALUES (new.article_id)",
    "related_left": "AFTER DELETE ON related_articles"
    " BEGIN INSERT OR IGNORE INTO related_changed VALUES (old.article_id)",
    # Which headline it was is known only now.
    "title_left": "AFTER DELETE ON title_sketches BEGIN DELETE FROM title_sketches_next"
    " WHERE sketch = old.sketch AND article_id = old.article_id",
}


@lru_cache(maxsize=256)
def _renamed(sql: str) -> str:
    return _NAMES.sub(rf"\g<1>{_SUFFIX}", sql)


class Beside:
    """A connection on which the names of the tables mean the new ones."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        """As of sqlite3."""
        return self._connection.execute(_renamed(sql), values)

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        """As of sqlite3."""
        return self._connection.executemany(_renamed(sql), rows)

    @property
    def in_transaction(self) -> bool:
        """As of sqlite3."""
        return self._connection.in_transaction


def beside(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, writing into the new tables."""
    return cast(sqlite3.Connection, Beside(connection))


def is_there(connection: sqlite3.Connection) -> bool:
    """Whether the new tables are there, all of them."""
    wanted = [_CHANGED, *_TRIGGERS, *(name + _SUFFIX for name in TABLES)]
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", wanted)  # noqa: S608
    return bool(found.fetchone()[0] == len(wanted))


def make(connection: sqlite3.Connection) -> None:
    """Make the new tables, empty, in place of any that were begun; part of the caller's transaction."""
    drop(connection)
    for table in TABLES:
        for kind in ("table", "index"):
            for name, sql in connection.execute(_MADE, (kind, table)).fetchall():
                connection.execute(_TIES.sub("", _other(sql, name, table)))
    connection.execute(f"CREATE TABLE {_CHANGED}(article_id INTEGER PRIMARY KEY)")
    for name, what in _TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER {name} {what}; END")


def _other(sql: str, name: str, table: str) -> str:
    """What makes a table or an index, under the other names; SQLite puts those it has renamed in quotation marks."""
    for one in {name, table}:
        sql = re.sub(rf'"?\b{one}\b"?', one + _SUFFIX, sql, count=1)
    return sql


def drop(connection: sqlite3.Connection) -> None:
    """Drop the new tables, where there are any."""
    for name in _TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    for name in (_CHANGED, *(table + _SUFFIX for table in TABLES)):
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def changed(connection: sqlite3.Connection, most: int) -> list[int]:
    """Some of the articles that have come, gone or changed meanwhile; each is told once."""
    found = [row[0] for row in connection.execute(f"SELECT article_id FROM {_CHANGED} LIMIT ?", (most,))]  # noqa: S608
    connection.executemany(f"DELETE FROM {_CHANGED} WHERE article_id = ?", [(one,) for one in found])  # noqa: S608
    return found


def put_in_place(connection: sqlite3.Connection) -> None:
    """Put the new tables in the place of those that have answered until now; part of the caller's transaction."""
    for name in _TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    made = {
        table: [connection.execute(_MADE, (kind, table)).fetchall() for kind in ("table", "index")]
        for table in TABLES
    }
    for table in TABLES:
        connection.execute(f"DROP TABLE {table}")
    for table in reversed(TABLES):
        (sql,), indexes = [row[1] for row in made[table][0]], made[table][1]
        if _TIES.search(sql):
            _copy(connection, table, sql)
        else:
            connection.execute(f"ALTER TABLE {table}{_SUFFIX} RENAME TO {table}")
            for name, _sql in indexes:
                connection.execute(f"DROP INDEX {name}{_SUFFIX}")
        for _name, sql in indexes:
            connection.execute(sql)
    drop(connection)


def _copy(connection: sqlite3.Connection, table: str, sql: str) -> None:
    """A table that is tied to others is made with its ties: SQLite adds none to one that is there."""
    connection.execute(sql)
    connection.execute(
        f"INSERT INTO {table} SELECT * FROM {table}{_SUFFIX} WHERE article_id IN (SELECT id FROM articles)"  # noqa: S608
    )
