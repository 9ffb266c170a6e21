"""The nouns of the store, all frozen: what a source said, what we know, what we did.

Text is logical Unicode in NFC, never shaped, never reordered. Times are whole
seconds since 1970-01-01 UTC. Identifiers are the integers SQLite gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .former import FormerText

_NOTHING: Mapping[str, int] = MappingProxyType({})


class Precision(StrEnum):
    """How exactly a publication time is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class LinkKind(StrEnum):
    """Which block of a page a link was found in."""

    READ_ALSO = "read_also"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared: start of the period in seconds UTC, and how sure we are."""

    time: int
    precision: Precision
    is_inferred: bool = False


class ParsedLink(NamedTuple):
    """A headline that a page points to, exactly as written there; there are a dozen in an article."""

    kind: LinkKind
    title: str


class KeptNote(NamedTuple):
    """A note of an export: on code points of the body, or with None on the whole article; for a passage that is gone."""

    start: int | None
    stop: int | None
    text: str


class Kept(NamedTuple):
    """What a person did with an article, and its place among others, as an export of ours tells.

    ``number`` and ``host`` are ids of the store that was exported: its own, and
    that of the article on whose page it was found. ``former`` are its former
    texts, oldest first, as (when it was replaced, the text as an article).
    """

    is_unread: bool
    is_starred: bool
    number: int | None
    host: int | None
    notes: tuple[KeptNote, ...] = ()
    former: tuple[tuple[int, ParsedArticle], ...] = ()
    muted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article as its source gave it, before the store knows it.

    ``embedded`` holds the articles found inside the same page (إقرأ أيضاً); each
    is complete in itself and lends its host nothing. ``dropped`` counts what
    sanitising removed, by the names of ``store.ingest.sanitize``. ``kept`` is
    what only an export of ours can tell.
    """

    title: str
    body: tuple[str, ...]
    origin: str
    title_is_derived: bool = False
    published: Published | None = None
    outlet: str | None = None
    agency: tuple[str, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    keywords: tuple[str, ...] = ()
    keywords_are_segmented: bool = False
    links: tuple[ParsedLink, ...] = ()
    embedded: tuple[ParsedArticle, ...] = ()
    url: str | None = None
    guid: str | None = None
    tags: tuple[str, ...] = ()
    is_partial: bool = False
    dropped: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    kept: Kept | None = None
    outlet_is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a stored article; ``target`` is None while that article is not here yet."""

    kind: LinkKind
    title: str
    target: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A list row: everything a list shows of an article, and no body.

    ``position`` orders articles by date, newest highest; it is the key by
    which lists are paged, and ``day`` the day it stands at there, counted from
    1970 (undated ones stand with their hosts). ``event`` is the event it belongs to, None where it
    stands alone; ``event_size`` counts the outlets that report it, ``notes`` what was
    marked in it or written of it.
    """

    id: int
    position: int
    title: str
    title_is_derived: bool
    published: Published | None
    outlet: str | None
    is_unread: bool
    is_starred: bool
    tags: tuple[str, ...] = ()
    event_size: int = 1
    event: int | None = None
    notes: int = 0
    is_muted: bool = False
    day: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A passage a person marked in an article, and what they wrote of it.

    ``start`` and ``stop`` are code points of the body (paragraphs joined by one newline), None where
    the passage is not in the text (any more). Without a ``passage`` the note is about the article
    as a whole; without a ``text`` the passage is highlighted and no more. ``before`` and ``after`` are
    what stood around it at ``was_at``, where it was marked.
    """

    id: int
    article: int
    start: int | None
    stop: int | None
    passage: str
    text: str
    created: int
    changed: int
    before: str = ""
    after: str = ""
    was_at: int = 0

    @property
    def is_lost(self) -> bool:
        """True where its passage is no longer in the text."""
        return bool(self.passage) and self.start is None


@dataclass(frozen=True, slots=True)
class Article:
    """An article in full, with its status as it was when read from the store."""

    id: int
    position: int
    title: str
    title_is_derived: bool
    published: Published | None
    outlet: str | None
    agency: tuple[str, ...]
    byline: str | None
    dateline: str | None
    keywords: tuple[str, ...]
    keywords_are_segmented: bool
    tags: tuple[str, ...]
    body: tuple[str, ...]
    links: tuple[Link, ...]
    event: int | None
    is_unread: bool
    is_starred: bool
    added: int
    origin: str
    url: str | None
    embedded_in: int | None
    linked_from: tuple[int, ...] = ()
    revisions: int = 0
    dropped: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    notes: tuple[Note, ...] = ()
    former: tuple[FormerText, ...] = ()
    outlet_is_inferred: bool = False
    muted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and how many articles carry it."""

    name: str
    articles: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class TagChange:
    """What one tagging did, exactly: (article, tag) pairs added and removed."""

    added: tuple[tuple[int, str], ...] = ()
    removed: tuple[tuple[int, str], ...] = ()


class Outcome(StrEnum):
    """What became of one article handed to the store."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Added:
    """The id an article has in the store, and whether it was new there."""

    id: int
    outcome: Outcome
