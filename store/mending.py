"""What other programs or a broken disk did to the tables, put right as far as it follows from the articles.

The file is open to every SQLite tool, and most of them know nothing of its
foreign keys. :mod:`store.health` tells what is wrong; this is what
``newsreader reindex`` does about it before it makes the indexes anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial

from .database import transaction

#: What is told of whatever this puts right.
MEND = "newsreader reindex mends it"
#: Tables whose rows stand at the position of their article, under a key that the position is part of.
_PLACED = ("statuses", "article_tags", "article_keywords", "article_agencies", "feed_articles", "mutes")
#: What a person wrote is kept whatever became of its article.
_KEPT = frozenset(["notes"])
#: What belongs to a row that is gone may belong to others that go with it.
_ROUNDS = 5


def mend(connection: sqlite3.Connection, should_stop: Callable[[], bool] | None = None) -> int:
    """Put right what is wrong with the ties between the tables; how many rows were changed.

    The position of an article is the one in its own row. What points to a row that is gone goes too, or points to
    nothing, but notes stay. An article without a status is unread, one without a text is empty. Each step is a
    transaction of its own, and ``should_stop`` is asked between them: what is left is done the next time.
    """
    changed = 0
    steps: list[Callable[[sqlite3.Connection], int]] = [partial(_place, table=table) for table in _PLACED]
    for step in (*steps, _place_notes, _cut_loose_ends, _add_missing):
        if should_stop and should_stop():
            break
        with transaction(connection):
            changed += step(connection)
    return changed


def _place_notes(connection: sqlite3.Connection) -> int:
    return connection.execute(
        "UPDATE notes SET position = (SELECT a.position FROM articles a WHERE a.id = article_id) WHERE EXISTS"
        " (SELECT 1 FROM articles a WHERE a.id = article_id AND a.position <> notes.position)"
    ).rowcount


def _add_missing(connection: sqlite3.Connection) -> int:
    return sum(connection.execute(statement).rowcount for statement in _MISSING)


_MISSING = (
    "INSERT INTO statuses(article_id, position) SELECT id, position FROM articles a"
    " WHERE NOT EXISTS (SELECT 1 FROM statuses s WHERE s.article_id = a.id)",
    "INSERT INTO bodies(article_id, text) SELECT id, '' FROM articles a"
    " WHERE NOT EXISTS (SELECT 1 FROM bodies b WHERE b.article_id = a.id)",
)


def _place(connection: sqlite3.Connection, table: str) -> int:
    """Put rows at the position of their article: all away first, for two may have changed places.

    A row of an article that is gone gives way where it holds the place.
    """
    names = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    columns = ", ".join("a.position" if name == "position" else f"t.{name}" for name in names)
    wrong = connection.execute(
        f"SELECT {columns} FROM {table} t JOIN articles a ON a.id = t.article_id AND a.position <> t.position"  # noqa: S608
    ).fetchall()
    if not wrong:
        return 0
    connection.execute(
        f"DELETE FROM {table} WHERE EXISTS"  # noqa: S608
        f" (SELECT 1 FROM articles a WHERE a.id = {table}.article_id AND a.position <> {table}.position)"
    )
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT OR REPLACE INTO {table}({', '.join(names)}) VALUES ({marks})", wrong)  # noqa: S608
    return len(wrong)


def _cut_loose_ends(connection: sqlite3.Connection) -> int:
    """Delete what points to a row that is gone, or let it point to nothing where it may."""
    changed = 0
    for _ in range(_ROUNDS):
        broken = {(row[0], row[3]) for row in connection.execute("PRAGMA foreign_key_check")}
        done = sum(_cut(connection, table, key) for table, key in sorted(broken) if table not in _KEPT)
        changed += done
        if not done:
            break
    return changed


def _cut(connection: sqlite3.Connection, table: str, key: int) -> int:
    ties = {row[0]: row for row in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,))}
    parent, own, theirs = ties[key][2], ties[key][3], ties[key][4]
    may_be_null = connection.execute(
        'SELECT NOT "notnull" AND NOT pk FROM pragma_table_info(?) WHERE name = ?', (table, own)
    ).fetchone()[0]
    what = ("UPDATE", table, "SET", own, "= NULL") if may_be_null else ("DELETE FROM", table)
    loose = ("WHERE", own, "IS NOT NULL AND", own, "NOT IN (SELECT", theirs, "FROM", parent, ")")
    return connection.execute(" ".join([*what, *loose])).rowcount


# Full-text tables


def drop_index(connection: sqlite3.Connection, table: str, columns: int = 0) -> None:
    """Drop a full-text table, also where tables of its own are damaged or gone; ``columns`` of text that it keeps.

    SQLite opens such a table to drop it, and will not where it is not whole: so what is missing is made first.
    """
    try:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    except sqlite3.DatabaseError:
        for statement in _own_tables(table, columns):
            connection.execute(statement)
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for part in ("data", "idx", "docsize", "config", "content"):
        connection.execute(f"DROP TABLE IF EXISTS {table}_{part}")


def _own_tables(table: str, columns: int) -> Iterable[str]:
    """The tables that FTS5 keeps a table in (https://www.sqlite.org/fts5.html, section 9)."""
    yield f"CREATE TABLE IF NOT EXISTS {table}_data(id INTEGER PRIMARY KEY, block BLOB)"
    # An index of nothing: its averages, and its structure of no level and no segment.
    yield f"REPLACE INTO {table}_data(id, block) VALUES (1, x''), (10, x'00000000000000')"  # noqa: S608
    yield f"CREATE TABLE IF NOT EXISTS {table}_idx(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID"
    yield f"CREATE TABLE IF NOT EXISTS {table}_docsize(id INTEGER PRIMARY KEY, sz BLOB)"
    yield f"CREATE TABLE IF NOT EXISTS {table}_config(k PRIMARY KEY, v) WITHOUT ROWID"
    yield f"REPLACE INTO {table}_config(k, v) VALUES ('version', 4)"  # noqa: S608
    if columns:
        names = ", ".join(f"c{n}" for n in range(columns))
        yield f"CREATE TABLE IF NOT EXISTS {table}_content(id INTEGER PRIMARY KEY, {names})"


def is_whole(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a full-text table is there and can be opened and looked into."""
    return trouble_of(lambda: connection.execute(f"SELECT rowid FROM {table} LIMIT 1").fetchone()) == ""  # noqa: S608


def trouble_of(look: Callable[[], object]) -> str:
    """What SQLite says of a damage, or nothing where there is none; raises what is no damage, as a store in use."""
    try:
        look()
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise
        return text
    return ""
