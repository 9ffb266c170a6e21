"""Sub-commands about the program itself: config, doctor, man."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from .cli import DONE, FAILED, USAGE, Session, cli, pass_session, say
from .cli_support import Guarded, GuardedGroup, as_json, help_alone, printable, words, write, write_json


@cli.group("config", cls=GuardedGroup)
@click.pass_context
def config_group(context: click.Context) -> None:
    """Show, check and change settings."""
    help_alone(context)


@config_group.command("path")
def config_path() -> None:
    """Where the config file is."""
    from .locations import config_file

    write(str(config_file(os.environ)))


@config_group.command("show")
@as_json
@pass_session
def config_show(session: Session, as_json: bool) -> None:
    """Every setting with its value and its source."""
    from dataclasses import fields

    config = session.config
    for item in fields(config.settings):
        value = plain_value(getattr(config.settings, item.name))
        source = config.sources[item.name]
        if as_json:
            write_json({"name": item.name, "value": value, "source": source})
        else:
            write(printable(f"{item.name} = {_literal(value)}  # {source}"))


def plain_value(value: Any) -> Any:
    """A setting as plain JSON values."""
    from collections.abc import Mapping

    return {key: plain_value(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def _literal(value: Any) -> str:
    """A value as TOML writes it on one line."""
    import tomlkit

    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return str(table.as_string())
    return str(tomlkit.item(value).as_string())


@config_group.command("validate")
@click.pass_context
def config_validate(context: click.Context) -> None:
    """Say what is wrong with the settings, a line each; exit code 2 where anything is."""
    from .cli_config import everything_wrong
    from .locations import config_file

    file = config_file(os.environ)
    problems = everything_wrong(file, os.environ)
    for problem in problems:
        write(printable(problem))
    if problems:
        raise SystemExit(USAGE)
    say(f"{file}: " + ("sound" if file.exists() else "there is none; the defaults are in force"))


@config_group.command("init")
def config_init() -> None:
    """Write a config file with every setting and its meaning, commented out; what is there stays."""
    from .config_file import init
    from .locations import config_file

    file = config_file(os.environ)
    added = init(file)
    say(f"{file}: " + (f"{len(added)} settings added" if added else "nothing to add"))


@config_group.command("set")
@click.argument("name")
@click.argument("value")
def config_set(name: str, value: str) -> None:
    """Write one setting into the config file: newsreader config set theme night."""
    from .cli_config import typed_value, way_to
    from .config_file import set_value
    from .locations import config_file

    way = way_to(words([name]))
    value = words([value])
    set_value(config_file(os.environ), way, typed_value(way, value))


@cli.command(cls=Guarded)
@as_json
@pass_session
def doctor(session: Session, as_json: bool) -> None:
    """Examine terminal and store.

    Tells which terminal this is, how Arabic is sent to it and why, and whether the store is sound. On a terminal it shows one sentence in each way Arabic can be sent, asks
    which reads right, and keeps the answer for that terminal. Exit code 1
    where the store is not sound.
    """
    from . import cli_doctor

    is_sound = cli_doctor.as_json(session) if as_json else cli_doctor.at_terminal(session)
    raise SystemExit(DONE if is_sound else FAILED)


@cli.command(cls=Guarded)
def man() -> None:
    """Print the manual page.

    newsreader man | man -l -    shows it; to keep it: newsreader man > ~/.local/share/man/man1/newsreader.1
    """
    from .cli_manual import manual

    write(manual(cli).rstrip("\n"))
    if sys.stdout is not None and sys.stdout.isatty():
        say("newsreader man | man -l -    shows it as a page")
