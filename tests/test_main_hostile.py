"""What is in the store never reaches the terminal as a control, whoever wrote it there.

The import sanitises what it takes; here every text of the store is written by another program, with sequences that
would name the window, take the clipboard, move the cursor, turn the text round and flood it, and all that is sent to
the terminal is taken apart.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from pty_harness import NEWSREADER, VTE, XTERM, Terminal, environment, run

EVIL = (
    "\x1b]2;PWNED\x07\x1b]52;c;UFdORUQ=\x07\x1b[10;10H\x1b[2J\x1b[31m\x1bP+q544e\x1b\\\x1b[8h\x9b31m\x9d2;PWNED\x9c\x90x\x9c"
    "\x00\x07\x08\x0b\x0c\x0e\x0f\x7f\x85\u061c\u200b\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2028\u2029"
    "\ufeff\u2060\u00ad\ufff9\ufffb\U000e0001\U000e0041" + "\u200d" * 50 + "\u0301" * 60
)
MARK = "شر"
"""Stands at both ends of the evil text, so that what is shown of it is known."""

_SPOILING = (
    "UPDATE articles SET title = substr(title, 1, 20) || :evil || id",
    "UPDATE articles SET byline = :evil, dateline = :evil, origin = :evil, url = :evil || id",
    "UPDATE articles SET agency = :list, keywords = :list",
    "UPDATE links SET title = substr(title, 1, 20) || :evil",
    "UPDATE tags SET name = substr(name, 1, 20) || :evil || id",
    "UPDATE outlets SET name = substr(name, 1, 20) || :evil || id",
    "UPDATE keywords SET name = substr(name, 1, 20) || :evil || id",
    "UPDATE agencies SET name = substr(name, 1, 20) || :evil || id",
    "UPDATE bodies SET text = substr(text, 1, 40) || :evil || substr(text, 41)",
)
_SEQUENCES = re.compile(
    "\x1b\\[[0-9;]*[ABCDHJKLMPSTXmrdG]"  # places, erasing, styles, rows that move
    "|\x1b\\[\\?(?:1|7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048|2027)(?:[hl]|\\$p)"
    "|\x1b\\]22;[a-z-]*\x07"  # the shape of the pointer
    "|\x1b\\[[<>]?[0-9;]*[cuqt]|\x1b\\[8\\$p|\x1b\\[8[hl]|\x1b[78DM=>]"
)
_FORBIDDEN = re.compile(
    "[\x00-\x07\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_FLOOD = re.compile("[\u0300-\u036f]{9}")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HOME whose store holds the seeds with every text spoiled."""
    home = tmp_path_factory.mktemp("poisoned")
    done = run(home, "import", "seeds/")
    assert done.returncode == 0, done.stderr
    assert run(home, "tag", "1", "2", "+وسم").returncode == 0
    assert run(home, "saved", "add", "بحث", "كوريا").returncode == 0
    (file,) = home.rglob("newsreader.db")
    evil = MARK + EVIL + MARK
    connection = sqlite3.connect(file)
    with connection:
        for statement in _SPOILING:
            connection.execute(statement, {"evil": evil, "list": json.dumps([evil, "أ" + evil])})
    connection.close()
    return home


@pytest.fixture
def home(poisoned: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    copy = tmp_path / "home"
    shutil.copytree(poisoned, copy)
    return copy


def check(written: str, *, has_joiners: bool = False) -> None:
    """Nothing but the sequences of the reader itself, and no character that a terminal obeys.

    Logical text may have joiners, one at a place; what is laid out has none.
    """
    rest = _SEQUENCES.sub("", written)
    if has_joiners:
        rest = re.sub("[\u200c\u200d](?![\u200c\u200d])", "", rest)
    stray = rest.find("\x1b")
    assert stray < 0, repr(rest[max(0, stray - 40) : stray + 40])
    found = _FORBIDDEN.search(rest)
    assert found is None, repr(rest[max(0, found.start() - 40) : found.end() + 40]) if found else ""
    assert not _FLOOD.search(rest)


#: What goes to the clipboard (OSC 52).
_COPY = re.compile("\x1b\\]52;c;([A-Za-z0-9+/=]+)\x07")

# Keys, and a word that then stands in the first or the last row.
STEPS = (
    ("\r", "رجوع", -1),
    ("i", "التفاصيل", 0),
    ("\x1b", "رجوع   r", -1),
    ("r", "ذو صلة:", 0),
    ("\x1b", "رجوع   r", -1),
    ("\x1b", "فتح", -1),
    ("T", "الوسوم", 0),
    ("\x1b", "بحث", -1),
    ("v", "العروض", 0),
    ("\x1b", "بحث", -1),
    ("t", "أضف", -1),
    ("+\t", "PWNED"[::-1], -1),
    ("\x1b", "بحث", -1),
    ("/كور", "كور", -1),
    ("\x1b", "مساعدة", -1),
)


@pytest.mark.parametrize("answers", [XTERM, VTE], ids=["xterm", "VTE"])
def test_all_screens_of_a_poisoned_store(home: Path, answers: dict[str, str]) -> None:
    terminal = Terminal([NEWSREADER], environment(home), size=(100, 30), answers=answers)
    seen: set[str] = set()
    try:
        terminal.until_shown(MARK)
        for keys, word, y in STEPS:
            terminal.press(keys)
            terminal.until(lambda word=word, y=y: word in terminal.rows()[y])
            seen.update(terminal.rows())
        terminal.press("y")
        terminal.until(lambda: _COPY.search(terminal.written) is not None)
        terminal.press("qq")
        assert terminal.wait() == 0
    finally:
        terminal.close()
    assert sum(MARK in row for row in seen) > 20
    for data in _COPY.findall(terminal.written):
        check(base64.b64decode(data).decode(), has_joiners=True)
    check(_COPY.sub("", terminal.written))


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "1"),
        ("read", "1"),
        ("links", "1"),
        ("related", "1"),
        ("tags",),
        ("stats",),
        ("search", "كوريا"),
        ("story", "1"),
        ("stories",),
        ("list", "--visual"),
    ],
    ids=lambda words: "-".join(words),
)
def test_the_command_line_to_a_terminal(home: Path, arguments: tuple[str, ...]) -> None:
    terminal = Terminal([NEWSREADER, *arguments], environment(home, PAGER="cat"))
    try:
        assert terminal.wait() == 0
    finally:
        terminal.close()
    check(terminal.written, has_joiners=True)


@pytest.mark.parametrize(
    "name", ["\x1b]2;PWNED\x07.txt", "a\u202egpj.txt", "b\x9b31m\u2028c.txt"], ids=["osc", "rlo", "c1"]
)
def test_names_of_files_in_messages(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    terminal = Terminal([NEWSREADER, "import", str(tmp_path / name)], environment(tmp_path))
    try:
        assert terminal.wait() == 1
    finally:
        terminal.close()
    check(terminal.written)
