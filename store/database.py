"""Opening the one SQLite file: create, migrate, refuse what is not ours, one connection a thread.

The path of an ordinary start touches sqlite3 alone. sqlite-utils (48 ms of
imports) is loaded only when a store is created or has steps to catch up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from .errors import (
    StoreBusyError,
    StoreError,
    StoreReadOnlyError,
    StoreStoppedError,
    StoreTooNewError,
    StoreUnreadableError,
)

if TYPE_CHECKING:
    from .updating import Update

#: "NwRd": written into the file's header, so that a foreign database is never altered.
APPLICATION_ID = 0x4E775264
#: Number of steps in :mod:`store.migrations`; a test keeps the two equal.
SCHEMA_VERSION = 21
ASK_DOCTOR = "newsreader doctor says what to do"
#: What SQLite says where the file, a table or the index in it is damaged or gone.
_DAMAGES = ("malformed", "vtable constructor failed", "no such table", "fts5")
#: How long a writer waits for another process, in milliseconds.
BUSY_TIMEOUT = 5000
#: Seconds between two tries of a writer that waits. SQLite by itself soon tries ten times a second, and misses the
#: moments that a run of many batches leaves to others (:mod:`store.turns`).
ASKED_AFTER = 0.003


def connect(path: Path, *, read_only: bool = False, update: Update | None = None) -> sqlite3.Connection:
    """Open the store at ``path``, creating and migrating it where needed.

    With ``read_only``, or where the file may not be written, the connection
    refuses changes. ``update`` is told how far a migration is, and may stop it.
    Raises StoreUnreadableError for a file that is no store, StoreTooNewError for
    one from a later version, StoreBusyError when locked, StoreStoppedError.
    """
    with errors_of(path):
        connection = _open(path, read_only=read_only)
        try:
            _refuse_what_is_not_ours(connection, path)
            if not is_read_only(connection):
                _write_ahead(connection)
            _bring_up_to_date(connection, path, update)
        except BaseException:
            connection.close()
            raise
        return connection


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if read_only or (path.exists() and not _is_writable(path)):
        return _open_for_reading(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return _configure(sqlite3.connect(path, timeout=BUSY_TIMEOUT / 1000, isolation_level=None))


def _open_for_reading(path: Path) -> sqlite3.Connection:
    """A medium that cannot hold WAL's side files still opens, as immutable."""
    try:
        return _opened_as(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error):
            raise
        return _opened_as(path, "mode=ro&immutable=1")


def _opened_as(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None)
    try:
        _configure(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer at once; changes the file's header, so only a store that is ours gets here."""
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _is_writable(path: Path) -> bool:
    import os

    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _configure(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.create_function("pattern_found", 3, _pattern_found, deterministic=True)
    return connection


def _pattern_found(pattern: str, place: int, text: str | None) -> bool:
    from .query_regex import is_found

    return is_found(pattern, place, text)


def is_read_only(connection: sqlite3.Connection) -> bool:
    """True when the connection was opened for reading alone."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


def _refuse_what_is_not_ours(connection: sqlite3.Connection, path: Path) -> None:
    # In one reading, or a store that another process is just making would be met half made.
    connection.execute("BEGIN")
    try:
        application, version = _header(connection)
        is_used = application or version or _has_tables(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if application != APPLICATION_ID:
        if is_used:
            raise StoreUnreadableError(f"{path}: a database, but not a newsreader store")
        if is_read_only(connection):
            raise StoreUnreadableError(f"{path}: empty, and it cannot be written")
    if version > SCHEMA_VERSION:
        raise StoreTooNewError(
            f"{path}: written by a newer newsreader (schema {version}, this one knows {SCHEMA_VERSION})"
        )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, update: Update | None) -> None:
    if _header(connection)[1] < SCHEMA_VERSION:
        if is_read_only(connection):
            raise StoreUnreadableError(
                f"{path}: from an older newsreader, and it cannot be written to update it"
            )
        _migrate(connection, path, update)


def _header(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return application, connection.execute("PRAGMA user_version").fetchone()[0]


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _migrate(connection: sqlite3.Connection, path: Path, update: Update | None) -> None:
    from .migrations import bring_up_to_date
    from .updating import silently

    # Two first starts at once: the second waits here, then finds nothing left to do.
    connection.execute("BEGIN EXCLUSIVE")
    try:
        version = _header(connection)[1]
        if version < SCHEMA_VERSION:
            # To make a new store is soon done.
            with (update if update is not None and version else silently)() as (on_progress, should_stop):
                try:
                    bring_up_to_date(connection, on_progress, should_stop)
                except sqlite3.OperationalError as error:
                    if not should_stop():
                        raise
                    raise StoreStoppedError(
                        f"{path}: not updated, and as it was; the next start begins again"
                    ) from error
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def transaction(
    connection: sqlite3.Connection, waits_on: Callable[[], bool] | None = None
) -> Iterator[sqlite3.Connection]:
    """Run the block as one write transaction; nested use joins the outer one.

    Another writer is waited for as long as the connection's busy_timeout says, and as long again each time that
    ``waits_on`` answers True. Raises StoreReadOnlyError, StoreBusyError or StoreError in place of sqlite3's errors,
    and StoreTooNewError.
    """
    if connection.in_transaction:
        yield connection
        return
    with errors_of():
        _begin(connection, waits_on or (lambda: False))
        try:
            _refuse_what_is_newer(connection)
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # A commit may fail and leave the transaction open: what is written next would be in it.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _begin(connection: sqlite3.Connection, waits_on: Callable[[], bool]) -> None:
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    until = monotonic() + patience / 1000
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if monotonic() >= until:
                    if not waits_on():
                        raise
                    until = monotonic() + patience / 1000
            sleep(ASKED_AFTER)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _refuse_what_is_newer(connection: sqlite3.Connection) -> None:
    """Another process may have brought the store up to date under us: what is written by the rules of before would be wrong."""
    if _header(connection)[1] > SCHEMA_VERSION:
        raise StoreTooNewError(
            "the store was updated by a newer newsreader: leave this one and start it again"
        )


@contextmanager
def errors_of(path: Path | None = None) -> Iterator[None]:
    """Turn sqlite3's errors into ours, here and nowhere else."""
    where = f"{path}: " if path else ""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise StoreBusyError(f"{where}the store is in use by another process; try again") from error
        if "readonly" in text or "read-only" in text or "query_only" in text:
            raise StoreReadOnlyError(f"{where}the store can only be read") from error
        if "not a database" in text:
            raise StoreUnreadableError(f"{where}{text}") from error
        if any(sign in text for sign in _DAMAGES):
            raise StoreUnreadableError(f"{where}{text}; {ASK_DOCTOR}") from error
        if "unable to open" in text:
            raise StoreUnreadableError(f"{where}cannot be opened") from error
        raise StoreError(f"{where}{text}") from error
    except OSError as error:
        if path is None:
            raise
        raise StoreUnreadableError(f"{where}{error.strerror or error}") from error
