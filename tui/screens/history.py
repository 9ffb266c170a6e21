"""The history of reading: the articles opened last, under the days on which that was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store import Precision, Published, ReadArticle

from ..dates import full_date
from ..i18n import _, digits
from ..presentation import joined
from ..widgets.menu import MenuRow
from ..widgets.painting import Painter
from .menus import MenuScreen


def history_screen(painter: Painter, found: Sequence[ReadArticle], months: str) -> MenuScreen:
    """The screen; its result is the number of an article."""
    return MenuScreen(
        painter, _("Recently read"), history_rows(found, months), empty=_("nothing was read yet")
    )


def history_rows(found: Sequence[ReadArticle], months: str = "common") -> list[MenuRow]:
    """Articles under the days on which they were opened last, by the clock of this machine."""
    rows: list[MenuRow] = []
    day = None
    for one in found:
        moment = datetime.fromtimestamp(one.at).astimezone()
        if moment.date() != day:
            day = moment.date()
            # The day as a date of its own, whatever the time zone.
            at = int(datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00").timestamp())
            rows.append(MenuRow(full_date(Published(at, Precision.DAY), months), role="heading"))
        detail = joined(part for part in (one.outlet or "", digits(f"{moment:%H:%M}")) if part)
        rows.append(MenuRow(one.title, detail, one.article, "read", indent=2))
    return rows
