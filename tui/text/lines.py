"""Lines of cells: the layout of a paragraph, and the two ways of the map between cells and source.

The steps and their order are those of UAX #9 section 3.4 and of measured facts: shape the whole paragraph first (widths
change with every lam-alef), break by shaped width, take the levels from the paragraph, reorder each line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from .bidi import Base, base_of, line_levels, order
from .cache import TextCache
from .chars import BREAKING_SPACES, REPLACEMENT
from .linebreak import break_lines, opportunities
from .paragraph import PARAGRAPHS, Paragraph, prepared

ELLIPSIS = "…"
_BLANK = BREAKING_SPACES + "\n"


class Cell(NamedTuple):
    """One cluster on the screen. A tuple, because one is made per letter of every row (a frozen dataclass costs five times that).

    `text` is shaped and mirrored, its base first and its marks after it (L3); `width` is in cells, 1 or 2; `start` and
    `end` are code points of the source (equal for a space that justification added; an ellipsis stands for all it
    hides); `level` is its bidi level.
    """

    text: str
    width: int
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: its cells from left to right on the screen.

    `width` is in cells. `start` and `end` are the source range in code points, with what is not shown (white space at
    the end, hidden characters); the ranges of a paragraph's lines follow each other without a gap. `is_rtl` is the base
    direction: align to the right when it is true. `source` is the whole paragraph.
    """

    cells: tuple[Cell, ...]
    width: int
    start: int
    end: int
    is_rtl: bool
    source: str

    @property
    def text(self) -> str:
        """What a terminal shows when it leaves the text alone: visual order, shaped."""
        return "".join([cell.text for cell in self.cells])


_LINES: TextCache[tuple[Line, ...]] = TextCache(200_000)

MEASURE = 80
"""The widest line that is easily read, in cells."""

_MAX_GAP = 3
"""Justification never makes a gap between words wider than this many cells."""


def measure(pane: int, maximum: int = MEASURE) -> tuple[int, int]:
    """The width of the lines in a pane, and the margin on each side that centres them; in cells."""
    width = max(1, min(pane, maximum))
    return width, max(0, pane - width) // 2


def layout(
    paragraph: str, width: int, base: Base = "R", *, justify: bool = False, ligate: bool = True
) -> tuple[Line, ...]:
    """Break a paragraph into lines of at most `width` cells (1 where it is less), at least one line; cached.

    `base` is the direction of the paragraph, None takes it from the first strong character. `justify` spreads white
    space so that lines other than the last fill the width. `ligate=False` gives lam and alef a cell each, for
    terminals that get plain letters and for a text cursor between the two. Line ends inside the paragraph are kept.
    """
    width = max(1, width)

    def make() -> tuple[Line, ...]:
        return tuple(_make_lines(paragraph, prepared(paragraph, base, ligate), width, justify))

    return _LINES.get((paragraph, width, base, justify, ligate), len(paragraph), make)


def one_line(paragraph: str, width: int, base: Base = "R", *, ligate: bool = True) -> Line:
    """A text on one line; one that is longer keeps its beginning and ends in "…", cut in logical order; cached.

    White space at the end is kept while it fits (an input field shows it); line ends show as spaces.
    """
    width = max(1, width)

    def make() -> tuple[Line, ...]:
        return (_make_one_line(paragraph, width, base, ligate),)

    return _LINES.get((paragraph, width, base, None, ligate), min(len(paragraph), 16 * width), make)[0]


def _make_lines(source: str, paragraph: Paragraph, width: int, justify: bool) -> list[Line]:
    clusters = paragraph.clusters
    bases, starts = clusters.bases, clusters.starts
    lines: list[Line] = []
    done = 0
    if len(bases) <= width and clusters.widths is None and "\n" not in bases:
        end = len(bases.rstrip(BREAKING_SPACES))
        return [_line(source, paragraph, 0, end, 0, len(source))]
    breaks = opportunities(bases, clusters.widths is not None, paragraph.urls, clusters.glue, clusters.gaps)
    for start, end, following, is_last in break_lines(bases, clusters.widths, width, breaks):
        after = starts[following]
        lines.append(
            _line(source, paragraph, start, end, done, after, fill=width if justify and not is_last else 0)
        )
        done = after
    return [_narrowed(line) if line.width > width else line for line in lines]


def _make_one_line(source: str, width: int, base: Base, ligate: bool) -> Line:
    # What can not be seen need not be shaped: a hostile title of a megabyte costs as much as a headline.
    limit = 16 * width + 256
    if len(source) > 2 * limit:
        beginning = source[:limit]
        paragraph = prepared(beginning, base or base_of(source), ligate)
        end = _cut(paragraph, width)
        if end is not None:
            return _with_ellipsis(source, paragraph, end)
    paragraph = prepared(source, base, ligate)
    end = _cut(paragraph, width)
    if end is not None:
        return _with_ellipsis(source, paragraph, end)
    count = len(paragraph.clusters.bases)
    line = _line(source, paragraph, 0, count, 0, len(source))
    if line.width > width:
        line = _line(source, paragraph, 0, len(paragraph.clusters.bases.rstrip(_BLANK)), 0, len(source))
    return line


def _cut(paragraph: Paragraph, width: int) -> int | None:
    """How many clusters fit beside an ellipsis, without white space at the end; None where all fit without one."""
    bases, widths = paragraph.clusters.bases, paragraph.clusters.widths
    before: Sequence[int] = range(len(bases) + 1) if widths is None else [0, *accumulate(widths)]
    if before[len(bases.rstrip(_BLANK))] <= width:
        return None
    return len(bases[: bisect_right(before, width - 1) - 1].rstrip(_BLANK))


def _with_ellipsis(source: str, paragraph: Paragraph, end: int) -> Line:
    """The first `end` clusters and an ellipsis after them, which stands for all the rest of the source."""
    line = _line(source, paragraph, 0, end, 0, len(source))
    dots = Cell(ELLIPSIS, 1, paragraph.clusters.starts[end], len(source), paragraph.level)
    cells = (dots, *line.cells) if line.is_rtl else (*line.cells, dots)
    return Line(cells, line.width + 1, 0, len(source), line.is_rtl, source)


def _line(
    source: str,
    paragraph: Paragraph,
    start: int,
    end: int,
    source_start: int,
    source_end: int,
    fill: int = 0,
) -> Line:
    """The line of clusters start..end: L1, L2, and the map. `fill` is the width to justify it to, 0 for none."""
    clusters = paragraph.clusters
    levels = line_levels(paragraph.levels[start:end], paragraph.letters[start:end], paragraph.level)
    texts = clusters.shown[start:end]
    starts = clusters.starts[start:end]
    ends = clusters.starts[start + 1 : end + 1]
    widths = clusters.widths[start:end] if clusters.widths is not None else None
    width = end - start if widths is None else sum(widths)
    cells = list(map(Cell._make, zip(texts, widths or [1] * len(texts), starts, ends, levels, strict=True)))
    if fill > width:
        cells = _justified(cells, fill - width)
        width += len(cells) - len(texts)
        levels = bytes([cell.level for cell in cells])
    visual = order(levels)
    return Line(
        tuple([cells[place] for place in visual]),
        width,
        source_start,
        source_end,
        paragraph.level == 1,
        source,
    )


def _justified(cells: list[Cell], missing: int) -> list[Cell]:
    """Cells in logical order with spaces added beside spaces; as they are where a gap would be too wide."""
    gaps = [place for place, cell in enumerate(cells) if cell.text == " "]
    # White space at the start is an indent, and a run of spaces is one gap.
    gaps = [place for place in gaps if place > 0 and cells[place - 1].text != " "]
    if not gaps or missing > len(gaps) * (_MAX_GAP - 1):
        return cells
    result = list(cells)
    # From the last gap to the first, so that the places before stay; the odd spaces are spread over the line.
    for number in range(len(gaps) - 1, -1, -1):
        space = cells[gaps[number]]
        more = (number + 1) * missing // len(gaps) - number * missing // len(gaps)
        added = Cell(" ", 1, space.end, space.end, space.level)
        result[gaps[number] + 1 : gaps[number] + 1] = [added] * more
    return result


def _narrowed(line: Line) -> Line:
    """A line of one character of two cells where there is one cell: U+FFFD stands for it."""
    cells = tuple(
        [cell._replace(text=REPLACEMENT, width=1) if cell.width > 1 else cell for cell in line.cells]
    )
    return Line(cells, len(cells), line.start, line.end, line.is_rtl, line.source)


def forget() -> None:
    """Empty the caches; for benchmarks and for a change of fonts or settings."""
    PARAGRAPHS.clear()
    _LINES.clear()
