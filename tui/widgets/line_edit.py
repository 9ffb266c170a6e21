"""Editing one line of text, as pure steps from state to state; nothing here knows a screen or a key.

A cursor stands on a *border*: before a letter with its marks, or at the end. Lam and alef
are two letters here, whatever they look like, so that one Backspace takes one of them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ..terminal.keyboard import part_pairs
from ..text import one_line

LIMIT = 4_096
"""Code points a line may have; more is cut off at the end of what is put in."""

_SPACES = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_DROPPED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A line being edited: indices are code points of ``text``; ``anchor`` is where a selection began."""

    text: str = ""
    cursor: int = 0
    anchor: int | None = None

    @property
    def selection(self) -> tuple[int, int]:
        """The selected range, empty at the cursor where nothing is selected."""
        anchor = self.cursor if self.anchor is None else self.anchor
        return min(anchor, self.cursor), max(anchor, self.cursor)

    @property
    def selected(self) -> str:
        """The selected text."""
        start, end = self.selection
        return self.text[start:end]


def sanitised(text: str) -> str:
    """Text from a keyboard, a paste or a file as it may stand in one line.

    NFC; line breaks and tabs become a space; controls, bidi controls and surrogates are
    dropped; a lam-alef that came as one character becomes its two letters.
    """
    text = _DROPPED.sub("", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", part_pairs(text))


def of(text: str) -> Edit:
    """A line with the cursor at its end."""
    text = sanitised(text)[:LIMIT]
    return Edit(text, len(text))


def borders(text: str) -> tuple[int, ...]:
    """The indices where a cursor may stand, ascending, 0 and the end among them."""
    starts = {cell.start for cell in one_line(text, 2 * len(text) + 2, ligate=False).cells}
    return tuple(sorted(starts | {0, len(text)}))


def insert(edit: Edit, piece: str) -> Edit:
    """Put a piece in place of the selection; it may come from anywhere."""
    start, end = edit.selection
    room = LIMIT - len(edit.text) + end - start
    piece = sanitised(piece)[:room]
    return _replaced(edit, start, end, piece)


def backspace(edit: Edit) -> Edit:
    """Delete the selection, or the letter with its marks before the cursor."""
    start, end = edit.selection
    return _replaced(edit, _before(edit) if start == end else start, end)


def delete(edit: Edit) -> Edit:
    """Delete the selection, or the letter with its marks at the cursor."""
    start, end = edit.selection
    return _replaced(edit, start, _after(edit) if start == end else end)


def delete_word(edit: Edit) -> Edit:
    """Delete the selection, or back to the beginning of a word."""
    start, end = edit.selection
    return _replaced(edit, word_before(edit.text, end) if start == end else start, end)


def delete_to_start(edit: Edit) -> Edit:
    """Delete all before the cursor."""
    return _replaced(edit, 0, edit.cursor)


def delete_to_end(edit: Edit) -> Edit:
    """Delete all from the cursor on."""
    return _replaced(edit, edit.cursor, len(edit.text))


def move(edit: Edit, index: int, *, is_selecting: bool = False) -> Edit:
    """Put the cursor on the border nearest to ``index``, with the text between selected or not."""
    anchor = (edit.cursor if edit.anchor is None else edit.anchor) if is_selecting else None
    cursor = _snapped(edit.text, index)
    return Edit(edit.text, cursor, None if anchor == cursor else anchor)


def select_all(edit: Edit) -> Edit:
    """Select everything, the cursor at the end."""
    return Edit(edit.text, len(edit.text), 0 if edit.text else None)


def is_word_start(text: str, index: int) -> bool:
    """Whether a word begins at ``index``."""
    return _is_of_word(text[index : index + 1]) and not _is_of_word(text[max(0, index - 1) : index])


def word_before(text: str, index: int) -> int:
    """The beginning of the word before ``index`` or around it; 0 where there is none."""
    return next(
        (place for place in reversed(borders(text)) if place < index and is_word_start(text, place)), 0
    )


def _is_of_word(char: str) -> bool:
    return bool(char) and (char.isalnum() or char in "_\u200c\u200d" or bool(unicodedata.combining(char)))


def _before(edit: Edit) -> int:
    places = borders(edit.text)
    return places[max(0, bisect_left(places, edit.cursor) - 1)]


def _after(edit: Edit) -> int:
    places = borders(edit.text)
    return places[min(len(places) - 1, bisect_right(places, edit.cursor))]


def _replaced(edit: Edit, start: int, end: int, piece: str = "") -> Edit:
    text = edit.text[:start] + piece + edit.text[end:]
    # What comes together here may be one letter now: a mark that finds a new base.
    return Edit(text, _snapped(text, start + len(piece)))


def _snapped(text: str, index: int) -> int:
    """The first border at or after ``index``."""
    places = borders(text)
    return places[min(len(places) - 1, bisect_left(places, index))]
