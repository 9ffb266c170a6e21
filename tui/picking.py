"""Picking a passage with the keys: how a cursor moves over the letters of a page, and what is picked. Pure.

A place is a letter of the page (:class:`tui.text_selection.Place`). Left and
right go as the letters stand on the screen; words, sentences and paragraphs
go as one reads. Only the article's own text can be walked over: headline,
links and notes are not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .page_layout import PageLayout
from .presentation import Block
from .text import Line
from .text_selection import Place, TextSelection

_WORD = re.compile(r"\S+")
#: A sentence ends behind its sign and the quotation marks or brackets that close with it.
_SENTENCE = re.compile(r"[^.!?؟…]*(?:[.!?؟…]+[\"'»”)\]]*|$)")


@dataclass(frozen=True, slots=True)
class Pick:
    """Where the cursor is, and the letter at which the passage began (None: nothing is picked yet)."""

    head: Place
    anchor: Place | None = None

    @property
    def selection(self) -> TextSelection | None:
        """What is picked: both letters are in it."""
        return TextSelection(self.anchor, self.head) if self.anchor is not None else None


def is_text(block: Block) -> bool:
    """True for a paragraph of the article itself."""
    return block.offset is not None and bool(block.text)


def first_at(page: PageLayout, top: int, height: int) -> Place | None:
    """The first letter of the text on the lines in sight, else of the whole text; None where there is none."""
    for number in range(top, top + max(1, height)):
        placed = page.line(number)
        if placed is not None and placed.line is not None and is_text(page.blocks[placed.block]):
            return letter(page, placed.block, placed.line.start)
    return _end_of_text(page, last=False)


def letter(page: PageLayout, block: int, index: int) -> Place:
    """The letter of a block that holds a code point, or the one before it where that is a blank without a cell."""
    line = _line(page, page.line_of(block, index))
    cells = sorted((cell for cell in line.cells if cell.start < cell.end), key=lambda cell: cell.start)
    fitting = [cell for cell in cells if cell.start <= index] or cells
    if not fitting:
        return Place(block, index, index)
    return Place(block, fitting[-1].start, fitting[-1].end)


def moved(page: PageLayout, place: Place, motion: str, count: int = 1) -> Place:
    """The place after a motion: one of MOTIONS."""
    for _ in range(max(1, count)):
        place = MOTIONS[motion](page, place)
    return place


def body_range(blocks: tuple[Block, ...], selection: TextSelection) -> tuple[int, int] | None:
    """What is picked as code points of the article's body; None where none of it is text of the article."""
    low, high = sorted((selection.anchor.block, selection.head.block))
    ranges = []
    for number in range(low, min(high, len(blocks) - 1) + 1):
        offset = blocks[number].offset
        start, end = selection.range_in(number, len(blocks[number].text))
        if offset is not None and start < end:
            ranges.append((offset + start, offset + end))
    return (ranges[0][0], ranges[-1][1]) if ranges else None


def paragraph(page: PageLayout, place: Place) -> TextSelection:
    """The whole paragraph around a place."""
    return _selection(page, place.block, 0, len(page.blocks[place.block].text))


def sentence(page: PageLayout, place: Place) -> TextSelection:
    """The sentence around a place."""
    text = page.blocks[place.block].text
    for match in _SENTENCE.finditer(text):
        if match.start() <= place.start < match.end():
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            return _selection(page, place.block, start, match.end())
    return paragraph(page, place)


def _selection(page: PageLayout, block: int, start: int, end: int) -> TextSelection:
    return TextSelection(letter(page, block, start), letter(page, block, max(start, end - 1)))


def _line(page: PageLayout, number: int) -> Line:
    placed = page.line(number)
    assert placed is not None
    assert placed.line is not None
    return placed.line


def _beside(page: PageLayout, place: Place, step: int) -> Place:
    """One cell to the right (1) or left (-1); over the edge of a line it goes on in the line read next or before."""
    number = page.line_of(place.block, place.start)
    line = _line(page, number)
    cells = [cell for cell in line.cells if cell.start < cell.end]
    at = next((i for i, cell in enumerate(cells) if cell.start <= place.start < cell.end), None)
    if at is None:
        return place
    if 0 <= at + step < len(cells):
        return Place(place.block, cells[at + step].start, cells[at + step].end)
    is_onward = (step < 0) == line.is_rtl
    found = _text_line(page, number, 1 if is_onward else -1)
    if found is None:
        return place
    block, other = found
    return letter(page, block, other.start if is_onward else max(other.start, other.end - 1))


def _text_line(page: PageLayout, number: int, step: int) -> tuple[int, Line] | None:
    """The next line of text in that direction."""
    number += step
    while number >= 0 and (placed := page.line(number)) is not None:
        if placed.line is not None and is_text(page.blocks[placed.block]):
            return placed.block, placed.line
        number += step
    return None


def _line_step(page: PageLayout, place: Place, step: int) -> Place:
    """The letter in the same column of the next (1) or previous (-1) line of text."""
    number = page.line_of(place.block, place.start)
    found = _text_line(page, number, step)
    if found is None:
        return place
    block, line = found
    column = _column(page, _line(page, number), place.start)
    x = page.measure - line.width if line.is_rtl else 0
    last = None
    for cell in line.cells:
        if cell.start < cell.end:
            last = cell
            if column < x + cell.width:
                break
        x += cell.width
    return Place(block, last.start, last.end) if last is not None else place


def _column(page: PageLayout, line: Line, index: int) -> int:
    x = page.measure - line.width if line.is_rtl else 0
    for cell in line.cells:
        if cell.start <= index < cell.end:
            return x
        x += cell.width
    return x


def _word_step(page: PageLayout, place: Place, step: int) -> Place:
    """The beginning of the next (1) or this or the previous (-1) word, in reading order."""
    starts = [match.start() for match in _WORD.finditer(page.blocks[place.block].text)]
    if step > 0:
        after = next((start for start in starts if start > place.start), None)
        if after is not None:
            return letter(page, place.block, after)
        following = _text_block(page, place.block, 1)
        return place if following is None else letter(page, following, 0)
    before = [start for start in starts if start < place.start]
    if before:
        return letter(page, place.block, before[-1])
    previous = _text_block(page, place.block, -1)
    if previous is None:
        return place
    last = [match.start() for match in _WORD.finditer(page.blocks[previous].text)]
    return letter(page, previous, last[-1] if last else 0)


def _word_end(page: PageLayout, place: Place) -> Place:
    """The last letter of this word, or of the next where one stands at it already."""
    ends = [match.end() for match in _WORD.finditer(page.blocks[place.block].text)]
    end = next((end for end in ends if end > place.end), None)
    if end is not None:
        return letter(page, place.block, end - 1)
    following = _text_block(page, place.block, 1)
    if following is None:
        return place
    first = _WORD.search(page.blocks[following].text)
    return letter(page, following, first.end() - 1 if first else 0)


def _text_block(page: PageLayout, block: int, step: int) -> int | None:
    block += step
    while 0 <= block < len(page.blocks):
        if is_text(page.blocks[block]):
            return block
        block += step
    return None


def _line_end(page: PageLayout, place: Place, *, last: bool) -> Place:
    line = _line(page, page.line_of(place.block, place.start))
    return letter(page, place.block, max(line.start, line.end - 1) if last else line.start)


def _paragraph_step(page: PageLayout, place: Place, step: int) -> Place:
    if step < 0 and place.start > 0:
        return letter(page, place.block, 0)
    found = _text_block(page, place.block, step)
    if found is not None:
        return letter(page, found, 0)
    return letter(page, place.block, len(page.blocks[place.block].text) - 1) if step > 0 else place


def _end_of_text(page: PageLayout, *, last: bool) -> Place | None:
    blocks = [number for number, block in enumerate(page.blocks) if is_text(block)]
    if not blocks:
        return None
    return (
        letter(page, blocks[-1], len(page.blocks[blocks[-1]].text) - 1)
        if last
        else letter(page, blocks[0], 0)
    )


MOTIONS: Mapping[str, Callable[[PageLayout, Place], Place]] = {
    "left": lambda page, place: _beside(page, place, -1),
    "right": lambda page, place: _beside(page, place, 1),
    "up": lambda page, place: _line_step(page, place, -1),
    "down": lambda page, place: _line_step(page, place, 1),
    "word": lambda page, place: _word_step(page, place, 1),
    "word-end": _word_end,
    "word-back": lambda page, place: _word_step(page, place, -1),
    "line-start": lambda page, place: _line_end(page, place, last=False),
    "line-end": lambda page, place: _line_end(page, place, last=True),
    "paragraph": lambda page, place: _paragraph_step(page, place, 1),
    "paragraph-back": lambda page, place: _paragraph_step(page, place, -1),
    "top": lambda page, place: _end_of_text(page, last=False) or place,
    "bottom": lambda page, place: _end_of_text(page, last=True) or place,
}
