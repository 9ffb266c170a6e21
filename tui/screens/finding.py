"""Finding: in the open article, while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import QueryError, StoreError

from ..i18n import _
from .searching import CALM, Searching

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..config import Settings
    from ..presentation import Block
    from ..widgets.page_rows import Spans
    from ..widgets.painting import Painter

#: Longest article, in code points, in which is found while one types: what is found must not hold up a key.
FOUND_TYPING = 20_000


class Finding(Searching):
    """The field of what to find, and what follows each letter in it."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        # Where in the article one stood when one began to type what to find in it.
        self._standing = self.view.standing
        self._found_before: Callable[[Block], Spans] | None = None

    def verb_find(self, text: str) -> None:
        """``:find WORDS``."""
        if text:
            self.answered_find(text)
        else:
            self.action_find()

    def action_find(self) -> None:
        """Ask what to find in the open article; it is shown while one types."""
        if not self.is_article_in_front:
            self.action_search()
        elif self.prompt is None:
            self._standing = self.view.standing
            self._found_before = self.view.matches if self.is_finding else None
            self.ask("find", _("Find"), has_note=True)

    def typed_find(self, text: str) -> None:
        """Find once the hands rest."""
        self._stop_calm()
        self._refused()
        if self.prompt is not None:
            self.prompt.tell("")
        if sum(len(block.text) for block in self.view.blocks) <= FOUND_TYPING:
            self._calm = self.set_timer(CALM, lambda: self._find_typed(text.strip()))

    def _find_typed(self, text: str) -> None:
        from ..typed_query import unfinished

        if self.prompt is None or self.prompt.purpose != "find":
            return
        try:
            query = self.store.parse(unfinished(text))
        except QueryError:
            # What is wrong with it is told at Enter: it is being typed.
            return
        if query.is_empty:
            self._as_before_find()
            return
        is_found = self.mark_found(query)
        self.prompt.tell(self.match_words() if is_found else _("not in this article"))

    def refuses_find(self, text: str) -> bool:
        """As a search: what cannot be read stays to be mended."""
        # What is found so far must not be told over why it cannot be read.
        self._stop_calm()
        return self.refuses_search(text)

    def answered_find(self, text: str) -> None:
        """Mark it in the article."""
        self._stop_calm()
        if not text:
            # Who asks for nothing has done with what was found before, too.
            self._found_before = None
            self._as_before_find()
            return
        try:
            query = self.store.parse(text)
        except StoreError as error:
            self.tell(str(error), is_error=True)
            return
        self.find_in_article(query)

    def clicked_beside_find(self) -> None:
        """The mouse goes on in the article: what is marked stays so."""
        if not self.is_finding:
            self.dismissed_find()
            return
        self._stop_calm()
        self.tell_place()

    def dismissed_find(self) -> None:
        """Esc: the article as it was."""
        self._stop_calm()
        self._as_before_find()
        self.tell_place()

    def _as_before_find(self) -> None:
        if self._found_before is None:
            self.end_find()
        else:
            self.view.matches = self._found_before
            self.view.refresh()
        self.view.stand_as(self._standing)
