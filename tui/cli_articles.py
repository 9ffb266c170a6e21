"""Sub-commands about articles: list, search, show, tag, tags, star, read marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from store import Query, Store, Summary

from .cli import Session, cli, pass_session
from .i18n import _

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
limited = click.option(
    "--limit", "-n", type=click.IntRange(1), default=30, show_default=True, help="At most so many."
)


@cli.command("list")
@click.argument("query", nargs=-1)
@limited
@as_json
@pass_session
def list_articles(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List articles, newest first; QUERY narrows the list."""
    _print_rows(session.store, " ".join(query), limit, as_json)


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@click.option("--syntax", is_flag=True, help="Print the query language.")
@limited
@as_json
@pass_session
def search(session: Session, query: tuple[str, ...], syntax: bool, limit: int, as_json: bool) -> None:
    """Search title, body and keywords in any spelling."""
    from store import SYNTAX

    if syntax:
        click.echo(SYNTAX, nl=False)
        return
    if not query:
        raise click.UsageError("what to search for?")
    _print_rows(session.store, " ".join(query), limit, as_json)


def _print_rows(store: Store, text: str, limit: int, as_json: bool) -> None:
    query = store.parse(text)
    for row in rows_of(store, query, limit):
        _print_row(row, as_json)


def rows_of(store: Store, query: Query, limit: int) -> Iterable[Summary]:
    """Up to ``limit`` rows of a query, page by page."""
    before = None
    while limit > 0:
        size = min(limit, 500)
        page = store.page(query, limit=size, before=before)
        if page.note and before is None:
            click.echo(page.note, err=True)
        yield from page.rows
        limit -= len(page.rows)
        if len(page.rows) < size:
            return
        before = page.rows[-1].position


def _print_row(row: Summary, as_json: bool) -> None:
    from store.serial import one_line, published_text, summary_json

    if as_json:
        click.echo(one_line(summary_json(row)))
        return
    marks = ("*" if row.is_starred else "") + ("●" if row.is_unread else "")
    date = published_text(row.published) if row.published is not None else "-"
    tags = " ".join(f"#{tag}" for tag in row.tags)
    click.echo("\t".join((str(row.id), marks or "-", date, row.outlet or "-", row.title, tags)).rstrip("\t"))


@cli.command()
@click.argument("article", type=click.IntRange(1))
@as_json
@pass_session
def show(session: Session, article: int, as_json: bool) -> None:
    """Print one article in logical text."""
    from store.serial import article_json, one_line

    found = session.store.article(article)
    if as_json:
        click.echo(one_line(article_json(found)))
        return
    from .dates import full_date
    from .presentation import page_links

    heading = " · ".join(part for part in (found.outlet, full_date(found.published)) if part)
    click.echo(f"{found.title}\n{heading}")
    if found.tags:
        click.echo(" ".join(f"#{tag}" for tag in found.tags))
    for paragraph in found.body:
        click.echo(f"\n{paragraph}")
    if found.keywords:
        click.echo("\n" + _("Keywords") + ": " + "، ".join(found.keywords))
    for number, link in enumerate(page_links(found), 1):
        where = f"[{link.target}]" if link.target is not None else "(" + _("not here yet") + ")"
        click.echo(("\n" if number == 1 else "") + f"{number}. {link.title} {where}")


@cli.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, required=True, metavar="ARTICLE… +TAG… -TAG…")
@pass_session
def tag(session: Session, arguments: tuple[str, ...]) -> None:
    """Add (+TAG) and remove (-TAG) tags on articles, named by their numbers."""
    from store.serial import one_line

    wants_json = "--json" in arguments
    ids, add, remove = read_tag_arguments([word for word in arguments if word != "--json"])
    if not ids:
        raise click.UsageError("which article? give its number, as newsreader list shows it")
    store = session.store
    if add or remove:
        store.change_tags(ids, add, remove)
    for article_id in ids:
        tags = store.article(article_id).tags
        if wants_json:
            click.echo(one_line({"id": article_id, "tags": list(tags)}))
        else:
            click.echo(f"{article_id}\t" + " ".join(f"#{name}" for name in tags))


def read_tag_arguments(words: Iterable[str]) -> tuple[list[int], list[str], list[str]]:
    """The articles, the tags to add and the tags to remove; raises UsageError for a word that is none."""
    ids: list[int] = []
    add: list[str] = []
    remove: list[str] = []
    for word in words:
        if word.startswith("+"):
            add.append(word[1:])
        elif word.startswith("-"):
            remove.append(word[1:])
        elif word.isdecimal():
            ids.append(int(word))
        else:
            raise click.UsageError(f"{word}: not an article's number, nor +tag or -tag")
    return ids, add, remove


@cli.command()
@as_json
@pass_session
def tags(session: Session, as_json: bool) -> None:
    """All tags, with how many articles carry them."""
    from store.serial import one_line

    for found in session.store.tags():
        if as_json:
            click.echo(one_line({"tag": found.name, "articles": found.articles, "unread": found.unread}))
        else:
            click.echo(f"{found.articles}\t{found.unread}\t{found.name}")


def _mark(session: Session, articles: tuple[int, ...], **marks: Any) -> None:
    store = session.store
    for article_id in articles:
        store.article(article_id)
    with store.transaction():
        if "is_unread" in marks:
            store.set_unread(articles, marks["is_unread"])
        if "is_starred" in marks:
            store.set_starred(articles, marks["is_starred"])


@cli.command()
@click.argument("articles", nargs=-1, required=True, type=click.IntRange(1), metavar="ARTICLE…")
@click.option("--off", is_flag=True, help="Take the star away.")
@pass_session
def star(session: Session, articles: tuple[int, ...], off: bool) -> None:
    """Star articles."""
    _mark(session, articles, is_starred=not off)


@cli.command()
@click.argument("articles", nargs=-1, required=True, type=click.IntRange(1), metavar="ARTICLE…")
@click.option("--unread", is_flag=True, help="Mark them unread.")
@pass_session
def mark(session: Session, articles: tuple[int, ...], unread: bool) -> None:
    """Mark articles read, or unread."""
    _mark(session, articles, is_unread=unread)
