"""RowWindow: the stretch of a list that is in memory, and how it moves.

A list may hold a million rows; the window holds some hundreds, next to one
another, and knows whether more lie beyond either edge. Pure values: every
change is a new window.
"""

from __future__ import annotations

from dataclasses import dataclass

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

    @property
    def everything(self) -> tuple[Summary, ...]:
        """All rows of the stretch in list order, also those another arrangement does not show."""
        return self.rows

    def anew(self, rows: tuple[Summary, ...], *, is_top: bool, is_bottom: bool) -> RowWindow:
        """A window of other rows, arranged as this one is."""
        return RowWindow(rows, is_top, is_bottom)

    def place_of(self, index: int) -> int:
        """How many rows of the stretch stand above a row."""
        return index

    def under(self, row: Summary) -> tuple[Summary, ...]:
        """The rows that are folded under a row."""
        return ()

    def is_under(self, row: Summary) -> bool:
        """True for a row that stands unfolded below the first of its event."""
        return False

    def showing(self, article_id: int) -> int | None:
        """Index of the row that shows an article, be it by itself or folded under another."""
        return self.index_of(article_id)

    def index_of(self, article_id: int) -> int | None:
        """Where that article's row stands in the window, or None."""
        for index, row in enumerate(self.rows):
            if row.id == article_id:
                return index
        return None

    def nearest(self, position: int) -> int:
        """Index of the row at that position, or of the first row beyond it in the way the list goes."""
        is_rising = len(self.rows) > 1 and self.rows[0].position < self.rows[-1].position
        for index, row in enumerate(self.rows):
            if row.position >= position if is_rising else row.position <= position:
                return index
        return max(0, len(self.rows) - 1)

    def below(self, rows: tuple[Summary, ...], *, is_bottom: bool) -> RowWindow:
        """The window grown downwards; rows from its top are let go when it is too long."""
        joined = self.everything + rows
        extra = max(0, len(joined) - KEPT)
        return self.anew(joined[extra:], is_top=self.is_top and not extra, is_bottom=is_bottom)

    def above(self, rows: tuple[Summary, ...], *, is_top: bool) -> RowWindow:
        """The window grown upwards; rows from its bottom are let go when it is too long."""
        joined = rows + self.everything
        is_bottom = self.is_bottom and len(joined) <= KEPT
        return self.anew(joined[:KEPT], is_top=is_top, is_bottom=is_bottom)

    def with_row(self, row: Summary) -> RowWindow:
        """The window with one row replaced by a newer reading of it."""
        rows = tuple(row if old.id == row.id else old for old in self.everything)
        return self.anew(rows, is_top=self.is_top, is_bottom=self.is_bottom)

    def without(self, gone: frozenset[int]) -> RowWindow:
        """The window without the rows of some articles."""
        rows = tuple(row for row in self.everything if row.id not in gone)
        return self.anew(rows, is_top=self.is_top, is_bottom=self.is_bottom)

    def needs(self, index: int) -> str | None:
        """``"below"`` or ``"above"`` when the cursor at ``index`` comes near that edge, else None."""
        margin = min(MARGIN, len(self.rows) // 2)
        if not self.is_bottom and index >= len(self.rows) - margin:
            return "below"
        if not self.is_top and index < margin:
            return "above"
        return None
