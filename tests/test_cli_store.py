"""The store from the command line: feeds, saved searches, import options, reindex, backup, doctor."""

from __future__ import annotations

import io
import json
import signal
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from cli_harness import run
from reader_harness import records

from store import Store, database
from store import reindex as reindexing
from store.health import health
from store.ingest import fetch, sources
from store.ingest.readers import Found
from tui.cli_progress import stoppable

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="أخبار">
<outline type="rss" text="الراي" xmlUrl="https://example.org/a"/></outline>
<outline type="rss" text="B" xmlUrl="https://example.org/b"/></body></opml>"""


def test_feeds_are_followed_listed_and_left(store: Store) -> None:
    path = store.path
    added = run(
        "feed",
        "add",
        "--as-is",
        "https://example.org/a",
        "--title",
        "الراي",
        "--tag",
        "يومي",
        "--json",
        store=path,
    )
    record = json.loads(added.out)
    assert (record["url"], record["title"], record["tags"]) == ("https://example.org/a", "الراي", ["يومي"])
    assert (record["checked"], record["error"], record["full_text"]) == (None, None, False)
    assert run("feed", "list", store=path).out == "1\t-\tالراي\thttps://example.org/a\t#يومي\n"
    refused = run("feed", "add", "--as-is", "https://example.org/b", "ftp://example.org/", store=path)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert len(run("feed", "list", store=path).out.splitlines()) == 1
    assert run("feed", "remove", "الراي", store=path).code == 0
    assert run("feed", "remove", "الراي", store=path).code == 1
    assert run("feed", "list", store=path).out == ""


def test_opml_goes_in_and_out(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(OPML)
    assert len(run("feed", "import", str(file), store=store.path).out.splitlines()) == 2
    assert run("feed", "import", "-", stdin=OPML.encode(), store=store.path).code == 0
    out = run("feed", "export", store=store.path).out
    assert 'xmlUrl="https://example.org/a"' in out
    assert run("export", "--format", "opml", store=store.path).out == out
    assert run("feed", "export", "-o", str(tmp_path / "out.opml"), store=store.path).code == 0
    assert (tmp_path / "out.opml").read_text() == out
    file.write_text("<html/>")
    bad = run("feed", "import", str(file), str(tmp_path / "none.opml"), store=store.path)
    assert (bad.code, bad.err.count("\n")) == (1, 2)


def test_refresh_tells_what_went_wrong(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "Fetcher", partial(fetch.Fetcher, sleep=lambda seconds: None))
    # A port that nothing listens on.
    run("feed", "add", "--as-is", "http://127.0.0.1:9/feed", store=store.path)
    failed = run("feed", "refresh", "--quiet", store=store.path)
    assert failed.code == 1
    assert failed.err.startswith("newsreader: http://127.0.0.1:9/feed: ")
    # It rests now; asked for again it is tried.
    assert run("feed", "refresh", store=store.path).code == 0
    forced = run("feed", "refresh", "--force", "--json", store=store.path)
    assert (forced.code, json.loads(forced.out)["new"]) == (1, 0)
    assert run("feed", "refresh", "nothing", store=store.path).code == 1


def test_saved_searches(store: Store, tmp_path: Path) -> None:
    path = store.path
    assert run("saved", "add", "المدينة", "القدس", "is:unread", "--tag", "قدس", store=path).code == 0
    assert run("saved", "add", "زيت", "زيتون", store=path).code == 0
    assert run("saved", "add", "سيئ", "(", store=path).code == 2
    assert run("saved", "list", store=path).out == "10\tالمدينة\tالقدس is:unread\t+قدس\n4\tزيت\tزيتون\n"
    assert len(run("saved", "run", "زيت", "--json", store=path).out.splitlines()) == 4
    dry = run("saved", "apply", "--dry-run", store=path)
    assert (dry.code, dry.out) == (0, "10\tالمدينة\t+قدس\n")
    assert store.tags() == ()
    assert run("saved", "apply", store=path).code == 2
    assert run("saved", "apply", "زيت", "--yes", store=path).code == 2
    assert run("saved", "apply", "--yes", store=path).code == 0
    assert [(tag.name, tag.articles) for tag in store.tags()] == [("قدس", 10)]
    assert run("saved", "apply", "--yes", store=path).out == "0\tالمدينة\t+قدس\n"
    exported = run("saved", "export", store=path).out
    assert run("saved", "remove", "زيت", "المدينة", store=path).code == 0
    assert run("saved", "list", store=path).out == ""
    file = tmp_path / "saved.jsonl"
    file.write_text(exported)
    assert run("saved", "import", str(file), store=path).code == 0
    assert run("saved", "export", store=path).out == exported
    array = "[" + ",".join(exported.splitlines()) + "]"
    assert run("saved", "import", "-", stdin=array.encode(), store=path).code == 0
    for bad in (b"{", b"[1]", b'{"name": 1}', b"\xff", b'"x"', b"[" * 100_000):
        result = run("saved", "import", "-", stdin=bad, store=path)
        assert (result.code, result.err.count("\n")) == (1, 1), bad[:10]
    assert run("saved", "remove", "لا", store=path).code == 1


def test_import_options(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    table = tmp_path / "table.csv"
    table.write_text("nass,anwan,x\nالنص هنا طويل.,العنوان هنا,1\n")
    dry = run(
        "import",
        "--dry-run",
        "--json",
        "--field",
        "body=nass",
        "--field",
        "title=anwan",
        str(table),
        store=path,
    )
    assert json.loads(dry.out) == {
        "new": 1, "known": 0, "changed": 0, "failed": [], "stopped": False, "dry_run": True,
    }  # fmt: skip
    assert run("list", "--count", store=path).out == "0\n"
    assert (
        run("import", "-q", "--field", "body=nass", "--field", "title=anwan", str(table), store=path).err
        == ""
    )
    assert "\tالعنوان هنا\n" in run("list", store=path).out
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.jsonl", "\n".join(json.dumps(record) for record in records(3)))
    done = run("import", "-", stdin=packed.getvalue(), store=path)
    assert (done.code, done.err) == (0, "3 new articles\n")
    failed = run("import", "--json", str(tmp_path / "none.txt"), store=path)
    assert failed.code == 1
    assert json.loads(failed.out)["failed"] == [
        {"file": str(tmp_path / "none.txt"), "place": "", "reason": "no such file or folder"}
    ]
    wrong = run("import", "--field", "bodi=x", str(table), store=path)
    assert (wrong.code, "did you mean body?" in wrong.err) == (2, True)
    assert run("import", "--field", "body", str(table), store=path).code == 2
    assert run("import", store=path).code == 2


def test_backup_is_a_store_and_never_the_store_itself(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    store.change_tags([1], add=["وسم"])
    assert run("backup", str(target), store=store.path).code == 0
    assert run("list", "--count", "tag:وسم", store=target).out == "1\n"
    assert run("list", "--count", "زيتون", store=target).out == "4\n"
    found = health(sqlite3.connect(target), target)
    assert (found.articles, found.problems) == (40, ())
    assert run("backup", str(target), store=store.path).code == 1
    assert run("backup", str(target), "--force", store=store.path).code == 0
    itself = run("backup", str(store.path), "--force", store=store.path)
    assert (itself.code, "the store itself" in itself.err) == (1, True)
    assert run("backup", str(tmp_path / "no" / "x.db"), store=store.path).code == 1
    assert run("list", "--count", store=store.path).out == "40\n"


def test_reindex_makes_the_same_again(store: Store) -> None:
    before = run("search", "--json", "زيتون", store=store.path).out
    store.connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
    assert run("search", "زيتون", store=store.path).out == ""
    broken = run("doctor", "--json", store=store.path)
    assert broken.code == 1
    assert json.loads(broken.out)["store"]["problems"]
    assert run("reindex", store=store.path).code == 0
    assert run("search", "--json", "زيتون", store=store.path).out == before
    assert run("doctor", "--json", store=store.path).code == 0


def test_doctor_tells_what_is_wrong_with_a_store(store: Store, tmp_path: Path) -> None:
    text = run("doctor", store=store.path)
    assert text.code == 0
    assert f"Store: {store.path}: 40 articles · " in text.out
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("DELETE FROM bodies WHERE article_id = 5")
    store.connection.execute("UPDATE articles SET outlet_id = 99 WHERE id = 6")
    found = run("doctor", store=store.path)
    assert found.code == 1
    assert "1 articles without a text" in found.out
    assert "articles 6: points to a missing row of outlets" in found.out
    missing = tmp_path / "none.db"
    assert run("doctor", store=missing).code == 0
    assert not missing.exists()


def test_ctrl_c_asks_once_and_interrupts_at_the_second() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as should_stop:
        assert not should_stop()
        signal.raise_signal(signal.SIGINT)
        assert should_stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_import_that_is_stopped_keeps_whole_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(json.dumps(record) for record in records(20)))
    read_file = sources.read_file

    def interrupted(path: str, fields: Mapping[str, str] | None = None) -> Iterator[Found]:
        for number, found in enumerate(read_file(path, fields)):
            if number == 7:
                signal.raise_signal(signal.SIGINT)
            yield found

    monkeypatch.setattr(sources, "read_file", interrupted)
    path = tmp_path / "s.db"
    stopped = run("import", str(source), "--json", store=path)
    assert (stopped.code, json.loads(stopped.out)["stopped"]) == (130, True)
    kept = int(run("list", "--count", store=path).out)
    assert kept == json.loads(stopped.out)["new"] == 8
    assert run("doctor", store=path).code == 0
    monkeypatch.undo()
    again = json.loads(run("import", str(source), "--json", store=path).out)
    assert (again["new"], again["known"]) == (12, 8)


def test_an_import_says_what_it_waits_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(json.dumps(record) for record in records(20)))
    path = tmp_path / "s.db"
    Store(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0)
    tries: list[float] = []

    def let_go_at_last(seconds: float) -> None:
        tries.append(seconds)
        if len(tries) == 3:
            other.execute("ROLLBACK")

    monkeypatch.setattr(database, "sleep", let_go_at_last)
    done = run("import", str(source), "--json", store=path)
    assert (done.code, json.loads(done.out)["new"]) == (0, 20)
    assert done.err.count("waiting for another program") == 1
    other.close()


def test_a_stopped_reindex_says_so_and_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one_batch = reindexing._one_batch

    def interrupted(connection: sqlite3.Connection) -> int:
        signal.raise_signal(signal.SIGINT)
        return one_batch(connection)

    monkeypatch.setattr(reindexing, "_one_batch", interrupted)
    assert run("reindex", store=store.path).code == 130
    assert run("list", "--count", "زيتون", store=store.path).out == "4\n"
    monkeypatch.undo()
    assert run("reindex", store=store.path).code == 0
    assert run("list", "--count", "زيتون", store=store.path).out == "4\n"
