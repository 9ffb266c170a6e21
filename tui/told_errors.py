"""Failures of the store in the language of the interface. Pure."""

from __future__ import annotations

import re

from store import QueryError, StoreError

from .i18n import _, digits

#: What the store says, in its own words: ``{n}`` stands for a number, any other name for what it speaks of.
SENTENCES = (
    "{name}: another saved search has this name",
    "{name}: was changed again since",
    "no saved search {name}",
    "{name}: mutes what it finds; :mute makes the rule anew",
    "{name}: mutes nothing",
    "a mute rule needs something to look for",
    "a mute rule cannot ask for is:muted",
    "a tag has at most {n} letters: {name}",
    "not a name for a tag: {name}",
    "no tag {name}",
    "{name}: not updated, and as it was; the next start begins again",
    "the store is in use by another process; try again",
    "the store can only be read",
)


def told_error(error: StoreError) -> str:
    """A failure in one line: that of a query with its place, counted from 1; what has no translation as it is."""
    if isinstance(error, QueryError):
        from .typed_query import told

        return told(error.place, error.reason)
    text = str(error)
    for sentence in SENTENCES:
        match = _pattern(sentence).fullmatch(text)
        if match is not None:
            parts = match.groupdict()
            return _(sentence).format(**parts | ({"n": digits(parts["n"])} if "n" in parts else {}))
    return text


def _pattern(sentence: str) -> re.Pattern[str]:
    escaped = re.escape(sentence)
    return re.compile(
        escaped.replace(r"\{n\}", r"(?P<n>\d+)").replace(r"\{name\}", "(?P<name>.+)"), re.DOTALL
    )
