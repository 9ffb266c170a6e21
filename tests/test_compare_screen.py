"""Two reports beside each other: what stands next to what, how it is marked, what the keys do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_harness import line_of, main_screen, reader, settle
from story_harness import filled, record

from store import Comparison, Mark, Sentence, Store
from store.compare import Kind
from tui.compare_rows import anchors, compared, counts, next_difference, own_rows, pairs
from tui.screens.compare import CompareScreen

pytestmark = pytest.mark.usefixtures("english")


def sentence(text: str, match: int | None = None, *marks: Mark, paragraph: int = 0) -> Sentence:
    return Sentence(text, paragraph, 0, len(text), match, 0.5 if match is not None else 0.0, marks)


def test_shared_sentences_stand_side_by_side_and_the_rest_fills_both_columns() -> None:
    first = (sentence("أ", 1), sentence("ب"), sentence("ت"), sentence("ث", 3))
    second = (sentence("خ"), sentence("أ", 0), sentence("د"), sentence("ث", 3))
    comparison = Comparison(first, second, ())
    assert anchors(comparison) == [(0, 1), (3, 3)]
    assert pairs(comparison) == ((None, 0), (0, 1), (1, 2), (2, None), (3, 3))
    found = counts(comparison)
    assert (found.both, found.first_only, found.second_only) == (2, 2, 2)


def test_what_the_other_says_elsewhere_is_not_torn_out_of_its_order() -> None:
    # The first says one, two; the second two, one: only one pair can stand side by side.
    first = (sentence("واحد", 1), sentence("اثنان", 0))
    second = (sentence("اثنان", 1), sentence("واحد", 0))
    rows = compared(Comparison(first, second, ()), (20, 20))
    signs = [[line.sign for line in row if line is not None] for row in rows]
    assert sorted(sign for row in signs for sign in row) == ["=", "=", "↕", "↕"]


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    sizes = draw(st.tuples(st.integers(0, 8), st.integers(0, 8)))
    sides = []
    for own, other in (sizes, sizes[::-1]):
        matches = st.none() | st.integers(0, other - 1) if other else st.none()
        sides.append(
            tuple(
                sentence(f"جملة رقم {n} " * draw(st.integers(1, 6)), draw(matches), paragraph=n // 2)
                for n in range(own)
            )
        )
    return Comparison(sides[0], sides[1], ())


@settings(max_examples=200, deadline=None)
@given(comparisons(), st.integers(4, 60))
def test_no_sentence_is_lost_or_moved(comparison: Comparison, width: int) -> None:
    told = pairs(comparison)
    assert [one for one, _ in told if one is not None] == list(range(len(comparison.first)))
    assert [other for _, other in told if other is not None] == list(range(len(comparison.second)))
    rows = compared(comparison, (width, width))
    for side, report in enumerate((comparison.first, comparison.second)):
        lines, offsets = own_rows(rows, side)
        shown = [line for line in lines if line is not None]
        assert list(dict.fromkeys(line.sentence for line in shown)) == list(range(len(report)))
        for line in shown:
            assert line.line.width <= max(1, width - 2)
            # One alone says it: the sign says so on every line of it, whatever the colours.
            in_chain = any(pair[side] == line.sentence for pair in anchors(comparison))
            assert (line.sign == "+") == (not report[line.sentence].is_shared and not in_chain)
        assert len(offsets) == len(rows)
        assert all(lines[offsets[n]] is row[side] for n, row in enumerate(rows) if row[side] is not None)


def test_a_differing_name_is_marked_by_sign_and_style() -> None:
    first = (sentence("قتل 12 شخصا في حلب", 0, Mark(4, 6, Kind.NUMBER)),)
    second = (sentence("قتل 15 شخصا في حلب", 0, Mark(4, 6, Kind.NUMBER)),)
    ((left, right),) = compared(Comparison(first, second, ()), (40, 40))
    assert left is not None
    assert right is not None
    assert left.sign == right.sign == "≠"
    assert [(span.start, span.end, span.style) for span in left.spans] == [(4, 6, "differs")]
    assert left.role == "body"


def test_differences_are_walked_and_each_begins_once() -> None:
    first = (sentence("أ", 0), sentence("ب " * 30), sentence("ت", 1))
    second = (sentence("أ", 0), sentence("ت", 2))
    rows = compared(Comparison(first, second, ()), (22, 22))
    starts = []
    at: int | None = -1
    while (at := next_difference(rows, at if at is not None else 0, 1)) is not None:
        starts.append(at)
    assert len(starts) == 1
    assert next_difference(rows, starts[0], -1) is None
    assert next_difference(rows, len(rows), -1) == starts[0]


REPORTS = (
    record(
        "هاكان فيدان يصل إلى بغداد",
        "وصل وزير الخارجية التركي هاكان فيدان إلى بغداد يوم الأحد. ويبحث فيدان ملف المياه مع السوداني في القصر الحكومي. "
        "وقتل 12 شخصا في هجوم قرب كركوك قبل الزيارة بساعات. "
        + "وأفاد مراسلنا بأن الشوارع كانت خالية من المارة. "
        * 12,
        "الراي",
        "2024-03-10T08:00:00Z",
    ),
    record(
        "فيدان في بغداد لبحث ملف المياه",
        "وصل وزير الخارجية التركي هاكان فيدان إلى بغداد صباح الأحد. وقتل 15 شخصا في هجوم قرب كركوك قبل الزيارة بساعات. "
        "ولم يدل الوفد بأي تصريح عند وصوله. ويبحث فيدان ملف المياه مع السوداني في القصر الحكومي.",
        "النهار",
        "2024-03-10T11:00:00Z",
    ),
    record(
        "فيدان والسوداني يبحثان المياه في بغداد",
        "بحث وزير الخارجية التركي هاكان فيدان ملف المياه مع السوداني في بغداد. وقال فيدان إن أنقرة ستزيد الإطلاقات.",
        "وكالة ج",
        "2024-03-10T14:00:00Z",
    ),
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path, REPORTS)
    yield store
    store.close()


async def comparing(pilot, app, *keys: str) -> CompareScreen:  # type: ignore[no-untyped-def]
    await settle(pilot)
    main = main_screen(app)
    main.open_article(1)
    await settle(pilot, lambda: main.article is not None)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    await settle(
        pilot, lambda: isinstance(app.screen, CompareScreen) and app.screen.view.comparison is not None
    )
    screen = app.screen
    assert isinstance(screen, CompareScreen)
    return screen


async def test_j_and_k_switch_the_other_side_and_tab_the_side(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await comparing(pilot, app, "c")
        assert screen.sides == [1, 2]
        await pilot.press("j")
        await settle(pilot, lambda: screen.sides == [1, 3])
        assert screen.status.place == "report 2 of 2"
        await settle(pilot, lambda: "والسوداني" in screen.view.captions[1].title)
        await pilot.press("k")
        await settle(pilot, lambda: screen.sides == [1, 2])
        # Tab: now the first side changes, and never shows what stands on the other.
        await pilot.press("tab", "j")
        await settle(pilot, lambda: screen.sides == [3, 2])
        await pilot.press("enter")
        main = main_screen(app)
        await settle(pilot, lambda: app.screen is main and main.article is not None and main.article.id == 3)
        assert [stop.article for stop in main.trail.behind] == [1]


async def test_side_by_side_from_a_hundred_columns_on(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await comparing(pilot, app, "c")
        view = screen.view
        assert view.is_side_by_side
        text = line_of(view, 3)
        assert text.count("│") == 1
        assert len(text) == 100
        marked = [line_of(view, y) for y in range(view.size.height)]
        # Both told it, with another number each; what stands in the other's order is the surer pair.
        assert all(any("≠" in line and number in line for line in marked) for number in ("12", "15"))
        assert any(line.rstrip().endswith("+") for line in marked)
        assert "3 hours later" in view.captions[1].about
        assert "3 hours earlier" in view.captions[0].about


async def test_one_above_the_other_and_both_scroll_to_their_ends(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await comparing(pilot, app, "c")
        view = screen.view
        assert not view.is_side_by_side
        drawn = [line_of(view, y) for y in range(view.size.height)]
        assert sum(set(line.strip()) == {"─"} for line in drawn) == 1
        assert all(len(line) == 80 for line in drawn)
        tops = {view.top}
        for _ in range(60):
            await pilot.press("down")
            await settle(pilot)
            tops.add(view.top)
        assert len(tops) > 3
        last = view.top
        await pilot.press("G")
        await settle(pilot)
        assert view.top == last
        # The last lines of both are on the screen.
        for side in (0, 1):
            lines, offsets = own_rows(view.rows, side)
            assert offsets[view.top] + view.lines_in_view >= len(lines)
        await pilot.press("g")
        await settle(pilot)
        assert view.top == 0


async def test_from_a_row_of_related_that_row_is_the_other_side(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.open_article(1)
        await settle(pilot, lambda: main.article is not None)
        await pilot.press("r")
        await settle(pilot, lambda: bool(getattr(app.screen, "rows", ())))
        related = app.screen
        at = next(i for i, row in enumerate(related.entries.rows) if row.value == 3)
        related.entries.move_to(at)
        await pilot.press("c")
        await settle(
            pilot, lambda: isinstance(app.screen, CompareScreen) and app.screen.view.comparison is not None
        )
        assert app.screen.sides == [1, 3]
        # Back leads to where one came from.
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is related)


async def test_a_lone_article_has_nothing_beside_it(tmp_path: Path) -> None:
    store = filled(tmp_path, REPORTS[:1])
    app = reader(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        main.open_article(1)
        await settle(pilot, lambda: main.article is not None)
        await pilot.press("c")
        await settle(
            pilot,
            lambda: isinstance(app.screen, CompareScreen) and "no other report" in app.screen.heading.text,
        )
        for key in ("j", "tab", "down", "n", "G"):
            await pilot.press(key)
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is main)
    store.close()
