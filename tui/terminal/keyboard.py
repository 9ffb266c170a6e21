"""Which Latin key a character of the Arabic (101) keyboard layout comes from, and the other way.

Keys are told by the character they give, so a reader who has the Arabic layout on presses
``j`` and the program gets ``ت``. Every binding therefore answers to both. Textual's
names for keys are made here, without Textual.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import chain

_PLAIN = {
    "`": "ذ", "q": "ض", "w": "ص", "e": "ث", "r": "ق", "t": "ف", "y": "غ", "u": "ع", "i": "ه", "o": "خ",
    "p": "ح", "[": "ج", "]": "د", "a": "ش", "s": "س", "d": "ي", "f": "ب", "g": "ل", "h": "ا", "j": "ت",
    "k": "ن", "l": "م", ";": "ك", "'": "ط", "z": "ئ", "x": "ء", "c": "ؤ", "v": "ر", "b": "لا", "n": "ى",
    "m": "ة", ",": "و", ".": "ز", "/": "ظ",
}  # fmt: skip
_SHIFTED = {
    "~": "\u0651", "Q": "\u064e", "W": "\u064b", "E": "\u064f", "R": "\u064c", "T": "لإ", "Y": "إ", "U": "‘",
    "I": "÷", "O": "×", "P": "؛", "{": "<", "}": ">", "A": "\u0650", "S": "\u064d", "D": "]", "F": "[",
    "G": "لأ", "H": "أ", "J": "ـ", "K": "،", "L": "/", ":": ":", '"': '"', "Z": "~", "X": "\u0652", "C": "}",
    "V": "{", "B": "لآ", "N": "آ", "M": "’", "<": ",", ">": ".", "?": "؟", "(": ")", ")": "(",
}  # fmt: skip
# What X11's layout of the same name gives where it differs, and its layout with Arabic digits.
_X11 = {"U": "`", "M": "'"} | {str(digit): chr(0x0660 + digit) for digit in range(10)}

LAM_ALEF = {"لا": "\ufefb", "لأ": "\ufef7", "لإ": "\ufef9", "لآ": "\ufef5"}
"""The four keys that give two letters, each with the one character that stands for the pair in a binding."""

_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}

# A Latin letter may be reached by several characters; ASCII ones are left out here, for
# they are keys of their own (Shift+D gives the same "]" as the key beside P).
_LATIN = {
    LAM_ALEF.get(arabic, arabic): latin
    for latin, arabic in chain(_X11.items(), _SHIFTED.items(), _PLAIN.items())
    if not arabic.isascii()
} | {pair: latin for latin, pair in chain(_SHIFTED.items(), _PLAIN.items()) if pair in LAM_ALEF}

_PAIR = re.compile("|".join(LAM_ALEF))
# kitty's protocol: the text of one key press as two code points, e.g. CSI 98 ; ; 1604 : 1575 u.
_KITTY_PAIR = re.compile(r"(\x1b\[[\d:]*;[\d:]*;)1604:(1575|1571|1573|1570)u")


def latin_for(char: str) -> str | None:
    """The Latin character of the key that gives ``char`` under the Arabic layout.

    ``char`` may be a lam-alef pair or its single form. None for ASCII and for what no key gives.
    """
    return _LATIN.get(char)


def arabic_for(latin: str) -> tuple[str, ...]:
    """What the key of ``latin`` gives under the Arabic layout, lam-alef as one character; empty if the same."""
    given = (_PLAIN.get(latin), _SHIFTED.get(latin), _X11.get(latin))
    return tuple(LAM_ALEF.get(char, char) for char in given if char and char != latin)


def keys_for(key: str, bound: Collection[str] = ()) -> tuple[str, ...]:
    """All Textual key names that one binding answers to, its own first.

    ``key`` is a character or a Textual name, with or without modifiers (``j``, ``/``, ``slash``,
    ``ctrl+f``). ``bound`` are the keys that mean something by themselves (in the same
    forms): an alias that is one of them is left out, as with ``L``, whose key gives ``/``.
    """
    modifier, character = _split(key)
    own = modifier + (key_name(character) if len(character) == 1 else character)
    taken = {_full_name(other) for other in bound} - {own}
    aliases = (modifier + key_name(char) for char in arabic_for(character)) if len(character) == 1 else ()
    return (own, *(alias for alias in aliases if alias not in taken))


def key_name(char: str) -> str:
    """Textual's name of the key that gives one character."""
    if char.isalnum():
        return char
    name = unicodedata.name(char, "").lower().replace("-", "_").replace(" ", "_")
    return _NAMES.get(name, name) or char


def _split(key: str) -> tuple[str, str]:
    """A key as its modifiers (``ctrl+``) and its character, or its name where it has no character."""
    modifier, plus, last = key.rpartition("+")
    if not plus or not last:
        modifier, plus, last = "", "", key
    return modifier + plus, _BY_NAME.get(last, last)


def _full_name(key: str) -> str:
    modifier, character = _split(key)
    return modifier + (key_name(character) if len(character) == 1 else character)


_BY_NAME = {key_name(chr(code)): chr(code) for code in range(0x21, 0x7F)}


def join_pairs(text: str) -> str:
    """Make one character of each lam-alef that came in one piece of input, so that it is one key press.

    For raw input outside a paste. A text field puts the two letters back with :func:`part_pairs`.
    """
    return _PAIR.sub(lambda match: LAM_ALEF[match.group()], text)


def part_pairs(text: str) -> str:
    """Put the two letters back for each single lam-alef, as typed text has to be stored."""
    return text.translate(_PARTED)


_PARTED = str.maketrans({form: pair for pair, form in LAM_ALEF.items()})
