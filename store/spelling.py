"""What else a query may mean in this archive: other readings, words joined or apart, slips of the finger.

:func:`resolve` adds alternatives to a query's tree by looking at which words
the archive knows. Nothing is taken away: what was typed is always among them.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .arabic import forms
from .mistyping import unlikeliness
from .names import bare_forms
from .query_fts import anywhere, beginnings_of, exact, expression
from .query_tree import And, Node, Or, Part, Phrase, Prefix, Query, Sort, Word, positive_texts
from .sizes import MOST_CONCEPTS, are_many, likely_size
from .slips import Company, closeness, company_of, likelihood, weighed
from .stem import is_own_beginning, readings, without_article, without_endings
from .vocabulary import articles_with, beginning_with, has_beginning, one_edit_from
from .wordlist import is_listed, listed

#: Shortest word that is corrected: of three letters every word is one slip from many; and the shortest where the
#: other words of the query and the order by relevance choose among the many.
_SHORTEST, _SHORTEST_MEANT = 4, 3
#: Most words a correction tells, and by how much another may be less likely than the best: it has a fifth of its
#: articles, where the slip is of the same kind.
_CORRECTIONS, _FALLS_SHORT = 3, 0.8
#: A word in so few articles may be a slip as well; then so many neighbours are tried. In more articles it must be
#: out of place among the other words.
_SELDOM, _NEIGHBOURS = 8, 12
#: How much the likeliest neighbour counts of a word that no article has, and at most of one that is known; how fast
#: the others fall behind it, or behind the word itself; how likely that is typed right; what counts for less is dropped.
#: Measured on queries with one slip, and on the same without.
_MEANT, _MEANT_TOO, _CERTAINTY, _CERTAINTY_TOO, _TYPED_RIGHT, _LEAST = 0.99, 0.6, 0.35, 0.5, 3.0, 0.12
#: Where one word alone is asked for no other word tells which neighbour is meant: those of a word that is known count less.
_ALONE = 0.5
#: In longer queries the other words make up for it.
_FEW_WORDS = 6
#: Prefixes in more articles than this are asked by their most frequent words.
_BROAD, _WORDS_OF_PREFIX = 5000, 200
#: Words are counted no further; two words that are both in more articles are not looked for side by side.
_FREQUENT = 2000
#: Where the vocabulary, which counts some articles for all, has a word so many times as often, it need not be counted.
_SURELY = 2
#: "Son of", as it stands in names.
_SONS = ("بن", "ابن")
#: What may stand before the first of two words that are also written as one.
_BEFORE = ("", "و", "ب", "ل", "ف", "ك")
#: Behind these a word is nearly always the word itself; with one of ف ب ل ك before it, it may be another.
_SURELY_BEFORE = ("", "و", "ال", "وال", "بال", "لل")
_HAS = "SELECT 1 FROM search WHERE search MATCH ?"
_BACK_TO = (
    "SELECT min(rowid) FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"
)
#: Of many articles so many of the newest with the rarer of two words show whether they are written side by side.
_LOOKED_AT = 200
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Correction:
    """A word the archive does not know, and the words that were searched beside it."""

    asked: str
    used: tuple[str, ...]

    def narrowed(self, meant: Sequence[str]) -> Correction:
        """Less what is not among the words that were meant, where any is; never more than a line can tell."""
        likely = tuple(word for word in meant if word in self.used) or self.used
        return Correction(self.asked, likely[:_CORRECTIONS])


def resolve(connection: sqlite3.Connection, query: Query) -> tuple[Query, tuple[Correction, ...]]:
    """The query with the archive's own spellings added, and what was corrected."""
    if query.root is None or query.is_resolved:
        return query, ()
    resolver = _Resolver(connection, query)
    root = resolver.node(query.root)
    return replace(query, root=root, is_resolved=True), tuple(resolver.corrections)


class _Resolver:
    def __init__(self, connection: sqlite3.Connection, query: Query) -> None:
        self._connection = connection
        self._is_ranked = query.sort is Sort.RELEVANCE
        words = len(positive_texts(query.root))
        self._is_short, self._is_alone = words <= _FEW_WORDS, words == 1
        self._others = [
            text for text in positive_texts(query.root) if isinstance(text, Word) and not text.is_exact
        ]
        self._told = self._telling() if self._is_ranked else None
        self.corrections: list[Correction] = []

    def _telling(self) -> set[Word] | None:
        """The words of a long query that an order by relevance goes by; the others are not looked up. None for all."""
        if len(self._others) <= MOST_CONCEPTS:
            return None
        return set(sorted(self._others, key=lambda word: likely_size(self._connection, word))[:MOST_CONCEPTS])

    @cached_property
    def _are_many(self) -> bool:
        return are_many(self._connection)

    @cached_property
    def _company(self) -> Company:
        return company_of(self._connection, self._others)

    def node(self, node: Node) -> Node:
        match node:
            case Word():
                return self._word(node)
            case Prefix():
                return self._prefix(node)
            case And():
                return And(self._conjunction(node.nodes))
            case Or():
                return Or(tuple(self.node(child) for child in node.nodes))
            case _:
                return node

    def _conjunction(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Neighbours that the archive also writes as one: عبد الله, فيس بوك."""
        out: list[Node] = []
        place = 0
        while place < len(nodes):
            pair = nodes[place : place + 2]
            one = self._joined(*pair) if len(pair) == 2 else None
            if one is None:
                out.append(self.node(nodes[place]))
                place += 1
            else:
                out.append(Or((And(tuple(self.node(node) for node in pair)), one)))
                place += 2
        return tuple(out)

    def _joined(self, first: Node, second: Node) -> Word | None:
        if not (isinstance(first, Word) and isinstance(second, Word)) or first.part is not second.part:
            return None
        if first.is_exact or second.is_exact or not (self._tells(first) and self._tells(second)):
            return None
        one = _only(first) + _only(second)
        if not _only(first) or not _only(second) or len(one) < 5 or one.isdecimal():
            return None
        known = [
            form
            for form in dict.fromkeys((one, *bare_forms(one)))
            if len(form) > 4 and self._size(form, without_endings(form))
        ]
        return Word(known[-1], first.part, is_whole=True) if known else None

    def _has(self, fts: str, since: int | None = None) -> bool:
        sql, values = (_HAS, (fts,)) if since is None else (_HAS + " AND rowid >= ?", (fts, since))
        return self._connection.execute(sql + " LIMIT 1", values).fetchone() is not None

    def _tells(self, word: Word) -> bool:
        return self._told is None or word in self._told

    def _word(self, word: Word) -> Node:
        norm = _only(word)
        if word.is_exact or not norm or norm.isdecimal() or not self._tells(word):
            return word
        read = self._read(word, norm)
        if norm in _SONS and not self._is_alone:
            # بن سلمان and ابن سلمان. By itself ابن is a son, and no part of half the names there are.
            read = [*read, *(Word(other, word.part) for other in _SONS if other != norm)]
        found: list[Node] = [*read, *self._apart(word, norm)]
        if word.part is not Part.ALL:
            return found[0] if len(found) == 1 else Or(tuple(found))
        if self._is_ranked and self._is_short:
            found += self._slips(word, norm)
        elif len(found) == len(read) and not any(self._has(expression(one) or "") for one in read):
            found += self._corrected(word, norm)
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _read(self, word: Word, norm: str) -> list[Node]:
        """Its first letter as a clitic, as its own, or both: ال before it in the archive shows that it is its own."""
        if len(readings(norm)) == 1 or without_article(norm) != norm or is_own_beginning(norm):
            return [word]
        whole = replace(word, is_whole=True)
        is_own = has_beginning(self._connection, "ال" + readings(norm)[-1 if norm[0] == "و" else 0])
        if norm[0] == "و":
            return [whole] if is_own else [word]
        return [word] if is_own else [word, *(Word(rest, word.part) for rest in bare_forms(norm)[1:])]

    def _apart(self, word: Word, norm: str) -> list[Node]:
        """The word in two, where the archive has the two side by side; with what may stand before either way."""
        found: list[Node] = []
        for form in dict.fromkeys((norm, *bare_forms(norm))):
            if len(form) > 4:
                found += self._halves(form, word.part)
        return found

    def _halves(self, form: str, part: Part) -> list[Node]:
        # To look a word up takes a twentieth of asking the index; most halves of words are none.
        halves = [
            (form[:i], form[i:])
            for i in range(2, len(form) - 1)
            if self._is_there(form[i:]) and any(self._is_there(before + form[:i]) for before in _BEFORE)
        ]
        sizes = {half: self._size(half) for half in {half for pair in halves for half in pair}}
        likely = [pair for pair in halves if 0 < min(sizes[half] for half in pair) < _FREQUENT]
        return [
            phrase
            for pair in likely
            for phrase in self._side_by_side(*pair, part, min(pair, key=lambda half: sizes[half]))
        ]

    def _side_by_side(self, first: str, second: str, part: Part, rarer: str) -> list[Phrase]:
        """Two words as a phrase, with what may stand before it, where the archive has it."""
        phrases = [
            Phrase(f"{before}{first} {second}", part) for before in _BEFORE if self._is_there(before + first)
        ]
        found = {phrase: expression(phrase) or "" for phrase in phrases}
        since = self._newest(anywhere(rarer)) if self._are_many else None
        # Mostly none of them is there, which one question answers.
        if not self._has(" OR ".join(found.values()), since):
            return []
        return [phrase for phrase, fts in found.items() if self._has(fts, since)]

    def _newest(self, fts: str) -> int | None:
        """Where the newest articles end that are looked at for two words side by side."""
        (oldest,) = self._connection.execute(_BACK_TO, (fts, _LOOKED_AT)).fetchone()
        return None if oldest is None else int(oldest)

    def _is_there(self, word: str) -> bool:
        """Whether the archive has the very word, also with its و standing apart."""
        return is_listed(self._connection, word) or (word[0] == "و" and is_listed(self._connection, word[1:]))

    def _size(self, *terms: str) -> int:
        """How many articles have one of the terms in any form, counted to _FREQUENT.

        Not in one column: to look in vain for the rare form of a frequent stem walks all its articles.
        """
        if articles_with(self._connection, terms[0]) >= _SURELY * _FREQUENT:
            return _FREQUENT
        return self._count(*map(anywhere, terms))

    def _corrected(self, word: Word, norm: str) -> list[Node]:
        if len(norm) < _SHORTEST or any(char.isdecimal() for char in norm):
            return []
        known = {word: size for word in one_edit_from(norm) if (size := self._size(word, "ال" + word))}
        # The articles with one of them choose among the others; only of likely words are they wanted.
        likely = {other: likelihood(size, 0.0) - unlikeliness(norm, other) for other, size in known.items()}
        best = sorted(likely, key=lambda other: (-likely[other], other))[:_CORRECTIONS]
        used = tuple(other for other in best if likely[other] >= likely[best[0]] - _FALLS_SHORT)
        if used:
            self.corrections.append(Correction(word.text, used))
        return [Word(w, word.part) for w in used]

    def _slips(self, word: Word, norm: str) -> list[Node]:
        """For an order by relevance: what else may be meant by a word that few articles have, or none but in other forms.

        They stand beside the word and count for less, so that an article with the word itself is above.
        """
        if len(norm) < _SHORTEST_MEANT or not norm.isalpha():
            return []
        # An archive that has «والأكراد» alone knows أكراد.
        written = (before + form for form in (norm, *bare_forms(norm)) for before in _SURELY_BEFORE)
        own = self._count_written(dict.fromkeys(written), _SELDOM + 1)
        company = self._company.without(word)
        fts = expression(word) or ""
        close = closeness(self._connection, fts, company) if own else 0.0
        if own > _SELDOM and close >= 0:
            # Known, and in no worse company than any word.
            return []
        likely = weighed(self._connection, norm, self._neighbours(norm, own), company)
        best = sorted(likely, key=lambda other: (-likely[other], other))[:_NEIGHBOURS]
        if own:
            # Those that keep the query's company better than the word itself.
            typed = _TYPED_RIGHT + likelihood(self._count(fts), close)
            most = _MEANT_TOO * (_ALONE if self._is_alone else 1.0)
            weights = {
                other: most * min(1.0, math.exp(_CERTAINTY_TOO * (likely[other] - typed)))
                for other in best
                if own <= _SELDOM or likely[other] > typed
            }
        else:
            if best:
                self.corrections.append(Correction(word.text, tuple(best)))
            weights = {
                other: _MEANT * math.exp(_CERTAINTY * (likely[other] - likely[best[0]])) for other in best
            }
        return [
            Word(other, word.part, weight=weight) for other, weight in weights.items() if weight >= _LEAST
        ]

    def _neighbours(self, norm: str, own: int) -> dict[str, int]:
        """Words one slip away, with how many articles have each; of a known word those of other stems."""
        stems = set(readings(norm))
        others = [other for other in one_edit_from(norm) if len(other) > 2]
        there = listed(self._connection, [form for other in others for form in (other, "ال" + other)])
        return {
            other: size
            for other in others
            if (other in there or "ال" + other in there)
            and (not own or stems.isdisjoint(readings(other)))
            and (size := self._size_of(other, there)) > (own > _SELDOM)
        }

    def _size_of(self, word: str, there: set[str]) -> int:
        """How many articles have a word with the article or without, counted to _FREQUENT; ``there`` are words that any has.

        Of many articles the vocabulary tells it near enough: to count a word that is the stem of others walks all theirs.
        """
        if self._are_many:
            return min(max(1, articles_with(self._connection, word)), _FREQUENT)
        if articles_with(self._connection, word) >= _SURELY * _FREQUENT:
            return _FREQUENT
        return self._count(*(exact(form) for form in (word, "ال" + word) if form in there))

    def _count_written(self, words: Iterable[str], most: int) -> int:
        """How many articles have one of the very words, counted to ``most``.

        To look in vain for a word that is the stem of others walks all their articles: the list of words is asked first.
        """
        there = listed(self._connection, words)
        if not there:
            return 0
        return self._count(*(exact(word) for word in sorted(there)), most=most)

    def _count(self, *expressions: str, most: int = _FREQUENT) -> int:
        """How many articles one of the expressions finds, counted to ``most``."""
        row = self._connection.execute(_COUNT, (" OR ".join(expressions), most)).fetchone()
        return int(row[0])

    def _prefix(self, prefix: Prefix) -> Prefix:
        """A prefix of too many articles is asked by its most frequent words, so that none has to be merged whole."""
        words: list[tuple[str, int]] = []
        for beginning in beginnings_of(prefix):
            words += beginning_with(self._connection, beginning, _WORDS_OF_PREFIX)
        if sum(articles for _, articles in words) <= _BROAD:
            return prefix
        frequent = sorted(words, key=lambda pair: -pair[1])[:_WORDS_OF_PREFIX]
        return replace(prefix, words=tuple(word for word, _ in frequent))


def _only(word: Word) -> str:
    """The one folded word of a node, or nothing where it holds several."""
    found = forms(word.text)
    return found[0][0] if len(found) == 1 else ""
