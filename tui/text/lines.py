"""Lines of cells: the layout of a paragraph, and the two ways of the map between cells and source.

The steps and their order are those of UAX #9 section 3.4 and of measured facts: shape the whole paragraph first (widths
change with every lam-alef), break by shaped width, take the levels from the paragraph, reorder each line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from .bidi import MIRROR, Base, base_of, classes, line_levels, order, paragraph_level, resolve_levels
from .cache import TextCache
from .chars import BREAKING_SPACES, REPLACEMENT
from .linebreak import break_lines, opportunities
from .shaping import Clusters, scan
from .tokens import isolated_tokens

ELLIPSIS = "…"


class Cell(NamedTuple):
    """One cluster on the screen. A tuple, because one is made per letter of every row (a frozen dataclass costs five times that).

    `text` is shaped and mirrored, its base first and its marks after it (L3); `width` is in cells, 1 or 2; `start` and
    `end` are code points of the source (equal for a cell the layout added: an ellipsis, a justifying space); `level`
    is its bidi level.
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


class _Paragraph(NamedTuple):
    """All that does not depend on the width: clusters, their classes and levels (before L1), tokens."""

    clusters: Clusters
    letters: str
    levels: bytes
    level: int
    urls: list[tuple[int, int]]


_PARAGRAPHS: TextCache[_Paragraph] = TextCache(200_000)
_LINES: TextCache[tuple[Line, ...]] = TextCache(200_000)

_MIRRORED = re.compile("[" + re.escape("".join(MIRROR)) + "]")
_OVERRIDES_TO_EMBEDDINGS = str.maketrans("deB", "acW")
# An override shows letters in an order nobody wrote; in a text from outside it serves only to deceive, so it counts as
# an embedding. Line ends inside a paragraph do not end it for bidi: its lines are laid out with one base direction.
_MAX_GAP = 3
"""Justification never makes a gap between words wider than this many cells."""


def layout(
    paragraph: str, width: int, base: Base = "R", *, justify: bool = False, ligate: bool = True
) -> tuple[Line, ...]:
    """Break a paragraph into lines of at most `width` cells (1 where it is less), at least one line; cached.

    `base` is the direction of the paragraph, None takes it from the first strong character. `justify` spreads white
    space so that lines other than the last fill the width. `ligate=False` gives lam and alef a cell each, as
    logical emission needs. Line ends inside the paragraph are kept.
    """
    width = max(1, width)

    def make() -> tuple[Line, ...]:
        return tuple(_make_lines(paragraph, _paragraph(paragraph, base, ligate), width, justify))

    return _LINES.get((paragraph, width, base, justify, ligate), len(paragraph), make)


def one_line(paragraph: str, width: int, base: Base = "R", *, ligate: bool = True) -> Line:
    """A text on one line; one that is longer keeps its beginning and ends in "…", cut in logical order; cached.

    White space at the end is kept while it fits (an input field shows it); line ends show as spaces.
    """
    width = max(1, width)

    def make() -> tuple[Line, ...]:
        return (_make_one_line(paragraph, width, base, ligate),)

    return _LINES.get((paragraph, width, base, None, ligate), min(len(paragraph), 16 * width), make)[0]


def _paragraph(text: str, base: Base, ligate: bool) -> _Paragraph:
    return _PARAGRAPHS.get((text, base, ligate), len(text), lambda: _analyse(text, base, ligate))


def _analyse(text: str, base: Base, ligate: bool) -> _Paragraph:
    """Shape a paragraph and resolve its levels; mirror what stands on an odd one."""
    clusters = scan(text, ligate=ligate)
    bases = clusters.bases
    letters = classes(bases).replace("B", "W")
    level = 1 if (base or base_of(text)) == "R" else 0
    tokens = isolated_tokens(bases)
    if clusters.has_controls:
        levels = _levels_with_controls(text, clusters, tokens, level)
    elif tokens and (level or re.search("[RAN]", letters)):
        levels = _isolate(bases, letters, [token[:2] for token in tokens], level)
    else:
        levels = resolve_levels(bases, letters, level)
    shown = clusters.shown
    for match in _MIRRORED.finditer(bases):
        place = match.start()
        if levels[place] & 1:
            shown[place] = MIRROR[bases[place]] + shown[place][1:]
    return _Paragraph(clusters, letters, levels, level, [token[:2] for token in tokens if token[2]])


def _isolate(text: str, letters: str, ranges: list[tuple[int, int]], level: int) -> bytes:
    """Levels as if each range were between LRI and PDI, which are put in for the rules and taken out of the result."""
    text_parts: list[str] = []
    letter_parts: list[str] = []
    done = 0
    for start, end in ranges:
        text_parts += [text[done:start], "\u2066", text[start:end], "\u2069"]
        letter_parts += [letters[done:start], "l", letters[start:end], "p"]
        done = end
    text_parts.append(text[done:])
    letter_parts.append(letters[done:])
    levels = resolve_levels("".join(text_parts), "".join(letter_parts), level)
    kept: list[bytes] = []
    done = at = 0
    for start, end in ranges:
        kept += [levels[at : at + start - done], levels[at + start - done + 1 : at + end - done + 1]]
        at += end - done + 2
        done = end
    kept.append(levels[at:])
    return b"".join(kept)


def _levels_with_controls(
    text: str, clusters: Clusters, tokens: list[tuple[int, int, bool]], level: int
) -> bytes:
    """Levels of the clusters where the source has bidi controls: resolved on the source, which keeps their effect."""
    letters = classes(text).translate(_OVERRIDES_TO_EMBEDDINGS)
    places = [clusters.first, *clusters.starts[1:-1]]
    ranges = [
        (places[start], clusters.starts[end] if end < len(places) else len(text)) for start, end, _ in tokens
    ]
    levels = _isolate(text, letters, ranges, level)
    return bytes([levels[place] for place in places[: len(clusters.shown)]])


def _make_lines(source: str, paragraph: _Paragraph, width: int, justify: bool) -> list[Line]:
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
        line = _make_one_line(source[:limit], width, base or base_of(source), ligate)
        edge = line.cells[0 if line.is_rtl else -1] if line.cells else None
        if edge is not None and edge.start == edge.end:  # cut: nothing after the limit could have been seen
            return Line(line.cells, line.width, line.start, len(source), line.is_rtl, source)
    paragraph = _paragraph(source, base, ligate)
    clusters = paragraph.clusters
    widths = clusters.widths
    count = len(clusters.bases)
    before: Sequence[int] = range(count + 1) if widths is None else [0, *accumulate(widths)]
    if before[count] <= width:
        return _line(source, paragraph, 0, count, 0, len(source))
    blank = BREAKING_SPACES + "\n"
    trimmed = len(clusters.bases.rstrip(blank))
    if before[trimmed] <= width:
        return _line(source, paragraph, 0, trimmed, 0, len(source))
    end = bisect_right(before, width - 1) - 1
    end = len(clusters.bases[:end].rstrip(blank))
    line = _line(source, paragraph, 0, end, 0, len(source))
    cut = clusters.starts[end]
    dots = Cell(ELLIPSIS, 1, cut, cut, paragraph.level)
    cells = (dots, *line.cells) if line.is_rtl else (*line.cells, dots)
    return Line(cells, line.width + 1, 0, len(source), line.is_rtl, source)


def _line(
    source: str,
    paragraph: _Paragraph,
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
    share, rest = divmod(missing, len(gaps))
    result = list(cells)
    for number in range(len(gaps) - 1, -1, -1):
        place = gaps[number]
        space = cells[place]
        added = Cell(" ", 1, space.end, space.end, space.level)
        result[place + 1 : place + 1] = [added] * (share + (number < rest))
    return result


def _narrowed(line: Line) -> Line:
    """A line of one character of two cells where there is one cell: U+FFFD stands for it."""
    cells = tuple(
        [cell._replace(text=REPLACEMENT, width=1) if cell.width > 1 else cell for cell in line.cells]
    )
    return Line(cells, len(cells), line.start, line.end, line.is_rtl, line.source)


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


def column_starts(line: Line) -> tuple[int, ...]:
    """The column of every cell of a line, and the column after the last one."""
    return (0, *accumulate(cell.width for cell in line.cells))


def forget() -> None:
    """Empty the caches; for benchmarks and for a change of fonts or settings."""
    _PARAGRAPHS.clear()
    _LINES.clear()


__all__ = [
    "Base",
    "Cell",
    "Line",
    "caret",
    "column_starts",
    "columns",
    "forget",
    "layout",
    "one_line",
    "paragraph_level",
    "source_at",
]
