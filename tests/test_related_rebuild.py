"""Related items made anew: stopped and gone on with wherever, while the archive goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_related_index import BASE, OTHER, SAME, TAIL, add

from store import articles, beside, counts, intake
from store import rebuild as rebuilding
from store.database import connect, transaction
from store.events import event_id
from store.models import LinkKind, ParsedArticle, ParsedLink
from store.rebuild import rebuild, verify
from store.related import related
from store.related_schema import TABLES

#: Another spelling than the headline has: such a link waits for it.
LINK = (ParsedLink(LinkKind.SIMILAR, "عاجل.. تحالف بوتين وكيم يونج أون يقلق الغرب (صور)"),)
NAMED = "تحالف بوتين وكيم جونغ أون يقلق الغرب"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Seven articles of some events, related two at a time."""
    monkeypatch.setattr(rebuilding, "_STEP", 2)
    connection = connect(tmp_path / "store.db")
    add(connection, "هاكان فيدان يصل إلى بغداد", BASE)
    add(connection, "اليابان تهزم البرازيل في طوكيو", OTHER, 0.1, "ج", LINK)
    add(connection, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    add(connection, "خسارة البرازيل أمام اليابان وديا", f"{OTHER} بحضور نجوم سابقين", 0.5, "أ")
    add(connection, "اتفاق تركي عراقي على لجنة للمياه", f"{SAME} {TAIL}", 1.4, "ج")
    add(connection, "بلا تاريخ", TAIL, None, "د")
    add(connection, NAMED, f"{TAIL} {NAMED}", 3, "د")
    yield connection
    connection.close()


def everything(connection: sqlite3.Connection) -> dict[str, Any]:
    """All there is of related items; events by their members, for their numbers mean nothing."""
    found: dict[str, Any] = {
        table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608
        for table in TABLES
        if not table.startswith("event")
    }
    # A term that nobody has any more is as good as one that nobody had.
    found["related_terms"] = [row for row in found["related_terms"] if row[1]]
    groups: dict[int, list[int]] = {}
    for article, event in connection.execute("SELECT article_id, event_id FROM event_members"):
        groups.setdefault(event, []).append(article)
    found["events"] = sorted(map(sorted, groups.values()))
    found["counted"] = sorted(connection.execute("SELECT articles, outlets, first, last FROM events"))
    found["links"] = connection.execute("SELECT * FROM links ORDER BY 1, 2").fetchall()
    return found


def made(connection: sqlite3.Connection) -> dict[str, object]:
    """Columns, ties and indexes of the tables, and what else there is."""
    found: dict[str, object] = {
        "names": sorted(connection.execute("SELECT type, name FROM sqlite_master")),
        "meta": sorted(connection.execute("SELECT key FROM meta")),
    }
    for table in TABLES:
        for what in ("table_info", "foreign_key_list", "index_list"):
            found[f"{what} {table}"] = connection.execute(
                f"SELECT * FROM pragma_{what}('{table}')"  # noqa: S608
            ).fetchall()
    return found


def stopping(after: int) -> Callable[[], bool]:
    """Stops at the look of that number."""
    looks = iter(range(after))
    return lambda: next(looks, None) is None


def test_a_run_that_is_stopped_anywhere_is_gone_on_with(store: sqlite3.Connection) -> None:
    before = made(store)
    assert rebuild(store)
    wanted = everything(store)
    assert made(store) == before
    # Fourteen steps, two articles each, and the looks that find no more.
    for after in range(9):
        told: list[tuple[int, int]] = []
        again: list[tuple[int, int]] = []
        assert not rebuild(store, lambda *done: told.append(done), stopping(after))  # noqa: B023
        assert everything(store) == wanted
        assert rebuild(store, lambda *done: again.append(done))  # noqa: B023
        # What was done is not done again.
        assert (again[0], again[-1]) == (told[-1], (14, 14))
        assert everything(store) == wanted
        assert made(store) == before
        assert verify(store) == ()
    assert told[-1][0] > 10


def test_many_stops_one_after_the_other(store: sqlite3.Connection) -> None:
    assert rebuild(store)
    wanted = everything(store)
    runs = 1
    while not rebuild(store, should_stop=stopping(1)):
        counts.forget()
        runs += 1
    assert runs > 7
    assert everything(store) == wanted


def test_that_a_run_was_not_finished_is_told(store: sqlite3.Connection) -> None:
    rebuild(store, should_stop=stopping(2))
    assert verify(store) == (
        "related items were not made anew to the end; newsreader reindex --related goes on with it",
    )


def test_what_another_version_began_is_begun_again(
    store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(store, should_stop=stopping(6))
    monkeypatch.setattr(rebuilding, "_VERSION", "of another")
    told: list[int] = []
    assert rebuild(store, on_progress=lambda done, _total: told.append(done))
    assert told[0] == 0
    assert verify(store) == ()


def test_what_is_damaged_of_a_run_is_begun_again(store: sqlite3.Connection) -> None:
    rebuild(store, should_stop=stopping(6))
    store.execute("DROP TABLE related_terms_next")
    told: list[int] = []
    assert rebuild(store, on_progress=lambda done, _total: told.append(done))
    assert told[0] == 0
    assert verify(store) == ()


@pytest.mark.parametrize("after", [0, 2, 5, 7, 8])
def test_the_archive_goes_on_meanwhile(store: sqlite3.Connection, after: int) -> None:
    """One comes, one goes, one gets another text, one comes back: in the end all is as if it had been so before."""
    assert not rebuild(store, should_stop=stopping(after))
    new = add(store, "لقاء فيدان والسوداني في بغداد", f"{SAME} مساء", 0.3, "هـ")
    with transaction(store):
        articles.remove(store, 4)
    changed = ParsedArticle(
        title="بلا تاريخ", body=(f"{OTHER} {TAIL}",), origin="test:5", outlet="د", published=None
    )
    assert intake.add(store, changed, 0)[0].id == 6
    # The old tables answer, with what has come.
    assert event_id(store, 3) == event_id(store, new) is not None
    assert rebuild(store)
    assert verify(store) == ()
    assert event_id(store, 3) == event_id(store, new) is not None
    assert 4 not in [one.id for one in related(store, 2)]
    assert not beside.is_there(store)
    wanted = everything(store)
    assert rebuild(store)
    assert everything(store)["related_postings"] == wanted["related_postings"]
    assert everything(store)["related_terms"] == wanted["related_terms"]
    assert everything(store)["title_sketches"] == wanted["title_sketches"]


def test_another_writes_between_the_steps(store: sqlite3.Connection) -> None:
    """The store is held for one step at a time, not for all of it."""
    other = connect(Path(store.execute("SELECT file FROM pragma_database_list").fetchone()[0]))
    steps = 0

    def write(_done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        with transaction(other):
            other.execute("UPDATE statuses SET is_starred = NOT is_starred")

    assert rebuild(store, on_progress=write)
    assert steps > 7
    other.close()
