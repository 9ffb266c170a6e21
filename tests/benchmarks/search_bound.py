"""What the bound on candidates costs in quality: the order by relevance with it, and as if it were not there.

    python tests/benchmarks/search_bound.py STORE.db [--queries 60]

Queries are made of the store's own articles: a headline, three words of a headline, three or two words of a body,
always the same ones. Known item: how often the article itself is among the first ten; overlap: how many of the first ten are the
same with and without the bound; milliseconds of processor time, median and worst.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import time
from pathlib import Path

from store import database, query, relevance, search
from store.query_tree import Sort
from store.sizes import Bounds

#: More rows than any archive has.
_ALL = 10**9
UNBOUNDED = Bounds(rows=_ALL, rows_of_many=_ALL, walked=_ALL, walked_in_titles=_ALL)


def questions(connection: sqlite3.Connection, count: int) -> dict[str, list[tuple[str, int]]]:
    """Kinds of queries, each with the article it was made of."""
    chance = random.Random(20260101)
    last = int(connection.execute("SELECT max(id) FROM articles").fetchone()[0])
    made: dict[str, list[tuple[str, int]]] = {
        "headline": [],
        "3 of headline": [],
        "3 of body": [],
        "2 of body": [],
    }
    while len(made["headline"]) < count:
        number = chance.randrange(1, last + 1)
        row = connection.execute(
            "SELECT title, text FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id = ?",
            (number,),
        ).fetchone()
        head, body = ([w for w in text.split() if w.isalpha() and len(w) > 2] for text in row or ("", ""))
        if len(head) < 4 or len(body) < 20:
            continue
        made["headline"].append((" ".join(head), number))
        made["3 of headline"].append((" ".join(chance.sample(head, 3)), number))
        made["3 of body"].append((" ".join(chance.sample(body, 3)), number))
        made["2 of body"].append((" ".join(chance.sample(body, 2)), number))
    return made


def asked(connection: sqlite3.Connection, text: str) -> tuple[list[int], float]:
    """The first ten articles, and the processor time of finding them in milliseconds."""
    began = time.process_time()
    rows = search.page(connection, query.plain(text, Sort.RELEVANCE), limit=10).rows
    return [row.id for row in rows], (time.process_time() - began) * 1000


def main() -> None:
    """One row for each kind of query, with the bound and without."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--queries", type=int, default=60)
    given = parser.parse_args()
    connection = database.connect(given.store)
    bounded = relevance.BOUNDS
    print(f"{'':16}{'known item':>22}{'overlap':>10}{'ms with':>16}{'ms without':>18}")
    for kind, made in questions(connection, given.queries).items():
        hits, same, taken = {True: 0, False: 0}, [], {True: [0.0], False: [0.0]}
        for text, number in made:
            found = {}
            for is_bounded in (True, False):
                relevance.BOUNDS = bounded if is_bounded else UNBOUNDED
                found[is_bounded], spent = asked(connection, text)
                taken[is_bounded].append(spent)
                hits[is_bounded] += number in found[is_bounded]
            same.append(len(set(found[True]) & set(found[False])) / max(len(found[False]), 1))
        relevance.BOUNDS = bounded
        times = [f"{statistics.median(taken[b][1:]):8.1f}{max(taken[b]):9.1f}" for b in (True, False)]
        print(
            f"{kind:16}{hits[True] / len(made):9.2f} ({hits[False] / len(made):.2f} without)"
            f"{statistics.mean(same):8.2f}{times[0]}{times[1]}",
            flush=True,
        )


if __name__ == "__main__":
    main()
