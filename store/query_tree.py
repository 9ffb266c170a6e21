"""What a query means, as a tree of frozen nodes; :mod:`store.query` reads text into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Sort(StrEnum):
    """In which order a list stands."""

    DATE = "date"
    OLDEST = "oldest"
    RELEVANCE = "relevance"
    OUTLET = "outlet"
    TITLE = "title"
    ADDED = "added"

    @property
    def is_one_page(self) -> bool:
        """True for an order that no index has: its list is one page."""
        return self not in (Sort.DATE, Sort.OLDEST)


class Part(StrEnum):
    """Which part of an article words are looked for in."""

    ALL = "all"
    TITLE = "title"
    KEYWORDS = "keywords"
    BODY = "body"


class State(StrEnum):
    """What ``is:`` and ``has:`` ask."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"
    UNTAGGED = "untagged"
    MUTED = "muted"
    LINKS = "links"
    NOTE = "note"
    HIGHLIGHT = "highlight"


class LabelKind(StrEnum):
    """Which labels of an article a name is looked for among."""

    SOURCE = "source"
    AGENCY = "agency"
    TAG = "tag"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any spelling.

    ``is_exact`` keeps to the word as written, after folding; ``is_whole``
    takes its first letter as its own, where it could be a clitic. ``weight``
    is how likely the word is meant: below 1 for one that was not typed.
    """

    text: str
    part: Part = Part.ALL
    is_exact: bool = False
    is_whole: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in this order, after folding; with ``is_prefix`` the last one is a beginning."""

    text: str
    part: Part = Part.ALL
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so; ``words`` are the frequent ones to ask for, where there are too many for all."""

    text: str
    part: Part = Part.ALL
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of these words, folded, as they are written: never typed, it says where a pattern has to be looked for.

    Of all parts the headline and the text are meant, as by the pattern.
    """

    words: tuple[str, ...]
    part: Part = Part.ALL


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression as it is written between the slashes; ``place`` is where it stands in the query."""

    text: str
    part: Part = Part.ALL
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Label:
    """An outlet, agency, tag or feed by its name's key, ``written`` so; ``is_prefix`` takes every name that begins so."""

    kind: LabelKind
    key: str
    is_prefix: bool = False
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A state of the article."""

    state: State


@dataclass(frozen=True, slots=True)
class Dated:
    """Published at ``since`` or later and before ``until`` (seconds UTC; None is open)."""

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class InStory:
    """Belongs to the story of this article."""

    article: int


@dataclass(frozen=True, slots=True)
class InNotes:
    """Words in what a person wrote of the article; ``node`` is a tree of words."""

    node: Node


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that ``node`` does not find."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """What all of them find; with no nodes, every article."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any of them finds; with no nodes, no article."""

    nodes: tuple[Node, ...]


Node: TypeAlias = (
    Word | Phrase | Prefix | OneOf | Pattern | Label | Is | Dated | InStory | InNotes | Not | And | Or
)
Text: TypeAlias = Word | Phrase | Prefix

#: Finds nothing.
NOTHING = Or(())


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, and what it means; ``root`` is None where every article is meant.

    ``is_resolved`` says that the archive's spellings were added already (:mod:`store.spelling`).
    """

    text: str = ""
    root: Node | None = None
    sort: Sort = Sort.DATE
    is_resolved: bool = False

    @property
    def is_empty(self) -> bool:
        """True when every article is meant."""
        return self.root is None


def positive_texts(node: Node | None) -> tuple[Text, ...]:
    """The words, phrases and prefixes that an article may be found by, in order; none that are negated."""
    if isinstance(node, Word | Phrase | Prefix):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(text for child in node.nodes for text in positive_texts(child))
    return ()


def positive_patterns(node: Node | None) -> tuple[Pattern, ...]:
    """The same of patterns."""
    if isinstance(node, Pattern):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(pattern for child in node.nodes for pattern in positive_patterns(child))
    return ()


def has_pattern(node: Node) -> bool:
    """True where the text of every candidate has to be looked at."""
    match node:
        case Pattern():
            return True
        case Not():
            return has_pattern(node.node)
        case And() | Or():
            return any(map(has_pattern, node.nodes))
        case _:
            return False
