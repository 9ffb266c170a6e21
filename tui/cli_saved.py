"""Sub-commands about saved searches: add, remove, list, run, rules for what arrives, export and import."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from store.errors import QueryError

from .cli import FAILED, USAGE, Session, cli, fail, pass_session, say
from .cli_articles import listing, print_rows
from .cli_completion import complete_query, complete_saved, complete_tag
from .cli_support import GuardedGroup, agreed, as_json, cell, help_alone, ids_of, words, write, write_json

if TYPE_CHECKING:
    from store.saved import SavedSearch

#: No list of searches is larger, in bytes.
_MAX_FILE = 8 << 20


@cli.group(cls=GuardedGroup)
@click.pass_context
def saved(context: click.Context) -> None:
    """Keep searches under a name, as lists and as rules.

    A saved search is a live list; with a tag it is a rule that tags what arrives.
    """
    help_alone(context)


@saved.command("add")
@click.argument("name")
@click.argument("query", nargs=-1, required=True, metavar="QUERY…", shell_complete=complete_query)
@click.option("--tag", shell_complete=complete_tag, help="Give what arrives and matches this tag.")
@pass_session
def add(session: Session, name: str, query: tuple[str, ...], tag: str | None) -> None:
    """Save a search under a name, in place of one of that name."""
    from store.saved import save

    store = session.store
    save(store.connection, words([name]), words(query), tag and words([tag]), now=int(time.time()))


@saved.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete_saved)
@pass_session
def remove(session: Session, names: tuple[str, ...]) -> None:
    """Forget saved searches; what they tagged keeps its tags."""
    from store.saved import forget

    with session.store.transaction() as connection:
        for name in names:
            forget(connection, words([name]))


@saved.command("rename")
@click.argument("name", shell_complete=complete_saved)
@click.argument("other", metavar="NEW")
@pass_session
def rename_saved(session: Session, name: str, other: str) -> None:
    """Give a saved search another name, also in those that name it (saved:NAME)."""
    from store.keeping import rename

    rename(session.store.connection, words([name]), words([other]))


@saved.command("order")
@click.argument("names", nargs=-1, metavar="[NAME]…", shell_complete=complete_saved)
@pass_session
def order_saved(session: Session, names: tuple[str, ...]) -> None:
    """Have saved searches stand first, in this order; without names all stand by name again."""
    from store.keeping import put_in_order

    put_in_order(session.store.connection, [words([name]) for name in names])


@saved.command("list")
@as_json
@pass_session
def list_saved(session: Session, as_json: bool) -> None:
    """The saved searches: unread articles (1000+ for more), name, query, tag of the rule, what it mutes (muted:N)."""
    from store.muting import muted_by
    from store.saved import saved_searches, unread

    connection = session.store.connection
    now = int(time.time())
    is_whole = True
    for search in saved_searches(connection):
        count = None
        try:
            count = unread(connection, search, now)
        except QueryError as error:
            is_whole = False
            _say_unreadable(search, error)
        muted = muted_by(connection, search.name) if as_json or search.is_muting else 0
        if as_json:
            write_json(
                {
                    "name": search.name,
                    "query": search.query,
                    "tag": search.tag,
                    "unread": count,
                    "mute": search.is_muting,
                    "muted": muted,
                }
            )
            continue
        shown = "?" if count is None else "1000+" if count > 1000 else str(count)
        tag = f"+{cell(search.tag)}" if search.tag else ""
        rule = f"muted:{muted}" if search.is_muting else ""
        write("\t".join((shown, cell(search.name), cell(search.query), tag, rule)).rstrip("\t"))
    if not is_whole:
        raise SystemExit(FAILED)


@saved.command("run")
@click.argument("name", shell_complete=complete_saved)
@listing
@pass_session
def run(session: Session, /, name: str, **options: Any) -> None:
    """List the articles that a saved search finds now."""
    from store.saved import saved_search

    print_rows(session.store, saved_search(session.store.connection, words([name])).query, **options)


@saved.command("apply")
@click.argument("names", nargs=-1, metavar="[NAME]…", shell_complete=complete_saved)
@click.option("--dry-run", is_flag=True, help="Tell what would be tagged, and tag nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@as_json
@pass_session
def apply_rules(session: Session, names: tuple[str, ...], dry_run: bool, yes: bool, as_json: bool) -> None:
    """Tag what is in the store already by the rules: those named, or all that have a tag.

    What arrives later is tagged as it arrives.
    """
    from store.saved import saved_search, saved_searches

    store = session.store
    rules = (
        [saved_search(store.connection, words([name])) for name in names]
        if names
        else [rule for rule in saved_searches(store.connection) if rule.tag]
    )
    for rule in rules:
        if not rule.tag:
            fail(f"{cell(rule.name)}: this search has no tag to give", USAGE)
    is_whole = True
    for rule in rules:
        tag = str(rule.tag)
        try:
            query = store.parse(rule.query)
        except QueryError as error:
            is_whole = False
            _say_unreadable(rule, error)
            continue
        found = [number for number in ids_of(store, query) if not _has(store, number, tag)]
        if as_json:
            write_json({"name": rule.name, "tag": tag, "articles": found, "dry_run": dry_run})
        else:
            write(f"{len(found)}\t{cell(rule.name)}\t+{cell(tag)}")
        if found and not dry_run:
            agreed(f"{cell(rule.name)}: +{cell(tag)} → {len(found)}", yes)
            store.change_tags(found, add=[tag])
    if not is_whole:
        raise SystemExit(FAILED)


def _say_unreadable(search: SavedSearch, error: QueryError) -> None:
    """Say that a saved search cannot be read any more, and why; the others go on."""
    say(f"newsreader: saved search {cell(search.name)}: {error}")


def _has(store: Any, article: int, tag: str) -> bool:
    from store.arabic import label_key
    from store.articles import tags_of

    return label_key(tag) in {label_key(name) for name in tags_of(store.connection, article)}


@saved.command("mute")
@click.argument("name", shell_complete=complete_saved)
@click.argument("query", nargs=-1, required=True, metavar="QUERY…", shell_complete=complete_query)
@click.option("--tag", shell_complete=complete_tag, help="Also give what arrives and matches this tag.")
@click.option("--dry-run", is_flag=True, help="Tell how many would be muted, and mute nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@as_json
@pass_session
def mute_rule(
    session: Session,
    name: str,
    query: tuple[str, ...],
    tag: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Save a search that mutes what it finds, now and whenever something arrives.

    Muted articles stay in the store and are left out of lists and searches; is:muted finds them.
    """
    from store.muting import mute, would_mute

    store, named = session.store, words([name])
    found = would_mute(store.connection, words(query), int(time.time()))
    _tell_rule(named, len(found), dry_run, as_json)
    if not dry_run:
        agreed(f"{cell(named)}: mute {len(found)}, and what arrives", yes)
        mute(store.connection, named, words(query), tag and words([tag]), now=int(time.time()))


@saved.command("unmute")
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete_saved)
@click.option("--dry-run", is_flag=True, help="Tell how many a rule mutes, and end nothing.")
@as_json
@pass_session
def end_rules(session: Session, names: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """End mute rules: they stay as saved searches, and their articles come back, but for those another rule mutes."""
    from store.muting import end, muted_by
    from store.saved import saved_search

    store = session.store
    for name in [words([name]) for name in names]:
        if not saved_search(store.connection, name).is_muting:
            fail(f"{cell(name)}: this search mutes nothing", USAGE)
        _tell_rule(name, muted_by(store.connection, name), dry_run, as_json)
        if not dry_run:
            end(store.connection, name)


def _tell_rule(name: str, articles: int, dry_run: bool, as_json: bool) -> None:
    """The number first, then the rule."""
    if as_json:
        write_json({"name": name, "articles": articles, "dry_run": dry_run})
    else:
        write(f"{articles}\t{cell(name)}")


@saved.command("export")
@pass_session
def export_saved(session: Session) -> None:
    """Print the saved searches, one JSON object a line; newsreader saved import reads it."""
    from store.saved import export_searches

    for entry in export_searches(session.store.connection):
        write_json(dict(entry))


@saved.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@pass_session
def import_saved(session: Session, file: str) -> None:
    """Save the searches of a FILE (- for standard input), in place of those of the same names; all or none."""
    from store.saved import import_searches

    count = import_searches(session.store.connection, _entries(file), int(time.time()))
    say(f"{count} saved searches")


def _entries(file: str) -> list[dict[str, object]]:
    """The objects of a file: one a line, or one array."""
    import json

    if file == "-":
        if sys.stdin is None:
            fail("standard input is closed", USAGE)
        data = sys.stdin.buffer.read(_MAX_FILE + 1)
    else:
        with open(file, "rb") as opened:
            data = opened.read(_MAX_FILE + 1)
    where = cell(words([file]))
    if len(data) > _MAX_FILE:
        fail(f"{where}: larger than {_MAX_FILE >> 20} MB")
    try:
        text = data.decode("utf-8-sig")
        found = (
            json.loads(text)
            if text.lstrip().startswith("[")
            else [json.loads(line) for line in text.splitlines() if line.strip()]
        )
    except (ValueError, RecursionError) as error:
        fail(f"{where}: not JSON: {error}")
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        fail(f"{where}: not a list of saved searches")
    return found
