"""Bad input from the command line: one clear line on stderr, the exit code that tells the kind, nothing lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_harness import LEFT, Terminal, environment, run
from seeds_harness import seeded

DONE, FAILED, USAGE, UNREADABLE = 0, 1, 2, 3


def told(done: subprocess.CompletedProcess[str], code: int) -> list[str]:
    """The lines of a failure, when it failed as it should."""
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    lines = done.stderr.splitlines()
    assert lines
    assert lines[0].startswith("newsreader: ")
    return lines


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store file with the seeds."""
    with seeded(tmp_path) as found:
        return found.path


def test_each_bad_path_has_its_line_and_the_rest_is_imported(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    # What root may read as well as others cannot be read either.
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (tmp_path / "nothing.txt").write_bytes(b"")
    bad = ["missing.txt", "empty", "pipe.txt", "loop", "picture.png", "nothing.txt"]
    done = run(tmp_path, "import", *(str(tmp_path / name) for name in bad), "seeds/", LANG="en_US.UTF-8")
    lines = told(done, FAILED)
    assert len(lines) == len(bad) + 1
    for name, line in zip(bad, lines, strict=False):
        assert str(tmp_path / name) in line
    assert lines[-1] == "9 new articles · 6 failed"
    assert len(run(tmp_path, "list").stdout.splitlines()) == 9


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("خبر")
    secret.chmod(0)
    lines = told(run(tmp_path, "import", str(secret), "seeds/"), FAILED)
    assert str(secret) in lines[0]
    assert len(run(tmp_path, "list").stdout.splitlines()) == 9


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a database at all", "not a database"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "not a database"),
    ],
    ids=["text", "header alone"],
)
def test_a_store_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    for arguments in (["list"], ["import", "seeds/"], ["tags"]):
        lines = told(run(tmp_path, "--store", str(path), *arguments), UNREADABLE)
        assert len(lines) == 1
        assert str(path) in lines[0]
        assert reason in lines[0]
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles(id INTEGER)")
    connection.close()
    before = path.read_bytes()
    lines = told(run(tmp_path, "--store", str(path), "import", "seeds/"), UNREADABLE)
    assert lines == [f"newsreader: {path}: a database, but not a newsreader store"]
    assert path.read_bytes() == before


def test_a_store_of_a_newer_version_is_left_as_it_is(tmp_path: Path, store: Path) -> None:
    connection = sqlite3.connect(store)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = store.read_bytes()
    for arguments in (["list"], ["tag", "1", "+أ"], ["import", "seeds/"]):
        lines = told(run(tmp_path, "--store", str(store), *arguments), UNREADABLE)
        assert len(lines) == 1
        assert "999" in lines[0]
        assert "newer" in lines[0]
    assert store.read_bytes() == before


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_store(tmp_path: Path, store: Path, share: float) -> None:
    content = store.read_bytes()
    store.write_bytes(content[: int(len(content) * share)])
    for arguments in (["list"], ["export"], ["search", "شويغو"], ["tag", "1", "+أ"], ["import", "seeds/"]):
        done = run(tmp_path, "--store", str(store), *arguments)
        lines = told(done, UNREADABLE)
        assert len(lines) == 1
        assert "malformed" in lines[0] or "not a database" in lines[0]


@pytest.fixture
def locked(tmp_path: Path, store: Path) -> Iterator[Path]:
    """The store in a folder where nothing may be written, whoever asks."""
    folder = tmp_path / "archive"
    folder.mkdir()
    path = Path(shutil.copy(store, folder / "store.db"))
    path.chmod(0o444)
    folder.chmod(0o555)
    chattr = shutil.which("chattr")
    is_held = os.access(path, os.W_OK) and chattr is not None
    if is_held:
        # Root may write in spite of modes, but not what is immutable.
        is_held = not subprocess.run(
            [str(chattr), "+i", path, folder], capture_output=True, check=False
        ).returncode
    try:
        if os.access(path, os.W_OK):
            pytest.skip("here everything can be written")
        yield path
    finally:
        if is_held:
            subprocess.run([str(chattr), "-i", path, folder], check=True)
        folder.chmod(0o755)


def test_a_store_in_a_place_that_cannot_be_written_is_read(tmp_path: Path, locked: Path) -> None:
    before = locked.read_bytes()
    assert len(run(tmp_path, "--store", str(locked), "list").stdout.splitlines()) == 9
    assert run(tmp_path, "--store", str(locked), "search", "شويغو").returncode == DONE
    for arguments in (["tag", "1", "+أ"], ["star", "1"], ["import", "seeds/"]):
        lines = told(run(tmp_path, "--store", str(locked), *arguments, LANG="en_US.UTF-8"), FAILED)
        assert any("can only be read" in line for line in lines)
    assert locked.read_bytes() == before


def test_a_store_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "store.db", tmp_path, Path("/proc/newsreader.db")):
        lines = told(run(tmp_path, "--store", str(path), "list"), UNREADABLE)
        assert len(lines) == 1
        assert str(path) in lines[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "sort:size"],
        ["search"],
        ["search", "(كوريا"],
        ["show", "seven"],
        ["tag", "+روسيا"],
        ["list", "--no-such-option"],
        ["import"],
        ["--lang", "fr", "list"],
        ["--set", "digits", "list"],
        ["--set", "digits=roman", "list"],
        ["--set", "digit=arabic", "list"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_a_matter_of_usage(tmp_path: Path, arguments: list[str]) -> None:
    assert len(told(run(tmp_path, *arguments), USAGE)) == 1


def test_what_is_not_there(tmp_path: Path, store: Path) -> None:
    for arguments in (["show", "99"], ["tag", "99", "+أ"], ["tag", "1", "99", "+أ"], ["star", "99"]):
        lines = told(run(tmp_path, "--store", str(store), *arguments), FAILED)
        assert len(lines) == 1
        assert "99" in lines[0]
    # One article that is not there, and none is tagged.
    assert run(tmp_path, "--store", str(store), "tags").stdout == ""


def test_a_config_that_cannot_be_used_names_its_place(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    for text, reason in (
        ("theme = 'blue'", "theme"),
        ("thme = 'night'", "did you mean theme"),
        ("theme = 5 5", "line 1"),
    ):
        config.write_text(text)
        lines = told(run(tmp_path, "list", NEWSREADER_CONFIG=str(config)), USAGE)
        assert len(lines) == 1
        assert str(config) in lines[0]
        assert reason in lines[0]


def test_output_that_nobody_reads_is_no_failure(tmp_path: Path, store: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" --store "$1" export | head -c 10 > /dev/null; "$0" --store "$1" list > /dev/full', *[
            str(word) for word in (Path(sys.executable).with_name("newsreader"), store)
        ]],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr
    assert done.returncode == FAILED


def test_a_misspelled_command_is_told_and_no_path_is_lost(tmp_path: Path) -> None:
    lines = told(run(tmp_path, "lst"), USAGE)
    assert lines == ["newsreader: lst: no command, and no file or folder here; did you mean list?"]


def test_settings_of_one_run(tmp_path: Path, store: Path) -> None:
    def first(*flags: str, **variables: str) -> str:
        done = run(tmp_path, "--store", str(store), "--lang", "ar", *flags, "config", "show", **variables)
        assert done.returncode == DONE, done.stderr
        return next(line for line in done.stdout.splitlines() if line.startswith(("digits", "slow"))) + next(
            line for line in done.stdout.splitlines() if line.startswith("slow")
        )

    assert first() == 'digits = "auto"  # defaultslow = false  # default'
    # A flag wins over the environment.
    told_all = first("--slow", "--set", "digits=western", NEWSREADER_DIGITS="arabic")
    assert told_all == 'digits = "western"  # command lineslow = true  # command line'


def test_a_defect_gives_the_terminal_back_and_one_line(tmp_path: Path, store: Path) -> None:
    code = (
        "def broken(*_): raise RuntimeError('nobody thought of this')\n"
        "from tui.screens.main import MainScreen\n"
        "MainScreen.action_details = broken\n"
        "import sys; sys.argv = ['newsreader']\n"
        "from tui.entry import main; main()\n"
    )
    env = environment(tmp_path, NEWSREADER_STORE=str(store), NEWSREADER_LANG="en")
    with contextlib.closing(Terminal([sys.executable, "-c", code], env)) as terminal:
        terminal.until_shown("زيارة أسبوع")
        terminal.press("i")
        assert terminal.wait() == FAILED
        rest = terminal.written.rpartition(LEFT)[2]
        assert "RuntimeError: nobody thought of this" in rest
        assert "Traceback" not in rest
        assert terminal.echoes()
    # The whole of it is kept where the line says.
    logs = list(tmp_path.rglob("errors.log"))
    assert len(logs) == 1
    assert str(logs[0]) in rest.replace("\r\n", "")
    assert "in broken" in logs[0].read_text()
