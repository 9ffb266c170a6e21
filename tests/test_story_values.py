"""Pure values of stories: the trail's breadcrumb, the session, the grouped list."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Summary
from tui.grouped_rows import GroupedWindow, grouped
from tui.presentation import group_sign
from tui.rows import RowWindow
from tui.session import Session, from_json
from tui.trail import Stop, Trail


@pytest.mark.usefixtures("english")
def test_crumbs_name_the_last_stop_first_and_count_the_rest() -> None:
    trail = Trail(
        (Stop(1, 0, "أول مقال في السلسلة"), Stop(2, 0, "ثان"), Stop(3, 0, "زعيم كوريا الشمالية يصل"))
    )
    assert trail.crumbs(80) == "↩ زعيم كوريا الشمالية يصل ‹ ثان ‹ أول مقال في السلسلة"
    assert trail.crumbs(36) == "↩ زعيم كوريا الشمالية يصل ‹ ثان +1"
    assert trail.crumbs(20) == "↩ زعيم كوريا… +2"
    assert trail.crumbs(8) == "↩3"
    assert Trail().crumbs(80) == ""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("ابت ث.", min_size=1, max_size=40), max_size=6), st.integers(0, 100))
def test_crumbs_never_take_more_than_their_room(titles: list[str], room: int) -> None:
    trail = Trail(tuple(Stop(n, 0, title) for n, title in enumerate(titles)))
    assert len(trail.crumbs(room)) <= max(room, 0) or not titles


def test_a_session_survives_the_store() -> None:
    session = Session(3, 120, 5, 9, True, Trail((Stop(1, 2, "أ"),), (Stop(4, 0, "ب"),)))
    assert from_json(json.loads(json.dumps(session.to_json()))) == session


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["article", "place", "row", "newest", "behind", "ahead", "is_in_front"]),
            inner,
            max_size=7,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_read_as_some_session(value: object) -> None:
    session = from_json(value)
    for number in (session.article, session.row, session.newest):
        assert number is None or 0 < number < 2**63
    assert all(stop.place >= 0 for stop in (*session.trail.behind, *session.trail.ahead))


def row(id: int, event: int | None = None, *, is_unread: bool = False) -> Summary:
    return Summary(id, 1000 - id, f"خبر {id}", False, None, None, is_unread, False, event=event)


def test_the_reports_of_an_event_are_folded_under_the_newest() -> None:
    rows = (row(1), row(2, 7), row(3, 8), row(4, 7, is_unread=True), row(5), row(6, 7))
    window = grouped(RowWindow(rows))
    assert [one.id for one in window.rows] == [1, 2, 3, 5]
    assert [one.id for one in window.under(rows[1])] == [4, 6]
    assert window.under(rows[2]) == ()
    assert window.showing(6) == 1
    assert window.place_of(3) == 4
    assert window.everything == rows
    assert window.plain() == RowWindow(rows)
    shown = window.toggled(rows[1])
    assert [one.id for one in shown.rows] == [1, 2, 4, 6, 3, 5]
    assert shown.is_under(rows[3])
    assert not shown.is_under(rows[1])
    assert shown.toggled(rows[3]).rows == window.rows


@pytest.mark.usefixtures("english")
def test_a_row_tells_what_is_folded_under_it() -> None:
    assert group_sign([row(1), row(2, is_unread=True)]) == "2 more ●"
    assert group_sign([row(1)]) == "1 more"
    assert group_sign([]) == ""
    assert group_sign([], is_under=True) == "↳"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.none() | st.integers(1, 5), max_size=30),
    st.frozensets(st.integers(1, 5)),
    st.lists(st.none() | st.integers(1, 5), max_size=10),
)
def test_grouping_loses_nothing_and_marks_nothing(
    events: list[int | None], unfolded: frozenset[int], more: list[int | None]
) -> None:
    rows = tuple(row(n, event, is_unread=n % 2 == 0) for n, event in enumerate(events))
    window = grouped(RowWindow(rows), unfolded)
    told = [one for shown in window.rows for one in (shown, *window.under(shown))]
    assert sorted(one.id for one in told) == [one.id for one in rows]
    assert set(told) == set(rows)
    assert all(window.rows[window.showing(one.id) or 0] in (one, *window.rows) for one in rows)
    assert [window.everything[window.place_of(i)] for i in range(len(window.rows))] == list(window.rows)
    further = tuple(row(100 + n, event) for n, event in enumerate(more))
    grown = window.below(further, is_bottom=True)
    assert isinstance(grown, GroupedWindow)
    assert grown.everything == rows + further
    assert grown == grouped(RowWindow(rows + further, is_bottom=True), unfolded)
