"""Every screen at every size: it opens, each of its lines has just the width of the terminal, and Esc leads back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reader_harness import main_screen, reader, settle
from seeds_harness import PAGE_001, seeded
from textual.widget import Widget

from store import Store
from tui import i18n
from tui.screens.main import MainScreen

SIZES = ((20, 5), (60, 20), (80, 24), (100, 30), (120, 40), (200, 60))
CASES = [*(("ar", size) for size in SIZES), ("en", (20, 5)), ("en", (120, 40))]
#: A key of every screen, from the list and from the article.
KEYS = (
    "v",
    "T",
    "M",
    "C",
    "R",
    "i",
    "question_mark",
    "ctrl+p",
    "r",
    "S",
    "c",
    "F",
    "slash",
    "colon",
    "t",
    "a",
    "e",
)


@pytest.fixture(autouse=True)
def _in_language(language: str) -> Iterator[None]:
    before = i18n.language()
    i18n.use(language)
    yield
    i18n.use(before)


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Store]:
    with seeded(tmp_path) as store:
        store.notes.add_to_whole(PAGE_001, "ملاحظة طويلة " * 20)
        store.notes.add(PAGE_001, 0, 120, "على المقطع")
        store.change_tags([PAGE_001], add=["وسم", "وسم طويل جدا لا يتسع له سطر ضيق من السطور"])
        yield store


def check_lines(app: Any, where: object) -> None:
    """Each line of each widget on the screen has exactly its widget's width."""
    for widget in app.screen.query("*"):
        if (
            not widget.display
            or not widget.size
            or ("render_line" not in type(widget).__dict__ and not _draws(widget))
        ):
            continue
        for y in range(widget.size.height):
            strip = widget.render_line(y)
            assert strip.cell_length == widget.size.width, (where, widget, y)


def _draws(widget: Widget) -> bool:
    return any(
        "render_line" in cls.__dict__ for cls in type(widget).__mro__ if cls.__module__.startswith("tui.")
    )


@pytest.mark.parametrize(
    ("language", "size"), CASES, ids=lambda case: case if isinstance(case, str) else "x".join(map(str, case))
)
async def test_every_screen_opens_at_every_size(seeds: Store, language: str, size: tuple[int, int]) -> None:
    app = reader(seeds)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        check_lines(app, "list")
        for in_article in (False, True):
            if in_article:
                screen.open_article(PAGE_001)
                await settle(pilot, lambda: screen.article is not None and screen.view.has_focus)
                check_lines(app, "article")
            for key in KEYS:
                await pilot.press(key)
                await settle(pilot)
                check_lines(app, key)
                for _ in range(4):
                    if isinstance(app.screen, MainScreen) and screen.prompt is None:
                        break
                    await pilot.press("escape")
                    await settle(pilot)
                assert isinstance(app.screen, MainScreen), key
                assert screen.prompt is None, key
        assert app.is_running
