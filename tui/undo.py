"""Change: what one action on articles did, so exactly that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store import Store, TagChange

if TYPE_CHECKING:
    from store import NoteChange, SearchChange, Unfollowed


@dataclass(frozen=True, slots=True)
class Change:
    """The ids whose marks changed (and to what), the tags that came and went, what became of notes, what was deleted or came back, the stories that are followed now (by an article) or no longer, and what became of saved searches."""

    unread: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    starred: tuple[int, ...] = ()
    unstarred: tuple[int, ...] = ()
    tags: TagChange = field(default_factory=TagChange)
    notes: NoteChange | None = None
    deleted: tuple[int, ...] = ()
    restored: tuple[int, ...] = ()
    followed: tuple[int, ...] = ()
    unfollowed: tuple[Unfollowed, ...] = ()
    searches: tuple[SearchChange, ...] = ()
    #: How saved searches stood before they were put in another order; None where they were not.
    order: tuple[str, ...] | None = None

    @property
    def articles(self) -> tuple[int, ...]:
        """Every article it touched."""
        tagged = (article for article, _ in (*self.tags.added, *self.tags.removed))
        noted = self.notes.articles if self.notes is not None else ()
        marked = (*self.unread, *self.read, *self.starred, *self.unstarred)
        follows = (*self.followed, *(was.article for was in self.unfollowed))
        muted = (article for change in self.searches for article in change.articles)
        return tuple(
            dict.fromkeys((*marked, *tagged, *noted, *self.deleted, *self.restored, *follows, *muted))
        )

    def __bool__(self) -> bool:
        return bool(self.articles or self.searches or self.order is not None)


def take_back(store: Store, change: Change) -> Change:
    """Undo a change in one transaction; what that did in turn is returned (so it can be redone)."""
    notes = None
    deleted: tuple[int, ...] = ()
    restored: tuple[int, ...] = ()
    with store.transaction():
        if change.deleted:
            restored = store.restore(change.deleted)
        if change.restored:
            deleted = store.delete(change.restored)
        if change.notes is not None:
            notes = store.notes.take_back(change.notes)
        read = store.set_unread(change.unread, False)
        unread = store.set_unread(change.read, True)
        unstarred = store.set_starred(change.starred, False)
        starred = store.set_starred(change.unstarred, True)
        removed = [store.change_tags(ids, remove=[tag]) for tag, ids in _by_tag(change.tags.added)]
        added = [store.change_tags(ids, add=[tag]) for tag, ids in _by_tag(change.tags.removed)]
        unfollowed = [store.unfollow(one) for one in change.followed if store.followed_from(one) is not None]
        followed = [was.article for was in change.unfollowed if store.follow_again(was)]
        searches = [store.searches.take_back(one) for one in reversed(change.searches)]
        order = store.searches.order_again(change.order) if change.order is not None else None
    tags = TagChange(
        tuple(pair for done in added for pair in done.added),
        tuple(pair for done in removed for pair in done.removed),
    )
    return Change(
        unread=unread,
        read=read,
        starred=starred,
        unstarred=unstarred,
        tags=tags,
        notes=notes,
        deleted=deleted,
        restored=restored,
        followed=tuple(followed),
        unfollowed=tuple(unfollowed),
        searches=tuple(searches),
        order=order,
    )


def _by_tag(pairs: Iterable[tuple[int, str]]) -> Iterable[tuple[str, list[int]]]:
    grouped: dict[str, list[int]] = {}
    for article, tag in pairs:
        grouped.setdefault(tag, []).append(article)
    return grouped.items()
