"""What is written for a line: runs, styles, marks, kitty's form, logical text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest

from tui.text import Emission, Run, Span, layout, one_line, paint, visual
from tui.themes import PALETTES
from tui.widgets.painting import Painter, strip_of


def test_one_run_without_styles() -> None:
    assert paint(one_line("قال BBC", 20)) == (Run("BBC ﻝﺎﻗ", 7, ""),)
    assert paint(one_line("", 20)) == ()


def test_a_span_of_source_is_painted_where_it_is_seen() -> None:
    runs = paint(one_line("قال BBC نعم", 20), [Span(0, 3, "hit")])
    assert runs == (Run("ﻢﻌﻧ BBC ", 8, ""), Run("ﻝﺎﻗ", 3, "hit"))
    runs = paint(one_line("قال BBC", 20), [Span(2, 5, "hit")])
    assert runs == (Run("B", 1, "hit"), Run("BC", 2, ""), Run(" ﻝ", 2, "hit"), Run("ﺎﻗ", 2, ""))


def test_overlapping_styles_are_joined_in_the_order_given() -> None:
    runs = paint(one_line("abcd", 9, "L"), [Span(0, 3, "row"), Span(1, 4, "hit"), Span(2, 3, "row")])
    assert runs == (Run("a", 1, "row"), Run("bc", 2, "row hit"), Run("d", 1, "hit"))


def test_a_cluster_is_never_cut() -> None:
    assert paint(one_line("مُدَّعٍ", 9), [Span(1, 2, "x")]) == (Run("ﻉٍﺪَّ", 2, ""), Run("ﻣُ", 1, "x"))
    assert paint(one_line("سلام", 9), [Span(2, 3, "x")]) == (
        Run("ﻡ", 1, ""),
        Run("ﻼ", 1, "x"),
        Run("ﺳ", 1, ""),
    )


def test_spans_elsewhere_leave_the_line_alone() -> None:
    first, second = layout("قال نعم", 3)
    assert paint(first, [Span(4, 7, "x"), Span(0, 0, "y"), Span(0, 3, "")]) == (Run("ﻝﺎﻗ", 3, ""),)
    assert paint(second, [Span(4, 7, "x")]) == (Run("ﻢﻌﻧ", 3, "x"),)


def test_marks_can_be_left_out() -> None:
    assert paint(one_line("مُدَّعٍ é", 9), keep_marks=False) == (Run("é ﻉﺪﻣ", 5, ""),)
    assert visual("שָׁלוֹם", keep_marks=False) == "םולש"
    assert visual("ก็", keep_marks=False) == "ก็"  # other scripts keep theirs


def kitty_shows(text: str) -> str:
    """What kitty makes of a text, by what was seen: each word by itself, in the direction of its first script."""
    mirrors = str.maketrans("()[]«»", ")(][»«")
    words = []
    for word in text.split(" "):
        first = next((char for char in word if char.isalpha() or char in "٠١٢٣٤٥٦٧٨٩٪۱۲۳"), "")
        is_rtl = first != "" and (first >= "\u0590" and not "\u0900" <= first < "\ufb1d")
        words.append(word[::-1].translate(mirrors) if is_rtl else word)
    return " ".join(words)


@pytest.mark.parametrize(
    "text",
    [
        "قال الرئيس (نعم) ثم «لا»، كوفيد-19 يوم 14",
        "وقالت BBC: قالBBC والـNATO (KCNA) [كلا]",
        "عام ٢٠٢٣، ۱۲۳ و50٪ و(نعم)!",
        "قال (قال-BBC) 3قال قال3",
        "Hello world (12)",
    ],
)
def test_kitty_shows_what_others_show(text: str) -> None:
    line = one_line(text, 200)
    assert kitty_shows("".join(run.text for run in paint(line, emission=Emission.KITTY))) == line.text


FONTS = {
    "one font for all": lambda char: 0,
    "a Latin main font": lambda char: char >= "\u0590" and not "\u2000" <= char < "\ufb1d",
    "a main font without rare letters": lambda char: (
        char in "ڕۆێڵۂ۔" or "\ufb66" <= char <= "\ufb79" or "\ufba6" <= char <= "\ufbb1"
    ),
}
"""Which font kitty takes for a character, in three set-ups."""


def kitty_draws(runs: tuple[Run, ...], font: Callable[[str], object]) -> str:
    """What kitty makes of runs: each stretch of one font and weight between spaces turns as :func:`kitty_shows` has it."""
    shown = []
    cells = [(char, run.is_apart) for run in runs for char in run.text]
    for _, stretch in groupby(cells, lambda cell: (cell[0] == " ", bool(cell[1]), font(cell[0]))):
        shown.append(kitty_shows("".join(char for char, _ in stretch)))
    return "".join(shown)


GLUED = [
    "قال الرئيس (نعم) ثم «لا»، كوفيد-19 يوم 14.",
    "شبكة 5Gالجديدة وخدمةNetflix و(CNN)وقالت iPhone15برو.",
    'ڕۆژنامەی کوردستان لە هەولێر، "ٹیلی ویژن"، ۱۲۳ و50٪!',
    "BBCقال3 (قال-BBC)العام٢٠٢٣-٢٠٢٤",
    "עבריתBBC-قال שלום, (עולם)",
]


@pytest.mark.parametrize("font", FONTS.values(), ids=FONTS)
@pytest.mark.parametrize("text", GLUED)
def test_kitty_shows_parted_words_right_whatever_its_fonts_are(
    text: str, font: Callable[[str], object]
) -> None:
    line = one_line(text, 200)
    runs = paint(line, emission=Emission.KITTY, keep_marks=False, can_part=True)
    assert kitty_draws(runs, font) == line.text
    assert sum(run.width for run in runs) == line.width


# What these set-ups' main fonts have, as fontconfig would tell.
COVERED: dict[str, Callable[[str], bool]] = {
    name: (lambda char, font=font: not font(char)) for name, font in FONTS.items()
}


@pytest.mark.parametrize("name", FONTS)
@pytest.mark.parametrize("text", GLUED)
def test_kitty_shows_words_right_that_are_parted_by_its_main_font(text: str, name: str) -> None:
    line = one_line(text, 200)
    runs = paint(line, emission=Emission.KITTY, keep_marks=False, can_part=True, covers=COVERED[name])
    assert kitty_draws(runs, FONTS[name]) == line.text


def test_with_a_known_font_only_what_it_shows_wrong_is_parted() -> None:
    def parts(text: str, name: str) -> list[str]:
        runs = paint(one_line(text, 99), emission=Emission.KITTY, can_part=True, covers=COVERED[name])
        return [run.text for run in runs if run.is_apart]

    assert parts("كوفيد-19 (نعم) و«لا».", "one font for all") == []
    assert parts("كوفيد-19 (نعم) و«لا».", "a Latin main font") == []
    # Arabic on the left and Latin on the right of one word: as one stretch they would change places.
    assert parts("5Gالجديدة", "one font for all") == ["5G"]
    assert parts("5Gالجديدة", "a Latin main font") == []


def test_only_words_of_two_kinds_are_parted() -> None:
    line = one_line("قال BBC نعم", 200)
    assert len(paint(line, emission=Emission.KITTY, can_part=True)) == 1
    runs = paint(one_line("كوفيد-19", 200), emission=Emission.KITTY, can_part=True)
    assert runs == (Run("19-", 3, "", True), Run("\ufedb\ufeee\ufed3\ufef4\ufeaa", 5, "", False))
    # Other terminals get one run.
    assert len(paint(one_line("كوفيد-19", 200), can_part=True)) == 1


def test_kitty_form_by_hand() -> None:
    assert visual("(قال) BBC", emission=Emission.KITTY) == "BBC (ﻗﺎﻝ)"
    assert visual("كوفيد-19", emission=Emission.KITTY) == "ﻛﻮﻓﻴﺪ-91"
    assert visual("مُدَّ", emission=Emission.KITTY) == "ﻣُﺪَّ"
    # What can be shown in no way keeps both its parts readable.
    assert visual("BBCقال", emission=Emission.KITTY) == "BBCﻝﺎﻗ"


def test_kitty_styles_stay_in_their_place() -> None:
    runs = paint(one_line("قالوا", 9), [Span(0, 1, "x")], emission=Emission.KITTY)
    # On the screen qaf is the rightmost: its style is on the last cell, though the letter is written first.
    assert runs == (Run("ﻗﺎﻟﻮ", 4, ""), Run("ﺍ", 1, "x"))


def test_logical_text_is_the_line_as_it_was_written() -> None:
    text = "سلام (BBC)، لا «نعم» مُدَّعٍ"
    lines = layout(text, 14, ligate=False)
    shown = ["".join(run.text for run in paint(line, emission=Emission.LOGICAL)) for line in lines]
    assert " ".join(shown) == text
    assert all(run.width == line.width for line in lines for run in paint(line, emission=Emission.LOGICAL))


def test_logical_styles_and_ellipsis() -> None:
    line = one_line("سلام عليكم", 8, ligate=False)
    runs = paint(line, [Span(0, 4, "x")], emission=Emission.LOGICAL)
    assert runs == (Run("سلام", 4, "x"), Run(" عل…", 4, ""))


def test_logical_words_with_joiners_are_given_in_shaped_letters() -> None:
    text = "او می‌خواهم (کتاب‌ها)"
    assert visual(text, emission=Emission.LOGICAL) == "او ﻣﯽﺧﻮﺍﻫﻢ (ﮐﺘﺎﺏﻫﺎ)"
    assert visual("سنة 1445 ه‍ كان", emission=Emission.LOGICAL) == "سنة 1445 ﻫ كان"


def test_logical_keeps_the_cells_of_a_lam_alef() -> None:
    line = one_line("قال (سلام) لا", 20)
    assert paint(line, emission=Emission.LOGICAL) == (Run("قال (ﺳﻼﻡ) ﻻ", 11, ""),)
    assert line.width == 11


def test_logical_leaves_out_what_is_hidden() -> None:
    text = "a\u200f\x1b[0m\u202e" + "\u064e" * 50 + "ب\ud800\tc\u00a0d"
    assert visual(text, "L", emission=Emission.LOGICAL).replace("\u064e", "") == "a[0mب\ufffd c d"


def test_visual_cuts_to_a_width() -> None:
    assert visual("قال الرئيس", width=5) == "…ﻝﺎﻗ"
    assert visual("Close (x)", "L") == "Close (x)"


def test_a_hit_of_another_weight_does_not_part_a_word_in_kitty() -> None:
    painter = Painter(PALETTES["terminal"], Emission.KITTY, keep_marks=False)
    # The line is bold, a hit is not: alone it would be a stretch of its own, and turn by itself.
    line = one_line("قالوا: نعم BBC", 20)
    segments = painter.line(line, 14, "unread", [Span(0, 3, "hit"), Span(11, 14, "hit")])
    weights = {segment.text: bool(segment.style and segment.style.bold) for segment in strip_of(segments, 14)}
    assert weights == {
        "BBC": False,
        " \ufee7\ufecc\ufee2 ": True,
        ":": False,
        "\ufed7\ufe8e": True,
        "\ufedf\ufeee\ufe8d": True,
    }
