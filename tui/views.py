"""View: what the list shows, as a query with a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A list of articles: the query that makes it, and its name for the status line.

    ``is_search`` is True for a query typed by the reader: its matches are marked.
    """

    query: str = ""
    title: str = ""
    is_search: bool = False
