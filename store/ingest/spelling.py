"""Spellings: patterns and folds under which all ways of writing one Arabic word are the same.

Markers of pages are written with or without hamza, tanween, tatweel and
harakat, with Arabic or Persian letters; :func:`spelled` makes one pattern of
them all.
"""

from __future__ import annotations

import re

from ..codes import decoded, encoded, table_of

#: Harakat, superscript alef and tatweel: written or not, they never change a marker.
MARKS = "\u0640\u064b-\u0655\u0670"

_CLASSES = {
    "ا": "اأإآٱ",
    "أ": "اأإآٱ",
    "إ": "اأإآٱ",
    "آ": "اأإآٱ",
    "ي": "يىیئ",
    "ى": "يىی",
    "ئ": "ئيىی",
    "ه": "هةہە",
    "ة": "ةهہە",
    "ك": "كکڪ",
    "و": "وؤ",
}
_FOLDS: dict[int, str | None] = {
    **{ord(letter): "ا" for letter in "أإآٱ"},
    **{ord(letter): "ي" for letter in "ىیئې"},
    **{ord(letter): "ه" for letter in "ةہە"},
    **{ord(letter): "ك" for letter in "کڪ"},
    ord("ؤ"): "و",
    **dict.fromkeys((*range(0x064B, 0x0656), 0x0670, 0x0640)),
    **{ord(zero) + digit: str(digit) for zero in "٠۰" for digit in range(10)},
}
_REPLACED = tuple((chr(code), folded) for code, folded in _FOLDS.items() if folded is not None)
_MARK = re.compile(f"[{MARKS}]+")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)")
_CLASS_OR_ESCAPE = re.compile(r"\[[^\]]*\]|\\.")
_LETTERS = re.compile(r"[^\W_]+")


def spelled(phrase: str) -> str:
    """Return the source of a pattern for ``phrase`` in any spelling.

    A blank stands for one blank or more; ``|``, ``(?:``, ``)``, ``?`` and other
    pattern signs keep their meaning, so that a table of phrases stays readable.
    """
    out: list[str] = []
    # The groups keep a following ? or + on a letter and its marks together.
    for index, character in enumerate(phrase):
        if character in _CLASSES:
            out.append(f"(?:[{_CLASSES[character]}][{MARKS}]*)")
        elif character.isalpha() and character > "\u0600":
            out.append(f"(?:{character}[{MARKS}]*)")
        elif character == " " and phrase[index + 1 : index + 2] not in ("?", "*", "+", "{"):
            out.append(" +")
        else:
            out.append(character)
    return "".join(out)


def openings(phrases: str) -> frozenset[str]:
    """Return the folded beginnings (of the first word) of all that ``phrases`` can match.

    A quick test before the pattern itself; understands what the tables use:
    ``|``, ``(?:…)`` and ``?``. A beginning ends at a blank or any other sign.
    """
    return frozenset(fold(text.rstrip("\0")) for text in _expand(phrases)[0])


def _expand(phrases: str, index: int = 0) -> tuple[list[str], int]:
    """Texts of the alternatives from ``index`` to the end of the group; a closed one ends in NUL."""
    done: list[str] = []
    now = [""]
    while index < len(phrases) and phrases[index] != ")":
        character = phrases[index]
        atom: list[str]
        if character == "|":
            done, now, index = done + now, [""], index + 1
            continue
        if group := _GROUP.match(phrases, index):
            atom, index = _expand(phrases, group.end())
        else:
            atom = [character if character.isalpha() or character in "-©ⓒ" else "\0"]
            index = other.end() - 1 if (other := _CLASS_OR_ESCAPE.match(phrases, index)) else index
        index += 1
        if phrases[index : index + 1] in ("?", "*"):
            atom, index = [*atom, ""], index + 1
        now = [a if a.endswith("\0") else a + b for a in now for b in atom]
    return done + now, index


def fold(text: str) -> str:
    """Return ``text`` with spellings made one: alef, yeh, teh marbuta, kaf, digits; without harakat and tatweel."""
    codes = encoded(text)
    return _fold_any(text) if codes is None else decoded(codes.translate(*_FOLDED))


def fold_case(text: str) -> str:
    """:func:`fold`, and capitals made small."""
    codes = encoded(text)
    return _fold_any(text).casefold() if codes is None else decoded(codes.translate(*_CASE_FOLDED))


def _fold_any(text: str) -> str:
    """:func:`fold` for whatever letters there are; str.replace runs five times as fast as str.translate on Arabic text."""
    for written, folded in _REPLACED:
        text = text.replace(written, folded)
    return _MARK.sub("", text) if _MARK.search(text) else text


_FOLDED = table_of(_fold_any)
_CASE_FOLDED = table_of(lambda letter: _fold_any(letter).casefold())


def letters_of(text: str) -> str:
    """Return the folded letters and digits of ``text`` alone: what two copies of a text share."""
    return "".join(_LETTERS.findall(fold(text))).casefold()
