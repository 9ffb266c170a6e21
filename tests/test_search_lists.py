"""Lists by query: what is found, in which order, page by page, along which index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from search_archive import DAY, FIRST, Entry, archive, ids

from store import query, search
from store.query_sql import plan

ENTRIES = (
    Entry("ترامب يلتقي بوتين", ("قال الرئيس الأميركي",), ("روسيا",), outlet="RT Online", tags=("مهم",)),
    Entry("كوریا الشمالیة تطلق صاروخا", ("أطلقت بيونغ يانغ صاروخا",), ("كوريا الشمالية", "صواريخ")),
    Entry("ترمب ينتقد شويجو", ("وزير الدفاع الروسي",), outlet="الجزيرة نت", is_unread=False, agency="رويترز"),
    Entry("زلزال في المغرب", ("لا ضحايا، قال بوتين",), is_starred=True, tags=("مهم", "كوارث")),
    Entry("مباراة كرة القدم", ("فاز الفريق على ضيفه في كوريا الجنوبية",), outlet="الجزيرة نت"),
    Entry("بلا تاريخ", ("خبر عن كوريا",), is_dated=False),
)


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return archive(tmp_path, ENTRIES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [6, 5, 4, 3, 2, 1]),
        ("ترامب", [3, 1]),
        ("شويغو", [3]),
        ("كوريا", [6, 5, 2]),
        ("كوريا الشمالية", [2]),
        ('"كوريا الشمالية"', [2]),
        ('"الشمالية كوريا"', []),
        ("كوريا -الشمالية", [6, 5]),
        ("-كوريا", [4, 3, 1]),
        ("بوتين OR زلزال", [4, 1]),
        ("(بوتين OR زلزال) -المغرب", [1]),
        ("title:بوتين", [1]),
        ("-title:بوتين بوتين", [4]),
        ("keyword:صواريخ", [2]),
        ('keyword:"الشمالية صواريخ"', []),  # a phrase does not run from one keyword into the next
        ("صار*", [2]),
        ("=ترامب", [1]),
        ("source:الجزيرة", [5, 3]),
        ('source:"الجزيرة نت" كوريا', [5]),
        ("source:rt", [1]),
        ("source:قناة", []),
        ("agency:رويترز", [3]),
        ("tag:مهم", [4, 1]),
        ("tag:مه*", [4, 1]),
        ("tag:مه", []),
        ("tag:مهم -tag:كوارث", [1]),
        ("is:unread", [6, 5, 4, 2, 1]),
        ("is:read", [3]),
        ("is:starred", [4]),
        ("is:untagged is:unread", [6, 5, 2]),
        ("has:links", []),
        ("has:note", []),
        ("on:2023-09-03", [3]),
        ("after:2023-09-04", [5, 4]),
        ("before:2023-09-03", [2, 1]),
        (
            "after:7d",
            [5],
        ),  # now is noon on day 10: seven days before it is noon on day 3, when article 4 was out
        ("on:2023-09-02..2023-09-03 -شويغو", [2]),
        ("tag:مهم OR شويغو OR is:read", [4, 3, 1]),
        ("source:الجزيرة OR (tag:مهم بوتين)", [5, 4, 3, 1]),
        ("-(tag:مهم OR source:الجزيرة)", [6, 2]),
        ("بوتين (زلزال OR is:read OR tag:كوارث)", [4]),
        ("is:unread (شويغو OR tag:مهم)", [4, 1]),
        ("(بوتين OR is:starred) (ترامب OR is:read)", [1]),
        ("story:99", []),
        ("قسطنطينية", []),
    ],
)
def test_what_a_query_finds(connection: sqlite3.Connection, text: str, found: list[int]) -> None:
    assert ids(connection, text) == found
    asked = query.parse(text, FIRST + 10 * DAY + DAY // 2)
    assert search.count(connection, asked) == len(found)
    if found:
        by_relevance = ids(connection, text + " sort:relevance")
        assert set(found) <= set(by_relevance)


def test_phrases_with_names_together_or_apart_and_unfinished_ones(tmp_path: Path) -> None:
    titles = [
        "الملك عبد الله",
        "الملك عبدالله",
        "الملك وعبد الله",
        "مطار أبوظبي",
        "مطار أبو ظبي",
        "ابواب الملك",
        "مطار الملك",
    ]
    connection = archive(tmp_path, list(titles))
    for asked in ('"الملك عبد الله"', '"الملك عبدالله"', 'title:"الملك عبد*"'):
        assert ids(connection, asked) == [2, 1], asked
    for asked in ('"مطار أبوظبي"', '"مطار ابو ظبي"'):
        assert ids(connection, asked) == [5, 4], asked
    assert ids(connection, '"مطار ابوظ*"') == [4]
    assert ids(connection, '"مطار ال*"') == [7]
    assert ids(connection, '"مطار *"') == [7, 5, 4]
    assert ids(connection, 'sort:relevance "مطار ال*"') == [7]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("source:الجزيره", ""),
        ("source:الجزرة", "لا مصدر باسم «الجزرة» (قريب منه: الجزيرة نت)"),
        ("كوريا agency:روترز", "لا وكالة باسم «روترز» (قريب منه: رويترز)"),
        ("tag:غائب", "لا وسم باسم «غائب»"),
        ("tag:غائب OR source:لاشيء", "لا وسم باسم «غائب»؛ لا مصدر باسم «لاشيء»"),
        ("(tag:غا OR tag:غا*)", "لا وسم باسم «غا»"),
        ("feed:7", "لا موجز باسم «7»"),
        ("-tag:غائب", ""),
        ("tag:غائب OR كوريا", ""),
        ("tag:مهم شويغو", ""),
    ],
)
def test_names_that_are_not_there_are_told_where_nothing_is_found(
    connection: sqlite3.Connection, text: str, note: str
) -> None:
    assert search.page(connection, query.parse(text, FIRST), limit=5).note == note


def test_pages_run_down_and_up(connection: sqlite3.Connection) -> None:
    for text in ("", "كوريا", "is:unread", "tag:مهم OR شويغو", "source:الجزيرة OR كوريا"):
        asked = query.parse(text, FIRST)
        every = [row.position for row in search.page(connection, asked, limit=50).rows]
        for place, position in enumerate(every):
            below = search.page(connection, asked, limit=2, before=position).rows
            above = search.page(connection, asked, limit=2, after=position).rows
            assert [row.position for row in below] == every[place + 1 : place + 3]
            assert [row.position for row in above] == every[max(0, place - 2) : place]
            assert search.rank(connection, asked, position) == place


def test_counts_stop_at_their_limit(connection: sqlite3.Connection) -> None:
    assert search.count(connection, query.parse("", 0), limit=3) == 4
    assert search.count(connection, query.parse("كوريا", 0), limit=2) == 3
    assert search.count(connection, query.parse("كوريا", 0), limit=3) == 3


def test_rows_say_what_is_known(connection: sqlite3.Connection) -> None:
    row = search.page(connection, query.parse("زلزال", 0), limit=1).rows[0]
    assert (row.id, row.position, row.title, row.outlet) == (4, 40, "زلزال في المغرب", "وكالة")
    assert (row.is_unread, row.is_starred, row.tags) == (True, True, ("كوارث", "مهم"))
    assert row.published is not None
    assert row.published.time == FIRST + 3 * DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "كوريا",
        '"كوريا الشمالية"',
        "كوريا -روسيا",
        "tag:مهم",
        "is:unread",
        "is:starred",
        "is:read",
        "source:الجزيرة",
        "source:الجزيرة كوريا is:unread",
        "on:2023-09 كوريا",
        "after:2023-09-02 before:2023-09-04",
        "has:links",
        "-كوريا",
    ],
)
def test_no_list_sorts_or_scans(connection: sqlite3.Connection, text: str) -> None:
    """Rows come from an index in order of position, whichever the query: nothing is gathered to be sorted."""
    for stream in plan(connection, query.parse(text, FIRST).root):
        for bounds in ((None, None), (30, None), (None, 30)):
            sql, values = stream.select(limit=30, before=bounds[0], after=bounds[1])
            steps = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql, values)]
            assert not any("TEMP B-TREE" in step for step in steps), steps
            plain = [
                step
                for step in steps
                if step.startswith("SCAN") and "USING" not in step and "VIRTUAL" not in step
            ]
            assert not plain, steps


def test_changed_articles_are_found_by_their_new_words_alone(connection: sqlite3.Connection) -> None:
    old = ENTRIES[1]
    search.unindex_article(connection, 20, old.title, old.body, old.keywords)
    assert ids(connection, "صاروخ") == []
    search.index_article(connection, 2, 20, "عنوان جديد", ("نص",), ())
    assert ids(connection, "جديد") == [2]


def test_a_moved_article_keeps_its_words_and_takes_its_new_place(connection: sqlite3.Connection) -> None:
    entry = ENTRIES[0]
    with_position = "UPDATE articles SET position = ? WHERE id = 1"
    connection.execute(with_position, (55,))
    search.move_article(connection, 10, 55, entry.title, entry.body, entry.keywords)
    assert ids(connection, "بوتين") == [1, 4]
    assert ids(connection, "tag:مهم") == [1, 4]
