"""The rows of the saved searches: name and query, what they find, what they do with what arrives. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store import SavedSearch

from .i18n import _, is_rtl
from .menu_rows import MenuRow
from .text import Base, Span
from .view_list import Tally

#: Isolates what has a direction of its own (UAX #9, FSI … PDI).
_FSI, _PDI = "\u2068", "\u2069"


def saved_rows(searches: Sequence[SavedSearch], tallies: Mapping[str, Tally | None]) -> list[MenuRow]:
    """A row for each search; a tally of None tells that it cannot be read."""
    return [_row(one, tallies) for one in searches]


def _row(search: SavedSearch, tallies: Mapping[str, Tally | None]) -> MenuRow:
    base: Base = "R" if is_rtl() else "L"
    name = f"{_FSI}{search.name}{_PDI}"
    text = f"{name} · {_FSI}{search.query}{_PDI}"
    counted = tallies.get(search.name)
    told = counted.words() if counted is not None else "!" if search.name in tallies else "…"
    rules = ([f"{_FSI}+{search.tag}{_PDI}"] if search.tag else []) + (
        [_("mutes")] if search.is_muting else []
    )
    role = "unread" if counted is not None and counted.unread else "tag"
    spans = (Span(0, len(name), role), Span(len(name), len(text), "meta"))
    # The number first: where there is no room, it is the tag that is cut.
    return MenuRow(text, " · ".join((f"{_FSI}{told}{_PDI}", *rules)), search, "body", base=base, spans=spans)
