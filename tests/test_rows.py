"""The window of rows: a stretch of the list without gaps, whichever way it grows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from store import Summary
from tui.rows import CHUNK, KEPT, MARGIN, RowWindow


def row(number: int) -> Summary:
    """Row ``number`` of a list whose first row is number 0: the newest, at the highest position."""
    return Summary(number + 1, 1_000_000 - number, f"خبر {number}", False, None, None, True, False)


def stretch(first: int, count: int, total: int) -> tuple[Summary, ...]:
    return tuple(row(number) for number in range(max(0, first), min(total, first + count)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 5000), st.lists(st.sampled_from(["below", "above"]), max_size=30))
def test_grows_without_gaps_and_knows_its_edges(total: int, sides: list[str]) -> None:
    window = RowWindow(stretch(0, CHUNK, total), is_top=True, is_bottom=total < CHUNK)
    for side in sides:
        if not window.rows:
            break
        first, last = window.rows[0].id - 1, window.rows[-1].id - 1
        if side == "below":
            rows = stretch(last + 1, CHUNK, total)
            window = window.below(rows, is_bottom=len(rows) < CHUNK)
        else:
            rows = stretch(max(0, first - CHUNK), min(CHUNK, first), total)
            window = window.above(rows, is_top=len(rows) < CHUNK)
        numbers = [found.id - 1 for found in window.rows]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert len(numbers) <= KEPT
        # It never says that an end is here when it is not; it may not know yet that it is.
        assert not window.is_top or numbers[0] == 0
        assert not window.is_bottom or numbers[-1] == total - 1


def test_asks_for_more_near_an_edge_that_is_no_end() -> None:
    window = RowWindow(stretch(400, 400, 2000), is_top=False, is_bottom=False)
    assert window.needs(0) == "above"
    assert window.needs(MARGIN - 1) == "above"
    assert window.needs(MARGIN) is None
    assert window.needs(399 - MARGIN) is None
    assert window.needs(400 - MARGIN) == "below"
    ends = RowWindow(stretch(0, 100, 100))
    assert {ends.needs(index) for index in range(100)} == {None}


def test_finds_rows() -> None:
    window = RowWindow(stretch(10, 5, 100), is_top=False)
    assert window.index_of(13) == 2
    assert window.index_of(99) is None
    assert window.nearest(row(12).position) == 2
    # Between two rows it is the one below.
    gap = RowWindow((row(1), row(5), row(9)))
    assert gap.nearest(row(3).position) == 1
    assert gap.nearest(row(0).position) == 0
    assert gap.nearest(row(50).position) == 2
    assert RowWindow().nearest(5) == 0


def test_a_newer_reading_takes_the_place_of_the_old() -> None:
    from dataclasses import replace

    window = RowWindow(stretch(0, 3, 3))
    read = replace(row(1), is_unread=False)
    assert [found.is_unread for found in window.with_row(read).rows] == [True, False, True]
    assert window.with_row(row(50)) == window
