"""The import: paths in, a store with their articles and a report out.

Files are read one after the other, articles written in batches, each batch
one transaction: a kill at any point leaves complete articles only, and the
same import can simply be run again. Where there is much to read, another
process reads and analyses while this one writes (:mod:`store.ingest.helper`).
"""

from __future__ import annotations

import gc
import sqlite3
import time
from array import array
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from .. import hooks
from ..database import transaction
from ..errors import StoreBusyError
from ..intake import Intake
from ..models import Added, Outcome, ParsedArticle
from ..preparation import Prepared
from ..search_index import merge, merging_rarely
from ..turns import Turns
from .frames import Coming, Finished, Handed
from .helper import Helper, has_room
from .sources import count_files, is_address, is_large, is_stream, items_in
from .walk import Failure

__all__ = ["DryRunError", "ImportReport", "Progress", "import_paths", "is_address"]

#: A batch ends after so many articles, code points of text, or seconds, whichever comes first. Indexes by title,
#: wording and term are written all over by each batch, so that one of 500 costs a quarter less than two of 250.
_BATCH = 500
#: So many are written rather than that the process stands still until there are more.
_WORTH_WRITING = 120
#: The first batch ends after fewer, each one after it after twice as many: there is something to write while the
#: helper reads on.
_FIRST_BATCH = 60
_BATCH_TEXT = 900_000
_BATCH_SECONDS = 1.0
#: Pages of the write-ahead log between two checkpoints, each of which waits for the disk; 80 MB. A batch at a
#: hundred thousand articles changes some 7,000: with fewer, the same ones were copied after each.
_CHECKPOINT = 20_000
#: Python's collector while an import runs: what an article is made of holds no cycles, and goes by itself.
_COLLECTED = (20_000, 20, 50)
#: With this batch an import is a long one: what costs some writes at its beginning and end is worth it.
_LONG = 6
#: So many new articles, and one part in so many of an archive, are worth it to merge the index.
_WORTH_MERGING, _MERGED_FROM = 100, 4
#: How many articles pass between two reports of progress.
_STEP = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: files done and, where it is known, to do."""

    done: int
    total: int | None
    new: int
    known: int
    changed: int
    failed: int
    file: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Counts are of articles; ``articles`` holds the ids of the new ones, in order."""

    new: int = 0
    known: int = 0
    changed: int = 0
    failed: tuple[Failure, ...] = ()
    articles: Sequence[int] = ()
    is_stopped: bool = False


@dataclass(slots=True)
class _Tally:
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    failed: list[Failure] = field(default_factory=list)
    articles: array[int] = field(default_factory=lambda: array("q"))
    done: int = 0

    def count(self, added: Sequence[Added]) -> None:
        for each in added:
            self.counts[each.outcome] += 1
            if each.outcome is Outcome.NEW:
                self.articles.append(each.id)

    def report(self, *, is_stopped: bool) -> ImportReport:
        counts = self.counts
        return ImportReport(
            counts[Outcome.NEW],
            counts[Outcome.KNOWN],
            counts[Outcome.CHANGED],
            tuple(self.failed),
            self.articles,
            is_stopped,
        )


class DryRunError(Exception):
    """Raised inside to undo everything a dry run wrote; never leaves this module."""


def import_paths(
    connection: sqlite3.Connection,
    paths: Sequence[str | Path],
    *,
    now: int,
    on_progress: Callable[[Progress], None] | None = None,
    dry_run: bool = False,
    should_stop: Callable[[], bool] | None = None,
    fields: Mapping[str, str] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> ImportReport:
    """Import every article in ``paths``: files, folders, addresses of pages and feeds, ``-``; ``now`` is seconds UTC.

    ``fields`` names the columns of records where they are called otherwise
    (ours → theirs: ``{"body": "nass"}``).

    What cannot be read becomes a Failure of the report, the rest goes on.
    ``should_stop`` is asked between articles; what came in until then stays.
    Where another program writes for long, it is waited for; ``on_wait`` is told once.
    ``dry_run`` reports the same and leaves the store as it was. Raises
    StoreError when the store itself cannot be written.
    """
    run = _Run(connection, now, on_progress, should_stop, on_wait)
    with _rare_checkpoints(connection), _rare_collections(), closing(_items(paths, fields or {})) as items:
        total = count_files(paths) if on_progress else None
        if not dry_run:
            return run.all(items, total)
        report = ImportReport()
        try:
            with transaction(connection, run.waits_on):
                report = run.all(items, total)
                raise DryRunError
        except DryRunError:
            hooks.undone()
            return report


@contextmanager
def _rare_checkpoints(connection: sqlite3.Connection) -> Iterator[None]:
    """An import writes the same pages of its indexes again and again: one way into the file is enough."""
    usual = connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA wal_autocheckpoint = {usual}")


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Looking for cycles among the articles at hand took a twentieth of an import."""
    usual = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _items(paths: Sequence[str | Path], fields: Mapping[str, str]) -> Generator[Coming, None, None]:
    """What the paths hold, in their order; read by a helper where that is faster."""
    for is_here, group in groupby(paths, key=is_stream):
        part = tuple(group)
        helper = None if is_here or not has_room() or not is_large(part) else _helper(part, fields)
        if helper is None:
            yield from items_in(part, fields)
        else:
            with closing(helper):
                yield from helper


def _helper(paths: Sequence[str | Path], fields: Mapping[str, str]) -> Helper | None:
    """None where no second process can be started: all can be done in this one."""
    try:
        return Helper(paths, fields)
    except OSError:
        return None


class _Run:
    """One import under way: the batch at hand and what is counted so far."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        now: int,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
        on_wait: Callable[[], None] | None,
    ) -> None:
        self._connection = connection
        self._turns = Turns(connection, self.waits_on)
        self._on_wait = on_wait
        self._now = now
        self._on_progress = on_progress
        self._should_stop = should_stop or (lambda: False)
        self._intake = Intake(connection)
        self._version = -1
        self._tally = _Tally()
        self._batch: list[tuple[ParsedArticle, Prepared | None]] = []
        self._batch_text = 0
        self._batch_began = 0.0
        self._batches = 0
        self._most = min(_FIRST_BATCH, _BATCH)
        self._bulk = ExitStack()

    def all(self, items: Iterator[Coming], total: int | None) -> ImportReport:
        """Take in all of it; ``total`` is how many files there are, where that is known."""
        with self._bulk:
            return self._all(items, total)

    def waits_on(self) -> bool:
        """Whether to go on waiting for another writer; says so the first time."""
        if self._should_stop():
            return False
        if self._on_wait:
            self._on_wait()
            self._on_wait = None
        return True

    def _all(self, items: Iterator[Coming], total: int | None) -> ImportReport:
        try:
            is_stopped = self._until_stopped(items, total)
        except StoreBusyError:
            # Stopped while another writer was waited for: the batch at hand is left for the next import.
            is_stopped = self._should_stop()
            if not is_stopped:
                raise
        self._tell("", total)
        return self._tally.report(is_stopped=is_stopped)

    def _until_stopped(self, items: Iterator[Coming], total: int | None) -> bool:
        is_stopped = self._should_stop()
        while not is_stopped and (item := next(items, None)) is not None:
            if isinstance(item, Finished):
                self._finished(item, total)
            elif isinstance(item, Handed):
                self._take(item)
            elif len(self._batch) >= _WORTH_WRITING:
                self._write()
            is_stopped = self._should_stop()
        self._write()
        if not is_stopped:
            self._date_undated()
            self._tag_arrivals()
            self._merge()
        return is_stopped

    def _finished(self, file: Finished, total: int | None) -> None:
        self._tally.done += 1
        if self._tally.done % _STEP == 0:
            self._tell(file.file, total)

    def _take(self, handed: Handed) -> None:
        found, prepared = handed
        if isinstance(found, Failure):
            self._tally.failed.append(found)
            return
        if not self._batch:
            self._batch_began = time.monotonic()
        self._batch.append((found, prepared))
        self._batch_text += _size(found)
        if (
            len(self._batch) >= self._most
            or self._batch_text >= _BATCH_TEXT
            or time.monotonic() - self._batch_began >= _BATCH_SECONDS
        ):
            self._write()

    def _write(self) -> None:
        if not self._batch:
            return
        self._batches += 1
        self._most = min(2 * self._most, _BATCH)
        with self._turns.turn():
            if self._batches == _LONG:
                self._bulk.enter_context(merging_rarely(self._connection))
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._intake.refresh()
                self._version = version
            added = self._intake.add_all(self._handed_over(), self._now)
        self._tally.count(added)
        self._batch_text = 0

    def _handed_over(self) -> list[tuple[ParsedArticle, Prepared | None]]:
        batch, self._batch = self._batch, []
        return batch

    def _date_undated(self) -> None:
        """Days for undated articles, once all their relatives are here: the order of files does not matter."""
        new = self._tally.articles
        for start in range(0, len(new), _BATCH):
            if self._should_stop():
                return
            with self._turns.turn():
                self._intake.date_undated(new[start : start + _BATCH])

    def _merge(self) -> None:
        """Make one piece of an index of which much is new; what little is new is merged by what comes later."""
        new = len(self._tally.articles)
        if new < _WORTH_MERGING or self._connection.in_transaction:
            return
        total = self._connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        if new * _MERGED_FROM >= total:
            # Another writer goes first; the index is in more pieces for so long, and nothing is lost.
            with suppress(StoreBusyError):
                merge(self._connection, self._should_stop)

    def _tag_arrivals(self) -> None:
        """Give what is new the tags of the saved searches that ask for it, and mute what a rule finds."""
        from ..muting import mute_arrivals
        from ..saved import tag_arrivals

        new = self._tally.articles
        for start in range(0, len(new), _BATCH):
            with self._turns.turn():
                # Tagged first: a rule may mute by a tag that another gives.
                tag_arrivals(self._connection, new[start : start + _BATCH], self._now)
                mute_arrivals(self._connection, new[start : start + _BATCH], self._now)

    def _tell(self, file: str, total: int | None) -> None:
        if self._on_progress:
            counts = self._tally.counts
            self._on_progress(
                Progress(
                    self._tally.done,
                    total,
                    counts[Outcome.NEW],
                    counts[Outcome.KNOWN],
                    counts[Outcome.CHANGED],
                    len(self._tally.failed),
                    file,
                )
            )


def _size(parsed: ParsedArticle) -> int:
    return sum(map(len, parsed.body)) + sum(map(_size, parsed.embedded))
