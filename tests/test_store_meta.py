"""Small things the store remembers between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store, StoreReadOnlyError


def test_what_is_remembered_is_recalled_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    first = Store(path)
    first.remember("hint:PuTTY", "اضبط هذا")
    first.remember("session", {"view": "tag:روسيا", "place": [3, 0]})
    first.remember("session", {"view": "", "place": [4, 120]})
    first.close()
    second = Store(path)
    assert second.recall("hint:PuTTY") == "اضبط هذا"
    assert second.recall("session") == {"view": "", "place": [4, 120]}
    assert second.recall("never kept") is None


def test_a_value_damaged_from_outside_counts_as_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.remember("session", [1])
    with store.transaction() as connection:
        connection.execute("UPDATE meta SET value = '[1' WHERE key LIKE '%session'")
    assert store.recall("session") is None


def test_nothing_remembered_hides_what_the_store_needs_of_itself(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    chain = store.connection.execute("SELECT value FROM meta WHERE key = 'chain'").fetchone()
    store.remember("chain", "0")
    assert store.connection.execute("SELECT value FROM meta WHERE key = 'chain'").fetchone() == chain


def test_a_store_for_reading_remembers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path).close()
    store = Store(path, read_only=True)
    with pytest.raises(StoreReadOnlyError):
        store.remember("session", 1)
