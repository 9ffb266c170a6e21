"""RowWindow: the stretch of a list that is in memory, and how it moves.

A list may hold a million rows; the window holds some hundreds, next to one
another, and knows whether more lie beyond either edge. Pure values: every
change is a new window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from store import Summary

#: Rows asked for at a time.
CHUNK = 200
#: Fetch more when the cursor is nearer to an edge than this.
MARGIN = 80
#: Rows kept; beyond this the far side is let go.
KEPT = 1200


@dataclass(frozen=True, slots=True)
class RowWindow:
    """Neighbouring rows in list order, newest first."""

    rows: tuple[Summary, ...] = ()
    is_top: bool = True
    is_bottom: bool = True

    def index_of(self, article_id: int) -> int | None:
        """Where that article's row stands in the window, or None."""
        for index, row in enumerate(self.rows):
            if row.id == article_id:
                return index
        return None

    def nearest(self, position: int) -> int:
        """Index of the row at that position, or of the first row below it."""
        for index, row in enumerate(self.rows):
            if row.position <= position:
                return index
        return max(0, len(self.rows) - 1)

    def below(self, rows: tuple[Summary, ...], *, is_bottom: bool) -> RowWindow:
        """The window grown downwards; rows from its top are let go when it is too long."""
        joined = self.rows + rows
        extra = max(0, len(joined) - KEPT)
        return replace(self, rows=joined[extra:], is_top=self.is_top and not extra, is_bottom=is_bottom)

    def above(self, rows: tuple[Summary, ...], *, is_top: bool) -> RowWindow:
        """The window grown upwards; rows from its bottom are let go when it is too long."""
        joined = rows + self.rows
        return replace(
            self,
            rows=joined[:KEPT],
            is_top=is_top,
            is_bottom=self.is_bottom and len(joined) <= KEPT,
        )

    def with_row(self, row: Summary) -> RowWindow:
        """The window with one row replaced by a newer reading of it."""
        return replace(self, rows=tuple(row if old.id == row.id else old for old in self.rows))

    def needs(self, index: int) -> str | None:
        """``"below"`` or ``"above"`` when the cursor at ``index`` comes near that edge, else None."""
        if not self.is_bottom and index >= len(self.rows) - MARGIN:
            return "below"
        if not self.is_top and index < MARGIN:
            return "above"
        return None
