"""Progress of an import on stderr: rate, time left, and a ctrl-c that loses nothing."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from store import Store

if TYPE_CHECKING:
    from store.ingest.pipeline import ImportReport
    from store.ingest.pipeline import Progress as ImportProgress


def with_progress(store: Store, paths: Sequence[str], *, dry_run: bool) -> ImportReport:
    """Import with a bar; ctrl-c stops after the article at hand, and what came in stays in."""
    stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    before = signal.signal(signal.SIGINT, stop)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
    )
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("import", total=None, rate="-")

            def show(progress: ImportProgress) -> None:
                speed = bar.tasks[task].speed or 0.0
                bar.update(task, completed=progress.done, total=progress.total, rate=f"{speed:.0f}")

            return store.import_paths(paths, on_progress=show, should_stop=lambda: stopped, dry_run=dry_run)
    finally:
        signal.signal(signal.SIGINT, before)
