"""Where links lead: found by the key of their headlines whenever it is asked, so neither side waits for the other.

A link says whose headline it names (``links.key``); the article of that
headline is its target from the moment both are here. Nothing has to be
written for it, where closing a link that waits would change a page of the
table for every link. Only what a key does not tell is stored
(``links.target_id``): an article on the same page, a headline in another
spelling, an article that was called so before.

Keys are as good as random, so an index of all of them is written all over.
Here it is made of parts, each for so many articles as fit into the cache:
an import writes to the newest part alone, a question goes through all parts.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

#: Articles of one part of an index, as a power of two.
PART = 14

#: ``title_is_derived = 0`` and not ``NOT``: so the index by headline gives the oldest at once.
VIEW = """CREATE VIEW link_targets AS
    SELECT from_id, ordinal, kind, title, key, coalesce(target_id, (
        SELECT a.id FROM articles a WHERE a.title_key = links.key AND links.key <> 0
            AND a.title_is_derived = 0 AND a.id <> links.from_id ORDER BY a.id LIMIT 1
    )) AS target FROM links"""
CREATE = (
    "DROP INDEX links_waiting",
    f"CREATE INDEX links_by_key ON links(from_id >> {PART}, key) WHERE target_id IS NULL AND key <> 0",
    VIEW,
    "ALTER TABLE link_sketches RENAME TO link_sketches_before",
    """CREATE TABLE link_sketches(
        part INTEGER NOT NULL,
        sketch INTEGER NOT NULL,
        key INTEGER NOT NULL,
        from_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        PRIMARY KEY(part, sketch, key, from_id, ordinal)
    ) WITHOUT ROWID""",
    f"""INSERT INTO link_sketches
    SELECT s.from_id >> {PART}, s.sketch, l.key, s.from_id, s.ordinal FROM link_sketches_before s
    JOIN links l ON l.from_id = s.from_id AND l.ordinal = s.ordinal WHERE l.target_id IS NULL ORDER BY 1, 2, 3, 4""",  # noqa: S608
    "DROP TABLE link_sketches_before",
)

_STORED = "SELECT from_id, ordinal, title FROM links WHERE target_id = ?"
_NAMED = f"""
SELECT l.from_id, l.ordinal, l.title FROM links l
WHERE (l.from_id >> {PART}) = :part AND l.key = :key AND l.target_id IS NULL AND l.key <> 0 AND l.from_id <> :id
AND NOT EXISTS (
    SELECT 1 FROM articles b
    WHERE b.title_key = :key AND b.title_is_derived = 0 AND b.id < :id AND b.id <> l.from_id
)
"""  # noqa: S608


def parts(connection: sqlite3.Connection) -> range:
    """The parts of the indexes of links."""
    newest = connection.execute("SELECT max(from_id) FROM links").fetchone()[0]
    return range(0 if newest is None else (newest >> PART) + 1)


class Pointer(NamedTuple):
    """A link that leads to an article, by where it stands and as it is written there."""

    from_id: int
    ordinal: int
    title: str


def pointing_to(connection: sqlite3.Connection, article_id: int) -> list[Pointer]:
    """The links that lead to an article, in the order of the articles they are on."""
    found = {Pointer(*row) for row in connection.execute(_STORED, (article_id,))}
    return sorted(found.union(_by_key(connection, article_id)))


def _by_key(connection: sqlite3.Connection, article_id: int) -> list[Pointer]:
    row = connection.execute(
        "SELECT title_key FROM articles WHERE id = ? AND NOT title_is_derived", (article_id,)
    ).fetchone()
    if row is None or not row[0]:
        return []
    return [
        Pointer(*found)
        for part in parts(connection)
        for found in connection.execute(_NAMED, {"part": part, "key": row[0], "id": article_id})
    ]


def hold(connection: sqlite3.Connection, article_id: int) -> None:
    """Keep the links that lead to an article by its headline, before that changes."""
    connection.executemany(
        "UPDATE links SET target_id = ? WHERE from_id = ? AND ordinal = ?",
        [(article_id, link.from_id, link.ordinal) for link in _by_key(connection, article_id)],
    )
