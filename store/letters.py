"""Words in one byte a letter, and what each is indexed as: the fast way through whole articles.

In the code of :mod:`store.codes` a text is folded by two passes of
``bytes.translate``, cut at blanks and looked up. What is found is one run of
bytes as well, in which stems, other forms and terms have letters that no other
has: joined for a whole article, one pass for each takes them apart again. A
word takes a third of the memory of a tuple of strings.

What is written in other letters goes by :mod:`store.pieces`, with the same result.
"""

from __future__ import annotations

import re
import sys
from array import array
from binascii import unhexlify
from collections.abc import Iterable
from functools import lru_cache

from .arabic import LONGEST_WORD, index_terms
from .codes import CHARSET, COVERED, code_of, decoded, encoded, table_of
from .folding import MARKS, fold
from .names import analysed, key_afresh
from .query_fts import FENCE
from .terms import terms_of_keys

#: Digits of a number that is met again.
_COMMON_NUMBER = 4
#: So many words are at hand in each of two generations, some 150 bytes each.
AT_HAND = 64_000

_BLANK = 0x20
_FENCE = code_of(FENCE)
_FENCED = b" " + _FENCE + b" "
_MARK = re.compile(f"[{MARKS}]")


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() and not _MARK.match(letter)


def _of_word_alone(letter: str) -> str:
    """A letter of a word or a line end as it is, a blank for a sign, nothing for a mark inside a word."""
    if _MARK.match(letter):
        return ""
    return letter if letter == "\n" or _is_of_word(letter) else " "


#: Hamza is looked at among its neighbours between the two.
_WORDS_ALONE, _MARKS = table_of(_of_word_alone)
#: ڤ stays what it is until its word is looked up, for it is read as ف and as ق.
_VEH = "ڤ"
_FOLDED, _ = table_of(lambda letter: fold(letter) if _is_of_word(letter) and letter != _VEH else letter)
_VEH_CODE = code_of(_VEH)
_VEH_FOLDED = CHARSET.replace(_VEH, fold(_VEH))

_YEH_WAW, _WAW_WAW = code_of("ئو"), code_of("ؤو")
#: Letters alone: marks are gone by then.
_ARABIC = code_of("".join(letter for letter in COVERED if "ء" <= letter <= "ي"))
_PLURALS = (code_of("أوا"), code_of("أون"))
#: As in :func:`store.folding.with_one_hamza`; what begins with one letter is searched for ten times as fast.
_HAMZA_OF_PLURAL = re.compile(
    b"%(alef)b(?<=[%(arabic)b]%(alef)b)%(waw)b(?=[%(ends)b](?![%(arabic)b]))"
    % {
        name.encode(): re.escape(letters)
        for name, letters in {
            "alef": code_of("أ"),
            "waw": code_of("و"),
            "ends": code_of("ان"),
            "arabic": _ARABIC,
        }.items()
    }
)


class BeyondError(LookupError):
    """What is not indexed as it stands here: a word that is too long, or letters that have no code."""


def coded(text: str) -> bytes | None:
    """The folded words of a text in code, with blanks between, line ends kept; None for what needs another way."""
    written = encoded(text)
    if written is None:
        return None
    words = written.translate(_WORDS_ALONE, _MARKS)
    if _YEH_WAW in words:
        words = words.replace(_YEH_WAW, _WAW_WAW)
    if any(plural in words for plural in _PLURALS):
        if _VEH_CODE in words:
            # Read as ق it may be a letter before أو, read as it is it is none.
            return None
        words = _HAMZA_OF_PLURAL.sub(_WAW_WAW, words)
    return words.translate(_FOLDED)


# --- what a word is indexed as: each kind in letters of its own

_OF_WORDS = bytes(
    sorted({_BLANK, *(_FOLDED[code] for code, letter in enumerate(CHARSET) if _is_of_word(letter))})
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
        if len(word) > _COMMON_NUMBER and word.isdigit():
            # Every page has numbers of its own, which would crowd the words out; years are in all of them.
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
    norm = decoded(word, _VEH_FOLDED)
    stems, keys = analysed(norm)
    root = stems[0]
    if (written := decoded(word)) != norm:
        return _others(norm, root, index_terms(written)) + _of_stem(root, is_word=root == norm)
    others = _others(norm, root, (*stems, *keys)) if keys or len(stems) > 1 else b""
    if root == norm:
        return others + _of_terms((keys[0] if keys else root,))
    return others + _of_stem(root)


def _others(norm: str, root: str, found: Iterable[str]) -> bytes:
    """The other forms, each left out where one before it is the same."""
    out = b""
    for other in dict.fromkeys(found):
        if other != norm and other != root:
            out += _in_letters(other, _TO_OTHER)
    return out


@lru_cache(maxsize=4096)
def _of_stem(root: str, *, is_word: bool = False) -> bytes:
    """A stem, where its word is another, and its terms: shared by many words."""
    stem = b"" if is_word else _in_letters(root, _TO_STEM)
    return stem + _of_terms((key_afresh(root),))


def _in_letters(word: str, letters: bytes) -> bytes:
    try:
        return (code_of(word) + b" ").translate(letters)
    except UnicodeEncodeError:
        raise BeyondError from None


def _of_terms(keys: Iterable[str]) -> bytes:
    terms = terms_of_keys(keys)
    return b"".join([b"%08x" % (term & 0xFFFFFFFF) for term in terms]).translate(_TO_TERM)


def columns_of(folded: bytes) -> tuple[str, str, str]:
    """Folded words (:func:`coded`) as the three columns of the index, with a fence for each line end.

    Raises BeyondError, also where a line end stands before any word: whether there was a sign is not known here.
    """
    if b"\n" in folded[: len(folded) - len(folded.lstrip())]:
        raise BeyondError
    words = folded.replace(b"\n", _FENCED).split()
    found = b"".join(map(_known, words))
    return (
        decoded(b" ".join(words), _VEH_FOLDED),
        decoded(found.translate(_FROM_STEM, _NO_STEM)[:-1]),
        decoded(found.translate(_FROM_OTHER, _NO_OTHER)[:-1]),
    )


def terms_of(folded: bytes) -> list[int]:
    """The terms of folded words, in order; raises BeyondError."""
    found = b"".join(map(_known, folded.split()))
    terms = array("i", unhexlify(found.translate(_FROM_TERM, _NO_TERM)))
    if sys.byteorder == "little":
        terms.byteswap()
    return terms.tolist()
