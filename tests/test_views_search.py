"""Searching in the reader: results while one types, errors with their place, and back to where one was."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_harness import line_of, main_screen, reader, settle

from store import QueryError, Store
from store.query import parse
from tui.messages import RowsCounted
from tui.screens.menus import MenuScreen
from tui.typed_query import unfinished
from tui.widgets.menu import Menu
from tui.widgets.prompt import Prompt

pytestmark = pytest.mark.usefixtures("english")


async def test_results_appear_while_one_types(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/")
        await pilot.press(*"القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        assert main.prompt is not None
        assert main.prompt.field.value == "القدس"
        await settle(pilot, lambda: main.prompt.note.text == "10 articles")
        # What matched is marked in the headline.
        assert [main.list.current.title[a:b] for a, b in main.list.matches(main.list.current.title)] == [
            "القدس"
        ]


async def test_more_hits_than_are_counted_are_told_as_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.searching.COUNTED_TYPING", 9)
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس")
        await settle(pilot, lambda: main.prompt is not None and bool(main.prompt.note.text))
        assert main.prompt is not None
        assert main.prompt.note.text == "9+"


async def test_typing_is_never_held_up_and_stale_answers_are_dropped(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"بيروت")
        await settle(pilot, lambda: len(main.list.window.rows) == 30)
        # An answer to something else than what stands in the field changes nothing.
        main.search_typed("القدس")
        await settle(pilot)
        assert len(main.list.window.rows) == 30
        assert main.shown.query == "بيروت"


async def test_esc_brings_back_the_view_and_the_place(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("1", "5", "j")
        row, top = main.list.current, main.list.top
        await pilot.press("/", *"القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press("escape")
        await settle(pilot)
        assert main.list.current == row
        assert main.list.top == top
        assert len(main.list.window.rows) == 40
        assert main.shown.query == ""
        assert main.prompt is None


async def test_nothing_typed_shows_what_was_there(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press("ctrl+u")
        await settle(pilot, lambda: len(main.list.window.rows) == 40)
        assert main.prompt is not None


async def test_enter_keeps_what_was_found_and_esc_goes_back_later(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("j", "j", "/", *"القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press("enter")
        await settle(pilot)
        assert main.shown.is_search
        assert main.list.has_focus
        assert main.list.share == (0, 10)
        await pilot.press("escape")
        await settle(pilot, lambda: len(main.list.window.rows) == 40)
        assert main.list.cursor == 2


async def test_enter_before_the_answer_searches_too(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        assert main.shown.query == "القدس"


async def test_a_query_that_cannot_be_read_shows_place_and_reason_and_is_kept(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press(*" (بيروت")
        # The bracket at letter 7 is never closed.
        await settle(pilot, lambda: main.prompt.note.is_error)
        assert main.prompt.note.text == "letter 7: this bracket is never closed"
        assert "letter 7" in line_of(main.prompt.note)
        # What is found while the bracket is open are the articles of both words: none.
        await settle(pilot, lambda: len(main.list.window.rows) == 0)
        await pilot.press("enter")
        await settle(pilot, lambda: main.prompt is not None and main.prompt.note.is_error)
        assert main.prompt.field.value == "القدس (بيروت"
        await pilot.press(")")
        await settle(pilot, lambda: not main.prompt.note.is_error)


async def test_the_count_of_the_list_is_not_told_over_why_a_query_cannot_be_read(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"(القدس")
        await settle(pilot, lambda: main.prompt is not None and main.prompt.note.is_error)
        # As when another process has written meanwhile, and the rows are read and counted anew.
        main.post_message(RowsCounted(main.shown, 10, 0))
        await settle(pilot)
        assert main.prompt.note.is_error
        assert main.prompt.note.text == "letter 1: this bracket is never closed"


async def test_history_comes_back_in_the_next_run(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: store.views.history() == ("القدس",))
    again = reader(store)
    async with again.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("/", "up")
        assert main_screen(again).prompt.field.value == "القدس"


async def test_tab_completes_fields_and_values(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"sour", "tab")
        assert main.prompt.field.value == "source:"
        await pilot.press(*"الش", "tab")
        assert main.prompt.field.value == 'source:"الشرق الأوسط"'
        await settle(pilot, lambda: len(main.list.window.rows) == 13)


async def test_a_hit_in_the_body_shows_its_piece_below_the_headline(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"زيتون", "enter")
        await settle(pilot, lambda: len(main.list.snippets) == 4)
        found = main.list.snippets[main.list.current.id]
        assert [found.text[a:b] for a, b in found.matches] == ["زيتون"]
        hits = [s for s in main.list.render_line(1) if s.style == app.painter.palette.style("read hit")]
        assert len(hits) == 1
        await pilot.press("escape")
        await settle(pilot, lambda: len(main.list.window.rows) == 40)
        assert main.list.snippets == {}


async def test_opening_a_hit_stands_at_the_match_and_back_to_the_list(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"زيتون", "enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 4)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        assert main.view._match is not None
        await pilot.press("/", *"القدس")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        assert not main.view.display
        await pilot.press("escape")
        await settle(pilot)
        assert main.is_article_in_front
        assert main.shown.query == "زيتون"


async def test_counts_are_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.searching.COUNTED_TYPING", 5)
    monkeypatch.setattr("tui.view_list.at_most", lambda count, limit=5: f"{limit}+")
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        await pilot.press("/", *"خبر")
        await settle(pilot, lambda: main_screen(app).prompt.note.text == "5+")


async def test_saving_a_search(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: len(main_screen(app).list.window.rows) == 10)
        await pilot.press(":", *"save مدينة", "enter")
        await settle(pilot, lambda: [one.name for one in store.views.searches()] == ["مدينة"])


@pytest.mark.parametrize("size", [(20, 5), (60, 20), (200, 60)])
async def test_searching_in_every_size(store: Store, size: tuple[int, int]) -> None:
    app = reader(store)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس (")
        await settle(pilot, lambda: main.prompt.note.is_error)
        for widget in (main.prompt.note, main.prompt.field, main.list):
            for y in range(widget.size.height):
                assert widget.render_line(y).cell_length == widget.size.width
        await pilot.press("backspace", "backspace", "enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)


async def test_the_last_word_is_also_the_beginning_of_others_while_one_types(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"الق")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        # Enter means the word itself; as there is none, what begins with it stays, and it is said.
        await pilot.press("enter")
        await settle(pilot, lambda: main.status.notice == "no such word: these begin with it")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press("escape")
        await settle(pilot, lambda: len(main.list.window.rows) == 40)


async def test_nothing_is_told_of_beginnings_where_no_word_begins_so(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"ظظظ", "enter")
        await settle(pilot, lambda: main.shown.query == "(ظظظ OR ظظظ*)" and not main.list.window.rows)
        assert main.status.notice != "no such word: these begin with it"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("كور", "(كور OR كور*)"),
        ("روسيا كور", "روسيا (كور OR كور*)"),
        ("source:الش", "(source:الش OR source:الش*)"),
        ("كور ", "كور "),
        ("ك", "ك"),
        ("-كور", "-كور"),
        ("كور*", "كور*"),
        ('"كوريا الش', '"كوريا الش*"'),
        ("«كوريا الش", "«كوريا الش*»"),
        ("“كوريا الش", "“كوريا الش*”"),
        ('"كوريا ال', '"كوريا ال"'),  # of words with ال there are too many
        ('"كوريا "', '"كوريا "'),
        ('"كوريا ', '"كوريا "'),
        ('عنوان:"كوريا الش', 'عنوان:"كوريا الش*"'),
        ('source:"الشرق الأو', 'source:"الشرق الأو*"'),
        ('saved:"أخبار كوريا', 'saved:"أخبار كوريا"'),
        ('on:"سبتمبر', 'on:"سبتمبر"'),
        ('"كوريا" (روسيا "بحر الص', '"كوريا" (روسيا "بحر الص*")'),
        ("المصدر:الش", "(المصدر:الش OR المصدر:الش*)"),
        ("مفتاح:كور", "(مفتاح:كور OR مفتاح:كور*)"),
        ("الملاحظات:كور", "(الملاحظات:كور OR الملاحظات:كور*)"),
        ("موجز:الش", "(موجز:الش OR موجز:الش*)"),
        ("عُنوان:كور", "(عُنوان:كور OR عُنوان:كور*)"),
        ('كـلمة:"كوريا الش', 'كـلمة:"كوريا الش*"'),
        ("محفوظ:كور", "محفوظ:كور"),
        ("(أ OR كور", "(أ OR (كور OR كور*))"),
        ("is:unread", "is:unread"),
        ("after:2023", "after:2023"),
        ("روسيا OR", "روسيا"),
        ("روسيا OR ", "روسيا"),
        ("(روسيا |", "(روسيا)"),
        ("روسيا NOT", "روسيا"),
        ("روسيا OR -", "روسيا"),
        ("OR", ""),
        ("روسيا FOR", "روسيا (FOR OR FOR*)"),
        ("", ""),
        ("/كيم (جونغ", "/كيم (جونغ/"),
        ("title:/كيم", "title:/كيم/"),
        ('(/"«(/ كور', '(/"«(/ (كور OR كور*))'),
        ("موسكو / كييف", "موسكو / (كييف OR كييف*)"),
        ("موسكو/كييف", "موسكو/كييف"),
        ("/كيم/", "/كيم/"),
    ],
)
def test_what_is_not_finished_yet(typed: str, read: str) -> None:
    assert unfinished(typed) == read


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='اب كلور"«»()-:*orOR12source/\\[]', max_size=40))
def test_any_beginning_of_a_query_is_read_or_refused(typed: str) -> None:
    with suppress(QueryError):
        parse(unfinished(typed), 0)
    with suppress(QueryError):
        parse(typed, 0)


async def test_the_help_holds_the_query_language_and_begins_a_search_with_it(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("question_mark")
        await settle(pilot, lambda: isinstance(app.screen, MenuScreen))
        menu = app.screen.query_one(Menu)
        written = [str(row.value) for row in menu.rows if isinstance(row.value, str)]
        assert {"title:", "is:", "saved:", "-كلمة"} <= set(written)
        # Whatever is offered can be read, with a value where it wants one.
        for one in written:
            values = {"is:": "read", "has:": "links", "story:": "1", "sort:": "date"}
            dated = "2023" if one in ("after:", "before:", "on:") else "س"
            store.views.save_search("س", "القدس")
            store.parse(one + (values.get(one, dated) if one.endswith(":") else ""))
        menu.move_to(next(i for i, row in enumerate(menu.rows) if row.value == "source:"))
        await pilot.press("enter")
        await settle(pilot, lambda: main.prompt is not None)
        assert main.prompt is not None
        assert main.prompt.field.value == "source:"


async def test_who_moves_while_the_last_look_is_under_way_stays_there(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"خبر")
        await settle(pilot, lambda: main.shown.query == "خبر" and len(main.list.window.rows) == 40)
        # Enter asks the store once more; the rows are on the screen already, and the next key comes before the answer.
        main.on_prompt_answered(Prompt.Answered("search", "خبر"))
        main.list.action_move(2)
        await settle(pilot)
        assert main.list.cursor == 2
