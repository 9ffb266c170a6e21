"""A story as rows of a menu: its days, its events as turning points, their reports, copies under their originals.

Pure: (Story, what is unfolded) → rows. A day stands above the events that
began on it, so days never go back; a report that came later says how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from store import Event, Member, Precision, Published, Story

from .dates import full_date, month_name, short_date
from .i18n import _, counted, digits
from .menu_rows import MenuRow
from .presentation import opened_sign
from .related_rows import about, headline
from .sparkline import bars
from .text import Span
from .time_apart import apart

TURN = "◆"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Copies:
    """What a row of folded copies stands for: the id of the report they repeat."""

    original: int


@dataclass(frozen=True, slots=True)
class StoryView:
    """How a story is looked at: from which article, what is unfolded, and what is new since it is followed.

    ``reasons`` are what each article shares with the one looked from; ``now`` is in seconds UTC.
    """

    article: int
    now: int
    unfolded: frozenset[int] = frozenset()
    fresh: frozenset[int] = frozenset()
    reasons: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    months: str = "common"


def story_rows(story: Story, view: StoryView) -> list[MenuRow]:
    """All rows of a story; the value of a row is an article's id, or Copies where copies are folded."""
    rows: list[MenuRow] = []
    day = None
    for event in story.events:
        began = (event.first or 0) // _DAY
        if began != day:
            gap = "" if day is None else counted("{n} day later", "{n} days later", began - day)
            rows.append(_day_heading(began, gap, view.months))
            day = began
        rows += _event_rows(event, view)
    if story.undated:
        rows.append(MenuRow(_("Date unknown"), role="title"))
        for event in story.undated:
            rows += _event_rows(event, view)
    return rows


def foldable(story: Story) -> frozenset[object]:
    """The values of rows under which copies can be folded: the originals and the folds themselves."""
    originals = {
        member.copy_of for event in _events(story) for member in event.members if member.copy_of is not None
    }
    return frozenset(originals | {Copies(original) for original in originals})


def _events(story: Story) -> Iterator[Event]:
    yield from story.events
    yield from story.undated


def _day_heading(day: int, gap: str, months: str) -> MenuRow:
    text = full_date(Published(day * _DAY, Precision.DAY), months)
    return MenuRow(text, gap, role="title")


def _event_rows(event: Event, view: StoryView) -> Iterable[MenuRow]:
    """The event as a heading where several report it, then its reports; a single report is its own heading."""
    if len(event.members) == 1:
        member = event.members[0]
        yield headline(
            member.id, member.title, is_unread=member.is_unread, mark=_sign(member, view, TURN), indent=1
        )
        yield _about(member, event, view, indent=5)
        return
    told = [counted("{n} report", "{n} reports", len(event.members))]
    if len(event.outlets) > 1:
        told.append(counted("{n} source", "{n} sources", len(event.outlets)))
    yield MenuRow(f"{TURN} {event.title}", " · ".join(told), role="heading", indent=1)
    for member in event.members:
        if member.copy_of is None:
            yield from _member_rows(member, event, view, indent=3)
            yield from _copies(member, event, view)


def _copies(original: Member, event: Event, view: StoryView) -> Iterable[MenuRow]:
    found = [member for member in event.members if member.copy_of == original.id]
    if not found:
        return
    is_open = original.id in view.unfolded
    outlets = "، ".join(dict.fromkeys(member.outlet or _("no outlet") for member in found))
    text = ("▾ " if is_open else "+ ") + counted("{n} copy", "{n} copies", len(found)) + ": " + outlets
    yield MenuRow(text, value=Copies(original.id), role="meta", indent=7)
    if is_open:
        for member in found:
            yield from _member_rows(member, event, view, indent=7)


def _member_rows(member: Member, event: Event, view: StoryView, *, indent: int) -> Iterable[MenuRow]:
    """A report of an event: its headline, and below it the rest; the headline of the event is not repeated."""
    about_it = _about(member, event, view, indent + 4)
    sign = _sign(member, view, " ")
    if member.title == event.title and member.copy_of is None:
        row = headline(member.id, about_it.text, is_unread=member.is_unread, mark=sign, indent=indent)
        moved = len(row.text) - len(about_it.text)
        spans = tuple(Span(span.start + moved, span.end + moved, span.style) for span in about_it.spans)
        yield replace(row, spans=spans)
        return
    yield headline(member.id, member.title, is_unread=member.is_unread, mark=sign, indent=indent)
    yield about_it


def _sign(member: Member, view: StoryView, otherwise: str) -> str:
    return opened_sign() if member.id == view.article else otherwise


def _about(member: Member, event: Event, view: StoryView, indent: int) -> MenuRow:
    """Outlet, when, how much after the first report, what is new, and what it shares with the article looked from."""
    told = [member.outlet or _("no outlet"), _moment(member.published, event, view)]
    if len(event.members) > 1:
        first = event.members[0]
        told.append(
            _("first among your outlets") if member.is_first else apart(first.published, member.published)
        )
    if member.id in view.fresh:
        told.append(_("new in this story"))
    if member.is_muted:
        told.append(_("muted"))
    return about(told, view.reasons.get(member.id, ()), indent)


def _moment(published: Published | None, event: Event, view: StoryView) -> str:
    """The day, and the minute where it is known; without the year where it is that of the event."""
    if published is None:
        return short_date(None, view.now, view.months)
    beside = event.last if event.last is not None else view.now
    text = short_date(published, beside + 2 * _DAY, view.months)
    if published.precision is Precision.MINUTE:
        text += " " + digits(f"{datetime.fromtimestamp(published.time, UTC):%H:%M}")
    return text


def story_title(story: Story, *, is_followed: bool) -> str:
    """What a story is, in one line: reports, outlets, days, unread, whether it is followed."""
    events = list(_events(story))
    outlets = {outlet for event in events for outlet in event.outlets}
    unread = sum(event.unread for event in events)
    parts = [
        _("Story"),
        counted("{n} report", "{n} reports", len(story.articles)),
        counted("{n} event", "{n} events", len(events)),
    ]
    if outlets:
        parts.append(counted("{n} source", "{n} sources", len(outlets)))
    if len(story.days) > 1:
        parts.append(counted("{n} day", "{n} days", len(story.days)))
    if unread:
        parts.append(counted("{n} unread", "{n} unread", unread))
    if is_followed:
        parts.append("◉ " + _("followed"))
    return " · ".join(parts)


def coverage(story: Story, width: int, months: str = "common") -> str:
    """Reports from day to day as bars, oldest first, between the first and the last date; empty for a single day.

    Laid out from right to left the newest day is at the left.
    """
    if len(story.days) < 2:
        return ""
    first, last = (_short_day(day, months) for day in (story.days[0][0], story.days[-1][0]))
    room = width - len(first) - len(last) - 2
    drawn = bars([count for _day, count in story.days], max(1, room))
    most = max(count for _day, count in story.days)
    peak = _short_day(next(day for day, count in story.days if count == most), months)
    text = f"{first} {drawn} {last}"
    told = "   " + _("most on {day}").format(day=peak)
    return text + told if most > 1 and len(text) + len(told) <= width else text


def _short_day(seconds: int, months: str) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{digits(str(moment.day))} {month_name(moment.month, months)}"


def cursor_at(story: Story, article: int) -> int | None:
    """Where the cursor stands first: on the article one came from; a folded copy stands under its original."""
    members = {member.id: member for event in _events(story) for member in event.members}
    here = members.get(article)
    return None if here is None else here.copy_of or here.id
