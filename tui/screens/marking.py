"""Marking: tags, stars and read marks, each of which can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on

from store import StoreBusyError, Summary

from ..i18n import _, counted
from ..messages import StatusChanged, WorkFailed
from ..undo import Change, take_back
from ..widgets.painting import Painter
from ..writing import MARKS, ROWS
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
        known = self._known(ids)

        def act() -> Change:
            is_starred = not self._all(known, lambda row: row.is_starred)
            changed = self.store.set_starred(ids, is_starred)
            return Change(starred=changed) if is_starred else Change(unstarred=changed)

        self._act(act, lambda change: _("starred") if change.starred else _("star taken away"))

    def action_toggle_read(self) -> None:
        """Mark unread, or read where all are unread."""
        ids = self.marked_articles()
        if not ids:
            return
        known = self._known(ids)

        def act() -> Change:
            is_unread = not self._all(known, lambda row: row.is_unread)
            changed = self.store.set_unread(ids, is_unread)
            return Change(unread=changed) if is_unread else Change(read=changed)

        self._act(act, lambda change: _("marked unread") if change.unread else _("marked read"))

    def _known(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        """Those of some articles that can be seen: the open one, and the rows of the list."""
        if self.article is not None and ids == (self.article.id,):
            return ids
        wanted = frozenset(ids)
        return tuple(row.id for row in self.list.window.everything if row.id in wanted)

    def _all(self, ids: tuple[int, ...], has: Callable[[Summary], bool]) -> bool:
        """Whether all of them have it when it is their turn: what was done just before may not be on the screen yet."""
        rows = [row for row in map(self.store.row, ids) if row is not None]
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
            lambda: Change(searches=(self.store.mutes.mute(name, query),)),
            _("muted by {name}").format(name=name),
        )

    def verb_unmute(self, name: str) -> None:
        """``:unmute NAME``: the rule ends, and its articles come back."""
        self._act(
            lambda: Change(searches=(self.store.mutes.end(name),)),
            _("no longer muted by {name}").format(name=name),
        )

    def action_undo(self) -> None:
        """Take the last action back."""
        if not self.done and not self.app.writes.is_busy:
            self.tell(_("nothing to undo"))
            return

        # What is undone may be a deletion: the rows come back before the next key.
        self._act(self.undo_last, _("undone"), is_undoable=False, kind=ROWS)

    def undo_last(self) -> Change:
        """Take back what was done last; called where it is written.

        That is known only then: it may have been on its way when this was asked for. What cannot be taken back is
        let go, so that what was done before it can be; only a store that is busy is worth another try.
        """
        if not self.done:
            return Change()
        last = self.done.pop()
        try:
            return take_back(self.store, last)
        except StoreBusyError:
            self.done.append(last)
            raise

    def _act(
        self,
        act: Callable[[], Change],
        told: str | Callable[[Change], str],
        *,
        is_undoable: bool = True,
        kind: str = MARKS,
    ) -> None:
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
            return
        self.act_in_store(act, told, is_undoable, kind)

    def act_in_store(
        self,
        act: Callable[[], Change],
        told: str | Callable[[Change], str],
        is_undoable: bool,
        kind: str = MARKS,
    ) -> None:
        """Write to the store, then read the rows it changed; keys wait for it as its kind asks for."""

        def write() -> StatusChanged:
            change = act()
            self._keep_done(change, is_undoable)
            rows = (self._fresh_row(article_id) for article_id in change.articles[:100])
            said = told if isinstance(told, str) else told(change)
            return StatusChanged(change, tuple(row for row in rows if row is not None), said)

        self.app.writes.put(self, write, WorkFailed, self, kind=kind)

    def _keep_done(self, change: Change, is_undoable: bool = True) -> None:
        """What was done can be undone from now on; called where it is written, in the order of that."""
        if is_undoable and change:
            self.done = [*self.done[-UNDO_DEPTH:], change]

    def done_elsewhere(self, event: StatusChanged) -> None:
        """Take what another screen has just written; called where it was written."""
        self._keep_done(event.change)
        self.post_message(event)

    def _fresh_row(self, article_id: int) -> Summary | None:
        row = self.summary_of(article_id)
        if row is None:
            return None
        fresh = self.store.row(article_id)
        # An article that has moved since is brought by the list itself, at its new place.
        return fresh if fresh is not None and fresh.position == row.position else None

    @on(StatusChanged)
    def _status_changed(self, event: StatusChanged) -> None:
        for row in event.rows:
            self.list.update_row(row)
        if any(change.articles for change in event.change.searches):
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
