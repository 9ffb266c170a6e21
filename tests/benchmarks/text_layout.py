"""What the text engine costs, beside plain `get_display(reshape(...))`, in one run.

    python tests/benchmarks/text_layout.py [FOLDER OF ARTICLES, default seeds/]

Rows are the paragraphs of the articles cut at about 60 characters; each figure is the best of several passes,
in processor time, with empty caches unless it says otherwise. Compare the ratios: machines differ.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from arabic_reshaper import ArabicReshaper
from bidi import get_display

from tui.text import Emission, Span, layout, one_line, paint
from tui.text.lines import forget

ROW = 60
WIDTH = 76
PASSES = 7


def best(action: Callable[[], object]) -> float:
    """Seconds of the processor in the fastest of several passes, each with empty caches."""
    times = []
    for _ in range(PASSES):
        forget()
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def rows_of(paragraphs: list[str]) -> list[str]:
    """Stretches of whole words of about ROW characters."""
    rows = []
    for paragraph in paragraphs:
        row = ""
        for word in paragraph.split():
            if len(row) + len(word) >= ROW:
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        if len(row) > ROW // 2:
            rows.append(row)
    return list(dict.fromkeys(rows))


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "seeds"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        print(f"no articles in {folder}", file=sys.stderr)
        return 1
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
    rows = rows_of(paragraphs)
    mixed = [row for row in rows if any(char.isascii() and char.isalnum() for char in row)]
    longest = max(texts, key=len).split("\n")
    reshape = ArabicReshaper({"delete_harakat": False, "support_ligatures": False}).reshape

    def per_row(group: list[str], action: Callable[[str], object]) -> str:
        return f"{best(lambda: [action(row) for row in group]) / len(group) * 1e6:7.1f} µs"

    print(
        f"{len(rows)} rows of {sum(map(len, rows)) / len(rows):.0f} characters, {len(mixed)} with digits or Latin"
    )
    print(
        "plain reshape + get_display    ", per_row(rows, lambda row: get_display(reshape(row), base_dir="R"))
    )
    print("one_line                       ", per_row(rows, lambda row: one_line(row, 100)))
    print(
        "one_line, mixed rows only      ",
        per_row(mixed, lambda row: one_line(row, 100)) if mixed else "  none",
    )
    print("one_line, cut with …           ", per_row(rows, lambda row: one_line(row, 40)))
    print("one_line + paint               ", per_row(rows, lambda row: paint(one_line(row, 100))))
    spans = [Span(5, 12, "hit"), Span(0, 60, "row")]
    lines = [one_line(row, 100) for row in rows]
    for emission in Emission:
        cost = best(lambda e=emission: [paint(line, emission=e) for line in lines]) / len(lines)  # type: ignore[misc]
        styled = best(lambda e=emission: [paint(line, spans, emission=e) for line in lines]) / len(lines)  # type: ignore[misc]
        print(f"paint {emission:8} plain / 2 spans  {cost * 1e6:7.1f} µs / {styled * 1e6:.1f} µs")
    one_line(rows[0], 100)
    cached = min(_timed(lambda: one_line(rows[0], 100)) for _ in range(100))
    print(f"one_line from the cache         {cached * 1e6:7.1f} µs")

    plain = best(lambda: [get_display(reshape(line), base_dir="R") for line in longest])
    ours = best(lambda: [layout(line, WIDTH) for line in longest])
    just = best(lambda: [layout(line, WIDTH, justify=True) for line in longest])
    size = sum(map(len, longest))
    print(
        f"longest article, {size} characters: plain {plain * 1e3:.2f} ms, layout {ours * 1e3:.2f} ms, justified {just * 1e3:.2f} ms"
    )
    whole = max(paragraphs, key=len) * 40
    print(f"one paragraph of {len(whole)} characters: {best(lambda: layout(whole, WIDTH)) * 1e3:.1f} ms")
    return 0


def _timed(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
