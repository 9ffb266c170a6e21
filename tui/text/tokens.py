"""Tokens that a right-to-left sentence must not tear apart: URLs, addresses, @names, #tags, C++.

By UAX #9 a neutral at the edge of a Latin token takes the direction of the paragraph, so that the last slash of a
URL or the plus signs of C++ land on the other side. The standard's remedy is an isolate (LRI … PDI, HL3); this module
finds where they belong. Every pattern is bounded or starts only at the edge of a token: linear on any input.
"""

from __future__ import annotations

import re
from functools import cache

_URL = r"""(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://|www\.)[^\s<>"«»“”،؛]+"""
_DOMAIN = r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"


@cache
def _tokens() -> re.Pattern[str]:
    """Compiled with the first Latin letter."""
    return re.compile(
        rf"(?P<url>(?<![A-Za-z0-9]){_URL}|(?<![A-Za-z0-9_.@-]){_DOMAIN}/[^\s<>\"«»“”،؛]*)"
        rf"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}@{_DOMAIN}(?![A-Za-z0-9_])"  # e-mail
        r"|(?:(?<![A-Za-z0-9_@#.])[@#$]|(?<![\w.])\.(?=[A-Z]))"  # @name #tag $AAPL .NET
        r"[A-Za-z0-9_]*[A-Za-z][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*"
        r"|(?<![A-Za-z0-9_.-])[A-Za-z][A-Za-z0-9]*(?:[.&-][A-Za-z0-9]+)*(?:\+{1,2}|\#)(?!\w)"  # C++ C# Canal+
        r"|(?<![A-Za-z0-9_.])(?:[A-Za-z]\.){2,8}(?!\w)"  # U.S.
    )


_TRAILING = ".,;:!?'\"…؟"
_LATIN = re.compile("[A-Za-z]")


def isolated_tokens(text: str) -> list[tuple[int, int, bool]]:
    """Where the tokens are that belong in left-to-right isolates: (start, end, is a URL), in order, apart."""
    if not _LATIN.search(text):
        return []
    tokens: list[tuple[int, int, bool]] = []
    for match in _tokens().finditer(text):
        start, end = match.span()
        is_url = match.lastgroup == "url"
        if is_url:
            end = _without_punctuation(text, start, end)
        tokens.append((start, end, is_url))
    return tokens


def _without_punctuation(text: str, start: int, end: int) -> int:
    """The end of a URL without the sentence's punctuation after it, and without brackets it did not open."""
    surplus = {
        close: text.count(close, start, end) - text.count(open_, start, end)
        for open_, close in zip("([{", ")]}", strict=True)
    }
    while end > start + 1:
        last = text[end - 1]
        if last in surplus and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end
