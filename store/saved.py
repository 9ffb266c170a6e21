"""Saved searches: a query with a name is a live list, and with a tag a rule for what arrives.

Also the history of searches. Names fold like tags: two spellings are one search.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from .arabic import label_key
from .articles import batches
from .database import transaction
from .errors import NotFoundError, QueryError, StoreError
from .query import parse
from .query_regex import watched
from .query_sql import test
from .query_streams import AT
from .query_tree import And, Is, Query, State
from .search import count
from .spelling import resolve
from .tags import change_tags, tag_name

CREATE = (
    """CREATE TABLE searches(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        tag TEXT
    )""",
    "CREATE TABLE search_history(query TEXT PRIMARY KEY, asked INTEGER NOT NULL, times INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX search_history_asked ON search_history(asked)",
)
#: Searches that are remembered; the oldest are forgotten first.
LONGEST_HISTORY = 1000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name; articles that arrive and match it are given ``tag``, where there is one, and muted where ``is_muting``.

    ``place`` orders the searches, from 1; 0 where they stand by name.
    """

    name: str
    query: str
    tag: str | None = None
    is_muting: bool = False
    place: int = 0


def read(connection: sqlite3.Connection, text: str, now: int) -> Query:
    """Read a query that may name saved searches; raises QueryError with place and reason."""
    return parse(text, now, partial(text_of, connection))


def read_as(connection: sqlite3.Connection, name: str, text: str, now: int) -> Query:
    """Read a query as the one a saved search of that name would have; raises QueryError also where it leads back to itself."""
    key = label_key(name)
    return parse(text, now, lambda other: text if label_key(other) == key else text_of(connection, other))


def text_of(connection: sqlite3.Connection, name: str) -> str | None:
    """The query that is saved under a name, in any spelling; None for none."""
    row = connection.execute("SELECT query FROM searches WHERE key = ?", (label_key(name),)).fetchone()
    return None if row is None else str(row[0])


def save(
    connection: sqlite3.Connection,
    name: str,
    query: str,
    tag: str | None = None,
    *,
    is_muting: bool = False,
    now: int = 0,
) -> SavedSearch:
    """Save a search, in place of one of that name and all it muted; a rule is made by :func:`store.muting.mute`.

    Raises QueryError for a query that cannot be read, StoreError for a name or tag that cannot be one.
    """
    read_as(connection, name, query, now)
    with transaction(connection):
        before = named(connection, name)
        place = before.place if before is not None else next_place(connection)
        kept = SavedSearch(tag_name(name), query.strip(), tag_name(tag) if tag else None, is_muting, place)
        put(connection, kept)
    return kept


def next_place(connection: sqlite3.Connection) -> int:
    """The place of a search that is new: the last, where they are in an order of somebody's own."""
    last = int(connection.execute("SELECT coalesce(max(place), 0) FROM searches").fetchone()[0])
    return last + 1 if last else 0


def set_places(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Have the searches stand in the order of these keys, which are those of all of them; by name with none."""
    with transaction(connection):
        connection.execute("UPDATE searches SET place = 0")
        connection.executemany("UPDATE searches SET place = ? WHERE key = ?", enumerate(keys, start=1))


def put(connection: sqlite3.Connection, kept: SavedSearch) -> None:
    """Write a search as it is, in place of one of that name and all it muted, also one that could be read only before."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO searches(name, key, query, tag, is_muting, place) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(key)"
            " DO UPDATE SET name = excluded.name, query = excluded.query, tag = excluded.tag,"
            " is_muting = excluded.is_muting, place = excluded.place",
            (kept.name, label_key(kept.name), kept.query, kept.tag, kept.is_muting, kept.place),
        )
        connection.execute(
            "DELETE FROM mutes WHERE search_id = (SELECT id FROM searches WHERE key = ?)",
            (label_key(kept.name),),
        )


def saved_searches(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """All saved searches, in their order."""
    rows = connection.execute("SELECT name, query, tag, is_muting, place FROM searches ORDER BY place, key")
    return tuple(_saved(row) for row in rows)


def saved_search(connection: sqlite3.Connection, name: str) -> SavedSearch:
    """The saved search of that name, in any spelling; raises NotFoundError."""
    found = named(connection, name)
    if found is None:
        raise NotFoundError(f"no saved search {name}")
    return found


def named(connection: sqlite3.Connection, name: str) -> SavedSearch | None:
    """The saved search of that name, in any spelling, or None."""
    row = connection.execute(
        "SELECT name, query, tag, is_muting, place FROM searches WHERE key = ?", (label_key(name),)
    ).fetchone()
    return None if row is None else _saved(row)


def _saved(row: tuple[str, str, str | None, int, int]) -> SavedSearch:
    name, query, tag, is_muting, place = row
    return SavedSearch(name, query, tag, bool(is_muting), place)


def refuse_taken(connection: sqlite3.Connection, name: str) -> None:
    """Raise StoreError where a saved search has that name already."""
    if named(connection, name) is not None:
        raise StoreError(f"{name}: another saved search has this name")


def forget(connection: sqlite3.Connection, name: str) -> SavedSearch:
    """Remove a saved search; what it tagged keeps its tags, what it muted is heard again. Raises NotFoundError."""
    gone = saved_search(connection, name)
    with transaction(connection):
        connection.execute("DELETE FROM searches WHERE key = ?", (label_key(name),))
    return gone


def unread(connection: sqlite3.Connection, search: SavedSearch, now: int, limit: int = 1000) -> int:
    """How many unread articles a saved search finds; ``limit`` + 1 means more."""
    query = read(connection, search.query, now)
    nodes = (Is(State.UNREAD),) if query.root is None else (query.root, Is(State.UNREAD))
    return count(connection, replace(query, root=And(nodes)), limit)


def export_searches(connection: sqlite3.Connection) -> list[dict[str, str | bool | None]]:
    """All saved searches as plain values, for JSON, in their order."""
    return [
        {"name": s.name, "query": s.query, "tag": s.tag, "mute": s.is_muting}
        for s in saved_searches(connection)
    ]


def import_searches(connection: sqlite3.Connection, entries: Iterable[Mapping[str, object]], now: int) -> int:
    """Save what :func:`export_searches` gave, all or nothing; how many there were.

    They may name one another. They stand in the order they are given in, behind those that are there; where those stand
    by name and so do these, all do. Raises StoreError for an entry that is none or whose query cannot be read.
    """
    known = [_entry(number, entry) for number, entry in enumerate(entries, start=1)]
    given = list(dict.fromkeys(label_key(search.name) for search in known))
    with transaction(connection):
        there = saved_searches(connection)
        for number, search in enumerate(known, start=1):
            with _told_of(number, search):
                put(connection, replace(search, is_muting=False))
        if given != sorted(given) or any(one.place for one in there):
            set_places(connection, dict.fromkeys([*(label_key(one.name) for one in there), *given]))
        # When all are there: they may name one another, in any order.
        for number, search in enumerate(known, start=1):
            with _told_of(number, search):
                _check(connection, search, now)
    return len(known)


def _entry(number: int, entry: Mapping[str, object]) -> SavedSearch:
    name, query, tag = (entry.get(key) for key in ("name", "query", "tag"))
    if not isinstance(name, str) or not isinstance(query, str) or not isinstance(tag, str | None):
        raise StoreError(f"saved search {number}: name and query must be text")
    search = SavedSearch(name, query.strip(), tag or None, entry.get("mute") is True)
    with _told_of(number, search):
        return replace(search, name=tag_name(name), tag=tag_name(tag) if tag else None)


def _check(connection: sqlite3.Connection, search: SavedSearch, now: int) -> None:
    """Refuse what cannot be read; a rule begins to mute."""
    if search.is_muting:
        from .muting import mute

        mute(connection, search.name, search.query, search.tag, now=now)
    else:
        read(connection, search.query, now)


@contextmanager
def _told_of(number: int, search: SavedSearch) -> Iterator[None]:
    """Say which entry of an import it is that fails."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"saved search {number} ({search.name}): {error}") from error


def matching(connection: sqlite3.Connection, query: Query, article_ids: Iterable[int]) -> tuple[int, ...]:
    """Those of the articles that a query finds."""
    asked, _ = resolve(connection, query)
    condition = test(connection, asked.root if asked.root is not None else And(()))
    sql = " ".join(
        [
            "SELECT a.id FROM json_each(?) j JOIN articles a ON a.id = j.value WHERE",
            condition.sql.replace(AT, "a.position"),
        ]
    )
    found: list[int] = []
    for batch in batches(article_ids):
        with watched():
            found += (row[0] for row in connection.execute(sql, (json.dumps(list(batch)), *condition.values)))
    return tuple(found)


def found_by(
    connection: sqlite3.Connection, search: SavedSearch, article_ids: Iterable[int], now: int
) -> tuple[int, ...]:
    """Those of what has arrived that a rule finds.

    None where its query names a saved search that is gone, or has a pattern that
    takes too long: what arrives is worth more than the rule.
    """
    try:
        return matching(connection, read(connection, search.query, now), article_ids)
    except QueryError:
        return ()


def tag_arrivals(
    connection: sqlite3.Connection, article_ids: Iterable[int], now: int, *, is_dry_run: bool = False
) -> tuple[tuple[int, str], ...]:
    """Give what has arrived the tags of the saved searches that find it; (article, tag) for each new one.

    A dry run says what would be done, and does nothing.
    """
    arrived = list(article_ids)
    done: list[tuple[int, str]] = []
    with transaction(connection):
        for search in saved_searches(connection):
            if not search.tag or not arrived:
                continue
            found = found_by(connection, search, arrived, now)
            if is_dry_run:
                done += [
                    (article_id, search.tag) for article_id in _without_tag(connection, found, search.tag)
                ]
            else:
                done += change_tags(connection, found, add=[search.tag]).added
    return tuple(dict.fromkeys(done))


def _without_tag(connection: sqlite3.Connection, article_ids: Iterable[int], tag: str) -> list[int]:
    tagged = {
        row[0]
        for row in connection.execute(
            "SELECT x.article_id FROM article_tags x JOIN tags t ON t.id = x.tag_id WHERE t.key = ?",
            (label_key(tag),),
        )
    }
    return [article_id for article_id in article_ids if article_id not in tagged]


def remember(connection: sqlite3.Connection, query: str, now: int) -> None:
    """Note that a search was made, for the history."""
    text = " ".join(query.split())
    if not text:
        return
    with transaction(connection):
        connection.execute(
            "INSERT INTO search_history(query, asked, times) VALUES (?, ?, 1)"
            " ON CONFLICT(query) DO UPDATE SET asked = excluded.asked, times = times + 1",
            (text, now),
        )
        connection.execute(
            "DELETE FROM search_history WHERE query IN"
            " (SELECT query FROM search_history ORDER BY asked DESC LIMIT -1 OFFSET ?)",
            (LONGEST_HISTORY,),
        )


def history(connection: sqlite3.Connection, beginning: str = "", limit: int = 50) -> tuple[str, ...]:
    """Searches that were made, the latest first; those whose text begins so, in any spelling."""
    key = label_key(beginning)
    rows = connection.execute("SELECT query FROM search_history ORDER BY asked DESC, query")
    found = (query for (query,) in rows if label_key(query).startswith(key))
    return tuple(query for query, _ in zip(found, range(limit), strict=False))


def clear_history(connection: sqlite3.Connection) -> None:
    """Forget every search that was made."""
    with transaction(connection):
        connection.execute("DELETE FROM search_history")
