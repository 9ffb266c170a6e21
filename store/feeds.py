"""The feeds a person follows: kept, refreshed politely, their troubles remembered.

Fetching runs in a few threads; parsing and writing stay in the caller's, so
that one connection is enough. Each feed is one transaction.
"""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .database import transaction
from .errors import NotFoundError, StoreError
from .ingest.assemble import web_address
from .ingest.opml import Subscription, read_opml, write_opml
from .ingest.sanitize import clean_line
from .models import Outcome, ParsedArticle

if TYPE_CHECKING:
    from .ingest.discover import Discovered
    from .ingest.fetch import Answer, Fetcher

#: Feeds fetched at once, and connections to one host.
WORKERS = 8
_PER_HOST = 2
#: After a failure a feed rests this long (seconds), doubled each time, at most a day.
_FIRST_REST = 900
_LONGEST_REST = 86400
#: Seconds between two looks at whether to stop.
_LOOK = 0.1

CREATE = (
    """CREATE TABLE feeds(
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        title_is_given INTEGER NOT NULL DEFAULT 0,
        site TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        is_full_text INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL,
        checked INTEGER,
        changed INTEGER,
        etag TEXT,
        last_modified TEXT,
        error TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        rests_until INTEGER NOT NULL DEFAULT 0
    )""",
)


class UnreachableError(StoreError):
    """An address that did not answer just now: it may be right all the same."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and how it fares; times are seconds UTC, ``error`` the last trouble or None."""

    id: int
    url: str
    title: str
    title_is_given: bool
    site: str | None
    tags: tuple[str, ...]
    is_full_text: bool
    added: int
    checked: int | None
    changed: int | None
    etag: str | None
    last_modified: str | None
    error: str | None
    failures: int
    rests_until: int

    @property
    def name(self) -> str:
        """What to call it: its title, or its address while it has none."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What one refresh of one feed brought; ``error`` says why it brought nothing."""

    feed: Feed
    new: int = 0
    known: int = 0
    changed: int = 0
    is_unchanged: bool = False
    error: str | None = None


_COLUMNS = (
    "id, url, title, title_is_given, site, tags, is_full_text, added, checked, changed, etag, last_modified, "
    "error, failures, rests_until"
)


def feeds(connection: sqlite3.Connection) -> tuple[Feed, ...]:
    """All feeds, by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM feeds ORDER BY title, url")  # noqa: S608
    return tuple(_feed(row) for row in rows)


def feed(connection: sqlite3.Connection, name: str) -> Feed:
    """The feed with that number, address or title. Raises NotFoundError."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM feeds WHERE url = ? OR title = ? OR CAST(id AS TEXT) = ? LIMIT 2",  # noqa: S608
        (name, name, name),
    ).fetchall()
    if not rows:
        raise NotFoundError(f"no feed {clean_line(name)[:200]}")
    return _feed(rows[0])


def _feed(row: Sequence[object]) -> Feed:
    values = list(row)
    values[3], values[6] = bool(values[3]), bool(values[6])
    values[5] = tuple(json.loads(str(values[5])))
    return Feed(*values)  # type: ignore[arg-type]


def add_feed(
    connection: sqlite3.Connection,
    url: str,
    now: int,
    *,
    title: str = "",
    tags: Iterable[str] = (),
    is_full_text: bool = False,
) -> Feed:
    """Follow the feed at ``url``; one that is followed already gets the new tags added.

    Nothing is fetched. Raises StoreError for what is no http(s) address.
    """
    address = web_address(url)
    if address is None:
        raise StoreError(f"not an http or https address: {clean_line(url)[:200]}")
    name = clean_line(title)
    wanted = [tag for tag in (clean_line(tag) for tag in tags) if tag]
    with transaction(connection):
        connection.execute(
            "INSERT OR IGNORE INTO feeds(url, title, title_is_given, added) VALUES (?, ?, ?, ?)",
            (address, name, bool(name), now),
        )
        known = feed(connection, address)
        connection.execute(
            "UPDATE feeds SET tags = ?, is_full_text = ? WHERE id = ?",
            (
                json.dumps(list(dict.fromkeys((*known.tags, *wanted))), ensure_ascii=False),
                is_full_text or known.is_full_text,
                known.id,
            ),
        )
        return feed(connection, address)


def remove_feed(connection: sqlite3.Connection, name: str) -> Feed:
    """Stop following a feed; its articles stay. Raises NotFoundError."""
    with transaction(connection):
        gone = feed(connection, name)
        connection.execute("DELETE FROM feeds WHERE id = ?", (gone.id,))
    return gone


def import_opml(connection: sqlite3.Connection, data: bytes, now: int) -> tuple[Feed, ...]:
    """Follow every feed of an OPML document; its folders become tags of the feed, and of what it brings.

    Raises StoreError where it is none.
    """
    from .ingest.markup import RefusedError

    try:
        listed = read_opml(data)
    except RefusedError as error:
        raise StoreError(str(error)) from error
    with transaction(connection):
        return tuple(add_feed(connection, each.url, now, title=each.title, tags=each.tags) for each in listed)


def export_opml(connection: sqlite3.Connection) -> bytes:
    """All feeds as an OPML 2.0 document."""
    return write_opml(Subscription(each.url, each.title, each.site, each.tags) for each in feeds(connection))


def discover_feeds(url: str, fetcher: Fetcher | None = None) -> tuple[Discovered, ...]:
    """The feeds at an address, or those that the page there names. Raises StoreError where there is none.

    Needs no store: it may be called while nothing else waits for one.
    """
    from .ingest.discover import discover
    from .ingest.fetch import Fetcher as Default
    from .ingest.fetch import FetchError

    address = web_address(url)
    if address is None:
        raise StoreError(f"not an http or https address: {clean_line(url)[:200]}")
    try:
        return discover(address, fetcher or Default(tries=2))
    except FetchError as error:
        raise (UnreachableError if error.is_passing else StoreError)(
            f"{clean_line(url)[:200]}: {error}"
        ) from error


# --- refreshing


def refresh(
    connection: sqlite3.Connection,
    now: int,
    *,
    names: Sequence[str] = (),
    fetcher: Fetcher | None = None,
    on_done: Callable[[Refreshed, int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    is_forced: bool = False,
    allows_private: bool = False,
) -> tuple[Refreshed, ...]:
    """Fetch the feeds (all that are not resting, or those named) and take in what is new.

    ``allows_private`` lets full texts come from private addresses, too.
    ``on_done`` is told of each with how many are done and how many there are.
    Raises NotFoundError for a name that is none; the troubles of a feed are
    kept with it and returned, never raised.
    """
    chosen = [feed(connection, name) for name in names] or [
        each for each in feeds(connection) if is_forced or each.rests_until <= now
    ]
    if fetcher is None:
        from .ingest.fetch import Fetcher as Default

        fetcher = Default()
    done: list[Refreshed] = []
    for each, got in _fetched(chosen, fetcher, should_stop or (lambda: False)):
        result = _take_in(connection, each, got, now, fetcher, is_guarded=not allows_private)
        done.append(result)
        if on_done:
            on_done(result, len(done), len(chosen))
    return tuple(done)


def _fetched(
    chosen: Sequence[Feed], fetcher: Fetcher, should_stop: Callable[[], bool]
) -> Iterator[tuple[Feed, Answer | Exception]]:
    """Fetch with a few threads, at most two on one host; yield in the order of arrival, few held at once."""
    hosts: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(_PER_HOST))
    gates = {each.id: hosts[urlsplit(each.url).netloc.lower()] for each in chosen}

    def get(each: Feed) -> Answer:
        with gates[each.id]:
            return fetcher.get(each.url, etag=each.etag, last_modified=each.last_modified)

    left: queue.SimpleQueue[Feed] = queue.SimpleQueue()
    done: queue.Queue[tuple[Feed, Answer | Exception]] = queue.Queue(WORKERS)
    for each in chosen:
        left.put(each)
    ended = threading.Event()

    def work() -> None:
        with suppress(queue.Empty):
            while not ended.is_set():
                each = left.get_nowait()
                try:
                    got: Answer | Exception = get(each)
                except Exception as error:
                    got = error
                while not ended.is_set():
                    with suppress(queue.Full):
                        done.put((each, got), timeout=_LOOK)
                        break

    # Not waited for when the rest is given up: what hangs in a thread must not hold the program.
    for _ in range(min(WORKERS, len(chosen))):
        threading.Thread(target=work, name="fetch", daemon=True).start()
    try:
        for _ in chosen:
            while True:
                if should_stop():
                    return
                try:
                    arrived = done.get(timeout=_LOOK)
                except queue.Empty:
                    continue
                break
            yield arrived
    finally:
        ended.set()


def _take_in(
    connection: sqlite3.Connection,
    each: Feed,
    got: Answer | Exception,
    now: int,
    fetcher: Fetcher,
    *,
    is_guarded: bool,
) -> Refreshed:
    from .ingest.fetch import FetchError
    from .ingest.markup import RefusedError

    try:
        if isinstance(got, Exception):
            raise got
        if got.is_unchanged:
            _note_success(connection, each, got, now, is_changed=False)
            return Refreshed(each, is_unchanged=True)
        return _articles(connection, each, got, now, fetcher, is_guarded=is_guarded)
    except (FetchError, RefusedError) as error:
        reason = str(error)
    except StoreError:
        raise
    except Exception as error:
        # A document that a parser fails on is the feed's trouble, not the reader's.
        reason = f"cannot be read: {type(error).__name__}"
    _note_failure(connection, each, reason, now)
    return Refreshed(each, error=reason)


def _articles(
    connection: sqlite3.Connection, each: Feed, got: Answer, now: int, fetcher: Fetcher, *, is_guarded: bool
) -> Refreshed:
    from .feed_articles import came_by
    from .ingest.feed import parse_feed
    from .intake import Intake
    from .muting import mute_arrivals
    from .saved import tag_arrivals

    parsed = parse_feed(got.body, got.url, content_type=got.content_type)
    articles: Sequence[ParsedArticle] = parsed.articles
    if each.title_is_given:
        articles = [replace(a, outlet=each.title) if a.outlet == parsed.title else a for a in articles]
    if each.tags:
        articles = [replace(a, tags=tuple(dict.fromkeys((*a.tags, *each.tags)))) for a in articles]
    if each.is_full_text:
        articles = [_in_full(connection, article, fetcher, is_guarded) for article in articles]
    counts = dict.fromkeys(Outcome, 0)
    new: list[int] = []
    with transaction(connection):
        intake = Intake(connection)
        # Feeds list the newest first; taken in from the oldest, so that undated ones keep that order.
        taken = intake.add_all([(article, None) for article in reversed(articles)], now)
        came_by(connection, each.id, (added.id for added in taken))
        for added in taken:
            counts[added.outcome] += 1
            new += [added.id] if added.outcome is Outcome.NEW else []
        intake.date_undated(new)
        tag_arrivals(connection, new, now)
        mute_arrivals(connection, new, now)
        _note_success(connection, each, got, now, is_changed=True, title=parsed.title, site=parsed.site)
    return Refreshed(each, counts[Outcome.NEW], counts[Outcome.KNOWN], counts[Outcome.CHANGED])


def _in_full(
    connection: sqlite3.Connection, article: ParsedArticle, fetcher: Fetcher, is_guarded: bool
) -> ParsedArticle:
    """The article with the text of the page it links to, where that is longer; a known one is not fetched again."""
    from .ingest.decode import NotTextError
    from .ingest.fetch import FetchError
    from .ingest.html import parse_html

    if (
        not article.url
        or connection.execute("SELECT 1 FROM articles WHERE url = ?", (article.url,)).fetchone()
    ):
        return article
    try:
        answer = fetcher.get(article.url, is_guarded=is_guarded)
        page = parse_html(answer.body, article.origin, charset=answer.charset, url=answer.url)
    except (FetchError, NotTextError):
        return replace(article, is_partial=True)
    if sum(map(len, page.body)) <= sum(map(len, article.body)):
        return article
    return replace(
        article,
        body=page.body,
        links=tuple(dict.fromkeys((*article.links, *page.links))),
        published=article.published or page.published,
        byline=article.byline or page.byline,
        keywords=article.keywords or page.keywords,
        dropped=page.dropped,
    )


def _note_success(
    connection: sqlite3.Connection,
    each: Feed,
    got: Answer,
    now: int,
    *,
    is_changed: bool,
    title: str = "",
    site: str | None = None,
) -> None:
    with transaction(connection):
        url = got.moved_to if got.moved_to and web_address(got.moved_to) else each.url
        connection.execute(
            """UPDATE OR IGNORE feeds SET url = ?, title = CASE WHEN title_is_given OR ? = '' THEN title ELSE ? END,
                   site = coalesce(?, site) WHERE id = ?""",
            (url, title, title, site, each.id),
        )
        connection.execute(
            """UPDATE feeds SET checked = ?, changed = CASE WHEN ? THEN ? ELSE changed END, error = NULL, failures = 0,
                   rests_until = 0, etag = coalesce(?, CASE WHEN ? THEN NULL ELSE etag END),
                   last_modified = coalesce(?, CASE WHEN ? THEN NULL ELSE last_modified END)
               WHERE id = ?""",
            (now, is_changed, now, got.etag, is_changed, got.last_modified, is_changed, each.id),
        )


def _note_failure(connection: sqlite3.Connection, each: Feed, reason: str, now: int) -> None:
    rest = min(_FIRST_REST << min(each.failures, 10), _LONGEST_REST)
    with transaction(connection):
        connection.execute(
            "UPDATE feeds SET checked = ?, error = ?, failures = failures + 1, rests_until = ? WHERE id = ?",
            (now, clean_line(reason)[:300], now + rest, each.id),
        )
