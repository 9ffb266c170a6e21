"""When two headlines are the same headline: a canonical key, and a guarded rule for the rest.

Sites repeat each other's headlines with other quotes, ``..`` for ``:``, a
label in front (عاجل), a note behind (صور), their own name at the end, letters
split to slip past filters (قاتـ.ل) and names spelt their own way. All of that
is gone from the key. Word order and numbers stay, since they carry the
meaning: بريطانيا تطرد.. روسيا is not روسيا تطرد.. بريطانيا.
"""

from __future__ import annotations

import re
from zlib import crc32

from .numerals import NUMBER, SCALES
from .title_words import bare, folded_set, joined, key_part, loose, settled_words, words_of


def title_key(title: str) -> str:
    """The canonical key of a headline: equal keys are the same headline.

    Letters are joined without spaces, since sites split and join words at
    will (أبو ظبي, قتـ ـل); numbers stand apart. An empty key means that the
    title holds no letter or digit; it is equal to nothing.
    """
    return join_key(words_of(title))


def join_key(words: tuple[str, ...]) -> str:
    """Words of :func:`words_of` as one key, with a space on either side of each number."""
    return joined(map(key_part, words))


def is_same_title(a: str, b: str) -> bool:
    """True when two headlines are one, by key or by the guarded rule.

    The rule wants the same numbers in the same order and the same words in
    the same order. It allows a spelling variant of a name in few places, a
    section or outlet that only one of the two carries, and a headline cut
    short after seven words or more.
    """
    first, second = words_of(a), words_of(b)
    if not first or not second:
        return False
    if join_key(first) == join_key(second):
        return True
    if _is_variant_of(first, second) or _is_cut(first, second) or _is_cut(second, first):
        return True
    return any(
        _is_variant_of(one, other)
        for one, other in (
            *((w, second) for w in _without_segment(a)),
            *((first, w) for w in _without_segment(b)),
        )
        if len(one) >= 4
    )


def _is_variant_of(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if first == second:
        return True
    if len(first) != len(second) or len(first) < 4:
        return False
    differing = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    return len(differing) <= len(first) // 3 and all(is_spelling_variant(x, y) for x, y in differing)


def _is_cut(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True when ``short`` is ``long`` cut off; what was cut may hold no number, it could be the news."""
    if len(short) < 7 or len(short) >= len(long) or long[: len(short)] != short:
        return False
    return not any(NUMBER.match(word) for word in long[len(short) :])


#: Signs without which a headline has no segment.
_SEGMENTS = frozenset("|-–—")
_FRONT = re.compile(r"\s*([^|:]{2,30}?)\s*\|(.*)", re.DOTALL)
_BEHIND = re.compile(r"(.*\S)\s+[-–—]\s+([^-–—]{2,40})$", re.DOTALL)


def _without_segment(title: str) -> list[tuple[str, ...]]:
    """The headline without a short ``place |`` in front or ``- somebody`` behind, where it has one."""
    out: list[tuple[str, ...]] = []
    front = _FRONT.match(title) if "|" in title else None
    if front and len(front[1].split()) <= 3 and not re.search(r"\d", front[1]):
        out.append(words_of(front[2]))
    behind = _BEHIND.match(title) if "-" in title or "–" in title or "—" in title else None
    if behind and len(behind[2].split()) <= 4 and not re.search(r"\d", behind[2]):
        out.append(words_of(behind[1]))
    return out


#: Words of a sketch; a headline cut after them has the same.
_SKETCHED = 7
#: Below this a headline has too few words for anything but its key.
_LEAST_SKETCHED = 4


def sketches(title: str) -> frozenset[int]:
    """Numbers of which two headlines share one wherever :func:`is_same_title` may hold beyond equal keys.

    Signed 32-bit, to be looked up in an index: the first words without what
    spellings disagree on, and all numbers. Sharing one proves nothing.
    """
    versions = [words_of(title), *_without_segment(title)]
    versions += [
        tuple(word.replace("تش", "غ") for word in words) for words in versions if "تش" in "".join(words)
    ]
    return frozenset(_sketch(words) for words in versions if len(words) >= _LEAST_SKETCHED)


def _sketch(words: tuple[str, ...]) -> int:
    return _sketch_of([*map(loose, words[:_SKETCHED]), *words[_SKETCHED:]])


def _sketch_of(words: list[str]) -> int:
    """The sketch of words of which the first are loose already."""
    numbers = [word for word in words[_SKETCHED:] if word[:1].isdecimal()]
    number = crc32(" ".join(words[:_SKETCHED] + numbers).encode())
    return number - (1 << 32) if number >= 1 << 31 else number


def key_and_sketches(title: str) -> tuple[str, tuple[int, ...]]:
    """:func:`title_key` and, in order, :func:`sketches`; for most headlines in half the time."""
    settled = settled_words(title) if _SEGMENTS.isdisjoint(title) else None
    if settled is not None:
        parts, spellings = settled
        key = joined(parts)
        if "تش" not in key:
            return key, (_sketch_of(spellings),) if len(spellings) >= _LEAST_SKETCHED else ()
    return title_key(title), tuple(sorted(sketches(title)))


_VOWELS = frozenset("اويه")
#: Arabic names and words that one vowel tells apart.
_APART = folded_set(
    "محمد محمود سلمان سليمان مسعد مسعود أحمد حسنين عمران مهاجرين مهجرين مهاجرون مهجرون عملات عاملات"
)
#: Consonants that transliterations of one foreign name disagree on.
_CONFUSED = tuple(
    frozenset(pair) for pair in ("تط", "سص", "سز", "صز", "قك", "غق", "غك", "دض", "ذز", "ذد", "فب", "ظز")
)


#: Those they disagree on in short names too: شولتس, شولتز.
_CONFUSED_IN_SHORT = frozenset((frozenset("سز"),))


def is_spelling_variant(x: str, y: str) -> bool:
    """True when two folded words look like one name in two spellings (ترامب ترمب, شويغو شويجو).

    Long vowels may be missing on one side alone, so that قاتلين and قتيلين,
    who did and who suffered, stay two words.
    """
    x, y = bare(x), bare(y)
    if x == y:
        return True
    if x in _APART or y in _APART:
        return False
    if len(x) < len(y):
        x, y = y, x
    if "تش" in x and x.replace("تش", "غ") == y:
        # The Persian چ: عراقتشي, عراقجي.
        return len(y) >= 4
    if NUMBER.match(x) or NUMBER.match(y) or x in SCALES or y in SCALES:
        return False
    if len(x) == len(y):
        return _has_confused_letter(x, y)
    return (
        len(y) >= 4
        and len(x) >= 5
        and len(x) - len(y) <= (2 if len(x) >= 8 else 1)
        and _is_missing_vowels(x, y)
    )


def _has_confused_letter(x: str, y: str) -> bool:
    places = [i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
    if len(places) != 1:
        return False
    place = places[0]
    if place == 0 and len(x) >= 4 and {x[0], y[0]} == {"ي", "غ"}:
        return True
    pair = frozenset((x[place], y[place]))
    return (len(x) >= 6 and pair in _CONFUSED) or (len(x) == 5 and pair in _CONFUSED_IN_SHORT)


def _is_missing_vowels(long: str, short: str) -> bool:
    """True when ``short`` is ``long`` without some inner long vowels, or with ش for تش; فلسطينية is no فلسطيني."""
    at = 0
    for place, letter in enumerate(long):
        if at < len(short) and short[at] == letter:
            at += 1
        elif long[place : place + 2] != "تش" and (place in (0, len(long) - 1) or letter not in _VOWELS):
            return False
    return at == len(short)
