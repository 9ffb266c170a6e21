"""Marking: tags, stars and read marks, each of which can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on

from store import Summary

from ..i18n import _, counted
from ..messages import StatusChanged, WorkFailed
from ..undo import Change, take_back
from ..widgets.painting import Painter
from .reading import Reading

if TYPE_CHECKING:
    from ..config import Settings

#: Actions that can be undone.
UNDO_DEPTH = 100


class Marking(Reading):
    """What a person does to articles."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self.done: list[Change] = []

    def marked_articles(self) -> tuple[int, ...]:
        """The articles an action is about: the selected ones, the open one, or the one under the cursor."""
        if self.list.selected:
            return tuple(self.list.selected)
        if self.is_article_in_front and self.article is not None:
            return (self.article.id,)
        row = self.list.current
        return (row.id,) if row is not None else ()

    def action_star(self) -> None:
        """Star, or take the star away where all have one."""
        ids = self.marked_articles()
        if not ids:
            return
        is_starred = not self._all(ids, lambda row: row.is_starred)

        def act() -> Change:
            changed = self.store.set_starred(ids, is_starred)
            return Change(starred=changed) if is_starred else Change(unstarred=changed)

        self._act(act, _("starred") if is_starred else _("star taken away"))

    def action_toggle_read(self) -> None:
        """Mark unread, or read where all are unread."""
        ids = self.marked_articles()
        if not ids:
            return
        is_unread = not self._all(ids, lambda row: row.is_unread)

        def act() -> Change:
            changed = self.store.set_unread(ids, is_unread)
            return Change(unread=changed) if is_unread else Change(read=changed)

        self._act(act, _("marked unread") if is_unread else _("marked read"))

    def _all(self, ids: Sequence[int], has: Callable[[Summary], bool]) -> bool:
        article = self.article
        if article is not None and ids == (article.id,) and self.summary_of(article.id) is None:
            row = Summary(article.id, 0, "", False, None, None, article.is_unread, article.is_starred)
            return has(row)
        rows = [row for row in (self.summary_of(article_id) for article_id in ids) if row is not None]
        return bool(rows) and all(has(row) for row in rows)

    def change_tags(self, text: str) -> None:
        """Add and remove tags as typed: ``+a -b``, or names between commas."""
        ids = self.marked_articles()
        add, remove = read_tags(text)
        if not ids or not (add or remove):
            return

        def act() -> Change:
            return Change(tags=self.store.change_tags(ids, add, remove))

        self._act(act, written_tags(add, remove))

    def verb_mute(self, name: str) -> None:
        """``:mute NAME``: what this view finds is muted from now on, by a rule of that name."""
        query = self.shown.query
        if not query:
            self.tell(_("search for something first, then mute it"), is_error=True)
            return
        self._act(
            lambda: Change(mutes=(self.store.mutes.mute(name, query),)),
            _("muted by {name}").format(name=name),
        )

    def verb_unmute(self, name: str) -> None:
        """``:unmute NAME``: the rule ends, and its articles come back."""
        self._act(
            lambda: Change(mutes=(self.store.mutes.end(name),)),
            _("no longer muted by {name}").format(name=name),
        )

    def action_undo(self) -> None:
        """Take the last action back."""
        if not self.done:
            self.tell(_("nothing to undo"))
            return
        change = self.done.pop()
        self._act(lambda: take_back(self.store, change), _("undone"), is_undoable=False)

    def _act(self, act: Callable[[], Change], told: str, *, is_undoable: bool = True) -> None:
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
            return
        self.act_in_store(act, told, is_undoable)

    def act_in_store(self, act: Callable[[], Change], told: str, is_undoable: bool) -> None:
        """Write to the store, then read the rows it changed."""

        def write() -> StatusChanged:
            change = act()
            rows = (self._fresh_row(article_id) for article_id in change.articles[:100])
            return StatusChanged(change, tuple(row for row in rows if row is not None), told, is_undoable)

        self.app.writes.put(self, write, WorkFailed, self)

    def _fresh_row(self, article_id: int) -> Summary | None:
        row = self.summary_of(article_id)
        if row is None:
            return None
        fresh = self.store.row(article_id)
        # An article that has moved since is brought by the list itself, at its new place.
        return fresh if fresh is not None and fresh.position == row.position else None

    @on(StatusChanged)
    def _status_changed(self, event: StatusChanged) -> None:
        if event.is_undoable and event.change:
            self.done = [*self.done[-UNDO_DEPTH:], event.change]
        for row in event.rows:
            self.list.update_row(row)
        if event.change.mutes:
            # Rows went or came.
            self._load("fresh")
        count = len(event.change.articles)
        many = ": " + counted("{n} article", "{n} articles", count) if count > 1 else ""
        self.tell(event.told + many if event.change else _("nothing changed"))
        is_there = self.article is not None and self.article.id not in event.change.deleted
        if self.article is not None and is_there and self.article.id in event.change.articles:
            self.read_again(self.article.id)


def read_tags(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags to add and to remove in ``+a -b``, ``a, b`` or ``a، -b``; a name may hold blanks."""
    pieces = re.split(r"[,،;؛\n]+|\s+(?=[+\-−])", text)
    add: list[str] = []
    remove: list[str] = []
    for piece in (piece.strip() for piece in pieces):
        name = piece.lstrip("+-−# ").strip()
        if name:
            (remove if piece[0] in "-−" else add).append(name)
    return tuple(add), tuple(remove)


def written_tags(add: Sequence[str], remove: Sequence[str]) -> str:
    """The tags that come and go, as :func:`read_tags` reads them."""
    return " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
