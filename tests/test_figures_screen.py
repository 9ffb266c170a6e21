"""The screen of figures: counted beside the picture, drawn in the direction of the interface, each a way to its articles."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, reader, settle
from seeds_harness import shown

from store import Store
from tui.figure_rows import FigureRow, SparkRow
from tui.screens.figures import FiguresScreen


def rows(app: object) -> dict[str, FigureRow]:
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, FiguresScreen)
    # The sections about who is first name outlets once more.
    return {row.text: row for row in reversed(screen.menu.rows) if isinstance(row, FigureRow)}


@pytest.mark.usefixtures("english")
async def test_the_figures_and_the_way_to_the_articles(store: Store) -> None:
    store.change_tags([1, 2], add=["أ"])
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("%")
        await settle(pilot, lambda: isinstance(app.screen, FiguresScreen) and bool(app.screen.menu.rows))
        found = rows(app)
        assert (found["All"].count, found["Unread"].count) == (40, 40)
        assert found["Mon 12 Feb 2024"].count == 1
        assert (found["الجزيرة"].count, found["أ"].count) == (14, 2)
        assert app.screen.status.place == "40 articles"
        line = line_of(app.screen.menu, 0)
        # The name, the number, and a whole bar to the end.
        assert line.startswith("  All ")
        assert "40 ▆" in line
        assert line[:-1].endswith("▆ ")
        # Months instead of days, then years.
        await pilot.press("p")
        await settle(pilot, lambda: "Feb 2024" in rows(app))
        assert rows(app)["Jan 2024"].count == 28
        await pilot.press("p")
        await settle(pilot, lambda: "2024" in rows(app))
        spark = next(row for row in app.screen.menu.rows if isinstance(row, SparkRow))
        assert spark.counts == (40,)
        app.screen.menu.move_to(next(i for i, row in enumerate(app.screen.menu.rows) if row.text == "أ"))
        await pilot.press("enter")
        await settle(pilot, lambda: main_screen(app).status.place == "أ · 1 of 2")


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize("width", [40, 60, 100])
async def test_in_arabic_all_of_it_begins_at_the_right(store: Store, width: int) -> None:
    app = reader(store)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        await pilot.press("%")
        await settle(pilot, lambda: isinstance(app.screen, FiguresScreen) and bool(app.screen.menu.rows))
        line = line_of(app.screen.menu, 0)
        assert len(line) == width
        assert shown(app.screen.menu)[0].startswith("الكل")
        # The bar grows from the numbers to the left, to the edge.
        assert line[1:].startswith(" ▆")
        assert "▆ ٤٠" in line


@pytest.mark.usefixtures("english")
async def test_an_empty_archive_has_figures_too(tmp_path: object) -> None:
    store = Store(tmp_path / "s.db")  # type: ignore[operator]
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("%")
        await settle(pilot, lambda: isinstance(app.screen, FiguresScreen) and bool(app.screen.menu.rows))
        assert rows(app)["All"].count == 0
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is main_screen(app))
    store.close()
