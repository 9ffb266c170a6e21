"""What a line being edited has been and may become: steps to undo, and completions to go through. Pure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from . import line_edit
from .line_edit import Edit

#: Steps that can be undone.
DEPTH = 200


@dataclass(frozen=True, slots=True)
class Steps:
    """The states before the present one, and those that were undone, latest last."""

    past: tuple[Edit, ...] = ()
    future: tuple[Edit, ...] = ()

    def changed(self, before: Edit, after: Edit) -> Steps:
        """The steps when the line becomes ``after``; letters typed one by one are one step up to the next word."""
        if before.text == after.text:
            return self
        if self.past and not self.future and _goes_on(self.past[-1], before, after):
            return self
        return Steps((*self.past, before)[-DEPTH:])

    def undone(self, present: Edit) -> tuple[Steps, Edit]:
        """One step back: the steps there, and the line of before; the present one where there is no step."""
        if not self.past:
            return self, present
        return Steps(self.past[:-1], (*self.future, present)), self.past[-1]

    def redone(self, present: Edit) -> tuple[Steps, Edit]:
        """One step forward again."""
        if not self.future:
            return self, present
        return Steps((*self.past, present), self.future[:-1]), self.future[-1]


def _goes_on(begun: Edit, before: Edit, after: Edit) -> bool:
    """Whether ``after`` is one more letter of the word that has been typed since ``begun``."""
    if (
        len(after.text) != len(before.text) + 1
        or after.cursor != before.cursor + 1
        or before.anchor is not None
    ):
        return False
    if begun.anchor is not None or len(begun.text) >= len(before.text):
        return False
    typed = before.text[begun.cursor : before.cursor]
    is_one_stretch = begun.text == before.text[: begun.cursor] + before.text[before.cursor :]
    return is_one_stretch and not line_edit.is_word_start(after.text, before.cursor) and bool(typed)


@dataclass(frozen=True, slots=True)
class Completing:
    """Lines that could be meant, the one at ``place`` being in the field instead of what was ``typed``."""

    typed: Edit
    lines: tuple[str, ...]
    place: int

    def moved(self, step: int) -> Completing:
        """The next (1) or previous (-1) line; after the last comes the first."""
        return Completing(self.typed, self.lines, (self.place + step) % len(self.lines))

    @property
    def edit(self) -> Edit:
        """The line at the place, the cursor before what followed it when it was typed."""
        text = self.lines[self.place]
        return line_edit.move(Edit(text), max(0, len(text) - self._after))

    @property
    def _after(self) -> int:
        return len(self.typed.text) - self.typed.cursor

    @property
    def shared(self) -> int:
        """The index where the lines begin to differ, drawn back to the beginning of a word."""
        shared = os.path.commonprefix([*self.lines, self.typed.text[: self.typed.cursor]])  # noqa: RUF071 - text, no paths
        return max(shared.rfind(blank) + 1 for blank in " ،,(")

    @property
    def pieces(self) -> tuple[str, ...]:
        """What each line has of its own: without what all share before it, and what follows the cursor."""
        start, after = self.shared, self._after
        return tuple(line[start : len(line) - after] for line in self.lines)


def completing(typed: Edit, lines: Sequence[str], step: int) -> Completing | None:
    """The first (1) or last (-1) of those lines in place of what is typed; None where there are none."""
    clean = tuple(dict.fromkeys(line_edit.sanitised(line)[: line_edit.LIMIT] for line in lines))
    return Completing(typed, clean, 0 if step > 0 else len(clean) - 1) if clean else None
