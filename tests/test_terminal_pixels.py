"""What stands on the screen of a real xterm and VTE is what a hand would have drawn: the same glyphs, pixel by pixel.

The expected glyphs are written by hand, each form of each letter from left to right, and drawn by the
same terminal with its own ordering off. Bytes alone do not tell this: a terminal that reorders shows right
bytes wrong.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from pixels_harness import COLUMNS, ROWS, TERMINALS, Pixels, Screen, missing, shown

TITLES = {
    # In source order; each with its glyphs from left to right.
    "لا سلام (BBC) كوفيد-19": "19-\ufeaa\ufef4\ufed3\ufeee\ufedb (BBC) \ufee1\ufefc\ufeb3 \ufefb",
    "فاز 3 من 10، نعم!": "!\ufee2\ufecc\ufee7 \u060c10 \ufee6\ufee3 3 \ufeaf\ufe8e\ufed3",
    "العِلْمُ نُورٌ": "\ufead\u064c\ufeee\ufee7\u064f \ufee2\u064f\ufee0\u0652\ufecc\u0650\ufedf\ufe8d",
}
HERE = Path(__file__).parent


def _articles(folder: Path) -> Path:
    """One article for the cursor, then the titles, newest first; no outlet, no date on a line of its own to disturb."""
    file = folder / "articles.jsonl"
    titles = ["أول", *TITLES]
    records = [
        {"title": title, "published": f"2024-06-{28 - place:02d}T08:00:00Z", "body": ["متن."]}
        for place, title in enumerate(titles)
    ]
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records))
    return file


def _drawing() -> str:
    """The titles where the list has them: every second row from the third, ending five cells before the edge, bold."""
    rows = ["\x1b[8l\x1b[?1049h\x1b[2J\x1b[?25l\x1b[1m"]
    for place, glyphs in enumerate(TITLES.values()):
        width = sum(not "\u064b" <= char <= "\u0652" for char in glyphs)
        rows.append(f"\x1b[{3 + 2 * place};{COLUMNS - 5 - width + 1}H{glyphs}")
    return "".join(rows)


@pytest.mark.parametrize("terminal", TERMINALS)
def test_the_list_is_drawn_as_a_hand_would_draw_it(terminal: str, tmp_path: Path) -> None:
    reason = missing(terminal)
    if reason:
        pytest.skip(reason)
    drawing, told = tmp_path / "drawing", tmp_path / "told"
    drawing.write_text(_drawing())
    reference = [sys.executable, str(HERE / "pixels_reference.py"), str(drawing), str(told)]
    with shown(terminal, reference, tmp_path / "reference") as screen:
        assert screen.wait(lambda: told.exists() and bool(told.read_text()))
        assert told.read_text() == f"{COLUMNS} {ROWS}"
        seen: list[list[Pixels]] = []

        def is_still() -> bool:
            """Drawn, and the same at the next look."""
            seen.append(_titles(screen, screen.size()))
            return all(len(_dark(part)) > 50 for part in seen[-1]) and seen[-1:] * 3 == seen[-3:]

        assert screen.wait(is_still), "the expected glyphs were never drawn"
        size, expected = screen.size(), seen[-1]
    # One title in the place of another would be seen.
    assert not any(_are_same(one, other) for one, other in pairwise(expected))
    command = [str(Path(sys.executable).with_name("newsreader")), "--store", str(tmp_path / "store.db")]
    with shown(terminal, [*command, "--lang", "ar", str(_articles(tmp_path))], tmp_path / "reader") as screen:

        def are_same() -> bool:
            return all(map(_are_same, _titles(screen, size), expected))

        is_right = screen.wait(are_same)
        found = _titles(screen, size)
    wrong = [
        title for title, one, other in zip(TITLES, found, expected, strict=True) if not _are_same(one, other)
    ]
    assert is_right, wrong


def _titles(screen: Screen, size: tuple[int, int]) -> list[Pixels]:
    """The rows of the titles, without the signs at the right and the bar at the left."""
    cell, line = size[0] // COLUMNS, size[1] // ROWS
    return [
        screen.part((2 + 2 * place) * line, (3 + 2 * place) * line, 30 * cell, (COLUMNS - 5) * cell)
        for place in range(len(TITLES))
    ]


def _dark(part: Pixels) -> set[tuple[int, int]]:
    """Where something is drawn: pixels darker than grey."""
    return {(x, y) for y, row in enumerate(part) for x, value in enumerate(row[::4]) if value < 128}


def _are_same(one: Pixels, other: Pixels) -> bool:
    """Whether the same is drawn, but for specks: tails of letters in the rows above and below."""
    return len(_dark(one) ^ _dark(other)) < len(_dark(other)) // 10
