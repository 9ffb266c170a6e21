"""What a reader at the far end of the line waits for and receives, beside the least that a Textual list can do.

    python tests/benchmarks/reader_pty.py                  the nine articles of the seeds
    python tests/benchmarks/reader_pty.py -n 100000        as many made-up articles (--keep FILE keeps the store)

Runs newsreader and an app with a Textual OptionList of a hundred rows in turns, each in a pty that answers as xterm does.
Printed are medians: milliseconds from the key to the last byte of what it changed, and those bytes; for the start from
the command to the last byte of the first complete screen; the peak of resident memory; the ratio of both. A screen is
complete when nothing has come for QUIET seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pty_harness import NEWSREADER, XTERM, environment  # noqa: E402

from store import Store  # noqa: E402

QUIET = 0.15
#: Seconds after which a key has changed nothing, and a program has not started.
UNANSWERED, PATIENCE = 1.0, 60.0
FLOOR = """
from textual.app import App
from textual.widgets import OptionList
class Floor(App):
    BINDINGS = [("q", "quit", "quit")]
    def compose(self):
        yield OptionList(*[f"خبر رقم {number} عن كوريا الشمالية وروسيا" for number in range(100)])
Floor().run()
"""


@dataclass(frozen=True)
class Subject:
    """A program and the keys that do the same things in it; None where it has no such thing."""

    command: Sequence[str]
    first_row: str
    keys: Mapping[str, str | None]


@dataclass
class Measures:
    """Milliseconds and bytes of each step, over all runs; resident memory in MB."""

    steps: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)

    def add(self, step: str, taken: float, count: int) -> None:
        """Note one measurement (seconds), where anything changed at all: at the end of a list nothing does."""
        if count:
            self.steps.setdefault(step, []).append((taken * 1000, count))


class Line:
    """The user's end of a pty: answers questions at once, and notes when which byte came."""

    def __init__(self, subject: Subject, env: Mapping[str, str], size: tuple[int, int]) -> None:
        self.begun = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                os.execve(subject.command[0], list(subject.command), dict(env))
            finally:
                os._exit(127)
        self._questions = re.compile(b"|".join(re.escape(question.encode()) for question in XTERM))
        self._tail = b""

    def listen(self, since: float, *, needs: bytes = b"", patience: float = UNANSWERED) -> tuple[float, int]:
        """Seconds to the last byte and their number, once ``needs`` has come and then nothing for QUIET seconds.

        No bytes where nothing comes for ``patience`` seconds.
        """
        last, count, seen = since, 0, b""
        while True:
            wait = patience if needs not in seen or not count else QUIET
            if not select.select([self.master], [], [], wait)[0]:
                return last - since, count
            try:
                data = os.read(self.master, 65536)
            except OSError:
                data = b""
            if not data:
                return last - since, count
            last = time.perf_counter()
            count += len(data)
            seen += data if needs else b""
            self._answer(data)

    def _answer(self, data: bytes) -> None:
        self._tail += data
        end = 0
        for question in self._questions.finditer(self._tail):
            end = question.end()
            os.write(self.master, XTERM[question[0].decode()].encode())
        self._tail = self._tail[end:][-32:]

    def press(self, key: str) -> tuple[float, int]:
        """Type a key and see what it changes."""
        begun = time.perf_counter()
        os.write(self.master, key.encode())
        return self.listen(begun)

    def peak(self) -> float:
        """The most resident memory so far, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def close(self) -> None:
        """End the program if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)


def run(subject: Subject, measures: Measures, env: Mapping[str, str], size: tuple[int, int]) -> None:
    """One run: start, rows, pages, open, back, quit."""
    line = Line(subject, env, size)
    try:
        measures.add("start", *line.listen(line.begun, needs=b"\x1b[?1049h", patience=PATIENCE))
        # The reader begins where it was left: every run goes on from the first row.
        line.press(subject.first_row)
        for step, key in subject.keys.items():
            if key is None:
                continue
            repeat = {"next row": 6, "page": 2}.get(step, 1)
            if step == "quit":
                measures.memory.append(line.peak())
            for _ in range(repeat):
                measures.add(step, *line.press(key))
    finally:
        line.close()


def made_up(count: int) -> Iterator[str]:
    """Articles by rule, as JSON lines: forty words each, an hour apart."""
    words = [
        "الرئيس",
        "زيارة",
        "روسيا",
        "كوريا",
        "الشمالية",
        "قطار",
        "سلاح",
        "محادثات",
        "أوكرانيا",
        "صاروخ",
        "اجتماع",
    ]
    outlets = ["الراي", "كويت نيوز", "صدى البلد", "الشرق الأوسط", "الجزيرة"]
    for number in range(count):
        day, hour = divmod(number, 24)
        when = time.strftime("%Y-%m-%dT%H:00:00Z", time.gmtime(946_684_800 + day * 86_400 + hour * 3600))
        text = " ".join(words[(number * 7 + place * place) % len(words)] for place in range(40))
        yield json.dumps(
            {
                "title": f"خبر {number} عن {words[number % len(words)]} و{words[number // 3 % len(words)]}",
                "published": when,
                "published_precision": "minute",
                "outlet": outlets[number % len(outlets)],
                "keywords": [words[number % 5]],
                "body": [text + ".", f"فقرة ثانية من الخبر {number}."],
                "url": f"https://example.org/{number}",
            },
            ensure_ascii=False,
        )


def prepared(count: int, path: Path) -> None:
    """A store of so many articles (9: the seeds), kept where it is there already."""
    if path.exists():
        return
    store = Store(path)
    begun = time.perf_counter()
    if count == 9:
        report = store.import_paths([ROOT / "seeds"])
    else:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "articles.jsonl"
            source.write_text("\n".join(made_up(count)), encoding="utf-8")
            report = store.import_paths([source])
    store.close()
    print(f"{report.new} articles in {time.perf_counter() - begun:.1f} s", file=sys.stderr)


def table(ours: Measures, floor: Measures) -> str:
    """Medians of both, and how many times the floor ours is."""
    lines = [f"{'':10} {'newsreader':>20} {'OptionList of 100':>20} {'ratio':>14}"]
    for step, taken in ours.steps.items():
        mine = [statistics.median(column) for column in zip(*taken, strict=True)]
        other = floor.steps.get(step)
        if other is None:
            lines.append(f"{step:10} {mine[0]:8.1f} ms {mine[1]:6.0f} B {'-':>20} {'-':>14}")
            continue
        theirs = [statistics.median(column) for column in zip(*other, strict=True)]
        ratios = f"{mine[0] / theirs[0]:6.2f} {mine[1] / max(1, theirs[1]):6.2f}"
        lines.append(
            f"{step:10} {mine[0]:8.1f} ms {mine[1]:6.0f} B {theirs[0]:8.1f} ms {theirs[1]:6.0f} B {ratios:>14}"
        )
    peaks = statistics.median(ours.memory), statistics.median(floor.memory)
    lines.append(f"{'peak':10} {peaks[0]:17.1f} MB {peaks[1]:17.1f} MB {peaks[0] / peaks[1]:14.2f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=9, help="articles in the store (9: the seeds)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", default="100x30", help="columns and rows of the terminal")
    parser.add_argument("--keep", type=Path, help="a store to use again, made where there is none")
    options = parser.parse_args()
    columns, _, rows = options.size.partition("x")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = options.keep or home / "bench.db"
        prepared(options.n, path)
        env = environment(home, PYTHONPATH=os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        steps = {"next row": "j", "page": " ", "open": "\r", "back": "\x1b[C", "quit": "q"}
        floor_keys = {"next row": "\x1b[B", "page": "\x1b[6~", "open": None, "back": None, "quit": "q"}
        pairs = [
            (Subject([NEWSREADER, "--store", str(path)], "g", steps), Measures()),
            (Subject([sys.executable, "-c", FLOOR], "\x1b[H", floor_keys), Measures()),
        ]
        # One run of each first: what Python compiles and the system reads from disk is not measured.
        for subject, _unused in pairs:
            run(subject, Measures(), env, (int(columns), int(rows)))
        for _ in range(options.runs):
            for subject, measures in pairs:
                run(subject, measures, env, (int(columns), int(rows)))
    print(table(pairs[0][1], pairs[1][1]))


if __name__ == "__main__":
    main()
