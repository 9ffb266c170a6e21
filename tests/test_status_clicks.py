"""The mouse on the status line: a hint is its key, in either direction of the interface."""

from __future__ import annotations

import pytest
from reader_harness import main_screen, reader, settle
from textual.widget import Widget

from store import Store
from tui.app import NewsReaderApp


def column_of(app: NewsReaderApp, key: str) -> int:
    """The first column on which the hint of a key stands, as the row itself is drawn."""
    status = main_screen(app).status
    columns = [x for x, one in status._clickable.items() if one == key]
    row = "".join(segment.text for segment in status.render_line(0))
    # The key itself is among them: what is clicked is what is seen.
    assert key in {row[x] for x in columns}
    return columns[0]


@pytest.mark.parametrize("language", ["english", "arabic"])
async def test_a_click_on_a_hint_is_its_key(
    store: Store, language: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(language)
    app = reader(store)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.click(Widget, offset=(column_of(app, "/"), 23))
        await settle(pilot, lambda: getattr(app.focused, "takes_text", False))
        await pilot.press("escape")
        await settle(pilot, lambda: app.focused is screen.list)
        # The keys that would go on from a first one are hints, too.
        before = screen.list.density
        await pilot.press("comma")
        await settle(pilot)
        await pilot.click(Widget, offset=(column_of(app, "d"), 23))
        await settle(pilot, lambda: screen.list.density != before)


@pytest.mark.usefixtures("english")
async def test_a_click_takes_a_notice_away(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        status = main_screen(app).status
        status.tell("something happened")
        await pilot.pause()
        await pilot.click(Widget, offset=(5, 23))
        await settle(pilot, lambda: status.notice == "")
