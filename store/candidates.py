"""Articles worth reading for an order by relevance: a bounded set of them, each part from an index alone.

The best by bm25 of the query's rare words; the newest that have all its words;
the newest that have them in the title. Each walks over so many matches at most
(:class:`store.sizes.Bounds`): what is left out so are old articles of a large
archive that hold nothing but words which are common in all of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .query_fts import COLUMNS, expression
from .query_regex import watched
from .query_sql import plan, test
from .query_streams import IS_ALIVE, Stream, positions
from .query_tree import And, Dated, Is, Node, Not, Or, Part, Phrase, Prefix, State, Text, Word
from .scoring import TELLING, Alternative, idf
from .search_index import columns_of_index, has_stale
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
    walk = Walk(connection, sizes, tuple(_telling(concepts, sizes.total, sizes.most)), filters, size)
    found.update(
        dict.fromkeys(walk.newest(found, is_more=len(rare) < len(concepts), is_one=len(concepts) == 1))
    )
    return list(found)[: 2 * size]


@dataclass(frozen=True)
class Walk:
    """The newest articles that have the words which tell, of those that the filters leave."""

    connection: sqlite3.Connection
    sizes: Sizes
    concepts: tuple[Concept, ...]
    filters: tuple[Node, ...]
    size: int

    def newest(self, known: Collection[int], *, is_more: bool, is_one: bool) -> list[int]:
        """Those with all the words, in the title where ``is_more`` is asked than FTS5 scores, or with a pair of them.

        ``known`` are found already. Never none where a walk to the end would find any.
        """
        nodes = tuple(concept.node for concept in self.concepts)
        found: dict[int, None] = {}
        if is_more:
            found.update(dict.fromkeys(self._of(tuple(map(_in_title, nodes)), self.sizes.walked_in_titles)))
        # Articles with all the words may not be among the best by bm25, which knows no stem from the word itself.
        if not is_one or is_more:
            found.update(dict.fromkeys(self._of(nodes, self.sizes.walked)))
        pairs = tuple(And((a, b)) for i, a in enumerate(nodes) for b in nodes[i + 1 : i + 4])[:_MOST_PAIRS]
        if is_more and pairs and len(found.keys() | set(known)) < self.size:
            found.update(dict.fromkeys(self._of((Or(pairs),), self.sizes.walked)))
        if not found and not known:
            return self._of(nodes, None) or self._of((Or(nodes),), None)
        return list(found)

    def _of(self, wanted: tuple[Node, ...], walked: int | None) -> list[int]:
        """The newest with what is wanted, among so many matches as may be walked over, or in the whole archive."""
        reach = self.reach(walked) if walked is not None and _may_be_cut(self.filters) else None
        streams = plan(self.connection, And((*wanted, *self.filters)), reach)
        return _newest(self.connection, streams, self.size, reach)

    def reach(self, walked: int) -> int | None:
        """Down to which position articles with all the words are looked for; None where all can be."""
        if self._steps_in_all <= walked:
            return None
        # Of a part of the archive so much less is walked over, from its own end.
        sample, share = self._sample
        steps = self._steps_in_all * share
        if len(sample) < _FEWEST or steps <= walked:
            return None
        return sample[int(len(sample) * walked / steps)]

    @cached_property
    def _steps_in_all(self) -> float:
        """What a walk through the whole archive costs, from one match to the next."""
        rarest = min(concept.size for concept in self.concepts)
        return sum(_steps(concept, rarest) for concept in self.concepts)

    @cached_property
    def _sample(self) -> tuple[list[int], float]:
        """Positions within the dates that are asked for, evenly taken, newest first; and what share of all those are."""
        ids = [int(1 + place * self.sizes.total / _SAMPLE) for place in range(_SAMPLE)]
        rows = self.connection.execute(_SAMPLED, (json.dumps(ids),)).fetchall()
        ranges = [node for node in self.filters if isinstance(node, Dated)]
        sample = [position for position, time in rows if all(_is_within(one, time) for one in ranges)]
        return sample, len(sample) / max(len(rows), 1)


def _is_within(dates: Dated, time: int | None) -> bool:
    if time is None:
        return False
    return (dates.since is None or time >= dates.since) and (dates.until is None or time < dates.until)


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
#: So many articles, evenly taken from all, tell where a share of the newest ends; of a range of dates so many at least.
_SAMPLE, _FEWEST = 200, 10
_SAMPLED = "SELECT a.position, a.published FROM json_each(?) j JOIN articles a ON a.id = j.value ORDER BY a.position DESC"


def _steps(concept: Concept, rarest: float) -> float:
    """What a concept costs where one of ``rarest`` articles leads the walk."""
    if isinstance(concept.node, Prefix) and concept.node.words:
        return min(concept.size * _STEP_OF_MANY, len(concept.node.words) * _JUMP * rarest)
    forms = (expression(concept.node) or "").count('"') / 2
    return min(concept.size, _JUMP * rarest) * max(1.0, forms / _FORMS)


#: States that most articles of an archive are in.
_COMMON_STATES = (State.UNREAD, State.UNTAGGED)


def _may_be_cut(filters: tuple[Node, ...]) -> bool:
    """False where what narrows the query may leave few articles, old ones among them, and leads the walk itself."""
    return all(
        isinstance(node, Not | Dated) or (isinstance(node, Is) and node.state in _COMMON_STATES)
        for node in filters
    )


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
    if has_stale(connection):
        tests.append(IS_ALIVE)
    where = " AND ".join(["search MATCH ?", *(t.sql.replace("@at", "search.rowid") for t in tests)])
    weights = ", ".join(str(_WEIGHTS[column]) for column in columns_of_index(connection))
    sql = " ".join(["SELECT rowid FROM search WHERE", where, f"ORDER BY bm25(search, {weights}) LIMIT ?"])
    values = [value for t in tests for value in t.values]
    with watched():
        return [row[0] for row in connection.execute(sql, (fts, *values, size))]
