"""What must hold for any text whatever: hypothesis looks for one where it does not."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import Emission, Line, Span, caret, cell_width, columns, layout, one_line, paint, source_at
from tui.text.bidi import classes, order, paragraph_level, resolve_levels
from tui.text.chars import BREAKING_SPACES, INFO, LINE_ENDS, VISIBLE_FORMAT
from tui.text.emission import RTL_MARKS
from tui.text.shaping import LAM_ALEF, MAX_MARKS

SETTINGS = settings(max_examples=400, deadline=None, derandomize=True, database=None)

# Where the trouble is: letters that join, marks, digits, brackets, spaces, controls, wide and broken characters.
ALPHABET = (
    "ابتلالأىيهةءـکیےں ۂەقم" "\u0653\u0654\u0655\u064b\u064e\u0651\u0670\u0300\u0301" "אבשָ" "abcLX" "0123٠٢۱۴"
    "()[]«»<>{}.,:;!؟،؛\"'…-—/+%٪$#@_&=?" " \t\u00a0\u202f\u2003\u3000" "\n\r\u2028\u2029\x85\x0b"
    "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\ufeff\u2060"
    "\x00\x07\x1b\x7f\x9b日本한。「」👍🏽👨❤\ufe0f🇸🇦ก็कि\u0903\ufefb\ufdf2\ufdfa\u0600\u06dd\ud800\udfff\ufffe\ue000\u1160"
)  # fmt: skip
WORDS = [
    "الرئيس",
    "لا",
    "مُدَّعٍ",
    "BBC",
    "C++",
    "https://a.b/c-d/",
    "@user",
    "می‌خواهم",
    "12",
    "٣٫٥",
    "日本",
    " ",
    "  ",
    "\n",
    "(",
]
TEXTS = st.one_of(
    st.text(st.sampled_from(sorted(set(ALPHABET))), max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=20).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=40),
)
WIDTHS = st.integers(1, 40)
BASES = st.sampled_from(["R", "L", None])
HIDDEN_AT_EDGES = set(BREAKING_SPACES) | set(LINE_ENDS)


def is_shown(char: str) -> bool:
    """Whether a character takes a cell or part of one: not a mark, not hidden."""
    return INFO[char][1] > 0 or INFO[char][2] != ""


def check_line(line: Line, width: int) -> None:
    assert line.width == sum(cell.width for cell in line.cells) <= width
    assert line.width == cell_width(line.text) == cell_len(line.text)
    x = 0
    for cell in line.cells:
        assert cell.text
        assert cell.width in (1, 2)
        assert line.start <= cell.start <= cell.end <= line.end
        assert source_at(line, x) == source_at(line, x + cell.width - 1) == cell.start
        if cell.start < cell.end:
            assert caret(line, cell.start) == caret(line, cell.end - 1) == x
            assert columns(line, cell.start, cell.end)[0][0] <= x
            assert (x, x + cell.width) in columns(line, cell.start, cell.start + 1)
        x += cell.width
    if line.cells:
        start, end = line.start, line.end
        assert columns(line, start, end) == ((0, line.width),)


def covered_by(lines: tuple[Line, ...]) -> list[int]:
    return sorted(i for line in lines for cell in line.cells for i in range(cell.start, cell.end))


@SETTINGS
@given(TEXTS, WIDTHS, BASES, st.booleans(), st.booleans())
@example("ب" + "\u064e" * 10_000, 5, "R", False, True)
@example("日本", 1, "R", True, True)
@example("\ud800\u200fa\ud800", 2, None, False, True)
def test_layout(text: str, width: int, base: str | None, justify: bool, ligate: bool) -> None:
    lines = layout(text, width, base, justify=justify, ligate=ligate)  # type: ignore[arg-type]
    assert lines
    assert [line.start for line in lines] == [0, *(line.end for line in lines[:-1])]
    assert lines[-1].end == len(text)
    for line in lines:
        check_line(line, width)
    covered = covered_by(lines)
    assert len(covered) == len(set(covered)), "a character in two cells"
    # What is in no cell is white space at an edge, or was never to be shown.
    for place in set(range(len(text))) - set(covered):
        assert (
            text[place] in HIDDEN_AT_EDGES
            or not covered
            or not is_shown(text[place])
            or INFO[text[place]][0] == 3
        )


@SETTINGS
@given(TEXTS, WIDTHS, BASES)
@example("🇦0🇦🇦", 2, "R")
def test_a_cell_holds_one_letter(text: str, width: int, base: str | None) -> None:
    for line in layout(text, width, base):  # type: ignore[arg-type]
        for cell in (*line.cells, *one_line(text, 9_999, base).cells):  # type: ignore[arg-type]
            letters = [char for char in text[cell.start : cell.end] if INFO[char][1] > 0]
            if len(letters) == 2:
                is_lam_alef = letters[0] == "ل" and letters[1] in LAM_ALEF
                is_flag = all("\U0001f1e6" <= char <= "\U0001f1ff" for char in letters)
                assert is_lam_alef or is_flag or letters == ["\r", "\n"]
            elif cell.start < cell.end:
                assert len(letters) == 1


@SETTINGS
@given(TEXTS, WIDTHS, BASES)
def test_one_line(text: str, width: int, base: str | None) -> None:
    line = one_line(text, width, base)  # type: ignore[arg-type]
    check_line(line, width)
    assert (line.start, line.end) == (0, len(text))
    covered = covered_by((line,))
    assert covered == list(range(len(covered))), "from the beginning, without a gap"
    rest = text[len(covered) :]
    assert all(char in HIDDEN_AT_EDGES or not is_shown(char) or INFO[char][0] == 3 for char in rest)


@SETTINGS
@given(
    TEXTS, WIDTHS, BASES, st.sampled_from(Emission), st.booleans(), st.booleans(),
    st.lists(st.builds(Span, st.integers(0, 30), st.integers(0, 60), st.sampled_from(["a", "b", "c"])), max_size=4),
)  # fmt: skip
def test_paint(
    text: str,
    width: int,
    base: str | None,
    emission: Emission,
    keep_marks: bool,
    ligate: bool,
    spans: list[Span],
) -> None:
    for line in layout(text, width, base, ligate=ligate):  # type: ignore[arg-type]
        runs = paint(line, spans, emission=emission, keep_marks=keep_marks)
        plain = "".join(run.text for run in paint(line, emission=emission, keep_marks=keep_marks))
        whole = "".join(run.text for run in runs)
        assert whole == plain
        assert sum(run.width for run in runs) == line.width
        assert all(one.style != other.style for one, other in pairwise(runs))
        marks = 0
        for run in runs:
            assert run.text
            assert run.width == cell_width(run.text) == cell_len(run.text)
            assert INFO[run.text[0]][0] != 3, "a run begins with a mark"
            for char in run.text:
                assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
                assert unicodedata.category(char) != "Cf" or char in VISIBLE_FORMAT
                marks = marks + 1 if INFO[char][0] == 3 else 0
                assert marks <= MAX_MARKS
        assert keep_marks or not RTL_MARKS.search(whole)


@SETTINGS
@given(TEXTS)
def test_a_style_covers_what_columns_says(text: str) -> None:
    line = one_line(text, 80)
    third = len(text) // 3
    runs = paint(line, [Span(third, 2 * third, "x")])
    ranges, x = [], 0
    for run in runs:
        if run.style:
            ranges.append((x, x + run.width))
        x += run.width
    assert tuple(ranges) == columns(line, third, 2 * third)


@SETTINGS
@given(
    st.text(st.sampled_from("אבabcd01٠٣ ()[]،.,+-$%\u064e\u0628\u0644"), max_size=40), st.sampled_from([0, 1])
)
def test_the_fast_paths_are_right(text: str, level: int) -> None:
    # An empty isolate at the end takes the long way through every rule and changes nothing before it.
    letters = classes(text)
    long_way = resolve_levels(text + "\u2066\u2069", letters + "lp", level)
    assert resolve_levels(text, letters, level) == long_way[: len(text)]
    assert paragraph_level(letters, "R") == 1


@SETTINGS
@given(st.lists(st.integers(0, 6), max_size=30))
def test_order_is_the_rule_of_the_standard(levels: list[int]) -> None:
    # L2, word by word: from the highest level to the lowest odd one, reverse every stretch at that level or higher.
    places = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    for level in range(max(levels, default=0), min(odd, default=99) - 1, -1):
        start = 0
        while start < len(places):
            end = start
            while end < len(places) and levels[places[end]] >= level:
                end += 1
            places[start:end] = places[start:end][::-1]
            start = end + 1
    assert order(bytes(levels)) == places


def test_hostile_floods_are_laid_out() -> None:
    # Each of these was, or could have been, quadratic; with 100,000 characters that would take minutes.
    count = 100_000
    for text in (
        "ب" + "\u064e" * count, "(" * count, "()" * (count // 2), "a" + "()" * (count // 2) + "ب", "\u202e" * count,
        "\u2067" * (count // 2) + "\u2069" * (count // 2), "\u2068" * (count // 2) + "a" + "\u2069" * (count // 2),
        " " * count + ",", " ," * (count // 2), "a " + "." * count + "a", "a." * (count // 2), "a-" * (count // 2),
        "http://a" + ")" * count, "a" * count + "@b", "@" + "1" * count, "\ud800" * count, "\u200dب" * (count // 2),
    ):  # fmt: skip
        lines = layout(text, 76)
        assert lines[-1].end == len(text)
        assert one_line(text, 76).end == len(text)
        assert sum(len(line.text) for line in lines) <= len(text)
