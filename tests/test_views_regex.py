"""Regular expressions in the reader and on the command line: found, marked, refused with their place, given up."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from cli_harness import run
from reader_harness import line_of, main_screen, reader, settle

from store import Store, query
from store.query_regex import NOT_UNDERSTOOD, REASONS, TOO_SLOW, UNREADABLE
from tui import i18n
from tui.presentation import Block
from tui.typed_query import told
from tui.views import View
from tui.widgets.prompt import Prompt

#: No engine comes to an end with it: every two letters may be one group or two, and no text ends so.
ENDLESS = "/(?:.|..)+$(?<=%)/"


@pytest.mark.usefixtures("english")
async def test_hits_of_a_pattern_come_while_one_types_and_are_marked(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.action_search("title:/مدينة (القدس|دمشق)$/")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        assert main.prompt is not None
        await settle(pilot, lambda: main.prompt.note.text == "10 articles")
        title = main.list.current.title
        assert [title[a:b] for a, b in main.list.matches(title)] == ["مدينة القدس"]
        await pilot.press("enter")
        await settle(pilot, lambda: main.prompt is None and len(main.list.window.rows) == 10)


@pytest.mark.usefixtures("english")
async def test_a_match_in_the_article_is_gone_to(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("enter")
        await settle(pilot, lambda: main.is_article_in_front)
        main.answered_find("/ثانيه.[أ-ي]+/")
        text = "فقرة ثانية أطول قليلا."
        assert [text[a:b] for a, b in main.view.matches(Block(text, "body"))] == ["ثانية أطول"]
        assert main.status.notice != "not in this article"


@pytest.mark.usefixtures("english")
async def test_a_pattern_that_cannot_be_read_says_where_above_the_field(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.action_search("خبر /ب[ج/")
        await settle(pilot, lambda: main.prompt.note.text == "letter 9: a [ of this pattern is never closed")


@pytest.mark.usefixtures("english")
async def test_a_pattern_without_end_is_given_up_and_said(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.action_search(ENDLESS)
        await settle(pilot, lambda: main.prompt.note.text == told(0, TOO_SLOW))
        # Enter all the same: the list says it, and the reader goes on.
        await pilot.press("enter")
        await settle(pilot, lambda: main.status.notice == told(0, TOO_SLOW))
        await pilot.press("escape")
        await settle(pilot, lambda: len(main.list.window.rows) == 40)


TOLD = "every text is read for this: three letters in a row, a word or a date help"


@pytest.mark.usefixtures("english")
async def test_a_pattern_that_every_text_is_read_for_is_told_while_they_are_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.search.MANY_TEXTS", 40)
    told_above: list[str] = []
    tell = Prompt.tell
    monkeypatch.setattr(
        Prompt, "tell", lambda self, text, **how: told_above.append(text) or tell(self, text, **how)
    )
    app = reader(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.action_search(r"title:/\D(4|39)\D/")
        await settle(pilot, lambda: main.prompt.note.text == "2 articles")
        # Before the first hits, and again while they are counted.
        said = [text for text in told_above if text]
        assert said == [TOLD, TOLD, "2 articles"]


@pytest.mark.usefixtures("english")
async def test_that_every_text_is_read_is_told_as_long_as_it_lasts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.search.MANY_TEXTS", 40)
    may_be_found, may_be_counted = threading.Event(), threading.Event()
    page, count = store.page, store.count

    def slow_page(*given: Any, **more: Any) -> Any:
        assert may_be_found.wait(60)
        return page(*given, **more)

    def slow_count(*given: Any, **more: Any) -> Any:
        assert may_be_counted.wait(60)
        return count(*given, **more)

    async def until(holds: Callable[[], bool]) -> None:
        while not holds():
            await pilot.pause()

    monkeypatch.setattr(store, "page", slow_page)
    monkeypatch.setattr(store, "count", slow_count)
    monkeypatch.setattr("tui.screens.listing.CHUNK", 2)
    app = reader(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        # Opened in another way than by typing it. A notice over it is one for a while.
        main.open_view(View(r"title:/\D(4|14|24|39)\D/", "x"))
        await until(lambda: main.status.doing == TOLD)
        main.tell("something")
        assert "something" in line_of(main.status)
        main.status.forget()
        assert "every text is read for this" in line_of(main.status)
        # The first rows are here: the place in them is told, and why it is not known of how many.
        may_be_found.set()
        await until(lambda: "every text is read to count them" in main.status.place)
        assert (main.status.doing, main.status.notice) == ("", "")
        may_be_counted.set()
        await settle(pilot, lambda: main.status.place == "x · 1 of 4")


@pytest.mark.usefixtures("english")
async def test_what_is_typed_on_is_not_what_every_text_is_read_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.search.MANY_TEXTS", 40)
    may_be_found = threading.Event()
    page = store.page

    def slow_page(*given: Any, **more: Any) -> Any:
        assert may_be_found.wait(60)
        return page(*given, **more)

    async def until(holds: Callable[[], bool]) -> None:
        while not holds():
            await pilot.pause()

    monkeypatch.setattr(store, "page", slow_page)
    app = reader(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.action_search(r"/\D4\D/")
        await until(lambda: main.prompt is not None and main.prompt.note.text == TOLD)
        await pilot.press("space", *"ق")
        await until(lambda: main.prompt.note.text == "")
        may_be_found.set()
        await settle(pilot)


def test_what_is_read_for_a_pattern_is_known_before_it_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.search.MANY_TEXTS", 40)
    # The last but one is in all forty headlines.
    slow = (r"/\d \w/", r"-/\d \w/", r"x OR /\d \w/", "/مدين/", r"/\d \w/ sort:relevance")
    fast = ("مدينة", "/القدس/", r"/\d \w/ القدس", r"/\d \w/ is:starred", "x /مدين/", "")
    found = {text: store.is_slow(query.parse(text, 0)) for text in (*slow, *fast)}
    assert found == dict.fromkeys(slow, True) | dict.fromkeys(fast, False)
    monkeypatch.setattr("store.search.MANY_TEXTS", 41)
    assert not store.is_slow(store.parse(slow[0]))


def test_the_command_line_says_that_every_text_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.search.MANY_TEXTS", 40)
    for arguments in (("search",), ("list", "--count")):
        result = run(*arguments, r"/\D[49]\D/", store=store.path)
        assert result.code == 0
        assert result.err.startswith("the pattern is looked for in every text: ")
        assert len(result.err.splitlines()) == 1
    assert run("search", "/القدس/", store=store.path).err == ""


def test_every_reason_has_its_arabic() -> None:
    reasons = [*REASONS.values(), NOT_UNDERSTOOD, TOO_SLOW, UNREADABLE, "this pattern is never closed"]
    kept = i18n.language()
    try:
        i18n.use("ar")
        said = [told(0, reason) for reason in reasons]
    finally:
        i18n.use(kept)
    assert not [one for one in said if any(char.isascii() and char.isalpha() for char in one)]


def test_the_command_line_finds_by_a_pattern(store: Store) -> None:
    def found(*arguments: str) -> list[int]:
        out = run(*arguments, "--json", store=store.path).out
        return [json.loads(line)["id"] for line in out.splitlines()]

    assert found("search", "/رقم (4|39) /") == [40, 5]
    assert found("list", "title:/رقم ٤ /") == [5]
    assert run("list", "--count", "--", "title:/رقم/ -title:/بيروت$/", store=store.path).out == "10\n"
    run("tag", "--query", "/رقم [12] /", "--yes", "+قديم", store=store.path)
    assert found("list", "tag:قديم") == [3, 2]


def test_the_command_line_says_in_one_line_what_is_wrong_with_a_pattern(store: Store) -> None:
    for text, reason in (("خبر /(/", "(at 7)"), (f"خبر {ENDLESS}", f"{TOO_SLOW} (at 5)")):
        result = run("search", text, store=store.path)
        assert (result.code, result.out, result.error) == (2, "", None)
        assert reason in result.err
        assert len(result.err.splitlines()) == 1
