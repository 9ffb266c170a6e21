"""Writes: what a person does to the store, one after the other in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING

from store import StoreError

from .messages import WorkFailed

if TYPE_CHECKING:
    from textual.message import Message
    from textual.message_pump import MessagePump


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
        #: What failed when nobody was left to be told.
        self.untold: list[StoreError] = []

    @property
    def is_busy(self) -> bool:
        """Whether a write is not done yet."""
        return self._waiting > 0

    def put(
        self,
        asker: MessagePump,
        write: Callable[[], Message | None],
        failed: Callable[[str], Message],
        home: MessagePump,
    ) -> None:
        """Do a write when those before it are done; the asker is told its result, or in one line why it failed.

        Where the asker is gone, ``home`` is told of a failure; where that is gone as well it is kept in ``untold``.
        """

        def run() -> None:
            try:
                message = write()
                if message is not None:
                    asker.post_message(message)
            except StoreError as error:
                told = asker.post_message(failed(str(error))) or home.post_message(WorkFailed(str(error)))
                if not told:
                    self.untold.append(error)
            finally:
                with self._lock:
                    self._waiting -= 1

        with self._lock:
            self._waiting += 1
        # Messages find the app by the context they are posted from.
        self._thread.submit(copy_context().run, run)

    def finish(self) -> None:
        """Wait until all is written; nothing can be put after it."""
        self._thread.shutdown(wait=True)
