"""What the engine must know about one character: its part in a cluster, its cells, its joining.

Sources: joining types are those of ArabicShaping.txt (Unicode 15.0; the standard's rule for the rest: Mn, Me
and Cf are transparent); presentation forms are arabic-reshaper's table; widths are Rich's table, because
Textual counts the same strings with it, so that a row is never a cell longer for one than for the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from arabic_reshaper.letters import LETTERS_ARABIC

# Kinds of characters. The order matters to the scanner: everything up to RIGHT starts a cluster of its own.
PLAIN, DUAL, RIGHT, MARK, HIDDEN, SPLIT, JOINER, FLAG, LINE_END, BROKEN = range(10)
"""PLAIN: a base that joins nothing · DUAL: joins on both sides · RIGHT: joins the letter before it only ·
MARK: drawn on the base before it · HIDDEN: never shown, transparent to joining · SPLIT: never shown, ends
joining (ZWNJ, isolates) · JOINER: never shown, makes its neighbours join (ZWJ) · FLAG: regional indicator ·
LINE_END: shown as a space where the line goes on · BROKEN: a lone surrogate or noncharacter, shown as U+FFFD."""

Forms = tuple[str, str, str, str]
"""Isolated, initial, medial, final; "" where Unicode has no such presentation form."""

Info = tuple[int, int, str, Forms]
"""Kind, width in cells, the text to show, presentation forms."""

NO_FORMS: Forms = ("", "", "", "")
REPLACEMENT = "\ufffd"
LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
"""Characters that end a line inside a paragraph (UAX #14 classes BK, CR, LF, NL)."""

BREAKING_SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
"""Spaces a line may be broken after: Zs without NBSP, NNBSP and the figure space (UAX #14 class GL)."""

# Joining types of ArabicShaping.txt as inclusive ranges of code points.
DUAL_JOINING = (
    "620 626 628 62A-62E 633-63F 641-647 649-64A 66E-66F 678-687 69A-6BF 6C1-6C2 6CC 6CE 6D0-6D1 6FA-6FC 6FF "
    "712-714 71A-71D 71F-727 729 72B 72D-72E 74E-758 75C-76A 76D-770 772 775-777 77A-77F 7CA-7EA 841-845 848 "
    "84A-853 855 860 862-865 868 886 889-88D 8A0-8A9 8AF-8B0 8B3-8B8 8BA-8C8 1807 1820-1878 1887-18A8 18AA "
    "A840-A871 10AC0-10AC4 10AD3-10AD6 10AD8-10ADC 10ADE-10AE0 10AEB-10AEE 10B80 10B82 10B86-10B88 10B8A-10B8B "
    "10B8D 10B90 10BAD-10BAE 10D01-10D21 10D23 10F30-10F32 10F34-10F44 10F51-10F53 10F70-10F73 10F76-10F81 "
    "10FB0 10FB2-10FB3 10FB8 10FBB-10FBC 10FBE-10FBF 10FC1 10FC4 10FCA 1E900-1E943"
)
JOIN_CAUSING = "640 7FA 883-885 180A"
RIGHT_JOINING = (
    "622-625 627 629 62F-632 648 671-673 675-677 688-699 6C0 6C3-6CB 6CD 6CF 6D2-6D3 6D5 6EE-6EF 710 715-719 "
    "71E 728 72A 72C 72F 74D 759-75B 76B-76C 771 773-774 778-779 840 846-847 849 854 856-858 867 869-86A 870-882 "
    "88E 8AA-8AC 8AE 8B1-8B2 8B9 10AC5 10AC7 10AC9-10ACA 10ACE-10AD2 10ADD 10AE1 10AE4 10AEF 10B81 10B83-10B85 "
    "10B89 10B8C 10B8E-10B8F 10B91 10BA9-10BAC 10D22 10F33 10F54 10F74-10F75 10FB4-10FB6 10FB9-10FBA 10FBD "
    "10FC2-10FC3 10FC9"
)
# Left-joining letters (Phags-pa, Manichaean, Rohingya, Chorasmian) are left out: no script that has them has
# presentation forms or borrows letters of one that has, so nothing on the screen could differ.

VISIBLE_FORMAT = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Format characters (Cf) that have a glyph: the prepended number and verse signs."""

SPLITTERS = frozenset("\u180e\u200c\u2066\u2067\u2068\u2069")
"""Format characters whose joining type is U (ArabicShaping.txt): letters around them do not join."""

ZWJ = "\u200d"


def _code_points(ranges: str) -> Iterator[str]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            yield chr(code)


_JOINING = {
    **dict.fromkeys(_code_points(DUAL_JOINING), DUAL),
    **dict.fromkeys(_code_points(JOIN_CAUSING), DUAL),
    **dict.fromkeys(_code_points(RIGHT_JOINING), RIGHT),
}

FORMS: dict[str, Forms] = {
    letter: (forms[0], forms[1], forms[2], forms[3])
    for letter, forms in LETTERS_ARABIC.items()
    if letter not in ("\u0640", ZWJ)  # tatweel and ZWJ stand for themselves in that table
}
# The ae of Kurdish and Uyghur has no forms of its own; heh's isolated and final forms are its shapes.
FORMS["\u06d5"] = ("\ufee9", "", "", "\ufeea")


def _width(char: str) -> int:
    """Cells of one visible character, from Rich's table (imported late: plain Arabic and Latin never need it)."""
    code = ord(char)
    if code < 0x300 or 0x620 <= code < 0x64B or 0xFE70 <= code <= 0xFEFC:
        return 1
    from rich.cells import get_character_cell_size

    return get_character_cell_size(char)


def _info(char: str) -> Info:
    category = unicodedata.category(char)
    code = ord(char)
    if char in LINE_ENDS:
        return LINE_END, 1, " ", NO_FORMS
    if char == "\t":
        return PLAIN, 1, " ", NO_FORMS
    if char == ZWJ:
        return JOINER, 0, "", NO_FORMS
    if char in SPLITTERS:
        return SPLIT, 0, "", NO_FORMS
    if category == "Cs" or (code & 0xFFFE) == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return BROKEN, 1, REPLACEMENT, NO_FORMS
    if category == "Cc" or (category == "Cf" and char not in VISIBLE_FORMAT) or _is_invisible(code):
        return HIDDEN, 0, "", NO_FORMS
    if 0x1F1E6 <= code <= 0x1F1FF:
        return FLAG, 1, char, NO_FORMS
    width = _width(char)
    if width == 0 or category in ("Mn", "Me"):
        return MARK, 0, char, NO_FORMS
    if category == "Zs" and width == 1 and char != "\u1680":
        return PLAIN, 1, " ", NO_FORMS
    kind, forms = _JOINING.get(char, PLAIN), FORMS.get(char, NO_FORMS)
    return kind, width, char if kind else forms[0] or char, forms


def _is_invisible(code: int) -> bool:
    """Default-ignorable characters that are no format characters (DerivedCoreProperties.txt), and emoji modifiers.

    Variation selectors and skin tones change the width in some terminals and not in others; without them
    every terminal agrees.
    """
    return (
        code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)
        or 0x180B <= code <= 0x180F
        or code == 0x2065
        or 0xFE00 <= code <= 0xFE0F
        or 0xFFF0 <= code <= 0xFFF8
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0000 <= code <= 0xE0FFF
    )


class _InfoTable(dict[str, Info]):
    """The facts of each character seen so far; emptied when a flood of rare characters fills it."""

    LIMIT = 20_000

    def __missing__(self, char: str) -> Info:
        if len(self) >= self.LIMIT:
            self.clear()
        info = self[char] = _info(char)
        return info


INFO = _InfoTable()
"""Character → its facts; a look-up, because it is done for every character of every row."""


def cell_width(text: str) -> int:
    """Cells a terminal uses for a text as the engine emits it: marks and hidden characters take none.

    Unlike Rich and wcwidth, a ZWJ does not swallow the letter after it (measured: they count 1 for heh-ZWJ-tatweel).
    """
    if text.isascii() and text.isprintable():
        return len(text)
    info = INFO
    return sum([info[char][1] for char in text])
