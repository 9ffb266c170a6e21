"""PageLayout: lines on demand are the lines of the whole, and every place of the text is found on its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.page_layout import PADDING, PageLayout
from tui.presentation import Block

WORDS = ["الرئيس", "بوتين", "في", "كوفيد-19", "BBC", "2023", "وفلاديفوستوك", "«سلام»", "لا", "أنَّهُ"]
paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


def blocks_of(texts: list[str]) -> list[Block]:
    """A headline, then paragraphs of a body."""
    blocks = [Block("عنوان", "title", is_followed_by_space=True)]
    offset = 0
    for text in texts:
        blocks.append(Block(text, "body", offset=offset, is_followed_by_space=True))
        offset += len(text) + 1
    return blocks


@settings(max_examples=60, deadline=None)
@given(
    st.lists(paragraphs, min_size=1, max_size=5),
    st.integers(1, 120),
    st.integers(20, 100),
    st.integers(0, 60),
)
def test_every_place_is_found_on_its_line(texts: list[str], width: int, measure: int, asked: int) -> None:
    blocks = blocks_of(texts)
    page = PageLayout(blocks, width, measure, "R")
    # Looked at from somewhere in the middle first: the lines are the same.
    page.line(asked)
    whole = PageLayout(blocks, width, measure, "R")
    total = whole.total()
    assert page.total() == total
    assert [page.line(number) for number in range(total)] == [whole.line(number) for number in range(total)]
    assert page.line(total) is None
    assert page.line(-1) is None
    for number, block in enumerate(blocks):
        for index in range(0, len(block.text), 7):
            placed = page.line(page.line_of(number, index))
            assert placed is not None
            assert placed.block == number
            assert placed.line is not None
            assert placed.line.start <= index < placed.line.end
            assert placed.line.width <= page.measure
            place = page.place_of(page.line_of(number, index))
            assert place == (None if block.offset is None else block.offset + placed.line.start)


def test_only_what_is_looked_at_is_laid_out() -> None:
    page = PageLayout(blocks_of([" ".join(WORDS * 20)] * 500), 80, 76, "R")
    page.reach(24)
    assert not page.is_complete
    assert page._laid_out < 10
    assert page.reach(24) >= 24


@pytest.mark.parametrize(
    ("width", "measure", "left", "text"),
    # The measure is the width of the text; it stands in the middle of its pane.
    [(80, 80, PADDING, 76), (120, 80, 20, 80), (121, 80, 20, 80), (40, 80, PADDING, 36), (5, 80, PADDING, 1)],
)
def test_the_text_stands_in_the_middle(width: int, measure: int, left: int, text: int) -> None:
    page = PageLayout(blocks_of(["نص"]), width, measure, "R")
    assert (page.left, page.measure) == (left, text)


def test_only_paragraphs_of_the_body_are_justified() -> None:
    text = " ".join(["الرئيس", "بوتين", "في", "زيارة", "رسمية"] * 12)
    blocks = [Block(text, "title"), Block(text, "body", offset=0)]
    page = PageLayout(blocks, 44, 40, "R", justify=True)
    widths: dict[int, list[int]] = {0: [], 1: []}
    for number in range(page.total()):
        placed = page.line(number)
        assert placed is not None
        assert placed.line is not None
        widths[placed.block].append(placed.line.width)
    assert set(widths[1][:-1]) == {40}
    assert set(widths[0][:-1]) != {40}


def test_an_empty_page() -> None:
    page = PageLayout([], 80, 80, "R")
    assert page.total() == 0
    assert page.line(0) is None
    assert page.line_of(0) == 0
    assert page.place_of(0) is None
