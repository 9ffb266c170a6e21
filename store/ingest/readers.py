"""One file in, articles out: what kind of file it is decides its content, not its name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from enum import Enum

from ..models import ParsedArticle
from .decode import NotTextError, decode
from .page import parse_page
from .walk import Failure, printable

#: Largest page, feed or list that is read whole, in bytes. Streams (JSONL, CSV) may be of any size.
MAX_FILE = 64 << 20
_SNIFF = 4096

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
    re.S,
)
_HTML_ROOTS = frozenset(
    "html head body article div main section p h1 meta title link script header table span base".split()
)
_FEED_ROOTS = frozenset(("rss", "rdf:rdf", "feed", "rdf"))
_PACKED = (b"\x1f\x8b", b"\xfd7zXZ\0", b"PK\x03\x04", b"PK\x05\x06")


def kind_of(start: bytes, name: str) -> Kind:
    """Tell the kind from the first 4 KB; only a table needs its name (``.csv``, ``.tsv``)."""
    if start.startswith(_PACKED):
        return Kind.PACKED
    for bom, width in ((b"\xef\xbb\xbf", 1), (b"\xff\xfe", 2), (b"\xfe\xff", 2)):
        if start.startswith(bom):
            start = start[len(bom) :] if width == 1 else start[len(bom) :].replace(b"\0", b"")
    stripped = start.lstrip()
    if stripped.startswith(b"<"):
        match = _ROOT.match(stripped)
        root = match[1].decode("ascii", "replace").lower() if match else ""
        if root == "opml":
            return Kind.OPML
        if root in _FEED_ROOTS:
            return Kind.FEED
        if root in _HTML_ROOTS or b"<!doctype html" in stripped[:200].lower():
            return Kind.HTML
    if stripped.startswith((b"{", b"[")) and re.match(rb'[\[{]\s*(?:[{"\]}]|$)', stripped):
        return Kind.JSON
    return Kind.CSV if name.lower().endswith((".csv", ".tsv")) else Kind.TEXT


def read_file(path: str) -> Iterator[Found]:
    """Yield what the file at ``path`` holds; never raises, each trouble is a Failure."""
    origin = printable(os.path.abspath(path))
    try:
        with open(path, "rb") as file:
            start = file.read(_SNIFF)
            if not start:
                yield Failure(path, "", "empty")
                return
            kind = kind_of(start, path)
            reader = _READERS.get(kind)
            if reader is None:
                yield Failure(path, "", f"a {kind.value}, which cannot be read yet")
                return
            if len(start) == _SNIFF:
                start += file.read(MAX_FILE + 1 - len(start))
            if len(start) > MAX_FILE:
                yield Failure(path, "", f"larger than {MAX_FILE >> 20} MB")
                return
            yield from reader(start, path, origin)
    except NotTextError as error:
        yield Failure(path, "", str(error))
    except OSError as error:
        yield Failure(path, "", error.strerror.lower() if error.strerror else str(error))


def _read_text(data: bytes, path: str, origin: str) -> Iterator[Found]:
    article = parse_page(decode(data), origin)
    yield article if article.body or article.embedded else Failure(path, "", "no text in it")


_READERS: dict[Kind, Callable[[bytes, str, str], Iterator[Found]]] = {Kind.TEXT: _read_text}
