"""The figures of an archive as rows of a menu; pure. A row that stands for articles has their view as its value."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import Precision, Published

from .dates import full_date
from .i18n import _, counted, is_rtl, number
from .menu_rows import MenuRow
from .text import Base
from .time_apart import apart
from .views import View

if TYPE_CHECKING:
    from store.stats import Share, Stats

#: Periods that have a bar of their own; the sparkline has all of them.
MOST_PERIODS = 14


@dataclass(frozen=True, slots=True)
class FigureRow(MenuRow):
    """A row with a number and its bar: ``count`` of at most ``most``. The detail tells more."""

    count: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class SparkRow(MenuRow):
    """A row of columns, oldest first, between the names of the first (text) and the last (detail)."""

    counts: tuple[int, ...] = ()


def figure_rows(found: Stats, months: str = "common") -> tuple[MenuRow, ...]:
    """All the figures, section by section; ``months`` are the names of months, as the settings have them."""
    return (
        *_totals(found),
        *_periods(found, months),
        *_shares(_("Outlets"), "source", found.outlets),
        *_shares(_("Tags"), "tag", found.tags),
        *_shares(_("Keywords"), "keyword", found.keywords),
        *_readings(found, months),
        *_firsts(found),
        *_followed(found),
    )


def _base() -> Base:
    return "R" if is_rtl() else "L"


def _heading(text: str) -> Iterator[MenuRow]:
    yield MenuRow("", base=_base())
    yield MenuRow(text, role="heading", base=_base())


def _totals(found: Stats) -> Iterator[MenuRow]:
    for text, count, query in (
        (_("All"), found.articles, ""),
        (_("Unread"), found.unread, "is:unread"),
        (_("Starred"), found.starred, "is:starred"),
        (_("Tagged"), found.tagged, ""),
        (_("without a date"), found.undated, ""),
    ):
        value = View(query, text) if query else None
        yield FigureRow(text, value=value, base=_base(), count=count, most=found.articles)


def _periods(found: Stats, months: str) -> Iterator[MenuRow]:
    if not found.periods:
        return
    titles = {"day": _("Articles by day"), "month": _("Articles by month"), "year": _("Articles by year")}
    yield from _heading(titles[found.period])
    yield _spark(found.periods, months)
    newest = found.periods[::-1][:MOST_PERIODS]
    most = max(count for _name, count in newest)
    for name, count in newest:
        title = period_title(name, months)
        view = View(f"on:{name}", title) if count else None
        yield FigureRow(title, value=view, base=_base(), count=count, most=most)


def _spark(counts: Sequence[tuple[str, int]], months: str) -> SparkRow:
    first, last = (period_title(counts[place][0], months) for place in (0, -1))
    return SparkRow(first, last, role="meta", base=_base(), counts=tuple(count for _name, count in counts))


def period_title(name: str, months: str) -> str:
    """A day, a month or a year in words: ``2024-01-31``, ``2024-01``, ``2024``."""
    parts = [int(part) for part in name.split("-")]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    year, month, day = (*parts, 1, 1)[:3]
    return full_date(Published(timegm((year, month, day, 0, 0, 0)), precision), months)


def _shares(title: str, field: str, shares: Iterable[Share]) -> Iterator[MenuRow]:
    shares = tuple(shares)
    if not shares:
        return
    yield from _heading(title)
    for share in shares:
        detail = counted("{n} unread", "{n} unread", share.unread) if share.unread else ""
        view = View(f'{field}:"{share.name}"', share.name)
        yield FigureRow(share.name, detail, view, base="R", count=share.articles, most=shares[0].articles)


def _readings(found: Stats, months: str) -> Iterator[MenuRow]:
    if not any(count for _day, count in found.readings):
        return
    yield from _heading(_("Read by day"))
    yield _spark(found.readings, months)
    newest = [one for one in found.readings[::-1] if one[1]][:7]
    most = max(count for _day, count in newest)
    for day, count in newest:
        yield FigureRow(period_title(day, months), base=_base(), count=count, most=most)


def _firsts(found: Stats) -> Iterator[MenuRow]:
    if found.firsts:
        yield from _heading(_("First to report events that several outlets tell"))
    for each in found.firsts:
        yield _first(each.outlet, each.first, each.events)


def _first(outlet: str, first: int, told: int) -> FigureRow:
    detail = _("{first} of {told}").format(first=number(first), told=number(told))
    return FigureRow(outlet, detail, View(f'source:"{outlet}"', outlet), base="R", count=first, most=told)


def _followed(found: Stats) -> Iterator[MenuRow]:
    if not found.followed:
        return
    yield from _heading(_("First on the stories you follow"))
    for each in found.firsts_followed:
        yield _first(each.outlet, each.first, each.events)
    for story in found.followed:
        if story.first is None:
            detail = _("nobody was surely first")
        else:
            detail = story.first + ("؟" if is_rtl() else "?") * story.is_inferred
            earlier = apart(story.following, story.published)
            detail += f" · {earlier}" if earlier else ""
        yield MenuRow(story.title, detail, View(f"story:{story.article}", story.title), indent=2)
