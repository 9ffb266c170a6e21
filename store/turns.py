"""Many batches written one behind the other, and other writers let in between them.

SQLite keeps no queue: who asks for the lock just when it is free has it. A
run that takes it again at once keeps all others out, however long they ask.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from .database import transaction

#: Seconds of writing after which others are let in, and for how long: a fiftieth, in which a writer that waits
#: asks twice and more (database.ASKED_AFTER).
HELD, PAUSE = 0.5, 0.01


class Turns:
    """The batches of one run on one connection; ``waits_on`` is that of :func:`store.database.transaction`."""

    def __init__(self, connection: sqlite3.Connection, waits_on: Callable[[], bool] | None = None) -> None:
        self._connection = connection
        self._waits_on = waits_on
        self._held = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Run the block as one batch: a transaction, or a part of the one that is open; errors are those of one."""
        if self._connection.in_transaction:
            yield
            return
        with transaction(self._connection, self._waits_on):
            began = monotonic()
            yield
        self._held += monotonic() - began
        if self._held >= HELD:
            self._held = 0.0
            sleep(PAUSE)
