"""Where keys wait while the article they are meant for is on its way."""

from __future__ import annotations

import asyncio
from contextlib import suppress

#: Seconds that keys wait at most: longer than a slow disk takes, shorter than a person does.
LONGEST = 1.0


class Gate:
    """Closed when an article was asked for, open again when it is there or cannot be.

    What is typed right behind Enter is meant for the article, but reading it
    takes a thread some milliseconds: ``n`` went on in the list meanwhile.
    """

    def __init__(self) -> None:
        self._is_open = asyncio.Event()
        self._is_open.set()

    def close(self) -> None:
        """An article was asked for."""
        self._is_open.clear()

    def open(self) -> None:
        """It is there, or cannot be."""
        self._is_open.set()

    async def passed(self) -> None:
        """Return when the gate is open; after :data:`LONGEST` it opens by itself."""
        if not self._is_open.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_open.wait(), LONGEST)
            self._is_open.set()
