"""The one place where an arriving, changing or moving article meets the indexes of the other rooms.

Search and related items each keep tables of their own; whoever changes an
article calls these, inside the transaction of the change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def _room(name: str) -> ModuleType | None:
    try:
        return import_module(f"store.{name}")
    except ModuleNotFoundError:
        return None


def arrived(
    connection: sqlite3.Connection,
    article_id: int,
    position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Make a new article findable and find its relatives."""
    if search := _room("search_index"):
        search.index_article(connection, article_id, position, title, body, keywords)
    if related := _room("related"):
        related.relate_article(connection, article_id)


def leaves(
    connection: sqlite3.Connection,
    article_id: int,
    position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Take an article's former text out of the indexes; the values are those it came with."""
    if search := _room("search_index"):
        search.unindex_article(connection, position, title, body, keywords)
    if related := _room("related"):
        related.unrelate_article(connection, article_id)


def moved(
    connection: sqlite3.Connection,
    article_id: int,
    positions: tuple[int, int],
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Follow an article from ``positions[0]`` to ``positions[1]``; its date is another now."""
    if search := _room("search_index"):
        search.move_article(connection, *positions, title, body, keywords)
    if related := _room("related"):
        related.unrelate_article(connection, article_id)
        related.relate_article(connection, article_id)
