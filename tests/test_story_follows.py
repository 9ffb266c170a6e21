"""Followed stories in the store: collected once, tagged, cheap, gone when read or looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from story_harness import BASE, EVENT, filled, record, take_in

from store import NotFoundError, Store, events, follows

LATER = record(
    "فيدان يبحث المياه في بغداد من جديد", BASE.replace("العام الجاري", "الشهر"), "ب", "2024-03-11T08:00:00Z"
)
UNRELATED = record("اليابان تهزم البرازيل", "فازت اليابان على البرازيل بهدفين في طوكيو أمام سبعين ألف متفرج.", "ج", "2024-03-11T09:00:00Z")  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = filled(tmp_path, EVENT[:1])
    yield made
    made.close()


def test_what_joins_is_collected_tagged_and_told_once(store: Store, tmp_path: Path) -> None:
    assert store.follow(1, "المياه") == 1
    assert store.collect_followed() == ()
    # An import collects by itself, so that a night's feeds are there in the morning.
    unrelated, later = take_in(store, tmp_path, [UNRELATED, LATER])
    assert [(one.follow, one.article) for one in store.new_in_followed()] == [(1, later)]
    assert store.collect_followed() == ()
    assert store.article(later).tags == ("المياه",)
    assert store.article(unrelated).tags == store.article(1).tags == ()
    (follow,) = store.follows()
    assert (follow.members, follow.unseen) == (2, (later,))


@pytest.mark.parametrize("way", ["read", "looked at"])
def test_what_was_read_or_looked_at_is_new_no_more(store: Store, tmp_path: Path, way: str) -> None:
    store.follow(1)
    (later,) = take_in(store, tmp_path, [LATER])
    if way == "read":
        store.set_unread([later], False)
    else:
        # From whichever report of the story.
        store.look_at_story(later)
    assert store.new_in_followed() == ()
    assert store.follows()[0].unseen == ()


def test_a_story_is_followed_once_from_whichever_report(store: Store, tmp_path: Path) -> None:
    (later,) = take_in(store, tmp_path, [LATER])
    assert store.follow(1) == 1
    assert store.follow(later, "وسم") == 1
    assert [(one.article, one.tag) for one in store.follows()] == [(1, "وسم")]
    assert store.followed_from(later) == 1
    store.unfollow(later)
    assert store.follows() == ()
    with pytest.raises(NotFoundError):
        store.unfollow(1)
    with pytest.raises(NotFoundError):
        store.follow(999)


def test_nothing_is_asked_while_nothing_has_arrived(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.follow(1)
    store.collect_followed()

    def asked(*_: object) -> None:
        raise AssertionError("the story was put together for nothing")

    monkeypatch.setattr(events, "story", asked)
    assert follows.collect(store.connection) == ()


def test_a_story_that_was_unfollowed_is_followed_again_as_it_was(store: Store, tmp_path: Path) -> None:
    store.follow(1, "المياه")
    (later,) = take_in(store, tmp_path, [LATER])
    before, new = store.follows(), store.new_in_followed()
    assert [one.article for one in new] == [later]
    was = store.unfollow(later)
    assert (was.article, was.tag, was.members) == (1, "المياه", ((1, True), (later, False)))
    assert store.follow_again(was)
    assert (store.follows(), store.new_in_followed()) == (before, new)
    assert not store.follow_again(was)


def test_what_came_while_a_story_was_unfollowed_is_collected_when_it_is_followed_again(
    store: Store, tmp_path: Path
) -> None:
    store.follow(1)
    was = store.unfollow(1)
    (later,) = take_in(store, tmp_path, [LATER])
    assert store.follow_again(was)
    store.collect_followed()
    assert [one.article for one in store.new_in_followed()] == [later]


def test_the_story_of_a_deleted_article_is_not_followed_again(store: Store) -> None:
    store.follow(1)
    was = store.unfollow(1)
    store.delete([1])
    assert not store.follow_again(was)
    assert store.follows() == ()
