"""Macros: keys of the config that do several commands in a row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reader_harness import main_screen, reader, records, settle

from store import Store
from tui.cli_config import everything_wrong
from tui.keymap import keymap
from tui.macros import macros


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Forty articles."""
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records()), "utf-8")
    found = Store(tmp_path / "test.db")
    found.import_paths([source])
    return found


def problems(**written: str) -> tuple[str, ...]:
    """What is wrong with macros, beside the keys that commands have by default."""
    return macros(written, keymap({}).sequences()).problems


def test_what_a_macro_is() -> None:
    found = macros({"comma m": "star; tag +قراءة ;; next-article"}, keymap({}).sequences())
    assert found.problems == ()
    assert found.lines == {("comma", "m"): ("star", "tag +قراءة", "next-article")}


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("f5", "", "expected"),
        ("f5", " ; ", "expected"),
        ("f5", "star; fly-away", "fly-away"),
        ("comma", "star", "comma"),
    ],
)
def test_what_cannot_be_is_told(key: str, text: str, reason: str) -> None:
    found = macros({key: text}, keymap({}).sequences())
    assert found.lines == {}
    (problem,) = found.problems
    assert problem.startswith(f"macros: {key}: ")
    assert reason in problem


def test_one_macro_that_would_begin_another_is_refused() -> None:
    found = macros({"f5": "star", "f5 f6": "undo"}, ())
    assert list(found.lines) == [("f5",)]
    assert len(found.problems) == 1


def test_validating_the_config_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[macros]\nf5 = "star; fly"\nf6 = "star"\n', "utf-8")
    (problem,) = everything_wrong(file, {})
    assert problem.startswith(f"{file}: [macros]: macros: f5: ")
    file.write_text("[macros]\nf5 = 3\n", "utf-8")
    assert "macros is a table of" in everything_wrong(file, {})[0]


async def test_a_macro_does_its_lines_in_a_row(store: Store) -> None:
    app = reader(store, macros={"f5": "star; tag +قراءة; next-article"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("f5")
        await settle(pilot, lambda: screen.list.cursor == 1)
        await pilot.press("f5")
        await settle(pilot, lambda: screen.list.cursor == 2)
    found = store.page(store.parse("is:starred tag:قراءة"), limit=9).rows
    assert [row.id for row in found] == [40, 39]


async def test_in_an_article_each_line_is_about_the_one_that_the_line_before_has_opened(store: Store) -> None:
    app = reader(store, macros={"comma m": "next-article; star"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.view.has_focus)
        await pilot.press("comma", "m")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == 39)
        await settle(pilot, lambda: bool(store.page(store.parse("is:starred"), limit=9).rows))
    assert [row.id for row in store.page(store.parse("is:starred"), limit=9).rows] == [39]


async def test_a_line_that_asks_something_ends_the_macro(store: Store) -> None:
    app = reader(store, macros={"f5": "tag; star"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("f5")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        await settle(pilot, lambda: all(w.is_finished for w in app.workers if w.group == "macro"))
    assert store.page(store.parse("is:starred"), limit=9).rows == ()


async def test_what_is_wrong_with_macros_is_told_at_the_start(store: Store) -> None:
    app = reader(store, macros={"f5": "fly"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: "macros: f5" in main_screen(app).status.notice)
