"""What is sent to a terminal for a line: its runs in the form that this terminal shows right.

visual: shaped, in visual order; for terminals that leave text alone, or are told to.
kitty: the same cells, but what kitty will turn around is turned around before (see :mod:`.kitty_form`).
logical: plain letters in logical order, for terminals that do shaping and order themselves.
Nothing else than the text of cells and spaces is ever emitted: no control, no bidi character, no joiner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .bidi import MIRROR, Base
from .chars import REPLACEMENT, cell_width
from .kitty_form import Covers, parted, whole_words, words_of
from .lines import ELLIPSIS, Cell, Line, one_line
from .shaping import LAM_ALEF, plain_text

_LIGATURES = frozenset(form for forms in LAM_ALEF.values() for form in forms)


class Emission(StrEnum):
    """The form of the text in the bytes for a terminal."""

    VISUAL = "visual"
    LOGICAL = "logical"
    KITTY = "kitty"


@dataclass(frozen=True, slots=True)
class Span:
    """A style over source code points [start, end).

    Where spans overlap, their styles are joined with a space in the order the spans are given, each once: a theme
    that applies them from left to right lets later spans win.
    """

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line in one style ("" = none), from left to right; `width` is in cells.

    `is_apart` is for kitty, where only the weight parts a word: False asks for the weight of the whole line, True for the
    other one, whatever `style` says; None leaves it to `style`.
    """

    text: str
    width: int
    style: str
    is_apart: bool | None = None


RTL_MARKS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u0819\u081b-\u082d\u0859-\u085b"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff\ufb1e]+"
)
"""The marks of right-to-left scripts: what is left out where a terminal draws marks on the wrong letter."""


def paint(
    line: Line,
    spans: Sequence[Span] = (),
    *,
    emission: Emission = Emission.VISUAL,
    keep_marks: bool = True,
    can_part: bool = False,
    covers: Covers | None = None,
) -> tuple[Run, ...]:
    """The runs of a line from left to right as they are to be written; neighbours of one style are one run.

    A cluster is never cut between two runs (a mark alone in a segment is lost by Textual's crop). A cluster that a span
    touches is wholly in its style. In the kitty form a line needs a space or nothing beside it: a border that touches a
    word would be turned around with it; `can_part` says that the caller can write a run in another weight, `covers`
    which characters kitty's main font has. In logical emission lines laid out with `ligate=False` are plain letters throughout.
    """
    cells: Sequence[Cell] = line.cells
    apart: Sequence[bool | None] = ()
    if emission is Emission.LOGICAL:
        cells = sorted(cells, key=lambda cell: (cell.start, cell.end))
        texts = _logical_texts(line, cells)
    elif emission is Emission.KITTY:
        texts = [cell.text for cell in cells]
        if can_part:
            texts, apart = parted(texts, covers)
        else:
            texts = whole_words(texts)
    else:
        texts = [cell.text for cell in cells]
    spans = [span for span in spans if span.start < line.end and span.end > line.start and span.style]
    # Words are of one weight anyhow where there is neither another style nor another part.
    if not spans and not any(apart):
        runs: Iterable[tuple[tuple[str, bool | None], str]] = [(("", None), "".join(texts))] if texts else []
    else:
        styles = _styles(cells, spans) if spans else [""] * len(cells)
        runs = _group(texts, list(zip(styles, apart or [None] * len(cells), strict=True)))
    # A style keeps its place on the screen in the kitty form: kitty colours the place, not the letter that lands on it.
    result = []
    for (style, is_apart), text in runs:
        if not keep_marks:
            text = RTL_MARKS.sub("", text)
        if text:
            width = line.width if not spans and not any(apart) else cell_width(text)
            result.append(Run(text, width, style, is_apart))
    return tuple(result)


def _styles(cells: Sequence[Cell], spans: Sequence[Span]) -> list[str]:
    """The style of each cell."""
    styles = [""] * len(cells)
    for span in spans:
        start, end, name = span.start, span.end, span.style
        for place, (_, _, first, after, _) in enumerate(cells):
            if (first < end and after > start) or (first == after and start < first < end):
                known = styles[place]
                if not known:
                    styles[place] = name
                elif name not in known.split():
                    styles[place] = f"{known} {name}"
    return styles


def _group(
    texts: Sequence[str], styles: Sequence[tuple[str, bool | None]]
) -> list[tuple[tuple[str, bool | None], str]]:
    """Neighbours of one style as one (style, text)."""
    groups: list[tuple[tuple[str, bool | None], list[str]]] = []
    for text, style in zip(texts, styles, strict=True):
        if groups and groups[-1][0] == style:
            groups[-1][1].append(text)
        else:
            groups.append((style, [text]))
    return [(style, "".join(parts)) for style, parts in groups]


def _logical_texts(line: Line, cells: Sequence[Cell]) -> list[str]:
    """The plain text of each cell, in logical order.

    Two kinds of words are given in their shaped letters, which terminals reorder but leave as they are: those with
    ZWNJ or ZWJ, for these may not be emitted (some terminals give them a cell) and without them letters would join that
    must stay apart; and those with a lam-alef in one cell, which terminals put in two.
    """
    source = line.source
    texts = [
        cell.text
        if cell.start == cell.end or cell.text in (REPLACEMENT, ELLIPSIS)
        else plain_text(source[cell.start : cell.end])
        for cell in cells
    ]
    has_joiners = "\u200c" in source or "\u200d" in source
    for first, after in (
        words_of(texts) if has_joiners or any(cell.text[0] in _LIGATURES for cell in cells) else ()
    ):
        last = cells[after - 1]
        word = source[cells[first].start : last.start if last.text == ELLIPSIS else last.end]
        if (
            "\u200c" in word
            or "\u200d" in word
            or any(cell.text[0] in _LIGATURES for cell in cells[first:after])
        ):
            texts[first:after] = [
                MIRROR.get(cell.text[0], cell.text[0]) + cell.text[1:] if cell.level & 1 else cell.text
                for cell in cells[first:after]
            ]
    return texts


def visual(
    text: str,
    base: Base = "R",
    *,
    width: int | None = None,
    emission: Emission = Emission.VISUAL,
    keep_marks: bool = True,
) -> str:
    """One short string of the interface as it is to be written; cut to `width` cells with "…" where that is given."""
    line = one_line(text, len(text) * 2 if width is None else width, base)
    return "".join([run.text for run in paint(line, emission=emission, keep_marks=keep_marks)])
