"""A cache bounded by the amount of text it holds, not by the number of entries.

`functools.lru_cache` counts entries: a thousand headlines are small, a thousand hostile paragraphs of a
megabyte are not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class TextCache(Generic[T]):
    """Least recently used values out first, once the code points they were made from exceed `budget`."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._held = 0
        self._values: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, cost: int, make: Callable[[], T]) -> T:
        """The value for a key; made, and kept when it fits at all, where it is not there.

        `cost` is in code points. `make` may run twice when two threads ask at once; both get a right value.
        """
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found[1]
        value = make()
        cost += 1
        if cost <= self._budget:
            with self._lock:
                if key not in self._values:
                    self._values[key] = (cost, value)
                    self._held += cost
                while self._held > self._budget:
                    _, (freed, _) = self._values.popitem(last=False)
                    self._held -= freed
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._held = 0
