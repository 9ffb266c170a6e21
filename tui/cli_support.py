"""What the sub-commands share: output that cannot fail ugly, words cleaned of bytes, questions, numbers of articles.

stdout is UTF-8 in every locale. A full disk, a closed pipe, a damaged store
become one line and an exit code, whatever the command was doing.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from store import Query, Store, StoreError, Summary

from .cli import FAILED, USAGE, fail, say
from .config import ConfigError

#: Most rows of a list by relevance: it is one page, and a page is held whole.
MOST_BY_RELEVANCE = 10_000
_PAGE = 500
#: The largest number SQLite gives a row.
LARGEST_ID = 2**63 - 1

#: How a failure begins that nothing foresaw; the tests look for it.
MISTAKE = "a mistake of newsreader, or a store changed by other hands"


class Guarded(click.Command):
    """A command whose every failure is one line and an exit code; its output is flushed before it is done."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        with guarded():
            return super().invoke(ctx)


class GuardedGroup(click.Group):
    """A group of guarded commands; its own function decides what it does alone."""

    command_class = Guarded

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("no_args_is_help", False)
        kwargs.setdefault("invoke_without_command", True)
        super().__init__(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the sub-command that is asked for."""
        with guarded():
            return super().invoke(ctx)


def help_alone(context: click.Context) -> None:
    """For a group that does nothing alone: print its help."""
    if context.invoked_subcommand is None:
        write(context.get_help())


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what a command may run into, out of its hands, into one line and an exit code."""
    from store.database import errors_of

    try:
        with errors_of():
            yield
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _give_up_output()
        where = f"{printable(str(error.filename))}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}")
    except (MemoryError, RecursionError):
        fail("too large, or nested too deeply")
    except (ValueError, OverflowError) as error:
        fail(f"cannot be read: {error}")
    except (click.ClickException, click.exceptions.Exit, click.Abort, StoreError, ConfigError):
        raise
    except Exception as error:
        # Not foreseen: either the store was written by other hands, or this is our mistake.
        fail(f"{MISTAKE}: {type(error).__name__}: {error} ({_place_of(error)})")


def _place_of(error: BaseException) -> str:
    """Where in the program something went wrong: enough to report it by."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else ""


def _give_up_output() -> None:
    """What waits to be written to a full or closed stdout would fail once more on the way out."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def write(text: str) -> None:
    """Write a line of data, as it is. Raises OSError where stdout is closed or full."""
    output().write(text + "\n")


def write_shown(text: str) -> None:
    """Write a line for a person: without anything that acts on a terminal."""
    write(printable(text))


def write_json(value: dict[str, Any]) -> None:
    """Write one JSON object on a line."""
    from store.serial import one_line

    write(one_line(value))


def output() -> Any:
    """stdout, in UTF-8. Raises OSError where it is closed."""
    stream = sys.stdout
    if stream is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    if (stream.encoding or "").lower().replace("-", "") != "utf8" and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def printable(text: str) -> str:
    """The text without the characters that act on a terminal."""
    from .text.plain import harmless

    return harmless(text)


def cell(text: str | None) -> str:
    """The text as one column of a row: no tab and no line end in it."""
    return " ".join(printable(text or "").split()) or "-"


def words(parts: Sequence[str]) -> str:
    """Arguments as one text; a byte that is no UTF-8 becomes the sign for that."""
    return " ".join(parts).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def say_slow(store: Store, query: Query) -> None:
    """Say what takes so long, before it does."""
    if store.is_slow(query):
        say(
            "the pattern is looked for in every text: three letters in a row in it, a word or a date beside it"
            " make it fast (ctrl-c stops)"
        )


def rows_of(store: Store, query: Query, limit: int | None = None) -> Iterator[Summary]:
    """Up to ``limit`` rows of a query, page by page; what the search has to say goes to stderr."""
    say_slow(store, query)
    before = None
    left = sys.maxsize if limit is None else limit
    most = MOST_BY_RELEVANCE if query.sort.is_one_page else _PAGE
    while left > 0:
        size = min(left, most)
        page = store.page(query, limit=size, before=before)
        if page.note and before is None:
            say(printable(page.note))
        query = page.query
        yield from page.rows
        left -= len(page.rows)
        if len(page.rows) < size or query.sort.is_one_page:
            return
        before = page.rows[-1].position


def ids_of(store: Store, query: Query) -> list[int]:
    """The articles a query finds, all of them, newest first."""
    from store.views import Views

    say_slow(store, query)
    return list(Views(store.connection).ids(query))


def agreed(question: str, is_agreed: bool) -> None:
    """Go on where the user agrees, by ``--yes`` or when asked; else leave.

    Without a terminal nobody can be asked, and nothing is done (exit code 2).
    """
    if is_agreed:
        say(question)
        return
    if sys.stdin is None or not sys.stdin.isatty():
        fail(f"{question}: add --yes to do it", USAGE)
    if not click.confirm(question, err=True):
        fail("nothing done", FAILED)


def chosen(store: Store, articles: Sequence[int], query: str | None) -> list[int]:
    """The articles named by number, or those a query finds. Raises UsageError for both or neither."""
    if (query is None) == (not articles):
        raise click.UsageError(
            "which articles? give their numbers, as newsreader list shows them, or --query"
        )
    if query is None:
        return list(dict.fromkeys(articles))
    return ids_of(store, store.parse(words([query])))


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
with_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
article_number = click.IntRange(1, LARGEST_ID)
