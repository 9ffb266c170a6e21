"""Viewing: which view is in the list, and how everything is laid out and coloured, changed while reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual import work

from ..i18n import _, language, number, use
from ..views import View, order_words
from .commanding import Commanding

if TYPE_CHECKING:
    from ..command_line import Completer
    from ..config import Settings
    from ..widgets.menu import Menu
    from ..widgets.painting import Painter
    from ..widgets.sidebar import Sidebar

#: From this width on there is room for a sidebar (cells).
SIDEBAR_FROM = 150
#: Settings that are read once, at the start.
_AT_START = ("store", "lang", "keys", "keys_preset", "slow")
_SORT = re.compile(r"\s*\b(?:sort|ترتيب|رتب):\S+")


class Viewing(Commanding):
    """Switches views and changes the layout."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self.is_zen = False
        self.wants_sidebar = True
        self.sidebar: Sidebar | None = None

    # Views

    @work
    async def action_views(self, typed: str = "") -> None:
        """Every view by name; the one chosen goes into the list."""
        from ..view_list import Choice
        from .views import ViewsScreen

        screen = ViewsScreen(self.list.painter, self.store, self.settings.months, typed)
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, Choice):
            self.switch_to(chosen.view)

    def switch_to(self, view: View, *, is_narrower: bool = False) -> None:
        """Put a view into the list; everything leaves those of before, what ``is_narrower`` goes back to the search it narrows."""
        if view.query == "":
            del self.views[1:], self.places[:]
            self.views[0] = view
            self._show_query(None)
        elif not self.open_view(view, is_narrower=is_narrower):
            return
        self.bring_list()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """A view was chosen in the sidebar."""
        from ..view_list import Choice

        if isinstance(event.row.value, Choice):
            self.switch_to(event.row.value.view, is_narrower=event.row.value.kind == "facet")

    @work
    async def action_calendar(self) -> None:
        """The archive by days; the day or month chosen goes into the list."""
        from store.serial import published_text

        from .calendar import CalendarScreen

        row = self.list.current
        begin = published_text(row.published)[:10] if row is not None and row.published is not None else None
        screen = CalendarScreen(self.list.painter, self.store, self.settings.months, begin)
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, View):
            self.switch_to(chosen)

    @work
    async def action_figures(self) -> None:
        """The figures of the archive; what is chosen among them goes into the list."""
        from .figures import FiguresScreen

        chosen = await self.app.push_screen_wait(FiguresScreen(self.list.painter, self.store))
        if isinstance(chosen, View):
            self.switch_to(chosen)

    @work
    async def action_history(self) -> None:
        """The articles opened last; the one chosen is opened again."""
        from .history import history_screen

        # What is being opened belongs to it.
        await self.app.writes.done()
        found = self.store.history()
        chosen = await self.app.push_screen_wait(
            history_screen(self.list.painter, found, self.settings.months)
        )
        if isinstance(chosen, int):
            self.jump_to(chosen)

    def verb_view(self, name: str) -> None:
        """``:view NAME``: the switcher, narrowed to a name."""
        self.action_views(name)

    def action_sort(self) -> None:
        """The next order: newest first, for a search the most relevant first, oldest first, by outlet, headline, arrival."""
        shown = self.shown
        plain = _SORT.sub("", shown.query).strip()
        orders = {"": _("newest first")}
        if shown.is_search:
            orders["relevance"] = order_words("relevance")
        orders |= {name: order_words(name) for name in ("oldest", "outlet", "title", "added")}
        names = list(orders)
        now = self.query_of_view.sort.value if self.query_of_view is not None else ""
        following = names[(names.index(now) + 1) % len(names)] if now in names else names[1]
        query = f"{plain} sort:{following}".strip() if following else plain
        self.views[-1] = View(query, shown.title, shown.is_search)
        self._show_query(self.store.parse(query))
        self.tell(orders[following])

    # Layout

    def place_panes(self) -> None:
        """Show the panes that fit; in zen nothing but the article; the sidebar where there is room."""
        super().place_panes()
        is_zen = self.is_zen and self.is_article_in_front
        if is_zen:
            self.list.display = self.rule.display = False
        self.status.display = not is_zen and self.prompt is None
        has_room = self.wants_sidebar and not is_zen and self.app.size.width >= SIDEBAR_FROM
        if has_room and self.sidebar is None and self.is_mounted:
            from ..widgets.sidebar import Sidebar

            self.sidebar = Sidebar(self.list.painter, self.store, self.settings.months)
            self.query_one("#panes").mount(self.sidebar)
        if self.sidebar is not None:
            self.sidebar.display = has_room

    def action_other_pane(self) -> None:
        """Give the keys to the next pane: list, article, sidebar."""
        sidebar = self.sidebar if self.sidebar is not None and self.sidebar.display else None
        is_last = self.is_article_in_front or not self.view.blocks
        if sidebar is not None and sidebar.has_focus:
            self.bring_list()
        elif sidebar is not None and is_last:
            self.set_focus(sidebar)
        else:
            super().action_other_pane()

    def action_sidebar(self) -> None:
        """Show the sidebar or hide it."""
        if self.app.size.width < SIDEBAR_FROM:
            self.tell(_("a sidebar needs {n} columns; v shows the views").format(n=number(SIDEBAR_FROM)))
            return
        self.wants_sidebar = not self.wants_sidebar
        self.place_panes()

    def action_zen(self) -> None:
        """Nothing but the article, and back."""
        if not self.is_article_in_front:
            self.tell(_("open an article first"))
            return
        self.is_zen = not self.is_zen
        self.place_panes()

    def action_leave(self) -> None:
        """Back: out of the sidebar or of zen first."""
        if self.sidebar is not None and self.sidebar.has_focus:
            self.bring_list()
        elif self.is_zen and self.is_article_in_front:
            self.action_zen()
        else:
            super().action_leave()

    def action_measure(self, cells: int) -> None:
        """Make the lines of articles longer or shorter, within what the pane holds."""
        from ..config import BOUNDS

        low, high = BOUNDS["measure"]
        widest = self.view.size.width - 4 if self.view.size.width else high
        measure = max(low, min(high, min(self.view.measure, widest) + cells))
        self.view.set_lines(measure=measure)
        self.tell(_("lines of {n} cells").format(n=number(measure)))

    def action_justify(self) -> None:
        """Justify the lines of articles, or not."""
        self.view.set_lines(justify=not self.view.is_justified)
        self.tell(_("justified") if self.view.is_justified else _("not justified"))

    def action_density(self) -> None:
        """One line for each row, or two."""
        self.list.density = "one" if self.list.row_height == 2 else "two"
        self.list.rearrange()

    def action_group_days(self) -> None:
        """The days above their rows, or not; the row under the cursor stays."""
        self.list.is_by_day = not self.list.is_by_day
        self.list.rearrange()
        self.tell(_("grouped by day") if self.list.is_by_day else _("not grouped by day"))

    @work
    async def action_theme(self) -> None:
        """Choose a theme, looking at each."""
        from ..config import with_setting
        from .themes import ThemesScreen

        def show(name: str) -> None:
            self.take_settings(with_setting(self.settings, "theme", name))
            self.app.screen.refresh(layout=True)

        screen = ThemesScreen(self.list.painter, self.settings.theme, show)
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, str):
            show(chosen)
            self.tell(f"theme = {chosen} · newsreader config set theme {chosen}")

    # Settings

    def verb_theme(self, name: str) -> None:
        """``:theme NAME``."""
        self.verb_set(f"theme {name}")

    def verb_set(self, argument: str) -> None:
        """``:set NAME VALUE``, for this run; ``:set NAME`` tells the value."""
        from ..config import ConfigError, with_setting

        name, _blank, value = argument.partition(" ")
        name, value = name.strip(), value.strip()
        if not value and hasattr(self.settings, name):
            self.tell(f"{name} = {getattr(self.settings, name)}")
            return
        try:
            settings = with_setting(self.settings, name, value)
        except ConfigError as error:
            self.tell(str(error), is_error=True)
            return
        if name in _AT_START:
            self.tell(_("{name} is read at the start only").format(name=name), is_error=True)
            return
        self.take_settings(settings)
        is_shown = name != "theme" or self.list.painter.palette.name == value
        told = "" if is_shown else " · " + _("this terminal has too few colours for it")
        self.tell(f"{name} = {getattr(settings, name)}{told}")

    def take_settings(self, settings: Settings) -> None:
        """Let changed settings take effect."""
        before, self.settings = self.settings, settings
        self.app.take_settings(settings)
        if settings.digits != before.digits:
            use(language(), settings.digits)
        self.list.density, self.list.months = settings.density, settings.months
        if settings.by_day != before.by_day:
            self.list.is_by_day = settings.by_day
        self.list.rearrange()
        if (settings.months, settings.hijri, settings.digits) != (before.months, before.hijri, before.digits):
            self.show_again()
        if (settings.measure, settings.justify) != (before.measure, before.justify):
            self.view.set_lines(measure=settings.measure, justify=settings.justify)
        self.place_panes()
        self.tell_place()

    def show_again(self) -> None:
        """Write the open article anew: its words have changed, not its text."""
        from ..presentation import DateStyle, page

        if self.article is not None:
            style = DateStyle(self.settings.months, self.settings.hijri)
            self.view.update(page(self.article, self.links, style))

    def completers(self) -> dict[str, Completer]:
        """Also the names of views."""
        from ..view_list import base_views

        def view(argument: str, index: int) -> list[str]:
            beginning = argument[:index]
            found = [choice.view.title for choice in base_views()]
            found += [one.name for one in (*self.store.views.searches(), *self.store.views.tags(beginning))]
            found += [one.name for one in self.store.views.outlets(beginning)]
            return [name for name in dict.fromkeys(found) if not beginning or name.startswith(beginning)]

        def rules(argument: str, index: int) -> list[str]:
            return [name for name in self.store.mutes.rules() if name.startswith(argument[:index])]

        return {**super().completers(), "view": view, "unmute": rules}
