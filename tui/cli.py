"""The command line: ``newsreader [PATH …]`` opens the reader, sub-commands serve scripts.

stdout is data, stderr is narration. Exit codes: 0 done, 1 some failed, 2
usage or config, 3 store busy or unreadable, 130 interrupted. Nothing here
loads Textual before the reader itself is to be opened.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from .config import CHOICES, Config, nearest
from .failures import DONE, FAILED, INTERRUPTED, UNREADABLE, USAGE, fail, in_one_line, say
from .reader import configured, opened_store, read

if TYPE_CHECKING:
    from store import Store

__all__ = [
    "DONE",
    "FAILED",
    "INTERRUPTED",
    "UNREADABLE",
    "USAGE",
    "Session",
    "cli",
    "fail",
    "main",
    "pass_session",
    "say",
]


class Session:
    """What one run of a command needs: settings, and the store when asked for."""

    def __init__(self, flags: dict[str, Any]) -> None:
        self._flags = flags
        self._config: Config | None = None
        self._store: Store | None = None

    @property
    def config(self) -> Config:
        """The settings in force."""
        if self._config is None:
            self._config = configured(self._flags)
        return self._config

    @property
    def store(self) -> Store:
        """The store, opened on first use."""
        if self._store is None:
            self._store = opened_store(self.config.settings)
        return self._store


pass_session = click.make_pass_decorator(Session)


class Commands(click.Group):
    """Sub-commands, found in the modules that hold them when needed; any other word is a path to read."""

    _MODULES = (
        "cli_articles",
        "cli_marks",
        "cli_notes",
        "cli_import",
        "cli_export",
        "cli_feeds",
        "cli_related",
        "cli_saved",
        "cli_store",
        "cli_completion",
        "cli_program",
    )

    def _load(self) -> None:
        from importlib import import_module

        for module in self._MODULES:
            import_module(f".{module}", __package__)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All sub-commands, by name."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The sub-command of that name."""
        if cmd_name not in self.commands:
            self._load()
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The sub-command the words begin with; where they begin with none, all are paths."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            self._refuse_misspelled(ctx, args[0])
            return read_paths.name, read_paths, args
        return super().resolve_command(ctx, args)

    def _refuse_misspelled(self, ctx: click.Context, word: str) -> None:
        """Say which command may have been meant by a word that is no file either."""
        near = nearest(word, self.list_commands(ctx))
        if near and not os.path.lexists(word):
            raise click.UsageError(f"{word}: no command, and no file or folder here{near}")


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--store", metavar="FILE", help="The store to use (also NEWSREADER_STORE).")
@click.option("--lang", type=click.Choice(CHOICES["lang"]), help="Language of the interface.")
@click.option("--bidi", type=click.Choice(CHOICES["bidi"]), help="How Arabic is sent to this terminal.")
@click.option(
    "--marks", type=click.Choice(CHOICES["marks"]), help="Whether harakat are sent to this terminal."
)
@click.option("--theme", type=click.Choice(CHOICES["theme"]), help="Colours.")
@click.option("--slow", is_flag=True, default=None, help="For a slow line: fewer pictures a second.")
@click.option("--set", "others", metavar="NAME=VALUE", multiple=True, help="Any other setting, for this run.")
@click.version_option(package_name="newsreader", message="newsreader %(version)s")
@click.pass_context
def cli(context: click.Context, /, others: tuple[str, ...] = (), **flags: Any) -> None:
    """A terminal reader for Arabic news.

    newsreader [PATH …] takes in the articles that files and folders hold and
    opens the reader; without PATH it opens what is in the store.
    """
    for other in others:
        name, equals, value = other.partition("=")
        if not equals:
            raise click.UsageError(f"--set {other}: expected NAME=VALUE")
        flags[name.strip()] = value
    context.obj = Session(flags)
    if context.invoked_subcommand is None:
        context.invoke(read_paths)


@click.command("read-paths")
@click.argument("paths", nargs=-1, metavar="[PATH …]")
@pass_session
def read_paths(session: Session, paths: tuple[str, ...] = ()) -> None:
    """Take in what the paths hold, then open the reader."""
    raise SystemExit(read(session.config.settings, paths))


def main() -> None:
    """Entry point of the sub-commands: every failure is one line on stderr and an exit code."""
    with in_one_line():
        try:
            cli.main(standalone_mode=False)
        except click.exceptions.Abort:
            sys.exit(INTERRUPTED)
        except click.exceptions.Exit as error:
            sys.exit(error.exit_code)
        except click.ClickException as error:
            fail(error.format_message(), USAGE)
