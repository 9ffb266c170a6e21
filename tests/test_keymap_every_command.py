"""Every declared command is done by its own key where it works, and shows that it was done."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from reader_harness import painted, reader, sent, settle
from seeds_harness import seeded
from textual.pilot import Pilot

from store.feeds import add_feed
from tui.app import NewsReaderApp
from tui.commands import COMMANDS, Command

pytestmark = pytest.mark.usefixtures("english")

#: The keys that lead from the list to where the keys of a scope work.
WAY: Mapping[str, tuple[str, ...]] = {
    "list": (),
    "article": ("enter",),
    "main": (),
    "app": (),
    "menu": ("?",),
    "entries": ("enter", "r"),
    "entries-screen": ("enter", "r"),
    "related": ("enter", "r"),
    "story": ("enter", "S"),
    "followed": ("enter", "S", "f", "escape", "escape", "F"),
    "compare": ("enter", "r", "c"),
    "picking": ("enter", "m"),
    "calendar": ("C",),
    "figures": ("%",),
    "feeds": ("f",),
    "saved": ("V",),
}
#: Keys to press there first, so that there is something to do; for commands, and for the endings of their names.
FIRST: Mapping[str, tuple[str, ...]] = {
    "list-up": ("j",),
    "list-page-up": ("G",),
    "list-half-up": ("G",),
    "list-top": ("G",),
    "article-up": ("G",),
    "article-page-up": ("G",),
    "article-half-up": ("G",),
    "article-top": ("G",),
    "menu-up": ("j",),
    "menu-page-up": ("G",),
    "menu-half-up": ("G",),
    "menu-top": ("G",),
    "calendar-up": ("G",),
    "calendar-page-up": ("G",),
    "calendar-half-up": ("G",),
    "calendar-top": ("G",),
    "calendar-left": ("right",),
    "saved-up": ("j",),
    "saved-undo": ("d",),
    "compare-up": ("G",),
    "compare-page-up": ("G",),
    "compare-half-up": ("G",),
    "compare-top": ("G",),
    "compare-previous": ("j",),
    "compare-difference-back": ("n",),
    "back": ("enter",),
    "previous-article": ("j", "j"),
    "previous-in-story": ("enter",),
    "next-in-story": ("enter",),
    "previous-match": ("G",),
    "find": ("enter",),
    "jump-back": ("enter", "1"),
    "jump-forward": ("enter", "1", "backspace"),
    "undo": ("*",),
    "zen": ("enter",),
    "other-pane": ("enter",),
    "wider": ("enter",),
    "narrower": ("enter",),
    "justify": ("enter",),
    "note": ("enter",),
    "delete-note": ("enter", "m", "p", "enter"),
    "pick-word-back": ("G",),
    "pick-left": ("j",),
    "pick-right": ("w",),
    "pick-up": ("G",),
    "pick-page-up": ("G",),
    "pick-line-start": ("$",),
    "pick-paragraph-back": ("G",),
    "pick-top": ("G",),
    "pick-begin": ("p",),
    "pick-copy": ("p",),
    "pick-highlight": ("p",),
    "pick-note": ("p",),
}
#: These end the reader.
ENDING = ("quit", "quit-now")
#: This paints what is there; :func:`test_redraw` looks at it.
SILENT = ("redraw",)


def keys_of(command: Command) -> tuple[str, ...]:
    """What to press for a command, as the pilot names keys."""
    from tui.terminal.keyboard import key_name

    if not command.keys:
        return (":", *command.name, "enter")
    return tuple(key_name(key) if len(key) == 1 else key for key in command.keys[0].split())


async def press(pilot: Pilot[Any], app: NewsReaderApp, keys: tuple[str, ...]) -> None:
    """Press keys one after the other, each when what the one before did is on the screen."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot, lambda: app._exit or sent(app) == painted(app))


def cells(app: NewsReaderApp) -> list[list[Any]]:
    """The screen as the terminal was told to show it, letters and styles."""
    return [list(app.memory.row(y)) for y in range(app.size.height)]


@pytest.fixture
def seeds(tmp_path: Path) -> Any:
    with seeded(tmp_path) as store:
        yield store


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.name not in SILENT], ids=lambda c: c.name)
async def test_a_command_is_done_by_its_key(
    command: Command, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("EDITOR", "VISUAL", "PAGER", "BROWSER"):
        # A program that fails is told of.
        monkeypatch.setenv(name, "false")
    monkeypatch.setattr(NewsReaderApp, "suspend", lambda _self: contextlib.nullcontext())
    # The seeds are of one month: there is nowhere to go in their calendar.
    store = request.getfixturevalue("store" if command.scope == "calendar" else "seeds")
    # Nobody answers there: a refresh fails at once, and says so.
    add_feed(store.connection, "http://127.0.0.1:9/feed.xml", now=0)
    for query in ("كوريا", "روسيا"):
        store.searches.save(query, query)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, app, WAY[command.scope] + FIRST.get(command.name, ()))
        before, stack = cells(app), list(app.screen_stack)
        await press(pilot, app, keys_of(command))
        assert app.defect is None
        if command.name in ENDING:
            assert app._exit
        else:
            assert cells(app) != before or app.screen_stack != stack


async def test_redraw(seeds: Any) -> None:
    app = reader(seeds)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        forgotten: list[bool] = []
        forget = app.memory.forget

        def noted() -> None:
            forgotten.append(True)
            forget()

        app.memory.forget = noted  # type: ignore[method-assign]
        await pilot.press("ctrl+l")
        await settle(pilot, lambda: bool(forgotten) and sent(app) == painted(app))
