"""Order by relevance: a bounded set of candidates from FTS5, graded word by word on their own text.

FTS5's bm25() costs 3 to 7 microseconds for every row that matches, without
end, and cannot tell an exact word from its stem. So it only gathers: the best
by the query's rare words, the newest that have all words, the newest that
have them in the title. Some hundred articles are then read and scored:
exact over clitics over respelled names over stems, title and keywords over
body, all words over some, near over far. What the bound leaves out are old
articles that hold nothing but words which are common in the whole archive.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .arabic import tokens, written_words
from .grading import EXACT, STEM, Grader
from .query_fts import exact, expression
from .query_sql import plan, positions, test
from .query_tree import And, Node, Not, Or, Part, Phrase, Prefix, Query, Text, Word

#: FTS5 scores so many rows in about 50 ms; words beyond it only help to choose, and are scored by us.
ROW_BUDGET = 12_000
#: So many of the newest matches are looked at first, and so many times as many articles to see how recent they are.
_GLANCE, _GLANCE_AGE = 500, 40
_NEWEST_MATCHES = "SELECT count(*), min(rowid) FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"
_HOW_RECENT = "SELECT (SELECT max(id) FROM articles), (SELECT count(*) FROM (SELECT 1 FROM articles WHERE position > ? LIMIT ?))"
#: Articles that are read and scored; more where more are asked for.
CANDIDATES = 60
MOST_CANDIDATES = 600
#: A word in a title or keyword counts as so many in the body.
TITLE = 2.0
#: Okapi BM25's own constants, as every engine we compare with has them.
K1, B = 1.2, 0.75
#: How much an exact form adds over its family's weight, and two words of the query side by side.
EXACT_BONUS, NEAR_BONUS = 0.3, 0.3
#: Words of less weight than this (BM25's idf) are in more than two articles of five.
_TELLING = 0.4
#: How much it counts, where one word is asked for, that an article has another form of it more than once.
_OTHER_FORM = 0.25
#: Words this close are near each other.
NEAR = 3
#: What stands before a word without being of it.
_BEFORE_A_WORD = ("", "و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "وب", "ول")
#: bm25's weights for the index's columns: title, keywords, body, each as written, stemmed, by key.
_WEIGHTS = "2.0, 1.5, 1.0, 2.0, 1.5, 1.0, 1.0, 0.8, 0.5"


@dataclass(frozen=True, slots=True)
class _Concept:
    """One thing a query asks for: its words in every spelling it may have, and how many articles have it.

    Each word has a share: those of a phrase are one together.
    """

    node: Node
    words: tuple[tuple[Text, float], ...]
    size: float
    exact_size: float


def ranked(connection: sqlite3.Connection, query: Query, limit: int) -> list[int]:
    """Positions of the best articles for a query, best first."""
    wanted, filters = _parts(query.root)
    if all(isinstance(node, Prefix) and node.words for node in wanted):
        # Nothing to go by: no words, or beginnings that are in every article.
        return positions(connection, plan(connection, query.root), limit=limit)
    concepts = [_concept(connection, node) for node in dict.fromkeys(wanted)]
    size = min(MOST_CANDIDATES, max(CANDIDATES, 2 * limit) * (2 if len(concepts) == 1 else 1))
    found = _candidates(connection, concepts, filters, size)
    return _scored(connection, concepts, found)[:limit]


def _parts(root: Node | None) -> tuple[list[Node], tuple[Node, ...]]:
    """What is to be found by words, and what only narrows it: labels, states, dates, negations."""
    nodes = list(root.nodes) if isinstance(root, And) else [root] if root is not None else []
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, And) else (node,))]
    wanted = [node for node in flat if expression(node) is not None]
    return wanted, tuple(node for node in flat if node not in wanted)


def _concept(connection: sqlite3.Connection, node: Node) -> _Concept:
    texts = _texts(node)
    words = tuple(dict.fromkeys(word for text in texts for word in _words(text)))
    size = _count(connection, expression(node) or "")
    first = tokens(texts[0].text)[0].norm if isinstance(node, Word) else None
    return _Concept(node, words, size, _count(connection, exact(first)) if first else size)


def _words(text: Text) -> list[tuple[Text, float]]:
    """A phrase as its words, each as written; anything else is one."""
    if not isinstance(text, Phrase):
        return [(text, 1.0)]
    words = written_words(text.text)
    return [(Word(word, text.part, is_exact=True), 1 / len(words)) for word in words]


def _texts(node: Node) -> tuple[Text, ...]:
    if isinstance(node, Word | Phrase | Prefix):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(text for child in node.nodes for text in _texts(child))
    return ()


def _count(connection: sqlite3.Connection, fts: str) -> float:
    """About how many articles match: judged by how recent the newest are where it is many, else counted to the budget."""
    count, oldest = connection.execute(_NEWEST_MATCHES, (fts, _GLANCE)).fetchone()
    if count < _GLANCE:
        return float(count)
    most = _GLANCE * _GLANCE_AGE
    total, newer = connection.execute(_HOW_RECENT, (oldest, most)).fetchone()
    if newer < most and _GLANCE * total / max(newer, 1) > 2 * ROW_BUDGET:
        return float(_GLANCE * total / max(newer, _GLANCE))
    (count, oldest) = connection.execute(_NEWEST_MATCHES, (fts, ROW_BUDGET)).fetchone()
    if count < ROW_BUDGET:
        return float(count)
    # Between the budget and one article in GLANCE_AGE: nearer need not be known.
    return math.sqrt(ROW_BUDGET * max(ROW_BUDGET, total / _GLANCE_AGE))


def _candidates(
    connection: sqlite3.Connection, concepts: Sequence[_Concept], filters: tuple[Node, ...], size: int
) -> list[int]:
    """Positions worth reading, each once; see the module's text for which."""
    found: dict[int, None] = {}
    rare, budget = [], float(ROW_BUDGET)
    for concept in sorted(concepts, key=lambda concept: concept.size):
        # Each word of a broad prefix would be weighed by itself.
        budget -= ROW_BUDGET if isinstance(concept.node, Prefix) and concept.node.words else concept.size
        if budget < 0:
            break
        rare.append(concept)
    if len(concepts) == 1 and concepts[0].exact_size < concepts[0].size / 2:
        # Of a frequent stem the best by bm25 may all be other words: قبل for قبلي.
        streams = plan(connection, And((_very_words(concepts[0].node), *filters)))
        found.update(dict.fromkeys(positions(connection, streams, limit=size)))
    if rare:
        typed = [replace(concept, node=_as_typed(concept.node)) for concept in rare]
        found.update(dict.fromkeys(_best_by_bm25(connection, typed, filters, size)))
        if typed != rare:
            found.update(dict.fromkeys(_best_by_bm25(connection, rare, filters, size)))
    if len(rare) < len(concepts):
        every = tuple(concept.node for concept in concepts)
        for nodes in (tuple(_in_title(node) for node in every), every):
            streams = plan(connection, And((*nodes, *filters)))
            found.update(dict.fromkeys(positions(connection, streams, limit=size)))
    if len(rare) < len(concepts) and len(found) < size:
        pairs = [And((a.node, b.node)) for i, a in enumerate(concepts) for b in concepts[i + 1 : i + 4]]
        streams = plan(connection, And((Or(tuple(pairs[:40])), *filters))) if pairs else ()
        found.update(dict.fromkeys(positions(connection, streams, limit=size)))
    return list(found)[: 2 * size]


def _as_typed(node: Node) -> Node:
    """A node without the words that count for less: those are frequent, and would take all the places."""
    if not isinstance(node, Or):
        return node
    typed = tuple(child for child in node.nodes if not (isinstance(child, Word) and child.weight < 1))
    return typed[0] if len(typed) == 1 else Or(typed)


def _very_words(node: Node) -> Node:
    """The words of a node as they are written, also with what may stand before them."""
    words = [text for text in _texts(node) if isinstance(text, Word)]
    spelled = dict.fromkeys(before + word.text for word in words for before in _BEFORE_A_WORD)
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
    connection: sqlite3.Connection, concepts: Sequence[_Concept], filters: tuple[Node, ...], size: int
) -> list[int]:
    fts = " OR ".join(f"({expression(concept.node)})" for concept in concepts)
    without = [expression(node.node) for node in filters if isinstance(node, Not)]
    if any(without):
        fts = f"({fts}) NOT ({' OR '.join(one for one in without if one)})"
    tests = [
        test(connection, node) for node in filters if not (isinstance(node, Not) and expression(node.node))
    ]
    where = " AND ".join(["search MATCH ?", *(t.sql.replace("@at", "search.rowid") for t in tests)])
    sql = " ".join(["SELECT rowid FROM search WHERE", where, f"ORDER BY bm25(search, {_WEIGHTS}) LIMIT ?"])
    values = [value for t in tests for value in t.values]
    return [row[0] for row in connection.execute(sql, (fts, *values, size))]


_TEXTS = """
SELECT a.position, a.title, a.keywords, b.text
FROM json_each(?) j JOIN articles a ON a.position = j.value JOIN bodies b ON b.article_id = a.id
"""


def _scored(connection: sqlite3.Connection, concepts: Sequence[_Concept], found: list[int]) -> list[int]:
    rows = connection.execute(_TEXTS, (json.dumps(found),)).fetchall()
    texts = [
        (position, " ".join((title, *json.loads(keywords))), body) for position, title, keywords, body in rows
    ]
    average = sum(_length(head) + _length(body) for _, head, body in texts) / max(len(texts), 1)
    scorer = _Scorer(connection, concepts, average)
    scores = [(scorer.score(head, body), position) for position, head, body in texts]
    return [position for _, position in sorted(scores, reverse=True)]


def _length(text: str) -> int:
    """About how many words a text has."""
    return text.count(" ") + text.count("\n") + 1


class _Scorer:
    """BM25 over graded words, with a bonus for exact forms and for neighbours."""

    def __init__(self, connection: sqlite3.Connection, concepts: Sequence[_Concept], average: float) -> None:
        total = float(connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])
        weights = [_idf(total, concept.size) for concept in concepts]
        # Words of nearly every article say nothing, and are found everywhere: they count only among themselves.
        telling = [i for i, weight in enumerate(weights) if weight > _TELLING] or list(range(len(concepts)))
        self._weights = [weights[i] for i in telling]
        self._exact = [_idf(total, concepts[i].exact_size) for i in telling]
        self._concept_of = [place for place, i in enumerate(telling) for _ in concepts[i].words]
        self._shares = [share for i in telling for _, share in concepts[i].words]
        self._likely = [
            word.weight if isinstance(word, Word) else 1.0 for i in telling for word, _ in concepts[i].words
        ]
        self._grader = Grader([word for i in telling for word, _ in concepts[i].words])
        self._average = max(average, 1.0)

    def score(self, head: str, body: str) -> float:
        """The score of one article; 0 where none of the telling words was found in its text."""
        count = len(self._weights)
        frequency, best = [0.0] * count, [0.0] * count
        near: set[tuple[int, int]] = set()
        for text, weight in ((head, TITLE), (body, 1.0)):
            self._look(text, weight, frequency, best, near)
        norm = K1 * (1 - B + B * (_length(head) + _length(body)) / self._average)
        score = 0.0
        for i in range(count):
            if frequency[i]:
                seen = frequency[i] / best[i]
                if count == 1 and best[i] <= STEM:
                    # Of one word alone: however often another form is said, it is not the word.
                    seen = min(seen, 1.0 + _OTHER_FORM * (seen - 1.0))
                score += best[i] * self._weights[i] * seen * (K1 + 1) / (seen + norm)
                score += EXACT_BONUS * self._exact[i] * (best[i] >= EXACT)
        return score + NEAR_BONUS * sum(min(self._weights[a], self._weights[b]) for a, b in near)

    def _look(
        self,
        text: str,
        weight: float,
        frequency: list[float],
        best: list[float],
        near: set[tuple[int, int]],
    ) -> None:
        last, last_place = -1, 0
        for place, asked, value in self._grader.find(text):
            i = self._concept_of[asked]
            value *= self._likely[asked]
            frequency[i] += value * weight * self._shares[asked]
            best[i] = max(best[i], value)
            if last >= 0 and last != i and text.count(" ", last_place, place) <= NEAR:
                near.add((min(i, last), max(i, last)))
            last, last_place = i, place


def _idf(total: float, size: float) -> float:
    return max(0.05, math.log((total - size + 0.5) / (size + 0.5))) if total > size else 0.05
