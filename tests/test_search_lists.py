"""Lists by query: what is found, in which order, page by page, along which index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from search_archive import DAY, FIRST, Entry, archive, ids

from store import query, query_streams, search
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


@pytest.mark.parametrize("are_few", [True, False])
def test_articles_with_links_are_looked_up_where_they_are_few(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, are_few: bool
) -> None:
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, 'similar', 'x', 1, NULL)", [(2, 1), (2, 2), (5, 1), (3, 1)]
    )
    monkeypatch.setattr("store.query_sql._PROBE", 4 if are_few else 3)
    (stream,) = plan(connection, query.parse("has:links", FIRST).root)
    assert (stream.table == "articles") is not are_few
    assert ids(connection, "has:links") == [5, 3, 2]
    assert ids(connection, "has:links كوريا") == [5, 2]
    assert ids(connection, "-has:links") == [6, 4, 1]


def test_what_was_read_is_in_an_index(connection: sqlite3.Connection) -> None:
    (stream,) = plan(connection, query.parse("is:read", FIRST).root)
    sql, values = stream.select(limit=30, before=None, after=None)
    steps = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql, values)]
    assert steps == ["SCAN d USING INDEX statuses_read"]
    assert ids(connection, "is:read") == [3]


@pytest.mark.parametrize(("rows", "most", "few"), [(1, 1, 0), (2, 5, 0), (3, 12, 3), (100, 100, 200)])
def test_what_is_left_out_stretch_by_stretch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, most: int, few: int
) -> None:
    """«كلام» is in all but every seventh article, «شيء» in all but every eleventh; 5 to 60 of them are unread."""
    for name, value in (("_ROWS", rows), ("_MOST_ROWS", most), ("_FEW_ROWS", few)):
        monkeypatch.setattr(query_streams, name, value)
    found = archive(
        tmp_path,
        [
            Entry(
                f"{'كلام' if n % 7 else ''} {'شيء' if n % 11 else ''} رقم",
                is_unread=n > 4,
                tags=("مهم",) if n % 2 else (),
            )
            for n in range(1, 61)
        ],
    )
    for text, expected in (
        ("-كلام", [56, 49, 42, 35, 28, 21, 14, 7]),
        ("-كلام -شيء", []),
        ("-كلام -tag:مهم", [56, 42, 28, 14]),
        ("tag:مهم -كلام", [49, 35, 21, 7]),
        ("is:unread -شيء", [55, 44, 33, 22, 11]),
        ("-كلام before:2023-09-29", [28, 21, 14, 7]),
        ("-كلام after:2023-10-05 before:2023-10-13", [42, 35]),
        ("-كلام /رق/", [56, 49, 42, 35, 28, 21, 14, 7]),
        ("-رقم", []),
    ):
        asked = query.parse(text, FIRST)
        assert ids(found, text) == expected, text
        assert ids(found, text + " sort:oldest") == expected[::-1], text
        assert search.count(found, asked) == len(expected), text
        first = [row.id for row in search.page(found, asked, limit=2).rows]
        assert first == expected[:2], text
        if len(expected) > 3:
            below = search.page(found, asked, limit=2, before=expected[1] * 10).rows
            assert [row.id for row in below] == expected[2:4], text
            above = search.page(found, asked, limit=1, after=expected[2] * 10).rows
            assert [row.id for row in above] == expected[1:2], text


def test_a_word_in_nearly_every_article_is_walked_over_not_looked_up_in_each(tmp_path: Path) -> None:
    found = archive(tmp_path, ["خبر", *(f"كلام {n}" for n in range(250))])
    asked: list[str] = []
    found.set_trace_callback(asked.append)
    assert ids(found, "-كلام") == [1]
    found.set_trace_callback(None)
    assert len([one for one in asked if " EXCEPT SELECT d.rowid FROM search " in one]) == 1
    assert not [one for one in asked if "EXISTS (SELECT 1 FROM search " in one]


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
