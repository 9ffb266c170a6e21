"""The feeds in the reader: listed with their troubles, refreshed with progress and stopped, added, removed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from reader_harness import burst, main_screen, reader, settle
from test_ingest_feeds import RSS, Server, page, send
from textual.pilot import Pilot

from store import Store
from store.feeds import add_feed, feeds
from tui.feed_rows import FeedWork, feed_rows, in_words
from tui.i18n import use
from tui.patience import GivenUpError, patiently
from tui.screens.feeds import FeedsScreen

pytestmark = pytest.mark.usefixtures("english")
SIZE = (80, 24)
NOW = 1_763_800_000


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "empty.db")
    yield made
    made.close()


async def feeds_screen(pilot: Pilot[Any]) -> FeedsScreen:
    await settle(pilot)
    await pilot.press("f")
    await settle(pilot, lambda: isinstance(pilot.app.screen, FeedsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, FeedsScreen)
    return screen


def bare(text: str) -> str:
    """Without the isolates that keep directions apart."""
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))


def texts(screen: FeedsScreen) -> list[tuple[str, str]]:
    return [(bare(row.text), bare(row.detail)) for row in screen.rows]


async def test_feeds_are_refreshed_and_what_is_new_is_in_the_list(empty: Store, server: Server) -> None:
    server.answers["/good"] = send(200, RSS.encode())
    server.answers["/bad"] = send(404)
    for name in ("/good", "/bad"):
        add_feed(empty.connection, server.url + name, NOW)
    app = reader(empty)
    async with app.run_test(size=SIZE) as pilot:
        screen = await feeds_screen(pilot)
        assert [row.value for row in screen.rows if row.value] == [2, 1]
        await pilot.press("R")
        main = main_screen(app)
        await settle(pilot, lambda: not main.feed_work.is_running and main.feed_work.done == 2)
        await settle(pilot, lambda: any(detail == "2 new" for _text, detail in texts(screen)))
        assert [detail for text, detail in texts(screen) if text.endswith("/bad")] == ["failed"]
        trouble = next(text for text, _detail in texts(screen) if text.startswith("✗"))
        assert "not found (status 404)" in trouble
        assert "failed once" in trouble
        assert screen.status.is_error
        assert "2 new articles · 1 feed failed" in bare(screen.status.notice)
        # Chosen, the list of what it brought is shown.
        screen.entries.move_to(next(i for i, row in enumerate(screen.rows) if row.text == "أخبار الغد"))
        await pilot.press("enter")
        await settle(pilot, lambda: app.screen is main and len(main.list.window.rows) == 2)
        assert main.shown.title == "أخبار الغد"


async def test_a_refresh_goes_on_while_one_reads_and_can_be_stopped(empty: Store, server: Server) -> None:
    released = threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        released.wait(30)
        send(200, RSS.encode())(handler)

    server.answers["/slow"] = hang
    add_feed(empty.connection, server.url + "/slow", NOW)
    app = reader(empty)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            main = main_screen(app)
            await pilot.press("ctrl+r")
            await settle_running(pilot, lambda: bool(server.asked))
            assert main.feed_work.is_running
            assert "refreshing feeds" in main.status.notice
            # Another is not begun beside it.
            await pilot.press("ctrl+r")
            await settle_running(pilot, lambda: "already" in main.status.notice)
            await pilot.press("f")
            await settle_running(pilot, lambda: isinstance(app.screen, FeedsScreen))
            screen = app.screen
            assert isinstance(screen, FeedsScreen)
            assert screen.hints()[0] == ("x", "stop")
            await pilot.press("x")
            await settle(pilot, lambda: not main.feed_work.is_running)
            assert "stopped" in screen.status.notice
            assert screen.hints()[0] != ("x", "stop")
    finally:
        released.set()
    assert feeds(empty.connection)[0].error is None


async def settle_running(pilot: Pilot[Any], until: Any) -> None:
    """Wait for something while the thread that refreshes is at work."""
    for _ in range(2000):
        await pilot.pause(0.004)
        if until():
            return
    raise AssertionError("it never came to be")


async def test_a_feed_is_added_by_the_address_of_its_site(empty: Store, server: Server) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    server.answers["/"] = send(200, page(link), Content_Type="text/html")
    server.answers["/rss"] = send(200, RSS.encode())
    app = reader(empty)
    async with app.run_test(size=SIZE) as pilot:
        screen = await feeds_screen(pilot)
        assert "No feeds yet" in screen.entries.empty_text
        await pilot.press("a")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        assert screen.prompt is not None
        screen.prompt.field.value = server.url + "/"
        await pilot.press("enter")
        await settle(pilot, lambda: [f.url for f in feeds(empty.connection)] == [server.url + "/rss"])
        # It is refreshed at once.
        await settle(pilot, lambda: any(detail == "2 new" for _text, detail in texts(screen)))
        assert screen.entries.has_focus


async def test_what_is_no_feed_is_refused_and_what_does_not_answer_is_kept(
    empty: Store, server: Server
) -> None:
    for path in ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml"):
        server.answers[path] = send(404)
    server.answers["/"] = send(200, page("<title>x</title>"))
    app = reader(empty)
    async with app.run_test(size=SIZE) as pilot:
        screen = await feeds_screen(pilot)
        for typed, told in ((server.url + "/", "no feed there"), ("file:///etc/passwd", "not an http")):
            await pilot.press("a")
            await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
            assert screen.prompt is not None
            screen.prompt.field.value = typed
            await pilot.press("enter")
            await settle(pilot, lambda told=told: told in screen.status.notice)  # type: ignore[misc]
        assert feeds(empty.connection) == ()
        await pilot.press("a", "escape")
        await settle(pilot, lambda: screen.prompt is None and screen.entries.has_focus)


async def test_a_feed_is_removed_when_asked_twice(empty: Store) -> None:
    for name in ("a", "b"):
        add_feed(empty.connection, f"https://{name}.example/", NOW, title=name)
    app = reader(empty)
    async with app.run_test(size=SIZE) as pilot:
        screen = await feeds_screen(pilot)
        await pilot.press("d")
        await settle(pilot, lambda: "the same key again" in screen.status.notice)
        # Another feed in between asks anew.
        await pilot.press("j", "d", "k", "d")
        assert [each.title for each in feeds(empty.connection)] == ["a", "b"]
        await pilot.press("d")
        await settle(pilot, lambda: [each.title for each in feeds(empty.connection)] == ["b"])
        assert [row.text for row in screen.rows if row.value] == ["b"]


def test_rows_tell_address_tags_times_and_rest(empty: Store) -> None:
    each = add_feed(empty.connection, "https://a.example/rss", NOW, title="ألف", tags=["سياسة"])
    rows = feed_rows([each], {}, NOW)
    assert (rows[0].text, rows[0].detail, rows[0].value) == ("ألف", "", each.id)
    assert bare(rows[1].text) == "never refreshed · #سياسة · https://a.example/rss"
    assert "\u2066https://a.example/rss\u2069" in rows[1].text
    empty.connection.execute(
        "UPDATE feeds SET error = 'not found (status 404)', failures = 2, rests_until = ?, checked = ?",
        (NOW + 90, NOW),
    )
    rows = feed_rows(feeds(empty.connection), {}, NOW)
    assert bare(rows[2].text) == "✗ not found (status 404) · failed 2 times in a row · rests 2 minutes"
    assert (rows[2].spans[0].style, rows[2].is_choosable) == ("error", False)


def test_progress_is_a_bar_and_a_count() -> None:
    work = FeedWork(total=4, done=1, new=3, failed=1)
    assert bare(work.progress()) == "███░░░░░░░░░  1 of 4 · 3 new articles · 1 feed failed"
    assert bare(FeedWork().progress()) == "░░░░░░░░░░░░  0 of 0 · 0 new articles"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("not found (status 404)", "غير موجودة (٤٠٤)"),
        ("refuses the connection", "يرفض الموقع الاتصال"),
        ("not a feed: syntax error", "\u2066not a feed: syntax error\u2069"),
    ],
)
def test_known_troubles_are_told_in_arabic(error: str, told: str) -> None:
    use("ar")
    try:
        assert in_words(error) == told
    finally:
        use("en")


async def test_the_reader_is_left_while_a_feed_hangs(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    began, ended, released = threading.Event(), threading.Event(), threading.Event()

    def hang(*_given: object, should_stop: Callable[[], bool], **_more: object) -> tuple[()]:
        began.set()
        while not should_stop() and not released.wait(0.005):
            pass
        ended.set()
        return ()

    monkeypatch.setattr("store.feeds.refresh", hang)
    app = reader(empty)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        burst(app, "ctrl+r")
        while not began.is_set():
            await pilot.pause()
        burst(app, "ctrl+q")
        while not app._exit:
            await pilot.pause()
    try:
        assert ended.wait(20)
    finally:
        released.set()


def test_a_call_that_hangs_is_not_waited_for() -> None:
    released, looks = threading.Event(), iter((False, False, True))
    with pytest.raises(GivenUpError):
        patiently(lambda: released.wait(60), lambda: next(looks))
    released.set()
    assert patiently(lambda: 7, lambda: False) == 7
    with pytest.raises(ZeroDivisionError):
        patiently(lambda: 1 // 0, lambda: False)
