"""The figures of the archive on a screen: over time, by outlet, tag and keyword, what was read, who is first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from store import Store, StoreError

from ..commands import bindings
from ..figure_rows import figure_rows
from ..i18n import _, counted, is_rtl
from ..widgets.figure_menu import FigureMenu
from ..widgets.painting import Painter
from .menus import MenuScreen

if TYPE_CHECKING:
    from store.stats import Stats

_NEXT_PERIOD = {"day": "month", "month": "year", "year": "day"}
#: Periods on the screen at most: more have no room in a row of columns.
_LAST = 366


class FiguresScreen(MenuScreen):
    """The figures; what is chosen among them is shown as a list: the result is its View."""

    AUTO_FOCUS: ClassVar[str | None] = "FigureMenu"
    BINDINGS: ClassVar[list[BindingType]] = bindings("figures")

    class Counted(Message):
        """The figures were counted; or ``failure`` says why not."""

        def __init__(self, found: Stats | None, failure: str = "") -> None:
            super().__init__()
            self.found = found
            self.failure = failure

    #: Keys wait for the figures.
    awaited = frozenset({"figures"})

    def __init__(self, painter: Painter, store: Store, period: str = "day") -> None:
        super().__init__(painter, _("Figures"), ())
        self.menu = FigureMenu(painter)
        self.store = store
        self.period = period

    def on_mount(self) -> None:
        """Count beside the picture."""
        self.count()

    def count(self) -> None:
        """Count anew."""
        self.status.tell_place(_("counting …"))
        self.count_figures(self.period)

    @work(thread=True, group="figures", exclusive=True, exit_on_error=False)
    def count_figures(self, period: str) -> None:
        """Ask the store."""
        from store.stats import stats

        try:
            self.post_message(self.Counted(stats(self.store.connection, period=period, last=_LAST)))
        except StoreError as error:
            self.post_message(self.Counted(None, str(error)))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        if event.found is None:
            self.status.tell(event.failure, is_error=True)
            return
        self.show(figure_rows(event.found, self.app.settings.months))
        back = "→" if is_rtl() else "Esc"
        hints = (("Enter", _("articles")), ("p", _("period")), ("/", _("narrow")), (back, _("back")))
        self.status.tell_hints(hints)
        self.status.tell_place(counted("{n} article", "{n} articles", event.found.articles))

    def _tell_place(self) -> None:
        """What was counted stays in the status line."""

    def action_period(self) -> None:
        """Days, months, years."""
        self.period = _NEXT_PERIOD[self.period]
        self.count()
