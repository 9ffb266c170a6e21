"""Related items measured: quality beside plain TF-IDF and FTS5 more-like-this, and cost as the archive grows.

    python tests/benchmarks/related_quality.py LABELLED.json [--grow CORPUS.jsonl[.xz] --sizes 1000 10000]

LABELLED.json: ``{"docs": [{"id", "story", "saga", "outlet", "title", "date", "body", "syndicated_of"?}]}``; story null
belongs to none. CORPUS: JSON lines with title, body and date (ISO 8601), repeated with other days where too short.
MAP: reports of one story first, other stories of the same saga neutral (strict: wrong). pair AP: one ranking of
all pairs, is the score comparable? B3: B-cubed F1 of the clusters, those of the anchors at their best threshold
in one pass over time. Nothing here is part of the test run.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import re
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store import intake
from store.clusters import decay
from store.database import connect, transaction
from store.events import event_id, story
from store.models import ParsedArticle, Precision, Published
from store.related import relate_article, related, unrelate_article

_WORD = re.compile(r"\w+")
_DAY = 86_400


@dataclass(frozen=True)
class Doc:
    """A labelled report."""

    name: str
    story: str | None
    saga: str | None
    outlet: str
    title: str
    body: str
    time: int


Scores = Mapping[tuple[int, int], float]


def read(path: Path) -> list[Doc]:
    """The labelled reports, in order of time."""
    rows = json.loads(path.read_text(encoding="utf-8"))["docs"]
    docs = [
        Doc(r["id"], r["story"], r.get("saga"), r["outlet"], r["title"], r["body"], seconds(r["date"]))
        for r in rows
    ]
    return sorted(docs, key=lambda doc: doc.time)


def seconds(date: str) -> int:
    """An ISO 8601 date as seconds, UTC where it names no zone."""
    when = datetime.fromisoformat(date)
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def parsed(title: str, body: str, time: int | None, outlet: str, number: int) -> ParsedArticle:
    """A report as an article of the store."""
    published = None if time is None else Published(time, Precision.DAY)
    return ParsedArticle(
        title=title, body=tuple(body.split("\n")), origin=f"b:{number}", outlet=outlet, published=published
    )


def ours(docs: Sequence[Doc]) -> tuple[Scores, list[int]]:
    """Ranking and clusters of the store."""
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "store.db")
        ids = [
            intake.add(connection, parsed(d.title, d.body, d.time, d.outlet, i), d.time)[0].id
            for i, d in enumerate(docs)
        ]
        at = {article: i for i, article in enumerate(ids)}
        scores: dict[tuple[int, int], float] = {}
        for article, i in at.items():
            for place, one in enumerate(related(connection, article, limit=len(docs))):
                if one.id in at:
                    tier = 2.0 if one.relation in ("event", "copy") else 0.0
                    scores.setdefault((i, at[one.id]), tier + one.score - place * 1e-6)
        clusters = [event_id(connection, article) or -article for article in ids]
        connection.close()
    return scores, clusters


def tf_idf(docs: Sequence[Doc], *, is_dated: bool) -> Scores:
    """Cosine of raw words, whole text."""
    counts = [Counter(_WORD.findall(f"{d.title} {d.body}")) for d in docs]
    held = Counter(word for count in counts for word in count)
    vectors = []
    for count in counts:
        raw = {word: tf * math.log(len(docs) / held[word]) for word, tf in count.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        vectors.append({word: weight / length for word, weight in raw.items()})
    return {
        (i, j): sum(w * other.get(word, 0.0) for word, w in one.items()) * faded(docs, i, j, is_dated)
        for i, one in enumerate(vectors)
        for j, other in enumerate(vectors)
        if i != j
    }


def more_like_this(docs: Sequence[Doc], *, is_dated: bool, terms: int = 25) -> Scores:
    """FTS5's bm25 for the weightiest words of each report."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(text)")
    texts = [f"{d.title} {d.body}" for d in docs]
    connection.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", list(enumerate(texts, 1)))
    held = Counter(word for text in texts for word in set(_WORD.findall(text)))
    scores: dict[tuple[int, int], float] = {}
    for i, text in enumerate(texts):
        counts = Counter(_WORD.findall(text))
        best = sorted(counts, key=lambda word: (-counts[word] * math.log(len(docs) / held[word]), word))[
            :terms
        ]
        query = " OR ".join(f'"{word}"' for word in best)
        for row, score in connection.execute("SELECT rowid, bm25(t) FROM t WHERE t MATCH ?", (query,)):
            if row - 1 != i:
                scores[i, row - 1] = -score * faded(docs, i, row - 1, is_dated)
    return scores


def faded(docs: Sequence[Doc], i: int, j: int, is_dated: bool) -> float:
    """What time leaves of a score, where it counts."""
    return decay(docs[i].time - docs[j].time) if is_dated else 1.0


def average_precision(hits: Sequence[bool]) -> float:
    """Mean of the precision at each hit."""
    found, total = 0, 0.0
    for place, is_hit in enumerate(hits, 1):
        if is_hit:
            found += 1
            total += found / place
    return total / found if found else 0.0


def mean_average_precision(docs: Sequence[Doc], scores: Scores, *, is_strict: bool) -> float:
    """MAP over the reports that have a mate."""
    out = []
    for i, doc in enumerate(docs):
        mates = {j for j, other in enumerate(docs) if j != i and doc.story and other.story == doc.story}
        if not mates:
            continue
        order = sorted((j for j in range(len(docs)) if j != i), key=lambda j: (-scores.get((i, j), 0.0), j))
        if not is_strict:
            order = [j for j in order if j in mates or not doc.saga or docs[j].saga != doc.saga]
        out.append(average_precision([j in mates for j in order]))
    return statistics.fmean(out)


def pair_precision(docs: Sequence[Doc], scores: Scores) -> float:
    """Average precision of one ranking of all pairs."""
    pairs = {(min(i, j), max(i, j)): max(scores.get((i, j), 0.0), scores.get((j, i), 0.0)) for i, j in scores}
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    hits = [docs[i].story is not None and docs[i].story == docs[j].story for i, j in ranked]
    total = sum(count * (count - 1) // 2 for count in Counter(d.story for d in docs if d.story).values())
    return average_precision(hits) * sum(hits) / total


def b_cubed(docs: Sequence[Doc], clusters: Sequence[int]) -> float:
    """B-cubed F1; a report of no story is a story of its own."""
    truth = [doc.story or f"alone {i}" for i, doc in enumerate(docs)]
    precision = recall = 0.0
    for label, cluster in zip(truth, clusters, strict=True):
        both = sum(a == label and b == cluster for a, b in zip(truth, clusters, strict=True))
        precision += both / sum(b == cluster for b in clusters)
        recall += both / sum(a == label for a in truth)
    precision, recall = precision / len(docs), recall / len(docs)
    return 2 * precision * recall / (precision + recall)


def best_clusters(docs: Sequence[Doc], scores: Scores) -> float:
    """B-cubed of one pass over time, each report to the group it is most like on average, at the best threshold."""
    levels = sorted(scores.values())
    return max(
        b_cubed(docs, _one_pass(docs, scores, levels[len(levels) * step // 200])) for step in range(150, 200)
    )


def _one_pass(docs: Sequence[Doc], scores: Scores, least: float) -> list[int]:
    groups: list[list[int]] = []
    out = []
    for i in range(len(docs)):
        links = [statistics.fmean(scores.get((i, j), 0.0) for j in group) for group in groups]
        best = max(range(len(groups)), key=lambda g: links[g], default=-1)
        if best < 0 or links[best] < least:
            best = len(groups)
            groups.append([])
        groups[best].append(i)
        out.append(best)
    return out


def quality(docs: Sequence[Doc]) -> None:
    """One line for each method."""
    print(f"{len(docs)} reports\n{'method':28} {'MAP':>6} {'strict':>6} {'pairAP':>6} {'B3':>6}")
    scores, clusters = ours(docs)
    _line("the store", docs, scores, b_cubed(docs, clusters))
    anchors: dict[str, Callable[[], Scores]] = {
        "TF-IDF cosine": lambda: tf_idf(docs, is_dated=False),
        "TF-IDF cosine + date": lambda: tf_idf(docs, is_dated=True),
        "FTS5 more like this": lambda: more_like_this(docs, is_dated=False),
        "FTS5 more like this + date": lambda: more_like_this(docs, is_dated=True),
    }
    for name, anchor in anchors.items():
        found = anchor()
        _line(name, docs, found, best_clusters(docs, found))


def _line(name: str, docs: Sequence[Doc], scores: Scores, clusters: float) -> None:
    loose, strict = (mean_average_precision(docs, scores, is_strict=strict) for strict in (False, True))
    print(
        f"{name:28} {loose:6.3f} {strict:6.3f} {pair_precision(docs, scores):6.3f} {clusters:6.3f}",
        flush=True,
    )


def corpus(path: Path, size: int) -> Iterator[tuple[str, str, int]]:
    """Title, body and time of so many articles; later rounds are a year apart, so that time goes on."""
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    for number in range(size):
        row, again = rows[number % len(rows)], number // len(rows)
        try:
            when = seconds(row["date"])
        except ValueError:
            when = int(datetime.strptime(row["date"][:10], "%d/%m/%Y").replace(tzinfo=UTC).timestamp())
        yield row["title"], row["body"], when + again * 365 * _DAY


def cost(path: Path, sizes: Sequence[int]) -> None:
    """Time of relating one article, of its related list and its story, and bytes, as the archive grows."""
    print(
        f"\n{'articles':>9} {'relate p50':>11} {'p95':>6} {'related p50':>12} {'p95':>6} {'story p50':>10} {'p95':>6} {'MB':>7}  (ms)"
    )
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "store.db")
        made, spent = 0, []
        rows = corpus(path, max(sizes))
        for size in sorted(sizes):
            while made < size:
                with transaction(connection):
                    for _ in range(min(500, size - made)):
                        title, body, when = next(rows)
                        spent.append(_add(connection, title, body, when, made))
                        made += 1
            _report(connection, size, spent[-1000:])
        connection.close()


def _add(connection: sqlite3.Connection, title: str, body: str, when: int, number: int) -> float:
    """Put an article in without the other rooms' work, and relate it; the seconds that took."""
    article = number + 1
    connection.execute(
        "INSERT INTO articles(id, position, title, title_key, published, published_precision, origin, identity, added)"
        " VALUES (?, ?, ?, '', ?, 'minute', '', '', 0)",
        (article, article, title, when),
    )
    connection.execute("INSERT INTO bodies VALUES (?, ?)", (article, body))
    connection.execute("INSERT INTO statuses(article_id, position) VALUES (?, ?)", (article, article))
    began = time.perf_counter()
    relate_article(connection, article)
    return time.perf_counter() - began


def _report(connection: sqlite3.Connection, size: int, spent: Sequence[float]) -> None:
    step = max(1, size // 60)
    asked = range(1, size + 1, step)
    lists = [_timed(lambda article=article: related(connection, article)) for article in asked]
    stories = [_timed(lambda article=article: story(connection, article)) for article in asked]
    used = connection.execute(
        "SELECT total(pgsize) FROM dbstat WHERE name LIKE 'related%' OR name LIKE 'event%'"
    )
    figures = [1e3 * value for part in (spent, lists, stories) for value in _quantiles(part)]
    print(
        f"{size:9} {figures[0]:11.2f} {figures[1]:6.2f} {figures[2]:12.2f} {figures[3]:6.2f}"
        f" {figures[4]:10.2f} {figures[5]:6.2f} {used.fetchone()[0] / 1e6:7.1f}",
        flush=True,
    )
    _check_undo(connection, size)


def _check_undo(connection: sqlite3.Connection, article: int) -> None:
    """Taking an article out and in again costs no more than it should; done so that both ways are exercised."""
    with transaction(connection):
        unrelate_article(connection, article)
        relate_article(connection, article)


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _quantiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--grow", type=Path, help="a corpus to measure cost on")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    wanted = parser.parse_args()
    quality(read(wanted.labelled))
    if wanted.grow:
        cost(wanted.grow, wanted.sizes)


if __name__ == "__main__":
    main()
