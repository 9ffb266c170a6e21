"""Where things are kept: the XDG folders, or what the user names. Nothing is created on import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .config import ConfigError


def default_store() -> Path:
    """The store of this user."""
    from platformdirs import user_data_path

    return user_data_path("newsreader") / "newsreader.db"


def config_file(environment: Mapping[str, str]) -> Path:
    """The config file: ``NEWSREADER_CONFIG``, or ``config.toml`` in the config folder of this user."""
    named = environment.get("NEWSREADER_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("newsreader") / "config.toml"


def store_path(named: str) -> Path:
    """The store to use: the one named by flag, environment or config, else this user's.

    Raises ConfigError for a path that cannot be one.
    """
    if not named:
        return default_store()
    if "\0" in named:
        raise ConfigError("store: a path has no NUL in it")
    try:
        return Path(named).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"store: {named}: {error}") from error
