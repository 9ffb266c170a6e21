"""What relating costs as an archive grows: taking one article in, its related list and its story, dated and undated.

    python tests/benchmarks/related_cost.py CORPUS.jsonl[.xz] [--sizes 10000 100000] [--times 10] [--probes 200]

CORPUS: JSON lines with title, body and date (ISO 8601), as ``gen_corpus.py --jsonl`` writes them; where it is too
short it is told again, each round in the time after the last. Articles are built up through the store's own way of
relating. ``--times 10`` then makes ten of the last size by copying rows inside the database, each copy in a time of its
own (so that a term is as common as it would be): a quick way to a million, whose articles resemble their copies (of which
only the first 900 letters are kept).

Each probe is an article that is not in the archive yet: "relate" is what relations, clusters and waiting links take in
its own transaction with the commit, for an article with ten headlines in its lists. One in five has no date. Wall and CPU
milliseconds; the file is on disk, opened as the program opens it. Nothing here is part of the test run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from store import counts, neighbours
from store.database import connect, transaction
from store.events import story
from store.links import Named, PageLinks, headline_of, meet, write_links
from store.models import LinkKind, ParsedLink
from store.related import relate_article, related, unrelate_article

_DAY = 86_400
_UNDATED_EVERY = 5
_BATCH = 500


class Text(NamedTuple):
    """An article of the corpus; ``when`` is seconds UTC."""

    title: str
    body: str
    when: int


def corpus(path: Path) -> Iterator[Text]:
    """The articles of a corpus without end, in order of time; each round follows the one before."""
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode()
    rows = sorted((_text(json.loads(line)) for line in text.splitlines()), key=lambda row: row.when)
    span = rows[-1].when - rows[0].when + 60
    for again in itertools.count():
        for row in rows:
            yield row._replace(when=row.when + again * span)


def _text(row: dict[str, str]) -> Text:
    try:
        when = datetime.fromisoformat(row["date"])
    except ValueError:
        when = datetime.strptime(row["date"][:10], "%d/%m/%Y")
    return Text(row["title"], row["body"], int(when.replace(tzinfo=when.tzinfo or UTC).timestamp()))


def put(connection: sqlite3.Connection, article: int, text: Text, when: int | None) -> None:
    """An article without what other rooms make of it, and not related yet."""
    connection.execute(
        "INSERT INTO articles(id, position, title, title_key, published, published_precision, origin, identity, added)"
        " VALUES (?, ?, ?, '', ?, ?, '', '', 0)",
        (article, article, text.title, when, None if when is None else "minute"),
    )
    connection.execute("INSERT INTO bodies VALUES (?, ?)", (article, text.body))
    connection.execute("INSERT INTO statuses(article_id, position) VALUES (?, ?)", (article, article))


def build(connection: sqlite3.Connection, texts: Iterator[Text], start: int, size: int) -> None:
    """Articles ``start`` to ``size``, one in five undated, in batches as a long import writes them."""
    article = start
    while article < size:
        with transaction(connection), neighbours.gathering(connection):
            for text in itertools.islice(texts, min(_BATCH, size - article)):
                article += 1
                put(connection, article, text, text.when if article % _UNDATED_EVERY else None)
                relate_article(connection, article)


def multiply(connection: sqlite3.Connection, size: int, times: int) -> None:
    """Copies of everything, each copy in the time before the last, with other ids and the counts to match."""
    first, last = connection.execute("SELECT min(time), max(time) FROM related_articles").fetchone()
    days = -(-(last - first) // (neighbours.BUCKET_DAYS * _DAY)) + 1
    with transaction(connection):
        for n in range(1, times):
            ids, buckets = n * size, n * days
            seconds = buckets * neighbours.BUCKET_DAYS * _DAY
            for statement in _COPIES:
                connection.execute(
                    statement, {"ids": ids, "buckets": buckets, "seconds": seconds, "size": size}
                )
        connection.execute("UPDATE related_terms SET articles = articles * ?", (times,))
        connection.execute("DELETE FROM related_buckets")
        connection.execute(
            "INSERT INTO related_buckets SELECT bucket, count(*) FROM related_articles GROUP BY bucket"
        )
    counts.forget()


_LATER = "CASE WHEN bucket < 0 THEN bucket ELSE bucket + :buckets END"
_COPIES = (
    "INSERT INTO articles(id, position, title, title_key, published, published_precision, origin, identity, added)"
    " SELECT id + :ids, position + :ids, title, '', published + :seconds, published_precision, '', '', 0 FROM articles"
    " WHERE id <= :size",
    "INSERT INTO bodies SELECT article_id + :ids, substr(text, 1, 900) FROM bodies WHERE article_id <= :size",
    "INSERT INTO statuses(article_id, position) SELECT article_id + :ids, position + :ids FROM statuses"
    " WHERE article_id <= :size",
    f"INSERT INTO related_articles SELECT article_id + :ids, {_LATER}, time + :seconds, weekday, terms, sample"  # noqa: S608
    " FROM related_articles WHERE article_id <= :size",
    f"INSERT INTO related_postings SELECT {_LATER}, term, article_id + :ids FROM related_postings"  # noqa: S608
    " WHERE article_id <= :size",
    "INSERT INTO events SELECT id + :ids, articles, outlets, first + :seconds, last + :seconds FROM events"
    " WHERE id <= :size",
    "INSERT INTO event_members SELECT article_id + :ids, event_id + :ids FROM event_members WHERE article_id <= :size",
)


def report(connection: sqlite3.Connection, size: int, probes: Sequence[Text]) -> None:
    """One line for each thing one waits for."""
    newest = connection.execute("SELECT max(published) FROM articles").fetchone()[0]
    figures: dict[str, list[tuple[float, float]]] = {}
    for number, probe in enumerate(probes):
        kind = "undated" if number % _UNDATED_EVERY == 0 else "dated"
        when = None if kind == "undated" else newest - number * 3_600
        named = [other.title for other in probes[number + 1 : number + 11]]
        article = 1 + connection.execute("SELECT max(id) FROM articles").fetchone()[0]
        figures.setdefault(f"relate, {kind}", []).append(
            _timed(partial(_relate, connection, article, probe, when, named))
        )
        figures.setdefault(f"related list, {kind}", []).append(_timed(partial(related, connection, article)))
        figures.setdefault(f"story, {kind}", []).append(_timed(partial(story, connection, article)))
        _forget(connection, article)
    for name, values in figures.items():
        wall, cpu = ([1e3 * pair[i] for pair in values] for i in (0, 1))
        print(f"{size:9} {name:24} {_quantiles(wall)}   {_quantiles(cpu)}", flush=True)


def _relate(
    connection: sqlite3.Connection, article: int, text: Text, when: int | None, named: Sequence[str]
) -> None:
    with transaction(connection):
        put(connection, article, text, when)
        relate_article(connection, article)
        meet(connection, [Named(article, text.title, headline_of(text.title))])
        read_also = [ParsedLink(LinkKind.SIMILAR, title) for title in named]
        write_links(connection, [PageLinks(article, read_also, (), None, is_new=True)])


def _forget(connection: sqlite3.Connection, article: int) -> None:
    with transaction(connection):
        unrelate_article(connection, article)
        connection.execute("DELETE FROM articles WHERE id = ?", (article,))


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def _quantiles(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return " ".join(
        f"{ordered[min(int(len(ordered) * part), len(ordered) - 1)]:8.2f}" for part in (0.5, 0.95, 1.0)
    )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--times", type=int, default=1, help="copies of the last size, for a larger archive")
    parser.add_argument("--probes", type=int, default=200)
    parser.add_argument(
        "--store", type=Path, help="where to build; kept afterwards; measured first if it is there"
    )
    wanted = parser.parse_args()
    texts = corpus(wanted.corpus)
    probes = list(itertools.islice(texts, wanted.probes))
    print(
        f"{'articles':>9} {'':24} {'wall p50':>8} {'p95':>8} {'max':>8}   {'CPU p50':>8} {'p95':>8} {'max':>8}  ms"
    )
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(wanted.store or Path(folder) / "store.db")
        made = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
        if made:
            report(connection, made, probes)
        for size in sorted(wanted.sizes):
            if size > made:
                build(connection, texts, made, size)
                made = size
                report(connection, size, probes)
        if wanted.times > 1:
            multiply(connection, made, wanted.times)
            report(connection, made * wanted.times, probes)
        connection.close()


if __name__ == "__main__":
    main()
