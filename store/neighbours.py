"""The term index: which stored articles are most like one, now and at any size.

Postings give candidates, rare terms first and never more rows than a budget;
the packed terms of each candidate then give its exact cosine, with the idf of
today. So the answer does not depend on what was stored first, and its cost
does not depend on how common the common words are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from . import vectors
from .articles import batches, placeholders
from .counts import TermCounts, counts_of, forget
from .gathered import Gathered
from .terms import signed
from .vectors import Signature

_DAY = 86_400
#: Days in a bucket of postings.
BUCKET_DAYS = 8
UNDATED = -1
#: A term in more than this share of a large archive finds nothing, and is not posted.
_TOO_COMMON = 0.02
_LARGE = 2_000
#: So many of the sampled sequences are posted like terms, to find copies whose lead was rewritten.
_POSTED_SAMPLES = 4
#: A shared sequence of four words says more than any one term.
_SAMPLE_WEIGHT = 0.35

_ARTICLES = "SELECT article_id, time, terms, sample FROM related_articles WHERE article_id IN "


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a question goes: terms asked, rows read, candidates weighed, days to either side.

    ``days`` None asks all times; an undated article always does, unless
    ``is_near_only`` keeps it among the undated. Candidates whose cosine, by
    the query's weights alone, looks smaller than ``least`` are not weighed.
    """

    terms: int
    rows: int
    candidates: int
    days: int | None
    is_near_only: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored article and its cosine with the one asked about; ``time`` None for undated.

    ``sample`` and ``packed`` are packed: :func:`store.vectors.unpack_sample` reads the one, ``terms`` the other.
    """

    id: int
    time: int | None
    cosine: float
    sample: bytes
    packed: bytes

    @property
    def terms(self) -> frozenset[int]:
        """The terms of the article."""
        return frozenset(vectors.unpack_terms(self.packed)[0])


@contextmanager
def gathering(connection: sqlite3.Connection) -> Iterator[None]:
    """Write what is added in the block at its end, in order; within a transaction, for many articles."""
    known = counts_of(connection)
    if known.gathered is not None:
        yield
        return
    known.gathered = gathered = Gathered()
    try:
        yield
    except BaseException:
        forget()
        raise
    finally:
        known.gathered = None
    gathered.write(connection)


def size(connection: sqlite3.Connection) -> int:
    """How many articles the index holds."""
    return counts_of(connection).articles


def bucket_of(time: int | None) -> int:
    """The bucket of a time in seconds UTC."""
    return UNDATED if time is None else max(0, time // (_DAY * BUCKET_DAYS))


def add(
    connection: sqlite3.Connection,
    article_id: int,
    time: int | None,
    made: Signature,
    weekday: int | None = None,
) -> None:
    """Put an article that is not in the index into it; ``weekday`` is what it says of its day, if that is all."""
    known = counts_of(connection)
    numbers = _numbers(made.terms, made.sample)
    known.load(numbers)
    bucket, counts = bucket_of(time), known.counts
    most = known.articles * _TOO_COMMON if known.articles > _LARGE else known.articles
    terms, sample = vectors.pack(made)
    connection.execute(
        "INSERT INTO related_articles(article_id, bucket, time, weekday, terms, sample) VALUES (?, ?, ?, ?, ?, ?)",
        (article_id, bucket, time, weekday, terms, sample),
    )
    gathered = known.gathered or Gathered()
    gathered.add(article_id, bucket, [number for number in numbers if counts[number] <= most], numbers)
    if known.gathered is None:
        gathered.write(connection)
    known.newest = article_id if known.newest is None else max(known.newest, article_id)
    known.count(numbers, bucket, 1)


def _numbers(terms: Iterable[int], sample: Sequence[int]) -> list[int]:
    """What of an article is posted and counted: its terms, and the first of its sampled sequences."""
    return list(dict.fromkeys((*terms, *_posted_samples(sample))))


def _posted_samples(sample: Sequence[int]) -> list[int]:
    return [signed(number) for number in sample[:_POSTED_SAMPLES]]


def remove(connection: sqlite3.Connection, article_id: int) -> bool:
    """Take an article out of the index; False when it was not there."""
    found = connection.execute(
        "SELECT bucket, terms, sample FROM related_articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    if found is None:
        return False
    bucket, blob, sample = found
    known = counts_of(connection)
    if known.gathered:
        known.gathered.write(connection)
    made = vectors.unpacked((blob, sample))
    numbers = _numbers(made.terms, made.sample)
    known.load(numbers)
    connection.executemany(
        "DELETE FROM related_postings WHERE bucket = ? AND term = ? AND article_id = ?",
        [(bucket, number, article_id) for number in numbers],
    )
    connection.execute("DELETE FROM related_articles WHERE article_id = ?", (article_id,))
    connection.executemany(
        "UPDATE related_terms SET articles = articles - 1 WHERE term = ?", [(number,) for number in numbers]
    )
    connection.execute(
        "UPDATE related_buckets SET articles = max(articles - 1, 0) WHERE bucket = ?", (bucket,)
    )
    known.count(numbers, bucket, -1)
    return True


def stored(connection: sqlite3.Connection, article_id: int) -> tuple[int | None, Signature] | None:
    """Time and signature of an indexed article, or None."""
    found = connection.execute(
        "SELECT time, terms, sample FROM related_articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    if found is None:
        return None
    time, terms, sample = found
    return time, vectors.unpacked((terms, sample))


def nearest(
    connection: sqlite3.Connection, made: Signature, time: int | None, reach: Reach, *, without: int
) -> list[Neighbour]:
    """The stored articles most like one, best first; ``without`` is its own id, it is in the index itself."""
    known = counts_of(connection)
    buckets = _buckets(known, time, reach)
    try:
        query = vectors.weigh(made.terms, known.total, known.counts, known.logs)
        asked = _asked(known, made, query, buckets, reach)
    except KeyError:
        known.load(_numbers(made.terms, made.sample))
        query = vectors.weigh(made.terms, known.total, known.counts, known.logs)
        asked = _asked(known, made, query, buckets, reach)
    found = _candidates(connection, known, asked, buckets, reach, without)
    return _weighed(connection, known, query, found)


def _buckets(known: TermCounts, time: int | None, reach: Reach) -> list[int]:
    if time is None:
        return [UNDATED] if reach.is_near_only else sorted(known.buckets, reverse=True)
    if reach.days is None:
        return sorted(known.buckets, reverse=True)
    span = range(bucket_of(time - reach.days * _DAY), bucket_of(time + reach.days * _DAY) + 1)
    found = [bucket for bucket in span if bucket in known.buckets]
    return found if reach.is_near_only else [*found, UNDATED]


#: Seeks one question may cost, whatever the archive's span of time: about 1 µs each.
_MOST_SEEKS = 12_000
#: Terms asked however common they are: an article of common words alone has relatives too.
_LEAST_ASKED = 3
#: On arrival only candidates that look at least so good beside the best are weighed.
_WORTH = 0.5


def _asked(
    known: TermCounts, made: Signature, query: Mapping[int, float], buckets: Sequence[int], reach: Reach
) -> list[tuple[int, float]]:
    """The terms to look up and what each weighs: the rarest that others hold, within the budget of rows.

    Of equally rare ones those that say most of the article: in a small archive most terms are equally rare.
    """
    share = sum([known.buckets.get(bucket, 0) for bucket in buckets]) / max(known.articles, 1)
    counts = known.counts
    # One that holds a term is the article itself.
    shared = [
        (count, -weight * weight, term) for term, weight in query.items() if (count := counts[term]) >= 2
    ]
    shared += [
        (count, -_SAMPLE_WEIGHT, number)
        for number in _posted_samples(made.sample)
        if number not in query and (count := counts[number]) >= 2
    ]
    asked: dict[int, float] = {}
    rows = 0.0
    most = min(reach.terms, max(_LEAST_ASKED, _MOST_SEEKS // max(len(buckets), 1)))
    for count, less, number in sorted(shared):
        rows += count * share
        if len(asked) >= most or (rows > reach.rows and len(asked) >= _LEAST_ASKED):
            break
        asked[number] = -less
    return list(asked.items())


def _candidates(
    connection: sqlite3.Connection,
    known: TermCounts,
    asked: Sequence[tuple[int, float]],
    buckets: Sequence[int],
    reach: Reach,
    without: int,
) -> list[int]:
    """Ids with the most weight in common, by postings alone.

    A shared term counts the square of its weight, which is what it adds to the
    cosine with an article that gives it the same weight.
    """
    if not asked or not buckets:
        return []
    scores: dict[int, float] = {}
    if known.gathered:
        known.gathered.score(scores, asked, buckets)
        scores = {found: score for found, score in scores.items() if score >= reach.least}
    for batch in batches(buckets, 32):
        terms = ", ".join(["(?, ?)"] * len(asked))
        spans = ", ".join(["(?)"] * len(batch))
        rows = connection.execute(
            f"SELECT p.article_id, sum(q.column2) FROM (VALUES {spans}) b CROSS JOIN (VALUES {terms}) q"  # noqa: S608
            " CROSS JOIN related_postings p ON p.bucket = b.column1 AND p.term = q.column1"
            " GROUP BY p.article_id HAVING sum(q.column2) >= ? ORDER BY 2 DESC, 1 LIMIT ?",
            (*batch, *(value for pair in asked for value in pair), reach.least, reach.candidates + 1),
        )
        scores.update(rows)
    scores.pop(without, None)
    if reach.is_near_only and scores:
        floor = _WORTH * max(scores.values())
        scores = {found: score for found, score in scores.items() if score >= floor}
    return sorted(scores, key=lambda found: (-scores[found], found))[: reach.candidates]


def _weighed(
    connection: sqlite3.Connection, known: TermCounts, query: Mapping[int, float], found: Sequence[int]
) -> list[Neighbour]:
    rows: list[tuple[int, int | None, bytes, bytes]] = []
    for batch in batches(found):
        rows += connection.execute(_ARTICLES + placeholders(batch), batch)
    try:
        cosines = _cosines(known, query, rows)
    except KeyError:
        # Most terms are known already: to ask for all of them first takes longer than the answer.
        for _, _, blob, _ in rows:
            known.load(vectors.unpack_terms(blob)[0])
        cosines = _cosines(known, query, rows)
    out = [
        Neighbour(article, time, cosine, sample, blob)
        for (article, time, blob, sample), cosine in zip(rows, cosines, strict=True)
    ]
    return sorted(out, key=lambda one: (-one.cosine, one.id))


def _cosines(
    known: TermCounts, query: Mapping[int, float], rows: Sequence[tuple[int, int | None, bytes, bytes]]
) -> list[float]:
    """The cosine of each row with a weighed query; KeyError where the count of a term is not loaded."""
    total, counts, logs = known.total, known.counts, known.logs
    return [vectors.cosine(query, blob, total, counts, logs) for _, _, blob, _ in rows]


def weigh_known(
    connection: sqlite3.Connection, made: Signature, article_ids: Sequence[int]
) -> list[Neighbour]:
    """The cosines of a signature with given articles, with the idf of today, best first."""
    known = counts_of(connection)
    known.load(made.terms)
    query = vectors.weigh(made.terms, known.total, known.counts, known.logs)
    return _weighed(connection, known, query, article_ids)


def weigh_together(
    connection: sqlite3.Connection, article_ids: Sequence[int]
) -> tuple[dict[int, int | None], dict[int, Collection[int]], dict[tuple[int, int], float]]:
    """Times and terms of indexed articles, and the cosine of each two (the lower id first), with the idf of today."""
    rows: list[tuple[int, int | None, bytes, bytes]] = []
    for batch in batches(sorted(article_ids)):
        rows += connection.execute(_ARTICLES + placeholders(batch), batch)
    known = counts_of(connection)
    terms = [
        (article, dict(zip(*vectors.unpack_terms(blob), strict=True))) for article, _, blob, _ in sorted(rows)
    ]
    known.load(set().union(*[own for _, own in terms]))
    weighed = [(article, vectors.weigh(own, known.total, known.counts, known.logs)) for article, own in terms]
    cosines: dict[tuple[int, int], float] = {}
    for place, (article, own) in enumerate(weighed):
        for other, theirs in weighed[place + 1 :]:
            cosines[article, other] = sum(
                [theirs[term] * weight for term, weight in own.items() if term in theirs]
            )
    return {article: time for article, time, _, _ in rows}, dict(terms), cosines


def terms_of(connection: sqlite3.Connection, article_id: int) -> frozenset[int]:
    """The terms of an indexed article."""
    row = connection.execute(
        "SELECT terms FROM related_articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    return frozenset(vectors.unpack_terms(row[0])[0]) if row else frozenset()


def rarity(connection: sqlite3.Connection, terms: Iterable[int]) -> Callable[[int], float]:
    """The idf of today, for some terms."""
    known = counts_of(connection)
    known.load(terms)
    return lambda term: known.rarity(term) if term in known.counts else known.total
