"""The cursor that picks a passage: where each motion leads on a laid-out page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.page_layout import PageLayout
from tui.picking import MOTIONS, body_range, first_at, letter, moved, paragraph, sentence
from tui.presentation import Block
from tui.text_selection import Place, TextSelection

FIRST = "قال الوزير. ثم سكت!"
SECOND = "باب بيت دار"


def page(width: int = 44, *texts: str) -> PageLayout:
    blocks, offset = [Block("عنوان", "title", is_followed_by_space=True)], 0
    for text in texts or (FIRST, SECOND):
        blocks.append(Block(text, "body", offset=offset, is_followed_by_space=True))
        offset += len(text) + 1
    blocks.append(Block("رابط", "link", link=1))
    return PageLayout(blocks, width, width, "R")


def at(made: PageLayout, block: int, index: int) -> Place:
    return letter(made, block, index)


def test_it_begins_at_the_text_and_not_at_the_headline() -> None:
    assert first_at(page(), 0, 10) == Place(1, 0, 1)
    assert first_at(PageLayout([Block("عنوان", "title")], 40, 40, "R"), 0, 10) is None


@pytest.mark.parametrize(
    ("start", "motion", "end"),
    [
        ((1, 0), "left", (1, 1)),
        ((1, 1), "right", (1, 0)),
        # From the last letter of a paragraph one goes on to the next, and back.
        ((1, len(FIRST) - 1), "left", (2, 0)),
        ((2, 0), "right", (1, len(FIRST) - 1)),
        ((1, 0), "right", (1, 0)),
        ((2, len(SECOND) - 1), "left", (2, len(SECOND) - 1)),
        ((1, 0), "word", (1, 4)),
        ((1, 5), "word-back", (1, 4)),
        ((1, 15), "word", (2, 0)),
        ((2, 0), "word-back", (1, 15)),
        ((1, 0), "word-end", (1, 2)),
        ((1, 2), "word-end", (1, 10)),
        ((1, len(FIRST) - 1), "word-end", (2, 2)),
        ((2, len(SECOND) - 1), "word-end", (2, len(SECOND) - 1)),
        ((1, 6), "line-start", (1, 0)),
        ((1, 6), "line-end", (1, len(FIRST) - 1)),
        ((1, 6), "paragraph", (2, 0)),
        ((2, 4), "paragraph-back", (2, 0)),
        ((2, 0), "paragraph-back", (1, 0)),
        ((2, 4), "paragraph", (2, len(SECOND) - 1)),
        ((2, 4), "top", (1, 0)),
        ((1, 4), "bottom", (2, len(SECOND) - 1)),
        ((1, 2), "down", (2, 2)),
        ((2, 2), "up", (1, 2)),
        ((1, 2), "up", (1, 2)),
    ],
)
def test_where_a_motion_leads(start: tuple[int, int], motion: str, end: tuple[int, int]) -> None:
    made = page()
    assert moved(made, at(made, *start), motion) == at(made, *end)


def test_left_in_a_latin_word_goes_back_in_it() -> None:
    made = page(44, "قال Reuters أمس")
    assert moved(made, at(made, 1, 6), "left") == at(made, 1, 5)


def test_counts() -> None:
    made = page()
    assert moved(made, at(made, 1, 0), "word", 3) == at(made, 1, 15)


def test_sentence_and_paragraph() -> None:
    made = page()
    first = sentence(made, at(made, 1, 5))
    assert first.text(made.blocks) == "قال الوزير."
    assert sentence(made, at(made, 1, 13)).text(made.blocks) == "ثم سكت!"
    assert paragraph(made, at(made, 2, 3)).text(made.blocks) == SECOND


def test_what_is_picked_as_a_range_of_the_body() -> None:
    made = page()
    body = f"{FIRST}\n{SECOND}"
    over = TextSelection(at(made, 1, 12), at(made, 2, 2))
    found = body_range(made.blocks, over)
    assert found is not None
    assert body[slice(*found)] == "ثم سكت!\nباب"
    # From the headline into the text: only the text counts; the headline alone is none.
    found = body_range(made.blocks, TextSelection(Place(0, 0, 1), at(made, 1, 2)))
    assert found is not None
    assert body[slice(*found)] == "قال"
    assert body_range(made.blocks, TextSelection(Place(0, 0, 1), Place(0, 2, 3))) is None


@given(
    st.lists(st.text(alphabet="ابلإ ab1.(ًّ", min_size=1, max_size=30), min_size=1, max_size=4),
    st.integers(8, 40),
    st.lists(st.sampled_from(sorted(MOTIONS)), max_size=12),
)
def test_every_walk_stays_in_the_text(texts: list[str], width: int, motions: list[str]) -> None:
    made = page(width, *texts)
    place = first_at(made, 0, 5)
    for motion in motions:
        if place is None:
            return
        place = moved(made, place, motion)
        block = made.blocks[place.block]
        assert block.offset is not None
        assert 0 <= place.start <= place.end <= len(block.text)
