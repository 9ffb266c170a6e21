"""From laid-out lines to strips: the one place where text, palette and emission meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..i18n import is_rtl
from ..text import Base, Emission, Line, Span, one_line, paint
from ..text.cache import TextCache
from ..text.kitty_form import Covers
from ..themes import Palette

#: Signs of the interface and what stands for them where a font has none of them, one cell each.
_ASCII = str.maketrans("│─▐●◉○★▸◂✎↳→←↑↓…· ▁▂▃▄▅▆▇█▏▎▍▌▋▊▉", "|-#o@.*><&`><^v.- ..-=+**#..-=+**")

_NOT_DIM = Style(dim=False)

#: Code points of the fields that are kept as they were drawn: some screens of a list.
_KEPT_FIELDS = 60_000


@dataclass
class Painter:
    """How text reaches this terminal: its emission, whether marks are kept, and the palette.

    One painter serves all widgets; the app changes it when the reader asks for another way. With
    ``is_ascii`` lines and signs are drawn with what every font has, cell for cell.
    """

    palette: Palette
    emission: Emission = Emission.VISUAL
    keep_marks: bool = True
    covers: Covers | None = None
    is_ascii: bool = False
    has_dim: bool = True
    #: Another number after every change of the way of drawing: what was drawn before does not hold any more.
    version: int = field(default=0, init=False, compare=False)
    _fields: TextCache[tuple[Segment, ...]] = field(
        default_factory=lambda: TextCache(_KEPT_FIELDS), init=False, repr=False, compare=False
    )

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if fields := self.__dict__.get("_fields"):
            fields.clear()
            super().__setattr__("version", self.version + 1)

    def style(self, role: str) -> Style:
        """The style of a role in this terminal: without dim where that is drawn as something else."""
        style = self.palette.style(role)
        return style + _NOT_DIM if style.dim and not self.has_dim else style

    def line(
        self, line: Line, width: int, role: str = "", spans: Sequence[Span] = (), *, at_end: bool = False
    ) -> list[Segment]:
        """A laid-out line in exactly ``width`` cells, at the side where it begins, or ``at_end`` at the other."""
        style_of = self.style
        is_bold = bool(style_of(role).bold)
        segments = []
        runs = paint(
            line, spans, emission=self.emission, keep_marks=self.keep_marks, can_part=True, covers=self.covers
        )
        for run in runs:
            style = style_of(self.palette.over(role, run.style))
            if run.is_apart is not None and bool(style.bold) != (is_bold != run.is_apart):
                style += Style(bold=is_bold != run.is_apart)
            segments.append(Segment(self._drawn(run.text), style))
        gap = width - line.width
        if gap <= 0:
            return segments
        blank = Segment(" " * gap, style_of(role))
        return [blank, *segments] if line.is_rtl != at_end else [*segments, blank]

    def field(
        self,
        text: str,
        width: int,
        role: str = "",
        spans: Sequence[Span] = (),
        base: Base = "R",
        *,
        at_end: bool = False,
    ) -> Sequence[Segment]:
        """One line of text in exactly ``width`` cells, its end cut by … where it is too long; cached."""
        if width <= 0:
            return ()
        spans = tuple(spans)

        def make() -> tuple[Segment, ...]:
            return tuple(self.line(one_line(text, width, base), width, role, spans, at_end=at_end))

        return self._fields.get((text, width, role, spans, base, at_end), min(len(text), 16 * width), make)

    def blank(self, width: int, role: str = "") -> Segment:
        """``width`` empty cells."""
        return Segment(" " * max(0, width), self.style(role))

    def cells(self, text: str, role: str = "") -> Segment:
        """Signs that need no layout (marks, rules, arrows), as they are."""
        return Segment(self._drawn(text), self.style(role))

    def _drawn(self, text: str) -> str:
        return text.translate(_ASCII) if self.is_ascii else text


def strip_of(segments: Sequence[Segment], width: int) -> Strip:
    """A strip of those segments, neighbours of one style joined: fewer bytes on the line."""
    joined: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        style = segment.style
        if joined and ((before := joined[-1].style) is style or before == style):
            joined[-1] = Segment(joined[-1].text + segment.text, style)
        else:
            joined.append(segment)
    return Strip(joined, width)


def in_reading_order(*parts: Sequence[Segment]) -> list[Segment]:
    """Parts of a row given in reading order, as segments from left to right on the screen."""
    ordered = reversed(parts) if is_rtl() else parts
    return [segment for part in ordered for segment in part]
