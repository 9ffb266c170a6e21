"""The main job end to end: the installed command in a pty, on the seeds, with an empty HOME."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from pty_harness import (
    ALTERNATE,
    CURSOR,
    LEFT,
    NEWSREADER,
    ROOT,
    VTE,
    XTERM,
    Terminal,
    environment,
    run,
)

#: Headlines of the seeds as the pages have them, and first words of a lead whose page has no headline.
NEWEST = "زيارة أسبوع.. كوريا الشمالية تخرج من حالة العزلة بدعم روسي"
EMBEDDED = "مصدر عسكري أوكراني: روسيا أطلقت صاروخا على كييف صنع في كوريا الشمالية"
OLDEST = "ترمب يثير الجدل بشأن استعادة قناة بنما"
# Yellow, as pyte calls it.
HIT = "brown"
STATUS_ROW = 23


@contextmanager
def reading(
    home: Path,
    *arguments: str,
    answers: Mapping[str, str] = XTERM,
    size: tuple[int, int] = (80, 24),
    **more: str,
) -> Iterator[Terminal]:
    """The reader in a terminal; ended with the test."""
    terminal = Terminal([NEWSREADER, *arguments], environment(home, **more), size=size, answers=answers)
    try:
        yield terminal
    finally:
        terminal.close()


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HOME whose store holds the seeds."""
    home = tmp_path_factory.mktemp("imported")
    done = run(home, "import", "seeds/")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(imported: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    store = Path(".local/share/newsreader/newsreader.db")
    (tmp_path / store).parent.mkdir(parents=True)
    (tmp_path / store).write_bytes((imported / store).read_bytes())
    return tmp_path


def listed(home: Path, *query: str) -> list[dict[str, object]]:
    """What ``newsreader list --json`` tells."""
    return [json.loads(line) for line in run(home, "list", "--json", *query).stdout.splitlines()]


def marked(terminal: Terminal) -> list[str]:
    """The words of an article that are marked: in colour, the one where the reader stands turned around."""
    rows = (
        "".join(cell.data for cell in reversed(terminal.cells(y)) if cell.reverse or cell.bg == HIT)
        for y in range(STATUS_ROW)
    )
    return [unicodedata.normalize("NFKC", row) for row in rows if row]


def test_the_main_job(tmp_path: Path) -> None:
    with reading(tmp_path, "seeds/") as terminal:
        terminal.until(lambda: terminal.row_of(NEWEST) == 0 and terminal.shows(EMBEDDED, OLDEST))
        # The five pages and the four articles found on them.
        terminal.until_shown("٩ مقالات جديدة")

        terminal.press("\r")
        terminal.until_shown(NEWEST, "يقوم الزعيم الكوري الشمالي كيم جونج أون برحلة إلى روسيا")
        terminal.press(" ")
        terminal.until(
            lambda: terminal.shows("وتشعر الولايات المتحدة وحلفاؤها بالقلق") and not terminal.shows(NEWEST)
        )

        terminal.press("1")
        terminal.until_shown(EMBEDDED, "عرضت قناة القاهرة الإخبارية خبرا عاجلا")
        terminal.press("\x7f")
        # Back where one was reading, not at the beginning of the page.
        terminal.until(
            lambda: (
                terminal.shows("وتشعر الولايات المتحدة وحلفاؤها بالقلق")
                and not terminal.shows("عرضت قناة القاهرة الإخبارية خبرا عاجلا")
            )
        )

        terminal.press("/")
        terminal.until_shown("بحث")
        terminal.press("شويغو\r")
        # Three pages name him, in two spellings; newest first.
        terminal.until_shown("شويغو · ١ من ٣")
        assert terminal.row_of(NEWEST) == 0
        assert sum("سبتمبر" in row for row in terminal.rows()) == 3
        terminal.press("j\r")
        terminal.until(lambda: marked(terminal) == ["شويغو"])

        terminal.press("t")
        terminal.until_shown("وسم")
        terminal.press("+كوريا\r")
        # What was done, not what stands in the field: what is typed before that is gone goes with it.
        terminal.until(lambda: "+كوريا" in (told := terminal.rows()[STATUS_ROW]) and "وسم" not in told)
        terminal.press("q")
        terminal.until(lambda: terminal.row_of(NEWEST) == 0)
        terminal.press("qq")
        assert terminal.wait() == 0

    assert run(tmp_path, "tags").stdout == "1\t0\tكوريا\n"
    found = run(tmp_path, "search", "--json", "tag:كوريا").stdout.splitlines()
    assert [json.loads(line)["tags"] for line in found] == [["كوريا"]]
    rows = listed(tmp_path)
    assert len(rows) == 9
    assert [row["title"] for row in rows if "كوريا" in row["tags"]] == [json.loads(found[0])["title"]]
    # Opened articles are read, all others are not.
    assert [row["unread"] for row in rows].count(False) == 3
    again = run(tmp_path, "import", "--json", "seeds/")
    told = json.loads(again.stdout)
    assert {name: told[name] for name in ("new", "known", "changed")} == {"new": 0, "known": 9, "changed": 0}


QUIT = "q"
QUIT_NOW = "\x11"
#: A reader with a fault in it: what a key does fails.
FAULTY = """
from tui.entry import main
from tui.screens.main import MainScreen
def fail(self):
    raise ZeroDivisionError("a fault")
MainScreen.action_tags = fail
main()
"""


@pytest.mark.parametrize(
    ("way_out", "status"),
    [
        (QUIT, 0),
        (QUIT_NOW, 0),
        (signal.SIGTERM, -signal.SIGTERM),
        (signal.SIGHUP, -signal.SIGHUP),
        ("T", 1),
    ],
    ids=["q", "ctrl+q", "SIGTERM", "SIGHUP", "a fault"],
)
def test_the_terminal_is_given_back(home: Path, way_out: str | int, status: int) -> None:
    terminal = Terminal([sys.executable, "-c", FAULTY], environment(home), answers=VTE)
    try:
        terminal.until_shown(NEWEST)
        assert not terminal.echoes()
        if isinstance(way_out, str):
            terminal.press(way_out)
        else:
            terminal.signal(way_out)
        assert terminal.wait() == status
        before, _, inside = terminal.written.partition(ALTERNATE)
        assert before.count("\x1b[8l") == 1
        after = inside.rpartition(LEFT)[2]
        assert after
        assert CURSOR in after
        # The terminal's own ordering of letters is on again; mouse and paste reports are off.
        assert after.count("\x1b[8h") == 1
        assert inside.rindex("\x1b[?1000l") > inside.rindex("\x1b[?1000h")
        assert inside.rindex("\x1b[?2004l") > inside.rindex("\x1b[?2004h")
        assert terminal.echoes()
    finally:
        terminal.close()


def test_what_another_process_tags_is_seen(home: Path) -> None:
    with reading(home) as terminal:
        terminal.until_shown(NEWEST)
        assert run(home, "tag", "3", "+عاجل").returncode == 0
        terminal.until_shown("صدى البلد", "#عاجل")
        terminal.press("\r")
        terminal.until_shown("يقوم الزعيم الكوري الشمالي", "#عاجل")
        assert run(home, "tag", "3", "-عاجل", "+أرشيف").returncode == 0
        terminal.until(lambda: terminal.shows("#أرشيف") and not terminal.shows("#عاجل"))


def test_a_star_survives_kill(home: Path) -> None:
    with reading(home) as terminal:
        terminal.until_shown(NEWEST)
        terminal.press("j*")
        terminal.until_shown("★")
        terminal.signal(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
    assert [row["id"] for row in listed(home, "is:starred")] == [4]


def test_the_smallest_terminal_is_coped_with(home: Path) -> None:
    with reading(home, size=(20, 5)) as terminal:
        terminal.until_shown("زيارة أسبوع")
        terminal.press("\r")
        terminal.until_shown("تخرج من حالة")
        terminal.press("G")
        terminal.until_shown("صنع في", "كوريا الشمالية")
        terminal.press("qq")
        assert terminal.wait() == 0
        assert "Traceback" not in terminal.written


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_place_text_is_refused(home: Path, term: str) -> None:
    with reading(home, TERM=term) as terminal:
        assert terminal.wait() == 2
        assert "\x1b" not in terminal.written
        assert terminal.written.startswith("newsreader: ")
        assert "newsreader list" in terminal.written
        assert terminal.written.count("\n") == 1


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_without_a_terminal_there_is_one_line(home: Path, stream: str) -> None:
    master, slave = os.openpty()
    try:
        streams = {"stdin": slave, "stdout": slave} | {stream: subprocess.DEVNULL}
        done = subprocess.run(
            [NEWSREADER, "seeds/"], env=environment(home), cwd=ROOT, stderr=subprocess.PIPE, timeout=60, **streams
        )  # fmt: skip
    finally:
        os.close(slave)
        os.close(master)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "newsreader: the reader needs a terminal; for scripts there are list, search, show and export\n"
    )


def test_paths_that_hold_nothing_do_not_open_the_reader(tmp_path: Path) -> None:
    with reading(tmp_path, "nowhere/", "nothing.txt") as terminal:
        assert terminal.wait() == 1
        assert ALTERNATE not in terminal.written
        assert "nowhere" in terminal.written
        assert "nothing.txt" in terminal.written
    with reading(tmp_path, "nowhere/", "seeds/") as terminal:
        terminal.until_shown(NEWEST, "إخفاق واحد")
        assert "nowhere" in terminal.written.partition(ALTERNATE)[0]


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with reading(tmp_path, "--lang", "ar") as terminal:
        # A command is read from the left in an Arabic interface too.
        terminal.until_shown("لا مقالات بعد", "newsreader seeds/"[::-1])
        # Keys that would be about an article have none, and do no harm.
        terminal.press("\rjkgG *tur1]n\x1a")
        terminal.until_shown("لا شيء للتراجع عنه")
        terminal.press("q")
        assert terminal.wait() == 0
