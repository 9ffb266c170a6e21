"""The second process of a large import: the same store comes out, and nothing is lost or left behind when it dies."""

from __future__ import annotations

import gzip
import os
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import pytest

from store.database import connect
from store.ingest import helper, pipeline, sources
from store.ingest.frames import Finished, Waiting
from store.ingest.pipeline import ImportReport, Progress, import_paths

_SEEDS = Path(__file__).parent.parent / "seeds"
NOW = 1_763_800_000
PAGE = "أربع إصابات بالكوليرا في المفرق {}\nتاريخ النشر: 3rd, October 2022 GMT\nأعلنت وزارة الصحة تسجيل {} إصابات جديدة.\nالمصدر: الغد\n"
#: What a helper runs that dies of one file, as of a fault in a library.
_DEADLY = """
import os, signal, sys, pickle
sys.path[:] = pickle.load(sys.stdin.buffer)
from store.ingest import sources
read = sources.read_file
def deadly(path, fields):
    for number, found in enumerate(read(path, fields)):
        if "deadly" in path and number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        yield found
sources.read_file = deadly
from store.ingest.helping import serve
serve()
"""
_TABLES = {
    "articles": "1, 2",
    "bodies": "1",
    "links": "1, 2",
    "article_keywords": "1, 2",
    "related_articles": "1",
    "related_terms": "1",
    "title_sketches": "1, 2",
    "event_members": "1",
}


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "store" / "store.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[helper.Helper]]:
    """Every import has a helper; the ones started. At the end all of them must be gone."""
    started: list[helper.Helper] = []
    monkeypatch.setattr(pipeline, "has_room", lambda: True)
    monkeypatch.setattr(pipeline, "is_large", lambda paths: True)

    class Noted(helper.Helper):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            started.append(self)

    monkeypatch.setattr(pipeline, "Helper", Noted)
    yield started
    assert all(each._process.returncode is not None for each in started)


def run(db: sqlite3.Connection, *paths: Path | str, **options: object) -> ImportReport:
    return import_paths(db, [str(path) for path in paths], now=NOW, **options)  # type: ignore[arg-type]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.known, report.changed, len(report.failed)


def write_pages(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(PAGE.format(number, number), encoding="utf-8")


def content(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    found = {
        table: db.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608
        for table, order in _TABLES.items()
    }
    found["search"] = db.execute("SELECT rowid FROM search WHERE search MATCH 'كوريا'").fetchall()
    return found


#: A helper that always, or never, finds the other side behind.
_WAITING = "import store.ingest.helping as helping; helping._AHEAD = {}; helping.serve()"


@pytest.mark.parametrize("ahead", [-1, 1 << 40])
def test_the_same_store_as_without_it(
    db: sqlite3.Connection,
    folder: Path,
    tmp_path: Path,
    helpers: list[helper.Helper],
    monkeypatch: pytest.MonkeyPatch,
    ahead: float,
) -> None:
    first, _, _ = helper._START.partition("\n")
    monkeypatch.setattr(helper, "_START", f"{first}\n{_WAITING.format(ahead)}")
    write_pages(folder, 70)
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "packed.txt.gz").write_bytes(gzip.compress(PAGE.format(900, 9).encode()))
    helped = run(db, _SEEDS, folder, folder / "missing")
    assert len(helpers) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "is_large", lambda paths: False)
        alone_db = connect(tmp_path / "alone.db")
        alone = run(alone_db, _SEEDS, folder, folder / "missing")
    assert len(helpers) == 1
    assert (counts(helped), helped.failed) == (counts(alone), alone.failed) == ((80, 0, 0, 2), alone.failed)
    assert content(db) == content(alone_db)
    assert counts(run(db, _SEEDS, folder)) == (0, 80, 0, 1)


def test_a_file_it_dies_of_is_named_and_the_rest_comes_in(
    db: sqlite3.Connection, folder: Path, helpers: list[helper.Helper], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(folder, 40)
    (folder / "020_deadly.jsonl").write_text(
        "\n".join(f'{{"title": "خبر رقم {n} من كثير", "text": "نص الخبر كاملا هنا {n}."}}' for n in range(3)),
        encoding="utf-8",
    )
    monkeypatch.setattr(helper, "_START", _DEADLY)
    report = run(db, folder)
    assert [str(failure).rpartition("/")[2] for failure in report.failed] == [
        "020_deadly.jsonl: the process that read it died (SIGKILL)"
    ]
    assert report.new >= 40
    assert db.execute("SELECT count(*) FROM articles WHERE origin LIKE '%.txt'").fetchone()[0] == 40


@pytest.mark.parametrize("start", ["raise SystemExit(3)", "import os; os.abort()", "not python"])
def test_without_it_everything_is_read_here(
    db: sqlite3.Connection,
    folder: Path,
    helpers: list[helper.Helper],
    monkeypatch: pytest.MonkeyPatch,
    start: str,
) -> None:
    write_pages(folder, 5)
    monkeypatch.setattr(helper, "_START", start)
    assert counts(run(db, folder)) == (5, 0, 0, 0)


def test_where_no_process_can_be_started(
    db: sqlite3.Connection,
    folder: Path,
    helpers: list[helper.Helper],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    write_pages(folder, 5)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    assert counts(run(db, folder)) == (5, 0, 0, 0)
    assert helpers == []


def test_stop_keeps_what_came_and_ends_it(
    db: sqlite3.Connection, folder: Path, helpers: list[helper.Helper]
) -> None:
    write_pages(folder, 200)
    seen: list[Progress] = []
    report = run(db, folder, on_progress=seen.append, should_stop=lambda: bool(seen))
    assert report.is_stopped
    assert (seen[0].done, seen[0].total) == (50, 200)
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == report.new == 50
    assert counts(run(db, folder)) == (150, 50, 0, 0)


def test_more_than_is_kept_ready_comes_in_order(
    db: sqlite3.Connection,
    folder: Path,
    helpers: list[helper.Helper],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(helper, "_READY", 1)
    write_pages(folder, 150)
    assert counts(run(db, folder)) == (150, 0, 0, 0)
    origins = [Path(origin).name for (origin,) in db.execute("SELECT origin FROM articles ORDER BY id")]
    assert origins == sorted(origins)


def test_standard_input_is_read_here(
    db: sqlite3.Connection, folder: Path, helpers: list[helper.Helper], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(folder, 3)
    piped = folder / "piped"
    piped.write_text(PAGE.format(77, 77), encoding="utf-8")
    with piped.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert counts(run(db, folder / "000.txt", "-", folder / "001.txt")) == (3, 0, 0, 0)
    assert len(helpers) == 2


_ORPHANED = """
import os, signal, sys
from pathlib import Path
from store.database import connect
from store.ingest import helper, pipeline
pipeline.has_room = pipeline.is_large = lambda *paths: True
helper._START = helper._START.replace("from store", '''
from store.ingest import sources
def busy(*arguments):
    while True:
        pass
sources.read_file = busy
from store''')
def killed(self):
    print(self._process.pid, flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)
helper.Helper.__iter__ = killed
pipeline.import_paths(connect(Path(sys.argv[1])), [sys.argv[2]], now=1763800000)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs a handle to a process that is not a child")
def test_it_ends_when_the_importing_process_is_killed(tmp_path: Path, folder: Path) -> None:
    write_pages(folder, 5)
    command = [sys.executable, "-c", _ORPHANED, str(tmp_path / "s.db"), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        handle = os.pidfd_open(int(process.stdout.readline()))
        process.stdin.write(b"\n")
        process.stdin.close()
        assert process.wait() == -signal.SIGKILL
    ended, _, _ = select.select([handle], [], [], 20)
    if not ended:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    os.close(handle)
    assert ended


def test_only_large_imports_are_worth_it(folder: Path) -> None:
    write_pages(folder, 300)
    assert not sources.is_large([folder])
    assert not sources.is_large([_SEEDS])
    (folder / "000.txt").write_bytes(b"x" * (1 << 20))
    assert sources.is_large([folder])
    assert sources.is_large([folder / "missing", folder / "000.txt"])
    assert not sources.is_large([folder / "missing"])


@pytest.mark.parametrize("before", ["", "import sys; sys.modules['_md5'] = None\n"])
def test_hashes_are_there_whether_python_has_its_own_or_not(before: str) -> None:
    """Libraries that read pages and feeds ask for md5 and sha256; the digests are those of RFC 1321 and FIPS 180."""
    asked = "import hashlib; print(hashlib.md5(b'').hexdigest(), hashlib.sha256(b'').hexdigest()[:16])"
    command = [sys.executable, "-I", "-c", before + helper.WITHOUT_OPENSSL + asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c14"]
    assert not done.stderr


def test_it_tells_that_nothing_is_ready(folder: Path) -> None:
    write_pages(folder, 3)
    with closing(helper.Helper([folder], {})) as under_way:
        items = list(under_way)
    # The process takes longer to start than we to ask.
    assert isinstance(items[0], Waiting)
    assert [item.number for item in items if isinstance(item, Finished)] == [0, 1, 2]


def test_no_room_for_what_it_sends_is_no_end_of_the_import(
    db: sqlite3.Connection, folder: Path, helpers: list[helper.Helper], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that reads it died unheard, and the import waited for ever."""
    write_pages(folder, 200)
    read, frames = helper.read_frame, []

    def without_room(stream: BinaryIO) -> bytes | None:
        if frames:
            raise MemoryError
        frames.append(read(stream))
        return frames[0]

    monkeypatch.setattr(helper, "read_frame", without_room)
    assert counts(run(db, folder)) == (200, 0, 0, 0)
    assert len(helpers) == 1
