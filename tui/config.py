"""Settings: what the command line, the environment and the config file ask for, checked once.

Flags win over ``NEWSREADER_*`` variables, these over the file, the file over
the defaults. Every value knows its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any


class ConfigError(Exception):
    """A setting cannot be used; the text is one line that names its source (exit code 2)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default."""

    store: str = ""
    lang: str = "auto"
    digits: str = "auto"
    months: str = "common"
    hijri: bool = False
    bidi: str = "auto"
    marks: str = "auto"
    theme: str = "terminal"
    borders: str = "lines"
    measure: int = 80
    justify: bool = False
    density: str = "auto"
    by_day: bool = False
    list_width: int = 0
    wide_from: int = 110
    slow: bool = False
    keys_preset: str = ""
    notify: str = "off"
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    macros: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    terminal: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def for_terminal(self, name: str) -> tuple[str, str]:
        """``bidi`` and ``marks`` for the terminal of that name: what was chosen in it, else what is set for all."""
        chosen = self.terminal.get(name, {})
        return chosen.get("bidi", self.bidi), chosen.get("marks", self.marks)


#: Textual's own themes, as far as they have colours of their own; named here so that no start loads Textual for it.
_TEXTUAL_THEMES = (
    "textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha", "dracula", "tokyo-night", "monokai",
    "flexoki", "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato", "solarized-light",
    "solarized-dark", "rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light",
)  # fmt: skip
#: The values a setting may have, where these are few.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": ("auto", "ar", "en"),
    "digits": ("auto", "arabic", "western"),
    "months": ("common", "levantine"),
    "bidi": ("auto", "visual", "logical", "kitty"),
    "marks": ("auto", "keep", "strip"),
    "theme": ("terminal", "night", "paper", "mono", *_TEXTUAL_THEMES),
    "borders": ("lines", "ascii"),
    "density": ("auto", "one", "two"),
    "keys_preset": ("", "newsboat"),
    "notify": ("off", "bell", "osc9", "osc777"),
}
#: The bounds of the settings that are numbers, in cells.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "measure": (20, 400),
    "list_width": (0, 400),
    "wide_from": (40, 1000),
}

#: How true and false may be written in the environment.
BOOLEANS: Mapping[str, bool] = {
    "1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False,
}  # fmt: skip
#: Settings that are tables, and so only in the file.
TABLES = ("keys", "macros", "terminal")

_NAMES = tuple(item.name for item in fields(Settings))


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force, and for each the place it came from."""

    settings: Settings
    sources: Mapping[str, str]


def load(file: Path, environment: Mapping[str, str], flags: Mapping[str, Any]) -> Config:
    """Settings from all sources; raises ConfigError for the first value or name that cannot be."""
    config, problems = examine(file, environment, flags)
    if problems:
        raise ConfigError(problems[0])
    return config


def examine(
    file: Path, environment: Mapping[str, str], flags: Mapping[str, Any]
) -> tuple[Config, tuple[str, ...]]:
    """The settings as far as they can be read, and a line for every value and name that cannot."""
    sources = dict.fromkeys(_NAMES, "default")
    settings = Settings()
    problems: list[str] = []
    try:
        from_file = _from_file(file)
    except ConfigError as error:
        from_file = {}
        problems.append(str(error))
    for values, source in (
        (from_file, str(file)),
        (_from_environment(environment), "environment"),
        ({name: value for name, value in flags.items() if value is not None}, "command line"),
    ):
        for name, value in values.items():
            try:
                settings = replace(settings, **{_known(name, source): _checked(name, value, source)})
            except ConfigError as error:
                problems.append(str(error))
                continue
            sources[name] = source
    settings = replace(settings, terminal=_below(settings.terminal, sources, str(file)))
    return Config(settings, MappingProxyType(sources)), tuple(problems)


def _below(
    terminals: Mapping[str, Mapping[str, str]], sources: Mapping[str, str], file: str
) -> Mapping[str, Mapping[str, str]]:
    """What is chosen for single terminals, without what flags or environment settle for this run."""
    settled = {name for name in ("bidi", "marks") if sources[name] not in (file, "default")}
    return MappingProxyType(
        {
            terminal: MappingProxyType({name: value for name, value in chosen.items() if name not in settled})
            for terminal, chosen in terminals.items()
        }
    )


def _from_file(file: Path) -> dict[str, Any]:
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error
    import tomllib

    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{file}: nested too deeply") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _NAMES:
        value = environment.get(f"NEWSREADER_{name.upper()}")
        if value is not None and name not in TABLES:
            found[name] = value
    return found


def with_setting(settings: Settings, name: str, value: str) -> Settings:
    """The settings with one of them changed by its text; raises ConfigError as :func:`load` does."""
    return replace(settings, **{_known(name, ":set"): _checked(name, value, ":set")})


def _known(name: str, source: str) -> str:
    if name in _NAMES:
        return name
    raise ConfigError(f"{source}: no setting is called {name}{nearest(name, _NAMES)}")


def nearest(name: str, names: Iterable[str]) -> str:
    """«; did you mean …?» for a name close to one of ``names``, else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), tuple(names), 1)
    return f"; did you mean {near[0]}?" if near else ""


def _checked(name: str, value: Any, source: str) -> Any:
    """The value in its type; text from the environment is read as what the setting is."""
    if name in ("keys", "macros"):
        if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
            return MappingProxyType(dict(value))
        row = 'command = "key"' if name == "keys" else '"key" = "command; command"'
        raise ConfigError(f"{source}: {name} is a table of {row}")
    if name == "terminal":
        return _terminals(value, source)
    default = getattr(Settings(), name)
    if isinstance(default, bool):
        return _as_bool(name, value, source)
    if isinstance(default, int):
        return _as_int(name, value, source)
    if not isinstance(value, str):
        raise ConfigError(f"{source}: {name} is a text, not {value!r}")
    if name in CHOICES and value not in CHOICES[name]:
        raise ConfigError(
            f"{source}: {name} is one of {_some_of(CHOICES[name])}, not {value!r}{nearest(value, CHOICES[name])}"
        )
    return value


def _some_of(choices: tuple[str, ...], most: int = 6) -> str:
    """A few choices in one line, and how many there are."""
    told = ", ".join(choices[:most])
    return told if len(choices) <= most else f"{told} … ({len(choices)} in all)"


def _terminals(value: Any, source: str) -> Mapping[str, Mapping[str, str]]:
    """``[terminal.NAME]`` tables with ``bidi`` and ``marks``."""
    if not isinstance(value, Mapping) or not all(isinstance(table, Mapping) for table in value.values()):
        raise ConfigError(f"{source}: terminal is for tables [terminal.NAME] with bidi and marks")
    found: dict[str, Mapping[str, str]] = {}
    for terminal, table in value.items():
        place = f"{source}: [terminal.{terminal}]"
        for name in table:
            if name not in ("bidi", "marks"):
                raise ConfigError(f"{place}: no setting is called {name}{nearest(name, ('bidi', 'marks'))}")
        found[terminal] = MappingProxyType({name: _checked(name, table[name], place) for name in table})
    return MappingProxyType(found)


def _as_bool(name: str, value: Any, source: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in BOOLEANS:
        return BOOLEANS[value.lower()]
    raise ConfigError(f"{source}: {name} is true or false, not {value!r}")


def _as_int(name: str, value: Any, source: str) -> int:
    low, high = BOUNDS[name]
    try:
        number = int(value) if not isinstance(value, bool) else None
    except (TypeError, ValueError):
        number = None
    if number is None or not low <= number <= high:
        raise ConfigError(f"{source}: {name} is a number from {low} to {high}, not {value!r}")
    return number
