"""The list keeps its place: when articles arrive, when the terminal changes its size, when it is sorted the other way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reader_harness import main_screen, reader, records, settle

from store import Store

pytestmark = pytest.mark.usefixtures("english")


def arrive(store: Store, tmp_path: Path, *days: str) -> None:
    """Articles come in through another connection, as another process would bring them."""
    source = tmp_path / f"arrivals-{len(days)}-{days[0]}.jsonl"
    source.write_text(
        "\n".join(
            json.dumps(
                {
                    "title": f"وصل {day} {n}",
                    "body": [f"نص {day} {n}."],
                    "published": f"{day}T0{n}:00:00Z",
                    "url": f"https://y.org/{day}/{n}",
                }
            )
            for n, day in enumerate(days)
        )
    )
    other = Store(store.path)
    assert other.import_paths([source]).new == len(days)
    other.close()


@pytest.mark.parametrize(
    "settings", [{}, {"density": "one"}, {"by_day": True}, {"density": "one", "by_day": True}]
)
@pytest.mark.parametrize("cursor", [0, 1, 9, 25])
async def test_an_arrival_never_moves_the_row_under_the_cursor(
    store: Store, tmp_path: Path, settings: dict[str, Any], cursor: int
) -> None:
    app = reader(store, **settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        screen.list.move_to(cursor)
        await pilot.pause()
        row, line = screen.list.current, screen.list.line_of(screen.list.cursor)
        assert row is not None
        # Newer than all, of the newest day, and in between.
        arrive(store, tmp_path, "2024-03-01", "2024-03-01", "2024-02-12", "2024-02-10")
        await settle(pilot, lambda: len(screen.list.window.rows) == 44)
        assert screen.list.current is not None
        assert screen.list.current.id == row.id
        assert screen.list.line_of(screen.list.cursor) == line


async def test_while_one_reads_nothing_moves(store: Store, tmp_path: Path) -> None:
    app = reader(store)
    async with app.run_test(size=(120, 12)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("j", "j", "enter")
        await settle(pilot, lambda: screen.article is not None)
        article, top = screen.article, screen.view.top
        assert article is not None
        arrive(store, tmp_path, "2024-03-01")
        await settle(pilot, lambda: len(screen.list.window.rows) == 41)
        assert screen.article is not None
        assert (screen.article.id, screen.view.top, screen.is_article_in_front) == (article.id, top, True)
        assert screen.list.current is not None
        assert screen.list.current.id == article.id


async def test_a_change_of_size_keeps_the_place_in_list_and_article(tmp_path: Path) -> None:
    body = [f"فقرة {n} " + "كلمات طويلة تملأ سطورا كثيرة من النص المقروء " * 6 for n in range(30)]
    source = tmp_path / "long.jsonl"
    source.write_text(
        "\n".join(
            json.dumps(
                {
                    "title": f"مقال {n}",
                    "body": body,
                    "published": f"2024-01-{n + 1:02d}",
                    "url": f"https://z.org/{n}",
                }
            )
            for n in range(20)
        )
    )
    store = Store(tmp_path / "long.db")
    store.import_paths([source])
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        for _ in range(5):
            await pilot.press("j")
        await settle(pilot, lambda: screen.list.cursor == 5)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.article is not None and screen.view.has_focus)
        await pilot.press(*["space"] * 3)
        await settle(pilot, lambda: screen.view.top > 40)

        def at_top() -> int:
            placed = screen.view.page.line(screen.view.top)
            assert placed is not None
            return placed.block

        block = at_top()
        for size in ((60, 20), (120, 40), (200, 60), (20, 5), (100, 30), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(
                pilot, lambda size=size: app.size == size and screen.view.page.width == screen.view.size.width
            )
            assert at_top() == block, size
            assert screen.list.cursor == 5
        await pilot.press("escape")
        await settle(pilot, lambda: screen.list.has_focus)
        assert screen.list.current is not None
        assert screen.list.line_of(5) is not None
        for size in ((20, 5), (200, 60), (60, 20)):
            await pilot.resize_terminal(*size)
            await settle(pilot, lambda size=size: app.size == size)
            assert screen.list.cursor == 5
            assert screen.list.line_of(5) is not None
    store.close()


async def test_the_oldest_first_and_back(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press(",", "s")
        await settle(pilot, lambda: [row.id for row in screen.list.window.rows] == list(range(1, 41)))
        assert "oldest first · 1 of 40" in screen.status.place
        await pilot.press("G")
        await settle(pilot, lambda: screen.list.cursor == 39)
        assert "40 of 40" in screen.status.place
        for order in ("by outlet", "by headline", "last arrived first"):
            await pilot.press(",", "s")
            await settle(pilot, lambda order=order: f"{order} · 1 of 40" in screen.status.place)
        await pilot.press(",", "s")
        await settle(pilot, lambda: screen.shown.query == "" and screen.list.window.rows[0].id == 40)
        assert [row.id for row in screen.list.window.rows] == list(range(40, 0, -1))


def test_pages_of_the_oldest_first(store: Store) -> None:
    query = store.parse("خبر sort:oldest")
    first = store.page(query, limit=7)
    assert [row.id for row in first.rows] == list(range(1, 8))
    second = store.page(first.query, limit=7, before=first.rows[-1].position)
    assert [row.id for row in second.rows] == list(range(8, 15))
    again = store.page(first.query, limit=3, after=second.rows[0].position)
    assert [row.id for row in again.rows] == [5, 6, 7]
    last = store.page(first.query, limit=5, after=-(2**63))
    assert [row.id for row in last.rows] == [36, 37, 38, 39, 40]
    assert store.rank(query, second.rows[0].position) == 7
    assert store.rank(store.parse("ترتيب:الأقدم"), second.rows[0].position) == 7
    assert store.count(query) == 40
    assert [row.id for row in store.page(store.parse("sort:oldest"), limit=2).rows] == [1, 2]


def orders(store: Store, query: str, limit: int = 50) -> list[int]:
    """The articles of a list, in its order."""
    return [row.id for row in store.page(store.parse(query), limit=limit).rows]


def test_other_orders(store: Store) -> None:
    # Outlets take turns: 1, 4, 7 … are of الجزيرة, 2, 5 … of الشرق الأوسط, 3, 6 … of صدى البلد.
    by_outlet = [*range(40, 0, -3), *range(38, 0, -3), *range(39, 0, -3)]
    assert orders(store, "sort:outlet") == orders(store, "ترتيب:المصدر") == by_outlet
    assert orders(store, "sort:outlet", limit=3) == [40, 37, 34]
    # Of «خبر رقم N» the digits are compared as letters: 0, 1, 10, 11 … (article N+1).
    by_title = [1 + int(number) for number in sorted(map(str, range(40)))]
    assert orders(store, "خبر sort:title") == by_title
    assert store.rank(store.parse("sort:outlet"), store.newest(1)[0].position) == 0


def test_what_arrived_last_comes_first_whatever_its_date(store: Store, tmp_path: Path) -> None:
    old = {**records(1)[0], "title": "خبر قديم وصل أخيرا", "published": "2001-01-01T00:00:00Z"}
    old |= {"url": "https://example.org/late", "body": ["نص آخر تماما عن أمر مضى."]}
    source = tmp_path / "late.jsonl"
    source.write_text(json.dumps(old, ensure_ascii=False), "utf-8")
    store.import_paths([source])
    assert orders(store, "sort:added")[:2] == [41, 40]
    assert orders(store, "خبر sort:added")[:2] == [41, 40]
    assert orders(store, "sort:date")[-1] == 41


def test_only_the_newest_of_a_long_list_are_put_into_another_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ordering.MOST_ORDERED", 3)
    assert orders(store, "sort:outlet") == [40, 38, 39]
    assert orders(store, "sort:added") == [40, 39, 38]


async def test_rows_that_go_while_those_ahead_are_drawn(store: Store) -> None:
    """Fewer rows came between two lines drawn ahead: the reader ended."""
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = main_screen(app).list
        ahead = rows.draw_ahead()
        next(ahead)
        rows.update_window(rows.window.without(frozenset(row.id for row in rows.window.rows[3:])))
        list(ahead)
        assert len(rows.window.rows) == 3
