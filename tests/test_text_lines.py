"""Layout: line breaks, one line with an ellipsis, justification, and the map both ways."""

from __future__ import annotations

import pytest

from tui.text import Line, caret, columns, layout, measure, one_line, source_at


def sources(text: str, width: int, base: str = "R") -> list[str]:
    """What each line shows, as source text in logical order."""
    return [
        "".join(text[cell.start : cell.end] for cell in sorted(line.cells, key=lambda cell: cell.start))
        for line in layout(text, width, base)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("قال الرئيس اليوم", 10, ["قال الرئيس", "اليوم"]),
        ("قال الرئيس اليوم", 9, ["قال", "الرئيس", "اليوم"]),
        # Lam-alef is one cell: سلام takes three.
        ("سلام سلام", 7, ["سلام سلام"]),
        ("سلام سلام", 6, ["سلام", "سلام"]),
        ("مُدَّعٍ مُدَّعٍ", 7, ["مُدَّعٍ مُدَّعٍ"]),
        ("مُدَّعٍ مُدَّعٍ", 6, ["مُدَّعٍ", "مُدَّعٍ"]),
        # Never at NBSP, NNBSP, figure space, word joiner.
        ("سعر 20\u00a0000 دولار", 8, ["سعر", "20\u00a0000", "دولار"]),
        ("سعر 20\u202f000 دولار", 8, ["سعر", "20\u202f000", "دولار"]),
        ("ab\u2060 cd", 4, ["ab\u2060", "cd"]),
        ("xy ab \u2060cd", 6, ["xy", "ab \u2060cd"]),
        # Before closing punctuation that stands alone no line begins; before a word that begins with it one may.
        ("قال ، ثم", 4, ["قال", "، ثم"]),  # unless a word had to be folded
        ("قالا قال ، ثم", 8, ["قالا", "قال ، ثم"]),
        ("في .NET هنا", 5, ["في", ".NET", "هنا"]),
        ("abc ( def )", 7, ["abc", "( def )"]),
        # Hyphens between letters, not before digits; dashes; slashes between letters, not in dates.
        ("الروسي-الأوكراني", 10, ["الروسي-", "الأوكراني"]),
        ("وباء كوفيد-19", 9, ["وباء", "كوفيد-19"]),
        ("نعم—لا", 4, ["نعم—", "لا"]),
        ("يوم 17/09/2023", 12, ["يوم", "17/09/2023"]),
        ("سياسة/اقتصاد", 8, ["سياسة/", "اقتصاد"]),
        # URLs: after slashes, hyphens and what separates a query.
        ("https://example.com/news/2023-09/x?a=1", 20, ["https://example.com/", "news/2023-09/x?a=1"]),
        ("https://a.b/cccc-dddd", 17, ["https://a.b/cccc-", "dddd"]),
        # A word longer than the line folds.
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        # Ideographs break anywhere, but not before what closes; Korean at its spaces.
        ("日本語東京。", 6, ["日本語", "東京。"]),
        ("日本語東。", 8, ["日本語", "東。"]),
        ("한국어 뉴스", 9, ["한국어", "뉴스"]),
        ("a\u200bb", 1, ["a\u200b", "b"]),
        # Indents and blank lines.
        ("  • قال نعم", 9, ["  • قال", "نعم"]),
        ("   abcdef", 6, ["abcdef"]),
        ("a\nb\n\nc", 5, ["a", "b", "", "c"]),
        ("a\r\nb\n", 5, ["a", "b"]),
        ("a \n b", 5, ["a", " b"]),
        ("", 5, [""]),
        ("   ", 5, [""]),
        ("قال  ", 3, ["قال"]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    assert sources(text, width) == lines


def test_lines_begin_with_the_beginning() -> None:
    first, second = layout("الرئيس BBC قال", 10)
    assert first.text == "BBC ﺲﻴﺋﺮﻟﺍ"
    assert second.text == "ﻝﺎﻗ"
    assert first.is_rtl


def test_levels_come_from_the_paragraph_not_from_the_line() -> None:
    # The digits on the second line follow Arabic letters on the first (W2): 1 is on the right of 2.
    lines = layout("قال 1-2", 4)
    assert [line.text for line in lines] == ["ﻝﺎﻗ", "2-1"]


def test_a_wide_character_in_one_column_is_replaced() -> None:
    lines = layout("日本", 1)
    assert [(line.text, line.width) for line in lines] == [("\ufffd", 1), ("\ufffd", 1)]


def test_width_below_one_counts_as_one() -> None:
    assert [line.text for line in layout("ab", 0)] == ["a", "b"]
    assert one_line("ab", -3).text == "…"


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "…ab"),
        ("قال الرئيس", 5, "…ﻝﺎﻗ"),
        ("قال الرئيس", 6, "…ﺍ ﻝﺎﻗ"),
        ("سلام", 3, "ﻡﻼﺳ"),
        ("قال BBC News", 8, "…BBC ﻝﺎﻗ"),
        ("日本語", 4, "…日"),
        ("日本語", 5, "…日本"),
        ("abc   ", 3, "abc"),
        ("abc ", 5, " abc"),
        ("a\nb", 9, "a b"),
        ("مُدَّعٍ", 2, "…ﻣُ"),
        ("", 3, ""),
    ],
)
def test_one_line_keeps_the_beginning(text: str, width: int, shown: str) -> None:
    assert one_line(text, width, "R").text == shown


def test_one_line_of_a_very_long_text_is_as_of_its_beginning() -> None:
    text = "قال الرئيس BBC (اليوم) " * 5_000
    line = one_line(text, 40)
    assert line.text == one_line(text[:400], 40).text
    assert line.cells[1:] == one_line(text[:400], 40).cells[1:]
    assert (line.start, line.end, line.source) == (0, len(text), text)
    # A beginning that is all marks does not hide what comes after it.
    assert one_line("ب" + "\u064e" * 100_000 + "تث", 3).width == 3
    # An ellipsis of the text itself is not taken for a cut.
    assert one_line("…" + "\u064e" * 100_000 + "ab", 9).text.startswith("ab")


def test_the_ellipsis_stands_for_the_rest() -> None:
    line = one_line("قال الرئيس", 6)
    assert line.cells[0] == ("…", 1, 5, 10, 1)
    assert caret(line, 9) == 0
    assert columns(line, 7, 8) == ((0, 1),)


def test_justified_lines_fill_the_width_and_add_no_source() -> None:
    text = "قال الرئيس إن الحكومة ستعلن اليوم خطة جديدة للنمو في البلاد"
    plain, justified = layout(text, 24), layout(text, 24, justify=True)
    assert all(line.width == 24 for line in justified[:-1])
    assert justified[-1] == plain[-1]
    for before, after in zip(plain, justified, strict=True):
        assert [cell for cell in after.cells if cell.start < cell.end] == list(before.cells)
    assert any(line.width < 24 for line in plain[:-1])


def test_justification_spreads_its_spaces() -> None:
    line = layout("a b c d e ffffffff", 11, "L", justify=True)[0]
    assert line.text == "a b  c d  e"


def test_measure_centres_a_readable_column() -> None:
    assert measure(120) == (80, 20)
    assert measure(81) == (80, 0)
    assert measure(40) == (40, 0)
    assert measure(0) == (1, 0)
    assert measure(100, 60) == (60, 20)


def test_justification_leaves_a_line_that_would_be_torn() -> None:
    assert layout("قال يا abcdefghijklmnopqrstuvwxyz", 27, justify=True)[0].width == 6


LINE: Line = one_line("قال BBC سلام", 80)
"""From the left: م لا س · B B C · ل ا ق."""


def test_columns_of_a_source_range() -> None:
    assert LINE.width == 11
    assert columns(LINE, 0, 3) == ((8, 11),)
    assert columns(LINE, 4, 7) == ((4, 7),)
    assert columns(LINE, 0, 5) == ((4, 5), (7, 11))  # "قال B": B is at the left of BBC
    assert columns(LINE, 9, 10) == columns(LINE, 10, 11) == ((1, 2),)  # lam, alef: one cell
    assert columns(LINE, 3, 3) == ()
    assert columns(LINE, 0, 99) == ((0, 11),)


def test_columns_join_justified_gaps() -> None:
    line = layout("قال الرئيس إن الحكومة", 16, justify=True)[0]
    assert line.width == 16
    assert columns(line, 0, 13) == ((0, 16),)


def test_source_at_a_column() -> None:
    assert [source_at(LINE, x) for x in range(11)] == [11, 9, 8, 7, 4, 5, 6, 3, 2, 1, 0]
    assert source_at(LINE, -1) == 12
    assert source_at(LINE, 11) == 0
    latin = one_line("ab", 9, "L")
    assert [source_at(latin, x) for x in (-1, 0, 1, 2)] == [0, 0, 1, 2]
    wide = one_line("日a", 9, "L")
    assert [source_at(wide, x) for x in range(3)] == [0, 0, 1]


def test_caret_is_on_its_cell_or_after_the_line() -> None:
    assert caret(LINE, 0) == 10
    assert caret(LINE, 4) == 4
    assert caret(LINE, 9) == caret(LINE, 10) == 1
    assert caret(LINE, 12) == -1
    assert caret(one_line("ab", 9, "L"), 2) == 2
    assert caret(one_line("", 9), 0) == -1


def test_hidden_characters_belong_to_a_neighbour() -> None:
    line = one_line("\u200fق\u200fا", 9)
    assert [(cell.start, cell.end) for cell in line.cells] == [(3, 4), (0, 3)]
    assert caret(line, 0) == caret(line, 2) == 1
