"""The lines of the seeds on the screen, cell by cell, against libfribidi (tests/data/layout_make.py)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from reader_harness import line_of, main_screen, reader, settle
from seeds_harness import NEWEST_FIRST, seeded

from store import Store

DATA = Path(__file__).parent / "data"
#: Cells at each side of the text at 80 columns.
MARGIN = 2
#: A letter that never joins: its isolated form (ours) and the letter itself (fribidi's) look the same.
HAMZA = ("\ufe80", "\u0621")


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Store]:
    with seeded(tmp_path) as store:
        yield store


@pytest.fixture(scope="module")
def expected() -> dict[str, list[str]]:
    """The body lines of each article, by its headline."""
    found: dict[str, list[str]] = json.loads((DATA / "layout_fribidi.json").read_text(encoding="utf-8"))
    return found


async def test_body_lines_are_those_of_fribidi(
    seeds: Store, arabic: None, expected: dict[str, list[str]]
) -> None:
    app = reader(seeds)
    # High enough for a whole article at once.
    async with app.run_test(size=(80, 200)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("enter")
        compared = 0
        for article_id in NEWEST_FIRST:
            await settle(
                pilot, lambda wanted=article_id: screen.article is not None and screen.article.id == wanted
            )
            assert screen.article is not None
            wanted = expected[screen.article.title]
            body = [
                line_of(screen.view, y)
                for y in range(screen.view.page.total())
                if screen.view.page.place_of(y) is not None
            ]
            lines = [line for line in body if line.strip()]
            assert [line.strip().replace(*HAMZA) for line in lines] == wanted
            for line in lines:
                # Each begins at the right edge of the text, two cells from that of the pane.
                assert line.endswith(" " * MARGIN)
                assert line[-MARGIN - 1] != " "
            compared += len(lines)
            await pilot.press("]")
        assert compared == sum(map(len, expected.values()))
        assert compared > 150


def test_the_data_is_what_fribidi_says_today(expected: dict[str, list[str]]) -> None:
    sys.path.insert(0, str(DATA))
    try:
        import layout_make

        try:
            fribidi = layout_make.FriBidi()
        except OSError:
            pytest.skip("libfribidi is not installed")
        pages = [
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((DATA / "pages").glob("seed_*.json"))
        ]
        for article in (article for page in pages for article in layout_make.articles(page)):
            lines = [line for paragraph in article["body"] for line in fribidi.lines(paragraph)]
            assert lines == expected[article["title"]]
    finally:
        sys.path.remove(str(DATA))


async def test_an_arabic_article_is_read_from_the_right_though_its_headline_begins_in_latin(
    tmp_path: Path,
) -> None:
    record = {"title": "NATO و BBC: خبر", "published": "2024-06-26T08:00:00Z", "body": ["متن قصير."]}
    source = tmp_path / "one.jsonl"
    source.write_text(json.dumps(record, ensure_ascii=False))
    with closing(Store(tmp_path / "store.db")) as store:
        store.import_paths([source])
        app = reader(store)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("enter")
            screen = main_screen(app)
            await settle(pilot, lambda: screen.is_article_in_front)
            rows = [line_of(screen.view, y) for y in range(8)]
    # خبر NATO و BBC: from the right, the full stop at the left end.
    assert any(row.endswith("BBC \ufeed NATO  ") for row in rows), rows
    assert any(row.endswith(" .\ufeae\ufef4\ufebc\ufed7 \ufee6\ufe98\ufee3  ") for row in rows), rows
