"""The one analysis chain, for text and for queries: fold → light stem → name key.

Everything that compares words goes through here, so that what is indexed and
what is asked can never differ. :mod:`store.folding`, :mod:`store.stem` and
:mod:`store.names` say what each step does and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from . import folding, names
from . import stem as stemming

#: Rises with every change of what the chain answers; a store indexed with another one wants reindexing.
CHAIN_VERSION = 1

fold = folding.fold
stem = stemming.stem
name_key = names.name_key

#: A word as it is written: letters and digits, and the marks between them.
_WRITTEN = re.compile(rf"[^\W_](?:[{folding.MARKS}]*[^\W_])*[{folding.MARKS}]*")
_FOLDED = re.compile(r"[^\W_]+")
#: Longest word that is indexed, in code points: what is longer is no word, and would be a page of its own.
LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: where it stands in the original (code points), and its three forms."""

    start: int
    end: int
    norm: str
    stem: str
    key: str


@lru_cache(maxsize=65536)
def forms(written: str) -> tuple[tuple[str, str, str], ...]:
    """(norm, stem, key) of a word as written; a ligature such as ﷺ holds several words."""
    out = []
    for norm in _FOLDED.findall(fold(written)):
        word = norm[:LONGEST_WORD]
        root = stem(word)
        out.append((word, root, name_key(root)))
    return tuple(out)


def tokens(text: str) -> list[Token]:
    """The words of a text in order, each with its place in the text as it is."""
    return [
        Token(match.start(), match.end(), *three)
        for match in _WRITTEN.finditer(text)
        for three in forms(match.group())
    ]


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, in order: the cheap half of :func:`tokens`."""
    return _WRITTEN.findall(text)


def label_key(label: str) -> str:
    """The key of an outlet's, agency's, keyword's or tag's name: equal keys are one label.

    Folded words with single blanks between; empty where the label holds no letter or digit.
    """
    return " ".join(_FOLDED.findall(fold(label)))
