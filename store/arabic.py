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
CHAIN_VERSION = 5

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
    written: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """All the word is found by."""
        return index_terms(self.written or self.norm)


def folded_words(written: str) -> list[str]:
    """The folded words in a word as written, none longer than LONGEST_WORD; mostly one."""
    folded = fold(folding.with_one_hamza(written))
    if folded.isalnum() and len(folded) <= LONGEST_WORD:
        return [folded]
    return [word[:LONGEST_WORD] for word in _FOLDED.findall(folded)]


@lru_cache(maxsize=4096)
def forms(written: str) -> tuple[tuple[str, str, str], ...]:
    """(norm, stem, key) of a word as written; a ligature such as ﷺ holds several words."""
    out = []
    for word in folded_words(written):
        root = stem(word)
        out.append((word, root, name_key(root)))
    return tuple(out)


@lru_cache(maxsize=4096)
def index_terms(written: str) -> tuple[str, ...]:
    """All a word of a text is found by: itself, its stem, its second reading and its name keys, each once."""
    return tuple(
        dict.fromkeys(
            term
            for norm in _spellings(written)
            for term in (norm, *stemming.readings(norm), *names.name_keys(norm))
        )
    )


@lru_cache(maxsize=8192)
def query_terms(written: str, is_whole: bool = False) -> tuple[str, ...]:
    """All a word of a query asks for: a text has the word where these and its own terms meet.

    ``is_whole`` reads the first letter as the word's own, where it could be a clitic.
    """
    return tuple(
        dict.fromkeys(
            term
            for norm in _spellings(written)
            for term in (
                stemming.without_endings(norm) if is_whole else stem(norm),
                # A name all spell alike but for one outlet has no key, and is that outlet's key itself.
                stemming.without_article(norm),
                *names.asked_keys(norm),
            )
        )
    )


def _spellings(written: str) -> list[str]:
    """The folded words; with ڤ also as if it were ق, for some write v with it and some a g (ڤفصة, قفصة)."""
    norms = folded_words(written)
    return norms + folded_words(written.replace("ڤ", "ق")) if "ڤ" in written else norms


def tokens(text: str) -> list[Token]:
    """The words of a text in order, each with its place in the text as it is."""
    return [
        Token(match.start(), match.end(), *three, match.group())
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
