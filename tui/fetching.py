"""Fetching: the stretch of a list that is asked for, read from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import RowWindow

if TYPE_CHECKING:
    from store import Page, Query, Store


def read_window(
    store: Store, query: Query, side: str, window: RowWindow, chunk: int
) -> tuple[RowWindow, Page]:
    """The window that ``side`` asks for, read from the store, with the page it came from (runs in a worker).

    ``below`` and ``above`` grow it by ``chunk`` rows, ``bottom`` is the end of the list, ``fresh`` the same rows anew, and
    whatever else its beginning. What the store raises is raised.
    """
    from store import MOST_ORDERED, Sort

    rows = window.everything
    if side == "below" and rows:
        page = store.page(query, limit=chunk, before=rows[-1].position)
        return window.below(page.rows, is_bottom=len(page.rows) < chunk), page
    if side == "above" and rows:
        page = store.page(query, limit=chunk, after=rows[0].position)
        return window.above(page.rows, is_top=len(page.rows) < chunk), page
    if side == "bottom":
        page = store.page(query, limit=chunk, after=-(2**63))
        return window.anew(page.rows, is_top=len(page.rows) < chunk, is_bottom=True), page
    # What is one page comes whole.
    least = MOST_ORDERED if is_ordered(query) else chunk
    limit = max(least, len(rows)) if side == "fresh" else least
    is_top = side != "fresh" or window.is_top or not rows
    # From the first row on, that row too: just this side of it, whichever way the list goes.
    step = -1 if query.sort is Sort.OLDEST else 1
    page = store.page(query, limit=limit, before=None if is_top else rows[0].position + step)
    return window.anew(page.rows, is_top=is_top, is_bottom=len(page.rows) < limit), page


def is_same(one: RowWindow, other: RowWindow) -> bool:
    """Whether two windows show the same articles in the same order."""
    return [row.id for row in one.rows] == [row.id for row in other.rows]


def is_ordered(query: Query) -> bool:
    """Whether a list is one page in an order of its own; one by relevance tells how much more there is."""
    return query.sort.is_one_page and query.sort.value != "relevance"
