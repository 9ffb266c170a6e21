"""The jump trail behaves as a browser's does, whatever one does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.trail import LONGEST, Stop, Trail

MOVES = st.lists(st.one_of(st.integers(1, 50), st.sampled_from(["back", "forward"])), max_size=60)


@settings(max_examples=200, deadline=None)
@given(MOVES)
def test_as_a_list_of_pages_with_a_finger_on_one(moves: list[int | str]) -> None:
    pages, finger = [0], 0
    here, trail = Stop(0), Trail()
    for move in moves:
        if isinstance(move, int):
            trail, here = trail.jumped(here), Stop(move)
            pages, finger = [*pages[: finger + 1], move], finger + 1
        else:
            moved = trail.back(here) if move == "back" else trail.forward(here)
            step = -1 if move == "back" else 1
            assert (moved is not None) == (0 <= finger + step < len(pages))
            if moved is not None:
                trail, here = moved
                finger += step
        assert here.article == pages[finger]
        assert [stop.article for stop in (*trail.behind, here, *trail.ahead)] == pages


def test_the_place_in_each_article_comes_back() -> None:
    trail = Trail().jumped(Stop(1, 300))
    moved = trail.back(Stop(2, 40))
    assert moved is not None
    trail, stop = moved
    assert stop == Stop(1, 300)
    moved = trail.forward(Stop(1, 310))
    assert moved is not None
    assert moved[1] == Stop(2, 40)
    again = moved[0].back(Stop(2, 40))
    assert again is not None
    assert again[1] == Stop(1, 310)


def test_the_trail_does_not_grow_for_ever() -> None:
    trail = Trail()
    for number in range(LONGEST + 50):
        trail = trail.jumped(Stop(number))
    assert len(trail.behind) == LONGEST
    assert trail.behind[-1] == Stop(LONGEST + 49)
