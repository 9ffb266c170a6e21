"""The switcher and the sidebar: every view by name, counts that are right, and the list that follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reader_harness import line_of, main_screen, reader, records, settle

from store import Facets, Store
from tui.screens.views import ViewsScreen
from tui.view_list import Choice, bars, facet_rows
from tui.views import View

pytestmark = pytest.mark.usefixtures("english")


def details(screen: ViewsScreen) -> dict[str, str]:
    return {row.text: row.detail for row in screen.menu.rows if row.is_choosable}


async def test_all_kinds_of_views_with_their_counts(store: Store) -> None:
    store.change_tags([1, 2, 3], add=["مهم"])
    store.set_unread([1, 2], False)
    store.views.save_search("المدينة", "القدس")
    app = reader(store)
    async with app.run_test(size=(100, 50)) as pilot:
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot, lambda: isinstance(app.screen, ViewsScreen))
        screen = app.screen
        await settle(pilot, lambda: details(screen).get("Feb 2024") not in (None, "…"))
        found = details(screen)
        assert found["All"] == "38 / 40"
        assert found["Unread"] == "38 / 38"
        assert found["Untagged"] == "37 / 37"
        # Articles 1, 2 and 3 of the archive are numbers 0, 1, 2: one of each outlet, two of them read.
        assert found["#مهم"] == "1 / 3"
        assert found["الشرق الأوسط"] == "12 / 13"
        assert found["المدينة"] == "9 / 10"
        assert found["Jan 2024"] == "26 / 28"
        assert found["رويترز"] == "7 / 8"
        headings = [row.text for row in screen.menu.rows if not row.is_choosable]
        assert headings == ["Saved searches", "Tags", "Outlets", "Agencies", "Months", "Keywords"]


async def test_typing_narrows_and_enter_shows_the_view(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("v")
        await settle(pilot, lambda: isinstance(app.screen, ViewsScreen))
        await settle(pilot, lambda: len(details(app.screen)) > 10)
        await pilot.press(*"صدي")
        await settle(pilot, lambda: details(app.screen).get("صدى البلد") == "13 / 13")
        await pilot.press("enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 13)
        assert main.shown == View('source:"صدى البلد"', "صدى البلد")
        # Everything else works on a view: here its unread ones are marked read.
        await pilot.press("A")
        await settle(pilot, lambda: main.prompt is not None)
        await pilot.press("enter")
        await settle(pilot, lambda: store.count(store.parse("is:unread")) == 27)
        await pilot.press("escape")
        await settle(pilot, lambda: len(main.list.window.rows) == 40)


async def test_views_are_found_by_english_names_in_an_arabic_interface(store: Store, arabic: None) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("v", *"starred")
        await settle(pilot, lambda: isinstance(app.screen, ViewsScreen) and len(details(app.screen)) >= 1)
        assert app.screen.menu.current.value.view.query == "is:starred"


async def test_a_keyword_that_is_not_among_the_latest_is_found_by_typing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.views._RECENT", 1)
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("v", *"رياض")
        await settle(pilot, lambda: details(app.screen).get("رياضة") == "20 / 20")


async def test_the_sidebar_stands_beside_the_list_where_there_is_room(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await settle(pilot, lambda: main.sidebar is not None and bool(main.sidebar.tallies))
        sidebar = main.sidebar
        assert sidebar.region.x + sidebar.region.width == 160
        assert "40 / 40" in line_of(sidebar, 0)
        await pilot.press("w")
        await settle(pilot)
        assert not sidebar.display
        await pilot.press("w")
        await settle(pilot)
        assert sidebar.display
        # Tab reaches it, j and Enter choose in it, Esc leaves it.
        await pilot.press("tab")
        await settle(pilot)
        assert sidebar.has_focus
        await pilot.press("escape")
        await settle(pilot)
        assert main.list.has_focus
        await pilot.press("tab", "j", "j", "enter")
        await settle(pilot, lambda: main.shown.query == "is:starred")
        await pilot.press("escape")
        await settle(pilot, lambda: main.shown.query == "")
        # A click shows the view; a row under the first heading (Outlets) is an outlet.
        index = next(i for i, row in enumerate(sidebar.rows) if row.text == "الجزيرة")
        await pilot.click(sidebar, offset=(20, index))
        await settle(pilot, lambda: len(main.list.window.rows) == 14)
        assert main.list.has_focus


async def test_the_sidebar_shows_what_a_search_found(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: main.sidebar is not None and main.sidebar.facets is not None)
        assert main.sidebar.top == 0
        assert main.sidebar.rows[0].text == "Over time"
        texts = {row.text: row for row in reversed(main.sidebar.rows)}
        assert texts["الجزيرة"].detail == "4"
        assert texts["Jan 2024"].detail == "7"
        line, ends = main.sidebar.rows[1:3]
        assert set(line.text) <= set(" ▁▂▃▄▅▆▇█")
        assert "█" in line.text
        assert (ends.text, ends.detail) != ("", "")
        await pilot.press("escape")
        await settle(pilot, lambda: main.sidebar.facets is None)


async def test_esc_goes_back_from_a_facet_to_the_search_it_narrowed(store: Store) -> None:
    """Ten have the word, four of them are of the outlet; one step back for each step in."""
    app = reader(store)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: main.sidebar is not None and main.sidebar.facets is not None)
        await pilot.press("j")

        async def narrow(text: str) -> None:
            assert main.sidebar is not None
            index = next(i for i, row in enumerate(main.sidebar.rows) if row.text == text)
            await pilot.click(main.sidebar, offset=(20, index))
            await settle(
                pilot, lambda: main.sidebar is not None and main.sidebar.facets[0].query.startswith("القدس ")
            )

        await narrow("الجزيرة")
        await narrow("Jan 2024")
        await settle(pilot, lambda: len(main.views) == 4)
        assert main.shown.query == 'القدس source:"الجزيرة" on:2024-01'
        await pilot.press("escape")
        await settle(
            pilot, lambda: main.shown.query == 'القدس source:"الجزيرة"' and len(main.list.window.rows) == 4
        )
        await pilot.press("escape")
        await settle(pilot, lambda: main.shown.query == "القدس" and len(main.list.window.rows) == 10)
        assert main.list.cursor == 1
        await pilot.press("escape")
        await settle(pilot, lambda: len(main.views) == 1)


def test_a_facet_narrows_all_that_a_search_finds() -> None:
    facets = Facets((("الجزيرة", 2),), (), (), 2, False)
    rows = [row for row in facet_rows(facets, "شويغو OR بوتين") if isinstance(row.value, Choice)]
    assert [row.value.view.query for row in rows] == ['(شويغو OR بوتين) source:"الجزيرة"']
    rows = [row for row in facet_rows(facets, "شويغو بوتين") if isinstance(row.value, Choice)]
    assert [row.value.view.query for row in rows] == ['شويغو بوتين source:"الجزيرة"']


async def test_no_sidebar_on_a_narrow_screen(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert main_screen(app).sidebar is None
        await pilot.press("w")
        assert "150" in main_screen(app).status.notice


async def test_zen_measure_justify_density_and_sort(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        await pilot.press("z")
        await settle(pilot)
        assert (main.list.display, main.status.display, main.view.size.width) == (False, False, 120)
        await pilot.press("escape")
        await settle(pilot)
        assert main.list.display
        assert main.status.display
        before = main.view.measure
        await pilot.press("-")
        assert main.view.measure < before
        narrower = main.view.measure
        await pilot.press("+")
        assert main.view.measure == narrower + 4
        await pilot.press("escape", "comma", "d")
        await settle(pilot)
        assert main.list.row_height == 1
        await pilot.press("/", *"خبر", "enter")
        await settle(pilot, lambda: main.shown.query == "خبر")
        await pilot.press("comma", "s")
        await settle(pilot, lambda: main.shown.query == "خبر sort:relevance")
        await pilot.press("comma", "s")
        for order in ("oldest", "outlet", "title", "added"):
            await settle(pilot, lambda order=order: main.shown.query == f"خبر sort:{order}")
            await pilot.press("comma", "s")
        await settle(pilot, lambda: main.shown.query == "خبر")


async def test_details_show_what_changed(store: Store, tmp_path: Path) -> None:
    record = {**records()[39], "body": ["فقرة جديدة من الخبر 39.", "فقرة ثانية أطول قليلا.", "وفقرة ثالثة."]}
    changed = tmp_path / "articles.jsonl"
    changed.write_text(json.dumps(record, ensure_ascii=False))
    assert store.import_paths([changed]).changed == 1
    app = reader(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot, lambda: app.screen is not main_screen(app))
        blocks = app.screen.page.blocks
        texts = [block.text for block in blocks]
        assert "1 former text" in texts
        old = next(block for block in blocks if block.text == "− فقرة أولى من الخبر 39.")
        new = next(block for block in blocks if block.text == "+ فقرة جديدة من الخبر 39.")
        assert [old.text[span.start : span.end] for span in old.spans] == ["− ", "أولى"]
        assert [new.text[span.start : span.end] for span in new.spans] == ["+ ", "جديدة"]
        assert "+ وفقرة ثالثة." in texts
        assert not any("ثانية" in text for text in texts if text[0] in "+−")


async def test_details_of_an_article(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot, lambda: app.screen is not main_screen(app))
        texts = [block.text.translate({0x2068: None, 0x2069: None}) for block in app.screen.page.blocks]
        assert texts[0] == "خبر رقم 39 عن مدينة بيروت"
        assert "Outlet: الجزيرة" in texts
        assert "Address: https://example.org/39" in texts
        await pilot.press("i")
        await settle(pilot, lambda: app.screen is main_screen(app))


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ((20, 5), "ar"),
        ((60, 20), "en"),
        ((80, 24), "ar"),
        ((100, 30), "en"),
        ((120, 40), "ar"),
        ((200, 60), "en"),
    ],
)
async def test_no_screen_fails_or_leaves_its_lines_in_any_size(
    store: Store, size: tuple[int, int], language: str, request: pytest.FixtureRequest
) -> None:
    if language == "ar":
        request.getfixturevalue("arabic")
    app = reader(store)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys in (
            ("v",),
            ("ctrl+p",),
            ("Y",),
            ("i",),
            (":",),
            ("comma",),
            ("|",),
            ("e",),
            ("enter",),
            ("z",),
        ):
            await pilot.press(*keys)
            await settle(pilot)
            for widget in app.screen.query("*"):
                if widget.display and widget.size.width and hasattr(type(widget), "render_line"):
                    for y in range(widget.size.height):
                        assert widget.render_line(y).cell_length in (0, widget.size.width), (keys, widget)
            await pilot.press("escape")
            await settle(pilot)


async def test_resizing_while_reading_keeps_the_place(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 8)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        await pilot.press("j", "j", "j")
        place = main.view.place
        for size in ((60, 6), (160, 8), (20, 5), (100, 8)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert main.view.place == place
        assert main.is_article_in_front


@pytest.mark.parametrize(
    ("counts", "picture"),
    [([1, 2, 4, 8], "▁▂▄█"), ([0, 5], " █"), ([], ""), ([0], " "), ([1] * 48, "█" * 24)],
)
def test_bars(counts: list[int], picture: str) -> None:
    assert bars(counts) == picture
