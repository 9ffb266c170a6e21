"""The data: what came in, what is known of it, what a person did with it.

Knows nothing of the interface. Everything the interface may use is named here.
"""

from __future__ import annotations

from .arabic import fold
from .errors import (
    ImportFailedError,
    NotFoundError,
    QueryError,
    StoreBusyError,
    StoreError,
    StoreReadOnlyError,
    StoreTooNewError,
    StoreUnreadableError,
)
from .models import (
    Added,
    Article,
    Link,
    LinkKind,
    Outcome,
    ParsedArticle,
    ParsedLink,
    Precision,
    Published,
    Summary,
    TagCount,
)
from .query import SYNTAX, Query, Sort
from .related import Related, Relation
from .search import Page, matches
from .store import Store
from .tags import TagChange, tag_name

__all__ = [
    "SYNTAX",
    "Added",
    "Article",
    "ImportFailedError",
    "Link",
    "LinkKind",
    "NotFoundError",
    "Outcome",
    "Page",
    "ParsedArticle",
    "ParsedLink",
    "Precision",
    "Published",
    "Query",
    "QueryError",
    "Related",
    "Relation",
    "Sort",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreReadOnlyError",
    "StoreTooNewError",
    "StoreUnreadableError",
    "Summary",
    "TagChange",
    "TagCount",
    "fold",
    "matches",
    "tag_name",
]
