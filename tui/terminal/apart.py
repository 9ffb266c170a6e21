"""Letters kept apart for xterm.js, which may leave the drawing of a row to the browser.

Drawn by elements of the page, xterm.js makes one element of all neighbours that have the same attributes, and the browser
turns the Arabic in each element around, as it does with any text. An element with a single letter has nothing
to turn around. So neighbours get different attributes: what is in even columns is protected from selective
erase (DECSCA), which nothing shows and nobody here uses. Drawn by GPU nothing changes.
"""

from __future__ import annotations

import re
from functools import cache

from ..text import cell_width

PROTECTED = '\x1b[1"q'
PLAIN = '\x1b[0"q'

# Characters a browser may turn around: letters of right-to-left scripts and the Arabic digits, with their marks.
_LETTER = (
    "[\u0590\u05be\u05c0\u05c3\u05c6\u05d0-\u060f\u061b-\u064a\u0660-\u066f\u0671-\u06d5\u06dd\u06de\u06e5\u06e6\u06e9"
    "\u06ee-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MARKS = "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed\u08d3-\u08ff]*"


@cache
def _pieces() -> re.Pattern[str]:
    """Compiled when the first terminal needs it: few do, and a start would wait for it."""
    return re.compile(
        r"(?P<moved>\x1b\[(?:\d+)?;(?P<column>\d+)H)"
        r"|(?P<home>\x1b\[\d*H|\x1b\[(?:\d+;\d+)?r|[\r\n])"
        r"|(?P<passed>\x1b\[(?P<count>\d*)C)"
        r"|(?P<control>\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~]))"
        rf"|(?P<letter>{_LETTER}{_MARKS})"
        r"|(?P<other>[^\x1b\r\n\u0590-\u08ff\ufb1d-\ufeff\U00010800-\U0001efff]+|.)",
        re.DOTALL,
    )


class Apart:
    """Puts the attribute into what is written; knows in which column the cursor is."""

    def __init__(self) -> None:
        self._column = 0
        # None: not known, for xterm.js drops the attribute with the colours, and other terminals do not.
        self._is_on: bool | None = False

    def write(self, text: str) -> str:
        """The text with letters and what is beside them protected in even columns; nothing is left switched on."""
        written: list[str] = []
        for match in _pieces().finditer(text):
            piece = match.group()
            if match.lastgroup == "letter":
                written.append(self._by_column() + piece)
                self._column += 1
            elif match["other"]:
                # Of a stretch without letters only the ends touch one.
                width = cell_width(piece)
                written.append(self._by_column())
                if width == len(piece) > 1:
                    written.append(piece[:-1])
                    self._column += width - 1
                    written.append(self._by_column() + piece[-1])
                    self._column += 1
                else:
                    written.append(piece)
                    self._column += width
            else:
                self._column = int(match["column"]) - 1 if match["column"] else self._column
                self._column = 0 if match["home"] else self._column
                if match["passed"]:
                    self._column += int(match["count"] or 1)
                self._is_on = None if piece.endswith("m") else self._is_on
                written.append(piece)
        if self._is_on is not False:
            self._is_on = False
            written.append(PLAIN)
        return "".join(written)

    def _by_column(self) -> str:
        """The switch that is needed before something in this column."""
        is_on = self._column % 2 == 0
        if is_on == self._is_on:
            return ""
        self._is_on = is_on
        return PROTECTED if is_on else PLAIN
