"""Order by relevance: a bounded set of candidates from FTS5, graded word by word on their own text.

FTS5's bm25() costs 3 to 7 microseconds for every row that matches, without
end, and cannot tell an exact word from its stem. So it only gathers: the best
by the query's rare words, the newest that have all words, the newest that
have them in the title. Some hundred articles are then read and scored
(:mod:`store.scoring`): exact over clitics over respelled names over stems,
title and keywords over body, all words over some, near over far, the
beginning of a text over its end. What the bound leaves out are old articles
that hold nothing but words which are common in the whole archive.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .arabic import tokens, written_words
from .names import bare_forms
from .query_fts import COLUMNS, exact, expression
from .query_regex import watched
from .query_sql import plan, test
from .query_streams import positions
from .query_tree import And, Node, Not, Or, Part, Phrase, Prefix, Query, Text, Word
from .scoring import Alternative, Scorer, length
from .search_index import columns_of_index
from .vocabulary import articles_with

#: FTS5 scores so many rows in about 50 ms; words beyond it only help to choose, and are scored by us.
ROW_BUDGET = 12_000
#: So many of the newest matches are looked at first, and so many times as many articles to see how recent they are.
_GLANCE, _GLANCE_AGE = 500, 40
_NEWEST_MATCHES = "SELECT count(*), min(rowid) FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"
_HOW_RECENT = "SELECT (SELECT max(id) FROM articles), (SELECT count(*) FROM (SELECT 1 FROM articles WHERE position > ? LIMIT ?))"
#: Articles that are read and scored, more where more are asked for; fewer of a large archive, where FTS5 takes most of
#: the time there is.
CANDIDATES, CANDIDATES_OF_MANY, MANY = 100, 60, 200_000
MOST_CANDIDATES = 600
#: Of a longer query the words that fewest articles have say enough; and so many words are looked for in all texts together.
MOST_CONCEPTS, MOST_LOOKS = 16, 700
#: A word of this weight stands for one that no article has: it is looked for, and weighed, as if it had been typed.
LIKELY = 0.9
#: What stands before a word without being of it.
_BEFORE_A_WORD = ("", "و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "وب", "ول")
#: bm25's weights for title, keywords, body, each as written, stemmed, by key.
_WEIGHTS = dict(zip(COLUMNS, (2.0, 1.5, 1.0, 2.0, 1.5, 1.0, 1.0, 0.8, 0.5), strict=True))


@dataclass(frozen=True, slots=True)
class _Concept:
    """One thing a query asks for, how many articles have it in any way, and those ways."""

    node: Node
    size: float
    ways: tuple[Alternative, ...]

    @property
    def exact_size(self) -> float:
        """How many articles have it as it was typed."""
        return self.ways[0].exact_size


class Ranking(NamedTuple):
    """Positions of articles, the best first, and the words they owe it to that were not typed, the best's own first."""

    positions: list[int]
    meant: tuple[str, ...] = ()


def ranked(connection: sqlite3.Connection, query: Query, limit: int) -> Ranking:
    """The best articles for a query."""
    wanted, filters = _parts(query.root)
    if all(isinstance(node, Prefix) and node.words for node in wanted):
        # Nothing to go by: no words, or beginnings that are in every article.
        return Ranking(positions(connection, plan(connection, query.root), limit=limit))
    concepts = [_concept(connection, node) for node in _telling(connection, list(dict.fromkeys(wanted)))]
    least = CANDIDATES if _articles(connection) < MANY else CANDIDATES_OF_MANY
    size = min(MOST_CANDIDATES, max(least, 2 * limit) * (2 if len(concepts) == 1 else 1))
    typed = sum(len(concept.ways[0].words) for concept in concepts)
    size = max(limit, min(size, MOST_LOOKS // max(typed, 1)))
    found = _candidates(connection, concepts, filters, size)
    return _scored(connection, concepts, found, limit)


def _parts(root: Node | None) -> tuple[list[Node], tuple[Node, ...]]:
    """What is to be found by words, and what only narrows it: labels, states, dates, negations."""
    nodes = list(root.nodes) if isinstance(root, And) else [root] if root is not None else []
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, And) else (node,))]
    wanted = [node for node in flat if expression(node) is not None]
    return wanted, tuple(node for node in flat if node not in wanted)


def _telling(connection: sqlite3.Connection, nodes: list[Node]) -> list[Node]:
    """Of many things that are asked for, those that the fewest articles seem to have, in their order."""
    if len(nodes) <= MOST_CONCEPTS:
        return nodes

    def articles(node: Node) -> int:
        texts = [text.text for text in _texts(_as_typed(node)) if isinstance(text, Word)]
        return max(
            (articles_with(connection, token.norm) for text in texts for token in tokens(text)), default=0
        )

    rare = sorted(nodes, key=articles)[:MOST_CONCEPTS]
    return [node for node in nodes if node in rare]


def _concept(connection: sqlite3.Connection, node: Node) -> _Concept:
    typed = _as_typed(node)
    words = tuple(dict.fromkeys(word for text in _texts(typed) for word in _words(text)))
    size = _count(connection, expression(node) or "")
    typed_size = size if typed is node else _count(connection, expression(typed) or "")
    first = tokens(typed.text)[0].norm if isinstance(typed, Word) else None
    exact_size = _count(connection, exact(first)) if first else typed_size
    meant = [text for text in _texts(node) if isinstance(text, Word) and text.weight < 1]
    # Of a word that is likely a slip another form is not the second best: the word that was meant is.
    is_slip = any(text.weight >= LIKELY for text in meant)
    is_heard = is_slip or exact_size > 0 or not isinstance(typed, Word) or _is_heard(connection, typed)
    as_typed = Alternative(words, typed_size, exact_size, is_heard=is_heard)
    return _Concept(node, size, (as_typed, *(_not_typed(connection, word) for word in meant)))


def _is_heard(connection: sqlite3.Connection, word: Word) -> bool:
    """Whether an article has the word, whatever stands before it there or here."""
    norms = [bare for token in tokens(word.text) for bare in bare_forms(token.norm)]
    spelled = dict.fromkeys(before + norm for norm in norms for before in _BEFORE_A_WORD)
    return any(_has(connection, exact(one)) for one in spelled)


def _has(connection: sqlite3.Connection, fts: str) -> bool:
    row = connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (fts,)).fetchone()
    return row is not None


def _not_typed(connection: sqlite3.Connection, word: Word) -> Alternative:
    as_written = articles_with(connection, word.text)
    size = as_written if as_written and word.weight < LIKELY else _count(connection, expression(word) or "")
    return Alternative(((word, 1.0),), size, as_written or size, word.weight)


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
    every = tuple(concept.node for concept in concepts)
    if sum(concept.size for concept in concepts) <= size:
        # There is nothing to choose; bm25() would walk all their rows once more, and once again for the weights.
        return positions(connection, plan(connection, And((Or(every), *filters))), limit=size)
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
        typed = [replace(concept, node=_as_typed(concept.node, LIKELY)) for concept in rare]
        found.update(dict.fromkeys(_best_by_bm25(connection, typed, filters, size)))
        if typed != rare:
            found.update(dict.fromkeys(_best_by_bm25(connection, rare, filters, size)))
    # Articles with all the words may not be among the best by bm25, which knows no stem from the word itself.
    wanted = [every] if len(concepts) > 1 or not rare else []
    if len(rare) < len(concepts):
        wanted.insert(0, tuple(_in_title(node) for node in every))
    for nodes in wanted:
        streams = plan(connection, And((*nodes, *filters)))
        found.update(dict.fromkeys(positions(connection, streams, limit=size)))
    if len(rare) < len(concepts) and len(found) < size:
        pairs = [And((a.node, b.node)) for i, a in enumerate(concepts) for b in concepts[i + 1 : i + 4]]
        streams = plan(connection, And((Or(tuple(pairs[:40])), *filters))) if pairs else ()
        found.update(dict.fromkeys(positions(connection, streams, limit=size)))
    return list(found)[: 2 * size]


def _as_typed(node: Node, least: float = 1.0) -> Node:
    """A node without the words that count for less than ``least``: those are frequent, and would take all the places."""
    if not isinstance(node, Or):
        return node
    typed = tuple(child for child in node.nodes if not (isinstance(child, Word) and child.weight < least))
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
    weights = ", ".join(str(_WEIGHTS[column]) for column in columns_of_index(connection))
    sql = " ".join(["SELECT rowid FROM search WHERE", where, f"ORDER BY bm25(search, {weights}) LIMIT ?"])
    values = [value for t in tests for value in t.values]
    with watched():
        return [row[0] for row in connection.execute(sql, (fts, *values, size))]


_TEXTS = """
SELECT a.position, a.title, a.keywords, b.text
FROM json_each(?) j JOIN articles a ON a.position = j.value JOIN bodies b ON b.article_id = a.id
"""


def _articles(connection: sqlite3.Connection) -> float:
    """About how many articles there are, in one look-up."""
    return float(connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])


def _scored(
    connection: sqlite3.Connection, concepts: Sequence[_Concept], found: list[int], limit: int
) -> Ranking:
    rows = connection.execute(_TEXTS, (json.dumps(found),)).fetchall()
    texts = [
        (position, " ".join((title, *json.loads(keywords))), body) for position, title, keywords, body in rows
    ]
    average = sum(length(head) + length(body) for _, head, body in texts) / max(len(texts), 1)
    total = _articles(connection)
    scorer = Scorer([concept.ways for concept in concepts], total, average)
    scores = [(scorer.judge(head, body), position) for position, head, body in texts]
    best = sorted(scores, key=lambda one: (one[0].value, one[1]), reverse=True)[:limit]
    meant = dict.fromkeys(word for score, _ in best for word in score.meant)
    return Ranking([position for _, position in best], tuple(meant))
