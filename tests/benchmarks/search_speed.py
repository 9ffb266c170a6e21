"""How fast the store's search is: index, first page by date and by relevance, prefixes, counts, size.

    python tests/benchmarks/search_speed.py ARTICLES.jsonl [STORE.db]

Each line of the file holds ``title``, ``body``, ``keywords``, ``source``, ``ts`` (seconds UTC). Beside it, in the
same run, FTS5 as it comes (unicode61) on the same articles. The store is filled where it does not exist yet.
Milliseconds, median and 95th percentile of RUNS runs; resident memory at the end, after all queries.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store import database, query, search
from store.arabic import label_key
from store.search_index import Arrival, entry_of, index_articles

RUNS = 15
_BY_RANK = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 30"
BATCH = 2000
#: From a word in nearly every article to one in none; the kind of question is the label.
QUERIES = {
    "common word": "في",
    "frequent word": "أوكرانيا",
    "name": "شويغو",
    "two words": "كوريا روسيا",
    "phrase": '"كوريا الشمالية"',
    "field": "title:أوكرانيا",
    "keyword": "keyword:الأردن",
    "outlet": "source:عكاظ",
    "outlet, word": "source:عكاظ كيم",
    "month, word": "on:2025-03 كيم",
    "unread, not": "is:unread كيم -روسيا",
    "either": "شويغو OR بوتين",
    "clitic": "لأوكرانيا",
    "unknown": "قطسبنمل",
    "slip": "أوكرانبا",
    "headline": "خبراء: أوكرانيا تكشف عن خدعة تستخدمها روسيا",
    "prefix 2": "أو*",
    "prefix 3": "كور*",
    "prefix, article": "ال*",
}


def fill(path: Path, source: Path) -> None:
    """Put every article of the file into a new store, in batches, with its full-text index."""
    connection = database.connect(path)
    began, spent, count, size = time.perf_counter(), 0.0, 0, 0
    outlets: dict[str, int] = {}
    with source.open(encoding="utf-8") as lines:
        batch: list[dict[str, object]] = []
        for line in lines:
            batch.append(json.loads(line))
            size += len(str(batch[-1]["title"]).encode()) + len(str(batch[-1]["body"]).encode())
            if len(batch) == BATCH:
                spent += _add(connection, batch, count, outlets)
                count += len(batch)
                batch = []
        spent += _add(connection, batch, count, outlets)
        count += len(batch)
    search.settle(connection)
    total = time.perf_counter() - began
    share = search.index_bytes(connection) / max(size, 1)
    print(
        f"{count} articles in {total:.1f} s; index alone {count / max(spent, 1e-9):.0f}/s, {share:.2f} of the text"
    )
    connection.close()


def _add(
    connection: sqlite3.Connection, batch: list[dict[str, object]], first: int, outlets: dict[str, int]
) -> float:
    spent, arrivals = 0.0, []
    with database.transaction(connection):
        for number, entry in enumerate(batch, start=first + 1):
            title, source = str(entry["title"]), str(entry["source"])
            body = [p for p in str(entry["body"]).split("\n") if p]
            keywords = [str(k) for k in _list(entry["keywords"])]
            if source not in outlets:
                cursor = connection.execute(
                    "INSERT INTO outlets(name, key) VALUES (?, ?)", (source, label_key(source))
                )
                outlets[source] = int(cursor.lastrowid or 0)
            connection.execute(
                "INSERT INTO articles(id, position, title, title_key, published, published_precision, outlet_id,"
                " keywords, origin, identity, added) VALUES (?, ?, ?, '', ?, 'minute', ?, ?, ?, ?, 0)",
                (
                    number,
                    number,
                    title,
                    entry["ts"],
                    outlets[source],
                    json.dumps(keywords),
                    str(number),
                    str(number),
                ),
            )
            connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, "\n".join(body)))
            connection.execute("INSERT INTO statuses(article_id, position) VALUES (?, ?)", (number, number))
            began = time.perf_counter()
            arrivals.append(Arrival(number, number, entry_of(title, body, keywords)))
            spent += time.perf_counter() - began
        began = time.perf_counter()
        index_articles(connection, arrivals)
        spent += time.perf_counter() - began
    return spent


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def plain_fts5(path: Path, source: Path) -> sqlite3.Connection:
    """The same articles in FTS5 as it comes."""
    is_new = not path.exists()
    connection = sqlite3.connect(path)
    if is_new:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, content='')")
        with source.open(encoding="utf-8") as lines:
            rows = ((e["title"], e["body"]) for e in map(json.loads, lines))
            connection.executemany(
                "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", ((i, *r) for i, r in enumerate(rows, 1))
            )
        connection.commit()
    return connection


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile of RUNS runs, in milliseconds."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[min(len(taken) - 1, int(0.95 * len(taken)))]


def measure(connection: sqlite3.Connection, plain: sqlite3.Connection | None) -> None:
    """One row for each question: first page by date, by relevance, a bounded count, plain FTS5."""
    row = connection.execute("SELECT max(published) FROM articles").fetchone()
    now = int(row[0] or 0)
    print(f"{'':18}{'by date':>15}{'relevance':>15}{'count':>15}{'FTS5 by rank':>15}  hits")
    for label, text in QUERIES.items():
        by_date = query.parse(text, now)
        by_relevance = query.parse(text + " sort:relevance", now)
        cells = [
            timed(lambda q=by_date: search.page(connection, q, limit=30)),  # type: ignore[misc]
            timed(lambda q=by_relevance: search.page(connection, q, limit=30)),  # type: ignore[misc]
            timed(lambda q=by_date: search.count(connection, q)),  # type: ignore[misc]
        ]
        if plain is not None and ":" not in text:
            asked = " ".join(f'"{w}"' for w in text.strip('"').split() if w.isalpha()) or '"x"'
            cells.append(timed(lambda a=asked, p=plain: p.execute(_BY_RANK, (a,)).fetchall()))  # type: ignore[misc]
        hits = search.count(connection, by_date)
        print(f"{label:18}" + "".join(f"{m:8.2f}{p:7.2f}" for m, p in cells) + f"  {hits}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB")


def main() -> None:
    """Fill where needed, then measure."""
    source = Path(sys.argv[1])
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else source.with_suffix(".db")
    if not path.exists():
        fill(path, source)
    plain = None if "--alone" in sys.argv else plain_fts5(path.with_suffix(".fts5"), source)
    measure(database.connect(path), plain)


if __name__ == "__main__":
    main()
