"""Giving: articles to the clipboard, the browser, a command, the editor, the pager, a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from store import Article, StoreError

from ..i18n import _, counted, language
from ..messages import WorkFailed
from .hits import Hits

if TYPE_CHECKING:
    from ..opening import Program
    from ..reports import ArticlesRead, CommandAnswered, DetailsRead
    from ..widgets.article_view import ArticleView

#: Most articles that are copied or piped at once; more are exported to a file.
MOST = 500


class Giving(Hits):
    """Hands what one reads to other programs."""

    def with_articles(self, purpose: str, argument: str = "") -> None:
        """Read the articles meant and go on in ``give_PURPOSE(articles, argument)``."""
        from ..reports import ArticlesRead

        ids = self.marked_articles()
        if len(ids) > MOST:
            self.tell(_("too many for that: e exports them to a file"), is_error=True)
        elif ids == (self.article.id if self.article is not None else 0,):
            assert self.article is not None
            self.post_message(ArticlesRead(purpose, (self.article,), argument))
        elif ids:
            self.read_articles(purpose, ids, argument)

    @work(thread=True, group="giving", exit_on_error=False)
    def read_articles(self, purpose: str, ids: Sequence[int], argument: str) -> None:
        """Read articles in full."""
        from ..reports import ArticlesRead

        worker = get_current_worker()
        try:
            found = tuple(self.store.article(article_id) for article_id in ids)
            if not worker.is_cancelled:
                self.post_message(ArticlesRead(purpose, found, argument))
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    def on_articles_read(self, event: ArticlesRead) -> None:
        """Give the articles away as was asked."""
        from ..opening import CannotOpenError

        give: Callable[[tuple[Article, ...], str], None] = getattr(self, f"give_{event.purpose}")
        try:
            give(event.articles, event.argument)
        except CannotOpenError as error:
            self.tell(str(error), is_error=True)

    # Details

    def action_details(self) -> None:
        """What is known of the article, and how."""
        ids = self.marked_articles()
        if ids:
            self.read_details(ids[0])

    @work(thread=True, group="giving", exit_on_error=False)
    def read_details(self, article_id: int) -> None:
        """Read an article and its former texts."""
        from ..reports import DetailsRead

        worker = get_current_worker()
        try:
            former = self.store.views.former_texts(article_id)
            found = DetailsRead(self.store.article(article_id), former)
            if not worker.is_cancelled:
                self.post_message(found)
        except StoreError as error:
            self.post_message(WorkFailed(str(error)))

    def on_details_read(self, event: DetailsRead) -> None:
        """Show the details."""
        from ..details import details
        from .details import PageScreen

        blocks = details(event.article, event.former, self.settings.months)
        self.app.push_screen(PageScreen(self.list.painter, _("Details"), blocks, self.settings.measure))

    # Clipboard

    def action_copy(self) -> None:
        """Copy what is selected in the article, or the article."""
        selected = self.view.selected_text if self.is_article_in_front else ""
        if selected:
            self.put_on_clipboard(selected)
        else:
            self.with_articles("copy", "article")

    @work
    async def action_copy_as(self) -> None:
        """Choose what to copy: link, headline, quotation, citation."""
        from ..widgets.menu import MenuRow
        from .menus import MenuScreen

        names = {
            "link": "Link",
            "headline": "Headline",
            "quotation": "Quotation with its source",
            "citation": "Citation in one line",
            "bibtex": "Citation as BibTeX",
            "ris": "Citation as RIS",
            "article": "The whole text",
        }
        rows = [MenuRow(_(name), "", form) for form, name in names.items()]
        chosen = await self.app.push_screen_wait(MenuScreen(self.list.painter, _("Copy"), rows))
        if isinstance(chosen, str):
            self.with_articles("copy", chosen)

    def verb_copy(self, form: str) -> None:
        """``:copy FORM``."""
        from ..command_line import COPIES

        if form and form not in (*COPIES, "bibtex", "ris"):
            self.tell(_("expected: {what}").format(what=" ".join(COPIES)), is_error=True)
        elif form:
            self.with_articles("copy", form)
        else:
            self.action_copy()

    def give_copy(self, articles: tuple[Article, ...], form: str) -> None:
        """Put them on the clipboard in one of the forms of :mod:`tui.copying`."""
        from ..copying import copy_text

        selected = self.view.selected_text if self.is_article_in_front else ""
        many = counted("{n} article", "{n} articles", len(articles)) if len(articles) > 1 else ""
        self.put_on_clipboard(copy_text(articles, form, selected), many)

    def put_on_clipboard(self, text: str, what: str = "") -> None:
        """Copy logical text through the terminal, and say what was done."""
        terminal = self.app.terminal
        if terminal is None:
            self.app.copy_to_clipboard(text)
            told = _("copied")
        else:
            told = terminal.copy(text).words(language())
        begins = " ".join(text.split())[:40]
        self.tell(f"{told}: {what or begins}")

    def on_article_view_selected(self, event: ArticleView.Selected) -> None:
        """Text was selected with the mouse: it is copied as soon as the button is let go."""
        self.put_on_clipboard(event.text)

    def action_leave(self) -> None:
        """Back: a selection in the article is let go first."""
        if not (self.is_article_in_front and self.view.let_go()):
            super().action_leave()

    # Browser

    def action_browse(self) -> None:
        """Open the article in the browser."""
        self.with_articles("browse")

    def give_browse(self, articles: tuple[Article, ...], _argument: str) -> None:
        """Open the first one's address; where there is no browser, copy it."""
        from ..copying import link
        from ..opening import CannotOpenError, browser, safe_address, start

        address = link(articles[0])
        if safe_address(address) is None:
            self.tell(_("this article has no address"), is_error=True)
            return
        try:
            program = browser(address, os.environ)
        except CannotOpenError as error:
            self.put_on_clipboard(address, f"{error} · {address}")
            return
        if program.needs_terminal:
            self.run_in_terminal(program)
        else:
            start(program)
            self.tell(_("opened in the browser") + f": {address}")

    # Pipe, editor, pager

    def action_pipe(self) -> None:
        """Ask for a command to pipe the text to."""
        if self.marked_articles():
            self.ask("pipe", _("Pipe to"), placeholder=_("a command, e.g. wc -w"))

    def answered_pipe(self, text: str) -> None:
        """Pipe to the command that was typed."""
        if text:
            self.with_articles("pipe", text)

    def verb_pipe(self, text: str) -> None:
        """``:pipe COMMAND`` or ``:!COMMAND``."""
        if text:
            self.with_articles("pipe", text)
        else:
            self.action_pipe()

    def give_pipe(self, articles: tuple[Article, ...], command: str) -> None:
        """Give a command the logical text; it has the terminal where it needs it."""
        from ..copying import copy_text
        from ..opening import piped

        program, text = piped(command), copy_text(articles, "article")
        if program.needs_terminal:
            self.run_in_terminal(program, text)
        else:
            self.pipe_to(program, text)

    @work(thread=True, group="pipe", exclusive=True, exit_on_error=False)
    def pipe_to(self, program: Program, text: str) -> None:
        """Run a command beside the reading."""
        from ..opening import CannotOpenError, pipe
        from ..reports import CommandAnswered

        worker = get_current_worker()
        try:
            self.post_message(CommandAnswered(program, pipe(program, text, lambda: worker.is_cancelled)))
        except CannotOpenError as error:
            if not worker.is_cancelled:
                self.post_message(WorkFailed(str(error)))

    def on_command_answered(self, event: CommandAnswered) -> None:
        """Tell what the command said."""
        said, name = event.said, event.program.words[0]
        lines = (said.output or said.errors).strip().splitlines()
        if said.code:
            self.tell(f"{name}: {lines[0] if lines else said.code}", is_error=True)
        elif len(lines) > 1:
            self._show_lines(name, lines)
        else:
            self.tell(f"{name}: {lines[0] if lines else _('done')}")

    def _show_lines(self, name: str, lines: Sequence[str]) -> None:
        from ..text import base_of
        from ..widgets.menu import MenuRow
        from .menus import MenuScreen

        rows = [MenuRow(line or " ", "", number, base=base_of(line)) for number, line in enumerate(lines, 1)]
        self.app.push_screen(MenuScreen(self.list.painter, name, rows))

    def action_edit(self) -> None:
        """Open the text in the editor."""
        self.with_articles("editor")

    def action_page_out(self) -> None:
        """Open the text in the pager."""
        self.with_articles("pager")

    def give_editor(self, articles: tuple[Article, ...], _argument: str) -> None:
        """The logical text in ``$VISUAL`` or ``$EDITOR``: a copy, the archive is not changed by it."""
        from ..copying import copy_text
        from ..opening import editor, on_file, text_file

        words = editor(os.environ)
        with text_file(copy_text(articles, "article")) as path:
            self.run_in_terminal(on_file(words, path))

    def give_pager(self, articles: tuple[Article, ...], _argument: str) -> None:
        """The text in ``$PAGER``, laid out where the terminal by itself shows letters as they come."""
        from ..copying import copy_text
        from ..opening import on_file, pager, text_file

        text = copy_text(articles, "article")
        profile = self.app.profile
        if profile is not None and profile.emission == "visual" and not profile.switch_off:
            from ..export.laid_out import text_lines

            width = min(self.settings.measure, self.app.size.width - 1)
            lines = (line for part in text.split("\n") for line in text_lines(part, width))
            text = "\n".join(lines) + "\n"
        with text_file(text) as path:
            self.run_in_terminal(on_file(pager(os.environ), path))

    def run_in_terminal(self, program: Program, given: str | None = None) -> None:
        """Give a program the terminal until it ends."""
        from textual.app import SuspendNotSupported

        from ..opening import CannotOpenError, run

        try:
            with self.app.suspend():
                code = run(program, given)
        except (SuspendNotSupported, CannotOpenError) as error:
            self.tell(str(error) or _("this terminal cannot be lent"), is_error=True)
            return
        if code:
            self.tell(
                _("{program} ended with {code}").format(program=program.words[0], code=code), is_error=True
            )
