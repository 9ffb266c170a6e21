"""A query while it is typed: its last word unfinished, its brackets open, or not to be read at all. Pure."""

from __future__ import annotations

import re

from .i18n import _, digits, number

#: The last word of a query, with the field it is a value of.
_LAST = re.compile(r"(?:^|(?<=[\s(]))(?:(?P<field>[^\W\d_]+):)?(?P<word>[^\W\d_]{2}[^\W_]*)$")
#: Fields whose values are words or names.
_NAMED = frozenset(
    ["title", "عنوان", "source", "مصدر", "agency", "وكالة", "keyword", "كلمة", "tag", "وسم", "note", "ملاحظة"]
)


def unfinished(text: str) -> str:
    """The query with its last word also read as the beginning of one: ``كور`` as ``(كور OR كور*)``.

    An open quotation mark or bracket is closed. What is complete stays as it is.
    """
    if text.count('"') % 2 or text.count("«") > text.count("»"):
        return text + ("»" if text.count("«") > text.count("»") else '"')
    match = _LAST.search(text)
    if match is not None and (match["field"] is None or match["field"].lower() in _NAMED):
        text = f"{text[: match.start()]}({match[0]} OR {match[0]}*)" if match["word"] != "OR" else text
    return text + ")" * (text.count("(") - text.count(")"))


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
