"""Text selected with the mouse: cells on the screen, logical text on the clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_harness import main_screen, reader, settle
from textual import events

from store import Store
from tui.page_layout import PageLayout
from tui.presentation import Block
from tui.text_selection import Place, TextSelection, place_at, word_at

pytestmark = pytest.mark.usefixtures("english")

WIDTH = 40


def page(*texts: str) -> PageLayout:
    return PageLayout([Block(text, "body", is_followed_by_space=True) for text in texts], WIDTH, 30, "R")


def at(layout: PageLayout, x: int, y: int) -> Place:
    found = place_at(layout, x, y)
    assert found is not None
    return found


def test_from_right_to_left_the_text_is_in_its_own_order() -> None:
    layout = page("سلام عليكم")
    # The measure is 30 cells of 40, so the page ends at column 34; the first letter stands at its right edge.
    first, fourth = at(layout, 34, 0), at(layout, 31, 0)
    assert first.start == 0
    chosen = TextSelection(first, fourth)
    # From the right: seen, lam-alef (one cell), meem, blank.
    assert chosen.text(layout.blocks) == "سلام "
    assert TextSelection(fourth, first).text(layout.blocks) == "سلام "


def test_over_several_paragraphs() -> None:
    layout = page("أول الكلام", "وسطه", "آخره هنا")
    top = at(layout, 34 - 4, 0)
    bottom = at(layout, 34 - 3, 4)
    assert TextSelection(top, bottom).text(layout.blocks) == "الكلام\nوسطه\nآخره"


def test_beside_a_line_is_its_edge_and_below_the_page_its_end() -> None:
    layout = page("سلام")
    assert at(layout, 39, 0).start == 0
    assert at(layout, 0, 0).start == 4
    assert at(layout, 10, 50) == Place(0, 4, 4)
    assert place_at(page(), 0, 0) is None


def test_a_word() -> None:
    layout = page("قال الرئيس: لا")
    chosen = word_at(layout, at(layout, 34 - 6, 0))
    assert chosen is not None
    assert chosen.text(layout.blocks) == "الرئيس"
    assert word_at(layout, at(layout, 34 - 3, 0)) is None


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ابتلا كلBC (12)َّ", max_size=120), st.data())
def test_what_is_selected_is_a_piece_of_the_text(text: str, data: st.DataObject) -> None:
    layout = page(text)
    column, row = st.integers(-2, WIDTH + 2), st.integers(0, 8)
    first = place_at(layout, data.draw(column), data.draw(row))
    second = place_at(layout, data.draw(column), data.draw(row))
    assert first is not None
    assert second is not None
    assert TextSelection(first, second).text(layout.blocks) in text
    assert TextSelection(first, second).text(layout.blocks) == TextSelection(second, first).text(
        layout.blocks
    )


async def test_dragging_selects_copies_and_says_so(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        view = main.view
        number = next(
            n for n in range(20) if (p := view.page.line(n)) and view.blocks[p.block].role == "body"
        )
        right = view.page.left + view.page.measure - 1
        await pilot.mouse_down(view, offset=(right, number))
        await pilot.hover(view, offset=(right - 3, number))
        assert view.selected_text == "فقرة"
        marked = [s for s in view.render_line(number) if s.style == app.painter.palette.style("body cursor")]
        assert sum(segment.cell_length for segment in marked) == 4
        await pilot.mouse_up(view, offset=(right - 3, number))
        await settle(pilot, lambda: app.clipboard == "فقرة")
        assert main.status.notice == "copied: فقرة"
        # y copies the selection, Esc lets it go and stays in the article.
        await pilot.press("y")
        await settle(pilot)
        assert app.clipboard == "فقرة"
        await pilot.press("escape")
        assert view.selection is None
        assert main.is_article_in_front


async def test_a_quotation_takes_what_is_selected(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        body = next(number for number, block in enumerate(main.view.blocks) if block.role == "body")
        main.view.selection = TextSelection(Place(body, 0, 1), Place(body, 3, 4))
        await pilot.press(":")
        await settle(pilot, lambda: getattr(app.focused, "takes_text", False))
        await pilot.press(*"copy quotation", "enter")
        await settle(pilot, lambda: app.clipboard.startswith("«فقرة»\n— الجزيرة"))


async def test_the_wheel_scrolls_and_a_click_still_follows_a_link(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(60, 6)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        main.view.post_message(events.MouseScrollDown(main.view, 5, 2, 0, 1, 0, False, False, False))
        await settle(pilot, lambda: main.view.top > 0)
        assert main.view.selection is None
