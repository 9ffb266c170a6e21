"""Markup that no parser is given: more tags than a page of text has, or opened again and again and never closed.

Parsers build a tree, or read to the end for each thing that is not closed:
minutes for a file of two megabytes. What such markup says is read here in one
pass over its tags, whatever they are.
"""

from __future__ import annotations

import re

from .elements import INLINE, SILENT

#: Tags of the longest pages of text are a fifth of this.
_MOST_TAGS = 50_000
#: Tags, comments or sections that are begun before one is closed.
_MOST_OPEN = 200

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]{0,30})[^<>]{0,5000}(?:>|(?=<)|$)|<[!?][^<>]{0,5000}>?"
)


def is_heavy(html: str) -> bool:
    """True for markup that is read by :func:`paragraphs_in` alone."""
    tags = html.count("<")
    if tags <= _MOST_OPEN:
        return False
    return (
        tags > _MOST_TAGS
        or _open_at_end(html, "<!--", "-->") > _MOST_OPEN
        or _open_at_end(html, "<![", "]") > _MOST_OPEN
        or any(part.count("<") > _MOST_OPEN for part in html.split(">"))
    )


def _open_at_end(html: str, opening: str, closing: str) -> int:
    """How often something is opened behind the last place where it is closed."""
    return html.count(opening, max(html.rfind(closing), 0))


def paragraphs_in(html: str) -> list[str]:
    """The text between tags, parted at those of blocks; scripts, styles and comments left out."""
    out: list[str] = []
    now: list[str] = []
    silent = ""
    at = 0
    html = _without_comments(html)
    ends = _Ends(html)
    for match in _TAG.finditer(html):
        if not silent and match.start() > at:
            now.append(html[at : match.start()])
        at = match.end()
        name = (match["name"] or "").lower()
        if silent:
            silent = "" if match["end"] and name == silent else silent
        elif name in SILENT:
            # What is not closed must not swallow the rest.
            is_closed = not match["end"] and ends.after(name, at) - at < _LONGEST_SILENT
            silent = name if is_closed else ""
        elif name not in INLINE and now:
            out.append("".join(now))
            now = []
    if not silent:
        now.append(html[at:])
    out.append("".join(now))
    return [line for part in out if (line := " ".join(part.split()))]


_LONGEST_SILENT = 5000


class _Ends:
    """Where elements are closed next; each place is looked for once, since one only asks onwards."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._next: dict[str, int] = {}

    def after(self, name: str, at: int) -> int:
        """The place of the next end tag of that name, far away where there is none."""
        if self._next.get(name, -1) < at:
            found = re.compile(f"</{re.escape(name)}", re.IGNORECASE).search(self._html, at)
            self._next[name] = found.start() if found else at + len(self._html) + _LONGEST_SILENT
        return self._next[name]


def _without_comments(html: str) -> str:
    first, *parts = html.split("<!--")
    return first + "".join(part.partition("-->")[2] if "-->" in part else part for part in parts)
