"""The map between the cells of a line and the source: for highlights, the mouse and text cursors."""

from __future__ import annotations

from .lines import Line


def columns(line: Line, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The cells of a source range as ranges [x0, x1) from the left of the line, joined where they touch.

    A cluster that is partly in the range is wholly in the result; spaces added by justification go with what is
    around them.
    """
    ranges: list[tuple[int, int]] = []
    x = 0
    for cell in line.cells:
        after = x + cell.width
        if (cell.start < end and cell.end > start) or (cell.start == cell.end and start < cell.start < end):
            if ranges and ranges[-1][1] == x:
                ranges[-1] = (ranges[-1][0], after)
            else:
                ranges.append((x, after))
        x = after
    return tuple(ranges)


def source_at(line: Line, x: int) -> int:
    """The source index of the cell at column x; beyond an edge, the start or end of the line in reading direction."""
    if x < 0:
        return line.end if line.is_rtl else line.start
    for cell in line.cells:
        x -= cell.width
        if x < 0:
            return cell.start
    return line.start if line.is_rtl else line.end


def caret(line: Line, index: int) -> int:
    """The column of the cell that holds a source index: where a block cursor is drawn.

    For an index that has no cell (the end of the text, hidden white space) it is the free cell after the line in
    reading direction: `line.width` from left to right, -1 from right to left. Give a text field that cell.
    """
    x = 0
    for cell in line.cells:
        if cell.start <= index < cell.end:
            return x
        x += cell.width
    return -1 if line.is_rtl else x
