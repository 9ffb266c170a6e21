"""The words of the archive and about how many articles hold each: for prefixes and completion.

FTS5 can count a word's articles only by walking them all, so the counts are
kept here. They are estimates, and may be: every article is counted while the
archive is small, one in SAMPLE later, for eight. A word that is missing here
is still found by search, which asks FTS5 itself.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import groupby
from operator import itemgetter

from .folding import fold
from .stem import without_article

CREATE = (
    "CREATE TABLE search_words(word TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE search_pending(id INTEGER PRIMARY KEY, weight INTEGER NOT NULL, words TEXT NOT NULL)",
)
#: So many articles are counted each; after that one in SAMPLE is, as if it were so many.
ALL_UNTIL = 2_000
SAMPLE = 8
#: Articles whose words wait to be counted together: one write for each word, not for each time it is seen.
_WAITING = 300
#: Longest word that is worth completing or correcting.
_LONGEST = 24
#: Most words that are added up to tell how broad a beginning is.
_MOST_ADDED = 5000


def weight_of(article_id: int) -> int:
    """For how many articles the words of this one are counted: 0 for not at all."""
    if article_id <= ALL_UNTIL:
        return 1
    return 0 if article_id % SAMPLE else SAMPLE


def learn(connection: sqlite3.Connection, weight: int, words: str) -> None:
    """Count the words of an article (folded, with blanks between); part of the caller's transaction."""
    cursor = connection.execute("INSERT INTO search_pending(weight, words) VALUES (?, ?)", (weight, words))
    if (cursor.lastrowid or 0) >= _WAITING:
        count_waiting(connection)


class _Bare(dict[str, str]):
    """Words without the article, for «كور» is how الكوري is looked for; each stripped once, however many have it."""

    def __missing__(self, word: str) -> str:
        # Most words have no ال at their beginning, in any of its forms: half the time is saved by a look.
        may_have = ("ال" in word[:4] or "لل" in word[:3]) and len(word) <= _LONGEST
        bare = self[word] = without_article(word) if may_have else word
        return bare


def count_waiting(connection: sqlite3.Connection) -> None:
    """Add the words that wait to the counts."""
    counts: Counter[str] = Counter()
    bare = _Bare()
    for weight, rows in groupby(
        connection.execute("SELECT weight, words FROM search_pending ORDER BY weight"), itemgetter(0)
    ):
        # Counted as they are and multiplied once: a Counter adds other numbers than one at a tenth of the speed.
        seen: Counter[str] = Counter()
        for _, words in rows:
            written = set(words.split())
            seen.update(written.union(map(bare.__getitem__, written)))
        for word, times in seen.items():
            counts[word] += times * weight
    connection.executemany(
        "INSERT INTO search_words(word, articles) VALUES (?, ?)"
        " ON CONFLICT(word) DO UPDATE SET articles = articles + excluded.articles",
        sorted(item for item in counts.items() if 1 < len(item[0]) <= _LONGEST),
    )
    connection.execute("DELETE FROM search_pending")


def beginning_with(connection: sqlite3.Connection, beginning: str, limit: int) -> list[tuple[str, int]]:
    """The most frequent words that begin so, with their counts; ``beginning`` is folded."""
    if not beginning:
        return []
    rows = connection.execute(
        "SELECT word, articles FROM search_words WHERE word >= ? AND word < ? ORDER BY articles DESC LIMIT ?",
        (beginning, beginning + "\U0010ffff", limit),
    )
    return rows.fetchall()


def articles_with(connection: sqlite3.Connection, word: str) -> int:
    """About how many articles have the folded word, with or without the article; 0 where it is not known."""
    row = connection.execute("SELECT articles FROM search_words WHERE word = ?", (word,)).fetchone()
    return int(row[0]) if row else 0


def articles_beginning_with(connection: sqlite3.Connection, beginning: str, most: float) -> float:
    """How often articles have words that begin so, at least: ``most`` where there are too many words to add them up."""
    count, articles = connection.execute(
        "SELECT count(*), coalesce(sum(articles), 0) FROM"
        " (SELECT articles FROM search_words WHERE word >= ? AND word < ? LIMIT ?)",
        (beginning, beginning + "\U0010ffff", _MOST_ADDED),
    ).fetchone()
    return most if count >= _MOST_ADDED else float(articles)


def has_beginning(connection: sqlite3.Connection, beginning: str) -> bool:
    """True when a word of the archive begins so."""
    row = connection.execute(
        "SELECT 1 FROM search_words WHERE word >= ? AND word < ? LIMIT 1",
        (beginning, beginning + "\U0010ffff"),
    ).fetchone()
    return row is not None


def completions(connection: sqlite3.Connection, beginning: str, limit: int = 10) -> tuple[str, ...]:
    """Words of the archive that begin so, the most frequent first, in folded spelling."""
    return tuple(word for word, _ in beginning_with(connection, fold(beginning).strip(), limit))


def one_edit_from(word: str) -> set[str]:
    """Every spelling one slip away: a letter lost, doubled in, mistaken, or two exchanged."""
    letters = (
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
        if any("ء" <= c <= "ي" for c in word)
        else "abcdefghijklmnopqrstuvwxyz"
    )
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    mistaken = {a + c + b[1:] for a, b in cuts if b for c in letters}
    added = {a + c + b for a, b in cuts for c in letters}
    return (lost | exchanged | mistaken | added) - {word}
