"""The articles of a feed as a view: asked for by number, title or address, counted, completed, and gone with the feed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from store import Store
from store.feeds import add_feed, feeds, refresh, remove_feed
from store.ingest.fetch import Answer
from tui.view_list import read_views

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title><link>https://e.org/</link>
{items}</channel></rss>"""
NOW = 1_763_800_000


class Served:
    """Answers each address with its feed."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages

    def get(self, url: str, **_options: Any) -> Answer:
        return Answer(url, self.pages[url].encode(), content_type="application/rss+xml")


def rss(title: str, *numbers: int) -> str:
    items = "".join(
        f"<item><title>خبر رقم {n} من موجز</title><link>https://e.org/{n}</link><guid>{n}</guid>"
        f"<description>نص الخبر رقم {n} كاملا بلا نقصان.</description></item>"
        for n in numbers
    )
    return RSS.format(title=title, items=items)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "feeds.db")
    pages = {"https://e.org/a.xml": rss("أخبار الغد", 1, 2, 3), "https://e.org/b.xml": rss("اقتصاد", 3, 4)}
    for url in pages:
        add_feed(store.connection, url, now=NOW)
    done = refresh(store.connection, NOW, fetcher=Served(pages))  # type: ignore[arg-type]
    assert [one.error for one in done] == [None, None]
    return store


def titles(store: Store, query: str) -> list[str]:
    return sorted(row.title for row in store.page(store.parse(query), limit=50).rows)


def test_the_articles_of_a_feed(store: Store) -> None:
    numbers = {one.title: one.id for one in feeds(store.connection)}
    first = [f"خبر رقم {n} من موجز" for n in (1, 2, 3)]
    # The third article came by both.
    assert titles(store, f"feed:{numbers['أخبار الغد']}") == first
    assert titles(store, 'feed:"اخبار الغد"') == first
    assert titles(store, "موجز:الغد") == first
    assert titles(store, "feed:اقتصاد") == [f"خبر رقم {n} من موجز" for n in (3, 4)]
    assert titles(store, "feed:اقتصاد feed:الغد") == ["خبر رقم 3 من موجز"]
    assert titles(store, "feed:الغد -feed:اقتصاد") == first[:2]
    assert titles(store, "feed:999") == []
    assert store.count(store.parse('feed:"اخبار الغد"')) == 3


def test_feeds_are_among_the_views_and_completed(store: Store) -> None:
    found = [choice for choice in read_views(store) if choice.kind == "feeds"]
    assert [choice.view.title for choice in found] == ["أخبار الغد", "اقتصاد"]
    assert titles(store, found[1].view.query) == [f"خبر رقم {n} من موجز" for n in (3, 4)]
    assert store.views.complete("feed:اخ", 7) == ('feed:"أخبار الغد"',)


def test_articles_stay_when_their_feed_goes(store: Store) -> None:
    remove_feed(store.connection, "https://e.org/b.xml")
    assert titles(store, "feed:اقتصاد") == []
    assert store.count(store.parse("")) == 4
    assert [choice.view.title for choice in read_views(store) if choice.kind == "feeds"] == ["أخبار الغد"]
