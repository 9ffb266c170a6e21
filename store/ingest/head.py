"""The head of a saved page: which line is its headline, what stands above it, whose page it says it is. Pure.

A first line that a date follows is a title; else it must look like one, with
a text behind it. Above it may stand a date, the way to the page («أخبار |
كوريا الشمالية»), and the section that this way ends in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..title_words import is_known_outlet
from .agencies import is_outlet
from .headlines import is_headline, is_sentence
from .markers import Mark, Marked
from .masthead import is_named_again, top_of

#: «أخبار | كوريا الشمالية»: the way to a page, above its headline.
_TRAIL = re.compile(r"(?:[^|/›»>]{2,25}[|/›»>])+[^|/›»>]{2,25}")
_STEPS = re.compile(r" *[|/›»>←\\] *")
#: «عنوان الخبر - الجزيرة نت»
_SITE = re.compile(r"(?P<title>.{20,}\S) +[-–—|] +(?P<site>[^-–—|]{3,30})")
_DATES = frozenset((Mark.DATE, Mark.UPDATED))
#: A first line that is longer is no furniture of the top.
_LONGEST_TOP = 60


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines are: the place of the headline (None for a page without), and of what is above it.

    ``text`` is the place of a line that seems to mark something and is the
    text's own; ``site`` names the outlet that the headline itself ends in.
    """

    headline: int | None = None
    title: str = ""
    site: str = ""
    furniture: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()
    text: int | None = None


def head_of(lines: Sequence[str], marks: Sequence[Marked | None]) -> Head:
    """Find the headline among the first lines of a page, each with what it marks."""
    first = next(
        (i for i, mark in enumerate(marks) if mark is None or mark.mark is not Mark.BOILERPLATE), None
    )
    if first is None:
        return Head()
    place = _behind_what_stands_above(lines, marks, _behind_sections(lines, marks, first))
    top = top_of(lines, marks) if len(lines[first]) <= _LONGEST_TOP else None
    if top and top.place > place and marks[top.place] is None and is_title(lines, marks, top.place):
        place = top.place
    else:
        top = None
    marked, line = marks[place], lines[place]
    if marked and marked.mark is not Mark.BYLINE and marked.mark is not Mark.BULLET:
        return Head()
    if not is_title(lines, marks, place):
        return Head() if marked and marked.mark is Mark.BYLINE else Head(text=place)
    named = _SITE.fullmatch(line) if "-" in line or "–" in line or "|" in line or "—" in line else None
    is_site = named is not None and (
        (" " in named["site"] and is_known_outlet(named["site"]))
        or is_named_again(named["site"], lines, place)
    )
    site = named["site"] if named and is_site else ""
    dates = tuple(i for i in range(place) if (mark := marks[i]) is not None and mark.mark in _DATES)
    return Head(
        place,
        named["title"] if named and site else line,
        site or (top.name if top else ""),
        tuple(i for i in range(place) if i not in dates and not (top and i == top.at)),
        tuple(i for i in dates if i >= first),
    )


def _behind_sections(lines: Sequence[str], marks: Sequence[Marked | None], first: int) -> int:
    """The line behind those that repeat a step of the way to the page above them: «الرئيسية / اقتصاد / …», «اقتصاد»."""
    steps = {step for line in lines[:first] for step in _STEPS.split(line)[:-1]}
    place = first
    while steps and place < len(lines) - 1 and marks[place] is None and lines[place] in steps:
        place += 1
    return place


def _behind_what_stands_above(lines: Sequence[str], marks: Sequence[Marked | None], first: int) -> int:
    """The line of the headline where a date or the way to the page stands above it; else ``first``."""
    place = first
    while place < min(first + 3, len(lines) - 2):
        marked, line = marks[place], lines[place]
        is_date = marked is not None and marked.mark in _DATES
        if not is_date and not (marked is None and len(line) <= 50 and _TRAIL.fullmatch(line)):
            break
        place += 1
    has_text = place + 1 < len(lines) and bool(lines[place + 1])
    if place == first or marks[place] is not None or not has_text or not is_title(lines, marks, place):
        return first
    return place


def is_title(lines: Sequence[str], marks: Sequence[Marked | None], index: int) -> bool:
    """True where the line at ``index`` is the title of what follows it."""
    line = lines[index]
    if len(line) > 300:
        return False
    for offset, marked in enumerate(marks[index + 1 : index + 4]):
        if marked is None:
            break
        if marked.mark is Mark.DATE:
            return offset == 0 or len(line) <= 200
    marked = marks[index]
    if marked is not None and marked.mark is Mark.BULLET:
        return False
    if not is_headline(line) or (len(line) <= 40 and is_outlet(line)):
        return False
    texts = (text for text, mark in zip(lines[index + 1 :], marks[index + 1 :], strict=True) if mark is None)
    return any(is_sentence(text) or len(text) > len(line) for text, _ in zip(texts, range(6), strict=False))
