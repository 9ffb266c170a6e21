"""Make the expectations of test_main_layout.py again: the body lines of the seeds, as libfribidi shapes and orders them.

    python tests/data/layout_make.py        (Debian: apt install libfribidi0)

layout_fribidi.json holds for each article of the golden pages its headline and the lines of its body at 76 cells, from
left to right as they are to stand on the screen. libfribidi gives levels, joined letters, lam-alef, mirrored brackets and
the order; the lines are broken here, at the last blank before the edge. Nothing of the reader takes part.
"""

from __future__ import annotations

import ctypes
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WIDTH = 76
RTL = 0x111
MIRROR, REORDER_MARKS, FORMS, LAM_ALEF = 0x1, 0x2, 0x100, 0x200
#: A mark on the lam does not keep it from its alef, in no font: for fribidi it is put behind both.
LAM_MARK_ALEF = re.compile("(\u0644)([\u064b-\u0652]+)([\u0627\u0623\u0625\u0622])")
#: Stands where the second letter of a ligature was.
FILL = "\ufeff"


class FriBidi:
    """Paragraphs from right to left by libfribidi."""

    def __init__(self, name: str = "libfribidi.so.0") -> None:
        self.lib = ctypes.CDLL(name)
        self.lib.fribidi_get_par_embedding_levels_ex.restype = ctypes.c_int8
        self.lib.fribidi_reorder_line.restype = ctypes.c_int8

    def lines(self, text: str, width: int = WIDTH) -> list[str]:
        """The lines of a paragraph at most ``width`` cells wide."""
        text = LAM_MARK_ALEF.sub(r"\1\3\2", unicodedata.normalize("NFC", text))
        count = len(text)
        types, levels, direction = self._levels(text)
        shaped = self._shaped(text, types, levels)
        found = []
        start = 0
        while start < count:
            end = self._end(text, shaped, start, width)
            found.append(self._ordered(shaped, types, levels, direction, start, end))
            start = end
            while start < count and text[start] == " ":
                start += 1
        return found

    def _levels(self, text: str) -> tuple[Any, Any, Any]:
        count = len(text)
        codes = (ctypes.c_uint32 * count)(*map(ord, text))
        types = (ctypes.c_uint32 * count)()
        brackets = (ctypes.c_uint32 * count)()
        levels = (ctypes.c_int8 * count)()
        self.lib.fribidi_get_bidi_types(codes, count, types)
        self.lib.fribidi_get_bracket_types(codes, count, types, brackets)
        direction = ctypes.c_uint32(RTL)
        self.lib.fribidi_get_par_embedding_levels_ex(types, brackets, count, ctypes.byref(direction), levels)
        return types, levels, direction

    def _shaped(self, text: str, types: Any, levels: Any) -> str:
        count = len(text)
        codes = (ctypes.c_uint32 * count)(*map(ord, text))
        joining = (ctypes.c_uint8 * count)()
        self.lib.fribidi_get_joining_types(codes, count, joining)
        self.lib.fribidi_join_arabic(types, count, levels, joining)
        self.lib.fribidi_shape(MIRROR | FORMS | LAM_ALEF, levels, count, joining, codes)
        return "".join(map(chr, codes))

    def _end(self, text: str, shaped: str, start: int, width: int) -> int:
        used = 0
        blank = None
        for place in range(start, len(text)):
            if text[place] == " ":
                blank = place
            elif used + cells(shaped[place]) > width:
                return blank if blank is not None else place
            used += cells(shaped[place])
        return len(text.rstrip(" "))

    def _ordered(self, shaped: str, types: Any, levels: Any, direction: Any, start: int, end: int) -> str:
        kept = [place for place in range(start, end) if shaped[place] != FILL]
        length = len(kept)
        piece = (ctypes.c_uint32 * length)(*(ord(shaped[place]) for place in kept))
        piece_types = (ctypes.c_uint32 * length)(*(types[place] for place in kept))
        piece_levels = (ctypes.c_int8 * length)(*(levels[place] for place in kept))
        self.lib.fribidi_reorder_line(
            REORDER_MARKS, piece_types, length, 0, direction, piece_levels, piece, None
        )
        return "".join(map(chr, piece))


def cells(char: str) -> int:
    """The cells of a character of these pages."""
    return 0 if char == FILL or unicodedata.category(char) in ("Mn", "Cf") else 1


def articles(page: dict[str, Any]) -> list[dict[str, Any]]:
    """A golden page and the articles found on it."""
    return [page, *(found for inner in page["embedded"] for found in articles(inner))]


def main() -> None:
    fribidi = FriBidi()
    expected = {
        article["title"]: [line for paragraph in article["body"] for line in fribidi.lines(paragraph)]
        for path in sorted((HERE / "pages").glob("seed_*.json"))
        for article in articles(json.loads(path.read_text(encoding="utf-8")))
    }
    text = json.dumps(expected, ensure_ascii=False, indent=0)
    (HERE / "layout_fribidi.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
