"""Keyword lines: phrases with separators are taken as they are, phrases without are told apart by the article.

An aggregator joins its keywords with nothing but blanks. The article's own
text says which words belong together: :func:`segment` finds, by dynamic
programming, the borders under which most words lie in phrases that the text
(or the line itself, which repeats) also has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from .spelling import fold_case

#: Most keywords of one article, and most words in one phrase.
MAX_KEYWORDS = 64
_MAX_PHRASE = 6
_MAX_TOKENS = 200

_SEPARATORS = re.compile(r"\s*(?:[,،؛;|•●▪■·\n/]| [-–—] |#)\s*")
_WORD = re.compile(r"[^\W_]+")
_PROCLITICS = frozenset(
    ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "ال", "وال", "بال", "فال", "كال", "وبال")
)
_OPENERS = "#ـ_\"'“”«»()[]{}.:：!؟?-–— "


def keywords_of(line: str, texts: Iterable[str] = ()) -> tuple[tuple[str, ...], bool]:
    """Return (phrases in order, without repeats; True when the borders were inferred).

    ``texts`` are the title and paragraphs of the article the line belongs to.
    """
    parts = [part for part in _SEPARATORS.split(line) if part.strip(_OPENERS)]
    if len(parts) > 1 or "#" in line:
        return _unique(part.replace("_", " ").strip(_OPENERS) for part in parts), False
    tokens = line.split()
    if len(tokens) < 2:
        return _unique(token.replace("_", " ").strip(_OPENERS) for token in tokens), False
    return _unique(segment(tokens[:_MAX_TOKENS], texts)), True


def _unique(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:MAX_KEYWORDS]


def segment(tokens: list[str], texts: Iterable[str]) -> list[str]:
    """Join ``tokens`` to phrases by what ``texts`` have side by side; what they have not stays single words.

    Persian and Arabic letters in one phrase (کوریا الشمالية) are no border where the text has it.
    """
    keys = [_key(token) for token in tokens]
    seen = _phrases_in(keys, texts)
    starts: dict[int, list[int]] = {}
    for start, end in sorted(seen):
        starts.setdefault(end, []).append(start)
    best = [0.0]
    back = [0]
    for end in range(1, len(tokens) + 1):
        reached, begun = best[-1] + _WORD_ALONE, end - 1
        for start in reversed(starts.get(end, ())):
            score = best[start] + _worth(end - start)
            # Of two ways as good, the longer phrase.
            if score >= reached:
                reached, begun = score, start
        best.append(reached)
        back.append(begun)
    borders = [len(tokens)]
    while borders[-1]:
        borders.append(back[borders[-1]])
    borders.reverse()
    return [" ".join(tokens[a:b]) for a, b in pairwise(borders)]


#: What a word counts that stands alone: less than in a phrase that the text has, more than in one it has not.
_WORD_ALONE = 0.9


def _worth(length: int) -> float:
    """Words the text has together belong together, the longer the surer."""
    return float(length) + 0.1 * (length - 1)


def _key(token: str) -> str:
    return fold_case(token if token.isalpha() else "".join(_WORD.findall(token)))


def _phrases_in(keys: list[str], texts: Iterable[str]) -> set[tuple[int, int]]:
    """Where in the line runs of 2 to 6 keys begin and end that the texts have side by side."""
    text = fold_case("\n".join(texts))
    seen: set[tuple[int, int]] = set()
    for start in range(len(keys) - 1):
        phrase = keys[start]
        for end in range(start + 2, min(start + _MAX_PHRASE, len(keys)) + 1):
            phrase += " " + keys[end - 1]
            # What is not there with two words is not there with three.
            if not _occurs(phrase, text):
                break
            seen.add((start, end))
    return seen


def _occurs(phrase: str, text: str) -> bool:
    """True when ``phrase`` stands in ``text`` as whole words, a proclitic (و, بال…) allowed before the first."""
    variants = (phrase, "لل" + phrase[2:]) if phrase.startswith("ال") else (phrase,)
    for variant in variants:
        at = text.find(variant)
        while at >= 0:
            end = at + len(variant)
            if (end == len(text) or not text[end].isalnum()) and _starts_word(text, at):
                return True
            at = text.find(variant, at + 1)
    return False


def _starts_word(text: str, at: int) -> bool:
    start = at
    while start and text[start - 1].isalnum() and at - start <= 3:
        start -= 1
    return start == at or text[start:at] in _PROCLITICS
