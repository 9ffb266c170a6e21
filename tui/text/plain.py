"""Logical text as it may be given to others: a terminal, a clipboard, a pipe.

The layout shows nothing of what is dropped here, so that what is copied or printed is what is read.
"""

from __future__ import annotations

import re

_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line end
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns text round
    "\u00ad\u034f\u200b\u2028\u2029\u2060-\u2065\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff"  # what nobody sees
    "\ud800-\udfff]+"
)
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_MARK = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
_FLOOD = re.compile(f"([{_MARK}]{{8}})[{_MARK}]+")


def harmless(text: str) -> str:
    """The text without characters that act on what takes it instead of being read, and without floods.

    Tabs, line ends and the joiners of Persian and of emoji families stay, a joiner where several stand together;
    no letter keeps more than the eight marks that are shown on one.
    """
    if text.isascii() and text.isprintable():
        return text
    return _FLOOD.sub(r"\1", _JOINERS.sub(r"\1", _DROPPED.sub("", text)))
