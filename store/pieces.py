"""Text cut at blanks, and what each piece is found by: the fast way through whole articles.

Cutting at blanks and looking up takes half the time of finding words, and a
plain dictionary, emptied when it is full, a third of a cache that forgets
one by one. There are some 400 of these look-ups in an article.
"""

from __future__ import annotations

from typing import NamedTuple

from .arabic import forms, index_terms, written_words
from .stem import without_article

#: Pieces whose forms are kept at hand, about 20 MB of them: most of an article is among them.
AT_HAND = 50_000


class Piece(NamedTuple):
    """What a word, with the punctuation about it, is indexed as; blanks between where there are several.

    Each form is left out where one before it is the same. ``counted`` are the
    words for the vocabulary: as written, and without the article.
    """

    norms: str
    stems: str
    others: str
    counted: str


class _Pieces(dict[str, Piece]):
    def __missing__(self, piece: str) -> Piece:
        if len(self) >= AT_HAND:
            self.clear()
        entries = [_of_word(written) for written in written_words(piece)]
        columns = [" ".join(filter(None, column)) for column in zip(*entries, strict=True)] or [""] * 4
        self[piece] = entry = Piece(*columns)
        return entry


#: The pieces met so far; look up with ``PIECES[piece]``.
PIECES = _Pieces()


def _of_word(written: str) -> tuple[str, str, str, str]:
    found = forms(written)
    norms = [norm for norm, _, _ in found]
    stems = [root for norm, root, _ in found if root != norm]
    others = [term for term in index_terms(written) if term not in norms and term not in stems]
    counted = dict.fromkeys((*norms, *(without_article(norm) for norm in norms)))
    return " ".join(norms), " ".join(stems), " ".join(others), " ".join(counted)
