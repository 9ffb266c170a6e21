"""Pictures of a command in every terminal and size, to be looked at one by one. Not a test; run it by hand.

    python tests/gallery.py --termshot termshot.py --out FOLDER -- newsreader seeds/

``termshot.py`` (or NEWSREADER_TERMSHOT) is a program that runs a command in a real terminal emulator
and takes pictures: ``--term T --cols N --rows N --keys K --env K=V --out PNG [--tmux|--screen] -- COMMAND``,
with ``shot:FILE`` among the keys. Each run gets a store of its own. Beside the pictures a sheet
of each scene is made where ImageMagick is installed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

TERMINALS = ("xterm", "urxvt", "vte", "konsole", "mlterm", "kitty", "alacritty", "foot")
# Those behind which a multiplexer has a harder time than alone.
BEHIND = ("xterm", "vte", "konsole", "mlterm", "kitty", "alacritty")
SIZES = ("80x24", "120x40")
# Each scene begins where the one before ended: the list, an article, the search typed, what it found.
SCENES = (
    ("list", ""),
    ("article", "Return,sleep:0.6"),
    ("typed", "Escape,sleep:0.3,slash,sleep:0.3,type:كوريا لا BBC,Right,Right,sleep:0.5"),
    ("found", "ctrl+a,type:لندن,Return,sleep:0.8"),
)


@dataclass(frozen=True)
class Run:
    """One terminal in one size, alone or around a multiplexer."""

    terminal: str
    size: str
    multiplexer: str = ""

    @property
    def name(self) -> str:
        """The beginning of the names of its pictures."""
        return "-".join(part for part in (self.terminal, self.multiplexer, self.size) if part)


def picture(run: Run, scene: str, folder: Path) -> Path:
    """Where the picture of a scene goes."""
    return folder / f"{run.name}-{scene}.png"


def command_line(
    run: Run, scenes: Sequence[tuple[str, str]], folder: Path, store: Path, options: argparse.Namespace
) -> list[str]:
    """The command that takes all pictures of one run."""
    *earlier, (last, last_keys) = scenes
    keys = [f"{keys},shot:{picture(run, scene, folder)}".lstrip(",") for scene, keys in earlier]
    columns, _, rows = run.size.partition("x")
    extra = [f"--{run.multiplexer}"] if run.multiplexer else []
    return [
        sys.executable,
        options.termshot,
        *("--term", run.terminal, "--cols", columns, "--rows", rows),
        *("--keys", ",".join([*keys, last_keys]).strip(",") or "sleep:0"),
        *("--wait", str(options.wait), "--env", f"NEWSREADER_STORE={store}"),
        *(item for pair in options.env for item in ("--env", pair)),
        *("--out", str(picture(run, last, folder))),
        *extra,
        "--",
        *options.command,
    ]


def shoot(runs: Iterable[Run], options: argparse.Namespace) -> list[Run]:
    """Take the pictures of every run; the runs that failed."""
    scenes = [scene for scene in SCENES if not options.scenes or scene[0] in options.scenes]
    failed = []
    for run in runs:
        with tempfile.TemporaryDirectory(prefix="gallery.") as scratch:
            command = command_line(run, scenes, options.out, Path(scratch, "store.db"), options)
            status = subprocess.run(command, check=False, timeout=180).returncode
        is_whole = all(picture(run, scene, options.out).exists() for scene, _ in scenes)
        print(f"{run.name}: {'ok' if status == 0 and is_whole else f'failed ({status})'}", flush=True)
        if status or not is_whole:
            failed.append(run)
    return failed


def sheets(runs: Sequence[Run], folder: Path) -> None:
    """One sheet for each scene and size, all terminals side by side."""
    if shutil.which("montage") is None:
        return
    for (scene, _keys), size in itertools.product(SCENES, SIZES):
        files = [picture(run, scene, folder) for run in runs if run.size == size]
        shown = [str(file) for file in files if file.exists()]
        if shown:
            sheet = str(folder / f"sheet-{size}-{scene}.png")
            subprocess.run(["montage", *shown, "-tile", "2x", "-geometry", "+6+6", sheet], check=False)


def planned(options: argparse.Namespace) -> list[Run]:
    """Every wanted combination that makes sense."""
    return [
        Run(terminal, size, multiplexer)
        for size, multiplexer, terminal in itertools.product(
            options.sizes, options.multiplexers, options.terminals
        )
        if not multiplexer or terminal in BEHIND
    ]


def arguments() -> argparse.Namespace:
    """What was asked for."""
    words = {"type": lambda text: [word for word in text.split(",") if word]}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--termshot", default=os.environ.get("NEWSREADER_TERMSHOT", ""))
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--terminals", default=list(TERMINALS), **words)
    parser.add_argument("--sizes", default=list(SIZES), **words)
    parser.add_argument(
        "--multiplexers",
        default=[""],
        type=lambda text: ["" if word == "none" else word for word in text.split(",")],
    )
    parser.add_argument("--scenes", default=[], **words)
    parser.add_argument("--wait", type=float, default=3.0, help="seconds from the window to the first key")
    parser.add_argument("--env", action="append", default=[], metavar="K=V")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not options.command:
        parser.error("no command")
    if not os.path.isfile(options.termshot):
        parser.error("--termshot (or NEWSREADER_TERMSHOT) names no file")
    return options


def main() -> int:
    """Take all pictures; 1 if any is missing."""
    options = arguments()
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    runs = planned(options)
    failed = shoot(runs, options)
    sheets(runs, options.out)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
