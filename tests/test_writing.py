"""What a person does is written, in the order it was done, whatever else the reader is busy with or is left for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from reader_harness import main_screen, reader, settle
from seeds_harness import seeded
from textual.message import Message
from textual.pilot import Pilot

from store import Store, StoreError
from tui.app import THREADS, NewsReaderApp
from tui.messages import StoreChanged, WorkFailed
from tui.rows import RowWindow
from tui.screens.entries import EntriesScreen
from tui.screens.followed import FollowedScreen
from tui.screens.main import MainScreen
from tui.screens.story import StoryScreen
from tui.writing import Writes

pytestmark = pytest.mark.usefixtures("english")

SIZE = (120, 40)
Shown = TypeVar("Shown", bound=EntriesScreen)


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Store]:
    with seeded(tmp_path) as store:
        yield store


@contextmanager
def busy_workers() -> Iterator[None]:
    """All threads of the app's workers have something to do that takes its time."""
    over = threading.Event()
    loop = asyncio.get_running_loop()
    begun = [threading.Event() for _ in range(THREADS)]

    def take_time(mine: threading.Event) -> None:
        mine.set()
        over.wait(30)

    for mine in begun:
        loop.run_in_executor(None, take_time, mine)
    assert all(mine.wait(30) for mine in begun)
    try:
        yield
    finally:
        over.set()


async def shown(pilot: Pilot[Any], app: NewsReaderApp, kind: type[Shown]) -> Shown:
    """A screen of that kind, filled."""
    await settle(pilot, lambda: isinstance(app.screen, kind) and bool(app.screen.rows))
    assert isinstance(app.screen, kind)
    return app.screen


async def story_opened(pilot: Pilot[Any], article: int) -> tuple[MainScreen, StoryScreen]:
    """The panes with an article open, and over them its story."""
    main = main_screen(pilot.app)
    main.open_article(article)
    await settle(pilot, lambda: main.article is not None)
    await pilot.press("S")
    return main, await shown(pilot, pilot.app, StoryScreen)


async def test_leaving_a_screen_loses_nothing_that_was_done_on_it(seeds: Store) -> None:
    article = seeds.newest(1)[0].id
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main, _ = await story_opened(pilot, article)
        with busy_workers():
            await pilot.press("f")
            await pilot.press("escape")
            while app.screen is not main:
                await pilot.pause()
        await settle(pilot, lambda: seeds.followed_from(article) is not None)


async def test_tags_given_to_a_story_can_be_undone_where_its_screen_was_left_at_once(seeds: Store) -> None:
    article = seeds.newest(1)[0].id
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main, screen = await story_opened(pilot, article)
        assert screen.story is not None
        ids = screen.story.articles
        with busy_workers():
            screen.tag(ids, ("كوريا",), ())
            screen.dismiss(None)
            while app.screen is not main:
                await pilot.pause()
        await settle(pilot, lambda: bool(main.done))
        assert all("كوريا" in seeds.article(id).tags for id in ids)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: not any(seeds.article(id).tags for id in ids))


async def test_a_story_chosen_from_the_followed_ones_was_looked_at(seeds: Store) -> None:
    first = seeds.newest(1)[0].id
    seeds.follow(first)
    with seeds.transaction() as connection:
        connection.execute("UPDATE followed SET is_seen = 0 WHERE member_id <> ?", (first,))
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot)
        main.status.forget()
        await pilot.press("F")
        screen = await shown(pilot, app, FollowedScreen)
        await settle(pilot, lambda: bool(screen.entries.rows))
        assert seeds.new_in_followed()
        with busy_workers():
            await pilot.press("enter")
            while app.screen is not main:
                await pilot.pause()
        await settle(pilot, lambda: seeds.new_in_followed() == ())


async def test_what_was_starred_just_before_leaving_is_starred(seeds: Store) -> None:
    article = seeds.newest(1)[0].id
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        with busy_workers():
            await pilot.press("*", "Q")
    assert seeds.article(article).is_starred


async def test_what_is_being_opened_is_not_given_up_when_the_store_changes(seeds: Store) -> None:
    first, second = seeds.newest(2)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        main.open_article(first.id)
        await settle(pilot, lambda: main.article is not None)
        with busy_workers():
            await pilot.press("]")
            main.post_message(StoreChanged())
            await pilot.pause()
        await settle(pilot, lambda: main.article is not None and main.article.id == second.id)


async def test_rows_that_are_asked_for_come_also_when_the_store_changes_meanwhile(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        main = main_screen(app)
        await settle(pilot)
        everything = main.list.window.rows
        assert len(everything) == 40
        # As in an archive of which only the first rows are read.
        main.list.show(RowWindow(everything[:5], is_top=True, is_bottom=False))
        with busy_workers():
            await pilot.press("G")
            main.post_message(StoreChanged())
            await pilot.pause()
            store.set_starred([everything[-1].id], True)
        await settle(
            pilot, lambda: main.list.current is not None and main.list.current.id == everything[-1].id
        )
        # What has changed is seen in them, too.
        await settle(pilot, lambda: main.list.current is not None and main.list.current.is_starred)


def test_writes_are_done_in_the_order_they_were_asked_for() -> None:
    writes, done, told = Writes(), [], []
    asker = cast(Any, SimpleNamespace(post_message=told.append))
    first_may_end = threading.Event()

    def first() -> Message:
        first_may_end.wait(30)
        done.append(1)
        return WorkFailed("first")

    writes.put(asker, first, WorkFailed, asker)
    writes.put(asker, lambda: done.append(2), WorkFailed, asker)
    assert writes.is_busy
    assert not done
    first_may_end.set()
    writes.finish()
    assert done == [1, 2]
    assert [message.reason for message in told] == ["first"]
    assert not writes.is_busy


def test_a_failure_is_told_where_somebody_is_left() -> None:
    def fail() -> None:
        raise StoreError("no space")

    def hears(told: list[str], is_there: bool) -> Any:
        def post(message: WorkFailed) -> bool:
            if is_there:
                told.append(message.reason)
            return is_there

        return SimpleNamespace(post_message=post)

    writes = Writes()
    there: list[str] = []
    home: list[str] = []
    writes.put(hears(there, True), fail, WorkFailed, hears(home, True))
    writes.put(hears([], False), fail, WorkFailed, hears(home, True))
    writes.put(hears([], False), fail, WorkFailed, hears([], False))
    writes.finish()
    assert there == ["no space"]
    assert home == ["no space"]
    assert [str(error) for error in writes.untold] == ["no space"]
