"""Order by relevance: a bounded set of candidates from FTS5, graded word by word on their own text.

FTS5's bm25() costs 1 to 7 microseconds for every row that matches, without
end, and cannot tell an exact word from its stem. So it only gathers, among
others (:mod:`store.candidates`). Some hundred articles are then read and scored
(:mod:`store.scoring`): exact over clitics over respelled names over stems,
title and keywords over body, all words over some, near over far, the
beginning of a text over its end.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from .arabic import tokens, written_words
from .candidates import BEFORE_A_WORD, LIKELY, Concept, as_typed, candidates, texts_of
from .names import bare_forms
from .query_fts import exact, expression
from .query_sql import plan
from .query_streams import positions
from .query_tree import And, Node, Phrase, Prefix, Query, Text, Word
from .scoring import Alternative, Scorer, length
from .sizes import MOST_CONCEPTS, Bounds, Sizes
from .vocabulary import articles_with

BOUNDS = Bounds()
#: Articles that are read and scored, more where more are asked for; fewer of a large archive, where FTS5 takes most of
#: the time there is.
CANDIDATES, CANDIDATES_OF_MANY = 100, 60
MOST_CANDIDATES = 600
#: So many words are looked for in all texts together.
MOST_LOOKS = 700


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
    sizes = Sizes(connection, BOUNDS)
    told = _telling(connection, list(dict.fromkeys(wanted)))
    concepts = [_concept(connection, sizes, node) for node in told]
    least = CANDIDATES_OF_MANY if sizes.are_many else CANDIDATES
    size = min(MOST_CANDIDATES, max(least, 2 * limit) * (2 if len(concepts) == 1 else 1))
    typed = sum(len(concept.ways[0].words) for concept in concepts)
    size = max(limit, min(size, MOST_LOOKS // max(typed, 1)))
    found = candidates(connection, sizes, concepts, filters, size)
    return _scored(connection, sizes.total, concepts, found, limit)


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
        texts = [text.text for text in texts_of(as_typed(node)) if isinstance(text, Word)]
        return max(
            (articles_with(connection, token.norm) for text in texts for token in tokens(text)), default=0
        )

    rare = sorted(nodes, key=articles)[:MOST_CONCEPTS]
    return [node for node in nodes if node in rare]


def _concept(connection: sqlite3.Connection, sizes: Sizes, node: Node) -> Concept:
    typed = as_typed(node)
    words = tuple(dict.fromkeys(word for text in texts_of(typed) for word in _words(text)))
    size = sizes.of(expression(node) or "")
    typed_size = sizes.of(expression(typed) or "")
    exact_size = typed_size
    if isinstance(typed, Word):
        first = tokens(typed.text)[0].norm
        # Of a frequent word the vocabulary tells it near enough.
        known = articles_with(connection, first) if typed_size >= sizes.most else 0
        exact_size = min(typed_size, known) if known else sizes.of(exact(first))
    meant = [text for text in texts_of(node) if isinstance(text, Word) and text.weight < 1]
    # Of a word that is likely a slip another form is not the second best: the word that was meant is.
    is_slip = any(text.weight >= LIKELY for text in meant)
    is_heard = is_slip or exact_size > 0 or not isinstance(typed, Word) or _is_heard(connection, typed)
    typed_way = Alternative(words, typed_size, exact_size, is_heard=is_heard)
    return Concept(node, size, (typed_way, *(_not_typed(connection, sizes, word) for word in meant)))


def _is_heard(connection: sqlite3.Connection, word: Word) -> bool:
    """Whether an article has the word, whatever stands before it there or here."""
    norms = [bare for token in tokens(word.text) for bare in bare_forms(token.norm)]
    spelled = dict.fromkeys(before + norm for norm in norms for before in BEFORE_A_WORD)
    return any(_has(connection, exact(one)) for one in spelled)


def _has(connection: sqlite3.Connection, fts: str) -> bool:
    row = connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (fts,)).fetchone()
    return row is not None


def _not_typed(connection: sqlite3.Connection, sizes: Sizes, word: Word) -> Alternative:
    as_written = articles_with(connection, word.text)
    size = as_written if as_written and word.weight < LIKELY else sizes.of(expression(word) or "")
    return Alternative(((word, 1.0),), size, as_written or size, word.weight)


def _words(text: Text) -> list[tuple[Text, float]]:
    """A phrase as its words, each as written, or the last as a beginning; anything else is one."""
    if not isinstance(text, Phrase):
        return [(text, 1.0)]
    words: list[Text] = [Word(word, text.part, is_exact=True) for word in written_words(text.text)]
    if words and text.is_prefix:
        words[-1] = Prefix(words[-1].text, text.part)
    return [(word, 1 / len(words)) for word in words]


_TEXTS = """
SELECT a.position, a.title, a.keywords, b.text
FROM json_each(?) j JOIN articles a ON a.position = j.value JOIN bodies b ON b.article_id = a.id
"""


def _scored(
    connection: sqlite3.Connection, total: float, concepts: Sequence[Concept], found: list[int], limit: int
) -> Ranking:
    rows = connection.execute(_TEXTS, (json.dumps(found),)).fetchall()
    texts = [
        (position, " ".join((title, *json.loads(keywords))), body) for position, title, keywords, body in rows
    ]
    average = sum(length(head) + length(body) for _, head, body in texts) / max(len(texts), 1)
    scorer = Scorer([concept.ways for concept in concepts], total, average)
    scorer.meet(text for _, *both in texts for text in both)
    scores = [(scorer.judge(head, body), position) for position, head, body in texts]
    best = sorted(scores, key=lambda one: (one[0].value, one[1]), reverse=True)[:limit]
    meant = dict.fromkeys(word for score, _ in best for word in score.meant)
    return Ranking([position for _, position in best], tuple(meant))
