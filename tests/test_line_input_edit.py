"""Editing one line: every step by hand, and the promises under any sequence of steps."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.widgets import line_edit
from tui.widgets.line_edit import LIMIT, Edit
from tui.widgets.line_picture import picture, step, step_word, window

FATHA, SHADDA = "\u064e", "\u0651"


def test_borders_keep_marks_with_their_letter_and_lam_and_alef_apart() -> None:
    assert line_edit.borders("لا") == (0, 1, 2)
    assert line_edit.borders("ب" + FATHA + SHADDA + "ت") == (0, 3, 4)
    assert line_edit.borders("") == (0,)
    assert line_edit.borders("a\u200cb") == (0, 2, 3)


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        (Edit("ab", 1), "X", Edit("aXb", 2)),
        (Edit("ab", 2, 0), "س", Edit("س", 1)),
        (Edit("", 0), "سطر\r\nثان\tهنا\x1b[31m", Edit("سطر ثان هنا[31m", 15)),
        (Edit("ا", 0), "\ufedf\ufefb", Edit("\ufedfلاا", 3)),
        (Edit("", 0), "\u202eabc\u2066\ud800\ufeff", Edit("abc", 3)),
        (Edit("ل", 1), "ا", Edit("لا", 2)),
        (Edit("لا", 0), "ك", Edit("كلا", 1)),
        # A letter between lam and alef goes where the cursor stood.
        (Edit("لا", 1), "م", Edit("لما", 2)),
    ],
)
def test_insert(before: Edit, piece: str, after: Edit) -> None:
    assert line_edit.insert(before, piece) == after


def test_insert_keeps_to_the_limit() -> None:
    full = line_edit.of("a" * (LIMIT + 5))
    assert len(full.text) == LIMIT
    assert line_edit.insert(full, "b") == full
    assert line_edit.insert(Edit(full.text, LIMIT, LIMIT - 2), "bcd").text.endswith("abc"[0] + "bc")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("backspace", Edit("لا", 2), Edit("ل", 1)),
        ("backspace", Edit("ب" + FATHA, 2), Edit("", 0)),
        ("backspace", Edit("abc", 0), Edit("abc", 0)),
        ("backspace", Edit("abcd", 1, 3), Edit("ad", 1)),
        ("delete", Edit("ب" + FATHA + "ت", 0), Edit("ت", 0)),
        ("delete", Edit("abc", 3), Edit("abc", 3)),
        ("delete", Edit("abcd", 3, 1), Edit("ad", 1)),
        ("delete_word", Edit("قال الرئيس", 10), Edit("قال ", 4)),
        ("delete_word", Edit("قال الرئيس", 4), Edit("الرئيس", 0)),
        ("delete_word", Edit("tag:عراق ", 9), Edit("tag:", 4)),
        ("delete_to_start", Edit("abc", 2), Edit("c", 0)),
        ("delete_to_end", Edit("abc", 1), Edit("a", 1)),
    ],
)
def test_deletions(name: str, before: Edit, after: Edit) -> None:
    assert getattr(line_edit, name)(before) == after


def test_a_mark_that_finds_a_new_base_takes_the_cursor_past_it() -> None:
    # Deleting the space gives the fatha to the alef: the cursor cannot stay between them.
    assert line_edit.backspace(Edit("ا " + "ب", 2)) == Edit("اب", 1)
    assert line_edit.delete(Edit("اx" + FATHA, 1)) == Edit("ا", 1)
    edit = line_edit.insert(Edit("", 0), FATHA)
    assert line_edit.insert(Edit(edit.text, 0), "ا") == Edit("ا" + FATHA, 2)


def walk(edit: Edit, direction: int, count: int) -> list[int]:
    seen = []
    for _ in range(count):
        edit = step(edit, picture(edit, "R"), direction)
        seen.append(edit.cursor)
    return seen


def test_arrows_go_as_the_eye_sees_in_arabic() -> None:
    assert walk(Edit("سلام", 0), -1, 5) == [1, 2, 3, 4, 4]
    assert walk(Edit("سلام", 4), 1, 5) == [3, 2, 1, 0, 0]


def test_arrows_go_through_latin_in_arabic_cell_by_cell() -> None:
    # On the screen, from the right: ق ا ل, a blank, then BBC with its C first.
    assert walk(Edit("قال BBC", 0), -1, 7) == [1, 2, 3, 6, 5, 4, 7]


def test_arrows_in_a_line_from_left_to_right() -> None:
    edit = Edit("ab", 0)
    edit = step(edit, picture(edit, "L"), 1)
    assert edit.cursor == 1
    assert step(edit, picture(edit, "L"), -1).cursor == 0


def test_an_arrow_leaves_a_selection_at_its_visible_end() -> None:
    edit = Edit("سلام", 1, 3)
    assert step(edit, picture(edit, "R"), -1) == Edit("سلام", 3)
    assert step(edit, picture(edit, "R"), 1) == Edit("سلام", 1)


def test_words_in_both_directions() -> None:
    edit = Edit("قال الرئيس هنا", 0)
    stops = []
    for _ in range(3):
        edit = step_word(edit, picture(edit, "R"), -1)
        stops.append(edit.cursor)
    assert stops == [4, 11, 14]
    assert step_word(edit, picture(edit, "R"), 1).cursor == 11


def test_selecting_extends_and_vanishes_when_it_is_empty() -> None:
    edit = line_edit.move(Edit("abc", 1), 2, is_selecting=True)
    assert (edit.selection, edit.selected) == ((1, 2), "b")
    assert line_edit.move(edit, 1, is_selecting=True) == Edit("abc", 1)
    assert line_edit.select_all(Edit("abc", 1)).selected == "abc"


def shown(text: str, cursor: int, base: str = "R") -> str:
    return "".join(cell.text for cell in picture(Edit(text, cursor), base).line.cells)  # type: ignore[arg-type]


def test_lam_alef_is_one_cell_unless_the_cursor_is_inside() -> None:
    assert shown("سلام", 0) == " \ufee1\ufefc\ufeb3"
    assert shown("سلام", 2) == " \ufee1\ufe8e\ufee0\ufeb3"
    inside = picture(Edit("سلام", 2), "R")
    assert inside.column(2) == 2
    assert inside.column(1) == 3


def test_the_free_cell_is_where_reading_ends() -> None:
    arabic = picture(Edit("سلام", 4), "R")
    assert (arabic.column(4), arabic.width) == (0, 4)
    latin = picture(Edit("abc", 3), "L")
    assert (latin.column(3), latin.width) == (3, 4)
    # An Arabic line that ends in Latin: still at the left.
    assert picture(Edit("قال BBC", 7), "R").column(7) == 0


@pytest.mark.parametrize(("x", "index"), [(-1, 4), (0, 4), (1, 3), (3, 0), (9, 0)])
def test_a_click_finds_the_letter(x: int, index: int) -> None:
    assert picture(Edit("سلام", 0), "R").index_at(x) == index


def test_the_window_cuts_whole_cells_and_blanks_half_of_a_wide_one() -> None:
    line = picture(Edit("a日b", 0), "L").line
    assert [cell.text for cell in window(line, 0, 2).cells] == ["a", " "]
    assert [cell.text for cell in window(line, 2, 2).cells] == [" ", "b"]


TEXT = st.text(
    st.sampled_from("ابلمآسة abc1٣«(» -_\u064e\u0651\u200c日👩\u200d🇪🇬\ufefb\x1b\n\u202e"), max_size=12
)
STEP = st.one_of(
    st.tuples(st.just("insert"), TEXT),
    st.tuples(st.sampled_from(["backspace", "delete", "delete_word", "delete_to_start", "delete_to_end"])),
    st.tuples(st.just("select_all")),
    st.tuples(st.just("move"), st.integers(-3, 40), st.booleans()),
    st.tuples(st.sampled_from(["step", "step_word"]), st.sampled_from([-1, 1]), st.booleans()),
)


@settings(max_examples=150, deadline=None)
@given(text=TEXT, steps=st.lists(STEP, max_size=12), base=st.sampled_from(["R", "L"]))
def test_any_sequence_keeps_the_cursor_on_a_border(text: str, steps: list[tuple], base: str) -> None:  # type: ignore[type-arg]
    edit = line_edit.of(text)
    for name, *arguments in steps:
        look = picture(edit, base)  # type: ignore[arg-type]
        if name == "step":
            edit = step(edit, look, arguments[0], is_selecting=arguments[1])
        elif name == "step_word":
            edit = step_word(edit, look, arguments[0], is_selecting=arguments[1])
        elif name == "move":
            edit = line_edit.move(edit, arguments[0], is_selecting=arguments[1])
        else:
            edit = getattr(line_edit, name)(edit, *arguments)
        borders = line_edit.borders(edit.text)
        assert edit.cursor in borders
        assert edit.anchor is None or edit.anchor in borders
        assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in edit.text)
        look = picture(edit, base)  # type: ignore[arg-type]
        assert sorted(look.stops) == list(borders)
        assert 0 <= look.column(edit.cursor) < look.width


@settings(max_examples=80, deadline=None)
@given(text=TEXT, base=st.sampled_from(["R", "L"]))
def test_from_edge_to_edge_the_arrows_visit_every_border_once(text: str, base: str) -> None:
    edit = line_edit.of(text)
    look = picture(edit, base)  # type: ignore[arg-type]
    edit = line_edit.move(edit, look.stops[0])
    visited = [edit.cursor]
    for _ in range(len(look.stops) + 1):
        edit = step(edit, picture(edit, base), 1)  # type: ignore[arg-type]
        if edit.cursor != visited[-1]:
            visited.append(edit.cursor)
    assert sorted(visited) == list(line_edit.borders(edit.text))
