"""The ``:`` command line: its verbs, how a line is read, how it is completed. Pure.

A line is a verb and what follows it; a verb is one of VERBS in either
language, or the name of any command. The beginning of a name is enough where
it is the only one that begins so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .commands import COMMANDS, Command
from .config import CHOICES
from .i18n import _


class CommandLineError(Exception):
    """A line that cannot be read; the text is one line fit to show."""


@dataclass(frozen=True)
class Verb:
    """A word of the command line that takes an argument; ``needs`` says what is missing where there is none."""

    name: str
    arabic: str
    help: str
    needs: str = ""


VERBS: tuple[Verb, ...] = (
    Verb("search", "بحث", "Search the archive"),
    Verb("find", "جد", "Find in the article"),
    Verb("tag", "وسم", "Add and remove tags: +a -b"),
    Verb("tag-all", "وسم-الكل", "Tag all of this view", "tags: +a -b"),
    Verb("note", "ملاحظة", "Write a note on the article"),
    Verb("view", "عرض", "Show a view by its name"),
    Verb("set", "اضبط", "Change a setting", "a setting and its value"),
    Verb("theme", "سمة", "Change the colours", "a theme"),
    Verb("export", "صدّر", "Export to a file"),
    Verb("pipe", "مرّر", "Pipe the text to a command"),
    Verb("copy", "انسخ", "Copy article, link, headline, quotation or citation"),
    Verb("goto", "اذهب", "Open an article by its number", "the number of an article"),
    Verb("save", "احفظ", "Save this search under a name", "a name"),
    Verb("rename", "سمّ", "Rename a saved search: OLD = NEW", "a name"),
    Verb("auto-tag", "وسم-تلقائي", "Tag what arrives and a saved search finds: NAME = TAG", "a tag"),
    Verb("forget", "انس", "Forget a saved search"),
    Verb("mute", "اكتم", "Mute what this view finds, now and later", "a name"),
    Verb("unmute", "أسمع", "End a mute rule: its articles come back", "a name"),
    Verb("link", "رابط", "Follow a link by its number", "the number of a link"),
)

#: What ``:copy`` takes.
COPIES = ("article", "link", "headline", "quotation", "citation")


@dataclass(frozen=True)
class Line:
    """A line that was read: a verb with its argument, a command, or the number of a row."""

    verb: str = ""
    argument: str = ""
    command: Command | None = None
    row: int = 0


def read(text: str) -> Line:
    """Read a line; raises CommandLineError with what is wrong and what may have been meant."""
    line = text.strip().lstrip(":").strip()
    if line.isdecimal():
        return Line(row=int(line[:9]))
    for sign, verb in (("/", "search"), ("!", "pipe"), ("|", "pipe")):
        if line.startswith(sign):
            return _with_argument(_verb(verb), line[1:].strip())
    word, _blank, argument = line.partition(" ")
    found = _verb_of(word)
    if found is not None:
        return _with_argument(found, argument.strip())
    command = _command_of(word)
    if command is None:
        raise CommandLineError(_not_known(word))
    if argument.strip():
        raise CommandLineError(_("{name} takes nothing after it").format(name=command.name))
    return Line(command=command)


def _with_argument(verb: Verb, argument: str) -> Line:
    if verb.needs and not argument:
        raise CommandLineError(f"{verb.name}: " + _("expected: {what}").format(what=_(verb.needs)))
    return Line(verb.name, argument)


def _verb(name: str) -> Verb:
    return next(verb for verb in VERBS if verb.name == name)


def _verb_of(word: str) -> Verb | None:
    same = [verb for verb in VERBS if word in (verb.name, verb.arabic)]
    if same:
        return same[0]
    if any(command.name == word for command in COMMANDS):
        return None
    begin = [verb for verb in VERBS if word and (verb.name.startswith(word) or verb.arabic.startswith(word))]
    others = (
        [one.name for one in COMMANDS if one.name.startswith(word) and one.name != begin[0].name]
        if begin
        else []
    )
    return begin[0] if len(begin) == 1 and not others else None


def _command_of(word: str) -> Command | None:
    named = {command.name: command for command in COMMANDS}
    if word in named:
        return named[word]
    if word in ("q", "quit!", "wq", "x"):
        return named["quit-now"]
    begin = [name for name in named if word and name.startswith(word)]
    return named[begin[0]] if len(begin) == 1 else None


def _not_known(word: str) -> str:
    names = [*(verb.name for verb in VERBS), *(command.name for command in COMMANDS)]
    from difflib import get_close_matches

    near = [name for name in names if word and name.startswith(word)] or get_close_matches(word, names, 3)
    hint = ": " + ", ".join(near[:4]) + " …" * (len(near) > 4) if near else ""
    return _("no command {name}").format(name=word) + (" · " + _("near it") + hint if near else "")


#: What completes the argument of a verb: (argument, cursor in it) → arguments it could become.
Completer = Callable[[str, int], Iterable[str]]


def complete(text: str, index: int, completers: Mapping[str, Completer]) -> list[str]:
    """The lines that ``text`` could become by completing what stands before the cursor."""
    lead = text[: len(text) - len(text.lstrip(": "))]
    body, place = text[len(lead) :], max(0, index - len(lead))
    word, blank, argument = body.partition(" ")
    if not blank or place <= len(word):
        beginning = body[:place]
        names = [*(verb.name for verb in VERBS), *(verb.arabic for verb in VERBS)]
        names += [command.name for command in COMMANDS if not command.name.startswith("link-")]
        rest = body[place:] or ""
        return [lead + name + rest for name in dict.fromkeys(names) if name.startswith(beginning)]
    verb = _verb_of(word)
    completer = completers.get(verb.name) if verb is not None else None
    if completer is None:
        return []
    at = place - len(word) - 1
    return [f"{lead}{word} {one}" for one in completer(argument, at)]


def complete_setting(names: Iterable[str]) -> Completer:
    """Completes ``NAME VALUE`` of ``:set``."""
    known = tuple(names)

    def completer(argument: str, index: int) -> list[str]:
        name, blank, value = argument.partition(" ")
        if not blank:
            return [one for one in known if one.startswith(argument[:index])]
        choices = CHOICES.get(name, ())
        return [f"{name} {choice}" for choice in choices if choice and choice.startswith(value)]

    return completer


def complete_choice(choices: Iterable[str]) -> Completer:
    """Completes one of a few words."""
    known = tuple(choices)
    return lambda argument, index: [one for one in known if one.startswith(argument[:index])]
