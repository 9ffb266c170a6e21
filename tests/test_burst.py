"""A burst of keys, delivered all at once as a paste or a slow line delivers it, means what it means typed slowly."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from reader_harness import burst, main_screen, reader, settle
from story_harness import seeds_store
from textual import events

from store import Store
from tui.app import NewsReaderApp
from tui.screens.feeds import FeedsScreen
from tui.screens.finder import FinderScreen
from tui.screens.main import MainScreen
from tui.screens.menus import MenuScreen

pytestmark = pytest.mark.usefixtures("english")


@asynccontextmanager
async def after(store: Store, *keys: str, **settings: object) -> AsyncIterator[MainScreen]:
    """The panes after a burst."""
    app = reader(store, **settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, *keys)
        await settle(pilot)
        yield main_screen(app)


def ids(screen: MainScreen) -> list[int]:
    return [row.id for row in screen.list.window.rows]


# Fields


async def test_keys_behind_the_answer_of_a_field_go_on_in_the_list(store: Store) -> None:
    async with after(store, "t", "+ك", "enter", "jj") as screen:
        assert screen.list.cursor == 2
        assert store.article(ids(screen)[0]).tags == ("ك",)
        assert screen.focused is screen.list


async def test_a_line_is_edited_in_the_order_of_the_keys(store: Store) -> None:
    async with after(store, "t", "abc", "backspace", "d", "home", "x", "enter", "j") as screen:
        assert store.article(ids(screen)[0]).tags == ("xabd",)
        assert screen.list.cursor == 1


async def test_two_fields_one_behind_the_other(store: Store) -> None:
    async with after(
        store, "t", "a", "enter", "j", "t", "b", "enter", "j", "a", "note", "enter", "j"
    ) as screen:
        first, second, third = ids(screen)[:3]
        assert store.article(first).tags == ("a",)
        assert store.article(second).tags == ("b",)
        assert [note.text for note in store.article(third).notes] == ["note"]
        assert screen.list.cursor == 3


async def test_what_is_pasted_behind_the_key_that_asks_goes_into_the_field(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, "t")
        app.post_message(events.Paste("from elsewhere"))
        burst(app, "!", "enter", "j")
        await settle(pilot)
        screen = main_screen(app)
        assert store.article(ids(screen)[0]).tags == ("from elsewhere!",)
        assert screen.list.cursor == 1


async def test_commands_typed_one_behind_the_other(store: Store) -> None:
    async with after(store, ":", "3", "enter", "j", ":", "tag +x", "enter", "j") as screen:
        assert screen.list.cursor == 4
        assert store.article(ids(screen)[3]).tags == ("x",)


async def test_a_file_is_named_and_one_reads_on(store: Store, tmp_path: Path) -> None:
    async with after(store, "e", f"{tmp_path}/all.md", "enter", "jj") as screen:
        assert screen.list.cursor == 2
        assert (tmp_path / "all.md").read_text("utf-8").count("خبر رقم") >= 40


async def test_the_end_of_a_line_is_enter(store: Store) -> None:
    """What is typed before the terminal is the reader's comes so."""
    async with after(store, "t", "a", "ctrl+j", "j", "ctrl+j") as screen:
        assert store.article(ids(screen)[0]).tags == ("a",)
        assert screen.article is not None
        assert screen.article.id == ids(screen)[1]


async def test_a_key_after_the_terminal_was_left_goes_where_one_was(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, "t", "a")
        await settle(pilot)
        app.post_message(events.AppBlur())
        # The terminal does not tell that one is back.
        burst(app, "j", "enter", "j")
        await settle(pilot)
        screen = main_screen(app)
        assert store.article(ids(screen)[0]).tags == ("aj",)
        assert screen.list.cursor == 1


# Searches


async def test_keys_behind_a_search_are_meant_for_its_hits(store: Store) -> None:
    """Ten of forty headlines have the word: numbers 36, 32, 28 … from the newest."""
    async with after(store, "/", "القدس", "enter", "jj", "enter") as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 28 عن مدينة القدس"


async def test_a_search_behind_a_search(store: Store) -> None:
    async with after(store, "/", "القدس", "enter", "j", "/", "زيتون", "enter", "j", "enter") as screen:
        # Numbers 33, 23, 13, 3 have it in the text.
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 23 عن مدينة بيروت"


async def test_a_word_that_is_only_the_beginning_of_one(store: Store) -> None:
    """Nothing has it: the hits of what begins with it come after that, and keys wait for those."""
    async with after(store, "/", "زيتو", "enter", "j", "enter") as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 23 عن مدينة بيروت"


@pytest.mark.parametrize("words", ["خبر", "خب"])
async def test_a_search_that_finds_the_rows_already_shown_begins_at_the_first(
    store: Store, words: str
) -> None:
    """All forty have the word, and begin with what is less than it."""
    async with after(store, "jjj", "/", words, "enter", "enter") as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 39 عن مدينة بيروت"


async def test_a_search_given_up_in_the_same_breath(store: Store) -> None:
    async with after(store, "jjj", "/", "القدس", "escape", "j") as screen:
        assert (screen.list.cursor, len(screen.views)) == (4, 1)


# Articles


async def test_from_one_article_to_the_next_and_back(store: Store) -> None:
    async with after(store, "j", "enter", "]]", "[", "escape", "j") as screen:
        assert not screen.is_article_in_front
        assert screen.article is not None
        assert screen.article.id == ids(screen)[2]
        assert screen.list.cursor == 3


async def test_counts_and_keys_in_a_row(store: Store) -> None:
    async with after(store, "5j", "enter", "q", "2k", ",", "d", "j") as screen:
        assert screen.list.cursor == 4
        assert screen.list.density == "one"


async def test_the_end_of_a_long_list_comes_before_the_key_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("listing", "searching", "returning"):
        monkeypatch.setattr(f"tui.screens.{place}.CHUNK", 8)
    async with after(store, "G", "k", "enter") as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 1 عن مدينة بيروت"


async def test_no_step_is_lost_at_the_edge_of_the_rows_that_are_here(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("listing", "searching", "returning"):
        monkeypatch.setattr(f"tui.screens.{place}.CHUNK", 8)
    async with after(store, "j" * 30, "enter") as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 9 عن مدينة بيروت"


# Marks


@pytest.mark.parametrize(("times", "is_starred"), [(2, False), (3, True)])
async def test_stars_one_behind_the_other(store: Store, times: int, is_starred: bool) -> None:
    async with after(store, "*" * times) as screen:
        assert store.article(ids(screen)[0]).is_starred == is_starred


async def test_what_was_just_done_is_undone_and_not_what_was_before(store: Store) -> None:
    async with after(store, "t", "first", "enter", "*", "ctrl+z", "j") as screen:
        article = store.article(ids(screen)[0])
        assert (article.tags, article.is_starred) == (("first",), False)
        assert [change.tags.added for change in screen.done] == [((article.id, "first"),)]


async def test_each_deletion_is_of_the_row_that_is_there_then(store: Store) -> None:
    async with after(store, "j", "D", "enter", "D", "enter", "*") as screen:
        numbers = [int(row.title.split()[2]) for row in screen.list.window.rows[:3]]
        assert numbers == [39, 36, 35]
        assert [row.is_starred for row in screen.list.window.rows[:3]] == [False, True, False]


async def test_marks_do_not_keep_the_keys_where_nothing_can_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.typed_ahead.MARKING", 0.01)
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        other = Store(store.path)
        with other.transaction():
            burst(app, "*", "jj")
            screen = main_screen(app)
            while screen.list.cursor < 2:
                await pilot.pause()
            assert app.writes.is_busy
        other.close()
        await settle(pilot)
        assert store.article(ids(screen)[0]).is_starred


# Screens


async def test_keys_behind_the_help_are_for_the_help(store: Store) -> None:
    async with after(store, "?", "jjj", "q", "j") as screen:
        assert len(screen.app.screen_stack) == 1
        assert screen.list.cursor == 1


async def test_a_command_is_found_in_the_help_and_done(store: Store) -> None:
    async with after(store, "?", "/", "one or two lines", "enter", "enter", "j") as screen:
        assert screen.list.density == "one"
        assert screen.list.cursor == 1


async def test_a_command_of_the_palette(store: Store) -> None:
    async with after(store, "ctrl+p", "group the list by day", "enter", "j") as screen:
        assert screen.list.is_by_day
        assert screen.list.cursor == 1
        assert not isinstance(screen.app.screen, FinderScreen)


async def test_a_view_found_by_its_name(store: Store) -> None:
    async with after(store, "v", "صدى", "enter", "j", "enter") as screen:
        assert screen.article is not None
        # Every third article is of that outlet: 38, 35, 32 …
        assert screen.article.title == "خبر رقم 35 عن مدينة بيروت"


async def test_the_tag_just_given_is_among_the_tags(store: Store) -> None:
    async with after(store, "jj", "t", "new", "enter", "T", "enter", "enter") as screen:
        assert [view.query for view in screen.views] == ["", 'tag:"new"']
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 37 عن مدينة بيروت"


async def test_the_article_just_read_is_the_first_of_the_history(store: Store) -> None:
    async with after(store, "jj", "enter", "escape", "gg", "R", "enter") as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 37 عن مدينة بيروت"
        assert screen.is_article_in_front


async def test_a_screen_left_at_once(store: Store) -> None:
    async with after(store, "S", "q", "r", "q", "f", "q", "c", "q", "C", "escape", "j") as screen:
        assert screen.app.screen is screen
        assert screen.list.cursor == 1


async def test_the_address_of_a_feed_and_the_way_back(store: Store) -> None:
    async with after(store, "f", "a", "x", "escape", "q", "j") as screen:
        assert not isinstance(screen.app.screen, FeedsScreen | MenuScreen)
        assert screen.list.cursor == 1


async def test_keys_behind_a_macro_act_on_what_it_has_brought(store: Store) -> None:
    macros = {"f5": "search القدس ; 3 ; open"}
    async with after(store, "f5", "]", macros=macros) as screen:
        assert screen.article is not None
        assert screen.article.title == "خبر رقم 24 عن مدينة القدس"


async def test_nothing_is_done_behind_quitting(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        burst(app, "t", "last", "enter", "q", "*")
        while app.is_running:
            await pilot.pause()
    newest = next(iter(store.newest(1))).id
    assert (store.article(newest).tags, store.article(newest).is_starred) == (("last",), False)


# The same, typed slowly

#: What is typed: nothing that leaves the reader or the archive, and no list that loses a row when that is read.
SCRIPTS = (
    ("/", "القدس", "enter", "j", "t", "+x", "enter", "j", "*", "enter", "]", "escape", "escape", "j"),
    ("j", "enter", "m", "jj", "enter", "w", "enter", "escape", "j", "a", "about it", "enter", "M", "enter"),
    ("x", "x", "t", "both", "enter", "escape", "/", "tag:both", "enter", "j", "enter", "backspace"),
    ("S", "t", "story", "enter", "f", "j", "enter", "r", "j", "enter", "backspace", "escape", "q"),
    ("v", "down", "enter", "j", "enter", "tab", "j", "T", "q", "C", "left", "enter", "j", "enter"),
    ("F", "q", "i", "q", "Y", "j", "q", ",", "t", "j", "escape", "ctrl+f", "خبر", "enter", "n", "N"),
    ("A", "enter", "u", "u", "u", "G", "u", "ctrl+z", "ctrl+z", "g", "enter", "u", "}", "n", "escape", "n"),
    (
        ":",
        "set density two",
        "enter",
        "/",
        "بيروت",
        "enter",
        "enter",
        "n",
        "]",
        "N",
        "u",
        "escape",
        "escape",
    ),
)


def state(app: NewsReaderApp, store: Store) -> dict[str, object]:
    """What a person sees and has done."""
    screen = main_screen(app)
    return {
        "screens": [type(one).__name__ for one in app.screen_stack],
        "focus": type(app.focused).__name__,
        "row": screen.list.current.id if screen.list.current is not None else None,
        "selected": screen.list.selected,
        "article": screen.article.id if screen.article is not None else None,
        "front": screen.is_article_in_front,
        "top": screen.view.top,
        "views": [view.query for view in screen.views],
        "field": (screen.prompt.purpose, screen.prompt.field.value) if screen.prompt is not None else None,
        "marks": [(one.id, one.tags, one.is_starred, one.is_unread) for one in store.articles()],
        "notes": [(one.note.text, one.note.passage) for one in store.notes.latest()],
    }


async def typed(path: Path, keys: tuple[str, ...], *, is_slow: bool) -> dict[str, object]:
    """How the reader of a store stands when keys were typed."""
    store = Store(path)
    app = reader(store)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        if is_slow:
            app_burst: list[events.Key] = []
            app.post_message, post = app_burst.append, app.post_message  # type: ignore[assignment, method-assign]
            burst(app, *keys)
            app.post_message = post  # type: ignore[method-assign]
            for event in app_burst:
                app.post_message(event)
                await settle(pilot)
        else:
            burst(app, *keys)
        await settle(pilot)
        found = state(app, store)
    store.close()
    return found


#: The same on the seeds, whose pages are one story.
STORY_SCRIPTS = (
    ("S", "t", "story", "enter", "f", "j", "enter", "r", "j", "enter", "backspace", "c", "j", "tab", "enter"),
    ("j", "enter", "}", "{", "r", "S", "q", "j", "enter", "i", "q", "F", "q", "1", "backspace", "L", "*"),
    ("S", "f", "f", "f", "q", "F", "enter", "j", "enter", "S", "c", "tab", "j", "q", "j", "enter"),
)


@pytest.mark.parametrize("keys", STORY_SCRIPTS)
async def test_a_burst_leads_through_a_story_as_slow_fingers_do(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    seeds_store(tmp_path).close()
    await test_a_burst_leads_where_slow_fingers_do(tmp_path / "seeds.db", tmp_path, keys)


@pytest.mark.parametrize("keys", SCRIPTS)
async def test_a_burst_leads_where_slow_fingers_do(
    archive: Path, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    for name in ("slow", "burst"):
        shutil.copy(archive, tmp_path / f"{name}.db")
    slow = await typed(tmp_path / "slow.db", keys, is_slow=True)
    assert await typed(tmp_path / "burst.db", keys, is_slow=False) == slow
