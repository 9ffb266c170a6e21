"""Progress on stderr: rate, time left, and a ctrl-c that loses nothing."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from store import Store

from .failures import say
from .i18n import _, number

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from store.ingest.pipeline import ImportReport
    from store.ingest.pipeline import Progress as ImportProgress


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl-c (and SIGTERM) during the block only asks to stop: what is under way ends in good order.

    A second ctrl-c interrupts at once; every write is a transaction, so that is safe too.
    """
    stopped = False

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped:
            raise KeyboardInterrupt
        stopped = True

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def bar() -> Bar:
    """A bar on stderr with done, total, rate and time left; it goes away when all is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def with_progress(
    store: Store, paths: Sequence[str], *, dry_run: bool, fields: Mapping[str, str]
) -> ImportReport:
    """Import with a bar; ctrl-c stops after the article at hand, and what came in stays in."""
    with stoppable() as should_stop, bar() as shown:
        task = shown.add_task("import", total=None, rate="-")

        def show(progress: ImportProgress) -> None:
            speed = shown.tasks[task].speed or 0.0
            shown.update(task, completed=progress.done, total=progress.total, rate=f"{speed:.0f}")

        return _import(
            store, paths, dry_run=dry_run, fields=fields, on_progress=show, should_stop=should_stop
        )


def without_progress(
    store: Store, paths: Sequence[str], *, dry_run: bool, fields: Mapping[str, str]
) -> ImportReport:
    """Import in silence; ctrl-c stops after the article at hand, and what came in stays in."""
    with stoppable() as should_stop:
        return _import(
            store, paths, dry_run=dry_run, fields=fields, on_progress=None, should_stop=should_stop
        )


def _import(
    store: Store,
    paths: Sequence[str],
    *,
    dry_run: bool,
    fields: Mapping[str, str],
    on_progress: Callable[[ImportProgress], None] | None,
    should_stop: Callable[[], bool],
) -> ImportReport:
    from store.ingest.pipeline import import_paths

    return import_paths(
        store.connection,
        paths,
        now=int(time.time()),
        on_progress=on_progress,
        should_stop=should_stop,
        dry_run=dry_run,
        fields=fields,
        on_wait=lambda: say("waiting for another program that writes to the archive (ctrl-c stops) …"),
    )


@contextmanager
def steps(description: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for work that counts its own steps; nothing where stderr is no terminal."""
    import sys

    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with bar() as shown:
        task = shown.add_task(description, total=None, rate="-")

        def show(done: int, total: int) -> None:
            speed = shown.tasks[task].speed or 0.0
            shown.update(task, completed=done, total=total, rate=f"{speed:.0f}")

        yield show


#: Seconds after which it is told that the store is brought up to date: of a small one nobody notices.
PATIENCE = 0.5


@contextmanager
def updating() -> Iterator[tuple[Callable[[int, int], None], Callable[[], bool]]]:
    """Tell on stderr how far the store of an older version is brought up to date; ctrl-c stops it, and it stays as it was.

    On a terminal it is one line that goes away when all is done, elsewhere one that says why it takes long.
    """
    import sys

    err = sys.stderr
    is_terminal = err is not None and err.isatty()
    begun = time.monotonic()
    told = ""

    def show(done: int, total: int) -> None:
        nonlocal told
        if err is None or time.monotonic() < begun + PATIENCE:
            return
        line = _("updating the archive … {n} % (ctrl-c leaves it as it was)").format(
            n=number(100 * done // total)
        )
        if is_terminal and line != told:
            err.write(f"\r{line}\x1b[K")
            err.flush()
        elif not told:
            say(_("updating the archive for this version …"))
        told = line

    with stoppable() as should_stop:
        try:
            yield show, should_stop
        finally:
            if told and is_terminal:
                err.write("\r\x1b[K")
                err.flush()
