"""Small facts the program keeps for itself between runs: JSON values under names, in ``meta``."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from .database import transaction

_PREFIX = "remembered."


def recall(connection: sqlite3.Connection, name: str) -> Any:
    """The value kept under that name, or None; what cannot be read counts as not kept."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_PREFIX + name,)).fetchone()
    if row is None:
        return None
    try:
        return json.loads(row[0])
    except (ValueError, TypeError, RecursionError):
        return None


def remember(connection: sqlite3.Connection, name: str, value: Any) -> None:
    """Keep a JSON value under a name; writes nothing where it is kept already."""
    text = json.dumps(value, ensure_ascii=False)
    with transaction(connection):
        connection.execute(
            "INSERT INTO meta(key, value) VALUES (?, ?)"
            " ON CONFLICT(key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
            (_PREFIX + name, text),
        )
