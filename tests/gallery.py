"""Pictures of the reader in every terminal and size, to be looked at one by one. Not a test; run it by hand.

    python tests/gallery.py --termshot termshot.py --out FOLDER

``termshot.py`` (or NEWSREADER_TERMSHOT) is a program that runs a command in a real terminal emulator
and takes pictures: ``--term T --cols N --rows N --keys K --font F --opt O --out PNG [--tmux|--screen] -- COMMAND``,
with ``shot:FILE`` among the keys. Terminals in a web page (``web``, ``web-gpu``) are shown by
``gallery_web.py`` and need ``--xterm-js``, a folder with the npm packages @xterm. ``--ways`` chooses
how the reader is reached: alone, in tmux, in screen, by ssh, by mosh, or ``all`` of them. Each run gets a store of its own.
Beside the pictures a sheet of each scene and size is made where ImageMagick is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gallery_ways import loopback, through

# Name of a terminal in the gallery: its name for termshot, and what else it is started with.
TERMINALS: dict[str, tuple[str, ...]] = {
    "xterm": ("xterm",),
    "urxvt": ("urxvt",),
    "vte": ("vte",),
    "konsole": ("konsole",),
    "mlterm": ("mlterm",),
    "kitty": ("kitty",),
    "kitty-ltr": ("kitty", "--opt=-o", "--opt=force_ltr=yes"),
    "kitty-latin-font": ("kitty", "--font=Noto Mono"),
    "alacritty": ("alacritty",),
    "foot": ("foot",),
    "pterm": ("pterm",),
    "web": (),
    "web-gpu": (),
}
WAYS = ("alone", "tmux", "screen", "ssh", "mosh")
# Those behind which another program has a harder time than alone.
BEHIND = ("xterm", "vte", "konsole", "mlterm", "kitty", "alacritty", "foot")
SIZES = ("80x24", "120x40")
ARTICLES = Path(__file__).parent / "data" / "gallery"
# Each scene begins where the one before ended: the list, an article (its two screens), the search typed
# with the cursor on the first letter of the Latin word, what could be meant, what was found.
SCENES = (
    ("list", ""),
    ("article", "Return,sleep:0.8"),
    ("page", "space,sleep:0.6"),
    ("typed", "Escape,sleep:0.4,slash,sleep:0.4,type:كوريا لا BBC,Right,Right,sleep:0.6"),
    ("choice", "ctrl+a,type:مصدر:,Tab,sleep:0.6"),
    ("found", "Escape,sleep:0.3,ctrl+a,type:لندن,Return,sleep:0.8"),
)


@dataclass(frozen=True)
class Run:
    """One terminal in one size, and the way from it to the reader."""

    terminal: str
    size: str
    way: str = "alone"

    @property
    def name(self) -> str:
        """The beginning of the names of its pictures."""
        return "-".join(part for part in (self.terminal, self.way, self.size) if part != "alone")


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
    if run.terminal.startswith("web"):
        web = Path(__file__).with_name("gallery_web.py")
        program = [str(web), "--xterm-js", str(options.xterm_js)]
        program += ["--gpu"] if run.terminal == "web-gpu" else []
    else:
        name, *extra = TERMINALS[run.terminal]
        program = [options.termshot, "--term", name, *extra]
    return [
        sys.executable,
        *program,
        *("--cols", columns, "--rows", rows),
        *("--keys", ",".join([*keys, last_keys]).strip(",") or "sleep:0"),
        *("--wait", str(options.wait)),
        *("--out", str(picture(run, last, folder))),
        *([f"--{run.way}"] if run.way in ("tmux", "screen") else []),
        "--",
        *through(run.way, options.command, [f"NEWSREADER_STORE={store}", *options.env], options.ssh),
    ]


def shoot(runs: Iterable[Run], options: argparse.Namespace) -> list[Run]:
    """Take the pictures of every run; the runs that failed."""
    scenes = [scene for scene in SCENES if not options.scenes or scene[0] in options.scenes]
    failed = []
    for run in runs:
        with tempfile.TemporaryDirectory(prefix="gallery.") as scratch:
            command = command_line(run, scenes, options.out, Path(scratch, "store.db"), options)
            try:
                status = subprocess.run(command, check=False, timeout=240).returncode
            except subprocess.TimeoutExpired:
                status = -1
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
        Run(terminal, size, way)
        for size, way, terminal in itertools.product(options.sizes, options.ways, options.terminals)
        if way == "alone" or terminal in BEHIND
    ]


def arguments() -> argparse.Namespace:
    """What was asked for."""
    words = {"type": lambda text: [word for word in text.split(",") if word]}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--termshot", default=os.environ.get("NEWSREADER_TERMSHOT", ""))
    parser.add_argument("--xterm-js", type=Path, default=None, metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--terminals", default=[], **words)
    parser.add_argument("--sizes", default=list(SIZES), **words)
    parser.add_argument("--ways", default=["alone"], **words)
    parser.add_argument("--scenes", default=[], **words)
    parser.add_argument("--wait", type=float, default=4.0, help="seconds from the window to the first key")
    parser.add_argument("--env", action="append", default=[], metavar="K=V")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.command = options.command[1:] if options.command[:1] == ["--"] else options.command
    options.command = options.command or [str(Path(sys.executable).with_name("newsreader")), str(ARTICLES)]
    known = [name for name in TERMINALS if options.xterm_js or not name.startswith("web")]
    options.terminals = options.terminals or known
    options.ways = list(WAYS) if options.ways == ["all"] else options.ways
    if not os.path.isfile(options.termshot):
        parser.error("--termshot (or NEWSREADER_TERMSHOT) names no file")
    if unknown := [name for name in options.terminals if name not in known]:
        parser.error(f"no such terminal here: {', '.join(unknown)}")
    if unknown := [name for name in options.ways if name not in WAYS]:
        parser.error(f"no such way: {', '.join(unknown)}")
    return options


def main() -> int:
    """Take all pictures; 1 if any is missing."""
    options = arguments()
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    runs = planned(options)
    with contextlib.ExitStack() as stack:
        options.ssh = ""
        if {"ssh", "mosh"} & set(options.ways):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gallery-ssh.")))
            options.ssh = stack.enter_context(loopback(folder))
        failed = shoot(runs, options)
    sheets(runs, options.out)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
