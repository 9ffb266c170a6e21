"""Which row of a list stands on which line of its pane, with or without the days above their rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store import Summary

#: The part of a row that is the name of its day, above it.
DAY = -1

#: A line of the pane: the index of a row, and which line of the row it is (from 0; DAY above it).
Placed = tuple[int, int]


def lines(
    rows: Sequence[Summary], top: int, height: int, row_height: int, *, by_day: bool, is_led: bool = True
) -> tuple[Placed, ...]:
    """The lines of a pane whose first row is ``top``; with days, the first row has its day above it if ``is_led``."""
    found: list[Placed] = []
    for index in range(max(0, top), len(rows)):
        if len(found) >= height:
            break
        if by_day and (is_led if index == top else rows[index].day != rows[index - 1].day):
            found.append((index, DAY))
        found += [(index, part) for part in range(row_height)]
    return tuple(found[:height])


def top_for(
    rows: Sequence[Summary], top: int, cursor: int, height: int, row_height: int, *, by_day: bool
) -> int:
    """The first row to show so that the row with the cursor is seen whole, as near to ``top`` as can be.

    No lines stay free below the last row where rows above could fill them.
    """
    if not rows:
        return 0
    last = _top_above(rows, len(rows) - 1, height, row_height, by_day=by_day)
    first = _top_above(rows, cursor, height, row_height, by_day=by_day)
    return max(0, min(max(min(top, cursor), first), max(last, first)))


def _top_above(rows: Sequence[Summary], index: int, height: int, row_height: int, *, by_day: bool) -> int:
    """The first row to show so that ``index`` is the last that is seen whole."""
    if not by_day:
        return max(0, index - max(1, height // row_height) + 1)
    top = index
    # The row and the name of its day; each row above adds itself, and its day's name where that is another.
    used = row_height + 1
    while top > 0:
        used += row_height + (rows[top - 1].day != rows[top].day)
        if used > height:
            break
        top -= 1
    return top
