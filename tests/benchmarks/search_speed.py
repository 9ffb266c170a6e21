"""How fast the store's search is: index, first page by date and by relevance, prefixes, counts, size.

    python tests/benchmarks/search_speed.py ARTICLES.jsonl [--store STORE.db] [--count 100000] [--newsboat] [--alone]
    python tests/benchmarks/search_speed.py --store STORE.db --newsboat      (measures again what was filled before)

Each line of the file (which may be a pipe) holds ``title``, ``body``, ``keywords``, ``source``, ``ts`` (seconds UTC).
Beside it, in the same run, FTS5 as it comes (unicode61) on the same articles, and with ``--newsboat`` the statement
that newsboat searches its cache with, on a cache of the same articles. What does not exist yet is filled first; the
store by the direct way, without links and events. Milliseconds, median and 95th percentile of RUNS runs, or of as many
as fit into PATIENCE seconds: then how many stands behind them. Each program answers all questions before the next is
asked, and resident memory is the store's alone, at its end. What a peer cannot be asked has a dash: FTS5 knows no
fields of ours and no typing errors, and newsboat looks for one string.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from store import database, query, search
from store.arabic import label_key
from store.models import Precision, Published
from store.positions import Positions
from store.search_index import Arrival, entry_of, index_articles

RUNS = 15
#: Seconds that one question may take in all its runs, but for the first three.
PATIENCE = 12.0
_BY_RANK = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 30"
_BY_DATE = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid DESC LIMIT 30"
#: The statement in newsboat 2.21, its whole answer read as it reads it.
_NEWSBOAT = (
    "SELECT guid, title, author, url, pubDate, length(content), unread, feedurl, enclosure_url, enclosure_type,"
    " enqueued, flags, base FROM rss_item WHERE (title LIKE :like OR content LIKE :like) AND deleted = 0"
    " ORDER BY pubDate DESC, id DESC"
)
BATCH = 2000
#: Every so many articles have this tag, or are read.
TAG, TAGGED, READ = "مهم", 50, 2
_LONG = (
    "قال وزير الخارجية الروسي سيرغي لافروف خلال مؤتمر صحفي في موسكو إن بلاده مستعدة لمواصلة المفاوضات مع أوكرانيا"
    " حول القضايا الإنسانية وتبادل الأسرى وإعادة الأطفال وفتح الموانئ أمام تصدير الحبوب إلى الدول التي تحتاجها"
)
_MANY = "روسيا أوكرانيا كوريا اليابان الصين أميركا مصر السعودية قطر تونس ليبيا سوريا العراق لبنان اليمن السودان المغرب تركيا"


@dataclass(frozen=True, slots=True)
class Question:
    """A query of ours; the same in FTS5's syntax and as newsboat's string, where they can be asked it."""

    text: str
    fts: str = ""
    like: str = ""


def _words(text: str) -> Question:
    return Question(text, " ".join(f'"{word}"' for word in text.split()), text)


#: From a word in nearly every article to one in none; the kind of question is the label.
QUERIES = {
    "common word": _words("في"),
    "frequent word": _words("أوكرانيا"),
    "rare word": _words("عسعس"),
    "name": _words("شويغو"),
    "name, many ways": _words("غوتيريش"),
    "two words": _words("كوريا روسيا"),
    "two common words": _words("في من"),
    "phrase": Question('"كوريا الشمالية"', '"كوريا الشمالية"', "كوريا الشمالية"),
    "field": Question("title:أوكرانيا", 'title : "أوكرانيا"'),
    "keyword": Question("keyword:الأردن"),
    "outlet": Question("source:عكاظ"),
    "outlet, word": Question("source:عكاظ كيم"),
    "outlet, common": Question("source:عكاظ في"),
    "tag, word": Question("tag:مهم كيم"),
    "tag, common": Question("tag:مهم في"),
    "month, word": Question("on:2024-12 كيم"),
    "days, common": Question("after:2024-12-28 before:2024-12-30 في"),
    "unread": Question("is:unread أوكرانيا"),
    "unread, not": Question("is:unread كيم -روسيا"),
    "read": Question("is:read"),
    "not, alone": Question("-روسيا"),
    "not common, alone": Question("-في"),
    "common, not": Question("في -من", '"في" NOT "من"'),
    "either": Question("شويغو OR بوتين", '"شويغو" OR "بوتين"'),
    "many ORs": Question(" OR ".join(_MANY.split()), " OR ".join(f'"{word}"' for word in _MANY.split())),
    "brackets": Question(
        "(روسيا OR أوكرانيا) (كوريا OR الصين)", '("روسيا" OR "أوكرانيا") AND ("كوريا" OR "الصين")'
    ),
    "clitic": _words("لأوكرانيا"),
    "unknown": _words("قطسبنمل"),
    "slip": Question("أوكرانبا"),
    "slip of common": Question("الرئبس"),
    "two slips": Question("أوكرانبا روسبا"),
    "headline": _words("خبراء: أوكرانيا تكشف عن خدعة تستخدمها روسيا".replace(":", "")),
    "30 words": _words(_LONG),
    "prefix 1": Question("ا*", '"ا" *'),
    "prefix 2": Question("أو*", '"أو" *'),
    "prefix 3": Question("كور*", '"كور" *'),
    "prefix, article": Question("ال*", '"ال" *'),
    "word, prefix": Question("روسيا ال*", '"روسيا" AND "ال" *'),
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
    with database.transaction(connection):
        connection.execute("INSERT INTO tags(id, name, key) VALUES (1, ?, ?)", (TAG, label_key(TAG)))
        connection.execute(
            "INSERT INTO article_tags SELECT 1, position, id FROM articles WHERE id % ? = 0", (TAGGED,)
        )
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
    spent, arrivals, places = 0.0, [], Positions(connection)
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
            # As an import gives them: how far they are apart is a good part of the index.
            position = places.take(Published(int(str(entry["ts"])), Precision.MINUTE), 0)
            connection.execute(
                "INSERT INTO articles(id, position, title, title_key, published, published_precision, outlet_id,"
                " keywords, origin, identity, added) VALUES (?, ?, ?, '', ?, 'minute', ?, ?, ?, ?, 0)",
                (
                    number,
                    position,
                    title,
                    entry["ts"],
                    outlets[source],
                    json.dumps(keywords),
                    str(number),
                    str(number),
                ),
            )
            connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, "\n".join(body)))
            connection.execute(
                "INSERT INTO statuses(article_id, position, is_unread) VALUES (?, ?, ?)",
                (number, position, number % READ > 0),
            )
            began = time.perf_counter()
            arrivals.append(Arrival(number, position, entry_of(title, body, keywords)))
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


_clock = time.perf_counter


class Times(NamedTuple):
    """Median and 95th percentile in milliseconds, and of how many runs."""

    median: float
    high: float
    runs: int

    def __str__(self) -> str:
        few = f" ({self.runs})" if self.runs < RUNS else ""
        return f"{self.median:.2f} {self.high:.2f}{few}"


def timed(what: Callable[[], object]) -> Times:
    """How long something takes, again and again."""
    taken: list[float] = []
    while len(taken) < 3 or (len(taken) < RUNS and sum(taken) < PATIENCE * 1000):
        began = _clock()
        what()
        taken.append((_clock() - began) * 1000)
    taken.sort()
    return Times(taken[len(taken) // 2], taken[min(len(taken) - 1, int(0.95 * len(taken)))], len(taken))


Column = dict[str, Times]


def of_store(connection: sqlite3.Connection) -> tuple[dict[str, Column], dict[str, int]]:
    """First page by date, by relevance, and a bounded count of each question; and those counts."""
    row = connection.execute("SELECT max(published) FROM articles").fetchone()
    now = int(row[0] or 0)
    columns: dict[str, Column] = {"by date": {}, "relevance": {}, "count": {}}
    hits = {}
    for label, question in QUERIES.items():
        print(label, file=sys.stderr)
        by_date = query.parse(question.text, now)
        # In brackets: OR binds less than what stands beside it.
        by_relevance = query.parse(f"({question.text}) sort:relevance", now)
        columns["by date"][label] = timed(lambda q=by_date: search.page(connection, q, limit=30))
        columns["relevance"][label] = timed(lambda q=by_relevance: search.page(connection, q, limit=30))
        columns["count"][label] = timed(lambda q=by_date: search.count(connection, q))
        hits[label] = search.count(connection, by_date)
    return columns, hits


def of_peers(fts: sqlite3.Connection | None, boat: sqlite3.Connection | None) -> dict[str, Column]:
    """The same questions asked of the peers, as far as they can be."""
    columns: dict[str, Column] = {}
    for label, question in QUERIES.items():
        print("peers:", label, file=sys.stderr)
        for name, statement in (("FTS5 by date", _BY_DATE), ("FTS5 by rank", _BY_RANK)) if fts else ():
            column = columns.setdefault(name, {})
            if question.fts:
                column[label] = timed(lambda s=statement, q=question: fts.execute(s, (q.fts,)).fetchall())
        if boat is not None:
            column = columns.setdefault("newsboat", {})
            if question.like:
                like = {"like": f"%{question.like}%"}
                column[label] = timed(lambda v=like: deque(boat.execute(_NEWSBOAT, v), maxlen=0))
    return columns


def show(columns: dict[str, Column], hits: dict[str, int]) -> None:
    """One row for each question, and the worst of each column."""
    print(" " * 18 + "".join(f"{head:>22}" for head in columns) + "  hits")
    for label in QUERIES:
        cells = "".join(f"{column.get(label, '-')!s:>22}" for column in columns.values())
        print(f"{label:18}{cells}  {hits[label]}")
    worst = (
        f"{max(t.median for t in column.values()):.2f} {max(t.high for t in column.values()):.2f}"
        for column in columns.values()
    )
    print(f"{'worst median, p95':18}" + "".join(f"{one:>22}" for one in worst))


def main() -> None:
    """Fill where needed, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, nargs="?")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--count", type=int, help="only the first so many articles")
    parser.add_argument("--newsboat", action="store_true", help="newsboat's search beside it")
    parser.add_argument("--alone", action="store_true", help="no peer beside it")
    parser.add_argument("--cpu", action="store_true", help="processor time, on a machine that others use too")
    given = parser.parse_args()
    if given.cpu:
        global _clock
        _clock = time.process_time
    if given.source is None and (given.store is None or not given.store.exists()):
        parser.error("the articles, or a store that was filled before")
    path = given.store or given.source.with_suffix(f".{given.count or 'all'}.db")
    fts = None if given.alone else plain_fts5(path.with_suffix(".fts5"))
    boat = newsboat_cache(path.with_suffix(".newsboat")) if given.newsboat else None
    if not path.exists():
        fill(path, _read(given.source, given.count), [peer for peer in (fts, boat) if peer is not None])
    connection = database.connect(path)
    columns, hits = of_store(connection)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    share = search.index_bytes(connection) / max(_text_bytes(connection), 1)
    show({**columns, **of_peers(fts, boat)}, hits)
    print(f"peak memory of the store {peak} MB; index {share:.2f} of the text")


def _text_bytes(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT sum(length(CAST(a.title AS BLOB)) + length(CAST(b.text AS BLOB)))"
        " FROM articles a JOIN bodies b ON b.article_id = a.id"
    ).fetchone()
    return int(row[0] or 0)


if __name__ == "__main__":
    main()
