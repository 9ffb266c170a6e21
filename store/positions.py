"""Places in the order of dates: ``minute since 1970 << 14 | slot``, unique, newest highest.

A minute has 16,384 slots. A million articles of one minute (a folder of
undated pages) spill into the minutes after it; each run remembers which are
full, so that a slot costs one look-up at most, not a search.
"""

from __future__ import annotations

import sqlite3

from .models import Published

_SLOT_BITS = 14
_SLOTS = 1 << _SLOT_BITS
#: How far below its host an undated embedded article is looked a place for, before it takes any in its minute.
_NEAR = 64
_MOST_REMEMBERED = 10_000


class Positions:
    """Hands out free positions; valid while no other connection adds articles (see :meth:`forget`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._next: dict[int, int] = {}
        self._after: dict[int, int] = {}

    def forget(self) -> None:
        """Look again: another process wrote, or our transaction was rolled back."""
        self._next.clear()
        self._after.clear()

    def take(self, published: Published | None, now: int, count: int = 1) -> int:
        """Return the highest of ``count`` positions in a row, all free, in the article's minute or after it."""
        if len(self._next) > _MOST_REMEMBERED:
            self.forget()
        minute = self._room_after((published.time if published else now) // 60, count)
        slot = self._next[minute] + count
        self._next[minute] = slot
        return (minute << _SLOT_BITS) + slot - 1

    def below(self, host: int, now: int) -> int:
        """The next free position under ``host``, for an article found on its page."""
        taken = {
            position
            for (position,) in self._connection.execute(
                "SELECT position FROM articles WHERE position < ? AND position >= ?", (host, host - _NEAR)
            )
        }
        for position in range(host - 1, host - _NEAR - 1, -1):
            if position not in taken:
                self._used(position)
                return position
        return self.take(None, now)

    def _room_after(self, minute: int, count: int) -> int:
        """The first minute from ``minute`` with ``count`` slots left; the full ones on the way are remembered."""
        passed: list[int] = []
        while minute in self._after or self._next_in(minute) + count > _SLOTS:
            passed.append(minute)
            minute = self._after.get(minute, minute + 1)
        for full in passed:
            # A minute too full for several may still have a slot for one: only quite full ones are skipped.
            if full in self._after or self._next_in(full) >= _SLOTS - _NEAR:
                self._after[full] = minute
        return minute

    def _next_in(self, minute: int) -> int:
        slot = self._next.get(minute)
        if slot is None:
            first = minute << _SLOT_BITS
            row = self._connection.execute(
                "SELECT max(position) FROM articles WHERE position >= ? AND position < ?",
                (first, first + _SLOTS),
            ).fetchone()
            slot = self._next[minute] = 0 if row[0] is None else row[0] - first + 1
        return slot

    def _used(self, position: int) -> None:
        minute = position >> _SLOT_BITS
        if minute in self._next:
            self._next[minute] = max(self._next[minute], (position & (_SLOTS - 1)) + 1)
