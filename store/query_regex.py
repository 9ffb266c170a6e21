"""Regular expressions of the query language (``/…/``): reading them, looking for them, in bounded time.

What matches: the text as a reader sees it, so pattern and text are both folded (:mod:`store.folding`): harakat,
tatweel, forms of hamza, ى and ي, ة and ه, kinds of digits and capitals are one. A match lies within one paragraph,
or the headline; ``^`` and ``$`` are its ends. A range of letters is read after folding: ``[أ-ي]`` is ``[ا-ي]``.

What is understood is what can be bounded: the signs of Python's ``re``, with possessive counts and ``\\p{…}``;
no recursion, no fuzzy matching, no flags. A pattern may be slow all the same, since it backtracks, so the engine
(the ``regex`` package, whose search can be given a time) is given little time for each text, and a statement little
for all texts that took long.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from .errors import QueryError, StoreError
from .folding import SIGNS_OF_WORDS, fold, fold_words

if TYPE_CHECKING:
    import regex

#: Longest pattern, in code points; and how often the least of its counts may multiply: ``(a{100}){100}`` is written out.
LONGEST_PATTERN, MOST_COUNTED = 300, 10_000
#: A pattern counts as so many words of a query: each is looked for in every candidate.
WORDS_OF_PATTERN = 20
#: Seconds for one paragraph, and in one statement for all articles that took longer than SLOW; marking has less time.
MOST_FOR_ONE, MOST_FOR_SLOW, SLOW, MOST_FOR_MARKS = 0.1, 2.0, 0.01, 0.02
#: Most places that are marked in one text.
_MOST_MARKS = 500
TOO_SLOW = "this pattern takes too long: write it more plainly"

UNREADABLE = "this pattern cannot be read from here on"
#: What the engine says → what we say.
REASONS = {
    "missing )": "a bracket of this pattern is never closed",
    "unbalanced parenthesis": "a bracket that was never opened",
    "unterminated character set": "a [ of this pattern is never closed",
    "nothing to repeat": "nothing stands here to be repeated",
    "multiple repeat": "nothing stands here to be repeated",
    "bad character range": "this range goes backwards",
    "min repeat greater than max repeat": "this range goes backwards",
    "repeat count too big": "this count is too large",
    "unknown property": "no such kind of letters",
}
NOT_UNDERSTOOD = "this is not understood in a pattern"


class PatternError(ValueError):
    """A pattern that cannot be read: ``place`` is an index in it."""

    def __init__(self, place: int, reason: str) -> None:
        super().__init__(reason)
        self.place = place
        self.reason = reason


def ends_at(text: str, start: int) -> int | None:
    """Where the slash stands that closes the pattern opened at ``start``; ``\\/`` is a slash in it. None for nowhere."""
    place = start + 1
    while place < len(text):
        if text[place] == "/":
            return place
        place += 2 if text[place] == "\\" else 1
    return None


def opens_at(text: str, place: int) -> bool:
    """True where a slash opens a pattern: one before a blank or another slash is punctuation, as in pasted headlines."""
    following = text[place + 1 : place + 2]
    return text[place] == "/" and bool(following) and following != "/" and not following.isspace()


@lru_cache(maxsize=64)
def read(pattern: str) -> regex.Pattern[str]:
    """The pattern, folded and compiled; raises PatternError with place and reason."""
    import regex

    _refuse(pattern)
    folded, origins = _with_borders(*folded_pattern(pattern))
    has_case = any(char.lower() != char.upper() for char in folded)
    try:
        return regex.compile(folded, regex.IGNORECASE if has_case else 0)
    except regex.error as error:
        at = min(getattr(error, "pos", None) or 0, len(origins) - 1)
        said = getattr(error, "msg", "")
        reason = NOT_UNDERSTOOD if said.startswith("bad escape") else REASONS.get(said, UNREADABLE)
        raise PatternError(origins[at], reason) from None
    except Exception:
        # The engine meets some patterns with errors of its insides (recursion, overflow): those cannot be read either.
        raise PatternError(0, UNREADABLE) from None


def _refuse(pattern: str) -> None:
    """Raise PatternError for what could not be bounded, or is no letter."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(LONGEST_PATTERN, f"longer than {LONGEST_PATTERN} letters")
    counted = 1
    for place, piece in _pieces(pattern):
        if any("\ud800" <= char <= "\udfff" for char in piece):
            raise PatternError(place, NOT_UNDERSTOOD)
        if piece == "\\L" or (piece[0] == "(" and len(piece) > 1 and not _is_group(piece)):
            raise PatternError(place, NOT_UNDERSTOOD)
        if piece[0] == "{":
            least, comma, most = piece[1:-1].partition(",")
            if not all(number.isascii() and (number.isdecimal() or not number) for number in (least, most)):
                raise PatternError(place, NOT_UNDERSTOOD)
            counted *= max(int((least or "1")[:9]), 1)
            if counted > MOST_COUNTED or (comma and len(most) > 6):
                raise PatternError(place, REASONS["repeat count too big"])


_GROUPS = ("(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?P<", "(?P=", "(?<")


def _is_group(piece: str) -> bool:
    return piece.startswith(_GROUPS) and not piece.startswith("(?P>")


def _pieces(pattern: str) -> Iterator[tuple[int, str]]:
    """The pattern cut where its signs stand, with their places: escapes, openings of groups, counts, single letters."""
    place, is_in_set = 0, False
    while place < len(pattern):
        char, end = pattern[place], place + 1
        if char == "\\":
            end = min(place + 2, len(pattern))
            if pattern[place + 1 : end] in ("p", "P", "N") and pattern[end : end + 1] == "{":
                # The name in braces is no count.
                yield place, pattern[place:end]
                closing = pattern.find("}", end)
                place, end = end, closing + 1 if closing >= 0 else len(pattern)
                yield place, "\\" + pattern[place:end]
                place = end
                continue
        elif is_in_set:
            is_in_set = char != "]" or pattern[place - 1] == "[" or pattern[place - 2 : place] == "[^"
        elif char == "[":
            is_in_set = True
        elif char == "(" and pattern[end : end + 1] in ("?", "*"):
            end = min(place + 4, len(pattern))
        elif char == "{":
            closing = pattern.find("}", place)
            end = closing + 1 if closing >= 0 else len(pattern)
        yield place, pattern[place:end]
        place = end


def folded_pattern(pattern: str) -> tuple[str, list[int]]:
    """The pattern with its letters folded, and for each code point (and the end) the place it came from."""
    out: list[str] = []
    origins: list[int] = []
    place = 0
    while place < len(pattern):
        char, step = pattern[place], 1
        if char == "\\" and place + 1 < len(pattern):
            escaped = pattern[place + 1]
            # A letter that needs no escaping is itself; every other escape says something that folding would destroy.
            written = pattern[place : place + 2] if escaped.isascii() else _letter(escaped)
            step = 2
        elif char.isascii():
            written = char
        else:
            written = _letter(char)
            # One sign for several letters (ﻻ) stays one thing to repeat.
            written = f"(?:{written})" if len(written) > 1 and not _is_in_set(pattern, place) else written
        out.append(written)
        origins += [place] * len(written)
        place += step
    return "".join(out), [*origins, len(pattern)]


def _letter(char: str) -> str:
    """One code point of a pattern, folded; the blanks about a sign that is a word are no letters of it."""
    return fold(char) if char in SIGNS_OF_WORDS else fold_words(char)


#: Where a word begins or ends. The engine sees one beside ❶ as well, which is a letter of a word to Python's ``re``
#: and to the index: what was found there, the index would not lead to (:mod:`store.query_narrowing`).
_BORDER = r"(?:\b(?<!\p{No})(?!\p{No}))"


def _with_borders(folded: str, origins: list[int]) -> tuple[str, list[int]]:
    """A folded pattern with its ``\\b`` written out for the engine, and the places its code points came from."""
    if "\\b" not in folded:
        return folded, origins
    out: list[str] = []
    places: list[int] = []
    opened: int | None = None
    for place, piece in _pieces(folded):
        if opened is None:
            opened = place if piece == "[" else None
        elif piece == "]" and folded[opened:place] not in ("[", "[^"):
            opened = None
        if piece == "\\b" and opened is None:
            out.append(_BORDER)
            places += [origins[place]] * len(_BORDER)
        else:
            out.append(piece)
            places += origins[place : place + len(piece)]
    return "".join(out), [*places, origins[-1]]


def _is_in_set(pattern: str, place: int) -> bool:
    before = pattern[:place]
    return before.rfind("[") > before.rfind("]")


# Looking for it


@dataclass(slots=True)
class _Watch(threading.local):
    """What one thread's statement has spent on slow texts, and why it was given up."""

    spent: float = 0.0
    failure: BaseException | None = None
    should_stop: Callable[[], bool] | None = None


_watch = _Watch()


@contextmanager
def watched() -> Iterator[None]:
    """Run one statement with a bound on its patterns; raises what stopped it, which SQLite would only call an error."""
    _watch.spent, _watch.failure = 0.0, None
    try:
        yield
    except sqlite3.OperationalError:
        failure, _watch.failure = _watch.failure, None
        if failure is None:
            raise
        raise failure from None


def stop_when(should_stop: Callable[[], bool] | None) -> None:
    """Ask that before each text of this thread's statements: SQLite itself would ask only after hundreds of them."""
    _watch.should_stop = should_stop


def is_found(pattern: str, place: int, text: str | None) -> bool:
    """The SQL function ``pattern_found``: whether a paragraph of the text matches.

    ``place`` is where the pattern stands in the query, for the QueryError it raises when the time is up; SQLite
    swallows that, so :func:`watched` raises it again.
    """
    try:
        if _watch.should_stop is not None and _watch.should_stop():
            raise StoreError("interrupted")
        compiled = read(pattern)
        # The time of this thread: what others take from it is no fault of the pattern.
        start = time.thread_time()
        found = any(
            compiled.search(fold_words(paragraph), timeout=MOST_FOR_ONE) is not None
            for paragraph in (text or "").split("\n")
        )
        _spend(time.thread_time() - start)
        return found
    except TimeoutError:
        _watch.failure = QueryError(pattern, place, TOO_SLOW)
        raise
    except BaseException as error:
        # Also a Ctrl-C that came while SQLite was at work.
        _watch.failure = error
        raise


def _spend(seconds: float) -> None:
    """Count what one text took, if that was long; raises TimeoutError when it is too much together."""
    if seconds > SLOW:
        _watch.spent += seconds
        if _watch.spent > MOST_FOR_SLOW:
            raise TimeoutError


# Marking it

#: How often marking a pattern took too long; after _STRIKES it is not tried again, for it is done between two pictures.
_strikes: Counter[str] = Counter()
_STRIKES = 3


@lru_cache(maxsize=256)
def ranges(pattern: str, text: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a text (code points) that a pattern matches, paragraph by paragraph; none where it takes too long.

    An article that was found is looked at again to mark it, on the way to the screen: hence the shorter time.
    """
    found: list[tuple[int, int]] = []
    start, until = 0, time.perf_counter() + MOST_FOR_MARKS
    try:
        compiled = read(pattern)
        if _strikes[pattern] >= _STRIKES:
            return ()
        for paragraph in text.split("\n"):
            left = until - time.perf_counter()
            if left <= 0:
                raise TimeoutError
            found += ((start + a, start + b) for a, b in _in_paragraph(compiled, paragraph, left))
            start += len(paragraph) + 1
    except TimeoutError:
        _strikes[pattern] += 1
        return ()
    return tuple(found[:_MOST_MARKS])


def _in_paragraph(compiled: regex.Pattern[str], text: str, seconds: float) -> Iterator[tuple[int, int]]:
    folded, starts = folded_with_places(text)
    for match in islice(compiled.finditer(folded, timeout=seconds), _MOST_MARKS):
        start, end = match.span()
        if end > start:
            yield _place(starts, start), _place(starts, end - 1) + 1


def _place(starts: Sequence[int] | None, folded: int) -> int:
    """The code point of the text that a folded one came from."""
    return folded if starts is None else bisect_right(starts, folded) - 1


def folded_with_places(text: str) -> tuple[str, Sequence[int] | None]:
    """A text folded letter by letter, and where each of its code points begins in that; None where nothing moved."""
    pieces = [fold_words(char) for char in text]
    folded = "".join(pieces)
    if all(len(piece) == 1 for piece in pieces):
        return folded, None
    return folded, [0, *accumulate(map(len, pieces))][:-1]
