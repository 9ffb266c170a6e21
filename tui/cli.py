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

from store.errors import QueryError, StoreBusyError, StoreError, StoreUnreadableError

from .config import CHOICES, Config, ConfigError, load
from .locations import config_file, store_path

if TYPE_CHECKING:
    from store import Store

DONE, FAILED, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def say(text: str) -> None:
    """Narrate on stderr."""
    click.echo(text, err=True)


def fail(text: str, code: int = FAILED) -> None:
    """Say what went wrong, and leave."""
    say(f"newsreader: {text}")
    raise SystemExit(code)


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
            from .i18n import language_of, use

            self._config = load(config_file(os.environ), os.environ, self._flags)
            settings = self._config.settings
            use(language_of(os.environ) if settings.lang == "auto" else settings.lang, settings.digits)
        return self._config

    @property
    def store(self) -> Store:
        """The store, opened on first use."""
        if self._store is None:
            from store import Store

            self._store = Store(store_path(self.config.settings.store))
        return self._store


pass_session = click.make_pass_decorator(Session)


class Commands(click.Group):
    """Sub-commands, found in the modules that hold them when needed; any other word is a path to read."""

    _MODULES = ("cli_articles", "cli_import", "cli_program")

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
            return read_paths.name, read_paths, args
        return super().resolve_command(ctx, args)


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
@click.version_option(package_name="newsreader", message="newsreader %(version)s")
@click.pass_context
def cli(context: click.Context, /, **flags: Any) -> None:
    """A terminal reader for Arabic news.

    newsreader [PATH …] takes in the articles that files and folders hold and
    opens the reader; without PATH it opens what is in the store.
    """
    context.obj = Session(flags)
    if context.invoked_subcommand is None:
        context.invoke(read_paths)


@click.command("read-paths")
@click.argument("paths", nargs=-1, metavar="[PATH …]")
@pass_session
def read_paths(session: Session, paths: tuple[str, ...] = ()) -> None:
    """Take in what the paths hold, then open the reader."""
    settings = session.config.settings
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("the reader needs a terminal; for scripts there are list, search, show and export", USAGE)
    if os.environ.get("TERM", "") in ("", "dumb"):
        fail("this terminal (TERM=dumb) cannot place text; use newsreader list and newsreader show", USAGE)
    store = session.store
    notice = ""
    if paths:
        from .cli_import import bring_in, summary_line

        report = bring_in(store, paths)
        notice = summary_line(report)
        if report.failed and not (report.new or report.known or report.changed):
            raise SystemExit(FAILED)
    raise SystemExit(open_reader(store, settings, notice))


def open_reader(store: Store, settings: Any, notice: str = "") -> int:
    """Run the reader until it is left; the exit code."""
    from .terminal import session

    # Textual reads these once: frames as soon as they are ready (few bytes each, see screen_memory),
    # and an Esc key that is told from a key sequence within 40 ms rather than 100.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    os.environ.setdefault("ESCDELAY", "40")
    with session(bidi=settings.bidi, marks=settings.marks, env=os.environ) as terminal:
        from .app import NewsReaderApp

        app = NewsReaderApp(store, settings, terminal, notice)
        app.run()
    return app.return_code or DONE


def exit_code(error: BaseException) -> int:
    """The exit code that tells what kind of failure it was."""
    if isinstance(error, StoreUnreadableError | StoreBusyError):
        return UNREADABLE
    if isinstance(error, QueryError | ConfigError):
        return USAGE
    return FAILED


def main() -> None:
    """Entry point: every failure is one line on stderr and an exit code."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        say(f"newsreader: {error.format_message()}")
        sys.exit(USAGE)
    except (StoreError, ConfigError) as error:
        say(f"newsreader: {error}")
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, less) left: nothing more to do, and nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(DONE)
