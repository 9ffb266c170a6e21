"""Opening a store, writing in transactions, and meeting other processes in it."""

from __future__ import annotations

import gc
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from seeds_harness import seeded

from store import (
    Store,
    StoreBusyError,
    StoreError,
    StoreReadOnlyError,
    StoreTooNewError,
    StoreUnreadableError,
    database,
)
from store.intake import add
from store.models import ParsedArticle


def test_a_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "store.db"
    Store(path).close()
    connection = sqlite3.connect(path)
    # Any tool that looks at the header sees whose file it is.
    assert connection.execute("PRAGMA application_id").fetchone() == (0x4E775264,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_first_starts_at_the_same_moment(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    barrier = threading.Barrier(6)
    failures: list[BaseException] = []

    def start() -> None:
        barrier.wait()
        try:
            Store(path).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    connection = sqlite3.connect(path)
    steps = connection.execute("SELECT name, count(*) FROM _sqlite_migrations GROUP BY name").fetchall()
    assert {count for _name, count in steps} == {1}
    connection.close()


def test_each_thread_has_its_own_connection_and_sees_what_others_wrote(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    found: list[object] = []

    def write() -> None:
        found.append(store.connection)
        store.remember("seen", 1)
        store.close()

    before = store.data_version()
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert found[0] is not store.connection
    assert store.data_version() != before
    assert store.recall("seen") == 1
    # What one wrote oneself is no news.
    after = store.data_version()
    store.remember("seen", 2)
    assert store.data_version() == after
    store.close()


def test_a_transaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")

    def fail_half_way() -> None:
        with store.transaction():
            store.remember("first", 1)
            with store.transaction():
                store.remember("second", 2)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert store.recall("first") is None
    assert store.recall("second") is None
    with store.transaction():
        store.remember("first", 1)
    assert store.recall("first") == 1
    store.close()


def test_a_commit_that_fails_leaves_no_transaction_open(tmp_path: Path) -> None:
    """What was written next was in the one that failed, and never kept."""
    connection = database.connect(tmp_path / "store.db")

    def write_a_body_without_article() -> None:
        with database.transaction(connection):
            connection.execute("PRAGMA defer_foreign_keys = ON")
            connection.execute("INSERT INTO bodies(article_id, text) VALUES (7, 'of no article')")

    with pytest.raises(StoreError):
        write_a_body_without_article()
    assert not connection.in_transaction
    with database.transaction(connection):
        connection.execute("INSERT INTO meta(key, value) VALUES ('k', 'v')")
    other = database.connect(tmp_path / "store.db")
    assert other.execute("SELECT value FROM meta WHERE key = 'k'").fetchall() == [("v",)]
    other.close()
    connection.close()


def test_a_store_held_by_another_is_busy_not_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 20)
    path = tmp_path / "store.db"
    store = Store(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match="in use by another process"):
        store.remember("first", 1)
    # Reading goes on meanwhile.
    assert store.newest(10) == ()
    other.execute("COMMIT")
    store.remember("first", 1)
    assert store.recall("first") == 1
    other.close()
    store.close()


def test_a_reader_writes_nothing_once_a_newer_one_has_updated_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(path)
    newer = sqlite3.connect(path, isolation_level=None)
    newer.execute(f"PRAGMA user_version = {database.SCHEMA_VERSION + 1}")
    with pytest.raises(
        StoreTooNewError, match="updated by a newer newsreader: leave this one and start it again"
    ):
        store.remember("seen", 1)
    assert not store.connection.in_transaction
    # What is there can be read.
    assert store.newest(10) == ()
    newer.execute(f"PRAGMA user_version = {database.SCHEMA_VERSION}")
    store.remember("seen", 1)
    newer.close()
    store.close()


def test_other_programs_write_to_a_store_too(tmp_path: Path) -> None:
    """Nothing in the file asks for what only this program has: sqlite3, sqlite-utils and Datasette may do what they do."""
    path = tmp_path / "store.db"
    with Store(path).transaction() as connection:
        add(connection, ParsedArticle("عنوان", ("نص الخبر الأول.",), "/1"), 0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE bodies SET text = 'آخر' WHERE article_id = 1")
    other.execute("ALTER TABLE bodies RENAME TO texts")
    other.execute("ALTER TABLE texts RENAME TO bodies")
    other.execute("VACUUM")
    other.close()
    with Store(path).transaction() as connection:
        assert connection.execute("SELECT text FROM bodies").fetchall() == [("آخر",)]


def test_opened_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.raises(StoreUnreadableError):
        Store(path, read_only=True)
    assert not path.exists()
    writer = Store(path)
    reader = Store(path, read_only=True)
    assert reader.is_read_only
    assert not writer.is_read_only
    with pytest.raises(StoreReadOnlyError, match="can only be read"):
        reader.change_tags([], add=["أ"])
    # It follows what is written elsewhere.
    writer.remember("seen", 1)
    assert reader.recall("seen") == 1
    reader.close()
    writer.close()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with pytest.raises(StoreUnreadableError, match="empty"):
        Store(path, read_only=True)
    Store(path).close()
    Store(path, read_only=True).close()


#: Everything the interface asks of a store while one reads.
QUESTIONS: list[Callable[[Store], object]] = [
    lambda store: store.newest(10),
    lambda store: store.page(store.parse(""), limit=10),
    lambda store: store.page(store.parse("شويغو"), limit=10),
    lambda store: store.count(store.parse("is:unread")),
    lambda store: store.rank(store.parse(""), 0),
    lambda store: store.article(1),
    lambda store: list(store.articles()),
    lambda store: store.links(1),
    lambda store: store.place(1),
    lambda store: store.tags(),
    lambda store: store.tag_completions("ر"),
    lambda store: store.related(1),
    lambda store: store.story(1),
    lambda store: store.recall("x"),
    lambda store: store.data_version(),
    lambda store: store.set_unread([1], False),
    lambda store: store.set_starred([1], True),
    lambda store: store.change_tags([1], add=["أ"]),
    lambda store: store.set_place(1, 5),
    lambda store: store.remember("x", 1),
]


def test_a_damaged_store_fails_in_words_alone(tmp_path: Path) -> None:
    with seeded(tmp_path) as whole:
        path = whole.path
    content = path.read_bytes()
    told: list[str] = []
    for first in range(4096, len(content), len(content) // 24):
        path.write_bytes(content[:first] + b"\xff" * (len(content) - first))
        path.with_name("seeds.db-wal").unlink(missing_ok=True)
        path.with_name("seeds.db-shm").unlink(missing_ok=True)
        try:
            store = Store(path)
        except StoreError as error:
            told.append(str(error))
            continue
        for ask in QUESTIONS:
            try:
                ask(store)
            except StoreError as error:
                told.append(str(error))
        store.close()
    assert len(told) > len(QUESTIONS)
    assert not [line for line in told if not line or "\n" in line]


def test_threads_that_end_take_their_connections_along(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")

    def files_after_a_thread() -> int:
        thread = threading.Thread(target=lambda: store.newest(1))
        thread.start()
        thread.join()
        # A connection is in a cycle with its cache of statements.
        gc.collect()
        return len(os.listdir("/dev/fd"))

    # SQLite keeps the files of a closed connection for the next one while another holds a lock.
    first = files_after_a_thread()
    assert [files_after_a_thread() for _ in range(5)] == [first] * 5
    store.close()
