"""One file in, articles out: what kind of file it is decides its content, not its name."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import cast

from ..models import ParsedArticle
from .decode import NotTextError, decode
from .markup import RefusedError
from .page import parse_page
from .walk import Failure, printable

#: Largest page, feed or list that is read whole, in bytes. Streams (JSONL, CSV) may be of any size.
MAX_FILE = 64 << 20
#: An archive may hold packed files; those may not hold further ones.
_MAX_PACKED = 2
_SNIFF = 4096
#: Nearly all pages are shorter.
_PAGE = 1 << 16

#: What a reader gives for one file: articles, and failures of single places in it.
Found = ParsedArticle | Failure


class Kind(Enum):
    """What a file holds."""

    TEXT = "text page"
    HTML = "HTML page"
    FEED = "feed"
    JSON = "JSON"
    CSV = "table"
    OPML = "list of feeds"
    PACKED = "archive"


_ROOT = re.compile(
    rb"(?:\s|<\?[^>]{0,2000}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,3000}?\])?\s*>)*<([A-Za-z][\w:.-]*)",
    re.DOTALL,
)
_HTML_ROOTS = frozenset(
    (
        "html",
        "head",
        "body",
        "article",
        "div",
        "main",
        "section",
        "p",
        "h1",
        "h2",
        "meta",
        "title",
        "link",
        "script",
        "header",
        "span",
    )
)
_FEED_ROOTS = frozenset(("rss", "rdf:rdf", "feed", "rdf", "atom:feed"))
_PACKED = (b"\x1f\x8b", b"\xfd7zXZ\0", b"PK\x03\x04", b"PK\x05\x06")
_JSON_START = re.compile(rb'[\[{]\s*(?:[\[{"\]}0-9]|$)')


def kind_of(start: bytes, name: str) -> Kind:
    """Tell the kind from the first 4 KB; only a table needs its name (``.csv``, ``.tsv``)."""
    if start.startswith(_PACKED):
        return Kind.PACKED
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\0", b"")
    stripped = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if stripped.startswith(b"<"):
        match = _ROOT.match(stripped)
        root = match[1].decode("ascii", "replace").lower() if match else ""
        if root == "opml":
            return Kind.OPML
        if root in _FEED_ROOTS:
            return Kind.FEED
        if root in _HTML_ROOTS or b"<!doctype html" in stripped[:200].lower():
            return Kind.HTML
    if _JSON_START.match(stripped):
        return Kind.JSON
    return Kind.CSV if _bare(name).endswith((".csv", ".tsv")) else Kind.TEXT


def _bare(name: str) -> str:
    lowered = name.lower()
    return lowered.removesuffix(".gz").removesuffix(".xz")


def read_file(path: str, fields: Mapping[str, str] | None = None) -> Iterator[Found]:
    """Yield what the file at ``path`` holds (``-`` is standard input); never raises, each trouble is a Failure.

    ``fields`` names the columns of records: ours → theirs.
    """
    if path == "-":
        yield from _guarded(
            cast(io.BufferedReader, sys.stdin.buffer), "standard input", "stdin", fields or {}
        )
        return
    try:
        with open(path, "rb") as file:
            yield from _guarded(file, path, printable(os.path.abspath(path)), fields or {})
    except OSError as error:
        yield Failure(path, "", error.strerror.lower() if error.strerror else str(error))


def read_bytes(
    data: bytes, path: str, origin: str, fields: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """:func:`read_file` for bytes that came another way, as from the network."""
    yield from _guarded(_buffered(io.BytesIO(data)), path, origin, fields or {})


def read_address(url: str, fields: Mapping[str, str] | None = None) -> Iterator[Found]:
    """Fetch ``url`` and yield what it holds: a page, a feed, a table, an archive of any of these."""
    # urllib3 takes 60 ms to import, and most imports are of files.
    from .fetch import Fetcher, FetchError

    try:
        answer = Fetcher(max_bytes=MAX_FILE).get(url)
    except FetchError as error:
        yield Failure(url, "", str(error))
        return
    yield from read_bytes(answer.body, url, answer.url, fields)


def _buffered(stream: io.BytesIO) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream))


def _guarded(stream: io.BufferedReader, path: str, origin: str, fields: Mapping[str, str]) -> Iterator[Found]:
    try:
        yield from _read(stream, _Place(path, "", origin), fields, 0)
    except (NotTextError, RefusedError) as error:
        yield Failure(path, "", str(error))
    except _unpack_errors() as error:
        yield Failure(path, "", f"damaged: {error}" if str(error) else "damaged: ends too early")
    except (RecursionError, MemoryError):
        yield Failure(path, "", "nested too deeply, or too large")
    except OSError:
        raise
    except Exception as error:
        # A fault of ours or of a library in one file must not keep the others out; it is told, with its kind.
        yield Failure(path, "", f"cannot be read: {type(error).__name__}")


def _unpack_errors() -> tuple[type[Exception], ...]:
    # The modules of archives are asked for where one is read, or something went wrong: here and below.
    from .packed import UNPACK_ERRORS

    return UNPACK_ERRORS


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the bytes at hand come from: the file, the member of an archive in it, the origin of its articles."""

    path: str
    member: str
    origin: str

    def inside(self, name: str) -> _Place:
        shown = printable(name)
        if not name:
            return self
        member = f"{self.member}/{shown}" if self.member else shown
        return _Place(self.path, member, f"{self.origin}/{shown}")

    def failure(self, reason: str) -> Failure:
        return Failure(self.path, self.member, reason)

    def placed(self, found: Found) -> Found:
        """A failure inside an archive names the archive, the member and the place in it."""
        if isinstance(found, Failure) and self.member:
            place = f"{self.member}:{found.place}" if found.place else self.member
            return Failure(self.path, place, found.reason)
        return found


def _read(stream: io.BufferedReader, place: _Place, fields: Mapping[str, str], depth: int) -> Iterator[Found]:
    start = stream.peek(_SNIFF)[:_SNIFF]
    if not start:
        yield place.failure("empty")
        return
    kind = kind_of(start, place.member or place.path)
    if kind is Kind.PACKED:
        yield from _read_packed(stream, start, place, fields, depth)
        return
    if kind is Kind.JSON or kind is Kind.CSV:
        from .records import read_csv, read_jsonl

        read = read_jsonl if kind is Kind.JSON else read_csv
        for found in read(stream, place.path, place.origin, fields):
            yield place.placed(found)
        return
    # To ask for all it may be makes room for all it may be.
    data = stream.read(_PAGE)
    if len(data) == _PAGE:
        data += stream.read(MAX_FILE + 1 - _PAGE)
    if len(data) > MAX_FILE:
        yield place.failure(f"larger than {MAX_FILE >> 20} MB")
        return
    try:
        for found in _WHOLE[kind](data, place.path, place.origin):
            yield place.placed(found)
    except (NotTextError, RefusedError) as error:
        yield place.failure(str(error))


def _read_packed(
    stream: io.BufferedReader, start: bytes, place: _Place, fields: Mapping[str, str], depth: int
) -> Iterator[Found]:
    if depth >= _MAX_PACKED:
        yield place.failure("an archive inside an archive inside an archive")
        return
    from .packed import unpack

    for name, inner in unpack(stream, start):
        yield from _read(inner, place.inside(name), fields, depth + 1)


def _read_text(data: bytes, path: str, origin: str) -> Iterator[Found]:
    article = parse_page(decode(data), origin)
    yield article if article.body or article.embedded else Failure(path, "", "no text in it")


def _read_html(data: bytes, path: str, origin: str) -> Iterator[Found]:
    from .html import MAX_HTML, parse_html

    if len(data) > MAX_HTML:
        yield Failure(path, "", f"a page larger than {MAX_HTML >> 20} MB")
        return
    article = parse_html(data, origin, url=origin)
    yield article if article.body else Failure(path, "", "a page without a text")


def _read_feed(data: bytes, path: str, origin: str) -> Iterator[Found]:
    from .feed import parse_feed

    articles = parse_feed(data, origin).articles
    if not articles:
        yield Failure(path, "", "a feed without entries")
    yield from articles


def _read_opml(data: bytes, path: str, origin: str) -> Iterator[Found]:
    yield Failure(path, "", "a list of feeds, not articles: newsreader feed import takes it")


_WHOLE: dict[Kind, Callable[[bytes, str, str], Iterator[Found]]] = {
    Kind.TEXT: _read_text,
    Kind.HTML: _read_html,
    Kind.FEED: _read_feed,
    Kind.OPML: _read_opml,
}
