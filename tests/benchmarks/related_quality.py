"""Related items measured: quality beside plain TF-IDF and FTS5 more-like-this in one run.

    python tests/benchmarks/related_quality.py LABELLED.json

LABELLED.json: ``{"docs": [{"id", "story", "saga", "outlet", "title", "date", "body", "syndicated_of"?}]}``; story null
belongs to none, date null is not known.
MAP: reports of one story first, other stories of the same saga neutral (strict: wrong). pair AP: one ranking of
all pairs, is the score comparable? B3: B-cubed F1 of the clusters, those of the anchors at their best threshold
in one pass over time. Nothing here is part of the test run.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sqlite3
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from store import intake
from store.clusters import decay
from store.database import connect
from store.events import event_id
from store.models import ParsedArticle, Precision, Published
from store.related import related

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
    time: int | None


Scores = Mapping[tuple[int, int], float]


def read(path: Path) -> list[Doc]:
    """The labelled reports, in order of time; those without a date come last."""
    rows = json.loads(path.read_text(encoding="utf-8"))["docs"]
    docs = [
        Doc(r["id"], r["story"], r.get("saga"), r["outlet"], r["title"], r["body"], seconds(r["date"]))
        for r in rows
    ]
    return sorted(docs, key=lambda doc: math.inf if doc.time is None else doc.time)


def seconds(date: str | None) -> int | None:
    """An ISO 8601 date as seconds, UTC where it names no zone; None for none."""
    if date is None:
        return None
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
            intake.add(connection, parsed(d.title, d.body, d.time, d.outlet, i), d.time or 0)[0].id
            for i, d in enumerate(docs)
        ]
        # A text that comes twice is one article: its reports are as alike as can be.
        at: dict[int, list[int]] = {}
        for i, article in enumerate(ids):
            at.setdefault(article, []).append(i)
        scores = {(i, j): 3.0 for same in at.values() for i in same for j in same if i != j}
        for article, reports in at.items():
            for place, one in enumerate(related(connection, article, limit=len(docs))):
                tier = 2.0 if one.relation in ("event", "copy") else 0.0
                for i, j in product(reports, at.get(one.id, ())):
                    scores.setdefault((i, j), tier + one.score - place * 1e-6)
        clusters = [event_id(connection, article) or -article for article in ids]
        connection.close()
    return scores, clusters


def tf_idf(docs: Sequence[Doc], *, is_dated: bool, lead: int | None = None) -> Scores:
    """Cosine of raw words, whole text; or of the headline three times and the first ``lead`` words."""
    texts = [
        f"{d.title} {d.body}" if lead is None else " ".join([*[d.title] * 3, *d.body.split()[:lead]])
        for d in docs
    ]
    counts = [Counter(_WORD.findall(text)) for text in texts]
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
    first, second = docs[i].time, docs[j].time
    return 1.0 if not is_dated or first is None or second is None else decay(first - second)


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
        "TF-IDF of the lead + date": lambda: tf_idf(docs, is_dated=True, lead=80),
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


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    quality(read(parser.parse_args().labelled))


if __name__ == "__main__":
    main()
