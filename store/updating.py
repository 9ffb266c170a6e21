"""How far the steps of :mod:`store.migrations` are: told while they run, and stopped between two of SQLite's.

A large archive takes half a minute for some of them. All of them are one
transaction: one that is stopped leaves the store of the version before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass

#: What is told: steps done and to do; and whether to stop.
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
#: Made when there is something to do, and left at its end.
Update = Callable[[], AbstractContextManager[tuple[Progress, Stop]]]

#: What the parts of all steps come to.
PARTS = 1000
#: Seconds that a step takes of a million articles, where that is more than one; and of the others.
_WEIGHTS = {"m004_intake": 3.0, "m011_link_targets": 5.0, "m014_whole_answers": 4.0, "m015_wordlist": 13.0}
_LIGHT = 0.1
#: Steps of SQLite's machine between two looks: some milliseconds.
_LOOK = 50_000


@dataclass
class _Run:
    """A run through some steps: what part of all is done before the step at hand, what part that is, and how far it is."""

    on_progress: Progress
    before: float = 0.0
    share: float = 0.0
    part: float = 0.0

    def tell(self) -> None:
        """Tell how far all is."""
        self.on_progress(min(PARTS, int(PARTS * (self.before + self.share * self.part))), PARTS)


_run: ContextVar[_Run | None] = ContextVar("updating", default=None)


def silently() -> AbstractContextManager[tuple[Progress, Stop]]:
    """An update that tells nothing and is never stopped."""
    return nullcontext((lambda done, total: None, lambda: False))


def is_done(part: float) -> None:
    """Say within a step that so much of it is done, 0 to 1; nothing where nobody listens."""
    run = _run.get()
    if run is not None:
        run.part = part
        run.tell()


@contextmanager
def watched(
    connection: sqlite3.Connection, names: Sequence[str], on_progress: Progress, should_stop: Stop
) -> Iterator[Iterator[str]]:
    """The names of some steps, one after the other, while it is told how far they are.

    What is stopped raises OperationalError from the statement at hand.
    """
    run = _Run(on_progress)
    total = sum(_WEIGHTS.get(name, _LIGHT) for name in names)

    def each() -> Iterator[str]:
        for name in names:
            run.share, run.part = _WEIGHTS.get(name, _LIGHT) / total, 0.0
            run.tell()
            yield name
            run.before += run.share

    def look() -> int:
        run.tell()
        return int(should_stop())

    token = _run.set(run)
    connection.set_progress_handler(look, _LOOK)
    try:
        yield each()
    finally:
        connection.set_progress_handler(None, 0)
        _run.reset(token)
