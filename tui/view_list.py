"""The views one can switch to, as rows of a menu with their counts.

Names come from the store in a worker (:func:`read_views`), counts later and
one by one; a row says what is known by then. Every view is a query.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store import Facets, Precision, Published, Store

from .dates import full_date, short_date
from .fuzzy import best
from .i18n import _, in_language, is_rtl, number
from .text import Base, Span
from .views import View
from .widgets.menu import MenuRow

#: Counts are exact up to here, and "more than" beyond: a row that counts further would make the others wait.
COUNTED = 100_000

#: What binds less than the narrowing that is put behind it.
_EITHER = re.compile(r"\bOR\b|\|")
#: Seconds of a time line whose ends are told by their days.
_SHORT = 60 * 86400
_SHADES = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Choice:
    """A view under the heading of its kind; ``others`` are further names it is found by."""

    kind: str
    view: View
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles a view has and how many of these are unread; beyond COUNTED one more than that."""

    articles: int
    unread: int

    def words(self) -> str:
        """``12 / 40``: unread of all; only all where none is unread."""
        everything = at_most(self.articles)
        return f"{at_most(self.unread)} / {everything}" if self.unread else everything


def at_most(count: int, limit: int = COUNTED) -> str:
    """A bounded count in the digits of the interface: ``1000+`` beyond its bound."""
    return number(limit) + "+" if count > limit else number(count)


_BASE = (
    ("All", ""),
    ("Unread", "is:unread"),
    ("Starred", "is:starred"),
    ("Today", "on:today"),
    ("Untagged", "is:untagged"),
    ("With notes", "has:note"),
)
_HEADINGS = {
    "searches": "Saved searches",
    "stories": "Followed stories",
    "tags": "Tags",
    "outlets": "Outlets",
    "agencies": "Agencies",
    "feeds": "Feeds",
    "months": "Months",
    "keywords": "Keywords",
}


def base_views() -> tuple[Choice, ...]:
    """The views every archive has."""
    return tuple(
        Choice("", View(query, _(name)), (name, in_language(name, "ar"), query)) for name, query in _BASE
    )


def read_views(store: Store, months: str = "common") -> tuple[Choice, ...]:
    """Every view by name, without counts (runs in a worker)."""
    found = list(base_views())
    if store.muted():
        found.append(
            Choice("", View("is:muted", _("Muted")), ("Muted", in_language("Muted", "ar"), "is:muted"))
        )
    views = store.views
    found += [Choice("searches", View(one.query, one.name), ()) for one in views.searches()]
    found += [Choice("stories", View(f"story:{one.article}", one.title)) for one in store.follows()]
    found += [Choice("tags", View(one.query, f"#{one.name}"), (one.name,)) for one in views.tags()]
    for kind, names in (("outlets", views.outlets()), ("agencies", views.agencies())):
        found += [Choice(kind, View(one.query, one.name)) for one in names]
    found += [Choice("feeds", View(one.query, one.name)) for one in views.feeds()]
    found += [
        Choice("months", View(one.query, month_title(one.name, months)), (one.name,))
        for one in views.months()
    ]
    found += [Choice("keywords", View(one.query, one.name)) for one in views.keywords()]
    return tuple(found)


def narrowed(store: Store, typed: str) -> tuple[Choice, ...]:
    """Names that begin as typed, also those too many or too old to be listed before (runs in a worker)."""
    views = store.views
    found = [Choice("keywords", View(one.query, one.name)) for one in views.keywords(typed, 40)]
    found += [Choice("outlets", View(one.query, one.name)) for one in views.outlets(typed, 40)]
    return (*found, *(Choice("agencies", View(one.query, one.name)) for one in views.agencies(typed, 40)))


def month_title(name: str, months: str = "common") -> str:
    """``2023-09`` as the interface writes a month."""
    year, month = (int(part) for part in name.split("-"))
    return full_date(Published(timegm((year, month, 1, 0, 0, 0)), Precision.MONTH), months)


def tally(store: Store, view: View) -> Tally:
    """The counts of a view (runs in a worker); raises StoreError."""
    query = store.parse(view.query)
    articles = store.count(query, COUNTED)
    unread = store.count(store.parse(f"({view.query}) is:unread" if view.query else "is:unread"), COUNTED)
    return Tally(articles, unread)


def view_rows(choices: Sequence[Choice], tallies: Mapping[View, Tally], typed: str = "") -> list[MenuRow]:
    """The views under their headings, or those that fit what is typed, best first."""
    if typed.strip():
        found = best(typed, choices, lambda choice: (choice.view.title, *choice.others))
        return [
            _row(choice, tallies, tuple(Span(start, end, "hit") for start, end in fit.ranges))
            for choice, fit in found[:200]
        ]
    rows: list[MenuRow] = []
    kind = ""
    for choice in choices:
        if choice.kind != kind:
            kind = choice.kind
            rows.append(MenuRow(_(_HEADINGS[kind]), role="heading", base=_base()))
        rows.append(_row(choice, tallies))
    return rows


def _base() -> Base:
    return "R" if is_rtl() else "L"


def _row(choice: Choice, tallies: Mapping[View, Tally], spans: tuple[Span, ...] = ()) -> MenuRow:
    counted = tallies.get(choice.view)
    role = "unread" if counted is not None and counted.unread else "tag" if choice.kind == "tags" else "body"
    detail = counted.words() if counted is not None else "…"
    return MenuRow(
        choice.view.title, detail, choice, role, indent=2 if choice.kind else 0, base=_base(), spans=spans
    )


def short_list(choices: Sequence[Choice], most: int = 12) -> list[Choice]:
    """The first few of each kind, for the sidebar; keywords and agencies are left to the switcher."""
    kept: list[Choice] = []
    taken: dict[str, int] = {}
    for choice in choices:
        if choice.kind in ("keywords", "agencies") or taken.get(choice.kind, 0) >= most:
            continue
        taken[choice.kind] = taken.get(choice.kind, 0) + 1
        kept.append(choice)
    return kept


def facet_rows(facets: Facets, query: str, months: str = "common") -> list[MenuRow]:
    """What a result is made of: outlets, tags and months, each of which narrows the search."""
    rows: list[MenuRow] = []
    base = _base()
    told = _("in the newest {n} of these").format(n=number(facets.looked_at)) if facets.is_bounded else ""
    query = f"({query})" if _EITHER.search(query) else query
    if facets.timeline:
        first, last = _ends(*facets.days, months)
        rows.append(MenuRow(_("Over time"), told, role="heading", base=base))
        rows.append(MenuRow(bars(facets.timeline, len(facets.timeline)), role="key", indent=2, base=base))
        rows.append(MenuRow(first, last, role="meta", indent=2, base=base))
    for heading, field, found in (("Outlets", "source", facets.outlets), ("Tags", "tag", facets.tags)):
        if found:
            rows.append(MenuRow(_(heading), role="heading", base=base))
            rows += [_facet(name, count, f'{query} {field}:"{_bare(name)}"', base) for name, count in found]
    if len(facets.months) > 1:
        rows.append(MenuRow(_("Months"), role="heading", base=base))
        rows += [
            _facet(month_title(name, months), count, f"{query} on:{name}", base)
            for name, count in facets.months[::-1][:12]
        ]
    return rows


def _ends(first: int, last: int, months: str) -> tuple[str, ...]:
    """The ends of a time line: days where it is short, else months with their years."""
    if last - first > _SHORT:
        return tuple(full_date(Published(day, Precision.MONTH), months) for day in (first, last))
    return tuple(short_date(Published(day, Precision.DAY), day, months) for day in (first, last))


def _bare(name: str) -> str:
    return name.replace('"', " ")


def _facet(name: str, count: int, query: str, base: Base) -> MenuRow:
    view = View(query, _("Search") + ": " + query, is_search=True)
    return MenuRow(name, number(count), Choice("facet", view), indent=2, base=base)


def bars(counts: Sequence[int], most: int = 24) -> str:
    """A sparkline of counts in order of time, oldest first as written; neighbours are joined where there are too many."""
    step = max(1, -(-len(counts) // most))
    joined = [sum(counts[start : start + step]) for start in range(0, len(counts), step)]
    top = max(joined, default=0)
    return "".join(_SHADES[-(-count * (len(_SHADES) - 1) // top)] if top else " " for count in joined)
