"""What is sent to a terminal for a line: its runs in the form that this terminal shows right.

visual: shaped, in visual order; for terminals that leave text alone, or are told to.
kitty: the same cells, but each word that kitty will turn around is turned around before (measured: it reverses
every space-delimited token whose first letter is of a right-to-left script, and mirrors its brackets).
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
    """A stretch of a line in one style ("" = none), from left to right; `width` is in cells."""

    text: str
    width: int
    style: str


RTL_MARKS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u0819\u081b-\u082d\u0859-\u085b"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff\ufb1e]+"
)
"""The marks of right-to-left scripts: what is left out where a terminal draws marks on the wrong letter."""


def paint(
    line: Line, spans: Sequence[Span] = (), *, emission: Emission = Emission.VISUAL, keep_marks: bool = True
) -> tuple[Run, ...]:
    """The runs of a line from left to right as they are to be written; neighbours of one style are one run.

    A cluster is never cut between two runs (a mark alone in a segment is lost by Textual's crop). A cluster that a span
    touches is wholly in its style. In the kitty form a line needs a space or nothing beside it: a border that touches a
    word would be turned around with it. In logical emission lines laid out with `ligate=False` are plain letters throughout.
    """
    cells: Sequence[Cell] = line.cells
    if emission is Emission.LOGICAL:
        cells = sorted(cells, key=lambda cell: (cell.start, cell.end))
        texts = _logical_texts(line, cells)
    elif emission is Emission.KITTY:
        texts = _kitty_texts(cells)
    else:
        texts = [cell.text for cell in cells]
    spans = [span for span in spans if span.start < line.end and span.end > line.start and span.style]
    if not spans:
        runs: Iterable[tuple[str, str]] = [("", "".join(texts))] if texts else []
    else:
        runs = _group(texts, _styles(cells, spans))
    # A style keeps its place on the screen in the kitty form: kitty colours the place, not the letter that lands on it.
    result = []
    for style, text in runs:
        if not keep_marks:
            text = RTL_MARKS.sub("", text)
        if text:
            width = line.width if not spans else cell_width(text)
            result.append(Run(text, width, style))
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


def _group(texts: Sequence[str], styles: Sequence[str]) -> list[tuple[str, str]]:
    """Neighbours of one style as one (style, text)."""
    groups: list[tuple[str, list[str]]] = []
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
        _words(texts) if has_joiners or any(cell.text[0] in _LIGATURES for cell in cells) else ()
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


def _words(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    """The stretches between spaces as [first, after)."""
    first = 0
    for place, text in enumerate(texts):
        if text == " ":
            if first < place:
                yield first, place
            first = place + 1
    if first < len(texts):
        yield first, len(texts)


_RTL_SCRIPT = re.compile(
    "[\u0590-\u0604\u0606-\u060b\u060d-\u061a\u061d\u061e\u0620-\u063f\u0641-\u064a\u0656-\u066f\u0671-\u06dc"
    "\u06de-\u08e1\u08e3-\u08ff\ufb1d-\ufd3d\ufd40-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Characters whose script is written from right to left (Scripts.txt; the Common and Inherited of the blocks left out)."""


def _script(text: str) -> str:
    """R, L, or "" where the text of a cell has no script of its own (digits, punctuation, symbols)."""
    if _RTL_SCRIPT.match(text):
        return "R"
    return "L" if text[:1].isalpha() else ""


def _kitty_texts(cells: Sequence[Cell]) -> list[str]:
    """The text for each place on the screen such that kitty, turning words around, shows the cells as they are.

    kitty lays out each stretch between spaces by itself, in the direction of the first script in it (HarfBuzz's guess):
    from right to left, mirrored, or as it is. A stretch that begins from the left with Arabic and ends with Latin can
    not be shown by either; its Latin end is put first, so that both parts can at least be read.
    """
    texts = [cell.text for cell in cells]
    for first, after in list(_words(texts)):
        word = texts[first:after]
        scripts = [_script(text) for text in word]
        if "R" not in scripts:
            continue
        known = [script for script in scripts if script]
        if known[-1] == "R":
            texts[first:after] = [MIRROR.get(text[:1], text[:1]) + text[1:] for text in reversed(word)]
        elif known[0] == "R":
            cut = len(scripts) - scripts[::-1].index("R")
            texts[first:after] = word[cut:] + word[:cut]
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
