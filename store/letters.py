"""Words in one byte a letter, and what each is indexed as: the fast way through whole articles.

News is written with some two hundred letters and signs. In a code of their
own, one byte for each, a text is folded by two passes of ``bytes.translate``,
cut at blanks and looked up. What is found is one run of bytes as well, in
which stems, other forms and terms have letters that no other has: joined for a
whole article, one pass for each takes them apart again. A word takes a third
of the memory of a tuple of strings, so that three times as many are at hand.

What is written in other letters goes by :mod:`store.pieces`, with the same result.
"""

from __future__ import annotations

import re
import sys
from array import array
from binascii import unhexlify
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Iterable

from .arabic import LONGEST_WORD
from .folding import MARKS, fold
from .names import analysed, name_key
from .query_fts import FENCE
from .terms import terms_of_keys

#: So many words are at hand in each of two generations, some 150 bytes each.
AT_HAND = 64_000

#: What a text may hold beside ASCII: Arabic letters and vowel signs, digits, Persian letters that fold to one Arabic
#: letter, Latin ones with accents, signs. What folds by its neighbours (marks over letters, ڤ, ligatures) may not.
_COVERED = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغ" "ـفقكلمنهوىي" "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹" "پچژگکیڨٱٲہەے" "éèêëàâäáíîïóôöøúüûçñãåÉ"
    f"«»“”‘’…–—،؛؟٪•٫٬°×·€″´„{FENCE}"
)  # fmt: skip
_PRINTED = range(0x20, 0x7F)
_NO_LETTER = "\ufffe"


def _charset() -> str:
    """The letters by their codes; those of ASCII have their own."""
    low = ["\0", *(chr(code) if code in _PRINTED or code == 0x0A else _NO_LETTER for code in range(1, 128))]
    return ("".join(low) + _COVERED).ljust(256, _NO_LETTER)


_CHARSET = _charset()
_CODING = charmap_build(_CHARSET)
_BLANK = 0x20
_MARKS = bytes(code for code, letter in enumerate(_CHARSET) if re.match(f"[{MARKS}]", letter))
_FENCE = bytes((_CHARSET.index(FENCE),))
_FENCED = b" " + _FENCE + b" "


def _code(letters: str) -> bytes:
    return charmap_encode(letters, "strict", _CODING)[0]


def _is_of_word(letter: str) -> bool:
    return re.match(rf"(?![{MARKS}])[^\W_]", letter) is not None


#: First blanks for what is of no word, then, when hamza has been looked at among its neighbours, one spelling of all.
_WORDS_ALONE = bytes(
    code if letter == "\n" or _is_of_word(letter) else _BLANK for code, letter in enumerate(_CHARSET)
)
_FOLDED = bytes(
    _code(fold(letter))[0] if _is_of_word(letter) else code for code, letter in enumerate(_CHARSET)
)

_YEH_WAW, _WAW_WAW, _ALEF_WAW = _code("ئو"), _code("ؤو"), _code("أو")
#: Letters alone: marks are gone by then.
_ARABIC = _code("".join(letter for letter in _COVERED if "ء" <= letter <= "ي"))
_PLURALS = (_code("أوا"), _code("أون"))
#: As in :func:`store.folding.with_one_hamza`.
_HAMZA_OF_PLURAL = re.compile(
    b"(?<=[%b])%b(?=[%b](?![%b]))" % tuple(map(re.escape, (_ARABIC, _ALEF_WAW, _code("ان"), _ARABIC)))
)


class BeyondError(LookupError):
    """A word that is not indexed as it stands, being too long or of letters that have no code."""


def coded(text: str) -> bytes | None:
    """The folded words of a text in code, with blanks between, line ends kept; None where it has other letters."""
    try:
        written = charmap_encode(text, "strict", _CODING)[0]
    except UnicodeEncodeError:
        return None
    words = written.translate(_WORDS_ALONE, _MARKS)
    if _YEH_WAW in words:
        words = words.replace(_YEH_WAW, _WAW_WAW)
    if any(plural in words for plural in _PLURALS):
        words = _HAMZA_OF_PLURAL.sub(_WAW_WAW, words)
    return words.translate(_FOLDED)


# --- what a word is indexed as: each kind in letters of its own

_OF_WORDS = bytes(
    sorted({_BLANK, *(_FOLDED[code] for code, letter in enumerate(_CHARSET) if _is_of_word(letter))})
)
_OF_TERMS = b"0123456789abcdef"
_SIZE = len(_OF_WORDS)
_STEM, _OTHER = bytes(range(_SIZE)), bytes(range(_SIZE, 2 * _SIZE))
_TERM = bytes(range(2 * _SIZE, 2 * _SIZE + len(_OF_TERMS)))
_ALL = bytes(range(256))


def _rest(kind: bytes) -> bytes:
    return _ALL.translate(None, kind)


_TO_STEM, _TO_OTHER = bytes.maketrans(_OF_WORDS, _STEM), bytes.maketrans(_OF_WORDS, _OTHER)
_TO_TERM = bytes.maketrans(_OF_TERMS, _TERM)
_FROM_STEM, _NO_STEM = bytes.maketrans(_STEM, _OF_WORDS), _rest(_STEM)
_FROM_OTHER, _NO_OTHER = bytes.maketrans(_OTHER, _OF_WORDS), _rest(_OTHER)
_FROM_TERM, _NO_TERM = bytes.maketrans(_TERM, _OF_TERMS), _rest(_TERM)


class _Known(dict[bytes, bytes]):
    """The words met lately. When it is full it becomes the older generation, from which what is met again returns."""

    def __init__(self) -> None:
        super().__init__({_FENCE: b""})
        self._older: dict[bytes, bytes] = {}

    def __missing__(self, word: bytes) -> bytes:
        if word.isdigit():
            # Every page has numbers of its own, which would crowd the words out.
            return _of_number(word)
        if word == _FENCE:
            return b""
        if len(self) >= AT_HAND:
            self._older = dict(self)
            self.clear()
            self[_FENCE] = b""
        # Taken out there: what is in both would only take room twice.
        value = self._older.pop(word, None)
        if value is None:
            value = _of_word(word)
        self[word] = value
        return value


#: Look up with ``KNOWN[word]``; raises BeyondError.
KNOWN = _Known()
_known = KNOWN.__getitem__


def _of_number(word: bytes) -> bytes:
    if len(word) > LONGEST_WORD:
        raise BeyondError
    return _of_terms((word.decode(),))


def _of_word(word: bytes) -> bytes:
    """What one folded word is indexed as beside itself, and the terms by which it is related."""
    if len(word) > LONGEST_WORD:
        raise BeyondError
    norm = _decoded(word)
    stems, keys = analysed(norm)
    root = stems[0]
    out = _in_letters(root, _TO_STEM) if root != norm else b""
    if keys or len(stems) > 1:
        for other in dict.fromkeys((*stems, *keys)):
            if other != norm and other != root:
                out += _in_letters(other, _TO_OTHER)
    related_by = name_key(root) if root != norm else keys[0] if keys else root
    return out + _of_terms((related_by,))


def _in_letters(word: str, letters: bytes) -> bytes:
    try:
        return (_code(word) + b" ").translate(letters)
    except UnicodeEncodeError:
        raise BeyondError from None


def _of_terms(keys: Iterable[str]) -> bytes:
    terms = terms_of_keys(keys)
    return b"".join([b"%08x" % (term & 0xFFFFFFFF) for term in terms]).translate(_TO_TERM)


def _decoded(letters: bytes) -> str:
    return charmap_decode(letters, "strict", _CHARSET)[0]


def columns_of(folded: bytes) -> tuple[str, str, str]:
    """Folded words (:func:`coded`) as the three columns of the index, a fence for each line end behind the first word.

    Raises BeyondError.
    """
    words = folded.lstrip().replace(b"\n", _FENCED).split()
    found = b"".join(map(_known, words))
    return (
        _decoded(b" ".join(words)),
        _decoded(found.translate(_FROM_STEM, _NO_STEM)[:-1]),
        _decoded(found.translate(_FROM_OTHER, _NO_OTHER)[:-1]),
    )


def terms_of(folded: bytes) -> list[int]:
    """The terms of folded words, in order; raises BeyondError."""
    found = b"".join(map(_known, folded.split()))
    terms = array("i", unhexlify(found.translate(_FROM_TERM, _NO_TERM)))
    if sys.byteorder == "little":
        terms.byteswap()
    return terms.tolist()
