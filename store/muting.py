"""Mute rules: saved searches that mute what they find, when they are made and whenever something arrives.

Nothing is lost by a rule: its articles stay in the store, and come back when it ends, but for those another rule mutes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .arabic import label_key
from .articles import batches
from .database import errors_of, transaction
from .errors import NotFoundError, StoreError
from .muted import asks_for_muted, left_out
from .query_sql import plan
from .query_streams import positions
from .query_tree import Query
from .saved import (
    SavedSearch,
    forget,
    found_by,
    named,
    put,
    read,
    refuse_taken,
    save,
    saved_search,
    saved_searches,
)
from .spelling import resolve

_INSERT = (
    "INSERT OR IGNORE INTO mutes(position, search_id, article_id) SELECT position, ?, id FROM articles WHERE "
)
#: What a change of a saved search may change; its place is changed by itself.
_IS_KEPT = ("query", "tag", "is_muting")
_FIELDS = ("name", *_IS_KEPT)


@dataclass(frozen=True, slots=True)
class Rule:
    """A saved search as it stood, and the ids of the articles it muted; none where it is no mute rule."""

    search: SavedSearch
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchChange:
    """What became of a saved search: as it stood before and after, None where there was none."""

    before: Rule | None
    after: Rule | None

    @property
    def articles(self) -> tuple[int, ...]:
        """Every article that the rule muted, or muted no longer."""
        before, after = (set(rule.articles) if rule else set() for rule in (self.before, self.after))
        return tuple(sorted(before ^ after))


class Mutes:
    """The door to mute rules, on one connection; reached as ``Store.mutes``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def mute(self, name: str, query: str) -> SearchChange:
        """Mute what a query finds, now and whenever something arrives. Raises QueryError, StoreError."""
        return mute(self._connection, name, query, now=int(time.time()))

    def end(self, name: str) -> SearchChange:
        """End a rule; its articles come back. Raises NotFoundError, StoreError for what is none."""
        return end(self._connection, name)

    def rules(self) -> tuple[str, ...]:
        """The names of the rules, in order."""
        with errors_of():
            return tuple(found.name for found in saved_searches(self._connection) if found.is_muting)

    def by(self, name: str) -> int:
        """How many articles a rule mutes."""
        return muted_by(self._connection, name)

    def left_out(self, query: Query, limit: int = 1000) -> int:
        """How many muted articles the list of a query leaves out, counted no further than ``limit`` + 1."""
        with errors_of():
            return left_out(self._connection, query, limit)


def mute(
    connection: sqlite3.Connection, name: str, query: str, tag: str | None = None, *, now: int
) -> SearchChange:
    """Make a mute rule of that name, in place of a saved search of that name; it mutes what it finds now.

    Raises QueryError for a query that cannot be read, StoreError for one that no rule can have.
    """
    found = would_mute(connection, query, now)
    with transaction(connection):
        before = rule(connection, name)
        search = save(connection, name, query, tag, is_muting=True, now=now)
        _write(connection, search.name, found)
        return SearchChange(before, Rule(search, found))


def end(connection: sqlite3.Connection, name: str) -> SearchChange:
    """End a mute rule: it stays as a saved search, and mutes nothing. Raises NotFoundError, StoreError for no rule."""
    with transaction(connection):
        found = saved_search(connection, name)
        if not found.is_muting:
            raise StoreError(f"{found.name}: mutes nothing")
        before = rule(connection, name)
        after = replace(found, is_muting=False)
        put(connection, after)
        return SearchChange(before, Rule(after))


def take_back(connection: sqlite3.Connection, change: SearchChange) -> SearchChange:
    """Take back what a change changed, and nothing that happened since; what that did, to be taken back in turn.

    Raises StoreError where what it changed was changed again since, or its name is another's; NotFoundError where the
    saved search is gone.
    """
    with transaction(connection):
        if change.after is None:
            return _brought_back(connection, change.before)
        current = rule(connection, change.after.search.name)
        if change.before is None:
            if current is not None:
                _refuse_if_other(current.search, change.after.search, _IS_KEPT)
                forget(connection, current.search.name)
            return SearchChange(current, None)
        if current is None:
            raise NotFoundError(f"no saved search {change.after.search.name}")
        before, after = change.before.search, change.after.search
        changed = {field for field in _FIELDS if getattr(before, field) != getattr(after, field)}
        _refuse_if_other(current.search, after, changed)
        search = replace(current.search, **{field: getattr(before, field) for field in changed})
        old, key = label_key(current.search.name), label_key(search.name)
        if old != key:
            refuse_taken(connection, search.name)
        articles = _articles(search, change, current)
        connection.execute("UPDATE searches SET key = ? WHERE key = ?", (key, old))
        put(connection, search)
        _write(connection, search.name, articles)
        return SearchChange(current, rule(connection, search.name))


def _brought_back(connection: sqlite3.Connection, gone: Rule | None) -> SearchChange:
    """Have a search that was forgotten, with what it muted."""
    if gone is None:
        return SearchChange(None, None)
    refuse_taken(connection, gone.search.name)
    put(connection, gone.search)
    _write(connection, gone.search.name, gone.articles)
    return SearchChange(None, rule(connection, gone.search.name))


def _refuse_if_other(current: SavedSearch, left: SavedSearch, fields: Iterable[str]) -> None:
    """Raise StoreError where one of these fields is no longer what a change left."""
    if any(getattr(current, field) != getattr(left, field) for field in fields):
        raise StoreError(f"{current.name}: was changed again since")


def _articles(search: SavedSearch, change: SearchChange, current: Rule) -> Iterable[int]:
    """What a search mutes when a change is taken back: what came since stays muted where it asks what it asked."""
    before, after = (set(one.articles) if one else set() for one in (change.before, change.after))
    if not search.is_muting:
        return ()
    if current.search.query == search.query:
        return (before | set(current.articles)) - (after - before)
    return before


def would_mute(connection: sqlite3.Connection, query: str, now: int) -> tuple[int, ...]:
    """The articles that a rule would mute now, newest first; raises StoreError for what no rule can ask."""
    asked = read(connection, query, now)
    refuse_as_rule(asked)
    found = positions(connection, plan(connection, resolve(connection, asked)[0].root), limit=2**62)
    return tuple(
        row[0]
        for position in found
        for row in connection.execute("SELECT id FROM articles WHERE position = ?", (position,))
    )


def refuse_as_rule(query: Query) -> None:
    """Raise StoreError for a query that would mute everything, or that asks what is muted."""
    if query.root is None:
        raise StoreError("a mute rule needs something to look for")
    if asks_for_muted(query.root):
        raise StoreError("a mute rule cannot ask for is:muted")


def mute_arrivals(
    connection: sqlite3.Connection, article_ids: Iterable[int], now: int
) -> tuple[tuple[int, str], ...]:
    """Mute what has arrived and a rule finds; (article, name of the rule) for each."""
    arrived = list(article_ids)
    rules = [search for search in saved_searches(connection) if search.is_muting]
    done: list[tuple[int, str]] = []
    with transaction(connection):
        for search in rules if arrived else ():
            found = found_by(connection, search, arrived, now)
            _add(connection, search.name, found)
            done += [(article_id, search.name) for article_id in found]
    return tuple(done)


def mute_by(connection: sqlite3.Connection, article_id: int, names: Iterable[str]) -> None:
    """Mute an article by those of the named rules that are rules here: it was muted by them elsewhere or before."""
    with transaction(connection):
        for name in names:
            found = named(connection, name)
            if found is not None and found.is_muting:
                _add(connection, name, [article_id])


def muted_by(connection: sqlite3.Connection, name: str) -> int:
    """How many articles a rule mutes."""
    with errors_of():
        row = connection.execute(
            "SELECT count(*) FROM mutes m JOIN searches s ON s.id = m.search_id WHERE s.key = ?",
            (label_key(name),),
        ).fetchone()
    return int(row[0])


def rule(connection: sqlite3.Connection, name: str) -> Rule | None:
    """The saved search of that name as it stands, with what it mutes; None for none."""
    found = named(connection, name)
    if found is None:
        return None
    rows = connection.execute(
        "SELECT m.article_id FROM mutes m JOIN searches s ON s.id = m.search_id WHERE s.key = ?",
        (label_key(name),),
    )
    return Rule(found, tuple(row[0] for row in rows))


def _write(connection: sqlite3.Connection, name: str, article_ids: Iterable[int]) -> None:
    """Have a rule mute just these."""
    connection.execute("DELETE FROM mutes WHERE search_id = ?", (_id(connection, name),))
    _add(connection, name, article_ids)


def _add(connection: sqlite3.Connection, name: str, article_ids: Iterable[int]) -> None:
    search = _id(connection, name)
    for batch in batches(article_ids):
        connection.executemany(_INSERT + "id = ?", [(search, article_id) for article_id in batch])


def _id(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM searches WHERE key = ?", (label_key(name),)).fetchone()
    return int(row[0])
