"""Saved searches in the reader: listed, put in order, renamed, made rules, forgotten, all with undo; and by the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from reader_harness import burst, line_of, main_screen, press_mouse, reader, settle
from textual.pilot import Pilot

from store import Store, StoreBusyError, StoreError
from store.keeping import Searches
from tui.i18n import use
from tui.saved_rows import saved_rows
from tui.screens.main import MainScreen
from tui.screens.saved import SavedScreen
from tui.view_list import Tally, read_views
from tui.views import View

pytestmark = pytest.mark.usefixtures("english")

SAVED = (("القدس", "title:القدس"), ("بيروت", "title:بيروت"), ("رياضة", "keyword:رياضة"))


@pytest.fixture
def kept(store: Store) -> Store:
    """Three saved searches."""
    for name, query in SAVED:
        store.searches.save(name, query)
    return store


def bare(text: str) -> str:
    """Without the isolates that keep directions apart."""
    return text.translate(dict.fromkeys(map(ord, "\u2068\u2069")))


def names(store: Store) -> list[str]:
    return [one.name for one in store.searches.all()]


@asynccontextmanager
async def saved_screen(store: Store) -> AsyncIterator[tuple[Pilot[None], SavedScreen]]:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        burst(app, "V")
        await settle(
            pilot,
            lambda: isinstance(app.screen, SavedScreen) and len(app.screen.tallies) == len(names(store)),
        )
        assert isinstance(app.screen, SavedScreen)
        yield pilot, app.screen


async def test_the_saved_searches_are_listed_with_what_they_find(kept: Store) -> None:
    kept.searches.set_tag("بيروت", "مدن")
    kept.mutes.mute("رياضة", "title:القدس")
    async with saved_screen(kept) as (pilot, screen):
        details = [bare(row.detail) for row in screen.menu.rows]
        assert details == ["0", "30 / 30 · +مدن", "10 · mutes"]
        assert screen.chosen is not None
        assert screen.chosen.name == "القدس"
        burst(pilot.app, "j", "enter")  # type: ignore[arg-type]
        main = main_screen(pilot.app)  # type: ignore[arg-type]
        await settle(pilot, lambda: main.shown == View("title:بيروت", "بيروت") and main.is_current)


async def test_one_that_cannot_be_read_is_listed_too(kept: Store) -> None:
    kept.searches.save("معا", "saved:بيروت")
    kept.searches.forget("بيروت")
    async with saved_screen(kept) as (_pilot, screen):
        assert [bare(row.detail) for row in screen.menu.rows] == ["10 / 10", "20 / 20", "!"]


async def test_a_search_moves_among_the_others(kept: Store) -> None:
    async with saved_screen(kept) as (pilot, screen):
        burst(pilot.app, "J")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["بيروت", "القدس", "رياضة"])
        await settle(pilot, lambda: screen.chosen is not None and screen.chosen.name == "القدس")
        burst(pilot.app, "JJK")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["بيروت", "القدس", "رياضة"])
        burst(pilot.app, "K")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["القدس", "بيروت", "رياضة"])
        # The switcher and the sidebar have the same order.
        burst(pilot.app, "G", "K", "K")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["رياضة", "القدس", "بيروت"])
        assert [one.view.title for one in read_views(kept) if one.kind == "searches"] == names(kept)
        burst(pilot.app, "ctrl+z")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["القدس", "رياضة", "بيروت"])


async def test_a_search_is_forgotten_and_comes_back(kept: Store) -> None:
    kept.searches.save("معا", "saved:بيروت OR زيتون")
    async with saved_screen(kept) as (pilot, screen):
        burst(pilot.app, "j", "d")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["القدس", "رياضة", "معا"])
        await settle(
            pilot,
            lambda: (
                screen.status.notice
                == "forgotten: بيروت; Ctrl+Z brings it back · named by معا, which finds nothing now"
            ),
        )
        assert screen.chosen is not None
        assert screen.chosen.name == "رياضة"
        burst(pilot.app, "ctrl+z")  # type: ignore[arg-type]
        await settle(pilot, lambda: "بيروت" in names(kept) and screen.status.notice == "undone")
        # It can be undone from the panes, too.
        burst(pilot.app, "g", "d", "escape", "ctrl+z")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["القدس", "بيروت", "رياضة", "معا"])


async def test_a_search_is_renamed_and_becomes_a_rule(kept: Store) -> None:
    async with saved_screen(kept) as (pilot, screen):
        burst(pilot.app, "r", "المدينة", "enter")  # type: ignore[arg-type]
        await settle(pilot, lambda: "المدينة" in names(kept))
        await settle(pilot, lambda: screen.chosen is not None and screen.chosen.name == "المدينة")
        burst(pilot.app, "t", "+مدن", "enter")  # type: ignore[arg-type]
        await settle(pilot, lambda: kept.searches.all()[0].tag == "مدن")
        await settle(pilot, lambda: screen.status.notice.startswith("what arrives is tagged +مدن by المدينة"))
        burst(pilot.app, "t", "backspace", "enter")  # type: ignore[arg-type]
        await settle(pilot, lambda: kept.searches.all()[0].tag is None)
        burst(pilot.app, "e", "title:خبر", "enter")  # type: ignore[arg-type]
        await settle(pilot, lambda: kept.searches.all()[0].query == "title:خبر")
        # A name that is taken, and a query that cannot be read, are told, and nothing changes.
        burst(pilot.app, "r", "بيروت", "enter")  # type: ignore[arg-type]
        await settle(pilot, lambda: "another saved search has this name" in screen.status.notice)
        burst(pilot.app, "e", "(خبر", "enter")  # type: ignore[arg-type]
        await settle(pilot, lambda: "this bracket is never closed" in screen.status.notice)
        assert names(kept) == ["المدينة", "بيروت", "رياضة"]


async def test_a_click_beside_its_question_closes_it(kept: Store) -> None:
    async with saved_screen(kept) as (pilot, screen):
        burst(pilot.app, "r", "x")  # type: ignore[arg-type]
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.value == "x")
        press_mouse(pilot.app, 50, 20)  # type: ignore[arg-type]
        await settle(pilot, lambda: screen.prompt is None and screen.focused is screen.menu)
        assert names(kept) == ["القدس", "بيروت", "رياضة"]


@asynccontextmanager
async def panes(store: Store) -> AsyncIterator[tuple[Pilot[None], MainScreen]]:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        yield pilot, main_screen(app)


async def test_by_the_command_line(kept: Store) -> None:
    async with panes(kept) as (pilot, main):
        app = main.app
        burst(app, ":", "rename القدس = المدينة", "enter")
        await settle(pilot, lambda: names(kept) == ["المدينة", "بيروت", "رياضة"] or "المدينة" in names(kept))
        burst(app, ":", "auto-tag رياضة = لعب", "enter")
        await settle(pilot, lambda: kept.searches.all()[2].tag == "لعب")
        burst(app, ":", "forget بيروت", "enter")
        await settle(pilot, lambda: "بيروت" not in names(kept))
        assert main.status.notice == "forgotten: بيروت; Ctrl+Z brings it back"
        burst(app, "ctrl+z", "ctrl+z", "ctrl+z")
        await settle(pilot, lambda: names(kept) == ["القدس", "بيروت", "رياضة"])
        assert kept.searches.all()[2].tag is None
        burst(app, ":", "forget لا شيء", "enter")
        await settle(pilot, lambda: main.status.notice == "no saved search لا شيء")
        burst(app, ":", "forget", "enter")
        await settle(pilot, lambda: main.status.notice == "which one? :forget NAME")


async def test_an_order_is_undone_without_one_that_another_process_forgot(kept: Store) -> None:
    async with saved_screen(kept) as (pilot, _screen):
        burst(pilot.app, "J")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["بيروت", "القدس", "رياضة"])
        burst(pilot.app, "J")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["بيروت", "رياضة", "القدس"])
        kept.searches.forget("رياضة")
        burst(pilot.app, "ctrl+z", "ctrl+z")  # type: ignore[arg-type]
        await settle(pilot, lambda: names(kept) == ["القدس", "بيروت"])


async def test_what_cannot_be_undone_is_told_and_does_not_keep_back_what_was_done_before(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_about: object) -> None:
        raise error

    async with panes(kept) as (pilot, main):
        app = main.app
        burst(app, ":", "forget بيروت", "enter")
        await settle(pilot, lambda: "بيروت" not in names(kept))
        burst(app, ":", "forget رياضة", "enter")
        await settle(pilot, lambda: names(kept) == ["القدس"])
        # A store that is busy is asked again; what is refused is let go.
        with monkeypatch.context() as patch:
            patch.setattr(Searches, "take_back", refuse)
            error: StoreError = StoreBusyError("the store is busy")
            burst(app, "ctrl+z")
            await settle(pilot, lambda: main.status.notice == "the store is busy")
            error = StoreError("there is another")
            burst(app, "ctrl+z")
            await settle(pilot, lambda: main.status.notice == "there is another")
        burst(app, "ctrl+z")
        await settle(pilot, lambda: main.status.notice == "undone")
        assert names(kept) == ["القدس", "بيروت"]


async def test_the_one_that_is_shown_needs_no_name(kept: Store) -> None:
    async with panes(kept) as (pilot, main):
        app = main.app
        main.switch_to(View("title:بيروت", "بيروت"))
        await settle(pilot, lambda: len(main.list.window.rows) == 30)
        burst(app, ":", "rename العاصمة", "enter")
        await settle(pilot, lambda: main.shown.title == "العاصمة" and main.status.place.startswith("العاصمة"))
        burst(app, ":", "auto-tag مدن", "enter")
        await settle(pilot, lambda: [one.tag for one in kept.searches.all()] == ["مدن", None, None])
        burst(app, "ctrl+z", "ctrl+z")
        await settle(pilot, lambda: main.shown.title == "بيروت")
        burst(app, ":", "forget", "enter")
        await settle(pilot, lambda: names(kept) == ["القدس", "رياضة"])
        # The view is still there, to be saved again.
        assert len(main.list.window.rows) == 30
        burst(app, ":", "save ثانية", "enter")
        await settle(pilot, lambda: "ثانية" in names(kept))
        # It is the one that is shown now.
        burst(app, ":", "auto-tag مدن", "enter")
        await settle(pilot, lambda: [one.tag for one in kept.searches.all()] == [None, "مدن", None])
        burst(app, "ctrl+z", "ctrl+z")
        await settle(pilot, lambda: "ثانية" not in names(kept))


async def test_names_and_tags_are_completed(kept: Store) -> None:
    kept.change_tags([1], add=["مدن"])
    async with panes(kept) as (_pilot, main):
        completers = main.completers()
        assert list(completers["forget"]("ب", 1)) == ["بيروت"]
        assert list(completers["rename"]("", 0)) == ["القدس = ", "بيروت = ", "رياضة = "]
        assert list(completers["rename"]("بيروت = ", 8)) == []
        assert list(completers["auto-tag"]("بيروت = م", 9)) == ["بيروت = مدن"]


def test_a_row_says_all_there_is_to_a_search(kept: Store) -> None:
    searches = kept.searches.all()
    rows = saved_rows(searches, {"القدس": Tally(10, 3), "بيروت": None})
    assert [bare(row.detail) for row in rows] == ["3 / 10", "!", "…"]
    assert rows[0].text == "\u2068القدس\u2069 · \u2068title:القدس\u2069"


@pytest.mark.parametrize(("language", "back"), [("ar", "→"), ("en", "Esc")])
async def test_the_way_back_is_told_at_eighty_columns(kept: Store, language: str, back: str) -> None:
    use(language)
    for number in range(9):
        kept.searches.save(f"بحث {number}", "خبر")
    app = reader(kept, lang=language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, "V")
        await settle(pilot, lambda: isinstance(app.screen, SavedScreen))
        burst(app, "G")
        await settle(pilot, lambda: app.screen.status.place in ("12 of 12", "١٢ من ١٢"))
        line = line_of(app.screen.status)
        assert " e " in line
        assert f" {back} " in line


async def test_what_it_finds_is_told_also_where_its_tag_has_no_room(kept: Store) -> None:
    kept.searches.set_tag("بيروت", "اسم طويل لوسم لا يكاد يتسع له سطر كامل في نافذة ضيقة")
    app = reader(kept)
    async with app.run_test(size=(50, 20)) as pilot:
        await settle(pilot)
        burst(app, "V")
        await settle(pilot, lambda: isinstance(app.screen, SavedScreen) and len(app.screen.tallies) == 3)
        drawn = line_of(app.screen.menu, 1)
        assert "30 / 30" in drawn
        assert "…" in drawn
