"""The list by day: where rows and the names of their days stand, and that the cursor is always seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_harness import line_of, main_screen, reader, settle

from store import Store, Summary
from tui.list_lines import DAY, lines, top_for

pytestmark = pytest.mark.usefixtures("english")


def row(day: int, number: int = 0) -> Summary:
    return Summary(number, 10 * day - number, "خبر", False, None, None, True, False, day=day)


ROWS = (row(9, 1), row(9, 2), row(8, 3), row(7, 4), row(7, 5))


def test_each_day_has_its_name_above_its_first_row() -> None:
    assert lines(ROWS, 0, 20, 1, by_day=True) == (
        (0, DAY), (0, 0), (1, 0), (2, DAY), (2, 0), (3, DAY), (3, 0), (4, 0),
    )  # fmt: skip
    assert lines(ROWS, 0, 4, 2, by_day=True) == ((0, DAY), (0, 0), (0, 1), (1, 0))
    # The first row in sight always has its day above it.
    assert lines(ROWS, 1, 3, 1, by_day=True) == ((1, DAY), (1, 0), (2, DAY))
    assert lines(ROWS, 1, 3, 2, by_day=False) == ((1, 0), (1, 1), (2, 0))
    assert lines((), 0, 3, 2, by_day=True) == ()


def test_a_row_without_a_date_stands_at_the_day_of_its_place(store: Store) -> None:
    """Midnight in UTC of 12 February 2024 is 1,707,696,000 s, the 19,765th day; an undated one stands at the day of its place."""
    store.connection.execute("UPDATE articles SET published = NULL")
    assert store.newest(1)[0].day == 19_765


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=40).map(lambda days: sorted(days, reverse=True)),
    st.integers(0, 50),
    st.integers(0, 39),
    st.integers(3, 12),
    st.integers(1, 2),
    st.booleans(),
)
def test_the_cursor_is_always_seen_whole(
    days: list[int], top: int, cursor: int, height: int, row_height: int, by_day: bool
) -> None:
    rows = tuple(row(day, n) for n, day in enumerate(days))
    cursor = min(cursor, len(rows) - 1)
    found = top_for(rows, top, cursor, height, row_height, by_day=by_day)
    shown = lines(rows, found, height, row_height, by_day=by_day)
    assert [(cursor, part) for part in range(row_height)] == [
        place for place in shown if place[0] == cursor and place[1] != DAY
    ]
    # Where it is in sight already, nothing moves; and no row is kept out of sight above free lines.
    if found > 0 and len(shown) < height:
        above = lines(rows, found - 1, height, row_height, by_day=by_day)
        assert (len(rows) - 1, row_height - 1) not in above
    again = top_for(rows, found, cursor, height, row_height, by_day=by_day)
    assert again == found


async def test_the_list_by_day_in_the_reader(store: Store) -> None:
    app = reader(store, by_day=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        # The newest of the harness is of 12 February 2024, a Monday.
        assert "Mon 12 Feb 2024" in line_of(screen.list, 0)
        assert "Sun 11 Feb 2024" in line_of(screen.list, 3)
        for _ in range(12):
            await pilot.press("j")
        await settle(pilot, lambda: screen.list.cursor == 12)
        y = screen.list.line_of(12)
        assert y is not None
        assert y + 1 < screen.list.size.height
        # A click on the name of a day puts the cursor on its first row.
        await pilot.click(screen.list, offset=(40, y - 1))
        await settle(pilot, lambda: screen.list.cursor == 12)
        assert screen.article is None
        await pilot.press("G")
        await settle(pilot, lambda: screen.list.cursor == 39)
        # Seven rows of three lines in the 23 of the pane: six above, then the name of its day.
        assert screen.list.line_of(39) == 19
        await pilot.press(",", "b")
        assert not screen.list.is_by_day
        assert screen.list.line_of(39) == 20  # Ten rows of two lines above it.
