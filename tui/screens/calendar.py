"""The calendar of the archive: months by days in shades; a day or a month is chosen and shown as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from store import Days, Precision, Published, Store, StoreError

from ..commands import on_both_layouts
from ..dates import full_date
from ..heatmap import Spot, busiest_near, query
from ..i18n import _, counted
from ..view_list import month_title
from ..views import View
from ..widgets.heat_map import HeatMap
from ..widgets.painting import Painter
from ..widgets.status_line import StatusLine
from .menus import Heading

if TYPE_CHECKING:
    from ..app import NewsReaderApp

#: Months that are counted together, the newest first.
_TOGETHER = 24


class CalendarScreen(Screen[object]):
    """The heat map under a heading; the result is a View."""

    DEFAULT_CSS = "CalendarScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS: ClassVar[str | None] = "HeatMap"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(on_both_layouts(("escape", "q"))), "leave", show=False)
    ]

    app: NewsReaderApp

    @dataclass
    class Counted(Message):
        """Some months were counted; ``is_last`` when there are no more."""

        months: tuple[Days, ...]
        is_last: bool

    def __init__(self, painter: Painter, store: Store, months: str, month: str | None = None) -> None:
        super().__init__()
        self.store = store
        self.months_named = months
        self.heading = Heading(painter, _("Calendar"))
        self.map = HeatMap(painter, months)
        self.status = StatusLine(painter)
        # The month to begin at, until it was counted or the cursor moved.
        self._wanted = month
        self._found: tuple[Days, ...] = ()

    @property
    def awaited(self) -> frozenset[str]:
        """Keys wait for the first months."""
        return frozenset() if self._found else frozenset({"calendar"})

    def compose(self) -> ComposeResult:
        """Heading, map, status line."""
        yield self.heading
        yield self.map
        yield self.status

    def on_mount(self) -> None:
        """Count, newest first, and say the keys."""
        self.status.tell_place(_("counting …"))
        self.status.tell_hints((("Enter", _("day")), ("m", _("month")), ("Esc", _("back"))))
        self.count_months()

    @work(thread=True, group="calendar", exclusive=True, exit_on_error=False)
    def count_months(self) -> None:
        """Count the articles of each day, some months at a time."""
        try:
            names = [one.name for one in self.store.views.months()]
            for start in range(0, len(names), _TOGETHER):
                some = names[start : start + _TOGETHER]
                found = self.store.views.days(some[-1], some[0])
                self.post_message(self.Counted(found, start + _TOGETHER >= len(names)))
            if not names:
                self.post_message(self.Counted((), is_last=True))
        except StoreError:
            self.post_message(self.Counted((), is_last=True))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        is_first = not self._found
        self._found = (*self._found, *event.months)
        if not self._found:
            self.status.tell_place(_("no dated article"))
            self.map.empty_text = _("no dated article")
            self.map.refresh()
            return
        spot = busiest_near(self._found, Spot(0, 1)) if is_first else self.map.spot
        if self._wanted is not None:
            row = next((i for i, one in enumerate(self._found) if one.month == self._wanted[:7]), None)
            if row is not None:
                day = int(self._wanted[8:10] or 0)
                spot = Spot(row, day) if day else busiest_near(self._found, Spot(row, 1))
                self._wanted = None
        self.map.show(self._found, spot)

    @on(HeatMap.Moved)
    def _moved(self, event: HeatMap.Moved) -> None:
        if not self._found:
            return
        month = self._found[event.spot.row]
        count = month.counts[event.spot.day - 1]
        self.status.tell_place(self._day(event.spot) + " · " + counted("{n} article", "{n} articles", count))

    def _day(self, spot: Spot) -> str:
        from calendar import timegm

        year, month = (int(part) for part in self._found[spot.row].month.split("-"))
        published = Published(timegm((year, month, spot.day, 0, 0, 0)), Precision.DAY)
        return full_date(published, self.months_named, hijri=self.app.settings.hijri)

    @on(HeatMap.Chosen)
    def _chosen(self, event: HeatMap.Chosen) -> None:
        month = self._found[event.spot.row]
        title = month_title(month.month, self.months_named) if event.is_month else self._day(event.spot)
        self.dismiss(View(query(self._found, event.spot, is_month=event.is_month), title))

    def action_leave(self) -> None:
        """Back, with nothing chosen."""
        self.dismiss(None)
