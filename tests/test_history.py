"""The history of reading: the last opening of each article, listed by days, and gone back to."""

from __future__ import annotations

import json

import pytest
from cli_harness import run
from reader_harness import main_screen, reader, settle

from store import Store
from store.readings import history, opened
from tui.screens.history import history_rows
from tui.screens.menus import MenuScreen

DAY = 86_400


def test_the_last_opening_of_each_counts(store: Store) -> None:
    for at, article in enumerate((5, 9, 5, 999), 1_000):
        opened(store.connection, article, at)
    assert [(one.article, one.at) for one in history(store.connection, 10)] == [(5, 1002), (9, 1001)]
    assert [one.article for one in history(store.connection, 1)] == [5]
    assert not store.article(5).is_unread
    assert store.history()[0].title == store.article(5).title
    assert store.forget_history() == 2
    assert store.history() == ()
    assert not store.article(5).is_unread


@pytest.mark.usefixtures("english")
def test_rows_stand_under_their_days(store: Store) -> None:
    noon = 1_700_000_000 // DAY * DAY + DAY // 2
    for article, at in ((1, noon), (2, noon + 60), (3, noon + 3 * DAY)):
        opened(store.connection, article, at)
    rows = history_rows(store.history())
    assert [row.value for row in rows] == [None, 3, None, 2, 1]
    assert rows[0].role == rows[2].role == "heading"
    assert rows[1].detail.replace("\u2068", "").startswith(store.article(3).outlet or "")


@pytest.mark.usefixtures("english")
async def test_what_was_opened_is_listed_and_opened_again(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == 40)
        await pilot.press("]")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == 39)
        await pilot.press("escape", "R")
        await settle(pilot, lambda: isinstance(app.screen, MenuScreen))
        assert isinstance(app.screen, MenuScreen)
        assert {row.value for row in app.screen.menu.rows} == {None, 39, 40}
        wanted = next(i for i, row in enumerate(app.screen.menu.rows) if row.value == 40)
        app.screen.menu.move_to(wanted)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == 40)


def test_the_history_on_the_command_line(store: Store) -> None:
    opened(store.connection, 5, 1_700_000_000)
    found = json.loads(run("history", "--json", store=store.path).out)
    assert found == {
        "id": 5,
        "opened": "2023-11-14T22:13:20Z",
        "outlet": store.article(5).outlet,
        "title": store.article(5).title,
    }
    assert run("history", "--clear", "--yes", store=store.path).code == 0
    assert run("history", store=store.path).out == ""
