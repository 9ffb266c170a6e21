"""Feeds as rows of a screen, and how far their refreshing is: pure, made and tested without a screen."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store import Precision, Published
from store.feeds import Feed, Refreshed

from .dates import short_date
from .i18n import _, counted, number
from .menu_rows import MenuRow
from .presentation import joined
from .text import Span

#: Cells of the bar that shows how much is done.
_BAR = 12
# An address is read from the left wherever it stands (UAX #9, LRI … PDI).
_LRI, _PDI = "\u2066", "\u2069"


@dataclass(slots=True)
class FeedWork:
    """One refreshing of feeds: how far it is, what it brought; ``stop`` is set to give it up."""

    total: int = 0
    done: int = 0
    new: int = 0
    failed: int = 0
    is_running: bool = False
    results: dict[int, Refreshed] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def take(self, result: Refreshed, done: int, total: int) -> None:
        """One feed more is done."""
        self.results[result.feed.id] = result
        self.done, self.total = done, total
        self.new += result.new
        self.failed += result.error is not None

    def told(self) -> str:
        """What it brought, in one line."""
        parts = [counted("{n} new article", "{n} new articles", self.new)]
        if self.failed:
            parts.append(counted("{n} feed failed", "{n} feeds failed", self.failed))
        return joined(parts)

    def progress(self) -> str:
        """How far it is, with a bar."""
        full = _BAR * self.done // self.total if self.total else 0
        place = _("{place} of {total}").format(place=number(self.done), total=number(self.total))
        return joined([f"{'█' * full}{'░' * (_BAR - full)}  {place}", self.told()])


def feed_rows(
    feeds: Sequence[Feed], results: Mapping[int, Refreshed], now: int, months: str = "common"
) -> list[MenuRow]:
    """Each feed with what it brought just now, below it its address, tags and times, and its trouble if it has one."""
    rows: list[MenuRow] = []
    for each in feeds:
        result = results.get(each.id)
        role = "unread" if result and result.new else "read"
        rows.append(MenuRow(each.name, _brought(result), each.id, role, 1))
        tags = "، ".join(f"#{tag}" for tag in each.tags)
        checked = (
            _("refreshed {when}").format(
                when=short_date(Published(each.checked, Precision.MINUTE), now, months)
            )
            if each.checked is not None
            else _("never refreshed")
        )
        full = _("with full texts") if each.is_full_text else ""
        address = f"{_LRI}{each.url}{_PDI}" if each.title else ""
        rows.append(
            MenuRow(joined([part for part in (checked, tags, full, address) if part]), role="meta", indent=3)
        )
        if each.error:
            rows.append(_trouble(each, now))
    return rows


def _brought(result: Refreshed | None) -> str:
    if result is None:
        return ""
    if result.error:
        return _("failed")
    if result.new or result.changed:
        parts = [counted("{n} new", "{n} new", result.new)] if result.new else []
        parts += [counted("{n} changed", "{n} changed", result.changed)] if result.changed else []
        return joined(parts)
    return _("nothing new")


def in_words(error: str) -> str:
    """The trouble of a feed in the language of the interface, as far as it is one of those that are known."""
    what, paren, more = error.partition(" (status ")
    known = _(what)
    if known == what:
        return f"{_LRI}{error}{_PDI}"
    return known + (f" ({number(int(more[:-1]))})" if paren and more[:-1].isdecimal() else "")


def _trouble(each: Feed, now: int) -> MenuRow:
    """Why it failed the last time, and how long it rests."""
    error = f"✗ {in_words(each.error or '')}"
    parts = [error, counted("failed once", "failed {n} times in a row", each.failures)]
    if each.rests_until > now:
        minutes = (each.rests_until - now + 59) // 60
        parts.append(counted("rests {n} minute", "rests {n} minutes", minutes))
    return MenuRow(joined(parts), role="meta", indent=3, spans=(Span(0, len(error), "error"),))
