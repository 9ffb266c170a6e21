"""Writing the full-text index: what goes into it, comes out of it, and moves in it.

The table is contentless (SQLite 3.40 then wants the old values to delete a
row), its rowid is ``articles.position``, so FTS5 itself walks in order of
date. Tokens are made by :mod:`store.arabic` and only cut at blanks by FTS5,
whose own tokenizers know no Arabic; any SQLite program can read the table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .arabic import CHAIN_VERSION, forms, index_terms, written_words
from .database import transaction
from .query_fts import FENCE
from .stem import without_article
from .vocabulary import count_waiting, learn

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


@lru_cache(maxsize=131072)
def _columns_of_word(written: str) -> Columns:
    """What one written word adds to the three columns; see :mod:`store.query_fts` for what is left out."""
    found = forms(written)
    norms = [norm for norm, _, _ in found]
    stems = [root for norm, root, _ in found if root != norm]
    others = [term for term in index_terms(written) if term not in norms and term not in stems]
    return " ".join(norms), " ".join(stems), " ".join(others)


def analyse(paragraphs: Iterable[str]) -> Columns:
    """Paragraphs (or keywords) as the three columns: folded words, stems, name keys."""
    norms: list[str] = []
    stems: list[str] = []
    keys: list[str] = []
    for paragraph in paragraphs:
        if norms:
            norms.append(FENCE)
        for written in written_words(paragraph):
            norm, root, key = _columns_of_word(written)
            norms.append(norm)
            if root:
                stems.append(root)
            if key:
                keys.append(key)
    return " ".join(norms), " ".join(stems), " ".join(keys)


def _row(title: str, body: Sequence[str], keywords: Sequence[str]) -> tuple[str, ...]:
    return (*analyse((title,)), *analyse(keywords), *analyse(body))


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
    row = _row(title, body, keywords)
    connection.execute(_INSERT, (position, *row))
    learn(connection, article_id, _counted(row))


def _counted(row: Sequence[str]) -> str:
    """The words worth counting: as written, and without the article, for «كور» is how الكوري is looked for."""
    words = {word for part in (0, 3, 6) for word in row[part].split()}
    return " ".join(words | {without_article(word) for word in words})


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
