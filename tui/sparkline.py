"""A row of bars: how much was reported from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BARS = "▁▂▃▄▅▆▇█"
#: The highest bar stands for so many at least: one report a day is no wave.
_CALM = 4


def bars(counts: Sequence[int], width: int) -> str:
    """One bar for each count, oldest first; where there are more counts than ``width`` cells, neighbours are added up.

    The lowest bar is for none at all, so that one report of a hundred is still seen.
    """
    if not counts or width < 1:
        return ""
    sums = _summed(counts, width)
    scale = max(_CALM, *sums)
    top = len(BARS) - 1
    return "".join(BARS[-(-count * top // scale)] if count > 0 else BARS[0] for count in sums)


def _summed(counts: Sequence[int], width: int) -> list[int]:
    if len(counts) <= width:
        return list(counts)
    edges = [place * len(counts) // width for place in range(width + 1)]
    return [sum(counts[start:end]) for start, end in pairwise(edges)]
