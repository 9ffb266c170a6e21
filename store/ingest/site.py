"""Whose page it is, where only its title says so: «عنوان الخبر - هسبريس». Pure, and sure or silent.

A piece at the end of a title may be the site, a section of it or the last
words of the headline. It is the site where it stands apart from a headline
that the page states elsewhere, and is a known outlet, spells the host name,
or is called so again by the page: on its logo, its feed or its copyright.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..title_words import is_outlet_name
from .spelling import fold, fold_case, letters_of

_SEPARATOR = re.compile(r"\s+[-–—|»:•·]+\s+|\s*[|»]\s*|:\s+")
#: What only a medium calls itself, before its own name.
_KIND = re.compile("(?:مدونه|مجله|صحيفه|جريده|وكاله|شبكه|قناه|بوابه|اذاعه|موقع) ")
_LONGEST = 40
_MOST_WORDS = 5
_NAMED = re.compile(
    r"""\b(?:alt|title|aria-label|content)\s*=\s*(?:"([^"<>]{2,80})"|'([^'<>]{2,80})')""", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"(?:©|&copy;|حقوق|copyright)(.{0,160})", re.IGNORECASE | re.DOTALL)
#: So much of a page is searched for the name of its site.
_SEARCHED = 1 << 20
_LATIN = re.compile(r"[a-z0-9]+")


def site_of(html: str, title: str, headline: str, url: str) -> str:
    """The outlet that ``title`` (of the window) names beside ``headline``, or "" where that is not sure.

    ``url`` is the page's address, "" where it is not known.
    """
    for name in _apart(title, headline):
        if _is_name(name) and (
            is_outlet_name(name)
            or _KIND.match(fold(name))
            or _is_host(name, url)
            or _is_repeated(name, html[:_SEARCHED])
        ):
            return name
    return ""


def _apart(title: str, headline: str) -> list[str]:
    """The pieces of a title beside the headline, the outermost first; none where the headline is not in it."""
    pieces = [piece.strip() for piece in _SEPARATOR.split(title) if piece.strip()]
    wanted = letters_of(headline)
    for count in range(1, len(pieces)):
        if letters_of("".join(pieces[:count])) == wanted:
            return pieces[: count - 1 : -1]
        if letters_of("".join(pieces[-count:])) == wanted:
            return pieces[:-count]
    return []


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS


def _is_host(name: str, url: str) -> bool:
    """True for a Latin name that the host is made of: Hespress of hespress.com, RT Arabic of arabic.rt.com."""
    host = (urlsplit(url).hostname or "") if url.startswith("http") else ""
    words = _LATIN.findall(name.casefold())
    if not words or not name.isascii() or not host:
        return False
    labels = host.split(".")
    return "".join(words) in host.replace("-", "") or all(word in labels for word in words)


def _is_repeated(name: str, html: str) -> bool:
    wanted = fold_case(name)
    if any(fold_case(match[1] or match[2]).strip() == wanted for match in _NAMED.finditer(html)):
        return True
    return any(wanted in fold_case(match[1]) for match in _COPYRIGHT.finditer(html))
