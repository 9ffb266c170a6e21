"""Reading the seeds: panes, moving, opening, marks, and the place one was at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reader_harness import main_screen, reader, settle
from seeds_harness import (
    GUEST_001,
    GUEST_003,
    NEWEST_FIRST,
    PAGE_000,
    PAGE_001,
    PAGE_003,
    PAGE_004,
    seeded,
    shown,
)

from store import Store

pytestmark = pytest.mark.usefixtures("english")

NARROW, WIDE = (80, 24), (120, 40)


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Store]:
    with seeded(tmp_path) as store:
        yield store


async def test_newest_first_and_each_guest_below_its_host(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        assert tuple(row.id for row in screen.list.window.rows) == NEWEST_FIRST
        lines = shown(screen.list)
        assert lines[0].endswith("زيارة أسبوع.. كوريا الشمالية تخرج من حالة العزلة بدعم روسي")
        assert lines[1].startswith("صدى البلد ·")
        # A headline that is too long loses its end, never its beginning.
        assert lines[4].lstrip("● ").startswith("الزعيم الكوري الشمالي كيم جونغ أون قال إن زيارته")
        assert lines[4].endswith("…") or lines[4].endswith("...")
        assert screen.status.place == "All · 1 of 9"
        assert screen.status.hints[0] == ("Enter", "open")


async def test_one_pane_at_a_time_where_it_is_narrow(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        assert (screen.list.display, screen.view.display, screen.rule.display) == (True, False, False)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        assert (screen.list.display, screen.view.display) == (False, True)
        assert app.focused is screen.view
        assert shown(screen.view)[0] == "زيارة أسبوع.. كوريا الشمالية تخرج من حالة العزلة بدعم روسي"
        assert screen.status.place.startswith("All · 1 of 9 · ")
        await pilot.press("escape")
        await settle(pilot)
        assert (screen.list.display, screen.view.display) == (True, False)
        assert app.focused is screen.list
        assert screen.status.place == "All · 1 of 9"


async def test_both_panes_where_there_is_room_the_list_at_the_right(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        assert screen.view.region.right <= screen.rule.region.x < screen.list.region.x
        assert screen.list.region.right == 120
        await pilot.press("j", "enter")
        await settle(pilot, lambda: screen.article is not None)
        assert screen.list.display
        assert screen.view.display
        assert shown(screen.list)[2].startswith("◂")
        await pilot.press("tab")
        assert app.focused is screen.list
        await pilot.press("tab")
        assert app.focused is screen.view


async def test_moving_in_the_list(seeds: Store) -> None:
    app = reader(seeds)
    # Eleven lines of list and one of status: five rows of two lines each.
    async with app.run_test(size=(80, 12)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        steps = [
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("k", 0), ("space", 4), ("pagedown", 8), ("j", 8), ("b", 4),
            ("pageup", 0), ("G", 8), ("g", 0), ("end", 8), ("home", 0),
            # The same keys with the Arabic layout on.
            ("ت", 1), ("ن", 0),
        ]  # fmt: skip
        for key, place in steps:
            await pilot.press(key)
            await settle(pilot)
            assert (key, screen.list.cursor) == (key, place)
        await pilot.press("G")
        await settle(pilot)
        assert screen.status.place == "All · 9 of 9"
        assert screen.list.top == 4


async def test_moving_in_an_article(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=(80, 12)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("G", "k", "enter")
        await settle(pilot, lambda: screen.article is not None)
        end = screen.view.page.total() - 11
        assert end > 21
        steps = [
            ("k", 0), ("j", 1), ("ت", 2), ("up", 1), ("space", 11), ("pagedown", 21), ("b", 11), ("G", end), ("space", end),
            ("j", end), ("g", 0), ("ctrl+d", 5), ("ctrl+u", 0),
        ]  # fmt: skip
        for key, top in steps:
            await pilot.press(key)
            await settle(pilot)
            assert (key, screen.view.top) == (key, top)
        await pilot.press("G")
        await settle(pilot)
        assert screen.status.place == "All · 8 of 9 · 100%"


async def test_from_article_to_article(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        for key, found in (("]", GUEST_001), ("]", PAGE_004), ("[", GUEST_001), ("[", PAGE_001)):
            await pilot.press(key)
            await settle(pilot, lambda found=found: screen.article is not None and screen.article.id == found)
            assert screen.list.current is not None
            assert screen.list.current.id == found
        await pilot.press("[")
        await settle(pilot)
        assert screen.status.notice == "no further article"
        # What was opened is read, in the store and in the list.
        assert [row.id for row in screen.list.window.rows if not row.is_unread] == [
            PAGE_001,
            GUEST_001,
            PAGE_004,
        ]
        assert {article.id for article in seeds.articles() if not article.is_unread} == {
            PAGE_001,
            GUEST_001,
            PAGE_004,
        }


async def test_next_unread(seeds: Store) -> None:
    seeds.set_unread(NEWEST_FIRST[1:7], False)
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("n")
        await settle(pilot)
        assert screen.list.current is not None
        assert screen.list.current.id == PAGE_003
        await pilot.press("enter", "n")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == GUEST_003)
        await pilot.press("n")
        await settle(pilot)
        assert screen.status.notice == "no further unread article"
        await pilot.press("N")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == PAGE_001)


async def test_q_goes_back_and_then_out(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("q")
        await settle(pilot)
        assert app.is_running
        assert not screen.is_article_in_front
        await pilot.press("q")
        await settle(pilot, lambda: app._exit)
    assert app.return_code == 0


async def test_the_place_in_an_article_is_kept_over_runs(seeds: Store) -> None:
    guest = NEWEST_FIRST[5]
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("j", "j", "j", "j", "j", "enter")
        await settle(pilot, lambda: screen.article is not None)
        assert screen.view.top == 0
        await pilot.press("j", "j", "j", "j", "j", "j", "j")
        await settle(pilot)
        place = screen.view.place
        assert place > 100
        await pilot.press("]")
        await settle(pilot, lambda: seeds.place(guest) == place)
    again = reader(seeds)
    async with again.run_test(size=NARROW) as pilot:
        after = main_screen(again)
        # It begins in the article it was left from.
        await settle(pilot, lambda: after.is_article_in_front)
        await pilot.press("escape", "g", "j", "j", "j", "j", "j", "enter")
        await settle(pilot, lambda: after.article is not None and after.article.id == guest)
        assert (after.view.top, after.view.place) == (7, place)
        # Who has read to the end begins at the beginning next time.
        await pilot.press("G", "escape")
        await settle(pilot, lambda: seeds.place(guest) == 0)


async def test_a_newer_reading_moves_nothing_whatever_is_at_the_top(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("j", "j", "j", "j", "j", "enter")
        await settle(pilot, lambda: screen.article is not None)
        view = screen.view
        for top in range(12):
            view.scroll_by(top - view.top)
            view.update(view.blocks)
            assert view.top == top


async def test_a_new_width_keeps_the_place(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("G", "k", "enter")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == PAGE_003)
        await pilot.press("space")
        await settle(pilot)
        place = screen.view.place
        assert place > 300
        for width, height in ((60, 20), (120, 40), (40, 10), (80, 24)):
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            first = screen.view.page.line(screen.view.top)
            assert first is not None
            block = screen.view.blocks[first.block]
            assert block.offset is not None
            if first.line is not None:
                # The line at the top holds the code point that stood there, or one before it in its paragraph.
                start = block.offset + first.line.start
                assert start <= place <= block.offset + len(block.text), (width, start, place)
            assert screen.list.current is not None
            assert screen.list.current.id == PAGE_003


async def test_the_pane_brought_to_the_front_has_the_keys_at_once(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        screen.open_article(PAGE_000)
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("escape")
        await settle(pilot, lambda: screen.list.has_focus)
        screen.bring_article()
        assert screen.focused is screen.view
        screen.bring_list()
        assert screen.focused is screen.list


async def test_the_place_is_reached_in_a_pane_that_was_taller_at_first(seeds: Store) -> None:
    guest = NEWEST_FIRST[5]
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        screen.open_article(guest)
        await settle(pilot, lambda: screen.article is not None and screen.article.id == guest)
        await pilot.press("G", "k")
        await settle(pilot, lambda: screen.view.top > 3)
        top, place = screen.view.top, screen.view.place
        # All of it fits: nothing is left to scroll.
        await pilot.resize_terminal(80, 60)
        await settle(pilot, lambda: screen.view.size.height > 50 and screen.view.top == 0)
        screen.open_article(guest, place)
        await settle(pilot)
        assert screen.view.top == 0
        screen.view.update(screen.view.blocks)
        await pilot.resize_terminal(*NARROW)
        await settle(pilot, lambda: screen.view.size.height < 30)
        assert screen.view.top == top
        # Who has scrolled since stands where that led.
        await pilot.press("k")
        await settle(pilot, lambda: screen.view.top == top - 1)
        await pilot.resize_terminal(80, 25)
        await settle(pilot, lambda: screen.view.size.height > top)
        assert screen.view.top == top - 1


async def test_opening_where_one_was_reads_on(seeds: Store) -> None:
    seeds.set_unread([PAGE_000], False)
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("space", "escape", "j", "k", "enter")
        await settle(pilot, lambda: screen.is_article_in_front)
        assert screen.view.top > 0
