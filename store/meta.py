"""Small things the store remembers by name: versions, the last session, hints already given."""

from __future__ import annotations

import sqlite3

from .database import transaction


def value(connection: sqlite3.Connection, key: str) -> str | None:
    """What is kept under that name, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_value(connection: sqlite3.Connection, key: str, text: str) -> None:
    """Keep a text under a name, in place of what was kept there."""
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", (key, text))
