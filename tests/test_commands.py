"""Commands: each key means one thing where it works, and each command can be done."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from textual.binding import Binding

from tui.commands import COMMANDS, bindings, commands
from tui.terminal.keyboard import keys_for

#: What is in force together: a pane or screen, what is around it, and the app.
TOGETHER = {
    "the list": ("list", "main", "app"),
    "an article": ("article", "main", "app"),
    "a menu": ("menu", "app"),
    "related": ("entries", "entries-screen", "related", "app"),
    "a story": ("entries", "entries-screen", "story", "app"),
    "followed stories": ("entries", "entries-screen", "followed", "app"),
    "feeds": ("entries", "entries-screen", "feeds", "app"),
    "a comparison": ("compare", "app"),
    "a passage": ("picking",),
    "the calendar": ("calendar", "app"),
    "the figures": ("menu", "figures", "app"),
    "saved searches": ("menu", "saved", "app"),
}
#: Where the actions of a scope are to be found, nearest first.
HOMES = {
    "list": ("widgets.article_list:ArticleList", "screens.main:MainScreen"),
    "article": ("widgets.passage_view:PassageView", "screens.main:MainScreen"),
    "main": ("screens.main:MainScreen",),
    "menu": ("widgets.menu:Menu",),
    "entries": ("widgets.entries:Entries",),
    "entries-screen": ("screens.entries:EntriesScreen",),
    "related": ("screens.related:RelatedScreen",),
    "story": ("screens.story:StoryScreen",),
    "feeds": ("screens.feeds:FeedsScreen",),
    "followed": ("screens.followed:FollowedScreen",),
    "compare": ("screens.compare:CompareScreen", "widgets.compare_view:CompareView"),
    "calendar": ("widgets.heat_map:HeatMap",),
    "figures": ("screens.figures:FiguresScreen",),
    "saved": ("screens.saved:SavedScreen",),
    "picking": ("widgets.passage_view:PassageView",),
    "app": ("app:NewsReaderApp",),
}


def homes(scope: str) -> list[Any]:
    found = []
    for name in HOMES[scope]:
        module, _, attribute = name.partition(":")
        found.append(getattr(import_module(f"tui.{module}"), attribute))
    return found


def test_every_scope_is_looked_at() -> None:
    scopes = {command.scope for command in COMMANDS}
    assert scopes == set(HOMES)
    assert scopes == {scope for together in TOGETHER.values() for scope in together}


def test_names_are_unique() -> None:
    names = [command.name for command in COMMANDS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("place", TOGETHER)
def test_no_key_means_two_things(place: str) -> None:
    held: dict[str, str] = {}
    twice = []
    for command in (command for scope in TOGETHER[place] for command in commands(scope)):
        for key in command.keys:
            name = key if " " in key else keys_for(key)[0]
            if name in held:
                twice.append((key, held[name], command.name))
            held[name] = command.name
    assert twice == []
    # A key that is the beginning of others in a row would never be told from them.
    first = {name.split()[0] for name in held if " " in name}
    assert not {keys_for(key)[0] for key in first} & {name for name in held if " " not in name}


@pytest.mark.parametrize("place", TOGETHER)
def test_no_key_of_the_arabic_layout_means_two_things(place: str) -> None:
    held: dict[str, str] = {}
    twice = []
    for scope in TOGETHER[place]:
        for binding in bindings(scope):
            assert isinstance(binding, Binding)
            for key in binding.key.split(","):
                if key != "unbound" and held.get(key, binding.id) != binding.id:
                    twice.append((key, held[key], binding.id))
                held.setdefault(key, binding.id or "")
    assert twice == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_can_be_done(command: Any) -> None:
    name = "action_" + command.action.partition("(")[0]
    assert any(hasattr(home, name) for home in homes(command.scope)), name


def test_keys_under_the_arabic_layout() -> None:
    # Read off a keyboard with both: ت is printed on J, ن on K, ظ on the slash, ؟ on Shift and slash.
    named = {binding.id: binding.key.split(",") for scope in HOMES for binding in bindings(scope)}  # type: ignore[union-attr]
    assert "ت" in named["list-down"]
    assert "ن" in named["article-up"]
    assert "ظ" in named["search"]
    assert "ف" in named["tag"]
    assert "arabic_question_mark" in named["help"]
    # Digits of the layout that has its own.
    assert "٣" in named["link-3"]
