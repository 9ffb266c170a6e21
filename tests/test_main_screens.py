"""The main screens cell by cell, in both languages, against files that were looked through line by line.

A file in ``tests/data/screens`` has a line for each row of the screen, as a person reads it: from the right where the
row has Arabic in it, with each letter in its plain form and what is Latin or a number put the right way round. Before the row
stands ``»`` where any of its cells is drawn reversed (the cursor, headings, the status line), and behind it ``|``.
The blanks at the end of a line are there: where a row begins is part of the picture.

With NEWSREADER_SCREENS=write the files are written anew, to be looked through again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from reader_harness import painted, reader, sent, settle
from seeds_harness import seeded

from tui import i18n
from tui.app import NewsReaderApp
from tui.screen_bytes import ScreenCell

FOLDER = Path(__file__).parent / "data" / "screens"
#: Size, and the keys that lead to a screen.
SCREENS = {
    "list": ((80, 24), ()),
    "article": ((80, 24), ("enter",)),
    "article-end": ((80, 24), ("enter", "G")),
    "both": ((120, 30), ("enter",)),
    "search": ((80, 24), ("/", *"شويغو", "enter")),
    "figures": ((80, 30), ("%",)),
    "tags": ((60, 12), ("t", *"+روسيا", "enter", "T")),
    "small": ((40, 8), ()),
    "count": ((80, 10), ("5",)),
}
_RTL = "\u0590-\u065f\u066a-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
#: What is written from the left: from its first to its last Latin letter or digit, with what is between in one part.
_FROM_LEFT = re.compile(f"[0-9A-Za-z٠-٩](?:(?:(?!  )[^{_RTL}·│])*[0-9A-Za-z٠-٩])?")


def plain(text: str) -> str:
    """A cell with its letter in the plain form."""
    return unicodedata.normalize("NFKC", text) if re.match(f"[{_RTL}]", text) else text


def read(cells: list[ScreenCell]) -> str:
    """A row as it is read."""
    texts = [text for text, _style in cells]
    if any(re.match(f"[{_RTL}]", text) for text in texts):
        row = "".join(plain(text) for text in reversed(texts))
        row = _FROM_LEFT.sub(lambda found: found[0][::-1], row)
    else:
        row = "".join(texts)
    # The sign of the open article points as the panes stand, which is no matter here.
    row = row.replace("◂", "▸")
    is_marked = any(style is not None and style.reverse for _text, style in cells)
    return ("»" if is_marked else " ") + row + "|"


def rows(app: NewsReaderApp) -> list[str]:
    """The screen as the terminal was told to show it."""
    return [read([cell for cell in app.memory.row(y) if cell is not None]) for y in range(app.size.height)]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_is_as_it_was_looked_through(name: str, language: str, tmp_path: Path) -> None:
    before = i18n.language()
    size, keys = SCREENS[name]
    with seeded(tmp_path) as store:
        app = reader(store)
        i18n.use(language)
        try:
            async with app.run_test(size=size) as pilot:
                await settle(pilot)
                for key in keys:
                    await pilot.press(key)
                    await settle(pilot, lambda: sent(app) == painted(app))
                if name == "figures":
                    await settle(pilot, lambda: bool(app.screen.query_one("FigureMenu").rows))  # type: ignore[attr-defined]
                # Told, then gone: what is looked at is what stays.
                for status in app.screen.query("StatusLine"):
                    status.forget()  # type: ignore[attr-defined]
                await settle(pilot, lambda: sent(app) == painted(app))
                found = rows(app)
        finally:
            i18n.use(before)
    path = FOLDER / f"{name}-{language}.txt"
    if os.environ.get("NEWSREADER_SCREENS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
    # What has changed on purpose is written anew with NEWSREADER_SCREENS=write, and looked through.
    assert found == path.read_text(encoding="utf-8").splitlines()
