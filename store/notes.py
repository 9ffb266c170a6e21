"""Notes: passages a person marked in articles, and what was written about them.

Kept against the logical text with enough around each passage to find it again
when the article comes with another text (:mod:`store.anchors`). A note whose
passage is gone is kept, and shown as such. The articles themselves are never
changed by any of this.
"""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .anchors import Anchor, anchor_at, find
from .articles import batches, placeholders
from .database import errors_of, transaction
from .errors import NotFoundError, StoreError
from .mending import drop_index
from .models import Note
from .query_fts import COLUMNS
from .search_index import analyse

#: Longest text of a note, in code points.
LONGEST_NOTE = 20_000

#: The analysed words of each note, under the names of the archive's index, so that one expression asks both.
_CREATE_SEARCH = f"CREATE VIRTUAL TABLE notes_search USING fts5({', '.join(COLUMNS)}, tokenize='ascii')"
CREATE = (
    """CREATE TABLE notes(
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE ON DELETE CASCADE,
        start INTEGER,
        stop INTEGER,
        passage TEXT NOT NULL,
        context_before TEXT NOT NULL,
        context_after TEXT NOT NULL,
        was_at INTEGER NOT NULL DEFAULT 0,
        text TEXT NOT NULL DEFAULT '',
        created INTEGER NOT NULL,
        changed INTEGER NOT NULL
    )""",
    "CREATE INDEX notes_by_article ON notes(article_id)",
    "CREATE INDEX notes_by_position ON notes(position)",
    _CREATE_SEARCH,
    "CREATE TRIGGER notes_gone AFTER DELETE ON notes BEGIN DELETE FROM notes_search WHERE rowid = old.id; END",
)

_NOTE = (
    "SELECT n.id, n.article_id, n.start, n.stop, n.passage, n.text, n.created, n.changed,"
    " n.context_before, n.context_after, n.was_at"
)
_OF_ARTICLE = _NOTE + " FROM notes n WHERE n.article_id = ? ORDER BY n.start IS NULL, n.start, n.id"
_BY_ID = _NOTE + " FROM notes n WHERE n.id IN "
_LATEST = _NOTE + (
    ", a.title FROM notes n JOIN articles a ON a.id = n.article_id ORDER BY n.changed DESC, n.id DESC LIMIT ?"
)
_OF_QUERY = _NOTE + (
    ", a.title FROM json_each(?) j JOIN notes n ON n.article_id = j.value JOIN articles a ON a.id = n.article_id"
    " ORDER BY a.position DESC, n.start IS NULL, n.start, n.id"
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A note with the headline of its article."""

    note: Note
    title: str


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What one action did to notes, exactly: those that came, those that went, and (before, after) of those changed."""

    added: tuple[Note, ...] = ()
    removed: tuple[Note, ...] = ()
    edited: tuple[tuple[Note, Note], ...] = ()

    @property
    def articles(self) -> tuple[int, ...]:
        """The articles of these notes."""
        notes = (*self.added, *self.removed, *(after for _before, after in self.edited))
        return tuple(dict.fromkeys(note.article for note in notes))


class Notes:
    """The door to all this, on one connection; reached as ``Store.notes``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, article_id: int) -> tuple[Note, ...]:
        """The notes of an article in the order of its text; those without a place in it last."""
        with errors_of():
            return notes_of(self._connection, article_id)

    def note(self, note_id: int) -> Note:
        """One note; raises NotFoundError."""
        with errors_of():
            found = _by_id(self._connection, [note_id])
        if not found:
            raise NotFoundError(f"no note {note_id} in this store")
        return found[0]

    def latest(self, limit: int = -1) -> tuple[Noted, ...]:
        """All notes with their articles' headlines, those changed last first."""
        with errors_of():
            rows = self._connection.execute(_LATEST, (limit,))
            return tuple(Noted(_note(row), row[-1]) for row in rows)

    def of_articles(self, article_ids: Iterable[int]) -> tuple[Noted, ...]:
        """The notes of these articles, newest article first, in the order of the text."""
        import json

        with errors_of():
            rows = self._connection.execute(_OF_QUERY, (json.dumps(list(article_ids)),))
            return tuple(Noted(_note(row), row[-1]) for row in rows)

    def add(self, article_id: int, start: int, stop: int, text: str = "") -> NoteChange:
        """Mark a stretch of an article's body (code points, paragraphs joined by one newline).

        Raises NotFoundError for an article, StoreError for a stretch that has no text.
        """
        body = self._body(article_id)
        try:
            anchor = anchor_at(body, start, stop)
        except ValueError as error:
            raise StoreError(str(error)) from error
        return self._insert(article_id, anchor, text)

    def add_passage(self, article_id: int, passage: str, text: str = "") -> NoteChange:
        """Mark a passage by its words, in any spelling; its first place where it stands there more than once.

        Raises StoreError where the article does not hold it.
        """
        body = self._body(article_id)
        wanted = _clean(passage)
        found = find(body, Anchor(wanted)) if wanted else None
        if found is None:
            raise StoreError(f"article {article_id} does not hold these words: {wanted[:40]}")
        return self._insert(article_id, anchor_at(body, *found), text)

    def add_to_whole(self, article_id: int, text: str) -> NoteChange:
        """Write a note about an article as a whole; raises StoreError where nothing is written."""
        self._body(article_id)
        if not _clean(text):
            raise StoreError("a note needs a text or a passage")
        return self._insert(article_id, None, text)

    def edit(self, note_id: int, text: str) -> NoteChange:
        """Write another text; raises NotFoundError, StoreError where neither text nor passage would be left."""
        before = self.note(note_id)
        after = replace(before, text=_clean(text), changed=int(time.time()))
        if not after.text and not after.passage:
            raise StoreError("a note needs a text or a passage")
        if after.text == before.text:
            return NoteChange()
        with transaction(self._connection):
            _write(self._connection, after)
        return NoteChange(edited=((before, after),))

    def remove(self, note_ids: Iterable[int]) -> NoteChange:
        """Delete notes; those that were there are told. The articles stay as they are."""
        with transaction(self._connection):
            gone = _by_id(self._connection, list(dict.fromkeys(note_ids)))
            self._connection.executemany("DELETE FROM notes WHERE id = ?", ((note.id,) for note in gone))
        return NoteChange(removed=gone)

    def take_back(self, change: NoteChange) -> NoteChange:
        """Undo a change; what that did in turn."""
        with transaction(self._connection):
            removed = self.remove(note.id for note in change.added).removed
            back = tuple(restored(self._connection, note) for note in change.removed)
            edited = tuple(
                (after, before) for before, after in change.edited if _by_id(self._connection, [after.id])
            )
            for _after, before in edited:
                _write(self._connection, before)
        return NoteChange(tuple(note for note in back if note), removed, edited)

    def _body(self, article_id: int) -> str:
        with errors_of():
            row = self._connection.execute(
                "SELECT text FROM bodies WHERE article_id = ?", (article_id,)
            ).fetchone()
        if row is None:
            raise NotFoundError(f"no article {article_id} in this store")
        return str(row[0])

    def _insert(self, article_id: int, anchor: Anchor | None, text: str) -> NoteChange:
        now = int(time.time())
        words = _clean(text)
        made = Note(0, article_id, None, None, "", words, now, now)
        if anchor is not None:
            made = replace(
                made,
                start=anchor.start,
                stop=anchor.start + len(anchor.passage),
                passage=anchor.passage,
                before=anchor.before,
                after=anchor.after,
                was_at=anchor.start,
            )
        with transaction(self._connection):
            return NoteChange(added=(restored(self._connection, made) or made,))


def notes_of(connection: sqlite3.Connection, article_id: int) -> tuple[Note, ...]:
    """The notes of an article in the order of its text; those without a place in it last."""
    return tuple(_note(row) for row in connection.execute(_OF_ARTICLE, (article_id,)))


def reanchor(connection: sqlite3.Connection, article_id: int, body: Sequence[str]) -> None:
    """Find the passages of an article's notes in its new text; part of the caller's transaction."""
    found = [note for note in notes_of(connection, article_id) if note.passage]
    if not found:
        return
    text = "\n".join(body)
    for note in found:
        place = find(text, Anchor(note.passage, note.before, note.after, note.was_at))
        start, stop = place or (None, None)
        connection.execute("UPDATE notes SET start = ?, stop = ? WHERE id = ?", (start, stop, note.id))


def analyse_anew(connection: sqlite3.Connection) -> None:
    """Make the words of all notes anew, after a change of the chain or a damage; part of the caller's transaction."""
    drop_index(connection, "notes_search", len(COLUMNS))
    connection.execute(_CREATE_SEARCH)
    for note_id, text in connection.execute("SELECT id, text FROM notes").fetchall():
        _index(connection, note_id, text)


def _index(connection: sqlite3.Connection, note_id: int, text: str) -> None:
    connection.execute("DELETE FROM notes_search WHERE rowid = ?", (note_id,))
    if text:
        connection.execute(
            "INSERT INTO notes_search(rowid, body, body_stem, body_key) VALUES (?, ?, ?, ?)",
            (note_id, *analyse(text.split("\n"))),
        )


def _by_id(connection: sqlite3.Connection, note_ids: Sequence[int]) -> tuple[Note, ...]:
    found: list[Note] = []
    for batch in batches(note_ids):
        found += [_note(row) for row in connection.execute(_BY_ID + placeholders(batch), tuple(batch))]
    return tuple(found)


def restored(connection: sqlite3.Connection, note: Note) -> Note | None:
    """Write a note that is not there; under its own number where that is free. None where its article is gone."""
    row = connection.execute("SELECT position FROM articles WHERE id = ?", (note.article,)).fetchone()
    if row is None:
        return None
    is_taken = not note.id or bool(_by_id(connection, [note.id]))
    cursor = connection.execute(
        """INSERT INTO notes(id, article_id, position, start, stop, passage, context_before, context_after, was_at,
                             text, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            None if is_taken else note.id, note.article, row[0], note.start, note.stop, note.passage, note.before,
            note.after, note.was_at, note.text, note.created, note.changed,
        ),
    )  # fmt: skip
    made = replace(note, id=int(cursor.lastrowid or 0))
    _index(connection, made.id, made.text)
    return made


def _write(connection: sqlite3.Connection, note: Note) -> None:
    connection.execute(
        "UPDATE notes SET text = ?, changed = ? WHERE id = ?", (note.text, note.changed, note.id)
    )
    _index(connection, note.id, note.text)


def _note(row: Sequence[object]) -> Note:
    return Note(*row[:11])  # type: ignore[arg-type]


def _clean(text: str) -> str:
    """Text as it is kept: NFC, without what acts on a terminal, blank lines at the edges left out.

    Raises StoreError where it is too long.
    """
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
        if char in "\n\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    ).strip()
    if len(kept) > LONGEST_NOTE:
        raise StoreError(f"a note has at most {LONGEST_NOTE} letters")
    return kept
