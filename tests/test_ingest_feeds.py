"""Feeds over a real HTTP server on this machine: every answer a server gives, and the bounds."""

from __future__ import annotations

import gzip
import socket
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
from store.feeds import (
    Refreshed,
    UnreachableError,
    add_feed,
    discover_feeds,
    export_opml,
    feed,
    feeds,
    import_opml,
    refresh,
    remove_feed,
)
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
        "::7f00:1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "fe80::1",
        "fd00::1",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
    ):
        with pytest.raises(FetchError):
            public_address(host, 80)
    assert public_address("8.8.8.8", 80) == "8.8.8.8"
    server.answers["/rss"] = send(200, RSS.replace("https://e.org/1", server.url + "/secret").encode())
    add_feed(db, server.url + "/rss", NOW, is_full_text=True)
    # e.org is not fetched either: there is no network in tests, and no article is lost by that.
    assert refresh(db, NOW, fetcher=fetcher(tries=1))[0].new == 2
    assert [path for path, _ in server.asked] == ["/rss"]


def test_a_private_link_in_content_is_fetched_where_that_is_allowed(
    db: sqlite3.Connection, server: Server
) -> None:
    server.answers["/rss"] = send(200, RSS.replace("https://e.org/", server.url + "/page/").encode())
    for number in "12":
        text = f"<p>نص الصفحة رقم {number} أطول بكثير من الملخص في الموجز.</p>" * 9
        whole = f"<html><body><article>{text}</article></body></html>".encode()
        server.answers["/page/" + number] = send(200, whole, Content_Type="text/html")
    add_feed(db, server.url + "/rss", NOW, is_full_text=True)
    assert refresh(db, NOW, fetcher=fetcher(tries=1), allows_private=True)[0].new == 2
    assert {path for path, _ in server.asked} == {"/rss", "/page/1", "/page/2"}


def test_entries_whose_pages_all_say_the_same_stay_apart(db: sqlite3.Connection, server: Server) -> None:
    wall = "<p>هذا المحتوى للمشتركين فقط، سجل الدخول أو اشترك حتى تقرأ بقية المقال في موقعنا.</p>" * 9
    server.answers["/rss"] = send(200, RSS.replace("https://e.org/", server.url + "/page/").encode())
    for number in "12":
        whole = f"<html><body><article>{wall}</article></body></html>".encode()
        server.answers["/page/" + number] = send(200, whole, Content_Type="text/html")
    add_feed(db, server.url + "/rss", NOW, is_full_text=True)
    assert refresh(db, NOW, fetcher=fetcher(tries=1), allows_private=True)[0].new == 2


def test_a_redirect_to_a_private_address_is_refused_on_the_way(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is public by name; what it redirects to is looked up again."""
    real = socket.getaddrinfo
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]

    def looked_up(host: str, port: int, *rest: Any, **options: Any) -> Any:
        return public if host == "news.example" else real(host, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(
        "store.ingest.fetch.public_address",
        lambda host, port: "127.0.0.1" if host == "news.example" else public_address(host, port),
    )
    server.answers["/a"] = send(302, Location=server.url + "/secret")
    with pytest.raises(FetchError, match="private"):
        fetcher(tries=1).get(server.url.replace("127.0.0.1", "news.example") + "/a", is_guarded=True)
    assert [path for path, _ in server.asked] == ["/a"]


# --- finding the feed of a page


def page(head: str, body: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (page('<link rel="alternate" type="application/rss+xml" title="الأخبار" href="/rss">'), ["/rss"]),
        (
            page('<LINK HREF="rss" TYPE="application/atom+xml; charset=utf-8" REL="Alternate nofollow">'),
            ["/rss"],
        ),
        (page('<base href="/x/"><link rel=alternate type=application/rss+xml href=../rss>'), ["/rss"]),
        # The comments' feed is not the site's; the first of several is.
        (
            page(
                '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
                '<link rel="alternate" type="application/rss+xml" href="/rss">'
                '<link rel="alternate" type="application/feed+json" href="/feed.json">'
            ),
            ["/rss", "/feed.json"],
        ),
        # Nothing named in the head: a link that looks like one, then where sites keep theirs.
        (page("", '<a href="/about">من نحن</a> <a href="/rss">خدمة RSS</a>'), ["/rss"]),
        (page("<title>لا شيء</title>"), ["/rss.xml"]),
    ],
)
def test_the_feeds_of_a_page_are_found(server: Server, document: bytes, found: list[str]) -> None:
    nothing = send(404)
    for path in ("/feed/", "/feed.xml", "/atom.xml", "/rss", "/comments/feed/"):
        server.answers[path] = nothing
    rss = send(200, RSS.encode(), Content_Type="application/rss+xml")
    server.answers |= {"/": send(200, document, Content_Type="text/html"), "/rss.xml": rss}
    if found != ["/rss.xml"]:
        server.answers["/rss"] = rss
    server.answers["/feed.json"] = send(
        200, b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": []}'
    )
    assert [one.url for one in discover_feeds(server.url + "/", fetcher())] == [
        server.url + path for path in found
    ]


def test_the_address_of_a_feed_is_the_feed(server: Server) -> None:
    server.answers["/rss"] = send(200, RSS.encode())
    assert [tuple(one) for one in discover_feeds(server.url + "/rss", fetcher())] == [
        (server.url + "/rss", "أخبار الغد")
    ]


def test_no_feed_is_said_and_no_answer_is_another_thing(server: Server) -> None:
    for path in ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml"):
        server.answers[path] = send(404)
    server.answers["/"] = send(200, page("<title>x</title>"))
    with pytest.raises(StoreError, match="no feed there") as raised:
        discover_feeds(server.url + "/", fetcher())
    assert not isinstance(raised.value, UnreachableError)
    with pytest.raises(UnreachableError):
        discover_feeds("http://127.0.0.1:9/", fetcher(tries=1))
    with pytest.raises(StoreError):
        discover_feeds("file:///etc/passwd", fetcher())


def test_a_page_cannot_point_us_at_a_private_host(server: Server) -> None:
    private = f"http://localhost:{server.http.server_port}/rss"
    server.answers["/"] = send(
        200, page(f'<link rel="alternate" type="application/rss+xml" href="{private}">')
    )
    for path in ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml"):
        server.answers[path] = send(404)
    with pytest.raises(StoreError, match="no feed there"):
        discover_feeds(server.url + "/", fetcher(tries=1))
    assert "localhost" not in {headers["host"].split(":")[0] for _, headers in server.asked}


# --- giving up


def test_a_refresh_that_is_given_up_does_not_wait_for_what_hangs(
    db: sqlite3.Connection, server: Server
) -> None:
    hangs, released = threading.Event(), threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        hangs.set()
        released.wait(30)
        send(200, RSS.encode())(handler)

    server.answers["/slow"] = hang
    add_feed(db, server.url + "/slow", NOW)
    try:
        assert refresh(db, NOW, fetcher=fetcher(), should_stop=hangs.is_set) == ()
        assert not released.is_set()
    finally:
        released.set()
    assert feed(db, server.url + "/slow").error is None


def test_the_tags_of_a_feed_are_given_to_what_is_new_in_it(db: sqlite3.Connection, server: Server) -> None:
    server.answers["/rss"] = send(200, RSS.encode())
    add_feed(db, server.url + "/rss", NOW, tags=["سياسة", "يومي"])
    assert refresh(db, NOW, fetcher=fetcher())[0].new == 2
    tags = "SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id ORDER BY article_id, name"
    assert db.execute(tags).fetchall() == [(1, "سياسة"), (1, "يومي"), (2, "سياسة"), (2, "يومي")]
    # A tag that a person took away stays away.
    db.execute("DELETE FROM article_tags WHERE article_id = 1")
    assert refresh(db, NOW, fetcher=fetcher())[0].known == 2
    assert db.execute(tags).fetchall() == [(2, "سياسة"), (2, "يومي")]


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
