"""The full-text index and every list of articles: one way to list, for reading, tags, searches and scripts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from . import unknown
from .as_written import as_written
from .models import Summary
from .muted import listed
from .ordering import ordered
from .query_sql import plan
from .query_streams import counted, positions, texts_read
from .query_tree import Query, Sort, has_pattern
from .relevance import Ranking, ranked
from .search_index import index_article, index_bytes, move_article, settle, unindex_article
from .search_match import IN_KEYWORDS, Snippet, keyword_snippet, matches, snippet
from .spelling import Correction, resolve
from .summaries import summaries

__all__ = [
    "IN_KEYWORDS",
    "Correction",
    "Page",
    "Snippet",
    "count",
    "index_article",
    "index_bytes",
    "is_slow",
    "keyword_snippet",
    "matches",
    "move_article",
    "page",
    "rank",
    "resolve",
    "settle",
    "snippet",
    "summaries",
    "unindex_article",
]


_NEWER = """SELECT (SELECT count(*) FROM articles WHERE position > ?)
- (SELECT count(DISTINCT position) FROM mutes WHERE position > ?)"""
_OLDER = """SELECT (SELECT count(*) FROM articles WHERE position < ?)
- (SELECT count(DISTINCT position) FROM mutes WHERE position < ?)"""
#: As ``after``: the last page of a list, whichever way it goes.
END = -(2**63)

#: To look for a pattern in so many texts takes a second or more.
MANY_TEXTS = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list in order.

    ``query`` is what was really asked: the archive's spellings are in it, so
    give it to :func:`matches`, :func:`count` and the next :func:`page`.
    ``corrections`` are words the archive does not know, with those searched
    beside them; ``note`` says so in a line, or which names asked for are not
    there where nothing was found, and is empty where there is nothing to say.
    """

    rows: tuple[Summary, ...]
    query: Query
    corrections: tuple[Correction, ...] = ()
    note: str = ""


def page(
    connection: sqlite3.Connection,
    query: Query,
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> Page:
    """The next rows of a list, newest first: older than position ``before``, or newer than ``after``.

    A list with the oldest first goes the other way: ``before`` are the rows further down in it, so
    those newer than that position, and ``after`` those above. A list by relevance is one page: the best ``limit`` rows, and
    nothing before or after them; so are those by outlet, headline and arrival (:mod:`store.ordering`).
    """
    asked, corrections = resolve(connection, query)
    shown = listed(connection, asked)
    if asked.sort is Sort.RELEVANCE and asked.root is not None:
        is_first = before is None and after is None
        ranking = ranked(connection, shown, limit) if is_first else Ranking([])
        found = ranking.positions
        corrections = tuple(one.narrowed(ranking.meant) for one in corrections)
    elif asked.sort in (Sort.OUTLET, Sort.TITLE, Sort.ADDED):
        found = ordered(connection, shown)[:limit] if before is None and after is None else []
    elif asked.sort is Sort.OLDEST:
        # The first page is the oldest end; its other end (END) is where the newest are.
        lower = END if before is None and after is None else before
        upper = None if after == END else after
        found = positions(connection, plan(connection, shown.root), limit=limit, before=upper, after=lower)[
            ::-1
        ]
    else:
        found = positions(connection, plan(connection, shown.root), limit=limit, before=before, after=after)
    note = _note(connection, corrections)
    if not note and not found and before is None and after is None:
        note = unknown.told(connection, asked.root)
    return Page(summaries(connection, found), asked, corrections, note)


def _note(connection: sqlite3.Connection, corrections: Sequence[Correction]) -> str:
    """«نتائج لـ …», for every corrected word, with the way to insist."""
    used = "، ".join(as_written(connection, word) for correction in corrections for word in correction.used)
    asked = " ".join("=" + correction.asked for correction in corrections)
    return f"نتائج لـ {used} (للكلمة كما كُتبت: {asked})" if corrections else ""


def count(connection: sqlite3.Connection, query: Query, limit: int = 1000) -> int:
    """How many articles a query finds; ``limit`` + 1 means more than ``limit``."""
    shown = listed(connection, resolve(connection, query)[0])
    return counted(connection, plan(connection, shown.root), limit)


def is_slow(connection: sqlite3.Connection, query: Query) -> bool:
    """True where a pattern may have to be looked for in so many texts that one should be told; no text is read for it.

    Nothing in the pattern is found by the index then, or too much, and nothing beside it leaves few articles.
    """
    if query.root is None or not has_pattern(query.root):
        return False
    shown = listed(connection, resolve(connection, query)[0])
    return texts_read(connection, plan(connection, shown.root), MANY_TEXTS) >= MANY_TEXTS


def rank(connection: sqlite3.Connection, query: Query, position: int, limit: int = 1_000_000) -> int:
    """How many rows of the list stand above that position, counted no further than ``limit``."""
    if (query.sort.is_one_page and query.root is not None) or query.sort in (
        Sort.OUTLET,
        Sort.TITLE,
        Sort.ADDED,
    ):
        # It begins with its first row.
        return 0
    is_oldest = query.sort is Sort.OLDEST
    if query.root is None:
        return int(connection.execute(_OLDER if is_oldest else _NEWER, (position, position)).fetchone()[0])
    shown = listed(connection, resolve(connection, query)[0])
    streams = plan(connection, shown.root)
    bounds = {"before": position} if is_oldest else {"after": position}
    return len(positions(connection, streams, limit=limit, **bounds))
