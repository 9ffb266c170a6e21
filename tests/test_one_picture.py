"""What a key changes is on the screen in one picture, and nothing that was drawn before stays where it does not hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reader_harness import line_of, main_screen, reader, records, sent, settle
from textual.pilot import Pilot

from store import Store
from tui.app import NewsReaderApp
from tui.screen_bytes import Changes


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Forty articles."""
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records()), "utf-8")
    found = Store(tmp_path / "test.db")
    found.import_paths([source])
    return found


def pictures(app: NewsReaderApp, monkeypatch: pytest.MonkeyPatch) -> list[Changes]:
    """The pictures that are sent from now on, those of which nothing is left to send not among them."""
    found: list[Changes] = []
    thin = app.memory.thin

    def counting(update: Any, width: int = 0) -> Any:
        changes = thin(update, width)
        if changes is not None:
            found.append(changes)
        return changes

    monkeypatch.setattr(app.memory, "thin", counting)
    return found


async def rested(pilot: Pilot[Any]) -> None:
    """Until all is drawn that is drawn ahead."""
    screen = main_screen(pilot.app)  # type: ignore[arg-type]
    panes = [pane for pane in (screen.list, screen.view) if pane._turns is not None]
    await settle(pilot, lambda: not any(pane._turns._active.is_set() for pane in panes if pane._turns))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_opening_and_going_back_are_one_picture_each(
    store: Store, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    app = reader(store)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        found = pictures(app, monkeypatch)
        await pilot.press("enter")
        await settle(pilot, lambda: bool(screen.view.blocks) and screen.view.has_focus)
        assert len(found) == 1
        assert any("فقرة" in screen.view.blocks[n].text for n in range(len(screen.view.blocks)))
        # The share of the article that is shown is known with the article.
        assert "%" in screen.status.place
        del found[:]
        await pilot.press("escape")
        await settle(pilot, lambda: screen.list.has_focus)
        assert len(found) == 1


async def test_a_page_of_the_list_and_of_the_article_is_one_picture(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = reader(store)
    async with app.run_test(size=(40, 8)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        found = pictures(app, monkeypatch)
        await pilot.press("space")
        await settle(pilot, lambda: screen.list.top > 0)
        assert len(found) == 1
        await pilot.press("enter")
        await settle(pilot, lambda: bool(screen.view.blocks) and screen.view.has_focus)
        del found[:]
        before = screen.status.place
        await pilot.press("space")
        await settle(pilot, lambda: screen.view.top > 0)
        # The page and the share that is read change together.
        assert screen.status.place != before
        assert len(found) == 1


async def test_the_list_stays_where_it_was_while_one_reads_on(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("j", "j", "j", "enter")
        await settle(pilot, lambda: screen.view.has_focus and bool(screen.view.blocks))
        opened = screen.article
        await pilot.press("]")
        await settle(pilot, lambda: screen.article is not opened)
        await pilot.press("escape")
        await settle(pilot, lambda: screen.list.has_focus)
        # Row 4 has been in sight all the time: nothing was to be scrolled.
        assert (screen.list.cursor, screen.list.top) == (4, 0)


async def test_what_was_drawn_ahead_is_what_is_drawn(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await rested(pilot)
        drawn = set(screen.list._drawn._strips)
        await pilot.press("space")
        await settle(pilot, lambda: screen.list.top > 0)
        shown = [line_of(screen.list, y) for y in range(screen.list.size.height)]
        screen.list._drawn.clear()
        assert shown == [line_of(screen.list, y) for y in range(screen.list.size.height)]
        # All rows of the page but the one that has the cursor were there before it was asked for.
        there = {key for key in screen.list._drawn._strips if key in drawn}
        assert len(there) >= screen.list.size.height - 4


async def test_a_row_drawn_ahead_is_drawn_anew_when_it_changes(store: Store, tmp_path: Path) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await rested(pilot)
        far = screen.list.window.rows[15]
        other = Store(tmp_path / "test.db")
        other.change_tags([far.id], add=["جديد"])
        await settle(pilot, lambda: bool(screen.list.window.rows[15].tags))
        await pilot.press("space")
        await settle(pilot, lambda: screen.list.top > 0)
        assert any("ﺪﻳﺪﺟ" in line for line in sent(app))
        other.close()


async def test_other_colours_hold_for_what_was_drawn_before(store: Store) -> None:
    app = reader(store, theme="night")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await rested(pilot)
        before = screen.list.render_line(0)
        app.use_palette("paper")
        after = screen.list.render_line(0)
        assert before.text == after.text
        assert [segment.style for segment in before] != [segment.style for segment in after]
