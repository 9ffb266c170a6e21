"""The list of what could be meant, in the reader: shaped, in order, above the field."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, paste, reader, settle

from store import Store

pytestmark = pytest.mark.usefixtures("arabic")

# رياضة, سياسة and اقتصاد in presentation forms from left to right, worked out by hand.
SPORT = "\ufe94\ufebf\ufe8e\ufef3\ufead"
POLITICS = "\ufe94\ufeb3\ufe8e\ufef4\ufeb3"
ECONOMY = "\ufea9\ufe8e\ufebc\ufe98\ufed7\ufe8d"


async def test_tab_lists_the_tags_and_the_arrows_choose(store: Store) -> None:
    for article, tag in ((1, "رياضة"), (2, "سياسة"), (3, "اقتصاد")):
        store.change_tags([article], add=[tag])
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        screen = main_screen(app)
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        assert screen.prompt is not None
        shown, field = screen.prompt.candidates, screen.prompt.field
        await paste(pilot, "+")
        assert not shown.display
        await pilot.press("tab")
        await settle(pilot, lambda: shown.display and shown.size.height == 4)
        rows = [line_of(shown, y) for y in range(4)]
        assert all(
            any(word in row for row in rows) for word in (SPORT + "+", POLITICS + "+", ECONOMY + "+")
        ), rows
        # The count stands at the far end of the bar above, which is the left here.
        assert rows[0].startswith(" ٣ \ufee6\ufee3 ١ ")
        first = field.value
        await pilot.press("down")
        assert field.value != first
        assert shown.choice is not None
        assert shown.choice.place == 1
        await pilot.press("escape")
        await settle(pilot, lambda: not shown.display)
        assert field.value == "+"
        await pilot.press("tab")
        await settle(pilot, lambda: shown.display and shown.size.height == 4)
        await pilot.click(shown, offset=(60, 3))
        await settle(pilot, lambda: field.value != first)
        assert shown.choice is not None
        assert shown.choice.place == 2


async def test_one_candidate_is_put_in_without_a_list(store: Store) -> None:
    store.change_tags([1], add=["رياضة"])
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        screen = main_screen(app)
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        assert screen.prompt is not None
        await paste(pilot, "+ري")
        await pilot.press("tab")
        assert screen.prompt.field.value.startswith("+رياضة")
        assert not screen.prompt.candidates.display
