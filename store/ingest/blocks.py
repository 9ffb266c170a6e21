"""What stands behind a marker of a page, for each line at once: one pass from the end, whatever the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .headlines import is_sentence
from .markers import Mark, Marked


class Block(NamedTuple):
    """The lines from one on, to the next list of similar headlines or the end of the page.

    ``prose`` counts the lines that mark nothing; ``has_text`` says that a
    closed sentence follows the first of them; ``has_source`` that a source or
    keywords come; ``has_bullet`` that bullets come before any prose.
    """

    prose: int = 0
    has_text: bool = False
    has_source: bool = False
    has_bullet: bool = False


def blocks_of(lines: Sequence[str], marks: Sequence[Marked | None], start: int) -> list[Block]:
    """The block from each line on, from ``start`` to the end of the page; one more, empty, for the end."""
    now = Block()
    has_sentence = False
    blocks = [now]
    for line, marked in zip(reversed(lines[start:]), reversed(marks[start:]), strict=True):
        if marked is None:
            now = Block(now.prose + 1, has_sentence, now.has_source)
            has_sentence = has_sentence or is_sentence(line)
        elif marked.mark is Mark.SIMILAR:
            now, has_sentence = Block(), False
        elif marked.mark is Mark.SOURCE or (marked.mark is Mark.KEYWORDS and marked.has_colon):
            now = Block(now.prose, now.has_text, True, now.has_bullet)
        elif marked.mark is Mark.BULLET:
            now = Block(now.prose, now.has_text, now.has_source, True)
        blocks.append(now)
    blocks.reverse()
    return blocks
