"""Writes: what a person does to the store, one after the other in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING

from store import StoreError

from .messages import WorkFailed
from .told_errors import told_error

if TYPE_CHECKING:
    from textual.message import Message
    from textual.message_pump import MessagePump


#: Kinds of writes that keys wait for: marks on articles and notes, and what changes which rows there are.
MARKS, ROWS = "marks", "rows"
#: Seconds that somebody who reads what was just written waits for it at most.
LONGEST = 1.0


class Writes:
    """A queue of writes that outlives the screen they were asked on, and the reader itself.

    A worker belongs to its screen: one that waits for a thread is dropped when the
    screen is left, and several run in any order. A write must be neither lost nor
    overtaken by the one asked for after it.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "writes")
        self._lock = threading.Lock()
        self._waiting = 0
        self._awaited: Counter[str] = Counter()
        #: What failed when nobody was left to be told.
        self.untold: list[StoreError] = []

    @property
    def is_busy(self) -> bool:
        """Whether a write is not done yet."""
        return self._waiting > 0

    @property
    def awaited(self) -> frozenset[str]:
        """What keys wait for: MARKS or ROWS where such a write is not done, or its asker not told yet."""
        return frozenset(kind for kind, count in self._awaited.items() if count)

    def put(
        self,
        asker: MessagePump,
        write: Callable[[], Message | None],
        failed: Callable[[str], Message],
        home: MessagePump,
        *,
        kind: str = "",
    ) -> None:
        """Do a write when those before it are done; the asker is told its result, or in one line why it failed.

        Where the asker is gone, ``home`` is told of a failure; where that is gone as well it is kept in ``untold``.
        For a kind of write that is named, keys wait (called in the app's own thread).
        """
        loop = asyncio.get_running_loop() if kind else None

        def run() -> None:
            try:
                message = write()
                if message is not None:
                    asker.post_message(message)
            except StoreError as error:
                reason = told_error(error)
                if not (asker.post_message(failed(reason)) or home.post_message(WorkFailed(reason))):
                    self.untold.append(error)
            finally:
                with self._lock:
                    self._waiting -= 1
                if loop is not None:
                    # Behind the message, which takes the same way; at the end of the app nobody waits any more.
                    with suppress(RuntimeError):
                        loop.call_soon_threadsafe(self._told, kind)

        with self._lock:
            self._waiting += 1
        self._awaited[kind] += bool(kind)
        # Messages find the app by the context they are posted from.
        self._thread.submit(copy_context().run, run)

    def _told(self, kind: str) -> None:
        self._awaited[kind] -= 1

    async def done(self) -> None:
        """Until what was asked for up to now is written; no longer than a person would wait for it."""
        with suppress(TimeoutError):
            written = asyncio.get_running_loop().run_in_executor(self._thread, _nothing)
            await asyncio.wait_for(written, LONGEST)

    def finish(self) -> None:
        """Wait until all is written; nothing can be put after it."""
        self._thread.shutdown(wait=True)


def _nothing() -> None:
    """Stand at the end of the queue."""
