"""Selecting rows and acting on many, with the number said and everything undone by one key."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, reader, settle

from store import Store

pytestmark = pytest.mark.usefixtures("english")


def tagged(store: Store, name: str) -> int:
    return store.count(store.parse(f'tag:"{name}"'))


async def test_x_selects_rows_and_an_action_is_about_all_of_them(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("x", "x", "j", "x")
        ids = {main.list.window.rows[index].id for index in (0, 1, 3)}
        assert main.list.selected == ids
        assert main.list.cursor == 4
        assert "3 selected" in main.status.place
        await pilot.press("*")
        await settle(pilot, lambda: store.count(store.parse("is:starred")) == 3)
        assert main.status.notice == "starred: 3 articles"
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: store.count(store.parse("is:starred")) == 0)
        assert main.list.selected == ids
        await pilot.press("escape")
        assert main.list.selected == frozenset()
        assert main.shown.query == ""


async def test_x_again_lets_a_row_go(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("x", "k", "x")
        assert main.list.selected == frozenset()


async def test_a_count_selects_so_many(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("5", "x")
        assert len(main_screen(app).list.selected) == 5


async def test_capital_x_selects_the_rows_between_or_all(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("x", "5", "j", "X")
        assert main.list.selected == {row.id for row in main.list.window.rows[:7]}
        await pilot.press("escape", "X")
        await settle(pilot, lambda: len(main.list.selected) == 40)


async def test_tagging_many(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("4", "x", "t", *"+مهم", "enter")
        await settle(pilot, lambda: tagged(store, "مهم") == 4)
        assert main_screen(app).status.notice == "+مهم: 4 articles"


async def test_marking_a_view_read_says_the_number_first_and_is_undone(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press("A")
        await settle(pilot, lambda: main.prompt is not None)
        assert main.prompt.label.text.startswith("Mark 10 articles read?")
        await pilot.press("escape")
        await settle(pilot)
        assert store.count(store.parse("is:unread")) == 40
        await pilot.press("A")
        await settle(pilot, lambda: main.prompt is not None)
        await pilot.press("n", "enter")
        await settle(pilot)
        assert main.status.notice == "nothing changed"
        await pilot.press("A")
        await settle(pilot, lambda: main.prompt is not None)
        await pilot.press("enter")
        await settle(pilot, lambda: store.count(store.parse("is:unread")) == 30)
        assert main.status.notice == "marked read: 10 articles"
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: store.count(store.parse("is:unread")) == 40)


async def test_tagging_a_whole_view_by_the_command_line(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press(":", *"tag-all +مدن", "enter")
        # The number is shown first.
        await settle(pilot, lambda: main.prompt is not None and main.prompt.purpose == "tag_all")
        await settle(pilot, lambda: main.prompt is not None and main.prompt.field.has_focus)
        assert main.prompt is not None
        assert main.prompt.label.text.startswith("Tag 10 articles +مدن?")
        assert tagged(store, "مدن") == 0
        await pilot.press("enter")
        await settle(pilot, lambda: tagged(store, "مدن") == 10)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: tagged(store, "مدن") == 0)


async def test_selected_rows_are_seen_without_colour(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("x")
        assert "+" in line_of(main.list, 0)
        assert "+" not in line_of(main.list, 2)


async def test_a_store_that_can_only_be_read_says_so(store: Store) -> None:
    path = store.path
    store.close()
    shut = Store(path, read_only=True)
    app = reader(shut)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        assert "read only" in main.status.place
        await pilot.press("A")
        await settle(pilot)
        assert main.status.notice == "this store can only be read"
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
    shut.close()


async def test_what_another_process_does_is_seen_without_losing_the_place(store: Store) -> None:
    app = reader(store)
    other = Store(store.path)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("5", "j")
        row, place = main.list.current, main.list.cursor - main.list.top
        other.change_tags([row.id], add=["من غيري"])
        await settle(pilot, lambda: main.list.current.tags == ("من غيري",))
        assert main.list.current.id == row.id
        assert main.list.cursor - main.list.top == place
    other.close()
