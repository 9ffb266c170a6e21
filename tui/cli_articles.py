"""Sub-commands that read: list, search, show, read, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from store import Article, Query, Store, Summary

from .cli import Session, cli, pass_session, say
from .cli_completion import complete_query
from .cli_support import (
    Guarded,
    article_number,
    as_json,
    cell,
    output,
    printable,
    rows_of,
    say_slow,
    words,
    write,
    write_json,
    write_shown,
)

visual = click.option(
    "--visual", is_flag=True, help="Letters joined and in the order of the screen, for dumb terminals."
)
wide = click.option(
    "--width",
    type=click.IntRange(10, 1000),
    metavar="N",
    help="Cells of a line [default: those of the terminal, or 80].",
)
query_words = click.argument("query", nargs=-1, metavar="[QUERY]…", shell_complete=complete_query)

_LISTING: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--limit", "-n", type=click.IntRange(1), default=30, show_default=True, help="At most so many."
    ),
    click.option("--all", "-a", "is_all", is_flag=True, help="All of them, whatever their number."),
    click.option("--count", "-c", "is_count", is_flag=True, help="Only how many there are."),
    as_json,
    visual,
    wide,
)


def listing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that lists articles."""
    for option in reversed(_LISTING):
        function = option(function)
    return function


@cli.command("list", cls=Guarded)
@query_words
@listing
@pass_session
def list_articles(session: Session, /, query: tuple[str, ...], **options: Any) -> None:
    """List articles, newest first; QUERY narrows the list.

    A line is: number, marks (* starred, ● unread), date, outlet, title and
    tags, with a tab between them and - for what is not known.
    """
    print_rows(session.store, words(query), **options)


@cli.command(cls=Guarded, context_settings={"ignore_unknown_options": True})
@query_words
@click.option("--syntax", is_flag=True, help="Print the query language.")
@listing
@pass_session
def search(session: Session, /, query: tuple[str, ...], syntax: bool, **options: Any) -> None:
    """Search title, body and keywords in any spelling."""
    from store import SYNTAX

    if syntax:
        write(SYNTAX.rstrip("\n"))
        return
    if not words(query).strip():
        raise click.UsageError("what to search for?")
    print_rows(session.store, words(query), **options)


def print_rows(
    store: Store,
    text: str,
    *,
    limit: int,
    is_all: bool,
    is_count: bool,
    as_json: bool,
    visual: bool,
    width: int | None,
) -> None:
    """Print the rows a query finds, or their number, in the form that is asked for."""
    query = store.parse(text)
    if is_count:
        say_slow(store, query)
        count = store.count(query, 2**31)
        if note := store.page(query, limit=1).note:
            say(printable(note))
        write_json({"articles": count}) if as_json else write(str(count))
        say_left_out(store, query)
        return
    show = _shown_visually(width) if visual else _shown
    for row in rows_of(store, query, None if is_all else limit):
        if as_json:
            from store.serial import summary_json

            write_json(summary_json(row))
        else:
            write(show(row))
    say_left_out(store, query)


def say_left_out(store: Store, query: Query) -> None:
    """Say how many muted articles a list leaves out, where it is any."""
    muted = store.mutes.left_out(query, 2**31)
    if muted:
        say(f"{muted} muted left out; is:muted lists them")


def _shown(row: Summary) -> str:
    return "\t".join(_cells(row)).rstrip("\t")


def _cells(row: Summary) -> tuple[str, ...]:
    from store.serial import published_text

    marks = ("*" if row.is_starred else "") + ("●" if row.is_unread else "")
    date = published_text(row.published) if row.published is not None else "-"
    tags = " ".join(f"#{cell(tag)}" for tag in row.tags)
    return (str(row.id), marks or "-", date, cell(row.outlet), cell(row.title), tags)


def _shown_visually(width: int | None) -> Callable[[Summary], str]:
    from .export import laid_out

    cells = width or terminal_width()
    return lambda row: laid_out.row("  ".join(part for part in _cells(row) if part != "-"), cells)


def terminal_width() -> int:
    """Cells of a line of the terminal (``COLUMNS`` wins); 80 where there is none."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


@cli.command(cls=Guarded)
@click.argument("articles", nargs=-1, required=True, type=article_number, metavar="ARTICLE…")
@as_json
@visual
@wide
@pass_session
def show(session: Session, articles: tuple[int, ...], as_json: bool, visual: bool, width: int | None) -> None:
    """Print articles in logical text.

    Headline, source and date, tags, paragraphs, keywords, links.
    """
    found = [session.store.article(number) for number in articles]
    if as_json:
        from store.serial import article_json

        for article in found:
            write_json(article_json(article))
        return
    from .export import laid_out
    from .export.plain import text

    for piece in text(found):
        if not visual:
            output().write(printable(piece))
            continue
        for line in piece.rstrip("\n").split("\n"):
            for row in laid_out.text_lines(printable(line), width or terminal_width(), base="R"):
                write(row)


@cli.command(cls=Guarded)
@click.argument("article", type=article_number)
@wide
@click.option(
    "--visual",
    "form",
    flag_value="visual",
    help="Always in the order of the screen (for dumb terminals, less).",
)
@click.option(
    "--logical", "form", flag_value="logical", help="Always as stored (for screen readers, braille, files)."
)
@pass_session
def read(session: Session, article: int, width: int | None, form: str | None) -> None:
    """Print one article as a page.

    Without colours, and without moving the cursor. On a terminal it is laid out in the way that terminal shows Arabic right;
    into a pipe or a file it goes in logical text, a paragraph a line
    (--width breaks lines, --visual lays it out: newsreader read --visual 5 | less). Passages you marked stand in
    brackets: ✎[…].
    """
    import sys

    found = session.store.article(article)
    if form is None and sys.stdout is not None and sys.stdout.isatty():
        _read_on_terminal(session, found, width)
        return
    from .text import Emission

    emission = Emission.VISUAL if form == "visual" else Emission.LOGICAL
    cells = width or (_measure(session) if emission is Emission.VISUAL else None)
    keep_marks = session.config.settings.marks != "strip"
    _print_page(session, found, cells, emission.value, keep_marks)


def _read_on_terminal(session: Session, article: Article, width: int | None) -> None:
    """Lay out as this terminal wants it; one whose own ordering comes back afterwards gets logical text."""
    import os

    from .terminal import Route
    from .terminal import session as terminal_session
    from .terminal.sequences import EXPLICIT

    settings = session.config.settings
    cells = width or _measure(session)
    with terminal_session(bidi=settings.bidi, marks=settings.marks, env=os.environ) as terminal:
        profile = terminal.profile
        # Rows keep ECMA-48 mode 8 as it was when they were made; other switches turn them back when restored.
        if profile.switch_off in ("", EXPLICIT) and profile.route is Route.DIRECT:
            _print_page(session, article, cells, profile.emission.value, profile.keep_marks)
            output().flush()
            return
    _print_page(session, article, cells, "logical", keep_marks=True)


def _measure(session: Session) -> int:
    return min(terminal_width(), session.config.settings.measure)


def _print_page(
    session: Session, article: Article, width: int | None, emission: str, keep_marks: bool
) -> None:
    from .export.facts import is_rtl
    from .export.laid_out import page_lines
    from .presentation import DateStyle, page
    from .text import Emission

    settings = session.config.settings
    links = numbered_links(session.store, article)
    blocks = page(article, links, DateStyle(settings.months, settings.hijri))
    lines = page_lines(
        blocks,
        width,
        emission=Emission(emission),
        keep_marks=keep_marks,
        base="R" if is_rtl(article) else "L",
    )
    for line in lines:
        write_shown(line)


def numbered_links(store: Store, article: Article) -> tuple[Any, ...]:
    """The links of an article in the order of their numbers on the screen."""
    from .presentation import page_links

    host = store.article(article.embedded_in).title if article.embedded_in is not None else None
    return page_links(article, host)


@cli.command(cls=Guarded)
@click.argument("article", type=article_number)
@as_json
@pass_session
def links(session: Session, article: int, as_json: bool) -> None:
    """List the numbered links of an article.

    A line is: number, kind, number of the article it leads to (- while that is not here), headline.
    """
    found = session.store.article(article)
    for number, link in enumerate(numbered_links(session.store, found), 1):
        if as_json:
            write_json({"number": number, "kind": link.kind, "title": link.title, "target": link.target})
        else:
            write("\t".join((str(number), link.kind, str(link.target or "-"), cell(link.title))))
