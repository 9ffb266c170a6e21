"""Failures of the store as the interface tells them: in its language, with the names they speak of."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest
from reader_harness import burst, reader, settle

from store import Store, StoreError
from tui.cli_progress import updating
from tui.screens.saved import SavedScreen, told_of_forgetting
from tui.told_errors import told_error


def keep_two(store: Store) -> None:
    store.searches.save("القدس", "title:القدس")
    store.searches.save("بيروت", "title:بيروت")


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize(
    ("do", "told"),
    [
        (lambda store: store.searches.rename("القدس", "بيروت"), "بيروت: بحث محفوظ آخر يحمل هذا الاسم"),
        (lambda store: store.searches.forget("دمشق"), "لا بحث محفوظ باسم دمشق"),
        (lambda store: store.searches.set_tag("القدس", "و" * 65), f"أقصى طول للوسم ٦٤ حرفًا: {'و' * 20}…"),
        (lambda store: store.searches.set_tag("القدس", "…"), "لا يصلح اسمًا لوسم: '…'"),
        (lambda store: store.searches.set_query("القدس", "title:(خبر"), "الحرف ٧: هذا القوس لم يُغلق"),
    ],
)
def test_a_failure_is_told_in_arabic(store: Store, do: Callable[[Store], object], told: str) -> None:
    keep_two(store)
    with pytest.raises(StoreError) as failure:
        do(store)
    assert told_error(failure.value) == told


@pytest.mark.usefixtures("english")
def test_in_english_it_is_told_as_the_store_says_it() -> None:
    for text in ("x {0}: another saved search has this name", "no saved search x", "disk I/O error"):
        assert told_error(StoreError(text)) == text


@pytest.mark.usefixtures("arabic")
async def test_the_screen_of_saved_searches_tells_it_so(store: Store) -> None:
    keep_two(store)
    app = reader(store, lang="ar")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        burst(app, "V")
        await settle(pilot, lambda: isinstance(app.screen, SavedScreen) and len(app.screen.tallies) == 2)
        screen = app.screen
        assert isinstance(screen, SavedScreen)
        burst(app, "r", "بيروت", "enter")
        await settle(pilot, lambda: screen.status.is_error)
        assert screen.status.notice == "بيروت: بحث محفوظ آخر يحمل هذا الاسم"


def test_names_stand_between_commas_of_the_language(english: None) -> None:
    assert told_of_forgetting("أ", ["ب", "ج"]).endswith("named by ب, ج, which finds nothing now")


def test_names_stand_between_arabic_commas_in_arabic(arabic: None) -> None:
    assert "ب، ج" in told_of_forgetting("أ", ["ب", "ج"])


class Terminal(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize(
    ("stream", "told"),
    [
        (Terminal(), "\rتحديث الأرشيف … ٣٣٪ (يتركه Ctrl+C كما كان)\x1b[K\r\x1b[K"),
        (io.StringIO(), "تحديث الأرشيف لهذا الإصدار …\n"),
    ],
)
def test_an_update_is_told_in_arabic(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, told: str) -> None:
    monkeypatch.setattr("tui.cli_progress.PATIENCE", 0)
    monkeypatch.setattr(sys, "stderr", stream)
    with updating() as (show, _should_stop):
        show(1, 3)
    assert stream.getvalue() == told
