"""The README tells of every command, key, setting and dependency; the versions are pinned, and nothing else is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click

from tui.cli import cli
from tui.commands import COMMANDS, Command
from tui.config import CHOICES, Settings
from tui.screens.menus import key_sign

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    """A project's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> dict[str, str]:
    """The direct dependencies with their ranges, those of the tests too."""
    wanted = [
        *PROJECT["dependencies"],
        *(item for extra in PROJECT["optional-dependencies"].values() for item in extra),
    ]
    pairs = (re.match(r"([\w.-]+)(?:\[[^]]*\])?(.*)", item) for item in wanted)
    return {canonical(match[1]): match[2] for match in pairs if match}


def section(title: str) -> str:
    """The text under a heading, up to the next of any level."""
    match = re.search(rf"^#+ {re.escape(title)}$(.*?)(?=^#+ |\Z)", README, re.MULTILINE | re.DOTALL)
    assert match, title
    return match[1]


def keys_of_readme() -> set[str]:
    """Every word of the columns of keys."""
    rows = [
        line.strip("|").split(" | ")
        for line in section("Keys").replace("\\|", "¦").splitlines()
        if line.startswith("|")
    ]
    cells = [row[column] for row in rows for column in (0, 2) if column < len(row)]
    return {
        word.replace("¦", "|").strip("`").lower() for cell in cells for word in cell.split() if word != "·"
    }


def signs(command: Command) -> list[list[str]]:
    """The keys of a command as the README may write them: one word each, several in a row as several."""
    isolates = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
    return [[key_sign(key).translate(isolates).lower() for key in keys.split()] for keys in command.keys]


def test_every_key_is_in_the_readme() -> None:
    known = keys_of_readme()
    if "1–9" in known:
        known |= set("123456789")
    told = [
        command
        for command in COMMANDS
        if command.scope in ("list", "article", "main", "app") and command.keys
    ]
    missing = [
        (command.name, command.keys)
        for command in told
        if not any(all(sign in known for sign in keys) for keys in signs(command))
    ]
    assert missing == []


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    used = section("Use")
    missing = [name for name in cli.list_commands(click.Context(cli)) if not re.search(rf"\b{name}\b", used)]
    assert missing == []


def test_every_setting_is_in_the_readme_with_its_values() -> None:
    told = section("Configuration")
    assert [item.name for item in fields(Settings) if f"`{item.name}`" not in told] == []
    for name, choices in CHOICES.items():
        where = README if name in ("bidi", "marks") else told
        assert [choice for choice in choices if choice and choice not in where] == [], name


def test_every_dependency_of_the_program_has_its_reason() -> None:
    built = section("Develop")
    names = {canonical(re.match(r"[\w.-]+", item)[0]) for item in PROJECT["dependencies"]}  # type: ignore[index]
    assert [name for name in names if name not in built and name.replace("-", "_") not in built] == []


def test_both_commands_of_the_readme_are_marked_and_pinned() -> None:
    for marker in ("run-command", "test-command"):
        match = re.search(rf"<!-- {marker} -->\n```sh\n(.+?)\n```", README)
        assert match, marker
        assert "-c constraints.txt" in match[1]
    assert "newsreader seeds/" in README
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / path).exists(), path


def test_every_dependency_is_pinned_exactly_and_nothing_has_an_address() -> None:
    lines = [line for line in CONSTRAINTS.splitlines() if line.strip() and not line.startswith("#")]
    pins: dict[str, str] = {}
    for line in lines:
        match = re.fullmatch(r"([\w.-]+)==([\w.+!]+)(?: ; .+)?", line)
        assert match, line
        pins[canonical(match[1])] = match[2]
    assert "://" not in CONSTRAINTS
    assert "--" not in CONSTRAINTS
    assert [name for name in required() if name not in pins] == []
    assert list(pins) == sorted(pins, key=str.lower)


def test_pins_are_within_the_ranges() -> None:
    from packaging.specifiers import SpecifierSet

    pins = dict(re.findall(r"^([\w.-]+)==([\w.+!]+)", CONSTRAINTS, re.MULTILINE))
    pins = {canonical(name): version for name, version in pins.items()}
    wrong = [name for name, wanted in required().items() if pins[name] not in SpecifierSet(wanted)]
    assert wrong == []
    # textual is young and moves fast: exact in the project itself.
    assert required()["textual"] == f"=={pins['textual']}"


def test_nothing_that_ships_names_a_machine() -> None:
    texts = [path for folder in ("store", "tui", "tests") for path in (ROOT / folder).rglob("*.py")]
    texts += [ROOT / name for name in ("README.md", "CHANGELOG.md", "pyproject.toml", "constraints.txt")]
    paths = re.compile(r"/(?:root|work|home/\w+)/|/tmp/\w+/wt")
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if path != Path(__file__) and paths.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
