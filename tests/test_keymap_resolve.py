"""Keys from the config: who gets which, and what is said where two want one."""

from __future__ import annotations

import pytest

from tui import i18n
from tui.commands import COMMANDS
from tui.keymap import PRESETS, canonical, counted_action, keymap


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def keys(name: str, **chosen: str) -> tuple[str, ...]:
    return keymap({key.replace("_", "-"): value for key, value in chosen.items()}).keys[name]


def test_nothing_chosen_changes_nothing() -> None:
    found = keymap({})
    assert found.problems == ()
    assert found.changed() == {}
    assert all(found.of(command) == command.keys for command in COMMANDS)


def test_a_command_moves_to_the_key_that_is_asked_for_on_both_layouts() -> None:
    found = keymap({"star": "ctrl+s,l"})
    assert found.problems == ()
    # l gives م under the Arabic layout, s gives س.
    assert found.changed() == {"star": "ctrl+s,ctrl+س,l,م"}


def test_a_chosen_key_is_taken_from_the_command_that_had_it_by_default() -> None:
    found = keymap({"star": "n"})
    assert found.keys["star"] == ("n",)
    assert found.keys["next-match"] == ()
    assert found.problems == ("keys: star took the only key of next-match",)


def test_a_default_that_has_another_key_left_is_no_problem() -> None:
    found = keymap({"star": "g"})
    assert found.keys["list-top"] == ("home",)
    assert found.problems == ()


def test_two_wishes_for_one_key_are_told_in_one_line() -> None:
    found = keymap({"star": "ctrl+s", "read": "ctrl+s"})
    assert found.keys["star"] == ("ctrl+s",)
    assert found.keys["read"] == ()
    assert found.problems == ("keys: star and read both ask for ctrl+s; star keeps it",)


def test_list_and_article_may_have_the_same_key() -> None:
    found = keymap({"list-top": "ctrl+t", "article-top": "ctrl+t"})
    assert found.problems == ()


def test_a_key_that_begins_another_command_is_a_conflict() -> None:
    found = keymap({"star": "comma"})
    assert found.keys["justify"] == ()
    assert "keys: star took the only key of justify" in found.problems


def test_an_unknown_command_is_told_with_the_nearest() -> None:
    assert keymap({"strar": "f"}).problems == ("keys: no command is called strar (did you mean star?)",)


def test_several_keys_in_a_row_are_a_sequence() -> None:
    found = keymap({"star": "; s"})
    assert found.sequences()[("semicolon", "s")][0].name == "star"
    assert found.changed()["star"] == "unbound"


@pytest.mark.parametrize("preset", [name for name in PRESETS if name])
def test_ready_made_sets_name_commands_that_exist_and_do_not_conflict(preset: str) -> None:
    names = {command.name for command in COMMANDS}
    assert set(PRESETS[preset]) <= names
    asked: dict[str, str] = {}
    found = keymap({}, preset)
    assert found.problems == ()
    for name, wish in PRESETS[preset].items():
        assert found.keys[name] == tuple(wish.split(",")), asked


def test_newsboat_hands_can_be_changed_in_turn() -> None:
    found = keymap({"mark-view-read": "C"}, "newsboat")
    assert found.keys["mark-view-read"] == ("C",)
    assert found.keys["next-article"] == ("J", "]")


@pytest.mark.parametrize(
    ("pressed", "key"),
    [("ت", "j"), ("٥", "5"), ("و", "comma"), ("comma", "comma"), ("ctrl+س", "ctrl+s"), ("؟", "question_mark"),
     ("arabic_question_mark", "question_mark"), ("G", "G"), ("ﻷ", "G"), ("escape", "escape")],
)  # fmt: skip
def test_a_key_has_one_name_whatever_the_layout(pressed: str, key: str) -> None:
    assert canonical(pressed) == key


@pytest.mark.parametrize(
    ("action", "done"),
    [("move(1)", "move(5)"), ("move(-1)", "move(-5)"), ("page(0.5)", "page(2.5)"), ("step(-1)", "step(-5)"),
     ("end('top')", "to_row(5)"), ("end('bottom')", "to_row(5)"), ("follow(3)", "follow(3)"), ("star", "star")],
)  # fmt: skip
def test_a_count_multiplies_what_can_be_multiplied(action: str, done: str) -> None:
    assert counted_action(action, 5) == done


def test_the_ready_made_sets_leave_no_command_without_a_key() -> None:
    for preset in PRESETS:
        found = keymap({}, preset)
        assert found.problems == ()
        # K is newsboat's way to the article before; what stands on it is left to palette and command line.
        assert {command.name for command in COMMANDS if command.keys and not found.of(command)} <= {"names"}
