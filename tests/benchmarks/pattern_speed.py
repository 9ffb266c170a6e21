"""How fast a pattern is found by way of the index, and how fast by reading every article, in one run.

    python tests/benchmarks/pattern_speed.py STORE.db [--reading]

Milliseconds to the first page of 30, median and 95th percentile of RUNS runs, or of as many as fit into PATIENCE seconds:
then how many stands behind them. The list of words is walked over in each run, as for a pattern that was never
asked; "again" is the next page of the same. With ``--reading`` each is also looked for in every article from the newest
on, as without the index: of a seldom pattern in a large archive that takes a minute. "Told" are those of which the
reader says that every text is read.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store import database, query, query_sql, search, wordlist
from store.query_tree import Query

RUNS, PATIENCE = 15, 20.0
#: By what is asked: letters may stand before a word, behind it, or it is Latin, or digits.
PATTERNS = {
    "common, .* before": ".*ترامب",
    "common, any of few": "كوري[اة]",
    "common, in mid-word": "رامب",
    "common, word begins": r"\bأوكراني",
    "rare, .* before": r"\w*عسعس",
    "rare, in mid-word": "نتشرن",
    "rare, two runs": "زلزال.*بركان",
    "rare, alternatives": "(قرطاج|سوسة).*(صفاقس|بنزرت).*زلزال",
    "rare, Latin": "(?:facebook|youtube)[^ ]*live",
    "rare, digits": "2017[-/]12",
    "none, a name": r"\w*شويغوف",
    "none, Latin": "covid-?19",
    "any letters": r"\b(\w)\w\1\w\1\w\1\b",
}


_clock = time.perf_counter


def timed(what: Callable[[], object]) -> str:
    """How long something takes, again and again."""
    taken: list[float] = []
    while not taken or (len(taken) < RUNS and sum(taken) < PATIENCE * 1000):
        began = _clock()
        what()
        taken.append((_clock() - began) * 1000)
    taken.sort()
    few = f" ({len(taken)})" if len(taken) < RUNS else ""
    return f"{taken[len(taken) // 2]:.1f} {taken[min(len(taken) - 1, int(0.95 * len(taken)))]:.1f}{few}"


def page(connection: sqlite3.Connection, asked: Query, *, is_new: bool) -> object:
    """The first page; of a new pattern no answer is remembered."""
    if is_new:
        wordlist.forget()
    return search.page(connection, asked, limit=30)


def reading(connection: sqlite3.Connection, asked: Query) -> object:
    """The first page without the index."""
    narrowing = query_sql.narrowing
    query_sql.narrowing = lambda _connection, _pattern: None
    try:
        return search.page(connection, asked, limit=30)
    finally:
        query_sql.narrowing = narrowing


def main() -> None:
    """One row for each pattern."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--reading", action="store_true", help="also as without the index")
    parser.add_argument("--cpu", action="store_true", help="processor time, on a machine that others use too")
    given = parser.parse_args()
    if given.cpu:
        global _clock
        _clock = time.process_time
    connection = database.connect(given.store, read_only=True)
    articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    words = connection.execute("SELECT count(*) FROM search_wordlist").fetchone()[0]
    print(f"{articles} articles, {words} words")
    heads = ["by the index", "again", "count"] + ["reading"] * given.reading
    print(" " * 22 + "".join(f"{head:>22}" for head in heads) + "  hits")
    for label, pattern in PATTERNS.items():
        print(label, file=sys.stderr)
        asked = query.parse(f"/{pattern.replace('/', chr(92) + '/')}/", 0)
        cells = [
            timed(lambda q=asked: page(connection, q, is_new=True)),
            timed(lambda q=asked: page(connection, q, is_new=False)),
            timed(lambda q=asked: search.count(connection, q)),
        ]
        if given.reading:
            cells.append(timed(lambda q=asked: reading(connection, q)))
        told = ", told" if search.is_slow(connection, asked) else ""
        print(
            f"{label:22}"
            + "".join(f"{cell:>22}" for cell in cells)
            + f"  {search.count(connection, asked)}{told}",
            flush=True,
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
