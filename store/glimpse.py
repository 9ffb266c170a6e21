"""Which pieces of a text may hold a word of a query: one look by patterns, before any is analysed. Pure.

To analyse a word that was never met costs 90 microseconds, and the candidates
of a query have thousands. So each term of a query becomes a pattern of
consonants with vowels anywhere between, of whole words alone: before it what
a word may have before it, behind it endings. A consonant stands for those
that a key of a name may write as it (ج for غ ق ك خ), and only for those: no
key has a ك that was a ق. Of a hundred words all but two are passed over so.

Letters are bytes here, and vowels one byte: a text is brought to them in a
twentieth of the time that it takes letter by letter, and so are patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from .folding import fold

#: One byte for each letter of folded Arabic, and for signs. It has none for ڤ, for which پ stands, a ب when folded.
_CODE, _V, _V_AS = "cp1256", "ڤ", "پ"
#: Letters that come and go between spellings, in every form of hamza, and what they become; what marks become.
_VOWELS, _VOWEL, _MARK = "اأإآوؤيئىء", "ا", "ـ"
#: What a consonant of a term may be in a text: a letter of a key, those that it stands for; others, themselves.
_WRITTEN = {
    "ج": "جغقكخپ",
    "ت": "تطث",
    "س": "سثصزشظذ",
    "د": "دضذ",
    "ف": "فبپ",
    "ق": "قپ",
    "م": "من",
    "ه": "هح",
}
#: تش, تس and تز are one sound.
_BEHIND_T = "سشز"
#: So many letters and marks are in a word at most, and so often is one letter said again, unless it is asked so: a text
#: of one letter ten thousand times would else be gone through from each of them to its end.
_LONGEST, _AGAIN = 128, 12
#: Any run of vowels. Nothing is given back of it, for no consonant is in it.
_RUN = f"[{_VOWEL}{_MARK}]{{0,{_LONGEST}}}+"
#: What may stand before a term: clitics and the article, then what a pattern of verb or noun puts before its root.
_BEFORE = f"[{_VOWEL}{_MARK}فپبلك]*(?:(?:[تمن]|[{_VOWEL}تمن]{_MARK}*س{_MARK}*ت){_RUN})?"
#: So many letters before a term are looked at: none that is not of a clitic is farther.
_FAR = 32
#: Endings.
_BEHIND = f"[{_VOWEL}{_MARK}هتمنك]{{0,{_LONGEST}}}+"
#: Letters that have to be folded before they are made bytes.
_UNPLAIN = re.compile("[^\n -@\\[-~،؛؟«»“”‘’–—ء-غف-ي]+")
#: Other letters of the world share capitals, which no folded text has.
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TABLE = bytes.maketrans((_VOWELS + "ة").encode(_CODE), (_VOWEL * len(_VOWELS) + "ه").encode(_CODE))
_LETTERS = (
    "0-9A-Za-z"
    + "".join(chr(point) for point in range(ord("ء"), ord("ي") + 1) if chr(point).isalpha())
    + _MARK
    + _V_AS
)


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that keeps every code point's place, filled as code points are met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = " " if char.isspace() else _V_AS if char == _V else fold(char)[:1]
        if folded != _V_AS and folded.isalnum() and _UNPLAIN.match(folded):
            folded = _CAPITALS[ord(folded) % len(_CAPITALS)]
        self[point] = folded or _MARK
        return self[point]


_folding = _Folding()


def _folded(match: re.Match[str]) -> str:
    return match.group().translate(_folding)


def _bytes(text: str) -> bytes:
    """A text as the patterns read it: one byte for each code point."""
    return _UNPLAIN.sub(_folded, text).encode(_CODE, "replace").translate(_TABLE)


def _pattern(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode(_CODE, "ignore"), re.DOTALL)


_may_stand_before = _pattern(f"(?:.*[^{_LETTERS}])?{_BEFORE}").fullmatch


class Glimpse:
    """A look for the words of one query; ``terms`` are folded, each with how many consonants it has to have.

    With fewer a term keeps its vowels in their places, else it would be in every other word. Of ``beginnings``
    anything may stand behind.
    """

    def __init__(self, terms: Iterable[tuple[str, int]], beginnings: Iterable[str] = ()) -> None:
        whole = _ways(terms)
        begun = _ways((beginning, _LONGEST) for beginning in beginnings)
        both = [f"(?:{whole}){_BEHIND}(?![{_LETTERS}])"] if whole else []
        self._search = _pattern("|".join([*both, *([begun] if begun else [])]) or "(?!)").search

    def found(self, pieces: Iterable[str]) -> list[str]:
        """The pieces (no blank is in any) that may have a word of the query."""
        text = " ".join(pieces)
        letters, search, out = _bytes(text), self._search, []
        match = search(letters)
        while match:
            at = match.start()
            far = max(0, at - _FAR)
            if _may_stand_before(letters, max(far, letters.rfind(b" ", far, at) + 1), at):
                start, end = letters.rfind(b" ", 0, at) + 1, letters.find(b" ", match.end())
                end = len(letters) if end < 0 else end
                out.append(text[start:end])
                match = search(letters, end)
            else:
                match = search(letters, at + 1)
        return out


def _ways(terms: Iterable[tuple[str, int]]) -> str:
    """What any of some terms may be, each with how many consonants it has to have; empty of none."""
    rests: dict[str, set[str]] = {}
    for term, fewest in terms:
        firsts, rest = _shape(_bytes(term).decode(_CODE), fewest)
        for first in firsts:
            rests.setdefault(first, set()).add(rest)
    # Each way begins with a letter of its own, by which a search passes over most of a text.
    return "|".join(f"{re.escape(first)}(?:{'|'.join(sorted(rests[first]))})" for first in sorted(rests))


def _shape(term: str, fewest: int) -> tuple[str, str]:
    """A pattern for a term: the letters it may begin with, and the rest."""
    letters = [char for char in term if char != _VOWEL]
    if letters and term[-1] == "ه":
        letters.pop()
    if len(letters) < fewest:
        places = [f"[هح{_VOWEL}]" if char == "ه" else _letter(char) for char in term[1:]]
        return _WRITTEN.get(term[0], term[0]), "".join(f"{_MARK}*+{place}" for place in places)
    runs = [(char, len(list(same))) for char, same in groupby(letters)]
    again = _AGAIN if max(count for _, count in runs) < _AGAIN else _LONGEST
    first = letters[0]
    # Doubled letters are one to a key, also with a vowel between: جوكو, جو.
    rest = f"(?:{_RUN}{_letter(first)}){{0,{again}}}" + "".join(
        f"{_RUN}{_letter(char)}(?:{_RUN}{_letter(char)}){{0,{again}}}" for char, _ in runs[1:]
    )
    return _WRITTEN.get(first, first), rest


def _letter(char: str) -> str:
    letters = f"[{_WRITTEN[char]}]" if char in _WRITTEN else re.escape(char)
    return f"(?:ت{_RUN})?{letters}" if char in _BEHIND_T else letters
