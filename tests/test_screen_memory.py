"""ScreenMemory: what is left of updates makes the same picture as all of them; pyte draws both."""

from __future__ import annotations

import io
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
        return [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


SEEDS = st.lists(st.integers(0, 2**32), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_the_same_picture_with_less(seeds: list[int]) -> None:
    memory, full, thin = ScreenMemory(), Picture(), Picture()
    for update in updates(seeds):
        full.take(update)
        thin.take(memory.thin(update))
        assert thin.cells() == full.cells()
        # What is there already is not sent again.
        assert memory.thin(update) is None


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_after_forgetting_all_is_sent(seeds: list[int]) -> None:
    memory = ScreenMemory()
    for update in updates(seeds):
        # Another program has written on the screen.
        memory.forget()
        full, thin = Picture(), Picture()
        full.take(update)
        thin.take(memory.thin(update))
        assert thin.cells() == full.cells()


def test_one_changed_letter_costs_little() -> None:
    def line(letter: str) -> LayoutUpdate:
        lines = [[Strip([Segment("ﺏ" * WIDTH)], WIDTH)] for _ in range(HEIGHT)]
        lines[2] = [Strip([Segment("ﺏ" * 5 + letter + "ﺏ" * (WIDTH - 6))], WIDTH)]
        return LayoutUpdate(lines, Region(0, 0, WIDTH, HEIGHT))

    memory, picture = ScreenMemory(), Picture()
    whole = picture.take(memory.thin(line("ﺏ")))
    less = picture.take(memory.thin(line("ﻻ")))
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
