"""The palette and the command line: everything by name, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader_harness import line_of, main_screen, paste, reader, settle

from store import Store
from tui import i18n
from tui.command_line import VERBS, CommandLineError, complete, complete_choice, complete_setting, read
from tui.commands import COMMANDS
from tui.screens.finder import FinderScreen

pytestmark = pytest.mark.usefixtures("english")


def shown(app: object) -> list[str]:
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, FinderScreen)
    return [row.text for row in screen.menu.rows]


async def test_a_command_is_found_in_either_language_and_done(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        await settle(pilot)
        everything = len(shown(app))
        assert everything > 40
        await pilot.press(*"بنجمة")
        await settle(pilot)
        assert shown(app)[0] == "Star, or take the star away"
        assert "*" in line_of(app.screen.menu, 0)
        await pilot.press("enter")
        await settle(pilot, lambda: store.count(store.parse("is:starred")) == 1)
        # What was done last comes first the next time.
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert shown(app)[0] == "Star, or take the star away"


async def test_arrows_move_in_the_rows_while_the_field_has_the_keys(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", "down", "down")
        await settle(pilot)
        assert app.screen.menu.cursor == 2
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is main_screen(app)


async def test_a_setting_is_chosen_in_the_palette(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"theme night", "enter")
        await settle(pilot, lambda: app.painter.palette.name == "night")
        assert app.settings.theme == "night"


async def type_line(pilot: object, text: str) -> None:
    await pilot.press(":")  # type: ignore[attr-defined]
    await paste(pilot, text)  # type: ignore[arg-type]
    await pilot.press("enter")  # type: ignore[attr-defined]
    await settle(pilot)  # type: ignore[arg-type]


async def test_lines_of_the_command_line(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await type_line(pilot, "12")
        assert main.list.cursor == 11
        await type_line(pilot, "star")
        await settle(pilot, lambda: bool(main.list.current and main.list.current.is_starred))
        await type_line(pilot, "tag +هام")
        await settle(pilot, lambda: main.list.current.tags == ("هام",))
        await type_line(pilot, "set theme paper")
        assert app.painter.palette.name == "paper"
        await type_line(pilot, "set measure 60")
        assert main.view.measure == 60
        await type_line(pilot, "بحث القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        assert main.shown.query == "القدس"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("strar", "no command strar · near it: star"),
        ("set them night", ":set: no setting is called them; did you mean theme?"),
        (
            "set theme pink",
            ":set: theme is one of terminal, night, paper, mono, textual-dark, textual-light … (23 in all), not 'pink'",
        ),
        ("set lang en", "lang is read at the start only"),
        ("set measure", "measure = 80"),
        ("theme", "theme: expected: a theme"),
        ("star now", "star takes nothing after it"),
        ("link x", "a number is expected"),
    ],
)
async def test_what_cannot_be_done_is_told(store: Store, line: str, told: str) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await type_line(pilot, line)
        assert main_screen(app).status.notice.startswith(told)


async def test_the_history_of_the_command_line(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await type_line(pilot, "5")
        await type_line(pilot, "7")
        await pilot.press(":", "up", "up")
        assert main_screen(app).prompt.field.value == "5"
    again = reader(store)
    async with again.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press(":", "up")
        assert main_screen(again).prompt.field.value == "7"


async def test_a_search_that_cannot_be_read_opens_the_field_with_its_place(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await type_line(pilot, "search (القدس")
        await settle(
            pilot, lambda: main_screen(app).prompt is not None and main_screen(app).prompt.note.is_error
        )
        assert main_screen(app).prompt.field.value == "(القدس"


def test_every_verb_has_a_method() -> None:
    from tui.screens.main import MainScreen

    for verb in VERBS:
        assert callable(getattr(MainScreen, "verb_" + verb.name.replace("-", "_")))


def test_every_command_has_an_action() -> None:
    from tui.app import NewsReaderApp
    from tui.screens.main import MainScreen
    from tui.widgets.article_list import ArticleList
    from tui.widgets.menu import Menu
    from tui.widgets.passage_view import PassageView

    homes = {
        "list": ArticleList,
        "article": PassageView,
        "main": MainScreen,
        "menu": Menu,
        "app": NewsReaderApp,
    }
    for command in COMMANDS:
        home = homes.get(command.scope)
        if home is not None:
            assert hasattr(home, "action_" + command.action.split("(")[0]), command.name


@pytest.mark.parametrize(
    ("line", "verb", "argument"),
    [("search x y", "search", "x y"), (":وسم +a", "tag", "+a"), ("!wc -w", "pipe", "wc -w"), ("/كلمة", "search", "كلمة"),
     ("exp f.md", "export", "f.md"), ("|cat", "pipe", "cat")],
)  # fmt: skip
def test_reading_a_line(line: str, verb: str, argument: str) -> None:
    found = read(line)
    assert (found.verb, found.argument) == (verb, argument)


@pytest.mark.parametrize("line", ["", ":", "q w e", "\x00", "tagg", "🙂", "set", "theme"])
def test_a_line_that_cannot_be_read_is_one_sentence(line: str) -> None:
    with pytest.raises(CommandLineError) as failure:
        read(line)
    assert "\n" not in str(failure.value)


def test_completion_of_names_and_arguments() -> None:
    completers = {"set": complete_setting(("theme", "measure")), "theme": complete_choice(("night", "paper"))}
    assert "mark-view-read" in complete("mark-v", 6, completers)
    assert complete("وس", 2, completers) == ["وسم", "وسم-الكل", "وسم-تلقائي"]
    assert complete("set th", 6, completers) == ["set theme"]
    assert complete("set theme n", 11, completers) == ["set theme night", "set theme nord"]
    assert complete("theme p", 7, completers) == ["theme paper"]
    assert complete("nonsense x", 10, completers) == []


def test_files_are_completed(tmp_path: Path) -> None:
    from tui.exporting import complete_file

    (tmp_path / "مقالات").mkdir()
    (tmp_path / "مقال.md").write_text("")
    typed = f"{tmp_path}/مقا"
    assert complete_file(typed, len(typed)) == [f"{tmp_path}/مقال.md", f"{tmp_path}/مقالات/"]
    assert complete_file("/no/such/folder/x", 17) == []


def test_every_word_of_palette_and_command_line_has_its_arabic() -> None:
    from tui.config import CHOICES
    from tui.screens.palette import _LIVE, _SETTINGS
    from tui.themes import PALETTES
    from tui.view_list import _BASE, _HEADINGS

    words = [name for name, _query in _BASE] + list(_HEADINGS.values()) + list(_SETTINGS.values())
    # The themes of Textual go by their own names.
    words += [
        choice for name in _LIVE for choice in CHOICES[name] if choice in PALETTES or name != "theme"
    ] + [verb.needs for verb in VERBS if verb.needs]
    words += [text for command in COMMANDS for text in (command.help, command.group, command.hint) if text]
    assert [word for word in words if i18n.in_language(word, "ar") == word] == []
