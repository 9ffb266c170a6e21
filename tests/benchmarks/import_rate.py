"""Articles a second and memory of an import, beside newsboat and plain sqlite3 on the same articles in the same run.

    python tests/benchmarks/import_rate.py [FOLDER] [-n 2000] [-n 10000 -n 100000]

Without FOLDER, ``-n`` pages are made from the sentences of the seeds in a
temporary folder; several ``-n`` show whether an article costs more in a large
archive. Prints one JSON object for each: rates by wall and by CPU time of all
processes, peak memory in MB of the importing process and of its helper, bytes
of the store by bytes of text; the same of ``newsboat -x reload`` (where it is
installed) with the articles as RSS, and of one ``executemany``; and, from an
import in one process, where the CPU time of an article goes, in microseconds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_SEEDS = Path(__file__).parent.parent.parent / "seeds"
#: Articles of one feed; newsboat reads a feed whole.
_IN_FEED = 1000
#: Articles the shares are measured on.
_SHARED = 2000


def make_pages(folder: Path, count: int) -> None:
    """Pages of about 5 KB in the seeds' layout, every one with a headline of its own; the same each time."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_SEEDS.glob("*.txt")))
    sentences = [
        s.strip() for s in re.split(r"(?<=[.])\s+|\n", text) if 60 < len(s) < 400 and s.strip().endswith(".")
    ]
    for number in range(count):
        choose = random.Random(number)
        body = "\n\n".join(" ".join(choose.sample(sentences, 2)) for _ in range(6))
        similar = "\n".join(f"  • {_title(choose.randrange(count))}" for _ in range(10))
        day = f"{choose.randrange(1, 29)}th, March {2020 + number % 5} GMT"
        page = (
            f"{_title(number)}\nتاريخ النشر: {day}\n\n{body}\n\nالمصدر: صدى البلد\n\n"
            f"كلمات دلالية: كوريا الشمالية الرئيس الروسي\n\nمقالات مشابهة\n\n{similar}\n"
        )
        target = folder / f"{number // 1000:03}"
        target.mkdir(exist_ok=True)
        (target / f"{number:07}.txt").write_text(page, encoding="utf-8")


def _title(number: int) -> str:
    return f"الخبر رقم {number} عن زيارة الزعيم الكوري الشمالي إلى روسيا"


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every page."""
    for file in sorted(folder.rglob("*.txt")):
        yield file.name, file.read_text(encoding="utf-8")


class Spent:
    """Wall and CPU seconds of a block, that of ended child processes included."""

    def __enter__(self) -> Spent:
        self._wall, self._cpu = time.perf_counter(), self._now()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self._wall, self._now() - self._cpu

    def _now(self) -> float:
        both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    def rates(self, count: int) -> dict[str, int]:
        """Articles by second."""
        return {"per_second": round(count / self.wall), "per_cpu_second": round(count / self.cpu)}


def plain_sqlite(folder: Path, path: Path) -> Spent:
    """Put the raw files into one table with two indexes: the floor of any importer."""
    with Spent() as spent:
        db = sqlite3.connect(path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE pages(id INTEGER PRIMARY KEY, name TEXT, title TEXT, text TEXT)")
        db.execute("CREATE INDEX by_name ON pages(name)")
        db.execute("CREATE INDEX by_title ON pages(title)")
        rows = ((name, text[:80], text) for name, text in pages(folder))
        db.executemany("INSERT INTO pages(name, title, text) VALUES (?, ?, ?)", rows)
        db.commit()
        db.close()
    return spent


def newsboat(folder: Path, work: Path) -> tuple[Spent, int] | None:
    """``newsboat -x reload`` on the same articles, and how many it has then; None where it is not installed."""
    program = shutil.which("newsboat")
    if program is None:
        return None
    work.mkdir()
    urls: list[str] = []
    items: list[str] = []
    for number, (name, text) in enumerate(pages(folder), 1):
        title, _, body = text.partition("\n")
        items.append(
            f"<item><title>{escape(title)}</title><link>http://localhost/{name}</link><guid>{name}</guid>"
            f"<pubDate>Fri, 01 Mar 2024 10:00:00 +0000</pubDate><description>{escape(body)}</description></item>"
        )
        if number % _IN_FEED == 0:
            urls.append(_feed(work, len(urls), items))
            items = []
    if items:
        urls.append(_feed(work, len(urls), items))
    (work / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    (work / "config").write_text("reload-threads 1\n", encoding="utf-8")
    cache = work / "cache.db"
    command = [program, "-q", "-u", str(work / "urls"), "-C", str(work / "config"), "-c", str(cache)]
    environment = {"HOME": str(work), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    with Spent() as spent:
        subprocess.run([*command, "-x", "reload"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with sqlite3.connect(cache) as db:
        return spent, db.execute("SELECT count(*) FROM rss_item").fetchone()[0]


def _feed(work: Path, number: int, items: list[str]) -> str:
    file = work / f"{number}.xml"
    file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{number}</title>'
        f"<link>http://localhost/</link><description>x</description>{''.join(items)}</channel></rss>",
        encoding="utf-8",
    )
    return file.as_uri()


def shares(folder: Path, path: Path) -> dict[str, int]:
    """Microseconds of CPU time for an article by part, each without the parts inside it; in one process."""
    from store import hooks, intake, related
    from store.database import connect
    from store.ingest import pipeline, readers

    spent: dict[str, float] = {}
    inside: list[float] = []

    def watch(place: Any, name: str, part: str) -> None:
        inner: Callable[..., Any] = getattr(place, name)

        def outer(*args: Any, **named: Any) -> Any:
            began = time.process_time()
            inside.append(0.0)
            try:
                return inner(*args, **named)
            finally:
                took = time.process_time() - began
                spent[part] = spent.get(part, 0.0) + took - inside.pop()
                if inside:
                    inside[-1] += took

        setattr(place, name, outer)

    pipeline.has_room = lambda: False
    watch(readers, "parse_page", "pages: parse")
    watch(intake, "entry_of", "search: analyse")
    watch(hooks, "index_articles", "search: write")
    watch(intake, "subject", "related: analyse")
    watch(related.neighbours, "add", "related: write")
    watch(related.clusters, "assign", "related: find the event")
    watch(intake, "write_links", "links")
    watch(intake, "find", "find what is here already")
    watch(intake.Intake, "add_all", "articles, bodies, labels, gathered rows")
    watch(pipeline, "import_paths", "read, decode, commit")
    db = connect(path)
    count = pipeline.import_paths(db, [folder], now=int(time.time())).new
    db.close()
    return {part: round(took / count * 1e6) for part, took in spent.items()}


def measure(folder: Path) -> dict[str, Any]:
    """Run the import, newsboat and plain sqlite3 on the pages of a folder."""
    from store.database import connect
    from store.ingest.pipeline import import_paths

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        # First of all: a process counts as large as the one it was started by.
        db = connect(work / "store.db")
        with Spent() as spent:
            report = import_paths(db, [folder], now=int(time.time()))
        db.close()
        peak, children = (
            resource.getrusage(who).ru_maxrss >> 10
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        raw = sum(len(text.encode()) for _, text in pages(folder))
        floor = plain_sqlite(folder, work / "plain.db")
        result = {
            "articles": report.new,
            "failed": len(report.failed),
            **spent.rates(report.new),
            "peak_mb": peak,
            "helper_peak_mb": children,
            "store_by_text": round((work / "store.db").stat().st_size / raw, 2),
            "sqlite3": floor.rates(report.new),
            "times_sqlite3_cpu": round(spent.cpu / floor.cpu, 1),
        }
        other = newsboat(folder, work / "newsboat")
        if other:
            result["newsboat"] = {"articles": other[1], **other[0].rates(other[1])}
            result["times_newsboat_cpu"] = round(spent.cpu / other[0].cpu, 2)
    return result


def main() -> None:
    """Print the figures of each size, each measured in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("-n", type=int, action="append")
    parser.add_argument("--here", choices=("all", "shares"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here == "all":
        print(json.dumps(measure(options.folder)))
        return
    if options.here == "shares":
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps({"cpu_us": shares(options.folder, Path(name) / "store.db")}, ensure_ascii=False))
        return
    for count in options.n or [_SHARED]:
        with tempfile.TemporaryDirectory() as name:
            folder = options.folder or Path(name) / "pages"
            if options.folder is None:
                folder.mkdir()
                make_pages(folder, count)
            result = _in_process(folder, "all")
            if count <= _SHARED:
                result.update(_in_process(folder, "shares"))
            print(json.dumps(result, ensure_ascii=False), flush=True)
        if options.folder:
            break


def _in_process(folder: Path, what: str) -> dict[str, Any]:
    """Peak memory is of a whole process: each figure needs one of its own."""
    command = [sys.executable, __file__, str(folder), "--here", what]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


if __name__ == "__main__":
    main()
