"""The archive as a heat map: a row for each month, a cell for each day, darker the more was reported. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from store import Days

#: Nothing, and four shades of something.
SHADES = " ░▒▓█"


@dataclass(frozen=True, slots=True)
class Spot:
    """A day of the map: the row of its month, and the day from 1."""

    row: int
    day: int


def length(month: Days) -> int:
    """The days of a month."""
    year, number = month.month.split("-")
    return monthrange(int(year), int(number))[1]


def levels(months: Sequence[Days]) -> tuple[int, int, int]:
    """The least counts of the second, third and fourth shade: a quarter of the days that have anything each.

    By rank and not by size, so that one day of a thousand reports leaves the others their shades.
    """
    counts = sorted(count for month in months for count in month.counts if count)
    if not counts:
        return 1, 1, 1
    return tuple(counts[min(len(counts) - 1, len(counts) * part // 4)] for part in (1, 2, 3))  # type: ignore[return-value]


def shade(count: int, bounds: tuple[int, int, int]) -> str:
    """The shade of a day."""
    return SHADES[0] if count <= 0 else SHADES[1 + sum(count > bound for bound in bounds)]


def moved(months: Sequence[Days], spot: Spot, days: int = 0, rows: int = 0) -> Spot:
    """The spot so many days later and rows further down, within the map; days run on into the month beside."""
    row, day = spot.row, spot.day
    if rows:
        row = max(0, min(row + rows, len(months) - 1))
    for _ in range(abs(days)):
        day += 1 if days > 0 else -1
        # The newest month stands first: the day after the last of a month is in the row above it.
        if day < 1 and row + 1 < len(months):
            row += 1
            day = length(months[row])
        elif day > length(months[row]) and row > 0:
            row, day = row - 1, 1
    return Spot(row, max(1, min(day, length(months[row]))))


def busiest_near(months: Sequence[Days], spot: Spot) -> Spot:
    """The last day with reports of a month, for a cursor that comes to it first."""
    counts = months[spot.row].counts
    return Spot(spot.row, next((day for day in range(31, 0, -1) if counts[day - 1]), spot.day))


def query(months: Sequence[Days], spot: Spot, *, is_month: bool) -> str:
    """What lists the articles of a day, or of its whole month."""
    month = months[spot.row].month
    return f"on:{month}" if is_month else f"on:{month}-{spot.day:02d}"
