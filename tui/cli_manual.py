"""The manual page, made from the commands themselves: it cannot say anything that is not so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import click

_END = """\
.SH QUERIES
.nf
{syntax}
.fi
.SH EXIT STATUS
.TP
0
done
.TP
1
something failed: a file that could not be read, an article that is not there
.TP
2
wrong usage, a query or a setting that cannot be read
.TP
3
the store is busy, unreadable, or from a newer version
.TP
130
interrupted
.SH ENVIRONMENT
.TP
.B NEWSREADER_STORE, NEWSREADER_LANG, NEWSREADER_THEME, \\&...
every setting that newsreader config show names, in capitals; over the config file, under options
.TP
.B NEWSREADER_CONFIG
the config file to use
.TP
.B NO_COLOR, BROWSER, EDITOR, PAGER, COLUMNS
as everywhere
.SH FILES
.TP
.I ~/.config/newsreader/config.toml
settings
.TP
.I ~/.local/share/newsreader/newsreader.db
the store, one SQLite file
"""


def manual(root: click.Group) -> str:
    """The page of ``newsreader`` with all its commands, in roff (man macros)."""
    from store import SYNTAX

    context = click.Context(root, info_name="newsreader")
    parts = [
        f'.TH NEWSREADER 1 "" "newsreader {_version()}" "User Commands"',
        ".SH NAME",
        r"newsreader \- a terminal reader for Arabic news",
        ".SH SYNOPSIS",
        r".B newsreader",
        _roff("[OPTION]… [PATH]…"),
        ".br",
        ".B newsreader",
        _roff("COMMAND [OPTION]… [ARGUMENT]…"),
        ".SH DESCRIPTION",
        *_paragraphs(root.help or ""),
        ".SH OPTIONS",
        *_options(root, context),
        ".SH COMMANDS",
    ]
    for name, command, inner in _commands(root, context):
        parts += [f".SS {_roff(name + ' ' + _arguments(command, inner))}".rstrip()]
        parts += [*_paragraphs(command.help or ""), *_options(command, inner)]
    return "\n".join(parts) + "\n" + _END.format(syntax=_roff(SYNTAX.rstrip("\n")))


def _version() -> str:
    try:
        return version("newsreader")
    except PackageNotFoundError:
        return ""


def _commands(
    group: click.Group, context: click.Context, before: str = ""
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """All commands that are not hidden, sub-commands after their group."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        yield before + name, command, inner
        if isinstance(command, click.Group):
            yield from _commands(command, inner, f"{before}{name} ")


def _arguments(command: click.Command, context: click.Context) -> str:
    return " ".join(command.collect_usage_pieces(context))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is not None and "--help" not in param.opts:
            yield from (".TP", f".B {_roff(record[0])}", _roff(" ".join(record[1].split())))


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help text; one that begins with a backspace keeps its lines (click's sign for it)."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ".PP"
        if paragraph.lstrip().startswith("\b"):
            yield from (".nf", _roff(paragraph.strip().lstrip("\b\n")), ".fi")
        else:
            yield _roff(" ".join(paragraph.split()))


def _roff(text: str) -> str:
    """Text in which roff reads no request: dots and apostrophes at a line's beginning, backslashes, hyphens."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)
