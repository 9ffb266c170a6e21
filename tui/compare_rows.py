"""Two reports beside each other: which sentence stands next to which, and how each is marked. Pure.

Sentences that both have in the same order stand at one height; between them
each report goes on by itself. Every mark is a sign as well as a style, so that a
screen without colours shows as much.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from store import Comparison, Sentence

from .text import Base, Line, Span, layout

#: Signs at the beginning of a line: both say it, one alone says it, both but with other names or numbers,
#: and the other says it elsewhere.
SAME, ONLY, DIFFERS, ELSEWHERE = "=", "+", "≠", "↕"
#: Cells of a sign and the blank after it.
MARGIN = 2

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class SideLine:
    """A line of one report: its text, style, marks, and the sign before it (one cell, may be blank)."""

    line: Line
    role: str
    spans: tuple[Span, ...]
    sign: str
    sentence: int


Row = tuple[SideLine | None, SideLine | None]


def pairs(comparison: Comparison) -> tuple[Pair, ...]:
    """The sentences in the order they are shown: (first, second), None where one side is blank.

    Of the matches the longest set that both have in the same order stands side by
    side; what is between two of them fills both columns. Each report keeps its own
    order, and no sentence is left out.
    """
    out: list[Pair] = []
    left = right = 0
    for one, other in (*anchors(comparison), (len(comparison.first), len(comparison.second))):
        out += zip_longest(range(left, one), range(right, other))
        if one < len(comparison.first):
            out.append((one, other))
        left, right = one + 1, other + 1
    return tuple(out)


def anchors(comparison: Comparison) -> list[tuple[int, int]]:
    """The longest chain of matches that rises on both sides, the surer of two of one length."""
    found = {
        (one, sentence.match): sentence.likeness
        for one, sentence in enumerate(comparison.first)
        if sentence.match is not None
    }
    for other, sentence in enumerate(comparison.second):
        if sentence.match is not None:
            pair = (sentence.match, other)
            found[pair] = max(sentence.likeness, found.get(pair, 0.0))
    # Of two sentences that match one, only one can stand beside it: the chain rises strictly on both sides.
    matches = sorted((one, other, likeness) for (one, other), likeness in found.items())
    best: list[tuple[int, float, int | None]] = []
    for place, (one, other, likeness) in enumerate(matches):
        before = [
            (best[earlier][0], best[earlier][1], earlier)
            for earlier in range(place)
            if matches[earlier][0] < one and matches[earlier][1] < other
        ]
        length, sure, link = max(before, default=(0, 0.0, None), key=lambda found: found[:2])
        best.append((length + 1, sure + likeness, link))
    chain: list[tuple[int, int]] = []
    at: int | None = max(range(len(best)), key=lambda place: best[place][:2], default=None)
    while at is not None:
        chain.append(matches[at][:2])
        at = best[at][2]
    return chain[::-1]


def compared(comparison: Comparison, widths: tuple[int, int], base: Base = "R") -> tuple[Row, ...]:
    """All rows of a comparison, each side laid out in its width (cells, with the margin of the sign)."""
    chain = anchors(comparison)
    beside = {one for one, _other in chain}, {other for _one, other in chain}
    rows: list[Row] = []
    for one, other in pairs(comparison):
        left = _lines(comparison.first, one, beside[0], widths[0], base)
        right = _lines(comparison.second, other, beside[1], widths[1], base)
        if rows and _is_new_paragraph(comparison, one, other):
            rows.append((None, None))
        for place in range(max(len(left), len(right))):
            rows.append(
                (
                    left[place] if place < len(left) else None,
                    right[place] if place < len(right) else None,
                )
            )
    return tuple(rows)


def _is_new_paragraph(comparison: Comparison, one: int | None, other: int | None) -> bool:
    """True where a sentence begins a paragraph of its report; both do not have to."""
    sides = ((comparison.first, one), (comparison.second, other))
    return any(
        index is not None and index > 0 and report[index].paragraph != report[index - 1].paragraph
        for report, index in sides
    )


def _lines(
    report: Sequence[Sentence], index: int | None, beside: Collection[int], width: int, base: Base
) -> list[SideLine]:
    if index is None:
        return []
    sentence = report[index]
    is_shared = sentence.is_shared or index in beside
    role = "body" if is_shared else "only"
    spans = tuple(
        Span(mark.start - sentence.start, mark.end - sentence.start, "differs") for mark in sentence.marks
    )
    out: list[SideLine] = []
    for line in layout(sentence.text, max(1, width - MARGIN), base):
        differs = any(span.start < line.end and span.end > line.start for span in spans)
        sign = ONLY if not is_shared else DIFFERS if differs else " "
        if not out and sign == " ":
            sign = SAME if index in beside else ELSEWHERE
        out.append(SideLine(line, role, spans, sign, index))
    return out


def own_rows(rows: Sequence[Row], side: int) -> tuple[list[SideLine | None], list[int]]:
    """One report by itself, without the blanks that make room for the other.

    The lines, and for each row of the comparison the number of the line that stands there or next.
    """
    kept = [row[side] is not None or row == (None, None) for row in rows]
    before = [0, *accumulate(kept)]
    return [row[side] for row, keep in zip(rows, kept, strict=True) if keep], before[:-1]


def next_difference(rows: Sequence[Row], top: int, step: int) -> int | None:
    """The next (1) or previous (-1) row after ``top`` where a sentence of one report alone, or a difference, begins."""
    starts = [number for number in range(len(rows)) if _begins_difference(rows, number)]
    if step > 0:
        return next((number for number in starts if number > top), None)
    return next((number for number in reversed(starts) if number < top), None)


def _begins_difference(rows: Sequence[Row], number: int) -> bool:
    before: Row = rows[number - 1] if number else (None, None)
    for line, above in zip(rows[number], before, strict=True):
        if line is None or line.sign not in (ONLY, DIFFERS):
            continue
        if above is None or above.sentence != line.sentence or line.sign != above.sign:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Counts:
    """How much two reports share: sentences both have, those of one alone, differing names and numbers."""

    both: int
    first_only: int
    second_only: int
    differing: int


def counts(comparison: Comparison) -> Counts:
    """The figures of a comparison."""
    return Counts(
        max(sum(sentence.is_shared for sentence in side) for side in (comparison.first, comparison.second)),
        sum(not sentence.is_shared for sentence in comparison.first),
        sum(not sentence.is_shared for sentence in comparison.second),
        sum(len(sentence.marks) for sentence in (*comparison.first, *comparison.second)),
    )
