"""Articles on their way out: one pure function of articles → text for every format.

Text leaves in logical order, NFC, UTF-8, and without a control character;
each format escapes what it would read as its own syntax. Articles are taken
one after another, so that an archive of a million passes through little memory.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import BinaryIO

from store import Article

#: Format → (module, function, ending of its files); all but epub give text in pieces.
_WRITERS: Mapping[str, tuple[str, str, str]] = {
    "jsonl": ("records", "jsonl", ".jsonl"),
    "json": ("records", "json_array", ".json"),
    "csv": ("records", "table", ".csv"),
    "markdown": ("markdown", "markdown", ".md"),
    "text": ("plain", "text", ".txt"),
    "html": ("html", "html", ".html"),
    "bibtex": ("citations", "bibtex", ".bib"),
    "ris": ("citations", "ris", ".ris"),
}
FORMATS = (*_WRITERS, "epub")

Pieces = Callable[[Iterable[Article], Collection[int]], Iterator[str]]


def ending(form: str) -> str:
    """The ending that files of a format have."""
    return ".epub" if form == "epub" else _WRITERS[form][2]


def export_text(articles: Sequence[Article], form: str) -> str | bytes:
    """The articles in one of FORMATS: text, or the bytes of a book for ``epub``. Raises KeyError for another."""
    ids = {article.id for article in articles}
    if form == "epub":
        file = io.BytesIO()
        write_export(articles, form, file, ids)
        return file.getvalue()
    return "".join(_pieces(form)(articles, ids))


def write_export(
    articles: Iterable[Article], form: str, file: BinaryIO, ids: Collection[int] = frozenset()
) -> int:
    """Write the articles in one of FORMATS; how many they were.

    ``ids`` are those of all articles to be written: links between them become
    links of the document, any other link stays a headline.
    """
    counted = _Counted(articles)
    if form == "epub":
        from .epub import write_epub

        write_epub(counted, file, ids)
    else:
        for piece in _pieces(form)(counted, ids):
            file.write(piece.encode("utf-8", "replace"))
    return counted.count


def _pieces(form: str) -> Pieces:
    module, function, _ = _WRITERS[form]
    found: Pieces = getattr(import_module(f".{module}", __name__), function)
    return found


class _Counted:
    """Articles passed on, and counted."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self.count = 0

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            self.count += 1
            yield article
