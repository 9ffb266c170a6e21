"""The installed program, given what is typed as one write: nothing of it is lost, and nothing goes to another place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from pty_harness import ALTERNATE, NEWSREADER, VTE, XTERM, Terminal, environment, run
from reader_harness import records

#: From the newest headline (number 39): a tag, two rows down a star; the second hit of a search is opened and tagged;
#: behind it in the list of hits a note is written; then the reader is left.
TYPED = "t+أول\rjj*/القدس\rj\rt+ثان\r]anotes: written\rqqq"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A HOME whose store holds forty articles."""
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records()), "utf-8")
    done = run(tmp_path, "import", str(source))
    assert done.returncode == 0, done.stderr
    return tmp_path


def found(home: Path, *query: str) -> list[str]:
    """The numbers in the headlines of what a query finds, newest first."""
    lines = run(home, "list", "--json", *query).stdout.splitlines()
    return [json.loads(line)["title"].split()[2] for line in lines]


@pytest.mark.parametrize("answers", [XTERM, VTE], ids=["xterm", "vte"])
@pytest.mark.parametrize("is_at_start", [False, True], ids=["in the list", "before the first picture"])
def test_a_burst_of_bytes(home: Path, answers: Mapping[str, str], is_at_start: bool) -> None:
    terminal = Terminal([NEWSREADER], environment(home), answers=answers)
    try:
        if is_at_start:
            terminal.until(lambda: ALTERNATE in terminal.written)
        else:
            terminal.until_shown("خبر رقم")
        terminal.press(TYPED)
        assert terminal.wait() == 0
    finally:
        terminal.close()
    assert found(home, "tag:أول") == ["39"]
    assert found(home, "is:starred") == ["37"]
    # The hits are 36, 32, 28 …
    assert found(home, "tag:ثان") == ["32"]
    assert found(home, "note:written") == ["28"]
