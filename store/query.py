"""The query language: text → tree. Pure; :mod:`store.query_sql` turns the tree into statements.

Recursive descent, in the grammar that SYNTAX prints. Nothing a person can
type raises anything but QueryError, which says where and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .arabic import LONGEST_WORD, label_key, tokens
from .errors import QueryError
from .query_dates import span
from .query_fts import expression
from .query_regex import WORDS_OF_PATTERN, PatternError, ends_at, opens_at
from .query_regex import read as read_pattern
from .query_tree import (
    NOTHING,
    And,
    Dated,
    InNotes,
    InStory,
    Is,
    Label,
    LabelKind,
    Node,
    Not,
    Or,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Sort,
    State,
    Word,
)
from .query_words import FIELD_NAME, SHOWN, SORTS, STATES, SYNTAX, THINGS, field_of

__all__ = ["SYNTAX", "Query", "QueryError", "Sort", "parse", "plain"]

#: Deepest grouping that is read: deeper is no question, but an attack on the stack.
DEEPEST = 40
#: How far saved searches may name others.
DEEPEST_SAVED = 5
#: Most words a query may have; a headline has about ten, FTS5 allows its own tree some hundreds.
MOST_WORDS = 200
#: Longest query that is read, in code points.
LONGEST = 4000

_LONE_CLITICS = frozenset("و")
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“"}
_ENDS = '"«“”„»()'
#: Blanks, and the marks of direction that come along with what is pasted.
_BLANK = r"\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_BLANKS = re.compile(f"[{_BLANK}]*")
_FIELD = re.compile(f"({FIELD_NAME}):")
_END = rf"(?=[{_BLANK}()]|$)"
_OR = re.compile(rf"OR{_END}|\|+")
_NOT = re.compile(rf"AND{_END}|(NOT{_END}|-(?=[^\s\-]))")
_MINUS = re.compile(r"-(?=[^\s\-])")
_ARABIC = re.compile("[ء-ي]")
_BARE = re.compile(rf"[^\s|{_ENDS}]+")


def parse(text: str, now: int, saved: Callable[[str], str | None] | None = None) -> Query:
    """Read a query; ``now`` (seconds UTC) is what relative dates are counted from.

    ``saved`` gives the text of the saved search of that name, or None. An empty
    text means every article. Raises QueryError with place and reason.
    """
    if len(text) > LONGEST:
        raise QueryError(text, LONGEST, f"longer than {LONGEST} letters")
    return _Parser(text, now, saved).query()


def plain(text: str, sort: Sort = Sort.DATE) -> Query:
    """A query of the words of any text, with no sign or field read as syntax: for pasted headlines."""
    found = [t for t in tokens(text[:LONGEST]) if t.norm not in _LONE_CLITICS]
    words = [Word(text[t.start : t.end]) for t in found[:MOST_WORDS]]
    return Query(text, And(tuple(dict.fromkeys(words))) if words else NOTHING, sort)


@dataclass(slots=True)
class _Parser:
    text: str
    now: int
    saved: Callable[[str], str | None] | None = None
    nested: int = 0
    place: int = 0
    words: int = 0
    named_at: int | None = None
    sort: Sort = Sort.DATE
    has_sort: bool = False

    def query(self) -> Query:
        root = self._or(0)
        if self.place < len(self.text):
            raise self._error("a bracket that was never opened")
        if root is None and not self.has_sort and not _BLANKS.fullmatch(self.text):
            raise QueryError(self.text, 0, "no word to search for")
        return Query(self.text, root, self.sort)

    def _error(self, reason: str, place: int | None = None) -> QueryError:
        return QueryError(self.text, self.place if place is None else place, reason)

    def _or(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise self._error("too many brackets in one another")
        branches = [self._and(depth)]
        while self._takes_or():
            place = self.place
            branches.append(self._and(depth))
            if branches[-1] is None or branches[-2] is None:
                raise self._error("OR stands between two words", place)
        found = [branch for branch in branches if branch is not None]
        if len(found) < 2:
            return found[0] if found else None
        return Or(tuple(found))

    def _takes_or(self) -> bool:
        self._skip()
        match = _OR.match(self.text, self.place)
        if match:
            self.place = match.end()
        return bool(match)

    def _and(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        while not self._is_at_end_of_group():
            node = self._unary(depth)
            if node is not None:
                nodes.append(node)
        if len(nodes) < 2:
            return nodes[0] if nodes else None
        return And(tuple(nodes))

    def _is_at_end_of_group(self) -> bool:
        self._skip()
        if self.place >= len(self.text) or self.text[self.place] == ")":
            return True
        return _OR.match(self.text, self.place) is not None

    def _skip(self) -> None:
        match = _BLANKS.match(self.text, self.place)
        self.place = match.end() if match else self.place

    def _unary(self, depth: int) -> Node | None:
        match = _NOT.match(self.text, self.place)
        if match is None:
            return self._primary(depth)
        self.place = match.end()
        if not match[1]:
            return None
        self._skip()
        place = self.place
        if self._is_at_end_of_group():
            raise self._error("a word is missing after the negation", place)
        if depth > DEEPEST:
            raise self._error("too many negations in one another")
        node = self._unary(depth + 1)
        return None if node is None else Not(node)

    def _primary(self, depth: int) -> Node | None:
        char = self.text[self.place]
        if char == "(":
            return self._group(depth)
        if char in _QUOTES:
            return self._phrase(self._quoted(), Part.ALL)
        if opens_at(self.text, self.place):
            return self._pattern(Part.ALL)
        field = _FIELD.match(self.text, self.place)
        name = field_of(field[1]) if field else None
        if field and name and not self._is_blank(field.end()):
            start = self.place
            self.place = field.end()
            return self._field(name, field[0], start, depth)
        return self._word(Part.ALL)

    def _is_blank(self, place: int) -> bool:
        """True where a blank follows «name:», as in a headline; at the very end a value is still to come."""
        return place < len(self.text) and self.text[place].isspace()

    def _group(self, depth: int) -> Node | None:
        opened = self.place
        self.place += 1
        node = self._or(depth + 1)
        if self.place >= len(self.text):
            raise self._error("this bracket is never closed", opened)
        self.place += 1
        return node

    def _quoted(self) -> str:
        opened = self.place
        closing = _QUOTES[self.text[opened]]
        end = self.text.find(closing, opened + 1)
        if end < 0:
            raise self._error("this quotation mark is never closed", opened)
        self.place = end + 1
        return self.text[opened + 1 : end]

    def _phrase(self, text: str, part: Part) -> Node | None:
        found = tokens(text)
        self._count(len(found))
        return Phrase(text, part, is_prefix=text[found[-1].end :].startswith("*")) if found else None

    def _pattern(self, part: Part) -> Pattern:
        opened = self.place
        end = ends_at(self.text, opened)
        if end is None:
            raise self._error("this pattern is never closed", opened)
        written = self.text[opened + 1 : end]
        self._count(WORDS_OF_PATTERN, opened)
        try:
            read_pattern(written)
        except PatternError as error:
            raise self._error(error.reason, opened + 1 + error.place) from None
        self.place = end + 1
        return Pattern(written, part, opened if self.named_at is None else self.named_at)

    def _word(self, part: Part) -> Node | None:
        match = _BARE.match(self.text, self.place)
        if match is None:
            # A closing quotation mark, or any other sign that means nothing here.
            self.place += 1
            return None
        if match[0] == "=" and self.text[match.end() : match.end() + 1] in _QUOTES:
            self.place = match.end()
            return self._phrase(self._quoted(), part)
        start, self.place = self.place, match.end()
        return self._words(match[0], part, start)

    def _words(self, written: str, part: Part, start: int) -> Node | None:
        is_exact, is_prefix = written.startswith("="), written.rstrip("،,.؛").endswith("*")
        # A clitic that stands alone («و قال») is in every text, and in few as a word.
        found = [token for token in tokens(written) if is_exact or token.norm not in _LONE_CLITICS]
        self._count(len(found), start)
        if not found:
            return None
        texts = [written[token.start : token.end] for token in found]
        nodes: list[Node] = [Word(text, part, is_exact) for text in texts]
        if is_prefix:
            nodes[-1] = Prefix(texts[-1][:LONGEST_WORD], part)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _count(self, words: int, place: int | None = None) -> None:
        self.words += words
        if self.words > MOST_WORDS:
            raise self._error(f"more than {MOST_WORDS} words", place)

    def _field(self, name: str, written: str, start: int, depth: int) -> Node | None:
        if self.place >= len(self.text) or self.text[self.place] in ")":
            raise self._error(f"a value is missing after {written}")
        if name != "sort" and _MINUS.match(self.text, self.place):
            self.place += 1
            node = self._field(name, written, start, depth)
            return None if node is None else Not(node)
        if name in _TEXT_FIELDS:
            return self._in_part(_TEXT_FIELDS[name], depth)
        place = self.place
        if name == "note":
            return self._in_notes(depth, place)
        if self.text[place] in _QUOTES:
            value = self._quoted()
        else:
            match = _BARE.match(self.text, place)
            if match is None:
                raise self._error(f"a value is missing after {written}")
            value, self.place = match[0], match.end()
        return _READERS[name](self, value, place)

    def _in_part(self, part: Part, depth: int) -> Node | None:
        char = self.text[self.place]
        if char in _QUOTES:
            return self._phrase(self._quoted(), part)
        if char == "(":
            node = self._group(depth)
            return None if node is None else _within(node, part)
        if opens_at(self.text, self.place):
            return self._pattern(part)
        return self._word(part)

    def _in_notes(self, depth: int, place: int) -> Node | None:
        node = self._in_part(Part.ALL, depth)
        if node is not None and expression(node) is None:
            raise self._error("only words can be looked for in notes", place)
        return None if node is None else InNotes(node)

    def _label(self, kind: LabelKind, value: str, place: int) -> Node:
        key = label_key(value)
        if not key:
            raise self._error("a name is missing here", place)
        return Label(kind, key, is_prefix=value.rstrip().endswith("*"), written=value.strip())

    def _state(self, name: str, choices: dict[str, State], value: str, place: int) -> Node:
        found = choices.get(label_key(value))
        if found is None:
            raise self._expected(name, value, place)
        return Is(found)

    def _expected(self, name: str, value: str, place: int) -> QueryError:
        """What the field may be given, in the language it is written in."""
        field = self.text[:place].rsplit(maxsplit=1)[-1].rpartition("(")[2]
        return self._error(
            "expected one of: " + " ".join(SHOWN[name][bool(_ARABIC.search(field + value))]), place
        )

    def _dated(self, name: str, value: str, place: int) -> Node:
        found = span(value, self.now)
        if found is None:
            raise self._error("not a date: write 2023-09-14, 2023-09, 2023, 7d or أمس", place)
        since, until = found
        if name in ("after", "before") and since is None:
            raise self._error("a range without a beginning: write before:7d, or date:..7d", place)
        if since is not None and until is not None and since >= until:
            raise self._error("this range ends before it begins", place)
        if name == "after":
            return Dated(since=since)
        if name == "before":
            return Dated(until=since)
        return Dated(since, until)

    def _story(self, value: str, place: int) -> Node:
        digits = label_key(value)
        if not digits.isdecimal() or len(digits) > 18:
            raise self._error("the number of an article is expected here", place)
        return InStory(int(digits))

    def _saved(self, value: str, place: int) -> Node:
        """What a saved search means, in place of its name."""
        text = self.saved(value) if self.saved is not None else None
        if text is None:
            raise self._error("no saved search has this name", place)
        if self.nested == DEEPEST_SAVED:
            raise self._error("these saved searches name one another", place)
        self._count(1, place)
        inner = _Parser(text, self.now, self.saved, self.nested + 1, words=self.words, named_at=place)
        try:
            root = inner.query().root
        except QueryError as error:
            raise self._error(error.reason, place) from None
        self.words = inner.words
        return And(()) if root is None else root

    def _sort(self, value: str, place: int) -> None:
        found = SORTS.get(label_key(value))
        if found is None:
            raise self._expected("sort", value, place)
        self.sort, self.has_sort = found, True


_TEXT_FIELDS = {"title": Part.TITLE, "keyword": Part.KEYWORDS}
_READERS: dict[str, Callable[[_Parser, str, int], Node | None]] = {
    "source": lambda parser, value, place: parser._label(LabelKind.SOURCE, value, place),
    "agency": lambda parser, value, place: parser._label(LabelKind.AGENCY, value, place),
    "tag": lambda parser, value, place: parser._label(LabelKind.TAG, value, place),
    "feed": lambda parser, value, place: parser._label(LabelKind.FEED, value, place),
    "is": lambda parser, value, place: parser._state("is", STATES, value, place),
    "has": lambda parser, value, place: parser._state("has", THINGS, value, place),
    "after": lambda parser, value, place: parser._dated("after", value, place),
    "before": lambda parser, value, place: parser._dated("before", value, place),
    "on": lambda parser, value, place: parser._dated("on", value, place),
    "story": lambda parser, value, place: parser._story(value, place),
    "saved": lambda parser, value, place: parser._saved(value, place),
    "sort": lambda parser, value, place: parser._sort(value, place),
}


def _within(node: Node, part: Part) -> Node:
    """The same node with all its words looked for in one part of the article."""
    match node:
        case Word() | Phrase() | Prefix() | Pattern():
            return replace(node, part=part)
        case Not():
            return Not(_within(node.node, part))
        case And() | Or():
            return type(node)(tuple(_within(child, part) for child in node.nodes))
        case _:
            return node
