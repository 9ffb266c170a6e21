"""What comes back with an article from an export of ours: read and starred, notes, former texts, rules that mute it, the page it was found on.

Only an article that is new here takes it: what a person did in this store
since then stands. Hosts and guests may come in any order.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator

from .errors import StoreError
from .models import Kept, KeptNote
from .revisions import keep_exported

#: Ids of an exported store that are remembered; eight bytes each.
_MOST_NUMBERS = 4_000_000


class Restoring:
    """Follows one import of exported articles; ids of the exported store are kept apart from ours."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids = array("q")
        self._waiting: dict[int, list[int]] = {}
        self._found: list[tuple[int, int]] = []

    def arrived(self, article_id: int, kept: Kept, *, is_new: bool) -> None:
        """Remember under which id it was exported, and give a new article what was kept of it."""
        if kept.number is not None and kept.number < _MOST_NUMBERS:
            missing = kept.number + 1 - len(self._ids)
            if missing > 0:
                self._ids.frombytes(bytes(8 * missing))
            self._ids[kept.number] = article_id
            self._found += [(guest, article_id) for guest in self._waiting.pop(kept.number, ())]
        if not is_new:
            return
        if kept.host is not None and kept.host < _MOST_NUMBERS:
            host = self._ids[kept.host] if kept.host < len(self._ids) else 0
            if host:
                self._found.append((article_id, host))
            else:
                self._waiting.setdefault(kept.host, []).append(article_id)
        if not kept.is_unread or kept.is_starred:
            self._connection.execute(
                "UPDATE statuses SET is_unread = ?, is_starred = ? WHERE article_id = ?",
                (kept.is_unread, kept.is_starred, article_id),
            )
        for replaced, former in kept.former:
            keep_exported(self._connection, article_id, former, replaced)
        for note in kept.notes:
            self._write(article_id, note)
        if kept.muted_by:
            from .muting import mute_by

            mute_by(self._connection, article_id, kept.muted_by)

    def _write(self, article_id: int, note: KeptNote) -> None:
        """A passage that is no longer in the text leaves its words, as a note on the whole article."""
        from .notes import Notes

        notes = Notes(self._connection)
        try:
            if note.start is not None and note.stop is not None:
                notes.add(article_id, note.start, note.stop, note.text)
            elif note.text.strip():
                notes.add_to_whole(article_id, note.text)
        except StoreError:
            if note.text.strip():
                notes.add_to_whole(article_id, note.text)

    def hosts_found(self) -> Iterator[tuple[int, int]]:
        """New guests whose hosts have come by now, as (guest, host); each once."""
        found, self._found = self._found, []
        for guest, host in found:
            if guest != host:
                yield guest, host
