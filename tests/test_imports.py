"""What is loaded when: the store without the interface, scripts without Textual, a start without what comes later."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pty_harness import ROOT, environment
from seeds_harness import seeded

#: Prints, after the program has run, which of all modules were loaded.
PROBE = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
"""


def loaded(tmp_path: Path, program: str) -> set[str]:
    """The modules that were loaded once the program has run."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE + program],
        env={**environment(tmp_path), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stderr.splitlines()[-1])
    return set(found)


def roots(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def command(*arguments: str) -> str:
    return f"sys.argv = ['newsreader', *{list(arguments)!r}]\nfrom tui.entry import main\nmain()"


def test_the_store_knows_nothing_of_the_interface(tmp_path: Path) -> None:
    everything = """
import store, pkgutil, importlib
for name in store.__all__:
    getattr(store, name)
for module in pkgutil.walk_packages(store.__path__, "store."):
    importlib.import_module(module.name)
"""
    modules = loaded(tmp_path, everything)
    assert len([name for name in modules if name.startswith("store.")]) > 40
    assert roots(modules) & {"tui", "textual", "rich"} == set()


def test_naming_the_store_loads_nothing_of_it(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "import store")
    assert {name for name in modules if name.startswith("store")} == {"store"}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list"], ["search", "شويغو"], ["tags", "--json"], ["show", "1"]]
)
def test_scripts_do_not_wait_for_textual(tmp_path: Path, arguments: list[str]) -> None:
    with seeded(tmp_path) as store:
        path = store.path
    modules = loaded(tmp_path, command("--store", str(path), *arguments))
    assert roots(modules) & {"textual", "rich", "feedparser", "trafilatura", "lxml"} == set()


def test_an_ordinary_start_loads_no_schema_tool_and_no_query(tmp_path: Path) -> None:
    with seeded(tmp_path) as store:
        path = store.path
    modules = loaded(
        tmp_path,
        f"from pathlib import Path\nfrom store import Store\nprint(Store(Path({str(path)!r})).newest(200))",
    )
    assert "sqlite_utils" not in roots(modules)
    later = {"store.query", "store.ingest", "store.related", "store.search", "store.compare", "store.feeds"}
    assert modules & later == set()


def test_the_first_screen_loads_nothing_that_comes_later(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "import tui.app")
    later = {
        "tui.cli", "click", "sqlite_utils", "store.query", "store.ingest", "store.related", "store.compare",
        "tui.screens.menus", "tui.screens.related", "tui.screens.compare", "tui.screens.palette", "tui.export",
        "tui.widgets.prompt", "tomlkit", "feedparser", "trafilatura", "lxml",
    }  # fmt: skip
    assert modules & later == set()


#: Opens the reader where it was left deep in the list, lets its workers finish, and leaves it.
OPENED_AGAIN = """
import asyncio
from pathlib import Path
from store import Store
from tui.app import NewsReaderApp
from tui.config import Settings
from tui.screens import listing

# Fewer rows than there are articles: they are counted, and the rows around the place fetched.
listing.CHUNK = 3

async def open_again(store):
    store.remember("session", {"row": 1, "newest": 5})
    app = NewsReaderApp(store, Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        listed = app.screen_stack[0].list
        while not listed.cursor or any(not worker.is_finished for worker in app.workers):
            await pilot.pause(0.01)

asyncio.run(open_again(Store(Path(sys.argv[1]))))
"""


def test_a_reader_opened_again_loads_no_query_language(tmp_path: Path) -> None:
    with seeded(tmp_path) as store:
        path = store.path
    modules = loaded(tmp_path, f"sys.argv = ['', {str(path)!r}]\n{OPENED_AGAIN}")
    assert "tui.session" in modules
    assert modules & {"store.query", "store.arabic", "store.related", "store.ingest", "sqlite_utils"} == set()


def test_the_text_engine_is_pure(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "import tui.text")
    assert roots(modules) & {"store", "textual", "rich", "click", "sqlite3"} == set()
