"""Every word that the full-text index holds as written, each once: where parts of words are looked up.

FTS5 finds words and their beginnings alone. Which words have «رامب» in them is answered here, by one walk over a
million words in a tenth of a second, and FTS5 then finds their articles. The list must never lack a word
of the index, or a search would lose articles; it may hold more (of articles that were deleted).
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .arabic import LONGEST_WORD
from .query_fts import COLUMNS, FENCE, FORMS

CREATE = (
    "CREATE TABLE search_wordlist(word TEXT PRIMARY KEY) WITHOUT ROWID",
    # Of longer words the index has the beginning alone.
    f"CREATE INDEX search_wordlist_cut ON search_wordlist(word) WHERE length(word) >= {LONGEST_WORD}",
)
_CUT = " ".join(["SELECT word FROM search_wordlist WHERE length(word) >=", str(LONGEST_WORD)])
_ADD = "INSERT OR IGNORE INTO search_wordlist(word) VALUES (CAST(? AS TEXT))"
_FENCE = FENCE.encode()
_FILL = " ".join(
    [
        "INSERT OR IGNORE INTO search_wordlist(word) SELECT term FROM temp.words_of_index WHERE col IN (",
        ", ".join(f"'{column}'" for column in COLUMNS[:: len(FORMS)]),
        ") AND term >= ? AND term < ? AND term <> ?",
    ]
)
#: The first words of the pages of the index, less those of the indexes of beginnings
#: (https://www.sqlite.org/fts5.html, section 9.1: a word of the index itself stands behind a 0).
_COUNT_PAGES = "SELECT count(*) FROM search_idx WHERE term >= x'30' AND term < x'31'"
_PAGES = (
    "SELECT term FROM (SELECT term, row_number() OVER (ORDER BY term) AS n FROM search_idx"
    " WHERE term >= x'30' AND term < x'31') WHERE n % ? = 0"
)
#: Stretches of the index that are read one after the other.
_STRETCHES = 100

#: The state of the list: another with every word that comes. Who knows it knows what was in the list then.
_STATE = "SELECT value FROM meta WHERE key = 'wordlist'"
_NOTE_STATE = "INSERT INTO meta(key, value) VALUES ('wordlist', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"

#: Words that an import remembers to be in the list already, in each of two generations: most words were met lately.
_REMEMBERED = 20_000
#: Answers that are remembered: a page, its count and its facets ask the same.
_ANSWERS = 32


@dataclass(slots=True)
class _Known(threading.local):
    """What one thread knows to be in a list of that state; nothing of it counts for a list of any other."""

    state: str = ""
    words: set[bytes] = field(default_factory=set)
    older: set[bytes] = field(default_factory=set)


_known = _Known()
_Answer = tuple[str, ...] | None
_answers: dict[tuple[str, str, int], _Answer] = {}
#: Letters of a pattern that are certain, and what may stand between them.
_BETWEEN = re.compile(r"\[[^\]]*\]|\*")


def _state(connection: sqlite3.Connection) -> str:
    row = connection.execute(_STATE).fetchone()
    return row[0] if row else ""


def note(connection: sqlite3.Connection, entries: Iterable[Sequence[bytes]]) -> None:
    """Add the words of articles, given as the columns of the index; part of the caller's transaction.

    A state that is rolled back, or made by another process, is met no more: what was remembered with it is dropped.
    """
    words: set[bytes] = set()
    for columns in entries:
        for column in columns[:: len(FORMS)]:
            words.update(column.split())
    words.discard(_FENCE)
    if not (_known.state and _known.state == _state(connection)):
        _known.words, _known.older = set(), set()
    new = words - _known.words - _known.older
    if new:
        connection.executemany(_ADD, [(word,) for word in sorted(new)])
        _known.state = os.urandom(8).hex()
        connection.execute(_NOTE_STATE, (_known.state,))
    _known.words |= words
    if len(_known.words) > _REMEMBERED:
        _known.words, _known.older = set(), _known.words


def fill(connection: sqlite3.Connection, on_part: Callable[[float], None] | None = None) -> None:
    """Make the list, or make it anew, from the index; part of the caller's transaction. Reads all of the index: seconds of a million articles.

    ``on_part`` is told what part is done, 0 to 1.
    """
    connection.execute("DROP TABLE IF EXISTS search_wordlist")
    for statement in CREATE:
        connection.execute(statement)
    connection.execute("CREATE VIRTUAL TABLE temp.words_of_index USING fts5vocab(main, search, col)")
    bounds = ["", *_bounds(connection), "\U0010ffff"]
    for place, stretch in enumerate(pairwise(bounds), start=1):
        connection.execute(_FILL, (*stretch, FENCE))
        if on_part is not None:
            on_part(place / (len(bounds) - 1))
    connection.execute("DROP TABLE temp.words_of_index")
    connection.execute(_NOTE_STATE, (os.urandom(8).hex(),))


def _bounds(connection: sqlite3.Connection) -> list[str]:
    """Where a hundredth of the index ends and the next begins: its own look-up table has the first word of each page."""
    count = connection.execute(_COUNT_PAGES).fetchone()[0]
    rows = connection.execute(_PAGES, (max(1, count // _STRETCHES),))
    # What is cut within a letter ends before it: any bound does.
    return sorted({bytes(term)[1:].decode(errors="ignore") for (term,) in rows} - {""})


def is_listed(connection: sqlite3.Connection, word: str) -> bool:
    """True for a folded word that an article has, or had."""
    return connection.execute("SELECT 1 FROM search_wordlist WHERE word = ?", (word,)).fetchone() is not None


_AMONG = "SELECT l.word FROM json_each(?) j CROSS JOIN search_wordlist l ON l.word = j.value"


def listed(connection: sqlite3.Connection, words: Iterable[str]) -> set[str]:
    """Those of some folded words that an article has, or had: in a third of the time of asking for each."""
    return {word for (word,) in connection.execute(_AMONG, (json.dumps(list(words)),))}


def matching(connection: sqlite3.Connection, pattern: str, most: int) -> _Answer:
    """The words that match a pattern of GLOB (letters, sets of letters, ``*``); None where more than ``most`` do.

    Words of which the index has the beginning alone are among them, unless the pattern says how a word begins.
    """
    asked = (_state(connection), pattern, most)
    try:
        return _answers[asked]
    except KeyError:
        answer = _matching(connection, pattern, most)
    if len(_answers) >= _ANSWERS:
        _answers.clear()
    if asked[0]:
        _answers[asked] = answer
    return answer


def forget() -> None:
    """Forget the answers: what is asked next is looked up."""
    _answers.clear()


def _matching(connection: sqlite3.Connection, pattern: str, most: int) -> _Answer:
    certain = _BETWEEN.split(pattern)
    beginning = certain[0]
    rows = connection.execute(
        # To look for letters in a row takes half as long as to match a pattern.
        "SELECT word FROM search_wordlist WHERE word >= ? AND word < ? AND instr(word, ?) AND word GLOB ? LIMIT ?",
        (beginning, beginning + "\U0010ffff", max(certain, key=len), pattern, most + 1),
    )
    found = dict.fromkeys(word for (word,) in rows)
    if not beginning:
        found.update(dict.fromkeys(word for (word,) in connection.execute(_CUT)))
    return tuple(found) if len(found) <= most else None
