"""The field in an app: what is on the screen, what the keys do, what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from tui import i18n
from tui.text import Emission
from tui.themes import PALETTES
from tui.widgets.line_input import LineInput
from tui.widgets.painting import Painter

WIDTH = 20


@pytest.fixture(autouse=True)
def arabic_interface() -> Iterator[None]:
    before = i18n.language()
    i18n.use("ar")
    yield
    i18n.use(before)


class Harness(App[None]):
    """One field, and a key of the app that must not act while text is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("j,ت", "jump")]

    def __init__(self, field: LineInput) -> None:
        super().__init__()
        self.field = field
        self.told: list[object] = []
        self.jumps = 0

    def compose(self) -> ComposeResult:
        yield self.field

    def action_jump(self) -> None:
        self.jumps += 1

    def on_line_input_changed(self, event: LineInput.Changed) -> None:
        self.told.append(("changed", event.value))

    def on_line_input_submitted(self, event: LineInput.Submitted) -> None:
        self.told.append(("submitted", event.value))

    def on_line_input_cancelled(self, event: LineInput.Cancelled) -> None:
        self.told.append("cancelled")

    def on_line_input_completed(self, event: LineInput.Completed) -> None:
        self.told.append((event.choice.lines, event.choice.place) if event.choice else "choice over")

    def row(self) -> str:
        return "".join(segment.text for segment in self.field.render_line(0))

    def reversed_columns(self) -> list[int]:
        columns, x = [], 0
        for segment in self.field.render_line(0):
            if segment.style and segment.style.reverse:
                columns += range(x, x + segment.cell_length)
            x += segment.cell_length
        return columns


async def test_arabic_is_typed_shaped_at_the_right_with_the_cursor_left_of_it() -> None:
    app = Harness(LineInput())
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press(*"سلام")
        # seen, lam-alef, meem from the right; the cursor on the free cell before them.
        assert app.row() == " " * 17 + "\ufee1\ufefc\ufeb3"
        assert app.reversed_columns() == [16]
        assert app.field.value == "سلام"
        assert app.told[-1] == ("changed", "سلام")


async def test_latin_begins_at_the_left() -> None:
    app = Harness(LineInput())
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press(*"jab")
        assert app.row() == "jab" + " " * 17
        assert app.reversed_columns() == [3]
        assert app.jumps == 0


async def test_arrows_move_as_seen_and_typing_goes_where_the_cursor_is() -> None:
    app = Harness(LineInput("قال"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("right", "right")
        assert app.field.cursor == 1
        assert app.reversed_columns() == [18]
        await pilot.press("و", "home", "a", "end", "b")
        assert app.field.value == "aقوالb"


async def test_an_arabic_key_that_gives_two_letters_is_stored_as_two() -> None:
    app = Harness(LineInput())
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("ﻻ", "backspace")
        assert app.field.value == "ل"


async def test_deletions_by_key_on_both_layouts() -> None:
    app = Harness(LineInput("قال الرئيس هنا"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("ctrl+w")
        assert app.field.value == "قال الرئيس "
        await pilot.press("ctrl+ص")
        assert app.field.value == "قال "
        await pilot.press("home", "ctrl+k")
        assert app.field.value == ""


async def test_selection_is_reversed_replaced_and_copied() -> None:
    app = Harness(LineInput("سلم"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("shift+right", "shift+right")
        assert app.field.selected == "لم"
        assert app.reversed_columns() == [17, 18]
        await pilot.press("ctrl+c")
        assert app.clipboard == "لم"
        await pilot.press("ع")
        assert app.field.value == "سع"
        await pilot.press("ctrl+a", "ctrl+x")
        assert (app.field.value, app.clipboard) == ("", "سع")


async def test_a_paste_is_one_line_without_controls() -> None:
    app = Harness(LineInput("ab"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        app.field.post_message(events.Paste("سطر\nثان\x1b]52;c;x\x07\u202e"))
        await pilot.pause()
        assert app.field.value == "abسطر ثان]52;c;x"


async def test_history_keeps_what_was_being_typed() -> None:
    app = Harness(LineInput("new", history=["old", "older"][::-1]))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("up")
        assert app.field.value == "old"
        await pilot.press("up", "up")
        assert app.field.value == "older"
        await pilot.press("down", "down", "down")
        assert app.field.value == "new"


async def test_tab_goes_through_the_candidates_and_back() -> None:
    def candidates(text: str, index: int) -> list[str]:
        return [name + text[index:] for name in ("كوريا", "كوبا") if name.startswith(text[:index])]

    app = Harness(LineInput("كو!", completions=candidates))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("right", "tab")
        assert (app.field.value, app.field.cursor) == ("كوريا!", 5)
        await pilot.press("tab")
        assert (app.field.value, app.field.cursor) == ("كوبا!", 4)
        assert (("كوريا!", "كوبا!"), 1) in app.told
        await pilot.press("shift+tab", "shift+tab")
        assert app.field.value == "كوبا!"
        # The arrows go through them, too, and not through the history.
        await pilot.press("up")
        assert app.field.value == "كوريا!"
        await pilot.press("down")
        assert app.field.value == "كوبا!"
        # A letter typed ends the round: the next Tab asks again.
        await pilot.press("x", "tab")
        assert app.field.value == "كوباx!"
        assert "choice over" in app.told


async def test_escape_in_a_choice_gives_back_what_was_typed_and_one_more_leaves() -> None:
    app = Harness(LineInput("كو", completions=lambda text, index: ["كوريا", "كوبا"]))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("tab", "tab", "escape")
        assert (app.field.value, app.field.cursor) == ("كو", 2)
        assert "cancelled" not in app.told
        await pilot.press("escape")
        assert app.told[-1] == "cancelled"


async def test_what_was_typed_deleted_and_pasted_is_undone_word_by_word() -> None:
    app = Harness(LineInput())
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press(*"قال ", *"نعم", "ctrl+w")
        assert app.field.value == "قال "
        await pilot.press("ctrl+z")
        assert app.field.value == "قال نعم"
        await pilot.press("ctrl+z")
        assert app.field.value == "قال "
        await pilot.press("ctrl+z", "ctrl+z")
        assert app.field.value == ""
        await pilot.press("ctrl+y", "ctrl+y")
        assert app.field.value == "قال نعم"
        # Something else done ends the way forward.
        await pilot.press("backspace", "ctrl+y")
        assert app.field.value == "قال نع"


async def test_enter_and_escape_are_told() -> None:
    app = Harness(LineInput("خبر"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.press("enter", "escape")
        assert app.told == [("submitted", "خبر"), "cancelled"]


async def test_a_click_puts_the_cursor_on_the_letter_and_a_drag_selects() -> None:
    app = Harness(LineInput("سلم"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.click(LineInput, offset=(18, 0))
        assert app.field.cursor == 1
        await pilot.mouse_down(LineInput, offset=(19, 0))
        await pilot.hover(LineInput, offset=(17, 0))
        await pilot.mouse_up(LineInput, offset=(17, 0))
        assert app.field.selected == "سل"


async def test_a_long_line_scrolls_with_the_cursor_in_sight() -> None:
    text = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
    app = Harness(LineInput(text))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        assert app.reversed_columns() == [0]
        assert app.row()[-1] not in text[:5]
        await pilot.press("home")
        assert app.reversed_columns() == [WIDTH - 1]
        assert app.row()[-1] == "\ufe8d"


async def test_kitty_gets_words_turned_round_and_logical_gets_letters_as_typed() -> None:
    for emission, expected in ((Emission.KITTY, "\ufeb3\ufefc\ufee1"), (Emission.LOGICAL, "سلام")):
        app = Harness(LineInput("سلام", painter=Painter(PALETTES["terminal"], emission)))
        async with app.run_test(size=(WIDTH, 3)) as pilot:
            await pilot.press("home")
            assert app.row().strip() == expected


async def test_the_placeholder_is_laid_out_too_and_gives_way() -> None:
    app = Harness(LineInput(placeholder="ابحث"))
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        assert app.row() == " " * 15 + "\ufe9a\ufea4\ufe91\ufe8d "
        assert app.reversed_columns() == [WIDTH - 1]
        await pilot.press("1")
        assert app.row() == " " * 19 + "1"


async def test_a_field_one_cell_wide_copes() -> None:
    app = Harness(LineInput("سلام日"))
    async with app.run_test(size=(1, 1)) as pilot:
        for key in ("left", "right", "home", "end", "backspace", "ctrl+u", "x"):
            await pilot.press(key)
            assert app.field.render_line(0).cell_length == 1


async def test_setting_the_value_sanitises_it() -> None:
    app = Harness(LineInput("a\nb"))
    async with app.run_test(size=(WIDTH, 3)):
        assert app.field.value == "a b"
        app.field.value = "x\x1by"
        assert app.field.value == "xy"
