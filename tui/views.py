"""View: what the list shows, as a query with a name."""

from __future__ import annotations

from dataclasses import dataclass

from .i18n import _


def order_words(order: str) -> str:
    """The words for an order other than the newest first."""
    return {
        "oldest": _("oldest first"),
        "relevance": _("most relevant first"),
        "outlet": _("by outlet"),
        "title": _("by headline"),
        "added": _("last arrived first"),
    }[order]


@dataclass(frozen=True, slots=True)
class View:
    """A list of articles: the query that makes it, and its name for the status line.

    ``is_search`` is True for a query typed by the reader: its matches are marked.
    """

    query: str = ""
    title: str = ""
    is_search: bool = False
