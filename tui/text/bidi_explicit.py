"""Rules X1–X10 of UAX #9: explicit embeddings, overrides and isolates, and the isolating run sequences they make.

Needed only where a text has such controls, or a URL or a name is isolated by the layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

MAX_DEPTH = 125
"""BD2."""

_REMOVED = "acdegb"
"""X9: embeddings, overrides, their end, and BN."""


def sequences(
    letters: str, paragraph: int, removed: bytearray
) -> Iterator[tuple[list[int], str, int, str, str]]:
    """X1–X10: each isolating run sequence as (places, classes, level, sos, eos).

    Sets `removed` at the places X9 takes out.
    """
    matches = _matching_pdi(letters)
    levels, types = _explicit(letters, paragraph, matches)
    kept: list[int] = []
    for place, letter in enumerate(letters):
        if letter in _REMOVED:
            removed[place] = 1
        else:
            kept.append(place)
    # BD7: level runs.
    runs = [list(run) for _, run in groupby(kept, key=levels.__getitem__)]
    run_at = {run[0]: number for number, run in enumerate(runs)}
    closers = {closer for opener, closer in matches.items() if letters[closer] == "p"}
    for number, run in enumerate(runs):
        if run[0] in closers:
            continue  # X10: continues the sequence of its isolate initiator
        places = list(run)
        end = number
        while letters[places[-1]] in "lrf" and places[-1] in matches:
            end = run_at[matches[places[-1]]]
            places.extend(runs[end])
        level = levels[places[0]]
        before = levels[runs[number - 1][-1]] if number else paragraph
        if letters[places[-1]] in "lrf" or end + 1 == len(runs):
            after = paragraph
        else:
            after = levels[runs[end + 1][0]]
        sos = "R" if max(before, level) & 1 else "L"
        eos = "R" if max(after, level) & 1 else "L"
        yield places, "".join([types[place] for place in places]), level, sos, eos


def _matching_pdi(letters: str) -> dict[int, int]:
    """BD9: place of an isolate initiator → place of its PDI; those without one are not in it."""
    matches: dict[int, int] = {}
    waiting: list[int] = []
    for place, letter in enumerate(letters):
        if letter in "lrf":
            waiting.append(place)
        elif letter == "p" and waiting:
            matches[waiting.pop()] = place
        elif letter == "B":
            waiting.clear()
    return matches


def _explicit(letters: str, paragraph: int, matches: dict[int, int]) -> tuple[list[int], list[str]]:
    """X1–X8: the explicit level of every place, and the classes with overrides applied."""
    levels = [paragraph] * len(letters)
    types = list(letters)
    stack: list[tuple[int, str, bool]] = [(paragraph, "", False)]
    too_many_isolates = too_many_embeddings = open_isolates = 0
    directions = _first_strong_of_isolates(letters, matches) if "f" in letters else {}
    for place, letter in enumerate(letters):
        level, override, _ = stack[-1]
        if letter in "acde":  # X2–X5
            new = _next_level(level, letter in "ce")
            levels[place] = level
            if new <= MAX_DEPTH and not too_many_isolates and not too_many_embeddings:
                stack.append((new, {"d": "L", "e": "R"}.get(letter, ""), False))
            elif not too_many_isolates:
                too_many_embeddings += 1
        elif letter in "lrf":  # X5a–X5c
            levels[place] = level
            if override:
                types[place] = override
            new = _next_level(level, letter == "r" or (letter == "f" and directions.get(place) == "R"))
            if new <= MAX_DEPTH and not too_many_isolates and not too_many_embeddings:
                open_isolates += 1
                stack.append((new, "", True))
            else:
                too_many_isolates += 1
        elif letter == "p":  # X6a
            if too_many_isolates:
                too_many_isolates -= 1
            elif open_isolates:
                too_many_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                open_isolates -= 1
            level, override, _ = stack[-1]
            levels[place] = level
            if override:
                types[place] = override
        elif letter == "g":  # X7
            if not too_many_isolates:
                if too_many_embeddings:
                    too_many_embeddings -= 1
                elif not stack[-1][2] and len(stack) > 1:
                    stack.pop()
            levels[place] = stack[-1][0]
        elif letter == "B":  # X8
            levels[place] = paragraph
            stack = [(paragraph, "", False)]
            too_many_isolates = too_many_embeddings = open_isolates = 0
        else:  # X6
            levels[place] = level
            if override and letter != "b":
                types[place] = override
    return levels, types


def _next_level(level: int, is_right: bool) -> int:
    """The least odd level above for right-to-left, the least even one for left-to-right."""
    return (level + 1) | 1 if is_right else (level + 2) & ~1


def _first_strong_of_isolates(letters: str, matches: dict[int, int]) -> dict[int, str]:
    """X5c: the direction of each FSI's content by P2 and P3, for all of them in one pass from the end.

    What is inside an inner isolate does not count for the outer one.
    """
    result: dict[int, str] = {}
    openers = {closer: opener for opener, closer in matches.items()}
    saved: list[str] = []
    found = ""  # first strong from here to the end of the isolate that holds this place
    for place in range(len(letters) - 1, -1, -1):
        letter = letters[place]
        if letter == "L":
            found = "L"
        elif letter in "RA":
            found = "R"
        elif letter == "B":
            saved.clear()
            found = ""
        elif letter == "p" and place in openers:
            saved.append(found)
            found = ""
        elif letter in "lrf":
            result[place] = found
            # Without a PDI the isolate runs to the end: nothing after it is outside.
            found = saved.pop() if place in matches else ""
    return result


def removed_like_neighbours(levels: bytearray, removed: bytearray, paragraph: int) -> None:
    """Give what X9 removed the level of the character before it (UAX #9 5.2), so that lines can be cut anywhere."""
    before = paragraph
    for place, gone in enumerate(removed):
        if gone:
            levels[place] = before
        else:
            before = levels[place]
