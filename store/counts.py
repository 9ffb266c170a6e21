"""How many articles hold each term, and when: remembered for each thread's connection. The idf of today comes from it."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Iterable, Sequence

from . import vectors
from .articles import batches, placeholders
from .gathered import Gathered

#: Some 100 bytes each; to ask for those again that are met again takes a tenth of a second.
_REMEMBERED = 120_000
_COUNTS = "SELECT term, articles FROM related_terms WHERE term IN "


class TermCounts:
    """How many articles hold each term, remembered for one connection.

    Another writer's changes are noticed by data_version, a rollback of our own
    by the newest article being another than it was. ``logs[n]`` is the
    logarithm of a count; it is a list since looking one up is the inner loop.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.version = -1
        self.newest: int | None = None
        self.counts: dict[int, int] = {}
        self.logs: list[float] = [0.0, *(math.log(count) for count in range(1, 1_000))]
        self.buckets: dict[int, int] = {}
        self.articles = 0
        self.gathered: Gathered | None = None

    def refresh(self) -> None:
        """Notice what others wrote."""
        if self.gathered and len(self.counts) <= _REMEMBERED:
            # In a transaction of ours, which nobody else's change can come into.
            return
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        newest = self.connection.execute("SELECT max(article_id) FROM related_articles").fetchone()[0]
        if version != self.version or newest != self.newest or len(self.counts) > _REMEMBERED:
            self.version, self.newest = version, newest
            self.counts.clear()
            self.buckets = dict(self.connection.execute("SELECT bucket, articles FROM related_buckets"))
            for bucket, count in self.gathered.buckets.items() if self.gathered else ():
                self.buckets[bucket] = self.buckets.get(bucket, 0) + count
            self.articles = sum(self.buckets.values())

    @property
    def total(self) -> float:
        """The logarithm of how many articles there are, with those imagined."""
        return math.log(self.articles + vectors.IMAGINED)

    def load(self, terms: Iterable[int]) -> None:
        """Have the counts of these terms ready."""
        counts = self.counts
        missing = [term for term in terms if term not in counts]
        if not missing:
            return
        for batch in batches(set(missing)):
            counts.update(dict.fromkeys(batch, 0))
            counts.update(self.connection.execute(_COUNTS + placeholders(batch), batch))
            if self.gathered:
                for term in batch:
                    counts[term] += self.gathered.terms[term]
            self.reach(max(counts[term] for term in batch))

    def reach(self, count: int) -> None:
        """Have the logarithms up to that count ready."""
        if count >= len(self.logs):
            self.logs += [math.log(n) for n in range(len(self.logs), 2 * count)]

    def rarity(self, term: int) -> float:
        """The idf of a term whose count is loaded."""
        return self.total - self.logs[self.counts[term]]

    def count(self, terms: Sequence[int], bucket: int, by: int) -> None:
        """One article more or less."""
        counts = self.counts
        if by == 1:
            for term in terms:
                counts[term] += 1
        else:
            for term in terms:
                # No count falls below nothing, whatever else has changed the index.
                counts[term] = max(counts[term] + by, 0)
        self.reach(max(map(counts.__getitem__, terms), default=0))
        self.buckets[bucket] = self.buckets.get(bucket, 0) + by
        self.articles += by


_here = threading.local()


def counts_of(connection: sqlite3.Connection) -> TermCounts:
    """The counts for a connection, brought up to date."""
    found: TermCounts | None = getattr(_here, "counts", None)
    if found is None or found.connection is not connection:
        found = _here.counts = TermCounts(connection)
    found.refresh()
    return found


def forget() -> None:
    """Drop what this thread remembers of counts, after tables were emptied under it."""
    _here.counts = None
