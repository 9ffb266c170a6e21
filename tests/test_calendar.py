"""The archive by days: counts, shades, the way of the cursor, and what is chosen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_harness import line_of, main_screen, reader, settle

from store import Days, Store
from tui.heatmap import SHADES, Spot, busiest_near, length, levels, moved, query, shade
from tui.screens.calendar import CalendarScreen
from tui.screens.main import MainScreen

JANUARY = Days("2024-01", (3, *([0] * 29), 8))
FEBRUARY = Days("2024-02", (0, 1, *([0] * 29)), undated=2)
MONTHS = (FEBRUARY, JANUARY)


def archive(tmp_path: Path, *published: str | None) -> Store:
    store = Store(tmp_path / "days.db")
    source = tmp_path / "days.jsonl"
    source.write_text(
        "\n".join(
            json.dumps(
                {
                    "title": f"خبر {n} {when}",
                    "body": [f"نص رقم {n}."],
                    "published": when,
                    "url": f"https://x.org/{n}",
                }
            )
            for n, when in enumerate(published)
        )
    )
    store.import_paths([source])
    return store


def test_days_are_counted_by_month(tmp_path: Path) -> None:
    store = archive(
        tmp_path,
        "2024-01-31T23:59:00Z", "2024-02-01T00:00:00Z", "2024-02-29T12:00:00Z", "2024-02-29T13:00:00Z",
        "2024-02", "2023-12-05T01:00:00Z", "2021", None,
    )  # fmt: skip
    assert [one.name for one in store.views.months()][:3] == ["2024-02", "2024-01", "2023-12"]
    found = store.views.days("2023-12", "2024-02")
    assert [(one.month, one.total) for one in found] == [("2024-02", 4), ("2024-01", 1), ("2023-12", 1)]
    february = found[0]
    assert (february.counts[0], february.counts[28], february.undated) == (1, 2, 1)
    assert found[1].counts[30] == 1
    # A day of the map is what the query of that day finds.
    assert store.count(store.parse("on:2024-02-29")) == 2
    store.close()


def test_shades_go_by_rank() -> None:
    month = Days("2024-01", (1, 2, 3, 4, 1000, *([0] * 26)))
    bounds = levels([month])
    assert [shade(count, bounds) for count in (0, 1, 2, 3, 4, 1000)] == [" ", "░", "░", "▒", "▓", "█"]
    assert shade(5, levels([])) in SHADES


@pytest.mark.parametrize(
    ("spot", "days", "rows", "there"),
    [
        (Spot(1, 30), 1, 0, Spot(1, 31)),
        # The newest month stands first: the day after 31 January is 1 February, in the row above.
        (Spot(1, 31), 1, 0, Spot(0, 1)),
        (Spot(0, 1), -1, 0, Spot(1, 31)),
        (Spot(0, 29), 1, 0, Spot(0, 29)),
        (Spot(1, 1), -1, 0, Spot(1, 1)),
        # 2024 is a leap year: from the 31st one comes to the 29th.
        (Spot(1, 31), 0, -1, Spot(0, 29)),
        (Spot(0, 5), 0, 9, Spot(1, 5)),
    ],
)
def test_where_the_cursor_goes(spot: Spot, days: int, rows: int, there: Spot) -> None:
    assert moved(MONTHS, spot, days, rows) == there


@given(st.integers(0, 1), st.integers(1, 31), st.integers(-70, 70), st.integers(-3, 3))
def test_the_cursor_stays_on_the_map(row: int, day: int, days: int, rows: int) -> None:
    spot = moved(MONTHS, Spot(row, day), days, rows)
    assert 0 <= spot.row < len(MONTHS)
    assert 1 <= spot.day <= length(MONTHS[spot.row])


def test_what_is_asked_for() -> None:
    assert query(MONTHS, Spot(1, 5), is_month=False) == "on:2024-01-05"
    assert query(MONTHS, Spot(0, 5), is_month=True) == "on:2024-02"
    assert busiest_near(MONTHS, Spot(1, 1)) == Spot(1, 31)
    assert busiest_near(MONTHS, Spot(0, 1)) == Spot(0, 2)


@pytest.mark.usefixtures("english")
async def test_a_day_is_chosen_in_the_reader(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        # The harness has a report a day: 28 in January, 12 in February 2024.
        await pilot.press("C")
        await settle(
            pilot, lambda: isinstance(app.screen, CalendarScreen) and len(app.screen.map.months) == 2
        )
        calendar = app.screen
        assert isinstance(calendar, CalendarScreen)
        assert calendar.map.spot == Spot(0, 12)
        assert "12 Feb 2024" in calendar.status.place
        assert "1 article" in calendar.status.place
        assert line_of(calendar.map, 1).split()[0:2] == ["Feb", "2024"]
        assert line_of(calendar.map, 1).rstrip().endswith("12")
        assert "░░" * 11 + "◆ " in line_of(calendar.map, 1)
        await pilot.press("left", "down", "enter")
        await settle(pilot, lambda: isinstance(app.screen, MainScreen) and len(screen.list.window.rows) == 1)
        assert screen.shown.query == "on:2024-01-11"
        assert screen.list.window.rows[0].title == "خبر رقم 10 عن مدينة بيروت"
        # It begins where the list stands; m shows the month.
        await pilot.press("C")
        await settle(
            pilot, lambda: isinstance(app.screen, CalendarScreen) and app.screen.map.spot == Spot(1, 11)
        )
        await pilot.press("m")
        await settle(pilot, lambda: isinstance(app.screen, MainScreen) and len(screen.list.window.rows) == 28)


@pytest.mark.usefixtures("arabic")
async def test_days_run_from_the_right_in_arabic(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await settle(
            pilot, lambda: isinstance(app.screen, CalendarScreen) and len(app.screen.map.months) == 2
        )
        calendar = app.screen
        assert isinstance(calendar, CalendarScreen)
        await pilot.press("left")
        await settle(pilot, lambda: calendar.map.spot == Spot(0, 13))
        await pilot.press("right", "right")
        await settle(pilot, lambda: calendar.map.spot == Spot(0, 11))
        # One cell a day at this width: the month's name at the right, twelve days from there to the left.
        line = line_of(calendar.map, 2)
        assert len(line) == 60
        assert line.count("░") == 28
        line = line_of(calendar.map, 1)
        days = line[60 - 1 - 18 - 31 : 60 - 1 - 18][::-1]
        assert days == "░" * 10 + "◆" + "░" + "·" * 17 + "  "
        # A click puts the cursor on a day.
        await pilot.click(calendar.map, offset=(60 - 1 - 18 - 5, 2))
        await settle(pilot, lambda: calendar.map.spot == Spot(1, 5))


@pytest.mark.usefixtures("english")
async def test_an_archive_without_dates(tmp_path: Path) -> None:
    store = archive(tmp_path, None)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await settle(
            pilot,
            lambda: isinstance(app.screen, CalendarScreen) and app.screen.status.place == "no dated article",
        )
        await pilot.press("enter", "left", "j", "G", "escape")
        await settle(pilot, lambda: isinstance(app.screen, MainScreen))
    store.close()
