"""Choosing a theme: each is shown as the cursor comes to it, Esc brings the one of before back."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from ..config import CHOICES
from ..i18n import _
from ..themes import PALETTES
from ..widgets.menu import Menu, MenuRow
from ..widgets.painting import Painter
from .menus import MenuScreen

#: What is to be said of the themes that are made for this reader.
_ABOUT = {
    "terminal": "the colours of your terminal",
    "night": "dark, for long reading",
    "paper": "light, for long reading",
    "mono": "no colours",
}


class ThemesScreen(MenuScreen):
    """All themes; the result is the name of one. ``show`` puts one on while it is looked at."""

    def __init__(self, painter: Painter, now: str, show_theme: Callable[[str], None]) -> None:
        names = CHOICES["theme"]
        rows = [MenuRow(name, _(_ABOUT.get(name, "")), name) for name in names]
        ours = [row for row in rows if row.value in PALETTES]
        textual = [row for row in rows if row.value not in PALETTES]
        heading = MenuRow(_("Themes of Textual"), role="heading")
        super().__init__(painter, _("Themes"), [*ours, heading, *textual])
        self._now = now
        self._show_theme = show_theme

    def on_mount(self) -> None:
        """Begin at the theme that is on."""
        self.menu.move_to(next(i for i, row in enumerate(self.menu.rows) if row.value == self._now))

    @on(Menu.Moved)
    def _look(self, event: Menu.Moved) -> None:
        if isinstance(event.row.value, str):
            self._show_theme(event.row.value)

    def action_leave(self) -> None:
        """Back to the theme of before."""
        self._show_theme(self._now)
        self.dismiss(None)
