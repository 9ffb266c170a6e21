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

    ``keys`` are characters or Textual's names; several in a row stand between blanks (``", j"``).
    ``scope`` is where they work: ``list``, ``article``, ``main`` (both
    panes), ``menu`` (tags, related, help, palette, figures), ``app``;
    ``entries`` and what is named after a screen work there alone. ``hint`` is the word the
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
    return (
        Command(f"{scope}-down", scope, ("j", "down"), f"{action}(1)", "Next row or line", "Move"),
        Command(f"{scope}-up", scope, ("k", "up"), f"{action}(-1)", "Previous row or line", "Move"),
        Command(f"{scope}-page-down", scope, ("space", "pagedown"), "page(1.0)", "Next page", "Move"),
        Command(f"{scope}-page-up", scope, ("b", "pageup"), "page(-1.0)", "Previous page", "Move"),
        Command(f"{scope}-half-down", scope, ("ctrl+d",), "page(0.5)", "Half a page down", "Move"),
        Command(f"{scope}-half-up", scope, ("ctrl+u",), "page(-0.5)", "Half a page up", "Move"),
        Command(f"{scope}-top", scope, ("g", "home"), "end('top')", "To the beginning", "Move"),
        Command(f"{scope}-bottom", scope, ("G", "end"), "end('bottom')", "To the end", "Move"),
    )


#: The figures: a menu with one key of its own.
_FIGURES: tuple[Command, ...] = (
    Command("figures-period", "figures", ("p",), "period", "Days, months or years", "Layout", "period"),
)

#: The screens of related articles, stories and comparisons.
_STORIES: tuple[Command, ...] = (
    Command("unfold", "entries", ("space",), "unfold", "Unfold the copies, or the next page", "Jump"),
    Command("leave-screen", "entries-screen", ("escape", "right", "q"), "leave", "Back", "Jump", "back"),
    Command("narrow", "entries-screen", ("/",), "narrow", "Narrow the list", "Find", "narrow"),
    Command("related-story", "related", ("S",), "story", "The story over time", "Jump", "story"),
    Command("related-compare", "related", ("c",), "compare", "Beside the article", "Jump", "compare"),
    Command("story-compare", "story", ("c",), "compare", "Beside the article", "Jump", "compare"),
    Command("story-tag", "story", ("t",), "tag_story", "Tag the whole story", "Mark", "tag all"),
    Command(
        "story-follow", "story", ("f",), "follow_story", "Follow the story, or no longer", "Mark", "follow"
    ),
    Command(
        "story-list", "story", ("v",), "list_story", "The reports of the story as a list", "Jump", "list"
    ),
    Command("followed-story", "followed", ("S",), "story", "The story over time", "Jump", "story"),
    Command("unfollow", "followed", ("f",), "unfollow", "Follow this story no longer", "Mark", "no longer"),
    Command("compare-down", "compare", ("down",), "scroll(1)", "Next line", "Move"),
    Command("compare-up", "compare", ("up",), "scroll(-1)", "Previous line", "Move"),
    Command("compare-page-down", "compare", ("space", "pagedown"), "page(1.0)", "Next page", "Move"),
    Command("compare-page-up", "compare", ("b", "pageup"), "page(-1.0)", "Previous page", "Move"),
    Command("compare-half-down", "compare", ("ctrl+d",), "page(0.5)", "Half a page down", "Move"),
    Command("compare-half-up", "compare", ("ctrl+u",), "page(-0.5)", "Half a page up", "Move"),
    Command("compare-top", "compare", ("g", "home"), "end('top')", "To the beginning", "Move"),
    Command("compare-bottom", "compare", ("G", "end"), "end('bottom')", "To the end", "Move"),
    Command("compare-next", "compare", ("j", "]"), "other(1)", "Next report to compare with", "Jump"),
    Command(
        "compare-previous", "compare", ("k", "["), "other(-1)", "Previous report to compare with", "Jump"
    ),
    Command("compare-side", "compare", ("tab",), "side", "To the other side", "Jump", "side"),
    Command(
        "compare-open", "compare", ("enter", "left"), "open", "Open the report of this side", "Jump", "open"
    ),
    Command(
        "compare-difference", "compare", ("n",), "difference(1)", "Next sentence of one side only", "Find"
    ),
    Command(
        "compare-difference-back",
        "compare",
        ("N",),
        "difference(-1)",
        "Previous sentence of one side only",
        "Find",
    ),
    Command("compare-leave", "compare", ("escape", "right", "q"), "leave", "Back", "Jump", "back"),
)


#: The screen of feeds.
_FEEDS: tuple[Command, ...] = (
    Command("feeds-refresh-all", "feeds", ("R",), "refresh_all", "Refresh all feeds", "Feeds", "refresh all"),
    Command("feeds-refresh", "feeds", ("r",), "refresh_one", "Refresh this feed", "Feeds", "refresh"),
    Command("feeds-stop", "feeds", ("x",), "stop", "Stop refreshing", "Feeds", "stop"),
    Command(
        "feeds-add", "feeds", ("a",), "add", "Follow a feed, by its address or its site's", "Feeds", "add"
    ),
    Command(
        "feeds-remove", "feeds", ("d", "delete"), "remove", "Follow this feed no longer", "Feeds", "no longer"
    ),
)


#: The screen of saved searches.
_SAVED: tuple[Command, ...] = (
    Command("saved-tag", "saved", ("t",), "tag", "Tag what arrives and it finds", "Mark", "tag"),
    Command("saved-rename", "saved", ("r",), "rename", "Rename the saved search", "Find", "rename"),
    Command("saved-query", "saved", ("e",), "query", "Look for something else", "Find", "query"),
    Command("saved-down", "saved", ("J",), "shift(1)", "Move it down among the others", "Find"),
    Command("saved-up", "saved", ("K",), "shift(-1)", "Move it up among the others", "Find"),
    Command("saved-forget", "saved", ("d", "delete"), "forget", "Forget the saved search", "Find", "forget"),
    Command("saved-undo", "saved", ("ctrl+z",), "undo", "Undo the last action", "Mark"),
)


def _motion(name: str, keys: tuple[str, ...], motion: str, help: str) -> Command:
    return Command(f"pick-{name}", "picking", keys, f"pick_move('{motion}')", help, "Passage")


#: The calendar: left and right go as the days stand on the screen.
_CALENDAR: tuple[Command, ...] = (
    Command("calendar-right", "calendar", ("right", "l"), "day(1)", "One day to the right", "Move"),
    Command("calendar-left", "calendar", ("left", "h"), "day(-1)", "One day to the left", "Move"),
    *(command for command in _moves("calendar", "move")),
    Command("calendar-day", "calendar", ("enter",), "choose", "Show the day", "Find", "day"),
    Command("calendar-month", "calendar", ("m",), "choose(True)", "Show the month", "Find", "month"),
)

#: While a passage is picked in an article; the article takes these keys before any other.
_PICKING: tuple[Command, ...] = (
    Command("pick-begin", "picking", ("v",), "pick_begin", "Begin the passage here, or let it go", "Passage"),
    Command("pick-word", "picking", ("w",), "pick_move('word')", "Next word; one word more", "Passage", "word"),
    _motion("word-end", ("e",), "word-end", "To the end of the word"),
    _motion("word-back", ("b",), "word-back", "Previous word"),
    _motion("left", ("left", "h"), "left", "One letter to the left"),
    _motion("right", ("right", "l"), "right", "One letter to the right"),
    _motion("down", ("down", "j"), "down", "Next line"),
    _motion("up", ("up", "k"), "up", "Previous line"),
    _motion("line-start", ("home", "0"), "line-start", "To the beginning of the line"),
    _motion("line-end", ("end", "$"), "line-end", "To the end of the line"),
    _motion("paragraph-next", ("}",), "paragraph", "Next paragraph"),
    _motion("paragraph-back", ("{",), "paragraph-back", "Previous paragraph"),
    Command("pick-page-down", "picking", ("space", "pagedown"), "pick_page(1)", "Next page", "Passage"),
    Command("pick-page-up", "picking", ("pageup",), "pick_page(-1)", "Previous page", "Passage"),
    _motion("top", ("g",), "top", "To the beginning of the text"),
    _motion("bottom", ("G",), "bottom", "To the end of the text"),
    Command("pick-sentence", "picking", ("s",), "pick_whole('sentence')", "The whole sentence", "Passage", "sentence"),
    Command("pick-paragraph", "picking", ("p",), "pick_whole('paragraph')", "The whole paragraph", "Passage", "paragraph"),
    Command("pick-highlight", "picking", ("enter", "m"), "pick_highlight", "Begin, then highlight the passage", "Passage", "highlight"),
    Command("pick-note", "picking", ("a",), "pick_note", "Write a note on the passage", "Passage", "note"),
    Command("pick-copy", "picking", ("y",), "pick_copy", "Copy the passage", "Passage", "copy"),
    Command("pick-leave", "picking", ("escape", "q"), "pick_leave", "Let the passage go", "Passage", "back"),
)  # fmt: skip

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
    Command("pick", "article", ("m",), "pick", "Mark a passage: move, Enter, move, Enter", "Passage", "mark"),
    Command("next-note", "article", (")",), "note_step(1)", "Next note in the article", "Passage"),
    Command("previous-note", "article", ("(",), "note_step(-1)", "Previous note in the article", "Passage"),
    Command("delete-note", "main", ("d",), "delete_note", "Delete the note one stands at", "Passage"),
    Command(
        "note", "main", ("a",), "note", "Write a note on the passage, or on the article", "Passage", "note"
    ),
    Command("notes", "main", ("M",), "notes", "All notes", "Passage", "notes"),
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
    Command(
        "story", "main", ("S",), "story", "The story over time: events, outlets, copies", "Jump", "story"
    ),
    Command("compare", "main", ("c",), "compare", "Two reports beside each other", "Jump", "compare"),
    Command(
        "group-stories",
        "main",
        ("B", ", e"),
        "group_stories",
        "Group the reports of one event, or not",
        "Layout",
        "events",
    ),
    Command(
        "unfold-event",
        "main",
        ("Z",),
        "unfold_event",
        "Show the reports of the event under the cursor",
        "Layout",
    ),
    Command(
        "figures",
        "main",
        ("%",),
        "figures",
        "Figures: over time, outlets, tags, who is first",
        "Find",
        "figures",
    ),
    Command("followed", "main", ("F",), "followed", "Followed stories, and what is new in them", "Jump"),
    Command(
        "jump-back", "main", ("backspace", "H", "shift+right"), "jump(-1)", "Back along the jumps", "Jump"
    ),
    Command("jump-forward", "main", ("L", "shift+left"), "jump(1)", "Forward along the jumps", "Jump"),
    Command("views", "main", ("v",), "views", "Views: unread, outlets, keywords, months …", "Find", "views"),
    Command("saved", "main", ("V",), "saved", "Saved searches: rules, order, names", "Find", "saved"),
    Command("calendar", "main", ("C",), "calendar", "Calendar: the archive by days", "Find", "calendar"),
    Command("history", "main", ("R",), "history", "Recently read", "Find", "history"),
    Command(
        "names",
        "main",
        ("K",),
        "names",
        "Keywords, tags and outlet of the article, as lists",
        "Jump",
        "keywords",
    ),
    Command(
        "sort",
        "main",
        (", s",),
        "sort",
        "Sort: newest, oldest, most relevant first, by outlet, headline or arrival",
        "Find",
        "sort",
    ),
    Command("tag", "main", ("t",), "tag", "Add and remove tags: +a -b", "Mark", "tag"),
    Command("tags", "main", ("T",), "tags", "All tags", "Find"),
    Command("star", "main", ("*",), "star", "Star, or take the star away", "Mark"),
    Command("read", "main", ("u",), "toggle_read", "Read, or unread again", "Mark"),
    Command("undo", "main", ("ctrl+z",), "undo", "Undo the last action", "Mark"),
    Command("delete", "main", ("D", "delete"), "delete", "Delete the article, or what is selected", "Mark"),
    Command("select", "main", ("x",), "select(1)", "Select the row, or let it go", "Mark"),
    Command("select-all", "main", ("X",), "select_all", "Select up to here, or all rows", "Mark"),
    Command("mark-view-read", "main", ("A",), "mark_view_read", "Mark all of this view read", "Mark"),
    Command("tag-view", "main", (), "tag_view", "Tag all of this view", "Mark"),
    Command("star-view", "main", (), "star_view", "Star all of this view", "Mark"),
    Command("copy", "main", ("y",), "copy", "Copy the article, or what is selected in it", "Give", "copy"),
    Command("copy-as", "main", ("Y",), "copy_as", "Copy link, headline, quotation or citation", "Give"),
    Command("browser", "main", ("o",), "browse", "Open in the browser", "Give", "browser"),
    Command("export", "main", ("e",), "export", "Export to a file", "Give"),
    Command("pipe", "main", ("|",), "pipe", "Pipe the text to a command", "Give"),
    Command("editor", "main", ("E",), "edit", "Open the text in the editor", "Give"),
    Command("pager", "main", ("P",), "page_out", "Open the text in the pager", "Give"),
    Command("details", "main", ("i",), "details", "Details: origin, what was inferred, revisions", "Read"),
    Command("zen", "main", ("z",), "zen", "Nothing but the article, and back", "Layout"),
    Command("wider", "main", ("+",), "measure(4)", "Longer lines", "Layout"),
    Command("narrower", "main", ("-",), "measure(-4)", "Shorter lines", "Layout"),
    Command("justify", "main", (", j",), "justify", "Justify the lines, or not", "Layout", "justify"),
    Command(
        "group-days", "main", (", b",), "group_days", "Group the list by day, or not", "Layout", "by day"
    ),
    Command("density", "main", (", d",), "density", "One or two lines for each row", "Layout", "density"),
    Command("theme", "main", (", t",), "theme", "Choose a theme", "Layout", "theme"),
    Command(
        "sidebar",
        "main",
        ("w", ", w"),
        "sidebar",
        "Sidebar of views, where there is room",
        "Layout",
        "sidebar",
    ),
    Command(
        "palette", "main", ("ctrl+p",), "palette", "All commands, found by typing", "Program", "commands"
    ),
    Command("command-line", "main", (":",), "command_line", "Command line", "Program"),
    Command("other-pane", "main", ("tab",), "other_pane", "To the other pane", "Read"),
    Command("feeds", "main", ("f",), "feeds", "Feeds: refresh, add, remove", "Feeds", "feeds"),
    Command("refresh-feeds", "main", ("ctrl+r",), "refresh_feeds", "Refresh all feeds and read on", "Feeds"),
    Command("stop-refresh", "main", (), "stop_refresh", "Stop refreshing", "Feeds"),
    *_FEEDS,
    *_FIGURES,
    *_SAVED,
    *_STORIES,
    *_PICKING,
    *_CALENDAR,
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
    """Textual's bindings for a scope, each key on both keyboard layouts; the id is the command's name.

    Commands reached by several keys in a row are left to :mod:`tui.hands`; one without a key has the
    name of a key that does not exist, so that the config can give it one.
    """
    found = commands(scope)
    bound = [key for command in found for key in command.keys if " " not in key]
    return [
        Binding(
            ",".join(on_both_layouts((key for key in command.keys if " " not in key), bound)) or "unbound",
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
