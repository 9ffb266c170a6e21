"""What has been sent to the terminal after each command is what the screen shows: nothing stale stays."""

from __future__ import annotations

import pytest
from reader_harness import main_screen, painted, reader, sent, settle

from store import Store

pytestmark = pytest.mark.usefixtures("english")

SIZES = [(60, 12), (80, 24), (100, 20), (120, 30)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "keys",
    [
        ("space", "space", "b", "ctrl+d", "ctrl+u", "G", "g"),
        ("j", "j", "k", "5", "j", "x", "x", "*", "u"),
        ("enter", "space", "j", "k", "b", "escape", "]", "enter", "]", "[", "escape"),
        ("comma", "d", "comma", "d", "z", "z", "w", "w", "B", "B"),
    ],
    ids=["pages", "rows", "articles", "layout"],
)
async def test_nothing_stale_stays(store: Store, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    app = reader(store)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot, lambda: sent(app) == painted(app))


async def test_a_page_of_the_list_shows_other_rows(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 20)) as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot, lambda: main_screen(app).list.top > 0)
        assert ["39" in row or "38" in row for row in sent(app)] == [False] * 20
        assert all(row.strip() for row in sent(app))


async def test_how_much_is_read_is_told_once_the_article_has_its_room(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        # The short article is on the screen to its end.
        await settle(pilot, lambda: main_screen(app).status.place.endswith("100%"))
