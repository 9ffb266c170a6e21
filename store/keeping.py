"""What a person does with saved searches: kept, renamed, made rules, put in order, forgotten; each of it can be taken back."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from .arabic import label_key
from .database import errors_of, transaction
from .errors import NotFoundError, StoreError
from .muting import SearchChange, rule, take_back
from .query_words import FIELD_NAME, field_of
from .saved import (
    SavedSearch,
    forget,
    named,
    read_as,
    refuse_taken,
    save,
    saved_search,
    saved_searches,
    set_places,
)
from .tags import tag_name

CREATE = ("ALTER TABLE searches ADD COLUMN place INTEGER NOT NULL DEFAULT 0",)
_QUOTED = '"[^"]*"|«[^»]*»|“[^”]*”|„[^“]*“'
#: Quotation marks a name is written between, the first of which it does not hold.
_MARKS = (('"', '"'), ("«", "»"), ("“", "”"))
#: A field with its value, as it stands in a query; and a phrase, in which there are none.
_VALUE = re.compile(rf"""({FIELD_NAME}):({_QUOTED}|[^\s()|"«»“”„]+)|{_QUOTED}""")


class Searches:
    """The door to saved searches, on one connection; reached as ``Store.searches``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[SavedSearch, ...]:
        """All of them, in their order."""
        with errors_of():
            return saved_searches(self._connection)

    def save(self, name: str, query: str) -> SearchChange:
        """Save a search under a name; one of that name looks for this from now on. Raises QueryError, StoreError."""
        if named(self._connection, name) is not None:
            return self.set_query(name, query)
        return self._change(name, lambda: save(self._connection, name, query, now=int(time.time())))

    def forget(self, name: str) -> SearchChange:
        """Forget one; what it tagged keeps its tags, what it muted is heard again. Raises NotFoundError."""
        return self._change(name, lambda: forget(self._connection, name))

    def rename(self, name: str, other: str) -> tuple[SearchChange, ...]:
        """Give one another name, also in those that name it (``saved:``). Raises NotFoundError, StoreError."""
        return rename(self._connection, name, other)

    def set_tag(self, name: str, tag: str) -> SearchChange:
        """What arrives and it finds is given a tag from now on; none with "". Raises NotFoundError, StoreError."""
        found = saved_search(self._connection, name)
        return self._set(replace(found, tag=tag_name(tag) if tag else None))

    def set_query(self, name: str, query: str) -> SearchChange:
        """Have one look for something else. Raises NotFoundError, QueryError, StoreError."""
        found = saved_search(self._connection, name)
        read_as(self._connection, name, query, int(time.time()))
        if found.is_muting:
            raise StoreError(f"{found.name}: mutes what it finds; :mute makes the rule anew")
        return self._set(replace(found, query=query.strip()))

    def order(self, names: Sequence[str]) -> tuple[str, ...]:
        """Have these stand first, in this order, then the others; by name again with none. The names as they stood before."""
        return put_in_order(self._connection, names)

    def order_again(self, names: Sequence[str]) -> tuple[str, ...]:
        """Have them stand as :meth:`order` told they did, without those that are gone since. The names as they stood before."""
        with transaction(self._connection):
            there = [name for name in names if named(self._connection, name) is not None]
            return put_in_order(self._connection, there)

    def naming(self, name: str) -> tuple[str, ...]:
        """The names of those whose queries name one (``saved:``)."""
        with errors_of():
            key = label_key(name)
            return tuple(one.name for one in saved_searches(self._connection) if _names(one.query, key))

    def take_back(self, change: SearchChange) -> SearchChange:
        """Have a search as it was before a change; that change the other way round."""
        return take_back(self._connection, change)

    def _set(self, search: SavedSearch) -> SearchChange:
        """Write a search that may be a rule, whose articles stay muted."""
        return self._change(search.name, partial(_write, self._connection, search))

    def _change(self, name: str, act: Callable[[], object]) -> SearchChange:
        with transaction(self._connection):
            before = rule(self._connection, name)
            act()
            return SearchChange(before, rule(self._connection, name))


def _write(connection: sqlite3.Connection, search: SavedSearch) -> None:
    connection.execute(
        "UPDATE searches SET query = ?, tag = ? WHERE key = ?",
        (search.query, search.tag, label_key(search.name)),
    )


def rename(connection: sqlite3.Connection, name: str, other: str) -> tuple[SearchChange, ...]:
    """Give a saved search another name, and have those name it so that named it before; what became of each."""
    with transaction(connection):
        before, new = rule(connection, name), tag_name(other)
        if before is None:
            raise NotFoundError(f"no saved search {name}")
        old, key = label_key(before.search.name), label_key(new)
        if key != old:
            refuse_taken(connection, new)
        connection.execute("UPDATE searches SET name = ?, key = ? WHERE key = ?", (new, key, old))
        changes = [SearchChange(before, rule(connection, new))]
        for one in saved_searches(connection) if key != old else ():
            if _names(one.query, old):
                was = rule(connection, one.name)
                _write(connection, replace(one, query=_renamed(one.query, old, new)))
                changes.append(SearchChange(was, rule(connection, one.name)))
        return tuple(changes)


def _names(query: str, key: str) -> bool:
    return any(_is_named(match, key) for match in _VALUE.finditer(query))


def _is_named(match: re.Match[str], key: str) -> bool:
    return match[1] is not None and field_of(match[1]) == "saved" and label_key(match[2]) == key


def _renamed(query: str, key: str, new: str) -> str:
    """The query with a saved search named otherwise; all else as it was written."""
    return _VALUE.sub(
        lambda match: f"{match[1]}:{_between_marks(new)}" if _is_named(match, key) else match[0], query
    )


def _between_marks(name: str) -> str:
    """A name as the query language reads it, also one that holds quotation marks; its key where it holds all of them."""
    opening, closing = next((marks for marks in _MARKS if marks[1] not in name), _MARKS[0])
    return f"{opening}{name if closing not in name else label_key(name)}{closing}"


def put_in_order(connection: sqlite3.Connection, names: Iterable[str]) -> tuple[str, ...]:
    """Have these searches stand first, in this order, then the others; by name again with none. How they stood before.

    Raises NotFoundError.
    """
    with transaction(connection):
        known = saved_searches(connection)
        first = [label_key(saved_search(connection, name).name) for name in names]
        keys = list(dict.fromkeys((*first, *(label_key(one.name) for one in known)))) if first else []
        set_places(connection, keys)
        return tuple(one.name for one in known) if any(one.place for one in known) else ()
