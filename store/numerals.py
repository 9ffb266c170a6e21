"""Numbers in words and digits, written one way: ثلاثة آلاف, 3 آلاف, 3,000 and ٣٠٠٠ are all ``3000``. Pure."""

from __future__ import annotations

import re

from .title_letters import DIGITS, fold

_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
#: What a word that is a number begins with.
NUMBER = re.compile(r"\d")
#: Per cent, as every way to write it is folded.
PER_CENT = "بالميه"

_COUNTS = {
    "ثلاث": "3", "اربع": "4", "خمس": "5", "ست": "6", "سته": "6", "سبع": "7", "ثماني": "8", "ثمان": "8",
    "تسع": "9", "عشر": "10", "ثلاثه": "3", "اربعه": "4", "خمسه": "5", "سبعه": "7", "ثمانيه": "8", "تسعه": "9",
    "عشره": "10",
}  # fmt: skip
#: Before "ten" they are thirteen to nineteen.
_UNITS = frozenset("3456789")
#: What multiplies the number before it.
SCALES = {
    "الف": 1000, "الاف": 1000, "الفا": 1000, "مليون": 10**6, "ملايين": 10**6, "ملاين": 10**6, "مليونا": 10**6,
    "مليار": 10**9, "مليارات": 10**9, "ملياري": 10**9,
}  # fmt: skip


def plain_separators(text: str) -> str:
    """No separators of thousands, and a point for the comma of decimals: 6,1 is 6.1."""
    return _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", text))


def is_number_word(word: str) -> bool:
    """True where :func:`with_numbers` may write a word another way, or the one before it."""
    return word in _COUNTS or word in SCALES or word == "الميه" or word[1:] in _COUNTS


def with_numbers(words: list[str]) -> tuple[str, ...]:
    """Write numbers one way: ثلاثة آلاف, 3 آلاف, 3,000 and ٣٠٠٠ are all ``3000``."""
    out: list[str] = []
    for word in words:
        if word == "الميه" and len(out) > 1 and out[-1] == "في" and NUMBER.match(out[-2]):
            out[-1] = PER_CENT
            continue
        if word[0] in "لب" and len(word) > 4 and word[1:] in _COUNTS:
            # لأربعة is لـ4.
            out += [word[0], _COUNTS[word[1:]]]
            continue
        scale = SCALES.get(word)
        if scale and out and NUMBER.match(out[-1]):
            out[-1] = _scaled(out[-1], scale)
        else:
            out.append(_COUNTS.get(word, word))
    return tuple(out)


_NUMERAL = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_]+")


def numbers_in(text: str) -> list[tuple[str, int, int]]:
    """The numbers of a text as (value, start, end) in code points: ٣٠٠٠, 3,000 and ثلاثة آلاف are ``3000``."""
    out: list[tuple[str, int, int]] = []
    digits = text.translate(DIGITS).replace("٫", ".").replace("٬", ",")
    for match in _NUMERAL.finditer(digits):
        is_digits = match.group()[0].isdigit()
        word = match.group() if is_digits else fold(match.group())
        follows = bool(out) and not text[out[-1][2] : match.start()].strip()
        if is_digits:
            out.append((plain_separators(word), match.start(), match.end()))
        elif word in SCALES and follows:
            out[-1] = (_scaled(out[-1][0], SCALES[word]), out[-1][1], match.end())
        elif word in ("عشر", "عشره") and follows and out[-1][0] in _UNITS:
            out[-1] = (str(10 + int(out[-1][0])), out[-1][1], match.end())
        elif word in _COUNTS:
            out.append((_COUNTS[word], match.start(), match.end()))
    return out


def _scaled(number: str, scale: int) -> str:
    try:
        return f"{float(number.replace(',', '.')) * scale:.6f}".rstrip("0").rstrip(".")
    except ValueError:
        return f"{number}×{scale}"
