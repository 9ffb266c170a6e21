"""Matches of a search in the reader: where they are marked, and walking along them through the hits."""

from __future__ import annotations

from typing import Any

import pytest
from reader_harness import line_of, main_screen, reader, settle
from textual.pilot import Pilot

from store import Store
from tui.messages import StoreChanged
from tui.screens.main import MainScreen
from tui.widgets.prompt import Prompt

pytestmark = pytest.mark.usefixtures("english")


def standing_at(main: MainScreen) -> tuple[int | None, str, str]:
    """The article that is open, what is marked as the match one stands at, and what the status line says of it."""
    view = main.view
    number, start = view._match or (0, -1)
    marked = [view.blocks[number].text[a:b] for a, b in view.matches_in(number) if a == start]
    return (
        main.article and main.article.id,
        "".join(marked),
        next((w for w in main.place_words() if "match" in w), ""),
    )


async def searched(pilot: Pilot[Any], main: MainScreen, asked: str) -> None:
    """Search as Enter does, and open the first hit."""
    main.on_prompt_answered(Prompt.Answered("search", asked))
    await settle(pilot, lambda: main.shown.query == asked and main.query_of_view is not None)
    await pilot.press("enter")
    await settle(pilot, lambda: main.is_article_in_front)


async def test_matches_are_walked_through_the_hits_and_counted(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "(القدس OR ثانية) on:2024-01-01..2024-01-05")
        # Newest first: number 4, then 3, 2, 1 and 0; 4 and 0 have القدس in the headline, all ثانية in the text.
        rows = [row.id for row in main.list.window.rows]
        first = main.article.id
        assert first == rows[0]
        assert standing_at(main) == (first, "القدس", "match 1 of 2")
        await pilot.press("n")
        assert standing_at(main) == (first, "ثانية", "match 2 of 2")
        await pilot.press("n")
        await settle(pilot, lambda: main.article.id == rows[1])
        assert main.list.cursor == 1


async def test_matches_end_with_the_last_hit_and_go_back_to_the_last_of_the_one_before(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "(القدس OR ثانية) on:2024-01-04..2024-01-05")
        four, three = (row.id for row in main.list.window.rows)
        await pilot.press("n", "n")
        await settle(pilot, lambda: main.article.id == three)
        assert standing_at(main) == (three, "ثانية", "match 1 of 1")
        await pilot.press("n")
        assert main.status.notice == "no further match"
        assert standing_at(main) == (three, "ثانية", "match 1 of 1")
        await pilot.press("N")
        await settle(pilot, lambda: main.article.id == four)
        assert standing_at(main) == (four, "ثانية", "match 2 of 2")
        await pilot.press("N", "N")
        assert main.status.notice == "no further match"


async def test_a_hit_read_before_and_one_that_is_open_stand_at_the_match(store: Store) -> None:
    app = reader(store)
    newest = store.views.ids(store.parse("زيتون"))[0]
    store.set_place(newest, 40)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "زيتون")
        assert standing_at(main) == (newest, "زيتون", "match 1 of 1")
        # The same article, searched for something else.
        await pilot.press("escape")
        await searched(pilot, main, "ثانية on:2024-02-06")
        assert standing_at(main) == (newest, "ثانية", "match 1 of 1")


async def test_what_is_found_in_the_article_is_walked_there(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        here = main.article.id
        await pilot.press("ctrl+f", *"فقره", "enter")
        await settle(pilot, lambda: main.prompt is None)
        assert standing_at(main) == (here, "فقرة", "match 1 of 2")
        await pilot.press("n")
        assert standing_at(main) == (here, "فقرة", "match 2 of 2")
        await pilot.press("n")
        assert standing_at(main) == (here, "فقرة", "match 1 of 2")
        assert main.status.notice == "from the beginning again"
        # It ends with the article.
        await pilot.press("]")
        await settle(pilot, lambda: main.article.id != here)
        assert standing_at(main)[1:] == ("", "")
        second = main.article.id
        await pilot.press("n")
        await settle(pilot, lambda: main.article.id != second)


async def test_what_is_found_in_the_article_is_shown_while_one_types_and_esc_undoes_it(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "(القدس OR ثانية) on:2024-01-05")
        here = main.article.id
        await pilot.press("n")
        assert standing_at(main) == (here, "ثانية", "match 2 of 2")
        await pilot.press("ctrl+f", *"فقر")
        await settle(pilot, lambda: main.prompt is not None and main.prompt.note.text == "match 1 of 2")
        assert standing_at(main) == (here, "فقرة", "match 1 of 2")
        await pilot.press(*"ظظ")
        await settle(pilot, lambda: main.prompt.note.text == "not in this article")
        await pilot.press("escape")
        await settle(pilot, lambda: main.prompt is None)
        assert standing_at(main) == (here, "ثانية", "match 2 of 2")


async def test_a_find_that_cannot_be_read_says_why_and_is_kept(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        await pilot.press("ctrl+f", *"(فقرة", "enter")
        await settle(pilot, lambda: main.prompt is not None and main.prompt.note.is_error)
        assert main.prompt.note.text == "letter 1: this bracket is never closed"
        assert main.prompt.field.value == "(فقرة"
        await pilot.press(")", "enter")
        await settle(pilot, lambda: main.prompt is None)
        assert standing_at(main)[1:] == ("فقرة", "match 1 of 2")


async def test_the_marks_of_the_search_come_back_behind_a_find(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "القدس")
        here = main.article.id
        await pilot.press("ctrl+f", *"ثانية", "enter")
        await settle(pilot, lambda: standing_at(main) == (here, "ثانية", "match 1 of 1"))
        await pilot.press("]")
        await settle(pilot, lambda: main.article.id != here)
        assert standing_at(main)[1:] == ("القدس", "match 1 of 1")
        await pilot.press("ctrl+f", *"ثانية", "enter")
        await settle(pilot, lambda: main.prompt is None)
        await pilot.press("escape")
        await settle(pilot, lambda: not main.is_article_in_front)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        assert standing_at(main)[1:] == ("القدس", "match 1 of 1")


async def test_where_no_words_were_searched_the_next_unread_is_gone_to(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "source:الجزيرة")
        first = main.article.id
        await pilot.press("n")
        await settle(pilot, lambda: main.article.id == main.list.window.rows[1].id != first)


@pytest.mark.parametrize(
    "asked", ["is:unread on:2024-02-08..2024-02-12", "is:unread on:2024-02-08..2024-02-12 sort:oldest"]
)
async def test_none_is_passed_over_where_what_was_opened_leaves_the_list(store: Store, asked: str) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.on_prompt_answered(Prompt.Answered("search", asked))
        await settle(pilot, lambda: main.shown.query == asked and len(main.list.window.rows) == 5)
        first, second, third, fourth, fifth = (row.id for row in main.list.window.rows)
        await pilot.press("enter")
        for key, here, then in (
            ("n", first, second),
            ("]", second, third),
            ("]", third, fourth),
            ("n", fourth, fifth),
        ):
            # It is read now, and gone from the list when that is read anew.
            await settle(pilot, lambda here=here: main.article is not None and main.article.id == here)
            main.post_message(StoreChanged())
            await settle(pilot, lambda here=here: here not in [row.id for row in main.list.window.rows])
            await pilot.press(key)
            await settle(pilot, lambda then=then: main.article.id == then)
        main.post_message(StoreChanged())
        await settle(pilot, lambda: not main.list.window.rows)
        await pilot.press("]")
        assert main.status.notice == "no further article"
        store.set_unread([third], True)
        main.post_message(StoreChanged())
        await settle(pilot, lambda: len(main.list.window.rows) == 1)
        # The one above the place where the last one stood.
        await pilot.press("]")
        assert main.article.id == fifth
        await pilot.press("[")
        await settle(pilot, lambda: main.article.id == third)


async def test_only_what_was_searched_is_marked_in_an_article(store: Store) -> None:
    store.change_tags(store.views.ids(store.parse("القدس")), add=["القدس", "فقرة"])
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        for asked, parts in (("title:القدس", ["title"]), ("القدس فقرة", ["title", "body", "body"])):
            await pilot.press("/")
            await settle(pilot, lambda: main.prompt is not None)
            main.on_prompt_answered(Prompt.Answered("search", asked))
            await settle(
                pilot, lambda asked=asked: main.shown.query == asked and len(main.list.window.rows) == 10
            )
            await pilot.press("enter")
            await settle(pilot, lambda: main.is_article_in_front)
            marked = [block.part for n, block in enumerate(main.view.blocks) if main.view.matches_in(n)]
            assert marked == parts
            await pilot.press("escape", "escape")
            await settle(pilot, lambda: not main.shown.is_search)


async def test_keywords_that_matched_stand_below_the_headline(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"رياضة", "enter")
        await settle(pilot, lambda: len(main.list.snippets) >= 12)
        assert "Keywords" in line_of(main.list, 1)
        hits = [s for s in main.list.render_line(1) if s.style == app.painter.palette.style("read hit")]
        assert len(hits) == 1


async def test_esc_brings_back_what_was_found_before(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "القدس")
        here = main.article.id
        await pilot.press("ctrl+f", *"ثانية", "enter")
        await settle(pilot, lambda: standing_at(main) == (here, "ثانية", "match 1 of 1"))
        await pilot.press("ctrl+f", "ز", "escape")
        await settle(pilot, lambda: main.prompt is None)
        assert main.is_finding
        assert standing_at(main) == (here, "ثانية", "match 1 of 1")


async def test_where_no_further_match_is_the_next_hit_opens_at_its_first(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await searched(pilot, main, "القدس")
        here = main.article.id
        await pilot.press("N")
        await settle(pilot)
        assert main.article.id == here
        assert main._match_side == 1
