"""Who wrote an article, from what a feed or a page states: a name, an agency, or nobody. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from .draft import is_agency
from .sanitize import clean_line
from .spelling import letters_of

#: Who writes everything on a site writes nothing.
_NOBODY = frozenset(
    [
        "admin",
        "administrator",
        "editor",
        "webmaster",
        "root",
        "user",
        "unknown",
        "المدير",
        "مديرالموقع",
        "ادمن",
        "المحرر",
    ]
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_BRACKETS = re.compile(r"^\s*\(([^()]*)\)\s*$|\(\s*\)")


class Writer(NamedTuple):
    """A byline, "" for none, and the agencies that stand in its place."""

    byline: str
    agency: tuple[str, ...] = ()


def writer_of(stated: str, outlet: str = "") -> Writer:
    """What ``stated`` says of who wrote a text: «noreply@blogger.com (سامي)» is سامي, an outlet itself is nobody."""
    name = clean_line(_ADDRESS.sub("", stated))
    name = _BRACKETS.sub(lambda match: match[1] or "", name).strip(" -–|،,")
    letters = letters_of(name)
    if not letters or letters in _NOBODY or letters == letters_of(outlet):
        return Writer("")
    return Writer("", (name,)) if is_agency(name) else Writer(name)
