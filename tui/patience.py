"""Calls that may hang for long, as those to other machines: made in a thread of their own, which nobody has to wait for."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
#: Seconds between two looks at whether anybody waits still.
_LOOK = 0.05


class GivenUpError(Exception):
    """Nobody waits for the answer any more."""


def patiently(call: Callable[[], T], is_over: Callable[[], bool]) -> T:
    """What the call returns or raises; GivenUpError as soon as ``is_over``, however long the call goes on.

    Threads that are pooled would be waited for at the end of the program; this one is not.
    """
    answer: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answer.put((call(), None))
        except BaseException as error:
            answer.put((None, error))

    threading.Thread(target=run, name="patient", daemon=True).start()
    while not is_over():
        try:
            found, error = answer.get(timeout=_LOOK)
        except queue.Empty:
            continue
        if error is not None:
            raise error
        return found  # type: ignore[return-value]
    raise GivenUpError
