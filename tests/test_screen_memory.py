"""ScreenMemory: what is left of updates makes the same picture as all of them; pyte draws both."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.screen_memory import ScreenMemory, cells_of

WIDTH, HEIGHT = 14, 4
#: A letter, a letter with marks, a lam-alef, a wide letter (two cells), a blank.
LETTERS = {"a": 1, "ﺏ": 1, "ﺏ\u064e\u0651": 1, "ﻻ": 1, "中": 2, " ": 1}
STYLES = (None, Style.parse("bold"), Style.parse("red on blue"), Style.parse("reverse"))
CONSOLE = Console(
    file=io.StringIO(), force_terminal=True, color_system="standard", legacy_windows=False, width=WIDTH
)


def strip(draw: Random, width: int) -> Strip:
    """A strip of exactly so many cells."""
    segments: list[Segment] = []
    left = width
    while left:
        text = draw.choice([letter for letter, cells in LETTERS.items() if cells <= left])
        segments.append(Segment(text, draw.choice(STYLES)))
        left -= LETTERS[text]
    return Strip(segments, width)


def screen(draw: Random) -> LayoutUpdate:
    """The whole screen anew."""
    return LayoutUpdate([[strip(draw, WIDTH)] for _ in range(HEIGHT)], Region(0, 0, WIDTH, HEIGHT))


def part(draw: Random) -> LayoutUpdate:
    """A region anew, each of its lines in two strips."""
    x, y = draw.randrange(WIDTH - 2), draw.randrange(HEIGHT)
    width, height = draw.randint(2, WIDTH - x), draw.randint(1, HEIGHT - y)
    cut = draw.randrange(1, width)
    lines = [[strip(draw, cut), strip(draw, width - cut)] for _ in range(height)]
    return LayoutUpdate(lines, Region(x, y, width, height))


def chops(draw: Random) -> ChopsUpdate:
    """Spans of lines that are cut where widgets meet; what a span touches of a widget is painted."""
    cuts = sorted({0, WIDTH, *draw.sample(range(1, WIDTH), draw.randrange(4))})
    rows = [
        {start: strip(draw, end - start) if draw.random() < 0.8 else None for start, end in pairwise(cuts)}
        for _ in range(HEIGHT)
    ]
    spans = []
    for y in sorted(draw.sample(range(HEIGHT), draw.randint(1, HEIGHT))):
        start = draw.choice(cuts[:-1])
        spans.append((y, start, draw.choice([cut for cut in cuts if cut > start])))
    return ChopsUpdate(rows, spans, [cuts[1:]] * HEIGHT)


def updates(seeds: list[int]) -> Iterator[CompositorUpdate]:
    """A first picture, then changes of it: the same seeds, the same updates."""
    yield screen(Random(seeds[0]))
    for seed in seeds[1:]:
        draw = Random(seed)
        yield draw.choice((screen, part, chops))(draw)


def seen(char: pyte.screens.Char) -> pyte.screens.Char:
    """A blank in bold looks like any other."""
    if char.data != " " or char.reverse or char.underscore or char.bg != "default":
        return char
    return pyte.screens.Char(" ")


class Picture:
    """What a terminal shows after what it was sent."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.stream = pyte.Stream(self.screen)
        # As Textual leaves it: no wrapping at the edge.
        self.stream.feed("\x1b[?7l")

    def take(self, update: CompositorUpdate | None) -> int:
        text = "" if update is None else update.render_segments(CONSOLE)
        # Every line is placed by itself; the line ends between them only matter on a dumb terminal.
        self.stream.feed(text.replace("\n", ""))
        return len(text)

    def cells(self) -> list[list[pyte.screens.Char]]:
        """What is seen: of a blank only its ground."""
        return [[seen(self.screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


SEEDS = st.lists(st.integers(0, 2**32), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_the_same_picture_with_less(seeds: list[int]) -> None:
    memory, full, thin = ScreenMemory(), Picture(), Picture()
    for update in updates(seeds):
        full.take(update)
        thin.take(memory.thin(update, WIDTH))
        assert thin.cells() == full.cells()
        # What is there already is not sent again.
        assert memory.thin(update, WIDTH) is None


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_other_blanks_change_nothing_that_is_seen(seeds: list[int]) -> None:
    memory, full, thin = ScreenMemory(), Picture(), Picture()
    memory.swaps_blanks = True
    for update in updates(seeds):
        full.take(update)
        thin.take(memory.thin(update))
        seen = [
            [cell._replace(data=cell.data.replace("\u00a0", " ")) for cell in row] for row in thin.cells()
        ]
        assert seen == full.cells()


def test_a_blank_beside_a_letter_that_went_away_becomes_another_blank() -> None:
    def line(letter: str) -> LayoutUpdate:
        lines = [[Strip([Segment(" " * WIDTH)], WIDTH)] for _ in range(HEIGHT)]
        lines[2] = [Strip([Segment(" " * 5 + letter + " " * (WIDTH - 6))], WIDTH)]
        return LayoutUpdate(lines, Region(0, 0, WIDTH, HEIGHT))

    memory, picture = ScreenMemory(), Picture()
    memory.swaps_blanks = True
    picture.take(memory.thin(line("ﺏ")))
    picture.take(memory.thin(line(" ")))
    around = [[picture.screen.buffer[y][x].data for x in range(4, 7)] for y in (1, 2, 3)]
    assert around[0] == around[2] == ["\u00a0"] * 3
    assert around[1] == ["\u00a0", " ", "\u00a0"]


def test_a_terminal_that_orders_rows_gets_each_changed_row_whole_and_in_its_order() -> None:
    def lines(row: str) -> LayoutUpdate:
        shown = [" " * WIDTH, row.rjust(WIDTH), "ab".ljust(WIDTH)]
        return LayoutUpdate([[Strip([Segment(text)], WIDTH)] for text in shown], Region(0, 0, WIDTH, 3))

    memory, picture = ScreenMemory(), Picture()
    memory.orders_rows = True
    picture.take(memory.thin(lines("19 \ufedd\ufe8e\ufed7"), WIDTH))
    assert picture.screen.display[:3] == [
        " " * WIDTH,
        "\ufed7\ufe8e\ufedd 19".ljust(WIDTH),
        "ab".ljust(WIDTH),
    ]
    picture.take(memory.thin(lines("18 \ufedd\ufe8e\ufed7"), WIDTH))
    assert picture.screen.display[1] == "\ufed7\ufe8e\ufedd 18".ljust(WIDTH)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_where_all_is_written_nothing_is_erased_or_moved(seeds: list[int]) -> None:
    memory, full, thin = ScreenMemory(), Picture(), Picture()
    memory.writes_all = True
    for update in updates(seeds):
        full.take(update)
        less = memory.thin(update, WIDTH)
        thin.take(less)
        assert thin.cells() == full.cells()
        sent = "" if less is None else less.render_segments(CONSOLE)
        assert not re.search(r"\x1b(?:\[[0-9;]*[KXJrSTLM]|[DM])", sent)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_after_forgetting_all_is_sent(seeds: list[int]) -> None:
    memory = ScreenMemory()
    for update in updates(seeds):
        # Another program has written on the screen.
        memory.forget()
        full, thin = Picture(), Picture()
        full.take(update)
        thin.take(memory.thin(update, WIDTH))
        assert thin.cells() == full.cells()


def test_one_changed_letter_costs_little() -> None:
    def line(letter: str) -> LayoutUpdate:
        lines = [[Strip([Segment("ﺏ" * WIDTH)], WIDTH)] for _ in range(HEIGHT)]
        lines[2] = [Strip([Segment("ﺏ" * 5 + letter + "ﺏ" * (WIDTH - 6))], WIDTH)]
        return LayoutUpdate(lines, Region(0, 0, WIDTH, HEIGHT))

    memory, picture = ScreenMemory(), Picture()
    whole = picture.take(memory.thin(line("ﺏ"), WIDTH))
    less = picture.take(memory.thin(line("ﻻ"), WIDTH))
    assert picture.screen.buffer[2][5].data == "ﻻ"
    # A move of the cursor and the letter; beside it at most the letters above and below.
    assert less < whole / 2


def test_another_kind_of_update_goes_through_as_it_is() -> None:
    class Other(CompositorUpdate):
        def render_segments(self, console: Console) -> str:
            return ""

    other = Other()
    assert ScreenMemory().thin(other) is other


def test_marks_stay_with_their_letters() -> None:
    assert cells_of("ﺏ\u064e\u0651a") == ("ﺏ\u064e\u0651", "a")
    assert cells_of("中\u0301a") == ("中\u0301", "", "a")
    assert cells_of("") == ()


TALL = 12


def window(top: int, cursor: int) -> LayoutUpdate:
    """Twelve rows of a long page, the one under the cursor reversed, above a row that says where one is."""
    draw = Random(7)
    page = [strip(draw, WIDTH) for _ in range(60)]
    lines = [[page[top + y]] for y in range(TALL)]
    lines[cursor] = [Strip([Segment("x" * WIDTH, Style.parse("reverse"))], WIDTH)]
    status = Strip([Segment(f"{top:>{WIDTH}}", Style.parse("reverse"))], WIDTH)
    return LayoutUpdate([*lines, [status]], Region(0, 0, WIDTH, TALL + 1))


class TallPicture(Picture):
    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, TALL + 1)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def cells(self) -> list[list[pyte.screens.Char]]:
        return [[seen(self.screen.buffer[y][x]) for x in range(WIDTH)] for y in range(TALL + 1)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 48), st.integers(0, TALL - 1)), min_size=2, max_size=6))
def test_a_page_that_is_scrolled_shows_what_it_shows_when_painted(steps: list[tuple[int, int]]) -> None:
    memory, full, thin = ScreenMemory(), TallPicture(), TallPicture()
    for top, cursor in steps:
        full.take(window(top, cursor))
        thin.take(memory.thin(window(top, cursor), WIDTH))
        assert thin.cells() == full.cells()
        assert memory.thin(window(top, cursor), WIDTH) is None


def test_rows_that_move_are_moved_by_the_terminal() -> None:
    memory, picture = ScreenMemory(), TallPicture()
    whole = picture.take(memory.thin(window(20, 0), WIDTH))
    for top in (21, 22, 20):
        assert picture.take(memory.thin(window(top, 0), WIDTH)) < whole / 2


def test_blanks_are_erased_and_text_at_the_right_stands_where_it_stood() -> None:
    def row(text: str) -> LayoutUpdate:
        return LayoutUpdate([[Strip([Segment(f"{text:>80}")], 80)]], Region(0, 0, 80, 1))

    memory = ScreenMemory()
    memory.thin(row("a" * 80), 80)
    update = memory.thin(row("abc"), 80)
    assert update is not None
    # Back to the left edge from the last blank, that blank written, then the letters.
    assert update.render_segments(CONSOLE) == "\x1b[1;77H\x1b[1K abc"
    memory.thin(row("a" * 80), 80)
    blank = memory.thin(row(""), 80)
    assert blank is not None
    assert blank.render_segments(CONSOLE) == "\x1b[1H\x1b[K"


def test_a_style_is_changed_by_its_difference() -> None:
    bold, both = Style.parse("bold"), Style.parse("bold reverse")
    cells = [Segment("a", bold), Segment("b", both), Segment("c", bold), Segment("d")]
    update = ScreenMemory().thin(LayoutUpdate([[Strip(cells, 4)]], Region(0, 0, 4, 1)), 4)
    assert update is not None
    assert update.render_segments(CONSOLE) == "\x1b[1H\x1b[1ma\x1b[7mb\x1b[;1mc\x1b[md"


def test_letters_that_stand_alone_are_sent_short_where_the_terminal_joins_nothing() -> None:
    memory = ScreenMemory()
    word = LayoutUpdate([[Strip([Segment("ﺭﺍﺩ ﺖﻴﺑ")], 7)]], Region(0, 0, 7, 1))
    shaped = memory.thin(word, 7)
    memory.forget()
    memory.is_unshaped = True
    plain = memory.thin(word, 7)
    assert shaped is not None
    assert plain is not None
    assert shaped.render_segments(CONSOLE) == "\x1b[1Hﺭﺍﺩ ﺖﻴﺑ"
    # دار, from the left: three letters that stand alone; of بيت none does.
    assert plain.render_segments(CONSOLE) == "\x1b[1H\u0631\u0627\u062f ﺖﻴﺑ"


def test_a_row_that_stays_is_no_part_of_what_moves() -> None:
    memory, picture = ScreenMemory(), TallPicture()
    picture.take(memory.thin(window(20, TALL - 1), WIDTH))
    update = memory.thin(window(21, TALL - 1), WIDTH)
    assert update is not None
    # The rows above the status line move; of that line only the number is sent.
    assert update.render_segments(CONSOLE).startswith(f"\x1b[1;{TALL}r\x1b[{TALL}H\x1bD\x1b[r")
