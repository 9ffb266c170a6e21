"""Numbers as blocks: a bar, a sparkline. Pure; each character is one cell wide."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = " ▁▂▃▄▅▆▇█"


def bar(value: int, most: int, width: int) -> str:
    """A bar of at most ``width`` cells, in eighths of a cell; something shows of whatever is not nothing."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(min(value, most) * width * 8 / most))
    return _EIGHTHS[8] * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def cells_of_bar(value: int, most: int, width: int) -> int:
    """Whole cells of a bar of at most ``width``: one at least for whatever is not nothing."""
    return max(1, round(min(value, most) * width / most)) if value > 0 and most > 0 and width > 0 else 0


def sparkline(values: Sequence[int], width: int) -> str:
    """A row of columns, oldest first, at most ``width`` of them: neighbours are added up where there are more."""
    if not values or width < 1:
        return ""
    step = -(-len(values) // width)
    # Counted from the end, so that the newest column is a whole one.
    sums = [sum(values[max(0, end - step) : end]) for end in range(len(values), 0, -step)][::-1]
    most = max(sums)
    return "".join(_HEIGHTS[_height(value, most)] for value in sums)


def _height(value: int, most: int) -> int:
    return max(1, round(value * 8 / most)) if value > 0 else 0
