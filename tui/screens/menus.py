"""Menu screens: something to choose from over the panes; the choice is the screen's result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from store import Store, TagCount

from ..commands import COMMANDS, Command, on_both_layouts
from ..i18n import _, counted, is_rtl, number
from ..text import Base
from ..widgets.line_cache import DrawnWidget
from ..widgets.line_input import LineInput
from ..widgets.menu import Menu, MenuRow
from ..widgets.painting import Painter, strip_of
from ..widgets.status_line import StatusLine

if TYPE_CHECKING:
    from ..app import NewsReaderApp


class Heading(DrawnWidget):
    """The title of a screen: one line."""

    DEFAULT_CSS = "Heading { height: 1; width: 1fr; }"

    def __init__(self, painter: Painter, text: str) -> None:
        super().__init__()
        self.painter = painter
        self.text = text

    def render_line(self, y: int) -> Strip:
        """The title at the beginning of the line."""
        paint, width = self.painter, self.size.width
        base: Base = "R" if is_rtl() else "L"
        text = paint.field(self.text, width - 2, "title status", base=base)
        return strip_of([paint.blank(1, "status"), *text, paint.blank(1, "status")], width)


class MenuScreen(Screen[object]):
    """A heading, a menu that can be narrowed by typing after ``/``, and the status line."""

    DEFAULT_CSS = "MenuScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS: ClassVar[str | None] = "Menu"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(on_both_layouts(("escape", "right", "q"))), "leave", show=False),
        Binding(",".join(on_both_layouts(("/",))), "narrow", show=False),
    ]

    app: NewsReaderApp

    def __init__(self, painter: Painter, title: str, rows: Sequence[MenuRow], *, empty: str = "") -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.heading = Heading(painter, title)
        self.menu = Menu(painter, rows)
        self.menu.empty_text = empty
        self.status = StatusLine(painter)
        self.field = LineInput("", placeholder=_("narrow the list"), painter=painter)
        self.field.display = False

    def compose(self) -> ComposeResult:
        """Heading, narrowing field, menu, status line."""
        yield self.heading
        yield self.field
        yield self.menu
        yield self.status

    def on_mount(self) -> None:
        """Say how many there are, and the keys."""
        self._tell_place()
        self.status.tell_hints(self.hints())

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here, and what they do."""
        return (("Enter", _("choose")), ("/", _("narrow")), ("→" if is_rtl() else "Esc", _("back")))

    def _tell_place(self) -> None:
        choosable = [row for row in self.menu.rows if row.is_choosable]
        current = self.menu.current
        place = choosable.index(current) + 1 if current in choosable else 0
        if choosable:
            self.status.tell_place(
                _("{place} of {total}").format(place=number(place), total=number(len(choosable)))
            )
        else:
            self.status.tell_place(_("empty"))

    def show(self, rows: Sequence[MenuRow]) -> None:
        """Show other rows, the cursor staying where it was."""
        self.rows = tuple(rows)
        self.menu.show(rows, keep=True)
        self._tell_place()

    def action_narrow(self) -> None:
        """Narrow the menu to rows that hold what is typed."""
        self.field.display = True
        self.field.focus()

    @on(LineInput.Changed)
    def _typed(self, event: LineInput.Changed) -> None:
        self.menu.show([row for row in self.rows if not event.value or holds(row, event.value)])
        self._tell_place()

    @on(LineInput.Submitted)
    def _narrowed(self) -> None:
        self.menu.focus()

    @on(LineInput.Cancelled)
    def _widened(self) -> None:
        self.field.display = False
        self.menu.show(self.rows)
        self.menu.focus()
        self._tell_place()

    @on(Menu.Moved)
    def _moved(self) -> None:
        self._tell_place()

    @on(Menu.Chosen)
    def _chosen(self, event: Menu.Chosen) -> None:
        self.dismiss(event.row.value)

    def action_leave(self) -> None:
        """Back, with nothing chosen."""
        self.dismiss(None)


def holds(row: MenuRow, typed: str) -> bool:
    """True where a row's text holds what was typed, in any spelling."""
    from store import fold

    wanted = fold(typed)
    return row.is_choosable and (wanted in fold(row.text) or wanted in fold(row.detail))


def tag_rows(tags: Sequence[TagCount]) -> list[MenuRow]:
    """Tags with how many articles carry them and how many of these are unread."""
    return [
        MenuRow(
            f"#{tag.name}",
            counted("{n} article", "{n} articles", tag.articles)
            + (" · " + counted("{n} unread", "{n} unread", tag.unread) if tag.unread else ""),
            tag.name,
            "tag",
        )
        for tag in tags
    ]


def tags_screen(painter: Painter, store: Store) -> MenuScreen:
    """All tags; the result is the name of one."""
    return MenuScreen(
        painter, _("Tags"), tag_rows(store.tags()), empty=_("No tags yet: t adds one to an article")
    )


#: How keys are written in help, where their names are not what is printed on them.
_KEY_SIGNS = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc",
    "enter": "Enter", "space": "Space", "home": "Home", "end": "End", "backspace": "Backspace", "tab": "Tab",
}  # fmt: skip


def key_sign(key: str) -> str:
    """A key, or several in a row, as help writes them."""
    if " " in key:
        return " ".join(key_sign(one) for one in key.split())
    modifier, plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    sign = _KEY_SIGNS.get(last) or (last.upper() if len(last) > 1 or plus else last)
    # Isolated (UAX #9, LRI … PDI): a bracket is shown as it is printed on the keyboard, not mirrored.
    return f"\u2066{modifier.capitalize()}{plus}{sign}\u2069"


def N_(text: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return text


#: The query language for the help: as it is written, and what it means. ``search --syntax`` prints all of it.
_LANGUAGE = (
    ("كيم شويغو", N_("all these words, in any spelling")),
    ('"كوريا الشمالية"', N_("these words side by side")),
    ("=كلمة", N_("the word as it is written")),
    ("-كلمة", N_("without the word")),
    ("كلمة OR أخرى", N_("either of them")),
    ("كور*", N_("words that begin so")),
    ("(أ OR ب) ج", N_("a group")),
    ("/كيم (جونغ|جونج)/", N_("a regular expression, in headline and text")),
    ("title: عنوان:", N_("in the headline")),
    ("keyword: كلمة:", N_("in the keywords")),
    ("source: مصدر:", N_("of an outlet")),
    ("agency: وكالة:", N_("of an agency")),
    ("tag: وسم:", N_("with a tag")),
    ("note: ملاحظة:", N_("in your notes")),
    ("story: قصة:", N_("in the story of an article, by its number")),
    ("saved: محفوظ:", N_("what a saved search finds, by its name")),
    ("after: بعد:", N_("from a date on: 2023-09-14, 7d, yesterday")),
    ("before: قبل:", N_("before a date")),
    ("on: يوم:", N_("on a day, in a month, a year or a range: 2023-01..2023-03")),
    ("is: حالة:", N_("unread, read, starred or untagged")),
    ("has: فيه:", N_("with links, notes or highlights")),
    ("sort: ترتيب:", N_("by date, relevance, outlet, headline or arrival")),
)


def help_rows(keys_of: Callable[[Command], tuple[str, ...]]) -> list[MenuRow]:
    """All commands by group, each with its keys, and the query language; the value is the command, or what to search."""
    rows: list[MenuRow] = []
    base: Base = "R" if is_rtl() else "L"
    for group in dict.fromkeys(command.group for command in COMMANDS):
        rows.append(MenuRow(_(group), role="heading", base=base))
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for command in COMMANDS:
            keys = keys_of(command)
            if command.group != group or (command.help, keys) in seen:
                continue
            seen.add((command.help, keys))
            signs = "  ".join(key_sign(key) for key in keys)
            rows.append(MenuRow(_(command.help), signs, command, indent=2, base=base))
    rows.append(MenuRow(_("What a search understands"), role="heading", base=base))
    for written, meaning in _LANGUAGE:
        names = written.split() if written.endswith(":") else [written]
        rows.append(MenuRow(_(meaning), written, names[-1 if is_rtl() else 0], indent=2, base=base))
    return rows
