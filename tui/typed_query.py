"""A query while it is typed: its last word unfinished, its brackets open, or not to be read at all. Pure."""

from __future__ import annotations

import re

from .i18n import _, digits, number

#: The last word of a query, with the field it is a value of.
_LAST = re.compile(r"(?:^|(?<=[\s(]))(?:(?P<field>[^\W\d_]+):)?(?P<word>[^\W\d_]{2}[^\W_]*)$")
#: A closed pattern, whose signs are none of the query's; and one that is open still.
_PATTERN = re.compile(r"(?P<before>^|[\s(|:-])/(?![\s/])(?:\\.|[^\\/])*/", re.DOTALL)
_OPEN_PATTERN = re.compile(r"(?:^|[\s(|:-])/(?![\s/])(?:\\.|[^\\/])+$", re.DOTALL)
#: Fields whose values are words or names.
_NAMED = frozenset(
    ["title", "عنوان", "source", "مصدر", "agency", "وكالة", "keyword", "كلمة", "tag", "وسم", "note", "ملاحظة"]
)


def unfinished(text: str) -> str:
    """The query with its last word also read as the beginning of one: ``كور`` as ``(كور OR كور*)``.

    An open quotation mark, pattern or bracket is closed. What is complete stays as it is.
    """
    signs = _PATTERN.sub(r"\g<before>", text)
    if _OPEN_PATTERN.search(signs):
        return text + "/"
    if signs.count('"') % 2 or signs.count("«") > signs.count("»"):
        return text + ("»" if signs.count("«") > signs.count("»") else '"')
    match = _LAST.search(text)
    if match is not None and (match["field"] is None or match["field"].lower() in _NAMED):
        text = f"{text[: match.start()]}({match[0]} OR {match[0]}*)" if match["word"] != "OR" else text
    return text + ")" * (signs.count("(") - signs.count(")"))


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
