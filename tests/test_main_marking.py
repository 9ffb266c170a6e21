"""Stars, read marks, tags and jumps on the seeds: what is told, what the store holds, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reader_harness import main_screen, reader, settle
from seeds_harness import GUEST_000, GUEST_001, PAGE_000, PAGE_001, PAGE_004, marked_in, seeded, shown, until
from textual.events import Paste
from textual.pilot import Pilot

from store import Store
from tui.screens.menus import MenuScreen
from tui.screens.related import RelatedScreen

pytestmark = pytest.mark.usefixtures("english")

NARROW = (80, 24)


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Store]:
    with seeded(tmp_path) as store:
        yield store


async def answer(pilot: Pilot[Any], text: str) -> None:
    """Paste into the field at the foot, and Enter."""
    screen = main_screen(pilot.app)
    await until(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
    assert screen.prompt is not None
    field = screen.prompt.field
    before = field.value
    field.post_message(Paste(text))
    await until(pilot, lambda: field.value != before)
    await pilot.press("enter")


async def test_star_and_undo(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("*")
        await settle(pilot, lambda: screen.status.notice == "starred")
        assert seeds.article(PAGE_001).is_starred
        assert shown(screen.list)[0].startswith("●★")
        await pilot.press("*")
        await settle(pilot, lambda: screen.status.notice == "star taken away")
        assert not seeds.article(PAGE_001).is_starred
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: screen.status.notice == "undone")
        assert seeds.article(PAGE_001).is_starred
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: not seeds.article(PAGE_001).is_starred)
        await settle(pilot)
        assert shown(screen.list)[0].startswith("●  زيارة")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen.status.notice == "nothing to undo"


async def test_read_and_unread(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("u")
        await settle(pilot, lambda: screen.status.notice == "marked read")
        assert not seeds.article(PAGE_001).is_unread
        assert shown(screen.list)[0].startswith("زيارة")
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("u")
        await settle(pilot, lambda: screen.status.notice == "marked unread")
        assert seeds.article(PAGE_001).is_unread
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: not seeds.article(PAGE_001).is_unread)


async def test_tags_are_added_removed_and_taken_back(seeds: Store) -> None:
    seeds.change_tags([PAGE_004], add=["كوريا"])
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("t")
        # The tag that is there already, in another spelling and without a plus.
        await answer(pilot, "كوريا, +سلاح نووي")
        await settle(pilot, lambda: screen.status.notice == "+كوريا +سلاح نووي")
        assert seeds.article(PAGE_001).tags == ("سلاح نووي", "كوريا")
        assert "#سلاح نووي" in shown(screen.list)[1]
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("t")
        await answer(pilot, "-كوريا")
        await settle(pilot, lambda: screen.status.notice == "-كوريا")
        assert seeds.article(PAGE_001).tags == ("سلاح نووي",)
        assert any(line == "#سلاح نووي" for line in shown(screen.view))
        await pilot.press("ctrl+z", "ctrl+z")
        await settle(pilot, lambda: seeds.article(PAGE_001).tags == ())
        # The other article has kept its own.
        assert seeds.article(PAGE_004).tags == ("كوريا",)


async def test_a_tag_that_cannot_be_one_is_refused_in_words(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("t")
        await answer(pilot, "ط" * 65)
        await settle(pilot, lambda: screen.status.is_error)
        assert "64" in screen.status.notice
        assert seeds.tags() == ()


async def test_the_tag_view(seeds: Store) -> None:
    seeds.change_tags([PAGE_004, PAGE_000], add=["قطار"])
    seeds.change_tags([PAGE_001], add=["صواريخ"])
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, MenuScreen) and app.screen.is_current)
        menu = app.screen
        assert isinstance(menu, MenuScreen)
        assert [(row.text, row.value) for row in menu.menu.rows] == [("#صواريخ", "صواريخ"), ("#قطار", "قطار")]
        assert menu.menu.rows[1].detail.startswith("2 articles")
        await pilot.press("j", "enter")
        await settle(pilot, lambda: screen.status.place == "#قطار · 1 of 2")
        assert [row.id for row in screen.list.window.rows] == [PAGE_004, PAGE_000]
        await pilot.press("escape")
        await settle(pilot, lambda: screen.status.place == "All · 1 of 9")


async def test_numbered_links_lead_there_and_back(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)

        def is_open(article_id: int) -> bool:
            return screen.article is not None and screen.article.id == article_id

        await pilot.press("j", "j", "j", "j", "enter")
        await settle(pilot, lambda: is_open(PAGE_000))
        await pilot.press("space")
        await settle(pilot)
        top = screen.view.top
        assert top > 10
        await pilot.press("1")
        await settle(pilot, lambda: is_open(GUEST_000))
        # The guest names the page it was found on, and leads there.
        assert screen.links[0].target == PAGE_000
        await pilot.press("1")
        await settle(pilot, lambda: is_open(PAGE_000))
        await pilot.press("backspace")
        await settle(pilot, lambda: is_open(GUEST_000))
        await pilot.press("H")
        await settle(pilot, lambda: is_open(PAGE_000))
        # Where one was, to the line.
        assert abs(screen.view.top - top) <= 1
        await pilot.press("backspace")
        await settle(pilot)
        assert screen.status.notice == "no jump to go back along"
        await pilot.press("L", "L")
        await settle(pilot, lambda: is_open(PAGE_000) and not screen.trail.ahead)
        await pilot.press("L")
        await settle(pilot)
        assert screen.status.notice == "no jump to go forward along"


async def test_a_link_whose_article_is_not_here_says_so(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("j", "j", "j", "j", "enter")
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("0", "2", "enter")
        await settle(pilot)
        assert screen.status.notice == "not here yet: بوتين: قمة آستانا تروج إلى نظام عالمي متعدد الأقطاب"
        assert screen.article is not None
        assert screen.article.id == PAGE_000
        # The page tells it before one tries.
        await pilot.press("G")
        await settle(pilot)
        lines = shown(screen.view)
        assert any("كوريا الشمالية تفاخر بصاروخ جديد" in line for line in lines)
        assert screen.links[1].target is None


async def test_what_belongs_with_an_article(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RelatedScreen) and bool(app.screen.rows))
        related = app.screen
        assert isinstance(related, RelatedScreen)
        assert GUEST_001 in [row.value for row in related.rows]
        while related.chosen_article != GUEST_001:
            await pilot.press("j")
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.article.id == GUEST_001)
        assert app.screen is screen
        # The pane has its height only after the next layout.
        await until(pilot, lambda: any(shown(screen.view)))
        assert shown(screen.view)[0].startswith("مصدر عسكري أوكراني: روسيا أطلقت صاروخا")


async def test_found_words_are_marked_in_list_and_article(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("/")
        # Written otherwise than on the pages: no hamza, Farsi kaf, harakat.
        await answer(pilot, "اوکرانيا صاروخًا")
        await settle(pilot, lambda: screen.status.place.endswith(" of 1"))
        assert [row.id for row in screen.list.window.rows] == [GUEST_001]
        headline = shown(screen.list)[0]
        assert "أطلقت صاروخا على كييف" in headline
        assert "صاروخا" in marked_in(screen.list)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.is_article_in_front)
        found = marked_in(screen.view)
        assert "أوكرانيا" in found
        first = screen.view._match
        await pilot.press("n")
        await settle(pilot)
        second = screen.view._match
        assert first is not None
        assert second is not None
        assert second > first
        await pilot.press("N")
        await settle(pilot)
        assert screen.view._match == first
        await pilot.press("q", "q")
        await settle(
            pilot, lambda: screen.status.place == "All · 2 of 9" or screen.status.place == "All · 1 of 9"
        )
        assert marked_in(screen.list) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أوكرانيا", "اوكرانيا"),
        ("كوريا الشمالية", "کوریا الشمالیة"),
        ("الروسي", "الروسى"),
        ("روسيا", "رُوسيَا"),
        ("شويغو", "شويجو"),
    ],
)
def test_either_spelling_finds_the_same(seeds: Store, one: str, other: str) -> None:
    found = [[row.id for row in seeds.page(seeds.parse(words), limit=20).rows] for words in (one, other)]
    assert found[0]
    assert found[0] == found[1]


async def test_a_search_that_finds_nothing_and_one_that_cannot_be_read(seeds: Store) -> None:
    app = reader(seeds)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("/")
        await answer(pilot, "قسطنطينية")
        await settle(pilot, lambda: screen.status.place.endswith("empty"))
        assert screen.list.empty_lines[0] == "Nothing found"
        await pilot.press("escape")
        await settle(pilot, lambda: screen.status.place == "All · 1 of 9")
        await pilot.press("/")
        await answer(pilot, "is:blue")
        # The field stays open with what was typed and the reason, the list as it was.
        await until(pilot, lambda: screen.prompt is not None and "blue" in screen.prompt.field.value)
        await pilot.press("escape")
        await settle(pilot, lambda: screen.prompt is None)
        assert screen.status.place == "All · 1 of 9"


async def test_nothing_can_be_done_in_an_empty_store_and_no_harm_either(tmp_path: Path) -> None:
    store = Store(tmp_path / "empty.db")
    app = reader(store)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press(
            "enter", "j", "k", "G", "g", "space", "*", "u", "t", "r", "1", "]", "[", "n", "x", "backspace"
        )
        await settle(pilot)
        assert app.screen is screen
        assert screen.prompt is None
        assert screen.status.place == "All · empty"
        assert screen.list.empty_lines[0] == "No articles yet"
        lines = ["".join(segment.text for segment in screen.list.render_line(y)) for y in range(23)]
        # In English the sentences begin at the left, and the colon ends them.
        assert "  Give newsreader files or folders to read:" in [line.rstrip() for line in lines]
        assert "  newsreader seeds/" in [line.rstrip() for line in lines]
    store.close()


async def test_a_store_that_can_only_be_read_is_read(seeds: Store) -> None:
    only = Store(seeds.path, read_only=True)
    app = reader(only)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        assert screen.status.place == "All · 1 of 9 · read only"
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None)
        await pilot.press("*")
        await settle(pilot, lambda: screen.status.is_error)
        assert screen.status.notice == "this store can only be read"
        await pilot.press("]", "escape")
        await settle(pilot)
        assert all(article.is_unread for article in seeds.articles())
    only.close()
