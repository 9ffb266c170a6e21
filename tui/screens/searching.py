"""Searching: results while one types, snippets under the hits, and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import get_current_worker

from store import QueryError, StoreError

from ..i18n import _, counted
from ..messages import RowsCounted, WorkFailed
from ..rows import CHUNK, RowWindow
from ..views import View
from .selecting import Selecting

if TYPE_CHECKING:
    from textual.timer import Timer

    from store import Query

    from ..config import Settings
    from ..reports import Before, HitsFound, SearchRefused, TextsRead
    from ..widgets.painting import Painter

#: Seconds without a key before what is typed is searched.
CALM = 0.08
#: The same on a slow line, where every answer shown is bytes to wait for.
CALM_SLOW = 1.0
#: Hits are counted so far while one types.
COUNTED_TYPING = 1000


class Searching(Selecting):
    """The search field and what follows each letter in it."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        self._before: Before | None = None
        self._calm: Timer | None = None
        self._is_refused = False
        # Where every text is read for a view just now.
        self._readings: dict[object, TextsRead] = {}

    def action_search(self, text: str | None = None) -> None:
        """Ask what to search for; the list follows what is typed."""
        from ..reports import Before

        if self.prompt is not None:
            return
        self._before = Before(
            [*self.views], [*self.places], self.list.stand(), self.query_of_view, self.is_article_in_front
        )
        self.app.histories.setdefault("search", self._history())
        shown = self.shown.query if self.shown.is_search else ""
        self.ask(
            "search",
            _("Search"),
            value=shown if text is None else text,
            placeholder=_('words, "a phrase", tag:…, source:…'),
            completions=self.complete_query,
            has_note=True,
        )
        if text is not None:
            self.call_after_refresh(self.typed_search, text)

    def _history(self) -> list[str]:
        try:
            return list(self.store.views.history())
        except StoreError:
            return []

    def complete_query(self, text: str, index: int) -> list[str]:
        """Fields, outlets, tags, names and words for what stands before the cursor."""
        try:
            return list(self.store.views.complete(text, index))
        except StoreError:
            return []

    # While one types

    def typed_search(self, text: str) -> None:
        """Search once the hands rest; nothing typed shows what was there before."""
        self._stop_calm()
        self._refused()
        self._tell_of_readings()
        if text.strip():
            self._calm = self.set_timer(
                CALM_SLOW if self.settings.slow else CALM, lambda: self.search_typed(text.strip())
            )
        else:
            self.workers.cancel_group(self, "typing")
            self._back_to_before(is_leaving=False)

    def _stop_calm(self) -> None:
        """What was typed until now is not looked for any more, if it was to be once the hands rest."""
        if self._calm is not None:
            self._calm.stop()

    @work(thread=True, group="typing", exclusive=True, exit_on_error=False)
    def search_typed(self, text: str) -> None:
        """Find the first hits, then count them; given up as soon as something else is typed."""
        from ..reports import HitsFound, SearchRefused

        worker = get_current_worker()
        view = View(text, _("Search") + ": " + text, is_search=True)
        try:
            query, refused = self._read_typed(text)
            if query is not None:
                with self.store.views.stoppable(lambda: worker.is_cancelled):
                    is_slow = self.store.is_slow(query)
                    with self.telling(view, is_slow):
                        page = self.store.page(query, limit=CHUNK)
                    window = RowWindow(page.rows, is_top=True, is_bottom=len(page.rows) < CHUNK)
                    if not worker.is_cancelled:
                        self.post_message(HitsFound(view, window, page.query, page.note))
                    with self.telling(view, is_slow, is_counting=True):
                        total = self.store.count(page.query, COUNTED_TYPING)
                        muted = self.store.mutes.left_out(page.query, COUNTED_TYPING)
                        self.post_message(RowsCounted(view, total, 0, muted))
            if refused is not None:
                self.post_message(SearchRefused(text, refused.place, refused.reason))
        except QueryError as error:
            # A pattern that takes too long shows only when it is looked for.
            self.post_message(SearchRefused(text, error.place, error.reason))
        except StoreError as error:
            if not worker.is_cancelled:
                self.post_message(WorkFailed(str(error)))

    def _read_typed(self, text: str) -> tuple[Query | None, QueryError | None]:
        """What is typed as a query, its last word perhaps unfinished; and why it cannot be read as it stands."""
        from ..typed_query import unfinished

        refused = None
        try:
            self.store.parse(text)
        except QueryError as error:
            refused = error
        try:
            return self.store.parse(unfinished(text)), refused
        except QueryError as error:
            return None, refused or error

    def _is_typed(self, text: str) -> bool:
        """Whether that is what stands in the field: answers to anything else are dropped."""
        prompt = self.prompt
        return prompt is not None and prompt.purpose == "search" and prompt.field.value.strip() == text

    def on_hits_found(self, event: HitsFound) -> None:
        """Show the hits, if they are of what stands in the field."""
        from ..typed_query import unfinished

        before = self._before
        if before is None or not self._is_typed(event.view.query):
            return
        if before.views[-1].is_search:
            self.views, self.places = [*before.views[:-1], event.view], [*before.places]
        else:
            self.views = [*before.views, event.view]
            self.places = [*before.places, (before.stand, before.query)]
        self.query_of_view = event.query
        self.hits_of = event.view
        # Of an unfinished word these are not the hits of the word.
        self.are_hits_final = unfinished(event.view.query) == event.view.query
        self._mark_matches(event.query)
        self.list.empty_lines = (_("Nothing found"),)
        self.list.share = None
        self.list.show(event.window)
        if self.is_article_in_front and not self.is_wide:
            self.is_article_in_front = False
            self.place_panes()
        self._note(event.note)
        self.rows_shown(is_first=True)

    @on(RowsCounted)
    def _hits_counted(self, event: RowsCounted) -> None:
        if self._is_typed(event.view.query) and self.prompt is not None and not self._is_refused:
            from ..view_list import at_most

            total = event.total
            is_more = total > COUNTED_TYPING
            told = (
                at_most(total, COUNTED_TYPING) if is_more else counted("{n} article", "{n} articles", total)
            )
            muted = counted("{n} muted left out", "{n} muted left out", event.muted) if event.muted else ""
            self.prompt.tell(self.prompt.note_start + " · ".join(part for part in (told, muted) if part))

    def on_texts_read(self, event: TextsRead) -> None:
        """Say what takes so long, and what would make it fast, as long as it takes."""
        if event.is_over:
            self._readings.pop(event.reading, None)
        else:
            self._readings[event.reading] = event
        self._tell_of_readings()
        if event.is_counting:
            self.tell_place()

    def _tell_of_readings(self) -> None:
        told = _("every text is read for this: three letters in a row, a word or a date help")
        readings = self._readings.values()
        prompt = self.prompt
        if prompt is not None:
            if any(self._is_typed(one.view.query) for one in readings):
                prompt.tell(told)
            elif prompt.note.text == told:
                prompt.tell("")
        is_awaited = any(one.view == self.shown and not one.is_counting for one in readings)
        self.status.tell_doing(told if is_awaited else "")

    def place_words(self) -> list[str]:
        """Also that every text is read, while the rows that were found so are counted."""
        is_counting = any(one.view == self.shown and one.is_counting for one in self._readings.values())
        return [*super().place_words(), *([_("every text is read to count them")] if is_counting else [])]

    def on_search_refused(self, event: SearchRefused) -> None:
        """Say why what is typed cannot be read."""
        if self._is_typed(event.text):
            self._refused(event.place, event.reason)

    def _refused(self, place: int | None = None, reason: str = "") -> None:
        """Show above the field why the query cannot be read, and in it where; the hits of before stay."""
        prompt = self.prompt
        self._is_refused = place is not None
        if prompt is None:
            return
        if place is None:
            prompt.field.mark_place(None)
            return
        from ..typed_query import told

        lead = len(prompt.field.value) - len(prompt.field.value.lstrip())
        prompt.field.mark_place(lead + place)
        prompt.tell(told(place, reason), is_error=True)

    def _note(self, note: str) -> None:
        if self.prompt is not None:
            self.prompt.note_start = note + " · " if note else ""
            self.prompt.tell(note)

    # Enter and Esc

    def refuses_search(self, text: str) -> bool:
        """A query that cannot be read says where and why, and stays to be mended."""
        try:
            self.store.parse(text)
        except QueryError as error:
            self._refused(error.place, error.reason)
            return True
        return False

    def answered_search(self, text: str, typed: str = "") -> None:
        """Keep what was found; nothing typed ends the search. ``typed`` is how it was written, where that is not the query."""
        self._stop_calm()
        self.workers.cancel_group(self, "typing")
        if not text:
            self._back_to_before(is_leaving=True)
            if self.shown.is_search:
                self.leave_view()
            return
        if not self.store.is_read_only:
            self.in_store(lambda: self.store.views.remember_search(typed or text))
        self._before = None
        view = View(text, _("Search") + ": " + (typed or text), is_search=True)
        if typed:
            # Its hits are on the screen.
            self.hits_of, self.are_hits_final = view, True
        self.open_view(view)
        self.bring_list()

    def dismissed_search(self) -> None:
        """Esc: everything as it was."""
        self._stop_calm()
        self.workers.cancel_group(self, "typing")
        self._back_to_before(is_leaving=True)

    def clicked_beside_search(self) -> None:
        """The mouse goes on in what was found: that stays, also of half a word; what has found nothing yet is left as by Esc."""
        from ..typed_query import unfinished

        before = self._before
        if before is None or self.views == before.views:
            self.dismissed_search()
            return
        self._stop_calm()
        typed = self.shown.query
        self.answered_search(unfinished(typed), typed)

    def _back_to_before(self, *, is_leaving: bool) -> None:
        before = self._before
        if before is None:
            return
        if self.views != before.views:
            self.hits_of = None
            self.views, self.places = [*before.views], [*before.places]
            self.query_of_view = before.query
            self._mark_matches(before.query)
            self.list.empty_lines = self.empty_lines()
            self.list.stand_again(before.stand)
            self._load("fresh")
            self.rows_shown(is_first=True)
        if self.prompt is not None:
            self.prompt.note_start = ""
            self.prompt.tell("")
        if is_leaving:
            self._before = None
            if before.is_article_in_front:
                self.bring_article()
        self.tell_place()

    def leave_view(self) -> bool:
        """Go back to the view before, and to what belongs to it."""
        is_left = super().leave_view()
        if is_left:
            self.rows_shown(is_first=True)
        return is_left

    def verb_search(self, text: str) -> None:
        """``:search WORDS``."""
        if not text:
            self.action_search()
        elif self.refuses_search(text):
            self.action_search(text)
        else:
            self.answered_search(text)
