"""Related and story in the reader: what is shown first, what keys do, what is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reader_harness import line_of, main_screen, press_mouse, reader, settle
from story_harness import BASE, EVENT, IN_TIME, filled, record, seed_ids, seeds_store, take_in

from store import Store
from tui.screens.entries import EntriesScreen
from tui.screens.followed import FollowedScreen
from tui.screens.related import RelatedScreen
from tui.screens.story import StoryScreen
from tui.story_rows import Copies
from tui.widgets.prompt import Prompt

pytestmark = pytest.mark.usefixtures("english")
SIZE = (80, 24)


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Store]:
    store = seeds_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path, EVENT)
    yield store
    store.close()


def articles(screen: EntriesScreen) -> list[int]:
    return [row.value for row in screen.entries.rows if isinstance(row.value, int)]


async def opened(pilot, app, article: int):  # type: ignore[no-untyped-def]
    """The main screen with an article in front."""
    await settle(pilot)
    main = main_screen(app)
    main.open_article(article)
    await settle(pilot, lambda: main.article is not None and main.article.id == article)
    return main


async def shown(pilot, app, kind):  # type: ignore[no-untyped-def]
    """A screen of that kind, filled."""
    await settle(pilot, lambda: isinstance(app.screen, kind) and bool(app.screen.rows))
    return app.screen


@pytest.mark.parametrize("page", IN_TIME)
async def test_each_seed_finds_the_other_four_before_anything_else(seeds: Store, page: str) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, ids[page])
        await pilot.press("r")
        screen = await shown(pilot, app, RelatedScreen)
        assert set(articles(screen)[:4]) == set(ids.values()) - {ids[page]}
        # The first is under the cursor, with its outlet and reason below it.
        assert screen.entries.current.value == articles(screen)[0]
        below = screen.entries.rows[screen.entries.cursor + 1]
        assert below.spans
        assert not below.is_choosable


async def test_enter_jumps_and_backspace_comes_back(seeds: Store) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main = await opened(pilot, app, ids["000"])
        await pilot.press("r")
        screen = await shown(pilot, app, RelatedScreen)
        first = articles(screen)[0]
        await pilot.press("enter")
        await settle(pilot, lambda: main.article.id == first)
        assert app.screen is main
        assert any(word.startswith("↩") for word in main.place_words())
        await pilot.press("backspace")
        await settle(pilot, lambda: main.article.id == ids["000"])
        assert not any("↩" in word for word in main.place_words())


async def test_the_timeline_of_the_seeds_as_the_screen_shows_it(seeds: Store) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, app, ids["001"])
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        assert articles(screen) == [ids[page] for page in IN_TIME]
        # The cursor stands on the article one came from; it is read, the others stand out.
        assert screen.entries.current.value == ids["001"]
        roles = {row.value: row.role for row in screen.entries.rows if row.value}
        assert [roles[ids[page]] for page in IN_TIME] == ["unread"] * 4 + ["read"]
        drawn = [line_of(screen.entries, y).strip() for y in range(len(screen.entries.rows))]
        assert any("Tue 5 Sep 2023" in line for line in drawn)
        assert "▃" in line_of(screen.coverage)


async def test_walking_the_story_by_keys(seeds: Store) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main = await opened(pilot, app, ids[IN_TIME[0]])
        for page in IN_TIME[1:]:
            await pilot.press("}")
            await settle(pilot, lambda page=page: main.article.id == ids[page])  # type: ignore[misc]
        await pilot.press("}")
        await settle(pilot, lambda: "no further article" in main.status.notice)
        await pilot.press("{")
        await settle(pilot, lambda: main.article.id == ids["004"])


async def test_copies_unfold_at_enter_and_space(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, 3)
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        assert articles(screen) == [1, 3]
        screen.entries.move_to(next(i for i, r in enumerate(screen.entries.rows) if r.value == Copies(1)))
        await pilot.press("enter")
        await settle(pilot)
        assert articles(screen) == [1, 2, 3]
        assert screen.entries.current.value == Copies(1)
        await pilot.press("space")
        await settle(pilot)
        assert articles(screen) == [1, 3]
        assert app.screen is screen


async def test_the_whole_story_is_tagged_and_taken_back(seeds: Store) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main = await opened(pilot, app, ids["000"])
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        await pilot.press("t", *"كوريا", "enter")
        await settle(pilot, lambda: "5 articles" in screen.status.notice)
        assert all(seeds.article(id).tags == ("كوريا",) for id in ids.values())
        assert sum(tag.articles for tag in seeds.tags()) == 5
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is main)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: not any(seeds.article(id).tags for id in ids.values()))


async def test_following_announces_what_another_process_adds(made: Store, tmp_path: Path) -> None:
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        main = await opened(pilot, app, 1)
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        await pilot.press("f")
        await settle(pilot, lambda: screen.is_followed)
        assert "◉" in screen.heading.text
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is main)
        # What stands in the status line is put away before: the reader may notice the article at once.
        main.status.forget()
        other = Store(made.path)
        (later,) = take_in(
            other,
            tmp_path,
            [record("فيدان في بغداد ثانية", BASE + " وقد تأجل التوقيع.", "ب", "2024-03-11T08:00:00Z")],
        )
        other.close()
        await settle(
            pilot, lambda: "1 new in followed stories (F): فيدان في بغداد ثانية" in main.status.notice
        )
        await pilot.press("F")
        listed = await shown(pilot, app, FollowedScreen)
        assert "1 new" in listed.entries.rows[1].text
        assert "فيدان في بغداد ثانية" in listed.entries.rows[2].text
        # The list of the story is a view; with it nothing is new any more.
        await pilot.press("enter")
        await settle(pilot, lambda: app.screen is main and main.shown.query == "story:1")
        await settle(pilot, lambda: later in [row.id for row in main.list.window.rows])
        await settle(pilot, lambda: made.new_in_followed() == ())


async def test_following_and_unfollowing_are_taken_back(made: Store) -> None:
    app = reader(made)
    async with app.run_test(size=SIZE) as pilot:
        main = await opened(pilot, app, 1)
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        await pilot.press("f")
        await settle(pilot, lambda: screen.is_followed)
        followed = made.follows()
        assert [one.article for one in followed] == [1]
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is main and len(main.done) == 1)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: made.follows() == ())
        made.follow(1, "المياه")
        followed = made.follows()
        await pilot.press("F")
        listed = await shown(pilot, app, FollowedScreen)
        await settle(pilot, lambda: listed.chosen_article == 1)
        await pilot.press("f")
        await settle(pilot, lambda: made.follows() == ())
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is main and len(main.done) == 1)
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: made.follows() == followed)


async def test_a_lone_article_says_so(tmp_path: Path) -> None:
    store = filled(tmp_path, EVENT[:1])
    app = reader(store)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, 1)
        await pilot.press("r")
        await settle(pilot, lambda: isinstance(app.screen, RelatedScreen))
        await settle(pilot, lambda: app.screen.entries.empty_text.startswith("Nothing here belongs"))
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        assert articles(screen) == [1]
        assert not screen.coverage.display
    store.close()


async def test_narrowing_keeps_what_is_said_about_a_headline(seeds: Store) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, ids["000"])
        await pilot.press("r")
        screen = await shown(pilot, app, RelatedScreen)
        await pilot.press("/", *"العزلة")
        await settle(pilot)
        assert articles(screen) == [ids["001"]]
        assert [row.role for row in screen.entries.rows] == ["heading", "unread", "meta"]
        await pilot.press("escape")
        await settle(pilot)
        assert len(articles(screen)) >= 4


async def test_a_store_that_can_only_be_read_is_not_followed(seeds: Store, tmp_path: Path) -> None:
    ids = seed_ids(seeds)
    only = Store(seeds.path, read_only=True)
    app = reader(only)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, ids["000"])
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        for key in ("f", "t"):
            await pilot.press(key)
            await settle(pilot, lambda: screen.status.is_error)
            assert screen.status.notice == "this store can only be read"
            screen.status.forget()
    only.close()


@pytest.mark.parametrize("y", [0, 20])
async def test_a_click_beside_its_question_closes_it(seeds: Store, y: int) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, ids["000"])
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        await pilot.press("t", "+", "x")
        await settle(pilot, lambda: any(one.field.value == "+x" for one in screen.query(Prompt)))
        press_mouse(app, 40, y)
        await settle(pilot, lambda: not screen.query(Prompt))
        assert app.screen is screen
        assert screen.focused is screen.entries
        assert screen.status.display
        assert not any(seeds.article(id).tags for id in ids.values())


async def test_a_click_on_a_report_is_meant_and_not_the_question(seeds: Store) -> None:
    ids = seed_ids(seeds)
    app = reader(seeds)
    async with app.run_test(size=SIZE) as pilot:
        main = await opened(pilot, app, ids["000"])
        await pilot.press("S")
        screen = await shown(pilot, app, StoryScreen)
        await pilot.press("t", "+", "x")
        row = next(i for i, one in enumerate(screen.entries.rows) if one.value == ids["001"])
        press_mouse(app, 40, screen.entries.region.y + row - screen.entries.top)
        await settle(pilot, lambda: app.screen is main and main.article.id == ids["001"])
        assert not screen.query(Prompt)
        assert not any(seeds.article(id).tags for id in ids.values())
