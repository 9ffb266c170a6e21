"""What the mouse points at: a tag in a line of text, a place on a scroll bar. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..i18n import is_rtl
from ..text import Base, one_line, source_at


def tag_at(text: str, tags: Sequence[str], width: int, x: int, base: Base = "R") -> str | None:
    """The tag written as ``#tag`` at column ``x`` of a field ``width`` cells wide that shows ``text``; None beside tags."""
    line = one_line(text, width, base)
    column = x - (width - line.width if line.is_rtl else 0)
    if not 0 <= column < line.width:
        return None
    return tag_over(text, tags, source_at(line, column))


def tag_over(text: str, tags: Sequence[str], index: int) -> str | None:
    """The tag that holds a place of the text; of two that begin alike the longer."""
    for tag in sorted(tags, key=len, reverse=True):
        start = text.find(f"#{tag}")
        while start >= 0:
            if start <= index <= start + len(tag):
                return tag
            start = text.find(f"#{tag}", start + 1)
    return None


def bar_column(width: int) -> int:
    """The column of the scroll bar: at the side where lines end."""
    return 0 if is_rtl() else width - 1


def thumb(top: int, shown: int, total: int, height: int) -> range:
    """The lines of a bar ``height`` lines high that are its thumb, for ``shown`` of ``total`` rows from ``top`` on.

    Empty where all rows are shown.
    """
    if total <= shown or height < 3:
        return range(0)
    length = max(1, height * shown // total)
    start = min(height - length, (height - length) * top // max(1, total - shown))
    return range(start, start + length)


def row_of(y: int, total: int, height: int) -> int:
    """The row that a line of the bar stands for: the first at its top, the last at its foot."""
    return max(0, min(y, height - 1)) * (total - 1) // max(1, height - 1)
