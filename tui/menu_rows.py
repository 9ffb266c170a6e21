"""MenuRow: what a row of a menu says and stands for; pure, so that rows are made and tested without a screen."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Base, Span


@dataclass(frozen=True, slots=True)
class MenuRow:
    """One row: its text, a detail at the far end, and the value it stands for (None: a heading)."""

    text: str
    detail: str = ""
    value: object = None
    role: str = "body"
    indent: int = 0
    base: Base = "R"
    spans: tuple[Span, ...] = ()

    @property
    def is_choosable(self) -> bool:
        """True for a row the cursor may stand on."""
        return self.value is not None
