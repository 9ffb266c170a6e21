"""The Unicode Bidirectional Algorithm (UAX #9, Unicode 15): levels of a paragraph, order of a line, mirroring.

Why an own one: python-bidi's Rust engine has right levels but gives neither them nor a map (only a debug dump
to parse, at one level a byte), does not mirror, and fails on lone surrogates; its pure Python engine fails on
brackets and isolates. Here each rule is a substitution on a string with one letter per character (its bidi
class), so that the work is done by `re` and `str.translate`: as fast as the Rust engine and its dump together
on a headline, faster on a paragraph, and every rule can be read beside the standard. All cases of BidiTest.txt and
BidiCharacterTest.txt pass; python-bidi, fribidi and ICU are the second opinions in the tests.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from bidi.mirror import MIRRORED

from .bidi_explicit import removed_like_neighbours, sequences
from .bidi_resolve import Brackets, resolve

Base = Literal["R", "L"] | None
"""The direction of a paragraph; None: its first strong character decides (P2, P3)."""

# One letter per bidi class, so that a text's classes are a string.
CLASS_LETTERS = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "x", "ET": "t", "CS": "k", "NSM": "M", "BN": "b",
    "B": "B", "S": "S", "WS": "W", "ON": "O", "LRE": "a", "RLE": "c", "LRO": "d", "RLO": "e", "PDF": "g",
    "LRI": "l", "RLI": "r", "FSI": "f", "PDI": "p",
}  # fmt: skip

_DEFAULT_CLASSES = (
    (0x0590, 0x05FF, "R"), (0x0600, 0x07BF, "A"), (0x07C0, 0x085F, "R"), (0x0860, 0x08FF, "A"),
    (0x20A0, 0x20CF, "t"), (0xFB1D, 0xFB4F, "R"), (0xFB50, 0xFDCF, "A"), (0xFDD0, 0xFDEF, "b"),
    (0xFDF0, 0xFDFF, "A"), (0xFE70, 0xFEFF, "A"), (0xFFF0, 0xFFF8, "b"), (0x10800, 0x10CFF, "R"),
    (0x10D00, 0x10D3F, "A"), (0x10D40, 0x10EBF, "R"), (0x10EC0, 0x10EFF, "A"), (0x10F00, 0x10F2F, "R"),
    (0x10F30, 0x10F6F, "A"), (0x10F70, 0x10FFF, "R"), (0x1E800, 0x1EC6F, "R"), (0x1EC70, 0x1ECBF, "A"),
    (0x1ECC0, 0x1ECFF, "R"), (0x1ED00, 0x1ED4F, "A"), (0x1ED50, 0x1EDFF, "R"), (0x1EE00, 0x1EEFF, "A"),
    (0x1EF00, 0x1EFFF, "R"), (0xE0000, 0xE0FFF, "b"),
)  # fmt: skip
"""Classes of unassigned code points (DerivedBidiClass.txt, @missing)."""


class _ClassTable(dict[int, str]):
    """Code point → class letter, filled as characters are met."""

    LIMIT = 20_000

    def __missing__(self, code: int) -> str:
        if len(self) >= self.LIMIT:
            self.clear()
        letter = self[code] = _class_letter(code)
        return letter


def _class_letter(code: int) -> str:
    name = unicodedata.bidirectional(chr(code))
    if name:
        return CLASS_LETTERS[name]
    if code & 0xFFFE == 0xFFFE:
        return "b"
    for first, last, letter in _DEFAULT_CLASSES:
        if first <= code <= last:
            return letter
    return "L"


_CLASSES = _ClassTable()

# What bidi.mirror lacks of BidiMirroring.txt 15.0 (33 of 214 pairs).
_MORE_PAIRS = (
    "221F2BFE 222029A3 2221299B 222229A0 22242AEE 2245224C 22B827DC 27CB27CD 29A429A5 29A829A9 29AA29AB 29AC29AD "
    "29AE29AF 29E829E9 2A7B2A7C 2A852A86 2A872A88 2A892A8A 2A8D2A8E 2A8F2A90 2A9D2A9E 2A9F2AA0 2AB12AB2 2AB52AB6 "
    "2AB72AB8 2AB92ABA 2AC72AC8 2AC92ACA 2ACB2ACC 2E552E56 2E572E58 2E592E5A 2E5B2E5C"
)


def _mirror() -> dict[str, str]:
    table = dict(MIRRORED)
    for pair in _MORE_PAIRS.split():
        one, other = chr(int(pair[:4], 16)), chr(int(pair[4:], 16))
        table[one], table[other] = other, one
    return table


MIRROR = _mirror()
"""L4: character → its mirror image (all 428 of BidiMirroring.txt)."""

BRACKETS: Brackets = {
    char: (unicodedata.category(char) == "Ps", unicodedata.normalize("NFC", min(char, other)))
    for char, other in MIRROR.items()
    if unicodedata.category(char) in ("Ps", "Pe")
}
"""Paired brackets: character → (opens, name of the pair). As BidiBrackets.txt is made: a mirrored character of
category Ps or Pe; NFC makes the two encodings of the angle brackets one pair."""

_NEEDS_WORK = re.compile("[^RAMWOxtkb]")
_EXPLICIT = re.compile("[acdeglrfpbB]")
_STRONG = re.compile("[LRA]")


def classes(text: str) -> str:
    """One letter per character: its bidi class (see CLASS_LETTERS)."""
    return text.translate(_CLASSES)


def base_of(text: str) -> Literal["R", "L"]:
    """The direction of the first strong character outside isolates (P2, P3); "R" where there is none."""
    letters = classes(text[:256])
    found = _first_strong(letters)
    if found is None and len(text) > 256:
        found = _first_strong(classes(text))
    return "L" if found == "L" else "R"


def direction_of(text: str) -> Literal["R", "L"]:
    """The direction of a whole article: "R" unless fewer than a third of its letters are written from the right.

    Not that of its first letter: Arabic headlines begin with NATO and BBC.
    """
    letters = classes(text[:4096])
    return "R" if 2 * (letters.count("R") + letters.count("A")) >= letters.count("L") else "L"


def _first_strong(letters: str) -> str | None:
    """L, R, A or None: the first strong class, passing over isolates (P2)."""
    depth = 0
    for match in re.finditer("[LRAlrfpB]", letters):
        letter = match.group()
        if letter == "B":
            return None
        if letter in "lrf":
            depth += 1
        elif letter == "p":
            depth = max(0, depth - 1)
        elif depth == 0:
            return letter
    return None


def paragraph_level(letters: str, base: Base) -> int:
    """0 or 1: given, or by P2 and P3 (0 where nothing is strong, as the standard has it)."""
    if base is None:
        found = _first_strong(letters)
        return 1 if found is not None and found != "L" else 0
    return 1 if base == "R" else 0


def resolve_levels(text: str, letters: str, level: int) -> bytes:
    """The level of every character after I2, before L1 (which is for lines).

    `letters` are the classes of `text`, which may have been changed by the caller. Characters removed by X9 get the level
    of the one before (UAX #9 5.2).
    """
    if level == 1:
        if not _NEEDS_WORK.search(letters):
            # Only right-to-left letters and what takes their direction: W1-W7 give R and neutrals, N1-N2 give R.
            return b"\x01" * len(letters)
    elif not re.search("[^LMEWOSxtkb]", letters):
        return bytes(len(letters))
    if not _EXPLICIT.search(letters):
        edge = "R" if level else "L"
        return resolve(text, letters, level, edge, edge, BRACKETS)
    result = bytearray(len(letters))
    removed = bytearray(len(letters))
    for places, types, at, sos, eos in sequences(letters, level, removed):
        part = resolve("".join([text[i] for i in places]), types, at, sos, eos, BRACKETS)
        for place, value in zip(places, part, strict=True):
            result[place] = value
    removed_like_neighbours(result, removed, level)
    return bytes(result)


_RESET = re.compile("[Wlrfpacdegb]*[SB]|[Wlrfpacdegb]+$")


def line_levels(levels: bytes, letters: str, level: int) -> bytes:
    """L1: separators, and white space before them and at the end of the line, get the paragraph's level.

    Both arguments are those of the line: levels of the paragraph and the original classes.
    """
    if letters[-1:] not in "WSBlrfpacdegb" and "S" not in letters and "B" not in letters:
        return levels
    result = bytearray(levels)
    for match in _RESET.finditer(letters):
        start, end = match.span()
        result[start:end] = bytes((level,)) * (end - start)
    return bytes(result)


_AT_LEAST: dict[int, re.Pattern[bytes]] = {}
"""Level → stretches of that level and above; made when met, for there are seldom more than two."""


def _at_least(level: int) -> re.Pattern[bytes]:
    pattern = _AT_LEAST.get(level)
    if pattern is None:
        pattern = _AT_LEAST[level] = re.compile(b"[\\x%02x-\\xff]+" % level)
    return pattern


def order(levels: bytes) -> list[int]:
    """L2: the places of a line's characters from left to right, given their levels."""
    count = len(levels)
    if not count:
        return []
    highest = max(levels)
    if levels.count(highest) == count:
        return list(range(count - 1, -1, -1)) if highest & 1 else list(range(count))
    places = list(range(count))
    lowest_odd = min((level for level in set(levels) if level & 1), default=highest + 1)
    # Runs at one level are the same stretch of the line before and after the inner runs are turned.
    for level in range(highest, lowest_odd - 1, -1):
        for match in _at_least(level).finditer(levels):
            start, end = match.span()
            places[start:end] = places[start:end][::-1]
    return places


def reorder(text: str, base: Base = "R") -> tuple[list[int | None], list[int]]:
    """Levels and visual order of one paragraph on one line, by the letter of the standard.

    Levels are None for characters removed by X9, which are not in the order either. This is what the conformance
    files judge; the layout works with clusters and calls the parts.
    """
    letters = classes(text)
    level = paragraph_level(letters, base)
    levels = line_levels(resolve_levels(text, letters, level), letters, level)
    kept = [place for place, letter in enumerate(letters) if letter not in "acdegb"]
    visual = order(bytes([levels[place] for place in kept]))
    shown = set(kept)
    result = [value if place in shown else None for place, value in enumerate(levels)]
    return result, [kept[place] for place in visual]


def display(text: str, base: Base = "R") -> str:
    """A paragraph in visual order with mirrored characters (L4), unshaped; what X9 removes is left out.

    For tests and comparisons with other implementations; the layout reorders clusters, not characters.
    """
    levels, places = reorder(text, base)
    return "".join([MIRROR.get(text[i], text[i]) if (levels[i] or 0) & 1 else text[i] for i in places])
