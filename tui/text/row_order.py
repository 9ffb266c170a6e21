"""The order in which a row is sent to a terminal that orders every row by itself and cannot be told not to.

PuTTY runs UAX #9 on each row of the screen, in the direction of its first strong letter. So a row that is to be seen as it was
laid out is turned back into an order from which the algorithm makes that picture; the algorithm itself says
whether it does. What was isolated in the paragraph (the signs of C++) can not be told that way: then the nearest order is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .bidi import MIRROR, Base, classes, line_levels, order, paragraph_level, resolve_levels

# Stretches from the left that are read from the left, in a row read from the right: Latin with all between and
# numbers after it, or without them; numbers with their separators.
_LTR_RUNS = (
    re.compile("L(?:[^RAN]*[LE])?M*|[Et](?:[Etxk]*E)?t*|N(?:[kxN]*N)?"),
    re.compile("L(?:[^RANE]*L)?M*|[Et](?:[Etxk]*E)?t*|N(?:[kxN]*N)?"),
    re.compile("L(?:[^RAN]*[LE])?M*|E(?:[xk]E|E)*|N(?:kN|N)*"),
)
_RTL_RUNS = (re.compile("[RA](?:[^L]*[RANE])?"), re.compile("[RA](?:[^LE]*[RAN])?"))


def sent_row(cells: Sequence[str]) -> list[tuple[str, int]]:
    """The cells of a row in the order in which they are sent, mirrored where the terminal will mirror them.

    Each with its place in the row as it is to be seen. A cell is a letter with its marks.
    """
    letters = classes("".join([cell[:1] for cell in cells])).replace("B", "W").replace("S", "W")
    if not re.search("[RAN]", letters):
        return [(cell, place) for place, cell in enumerate(cells)]
    best: tuple[int, list[tuple[str, int]]] = (-1, [])
    for base, places in _candidates(letters):
        sent, seen = _shown(cells, places, base)
        right = sum(place == i for i, place in enumerate(seen))
        if right > best[0]:
            best = right, sent
        if right == len(cells):
            break
    return best[1]


def _candidates(letters: str) -> Iterator[tuple[Base, list[int]]]:
    """Orders from which the picture may come, with the direction that the terminal has to take for it."""
    for pattern in _LTR_RUNS:
        places: list[int] = []
        end = len(letters)
        for start, after in reversed([match.span() for match in pattern.finditer(letters)]):
            places += [*range(end - 1, after - 1, -1), *range(start, after)]
            end = start
        yield "R", [*places, *range(end - 1, -1, -1)]
    for pattern in _RTL_RUNS:
        places, done = [], 0
        for match in pattern.finditer(letters):
            start, after = match.span()
            places += range(done, start)
            inner = letters[start:after]
            for run in reversed(list(re.finditer("[EN][ENkxt]*|[^EN]", inner))):
                places += range(start + run.start(), start + run.end())
            done = after
        yield "L", [*places, *range(done, len(letters))]


def _shown(
    cells: Sequence[str], places: Sequence[int], base: Base
) -> tuple[list[tuple[str, int]], list[int]]:
    """What is sent, and which place of the wished picture the terminal shows from left to right."""
    text = "".join([cells[place][:1] for place in places])
    letters = classes(text)
    level = paragraph_level(letters, None)
    if level != paragraph_level(letters, base):
        return [(cells[place], place) for place in places], []
    levels = line_levels(resolve_levels(text, letters, level), letters, level)
    sent = []
    for place, cell_level in zip(places, levels, strict=True):
        cell = cells[place]
        sent.append((MIRROR.get(cell[:1], cell[:1]) + cell[1:] if cell_level & 1 else cell, place))
    return sent, [places[i] for i in order(levels)]
