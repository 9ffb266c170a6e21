"""Which articles are copies: one agency's text at several outlets, or one outlet's text updated.

Judged by wording, not by subject: the share of the shorter text's 4-word
sequences that the longer holds too. A third is a copy; on labelled wire
copies that found .93–.97 with almost nothing false. Words are compared as
folded, Egypt's ج as غ; of another outlet's other spellings each hides four of
some hundred sequences, and finding the stem of every word would cost a
hundred times as much.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from . import arabic, vectors
from .articles import batches, placeholders

#: Share of common 4-word sequences from which a text is called a copy.
COPY = 0.30
#: A text of fewer sequences is a copy from this share on: one paragraph of background is much of a short report.
SHORT = 40
SHORT_COPY = 0.50
#: A sample that shares this much is worth reading the texts; samples are small, so the bar is low.
_SUSPECT = 0.12
#: So alike in their leads that the texts are read even where the samples share nothing.
_ALIKE = 0.55
_MOST_READ = 12
_MOST_FOLDED = 40

_BODIES = "SELECT article_id, text FROM bodies WHERE article_id IN "


#: Four words side by side, as they are compared.
Wording = frozenset[tuple[str, str, str, str]]

_WORD = re.compile(r"\w+")


def wording(body: Sequence[str]) -> Wording:
    """All 4-word sequences of a text (paragraphs)."""
    words = _WORD.findall(arabic.fold("\n".join(body)).replace("ج", "غ"))
    return frozenset(zip(words, words[1:], words[2:], words[3:], strict=False))


def overlap(first: Sequence[str], second: Sequence[str]) -> float:
    """The share of the shorter text's 4-word sequences that the other holds, 0 to 1."""
    return _share(wording(first), wording(second))


def _share(one: Wording, other: Wording) -> float:
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


class Likeness(NamedTuple):
    """How a copy compares with a text, in 4-word sequences, each 0 to 1.

    ``share`` is what of the shorter the other holds, ``added`` what of the copy the text has not, ``lacking``
    what of the text the copy has not.
    """

    share: float
    added: float
    lacking: float


def copies_of(
    connection: sqlite3.Connection,
    article_id: int,
    sample: frozenset[int],
    others: Mapping[int, tuple[float, bytes]],
) -> dict[int, Likeness]:
    """Those of ``others`` (id to cosine and packed sample) that are copies, and how they differ from the article."""
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
    own = wording(texts.get(article_id, ()))
    said = {other: wording(texts[other]) for other in read if other in texts}
    return {other: _compared(own, theirs) for other, theirs in said.items() if _is_copy(own, theirs)}


def _compared(own: Wording, theirs: Wording) -> Likeness:
    return Likeness(
        _share(own, theirs), len(theirs - own) / max(len(theirs), 1), len(own - theirs) / max(len(own), 1)
    )


def _is_copy(one: Wording, other: Wording) -> bool:
    is_short = min(len(one), len(other)) < SHORT
    return _share(one, other) >= (SHORT_COPY if is_short else COPY)


def fold_copies(
    connection: sqlite3.Connection, samples: Mapping[int, bytes], order: Sequence[int]
) -> dict[int, int]:
    """For each copy among the articles its original: the first in ``order`` that says the same.

    The texts of those whose samples are suspect are read, the first forty; after them samples decide.
    """
    sets = {article: vectors.unpack_sample(samples.get(article, b"")) for article in order}
    suspects = {
        article: [
            other for other in order[:place] if vectors.containment(sets[article], sets[other]) >= _SUSPECT
        ]
        for place, article in enumerate(order)
    }
    wanted = dict.fromkeys(
        one for article, others in suspects.items() if others for one in (*others, article)
    )
    texts = _texts(connection, list(wanted)[:_MOST_FOLDED])
    said = {article: wording(text) for article, text in texts.items()}
    copy_of: dict[int, int] = {}
    for article, others in suspects.items():
        for other in others:
            if other in copy_of:
                continue
            is_read = article in said and other in said
            share = (
                _share(said[article], said[other])
                if is_read
                else vectors.containment(sets[article], sets[other])
            )
            if share >= COPY:
                copy_of[article] = other
                break
    return copy_of


def _texts(connection: sqlite3.Connection, article_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    out: dict[int, tuple[str, ...]] = {}
    for batch in batches(article_ids):
        for article, text in connection.execute(_BODIES + placeholders(batch), batch):
            out[article] = tuple(text.split("\n"))
    return out
