"""Making the full-text index anew when the analysis chain has changed, and checking it.

The old index answers until the new one is whole. Progress is kept in
``meta`` with every batch, so that a stopped run goes on where it was, also
after a crash; what arrives meanwhile goes into both.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import suppress

from . import wordlist
from .arabic import CHAIN_VERSION
from .database import errors_of, transaction
from .errors import StoreBusyError
from .mending import MEND, drop_index, is_whole, trouble_of
from .notes import analyse_anew
from .positions import measure
from .query_fts import expression
from .query_tree import Part, Phrase
from .search_index import BEFORE_ALL, NEXT, SEARCH, add_to_next, creation_of, entry_of, index_state, merge
from .turns import Turns
from .vocabulary import count_waiting, learn, weight_of

#: Articles in one transaction: about half a second of work, for a stop to be heard.
_BATCH = 500
#: Articles whose headline is looked up by :func:`verify`.
_SAMPLES = 50

_ARTICLES = """
SELECT a.id, a.position, a.title, a.keywords, b.text
FROM articles a JOIN bodies b ON b.article_id = a.id
WHERE a.position > ? ORDER BY a.position LIMIT ?
"""


def is_stale(connection: sqlite3.Connection) -> bool:
    """True when another version of the chain made the index, or a re-analysis was not finished."""
    state = index_state(connection)
    return not state.is_current or bool(state.next_chain)


def reindex(
    connection: sqlite3.Connection,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Make the index anew, or go on where a run was stopped; False when it was stopped before the end.

    ``on_progress`` is told how many of how many articles are done. Raises
    StoreReadOnlyError or StoreBusyError as every change does.
    """
    _begin(connection)
    total = int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    reached = index_state(connection).next_position
    done = int(
        connection.execute("SELECT count(*) FROM articles WHERE position <= ?", (reached,)).fetchone()[0]
    )
    turns = Turns(connection)
    while True:
        if on_progress:
            on_progress(done, total)
        if should_stop and should_stop():
            return False
        with turns.turn():
            count = _one_batch(connection)
        if count == 0:
            break
        done += count
    _finish(connection)
    with suppress(StoreBusyError):
        # Later writes do it as well, some pages with each article.
        merge(connection, should_stop or (lambda: False))
    return True


def _begin(connection: sqlite3.Connection) -> None:
    """Start a new index, unless one of this chain is under way."""
    with transaction(connection):
        if index_state(connection).next_chain == str(CHAIN_VERSION) and is_whole(connection, NEXT):
            return
        drop_index(connection, NEXT)
        for statement in creation_of(NEXT):
            connection.execute(statement)
        connection.execute("DELETE FROM search_pending")
        connection.execute("DELETE FROM search_words")
        _note(connection, next_chain=str(CHAIN_VERSION), next_position=str(BEFORE_ALL))


def _note(connection: sqlite3.Connection, **values: str) -> None:
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        values.items(),
    )


def _one_batch(connection: sqlite3.Connection) -> int:
    """Put the next articles into the new index, part of the caller's transaction; how many."""
    reached = index_state(connection).next_position
    rows = connection.execute(_ARTICLES, (reached, _BATCH)).fetchall()
    for article_id, position, title, keywords, text in rows:
        body = text.split("\n") if text else []
        words = add_to_next(connection, position, title, body, json.loads(keywords))
        weight = weight_of(article_id)
        if weight:
            learn(connection, weight, words)
        reached = position
    _note(connection, next_position=str(reached))
    return len(rows)


def _finish(connection: sqlite3.Connection) -> None:
    """Put the new index in the old one's place."""
    with transaction(connection):
        count_waiting(connection)
        # Another process may have brought some since the last were added: they are in the old index alone.
        while _one_batch(connection):
            pass
        # First, for SQLite renames no table while a trigger names one that is damaged.
        analyse_anew(connection)
        drop_index(connection, SEARCH)
        connection.execute("ALTER TABLE search_next RENAME TO search")
        wordlist.fill(connection)
        measure(connection)
        connection.execute("DELETE FROM search_stale")
        connection.execute("DELETE FROM meta WHERE key IN ('next_chain', 'next_position')")
        _note(connection, chain=str(CHAIN_VERSION))


def verify(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the index, a line each; nothing where it agrees with the articles.

    Looks at the index's own structure, at whether every article has a row and
    every row an article, and whether a sample of headlines finds its articles;
    and at the index of notes.
    """
    with errors_of():
        found: list[str] = []
        if is_stale(connection):
            found.append("the search index was made by another version")
        if trouble := trouble_of(lambda: found.extend(_of_articles(connection))):
            found.append(f"the search index is damaged: {trouble}")
        if trouble := trouble_of(lambda: found.extend(_of_notes(connection))):
            found.append(f"the index of notes is damaged: {trouble}")
        return tuple(f"{problem}; {MEND}" for problem in found)


def _of_articles(connection: sqlite3.Connection) -> list[str]:
    _check_structure(connection, SEARCH)
    return _differences(connection) or [*_headlines(connection), *_unlisted(connection)]


def _of_notes(connection: sqlite3.Connection) -> list[str]:
    _check_structure(connection, "notes_search")
    wrong = connection.execute(
        """SELECT (SELECT count(*) FROM notes WHERE text <> '' AND id NOT IN (SELECT id FROM notes_search_docsize))
            + (SELECT count(*) FROM notes_search_docsize WHERE id NOT IN (SELECT id FROM notes))"""
    ).fetchone()[0]
    return [f"the index of notes is wrong about {wrong} of them"] if wrong else []


def _check_structure(connection: sqlite3.Connection, table: str) -> None:
    if not connection.execute("PRAGMA query_only").fetchone()[0]:
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")  # noqa: S608


def _differences(connection: sqlite3.Connection) -> list[str]:
    missing, extra = connection.execute(
        """SELECT
            (SELECT count(*) FROM articles WHERE position NOT IN (SELECT id FROM search_docsize)),
            (SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT position FROM articles))"""
    ).fetchone()
    problems = [f"{missing} articles are not in the search index"] if missing else []
    return problems + ([f"{extra} rows of the search index have no article"] if extra else [])


_SAMPLE = """
SELECT a.id, a.position, a.title, a.keywords, b.text FROM articles a JOIN bodies b ON b.article_id = a.id
WHERE a.id % (1 + (SELECT max(id) FROM articles) / ?) = 0 LIMIT ?
"""


def _headlines(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(_SAMPLE, (_SAMPLES, _SAMPLES)).fetchall()
    lost = [row[0] for row in rows if not _finds(connection, row[2], row[1])]
    return (
        [f"article {lost[0]} is not found by its own headline ({len(lost)} of {len(rows)})"] if lost else []
    )


def _unlisted(connection: sqlite3.Connection) -> list[str]:
    """Whether patterns would look for the words of the sample."""
    for article_id, _position, title, keywords, text in connection.execute(
        _SAMPLE, (_SAMPLES, _SAMPLES)
    ).fetchall():
        words = entry_of(title, text.split("\n"), json.loads(keywords)).words.split()
        if lost := [word for word in words if not wordlist.is_listed(connection, word)]:
            return [f"{len(lost)} words of article {article_id} are not in the list of words"]
    return []


def _finds(connection: sqlite3.Connection, title: str, position: int) -> bool:
    fts = expression(Phrase(title, Part.TITLE))
    if not fts or not any(char.isalnum() for char in title):
        return True
    found = connection.execute("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (fts, position))
    return found.fetchone() is not None
