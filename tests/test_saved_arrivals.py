"""What arrives gets the tags of the saved searches that find it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_harness import run
from reader_harness import main_screen, reader, settle
from seeds_harness import SEEDS

from store import Store
from store.muting import mute
from store.saved import forget, save

pytestmark = pytest.mark.usefixtures("english")


def test_an_import_tags_what_a_saved_search_asks_for(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    save(store.connection, "شويغو", "شويغو", tag="وزير الدفاع")
    report = store.import_paths([Path(__file__).parent.parent / "seeds"])
    assert report.new == 9
    # Three of the pages name him, in two spellings.
    assert [(tag.name, tag.articles) for tag in store.tags()] == [("وزير الدفاع", 3)]
    again = store.import_paths([Path(__file__).parent.parent / "seeds"])
    assert again.new == 0
    store.close()


def test_a_rule_that_names_a_search_that_is_gone_holds_nothing_up(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(path)
    save(store.connection, "من يذكر", "شويغو")
    save(store.connection, "قاعدة", 'saved:"من يذكر"', tag="ضائع")
    save(store.connection, "كوريا", "كوريا", tag="كوريا")
    forget(store.connection, "من يذكر")
    report = store.import_paths([SEEDS])
    assert (report.new, report.failed) == (9, ())
    assert [tag.name for tag in store.tags()] == ["كوريا"]
    store.close()

    listed = run("saved", "list", "--json", store=path)
    assert listed.code == 1
    assert {row["name"]: row["unread"] for row in map(json.loads, listed.out.splitlines())}["قاعدة"] is None
    assert "قاعدة: no saved search has this name" in listed.err
    applied = run("saved", "apply", "--dry-run", store=path)
    assert applied.code == 1
    assert "كوريا" in applied.out


def test_a_rule_whose_pattern_takes_too_long_holds_nothing_up(tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    source.write_text("خبر طويل\n\n" + "ا" * 5000 + "ب كوريا\n", "utf-8")
    store = Store(tmp_path / "store.db")
    save(store.connection, "بطيء", "/(ا+)+$/", tag="بطيء")
    mute(store.connection, "كاتم", "/(ا+)+$/", now=0)
    save(store.connection, "كوريا", "كوريا", tag="كوريا")
    report = store.import_paths([source])
    assert (report.new, report.failed) == (1, ())
    assert [tag.name for tag in store.tags()] == ["كوريا"]
    store.close()


async def test_the_reader_shows_a_saved_search_that_cannot_be_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.import_paths([SEEDS])
    save(store.connection, "من يذكر", "شويغو")
    save(store.connection, "قاعدة", 'saved:"من يذكر"')
    forget(store.connection, "من يذكر")
    app = reader(store)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("v")
        await settle(pilot, lambda: app.screen is not screen)
        await pilot.press(*"قاعدة", "enter")
        await settle(pilot, lambda: app.screen is screen and screen.status.is_error)
        assert "no saved search has this name" in screen.status.notice
        await pilot.press("escape")
        await settle(pilot, lambda: len(screen.list.window.rows) == 9)
    store.close()
