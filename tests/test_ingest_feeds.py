"""Feeds over a real HTTP server on this machine: every answer a server gives, and the bounds."""

from __future__ import annotations

import gzip
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import urllib3

from store.database import connect
from store.errors import NotFoundError, StoreError
from store.feeds import Refreshed, add_feed, export_opml, feed, feeds, import_opml, refresh, remove_feed
from store.ingest.fetch import Fetcher, FetchError, public_address

NOW = 1_763_800_000
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>أخبار الغد</title><link>https://e.org/</link>
<item><title>خبر أول من الموجز</title><link>https://e.org/1</link><guid>1</guid><pubDate>Sun, 17 Sep 2023 14:30:00 GMT</pubDate>
<description>&lt;p&gt;نص الخبر الأول.&lt;/p&gt;&lt;p&gt;وفقرة ثانية.&lt;/p&gt;</description><category>الأردن</category></item>
<item><title>خبر ثان من الموجز</title><link>https://e.org/2</link><guid>2</guid><description>نص الخبر الثاني كاملا.</description></item>
</channel></rss>"""


class Server:
    """Answers each path by a function; remembers the headers of every request."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                outer.answers[self.path](self)

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def send(status: int = 200, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def in_turn(*answers: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[BaseHTTPRequestHandler], None]:
    waiting = list(answers)
    return lambda handler: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "store.db")


def fetcher(**options: Any) -> Fetcher:
    return Fetcher(timeout=urllib3.Timeout(connect=2, read=0.3), sleep=lambda _: None, **options)


def one(db: sqlite3.Connection, url: str, now: int = NOW, **options: Any) -> Refreshed:
    add_feed(db, url, now)
    return refresh(db, now, names=[url], fetcher=fetcher(**options))[0]


def test_a_feed_is_taken_in_and_then_known(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/rss"] = in_turn(
        send(200, RSS.encode(), ETag='"v1"', Last_Modified="Sun, 17 Sep 2023 15:00:00 GMT"), send(304)
    )
    first = one(db, server.url + "/rss")
    assert (first.new, first.known, first.error) == (2, 0, None)
    rows = db.execute(
        "SELECT title, text, published FROM articles JOIN bodies ON article_id = id ORDER BY guid"
    ).fetchall()
    assert rows[0] == ("خبر أول من الموجز", "نص الخبر الأول.\nوفقرة ثانية.", 1_694_961_000)
    assert feed(db, server.url + "/rss").title == "أخبار الغد"
    second = one(db, server.url + "/rss", NOW + 60)
    assert second.is_unchanged
    asked = server.asked[1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Sun, 17 Sep 2023 15:00:00 GMT")
    assert asked["user-agent"].startswith("newsreader/")


def test_the_same_feed_again_without_validators_brings_nothing_twice(
    db: sqlite3.Connection, server: Server
) -> None:
    server.answers["/rss"] = send(200, RSS.encode())
    assert one(db, server.url + "/rss").new == 2
    assert (one(db, server.url + "/rss").new, one(db, server.url + "/rss").known) == (0, 2)


def test_a_changed_entry_is_a_revision(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/rss"] = in_turn(
        send(200, RSS.encode()), send(200, RSS.replace("الثاني كاملا", "الثاني كاملا ومحدثا").encode())
    )
    one(db, server.url + "/rss")
    again = one(db, server.url + "/rss")
    assert (again.new, again.known, again.changed) == (0, 1, 1)


def test_redirects_are_followed_and_permanent_ones_remembered(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/old"] = send(301, Location="/older")
    server.answers["/older"] = send(308, Location=server.url + "/rss")
    server.answers["/passing"] = send(302, Location="/rss")
    server.answers["/rss"] = send(200, RSS.encode())
    assert one(db, server.url + "/old").new == 2
    assert [each.url for each in feeds(db)] == [server.url + "/rss"]
    assert one(db, server.url + "/passing").known == 2
    assert feed(db, server.url + "/passing").url == server.url + "/passing"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (send(404), "not found (status 404)"),
        (send(410), "gone for good (status 410)"),
        (send(500), "has an error (status 500)"),
        (send(301, Location="/feed"), "more than 5 redirects"),
        (send(302, Location="file:///etc/passwd"), "only http and https are fetched, not file"),
        (send(200, b"<html><body>no feed</body></html>"), "not a feed"),
        (send(200, b""), "not a feed"),
        (send(200, b'{"title": "no feed"}'), "JSON, but no JSON Feed"),
        (send(200, RSS.replace('"utf-8"?>', '"utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]>').encode()), "declares entities"),
        (send(200, gzip.compress(bytes(3 << 20), 9), Content_Encoding="gzip"), "larger than 1 MB"),
        (send(200, bytes(2 << 20)), "larger than 1 MB"),
        (send(200, b"not gzip at all", Content_Encoding="gzip"), "damaged"),
        (send(200, b"x", Content_Encoding="br"), "an encoding that was not asked for"),
        (send(200, RSS.encode()[:200], Content_Length="99999", Connection="close"), ""),
    ],
)  # fmt: skip
def test_troubles_are_kept_with_the_feed(
    db: sqlite3.Connection, server: Server, answer: Any, reason: str
) -> None:
    server.answers["/feed"] = answer
    result = one(db, server.url + "/feed", max_bytes=1 << 20)
    assert result.error is not None
    assert reason in result.error
    kept = feed(db, server.url + "/feed")
    assert (kept.error, kept.failures, kept.checked) == (result.error, 1, NOW)
    assert kept.rests_until > NOW
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 0


def test_a_passing_error_is_tried_again(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/rss"] = in_turn(send(500), send(503, Retry_After="1"), send(200, RSS.encode()))
    assert one(db, server.url + "/rss").new == 2
    assert len(server.asked) == 3


def test_a_slow_drip_ends_at_the_deadline(db: sqlite3.Connection, server: Server) -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        try:
            while not stop.wait(0.01):
                handler.wfile.write(b" ")
        except OSError:
            handler.close_connection = True

    server.answers["/drip"] = drip
    ticks = iter(range(0, 100_000, 10))
    result = one(db, server.url + "/drip", deadline=60.0, tries=1, clock=lambda: float(next(ticks)))
    stop.set()
    assert result.error == "too slow: more than 60 s"


def test_no_answer_at_all(db: sqlite3.Connection, server: Server) -> None:
    stop = threading.Event()
    server.answers["/never"] = lambda handler: (stop.wait(2), None)[1]
    assert one(db, server.url + "/never", tries=1).error == "does not answer in time"
    stop.set()
    port = server.http.server_port
    server.close()
    assert one(db, f"http://127.0.0.1:{port}/", tries=1).error == "refuses the connection"


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("windows-1256", "text/xml"),
        ("utf-8", "text/xml; charset=iso-8859-1"),
        ("windows-1256", "text/xml; charset=windows-1256"),
    ],
    ids=["declared in the document", "wrong in the header", "in both"],
)
def test_charsets(db: sqlite3.Connection, server: Server, encoding: str, header: str) -> None:
    server.answers["/rss"] = send(200, RSS.replace("utf-8", encoding).encode(encoding), Content_Type=header)
    assert one(db, server.url + "/rss").new == 2
    assert db.execute("SELECT count(*) FROM articles WHERE title = 'خبر أول من الموجز'").fetchone()[0] == 1


def test_gzip(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/rss"] = send(200, gzip.compress(RSS.encode()), Content_Encoding="gzip")
    assert one(db, server.url + "/rss").new == 2


def test_a_resting_feed_is_left_alone_until_its_time(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/rss"] = in_turn(send(404), send(200, RSS.encode()))
    add_feed(db, server.url + "/rss", NOW)
    assert refresh(db, NOW, fetcher=fetcher())[0].error
    assert refresh(db, NOW + 10, fetcher=fetcher()) == ()
    assert refresh(db, NOW + 1000, fetcher=fetcher())[0].new == 2
    assert (feed(db, server.url + "/rss").error, feed(db, server.url + "/rss").failures) == (None, 0)


def test_one_bad_feed_does_not_keep_the_others(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/good"] = send(200, RSS.encode())
    server.answers["/bad"] = send(404)
    for name in ("/bad", "/good"):
        add_feed(db, server.url + name, NOW)
    told: list[tuple[int, int]] = []
    results = refresh(db, NOW, fetcher=fetcher(), on_done=lambda _, done, total: told.append((done, total)))
    assert sorted((bool(each.error), each.new) for each in results) == [(False, 2), (True, 0)]
    assert told == [(1, 2), (2, 2)]


def test_private_addresses_are_refused_for_links_in_content(db: sqlite3.Connection, server: Server) -> None:
    for host in (
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "0.0.0.0",
        "::ffff:10.0.0.1",
    ):
        with pytest.raises(FetchError):
            public_address(host, 80)
    assert public_address("8.8.8.8", 80) == "8.8.8.8"
    server.answers["/rss"] = send(200, RSS.replace("https://e.org/1", server.url + "/secret").encode())
    add_feed(db, server.url + "/rss", NOW, is_full_text=True)
    # e.org is not fetched either: there is no network in tests, and no article is lost by that.
    assert refresh(db, NOW, fetcher=fetcher(tries=1))[0].new == 2
    assert [path for path, _ in server.asked] == ["/rss"]


def test_feeds_are_added_listed_and_removed(db: sqlite3.Connection) -> None:
    add_feed(db, "https://b.org/rss", NOW, title="باء", tags=["أخبار"])
    add_feed(db, "https://a.org/rss", NOW, title="ألف")
    add_feed(db, "https://b.org/rss", NOW, tags=["سياسة"])
    assert [(each.name, each.tags) for each in feeds(db)] == [("ألف", ()), ("باء", ("أخبار", "سياسة"))]
    assert remove_feed(db, "باء").url == "https://b.org/rss"
    with pytest.raises(NotFoundError):
        remove_feed(db, "باء")
    for wrong in ("ftp://a.org", "file:///etc/passwd", "a.org", "https://a b", ""):
        with pytest.raises(StoreError):
            add_feed(db, wrong, NOW)


def test_opml_there_and_back(db: sqlite3.Connection, tmp_path: Path) -> None:
    add_feed(db, "https://b.org/rss?a=1&b=2", NOW, title='باء "و" <جيم>', tags=["أخبار", "سياسة"])
    add_feed(db, "https://a.org/rss", NOW, title="ألف")
    other = connect(tmp_path / "other.db")
    import_opml(other, export_opml(db), NOW)
    assert [(f.url, f.title, f.tags) for f in feeds(other)] == [(f.url, f.title, f.tags) for f in feeds(db)]
    with pytest.raises(StoreError):
        import_opml(db, b"<html/>", NOW)
