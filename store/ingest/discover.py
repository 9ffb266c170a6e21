"""Which feeds a web page names: what a person has is the address of a site, not of its feed."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from .assemble import web_address
from .decode import NotTextError, decode
from .feed import parse_feed
from .fetch import Answer, Fetcher, FetchError, public_address
from .markup import RefusedError
from .sanitize import clean_line

_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "text/xml",
    "application/xml",
)
#: Words in an address that a link to a feed has, where a page names none in its head.
_SIGNS = ("rss", "feed", "atom", ".rdf", "خلاصات")
#: Where sites keep their feed without naming it.
_USUAL = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")
#: So many addresses are tried on one site.
_MOST = 12


class Discovered(NamedTuple):
    """A feed that was found: its address, and what the page calls it."""

    url: str
    title: str


def discover(url: str, fetcher: Fetcher) -> tuple[Discovered, ...]:
    """The feeds at an address: itself where it is one, else those the page there names, the likeliest first.

    A link to another host is followed only where that host is public. Raises
    FetchError where the address does not answer, or holds no feed and names none.
    """
    answer = fetcher.get(url)
    found = _feed_in(answer)
    if found is not None:
        return (Discovered(answer.moved_to or url, found),)
    named = feed_links(answer.body, answer.url, answer.charset)
    feeds = list(_answering(named, answer.url, fetcher))
    if not feeds:
        base = f"{urlsplit(answer.url).scheme}://{urlsplit(answer.url).netloc}"
        feeds = list(_answering((Discovered(base + path, "") for path in _USUAL), answer.url, fetcher))[:1]
    if not feeds:
        raise FetchError("no feed there, and the page names none")
    return tuple(feeds)


def feed_links(data: bytes, base: str, charset: str | None = None) -> tuple[Discovered, ...]:
    """The addresses that a page calls its feeds, those of its head before mere links; each once."""
    try:
        text = decode(data, charset=charset)
    except NotTextError:
        return ()
    reader = _Links(base)
    reader.feed(text[:2_000_000])
    found = dict.fromkeys(one.url for one in reader.declared or reader.links)
    titles = {one.url: one.title for one in (reader.declared or reader.links)[::-1]}
    return tuple(Discovered(url, titles[url]) for url in found)[:_MOST]


class _Links(HTMLParser):
    """Collects ``<link rel=alternate>`` of a feed's type, and links whose address looks like one."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self.declared: list[Discovered] = []
        self.links: list[Discovered] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at ``base``, ``link`` and ``a``."""
        values = {name: value or "" for name, value in attrs}
        href = values.get("href", "").strip()
        if not href:
            return
        if tag == "base":
            self._base = self._joined(href) or self._base
        elif tag == "link" and _is_feed(values):
            self._keep(self.declared, href, values.get("title", ""))
        elif tag == "a" and any(sign in href.lower() for sign in _SIGNS):
            self._keep(self.links, href, values.get("title", ""))

    def _keep(self, into: list[Discovered], href: str, title: str) -> None:
        url = self._joined(href)
        # A feed of the comments is not what is meant by the feed of a site.
        if url and "comments/feed" not in url:
            into.append(Discovered(url, clean_line(title)[:200]))

    def _joined(self, href: str) -> str | None:
        try:
            return web_address(urljoin(self._base, href))
        except ValueError:
            return None


def _is_feed(values: dict[str, str]) -> bool:
    words = values.get("rel", "").lower().split()
    kind = values.get("type", "").split(";")[0].strip().lower()
    return ("alternate" in words and kind in _TYPES and "json+oembed" not in values.get("type", "")) or (
        "feed" in words
    )


def _answering(named: Iterable[Discovered], page: str, fetcher: Fetcher) -> Iterable[Discovered]:
    """Those that answer with a feed."""
    home = urlsplit(page).hostname
    for one in named:
        try:
            split = urlsplit(one.url)
            if split.hostname != home:
                public_address(split.hostname or "", split.port or (443 if split.scheme == "https" else 80))
            answer = fetcher.get(one.url)
        except (FetchError, ValueError):
            continue
        title = _feed_in(answer)
        if title is not None:
            yield Discovered(one.url, one.title or title)


def _feed_in(answer: Answer) -> str | None:
    """The title of the feed that an answer is; None where it is none."""
    start = answer.body[:2000].lower()
    if b"<html" in start and b"<rss" not in start and b"<feed" not in start:
        return None
    try:
        return parse_feed(answer.body, answer.url, content_type=answer.content_type).title
    except RefusedError:
        return None
