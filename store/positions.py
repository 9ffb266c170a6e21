"""Places in the order of dates, unique, newest highest: the minute since 1970, and a slot for each of its articles.

The full-text index writes, for each word of each article, how far its place
is from that of the article before it, seven bits a byte: the closer the
minutes, the smaller the index, 2.7 % of a text of short articles for each bit.
Sixty-four slots are more than any minute of a million articles of one month
has. What knows no more than a day or an hour is stamped with a full hour: the
first minute of each has more slots. A store keeps the numbers it was made with.

What finds its minute full takes a later one of the same day, else an earlier
one: ranges begin and end with days. How far the farthest was taken is written
down, and so far queries look past the ends of a range; what older versions put
away from its minute is measured. What has no date never
takes a later minute than that of its arrival, for it would stand above all that
comes after it. Each run remembers which minutes are full, so that a slot costs
one look-up at most, not a search.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from .models import Published

_HOUR, _DAY = 60, 1440


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a store numbers places: bits for the slots of a minute, and for those of an hour's first."""

    bits: int
    hour_bits: int

    def slots(self, minute: int) -> int:
        """How many articles a minute has room for."""
        return 1 << (self.bits if minute % _HOUR else self.hour_bits)

    def first(self, minute: int) -> int:
        """The lowest place of a minute since 1970."""
        hour, rest = divmod(minute, _HOUR)
        return hour * self._of_hour + ((1 << self.hour_bits) + (rest - 1 << self.bits) if rest else 0)

    def minute(self, position: int) -> int:
        """The minute since 1970 that a place belongs to."""
        hour, rest = divmod(position, self._of_hour)
        later = rest - (1 << self.hour_bits)
        return hour * _HOUR + (0 if later < 0 else 1 + (later >> self.bits))

    @property
    def _of_hour(self) -> int:
        return (1 << self.hour_bits) + (_HOUR - 1 << self.bits)


#: Of a new store, and of one made before that was written down.
NEW, FORMER = Numbering(6, 10), Numbering(14, 14)
_WRITTEN = "SELECT key, value FROM meta WHERE key IN ('slot_bits', 'hour_bits')"
_STRAYED = "SELECT value FROM meta WHERE key = 'strayed'"
_NOTE_STRAYED = (
    "INSERT INTO meta(key, value) VALUES ('strayed', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"
)
#: Where an index of another version has a row that is no article's, an article would be found by the words of that.
_DOWNWARDS = """SELECT position FROM articles WHERE position >= ?1 AND position < ?2
UNION SELECT position FROM search_stale WHERE position >= ?1 AND position < ?2 ORDER BY position DESC"""
_IN_USE = (
    "SELECT 1 FROM articles WHERE position = ?1 UNION ALL SELECT 1 FROM search_stale WHERE position = ?1"
)
_DATED = "SELECT position, published FROM articles WHERE published IS NOT NULL"
#: How far below its host an undated embedded article is looked a place for, before it takes any in its minute.
_NEAR = 64
_MOST_REMEMBERED = 40_000


def numbering(connection: sqlite3.Connection) -> Numbering:
    """How this store numbers places."""
    written = {key: int(value) for key, value in connection.execute(_WRITTEN)}
    bits = written.get("slot_bits", FORMER.bits)
    return Numbering(bits, written.get("hour_bits", bits))


def strayed(connection: sqlite3.Connection) -> int:
    """How far, in minutes, any dated article stands from its own minute, at most."""
    row = connection.execute(_STRAYED).fetchone()
    return int(row[0]) if row else _measured(connection)


def measure(connection: sqlite3.Connection) -> None:
    """Write down how far any dated article stands from its minute, by a look at them all; a second for a million."""
    connection.execute(_NOTE_STRAYED, (str(_measured(connection)),))


def _measured(connection: sqlite3.Connection) -> int:
    minute = numbering(connection).minute
    dated = connection.execute(_DATED)
    return max((abs(minute(position) - published // 60) for position, published in dated), default=0)


class Positions:
    """Hands out free positions; valid while no other connection adds articles (see :meth:`forget`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbering = numbering(connection)
        #: By minute, its first slot that is free with all up to where its room ends: at its end unless noted.
        self._next: dict[int, int] = {}
        self._end: dict[int, int] = {}
        #: By minute, articles in a row and direction: the next minute that may have room for them.
        self._beyond: dict[tuple[int, int, int], int] = {}
        self._strayed: int | None = None

    def forget(self) -> None:
        """Look again: another process wrote, or our transaction was rolled back."""
        self._next.clear()
        self._end.clear()
        self._beyond.clear()
        self._strayed = None

    def take(self, published: Published | None, now: int, count: int = 1) -> int:
        """Return the highest of ``count`` positions in a row, all free, in the article's minute or near it."""
        if len(self._next) > _MOST_REMEMBERED or len(self._beyond) > _MOST_REMEMBERED:
            self.forget()
        wanted = (published.time if published else now) // 60
        if count > 1 << self._numbering.bits:
            first = self._several(wanted, count, 1 if published else -1)
        else:
            minute = self._of_its_day(wanted, count) if published else self._room(wanted, count, -1)
            first = self._numbering.first(minute) + self._next[minute]
            self._next[minute] += count
        top = first + count - 1
        self.note(top, published)
        return top

    def is_free(self, position: int) -> bool:
        """Whether no article stands there, nor the index has words there."""
        return self._connection.execute(_IN_USE, (position,)).fetchone() is None

    def note(self, position: int, published: Published | None) -> None:
        """Write down how far an article stands from its minute, where none stands as far."""
        if published is None:
            return
        if self._strayed is None:
            self._strayed = strayed(self._connection)
        minutes = abs(self._numbering.minute(position) - published.time // 60)
        if minutes > self._strayed:
            self._strayed = minutes
            self._connection.execute(_NOTE_STRAYED, (str(minutes),))

    def below(self, host: int, now: int) -> int:
        """The next free position under ``host``, for an article found on its page."""
        taken = {position for (position,) in self._connection.execute(_DOWNWARDS, (host - _NEAR, host))}
        for position in range(host - 1, host - _NEAR - 1, -1):
            if position not in taken:
                self._used(position)
                return position
        return self.take(None, now)

    def _of_its_day(self, minute: int, count: int) -> int:
        """The nearest minute with room, of the same day wherever that has any."""
        day = minute // _DAY
        later = self._room(minute, count, 1)
        if later // _DAY == day:
            return later
        earlier = self._room(minute, count, -1)
        return earlier if earlier // _DAY == day else later

    def _room(self, minute: int, count: int, step: int) -> int:
        """The first minute from ``minute`` on, in the direction of ``step``, with ``count`` slots left.

        The full ones on the way are remembered, as too full for so many.
        """
        passed: list[tuple[int, int, int]] = []
        while True:
            key = (minute, count, step)
            beyond = self._beyond.get(key)
            if beyond is None:
                if self._next_in(minute) + count <= self._end_of(minute):
                    break
                beyond = minute + step
            passed.append(key)
            minute = beyond
        self._beyond.update(dict.fromkeys(passed, minute))
        return minute

    def _several(self, minute: int, count: int, step: int) -> int:
        """The first of more places in a row than a minute has: of the nearest minutes in a row that are empty.

        From ``minute`` up, or down, none of them later.
        """
        places = self._numbering
        while True:
            first = places.first(minute if step > 0 else places.minute(places.first(minute + 1) - count))
            row = range(places.minute(first), places.minute(first + count - 1) + 1)
            in_use = [one for one in row if self._next_in(one) or self._end_of(one) < places.slots(one)]
            if not in_use:
                break
            minute = in_use[-1] + 1 if step > 0 else in_use[0] - 1
        for one in row:
            self._next[one] = places.slots(one)
        return first

    def _end_of(self, minute: int) -> int:
        """The slot where the room of a minute ends that :meth:`_next_in` looked at."""
        return self._end.get(minute, self._numbering.slots(minute))

    def _next_in(self, minute: int) -> int:
        """The slot behind the highest of a minute, but of those below the ones that fill its end without a gap.

        What was found on the page of an article at the start of a minute fills the one before it from its end.
        """
        slot = self._next.get(minute)
        if slot is None:
            first = self._numbering.first(minute)
            end = first + self._numbering.slots(minute)
            slot = 0
            for (position,) in self._connection.execute(_DOWNWARDS, (first, end)):
                if position < end - 1:
                    slot = position - first + 1
                    break
                end = position
            self._next[minute], self._end[minute] = slot, end - first
        return slot

    def _used(self, position: int) -> None:
        """A place was taken that none of a row was handed out for: the room of its minute ends below it."""
        minute = self._numbering.minute(position)
        slot = position - self._numbering.first(minute)
        if self._next.get(minute, slot + 1) <= slot:
            self._end[minute] = min(self._end_of(minute), slot)
