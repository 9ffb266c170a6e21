"""Nothing a shell, a disk or a file can do to the command line makes it fail in more than one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli_harness import Result, process, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import store.database
from store import Store
from tui.cli import cli
from tui.cli_support import MISTAKE

#: Every command, in a form that does its work; {file} and {out} are paths.
COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "list --json": ("list", "--json", "is:unread"),
    "list --visual": ("list", "--visual", "--width", "30"),
    "list --count": ("list", "--count"),
    "search": ("search", "خبر"),
    "show": ("show", "1"),
    "show --json": ("show", "1", "2", "--json"),
    "show --visual": ("show", "1", "--visual"),
    "read": ("read", "1"),
    "read --visual": ("read", "1", "--visual"),
    "links": ("links", "1"),
    "related": ("related", "1"),
    "related --json": ("related", "1", "--json"),
    "story": ("story", "1"),
    "story --json": ("story", "1", "--json"),
    "stories": ("stories", "--since", "2001"),
    "stories --json": ("stories", "--json"),
    "follow": ("follow", "1", "--tag", "x"),
    "followed": ("followed",),
    "unfollow": ("unfollow", "1"),
    "tag": ("tag", "1", "+وسم"),
    "tag --query": ("tag", "--query", "خبر", "--yes", "+وسم"),
    "note": ("note", "1", "--passage", "فقرة", "ملاحظة"),
    "notes": ("notes", "--json"),
    "notes --markdown": ("notes", "--markdown"),
    "tags": ("tags",),
    "tags rename": ("tags", "rename", "أول", "ثان"),
    "tags delete": ("tags", "delete", "أول", "--yes"),
    "star": ("star", "1"),
    "mark": ("mark", "--query", "خبر", "--yes", "--json"),
    "delete": ("delete", "3", "--yes"),
    "restore": ("restore", "--json"),
    "history": ("history", "--json"),
    "import": ("import", "{file}"),
    "import -": ("import", "-", "--json"),
    "export": ("export",),
    "export epub": ("export", "--format", "epub", "-o", "{out}"),
    "export html": ("export", "خبر", "--format", "html"),
    "export opml": ("export", "--format", "opml"),
    "feed add": ("feed", "add", "--as-is", "https://example.org/feed"),
    "feed remove": ("feed", "remove", "https://example.org/feed"),
    "feed list": ("feed", "list", "--json"),
    "feed refresh": ("feed", "refresh", "--quiet"),
    "feed import": ("feed", "import", "{file}"),
    "feed export": ("feed", "export"),
    "saved add": ("saved", "add", "اسم", "is:unread", "--tag", "وسم"),
    "saved list": ("saved", "list"),
    "saved run": ("saved", "run", "اسم"),
    "saved apply": ("saved", "apply", "--dry-run"),
    "saved remove": ("saved", "remove", "اسم"),
    "saved export": ("saved", "export"),
    "saved import": ("saved", "import", "{file}"),
    "stats": ("stats",),
    "stats --json": ("stats", "--json", "--by", "day"),
    "reindex": ("reindex", "--related"),
    "backup": ("backup", "{out}"),
    "doctor": ("doctor",),
    "doctor --json": ("doctor", "--json"),
    "config show": ("config", "show"),
    "config path": ("config", "path"),
    "config validate": ("config", "validate"),
    "completion": ("completion", "fish"),
    "man": ("man",),
    "": (),
    "a path": ("{file}",),
}
#: The commands that never look at the store.
STORELESS = {"config show", "config path", "config validate", "completion", "man", "", "a path"}
CODES = {0, 1, 2, 3, 130}


@pytest.fixture
def copy(archive: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.db"
    shutil.copy(archive, path)
    return path


def filled(
    words: tuple[str, ...], folder: Path, content: bytes = b"\0\x01\xff\xfe binary \x1b[31m" * 50
) -> list[str]:
    file = folder / "binary.bin"
    file.write_bytes(content)
    out = folder / "out.bin"
    out.unlink(missing_ok=True)
    return [word.format(file=file, out=out) for word in words]


def assert_in_order(result: Result, name: str, *, is_damaged: bool = False) -> None:
    """It ended by an exit code, and what went wrong is said in lines, not in a traceback."""
    assert result.error is None, f"{name}: {result.error!r}"
    assert result.code in CODES, f"{name}: {result.code}"
    assert "Traceback" not in result.err + result.out, name
    assert is_damaged or MISTAKE not in result.err, result.err
    if result.code:
        assert result.err.strip() or result.out.strip(), f"{name}: failed without a word"


def test_the_table_names_every_command() -> None:
    """All but those of related items, which have tests of their own."""
    known = {word for words in COMMANDS.values() for word in words[:1]}
    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    ours = {
        name
        for name, command in commands.items()
        if command is not None and "related" not in getattr(command.callback, "__module__", "")
    }
    assert ours <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_ends_in_order(name: str, copy: Path, tmp_path: Path) -> None:
    assert_in_order(run(*filled(COMMANDS[name], tmp_path), store=copy, stdin=b"\xff\x00"), name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_is_no_database(name: str, tmp_path: Path) -> None:
    path = tmp_path / "no.db"
    path.write_bytes(b"This is no database, only text. " * 200)
    before = path.read_bytes()
    result = run(*filled(COMMANDS[name], tmp_path), store=path)
    assert_in_order(result, name)
    if name not in STORELESS and not name.startswith("doctor"):
        assert result.code == 3, result.err
        assert str(path) in result.err
    assert path.read_bytes() == before


def damaged(path: Path, kind: str) -> None:
    """Make of a sound store one of that kind."""
    if kind == "newer":
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 9999")
    elif kind == "foreign":
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t(x)")
    elif kind == "garbled":
        data = bytearray(path.read_bytes())
        data[8192:] = b"\xa5" * (len(data) - 8192)
        path.write_bytes(data)
    elif kind == "cut":
        path.write_bytes(path.read_bytes()[:20_000])
    elif kind == "folder":
        path.unlink()
        path.mkdir()
    elif kind == "without a table":
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE article_tags")
    elif kind == "odd values":
        with sqlite3.connect(path) as connection:
            connection.execute(
                "UPDATE articles SET published = 99999999999999, keywords = 'no json', added = -9e18"
            )
            connection.execute("UPDATE bodies SET text = x'ff00fe'")


@pytest.mark.parametrize(
    "kind", ["newer", "foreign", "garbled", "cut", "folder", "without a table", "odd values"]
)
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in STORELESS and " --" not in name])
def test_stores_that_cannot_be_used(name: str, kind: str, copy: Path, tmp_path: Path) -> None:
    damaged(copy, kind)
    result = run(*filled(COMMANDS[name], tmp_path), store=copy)
    assert_in_order(result, f"{name} on a store that is {kind}", is_damaged=True)
    if kind in ("newer", "foreign", "folder") and not name.startswith("doctor"):
        assert result.code == 3, result.err


WRITING = ("tag", "tag --query", "star", "mark", "delete", "feed add", "saved add", "reindex")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in STORELESS])
def test_a_store_that_can_only_be_read(
    name: str, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.database, "_is_writable", lambda path: False)
    before = copy.read_bytes()
    result = run(*filled(COMMANDS[name], tmp_path), store=copy)
    assert_in_order(result, name)
    if name in WRITING:
        assert result.code == 1
        assert "can only be read" in result.err
    if name in ("list", "search", "show", "read", "export", "stats", "tags", "backup", "doctor"):
        assert result.code == 0, result.err
    assert copy.read_bytes() == before


ODD = st.one_of(
    st.text(max_size=30),
    st.binary(max_size=20).map(os.fsdecode),
    st.sampled_from(
        ["-", "--", "-1", "0", "99999999999999999999999", "٣", "--limit", "\0", "is:", "(", '"', "+", "~nobody/x", "*", "../..", "-h", "http://[", "%s{0}", "\x1b[31m"]
    ),
)  # fmt: skip
READERS = [
    ("list",), ("search",), ("show",), ("read",), ("links",), ("related",), ("story",), ("stories",), ("follow",), ("followed",), ("unfollow",), ("tag",), ("tags",), ("tags", "rename"), ("tags", "delete"),
    ("star",), ("mark",), ("delete",), ("import", "--dry-run"), ("feed",), ("feed", "add"), ("feed", "remove"),
    ("saved", "add"), ("saved", "run"), ("saved", "remove"), ("saved", "import"), ("stats",), ("config", "set"), ("completion",), ("export", "--format"),
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(READERS), st.lists(ODD, max_size=4))
def test_any_arguments(copy: Path, words: tuple[str, ...], odd: list[str]) -> None:
    # A NUL cannot come from a shell, and paths typed here must stay inside the test's folder.
    arguments = [word.replace("\0", "\x01").replace("/", "|") for word in odd]
    if words[0] in ("import", "export") or words == ("config", "set") or words == ("saved", "import"):
        arguments = [word for word in arguments if not word.startswith(("-o", "--o"))]
    result = run(*words, *arguments, store=copy, NEWSREADER_CONFIG=str(copy.parent / "config.toml"))
    assert_in_order(result, f"{words} {arguments}")


@pytest.fixture(scope="module")
def shared(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("process") / "store.db"
    shutil.copy(archive, path)
    return path


def test_a_pipe_whose_reader_left_is_no_failure(shared: Path) -> None:
    for words in (["list", "--all"], ["export"], ["man"], ["show", *map(str, range(1, 41))]):
        command = [sys.executable, "-c", "from tui.entry import main; main()", *words]
        env = {"NEWSREADER_STORE": str(shared), "PATH": os.environ["PATH"], "HOME": str(shared.parent)}
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as target:
            done = subprocess.run(
                command, env=env, stdout=target, stderr=subprocess.PIPE, timeout=60, check=False
            )
        assert done.returncode in (0, 1), (words, done.stderr)
        assert done.stderr == b"", words


def test_a_full_disk_is_one_line(shared: Path) -> None:
    for words in (("list",), ("export",), ("export", "--format", "epub"), ("man",), ("stats", "--json")):
        with open("/dev/full", "wb") as full:
            done = process(*words, store=shared, stdout=full)
        assert done.returncode == 1, (words, done.stderr)
        assert done.stderr.count(b"\n") == 1, (words, done.stderr)
        assert b"No space left" in done.stderr


def test_closed_streams_are_one_line(shared: Path) -> None:
    for words in (
        "list",
        "import -",
        "export",
        "feed import -",
        "saved import -",
        "doctor",
        "tags",
        "--help",
        "read 1",
    ):
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            done = subprocess.run(
                [
                    "sh",
                    "-c",
                    f'exec "$0" -c "from tui.entry import main; main()" {words} {closed}',
                    sys.executable,
                ],
                env={"NEWSREADER_STORE": str(shared), "HOME": str(shared.parent), "PATH": os.environ["PATH"]},
                capture_output=True,
                timeout=60,
                check=False,
            )
            assert done.returncode in CODES, (words, closed, done.stderr)
            assert b"Traceback" not in done.stderr, (words, closed, done.stderr)
            assert b"Exception ignored" not in done.stderr, (words, closed, done.stderr)


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_output_is_utf_8_in_every_locale(env: dict[str, str], shared: Path) -> None:
    for words in (("show", "1"), ("list", "--json"), ("search", "زيتون"), ("man",)):
        done = process(*words, store=shared, env=env)
        assert done.returncode == 0, done.stderr
        text = done.stdout.decode("utf-8")
        assert "?" * 3 not in text
        assert any("\u0621" <= char <= "\u064a" for char in text), (words, env)


def test_no_command_for_scripts_loads_textual(shared: Path) -> None:
    code = (
        "import sys; sys.argv[0] = 'newsreader'\n"
        "from tui.entry import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print([name for name in ('textual', 'trafilatura', 'feedparser') if name in sys.modules], file=sys.stderr)\n"
    )
    for words in (
        "--help",
        "list",
        "show 1",
        "tag 1 +a",
        "export",
        "stats",
        "config show",
        "feed list",
        "read 1",
        "doctor",
        "completion zsh",
        "man",
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words.split()],
            env={"NEWSREADER_STORE": str(shared), "HOME": str(shared.parent), "PATH": os.environ["PATH"]},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.stderr.decode().splitlines()[-1] == "[]", (words, done.stderr)


def test_two_processes_that_tag_at_once_lose_nothing(shared: Path) -> None:
    env = {"NEWSREADER_STORE": str(shared), "PATH": os.environ["PATH"], "HOME": str(shared.parent)}
    reader = Store(shared)
    reader.connection.execute("BEGIN")
    reader.connection.execute("SELECT count(*) FROM articles").fetchone()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, name], env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        for name in ("يمين", "يسار")
        for code in [
            "import sys\nfrom tui.cli import main\n"
            "name = sys.argv[1]\n"
            "for number in range(1, 31):\n"
            "    sys.argv = ['newsreader', 'tag', str(number), '+' + name, f'+{name}{number}']\n"
            "    try:\n        main()\n"
            "    except SystemExit as end:\n        assert not end.code, end.code\n"
        ]
    ]
    for each in running:
        _, err = each.communicate(timeout=60)
        assert each.returncode == 0, err
    reader.connection.execute("COMMIT")
    for number in range(1, 31):
        assert {"يمين", "يسار", f"يمين{number}", f"يسار{number}"} <= set(reader.article(number).tags)
    reader.close()
