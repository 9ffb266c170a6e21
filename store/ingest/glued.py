"""Headlines that a page's markup ran together into one paragraph: found, and parted where words collide.

Pure functions on sanitised lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .headlines import FULL_STOP, INNER_STOP, is_headline
from .spelling import fold, fold_long

_WORD = re.compile(r"[^\W\d_]+")
_PROCLITICS = frozenset(
    a + b for a in ("", "و", "ف") for b in ("", "ب", "ل", "ك", "س", "ال", "بال", "كال", "لل", "ا")
) | {"وب", "ست", "سي", "سن", "سا"}
#: Folded: what may follow a known word inside one word.
_ENDINGS = frozenset(
    fold(
        "ات ون ين ان يه ه ها هم هما هن كم نا ني ي يا ا وا تها تهم ته تان تين يات يون يين يان يتين يتان اتها "
        "اتهم اته اتنا انه انها انهم ونه يته يتها يتهم تنا تكم كما وها وهم وه ونا ائه ائها ائهم يهما تهما "
        "اتهما ويه اوي انيه ينا ينه وننا"
    ).split()
)
_PROCLITIC = re.compile("^[وف]?(?:بال|كال|لل|ال|[بكل])")
_HEADLINE_SIGN = re.compile(r" ?\.\.|: |\| ")
_MIN_GLUED = 50


def split_glued(paragraph: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Return the headlines that a page's markup lost the borders of, or () for an ordinary paragraph.

    A border is a word that is two words: both known from ``vocabulary`` (the
    words of the rest of the page), or one known and the other no ending, or an
    orthography impossible inside a word (ة or a hamza alef in the middle). Two
    borders, or one and the signs of a headline (``..``, ``|``, ``:``), and no
    closing full stop, make it a run of headlines.
    """
    if not _may_be_glued(paragraph):
        return ()
    known = set(_WORD.findall(fold_long("\n".join(vocabulary))))
    known |= {word[2:] for word in known if word.startswith("ال") and len(word) > 4}
    borders = [
        match.start() + border
        for match in _WORD.finditer(paragraph)
        if (border := _border(match.group(), known)) is not None
    ]
    if not borders or (len(borders) == 1 and not _HEADLINE_SIGN.search(paragraph)):
        return ()
    pieces = tuple(
        paragraph[a:b].strip() for a, b in zip([0, *borders], [*borders, len(paragraph)], strict=True)
    )
    return pieces if all(is_headline(piece) and len(piece.split()) >= 3 for piece in pieces) else ()


def _may_be_glued(paragraph: str) -> bool:
    return (
        len(paragraph) >= _MIN_GLUED and not FULL_STOP.search(paragraph) and not INNER_STOP.search(paragraph)
    )


def _border(word: str, known: set[str]) -> int | None:
    """Index at which ``word`` falls into two, or None."""
    folded = fold(word)
    if len(word) < 7 or folded in known or len(folded) != len(word):
        return None
    best: tuple[int, int] | None = None
    for index in range(3, len(word) - 2):
        strength = _strength(word, folded, index, known)
        if strength > 1 and (best is None or strength > best[0]):
            best = (strength, index)
    return best[1] if best else None


def _strength(word: str, folded: str, index: int, known: set[str]) -> int:
    left, right = folded[:index], folded[index:]
    if left in _PROCLITICS or right in _ENDINGS:
        return 0
    strength = 0
    if word[index - 1] in "ةى" or word[index] in "إآ":
        strength += 2
    if word[index] == "أ" and index >= 5 and left in known:
        strength += 1
    if len(left) >= 4 and (left in known or _PROCLITIC.sub("", left) in known):
        strength += 2 if right in known else 1 + (len(right) >= 4)
    if right in known and len(right) >= 4 and not _ends_open(left):
        strength += 2
    return strength


def _ends_open(left: str) -> bool:
    """True when ``left`` is proclitics and the article alone, as in وبال + كويت."""
    return left in _PROCLITICS or left.endswith("ال") or len(left) < 4
