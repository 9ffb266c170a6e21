"""Sub-commands about feeds: add, remove, list, refresh, import and export of OPML."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from .cli import FAILED, INTERRUPTED, USAGE, Session, cli, fail, pass_session, say
from .cli_completion import complete_feed
from .cli_support import GuardedGroup, as_json, cell, help_alone, output, words, write, write_json

if TYPE_CHECKING:
    from store.feeds import Feed, Refreshed


@cli.group(cls=GuardedGroup)
@click.pass_context
def feed(context: click.Context) -> None:
    """Follow feeds: RSS, Atom, JSON Feed."""
    help_alone(context)


@feed.command("add")
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--title", default="", help="What to call it; else its own title.")
@click.option("--tag", "tags", multiple=True, help="A tag of the feed. May be repeated.")
@click.option(
    "--full-text", is_flag=True, help="Fetch the page of each article, not only what the feed holds."
)
@click.option("--as-is", is_flag=True, help="Take the address as it is, without looking what is there.")
@as_json
@pass_session
def add(
    session: Session,
    urls: tuple[str, ...],
    title: str,
    tags: tuple[str, ...],
    full_text: bool,
    as_is: bool,
    as_json: bool,
) -> None:
    """Follow feeds: URL is the address of one, or of a page that names one.

    Of several that a page names the first is taken, the others are told. An
    address that does not answer is taken as it is. Articles come with
    newsreader feed refresh.
    """
    from store import feeds

    if title and len(urls) > 1:
        raise click.UsageError("--title is for one feed")
    store = session.store
    wanted = [words([url]) for url in urls]
    found = wanted if as_is else [_feed_at(url) for url in wanted]
    with store.transaction() as connection:
        added = [
            feeds.add_feed(
                connection,
                url,
                int(time.time()),
                title=words([title]),
                tags=[words([tag]) for tag in tags],
                is_full_text=full_text,
            )
            for url in found
        ]
    for each in added:
        write_json(_json(each)) if as_json else write(_row(each))


def _feed_at(url: str) -> str:
    """The address of the feed at ``url``; others that the page there names are told."""
    from store import feeds

    try:
        first, *others = feeds.discover_feeds(url)
    except feeds.UnreachableError as error:
        say(f"newsreader: {cell(str(error))}; taken as it is")
        return url
    for other in others:
        say(
            f"newsreader: {cell(url)} also names {cell(other.url)}"
            + (f" ({cell(other.title)})" if other.title else "")
        )
    return first.url


@feed.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="FEED…", shell_complete=complete_feed)
@pass_session
def remove(session: Session, names: tuple[str, ...]) -> None:
    """Stop following feeds, named by number, address or title. Their articles stay."""
    from store import feeds

    with session.store.transaction() as connection:
        for name in names:
            feeds.remove_feed(connection, words([name]))


@feed.command("list")
@as_json
@pass_session
def list_feeds(session: Session, as_json: bool) -> None:
    """The feeds: number, when last read, title, address, tags, last trouble; a tab between them."""
    from store import feeds

    for each in feeds.feeds(session.store.connection):
        write_json(_json(each)) if as_json else write(_row(each))


def _row(each: Feed) -> str:
    from store.serial import timestamp

    checked = timestamp(each.checked) if each.checked is not None else "-"
    tags = " ".join(f"#{cell(tag)}" for tag in each.tags) or "-"
    trouble = cell(each.error) if each.error else ""
    return "\t".join((str(each.id), checked, cell(each.title), cell(each.url), tags, trouble)).rstrip("\t")


def _json(each: Feed) -> dict[str, Any]:
    from store.serial import timestamp

    def moment(seconds: int | None) -> str | None:
        return timestamp(seconds) if seconds else None

    return {
        "id": each.id,
        "url": each.url,
        "title": each.title,
        "site": each.site,
        "tags": list(each.tags),
        "full_text": each.is_full_text,
        "added": timestamp(each.added),
        "checked": moment(each.checked),
        "changed": moment(each.changed),
        "error": each.error,
        "failures": each.failures,
        "rests_until": moment(each.rests_until),
    }


@feed.command("refresh")
@click.argument("names", nargs=-1, metavar="[FEED]…", shell_complete=complete_feed)
@click.option("--force", is_flag=True, help="Also those that rest after a failure.")
@click.option("--quiet", "-q", is_flag=True, help="Tell nothing but what went wrong (for cron).")
@click.option("--allow-private", is_flag=True, help="Fetch full texts from private addresses, too.")
@as_json
@pass_session
def refresh(
    session: Session, names: tuple[str, ...], force: bool, quiet: bool, allow_private: bool, as_json: bool
) -> None:
    """Fetch the feeds, all or those named, and take in what is new.

    A feed that failed rests a while, longer each time; --force asks it all the
    same. Exit code 1 where any feed failed.
    """
    from store import feeds

    from .cli_progress import stoppable

    def tell(done: Refreshed, number: int, total: int) -> None:
        if as_json:
            write_json(_refreshed_json(done))
            output().flush()
        elif done.error:
            say(f"newsreader: {cell(done.feed.name)}: {cell(done.error)}")
        elif not quiet:
            say(f"{number}/{total} {cell(done.feed.name)}: {_brought(done)}")

    with stoppable() as should_stop:
        results = feeds.refresh(
            session.store.connection,
            int(time.time()),
            names=[words([name]) for name in names],
            on_done=tell,
            should_stop=should_stop,
            is_forced=force,
            allows_private=allow_private,
        )
        is_stopped = should_stop()
    if not (quiet or as_json):
        _summary(results)
    if is_stopped:
        raise SystemExit(INTERRUPTED)
    if any(result.error for result in results):
        raise SystemExit(FAILED)


def _brought(done: Refreshed) -> str:
    from .i18n import counted

    if done.new or done.changed:
        parts = [counted("{n} new article", "{n} new articles", done.new)]
        if done.changed:
            parts.append(counted("{n} changed", "{n} changed", done.changed))
        return " · ".join(parts)
    return "="


def _summary(results: tuple[Refreshed, ...]) -> None:
    from .i18n import counted

    parts = [counted("{n} new article", "{n} new articles", sum(result.new for result in results))]
    failed = sum(result.error is not None for result in results)
    if failed:
        parts.append(counted("{n} failed", "{n} failed", failed))
    say(" · ".join(parts))


def _refreshed_json(done: Refreshed) -> dict[str, Any]:
    return {
        "feed": done.feed.id,
        "url": done.feed.url,
        "new": done.new,
        "known": done.known,
        "changed": done.changed,
        "unchanged": done.is_unchanged,
        "error": done.error,
    }


@feed.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="OPML…")
@as_json
@pass_session
def import_opml(session: Session, files: tuple[str, ...], as_json: bool) -> None:
    """Follow the feeds of OPML files (- for standard input); folders become tags of the feeds."""
    from store import StoreError, feeds

    store = session.store
    is_failed = False
    for file in files:
        try:
            for each in feeds.import_opml(store.connection, _read(file), int(time.time())):
                write_json(_json(each)) if as_json else write(_row(each))
        except (StoreError, OSError) as error:
            reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            say(f"newsreader: {cell(words([file]))}: {reason}")
            is_failed = True
    if is_failed:
        raise SystemExit(FAILED)


#: No list of feeds is larger, in bytes.
_MAX_OPML = 32 << 20


def _read(file: str) -> bytes:
    if file == "-":
        if sys.stdin is None:
            fail("standard input is closed", USAGE)
        data = sys.stdin.buffer.read(_MAX_OPML + 1)
    else:
        with open(file, "rb") as opened:
            data = opened.read(_MAX_OPML + 1)
    if len(data) > _MAX_OPML:
        fail(f"{cell(words([file]))}: larger than {_MAX_OPML >> 20} MB")
    return data


@feed.command("export")
@click.option("--output", "-o", "file", type=click.Path(), metavar="FILE", help="A file instead of stdout.")
@click.option("--force", is_flag=True, help="Write over a FILE that is there.")
@pass_session
def export_opml(session: Session, file: str | None, force: bool) -> None:
    """Write the feeds as OPML 2.0."""
    from store import feeds

    from .cli_export import destination

    store = session.store
    with destination(store, file, force) as target:
        target.write(feeds.export_opml(store.connection))
