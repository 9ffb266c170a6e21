"""Keys wait for what they are meant for: in their order, shown where it takes long, never for ever."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from reader_harness import burst, main_screen, press_mouse, reader, settle
from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from store import Article, Store, StoreError
from tui import typed_ahead

pytestmark = pytest.mark.usefixtures("arabic")


@pytest.mark.parametrize("is_article_open", [False, True])
async def test_letters_typed_right_behind_the_key_that_asks_are_in_the_field(
    store: Store, is_article_open: bool
) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        if is_article_open:
            screen.open_article(5)
            await settle(pilot, lambda: screen.view.has_focus)
        pane = screen.focused
        assert pane is not None
        # The pane is slow to pass on what goes through it: the field has the focus before that.
        passed_on = asyncio.Event()

        async def slow(message: Message) -> None:
            if isinstance(message, events.Key) and message.key != "slash":
                await passed_on.wait()
            await MessagePump._dispatch_message(pane, message)

        pane._dispatch_message = slow  # type: ignore[method-assign]
        for key, letter in (("slash", "/"), ("ك", "ك"), ("و", "و"), ("ر", "ر")):
            app.post_message(events.Key(key, letter))
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        passed_on.set()
        assert screen.prompt is not None
        field = screen.prompt.field
        await settle(pilot, lambda: field.value == "كور")


async def test_what_is_typed_right_behind_enter_is_meant_for_the_article(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow disk ``n`` came while the article was being read: it went on in the list, and nothing was opened."""
    read = store.article

    def slowly(article_id: int) -> Article:
        time.sleep(0.15)
        return read(article_id)

    monkeypatch.setattr(store, "article", slowly)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        rows = [row.id for row in screen.list.window.rows]
        for key in ("enter", "n", "n"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot, lambda: screen.article is not None and screen.article.id == rows[2])
        assert screen.is_article_in_front


async def test_keys_do_not_wait_for_an_article_that_cannot_be_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(article_id: int) -> Article:
        raise StoreError(f"{article_id} is gone")

    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        monkeypatch.setattr(store, "article", gone)
        for key in ("enter", "j"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot, lambda: screen.list.cursor == 1)
        assert "is gone" in screen.status.notice


class Slow:
    """Articles that are opened when the test says so."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self._place = store.place
        self.may_be_read = threading.Event()
        # What is laid out ahead is read as well, but never where one stood in it.
        monkeypatch.setattr(store, "place", self._slowly)

    def _slowly(self, article_id: int) -> int:
        assert self.may_be_read.wait(60)
        return self._place(article_id)


@pytest.fixture
def slow(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    found = Slow(store, monkeypatch)
    yield found
    found.may_be_read.set()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for a fact while something else is under way."""
    while not holds():
        await pilot.pause()


def is_reading(app: App[None]) -> bool:
    """Whether an article is being read."""
    return any(worker.group == "article" for worker in app.workers)


async def test_keys_that_wait_are_shown(store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "enter", "jj", "]")
        await until(pilot, lambda: screen.status.pending[0] == "j j ] …")
        slow.may_be_read.set()
        await settle(pilot)
        assert screen.status.pending == ("", ())
        assert screen.article is not None
        assert screen.article.id == screen.list.window.rows[1].id


async def test_what_nobody_would_wait_for_is_let_go_with_the_keys_behind_it(
    store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were not meant for the list; what is typed then is, though the article is still on its way."""
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "enter")
        await until(pilot, lambda: is_reading(app))
        monkeypatch.setattr(typed_ahead, "LONGEST", 0.01)
        burst(app, "jj", "*")
        await until(pilot, lambda: bool(screen.status.notice))
        assert not app.typed_ahead.is_waiting
        monkeypatch.setattr(typed_ahead, "LONGEST", 120.0)
        burst(app, "jjj")
        await until(pilot, lambda: screen.list.cursor == 3)
        assert not screen.is_article_in_front
        slow.may_be_read.set()
        await settle(pilot)
        # It was asked for, and comes.
        assert screen.is_article_in_front
        assert not store.article(screen.list.window.rows[0].id).is_starred


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_what_takes_long_is_given_up(
    store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        burst(app, "jj", "enter", "*")
        await until(pilot, lambda: bool(screen.status.pending[0]))
        burst(app, key, "j")
        await until(pilot, lambda: screen.list.cursor == 3)
        slow.may_be_read.set()
        await settle(pilot)
        assert screen.article is None
        assert not any(row.is_starred for row in screen.list.window.rows)


async def test_one_can_always_leave(store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, "enter", "j")
        await until(pilot, lambda: bool(main_screen(app).status.pending[0]))
        burst(app, "ctrl+q")
        await until(pilot, lambda: app._exit)
        slow.may_be_read.set()


@pytest.mark.parametrize("keys", [("enter", "ctrl+q"), ("enter", "]", "t", "ctrl+q", "x")])
async def test_one_leaves_promptly_where_the_key_came_in_one_breath_with_others(
    store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
    # None of these keys was pressed long after another.
    monkeypatch.setattr(typed_ahead.TypedAhead, "_is_impatient", lambda self, one: False)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, *keys)
        await until(pilot, lambda: app._exit)
        slow.may_be_read.set()


async def test_what_was_done_before_leaving_is_written(
    store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_be_written = threading.Event()
    change = store.change_tags

    def slowly(*given: Any, **more: Any) -> Any:
        assert may_be_written.wait(60)
        return change(*given, **more)

    monkeypatch.setattr(store, "change_tags", slowly)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        first = main_screen(app).list.window.rows[0].id
        burst(app, "t", "+kept", "enter")
        await until(pilot, lambda: app.writes.is_busy)
        monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
        burst(app, "enter", "ctrl+q")
        await until(pilot, lambda: app._exit)
        slow.may_be_read.set()
        may_be_written.set()
    assert store.article(first).tags == ("kept",)


async def test_esc_right_behind_a_click_gives_nothing_up(
    store: Store, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind Enter: it goes back from the article once that is there."""
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        # The last key was long ago.
        app.typed_ahead._done_at -= 1000
        press_mouse(app, 40, 0)
        await until(pilot, lambda: is_reading(app))
        burst(app, "escape", "j")
        await pilot.pause()
        assert app.typed_ahead.is_waiting
        slow.may_be_read.set()
        await settle(pilot)
        assert screen.article is not None
        assert (screen.is_article_in_front, screen.list.cursor) == (False, 1)


async def test_a_slow_search_is_left_by_the_key_that_gives_it_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_be_found = threading.Event()
    find = store.page

    def slowly(*given: Any, **more: Any) -> Any:
        assert may_be_found.wait(60)
        return find(*given, **more)

    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
        monkeypatch.setattr(store, "page", slowly)
        burst(app, "j", "/", "القدس", "enter", "j")
        await until(pilot, lambda: bool(screen.status.pending[0]))
        burst(app, "escape")
        await until(pilot, lambda: len(screen.views) == 1 and not app.typed_ahead.is_waiting)
        may_be_found.set()
        await settle(pilot)
        assert screen.list.cursor == 1
        assert len(screen.list.window.rows) == 40


async def test_what_others_write_is_shown_after_more_rows_were_given_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_be_found = threading.Event()
    find = store.page

    def slowly(query: Any, **more: Any) -> Any:
        assert more.get("before") is None or may_be_found.wait(60)
        return find(query, **more)

    for place in ("listing", "searching", "returning"):
        monkeypatch.setattr(f"tui.screens.{place}.CHUNK", 8)
    monkeypatch.setattr("tui.screens.listing.WATCH_SECONDS", 0.02)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        monkeypatch.setattr(typed_ahead, "PATIENCE", 0.01)
        monkeypatch.setattr(store, "page", slowly)
        burst(app, "j" * 10)
        await until(pilot, lambda: bool(screen.status.pending[0]))
        # One thing is written before they are given up, one after that.
        first, second = (row.id for row in screen.list.window.rows[:2])
        other = Store(store.path)
        other.change_tags([first], add=["before"])
        await until(pilot, lambda: screen._is_outdated)
        burst(app, "escape")
        await until(pilot, lambda: screen.list.window.rows[0].tags == ("before",))
        other.change_tags([second], add=["after"])
        await until(pilot, lambda: screen.list.window.rows[1].tags == ("after",))
        may_be_found.set()
        await settle(pilot)


async def test_what_was_typed_for_another_program_is_not_done_here(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys read while the terminal is lent, or just before, were meant for the editor."""
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        lent: list[str] = []

        @contextmanager
        def lend(_app: App[None]) -> Iterator[None]:
            yield

        monkeypatch.setattr(App, "suspend", lend)
        monkeypatch.setattr(
            "tui.opening.run", lambda program, _given=None: lent.append(program.words[0]) or 0
        )
        monkeypatch.setenv("VISUAL", "an-editor")
        burst(app, "E", "jj*")
        await settle(pilot, lambda: bool(lent))
        burst(app, "jjj")
        await settle(pilot, lambda: screen.list.cursor == 3)
        assert lent == ["an-editor"]
        assert not any(row.is_starred for row in screen.list.window.rows)
