"""The five seeds: five days of one story, on five pages with four younger articles embedded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import events, intake
from store.database import connect
from store.inference import infer_dates
from store.ingest.pipeline import import_paths
from store.rebuild import rebuild
from store.related import Relation, related

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
#: Days as the articles' own words and the calendar give them, worked out by hand.
DAYS = {
    "003": (2023, 9, 5),
    "002": (2023, 9, 11),
    "000": (2023, 9, 12),
    "004": (2023, 9, 13),
    "001": (2023, 9, 17),
}


def fresh(folder: Path, order: list[str]) -> sqlite3.Connection:
    connection = connect(folder / "store.db")
    files = {path.name[:3]: path for path in SEEDS.glob("*.txt")}
    for name in order:
        import_paths(connection, [files[name]], now=1_700_000_000)
    return connection


def by_name(connection: sqlite3.Connection) -> dict[str, int]:
    rows = connection.execute("SELECT origin, id FROM articles WHERE embedded_in IS NULL")
    return {Path(origin).name[:3]: article for origin, article in rows}


def infer(connection: sqlite3.Connection) -> None:
    ids = [article for (article,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall()]
    for article, published in infer_dates(connection, ids):
        intake.move(connection, article, published)


@pytest.fixture(params=["000 001 002 003 004", "004 003 002 001 000", "002 004 001 000 003"])
def seeds(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = fresh(tmp_path, request.param.split())
    yield connection
    connection.close()


@pytest.mark.parametrize("is_inferred", [False, True])
def test_each_finds_the_other_four_before_anything_else(seeds: sqlite3.Connection, is_inferred: bool) -> None:
    if is_inferred:
        infer(seeds)
    named = by_name(seeds)
    for article in named.values():
        found = [one.id for one in related(seeds, article)]
        assert set(found[:4]) == set(named.values()) - {article}


def test_days_are_inferred_from_weekdays_and_the_dated_sibling(seeds: sqlite3.Connection) -> None:
    infer(seeds)
    for name, article in by_name(seeds).items():
        seconds, is_inferred = seeds.execute(
            "SELECT published, published_is_inferred FROM articles WHERE id = ?", (article,)
        ).fetchone()
        day = datetime.fromtimestamp(seconds, UTC)
        assert (day.year, day.month, day.day) == DAYS[name]
        assert bool(is_inferred) is (name != "001")


def test_days_that_are_inferred_come_in_order_of_time(seeds: sqlite3.Connection) -> None:
    # As if nothing had been inferred on arrival.
    seeds.execute("UPDATE articles SET published = NULL WHERE published_is_inferred")
    seeds.execute("UPDATE related_articles SET time = NULL, bucket = -1 WHERE weekday IS NOT NULL")
    ids = [article for (article,) in seeds.execute("SELECT id FROM articles ORDER BY id").fetchall()]
    named = by_name(seeds)
    assert [article for article, _ in infer_dates(seeds, ids)] == [
        named[name] for name in DAYS if name != "001"
    ]


@pytest.mark.parametrize("order", ["000 001 002 003 004", "004 003 002 001 000", "001 004 000 003 002"])
def test_pages_that_come_together_make_the_events_of_a_rebuild(tmp_path: Path, order: str) -> None:
    connection = connect(tmp_path / "store.db")
    files = {path.name[:3]: path for path in SEEDS.glob("*.txt")}
    import_paths(connection, [files[name] for name in order.split()], now=1_700_000_000)
    before = event_groups(connection)
    # The journey to Russia: begun, under way, arrived.
    named = by_name(connection)
    assert before == {frozenset(named[name] for name in ("000", "002", "004"))}
    assert rebuild(connection)
    assert before == event_groups(connection)
    connection.close()


def event_groups(connection: sqlite3.Connection) -> set[frozenset[int]]:
    """The events, each as the ids of its reports."""
    rows = connection.execute(
        "SELECT event_id, group_concat(article_id) FROM event_members GROUP BY event_id"
    )
    return {frozenset(map(int, members.split(","))) for _, members in rows}


def test_no_embedded_article_takes_part(seeds: sqlite3.Connection) -> None:
    infer(seeds)
    undated = seeds.execute(
        "SELECT count(*) FROM articles WHERE embedded_in IS NOT NULL AND published IS NULL"
    )
    assert undated.fetchone()[0] == 4
    named = set(by_name(seeds).values())
    for article in named:
        assert set(events.story(seeds, article).articles) == named


def test_the_timeline_is_the_same_from_each_of_the_five(seeds: sqlite3.Connection) -> None:
    infer(seeds)
    named = by_name(seeds)
    for article in named.values():
        story = events.story(seeds, article)
        assert list(story.articles) == [named[name] for name in DAYS]
        assert len(story.days) == 13
        assert sum(count for _, count in story.days) == 5


def test_what_they_share_is_told_in_the_words_of_the_article(seeds: sqlite3.Connection) -> None:
    named = by_name(seeds)
    reasons = {one.id: one.reasons for one in related(seeds, named["000"])}
    assert "فلاديفوستوك" in reasons[named["003"]]
    assert any("كيم جونغ أون" in phrase for phrase in reasons[named["001"]])
    reasons = {one.id: one.reasons for one in related(seeds, named["001"])}
    assert any("كيم جونج أون" in phrase for phrase in reasons[named["000"]])


def test_links_are_kept_apart_and_go_both_ways(seeds: sqlite3.Connection) -> None:
    host = by_name(seeds)["004"]
    (guest,) = seeds.execute("SELECT id FROM articles WHERE embedded_in = ?", (host,)).fetchone()
    relations = {one.id: one.relation for one in related(seeds, host)}
    assert relations[guest] is Relation.READ_ALSO
    back = {one.id: one.relation for one in related(seeds, guest)}
    assert back[host] is Relation.LINKED_FROM


def test_a_rebuild_changes_nothing_a_reader_sees(seeds: sqlite3.Connection) -> None:
    infer(seeds)
    named = by_name(seeds)
    before = {name: events.story(seeds, article).articles for name, article in named.items()}
    assert rebuild(seeds)
    assert before == {name: events.story(seeds, article).articles for name, article in named.items()}
