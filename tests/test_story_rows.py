"""The rows of a story: days, events, who was first, what is folded; bars and distances in time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_harness import DAY, START, event, report, story

from store import Precision, Published, Related, Relation
from tui.related_rows import related_rows
from tui.sparkline import BARS, bars
from tui.story_rows import Copies, StoryView, coverage, cursor_at, foldable, story_rows, story_title
from tui.time_apart import apart

HOUR = 3600
VIEW = StoryView(article=99, now=START)


def texts(rows: list) -> list[str]:  # type: ignore[type-arg]
    """What the rows say, without the marks that isolate their parts."""
    return [row.text.replace("\u2068", "").replace("\u2069", "") for row in rows]


@pytest.mark.usefixtures("english")
def test_days_stand_above_events_and_events_above_their_reports() -> None:
    told = story(
        event(
            report(1, "الأول", is_first=True), report(2, "الثاني", "النهار", 2 * HOUR), title="ما جرى", id=7
        ),
        event(report(3, "الختام", "الراي", 3 * DAY, is_first=True)),
    )
    rows = story_rows(told, VIEW)
    assert texts(rows) == [
        "Sun 10 Mar 2024",
        "◆ ما جرى",
        "    الأول",
        "الراي · 10 Mar 00:00 · first among your outlets",
        "    الثاني",
        "النهار · 10 Mar 02:00 · 2 hours later",
        "Wed 13 Mar 2024",
        "◆   الختام",
        "الراي · 13 Mar 00:00",
    ]
    assert [row.value for row in rows if row.is_choosable] == [1, 2, 3]
    assert [row.detail for row in rows if row.role in ("title", "heading")] == [
        "",
        "2 reports · 2 sources",
        "3 days later",
    ]


@pytest.mark.usefixtures("english")
def test_the_headline_of_an_event_is_not_said_twice() -> None:
    told = story(
        event(report(1, "الخبر", is_first=True, is_unread=True), report(2, "غيره", "النهار", HOUR), id=7)
    )
    rows = story_rows(told, VIEW)
    assert texts(rows)[1:3] == ["◆ الخبر", "  ● الراي · 10 Mar 00:00 · first among your outlets"]
    assert rows[2].value == 1


@pytest.mark.usefixtures("english")
def test_copies_are_folded_under_their_original_and_unfold() -> None:
    told = story(
        event(
            report(1, "الأصل", is_first=True),
            report(2, "نسخة", "وكالة أ", HOUR, copy_of=1),
            report(3, "نسخة ثانية", "وكالة ب", 2 * HOUR, copy_of=1),
            report(4, "تقرير آخر", "النهار", 3 * HOUR),
            title="حدث",
            id=7,
        )
    )
    folded = story_rows(told, VIEW)
    assert [row.value for row in folded if row.is_choosable] == [1, Copies(1), 4]
    assert "+ 2 copies: وكالة أ، وكالة ب" in texts(folded)
    unfolded = story_rows(told, StoryView(99, START, unfolded=frozenset({1})))
    assert [row.value for row in unfolded if row.is_choosable] == [1, Copies(1), 2, 3, 4]
    assert foldable(told) == {1, Copies(1)}
    # Who comes from a folded copy stands on its original.
    assert cursor_at(told, 3) == 1


def test_unread_reports_stand_out_by_a_sign_and_a_style() -> None:
    told = story(event(report(1, "مقروء")), event(report(2, "جديد", seconds=HOUR, is_unread=True)))
    rows = [row for row in story_rows(told, VIEW) if row.value]
    assert [(row.role, "●" in row.text) for row in rows] == [("read", False), ("unread", True)]


@pytest.mark.usefixtures("english")
def test_what_has_no_date_comes_last_and_what_is_new_says_so() -> None:
    told = story(event(report(1, "مؤرخ")), undated=[event(report(2, "بلا تاريخ", None, None))])
    rows = texts(story_rows(told, StoryView(1, START, fresh=frozenset({2}))))
    assert rows[3:] == ["Date unknown", "◆   بلا تاريخ", "no outlet · date unknown · new in this story"]
    # The article one came from is marked.
    assert rows[1].startswith("▸")


def test_reasons_stand_behind_outlet_and_time() -> None:
    told = story(event(report(1, "أ")), event(report(2, "ب", seconds=DAY)))
    rows = story_rows(told, StoryView(1, START, reasons={2: ("كيم جونغ أون", "فلاديفوستوك")}))
    about = rows[-1]
    span = about.spans[0]
    assert about.text[span.start : span.end] == "كيم جونغ أون، فلاديفوستوك"


@pytest.mark.usefixtures("arabic")
def test_the_title_counts_in_arabic() -> None:
    told = story(
        event(report(1, "أ", is_unread=True), report(2, "ب", "النهار", HOUR), id=7),
        event(report(3, "ج", seconds=2 * DAY)),
    )
    assert story_title(told, is_followed=True) == (
        "القصة · ٣ تقارير · حدثان · مصدران · ٣ أيام · واحد غير مقروء · ◉ متابَعة"
    )


@pytest.mark.usefixtures("english")
def test_coverage_goes_from_the_first_day_to_the_last() -> None:
    told = story(
        event(*(report(n, "أ", seconds=0) for n in range(4))), event(report(9, "ب", seconds=3 * DAY))
    )
    # Four reports are the highest bar; one of four is two eighths; days without any the lowest.
    assert coverage(told, 60) == "10 Mar █▁▁▃ 13 Mar   most on 10 Mar"
    assert coverage(told, 20) == "10 Mar █▁▁▃ 13 Mar"
    assert coverage(story(event(report(1, "أ"))), 60) == ""


def test_bars_by_hand() -> None:
    assert bars([0, 8, 4, 1], 10) == "▁█▅▂"
    # A single report a day is no wave.
    assert bars([1, 0, 1], 10) == "▃▁▃"
    # Eight days in four cells: neighbours are added up.
    assert bars([1, 1, 2, 2, 3, 3, 4, 4], 4) == "▃▅▇█"
    assert bars([], 4) == bars([1], 0) == ""
    assert bars([0, 0], 4) == "▁▁"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=500), st.integers(1, 120))
def test_bars_fit_and_grow_with_the_counts(counts: list[int], width: int) -> None:
    drawn = bars(counts, width)
    assert len(drawn) == min(len(counts), width)
    assert set(drawn) <= set(BARS)
    if len(counts) <= width:
        heights = [BARS.index(bar) for bar in drawn]
        assert all(
            (a > b) <= (x >= y)
            for x, a in zip(counts, heights, strict=True)
            for y, b in zip(counts, heights, strict=True)
        )
        assert all((height > 0) == (count > 0) for count, height in zip(counts, heights, strict=True))


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("first", "other", "told"),
    [
        ((0, Precision.MINUTE), (90 * 60, Precision.MINUTE), "2 hours later"),
        ((0, Precision.MINUTE), (-60, Precision.MINUTE), "1 minute earlier"),
        ((0, Precision.MINUTE), (30, Precision.MINUTE), "at the same minute"),
        ((0, Precision.MINUTE), (3 * DAY, Precision.MINUTE), "3 days later"),
        # A day is known, no hour: 23 hours on the calendar's other day are a day.
        ((0, Precision.DAY), (23 * HOUR, Precision.MINUTE), "on the same day"),
        ((20 * HOUR, Precision.MINUTE), (DAY, Precision.DAY), "1 day later"),
        ((0, Precision.DAY), (-8 * DAY, Precision.DAY), "8 days earlier"),
        ((0, Precision.DAY), (0, Precision.MONTH), ""),
    ],
)
def test_how_far_apart(first: tuple[int, Precision], other: tuple[int, Precision], told: str) -> None:
    assert apart(Published(START + first[0], first[1]), Published(START + other[0], other[1])) == told


def test_without_a_time_nothing_is_told() -> None:
    assert apart(None, Published(START, Precision.DAY)) == apart(Published(START, Precision.DAY), None) == ""


def related(id: int, relation: Relation, title: str = "عنوان", **more: object) -> Related:
    published = Published(START + DAY, Precision.DAY)
    values: dict[str, object] = {
        "outlet": "الراي", "published": published, "score": 0.5, "reasons": (), "seconds": DAY, **more
    }  # fmt: skip
    return Related(id=id, title=title, relation=relation, **values)  # type: ignore[arg-type]


@pytest.mark.usefixtures("english")
def test_relations_are_kept_apart_with_their_reasons() -> None:
    found = [
        related(5, Relation.SIMILAR, "روسيا تطرد دبلوماسيين", reasons=("روسيا تطرد دبلوماسيين (صور)",)),
        related(2, Relation.COPY, share=0.708, is_update=False, added=0.25, lacking=0.04, agency=("أ ف ب",)),
        related(4, Relation.LINKED_FROM, reasons=("عنواني",)),
        related(1, Relation.EVENT, reasons=("كيم جونغ أون",), is_unread=True),
        related(3, Relation.SAGA),
    ]
    rows = related_rows(found, "عنواني", Published(START, Precision.DAY), START + 40 * DAY)
    assert texts(rows) == [
        "Other reports of the same event",
        "● عنوان",
        "الراي · 11 Mar · 1 day later · كيم جونغ أون",
        "Copies of the same text",
        "  عنوان",
        "الراي · 11 Mar · 1 day later · from أ ف ب · 71% in common · 25% more",
        "The story before and after",
        "  عنوان",
        "الراي · 11 Mar · 1 day later",
        "Similar headlines",
        "  روسيا تطرد دبلوماسيين",
        "الراي · 11 Mar · 1 day later · «روسيا تطرد دبلوماسيين (صور)»",
        "Linked from",
        "  عنوان",
        "الراي · 11 Mar · 1 day later",
    ]
    assert [row.value for row in rows if row.is_choosable] == [1, 2, 3, 5, 4]
