"""The sub-command that writes articles to a file or to stdout, in any format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import click

from store import Article, Store

from .cli import Session, cli, pass_session, say
from .cli_articles import query_words
from .cli_support import Guarded, output, printable, rows_of, words
from .export import FORMATS, ending, write_export


@cli.command(cls=Guarded)
@query_words
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice([*FORMATS, "opml"]),
    help="How to write them [default: what the ending of FILE says, else jsonl]. opml writes the feeds.",
)
@click.option(
    "--article",
    "-a",
    "numbers",
    type=click.IntRange(1),
    multiple=True,
    metavar="ARTICLE",
    help="This article, by its number; may be given several times.",
)
@click.option("--output", "-o", "file", type=click.Path(), metavar="FILE", help="A file instead of stdout.")
@click.option("--force", is_flag=True, help="Write over a FILE that is there.")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark (a spreadsheet wants it for CSV).")
@pass_session
def export(
    session: Session,
    query: tuple[str, ...],
    form: str | None,
    numbers: tuple[int, ...],
    file: str | None,
    force: bool,
    bom: bool,
) -> None:
    """Write articles to a file or to stdout.

    All of them, those that QUERY finds, or those named by --article.

    jsonl holds every field of an article and can be imported again. A FILE
    is there whole or not at all: it takes its name when all is written.
    """
    form = form or (_form_of(file) if file and file != "-" else "jsonl")
    store = session.store
    if form == "opml":
        from store import feeds

        with destination(store, file, force) as target:
            target.write(feeds.export_opml(store.connection))
        return
    if numbers and query:
        raise click.UsageError("articles are named by --article or by a query, not by both")
    found, ids = _named(store, numbers) if numbers else _articles(store, words(query), form)
    with destination(store, file, force, is_binary=form == "epub") as target:
        if bom:
            target.write("\ufeff".encode())
        count = write_export(found(), form, target, ids)
    if file and file != "-":
        from .i18n import counted

        say(f"{counted('{n} article', '{n} articles', count)} → {printable(words([file]))}")


def _form_of(file: str) -> str:
    """The format that a file's ending names. Raises UsageError where it names none."""
    found = {ending(form): form for form in FORMATS} | {".opml": "opml", ".htm": "html", ".ndjson": "jsonl"}
    name = os.path.splitext(file)[1].lower()
    if name not in found:
        raise click.UsageError(f"which format? {words([file])} does not say; add --format")
    return found[name]


def _named(store: Store, numbers: Sequence[int]) -> tuple[Callable[[], Iterator[Article]], set[int]]:
    """The articles of those numbers, in that order, each once. Raises NotFoundError before anything is written."""
    found = [store.article(number) for number in dict.fromkeys(numbers)]
    return lambda: iter(found), set(numbers)


def _articles(store: Store, text: str, form: str) -> tuple[Callable[[], Iterator[Article]], set[int]]:
    """The articles to write, and the numbers of all of them where the format has links inside."""
    query = store.parse(text)
    if not text.strip():
        from store import articles

        needs_ids = form in ("html", "markdown", "epub")
        return store.articles, set(articles.ids(store.connection)) if needs_ids else set()
    ids = [row.id for row in rows_of(store, query)]
    return lambda: (store.article(number) for number in ids), set(ids)


@contextmanager
def destination(
    store: Store, file: str | None, force: bool, *, is_binary: bool = False
) -> Iterator[BinaryIO]:
    """Where an export goes: stdout, or a file that takes its name only when all is written.

    Raises UsageError where FILE is there already, is the store, or bytes would go to a terminal.
    """
    if not file or file == "-":
        stream = output()
        if is_binary and stream.isatty():
            raise click.UsageError("a book is no text for a terminal; name a file with --output")
        yield stream.buffer
        stream.buffer.flush()
        return
    if os.path.exists(file) and store.path.exists() and os.path.samefile(file, store.path):
        raise click.UsageError(f"{words([file])} is the store itself")
    if os.path.exists(file) and not force and not _is_special(file):
        raise click.UsageError(f"{words([file])} is there already; add --force to write over it")
    if _is_special(file):
        with open(file, "wb") as target:
            yield target
        return
    part = f"{file}.part-{os.getpid()}"
    try:
        with open(part, "xb") as target:
            yield target
        os.replace(part, file)
    finally:
        if os.path.exists(part):
            os.unlink(part)


def _is_special(file: str) -> bool:
    """True for what is there and no ordinary file: a pipe, a device."""
    return os.path.exists(file) and not os.path.isfile(file)
