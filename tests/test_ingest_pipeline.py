"""The import from end to end: any file, folder or archive; hostile ones; stopped, killed, tried without keeping."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from store import database, search_index, turns
from store.articles import article, set_starred
from store.database import connect
from store.ingest import pipeline
from store.ingest.frames import Coming, Waiting
from store.ingest.pipeline import ImportReport, Progress, import_paths
from store.ingest.sources import items_in
from store.ingest.walk import walk

_SEEDS = Path(__file__).parent.parent / "seeds"
NOW = 1_763_800_000
PAGE = "أربع إصابات بالكوليرا في المفرق {}\nتاريخ النشر: 3rd, October 2022 GMT\nأعلنت وزارة الصحة تسجيل {} إصابات جديدة.\nالمصدر: الغد\n"


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "store" / "store.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def run(db: sqlite3.Connection, *paths: Path | str, **options: object) -> ImportReport:
    return import_paths(db, [str(path) for path in paths], now=NOW, **options)  # type: ignore[arg-type]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.known, report.changed, len(report.failed)


def test_seeds_once_and_again(db: sqlite3.Connection) -> None:
    first = run(db, _SEEDS)
    assert counts(first) == (9, 0, 0, 0)
    assert list(first.articles) == list(range(1, 10))
    assert counts(run(db, _SEEDS)) == (0, 9, 0, 0)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_seeds_in_other_encodings_and_places_are_the_same_articles(
    db: sqlite3.Connection, folder: Path
) -> None:
    run(db, _SEEDS)
    for number, encoding in enumerate(("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")):
        for seed in _SEEDS.glob("*.txt"):
            text = seed.read_text(encoding="utf-8").replace("\n", "\r\n")
            (folder / f"{number}{seed.name}").write_bytes(text.encode(encoding))
    assert counts(run(db, folder)) == (0, 36, 0, 0)


def test_days_are_inferred_from_weekdays_and_the_dated_sibling(db: sqlite3.Connection) -> None:
    report = run(db, _SEEDS)
    found = {
        Path(article(db, each).origin).name[:3]: article(db, each).published
        for each in report.articles
        if article(db, each).embedded_in is None
    }
    assert all(published and published.is_inferred for name, published in found.items() if name != "001")
    assert found["001"] is not None
    assert not found["001"].is_inferred


def test_one_clear_line_for_each_thing_that_cannot_be_read(db: sqlite3.Connection, folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "nothing.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n \n")
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    (folder / "good.txt").write_text(PAGE.format(1, "أربع"), encoding="utf-8")
    (folder / "inside").mkdir()
    for pipe in (folder / "pipe", folder / "inside" / "other pipe"):
        os.mkfifo(pipe)
    report = run(db, folder / "missing", folder / "empty", folder, folder / "pipe", "/dev/null")
    assert report.new == 1
    lines = {str(failure).rpartition("/")[2] for failure in report.failed}
    assert lines == {
        "missing: no such file or folder",
        "empty: a folder without articles",
        "binary.txt: binary data, not text",
        "nothing.txt: empty",
        "blank.txt: no text in it",
        "image.txt: an image, not text",
        "pipe: not a file: a pipe",
        "other pipe: not a file: a pipe",
        "null: not a file: a device",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(db: sqlite3.Connection, folder: Path) -> None:
    (folder / "closed.txt").write_text(PAGE)
    (folder / "closed.txt").chmod(0)
    assert str(run(db, folder).failed[0]).endswith("closed.txt: may not be read") or run(db, folder).failed


def test_folders_are_walked_in_order_without_loops(folder: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", ".hidden/x.txt", "c.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "a" / "dangling").symlink_to(folder / "nowhere")
    (folder / ".dot.txt").write_text("x")
    assert [os.path.relpath(str(path), folder) for path in walk([folder])] == ["a/1.txt", "b/2.txt", "c.txt"]


def test_odd_file_names(db: sqlite3.Connection, folder: Path) -> None:
    names = [b"new\nline.txt", b"\xff\xfe.txt", "صفحة \u202e.txt".encode(), b"-rf", b"\x1b[31m.txt"]
    for number, name in enumerate(names):
        with open(os.fsencode(folder) + b"/" + name, "w", encoding="utf-8") as file:
            file.write(PAGE.format(number, number))
    (folder / "bad\x1bname").write_bytes(b"")
    report = run(db, folder)
    assert counts(report) == (5, 0, 0, 1)
    assert all(origin.isprintable() for (origin,) in db.execute("SELECT origin FROM articles"))
    assert all(str(failure).isprintable() for failure in report.failed)


def test_packed_files_of_every_kind(db: sqlite3.Connection, folder: Path) -> None:
    page = PAGE.format(1, "أربع").encode()
    line = json.dumps({"title": "خبر من سطر واحد", "text": "نص الخبر كاملا.", "date": "2022-10-03"}).encode()
    (folder / "1.txt.gz").write_bytes(gzip.compress(page))
    (folder / "2.jsonl.xz").write_bytes(lzma.compress(line))
    with zipfile.ZipFile(folder / "3.zip", "w") as archive:
        archive.writestr("inner/page.txt", PAGE.format(2, "خمس"))
        archive.writestr("inner/again.txt.gz", gzip.compress(page))
        archive.writestr("../../escape.txt", PAGE.format(3, "ست"))
        archive.writestr("__MACOSX/x.txt", "x")
        archive.writestr("broken.txt", bytes(range(256)))
    report = run(db, folder)
    assert counts(report) == (4, 1, 0, 1)
    assert str(report.failed[0]).endswith("3.zip:broken.txt: binary data, not text")
    assert not (folder.parent.parent / "escape.txt").exists()


def _zip_in_zip(levels: int) -> bytes:
    data = b"x"
    for level in range(levels):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip" if level else "0.txt", data)
        data = buffer.getvalue()
    return data


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.gz", gzip.compress(bytes(100 << 20), 9), "larger than 64 MB"),
        ("cut.gz", gzip.compress(b"x" * 5000)[:-9], "damaged"),
        ("bad.zip", b"PK\x03\x04" + b"x" * 100, "damaged"),
        ("bad.xz", b"\xfd7zXZ\0" + b"x" * 100, "damaged"),
        ("nested.zip", _zip_in_zip(5), "an archive inside an archive inside an archive"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("entities.xml", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa">]><rss version="2.0"><channel/></rss>', "entities"),
        ("external.opml", b'<!DOCTYPE opml SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>', "list of feeds"),
        ("notes.csv", b"a,b\n1,2\n", "no column for a title or a text (columns: a, b)"),
        ("head.csv", b"title,text\n", "a table without rows"),
        ("list.json", b'[1, "x", null]', "not an object with fields"),
        ("line.jsonl", b'{"title": "x"', "not JSON"),
        ("none.xml", b"<rss version='2.0'><channel><title>x</title></channel></rss>", "a feed without entries"),
    ],
    # Named by file alone: packed bytes hold the time they were packed at.
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_hostile_files_are_refused_in_one_line(
    db: sqlite3.Connection, folder: Path, name: str, data: bytes, reason: str
) -> None:
    (folder / name).write_bytes(data)
    (folder / "z_good.txt").write_text(PAGE.format(1, "أربع"), encoding="utf-8")
    report = run(db, folder)
    assert report.new == 1
    assert report.failed
    assert all(reason in str(failure) and "\n" not in str(failure) for failure in report.failed)


def test_hostile_text_is_taken_in_harmless(db: sqlite3.Connection, folder: Path) -> None:
    (folder / "a.txt").write_bytes(
        b"\x1b]0;x\x07" + PAGE.format(1, "\u202eأربع[bold red]\x00").encode() + b"\xff\xfe broken"
    )
    (folder / "b.txt").write_text("كلمة " * 1_000_000, encoding="utf-8")
    (folder / "c.html").write_text("<p>نص قصير في الداخل.</p>" + "<div>" * 100_000, encoding="utf-8")
    report = run(db, folder)
    assert counts(report) == (3, 0, 0, 0)
    shown = article(db, 1)
    assert not any(c in "".join((shown.title, *shown.body)) for c in "\x1b\x00\u202e")
    assert shown.dropped["bidi"] == 1
    assert article(db, 2).dropped["over_limit"] == 4_000_000


def test_records_with_fields_of_other_names(db: sqlite3.Connection, folder: Path) -> None:
    (folder / "a.csv").write_text(
        "nass;unwan;yawm\nنص الخبر كاملا هنا.;عنوان الخبر الأول;2020-01-02\n", encoding="utf-8"
    )
    report = run(db, folder, fields={"body": "nass", "title": "unwan", "published": "yawm"})
    assert counts(report) == (1, 0, 0, 0)
    stored = article(db, 1)
    assert (stored.title, stored.body) == ("عنوان الخبر الأول", ("نص الخبر كاملا هنا.",))


def test_own_export_comes_back_with_every_field(db: sqlite3.Connection, folder: Path, tmp_path: Path) -> None:
    from store.serial import article_json, one_line
    from store.tags import change_tags

    report = run(db, _SEEDS)
    change_tags(db, [1], add=["متابعة"])
    (folder / "all.jsonl").write_text(
        "\n".join(one_line(article_json(article(db, each))) for each in report.articles), encoding="utf-8"
    )
    other = connect(tmp_path / "other.db")
    assert counts(run(other, folder)) == (9, 0, 0, 0)
    for each in report.articles:
        before, after = article_json(article(db, each)), article_json(article(other, each))
        for name in ("title", "title_is_derived", "published", "published_precision", "published_is_inferred", "outlet", "agency", "byline", "dateline", "keywords", "tags", "body", "origin"):  # fmt: skip
            assert after[name] == before[name], name


def test_former_texts_come_back_with_an_export(db: sqlite3.Connection, folder: Path, tmp_path: Path) -> None:
    from store.serial import article_json, one_line

    def page(*added: str, title: str = "أمطار غزيرة على الساحل") -> None:
        lines = (title, "تاريخ النشر: 17th, September 2023 GMT", "هطلت أمطار غزيرة على مدن الساحل السوري مساء الجمعة.", "وقطعت السيول طرقا عدة في المنطقة بحسب شهود.", *added, "المصدر: الوطن")  # fmt: skip
        (folder / "a.txt").write_text("\n".join(lines), encoding="utf-8")

    page()
    run(db, folder)
    old = (folder / "a.txt").read_bytes()
    for added in (
        ("وأعلن لاحقا عن إغلاق المدارس.",),
        ("وأعلن لاحقا عن إغلاق المدارس.", "ثم فتحت بعد يومين."),
    ):
        page(*added)
        assert counts(run(db, folder)) == (0, 0, 1, 0)
    exported = article_json(article(db, 1))
    assert [
        (text["title"], len(text["body"]), text["outlet"], text["published"]) for text in exported["former"]
    ] == [
        ("أمطار غزيرة على الساحل", 2, "الوطن", "2023-09-17"),
        ("أمطار غزيرة على الساحل", 3, "الوطن", "2023-09-17"),
    ]
    (tmp_path / "all.jsonl").write_text(one_line(exported), encoding="utf-8")
    other = connect(tmp_path / "other.db")
    for expected in ((1, 0, 0, 0), (0, 1, 0, 0)):
        assert counts(run(other, tmp_path / "all.jsonl")) == expected
        back = article_json(article(other, 1))
        assert (back["former"], back["revisions"], len(back["body"])) == (exported["former"], 2, 4)
    (folder / "a.txt").write_bytes(old)
    assert counts(run(other, folder)) == (0, 1, 0, 0)


def test_former_texts_of_an_export_are_sanitised_and_what_is_none_is_passed_over(
    db: sqlite3.Connection, folder: Path
) -> None:
    former = [
        {"title": "قديم \x1b[2J", "body": ["فقرة\u202e قديمة", 7, {}], "replaced": "2023-09-17T10:11:12Z", "published": "9999999"},
        {"title": "بلا نص"}, 5, None, "نص", {"body": [], "replaced": {"x": 1}, "agency": {"name": ["y"]}},
    ]  # fmt: skip
    record = {
        "title": "عنوان الخبر",
        "title_is_derived": False,
        "body": ["نص الخبر كاملا هنا."],
        "former": former,
    }
    (folder / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert counts(run(db, folder)) == (1, 0, 0, 0)
    first, second = article(db, 1).former
    assert (first.title, first.body, first.replaced) == ("قديم", ("فقرة قديمة",), 1694945472)
    assert (second.body, second.replaced) == ((), 0)


def test_dry_run_tells_the_same_and_keeps_nothing(db: sqlite3.Connection) -> None:
    assert counts(run(db, _SEEDS, _SEEDS, dry_run=True)) == (9, 9, 0, 0)
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    assert counts(run(db, _SEEDS)) == (9, 0, 0, 0)


def test_progress_and_stop(db: sqlite3.Connection, folder: Path) -> None:
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(PAGE.format(number, number), encoding="utf-8")
    seen: list[Progress] = []
    report = run(db, folder, on_progress=seen.append, should_stop=lambda: bool(seen))
    assert report.is_stopped
    assert (seen[0].done, seen[0].total) == (50, 120)
    assert 50 <= report.new < 120
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == report.new
    assert counts(run(db, folder)) == (120 - report.new, report.new, 0, 0)


_KILLED = """
import os, signal, sys
from pathlib import Path
from store import intake
from store.database import connect
from store.ingest.pipeline import import_paths
import store.ingest.pipeline as pipeline
pipeline._BATCH = 20
insert, count = intake.Intake._insert, 0
def killing(self, *arguments):
    global count
    count += 1
    done = insert(self, *arguments)
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return done
intake.Intake._insert = killing
import_paths(connect(Path(sys.argv[1])), [sys.argv[2]], now=1763800000)
"""


@pytest.mark.parametrize("at", [7, 33])
def test_killed_in_the_middle_leaves_whole_articles_and_runs_again(
    tmp_path: Path, folder: Path, at: int
) -> None:
    for number in range(50):
        (folder / f"{number:03}.txt").write_text(PAGE.format(number, number), encoding="utf-8")
    path = tmp_path / "killed.db"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path), str(folder), str(at)], check=False)
    assert done.returncode == -signal.SIGKILL
    db = connect(path)
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == at // 20 * 20
    for table in ("bodies", "statuses"):
        missing = f"SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM {table})"  # noqa: S608
        assert db.execute(missing).fetchone()[0] == 0
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert counts(run(db, folder)) == (50 - at // 20 * 20, at // 20 * 20, 0, 0)


def merging(db: sqlite3.Connection) -> int:
    """After how many segments of one size the index merges them; SQLite's own value where nothing is set."""
    row = db.execute("SELECT v FROM search_config WHERE k = 'automerge'").fetchone()
    return 4 if row is None else int(row[0])


@pytest.mark.parametrize("way", ["done", "stopped", "failed"])
def test_a_long_import_merges_the_index_rarely_and_only_then(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(pipeline, "_BATCH", 2)
    monkeypatch.setattr(pipeline, "has_room", lambda: False)
    for number in range(16):
        (folder / f"{number:02}.txt").write_text(PAGE.format(f"رقم {number}", number), encoding="utf-8")
    seen: list[int] = []

    def should_stop() -> bool:
        seen.append(merging(db))
        if way == "failed" and len(seen) > 26:
            raise OSError("no more")
        return way == "stopped" and len(seen) > 26

    if way == "failed":
        with pytest.raises(OSError, match="no more"):
            run(db, folder, should_stop=should_stop)
    else:
        run(db, folder, should_stop=should_stop)
    assert seen[0] == 4
    assert 16 in seen
    assert merging(db) == 4
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] >= 8


def test_what_came_is_written_while_more_is_awaited(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        (folder / f"{number}.txt").write_text(PAGE.format(f"رقم {number}", number), encoding="utf-8")
    stored: list[int] = []

    def with_a_wait(paths: Sequence[str | Path], fields: Mapping[str, str]) -> Iterator[Coming]:
        for number, item in enumerate(items_in(paths, fields)):
            yield item
            # One article is not worth a transaction, two are.
            if number in (1, 3):
                yield Waiting()
                stored.append(db.execute("SELECT count(*) FROM articles").fetchone()[0])

    monkeypatch.setattr(pipeline, "_WORTH_WRITING", 2)
    monkeypatch.setattr(pipeline, "_items", with_a_wait)
    assert counts(run(db, folder)) == (6, 0, 0, 0)
    assert stored == [0, 2]


def test_another_writer_at_its_end_does_not_take_the_report_of_a_long_import(
    db: sqlite3.Connection, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_BATCH", 2)
    monkeypatch.setattr(pipeline, "_LONG", 2)
    for number in range(8):
        (folder / f"{number}.txt").write_text(PAGE.format(number, number), encoding="utf-8")
    other = connect(tmp_path / "store" / "store.db")

    def in_the_way(progress: Progress) -> None:
        if progress.file == "" and not other.in_transaction:
            db.execute("PRAGMA busy_timeout = 20")
            other.execute("BEGIN IMMEDIATE")

    assert counts(run(db, folder, on_progress=in_the_way)) == (8, 0, 0, 0)
    assert other.in_transaction
    other.execute("ROLLBACK")
    assert merging(db) == 16
    assert counts(run(db, folder)) == (0, 8, 0, 0)
    assert merging(db) == 4


def pieces(db: sqlite3.Connection) -> int:
    """How many pieces the index is in: the high bits of a block's number are its piece's, those to 10 are of all."""
    return int(db.execute("SELECT count(DISTINCT id >> 37) FROM search_data WHERE id > 10").fetchone()[0])


def records(file: Path, numbers: range) -> Path:
    rows = [
        {"title": f"خبر رقم {n} من المفرق", "body": f"نص الخبر {n} وفيه كلام آخر {n * 7}."} for n in numbers
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_the_index_is_in_one_piece_after_an_import_of_much(db: sqlite3.Connection, folder: Path) -> None:
    assert run(db, records(folder / "a.jsonl", range(400))).new == 400
    assert pieces(db) == 1
    # Fewer than one in four: left to what comes later, and none are lost.
    assert run(db, records(folder / "b.jsonl", range(400, 520))).new == 120
    assert pieces(db) > 1
    assert run(db, records(folder / "c.jsonl", range(520, 800))).new == 280
    assert pieces(db) == 1
    db.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert db.execute("SELECT count(*) FROM search WHERE search MATCH 'كلام'").fetchone() == (800,)


def test_a_merge_that_is_stopped_leaves_an_index_that_later_ones_go_on_with(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "merge", lambda _db, _should_stop: None)
    run(db, records(folder / "a.jsonl", range(600)))
    assert pieces(db) > 1
    monkeypatch.setattr(search_index, "_MERGED_TOGETHER", 1)
    stops = iter([False, False])
    search_index.merge(db, lambda: next(stops, True))
    db.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert pieces(db) > 1
    search_index.merge(db, lambda: False)
    assert pieces(db) == 1
    assert db.execute("SELECT count(*) FROM search WHERE search MATCH 'كلام'").fetchone() == (600,)


def test_another_writer_goes_before_the_merge(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = connect(Path(db.execute("PRAGMA database_list").fetchone()[2]))

    def beside_another(merged: sqlite3.Connection, should_stop: Callable[[], bool]) -> None:
        merged.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        try:
            search_index.merge(merged, should_stop)
        finally:
            other.execute("ROLLBACK")

    monkeypatch.setattr(pipeline, "merge", beside_another)
    assert run(db, records(folder / "a.jsonl", range(400))).new == 400
    assert pieces(db) > 1
    assert db.execute("SELECT count(*) FROM search WHERE search MATCH 'كلام'").fetchone() == (400,)


def beside(db: sqlite3.Connection) -> sqlite3.Connection:
    """Another writer to the same store, that does not wait."""
    other = connect(Path(db.execute("PRAGMA database_list").fetchone()[2]))
    other.execute("PRAGMA busy_timeout = 0")
    return other


def test_between_batches_others_can_write(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several at a pause each: a star given during an import is kept, whoever asks while the pause lasts."""
    monkeypatch.setattr(pipeline, "_FIRST_BATCH", 10)
    monkeypatch.setattr(pipeline, "_BATCH", 10)
    monkeypatch.setattr(pipeline, "merge", lambda _db, _should_stop: None)
    monkeypatch.setattr(turns, "HELD", 0.0)
    other = beside(db)
    pauses: list[int] = []

    def star(seconds: float) -> None:
        # A writer that waits asks more than once in that time.
        assert seconds > 2 * database.ASKED_AFTER
        pauses.append(other.execute("SELECT count(*) FROM articles").fetchone()[0])
        assert set_starred(other, [len(pauses)], True) == (len(pauses),)

    monkeypatch.setattr(turns, "sleep", star)
    assert counts(run(db, records(folder / "a.jsonl", range(40)))) == (40, 0, 0, 0)
    # After each of four batches; then undated ones are dated, and rules looked at, in four each.
    assert pauses == [10, 20, 30, *[40] * 9]
    assert db.execute("SELECT count(*) FROM statuses WHERE is_starred").fetchone() == (12,)
    other.close()


def test_short_batches_are_written_without_a_pause(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_FIRST_BATCH", 10)
    monkeypatch.setattr(turns, "HELD", 1e9)
    monkeypatch.setattr(turns, "sleep", lambda seconds: pytest.fail(f"slept for {seconds}"))
    assert run(db, records(folder / "a.jsonl", range(40))).new == 40


def test_an_import_waits_for_another_writer_as_long_as_it_takes(
    db: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = records(folder / "a.jsonl", range(40))
    other = beside(db)
    other.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA busy_timeout = 0")
    tries: list[float] = []

    def let_go_at_last(seconds: float) -> None:
        tries.append(seconds)
        if len(tries) == 5:
            other.execute("ROLLBACK")

    monkeypatch.setattr(database, "sleep", let_go_at_last)
    told: list[str] = []
    report = run(db, file, on_wait=lambda: told.append("waiting"))
    assert counts(report) == (40, 0, 0, 0)
    assert told == ["waiting"]
    assert len(tries) == 5
    other.close()


def test_an_import_that_waits_can_be_stopped(db: sqlite3.Connection, folder: Path) -> None:
    file = records(folder / "a.jsonl", range(40))
    other = beside(db)
    other.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA busy_timeout = 0")
    told: list[str] = []
    report = run(db, file, on_wait=lambda: told.append("waiting"), should_stop=lambda: bool(told))
    assert report.is_stopped
    assert counts(report) == (0, 0, 0, 0)
    other.execute("ROLLBACK")
    assert counts(run(db, file)) == (40, 0, 0, 0)
    other.close()


_BESIDE_ANOTHER = """
import sys
from pathlib import Path
from store import database
database.BUSY_TIMEOUT = 1
from store.ingest import pipeline
pipeline._BATCH = 5
db = database.connect(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
print(pipeline.import_paths(db, [sys.argv[2]], now=1763800000).new)
"""


def test_of_two_imports_at_once_both_come_to_their_end(db: sqlite3.Connection, folder: Path) -> None:
    path = db.execute("PRAGMA database_list").fetchone()[2]
    files = (records(folder / "a.jsonl", range(300)), records(folder / "b.jsonl", range(1000, 1300)))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _BESIDE_ANOTHER, path, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for file in files
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "open\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.communicate()[0] for one in both] == ["300\n", "300\n"]
    assert db.execute("SELECT count(*) FROM articles").fetchone() == (600,)
    db.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert db.execute("SELECT count(*) FROM search WHERE search MATCH 'كلام'").fetchone() == (600,)
