"""Every command of the interface, declared once.

A declaration gives the key, the entry in help and palette, the word in the
footer and the name under which the config changes its key. Each key also
answers to the character that the same physical key gives under the Arabic
keyboard layout (:mod:`tui.terminal.keyboard`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from .terminal.keyboard import keys_for


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reader can do.

    ``scope`` is where its keys work: ``list``, ``article``, ``main`` (both
    panes), ``menu`` (tags, related, help, palette), ``app``. ``hint`` is the word the
    status line shows beside the key, empty for commands not shown there.
    """

    name: str
    scope: str
    keys: tuple[str, ...]
    action: str
    help: str
    group: str
    hint: str = ""


def _moves(scope: str, action: str) -> tuple[Command, ...]:
    row = "line" if scope == "article" else "row"
    return (
        Command(f"{scope}-down", scope, ("j", "down"), f"{action}(1)", f"Next {row}", "Move"),
        Command(f"{scope}-up", scope, ("k", "up"), f"{action}(-1)", f"Previous {row}", "Move"),
        Command(f"{scope}-page-down", scope, ("space", "pagedown"), "page(1.0)", "Next page", "Move"),
        Command(f"{scope}-page-up", scope, ("b", "pageup"), "page(-1.0)", "Previous page", "Move"),
        Command(f"{scope}-half-down", scope, ("ctrl+d",), "page(0.5)", "Half a page down", "Move"),
        Command(f"{scope}-half-up", scope, ("ctrl+u",), "page(-0.5)", "Half a page up", "Move"),
        Command(f"{scope}-top", scope, ("g", "home"), "end('top')", "To the beginning", "Move"),
        Command(f"{scope}-bottom", scope, ("G", "end"), "end('bottom')", "To the end", "Move"),
    )


COMMANDS: tuple[Command, ...] = (
    *_moves("list", "move"),
    *_moves("article", "scroll"),
    *_moves("menu", "move"),
    Command("open", "list", ("enter", "left"), "choose", "Open the article", "Read", "open"),
    Command("choose", "menu", ("enter", "left"), "choose", "Choose", "Read", "choose"),
    *(
        Command(
            f"link-{number}",
            "article",
            (str(number),),
            f"follow({number})",
            "Follow the numbered link",
            "Jump",
        )
        for number in range(1, 10)
    ),
    Command("back", "main", ("escape", "right"), "leave", "Back: article, search, view", "Read", "back"),
    Command("quit", "main", ("q",), "leave_or_quit", "Back, or quit", "Program", "quit"),
    Command("next-article", "main", ("]",), "step(1)", "Next article", "Read"),
    Command("previous-article", "main", ("[",), "step(-1)", "Previous article", "Read"),
    Command("next-in-story", "main", ("}",), "step_in_story(1)", "Next article of the same story", "Read"),
    Command(
        "previous-in-story", "main", ("{",), "step_in_story(-1)", "Previous article of the same story", "Read"
    ),
    Command("next-match", "main", ("n",), "match(1)", "Next match, or next unread article", "Find"),
    Command(
        "previous-match", "main", ("N",), "match(-1)", "Previous match, or previous unread article", "Find"
    ),
    Command("search", "main", ("/",), "search", "Search the archive", "Find", "search"),
    Command("find", "main", ("ctrl+f",), "find", "Find in the article", "Find"),
    Command(
        "related", "main", ("r",), "related", "Related: links, copies, same event, story", "Jump", "related"
    ),
    Command("jump-back", "main", ("backspace", "H"), "jump(-1)", "Back along the jumps", "Jump"),
    Command("jump-forward", "main", ("L",), "jump(1)", "Forward along the jumps", "Jump"),
    Command("tag", "main", ("t",), "tag", "Add and remove tags: +a -b", "Mark", "tag"),
    Command("tags", "main", ("T",), "tags", "All tags", "Find"),
    Command("star", "main", ("*",), "star", "Star, or take the star away", "Mark"),
    Command("read", "main", ("u",), "toggle_read", "Read, or unread again", "Mark"),
    Command("undo", "main", ("ctrl+z",), "undo", "Undo the last tag, star or read mark", "Mark"),
    Command("other-pane", "main", ("tab",), "other_pane", "To the other pane", "Read"),
    Command("help", "app", ("?", "f1"), "help", "All keys", "Program", "help"),
    Command(
        "emission",
        "app",
        ("f9",),
        "next_emission",
        "How Arabic is sent to this terminal: next way",
        "Program",
    ),
    Command("redraw", "app", ("ctrl+l",), "redraw", "Paint the screen anew", "Program"),
    Command("quit-now", "app", ("ctrl+q",), "quit", "Quit", "Program"),
)


def commands(scope: str) -> tuple[Command, ...]:
    """The commands whose keys work in that scope."""
    return tuple(command for command in COMMANDS if command.scope == scope)


def bindings(scope: str) -> list[BindingType]:
    """Textual's bindings for a scope, each key on both keyboard layouts; the id is the command's name."""
    found = commands(scope)
    bound = [key for command in found for key in command.keys]
    return [
        Binding(
            ",".join(on_both_layouts(command.keys, bound)),
            command.action,
            command.help,
            show=False,
            id=command.name,
        )
        for command in found
    ]


def on_both_layouts(keys: Iterable[str], bound: Collection[str] = ()) -> tuple[str, ...]:
    """Textual's names of the keys, with what they give under the Arabic layout."""
    return tuple(name for key in keys for name in keys_for(key, bound))
