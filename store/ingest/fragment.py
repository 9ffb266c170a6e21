"""A piece of HTML (a feed's content, a field of a record) as paragraphs of text.

Nothing is executed, fetched or expanded: only text between tags is taken.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from .bare import is_heavy, paragraphs_in
from .elements import SILENT

_BLOCKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "header", "footer", "table", "tr", "td", "th", "pre", "hr", "figure", "figcaption", "main", "aside", "nav", "address", "form", "option"]
)  # fmt: skip
#: Of an entry in a feed, what stands in a box to write in is read as well.
_SILENT = SILENT - {"textarea"}
_LOOKS_LIKE_HTML = re.compile(
    r"<(?:p|br|div|span|a|img|h[1-6]|ul|ol|li|b|i|strong|em|blockquote|figure|table|!--)\b[^<>]*>|</\w+>",
    re.I,
)

_TAG = re.compile(r"<[^<>]{0,2000}>")
#: Longest caption, in code points. Only what is closed is one: what is not must not swallow the text.
_LONGEST_CAPTION = 4000
_OF_PICTURES = frozenset(("figure", "figcaption"))


class Fragment(NamedTuple):
    """Paragraphs, and how many code points of captions stood between them."""

    paragraphs: list[str]
    captions: int = 0


def looks_like_html(text: str) -> bool:
    """True when ``text`` has tags that are markup, not a ``<`` of mathematics."""
    return "<" in text and bool(_LOOKS_LIKE_HTML.search(text))


def paragraphs_of(html: str) -> list[str]:
    """Return the text of ``html`` by its block elements; scripts, styles and other silent parts left out."""
    return _read(html)[0]


def fragment_of(html: str) -> Fragment:
    """Like :func:`paragraphs_of`, the captions of pictures apart; where there is nothing else, they are the text."""
    lines, captions = _read(html)
    if len(captions) == len(lines):
        return Fragment(lines)
    return Fragment(
        [line for place, line in enumerate(lines) if place not in captions],
        sum(len(lines[place]) for place in captions),
    )


def _read(html: str) -> tuple[list[str], set[int]]:
    """The paragraphs of ``html``, and the places of those that are captions."""
    if not looks_like_html(html):
        return [line for line in (" ".join(part.split()) for part in html.split("\n")) if line], set()
    if is_heavy(html):
        return [unescape(line) for line in paragraphs_in(html)], set()
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        # html.parser gives up on some damaged declarations (<![): the tags are cut out then.
        return [line for part in _TAG.split(html) if (line := " ".join(part.split()))], set()
    return parser.done(), parser.captions


def text_of(html: str) -> str:
    """Return ``html`` as one line: a title or a name that came with markup."""
    return " ".join(paragraphs_of(html))


class _Text(HTMLParser):
    """Collects text; an unclosed silent element is closed by the next block, so that it cannot swallow the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paragraphs: list[str] = []
        self._now: list[str] = []
        self._silent: str | None = None
        #: The places of paragraphs that are captions; where the one that is open begins.
        self.captions: set[int] = set()
        self._caption: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent is None and tag in _SILENT:
            self._silent = tag
        elif tag in _BLOCKS:
            self._silent = None if self._silent not in ("script", "style") else self._silent
            self._break()
            if tag in _OF_PICTURES:
                self._caption = len(self._paragraphs) if tag == "figcaption" else None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        elif tag in _BLOCKS:
            self._break()
            if tag in _OF_PICTURES:
                self._end_caption(tag)

    def _end_caption(self, tag: str) -> None:
        """A caption ends with its own tag; the end of its figure leaves one that was not closed in the text."""
        start, self._caption = self._caption, None
        if start is not None and tag == "figcaption":
            places = range(start, len(self._paragraphs))
            if sum(len(self._paragraphs[place]) for place in places) <= _LONGEST_CAPTION:
                self.captions.update(places)

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self._now.append(data)

    def _break(self) -> None:
        if self._now:
            text = " ".join("".join(self._now).split())
            if text:
                self._paragraphs.append(text)
            self._now = []

    def done(self) -> list[str]:
        """Everything collected."""
        self._break()
        return self._paragraphs
