"""Headlines that a page's markup ran together into one paragraph: found, and parted where words collide.

Pure functions on sanitised lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from .headlines import INNER_STOP, has_full_stop, is_headline
from .spelling import fold

_WORD = re.compile(r"[^\W\d_]+")
#: The rest of a word behind its article, of three letters or more.
_DEFINITE = re.compile(r"(?<![^\W\d_])ال([^\W\d_]{3,})")
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
_BEGIN_PROCLITICS = frozenset("وفبكلا")
_PROCLITIC = re.compile("^[وف]?(?:بال|كال|لل|ال|[بكل])")
_HEADLINE_SIGN = re.compile(r" ?\.\.|: |\| ")
_MIN_GLUED = 50
_MAX_GLUED = 4000
#: Two words glued are hardly longer; a flood of letters is no word.
_LONGEST = 40


class Vocabulary:
    """The folded words of a page, counted once and only when a paragraph asks for them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._counts: Counter[str] | None = None

    def without(self, paragraph: str) -> Callable[[str], bool]:
        """A test whether a folded word stands in the page, but for ``paragraph`` itself."""
        if self._counts is None:
            self._counts = _count("\n".join(self._lines))
        counts, own = self._counts, _count(paragraph)
        return lambda word: counts.get(word, 0) > own.get(word, 0)


def _count(text: str) -> Counter[str]:
    """Words, and once more without their article: الرئيس makes رئيس known too."""
    folded = fold(text)
    counts = Counter(_WORD.findall(folded))
    counts.update(_DEFINITE.findall(folded))
    return counts


def split_glued(paragraph: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the headlines that a page's markup lost the borders of, or () for an ordinary paragraph.

    A border is a word that is two words: both known from the rest of the page,
    or one known and the other no ending, or an orthography impossible inside a
    word (ة, or a hamza below alef, in the middle). Two borders, or one and the
    signs of a headline (``..``, ``|``, ``:``), and no closing full stop, make
    it a run of headlines.
    """
    is_sentence = paragraph.endswith(".") and not paragraph.endswith("..")
    if is_sentence or not _may_be_glued(paragraph):
        return ()
    is_known = vocabulary.without(paragraph)
    borders = [
        match.start() + border
        for match in _WORD.finditer(paragraph)
        if (border := _border(match.group(), is_known)) is not None
    ]
    if not borders or (len(borders) == 1 and not _HEADLINE_SIGN.search(paragraph)):
        return ()
    pieces = tuple(
        paragraph[a:b].strip() for a, b in zip([0, *borders], [*borders, len(paragraph)], strict=True)
    )
    return pieces if all(is_headline(piece) and len(piece.split()) >= 3 for piece in pieces) else ()


def _may_be_glued(paragraph: str) -> bool:
    return (
        _MIN_GLUED <= len(paragraph) <= _MAX_GLUED
        and not has_full_stop(paragraph)
        and not (". " in paragraph and INNER_STOP.search(paragraph))
    )


def _border(word: str, is_known: Callable[[str], bool]) -> int | None:
    """Index at which ``word`` falls into two, or None."""
    if not 7 <= len(word) <= _LONGEST:
        return None
    folded = fold(word)
    if is_known(folded) or len(folded) != len(word):
        return None
    best: tuple[int, int] | None = None
    for index in range(3, len(word) - 2):
        strength = _strength(word, folded, index, is_known)
        if strength > 1 and (best is None or strength > best[0]):
            best = (strength, index)
    return best[1] if best else None


def _strength(word: str, folded: str, index: int, is_known: Callable[[str], bool]) -> int:
    left, right = folded[:index], folded[index:]
    if left in _PROCLITICS or right in _ENDINGS:
        return 0
    strength = 0
    if word[index - 1] in "ةى" or word[index] in "إآ":
        strength += 2
    if word[index] == "أ" and index >= 5 and is_known(left):
        strength += 1
    if len(left) >= 4 and (
        is_known(left) or (left[0] in _BEGIN_PROCLITICS and is_known(_PROCLITIC.sub("", left)))
    ):
        strength += 2 if is_known(right) else 1 + (len(right) >= 4)
    if is_known(right) and len(right) >= 4 and not _ends_open(left):
        strength += 2
    return strength


def _ends_open(left: str) -> bool:
    """True when ``left`` is proclitics and the article alone, as in وبال + كويت."""
    return left in _PROCLITICS or left.endswith("ال") or len(left) < 4
