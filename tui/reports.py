"""Facts told by workers that nobody waits for at the start; loaded with the first of them.

Their handlers go by their names (``on_hits_found``), so that no screen has to load them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from store import Article, FormerText, Query, Snippet

    from .opening import Program, Said
    from .rows import RowWindow
    from .views import View
    from .widgets.article_list import ListStand


@dataclass
class HitsFound(Message):
    """What was being typed finds these rows; ``query`` has the archive's spellings."""

    view: View
    window: RowWindow
    query: Query
    note: str = ""


@dataclass
class TextsRead(Message):
    """The pattern of a view is being looked for in every text, for its rows or their number; or (``is_over``) no more.

    ``reading`` is the same at the beginning and the end of one reading.
    """

    view: View
    reading: object
    is_counting: bool = False
    is_over: bool = False


@dataclass
class SearchRefused(Message):
    """What was being typed cannot be read: place (code point) and reason."""

    text: str
    place: int
    reason: str


@dataclass
class SnippetsFound(Message):
    """Pieces of bodies around what matched, by article."""

    view: View
    snippets: dict[int, Snippet]
    looked_at: tuple[int, ...]


@dataclass
class ArticlesRead(Message):
    """Articles were read in full, to be given away as ``purpose`` says."""

    purpose: str
    articles: tuple[Article, ...]
    argument: str = ""


@dataclass
class CommandAnswered(Message):
    """A command that was piped to has ended."""

    program: Program
    said: Said


@dataclass
class DetailsRead(Message):
    """An article was read with the texts it had before."""

    article: Article
    former: tuple[FormerText, ...]


@dataclass
class IdsRead(Message):
    """Every article of a view was found; ``purpose`` is what for: ``select``, ``read``, ``star``, ``tag``."""

    purpose: str
    view: View
    ids: tuple[int, ...]


@dataclass
class Before:
    """Where one was before a search: everything Esc brings back."""

    views: list[View]
    places: list[tuple[ListStand, Query | None]]
    stand: ListStand
    query: Query | None
    is_article_in_front: bool
