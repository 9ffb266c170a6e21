"""Muting in the reader: the view goes, the status line says how many, undo brings them back; marked where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader_harness import main_screen, paste, reader, settle
from textual.pilot import Pilot

from store import Store
from tui.app import NewsReaderApp
from tui.details import details
from tui.related_rows import related_rows
from tui.story_rows import StoryView, story_rows
from tui.view_list import read_views
from tui.views import View

pytestmark = pytest.mark.usefixtures("english")


async def command(pilot: Pilot[None], text: str) -> None:
    main = main_screen(pilot.app)  # type: ignore[arg-type]
    await pilot.press(":")
    await settle(pilot, lambda: main.prompt is not None)
    await paste(pilot, text)
    await pilot.press("enter")


def total(app: NewsReaderApp) -> int | None:
    share = main_screen(app).list.share
    return share[1] if share else None


async def test_a_view_is_muted_and_undo_brings_it_back(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await command(pilot, "mute مدينة")
        await settle(pilot, lambda: main.status.notice == "search for something first, then mute it")
        main.open_view(View("القدس", "القدس"))
        await settle(pilot, lambda: total(app) == 10)
        await command(pilot, "mute مدينة")
        await settle(pilot, lambda: main.status.notice == "muted by مدينة: 10 articles")
        await settle(pilot, lambda: not main.list.window.rows and "10 muted" in main.place_words())
        main.switch_to(View("", "All"))
        await settle(pilot, lambda: total(app) == 30 and "10 muted" in main.place_words())
        main.open_view(View("is:muted", "Muted"))
        await settle(pilot, lambda: total(app) == 10)
        assert main.muted == 0
        # A star on a muted row is shown in it at once.
        await pilot.press("*")
        await settle(pilot, lambda: bool(main.list.current and main.list.current.is_starred))
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: bool(main.list.current and not main.list.current.is_starred))
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: store.muted() == 0 and not main.list.window.rows)
        assert store.mutes.rules() == ()


async def test_a_rule_ends_in_the_reader_and_undo_makes_it_again(store: Store) -> None:
    store.mutes.mute("مدينة", "القدس")
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot, lambda: total(app) == 30)
        main = main_screen(app)
        assert "10 muted" in main.place_words()
        assert main.completers()["unmute"]("مد", 2) == ["مدينة"]
        await command(pilot, "unmute مدينة")
        await settle(pilot, lambda: total(app) == 40 and main.muted == 0)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: total(app) == 30 and main.muted == 10)
        await command(pilot, "unmute أخرى")
        await settle(pilot, lambda: main.status.is_error)


async def test_typing_a_search_tells_how_many_are_left_out(store: Store) -> None:
    store.mutes.mute("مدينة", "القدس")
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس")
        await settle(
            pilot,
            lambda: (
                main.prompt is not None and main.prompt.note.text.endswith("0 articles · 10 muted left out")
            ),
        )


def test_the_view_of_muted_articles_is_there_where_any_are(store: Store) -> None:
    assert "is:muted" not in [choice.view.query for choice in read_views(store)]
    store.mutes.mute("مدينة", "القدس")
    assert "is:muted" in [choice.view.query for choice in read_views(store)]


def test_related_story_and_details_mark_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.import_paths([Path(__file__).parent.parent / "seeds"])
    first = next(one for one in range(1, 10) if store.related(one))
    other = store.related(first)[0].id
    store.mutes.mute("عنوان", f'title:"{store.article(other).title}"')
    rows = related_rows(store.related(first), "", None, 0)
    place = next(index for index, row in enumerate(rows) if row.value == other)
    assert "muted" in rows[place + 1].text
    shown = [row.text for row in story_rows(store.story(other), StoryView(other, 0))]
    assert any("\u2068muted\u2069" in text for text in shown)
    told = [block.text for block in details(store.article(other), ())]
    assert any("Muted by" in text and "عنوان" in text for text in told)
    store.close()
