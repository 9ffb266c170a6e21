"""The figures of an archive, worked out by hand, and the blocks that draw them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_harness import run
from hypothesis import given
from hypothesis import strategies as st

from store import Store
from store.stats import Firsts, stats
from tui.bars import bar, cells_of_bar, sparkline


def test_the_figures_of_forty_articles(store: Store) -> None:
    store.set_starred([1, 2], True)
    store.set_unread([1], False)
    store.change_tags([1, 2, 3], add=["أ"])
    store.change_tags([1], add=["ب"])
    found = stats(store.connection, most=2)
    assert (found.articles, found.unread, found.starred, found.tagged, found.undated) == (40, 39, 2, 3, 0)
    # Articles 0 to 27 are of January, 28 to 39 of February 2024.
    assert found.periods == (("2024-01", 28), ("2024-02", 12))
    assert [(share.name, share.articles) for share in found.outlets] == [
        ("الجزيرة", 14),
        ("الشرق الأوسط", 13),
    ]
    assert [(share.name, share.articles, share.unread) for share in found.tags] == [("أ", 3, 2), ("ب", 1, 0)]
    assert found.first == 1_704_096_000


def test_days_without_articles_are_there_too(tmp_path: Path) -> None:
    dates = ["2023-12-30", "2024-01-02T10:00:00Z", "2024-01-02T11:00:00Z", "2024-01", "2023"]
    source = tmp_path / "a.jsonl"
    source.write_text(
        "\n".join(
            json.dumps({"title": f"عنوان رقم {n} للخبر", "body": f"النص {n} من الخبر.", "published": date})
            for n, date in enumerate(dates)
        )
    )
    store = Store(tmp_path / "s.db")
    assert store.import_paths([source]).new == 5
    connection = store.connection
    assert stats(connection, period="day").periods == (
        ("2023-12-30", 1), ("2023-12-31", 0), ("2024-01-01", 0), ("2024-01-02", 2),
    )  # fmt: skip
    assert stats(connection, period="day", last=2).periods == (("2024-01-01", 0), ("2024-01-02", 2))
    assert stats(connection, period="month").periods == (("2023-12", 1), ("2024-01", 3))
    assert stats(connection, period="year").periods == (("2023", 2), ("2024", 3))
    with pytest.raises(KeyError):
        stats(connection, period="week")


def test_an_empty_store_has_figures(tmp_path: Path) -> None:
    found = stats(Store(tmp_path / "s.db").connection)
    assert (found.articles, found.unread, found.periods, found.outlets) == (0, 0, (), ())
    result = run("stats", store=tmp_path / "s.db")
    assert (result.code, result.out.splitlines()[0]) == (0, "0\tarticles")


def test_who_is_first(store: Store) -> None:
    connection = store.connection
    connection.execute("DELETE FROM event_members")
    connection.execute("DELETE FROM events")
    connection.execute("INSERT INTO events(id, articles, outlets) VALUES (1, 3, 3), (2, 2, 2), (3, 2, 1)")
    # Article n + 1 is of day n + 1 and outlet n % 3: the first event begins with the first outlet.
    connection.execute(
        "INSERT INTO event_members(event_id, article_id) VALUES (1, 1), (1, 2), (1, 3), (2, 5), (2, 6), (3, 7), (3, 10)"
    )
    first, second, third = "الجزيرة", "الشرق الأوسط", "صدى البلد"
    assert stats(connection).firsts == (Firsts(second, 2, 1), Firsts(first, 1, 1), Firsts(third, 2, 0))
    # At the same minute nobody is first.
    connection.execute(
        "UPDATE articles SET published = (SELECT published FROM articles WHERE id = 5) WHERE id = 6"
    )
    assert stats(connection).firsts == (Firsts(first, 1, 1), Firsts(second, 2, 0), Firsts(third, 2, 0))


def test_who_is_first_on_what_is_followed(store: Store) -> None:
    connection = store.connection
    connection.execute("INSERT INTO follows(article_id, since) VALUES (1, 50), (10, 60), (20, 70)")
    connection.execute(
        "INSERT INTO followed(article_id, member_id) VALUES (1, 1), (1, 2), (1, 3), (10, 10), (10, 11), (20, 20)"
    )
    # Article n + 1 is of day n + 1, of outlet n % 3 in turn; of the second story one day is all that is known.
    connection.execute(
        "UPDATE articles SET published_precision = 'day', published = published / 86400 * 86400 WHERE id IN (10, 11)"
    )
    first, second, third = "الجزيرة", "الشرق الأوسط", "صدى البلد"
    found = stats(connection)
    assert [(story.article, story.reports, story.first) for story in found.followed] == [
        (20, 1, None),
        (10, 2, first),
        (1, 3, first),
    ]
    assert found.followed[2].outlets == tuple(sorted((first, second, third)))
    assert found.firsts_followed == (Firsts(first, 2, 2), Firsts(second, 3, 0), Firsts(third, 1, 0))
    # On the same day nobody is surely first, whoever has the earlier minute.
    connection.execute(
        "UPDATE articles SET published = (SELECT published FROM articles WHERE id = 10) WHERE id = 11"
    )
    assert stats(connection).followed[1].first is None
    record = json.loads(run("stats", "--json", store=store.path).out)
    assert record["followed"][2]["first"] == first
    assert record["followed"][2]["published"] == "2024-01-01T08:00:00Z"
    lines = run("stats", store=store.path).out.splitlines()
    assert f"1\t2\t{first}" in lines


def test_what_was_read_from_day_to_day(store: Store) -> None:
    day = 86_400
    noon = 1_700_000_000 // day * day + day // 2
    store.connection.executemany(
        "INSERT INTO readings(article_id, at) VALUES (?, ?)", [(1, noon), (2, noon), (3, noon + 2 * day)]
    )
    assert [count for _day, count in stats(store.connection).readings] == [2, 0, 1]
    assert [
        one["articles"] for one in json.loads(run("stats", "--json", store=store.path).out)["readings"]
    ] == [
        2,
        0,
        1,
    ]


def test_the_command_in_both_forms(store: Store) -> None:
    record = json.loads(run("stats", "--json", "--by", "year", "--most", "1", store=store.path).out)
    assert record["periods"] == [{"period": "2024", "articles": 40}]
    assert len(record["outlets"]) == 1
    lines = run("stats", store=store.path).out.splitlines()
    assert lines[0] == "40\tarticles"
    assert "2024-01\t28\t" + "█" * 40 in lines
    assert "2024-01 █▃ 2024-02" in lines


def test_bars() -> None:
    assert bar(10, 10, 4) == "████"
    assert bar(5, 10, 4) == "██"
    assert bar(1, 32, 4) == "▏"
    assert bar(1, 10**9, 4) == "▏"
    assert bar(0, 10, 4) == bar(3, 0, 4) == ""


def test_whole_cells_of_a_bar() -> None:
    assert [cells_of_bar(value, 10, 4) for value in (0, 1, 5, 10, 20)] == [0, 1, 2, 4, 4]
    assert cells_of_bar(1, 10**9, 4) == 1
    assert cells_of_bar(3, 0, 4) == cells_of_bar(3, 9, 0) == 0


def test_sparklines() -> None:
    assert sparkline([0, 1, 4, 8], 10) == " ▁▄█"
    assert sparkline([], 10) == ""
    assert sparkline([0, 0], 10) == "  "
    # Five values in two columns: the first has what is left over.
    assert sparkline([1, 1, 1, 1, 1], 2) == "▅█"


@given(st.lists(st.integers(0, 10**6), max_size=200), st.integers(1, 80))
def test_a_sparkline_is_never_wider(values: list[int], width: int) -> None:
    assert len(sparkline(values, width)) == min(width, -(-len(values) // max(1, -(-len(values) // width))))
