"""What the shell completes: tags, outlets, fields and their values, feeds, saved searches.

A blank inside a name is offered as ``_``: to the query language it is the
same name, and no shell has to quote it. The store is opened for reading and
whatever goes wrong completes nothing: a completion must never be in the way.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from store import StoreError

from .cli import Session, cli
from .cli_support import Guarded, cell, write
from .config import ConfigError

if TYPE_CHECKING:
    from store import Store

_MOST = 100
_FIELDS = {
    "tag": "with a tag", "feed": "came by a feed", "note": "in what you wrote of it", "source": "of an outlet", "agency": "of an agency", "title": "in the headline",
    "keyword": "in the keywords", "is": "unread, read, starred, untagged", "has": "links, note",
    "after": "from then on", "before": "before then", "on": "in that day, month, year",
    "sort": "date, oldest, relevance, outlet, title, added", "story": "in the story of an article",
}  # fmt: skip
_VALUES = {
    "is": ("unread", "read", "starred", "untagged"),
    "has": ("links", "note", "highlight"),
    "sort": ("date", "oldest", "relevance", "outlet", "title", "added"),
    "after": ("today", "yesterday", "7d", "1m"),
    "before": ("today", "yesterday", "7d", "1m"),
    "on": ("today", "yesterday"),
}
#: Fields whose values are names in the store.
_NAMED = ("source", "agency", "tag", "keyword")


def complete_query(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Fields of the query language, and after one of them its values."""
    before = context.params.get(param.name or "") or ()
    words = [before] if isinstance(before, str) else [str(word) for word in before]
    field, value, start = _field_at(words, incomplete)
    if field is None:
        return [
            CompletionItem(f"{name}:", help=text)
            for name, text in _FIELDS.items()
            if name.startswith(incomplete)
        ]
    return _items(_VALUES.get(field) or _stored(context, field, value), value, start)


def _field_at(words: Sequence[str], incomplete: str) -> tuple[str | None, str, str]:
    """The field whose value is typed, what of it is there, and what a completion must repeat before it.

    bash takes a colon for the end of a word: ``source:ا`` arrives as three words, and only the last is replaced.
    """
    if incomplete == ":" and words:
        return _field(words[-1]), "", ""
    if len(words) > 1 and words[-1] == ":":
        return _field(words[-2]), incomplete, ""
    name, colon, value = incomplete.partition(":")
    return (_field(name), value, name + colon) if colon else (None, "", "")


def _field(name: str) -> str | None:
    """The field that goes by a name, English or Arabic, where its values can be completed."""
    from store.arabic import label_key
    from store.query_words import FIELDS

    found = FIELDS.get(label_key(name.lstrip("-(")))
    return found if found in _NAMED or found in _VALUES else None


def complete_tag(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of tags."""
    return _items(_stored(context, "tag", incomplete), incomplete, "")


def complete_tag_words(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Names of tags behind + and -."""
    sign = incomplete[:1]
    if sign not in ("+", "-"):
        return []
    return _items(_stored(context, "tag", incomplete[1:]), incomplete[1:], sign)


def complete_feed(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Addresses of feeds."""
    found = [CompletionItem(name) for name in _stored(context, "feed", "") if name.startswith(incomplete)]
    return found[:_MOST]


def complete_saved(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of saved searches."""
    return _items(_stored(context, "saved", incomplete), incomplete, "")


def _items(names: Iterable[str], typed: str, start: str) -> list[CompletionItem]:
    """The names that begin as typed, in any spelling."""
    from store.arabic import label_key

    wanted = label_key(typed)
    found = [name for name in names if label_key(name).startswith(wanted)]
    return [CompletionItem(start + "_".join(cell(name).split())) for name in found[:_MOST]]


def _stored(context: click.Context, kind: str, beginning: str) -> list[str]:
    """Names in the store this command line means, that begin so; none where there is no store."""
    try:
        return list(_names(_store_of(context), kind, beginning))
    except (StoreError, ConfigError, sqlite3.Error, OSError, ValueError):
        return []


def _names(store: Store, kind: str, beginning: str) -> Iterable[str]:
    if kind == "feed":
        from store.feeds import feeds

        return (feed.url for feed in feeds(store.connection))
    from store.views import Views

    views = Views(store.connection)
    if kind == "saved":
        return (view.name for view in views.searches())
    found = {"source": views.outlets, "agency": views.agencies, "tag": views.tags, "keyword": views.keywords}
    return (view.name for view in found[kind](beginning, _MOST))


def _store_of(context: click.Context) -> Store:
    from store import Store

    from .locations import store_path

    root = context.find_root()
    session = Session({name: root.params.get(name) for name in ("store",)})
    path = store_path(session.config.settings.store)
    if not path.exists():
        raise StoreError("no store yet")
    return Store(path, read_only=True)


@cli.command(cls=Guarded)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash: newsreader completion bash > ~/.local/share/bash-completion/completions/newsreader
    zsh:  newsreader completion zsh > DIR/_newsreader        (DIR in $fpath)
    fish: newsreader completion fish > ~/.config/fish/completions/newsreader.fish
    """
    write(script(shell))


def script(shell: str) -> str:
    """The completion script of a shell, as click makes it. Raises UsageError for an unknown shell."""
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    made = found(cli, {}, "newsreader", "_NEWSREADER_COMPLETE")
    # The template itself: ``source()`` would look at the version of the bash that happens to be installed here.
    text = str(made.source_template % made.source_vars()).rstrip("\n")
    # The program's door opens the reader where there are no words at all, so the script gives it one.
    return re.sub(r"(_complete .*?(?:\$1|newsreader))\)", r"\1 completion)", text)
