"""The five seeds in a store, for tests of the interface; nothing here but what the pages themselves say."""

from __future__ import annotations

import functools
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from store import Store

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

#: Arrival order is page order, each guest right after its host: the ids of a fresh store.
PAGE_000, GUEST_000, PAGE_001, GUEST_001, PAGE_002, PAGE_003, GUEST_003, PAGE_004, GUEST_004 = range(1, 10)
#: Newest first by the days the pages tell (17, 13, 12, 11 and 5 September 2023), each guest below its host.
NEWEST_FIRST = (
    PAGE_001, GUEST_001, PAGE_004, GUEST_004, PAGE_000, GUEST_000, PAGE_002, PAGE_003, GUEST_003
)  # fmt: skip


@functools.cache
def _imported() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = Store(path)
        report = store.import_paths([SEEDS])
        assert report.new == 9, report
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        return path.read_bytes()


@contextmanager
def seeded(folder: Path) -> Iterator[Store]:
    """A store of its own with the seeds in it."""
    path = folder / "seeds.db"
    path.write_bytes(_imported())
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Let the app go on until something holds; workers that wait for the user are not waited for."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        await pilot.pause(0.005)


_CLUSTER = re.compile("[^\u064b-\u0652\u0670][\u064b-\u0652\u0670]*")


def shown(widget: Any) -> list[str]:
    """The lines of a widget as logical text, as far as they are Arabic: clusters from the right, in plain forms."""
    lines = ("".join(segment.text for segment in widget.render_line(y)) for y in range(widget.size.height))
    return [
        unicodedata.normalize("NFKC", "".join(reversed(_CLUSTER.findall(line)))).strip() for line in lines
    ]


def marked_in(widget: Any, colour: str = "yellow") -> list[str]:
    """The stretches of a widget's lines on a ground of that colour, as logical text."""
    found = []
    for y in range(widget.size.height):
        for segment in widget.render_line(y):
            ground = segment.style.bgcolor if segment.style is not None else None
            if ground is not None and ground.name == colour:
                found.append(unicodedata.normalize("NFKC", "".join(reversed(_CLUSTER.findall(segment.text)))))
    return found
