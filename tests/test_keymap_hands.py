"""Counts and keys in a row, pressed in the reader."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, reader, settle
from textual import events

from store import Store
from tui.commands import COMMANDS
from tui.screens.finder import FinderScreen
from tui.terminal.keyboard import key_name

pytestmark = pytest.mark.usefixtures("english")


async def test_a_count_moves_that_far(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("5", "j")
        assert main_screen(app).list.cursor == 5
        await pilot.press("3", "k")
        assert main_screen(app).list.cursor == 2
        await pilot.press("1", "2", "G")
        assert main_screen(app).list.cursor == 11
        await pilot.press("g", "g")
        assert main_screen(app).list.cursor == 0


async def test_counts_under_the_arabic_layout(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("٥", "ت")
        assert main_screen(app).list.cursor == 5


async def test_the_status_line_shows_what_a_count_waits_for(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("5")
        told, pairs = main_screen(app).status.pending
        assert told == "5"
        help = next(command.help for command in COMMANDS if command.name == "list-down")
        assert ("j", help) in pairs
        assert help in line_of(main_screen(app).status)
        await pilot.press("escape")
        assert main_screen(app).status.pending == ("", ())
        await pilot.press("j")
        assert main_screen(app).list.cursor == 1


async def test_a_prefix_shows_its_keys_and_does_the_command(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        before = main_screen(app).view.is_justified
        await pilot.press("comma")
        told, pairs = main_screen(app).status.pending
        assert told == ","
        assert dict(pairs)["j"] == "justify"
        await pilot.press("j")
        await settle(pilot)
        assert main_screen(app).view.is_justified is not before
        assert main_screen(app).list.cursor == 0
        assert main_screen(app).status.pending == ("", ())


async def test_a_key_that_does_not_go_on_is_dropped(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("comma", "k", "j")
        assert main_screen(app).list.cursor == 1


async def test_a_changed_key_does_its_command_and_the_old_one_does_not(store: Store) -> None:
    app = reader(store, keys={"star": "ctrl+s"})
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("*")
        await settle(pilot)
        assert not main_screen(app).list.current.is_starred
        await pilot.press("ctrl+s")
        await settle(pilot, lambda: bool(main_screen(app).list.current.is_starred))


async def test_problems_are_said_at_the_start(store: Store) -> None:
    app = reader(store, keys={"star": "ctrl+s", "read": "ctrl+s"})
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert main_screen(app).status.notice == "keys: star and read both ask for ctrl+s; star keeps it"


async def test_newsboat_keys(store: Store) -> None:
    app = reader(store, keys_preset="newsboat")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "J")
        assert main_screen(app).list.cursor == 2
        await pilot.press("K")
        assert main_screen(app).list.cursor == 1
        await pilot.press("N")
        await settle(pilot, lambda: not main_screen(app).list.current.is_unread)


async def test_in_the_article_a_digit_without_a_link_is_a_count(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot, lambda: main_screen(app).is_article_in_front)
        first = main_screen(app).article.id
        await pilot.press("3", "]")
        await settle(pilot, lambda: main_screen(app).article.id != first)
        assert main_screen(app).list.cursor == 3


async def test_what_is_typed_before_the_field_is_there_goes_into_it(store: Store) -> None:
    """Over a slow line a search and its words arrive together."""
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for key in ("/", "j", "x", "q"):
            app.post_message(events.Key(key_name(key), key))
        await settle(pilot, lambda: main_screen(app).prompt is not None)
        await settle(pilot, lambda: main_screen(app).prompt.field.value == "jxq")
        assert main_screen(app).list.selected == frozenset()


async def test_what_is_typed_before_the_palette_is_there_goes_into_it(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for key in ("ctrl+p", "s", "t", "a", "r"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot, lambda: isinstance(app.screen, FinderScreen) and app.screen.field.value == "star")
