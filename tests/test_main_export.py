"""What ``newsreader export`` gives for the seeds, field by field, against pages read by hand (tests/data/pages)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pty_harness import run
from seeds_harness import (
    GUEST_000,
    GUEST_001,
    GUEST_003,
    GUEST_004,
    PAGE_000,
    PAGE_001,
    PAGE_002,
    PAGE_003,
    PAGE_004,
)

PAGES = Path(__file__).parent / "data" / "pages"

#: The day of each page: 001 states it; the others by their weekday words beside it and beside each other (003 tells on
#: a Tuesday of "yesterday, Monday" a week before the journey, 002 of Monday, 000 of Tuesday, 004 of Wednesday).
DAYS = {
    PAGE_000: ("2023-09-12", True),
    PAGE_001: ("2023-09-17", False),
    PAGE_002: ("2023-09-11", True),
    PAGE_003: ("2023-09-05", True),
    PAGE_004: ("2023-09-13", True),
}
#: Where the numbered links of a page lead: only to what is in the archive, under the very same headline.
TARGETS = {
    PAGE_000: {0: GUEST_000, 1: GUEST_000},
    PAGE_001: {0: GUEST_001},
    PAGE_003: {0: GUEST_003, 6: GUEST_003},
    PAGE_004: {0: GUEST_004, 3: GUEST_004},
}
HOSTS = {GUEST_000: PAGE_000, GUEST_001: PAGE_001, GUEST_003: PAGE_003, GUEST_004: PAGE_004}
SAME = (
    "title", "title_is_derived", "outlet", "agency", "byline", "dateline", "keywords", "keywords_are_segmented", "body",
)  # fmt: skip


def flattened(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A golden page, then the articles found on it: the order of arrival."""
    yield page
    for inner in page["embedded"]:
        yield from flattened(inner)


@pytest.fixture(scope="module")
def golden() -> dict[int, dict[str, Any]]:
    pages = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(PAGES.glob("seed_*.json")))
    return dict(enumerate((article for page in pages for article in flattened(page)), 1))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    home = tmp_path_factory.mktemp("home")
    assert run(home, "import", "seeds/").returncode == 0
    done = run(home, "export", "--format", "jsonl")
    assert done.returncode == 0
    assert done.stderr == ""
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    return {article["id"]: article for article in articles}


def test_nine_articles(exported: dict[int, dict[str, Any]], golden: dict[int, dict[str, Any]]) -> None:
    assert list(exported) == list(golden) == list(range(1, 10))


@pytest.mark.parametrize("field", SAME)
def test_as_read_by_hand(exported: dict[int, Any], golden: dict[int, Any], field: str) -> None:
    assert {number: article[field] for number, article in exported.items()} == {
        number: article[field] for number, article in golden.items()
    }


def test_links_with_their_targets(exported: dict[int, Any], golden: dict[int, Any]) -> None:
    for number, page in golden.items():
        resolved = TARGETS.get(number, {})
        assert exported[number]["links"] == [
            {**link, "target": resolved.get(index)} for index, link in enumerate(page["links"])
        ]


def test_guests_and_hosts_know_each_other(exported: dict[int, Any]) -> None:
    assert {number: article["embedded_in"] for number, article in exported.items()} == {
        number: HOSTS.get(number) for number in exported
    }
    assert {number: article["linked_from"] for number, article in exported.items()} == {
        number: [HOSTS[number]] if number in HOSTS else [] for number in exported
    }


def test_dates_stated_and_inferred(exported: dict[int, Any]) -> None:
    found = {
        number: (article["published"], article["published_is_inferred"])
        for number, article in exported.items()
    }
    # A guest lends its host no date and gets none from it.
    assert found == {number: DAYS.get(number, (None, False)) for number in exported}
    assert {article["published_precision"] for number, article in exported.items() if number in DAYS} == {
        "day"
    }


def test_status_and_origin(exported: dict[int, Any]) -> None:
    for article in exported.values():
        assert (article["unread"], article["starred"], article["tags"], article["revisions"]) == (
            True,
            False,
            [],
            0,
        )
        assert article["url"] is None
        assert article["added"].endswith("Z")
    names = [Path(article["origin"]).name[:3] for article in exported.values()]
    assert names == ["000", "000", "001", "001", "002", "003", "003", "004", "004"]


def test_three_outlets_report_one_event(exported: dict[int, Any]) -> None:
    # The journey to Russia: announced, begun, arrived, on three days in a row.
    events = {number: article["event"] for number, article in exported.items()}
    assert events[PAGE_000] is not None
    assert events[PAGE_000] == events[PAGE_002] == events[PAGE_004]
    assert all(events[guest] is None for guest in HOSTS)
