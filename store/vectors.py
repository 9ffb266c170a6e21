"""What an article is about, as numbers: weighted terms of its lead, and a sample of its wording. Pure.

Terms are the name keys of :mod:`store.arabic`, so that شويغو and شويجو are
one term, hashed to 32 bits, so that no dictionary has to be kept. Only the
headline, three times, and the first 80 words count: on labelled Arabic news
that beat the full text by .07 of strict MAP. The sample, 4-word sequences of
the whole text, tells copies from reports of the same thing.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from . import arabic
from .letters import BeyondError, coded, terms_of
from .pieces import PIECES, SIGNS
from .terms import IGNORED, term_of

#: Words of the body that count, and what a word of the headline counts.
LEAD = 80
TITLE_WEIGHT = 3
#: Articles we imagine beside the stored ones, so that idf says something when there are only nine.
IMAGINED = 50
#: One 4-word sequence in about this many is kept, chosen by its first word.
SAMPLING = 6
#: Words of a text that are sampled: who copies, copies from the beginning.
LONGEST_SAMPLED = 160
#: Words of a text that are read where its lead is not enough.
LONGEST_READ = 600


@dataclass(frozen=True, slots=True)
class Signature:
    """An article's terms with their frequencies (1–255), and its sampled 4-word sequences, sorted.

    ``packed`` is both as :func:`pack` has them, where they came so.
    """

    terms: Mapping[int, int]
    sample: tuple[int, ...]
    packed: tuple[bytes, bytes] | None = field(default=None, compare=False, repr=False)


def signature(title: str, body: Sequence[str]) -> Signature:
    """The signature of an article; its embedded articles and link lists are not to be in ``body``."""
    written = _beginning(body)
    heading, lead, rest = _terms(title.split()[:LEAD], written[:LEAD], written[LEAD:])
    counts = Counter(heading * TITLE_WEIGHT + lead)
    return Signature(_bounded(counts), _sample(lead + rest))


def _terms(*parts: Sequence[str]) -> list[list[int]]:
    """The terms of words as they are written, in order, each part by itself."""
    folded = coded("\n".join(map(" ".join, parts)))
    if folded is not None:
        with suppress(BeyondError):
            return [terms_of(part) for part in folded.split(b"\n")]
    return [[term for run in part for term in PIECES[run.strip(SIGNS)][3]] for part in parts]


def _beginning(body: Sequence[str]) -> list[str]:
    """The first words of a text, cut at blanks; of a long text no more is cut than they need."""
    return " ".join(body).split(None, LONGEST_SAMPLED)[:LONGEST_SAMPLED]


def whole(title: str, body: Sequence[str]) -> dict[int, int]:
    """All terms of an article with their frequencies (1–255), its first :data:`LONGEST_READ` words."""
    words = " ".join((title, *body)).split()[:LONGEST_READ]
    counts = Counter(term for run in words for term in PIECES[run][3])
    return _bounded(counts)


def _bounded(counts: Mapping[int, int]) -> dict[int, int]:
    """Frequencies of one byte."""
    if max(counts.values(), default=0) <= 255:
        return dict(counts)
    return {term: min(count, 255) for term, count in counts.items()}


def _sample(flat: Sequence[int]) -> tuple[int, ...]:
    # Four steps of times 31 and plus, spelt out for all of a text at once.
    found = {
        (((a * 31 + b) * 31 + c) * 31 + d) & 0xFFFFFFFF
        for a, b, c, d in zip(flat, flat[1:], flat[2:], flat[3:], strict=False)
        if a % SAMPLING == 0
    }
    return tuple(sorted(found))


def spelt(text: str) -> list[tuple[arabic.Token, int | None]]:
    """The words of a text with the term of each, None for a function word."""
    return [(token, None if token.key in IGNORED else term_of(token.key)) for token in arabic.tokens(text)]


def pack(made: Signature) -> tuple[bytes, bytes]:
    """A signature as two blobs: 4-byte terms then 1-byte frequencies; and the sample. Little-endian."""
    if made.packed is not None:
        return made.packed
    terms = _little(array("i", made.terms.keys()))
    return terms.tobytes() + bytes(made.terms.values()), _little(array("I", made.sample)).tobytes()


def unpacked(packed: tuple[bytes, bytes]) -> Signature:
    """The signature of two blobs, which it keeps: a quarter of the work of making them again."""
    terms, frequencies = unpack_terms(packed[0])
    sample = array("I")
    sample.frombytes(packed[1])
    return Signature(dict(zip(terms, frequencies, strict=True)), tuple(_little(sample)), packed)


def unpack_terms(blob: bytes) -> tuple[array[int], bytes]:
    """Terms and, at the same places, their frequencies."""
    count = len(blob) // 5
    terms = array("i")
    terms.frombytes(blob[: count * 4])
    return _little(terms), blob[count * 4 :]


def unpack_sample(blob: bytes) -> frozenset[int]:
    """The sampled sequences of an article."""
    sample = array("I")
    sample.frombytes(blob)
    return frozenset(_little(sample))


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


#: What a term counts that occurs so often: 1 + ln(tf).
DAMPED = (0.0, *(1.0 + math.log(tf) for tf in range(1, 256)))


def weigh(
    terms: Mapping[int, int], total: float, counts: Mapping[int, int], logs: Sequence[float]
) -> dict[int, float]:
    """The terms as a vector of length one.

    The idf of a term is ``total - logs[counts[term]]``: logarithms of how many
    articles there are and of how many hold it. Spelt out, here and below, for
    these are the inner loops.
    """
    weights = [DAMPED[tf] * (total - logs[counts[term]]) for term, tf in terms.items()]
    length = math.hypot(*weights) or 1.0
    return {term: weight / length for term, weight in zip(terms, weights, strict=True)}


def cosine(
    query: Mapping[int, float], blob: bytes, total: float, counts: Mapping[int, int], logs: Sequence[float]
) -> float:
    """How alike a weighed query and a packed article are, 0 to 1; the idf is that of :func:`weigh`."""
    terms, frequencies = unpack_terms(blob)
    weights = [DAMPED[tf] * (total - logs[counts[term]]) for term, tf in zip(terms, frequencies, strict=True)]
    length = math.hypot(*weights)
    dot = sum([weight * query[term] for term, weight in zip(terms, weights, strict=True) if term in query])
    return dot / length if length else 0.0


def containment(first: frozenset[int], second: frozenset[int]) -> float:
    """The share of the smaller sample that the larger holds too, 0 to 1; 0 when one says too little."""
    least = min(len(first), len(second))
    return len(first & second) / least if least >= 3 else 0.0
