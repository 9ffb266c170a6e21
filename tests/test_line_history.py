"""Undo and completion of a line, as pure steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets import line_edit
from tui.widgets.line_edit import Edit
from tui.widgets.line_history import DEPTH, Completing, Steps, completing


@given(st.lists(st.text("اب c\u064e", max_size=3), max_size=30))
def test_undoing_everything_and_doing_it_again_ends_where_it_was(pieces: list[str]) -> None:
    edit, steps = line_edit.of("من"), Steps()
    for piece in pieces:
        after = line_edit.insert(edit, piece) if piece else line_edit.backspace(edit)
        steps, edit = steps.changed(edit, after), after
    end = edit
    while steps.past:
        steps, edit = steps.undone(edit)
    assert edit == line_edit.of("من")
    while steps.future:
        steps, edit = steps.redone(edit)
    assert edit.text == end.text


def test_steps_are_bounded() -> None:
    edit, steps = Edit(), Steps()
    for _ in range(3 * DEPTH):
        after = line_edit.insert(edit, "اب ")
        steps, edit = steps.changed(edit, after), after
    assert len(steps.past) == DEPTH


def test_a_candidate_shows_what_it_has_of_its_own() -> None:
    lines = ['خبر source:"الشرق الأوسط" x', "خبر source:الجزيرة x"]
    choice = completing(Edit("خبر source:ال x", 13), lines, 1)
    assert choice is not None
    assert choice.pieces == ('source:"الشرق الأوسط"', "source:الجزيرة")
    assert choice.edit == Edit(lines[0], len(lines[0]) - 2)


def test_tags_between_commas_are_told_apart() -> None:
    choice = Completing(Edit("+قديم، +س", 9), ("+قديم، +سياسة", "+قديم، +سلام"), 0)
    assert choice.pieces == ("+سياسة", "+سلام")


def test_candidates_are_sanitised_and_each_is_there_once() -> None:
    choice = completing(Edit("a", 1), ["a\x1b[31mb", "a[31mb", "ac"], -1)
    assert choice is not None
    assert choice.lines == ("a[31mb", "ac")
    assert choice.place == 1
    assert completing(Edit("a", 1), [], 1) is None
