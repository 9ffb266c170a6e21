"""How fast the store's search is: index, first page by date and by relevance, prefixes, counts, size.

    python tests/benchmarks/search_speed.py ARTICLES.jsonl [--store STORE.db] [--count 100000] [--newsboat] [--alone]

Each line of the file (which may be a pipe) holds ``title``, ``body``, ``keywords``, ``source``, ``ts`` (seconds UTC).
Beside it, in the same run, FTS5 as it comes (unicode61) on the same articles, and with ``--newsboat`` the statement
that newsboat searches its cache with, on a cache of the same articles. What does not exist yet is filled first; the
store by the direct way, without links and events. Milliseconds, median and 95th percentile of RUNS runs; resident
memory at the end, after all queries.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from store import database, query, search
from store.arabic import label_key
from store.search_index import Arrival, entry_of, index_articles

RUNS = 15
_BY_RANK = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 30"
#: The statement in newsboat 2.21, its whole answer read as it reads it.
_NEWSBOAT = (
    "SELECT guid, title, author, url, pubDate, length(content), unread, feedurl, enclosure_url, enclosure_type,"
    " enqueued, flags, base FROM rss_item WHERE (title LIKE :like OR content LIKE :like) AND deleted = 0"
    " ORDER BY pubDate DESC, id DESC"
)
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


def fill(path: Path, entries: Iterator[dict[str, object]], peers: list[sqlite3.Connection]) -> None:
    """Put every article into a new store, in batches, with its full-text index; and into the peers."""
    connection = database.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    began, spent, count, size = time.perf_counter(), 0.0, 0, 0
    outlets: dict[str, int] = {}
    while batch := list(islice(entries, BATCH)):
        size += sum(len(str(e["title"]).encode()) + len(str(e["body"]).encode()) for e in batch)
        spent += _add(connection, batch, count, outlets)
        for peer in peers:
            _add_to_peer(peer, batch, count)
        count += len(batch)
    search.settle(connection)
    for peer in peers:
        peer.commit()
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


def plain_fts5(path: Path) -> sqlite3.Connection:
    """FTS5 as it comes."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS t USING fts5(title, body, content='')")
    return connection


def newsboat_cache(path: Path) -> sqlite3.Connection:
    """A cache as newsboat 2.21 makes it; of its columns those that its search reads."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS rss_item(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,"
        " title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,"
        " feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,"
        " unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),"
        " enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0,"
        " base VARCHAR(128) NOT NULL DEFAULT '')"
    )
    connection.execute("CREATE INDEX IF NOT EXISTS idx_deleted ON rss_item(deleted)")
    return connection


def _add_to_peer(peer: sqlite3.Connection, batch: list[dict[str, object]], first: int) -> None:
    is_fts = peer.execute("SELECT 1 FROM sqlite_master WHERE name = 't'").fetchone()
    for number, entry in enumerate(batch, start=first + 1):
        if is_fts:
            peer.execute(
                "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", (number, entry["title"], entry["body"])
            )
        else:
            peer.execute(
                "INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread)"
                " VALUES (?, ?, '', '', ?, ?, ?, 1)",
                (str(number), entry["title"], entry["source"], entry["ts"], entry["body"]),
            )


def _read(source: Path, count: int | None) -> Iterator[dict[str, object]]:
    with source.open(encoding="utf-8") as lines:
        for line in islice(lines, count):
            entry = json.loads(line)
            if "title" in entry:
                yield entry


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile of RUNS runs, in milliseconds."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[min(len(taken) - 1, int(0.95 * len(taken)))]


def measure(
    connection: sqlite3.Connection, fts: sqlite3.Connection | None, boat: sqlite3.Connection | None
) -> None:
    """One row for each question: first page by date, by relevance, a bounded count, plain FTS5, newsboat."""
    row = connection.execute("SELECT max(published) FROM articles").fetchone()
    now = int(row[0] or 0)
    heads = ["by date", "relevance", "count"] + ["FTS5 by rank"] * bool(fts) + ["newsboat"] * bool(boat)
    print(" " * 18 + "".join(f"{head:>16}" for head in heads) + "  hits")
    seen: list[list[float]] = [[] for _ in heads]
    for label, text in QUERIES.items():
        by_date = query.parse(text, now)
        by_relevance = query.parse(text + " sort:relevance", now)
        words = [word for word in text.strip('"').split() if word.isalpha()]
        asked = [
            lambda q=by_date: search.page(connection, q, limit=30),
            lambda q=by_relevance: search.page(connection, q, limit=30),
            lambda q=by_date: search.count(connection, q),
        ]
        if fts is not None:
            asked.append(
                lambda w=words: fts.execute(_BY_RANK, (" ".join(f'"{one}"' for one in w),)).fetchall()
            )
        if boat is not None:
            asked.append(lambda w=words: boat.execute(_NEWSBOAT, {"like": f"%{' '.join(w)}%"}).fetchall())
        cells = []
        for place, ask in enumerate(asked):
            if place > 2 and (not words or ":" in text or "*" in text):
                cells.append(f"{'-':>16}")
                continue
            median, high = timed(ask)
            seen[place] += [median, high]
            cells.append(f"{median:8.2f}{high:8.2f}")
        print(f"{label:18}" + "".join(cells) + f"  {search.count(connection, by_date)}", flush=True)
    print(f"{'worst median, p95':18}" + "".join(f"{max(s[::2]):8.2f}{max(s[1::2]):8.2f}" for s in seen))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB")


def main() -> None:
    """Fill where needed, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--count", type=int, help="only the first so many articles")
    parser.add_argument("--newsboat", action="store_true", help="newsboat's search beside it")
    parser.add_argument("--alone", action="store_true", help="no peer beside it")
    given = parser.parse_args()
    path = given.store or given.source.with_suffix(f".{given.count or 'all'}.db")
    fts = None if given.alone else plain_fts5(path.with_suffix(".fts5"))
    boat = newsboat_cache(path.with_suffix(".newsboat")) if given.newsboat else None
    if not path.exists():
        fill(path, _read(given.source, given.count), [peer for peer in (fts, boat) if peer is not None])
    measure(database.connect(path), fts, boat)


if __name__ == "__main__":
    main()
