"""Places in the order of dates: every one free, lists and ranges as if sorted by date, however full a minute is."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from time import gmtime, strftime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from store import Store, query, search
from store.database import APPLICATION_ID, connect, transaction
from store.intake import add
from store.migrations import migrations
from store.models import ParsedArticle, Precision, Published
from store.positions import FORMER, NEW, Numbering, Positions, numbering, strayed
from store.query_tree import Dated, Query
from store.reindex import reindex

#: 08:26:40 UTC, in an ordinary minute: it has 64 slots, the first of an hour 1,024.
NOW = 1_763_800_000
MINUTE = NOW // 60
#: 2023-10-01 00:00 UTC.
OCTOBER = 1_696_118_400
LAST_OF_SEPTEMBER = OCTOBER - 1


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "store.db")


def at(time: int) -> Published:
    return Published(time, Precision.MINUTE)


def put(db: sqlite3.Connection, number: int, place: int, time: int | None) -> None:
    """A row of an article as an import writes it."""
    db.execute(
        "INSERT INTO articles(id, position, title, title_key, published, published_precision, origin, identity,"
        " added) VALUES (?, ?, 'خبر', 0, ?, 'minute', ?, ?, 0)",
        (number, place, time, str(number), str(number)),
    )
    db.execute("INSERT INTO statuses(article_id, position) VALUES (?, ?)", (number, place))


def fill(db: sqlite3.Connection, times: Iterable[int]) -> None:
    """Articles of those times, in that order, with ids from 1."""
    places = Positions(db)
    with transaction(db):
        for number, time in enumerate(times, 1):
            put(db, number, places.take(at(time), NOW), time)


def count(db: sqlite3.Connection, text: str) -> int:
    return search.count(db, query.parse(text, NOW), 50_000)


# --- numbers


@given(st.sampled_from([NEW, FORMER, Numbering(10, 10), Numbering(0, 3)]), st.integers(-(10**8), 10**8))
def test_the_places_of_a_minute_lie_between_those_of_its_neighbours(places: Numbering, minute: int) -> None:
    first, last = places.first(minute), places.first(minute) + places.slots(minute) - 1
    assert places.minute(first) == places.minute(last) == minute
    assert last + 1 == places.first(minute + 1)


def test_numbers_by_hand() -> None:
    # An hour has 1,024 places and 59 times 64: 4,800.
    assert [NEW.first(minute) for minute in (-1, 0, 1, 2, 60, 61)] == [-64, 0, 1024, 1088, 4800, 5824]
    assert [NEW.slots(minute) for minute in (59, 60, 61)] == [64, 1024, 64]
    # Where all minutes have as many, a place is the minute and its slot side by side.
    assert FORMER.first(MINUTE) == MINUTE << 14


def test_a_store_keeps_the_places_it_was_made_with(tmp_path: Path) -> None:
    """One from before the number of places was written down had 16,384 a minute, a later one 1,024."""
    for bits, steps in ((14, 16), (10, 17)):
        path = tmp_path / f"{bits}.db"
        made = sqlite3.connect(path, isolation_level=None)
        following = [step.name for step in migrations.pending(Database(memory=True))][steps:]
        migrations.apply(Database(made), stop_before=following[:1])
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.execute(f"PRAGMA user_version = {steps}")
        if bits == 10:
            made.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('slot_bits', '10')")
        put(made, 1, MINUTE << bits, NOW)
        made.close()
        again = connect(path)
        assert numbering(again) == Numbering(bits, bits)
        assert Positions(again).take(at(NOW), NOW) == (MINUTE << bits) + 1
        again.close()
    new = connect(tmp_path / "new.db")
    assert (numbering(new), strayed(new)) == (NEW, 0)


def former_store(path: Path, slot_bits: int) -> sqlite3.Connection:
    """A store of version 17, as it was before places stood closer together."""
    made = sqlite3.connect(path, isolation_level=None)
    following = [step.name for step in migrations.pending(Database(memory=True))][17:]
    migrations.apply(Database(made), stop_before=following[:1])
    made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    made.execute("PRAGMA user_version = 17")
    made.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('slot_bits', ?)", (str(slot_bits),))
    return made


def test_a_store_whose_articles_were_all_deleted_keeps_its_numbers_for_their_return(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    made = former_store(path, 10)
    columns = [row[1:4] for row in made.execute("PRAGMA table_info(deleted)")]
    names = ", ".join(name for name, _, _ in columns)
    values = ", ".join("1" if kind == "INTEGER" else "'{}'" for _, kind, _ in columns)
    made.execute(f"INSERT INTO deleted({names}) VALUES ({values})")  # noqa: S608
    made.close()
    assert numbering(connect(path)) == Numbering(10, 10)


# --- places that are taken


def test_a_full_minute_spills_into_the_next_and_every_place_is_free(db: sqlite3.Connection) -> None:
    positions = Positions(db)
    taken = [positions.take(at(NOW), NOW) for _ in range(150)]
    assert len(set(taken)) == 150
    assert taken == sorted(taken)
    # 64 a minute: the last 22 in the third.
    assert [NEW.minute(place) for place in (taken[0], taken[-1])] == [MINUTE, MINUTE + 2]
    assert strayed(db) == 2
    # Another article that belongs to the next minute by its own date still finds a place.
    assert positions.take(at(NOW + 60), NOW) not in set(taken)


def test_what_is_stamped_with_a_full_hour_has_more_places(db: sqlite3.Connection) -> None:
    positions = Positions(db)
    taken = [positions.take(at(OCTOBER), NOW) for _ in range(1_024)]
    assert {NEW.minute(place) for place in taken} == {OCTOBER // 60}
    assert strayed(db) == 0


def test_what_finds_the_end_of_its_day_full_stays_in_its_day(db: sqlite3.Connection) -> None:
    positions = Positions(db)
    taken = [positions.take(at(LAST_OF_SEPTEMBER), NOW) for _ in range(64 + 64 + 1)]
    last = LAST_OF_SEPTEMBER // 60
    assert [NEW.minute(place) for place in (taken[63], taken[64], taken[128])] == [last, last - 1, last - 2]
    assert len(set(taken)) == 129


def test_only_where_a_day_is_full_the_next_is_taken(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    positions = Positions(db)
    monkeypatch.setattr(positions, "_numbering", Numbering(0, 0))
    taken = [positions.take(at(OCTOBER + 3600), NOW) for _ in range(1_441)]
    # One a minute: to the end of the day, then before the hour, then the first minute of the day that follows.
    first = OCTOBER // 60
    assert [taken[0], taken[1379], taken[1380], taken[1439], taken[1440]] == [
        first + 60,
        first + 1439,
        first + 59,
        first,
        first + 1440,
    ]
    assert strayed(db) == 1380


def test_what_has_no_date_takes_no_minute_after_its_arrival(db: sqlite3.Connection) -> None:
    positions = Positions(db)
    taken = [positions.take(None, NOW) for _ in range(150)]
    assert len(set(taken)) == 150
    assert {NEW.minute(place) for place in taken} == {MINUTE, MINUTE - 1, MINUTE - 2}
    assert taken[:64] == sorted(taken[:64])
    # What comes a minute later stands above them all, and no range looks further for them: they are in none.
    assert positions.take(None, NOW + 60) > max(taken)
    assert strayed(db) == 0


def test_places_in_a_row_stay_together_at_the_end_of_a_minute(db: sqlite3.Connection) -> None:
    positions = Positions(db)
    for _ in range(60):
        positions.take(at(NOW), NOW)
    top = positions.take(at(NOW), NOW, 10)
    assert top == NEW.first(MINUTE + 1) + 9
    # A minute too full for ten has room for four.
    assert [NEW.minute(positions.take(at(NOW), NOW)) for _ in range(5)] == [MINUTE] * 4 + [MINUTE + 1]


def test_more_places_in_a_row_than_a_minute_has_are_taken_from_empty_ones(db: sqlite3.Connection) -> None:
    positions = Positions(db)
    in_the_next = positions.take(at(NOW + 60), NOW)
    top = positions.take(at(NOW), NOW, 150)
    row = range(top - 149, top + 1)
    assert in_the_next not in row
    # The third minute is the first with three empty ones in a row; the 150th place is the 22nd of the fifth.
    assert (row[0], top) == (NEW.first(MINUTE + 2), NEW.first(MINUTE + 4) + 21)
    assert strayed(db) == 4
    others = [positions.take(at(NOW), NOW) for _ in range(300)]
    assert len(set(others)) == 300
    assert not set(others) & set(row)


@pytest.mark.parametrize("is_another_run", [False, True])
def test_what_was_found_on_a_page_leaves_the_minute_below_to_its_own(
    db: sqlite3.Connection, is_another_run: bool
) -> None:
    """The page holds the first place of its minute; what is found on it later takes the last of the one before."""
    places = Positions(db)
    host = places.take(at(NOW), NOW)
    put(db, 1, host, NOW)
    if not is_another_run:
        put(db, 2, places.take(at(NOW - 60), NOW), NOW - 60)
    guests = []
    for number in (3, 4):
        guests.append(places.below(host, NOW))
        put(db, number, guests[-1], None)
    assert guests == [host - 1, host - 2]
    if is_another_run:
        places = Positions(db)
    # The two at its end and 62 of its own.
    used = 0 if is_another_run else 1
    own = [places.take(at(NOW - 60), NOW) for _ in range(62 - used)]
    assert own == list(range(NEW.first(MINUTE - 1) + used, NEW.first(MINUTE - 1) + 62))
    assert NEW.minute(places.take(at(NOW - 60), NOW)) == MINUTE


def test_many_places_in_a_row_without_a_date_end_at_the_minute_of_arrival(db: sqlite3.Connection) -> None:
    places = Positions(db)
    top = places.take(None, NOW, 150)
    # Three minutes hold them, the last that of arrival: the 150th place is the 22nd of it.
    assert top == NEW.first(MINUTE) + 21
    assert places.take(None, NOW + 60) > top
    other = places.take(None, NOW, 150)
    assert other == NEW.first(MINUTE - 3) + 21
    # What is left of the minutes of a row is left: the next has the first minute below both.
    assert places.take(None, NOW) == NEW.first(MINUTE - 6)
    assert strayed(db) == 0


def test_many_places_in_a_row_keep_clear_of_what_ends_a_minute(db: sqlite3.Connection) -> None:
    put(db, 1, NEW.first(MINUTE + 1) - 1, None)
    top = Positions(db).take(at(NOW), NOW, 65)
    assert top == NEW.first(MINUTE + 1) + 64


def test_places_are_looked_up_again_in_a_new_run(db: sqlite3.Connection) -> None:
    for number in range(3):
        parsed = ParsedArticle(
            f"خبر رقم {number} من ثلاثة", (f"نص الخبر رقم {number} وفيه كلام.",), f"/{number}"
        )
        add(db, parsed, NOW)
    places = [row[0] for row in db.execute("SELECT position FROM articles ORDER BY id")]
    assert places == [NEW.first(MINUTE) + slot for slot in range(3)]


def test_how_far_was_gone_is_forgotten_with_what_went_there(db: sqlite3.Connection) -> None:
    positions = Positions(db)

    def fail() -> None:
        with transaction(db):
            for _ in range(65):
                positions.take(at(NOW), NOW)
            assert strayed(db) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert strayed(db) == 0
    positions.forget()
    for _ in range(65):
        positions.take(at(NOW), NOW)
    assert strayed(db) == 1


# --- what lists and ranges make of it


def test_the_list_is_in_order_of_date(tmp_path: Path) -> None:
    """Up to sixty articles of a minute, scattered over days and before 1970, whatever order they came in."""
    choose = random.Random(5)
    minutes = [OCTOBER // 60 + choose.randrange(-3_000, 3_000) for _ in range(40)] + [-7, -60, -1, 0, 59, 60]
    times = [minute * 60 + choose.randrange(60) for minute in minutes for _ in range(choose.randrange(1, 60))]
    choose.shuffle(times)
    store = Store(tmp_path / "store.db")
    fill(store.connection, times)
    assert strayed(store.connection) == 0
    numbered = sorted(((time // 60, number) for number, time in enumerate(times, 1)), reverse=True)
    expected = [number for _, number in numbered]
    assert [row.id for row in store.newest(len(times))] == expected
    oldest = search.page(store.connection, query.parse("sort:oldest", NOW), limit=len(times)).rows
    assert [row.id for row in oldest] == expected[::-1]
    assert all(above.position > below.position for above, below in pairwise(store.newest(len(times))))


@pytest.mark.parametrize("seed", range(6))
def test_a_range_of_dates_finds_what_a_plain_look_at_all_finds(db: sqlite3.Connection, seed: int) -> None:
    """Also where hundreds have one minute, at the end of a day too, and were taken minutes or hours away."""
    choose = random.Random(seed)
    stamps = [LAST_OF_SEPTEMBER, OCTOBER, OCTOBER + 90, OCTOBER + 5 * 3600 + 7, OCTOBER - 40 * 86400 - 5]
    times = [choose.choice(stamps) + choose.choice((0, 0, 0, 0, 60, 3600)) for _ in range(1_200)]
    fill(db, times)
    assert strayed(db) > 1
    for _ in range(40):
        since, until = sorted(choose.choice(stamps) + choose.randrange(-600, 600) for _ in range(2))
        found = search.count(db, Query(root=Dated(since, until)), 50_000)
        assert found == sum(since <= time < until for time in times), (since, until)


def test_days_beside_a_day_whose_last_minute_was_full(db: sqlite3.Connection) -> None:
    """Feeds that know the day alone may stamp it 23:59:59."""
    fill(db, [OCTOBER] * 3 + [LAST_OF_SEPTEMBER] * 1_040)
    assert count(db, "on:2023-10-01") == 3
    assert count(db, "on:2023-09-30") == 1_040
    assert count(db, "after:2023-10-01") == 3


def _of_an_older_version(db: sqlite3.Connection) -> None:
    """Make a store number its places as one did that never wrote down how far it went, always to a later minute."""
    db.execute("DELETE FROM meta WHERE key IN ('hour_bits', 'strayed')")
    db.execute("UPDATE meta SET value = '10' WHERE key = 'slot_bits'")


def test_no_month_is_passed_over_behind_a_full_minute(tmp_path: Path) -> None:
    """One of September was put behind the first of October, for its minute was full; October has no other."""
    store = Store(tmp_path / "store.db")
    _of_an_older_version(store.connection)
    places = Numbering(10, 10)
    put(store.connection, 1, places.first(OCTOBER // 60), OCTOBER)
    put(store.connection, 2, places.first(OCTOBER // 60) + 1, LAST_OF_SEPTEMBER)
    put(store.connection, 3, places.first((OCTOBER - 45 * 86400) // 60), OCTOBER - 45 * 86400)
    assert [view.name for view in store.views.months()] == ["2023-10", "2023-09", "2023-08"]
    days = {of_month.month: of_month.counts for of_month in store.views.days("2023-09", "2023-10")}
    assert (days["2023-09"][29], days["2023-10"][0]) == (1, 1)


def test_a_range_in_a_store_of_an_older_version(db: sqlite3.Connection) -> None:
    _of_an_older_version(db)
    places = Numbering(10, 10)
    fill(db, [OCTOBER] * 3)
    # Fifty-nine minutes were full before it.
    put(db, 4, places.first(OCTOBER // 60 + 58) + 5, LAST_OF_SEPTEMBER)
    assert count(db, "on:2023-10-01") == 3
    assert count(db, "on:2023-09-30") == 1


def test_how_far_articles_of_an_older_version_stand_from_their_minutes_is_measured(tmp_path: Path) -> None:
    """With 128 places a minute, 22,000 articles of one reached three hours."""
    path = tmp_path / "store.db"
    made = former_store(path, 7)
    for number, (place, time) in enumerate(
        [
            ((MINUTE + 171) << 7, NOW),
            ((MINUTE + 100) << 7, NOW + 6000),
            # Of before 1970, one minute below its own.
            (-2 << 7, -1),
            # One without a date stands away from nothing.
            ((MINUTE + 9000) << 7, None),
        ],
        1,
    ):
        put(made, number, place, time)
    made.close()
    store = Store(path)
    assert strayed(store.connection) == 171
    assert store.views.ids(query.parse('after:"2025-11-22T08:26" before:"2025-11-22T08:27"', NOW)) == (1,)
    # Of a store that came to this version without it.
    store.connection.execute("DELETE FROM meta WHERE key = 'strayed'")
    assert strayed(store.connection) == 171
    assert reindex(store.connection)
    assert store.connection.execute("SELECT value FROM meta WHERE key = 'strayed'").fetchone() == ("171",)


def test_what_comes_back_to_a_place_away_from_its_minute_is_found_by_its_date(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    made = add(store.connection, ParsedArticle("خبر", ("نص الخبر كله",), "/1", published=at(NOW)), NOW)[0].id
    store.connection.execute("UPDATE articles SET position = ?", (NEW.first(MINUTE + 300),))
    store.delete([made])
    store.connection.execute("UPDATE meta SET value = '0' WHERE key = 'strayed'")
    store.restore([made])
    assert strayed(store.connection) == 300


@pytest.mark.parametrize("seed", range(8))
def test_months_and_ranges_of_articles_that_stand_away_from_their_minutes(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    store = Store(tmp_path / "store.db")
    store.connection.execute("UPDATE meta SET value = '90' WHERE key = 'strayed'")
    ends = [OCTOBER, OCTOBER + 31 * 86400, OCTOBER + 61 * 86400, OCTOBER - 30 * 86400, OCTOBER - 61 * 86400]
    times = [choose.choice(ends) + choose.randrange(-3600, 3600) for _ in range(choose.choice((4, 8, 60)))]
    for number, time in enumerate(times, 1):
        put(store.connection, number, NEW.first(time // 60 + choose.randrange(-90, 91)) + number % 64, time)
    expected = sorted({strftime("%Y-%m", gmtime(time)) for time in times}, reverse=True)
    assert [view.name for view in store.views.months()] == expected
    for since in ends:
        found = search.count(store.connection, Query(root=Dated(since, since + 86400)), 100)
        assert found == sum(since <= time < since + 86400 for time in times)
