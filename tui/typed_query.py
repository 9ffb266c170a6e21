"""A query while it is typed: its last word unfinished, its brackets open, or not to be read at all. Pure."""

from __future__ import annotations

import re

from store import FIELD_NAME, finds_beginnings

from .i18n import _, digits, number

#: The last word of a query, with the field it is a value of.
_LAST = re.compile(rf"(?:^|(?<=[\s(]))(?:(?P<field>{FIELD_NAME}):)?(?P<word>[^\W\d_]{{2}}[^\W_]*)$")
#: A closed pattern, whose signs are none of the query's; and one that is open still.
_PATTERN = re.compile(r"(?P<before>^|[\s(|:-])/(?![\s/])(?:\\.|[^\\/])*/", re.DOTALL)
_OPEN_PATTERN = re.compile(r"(?:^|[\s(|:-])/(?![\s/])(?:\\.|[^\\/])+$", re.DOTALL)
#: An operator that waits for what it stands before.
_WAITING = re.compile(r"(?:\s*\|+|(?:^|(?<=[\s(]))(?:(?:OR|AND|NOT|-)\s*)+)\s*$")
#: An open quotation mark with a word behind it that has begun; ال alone has too many.
_OPEN_QUOTED = re.compile(rf'(?:(?P<field>{FIELD_NAME}):)?["«“](?:[^"«»“”]*\s)?(?!ال$)[^\W\d_]{{2,}}$')
#: What closes a quotation mark.
_CLOSING = {'"': '"', "«": "»", "“": "”"}


def unfinished(text: str) -> str:
    """The query with its last word also read as the beginning of one: ``كور`` as ``(كور OR كور*)``.

    An open quotation mark, pattern or bracket is closed, an operator at the end left out. What is complete stays as it is.
    """
    signs = _PATTERN.sub(r"\g<before>", text)
    if _OPEN_PATTERN.search(signs):
        return text + "/"
    opened = _open_quotation(signs)
    if opened:
        quoted = _OPEN_QUOTED.search(signs)
        is_beginning = quoted is not None and _is_named(quoted["field"])
        text += "*" * is_beginning + _CLOSING[opened]
    else:
        match = _LAST.search(text)
        if waiting := _WAITING.search(text):
            text = text[: waiting.start()].rstrip()
        elif match is not None and _is_named(match["field"]):
            text = f"{text[: match.start()]}({match[0]} OR {match[0]}*)"
    return text + ")" * (signs.count("(") - signs.count(")"))


def _is_named(field: str | None) -> bool:
    return field is None or finds_beginnings(field)


def _open_quotation(signs: str) -> str:
    """The quotation mark that is still open, or nothing."""
    opened = ""
    for sign in signs:
        if opened:
            opened = "" if sign == _CLOSING[opened] else opened
        elif sign in _CLOSING:
            opened = sign
    return opened


#: The reasons of :mod:`store.query` that hold something of the query, and their sentences.
_WITH_PARTS = (
    (re.compile(r"a value is missing after (?P<what>.+)"), "a value is missing after {what}"),
    (re.compile(r"expected one of: (?P<what>.+)"), "expected one of: {what}"),
    (re.compile(r"more than (?P<what>\d+) words"), "more than {what} words"),
    (re.compile(r"longer than (?P<what>\d+) letters"), "longer than {what} letters"),
)


def told(place: int, reason: str) -> str:
    """Place and reason in one line; places are counted from 1, as a person counts letters."""
    return _("letter {n}: {reason}").format(n=number(place + 1), reason=_sentence(reason))


def _sentence(reason: str) -> str:
    for pattern, sentence in _WITH_PARTS:
        match = pattern.fullmatch(reason)
        if match is not None:
            return _(sentence).format(what=digits(match["what"]))
    return _(reason)
