"""Which of several neighbours are really like an article: what all of them share says nothing.

In an archive full of one cast (Kim, Pyongyang, the North Korean leader) every
report of it is near every other, by names that are rare elsewhere. The whole
texts, weighed once more by how few of the neighbours hold a term, tell this
journey from that test of a missile: Putin, the train, the port.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

from . import vectors


def contrasted(
    own: Mapping[int, int], others: Mapping[int, Mapping[int, int]], rarity: Callable[[int], float]
) -> dict[int, float]:
    """How like each of ``others`` is to one article, 0 to 1, by terms that not all of them share.

    Terms with their frequencies, as :func:`store.vectors.whole` gives them; ``rarity`` gives a term's idf.
    """
    held = Counter(term for terms in (own, *others.values()) for term in terms)
    here = math.log(len(others) + 2)
    weight = {term: rarity(term) * (here - math.log(count)) for term, count in held.items()}
    query = _weighed(own, weight)
    return {
        article: sum(value * query.get(term, 0.0) for term, value in _weighed(terms, weight).items())
        for article, terms in others.items()
    }


def _weighed(terms: Mapping[int, int], weight: Mapping[int, float]) -> dict[int, float]:
    weights = {term: vectors.DAMPED[tf] * weight[term] for term, tf in terms.items()}
    length = math.hypot(*weights.values()) or 1.0
    return {term: value / length for term, value in weights.items()}


def cosine(own: Mapping[int, int], other: Mapping[int, int], rarity: Callable[[int], float]) -> float:
    """How alike two articles are by terms with their frequencies and idf, 0 to 1."""
    weight = {term: rarity(term) for term in (*own, *other)}
    query = _weighed(own, weight)
    return sum(value * query.get(term, 0.0) for term, value in _weighed(other, weight).items())
