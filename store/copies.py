"""Which articles are copies: one agency's text at several outlets, or one outlet's text updated.

Judged by wording, not by subject: the share of the shorter text's 4-word
sequences that the longer holds too. A third is a copy; on labelled wire
copies that found .93–.97 with almost nothing false. Words are compared by
name key, so that another outlet's spelling of a name hides nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from . import vectors
from .articles import batches, placeholders

#: Share of common 4-word sequences from which a text is called a copy.
COPY = 0.30
#: A sample that shares this much is worth reading the texts; samples are small, so the bar is low.
_SUSPECT = 0.12
#: So alike in their leads that the texts are read even where the samples share nothing.
_ALIKE = 0.55
_MOST_READ = 12

_BODIES = "SELECT article_id, text FROM bodies WHERE article_id IN "


def overlap(first: Sequence[str], second: Sequence[str]) -> float:
    """The share of the shorter text's 4-word sequences that the other holds, 0 to 1."""
    return _share(vectors.sequences(first), vectors.sequences(second))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def copies_of(
    connection: sqlite3.Connection,
    article_id: int,
    sample: frozenset[int],
    others: Mapping[int, tuple[float, bytes]],
) -> dict[int, float]:
    """Those of ``others`` (id to cosine and packed sample) that are copies, with the share they have in common."""
    suspects = sorted(
        (
            (vectors.containment(sample, vectors.unpack_sample(packed)), cosine, other)
            for other, (cosine, packed) in others.items()
        ),
        reverse=True,
    )
    read = [other for shared, cosine, other in suspects if shared >= _SUSPECT or cosine >= _ALIKE][
        :_MOST_READ
    ]
    if not read:
        return {}
    texts = _texts(connection, [article_id, *read])
    own = vectors.sequences(texts.get(article_id, ()))
    shares = {other: _share(own, vectors.sequences(texts[other])) for other in read if other in texts}
    return {other: share for other, share in shares.items() if share >= COPY}


def fold_copies(samples: Mapping[int, bytes], order: Sequence[int]) -> dict[int, int]:
    """For each copy among the articles its original: the first in ``order`` that says the same.

    Judged by samples alone, so that an event of a hundred members costs no reading.
    """
    sets = {article: vectors.unpack_sample(packed) for article, packed in samples.items()}
    originals: list[int] = []
    copy_of: dict[int, int] = {}
    for article in order:
        own = sets.get(article, frozenset())
        found = next((one for one in originals if vectors.containment(own, sets[one]) >= COPY), None)
        if found is None:
            originals.append(article)
            sets.setdefault(article, frozenset())
        else:
            copy_of[article] = found
    return copy_of


def _texts(connection: sqlite3.Connection, article_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    out: dict[int, tuple[str, ...]] = {}
    for batch in batches(article_ids):
        for article, text in connection.execute(_BODIES + placeholders(batch), batch):
            out[article] = tuple(text.split("\n"))
    return out
