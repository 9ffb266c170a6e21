"""Muted articles in lists: left out of all of them but those that ask for ``is:muted``.

An article is muted by a row of ``mutes`` for each rule that does so, beside the article, which stays as it is: a list
tests each row it walks over, and a rule that ends takes its own rows and nothing else (:mod:`store.muting`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from .query_sql import plan
from .query_streams import counted
from .query_tree import And, Is, Node, Not, Or, Query, State
from .spelling import resolve

CREATE = (
    "ALTER TABLE searches ADD COLUMN is_muting INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE mutes(
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE ON DELETE CASCADE,
        search_id INTEGER NOT NULL REFERENCES searches(id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY(position, search_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX mutes_by_search ON mutes(search_id, article_id)",
    "CREATE INDEX mutes_by_article ON mutes(article_id)",
)

#: Narrows a list to what is not muted.
HEARD = Not(Is(State.MUTED))


def has_muted(connection: sqlite3.Connection) -> bool:
    """Whether any article is muted; where none is, lists are made as if there were no rules."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM mutes)").fetchone()[0])


def asks_for_muted(node: Node | None) -> bool:
    """Whether a tree asks whether articles are muted, in whichever place."""
    match node:
        case Is(State.MUTED):
            return True
        case Not():
            return asks_for_muted(node.node)
        case And() | Or():
            return any(asks_for_muted(child) for child in node.nodes)
        case _:
            return False


def listed(connection: sqlite3.Connection, query: Query) -> Query:
    """What a list of this query shows: less what is muted, unless it asks for that."""
    if asks_for_muted(query.root) or not has_muted(connection):
        return query
    return replace(query, root=_with(query.root, HEARD))


def left_out(connection: sqlite3.Connection, query: Query, limit: int) -> int:
    """How many articles a list leaves out as muted, counted no further than ``limit`` + 1."""
    if asks_for_muted(query.root) or not has_muted(connection):
        return 0
    asked, _ = resolve(connection, query)
    return counted(connection, plan(connection, _with(asked.root, Is(State.MUTED))), limit)


def _with(root: Node | None, narrowing: Node) -> Node:
    return narrowing if root is None else And((root, narrowing))
