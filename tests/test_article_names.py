"""Names on an article's page lead to lists: outlet, agency, tags, keywords; by a click, or by a key and a menu."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, reader, settle

from store import Store
from tui.presentation import DateStyle, page, page_links, page_views
from tui.screens.main import MainScreen
from tui.screens.menus import MenuScreen

pytestmark = pytest.mark.usefixtures("english")


def test_every_name_is_known_where_it_stands(store: Store) -> None:
    store.change_tags([6], add=["متابعة", "هام"])
    article = store.article(6)
    blocks = page(article, page_links(article), DateStyle())
    found = {(view.query, block.text[view.start : view.end]) for block in blocks for view in block.views}
    assert found == {
        ('source:"صدى البلد"', "صدى البلد"),
        ('agency:"رويترز"', "رويترز"),
        ('tag:"متابعة"', "#متابعة"),
        ('tag:"هام"', "#هام"),
        ('keyword:"سياسة"', "سياسة"),
        ('keyword:"اقتصاد"', "اقتصاد"),
    }
    # Each list it leads to holds the article.
    for view in page_views(article):
        assert 6 in [row.id for row in store.page(store.parse(view.query), limit=40).rows]


async def test_a_click_on_a_keyword_lists_it_and_backspace_goes_back(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        screen.open_article(6)
        await settle(pilot, lambda: screen.article is not None and screen.view.has_focus)
        view = screen.view
        number = next(i for i, block in enumerate(view.blocks) if block.text.startswith("Keywords"))
        y = view.page.line_of(number)
        drawn = line_of(view, y)
        # «Keywords: سياسة، اقتصاد» from the right: the last word stands leftmost.
        left = len(drawn) - len(drawn.lstrip())
        await pilot.click(view, offset=(left + 1, y))
        await settle(pilot, lambda: screen.shown.query == 'keyword:"اقتصاد"')
        await settle(pilot, lambda: len(screen.list.window.rows) == 20)
        assert not screen.is_article_in_front
        await pilot.press("backspace")
        await settle(pilot, lambda: screen.is_article_in_front)
        assert screen.article is not None
        assert screen.article.id == 6


async def test_names_are_reached_with_a_key(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("K")
        await settle(pilot, lambda: screen.status.notice == "open an article first")
        screen.open_article(6)
        await settle(pilot, lambda: screen.article is not None and screen.view.has_focus)
        await pilot.press("K")
        await settle(pilot, lambda: isinstance(app.screen, MenuScreen))
        assert isinstance(app.screen, MenuScreen)
        assert [row.text for row in app.screen.menu.rows] == [
            "Outlet", "صدى البلد", "Agency", "رويترز", "Keywords", "سياسة", "اقتصاد",
        ]  # fmt: skip
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, MainScreen) and screen.shown.title == "صدى البلد")
        await settle(pilot, lambda: len(screen.list.window.rows) == 13)


async def test_the_empty_pane_says_what_fills_it(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        drawn = [line_of(screen.view, y).strip() for y in range(28)]
        assert "Enter opens the article under the cursor" in drawn
