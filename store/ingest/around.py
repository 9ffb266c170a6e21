"""What a page shows around its text: date and writer below the headline, headlines under «اقرأ أيضا», tags.

The extraction of the text leaves all of it out, and many sites say it nowhere
else. One pass over the page gives its pieces of text in order, each with the
class names it stands under; what they mean is decided like the lines of a
saved page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from ..models import LinkKind, Published
from .bare import is_heavy
from .dates import parse_date
from .elements import INLINE, SILENT
from .headlines import is_sentence
from .markers import Mark, Marked, classify
from .sanitize import clean_line
from .spelling import letters_of

#: So much of a page is gone through, in code points; and so many pieces below the headline are looked at.
_MOST = 2 << 20
_MOST_NEAR = 40
_MOST_ABOVE = 6
_MOST_LINKS = 40
_MOST_TAGS = 60
_LONGEST_PIECE = 4000
#: Elements that are open at once; of deeper ones the names are not known.
_DEEPEST = 400
#: Pictures and boxes too stand inside a line.
_INLINE = INLINE | {"img", "input"}
_EMPTY = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW = frozenset(("script", "style"))
_AUTHORS = frozenset(
    [
        "author",
        "byline",
        "writer",
        "writeby",
        "writer-name",
        "author-name",
        "post-author",
        "entry-author",
        "editor",
    ]
)
_TAGS = frozenset(
    [
        "tag",
        "tags",
        "tags-links",
        "post-tags",
        "article-tags",
        "box-tags",
        "entry-tags",
        "keywords",
        "tagslist",
        "tags-list",
    ]
)
_NAMES = re.compile(r"[\w-]+")
#: «هسبريس - أمال كنين», «كتب: …», «By …»: what stands before the name of who wrote it.
_BEFORE_NAME = re.compile(r"^(?:.{2,25} [-–|] |(?:كتبت?|بقلم|by|الكاتب|تحرير) ?:? +)", re.IGNORECASE)
_MOST_READ = re.compile("أكثر|اكثر|أحدث|آخر")
_NO_NAME = re.compile(r"\d|[.؟?!]|https?:")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: whether it is a link, and the class names (folded) of the elements it stands in, inner first."""

    text: str
    is_link: bool = False
    is_tag: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a text; empty where the page shows nothing."""

    published: Published | None = None
    byline: str = ""
    keywords: tuple[str, ...] = ()
    links: tuple[tuple[LinkKind, str], ...] = ()
    source: str = ""
    #: The paragraph that the line of the source stands below.
    above_source: str = ""


def around(html: str, headline: str, lead: str) -> Around:
    """Look around the text of a page that begins with ``lead`` under ``headline``."""
    html = html[:_MOST]
    if is_heavy(html):
        return Around()
    reader = _Pieces()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # html.parser gives up on some damaged declarations: what came before them is known.
        pass
    pieces = reader.done()
    above, below = _near(pieces, headline, lead)
    return Around(
        _date(below) or _date(above),
        _byline(below),
        _keywords(pieces),
        tuple(_links(pieces)),
        *_sources(pieces),
    )


def _sources(pieces: Sequence[Piece]) -> tuple[str, str]:
    """The first source that is named, and the last sentence above it."""
    for place, piece in enumerate(pieces):
        if marked := _source(piece):
            above = (before.text for before in reversed(pieces[max(place - 8, 0) : place]))
            return marked.value, next((text for text in above if is_sentence(text)), "")
    return "", ""


def _source(piece: Piece) -> Marked | None:
    """A piece that names the source of the text."""
    marked = classify(piece.text) if len(piece.text) <= 100 else None
    return marked if marked and marked.mark is Mark.SOURCE else None


def _near(pieces: Sequence[Piece], headline: str, lead: str) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """The pieces just above the headline, where it stands last before the text, and those from it to the text."""
    start, end = letters_of(headline), letters_of(lead)[:40]
    at = None
    for index, piece in enumerate(pieces):
        letters = letters_of(piece.text)
        if start and letters == start:
            at = index
        elif end and letters.startswith(end):
            break
    else:
        index = len(pieces)
    if at is None:
        return (), ()
    return pieces[max(at - _MOST_ABOVE, 0) : at], pieces[at + 1 : min(index, at + 1 + _MOST_NEAR)]


def _date(near: Sequence[Piece]) -> Published | None:
    """The first date of publication, else of an update; a line that says more than a date is none."""
    updated = None
    for piece in near:
        marked = classify(piece.text) if len(piece.text) <= 120 else None
        if marked and marked.mark is Mark.DATE and (found := parse_date(marked.value)):
            return found
        if marked and marked.mark is Mark.UPDATED and updated is None:
            updated = parse_date(marked.value)
    return updated


def _byline(near: Sequence[Piece]) -> str:
    for piece in near:
        if len(piece.text) > 80 or _NO_NAME.search(piece.text):
            continue
        marked = classify(piece.text)
        name = marked.value if marked and marked.mark is Mark.BYLINE else ""
        if not name and marked is None and not piece.names.isdisjoint(_AUTHORS):
            name = piece.text
        name = _BEFORE_NAME.sub("", name).strip(" :-–|،,")
        if 1 <= len(name.split()) <= 6:
            return name
    return ""


def _keywords(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Links that are tags: by their own word (``rel=tag``), else by the element they are in."""
    links = [piece for piece in pieces if piece.is_link and 2 <= len(piece.text) <= 60]
    tags = (
        [piece for piece in links if piece.is_tag]
        or [piece for piece in links if not piece.names.isdisjoint(_TAGS)]
        or list(_behind_keywords(pieces))
    )
    found = dict.fromkeys(piece.text.strip("# ،,").replace("_", " ") for piece in tags)
    return tuple(name for name in found if name)[:_MOST_TAGS]


def _behind_keywords(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The links right behind a piece that announces keywords."""
    is_behind = False
    for piece in pieces:
        marked = classify(piece.text) if len(piece.text) <= 40 else None
        if is_behind and piece.is_link:
            yield piece
        else:
            is_behind = bool(marked and marked.mark is Mark.KEYWORDS and not marked.value)


def _links(pieces: Sequence[Piece]) -> Iterator[tuple[LinkKind, str]]:
    """Headlines that are links under a heading of related ones, to the next text that is none."""
    kind: LinkKind | None = None
    count = 0
    for piece in pieces:
        marked = classify(piece.text) if len(piece.text) <= 80 else None
        if marked and marked.mark in _KINDS and not marked.value:
            if _MOST_READ.search(piece.text):
                # A list of the site, not of this page.
                kind = None
                continue
            kind, count = _KINDS[marked.mark], 0
        elif kind is not None and piece.is_link and len(piece.text.split()) >= 3 and count < _MOST_LINKS:
            yield kind, piece.text
            count += 1
        elif is_sentence(piece.text) or (count and len(piece.text) > 40):
            kind = None


_KINDS = {
    Mark.READ_ALSO: LinkKind.READ_ALSO,
    Mark.READ_MORE: LinkKind.READ_ALSO,
    Mark.SIMILAR: LinkKind.SIMILAR,
}


class _Pieces(HTMLParser):
    """Cuts a page at its block elements and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[Piece] = []
        self._now: list[str] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self._silent: str | None = None
        self._link: tuple[bool, bool] = (False, False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent is not None and (tag in _INLINE or tag in SILENT or self._silent in _RAW):
            return
        # A silent element that is not closed must not swallow the rest.
        self._silent = tag if tag in SILENT else None
        given = {name: value or "" for name, value in attrs}
        words = " ".join(given.get(name, "") for name in ("class", "id", "itemprop", "rel"))[:1000].casefold()
        names = frozenset(_NAMES.findall(words))
        if tag == "a" or tag not in _INLINE or names:
            self._break()
        if tag in _EMPTY or self._silent:
            return
        if tag == "a":
            self._link = (True, "tag" in given.get("rel", "").casefold().split())
        if len(self._open) < _DEEPEST:
            self._open.append((tag, names))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self._silent is not None:
            self._silent = None if tag == self._silent else self._silent
            return
        place = self._place_of(tag)
        if tag == "a" or tag not in _INLINE or (place is not None and self._open[place][1]):
            self._break()
        if tag == "a":
            self._link = (False, False)
        if place is not None:
            del self._open[place:]

    def _place_of(self, tag: str) -> int | None:
        """Where the element that an end tag closes was opened, not too far up."""
        for place in range(len(self._open) - 1, max(len(self._open) - 12, -1), -1):
            if self._open[place][0] == tag:
                return place
        return None

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self._now.append(data)

    def _break(self) -> None:
        if not self._now:
            return
        text = clean_line("".join(self._now)[:_LONGEST_PIECE])
        self._now = []
        if text:
            names = frozenset().union(*(names for _, names in self._open[-4:]))
            self._pieces.append(Piece(text, *self._link, names))

    def done(self) -> list[Piece]:
        """Everything collected."""
        self._break()
        return self._pieces
