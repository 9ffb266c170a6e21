"""From source text to clusters: what is drawn together in one place, shaped, with its place in the source.

One pass over the code points does it all, so that the map to the source can not get lost: joining by the
standard's rules (The Unicode Standard, chapter 9.2), presentation forms from arabic-reshaper's table, lam-alef
as one cluster, marks on their base, and everything that must not reach a terminal hidden in a neighbour's range.
arabic-reshaper's own `reshape` is not called: it gives no map, drops marks, breaks at unknown letters and
costs more than the whole scan.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from .chars import BROKEN, DUAL, FLAG, HIDDEN, INFO, JOINER, LINE_END, MARK, REPLACEMENT, RIGHT, SPLIT, Forms

MAX_MARKS = 8
"""Marks shown on one base, at most. Qur'anic text needs four; more is a flood, and is counted as not shown."""

LAM = "\u0644"
LAM_ALEF = {
    "\u0622": ("\ufef5", "\ufef6"),
    "\u0623": ("\ufef7", "\ufef8"),
    "\u0625": ("\ufef9", "\ufefa"),
    "\u0627": ("\ufefb", "\ufefc"),
}
"""Alef → the ligature with the lam before it: isolated, final. The only ligatures made: others (ﷲ) can not
be read in one cell."""

COMPOSING = "\u0653\u0654\u0655"
"""Madda and hamza marks: with a letter before them they are a letter of its own in NFC (U+0627 U+0653 is آ)."""

# States of `link`: the cluster that can join the next letter, or one of these.
_NOTHING, _GHOST = -1, -2
"""No letter to join; a ZWJ, which joins but is not shown."""


class Clusters(NamedTuple):
    """A text as clusters in logical order; cluster k stands for source[starts[k]:starts[k + 1]].

    `shown[k]` is its shaped text (base first, then marks), `bases[k]` its first source character ("\\n" for any line
    end), composed where the source is not NFC; `widths` its cells, None when every one is 1. `first` is the index
    of the first source character that is shown (what is before it belongs to cluster 0). `glue` and `gaps` are
    clusters before which a line must not or may break because of a hidden character (WJ, ZWSP).
    """

    shown: list[str]
    bases: str
    starts: list[int]
    widths: list[int] | None
    first: int
    has_controls: bool
    glue: frozenset[int]
    gaps: frozenset[int]


BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class _Scanner:
    """The state of one scan; a class because rare characters are handled outside the loop."""

    __slots__ = ("bases", "controls", "gaps", "glue", "marks", "shown", "starts", "widths")

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.bases: list[str] = []
        self.starts: list[int] = []
        self.widths: list[int] = []
        self.marks: dict[int, str] = {}
        self.controls = False
        self.glue: set[int] = set()
        self.gaps: set[int] = set()

    def hide(self, char: str) -> None:
        """Note what a character that is not shown means for order and line breaks."""
        if char in BIDI_CONTROLS:
            self.controls = True
        elif char == "\u200b":
            self.gaps.add(len(self.shown))
        elif char in "\u2060\ufeff":
            self.glue.add(len(self.shown))

    def mark(self, char: str) -> None:
        """Put a mark on the cluster before it; one with nothing before it, or one too many, is not shown."""
        k = len(self.shown) - 1
        if k >= 0:
            marks = self.marks.get(k, "")
            if len(marks) < MAX_MARKS:
                self.marks[k] = marks + char

    def dress(self) -> None:
        """Add the marks to the shown texts; outside the scripts of presentation forms, composed (é, Hangul)."""
        for k, marks in self.marks.items():
            base = self.shown[k]
            text = base + marks
            if base < "\u0590" or "\u0900" <= base < "\ufb1d":
                text = unicodedata.normalize("NFC", text)
            self.shown[k] = text


def scan(text: str, *, ligate: bool = True) -> Clusters:
    """Shape a text and cut it into clusters, in time linear in its length; any code points are accepted.

    `ligate=False` keeps lam and alef in two cells, for terminals that get the plain letters.
    """
    scanner = _Scanner()
    shown, bases, starts, widths = scanner.shown, scanner.bases, scanner.starts, scanner.widths
    info = INFO
    link = _NOTHING
    joined = False  # whether the letter at `link` is joined to the one before it
    forms: Forms = ("", "", "", "")  # of the letter at `link`
    last, last_joined = "", False  # the last letter, for the marks that compose with it
    half_flag = -2  # where the last regional indicator was that has no other half yet
    count = 0
    wide = False
    for index, char in enumerate(text):
        kind, width, out, own = info[char]
        if kind <= RIGHT:
            if kind:
                if link == _NOTHING:
                    last_joined = False
                    out = own[0] or out
                else:
                    last_joined = True
                    if link >= 0:
                        if ligate and char in LAM_ALEF and bases[link] == LAM and link == count - 1:
                            shown[link] = LAM_ALEF[char][joined]
                            last, last_joined = char, joined
                            link = _NOTHING
                            continue
                        shown[link] = (forms[2] if joined else forms[1]) or bases[link]
                    out = own[3] or out
                last = char
                link = count if kind == DUAL else _NOTHING
                joined = last_joined
                forms = own
            else:
                link, last = _NOTHING, ""
            if width != 1:
                wide = True
        elif kind == MARK:
            if char in COMPOSING and last:
                composed = unicodedata.normalize("NFC", last + char)
                if len(composed) == 1 and composed != last:
                    if bases[-1] == LAM and last in LAM_ALEF:
                        if composed in LAM_ALEF:
                            shown[-1] = LAM_ALEF[composed][last_joined]
                            last = composed
                            continue
                    else:
                        own = info[composed][3]
                        shown[-1] = own[3 if last_joined else 0] or composed
                        bases[-1] = last = composed
                        forms = own
                        continue
            scanner.mark(char)
            continue
        elif kind == FLAG:
            link, last = _NOTHING, ""
            if half_flag == index - 1:
                shown[-1] += char
                widths[-1] = 2
                wide = True
                half_flag = -2
                continue
            half_flag = index
        elif kind == LINE_END:
            link, last = _NOTHING, ""
            if char == "\n" and index and text[index - 1] == "\r":
                continue  # CR LF is one line end
            char = "\n"
        elif kind == BROKEN:
            link, last = _NOTHING, ""
            char = REPLACEMENT
        else:
            if kind == JOINER:
                if link >= 0:
                    shown[link] = (forms[2] if joined else forms[1]) or bases[link]
                link = _GHOST
            elif kind == SPLIT:
                link = _NOTHING
            scanner.hide(char)
            continue
        shown.append(out)
        bases.append(char)
        starts.append(index)
        widths.append(width)
        count += 1
    first = starts[0] if starts else 0
    if starts:
        starts[0] = 0
    starts.append(len(text))
    if scanner.marks:
        scanner.dress()
    return Clusters(
        shown,
        "".join(bases),
        starts,
        widths if wide else None,
        first,
        scanner.controls,
        frozenset(scanner.glue),
        frozenset(scanner.gaps),
    )


def plain_text(source: str) -> str:
    """The logical, unshaped text of one cluster without anything a terminal must not get; for logical emission."""
    parts: list[str] = []
    marks = 0
    for char in source:
        kind, _, out, forms = INFO[char]
        if kind == MARK:
            marks += 1
            if marks > MAX_MARKS or not parts:
                continue
        elif kind in (HIDDEN, SPLIT, JOINER):
            continue
        parts.append(char if forms[0] else out)
    return "".join(parts)
