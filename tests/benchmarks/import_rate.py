"""Articles a second and memory of an import, beside plain sqlite3 on the same files in the same run.

    python tests/benchmarks/import_rate.py [FOLDER] [-n 2000]

Without FOLDER, ``-n`` pages are made from the sentences of the seeds in a
temporary folder. Prints one JSON object: rates by wall and by CPU time, peak
memory in MB, bytes of the store by bytes of text, and where the CPU time of
one article goes, in microseconds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store import hooks, intake
from store.database import connect
from store.ingest import readers
from store.ingest.pipeline import import_paths

_SEEDS = Path(__file__).parent.parent.parent / "seeds"


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
        (folder / f"{number:07}.txt").write_text(page, encoding="utf-8")


def _title(number: int) -> str:
    return f"الخبر رقم {number} عن زيارة الزعيم الكوري الشمالي إلى روسيا"


def plain_sqlite(folder: Path, path: Path) -> float:
    """Seconds to put the raw files into one table with two indexes: the floor of any importer."""
    began = time.perf_counter()
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE pages(id INTEGER PRIMARY KEY, name TEXT, title TEXT, text TEXT)")
    db.execute("CREATE INDEX by_name ON pages(name)")
    db.execute("CREATE INDEX by_title ON pages(title)")
    rows = (
        (file.name, (text := file.read_text(encoding="utf-8"))[:80], text)
        for file in sorted(folder.iterdir())
    )
    db.executemany("INSERT INTO pages(name, title, text) VALUES (?, ?, ?)", rows)
    db.commit()
    db.close()
    return time.perf_counter() - began


class Shares:
    """CPU time by part, measured around the functions the import calls."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def watch(self, module: Any, name: str, part: str) -> None:
        inner: Callable[..., Any] = getattr(module, name)

        def outer(*args: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return inner(*args, **named)
            finally:
                self.spent[part] = self.spent.get(part, 0.0) + time.process_time() - began

        setattr(module, name, outer)


def main() -> None:
    """Run both importers and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("-n", type=int, default=2000)
    options = parser.parse_args()
    shares = Shares()
    shares.watch(readers, "parse_page", "parse")
    shares.watch(hooks, "index_articles", "search: writing")
    shares.watch(intake, "entry_of", "search: analysis")
    shares.watch(hooks, "relate_subject", "related: writing")
    shares.watch(intake, "subject", "related: analysis")
    shares.watch(intake, "write_links", "links")
    shares.watch(intake, "key_of", "title keys")
    shares.watch(intake.Intake, "add", "intake with search, related and links")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        folder = options.folder or work / "pages"
        if options.folder is None:
            folder.mkdir()
            make_pages(folder, options.n)
        raw = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        floor = plain_sqlite(folder, work / "plain.db")
        db = connect(work / "store.db")
        began, cpu = time.perf_counter(), time.process_time()
        report = import_paths(db, [folder], now=int(time.time()))
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        db.close()
        count = report.new
        print(
            json.dumps(
                {
                    "articles": count,
                    "failed": len(report.failed),
                    "per_second": round(count / wall),
                    "per_cpu_second": round(count / cpu),
                    "sqlite3_per_second": round(count / floor),
                    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
                    "store_by_text": round((work / "store.db").stat().st_size / raw, 2),
                    "cpu_us": {part: round(spent / count * 1e6) for part, spent in shares.spent.items()},
                },
                ensure_ascii=False,
            )
        )


if __name__ == "__main__":
    main()
