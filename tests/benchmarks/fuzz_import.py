"""A fuzz run of the import: damaged pages, HTML, feeds, lists and archives, for as long as is asked.

    python tests/benchmarks/fuzz_import.py [SECONDS] [--seed N]

The golden files of the tests are cut, doubled, crossed with each other, put
into another encoding, packed, and strewn with what breaks parsers. Every
article that comes of it is sanitised, analysed and, of some, stored. Prints
one JSON object; the exit code is 1 where anything but a Failure came out, or
one input took more than ten seconds of CPU time (it is printed then).
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from store.database import connect
from store.errors import StoreError
from store.feeds import import_opml
from store.ingest.readers import read_bytes
from store.ingest.walk import Failure
from store.intake import add
from store.models import ParsedArticle
from store.preparation import prepare

_TESTS = Path(__file__).parent.parent
_SLOW = 10.0
_ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "cp1256", "iso8859-6", "utf-32", "utf-7")
_STREWN = (
    "\0", "\x1b[31m", "\u202e", "\u200b" * 50, "\ufeff", "\ud800", "<!ENTITY a SYSTEM 'file:///etc/passwd'>", "&a;",
    "<![CDATA[", "]]>", "<!--", "-->", "<p>" * 200, "{" * 200, "[" * 200, '"', "\\", "إقرأ أيضاً:", "المصدر:", "الوسوم",
    "كلمات دلالية:", "مقالات مشابهة", "تاريخ النشر: 99 أيلول 99999", "#" * 100, "•", "  • ", "ـ" * 100, "ً" * 100, "\r", "\x85",
    "\u2028", "&#x110000;", "&#0;", "%s", "../" * 20, "<script type='application/ld+json'>", "9" * 400, "ا" * 5000,
)  # fmt: skip


def corpus() -> list[bytes]:
    """The golden inputs, and the seeds."""
    files = [
        path
        for folder in ("pages", "html", "feeds", "opml")
        for path in sorted((_TESTS / "data" / folder).iterdir())
        if path.suffix != ".json" or folder == "feeds"
    ]
    return [path.read_bytes() for path in (*files, *sorted((_TESTS.parent / "seeds").glob("*.txt")))]


def damaged(data: bytes, other: bytes, choose: random.Random) -> bytes:
    """One input, damaged a few times."""
    for _ in range(choose.randrange(1, 6)):
        at, to = sorted((choose.randrange(len(data) + 1), choose.randrange(len(data) + 1)))
        kind = choose.randrange(8)
        if kind == 0:
            data = data[:at] + data[to:]
        elif kind == 1:
            data = data[:to] + data[at:to] * choose.randrange(1, 4) + data[to:]
        elif kind == 2:
            cut = choose.randrange(len(other) + 1)
            data = data[:at] + other[cut : cut + choose.randrange(4000)] + data[at:]
        elif kind == 3:
            data = (
                data[:at] + bytes(choose.randrange(256) for _ in range(choose.randrange(1, 20))) + data[at:]
            )
        elif kind == 4:
            encoding = choose.choice(_ENCODINGS)
            data = data.decode("utf-8", "replace").encode(encoding, "replace")
        elif kind == 5:
            data = data.replace(b"\n", choose.choice((b"", b"\r", b"\r\n", b"\n\n\n", b" ")))
        else:
            strewn = choose.choice(_STREWN).encode("utf-8", "surrogatepass")
            data = data[:at] + strewn * choose.choice((1, 1, 1, 200)) + data[at:]
        data = data[:400_000]
    pack = choose.randrange(12)
    return gzip.compress(data, 1) if pack == 0 else lzma.compress(data, preset=0) if pack == 1 else data


def inputs(choose: random.Random) -> Iterator[bytes]:
    """Damaged inputs without end."""
    known = corpus()
    while True:
        yield damaged(choose.choice(known), choose.choice(known), choose)


def main() -> None:
    """Run, count, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 32)
    counts: Counter[str] = Counter()
    slowest = 0.0
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        store = connect(Path(folder) / "store.db")
        for number, data in enumerate(inputs(random.Random(seed))):
            if time.monotonic() > end:
                break
            began = time.process_time()
            try:
                for found in read_bytes(data, "input", "input"):
                    counts["articles" if isinstance(found, ParsedArticle) else "failures"] += 1
                    if isinstance(found, Failure) and found.reason.startswith("cannot be read"):
                        # A fault that the import survives, but ours.
                        raise RuntimeError(found.reason)
                    if isinstance(found, ParsedArticle):
                        prepare(found)
                        if number % 10 == 0:
                            add(store, found, 1_700_000_000)
                try:
                    import_opml(store, data, 1_700_000_000)
                except StoreError:
                    counts["no lists"] += 1
            except Exception as error:
                counts["crashes"] += 1
                print(f"input {number} of seed {seed}: {type(error).__name__}: {error}", file=sys.stderr)
            took = time.process_time() - began
            slowest = max(slowest, took)
            counts["inputs"] += 1
            if took > _SLOW:
                counts["slow"] += 1
                print(f"input {number} of seed {seed}: {took:.1f} s", file=sys.stderr)
        is_whole = store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        store.close()
    told = {
        "seed": seed,
        "seconds": options.seconds,
        **counts,
        "slowest_s": round(slowest, 2),
        "whole": is_whole,
    }
    print(json.dumps(told))
    raise SystemExit(1 if counts["crashes"] or counts["slow"] or not is_whole else 0)


if __name__ == "__main__":
    main()
