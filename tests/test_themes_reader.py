"""Themes, lines and colours in the reader: chosen while looking, taken back, and told without colours."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, reader, settle

from store import Store
from tui.screens.main import MainScreen
from tui.screens.themes import ThemesScreen

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    return


async def test_a_theme_is_looked_at_and_chosen(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press(",", "t")
        await settle(pilot, lambda: isinstance(app.screen, ThemesScreen))
        await pilot.press("j")
        await settle(pilot, lambda: app.painter.palette.name == "night")
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, MainScreen))
        assert app.painter.palette.name == "terminal"
        await pilot.press(",", "t")
        await settle(pilot, lambda: isinstance(app.screen, ThemesScreen))
        await pilot.press("/", *"nord")
        await settle(pilot, lambda: len(app.screen.menu.rows) == 1)  # type: ignore[attr-defined]
        await pilot.press("enter", "enter")
        await settle(pilot, lambda: isinstance(app.screen, MainScreen))
        assert app.painter.palette.name == "nord"
        assert main_screen(app).settings.theme == "nord"
        assert app.painter.palette.style("unread cursor") in {
            segment.style for segment in main_screen(app).list.render_line(0)
        }


async def test_ascii_borders_draw_with_what_every_font_has(store: Store) -> None:
    store.set_starred([40], True)
    app = reader(store, borders="ascii", wide_from=80)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        drawn = "".join(line_of(widget, y) for widget in (screen.list, screen.rule) for y in range(20))
        assert not set(drawn) & set("│▐●★▸─")
        assert line_of(screen.rule) == "|"
        assert "*" in line_of(screen.list, 0)
        assert "o" in line_of(screen.list, 2)


async def test_lines_change_while_it_runs(store: Store) -> None:
    app = reader(store, wide_from=80)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        assert line_of(screen.rule) == "│"
        screen.verb_set("borders ascii")
        assert line_of(screen.rule) == "|"


async def test_no_color_is_obeyed_whatever_the_theme(store: Store, no_color: None) -> None:
    app = reader(store, theme="night")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        assert app.painter.palette.name == "mono"
        screen.verb_set("theme nord")
        assert app.painter.palette.name == "mono"
        assert "too few colours" in screen.status.notice
        styles = {segment.style for y in range(20) for segment in screen.list.render_line(y)}
        assert all(style is None or (style.color is None and style.bgcolor is None) for style in styles)
