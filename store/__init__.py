"""The data: what came in, what is known of it, what a person did with it.

Knows nothing of the interface. Everything the interface may use is named here,
and loaded when it is first asked for: a start that only reads a list must not
pay for importing, relating or comparing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .arabic import fold
    from .compare import Comparison, Mark, Sentence
    from .errors import (
        ImportFailedError,
        NotFoundError,
        QueryError,
        StoreBusyError,
        StoreError,
        StoreReadOnlyError,
        StoreStoppedError,
        StoreTooNewError,
        StoreUnreadableError,
    )
    from .events import Event, EventSummary, Member, Story
    from .follows import Arrival, Follow, Unfollowed
    from .former import FormerText
    from .models import (
        Added,
        Article,
        Link,
        LinkKind,
        Note,
        Outcome,
        ParsedArticle,
        ParsedLink,
        Precision,
        Published,
        Summary,
        TagChange,
        TagCount,
    )
    from .muting import SearchChange
    from .notes import NoteChange, Noted
    from .ordering import MOST_ORDERED
    from .query import SYNTAX, Query, Sort
    from .query_tree import Part
    from .query_words import FIELD_NAME, finds_beginnings
    from .readings import ReadArticle
    from .related import Related, Relation
    from .saved import SavedSearch
    from .search import Page, matches
    from .search_match import IN_KEYWORDS, Snippet
    from .store import Store
    from .tags import tag_name
    from .views import Days, Facets, NamedView


_HOMES = {
    "fold": "arabic",
    "Comparison": "compare",
    "Mark": "compare",
    "Sentence": "compare",
    "Event": "events",
    "EventSummary": "events",
    "Member": "events",
    "Story": "events",
    "Arrival": "follows",
    "Follow": "follows",
    "Unfollowed": "follows",
    "ImportFailedError": "errors",
    "NotFoundError": "errors",
    "QueryError": "errors",
    "StoreBusyError": "errors",
    "StoreError": "errors",
    "StoreReadOnlyError": "errors",
    "StoreStoppedError": "errors",
    "StoreTooNewError": "errors",
    "StoreUnreadableError": "errors",
    "Added": "models",
    "Article": "models",
    "Link": "models",
    "LinkKind": "models",
    "Note": "models",
    "SearchChange": "muting",
    "NoteChange": "notes",
    "Noted": "notes",
    "MOST_ORDERED": "ordering",
    "Outcome": "models",
    "ParsedArticle": "models",
    "ParsedLink": "models",
    "Precision": "models",
    "Published": "models",
    "Summary": "models",
    "TagCount": "models",
    "Part": "query_tree",
    "SYNTAX": "query",
    "FIELD_NAME": "query_words",
    "finds_beginnings": "query_words",
    "Query": "query",
    "Sort": "query",
    "Related": "related",
    "Relation": "related",
    "SavedSearch": "saved",
    "Page": "search",
    "matches": "search",
    "Store": "store",
    "TagChange": "models",
    "tag_name": "tags",
    "Days": "views",
    "ReadArticle": "readings",
    "Facets": "views",
    "NamedView": "views",
    "FormerText": "former",
    "IN_KEYWORDS": "search_match",
    "Snippet": "search_match",
}


def __getattr__(name: str) -> object:
    """The public name, from the module it lives in (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"store has no {name}")
    value: object = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


__all__ = [
    "FIELD_NAME",
    "IN_KEYWORDS",
    "MOST_ORDERED",
    "SYNTAX",
    "Added",
    "Arrival",
    "Article",
    "Comparison",
    "Days",
    "Event",
    "EventSummary",
    "Facets",
    "Follow",
    "FormerText",
    "ImportFailedError",
    "Link",
    "LinkKind",
    "Mark",
    "Member",
    "NamedView",
    "NotFoundError",
    "Note",
    "NoteChange",
    "Noted",
    "Outcome",
    "Page",
    "ParsedArticle",
    "ParsedLink",
    "Part",
    "Precision",
    "Published",
    "Query",
    "QueryError",
    "ReadArticle",
    "Related",
    "Relation",
    "SavedSearch",
    "SearchChange",
    "Sentence",
    "Snippet",
    "Sort",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreReadOnlyError",
    "StoreStoppedError",
    "StoreTooNewError",
    "StoreUnreadableError",
    "Story",
    "Summary",
    "TagChange",
    "TagCount",
    "Unfollowed",
    "finds_beginnings",
    "fold",
    "matches",
    "tag_name",
]
