"""The reader beside other programs in one run of a pty bench: start, keys, bytes, memory, as a table.

    python tests/benchmarks/beside_peers.py --ptybench ptybench.py --plan plan.json --store FILE [--store FILE …]

``ptybench.py`` runs the subjects of a plan in turns, each in a pty that answers as xterm does, and measures what comes
back after each key. The plan names the other programs; the reader joins it once for every store, with the same names
of steps. Each store is copied first: a run leaves marks of reading in it. Printed is for each step the median of
milliseconds to the last byte and of bytes, for the start from the command to the last byte of the first screen, and
the peak of resident memory.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NEWSREADER = str(Path(sys.executable).with_name("newsreader"))
#: Keys that do in the reader what steps of that name do in the others.
STEPS: Sequence[Mapping[str, Any]] = (
    {"name": "home", "keys": "g", "record": False},
    {"name": "next", "keys": "j", "repeat": 10, "each": True},
    {"name": "pgdn_list", "keys": " ", "repeat": 3},
    {"name": "top", "keys": "g", "record": False},
    {"name": "open_article", "keys": "<enter>"},
    {"name": "pgdn_article", "keys": " "},
    {"name": "next_article", "keys": "]", "repeat": 5},
    {"name": "back", "keys": "<right>"},
    {"name": "quit", "keys": "q", "quiet": 0.4},
)
SHOWN = ("next", "pgdn_list", "open_article", "pgdn_article", "next_article", "back", "quit")


def subject(name: str, store: Path, home: Path) -> dict[str, Any]:
    """The reader on a store, as the plan describes a program."""
    home.mkdir()
    return {
        "name": name,
        "cmd": [NEWSREADER, "--lang", "en", "--store", str(store)],
        "env": {"HOME": str(home)},
        # The status line is the last row of the first screen.
        "start": {"until": " of "},
        "steps": list(STEPS),
    }


def table(results: Mapping[str, Any]) -> str:
    """A line for each program: start, steps, memory."""
    lines = [f"{'':22} {'start':>9} " + " ".join(f"{name:>17}" for name in SHOWN) + f"{'peak MB':>9}"]
    for name, found in results.items():
        start, cells = found["start"], []
        for step in SHOWN:
            one = found["steps"].get(step)
            is_known = one is not None and one["last_ms"] is not None
            cells.append(f"{one['last_ms']:6.1f} ms {one['bytes']:6.0f} B" if is_known else "-")
        lines.append(
            f"{name:22} {start['last_ms']:6.0f} ms "
            + " ".join(f"{cell:>17}" for cell in cells)
            + f"{found['peak_rss_kb'] / 1024:9.1f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ptybench", type=Path, required=True)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--store", type=Path, action="append", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="one that has pyte, for the bench")
    options = parser.parse_args()
    plan = json.loads(options.plan.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for number, store in enumerate(options.store):
            copy = scratch / f"{number}.db"
            shutil.copy(store, copy)
            plan["subjects"].append(subject(f"newsreader {store.stem}", copy, scratch / f"home{number}"))
        whole, out = scratch / "plan.json", scratch / "out.json"
        whole.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        command = [options.python, str(options.ptybench), "--plan", str(whole), "--runs", str(options.runs)]
        subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
        print(table(json.loads(out.read_text(encoding="utf-8"))["summary"]))


if __name__ == "__main__":
    main()
