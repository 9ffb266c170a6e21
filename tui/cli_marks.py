"""Sub-commands that change what we keep of articles: tag, tags, star, mark, delete."""

from __future__ import annotations

from collections.abc import Sequence

import click

from store import Store

from .cli import USAGE, Session, cli, fail, pass_session, say
from .cli_completion import complete_query, complete_tag, complete_tag_words
from .cli_support import (
    LARGEST_ID,
    Guarded,
    GuardedGroup,
    agreed,
    article_number,
    as_json,
    cell,
    chosen,
    ids_of,
    with_yes,
    words,
    write,
    write_json,
)

numbers = click.argument("articles", nargs=-1, type=article_number, metavar="[ARTICLE]…")
with_query = click.option(
    "--query",
    metavar="QUERY",
    shell_complete=complete_query,
    help="All articles that a query finds; their number is told first.",
)


class TagCommand(Guarded):
    """A command whose words may begin with - without being options: ``-war`` takes the tag away."""

    _OPTIONS = ("--json", "--yes", "--help", "-h")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take out the options that it has; everything else is an article or a tag."""
        options: list[str] = []
        rest: list[str] = []
        waiting = iter(args)
        for word in waiting:
            if word == "--":
                rest += waiting
            elif word == "--query":
                options += (word, *(value for value in (next(waiting, None),) if value is not None))
            elif word in self._OPTIONS or word.startswith("--query="):
                options.append(word)
            else:
                rest.append(word)
        return super().parse_args(ctx, [*options, "--", *rest])


@cli.command(cls=TagCommand)
@click.argument("arguments", nargs=-1, metavar="[ARTICLE]… [+TAG | -TAG]…", shell_complete=complete_tag_words)
@with_query
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@pass_session
def tag(session: Session, arguments: tuple[str, ...], query: str | None, yes: bool, as_json: bool) -> None:
    """Add (+TAG) and remove (-TAG) tags.

    Articles are named by their numbers or by a query. Without a tag it shows the tags that the articles have.
    """
    ids, add, remove = read_tag_arguments(arguments)
    store = session.store
    ids = chosen(store, ids, query)
    if add or remove:
        if query is not None:
            signs = " ".join([f"+{name}" for name in add] + [f"-{name}" for name in remove])
            agreed(f"{_articles(len(ids))} {signs}", yes)
        store.change_tags(ids, add, remove)
    for article_id in ids:
        tags = store.article(article_id).tags
        if as_json:
            write_json({"id": article_id, "tags": list(tags)})
        else:
            write(f"{article_id}\t" + " ".join(f"#{cell(name)}" for name in tags))


def read_tag_arguments(arguments: Sequence[str]) -> tuple[list[int], list[str], list[str]]:
    """The articles, the tags to add and the tags to remove; raises UsageError for a word that is none."""
    ids: list[int] = []
    add: list[str] = []
    remove: list[str] = []
    for word in arguments:
        if word.startswith("+"):
            add.append(word[1:])
        elif word.startswith("-"):
            remove.append(word[1:])
        elif word.isdecimal() and 1 <= int(word) <= LARGEST_ID:
            ids.append(int(word))
        else:
            raise click.UsageError(f"{words([word])}: not an article's number, nor +tag or -tag")
    return ids, add, remove


def _articles(count: int) -> str:
    from .i18n import counted

    return counted("{n} article", "{n} articles", count)


@cli.group(cls=GuardedGroup)
@as_json
@click.pass_context
def tags(context: click.Context, as_json: bool) -> None:
    """List, rename and delete tags.

    Alone it lists them: how many articles carry each, how many of these are unread, its name.
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    for found in session.store.tags():
        if as_json:
            write_json({"tag": found.name, "articles": found.articles, "unread": found.unread})
        else:
            write(f"{found.articles}\t{found.unread}\t{cell(found.name)}")


@tags.command("rename")
@click.argument("old", shell_complete=complete_tag)
@click.argument("new")
@pass_session
def rename_tag(session: Session, old: str, new: str) -> None:
    """Give a tag another name; where there is a tag of that name, the two become one."""
    session.store.rename_tag(words([old]), words([new]))


@tags.command("delete")
@click.argument("name", shell_complete=complete_tag)
@with_yes
@pass_session
def delete_tag(session: Session, name: str, yes: bool) -> None:
    """Take a tag from all articles that carry it; the articles stay."""
    store = session.store
    ids = _tagged(store, words([name]))
    if not ids:
        fail(f"no tag {cell(words([name]))}")
    agreed(f"{_articles(len(ids))} -{cell(words([name]))}", yes)
    store.change_tags(ids, remove=[words([name])])


def _tagged(store: Store, name: str) -> list[int]:
    """The articles that carry a tag, whatever signs are in its name."""
    from store import Query, tag_name
    from store.arabic import label_key
    from store.query_tree import Label, LabelKind

    return ids_of(store, Query(name, Label(LabelKind.TAG, label_key(tag_name(name)))))


@cli.command(cls=Guarded)
@numbers
@with_query
@click.option("--off", is_flag=True, help="Take the star away.")
@with_yes
@as_json
@pass_session
def star(
    session: Session, articles: tuple[int, ...], query: str | None, off: bool, yes: bool, as_json: bool
) -> None:
    """Star articles.

    They are named by their numbers or by a query.
    """
    store = session.store
    ids = _named(store, articles, query, "not starred" if off else "starred", yes)
    _tell(store.set_starred(ids, not off), as_json)


@cli.command(cls=Guarded)
@numbers
@with_query
@click.option("--unread", is_flag=True, help="Mark them unread.")
@with_yes
@as_json
@pass_session
def mark(
    session: Session, articles: tuple[int, ...], query: str | None, unread: bool, yes: bool, as_json: bool
) -> None:
    """Mark articles read, or unread.

    They are named by their numbers or by a query.
    """
    store = session.store
    ids = _named(store, articles, query, "unread" if unread else "read", yes)
    _tell(store.set_unread(ids, unread), as_json)


def _named(store: Store, articles: Sequence[int], query: str | None, done: str, yes: bool) -> list[int]:
    """The articles to change, each of them there; those of a query agreed to."""
    ids = chosen(store, articles, query)
    if query is not None:
        agreed(f"{_articles(len(ids))} → {done}", yes)
        return ids
    for article_id in ids:
        store.article(article_id)
    return ids


def _tell(changed: Sequence[int], as_json: bool) -> None:
    if as_json:
        write_json({"changed": list(changed)})


@cli.command(cls=Guarded)
@numbers
@with_query
@click.option("--forever", is_flag=True, help="Keep nothing of them, also of those deleted before.")
@with_yes
@pass_session
def delete(session: Session, articles: tuple[int, ...], query: str | None, forever: bool, yes: bool) -> None:
    """Delete articles.

    With their tags, notes and links. For 30 days newsreader restore brings them back, but for --forever. The same
    pages, imported again, come back as new articles.
    """
    store = session.store
    kept = {gone.article for gone in store.deleted()} if forever else set()
    named = [number for number in articles if number not in kept]
    ids = (
        chosen(store, (), query)
        if query is not None
        else _named(store, named, None, "", yes)
        if named
        else []
    )
    if not ids and not kept & set(articles):
        fail("no article to delete", USAGE if query is None else 0)
    agreed(f"delete {_articles(len(ids) + len(kept & set(articles)))}", yes)
    gone = store.delete(ids)
    if forever:
        store.forget((*gone, *articles))
        say(f"{_articles(len(gone) + len(kept & set(articles)))} deleted")
    else:
        say(f"{_articles(len(gone))} deleted; newsreader restore brings them back")


@cli.command(cls=Guarded)
@numbers
@as_json
@pass_session
def restore(session: Session, articles: tuple[int, ...], as_json: bool) -> None:
    """Bring deleted articles back, with their tags and notes.

    Without a number it lists the deleted ones: number, when it was deleted, headline.
    """
    from store.serial import timestamp

    store = session.store
    if not articles:
        for gone in store.deleted():
            if as_json:
                write_json({"id": gone.article, "deleted": timestamp(gone.at), "title": gone.title})
            else:
                write(f"{gone.article}\t{timestamp(gone.at)}\t{cell(gone.title)}")
        return
    back = store.restore(articles)
    if as_json:
        write_json({"restored": list(back)})
    else:
        say(f"{_articles(len(back))}: {' '.join(map(str, back))}")


@cli.command(cls=Guarded)
@click.option("--limit", "-n", type=click.IntRange(1, 100_000), default=50, help="How many [default: 50].")
@click.option("--clear", is_flag=True, help="Forget when articles were opened; they stay read.")
@with_yes
@as_json
@pass_session
def history(session: Session, limit: int, clear: bool, yes: bool, as_json: bool) -> None:
    """List the articles opened last in the reader.

    A line is: number, when it was opened, outlet, headline.
    """
    from store.serial import timestamp

    store = session.store
    if clear:
        agreed("forget when articles were opened", yes)
        say(f"{_articles(store.forget_history())} forgotten")
        return
    for one in store.history(limit):
        if as_json:
            write_json(
                {"id": one.article, "opened": timestamp(one.at), "outlet": one.outlet, "title": one.title}
            )
        else:
            write("\t".join((str(one.article), timestamp(one.at), cell(one.outlet), cell(one.title))))
