"""What is typed while a field is on its way goes into it in the order in which it was typed."""

from __future__ import annotations

import pytest
from reader_harness import main_screen, reader, settle
from textual import events

from store import Store

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
        app.hands._holds(events.Key("ك", "ك"))
        app.hands._holds(events.Key("و", "و"))
        assert await app.hands.take(app, events.Key("ر", "ر"))
        app.hands.release(field)
        await settle(pilot, lambda: field.value == "كور")
        # From now on they go straight to the field.
        assert not await app.hands.take(app, events.Key("ي", "ي"))
