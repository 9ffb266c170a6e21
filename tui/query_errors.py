"""Why a query cannot be read, in the language of the interface. Pure."""

from __future__ import annotations

import re

from .i18n import _, digits, number

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
