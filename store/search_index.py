"""Writing the full-text index: what goes into it, comes out of it, and moves in it.

The table is contentless (SQLite 3.40 then wants the old values to delete a
row), its rowid is ``articles.position``, so FTS5 itself walks in order of
date. Tokens are made by :mod:`store.arabic` and only cut at blanks by FTS5,
whose own tokenizers know no Arabic; any SQLite program can read the table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from .arabic import CHAIN_VERSION
from .database import transaction
from .pieces import PIECES
from .query_fts import FENCE
from .vocabulary import count_waiting, learn, weight_of

CREATE = (
    """CREATE VIRTUAL TABLE search USING fts5(
        title, title_stem, title_key, keywords, keywords_stem, keywords_key, body, body_stem, body_key,
        content='', tokenize='ascii')""",
)
_INSERT = """INSERT INTO search(rowid, title, title_stem, title_key, keywords, keywords_stem, keywords_key,
                                body, body_stem, body_key)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_DELETE = """INSERT INTO search(search, rowid, title, title_stem, title_key, keywords, keywords_stem, keywords_key,
                                body, body_stem, body_key)
             VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

Columns = tuple[str, str, str]


def analyse(paragraphs: Iterable[str]) -> Columns:
    """Paragraphs (or keywords) as the three columns: folded words, stems, what else they are found by.

    What a column before holds already is left out; see :mod:`store.query_fts`.
    """
    norms: list[str] = []
    stems: list[str] = []
    others: list[str] = []
    for paragraph in paragraphs:
        if norms:
            norms.append(FENCE)
        entries = [PIECES[piece] for piece in paragraph.split()]
        norms += [entry[0] for entry in entries]
        stems += [entry[1] for entry in entries if entry[1]]
        others += [entry[2] for entry in entries if entry[2]]
    return " ".join(norms), " ".join(stems), " ".join(others)


def _row(title: str, body: Sequence[str], keywords: Sequence[str]) -> tuple[str, ...]:
    return (*analyse((title,)), *analyse(keywords), *analyse(body))


def _counted(texts: Iterable[str]) -> str:
    """The words worth counting: as written, and without the article, for «كور» is how الكوري is looked for."""
    pieces = {piece for text in texts for piece in text.split()}
    return " ".join({PIECES[piece].counted for piece in pieces})


def is_current(connection: sqlite3.Connection) -> bool:
    """True when the index was made by this version of the chain."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'chain'").fetchone()
    return row is not None and row[0] == str(CHAIN_VERSION)


def index_article(
    connection: sqlite3.Connection,
    article_id: int,
    position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Make an article findable; part of the caller's transaction."""
    connection.execute(_INSERT, (position, *_row(title, body, keywords)))
    weight = weight_of(article_id)
    if weight:
        learn(connection, weight, _counted((title, *keywords, *body)))


def unindex_article(
    connection: sqlite3.Connection, position: int, title: str, body: Sequence[str], keywords: Sequence[str]
) -> None:
    """Take an article out of the index; the values must be those it was indexed with."""
    connection.execute(_DELETE, (position, *_row(title, body, keywords)))


def move_article(
    connection: sqlite3.Connection,
    old_position: int,
    new_position: int,
    title: str,
    body: Sequence[str],
    keywords: Sequence[str],
) -> None:
    """Follow an article to its new place in the order of dates."""
    row = _row(title, body, keywords)
    connection.execute(_DELETE, (old_position, *row))
    connection.execute(_INSERT, (new_position, *row))


def settle(connection: sqlite3.Connection) -> None:
    """Merge what many small imports left behind; worth a second after a big one."""
    with transaction(connection):
        count_waiting(connection)
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")


def index_bytes(connection: sqlite3.Connection) -> int:
    """Bytes of the full-text index in the file, the articles themselves left out."""
    row = connection.execute(
        """SELECT (SELECT sum(length(block)) FROM search_data) + (SELECT sum(length(sz) + 4) FROM search_docsize)
                  + (SELECT coalesce(sum(length(term) + 8), 0) FROM search_idx)"""
    ).fetchone()
    return int(row[0] or 0)
