"""Sub-commands about the program itself: doctor, config."""

from __future__ import annotations

import os

import click

from .cli import Session, cli, pass_session


@cli.group("config")
def config_group() -> None:
    """Show the settings and where they come from."""


@config_group.command("path")
def config_path() -> None:
    """Where the config file is."""
    from .locations import config_file

    click.echo(str(config_file(os.environ)))


@config_group.command("show")
@pass_session
def config_show(session: Session) -> None:
    """Every setting with its value and its source."""
    from dataclasses import fields

    config = session.config
    for item in fields(config.settings):
        value = getattr(config.settings, item.name)
        text = dict(value) if item.name == "keys" else value
        click.echo(f"{item.name} = {text!r}\t({config.sources[item.name]})")
