"""Text cut at blanks, and what each piece is indexed as, whatever its letters.

Most articles go by :mod:`store.letters`, which takes less; this is for texts
with letters that have no code there. Cutting at blanks and looking up takes
half the time of finding words, and a plain dictionary, emptied when it is
full, a third of a cache that forgets one by one.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from .arabic import folded_words, index_terms, written_words
from .names import analysed, name_key
from .stem import readings
from .terms import Terms, terms_of_keys

#: So many pieces are at hand in each of two generations, some 450 bytes each.
AT_HAND = 8_000

#: The folded words of a piece, their stems, what else they are found by; blanks between where there are
#: several. Each form is left out where one before it is the same. Last the terms by which it is related.
Piece = tuple[str, str, str, Terms]


#: The signs that stand most often beside a word, and are of none: «كلمة،» is looked up as «كلمة».
SIGNS = ".،:\"()-؛«»؟!/“”…–'[],"


def without_signs(text: str) -> str:
    """A text with blanks for its signs: a third fewer pieces that were not met before, and the same words."""
    for sign in SIGNS:
        text = text.replace(sign, " ")
    return text


class _Pieces(dict[str, Piece]):
    """The pieces met lately. When it is full it becomes the older generation, from which what is met again returns."""

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, Piece] = {}

    def __missing__(self, piece: str) -> Piece:
        if len(self) >= AT_HAND:
            self._older = dict(self)
            self.clear()
        entry = self._older.get(piece)
        if entry is None:
            words = [piece] if piece.isalpha() else written_words(piece)
            if len(words) == 1:
                entry = _of_word(piece) if words[0] == piece else self[words[0]]
            else:
                entry = _together([self[word] for word in words])
        self[piece] = entry
        return entry


_NO_WORD: Piece = ("", "", "", ())
#: Look up with ``PIECES[piece]``.
PIECES = _Pieces()


def _together(entries: list[Piece]) -> Piece:
    if len(entries) <= 1:
        return entries[0] if entries else _NO_WORD
    norms, stems, others, terms = zip(*entries, strict=True)
    return (
        " ".join(filter(None, norms)),
        " ".join(filter(None, stems)),
        " ".join(filter(None, others)),
        tuple(chain.from_iterable(terms)),
    )


def _of_word(written: str) -> Piece:
    norms = folded_words(written)
    if len(norms) != 1 or "ڤ" in written:
        stems = [readings(norm)[0] for norm in norms]
        others = " ".join([term for term in index_terms(written) if term not in norms and term not in stems])
        terms = terms_of_keys(map(name_key, stems))
        return " ".join(norms), " ".join(stem for stem in stems if stem not in norms), others, terms
    # The piece itself, where folding left it as it is: one string in memory, not two.
    norm = written if norms[0] == written else norms[0]
    all_stems, keys = analysed(norm)
    root = all_stems[0]
    others = ""
    if keys or len(all_stems) > 1:
        found = dict.fromkeys((*all_stems, *keys))
        others = " ".join([term for term in found if term != norm and term != root])
    if root == norm:
        return norm, "", others, terms_of_keys((keys[0] if keys else root,))
    root, terms = _of_stem(root)
    return norm, root, others, terms


@lru_cache(maxsize=16384)
def _of_stem(stem: str) -> tuple[str, Terms]:
    """A stem and its terms: the same two in memory for all the words that share them."""
    return stem, terms_of_keys((name_key(stem),))
