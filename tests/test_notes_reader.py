"""Marking and writing in the reader: with keys and mouse, seen in the article, listed, gone to, undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reader_harness import line_of, main_screen, paste, reader, settle
from textual.pilot import Pilot

from store import Store
from tui.messages import StoreChanged
from tui.screens.main import MainScreen
from tui.screens.notes import NotesScreen
from tui.text_selection import Place, TextSelection

pytestmark = pytest.mark.usefixtures("english")


async def opened(pilot: Pilot[Any], article_id: int) -> MainScreen:
    screen = main_screen(pilot.app)
    screen.open_article(article_id)
    await settle(pilot, lambda: screen.article is not None and screen.article.id == article_id)
    await settle(pilot, lambda: screen.view.has_focus)
    return screen


async def answer(pilot: Pilot[Any], text: str) -> None:
    screen = main_screen(pilot.app)
    await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
    assert screen.prompt is not None
    screen.prompt.field.value = text
    await pilot.press("enter")


def notes(store: Store, article_id: int = 5) -> list[tuple[str, str]]:
    return [(note.passage, note.text) for note in store.notes.of(article_id)]


async def test_a_passage_picked_with_the_keys_is_highlighted_and_undone(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        # By whole words: «فقرة أولى» and no blank.
        await pilot.press("m", "enter", "w", "w", "enter")
        await settle(pilot, lambda: notes(store) == [("فقرة أولى", "")] and bool(screen.view.notes))
        block = next(number for number, block in enumerate(screen.view.blocks) if block.offset == 0)
        assert [(s.start, s.end) for s in screen.view.spans_of(block) if s.style == "marked"] == [(0, 9)]
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: notes(store) == [])
        await settle(pilot, lambda: not screen.view.blocks[block].spans)


async def test_a_note_is_written_in_arabic_seen_and_written_anew(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press("m", "p", "a")
        await answer(pilot, "للتحقّق من المصدر")
        body = store.article(5).body
        await settle(pilot, lambda: notes(store) == [(body[0], "للتحقّق من المصدر")])
        await settle(pilot, lambda: any(block.note for block in screen.view.blocks))
        shown = next(block for block in screen.view.blocks if block.note)
        assert shown.text == "✎ للتحقّق من المصدر"
        assert shown.role == "note"
        assert "1 note" in screen.place_words()
        # Stand at it, write it anew.
        await pilot.press(")", "a")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.value != "")
        await answer(pilot, "تحقّقت")
        await settle(pilot, lambda: notes(store) == [(body[0], "تحقّقت")])
        await settle(pilot, lambda: len(screen.done) == 2)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: notes(store) == [(body[0], "للتحقّق من المصدر")])
        await settle(pilot, lambda: "للتحقّق من المصدر" in [note.text for note in screen.view.notes])
        await pilot.press("d")
        await settle(pilot, lambda: notes(store) == [])
        await settle(pilot, lambda: len(screen.done) == 2)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: notes(store) == [(body[0], "للتحقّق من المصدر")])


async def test_what_the_mouse_selects_is_marked(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        page = screen.view.page
        block = next(number for number, block in enumerate(screen.view.blocks) if block.offset == 0)
        y = page.line_of(block)
        right = page.left + page.measure - 1
        await pilot.mouse_down(screen.view, offset=(right, y))
        await pilot.hover(screen.view, offset=(right - 3, y))
        await pilot.mouse_up(screen.view, offset=(right - 3, y))
        await settle(pilot, lambda: screen.view.selected_text == "فقرة")
        await pilot.press("m")
        await settle(pilot, lambda: notes(store) == [("فقرة", "")])
        await settle(pilot, lambda: bool(screen.view.notes))
        # A click on it stands at it, the next click writes about it.
        await pilot.click(screen.view, offset=(right - 1, y))
        await settle(pilot, lambda: screen.view.note == store.notes.of(5)[0].id)
        await pilot.click(screen.view, offset=(right - 1, y))
        await answer(pilot, "كلمة")
        await settle(pilot, lambda: notes(store) == [("فقرة", "كلمة")])


async def test_a_note_on_the_article_from_the_list(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("a")
        await answer(pilot, "مهم")
        await settle(pilot, lambda: notes(store, 40) == [("", "مهم")])
        await settle(pilot, lambda: screen.list.window.rows[0].notes == 1)
        assert "✎" in line_of(screen.list, 1)


async def test_all_notes_are_listed_gone_to_and_deleted(store: Store) -> None:
    store.notes.add_passage(5, "فقرة ثانية", "أول")
    store.notes.add_to_whole(9, "على المقال")
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("M")
        await settle(pilot, lambda: isinstance(app.screen, NotesScreen))
        listed = app.screen
        assert isinstance(listed, NotesScreen)
        assert [row.text for row in listed.menu.rows] == [
            store.article(9).title,
            "✎ على المقال",
            store.article(5).title,
            "✎ أول  «فقرة ثانية»",
        ]
        assert [key for key, _word in listed.status.hints] == ["Enter", "a", "d", "y", "e", "/", "Esc"]
        await pilot.press("d")
        await settle(pilot, lambda: notes(store, 9) == [] and isinstance(app.screen, NotesScreen))
        await settle(pilot, lambda: isinstance(app.screen, NotesScreen) and len(app.screen.menu.rows) == 2)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == 5)
        await settle(pilot, lambda: screen.view.note == store.notes.of(5)[0].id)
        assert screen.is_article_in_front
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: notes(store, 9) == [("", "على المقال")])


async def test_a_note_whose_passage_is_gone_is_shown_below(store: Store) -> None:
    store.notes.add_passage(5, "فقرة ثانية", "كانت هنا")
    store.connection.execute("UPDATE notes SET start = NULL, stop = NULL")
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        texts = [block.text for block in screen.view.blocks]
        at = texts.index("Notes on passages that are no longer in the text")
        assert texts[at + 1] == "✎ «فقرة ثانية»: كانت هنا"


async def test_escape_lets_the_passage_go_and_then_the_cursor(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press("m", "v", "w")
        assert screen.view.pick is not None
        assert screen.view.pick.anchor is not None
        await pilot.press("escape")
        assert screen.view.pick is not None
        assert screen.view.pick.anchor is None
        await pilot.press("escape")
        assert screen.view.pick is None
        assert screen.is_article_in_front
        assert notes(store) == []


async def test_what_is_picked_stays_when_the_store_changes_and_goes_with_its_paragraph(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press("m", "v", "w")
        await settle(pilot, lambda: screen.view.pick is not None and screen.view.pick.anchor is not None)
        picked = screen.view.pick
        # Another process writes: the page is read anew.
        screen.post_message(StoreChanged())
        await settle(pilot)
        assert screen.view.pick == picked
        assert picked is not None
        other = [
            replace(block, text="أخرى") if number == picked.head.block else block
            for number, block in enumerate(screen.view.blocks)
        ]
        screen.view.update(other)
        assert screen.view.pick is None


async def test_what_is_selected_stays_when_the_store_changes(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        block = next(number for number, block in enumerate(screen.view.blocks) if block.offset == 0)
        selection = TextSelection(Place(block, 0, 1), Place(block, 3, 4))
        screen.view.selection = selection
        screen.post_message(StoreChanged())
        await settle(pilot)
        assert screen.view.selection == selection


async def test_a_note_that_is_not_written_leaves_its_passage_selected(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press("m", "p", "a")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        # It is in sight while one writes.
        assert screen.view.selected_text == store.article(5).body[0]
        await pilot.press("escape")
        await settle(pilot, lambda: screen.prompt is None)
        assert notes(store) == []
        assert screen.view.selected_text == store.article(5).body[0]
        await pilot.press("m")
        await settle(pilot, lambda: notes(store) == [(store.article(5).body[0], "")])


async def test_keys_of_the_whole_program_work_while_one_picks(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 10)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press("m", "space", "2", "w")
        assert screen.view.pick is not None
        last = max(i for i, block in enumerate(screen.view.blocks) if block.offset is not None)
        assert screen.view.pick.head.block == last
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: screen.status.notice == "nothing to undo")
        await pilot.press("ctrl+q")
        await settle(pilot, lambda: not app.is_running or app._exit)


async def test_what_another_process_notes_is_seen(store: Store) -> None:
    other = Store(store.path)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        other.notes.add_passage(5, "فقرة ثانية", "من هناك")
        await settle(pilot, lambda: any(block.note for block in screen.view.blocks))
    other.close()


async def test_a_note_of_several_lines_keeps_them(store: Store) -> None:
    store.notes.add_to_whole(5, "أول\nثان")
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press(")", "a")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        assert screen.prompt is not None
        assert screen.prompt.field.value == "أول ¶ ثان"
        await pilot.press("end")
        await paste(pilot, " وثالث")
        await pilot.press("enter")
        await settle(pilot, lambda: notes(store) == [("", "أول\nثان وثالث")])


async def test_a_store_that_can_only_be_read_takes_no_note(store: Store) -> None:
    path = store.path
    store.close()
    only = Store(path, read_only=True)
    app = reader(only)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await opened(pilot, 5)
        await pilot.press("m", "p", "enter")
        await settle(pilot, lambda: screen.status.notice == "this store can only be read")
    only.close()


async def test_notes_are_exported_with_their_citations(store: Store, tmp_path: Path) -> None:
    store.notes.add_passage(5, "فقرة ثانية", "رأيي")
    store.notes.add_to_whole(9, "على المقال")
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for name in ("notes.md", "notes.csv"):
            await pilot.press("M")
            await settle(pilot, lambda: isinstance(app.screen, NotesScreen))
            await pilot.press("e")
            await settle(pilot, lambda: isinstance(app.screen, MainScreen))
            await answer(pilot, str(tmp_path / name))
            await settle(pilot, lambda name=name: (tmp_path / name).exists())
    written = (tmp_path / "notes.md").read_text(encoding="utf-8")
    assert "> فقرة ثانية" in written
    assert "✎ رأيي" in written
    assert f"«{store.article(5).title}»" in written
    assert "✎ على المقال" in written
    assert "فقرة أولى" not in written
    table = (tmp_path / "notes.csv").read_text(encoding="utf-8")
    assert "فقرة ثانية: رأيي" in table
    assert store.article(9).title in table
