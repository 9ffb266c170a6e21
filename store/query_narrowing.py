"""Words that every match of a regular expression must hold, so that the index finds where to look for it.

To read every article of a million takes most of a minute. Of ``/كوري[اة]/`` any match holds a word that has one of two
runs of letters in it; which words have (:mod:`store.wordlist`), and which articles hold those, the index knows, and only
there the pattern is looked for. A pattern is read here more narrowly than the engine reads it, and given up where
anything is in it of which it is not certain what it means: then every article is read, as without this module. What is
found never differs.

What is looked up are runs of letters of which all are certain: Arabic letters, Latin ones and digits, or any of a few.
Where the pattern says that a word begins (behind a blank or a sign, ``^``, ``\\s`` or ``\\b``) or ends there, the run is
the beginning or the end of a word, or the very word; else it is anywhere in one.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from . import wordlist
from .folding import SIGNS_OF_WORDS, fold
from .query_regex import folded_pattern
from .query_tree import NOTHING, And, Node, OneOf, Or, Pattern
from .search_index import is_current

#: So many ways to write a pattern out without its brackets are looked at, and so many runs of each are looked up.
_MOST_WAYS, _MOST_RUNS = 24, 4
#: Shortest run that is looked up, but for whole words, and the longest: the index cuts longer words.
_SHORTEST, _LONGEST = 2, 60
#: A run that is in more words than this is not asked for: to open their lists takes as long as to read many articles.
_MOST_WORDS = 1000
#: To find the words with a run somewhere in them all words are walked over: so often in one pattern, and for each way once.
_MOST_WALKS = 6
#: Letters that may stand in one place.
_MOST_LETTERS = 40


class _Sign(Enum):
    """What stands in a pattern beside letters."""

    #: No letter or digit, or the beginning or end of a paragraph.
    EDGE = 1
    #: Anything, or nothing.
    ANYTHING = 2


#: A way to write a pattern out: places in a row, each with the letters that may stand there, and signs.
_Way = tuple["str | _Sign", ...]
#: Letters that fold to themselves alone, and that the index has in words as they stand in folded text.
_LETTER = re.compile("[ء-غف-يA-Za-z0-9]")
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
        """A handful of letters is one of them; any other set is anything."""
        whole = _SET.match(self.text, self.place)
        if whole is None:
            raise _GiveUp
        self.place = whole.end()
        letters = whole.group(1)
        if len(letters) <= _MOST_LETTERS and all(map(_LETTER.fullmatch, letters)):
            return [("".join(sorted(set(letters.lower()))),)]
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
        # Capitals do not count, and folded text has none.
        return char.lower()
    if char in "^$":
        return _Sign.EDGE
    return _Sign.ANYTHING if char.isalnum() else _Sign.EDGE


class Run(NamedTuple):
    """Letters in a row, for each place those that may stand there, and whether a word begins and ends with them."""

    places: tuple[str, ...]
    begins: bool = False
    ends: bool = False

    @property
    def is_word(self) -> bool:
        """True for one very word."""
        return self.begins and self.ends and all(len(letters) == 1 for letters in self.places)

    @property
    def pattern(self) -> str:
        """The run for GLOB."""
        letters = "".join(letters if len(letters) == 1 else f"[{letters}]" for letters in self.places)
        return ("" if self.begins else "*") + letters + ("" if self.ends else "*")


def _runs(way: _Way) -> list[Run]:
    """The runs of one way: those first that say more."""
    found: list[Run] = []
    places: list[str] = []
    begins = False
    for sign in (*way, _Sign.ANYTHING):
        if isinstance(sign, str):
            places.append(sign)
            continue
        if places:
            found += _certain(Run(tuple(places), begins, ends=sign is _Sign.EDGE))
        places, begins = [], sign is _Sign.EDGE
    return sorted(dict.fromkeys(found), key=lambda run: (-len(run.places), -run.begins, -run.ends, run))[
        :_MOST_RUNS
    ]


#: Runs that a sign by itself may be (﷼), of which the index knows nothing.
_NO_WORDS = [fold(word).strip() for word in SIGNS_OF_WORDS.values()]


def _certain(run: Run) -> list[Run]:
    """The run as the index has it for certain; none where that is too little to look up."""
    if run.begins and len(run.places) > _LONGEST:
        run = Run(run.places[:_LONGEST], begins=True)
    run = run._replace(places=tuple(_as_indexed(run, place) for place in range(len(run.places))))
    is_in_sign = any(_is_in(run, word) for word in _NO_WORDS)
    is_short = len(run.places) < _SHORTEST and not (run.begins and run.ends)
    return [] if is_in_sign or is_short else [run]


def _as_indexed(run: Run, place: int) -> str:
    """The letters of one place, and those that the index may have there instead.

    Of شئون it has شوون, of قرأوا قروا (:func:`store.folding.with_one_hamza`): و for ي before و, and for ا before وا or ون.
    """
    letters = run.places[place]
    following = [*run.places[place + 1 : place + 3], *(() if run.ends else (None, None))]
    is_before_waw = bool(following) and (following[0] is None or "و" in following[0])
    ending = following[1] if len(following) > 1 else ""
    is_before_plural = is_before_waw and (ending is None or not {"ا", "ن"}.isdisjoint(ending))
    if ("ي" in letters and is_before_waw) or ("ا" in letters and is_before_plural):
        return "".join(sorted({*letters, "و"}))
    return letters


def _is_in(run: Run, word: str) -> bool:
    """True where a word by itself has the run in it."""
    size = len(run.places)
    first = 0 if run.begins else max(len(word) - size, 0)
    return any(
        all(letter in letters for letter, letters in zip(word[start:], run.places, strict=False))
        for start in range(first + 1)
        if start + size <= len(word) and (not run.ends or start + size == len(word))
    )


@lru_cache(maxsize=64)
def needed(pattern: str) -> tuple[tuple[Run, ...], ...]:
    """For every way to match a pattern, the runs of letters that it needs, those first that say more. Empty for unknown.

    Pure; ``pattern`` can be read (:func:`store.query_regex.read`).
    """
    reader = _Reader(folded_pattern(pattern)[0])
    try:
        ways = reader.alternatives()
    except (_GiveUp, RecursionError):
        return ()
    if reader.place < len(reader.text):
        return ()
    found = tuple(dict.fromkeys(tuple(_runs(way)) for way in ways))
    # A way that needs nothing is found anywhere.
    return found if all(found) else ()


def narrowing(connection: sqlite3.Connection, pattern: Pattern) -> Node | None:
    """A tree of words that finds every article which a pattern finds, and others; None where every one must be read.

    NOTHING where no word of the archive has what the pattern needs.
    """
    ways = needed(pattern.text)
    if not ways or not is_current(connection):
        return None
    walks = max(1, _MOST_WALKS // len(ways))
    found: list[Node] = []
    for way in ways:
        asked = _words_of(connection, way, walks)
        if not asked:
            return None
        if all(asked):
            nodes = tuple(OneOf(words, pattern.part) for words in asked)
            found.append(nodes[0] if len(nodes) == 1 else And(nodes))
    return found[0] if len(found) == 1 else Or(tuple(found)) if found else NOTHING


def _words_of(connection: sqlite3.Connection, way: tuple[Run, ...], walks: int) -> list[tuple[str, ...]]:
    """For the runs of one way the words of the archive that have them, but for runs that too many have."""
    found: list[tuple[str, ...]] = []
    for run in way:
        if not run.begins:
            if walks == 0:
                continue
            walks -= 1
        words = (
            ("".join(run.places),) if run.is_word else wordlist.matching(connection, run.pattern, _MOST_WORDS)
        )
        if words is not None:
            found.append(words)
        elif not run.begins:
            # There were so many that they were met early.
            walks += 1
        if words == ():
            break
    return found
