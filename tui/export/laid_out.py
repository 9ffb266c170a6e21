"""Text as lines for what cannot lay Arabic out itself: a dumb terminal, a pager, a screen reader, a braille line.

The same layout as on the screen, without colour and without a single escape sequence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..presentation import NOTED, Block
from ..text import Base, Emission, Line, cell_width, layout, one_line, paint

#: Narrower than this no Arabic word fits.
NARROWEST = 10


def page_lines(
    blocks: Sequence[Block],
    width: int | None,
    *,
    emission: Emission = Emission.VISUAL,
    keep_marks: bool = True,
    base: Base = "R",
) -> Iterator[str]:
    """The page of an article in lines of at most ``width`` cells (None: a paragraph a line).

    In logical emission lines hold the text as it is stored; in the others they are letters in the order of
    the screen, each line at the side where it begins.
    """
    for block in blocks:
        yield from text_lines(marked(block), width, emission=emission, keep_marks=keep_marks, base=base)
        if block.is_followed_by_space:
            yield ""


def marked(block: Block) -> str:
    """The text of a block with brackets around the passages that a person marked: there is no other way to see them here."""
    ranges = sorted((span.start, span.end) for span in block.spans if span.style == "marked")
    text, done, parts = block.text, 0, []
    while ranges:
        start, end = ranges.pop(0)
        # Passages that touch or lie in one another are one here.
        while ranges and ranges[0][0] <= end:
            end = max(end, ranges.pop(0)[1])
        parts += [text[done:start], NOTED, "[", text[start:end], "]"]
        done = end
    return "".join([*parts, text[done:]])


def text_lines(
    text: str,
    width: int | None,
    *,
    emission: Emission = Emission.VISUAL,
    keep_marks: bool = True,
    base: Base = "R",
) -> Iterator[str]:
    """One paragraph in lines, as :func:`page_lines` has them."""
    if width is None and emission is Emission.LOGICAL:
        yield text
        return
    width = max(NARROWEST, width or 0)
    for line in layout(text, width, base):
        if emission is Emission.LOGICAL:
            yield text[line.start : line.end].strip()
        else:
            yield _sent(line, width, emission, keep_marks)


def row(
    text: str, width: int, *, emission: Emission = Emission.VISUAL, keep_marks: bool = True, base: Base = "R"
) -> str:
    """A text on one line of at most ``width`` cells, an ellipsis for what does not fit."""
    width = max(NARROWEST, width)
    return _sent(one_line(text, width, base), width, emission, keep_marks)


def _sent(line: Line, width: int, emission: Emission, keep_marks: bool) -> str:
    shown = "".join(run.text for run in paint(line, emission=emission, keep_marks=keep_marks))
    return " " * (width - cell_width(shown)) + shown if line.is_rtl else shown
