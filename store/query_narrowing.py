"""Words that every match of a regular expression must hold, so that the index finds where to look for it.

To read every article of a million takes most of a minute. Of ``/كيم (جونغ|جونج)/`` any match holds a word that
begins with one of two beginnings, and the index knows where those are; only there the pattern is looked for.
A pattern is read here more narrowly than the engine reads it, and given up where anything is in it of which it is
not certain what it means: then every article is read, as without this module. What is found never differs.

A word is of use where the pattern says that it begins there: behind a blank or a sign, ``^``, ``\\s`` or ``\\b``. Where
the pattern says that it ends as well, the very word is asked for, else all that begin so. Letters that a word may
have something before (``/كيم/`` is in وكيم too) are of no use: the index is in order of beginnings.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from .folding import SIGNS_OF_WORDS, fold
from .query_regex import folded_pattern
from .query_tree import And, Node, Or, Pattern, Prefix, Word
from .search_index import is_current
from .vocabulary import articles_beginning_with

#: So many ways to write a pattern out without its brackets are looked at, and so many words of each are asked for.
_MOST_WAYS, _MOST_WORDS = 24, 4
#: Shortest beginning that is asked for, and the longest.
_SHORTEST, _LONGEST = 2, 60
#: A beginning that more than one of so many articles have is not asked for: to merge its words takes as long as to read.
_BROAD = 4
#: Of so few articles it matters not.
_FEW = 1000


class _Sign(Enum):
    """What stands in a pattern beside letters."""

    #: No letter or digit, or the beginning or end of a paragraph.
    EDGE = 1
    #: Anything, or nothing.
    ANYTHING = 2


#: A way to write a pattern out: letters and signs in a row.
_Way = tuple["str | _Sign", ...]
_LETTER = re.compile("[ء-غف-ي]")
#: What escapes mean; any other of a letter or digit is not looked into.
_ESCAPES = dict.fromkeys("sAZbntrfv", _Sign.EDGE) | dict.fromkeys("dDwWSB", _Sign.ANYTHING)
_COUNT = re.compile(r"[*?+]|\{(\d*)[^}]*\}")
_GROUP = re.compile(r"\((?:\?(?::|>|P?<\w+>))?(?!\?)")
#: Behind its bracket; one in another, or a bracket that closes as the first of it, is not looked into.
_SET = re.compile(r"(\^?(?:\\.|[^\[\]\\])+)\]", re.DOTALL)
_LOOKING_AROUND = re.compile(r"\(\?<?[=!]")


class _GiveUp(Exception):
    """Something is in the pattern of which it is not certain what it means."""


@dataclass(slots=True)
class _Reader:
    """Reads a folded pattern from the left, into every way to write it out."""

    text: str
    place: int = 0

    def alternatives(self) -> list[_Way]:
        """What stands from here to the end, or to the bracket that closes."""
        found = self._sequence()
        while self._take("|"):
            found += self._sequence()
        if len(found) > _MOST_WAYS:
            raise _GiveUp
        return found

    def _sequence(self) -> list[_Way]:
        ways: list[_Way] = [()]
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            found = self._counted(self._atom())
            if len(ways) * len(found) > _MOST_WAYS:
                found = [(_Sign.ANYTHING,)]
            ways = [way + more for way in ways for more in found]
        return ways

    def _take(self, sign: str) -> bool:
        is_there = self.text.startswith(sign, self.place)
        self.place += len(sign) if is_there else 0
        return is_there

    def _atom(self) -> list[_Way]:
        char = self.text[self.place]
        if char == "(":
            return self._group()
        self.place += 1
        if char == "\\":
            return [(self._escaped(),)]
        if char == "[":
            return self._set()
        if char == ".":
            return [(_Sign.ANYTHING,)]
        return [(_read_as(char),)]

    def _escaped(self) -> str | _Sign:
        char = self.text[self.place : self.place + 1]
        self.place += 1
        if char.isascii() and char.isalnum():
            if char not in _ESCAPES:
                raise _GiveUp
            return _ESCAPES[char]
        return _read_as(char)

    def _set(self) -> list[_Way]:
        """A handful of letters is so many ways; any other set is anything."""
        whole = _SET.match(self.text, self.place)
        if whole is None:
            raise _GiveUp
        self.place = whole.end()
        letters = whole.group(1)
        if len(letters) <= _MOST_WAYS and all(map(_LETTER.fullmatch, letters)):
            return [(letter,) for letter in letters]
        return [(_Sign.ANYTHING,)]

    def _group(self) -> list[_Way]:
        around = _LOOKING_AROUND.match(self.text, self.place)
        opening = around or _GROUP.match(self.text, self.place)
        if opening is None:
            raise _GiveUp
        self.place = opening.end()
        found = self.alternatives()
        if around:
            # It takes nothing of the text, so what stands on both sides of it may be one word.
            found = [(_Sign.ANYTHING,)]
        if not self._take(")"):
            raise _GiveUp
        return found

    def _counted(self, found: list[_Way]) -> list[_Way]:
        """What stands before a count: once and then anything, or nothing at all."""
        count = _COUNT.match(self.text, self.place)
        if count is None:
            return found
        self.place = count.end()
        # Lazy or possessive: neither changes what is found.
        _ = self._take("?") or self._take("+")
        if count.group() == "?":
            return [*found, ()]
        is_needed = count.group() == "+" or int(count.group(1) or 0) > 0
        return [(*way, _Sign.ANYTHING) for way in found] if is_needed else [(_Sign.ANYTHING,)]


def _read_as(char: str) -> str | _Sign:
    """A letter of a folded pattern that stands for itself."""
    if _LETTER.fullmatch(char):
        return char
    if char in "^$":
        return _Sign.EDGE
    return _Sign.ANYTHING if char.isalnum() else _Sign.EDGE


#: A word that is asked for, and whether it is the very word, not a beginning.
_Asked = tuple[str, bool]


def _words(way: _Way) -> list[_Asked]:
    """The words of one way that begin where the pattern says so, the longest first."""
    found: list[_Asked] = []
    letters, has_begun = "", False
    for sign in (*way, _Sign.ANYTHING):
        if isinstance(sign, str):
            letters += sign
            continue
        if letters and has_begun:
            found += _certain(letters, is_whole=sign is _Sign.EDGE)
        letters, has_begun = "", sign is _Sign.EDGE
    return sorted(dict.fromkeys(found), key=lambda one: (-len(one[0]), one))[:_MOST_WORDS]


#: Of شئون the index has شوون, of قرأوا قروا (:func:`store.folding.with_one_hamza`): where it may have another letter.
_OTHER_LETTER, _OTHER_END = re.compile("يو"), re.compile("او[ان]$")
_OTHER_BEGINNING = re.compile("(?:ي|ا|او|او[ان])$")


def _certain(letters: str, *, is_whole: bool) -> list[_Asked]:
    """The word as the index has it for certain: cut before a letter that it may have written otherwise."""
    for other in (_OTHER_LETTER, _OTHER_END if is_whole else _OTHER_BEGINNING):
        match = other.search(letters)
        if match:
            letters, is_whole = letters[: match.start()], False
    if len(letters) > _LONGEST:
        letters, is_whole = letters[:_LONGEST], False
    if any(fold(word).strip().startswith(letters) for word in SIGNS_OF_WORDS.values()) or (
        not is_whole and len(letters) < _SHORTEST
    ):
        return []
    return [(letters, is_whole)]


@lru_cache(maxsize=64)
def needed(pattern: str) -> tuple[tuple[_Asked, ...], ...]:
    """For every way to match a pattern, the words that it needs: (word, is it the very word). Empty for unknown.

    Pure; ``pattern`` can be read (:func:`store.query_regex.read`).
    """
    reader = _Reader(folded_pattern(pattern)[0])
    try:
        ways = reader.alternatives()
    except (_GiveUp, RecursionError):
        return ()
    if reader.place < len(reader.text):
        return ()
    found = tuple(dict.fromkeys(tuple(_words(way)) for way in ways))
    # A way that needs no word is found anywhere.
    return found if all(found) else ()


def narrowing(connection: sqlite3.Connection, pattern: Pattern) -> Node | None:
    """A tree of words that finds every article which a pattern finds, and others; None where every one must be read."""
    ways = needed(pattern.text)
    if not ways or not is_current(connection):
        return None
    total = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
    most = max(total / _BROAD, _FEW)
    found: list[Node] = []
    for way in ways:
        nodes: list[Node] = [Word(word, pattern.part, is_exact=True) for word, is_whole in way if is_whole]
        nodes += [
            Prefix(word, pattern.part)
            for word, is_whole in way
            if not is_whole and articles_beginning_with(connection, word, most) < most
        ]
        if not nodes:
            return None
        found.append(nodes[0] if len(nodes) == 1 else And(tuple(nodes)))
    return found[0] if len(found) == 1 else Or(tuple(found))
