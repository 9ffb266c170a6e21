"""Whether a store is sound: the file, the ties between its tables, the index over its articles.

Only looks; what it finds is a list of lines. A copy of the whole store is made here too.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .database import errors_of
from .errors import StoreError
from .mending import MEND

_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What was looked at and found; ``problems`` is empty where all is well."""

    schema: int
    articles: int
    bytes: int
    is_index_current: bool
    problems: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """True where nothing is wrong."""
        return not self.problems


def health(connection: sqlite3.Connection, path: Path, *, is_thorough: bool = True) -> Health:
    """Examine a store; ``is_thorough`` reads every page of it (about a second for each 500 MB).

    Raises StoreError where it cannot even be counted.
    """
    from . import rebuild
    from .reindex import is_stale, verify

    problems: list[str] = []
    with errors_of(path):
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        articles = int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
        if is_thorough:
            problems += _pages(connection)
        problems += _ties(connection)
        problems += _counts(connection)
        problems += verify(connection)
        problems += rebuild.verify(connection)
        size = sum(file.stat().st_size for file in _files(path))
        return Health(schema, articles, size, not is_stale(connection), tuple(problems[:_MOST_PROBLEMS]))


def _files(path: Path) -> list[Path]:
    return [file for file in (path, path.with_name(path.name + "-wal")) if file.exists()]


def _pages(connection: sqlite3.Connection) -> list[str]:
    try:
        rows = connection.execute(f"PRAGMA quick_check({_MOST_PROBLEMS})").fetchall()
    except sqlite3.DatabaseError as error:
        return [f"file: {error}", RECOVER]
    found = [f"file: {line}" for (text,) in rows for line in str(text).splitlines() if line != "ok"]
    return [*found, RECOVER] if found else []


def _ties(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_PROBLEMS)
    return [
        f"{table} {row}: points to a missing row of {parent}; "
        + ("it stays, whatever became of its article" if table == "notes" else MEND)
        for table, row, parent, _ in rows
    ]


#: What to do about a damaged file, which no index made anew can mend.
RECOVER = "bring a backup back, or save what can be read: sqlite3 OLD .recover | sqlite3 NEW"
_EMPTY = "newsreader reindex leaves them empty: import their pages again"
#: What must not exist: (what it is and what to do, a count of it).
_NEVER = (
    (f"articles without a text; {_EMPTY}", "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM bodies b WHERE b.article_id = a.id)"),
    (f"articles without a status; {MEND}", "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM statuses s WHERE s.article_id = a.id)"),
    (f"statuses at a wrong place; {MEND}", "SELECT count(*) FROM statuses x JOIN articles a ON a.id = x.article_id WHERE a.position <> x.position"),
    (f"articles unknown to related items; {MEND}", "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM related_articles r WHERE r.article_id = a.id)"),
    (f"tags at a wrong place; {MEND}", "SELECT count(*) FROM article_tags x JOIN articles a ON a.id = x.article_id WHERE a.position <> x.position"),
    (f"muted articles at a wrong place; {MEND}", "SELECT count(*) FROM mutes x JOIN articles a ON a.id = x.article_id WHERE a.position <> x.position"),
)  # fmt: skip


def _counts(connection: sqlite3.Connection) -> list[str]:
    found = ((name, connection.execute(statement).fetchone()[0]) for name, statement in _NEVER)
    return [f"{count} {name}" for name, count in found if count]


def back_up(connection: sqlite3.Connection, target: Path, *, is_forced: bool = False) -> int:
    """Copy the whole store, as it is now, into one file; its size in bytes.

    Others may read and write meanwhile. The file takes its name when it is
    complete. Raises StoreError where it cannot be written, is the store, or is there already.
    """
    own = connection.execute("PRAGMA database_list").fetchone()[2]
    if target.exists():
        if os.path.samefile(target, own):
            raise StoreError(f"{target}: is the store itself")
        if not is_forced:
            raise StoreError(f"{target}: is there already")
    part = target.with_name(f"{target.name}.part-{os.getpid()}")
    is_query_only = connection.execute("PRAGMA query_only").fetchone()[0]
    try:
        # A connection that may change nothing may not even write another file.
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
        return target.stat().st_size
    except sqlite3.Error as error:
        raise StoreError(f"{target}: {error}") from error
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from error
    finally:
        connection.execute(f"PRAGMA query_only = {int(is_query_only)}")
        with suppress(OSError):
            part.unlink(missing_ok=True)
