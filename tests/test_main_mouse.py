"""The mouse in the panes: wheel, rows, links, tags and scroll bars, in both directions of the interface."""

from __future__ import annotations

import pytest
from reader_harness import burst, line_of, main_screen, press_mouse, reader, sent, settle
from textual.events import MouseScrollDown

from store import Store
from tui.screens.main import MainScreen
from tui.screens.menus import MenuScreen
from tui.widgets.menu import Menu
from tui.widgets.pointing import row_of, tag_at, tag_over, thumb

SIZE = (80, 24)


def column_of(line: str, text: str) -> int:
    """Where a piece of visual text stands in a line."""
    assert text in line, line
    return line.index(text)


# اقتصاد as it is drawn, from left to right.
ECONOMY = "\ufea9\ufe8e\ufebc\ufe98\ufed7\ufe8d"


@pytest.mark.usefixtures("arabic")
async def test_a_click_on_a_tag_in_the_list_shows_all_of_that_tag(store: Store) -> None:
    store.change_tags([40, 12, 7], add=["اقتصاد"])
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        x = column_of(line_of(screen.list, 1), ECONOMY)
        await pilot.click(screen.list, offset=(x + 2, 1))
        await settle(
            pilot, lambda: screen.shown.query == 'tag:"اقتصاد"' and len(screen.list.window.rows) == 3
        )
        assert screen.shown.title == "#اقتصاد"


@pytest.mark.usefixtures("arabic")
async def test_a_click_on_a_tag_in_the_article_shows_all_of_that_tag(store: Store) -> None:
    store.change_tags([40, 12], add=["اقتصاد", "نفط"])
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        screen = main_screen(app)
        await settle(pilot, lambda: screen.is_article_in_front)
        rows = [line_of(screen.view, y) for y in range(8)]
        y = next(y for y, row in enumerate(rows) if ECONOMY + "#" in row)
        await pilot.click(screen.view, offset=(column_of(rows[y], ECONOMY), y))
        await settle(pilot, lambda: screen.shown.query == 'tag:"اقتصاد"')
        assert not screen.is_article_in_front


async def bar_of(screen: MainScreen) -> tuple[int, set[int]]:
    """The column of the list's scroll bar and the lines of its thumb, as they are drawn."""
    width, height = screen.list.size
    lines = [line_of(screen.list, y) for y in range(height)]
    at_left = {y for y, line in enumerate(lines) if line[0] == "▐"}
    at_right = {y for y, line in enumerate(lines) if line[width - 1] == "▌"}
    assert not (at_left and at_right)
    return (0, at_left) if at_left else (width - 1, at_right)


@pytest.mark.parametrize("language", ["arabic", "english"])
async def test_the_scroll_bar_stands_where_lines_end_and_takes_the_mouse(
    store: Store, language: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(language)
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        column, lines = await bar_of(screen)
        assert column == (0 if language == "arabic" else 79)
        assert min(lines) == 0
        height = screen.list.size.height
        await pilot.click(screen.list, offset=(column, height // 2))
        await settle(pilot, lambda: 15 < screen.list.cursor < 25)
        # Nothing is opened by it.
        assert screen.article is None
        await pilot.mouse_down(screen.list, offset=(column, height // 2))
        await pilot.hover(screen.list, offset=(column, height - 1))
        await pilot.mouse_up(screen.list, offset=(column, height - 1))
        await settle(pilot, lambda: screen.list.cursor == 39)
        assert max((await bar_of(screen))[1]) == height - 1


@pytest.mark.usefixtures("arabic")
async def test_wheel_and_clicks_on_rows(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot._post_mouse_events([MouseScrollDown], screen.list)
        assert screen.list.cursor == 3
        await pilot.click(screen.list, offset=(40, 2))
        assert screen.list.cursor == 1
        await pilot.click(screen.list, offset=(40, 2))
        await settle(pilot, lambda: screen.is_article_in_front)


@pytest.mark.usefixtures("arabic")
async def test_a_long_menu_has_its_bar_at_the_left(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot, lambda: isinstance(app.screen, MenuScreen))
        menu = app.screen.query_one(Menu)
        await settle(pilot, lambda: menu.size.height > 0 and line_of(menu, 0)[0] == "▐")
        await pilot.click(menu, offset=(0, menu.size.height - 1))
        await settle(pilot, lambda: menu.cursor > len(menu.rows) - 3)
        assert isinstance(app.screen, MenuScreen)


def test_a_tag_is_found_in_visual_text_and_the_longer_of_two() -> None:
    text = "الجزيرة · #خبر · #خبر-عاجل"
    # Drawn from the right: the first tag begins 11 cells from the right edge.
    assert tag_at(text, ["خبر", "خبر-عاجل"], 40, 39 - 11) == "خبر"
    assert tag_at(text, ["خبر", "خبر-عاجل"], 40, 39 - 22) == "خبر-عاجل"
    assert tag_at(text, ["خبر", "خبر-عاجل"], 40, 39 - 3) is None
    assert tag_at(text, ["خبر"], 40, 0) is None
    assert tag_over("#a  #b", ["a", "b"], 3) is None


def test_thumb_and_rows_of_a_bar() -> None:
    assert list(thumb(0, 10, 10, 20)) == []
    assert list(thumb(0, 10, 40, 20)) == [0, 1, 2, 3, 4]
    assert list(thumb(30, 10, 40, 20)) == [15, 16, 17, 18, 19]
    assert [row_of(y, 40, 20) for y in (-3, 0, 19, 99)] == [0, 0, 39, 39]


@pytest.mark.usefixtures("english")
async def test_a_click_in_the_other_pane_is_a_step_into_it(store: Store) -> None:
    """What is done then is done with what that pane shows."""
    app = reader(store)
    async with app.run_test(size=(130, 30)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        press_mouse(app, 10, 10)
        await settle(pilot)
        # Nothing is open in it.
        assert (screen.is_article_in_front, screen.focused) == (False, screen.list)
        burst(app, "enter", "escape", "jj")
        await settle(pilot, lambda: screen.list.cursor == 2)
        opened = screen.article
        assert opened is not None
        press_mouse(app, 10, 10)
        await settle(pilot, lambda: screen.is_article_in_front)
        assert screen.status.hints[0] == ("Esc", "back")
        burst(app, "*")
        await settle(pilot, lambda: store.article(opened.id).is_starred)
        press_mouse(app, screen.list.region.x + 20, 8)
        await settle(pilot, lambda: not screen.is_article_in_front)
        assert screen.status.hints[0] == ("Enter", "open")
        burst(app, "*")
        current = screen.list.current
        assert current is not None
        await settle(pilot, lambda: store.article(current.id).is_starred)
        assert current.id != opened.id
        # And Esc goes back from where one clicked.
        press_mouse(app, 10, 10)
        await settle(pilot, lambda: screen.is_article_in_front)
        burst(app, "escape")
        await settle(pilot, lambda: screen.focused is screen.list)
        assert not screen.is_article_in_front


# With a question open


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("key", "purpose"), [("t", "tag"), (":", "command"), ("/", "search"), ("e", "export")]
)
async def test_a_click_beside_a_question_closes_it(store: Store, key: str, purpose: str) -> None:
    """As Esc would; the click then does what it does without one."""
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, key)
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.purpose == purpose)
        press_mouse(app, 40, 6)
        await settle(pilot, lambda: screen.list.cursor == 3)
        assert (screen.prompt, screen.focused, len(screen.views)) == (None, screen.list, 1)
        assert screen.status.display
        # Another can be asked.
        burst(app, "/")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.purpose == "search")


@pytest.mark.usefixtures("english")
async def test_a_click_in_the_field_leaves_it_open(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "t", "ab")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.value == "ab")
        press_mouse(app, 20, 23)
        burst(app, "c")
        await settle(pilot, lambda: screen.prompt is not None and "c" in screen.prompt.field.value)
        assert screen.focused is screen.prompt.field


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("typed", ["القدس", "القد"])
async def test_a_click_on_a_hit_while_one_types_is_meant_for_that_hit(store: Store, typed: str) -> None:
    """Ten of forty headlines have the word: numbers 36, 32, 28 … from the newest. What was found stays, also of half a word."""
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "jj", "/", typed)
        await settle(pilot, lambda: len(screen.list.window.rows) == 10)
        press_mouse(app, 40, 4)
        await settle(pilot, lambda: screen.list.cursor == 2 and screen.prompt is None)
        assert len(screen.list.window.rows) == 10
        assert [view.is_search for view in screen.views] == [False, True]
        burst(app, "enter")
        await settle(pilot, lambda: screen.article is not None)
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 28 عن مدينة القدس"
        burst(app, "escape", "escape")
        await settle(pilot, lambda: len(screen.views) == 1)
        assert screen.list.cursor == 2
        assert "القد" in store.views.history()[-1]


@pytest.mark.usefixtures("english")
async def test_a_click_in_the_article_keeps_what_was_found_there(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "enter", "ctrl+f", "فقرة")
        await settle(pilot, lambda: screen.is_finding)
        press_mouse(app, 2, 20)
        await settle(pilot, lambda: screen.prompt is None)
        assert (screen.is_finding, screen.focused, len(screen.views)) == (True, screen.view, 1)
        assert "match 1 of 2" in screen.status.place
        assert "match 1 of 2" in sent(app)[-1]


@pytest.mark.usefixtures("english")
async def test_what_was_typed_for_a_question_that_was_left_comes_back_with_the_arrow(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "a", "half a note")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.value == "half a note")
        press_mouse(app, 40, 6)
        await settle(pilot, lambda: screen.prompt is None)
        burst(app, "a", "up")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.value == "half a note")
        burst(app, "escape", "t", "up")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.purpose == "tag")
        assert screen.prompt.field.value == ""
