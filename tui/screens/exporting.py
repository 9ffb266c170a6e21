"""Exporting: the open article, what is selected or the whole view, to a file the person names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from store import StoreError

from ..i18n import _, counted
from ..messages import WorkFailed
from .giving import Giving

if TYPE_CHECKING:
    from pathlib import Path

    from ..command_line import Completer


class Exporting(Giving):
    """Asks for the file, and writes it beside the reading."""

    def action_export(self) -> None:
        """Ask for a file: the open article, what is selected, or the whole view."""
        if self.list.selected or self.is_article_in_front:
            self._ask_for_file(self.marked_articles())
        else:
            self.read_ids("export", self.shown)

    def _ask_about(self, purpose: str, ids: tuple[int, ...]) -> None:
        if purpose == "export":
            self._ask_for_file(ids)
        else:
            super()._ask_about(purpose, ids)

    def _ask_for_file(self, ids: tuple[int, ...]) -> None:
        from ..exporting import complete_file

        self._bulk = ("export", ids)
        many = counted("{n} article", "{n} articles", len(ids))
        self.ask(
            "export",
            _("Export {many} to").format(many=many),
            placeholder=_("a file ending in .md .txt .html .jsonl .csv .bib .ris .epub"),
            completions=complete_file,
        )

    def verb_export(self, file: str) -> None:
        """``:export FILE``."""
        if not file:
            self.action_export()
        elif self.list.selected or self.is_article_in_front:
            self.export_to(file, self.marked_articles(), is_sure=False)
        else:
            self.export_to(file, (), is_sure=False)

    def answered_export(self, file: str) -> None:
        """Write to the file that was named."""
        if file:
            self.export_to(file, self._bulk[1], is_sure=False)

    def export_to(self, file: str, ids: tuple[int, ...], *, is_sure: bool) -> None:
        """Write articles (the whole view where none are named) to a file; one that is there is asked about."""
        from ..exporting import CannotExportError, format_of, target

        try:
            form, path = format_of(file), target(file)
        except CannotExportError as error:
            self.tell(str(error), is_error=True)
            return
        if path.exists() and not is_sure:
            self._bulk = (file, ids)
            self.ask(
                "overwrite",
                _("{file} is there already: write over it? Enter does it, Esc does not").format(
                    file=path.name
                ),
            )
            return
        self.write_export(path, form, ids, self.shown.query)

    def answered_overwrite(self, text: str) -> None:
        """Enter: write over the file."""
        file, ids = self._bulk
        if self.is_yes(text):
            self.export_to(file, ids, is_sure=True)

    @work(thread=True, group="export", exit_on_error=False)
    def write_export(self, path: Path, form: str, ids: tuple[int, ...], query: str) -> None:
        """Write the file beside the reading."""
        from ..exporting import CannotExportError, write

        try:
            wanted = ids or self.store.views.ids(self.store.parse(query))
            count = write((self.store.article(one) for one in wanted), set(wanted), path, form)
        except (StoreError, CannotExportError) as error:
            self.post_message(WorkFailed(str(error)))
            return
        many = counted("{n} article", "{n} articles", count)
        self.app.call_from_thread(self.tell, f"{many} → {path}")

    def completers(self) -> dict[str, Completer]:
        """Also files, tags and searches."""
        from ..exporting import complete_file

        return {
            **super().completers(),
            "export": complete_file,
            "tag": self.complete_tag,
            "tag-all": self.complete_tag,
            "search": self.complete_query,
        }
