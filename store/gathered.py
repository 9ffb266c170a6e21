"""What a long import has for the term index and has not written yet: one row for each term and article, in order.

Rows that come in the order of the table cost half of rows that come as
articles do, and a count that fifty articles change is written once. What is
gathered answers questions like what is written.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

_POST = "INSERT INTO related_postings VALUES (?, ?, ?)"
_COUNT = "INSERT INTO related_terms VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles"
_COUNT_BUCKET = """
INSERT INTO related_buckets VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles
"""


class Gathered:
    """Postings by bucket and term, and by how much the counts of terms and buckets grow."""

    def __init__(self) -> None:
        self._postings: dict[int, defaultdict[int, list[int]]] = {}
        self.terms: Counter[int] = Counter()
        self.buckets: Counter[int] = Counter()

    def add(self, article_id: int, bucket: int, posted: Iterable[int], counted: Iterable[int]) -> None:
        """Add an article, posted under some of the terms it is counted for."""
        if bucket not in self._postings:
            self._postings[bucket] = defaultdict(list)
        postings = self._postings[bucket]
        for term in posted:
            postings[term].append(article_id)
        self.terms.update(counted)
        self.buckets[bucket] += 1

    def score(
        self, scores: dict[int, float], asked: Sequence[tuple[int, float]], buckets: Iterable[int]
    ) -> None:
        """Add to ``scores`` what the articles of these buckets have in common with a question."""
        for bucket in buckets:
            postings = self._postings.get(bucket)
            if postings:
                for term, weight in asked:
                    for article in postings.get(term, ()):
                        scores[article] = scores.get(article, 0.0) + weight

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all of it and be empty."""
        connection.executemany(_POST, self._in_order())
        connection.executemany(_COUNT, sorted(self.terms.items()))
        connection.executemany(_COUNT_BUCKET, self.buckets.items())
        self._postings.clear()
        self.terms.clear()
        self.buckets.clear()

    def _in_order(self) -> list[tuple[int, int, int]]:
        """The rows as the table has them; ids only grow, so that those of a term are in order already."""
        return [
            (bucket, term, article)
            for bucket, postings in sorted(self._postings.items())
            for term in sorted(postings)
            for article in postings[term]
        ]
