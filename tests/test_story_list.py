"""The list by event, and where the reader was left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reader_harness import line_of, main_screen, reader, settle
from story_harness import EVENT, filled, record

from store import Store
from tui.presentation import row_meta

pytestmark = pytest.mark.usefixtures("english")
SIZE = (80, 24)
LONE = record("اليابان تهزم البرازيل", "فازت اليابان على البرازيل بهدفين في طوكيو أمام سبعين ألف متفرج.", "ج", "2024-03-10T12:00:00Z")  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path, [*EVENT, LONE])
    yield store
    store.close()


async def test_a_row_tells_of_its_event(made: Store) -> None:
    rows = {row.id: row for row in made.newest(10)}
    assert [rows[id].event_size for id in (1, 2, 3, 4)] == [3, 3, 3, 1]
    assert rows[1].event == rows[3].event is not None
    assert rows[4].event is None
    assert "3 sources" in row_meta(rows[1], 0)
    assert "source" not in row_meta(rows[4], 0)


async def test_grouping_folds_and_unfolds_and_marks_nothing(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = main_screen(app)
        assert [row.id for row in main.list.window.rows] == [3, 4, 2, 1]
        await pilot.press("B")
        await settle(pilot)
        assert [row.id for row in main.list.window.rows] == [3, 4]
        assert "2 more ●" in line_of(main.list, 1)
        await pilot.press("Z")
        await settle(pilot)
        assert [row.id for row in main.list.window.rows] == [3, 2, 1, 4]
        assert "↳" in line_of(main.list, 3)
        await pilot.press("Z", "j", "Z")
        await settle(pilot, lambda: main.status.notice == "nothing is folded here")
        assert [row.id for row in main.list.window.rows] == [3, 4]
        assert main.place_words()[1] == "2 of 4"
        await pilot.press("B")
        await settle(pilot)
        assert [row.id for row in main.list.window.rows] == [3, 4, 2, 1]
        # The cursor stayed on its article, and nothing was read.
        assert main.list.current.id == 4
        assert all(row.is_unread for row in made.newest(10))


async def test_the_next_unread_goes_through_what_is_folded(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("B", "enter")
        await settle(pilot, lambda: main.article is not None and main.article.id == 3)
        seen = [3]
        for _ in range(3):
            await pilot.press("n")
            await settle(pilot, lambda: main.article.id != seen[-1])
            seen.append(main.article.id)
        assert sorted(seen) == [1, 2, 3, 4]


async def test_a_new_reading_of_the_list_stays_grouped(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("B")
        await settle(pilot)
        other = Store(made.path)
        other.change_tags([2], ["وسم"])
        other.close()
        await settle(pilot, lambda: any(row.tags for row in main.list.window.everything))
        assert [row.id for row in main.list.window.rows] == [3, 4]
        # What is folded is known by its row all the same.
        assert main.summary_of(2).tags == ("وسم",)


async def left(store: Store, *keys: str) -> None:
    """Run the reader, press keys, leave it."""
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)


async def test_the_reader_begins_where_it_was_left(made: Store) -> None:
    # Article 4 opened, from there a jump by the story screen is not needed: the row is enough.
    await left(made, "j", "j", "enter", "escape")
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot, lambda: main.article is not None)
        assert main.article.id == 2
        assert main.list.current.id == 2
        # The list is in front, as it was; one key, and one reads on.
        assert not main.is_article_in_front
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)


async def test_trail_and_article_in_front_are_taken_up(made: Store) -> None:
    await left(made, "j", "j", "enter", "}")
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot, lambda: main.is_article_in_front)
        assert main.article.id == 3
        assert [stop.article for stop in main.trail.behind] == [2]
        await pilot.press("backspace")
        await settle(pilot, lambda: main.article.id == 2)


async def test_what_was_asked_for_is_looked_at_first(made: Store) -> None:
    await left(made, "j", "j", "enter", "}")
    app = reader(made)
    app.notice = "1 new article"
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot, lambda: main.article is not None)
        assert not main.is_article_in_front


@pytest.mark.parametrize(
    "kept", ["nonsense", [1], {"article": 999, "row": 999, "newest": 999, "behind": [[1]]}]
)
async def test_what_cannot_be_taken_up_is_left(made: Store, kept: object) -> None:
    made.remember("session", kept)
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot)
        assert main.article is None
        assert main.list.cursor == 0
        assert not main.status.is_error


async def test_a_row_far_down_is_found_again(tmp_path: Path) -> None:
    records = [
        record(
            f"خبر رقم {n} {'ابتثجحخدذ'[n % 9] * 4}",
            f"نص {n}",
            "الراي",
            f"2024-{1 + n // 28:02d}-{1 + n % 28:02d}",
        )
        for n in range(300)
    ]
    store = filled(tmp_path, records)
    store.remember("session", {"row": 10, "newest": 299})
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot, lambda: main.list.current is not None and main.list.current.id == 10)
        await settle(pilot, lambda: main.place_words()[1] == "291 of 300")
        assert main.status.notice == "1 newer article above: g"
    store.close()
