"""Elements of HTML by what they are to a text, for all that reads markup."""

from __future__ import annotations

#: What stands inside a line of text.
INLINE = frozenset(
    "a abbr b bdi bdo big cite em font i label mark q s small span strong sub sup u wbr".split()  # noqa: SIM905
)
#: What holds no text of the page.
SILENT = frozenset(
    "script style template noscript iframe object svg head select button textarea".split()  # noqa: SIM905
)
