"""GroupedWindow: a stretch of a list in which the reports of one event are folded under the first of them.

Nothing is left out: what is folded is counted on the row that stands for it,
is shown there at a key, and is never marked by being folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from store import Summary

from .rows import RowWindow


@dataclass(frozen=True, slots=True)
class GroupedWindow(RowWindow):
    """A window whose ``rows`` are those shown; ``whole`` are all of them in list order.

    ``folded`` holds, by article, the rows under the first of its event;
    ``unfolded`` are the events shown in full, ``inner`` the articles that stand there under their first row.
    """

    whole: tuple[Summary, ...] = ()
    folded: Mapping[int, tuple[Summary, ...]] = field(default_factory=dict)
    unfolded: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()

    @property
    def everything(self) -> tuple[Summary, ...]:
        """All rows in list order."""
        return self.whole

    def anew(self, rows: tuple[Summary, ...], *, is_top: bool, is_bottom: bool) -> RowWindow:
        """A window of other rows, grouped, with the same events unfolded."""
        return grouped(RowWindow(rows, is_top, is_bottom), self.unfolded)

    def place_of(self, index: int) -> int:
        """How many rows of the whole stretch stand above a row."""
        if not 0 <= index < len(self.rows):
            return index
        wanted = self.rows[index].id
        return next(place for place, row in enumerate(self.whole) if row.id == wanted)

    def under(self, row: Summary) -> tuple[Summary, ...]:
        """The rows that are folded under a row."""
        return self.folded.get(row.id, ())

    def is_under(self, row: Summary) -> bool:
        """True for a row that stands unfolded below the first of its event."""
        return row.id in self.inner

    def showing(self, article_id: int) -> int | None:
        """Index of the row that shows an article, be it by itself or folded under another."""
        for index, row in enumerate(self.rows):
            if row.id == article_id or any(other.id == article_id for other in self.under(row)):
                return index
        return None

    def plain(self) -> RowWindow:
        """Every report in a row of its own again."""
        return RowWindow(self.whole, self.is_top, self.is_bottom)

    def toggled(self, row: Summary) -> GroupedWindow:
        """The window with the event of a row unfolded, or folded again."""
        if row.event is None:
            return self
        return grouped(self.plain(), self.unfolded ^ {row.event})


def grouped(window: RowWindow, unfolded: frozenset[int] = frozenset()) -> GroupedWindow:
    """Fold the rows of each event under the first of them, but for the events that are unfolded."""
    members: dict[int, list[Summary]] = {}
    for row in window.everything:
        if row.event is not None:
            members.setdefault(row.event, []).append(row)
    shown: list[Summary] = []
    folded: dict[int, tuple[Summary, ...]] = {}
    inner: set[int] = set()
    for row in window.everything:
        group = members.get(row.event, [row]) if row.event is not None else [row]
        if group[0] is not row:
            continue
        shown.append(row)
        if row.event in unfolded:
            shown += group[1:]
            inner.update(other.id for other in group[1:])
        elif len(group) > 1:
            folded[row.id] = tuple(group[1:])
    return GroupedWindow(
        tuple(shown),
        window.is_top,
        window.is_bottom,
        whole=window.everything,
        folded=folded,
        unfolded=unfolded,
        inner=frozenset(inner),
    )
