"""Fixtures of the reader's tests: a small archive, and the interface's language."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

# The colours of the terminal that runs the tests are none of theirs; Textual reads this when it is loaded.
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)

import pytest
from reader_harness import records

from store import Store
from tui import i18n

#: Tests of the reader that wait for what they look at, and need no pause after each key.
_QUICK = ("test_keymap_", "test_palette_", "test_views_", "test_selection_", "test_opening_", "test_layout_")


@pytest.fixture(autouse=True)
def _short_waits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot waits until the process is idle for 20 ms after each key: there 4 ms tell as much."""
    if request.path.name.startswith(_QUICK):
        monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 250)
        monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 1000)


@pytest.fixture(autouse=True)
def _long_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a loaded machine what is told would be gone before it is looked at."""
    monkeypatch.setattr("tui.widgets.status_line.NOTICE_SECONDS", 120.0)


#: Open files of left apps after which they are collected; select() takes no file numbered 1024 or higher.
_MANY_FILES = 200


@pytest.fixture(autouse=True)
def _collects_what_apps_left() -> Iterator[None]:
    """An app keeps the collector from all that its start made: right for one a process, not for hundreds of them."""
    yield
    gc.unfreeze()
    if len(os.listdir("/dev/fd")) > _MANY_FILES:
        gc.collect()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of forty articles, to be copied."""
    folder = tmp_path_factory.mktemp("archive")
    source = folder / "articles.jsonl"
    source.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records()))
    path = folder / "store.db"
    store = Store(path)
    report = store.import_paths([source])
    assert report.new == 40, report
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.fixture
def store(archive: Path, tmp_path: Path) -> Iterator[Store]:
    """A fresh copy of the archive."""
    path = tmp_path / "store.db"
    shutil.copy(archive, path)
    found = Store(path)
    yield found
    found.close()


@pytest.fixture
def english() -> Iterator[None]:
    """The interface in English."""
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


@pytest.fixture
def arabic() -> Iterator[None]:
    """The interface in Arabic."""
    before = i18n.language()
    i18n.use("ar")
    yield
    i18n.use(before)
