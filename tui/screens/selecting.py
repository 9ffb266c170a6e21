"""Selecting: many rows at once, and everything a view holds; each action says for how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import get_current_worker

from store import StoreError

from ..i18n import _, counted
from ..messages import StatusChanged, WorkFailed
from ..undo import Change
from ..writing import MARKS, ROWS
from .marking import read_tags
from .viewing import Viewing

if TYPE_CHECKING:
    from ..config import Settings
    from ..reports import IdsRead
    from ..views import View
    from ..widgets.painting import Painter

#: Beyond so many changed rows the list is read anew instead of row by row.
_FEW = 100


class Selecting(Viewing):
    """Which articles an action is about, when it is more than one."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self._anchor: int | None = None
        self._bulk: tuple[str, tuple[int, ...]] = ("", ())
        self._typed_tags = ""

    # Rows

    def action_select(self, count: int) -> None:
        """Select the row under the cursor, or let it go, and go on to the next; so many rows at once."""
        rows = self.list.window.rows
        here = self.list.cursor
        chosen = {row.id for row in rows[here : here + max(1, count)]}
        if not chosen:
            return
        self._anchor = rows[here].id
        if count == 1:
            self._select(self.list.selected ^ chosen)
        else:
            self._select(self.list.selected | chosen)
        self.list.move_to(here + max(1, count))

    def action_select_all(self) -> None:
        """Select all rows from the last selected one up to here; with none selected, the whole view."""
        rows = self.list.window.rows
        anchor = self.list.window.index_of(self._anchor) if self._anchor is not None else None
        if self.list.selected and anchor is not None:
            low, high = sorted((anchor, self.list.cursor))
            self._select(self.list.selected | {row.id for row in rows[low : high + 1]})
        else:
            self.read_ids("select", self.shown)

    def _select(self, ids: frozenset[int]) -> None:
        self.list.select(ids)
        if not ids:
            self._anchor = None
        self.tell_place()

    def let_rows_go(self) -> bool:
        """Let all rows go; False where none was selected."""
        if not self.list.selected:
            return False
        self._select(frozenset())
        return True

    def action_leave(self) -> None:
        """Back: a selection is let go first."""
        if self.is_article_in_front or not self.let_rows_go():
            super().action_leave()

    def place_words(self) -> list[str]:
        """Also how many rows are selected."""
        words = super().place_words()
        if self.list.selected:
            words.insert(1, counted("{n} selected", "{n} selected", len(self.list.selected)))
        return words

    # All of a view

    @work(thread=True, group="bulk", exclusive=True, exit_on_error=False)
    def read_ids(self, purpose: str, view: View) -> None:
        """Find every article of a view."""
        from ..reports import IdsRead

        worker = get_current_worker()
        try:
            ids = self.store.views.ids(self.store.parse(view.query))
            if not worker.is_cancelled:
                self.post_message(IdsRead(purpose, view, ids))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    def on_ids_read(self, event: IdsRead) -> None:
        """Go on with the articles of the view."""
        if event.view != self.shown:
            return
        if not event.ids:
            self.tell(_("nothing in this view"))
        elif event.purpose == "select":
            self._select(frozenset(event.ids))
            self.tell(counted("{n} selected", "{n} selected", len(event.ids)))
        else:
            self._ask_about(event.purpose, event.ids)

    def _ask_about(self, purpose: str, ids: tuple[int, ...]) -> None:
        """Say how many it is about before anything is done."""
        self._bulk = (purpose, ids)
        many = counted("{n} article", "{n} articles", len(ids))
        questions = {
            "delete": _("Delete {many}? Enter does it, Esc does not"),
            "read": _("Mark {many} read? Enter does it, Esc does not"),
            "star": _("Star {many}? Enter does it, Esc does not"),
            "tag": _("Tag {many}:"),
            "tag_all": _("Tag {many} {tags}? Enter does it, Esc does not"),
        }
        is_tag = purpose == "tag"
        self.ask(
            {"tag": "tag_many", "tag_all": "tag_all"}.get(purpose, "bulk"),
            questions[purpose].format(many=many, tags=self._typed_tags),
            placeholder=_("+add -remove, several between commas") if is_tag else "",
            completions=self.complete_tag if is_tag else None,
        )

    def complete_tag(self, text: str, index: int) -> list[str]:
        """Names of tags for the word before the cursor; the line as it would then be."""
        start = max(text.rfind(sign, 0, index) for sign in ",،;+-") + 1
        beginning = text[start:index].strip()
        lead = text[:start] + (" " if text[start:index].startswith(" ") else "")
        return [lead + name + text[index:] for name in self.store.tag_completions(beginning)]

    def action_delete(self) -> None:
        """Delete the article, or what is selected, once the number was seen; undo brings it back."""
        ids = self.marked_articles()
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
        elif ids:
            self._ask_about("delete", ids)

    def action_mark_view_read(self) -> None:
        """Mark every article of the view read, once the number was seen."""
        self._begin("read")

    def action_star_view(self) -> None:
        """Star every article of the view, once the number was seen."""
        self._begin("star")

    def action_tag_view(self) -> None:
        """Tag every article of the view."""
        self._begin("tag")

    def _begin(self, purpose: str) -> None:
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
        else:
            self.read_ids(purpose, self.shown)

    def verb_tag_all(self, argument: str) -> None:
        """``:tag-all +a -b``: done once the number was seen."""
        self._typed_tags = argument
        self._begin("tag_all")

    def answered_tag_all(self, text: str) -> None:
        """Enter: tag what was counted as was typed."""
        if self.is_yes(text):
            self._tag(self._bulk[1], self._typed_tags)

    def is_yes(self, text: str) -> bool:
        """Whether an answer to a question of yes or no is yes: Enter alone is, any other word is not."""
        if text.strip().lower() in ("", "y", "yes", "نعم"):
            return True
        self.tell(_("nothing changed"))
        return False

    def answered_bulk(self, text: str) -> None:
        """Enter: do it."""
        if not self.is_yes(text):
            return
        purpose, ids = self._bulk
        acts: dict[str, tuple[Callable[[], Change], str]] = {
            "read": (lambda: Change(read=self.store.set_unread(ids, False)), _("marked read")),
            "star": (lambda: Change(starred=self.store.set_starred(ids, True)), _("starred")),
            "delete": (
                lambda: Change(deleted=self.store.delete(ids)),
                _("deleted; Ctrl+Z brings it back"),
            ),
        }
        act, told = acts[purpose]
        # Behind a deletion another row is under the cursor.
        self._act(act, told, kind=ROWS if purpose == "delete" else MARKS)

    def answered_tag_many(self, text: str) -> None:
        """Tag what was counted."""
        self._tag(self._bulk[1], text)

    def _tag(self, ids: tuple[int, ...], text: str) -> None:
        add, remove = read_tags(text)
        if add or remove:
            self._act(lambda: Change(tags=self.store.change_tags(ids, add, remove)), text)

    @on(StatusChanged)
    def _many_changed(self, event: StatusChanged) -> None:
        change = event.change
        if len(change.articles) > _FEW or change.deleted or change.restored:
            self._load("fresh")
        if change.deleted:
            self._forget(frozenset(change.deleted))

    def _forget(self, gone: frozenset[int]) -> None:
        """Articles were deleted: none of them is in the list, open or selected any more."""
        self.list.update_window(self.list.window.without(gone))
        if self.list.selected & gone:
            self._select(self.list.selected - gone)
        if self.article is not None and self.article.id in gone:
            self.article = None
            self.view.clear()
            self.bring_list()
