"""Fixtures of the reader's tests: a small archive, and the interface's language."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import shutil
from collections.abc import Iterator, Sized
from pathlib import Path

# The colours of the terminal that runs the tests are none of theirs; Textual reads this when it is loaded.
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)

import pytest
from reader_harness import records

from store import Store
from tui import i18n


async def _until_quiet(min_sleep: float = 0.0, max_sleep: float = 0.0) -> None:
    """Wait until the loop has nothing to do but what waits for time or threads, and the frames due meanwhile are drawn."""
    ready: Sized = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    quiet = 0
    while quiet < _QUIET_TURNS:
        await asyncio.sleep(0.002)
        quiet = quiet + 1 if not ready else 0


#: Turns of the loop in a row that find nothing to do.
_QUIET_TURNS = 3


@pytest.fixture(autouse=True)
def _waits_for_work_not_for_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot takes a process that gets no time from a loaded machine for one that has nothing to do."""
    for place in ("textual.pilot", "textual.app"):
        monkeypatch.setattr(f"{place}.wait_for_idle", _until_quiet)


@pytest.fixture(autouse=True)
def _long_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a loaded machine what is told would be gone before it is looked at."""
    monkeypatch.setattr("tui.widgets.status_line.NOTICE_SECONDS", 120.0)


@pytest.fixture(autouse=True)
def _patient_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a loaded machine keys would be let go that nobody has waited for."""
    for name in ("LONGEST", "PATIENCE", "MARKING"):
        monkeypatch.setattr(f"tui.typed_ahead.{name}", 120.0)


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
