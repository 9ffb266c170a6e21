"""Deleted articles come back as they were: text, marks, notes, links, indexes, and in the reader by undo."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from reader_harness import main_screen, reader, records, settle
from seeds_harness import PAGE_001, seeded

from store import NotFoundError, Store
from store.articles import article as read_article
from store.health import health
from store.intake import add
from store.models import ParsedArticle
from store.trash import KEPT_DAYS, delete, deleted

DAY = 86_400


def ids(store: Store, query: str) -> list[int]:
    return [row.id for row in store.page(store.parse(query), limit=100).rows]


def test_an_article_comes_back_as_it_was(store: Store) -> None:
    store.change_tags([5], add=["متابعة", "هام"])
    store.set_starred([5], True)
    store.set_unread([5], False)
    store.set_place(5, 12)
    store.notes.add_passage(5, "فقرة ثانية", "رأيي")
    store.notes.add_to_whole(5, "كله")
    before = store.article(5)
    found = ids(store, "خبر")
    assert store.delete([5, 5, 999]) == (5,)
    with pytest.raises(NotFoundError):
        store.article(5)
    assert 5 not in ids(store, "")
    assert ids(store, "note:رأيي") == []
    assert [(gone.article, gone.title) for gone in store.deleted()] == [(5, before.title)]
    assert store.restore([5]) == (5,)
    # Events are found anew and may have another number.
    assert replace(store.article(5), event=None) == replace(before, event=None)
    assert store.place(5) == 12
    assert ids(store, "خبر") == found
    assert ids(store, "note:رأيي") == [5]
    assert ids(store, "tag:هام") == [5]
    assert ids(store, f'source:"{before.outlet}" on:{"2024-01-05"}') == [5]
    assert store.deleted() == ()
    assert health(store.connection, store.path).problems == ()


def test_links_guests_and_related_come_back(tmp_path: Path) -> None:
    with seeded(tmp_path) as seeds:
        everything = {one.id: one for one in seeds.articles()}
        related = {one.id for one in seeds.related(PAGE_001)}
        assert related
        for article_id, before in everything.items():
            seeds.delete([article_id])
            seeds.restore([article_id])
            # Events are found anew and may have another number.
            assert replace(seeds.article(article_id), event=None) == replace(before, event=None)
            assert (seeds.article(article_id).event is None) == (before.event is None)
        assert {one.id for one in seeds.related(PAGE_001)} == related
        assert health(seeds.connection, seeds.path).problems == ()
        # All at once, as a bulk action does it.
        seeds.delete(everything)
        assert seeds.count(seeds.parse("")) == 0
        seeds.restore(everything)
        for article_id, before in everything.items():
            assert seeds.article(article_id).links == before.links, article_id
            assert seeds.article(article_id).embedded_in == before.embedded_in
        assert health(seeds.connection, seeds.path).problems == ()


def test_a_page_imported_again_meanwhile_gets_the_marks(store: Store, tmp_path: Path) -> None:
    store.change_tags([5], add=["متابعة"])
    store.notes.add_passage(5, "فقرة ثانية", "رأيي")
    store.delete([5])
    source = tmp_path / "again.jsonl"
    source.write_text(json.dumps(records()[4], ensure_ascii=False))
    assert store.import_paths([source]).new == 1
    (again,) = store.restore([5])
    assert store.article(again).tags == ("متابعة",)
    assert [note.text for note in store.article(again).notes] == ["رأيي"]
    assert store.count(store.parse("")) == 40


def test_the_place_may_be_taken_meanwhile(store: Store, tmp_path: Path) -> None:
    before = store.article(40)
    store.delete([40])
    other = records()[39] | {
        "title": "عنوان آخر لا صلة له",
        "body": ["نص آخر تماما عن أمر آخر."],
        "url": "https://example.org/x",
    }
    source = tmp_path / "other.jsonl"
    source.write_text(json.dumps(other, ensure_ascii=False))
    store.import_paths([source])
    # The number is kept for the one that may come back.
    assert store.article(41).title == "عنوان آخر لا صلة له"
    assert store.restore([40]) == (40,)
    assert store.article(40).title == before.title
    assert health(store.connection, store.path).problems == ()


def test_it_is_kept_for_a_while_and_no_longer(store: Store) -> None:
    delete(store.connection, [5], now=1_000 * DAY)
    delete(store.connection, [6], now=(1_000 + KEPT_DAYS) * DAY)
    assert [gone.article for gone in deleted(store.connection)] == [6, 5]
    delete(store.connection, [7], now=(1_000 + KEPT_DAYS) * DAY + 1)
    assert [gone.article for gone in deleted(store.connection)] == [7, 6]
    with pytest.raises(NotFoundError):
        store.restore([5])
    with pytest.raises(NotFoundError):
        read_article(store.connection, 5)


def arrival(title: str) -> ParsedArticle:
    return ParsedArticle(title=title, body=(f"نص {title}",), origin=f"/{title}", guid=title)


def arrived(store: Store, title: str) -> int:
    return add(store.connection, arrival(title), now=DAY)[0].id


def test_of_several_newest_articles_deleted_in_turn_each_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "new.db")
    first = arrived(store, "أول")
    store.change_tags([first], add=["هام"])
    store.set_starred([first], True)
    store.delete([first])
    second = arrived(store, "ثان")
    assert second != first
    store.delete([second])
    assert {gone.title for gone in store.deleted()} == {"أول", "ثان"}
    third = arrived(store, "ثالث")
    assert store.restore([first, second]) == (first, second)
    back = store.article(first)
    assert (back.title, back.tags, back.is_starred) == ("أول", ("هام",), True)
    assert [store.article(one).title for one in (second, third)] == ["ثان", "ثالث"]
    assert health(store.connection, store.path).problems == ()
    store.close()


def test_a_number_that_was_given_twice_loses_neither_article(tmp_path: Path) -> None:
    """Stores of before have such numbers."""
    store = Store(tmp_path / "old.db")
    number = arrived(store, "أول")
    store.delete([number])
    kept = store.connection.execute("SELECT * FROM deleted").fetchone()
    store.connection.execute("DELETE FROM deleted")
    assert arrived(store, "ثان") == number
    store.connection.execute("INSERT INTO deleted VALUES (?, ?, ?, ?)", kept)
    assert store.delete([number]) == (number,)
    assert {gone.title for gone in store.deleted()} == {"أول", "ثان"}
    # The number is of the one deleted last, as it was told.
    store.restore([number])
    assert store.article(number).title == "ثان"
    (other,) = store.restore([gone.article for gone in store.deleted()])
    assert store.article(other).title == "أول"
    assert store.deleted() == ()
    store.close()


def test_a_restoration_that_fails_changes_nothing(store: Store) -> None:
    store.delete([5, 6])
    with pytest.raises(NotFoundError):
        store.restore([5, 999])
    assert {gone.article for gone in store.deleted()} == {5, 6}


@pytest.mark.usefixtures("english")
async def test_delete_and_undo_in_the_reader(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = main_screen(app)
        await pilot.press("x", "x", "D")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        assert screen.prompt is not None
        assert screen.prompt.label.text.startswith("Delete 2 articles?")
        await pilot.press("enter")
        await settle(pilot, lambda: len(screen.list.window.rows) == 38)
        assert screen.list.selected == frozenset()
        assert {gone.article for gone in store.deleted()} == {39, 40}
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: len(screen.list.window.rows) == 40)
        assert store.deleted() == ()
        # From within the article: it is closed, and undo brings it back to the list.
        await pilot.press("g", "enter")
        await settle(pilot, lambda: screen.article is not None and screen.view.has_focus)
        await pilot.press("D")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        await pilot.press("enter")
        await settle(pilot, lambda: len(screen.list.window.rows) == 39 and screen.article is None)
        assert not screen.is_article_in_front
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: len(screen.list.window.rows) == 40)
        # Esc does nothing.
        await pilot.press("D")
        await settle(pilot, lambda: screen.prompt is not None and screen.prompt.field.has_focus)
        await pilot.press("escape")
        await settle(pilot, lambda: screen.prompt is None)
        assert store.deleted() == ()
