"""Writing the full-text index: what goes into it, comes out of it, and moves in it.

The table is contentless (SQLite 3.40 then wants the old values to delete a
row), its rowid is ``articles.position``, so FTS5 itself walks in order of
date. Tokens are made by :mod:`store.arabic` and only cut at blanks by FTS5,
whose own tokenizers know no Arabic; any SQLite program can read the table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

from . import wordlist
from .arabic import CHAIN_VERSION
from .database import transaction
from .errors import StoreError
from .letters import BeyondError, coded, columns_of
from .pieces import PIECES, Piece, without_signs
from .query_fts import COLUMNS, FENCE
from .turns import Turns
from .vocabulary import count_waiting, learn, weight_of

#: The index that is asked, and the one that a re-analysis is filling meanwhile (:mod:`store.reindex`).
SEARCH, NEXT = "search", "search_next"
#: The words of bodies first: FTS5 writes which column a word is in, two bytes for each article it is in, but of the
#: first. Most words of an article are in its body, so that a seventh of the index is spared.
_FIRST = "body"
_COLUMNS = ", ".join(sorted(COLUMNS, key=lambda column: not column.startswith(_FIRST)))
_WRITTEN = ", ".join(COLUMNS)


#: Bytes that FTS5 gathers before it writes a segment. Its own 1 MB makes an import a third slower.
_GATHERED = 8 << 20


def creation_of(table: str) -> tuple[str, ...]:
    """The statements that make an empty index of that name."""
    return (
        f"CREATE VIRTUAL TABLE {table} USING fts5({_COLUMNS}, content='', tokenize='ascii')",
        " ".join(["INSERT INTO", table, f"({table}, rank) VALUES ('hashsize', {_GATHERED})"]),
    )


#: The columns come as bytes.
_VALUES = ", ".join(["CAST(? AS TEXT)"] * len(COLUMNS))


def _insertion(table: str) -> str:
    return " ".join(["INSERT INTO", table, f"(rowid, {_WRITTEN}) VALUES (?, {_VALUES})"])


def _deletion(table: str) -> str:
    return " ".join(
        [
            "INSERT INTO",
            table,
            f"({table}, rowid, {_WRITTEN}) VALUES ('delete', ?, {_VALUES})",
        ]
    )


def columns_of_index(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The columns of the index in its own order, which is that of the version that made it."""
    return tuple(name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (SEARCH,)))


CREATE = creation_of(SEARCH)
#: Places whose row in the index of another version of the chain is of an article that is no longer there.
CREATE_STALE = "CREATE TABLE search_stale(position INTEGER PRIMARY KEY)"
#: Those of a store that was made before they were written down.
FILL_STALE = """INSERT INTO search_stale(position)
SELECT id FROM search_docsize WHERE id NOT IN (SELECT position FROM articles)"""
_INSERT = {table: _insertion(table) for table in (SEARCH, NEXT)}
_DELETE = {table: _deletion(table) for table in (SEARCH, NEXT)}

Columns = tuple[str, str, str]


class Entry(NamedTuple):
    """What the index takes of an article. Depends on the text alone, so another process can make it.

    The columns are UTF-8, as SQLite keeps them: whoever only passes them on needs no text.
    """

    columns: tuple[bytes, ...]

    @property
    def words(self) -> str:
        """The words worth counting as they are written, with blanks between."""
        return " ".join({word for column in self.columns[::3] for word in column.decode().split()} - {FENCE})


class Arrival(NamedTuple):
    """An article for the index: its id, its position, and what the index takes of it."""

    id: int
    position: int
    entry: Entry


def entry_of(title: str, body: Iterable[str], keywords: Iterable[str]) -> Entry:
    """Analyse an article. Pure; most of what an article costs to index."""
    columns = (*analyse((title,)), *analyse(keywords), *analyse(body))
    return Entry(tuple([column.encode() for column in columns]))


def analyse(paragraphs: Iterable[str]) -> Columns:
    """Paragraphs (or keywords) as the three columns: folded words, stems, what else they are found by.

    What a column before holds already is left out; see :mod:`store.query_fts`.
    """
    text = "\n".join(paragraphs)
    folded = coded(text)
    if folded is not None:
        with suppress(BeyondError):
            return columns_of(folded)
    return _by_pieces(text)


def _by_pieces(text: str) -> Columns:
    """:func:`analyse` of any text; no paragraph has a line end in it."""
    pieces: list[Piece] = []
    # Signs are taken out of all paragraphs at once.
    for paragraph in without_signs(text).split("\n"):
        if pieces:
            pieces.append(_FENCE)
        pieces += [PIECES[piece] for piece in paragraph.split()]
    if not pieces:
        return "", "", ""
    norms, stems, others, _ = zip(*pieces, strict=True)
    return " ".join(filter(None, norms)), " ".join(filter(None, stems)), " ".join(filter(None, others))


_FENCE: Piece = (FENCE, "", "", ())


#: Below every position: articles of before 1970 stand below zero.
BEFORE_ALL = -(1 << 63)


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which version of the chain made the index, and how far a re-analysis has come, in positions."""

    chain: str
    next_chain: str = ""
    next_position: int = BEFORE_ALL

    @property
    def is_current(self) -> bool:
        """True when the index was made by this version of the chain."""
        return self.chain == str(CHAIN_VERSION)

    def removable_from(self, position: int) -> tuple[str, ...]:
        """The indexes that hold an article as this chain would write it: only those can forget it."""
        return ((SEARCH,) if self.is_current else ()) + self._next(position)

    def addable_to(self, position: int) -> tuple[str, ...]:
        """The indexes that an article belongs in now; a re-analysis comes to the rest by itself."""
        return (SEARCH, *self._next(position))

    def _next(self, position: int) -> tuple[str, ...]:
        return (NEXT,) if self.next_chain == str(CHAIN_VERSION) and position <= self.next_position else ()


def index_state(connection: sqlite3.Connection) -> IndexState:
    """What ``meta`` tells of the index."""
    rows = connection.execute(
        "SELECT key, value FROM meta WHERE key IN ('chain', 'next_chain', 'next_position')"
    )
    known = dict(rows.fetchall())
    return IndexState(
        known.get("chain", ""), known.get("next_chain", ""), int(known.get("next_position", BEFORE_ALL))
    )


def is_current(connection: sqlite3.Connection) -> bool:
    """True when the index was made by this version of the chain."""
    return index_state(connection).is_current


def index_article(
    connection: sqlite3.Connection,
    article_id: int,
    position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Make an article findable; part of the caller's transaction."""
    index_articles(connection, [Arrival(article_id, position, entry_of(title, body, keywords))])


def index_articles(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> None:
    """Make articles findable, in order of position: FTS5 writes a segment for every step back.

    It does so too whenever another statement of several rows comes between
    two, so that articles together cost a third of articles one by one.
    """
    state = index_state(connection)
    _revive(connection, [arrival.position for arrival in arrivals])
    in_order = sorted(arrivals, key=lambda arrival: arrival.position)
    for table in (SEARCH, NEXT):
        rows = [
            (arrival.position, *arrival.entry.columns)
            for arrival in in_order
            if table in state.addable_to(arrival.position)
        ]
        if rows:
            connection.executemany(_INSERT[table], rows)
    wordlist.note(connection, [arrival.entry.columns for arrival in in_order])
    for arrival in in_order:
        weight = weight_of(arrival.id)
        if weight:
            learn(connection, weight, arrival.entry.words)


def unindex_article(
    connection: sqlite3.Connection, position: int, title: str, body: Sequence[str], keywords: Sequence[str]
) -> None:
    """Take an article out of the index; the values must be those it was indexed with.

    An index of another version of the chain keeps its row until it is made
    anew: to delete words that are not there would damage it. Its place is
    written down till then: no list asks for it, and no other article gets it.
    """
    row, state = entry_of(title, body, keywords).columns, index_state(connection)
    _remove(connection, state, position, row)


def _remove(connection: sqlite3.Connection, state: IndexState, position: int, row: tuple[bytes, ...]) -> None:
    for table in state.removable_from(position):
        connection.execute(_DELETE[table], (position, *row))
    if not state.is_current:
        connection.execute("INSERT OR IGNORE INTO search_stale(position) VALUES (?)", (position,))


def _revive(connection: sqlite3.Connection, positions: Sequence[int]) -> None:
    """An article changed where it stands: till the index is made anew it is found by its former words as well."""
    if has_stale(connection):
        connection.executemany("DELETE FROM search_stale WHERE position = ?", [(one,) for one in positions])


def has_stale(connection: sqlite3.Connection) -> bool:
    """Whether the index has rows of articles that are no longer there, as lists have to leave out."""
    return connection.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone() is not None


def move_article(
    connection: sqlite3.Connection,
    old_position: int,
    new_position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Follow an article to its new place in the order of dates."""
    row, state = entry_of(title, body, keywords).columns, index_state(connection)
    _remove(connection, state, old_position, row)
    _revive(connection, [new_position])
    for table in state.addable_to(new_position):
        connection.execute(_INSERT[table], (new_position, *row))
    # An index of another version of the chain has this article's words otherwise.
    wordlist.note(connection, [row])


def add_to_next(
    connection: sqlite3.Connection, position: int, title: str, body: Sequence[str], keywords: Sequence[str]
) -> str:
    """Put an article into the index that is being made; its words, for the vocabulary."""
    entry = entry_of(title, body, keywords)
    connection.execute(_INSERT[NEXT], (position, *entry.columns))
    return entry.words


def settle(connection: sqlite3.Connection) -> None:
    """Merge what many small imports left behind; worth a second after a big one."""
    with transaction(connection):
        count_waiting(connection)
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")


#: Pages of the index that are merged in one transaction: a few hundredths of a second, in which another writer waits.
_MERGED_TOGETHER = 400


def merge(connection: sqlite3.Connection, should_stop: Callable[[], bool]) -> None:
    """Make one piece of the pieces of the index, a little at a time; stopped, the rest is merged by later writes.

    Each piece has a list of words of its own: those of ten thousand articles were a twelfth of what is merged.
    """
    pages = -_MERGED_TOGETHER
    turns = Turns(connection)
    while not should_stop():
        changes = connection.total_changes
        with turns.turn():
            connection.execute("INSERT INTO search(search, rank) VALUES ('merge', ?)", (pages,))
        # https://www.sqlite.org/fts5.html#the_merge_command: below zero at first, and done when nothing changes.
        if connection.total_changes - changes < 2:
            return
        pages = _MERGED_TOGETHER


#: Segments of one size that are merged into a larger one: by each write as it comes, and where many writes follow.
_MERGED, _MERGED_RARELY = 4, 16
#: At so many they are merged all at once, which of large ones takes longer than another writer waits.
_MERGED_AT_ONCE = 64


@contextmanager
def merging_rarely(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the index fall into more pieces while much is written: merging was a third of what an import wrote.

    What is written later merges them as it comes, a few pages with each
    article. A process that is killed leaves the setting behind until the next
    long import, as does one that another writer keeps waiting at its end:
    the index is in more pieces for so long, and nothing is lost.
    """
    _configure(connection, "crisismerge", _MERGED_AT_ONCE)
    _configure(connection, "automerge", _MERGED_RARELY)
    try:
        yield
    finally:
        with suppress(StoreError):
            _configure(connection, "automerge", _MERGED)


def _configure(connection: sqlite3.Connection, setting: str, value: int) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO search(search, rank) VALUES (?, ?)", (setting, value))


def index_bytes(connection: sqlite3.Connection) -> int:
    """Bytes of the full-text index in the file, the articles themselves left out."""
    row = connection.execute(
        """SELECT (SELECT sum(length(block)) FROM search_data) + (SELECT sum(length(sz) + 4) FROM search_docsize)
                  + (SELECT coalesce(sum(length(term) + 8), 0) FROM search_idx)"""
    ).fetchone()
    return int(row[0] or 0)
