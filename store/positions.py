"""Places in the order of dates: ``minute since 1970 << bits | slot``, unique, newest highest.

The full-text index writes, for each word of each article, how far its place
is from that of the article before it: seven bits a byte, so that fewer slots
make a smaller index. With 1,024 a minute a million undated articles of one
minute spill sixteen hours past it, ten thousand nine minutes; fewer slots would
let a day's articles of its last minute spill into the next, where ranges of
dates begin. Each run remembers which minutes are full, so that a slot costs
one look-up at most, not a search. A store keeps the number of bits it was made with.
"""

from __future__ import annotations

import sqlite3

from .models import Published

#: Bits for the slots of a minute in a new store, and in one made before that was written down.
NEW_BITS, FORMER_BITS = 10, 14
_BITS = "SELECT value FROM meta WHERE key = 'slot_bits'"
#: Seconds past its minute within which an article of a full one stands, where sixty thousand have that minute: so much
#: is looked through at the end of a range of dates, for there places are not in order of date.
SPILL = 3600
#: How far below its host an undated embedded article is looked a place for, before it takes any in its minute.
_NEAR = 64
_MOST_REMEMBERED = 40_000


def slot_bits(connection: sqlite3.Connection) -> int:
    """How many of a position's bits tell the articles of one minute apart in this store."""
    row = connection.execute(_BITS).fetchone()
    return int(row[0]) if row else FORMER_BITS


class Positions:
    """Hands out free positions; valid while no other connection adds articles (see :meth:`forget`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bits = slot_bits(connection)
        self._slots = 1 << self._bits
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
        minute = (published.time if published else now) // 60
        if count > self._slots:
            return self._take_minutes(minute, count)
        minute = self._room_after(minute, count)
        slot = self._next[minute] + count
        self._next[minute] = slot
        return (minute << self._bits) + slot - 1

    def _take_minutes(self, minute: int, count: int) -> int:
        """Places in a row that one minute has not: the first minutes in a row that are empty."""
        several = -(-count // self._slots)
        while any(self._next_in(one) for one in range(minute, minute + several)):
            minute += 1
        for one in range(minute, minute + several):
            self._next[one] = self._slots
        return (minute << self._bits) + count - 1

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
        while minute in self._after or self._next_in(minute) + count > self._slots:
            passed.append(minute)
            minute = self._after.get(minute, minute + 1)
        for full in passed:
            # A minute too full for several may still have a slot for one: only quite full ones are skipped.
            if full in self._after or self._next_in(full) >= self._slots - _NEAR:
                self._after[full] = minute
        return minute

    def _next_in(self, minute: int) -> int:
        slot = self._next.get(minute)
        if slot is None:
            first = minute << self._bits
            row = self._connection.execute(
                "SELECT max(position) FROM articles WHERE position >= ? AND position < ?",
                (first, first + self._slots),
            ).fetchone()
            slot = self._next[minute] = 0 if row[0] is None else row[0] - first + 1
        return slot

    def _used(self, position: int) -> None:
        minute = position >> self._bits
        if minute in self._next:
            self._next[minute] = max(self._next[minute], (position & (self._slots - 1)) + 1)
