"""Articles worth reading for an order by relevance: a bounded set of them, each part from an index alone.

The best by bm25 of the query's rare words; the newest that have all its words;
the newest that have them in the title. Each walks over so many matches at most
(:class:`store.sizes.Bounds`): what is left out so are old articles of a large
archive that hold nothing but words which are common in all of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .query_fts import COLUMNS, expression
from .query_regex import watched
from .query_sql import plan, test
from .query_streams import Stream, positions
from .query_tree import And, Dated, Is, Node, Not, Or, Part, Phrase, Prefix, Text, Word
from .scoring import TELLING, Alternative, idf
from .search_index import columns_of_index
from .sizes import Sizes

#: A word of this weight stands for one that no article has: it is looked for, and weighed, as if it had been typed.
LIKELY = 0.9
#: What stands before a word without being of it.
BEFORE_A_WORD = ("", "و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "وب", "ول")
#: bm25's weights for title, keywords, body, each as written, stemmed, by key.
_WEIGHTS = dict(zip(COLUMNS, (2.0, 1.5, 1.0, 2.0, 1.5, 1.0, 1.0, 0.8, 0.5), strict=True))


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a query asks for, how many articles have it in any way, and those ways."""

    node: Node
    size: float
    ways: tuple[Alternative, ...]

    @property
    def exact_size(self) -> float:
        """How many articles have it as it was typed."""
        return self.ways[0].exact_size


def candidates(
    connection: sqlite3.Connection,
    sizes: Sizes,
    concepts: Sequence[Concept],
    filters: tuple[Node, ...],
    size: int,
) -> list[int]:
    """Positions worth reading, each once, at most twice ``size``; see the module's text for which."""
    every = tuple(concept.node for concept in concepts)
    if sum(concept.size for concept in concepts) <= size:
        # There is nothing to choose; bm25() would walk all their rows once more, and once again for the weights.
        return positions(connection, plan(connection, And((Or(every), *filters))), limit=size)
    found: dict[int, None] = {}
    rare = _rare(concepts, sizes.most)
    if len(concepts) == 1 and concepts[0].exact_size < concepts[0].size / 2:
        # Of a frequent stem the best by bm25 may all be other words: قبل for قبلي.
        streams = plan(connection, And((_very_words(concepts[0].node), *filters)))
        found.update(dict.fromkeys(positions(connection, streams, limit=size)))
    if rare:
        typed = [replace(concept, node=as_typed(concept.node, LIKELY)) for concept in rare]
        found.update(dict.fromkeys(_best_by_bm25(connection, typed, filters, size)))
        if typed != rare:
            found.update(dict.fromkeys(_best_by_bm25(connection, rare, filters, size)))
    together = _telling(concepts, sizes.total, sizes.most)
    nodes = tuple(concept.node for concept in together)

    def add_newest(wanted: tuple[Node, ...], walked: int) -> None:
        reach = _reach(connection, sizes.total, together, walked) if _may_be_cut(filters) else None
        streams = plan(connection, And((*wanted, *filters)), reach)
        found.update(dict.fromkeys(_newest(connection, streams, size, reach)))

    is_more = len(rare) < len(concepts)
    if is_more:
        add_newest(tuple(map(_in_title, nodes)), sizes.walked_in_titles)
    # Articles with all the words may not be among the best by bm25, which knows no stem from the word itself.
    if len(concepts) > 1 or not rare:
        add_newest(nodes, sizes.walked)
    pairs = tuple(And((a, b)) for i, a in enumerate(nodes) for b in nodes[i + 1 : i + 4])[:_MOST_PAIRS]
    if is_more and pairs and len(found) < size:
        add_newest((Or(pairs),), sizes.walked)
    return list(found)[: 2 * size]


def _newest(
    connection: sqlite3.Connection, streams: tuple[Stream, ...], size: int, reach: int | None
) -> list[int]:
    """The newest positions of streams, none of them below ``reach``.

    From there upwards, for FTS5 does not see where it may stop before it has found something: from the newest down it
    would come to the oldest where nothing is found. Of what is found again and again it is quicker from the newest on.
    """
    if reach is not None:
        above = positions(connection, streams, limit=_OFTEN, after=reach - 1)
        if len(above) < _OFTEN:
            return above[:size]
    return positions(connection, streams, limit=size)


def _rare(concepts: Sequence[Concept], most: int) -> list[Concept]:
    """The rarest of the concepts, of which FTS5 scores all articles."""
    rare, budget = [], float(most)
    for concept in sorted(concepts, key=lambda concept: concept.size):
        # Each word of a broad prefix would be weighed by itself.
        is_broad = isinstance(concept.node, Prefix) and concept.node.words
        budget -= max(most, concept.size) if is_broad else concept.size
        if budget < 0:
            break
        rare.append(concept)
    return rare


def _telling(concepts: Sequence[Concept], total: float, most: int) -> list[Concept]:
    """Those that tell one article from another; of what nearly every article has no score is made (:mod:`store.scoring`)."""
    telling = [concept for concept in concepts if concept.size <= most or idf(total, concept.size) > TELLING]
    return telling or list(concepts)


#: What is found so many times in a part of the archive is found at once among the newest.
_OFTEN = 1000
#: So many pairs of words that stand near one another in a query are looked for where all of them are in too few.
_MOST_PAIRS = 40
#: To go on to a match that lies far ahead costs as much as so many steps from one match to the next.
_JUMP = 120
#: And a step among the words of a broad prefix as much as so many; a word has so many forms, or costs more.
_STEP_OF_MANY, _FORMS = 20, 2
#: So many articles, evenly taken from all, tell where a share of the newest ends.
_SAMPLE = 200
_SAMPLED = "SELECT a.position FROM json_each(?) j JOIN articles a ON a.id = j.value ORDER BY a.position DESC"


def _reach(
    connection: sqlite3.Connection, total: float, concepts: Sequence[Concept], walked: int
) -> int | None:
    """Down to which position articles with all the concepts are looked for; None where all can be."""
    rarest = min(concept.size for concept in concepts)
    steps = sum(_steps(concept, rarest) for concept in concepts)
    if steps <= walked:
        return None
    ids = [int(1 + place * total / _SAMPLE) for place in range(_SAMPLE)]
    sample = [row[0] for row in connection.execute(_SAMPLED, (json.dumps(ids),))]
    return sample[min(len(sample) - 1, int(len(sample) * walked / steps))] if sample else None


def _steps(concept: Concept, rarest: float) -> float:
    """What a concept costs where one of ``rarest`` articles leads the walk."""
    if isinstance(concept.node, Prefix) and concept.node.words:
        return min(concept.size * _STEP_OF_MANY, len(concept.node.words) * _JUMP * rarest)
    forms = (expression(concept.node) or "").count('"') / 2
    return min(concept.size, _JUMP * rarest) * max(1.0, forms / _FORMS)


def _may_be_cut(filters: tuple[Node, ...]) -> bool:
    """False where what narrows the query may leave few articles, old ones among them, and leads the walk itself."""
    return all(isinstance(node, Not | Is | Dated) for node in filters)


def as_typed(node: Node, least: float = 1.0) -> Node:
    """A node without the words that count for less than ``least``: those are frequent, and would take all the places."""
    if not isinstance(node, Or):
        return node
    typed = tuple(child for child in node.nodes if not (isinstance(child, Word) and child.weight < least))
    return typed[0] if len(typed) == 1 else Or(typed)


def texts_of(node: Node) -> tuple[Text, ...]:
    """The words, phrases and prefixes in a node that is asked for."""
    if isinstance(node, Word | Phrase | Prefix):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(text for child in node.nodes for text in texts_of(child))
    return ()


def _very_words(node: Node) -> Node:
    """The words of a node as they are written, also with what may stand before them."""
    words = [text for text in texts_of(node) if isinstance(text, Word)]
    spelled = dict.fromkeys(before + word.text for word in words for before in BEFORE_A_WORD)
    return Or(tuple(Word(one, words[0].part, is_exact=True) for one in spelled))


def _in_title(node: Node) -> Node:
    match node:
        case Word() | Phrase() | Prefix():
            return replace(node, part=Part.TITLE)
        case And() | Or():
            return type(node)(tuple(_in_title(child) for child in node.nodes))
        case Not():
            return node
        case _:
            return node


def _best_by_bm25(
    connection: sqlite3.Connection, concepts: Sequence[Concept], filters: tuple[Node, ...], size: int
) -> list[int]:
    fts = " OR ".join(f"({expression(concept.node)})" for concept in concepts)
    without = [expression(node.node) for node in filters if isinstance(node, Not)]
    if any(without):
        fts = f"({fts}) NOT ({' OR '.join(one for one in without if one)})"
    tests = [
        test(connection, node) for node in filters if not (isinstance(node, Not) and expression(node.node))
    ]
    where = " AND ".join(["search MATCH ?", *(t.sql.replace("@at", "search.rowid") for t in tests)])
    weights = ", ".join(str(_WEIGHTS[column]) for column in columns_of_index(connection))
    sql = " ".join(["SELECT rowid FROM search WHERE", where, f"ORDER BY bm25(search, {weights}) LIMIT ?"])
    values = [value for t in tests for value in t.values]
    with watched():
        return [row[0] for row in connection.execute(sql, (fts, *values, size))]
