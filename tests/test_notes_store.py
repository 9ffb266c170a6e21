"""Notes in the store: made, written, deleted and taken back, kept over changes of the text, found by search."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store import NotFoundError, Store, StoreError, Summary


def ids(store: Store, query: str) -> list[int]:
    return [row.id for row in store.page(store.parse(query), limit=100).rows]


def mark(store: Store, article_id: int, words: str, text: str = "") -> int:
    return store.notes.add_passage(article_id, words, text).added[0].id


def changed_page(store: Store, tmp_path: Path, article_id: int, body: list[str]) -> None:
    """The article comes again with another text."""
    article = store.article(article_id)
    record = {"title": article.title, "body": body, "url": article.url, "outlet": article.outlet}
    source = tmp_path / "again.jsonl"
    source.write_text(json.dumps(record, ensure_ascii=False))
    report = store.import_paths([source])
    assert report.new == 0, report
    assert list(store.article(article_id).body) == body


def test_a_note_is_kept_with_its_place(store: Store) -> None:
    body = "\n".join(store.article(5).body)
    note_id = mark(store, 5, "فقرة ثانية", "للمراجعة")
    note = store.article(5).notes[0]
    assert (note.id, note.article, note.text) == (note_id, 5, "للمراجعة")
    assert note.start is not None
    assert body[note.start : note.stop] == note.passage == "فقرة ثانية"
    assert store.notes.note(note_id) == note
    assert [noted.note for noted in store.notes.latest()] == [note]
    assert store.notes.latest()[0].title == store.article(5).title


def test_what_cannot_be_noted_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.notes.add(999, 0, 5)
    with pytest.raises(StoreError, match="no text"):
        store.notes.add(5, 3, 3)
    with pytest.raises(StoreError, match="does not hold"):
        store.notes.add_passage(5, "كلمات ليست في المقال")
    with pytest.raises(StoreError, match="a text or a passage"):
        store.notes.add_to_whole(5, " \n ")
    with pytest.raises(NotFoundError):
        store.notes.edit(77, "x")
    with pytest.raises(StoreError, match="at most"):
        store.notes.add_to_whole(5, "ب" * 20_001)
    assert store.notes.latest() == ()


def test_controls_never_get_into_a_note(store: Store) -> None:
    store.notes.add_to_whole(5, "سطر\x1b[31m أول\r\nسطر\u202e ثان\x00")
    assert store.article(5).notes[0].text == "سطر[31m أول\nسطر ثان"


def test_every_change_can_be_taken_back_and_done_again(store: Store) -> None:
    notes = store.notes
    added = notes.add_passage(5, "فقرة ثانية", "أول")
    undone = notes.take_back(added)
    assert notes.of(5) == ()
    notes.take_back(undone)
    assert notes.of(5) == added.added
    edited = notes.edit(added.added[0].id, "ثان")
    assert notes.of(5)[0].text == "ثان"
    assert ids(store, "note:ثان") == [5]
    notes.take_back(edited)
    assert notes.of(5)[0].text == "أول"
    assert ids(store, "note:ثان") == []
    assert ids(store, "note:أول") == [5]
    removed = notes.remove([added.added[0].id, 999])
    assert len(removed.removed) == 1
    notes.take_back(removed)
    assert notes.of(5) == added.added
    assert ids(store, "note:أول") == [5]


def test_found_by_search(store: Store) -> None:
    mark(store, 5, "فقرة ثانية")
    mark(store, 9, "فقرة ثانية", "رأي المحررين في أوكرانيا")
    store.notes.add_to_whole(12, "قارن بالمقال السابق")
    assert ids(store, "has:note") == [12, 9, 5]
    assert ids(store, "فيه:ملاحظة") == [12, 9, 5]
    assert ids(store, "has:highlight") == [9, 5]
    assert ids(store, "فيه:تظليل") == [9, 5]
    assert ids(store, "note:اوكرانيا") == [9]
    assert ids(store, 'ملاحظة:"رأي المحررين"') == [9]
    assert ids(store, "note:محرر*") == [9]
    assert ids(store, "note:(قارن OR رأي)") == [12, 9]
    assert ids(store, "has:note -note:قارن") == [9, 5]
    assert ids(store, "بيروت note:قارن OR note:رأي")
    assert ids(store, "note:فقرة") == []
    assert store.count(store.parse("has:note")) == 3
    with pytest.raises(StoreError):
        store.parse("note:(is:unread)")


def test_many_notes_of_one_article_are_one_row(store: Store) -> None:
    for _ in range(5):
        mark(store, 5, "فقرة ثانية", "مرارا")
    mark(store, 4, "فقرة ثانية", "مرة")
    assert [row.id for row in store.page(store.parse("has:note"), limit=2).rows] == [5, 4]
    assert [row.id for row in store.page(store.parse("note:مرارا"), limit=2).rows] == [5]
    row = next(row for row in store.page(store.parse(""), limit=40).rows if row.id == 5)
    assert isinstance(row, Summary)
    assert row.notes == 5


def test_a_changed_text_keeps_its_notes(store: Store, tmp_path: Path) -> None:
    kept = mark(store, 5, "فقرة ثانية أطول", "تبقى")
    lost = mark(store, 5, "فقرة أولى من الخبر", "تضيع")
    second = store.article(5).body[1]
    changed_page(store, tmp_path, 5, ["تغيّر المطلع كله بكلام جديد تماما.", second])
    notes = {note.id: note for note in store.article(5).notes}
    body = "\n".join(store.article(5).body)
    assert body[notes[kept].start : notes[kept].stop] == "فقرة ثانية أطول"
    assert notes[lost].is_lost
    assert notes[lost].passage == "فقرة أولى من الخبر"
    assert notes[lost].text == "تضيع"
    assert ids(store, "note:تضيع") == [5]
    # Another version brings the passage back, and the note with it.
    changed_page(store, tmp_path, 5, ["عاد النص: فقرة أولى من الخبر كما كانت.", second])
    note = next(note for note in store.article(5).notes if note.id == lost)
    assert not note.is_lost
    assert "\n".join(store.article(5).body)[note.start : note.stop] == note.passage


def test_notes_go_with_their_article(store: Store) -> None:
    from store.articles import remove

    mark(store, 5, "فقرة ثانية", "تذهب")
    remove(store.connection, 5)
    assert store.notes.latest() == ()
    assert ids(store, "note:تذهب") == []
    assert store.connection.execute("SELECT count(*) FROM notes_search").fetchone() == (0,)


def test_a_new_chain_reads_the_notes_anew(store: Store) -> None:
    from store.reindex import reindex

    mark(store, 5, "فقرة ثانية", "أوكرانيا")
    store.connection.execute("DELETE FROM notes_search")
    assert ids(store, "note:أوكرانيا") == []
    assert reindex(store.connection)
    assert ids(store, "note:أوكرانيا") == [5]


def test_a_note_survives_kill_9_and_is_seen_by_another_process(store: Store) -> None:
    script = (
        "import sys, os, signal; from pathlib import Path; from store import Store\n"
        "s = Store(Path(sys.argv[1])); s.notes.add_passage(5, 'فقرة ثانية', 'باقية')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    before = store.data_version()
    done = subprocess.run([sys.executable, "-c", script, str(store.path)], cwd=os.getcwd(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert store.data_version() != before
    assert [note.text for note in store.article(5).notes] == ["باقية"]
