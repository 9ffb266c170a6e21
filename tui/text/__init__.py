"""The text engine: from a paragraph of logical Unicode text to lines of cells that any terminal shows right.

Pure and light: no app, no store, no Textual. The way of a paragraph: `chars` (facts of a character) → `shaping`
(clusters) → `tokens`, `bidi` (levels), both in `paragraph` → `linebreak` → `lines` (cells) → `emission` (runs); `places` maps
between cells and source.
"""

from __future__ import annotations

from .bidi import Base, base_of, direction_of
from .chars import cell_width
from .emission import Emission, Run, Span, paint, visual
from .lines import MEASURE, Cell, Line, layout, measure, one_line
from .places import caret, columns, source_at

__all__ = [
    "MEASURE",
    "Base",
    "Cell",
    "Emission",
    "Line",
    "Run",
    "Span",
    "base_of",
    "caret",
    "cell_width",
    "columns",
    "direction_of",
    "layout",
    "measure",
    "one_line",
    "paint",
    "source_at",
    "visual",
]
