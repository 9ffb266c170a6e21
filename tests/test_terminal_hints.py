"""What only the user can set is told once, where it can be read."""

from __future__ import annotations

import pytest
from reader_harness import line_of, main_screen, settle

from store import Store
from tui.app import NewsReaderApp
from tui.config import Settings
from tui.terminal import Replies, Terminal, classify, hints

PUTTY = Replies(da2="0;136;0", is_complete=True)
MOSH = Replies(da2="1;10;0", is_complete=True)


def app_in(replies: Replies, store: Store, notice: str = "") -> NewsReaderApp:
    terminal = Terminal(classify(replies, {}), replies, {}, None)
    return NewsReaderApp(store, Settings(), terminal, notice)


@pytest.mark.usefixtures("arabic")
async def test_the_hint_comes_before_other_news_whole_and_once(store: Store) -> None:
    app = app_in(PUTTY, store, notice="٨ مقالات جديدة")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        # In English letters: Arabic cannot be read there yet.
        assert hints.PUTTY in line_of(main_screen(app).status)
    again = app_in(PUTTY, store, notice="٨ مقالات جديدة")
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert main_screen(again).status.notice == "٨ مقالات جديدة"


@pytest.mark.usefixtures("arabic")
async def test_where_arabic_may_be_right_the_hint_is_in_the_language_of_the_interface(store: Store) -> None:
    app = app_in(MOSH, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert main_screen(app).status.notice == hints.in_language(hints.MOSH, "ar")
