"""What is typed while a field is on its way goes into it in the order in which it was typed."""

from __future__ import annotations

import asyncio
import time

import pytest
from reader_harness import main_screen, reader, settle
from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

from store import Article, Store, StoreError
from tui import gate

pytestmark = pytest.mark.usefixtures("arabic")


async def test_a_letter_that_comes_when_the_field_has_the_keys_waits_for_those_before(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("/")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        assert screen.prompt is not None
        field = screen.prompt.field
        # As it is between the focus and the message that tells of it: two letters are kept, a third comes.
        app.hands.hold()
        for letter in "كور":
            app.post_message(events.Key(letter, letter))
        await settle(pilot)
        assert field.value == ""
        app.hands.release(field)
        await settle(pilot, lambda: field.value == "كور")
        # From now on they go straight to the field.
        app.post_message(events.Key("ي", "ي"))
        await settle(pilot, lambda: field.value == "كوري")


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


async def test_the_gate_opens_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LONGEST", 0.01)
    made = gate.Gate()
    made.close()
    await made.passed()
    await made.passed()
    made.close()
    waiting = asyncio.ensure_future(made.passed())
    made.open()
    await waiting
