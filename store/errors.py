"""Every failure the store reports, each with one clear line for a person.

The command line and the interface show ``str(error)`` as it is; sqlite3's own
errors are turned into these once, in :mod:`store.database`.
"""

from __future__ import annotations


class StoreError(Exception):
    """Base of all failures of the store; its text is one line fit to show."""


class StoreUnreadableError(StoreError):
    """The file is not a store, is damaged, or may not be read (exit code 3)."""


class StoreTooNewError(StoreUnreadableError):
    """The store was written by a later version; it is left untouched (exit code 3)."""


class StoreStoppedError(StoreError):
    """Bringing the store of an older version up to date was stopped; it is as it was (exit code 130)."""


class StoreBusyError(StoreError):
    """Another process held the store for longer than we wait (exit code 3)."""


class StoreReadOnlyError(StoreError):
    """A change was asked of a store that can only be read."""


class NotFoundError(StoreError):
    """No article, tag, feed or saved search answers to that name."""


class ImportFailedError(StoreError):
    """One input could not be imported: file, place and reason."""


class QueryError(StoreError):
    """A query cannot be read.

    ``place`` is the index of the offending code point in ``query``;
    ``reason`` says in one phrase what was expected there.
    """

    def __init__(self, query: str, place: int, reason: str) -> None:
        super().__init__(f"{reason} (at {place + 1})")
        self.query = query
        self.place = place
        self.reason = reason
