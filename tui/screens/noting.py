"""Noting: passages are marked and written about, their notes gone through, changed and deleted; all can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work

from store import StoreError

from ..commands import commands
from ..i18n import _, counted
from ..messages import ArticleOpened, WorkFailed
from ..undo import Change
from ..widgets.passage_view import PassageView
from .exporting import Exporting

if TYPE_CHECKING:
    from pathlib import Path

    from store import Note, NoteChange

    from ..config import Settings
    from ..presentation import PageView
    from ..widgets.painting import Painter

#: Stands for a line end of a note in the field, which has one line.
_LINE_END = " ¶ "


class Noting(Exporting):
    """What a person marks in an article and writes of it."""

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        # What the open question is about: a stretch of the article's body, a note, or an article.
        self._noting: tuple[str, int, int, int] = ("", 0, 0, 0)
        self._wanted: int | None = None

    # Marking

    @on(PassageView.PassagePicked)
    def _passage_picked(self, event: PassageView.PassagePicked) -> None:
        article = self.article
        if article is None:
            return
        same = next((n for n in article.notes if (n.start, n.stop) == (event.start, event.end)), None)
        if event.wants_note and same is not None:
            self._ask_for_note(("edit", same.id, 0, 0), same)
        elif event.wants_note:
            self._ask_for_note(("passage", article.id, event.start, event.end))
        elif same is not None:
            self.tell(_("highlighted already"))
        else:
            self._change_notes(
                lambda: self.store.notes.add(article.id, event.start, event.end), _("highlighted")
            )

    @on(PassageView.NothingToPick)
    def _nothing_to_pick(self) -> None:
        if self.view.notes or self.article is None or not self.article.notes:
            self.tell(_("only the text of an article can be marked"))

    @on(PassageView.PickingChanged)
    def _picking_changed(self) -> None:
        self.tell_place()

    @on(PassageView.NoteChosen)
    def _note_chosen(self, event: PassageView.NoteChosen) -> None:
        self._edit(event.note)

    # Writing

    def action_note(self) -> None:
        """Write about what is selected, write the note anew one stands at, or write about the article."""
        if self.is_article_in_front and self.view.give_selection():
            return
        if self.is_article_in_front and self.view.note is not None:
            self._edit(self.view.note)
            return
        for article_id in self.marked_articles()[:1]:
            self._ask_for_note(("article", article_id, 0, 0))

    def verb_note(self, text: str) -> None:
        """``:note TEXT``: write about the article."""
        for article_id in self.marked_articles()[:1]:
            if text:
                self._noting = ("article", article_id, 0, 0)
                self.answered_note(text)
            else:
                self.action_note()

    def _edit(self, note_id: int) -> None:
        note = next((note for note in self.view.notes if note.id == note_id), None)
        if note is not None:
            self._ask_for_note(("edit", note.id, 0, 0), note)

    def _ask_for_note(self, about: tuple[str, int, int, int], note: Note | None = None) -> None:
        if self.store.is_read_only:
            self.tell(_("this store can only be read"), is_error=True)
            return
        self._noting = about
        label = _("Note on the article") if about[0] == "article" else _("Note on the passage")
        if note is not None and not note.passage:
            label = _("Note on the article")
        value = note.text.replace("\n", _LINE_END) if note is not None else ""
        self.ask("note", label, value=value, placeholder=_("what you want to remember of it"))

    def answered_note(self, text: str) -> None:
        """Keep what was written; a passage without a text is highlighted."""
        what, number, start, stop = self._noting
        written = text.replace(_LINE_END.rstrip(), "\n").replace("\n ", "\n").strip()
        if what == "passage":
            self._change_notes(
                lambda: self.store.notes.add(number, start, stop, written),
                _("note kept") if written else _("highlighted"),
            )
        elif what == "edit":
            self._change_notes(lambda: self.store.notes.edit(number, written), _("note changed"))
        elif what == "article" and written:
            self._change_notes(lambda: self.store.notes.add_to_whole(number, written), _("note kept"))

    def action_delete_note(self) -> None:
        """Delete the note one stands at."""
        note = self.view.note
        if note is None:
            self.tell(_("no note under the cursor"))
            return
        self._change_notes(lambda: self.store.notes.remove([note]), _("note deleted; Ctrl+Z brings it back"))

    def _change_notes(self, act: Callable[[], NoteChange], told: str) -> None:
        self._act(lambda: Change(notes=act()), told)

    # All of them

    @work
    async def action_notes(self) -> None:
        """All notes: one is gone to, written anew, deleted or copied."""
        from .notes import Asked, NotesScreen

        at = 0
        while True:
            found = self.store.notes.latest()
            screen = NotesScreen(self.list.painter, found, at)
            asked = await self.app.push_screen_wait(screen)
            if not isinstance(asked, Asked):
                return
            at = asked.at
            if asked.what == "delete" and not self.store.is_read_only:
                self._deleted(self.store.notes.remove([asked.note.id]))
            elif asked.what == "copy":
                self.copy_note(asked.note)
            elif asked.what == "export":
                self._ask_for_notes_file()
                return
            else:
                self.go_to_note(asked.note)
                if asked.what == "edit":
                    self.view.take_notes((asked.note,))
                    self._ask_for_note(("edit", asked.note.id, 0, 0), asked.note)
                return

    def _deleted(self, change: NoteChange) -> None:
        self._change_notes(lambda: change, _("note deleted; Ctrl+Z brings it back"))

    def copy_note(self, note: Note) -> None:
        """Put a note on the clipboard: the passage in quotation marks, its source, what was written."""
        from ..export.notes import quoted

        self.put_on_clipboard(quoted(note, self.store.article(note.article)))

    def _ask_for_notes_file(self) -> None:
        from ..exporting import complete_file

        self.ask(
            "export_notes",
            _("Export the notes to"),
            placeholder=_(
                "a file ending in .md: notes with citations; in another: the articles with their notes"
            ),
            completions=complete_file,
        )

    def answered_export_notes(self, file: str) -> None:
        """Write the notes, or the articles that have some."""
        from ..exporting import CannotExportError, format_of, target

        if not file:
            return
        try:
            form, path = format_of(file), target(file)
            if path.exists():
                raise CannotExportError(_("{file} is there already").format(file=path.name))
        except CannotExportError as error:
            self.tell(str(error), is_error=True)
            return
        if form == "markdown":
            self.write_notes(path)
        else:
            self.write_export(path, form, (), "has:note")

    @work(thread=True, group="export", exit_on_error=False)
    def write_notes(self, path: Path) -> None:
        """Write the file beside the reading."""
        from ..exporting import CannotExportError, write_notes

        try:
            ids = self.store.views.ids(self.store.parse("has:note"))
            count = write_notes((self.store.article(one) for one in ids), path)
        except (StoreError, CannotExportError) as error:
            self.post_message(WorkFailed(str(error)))
            return
        many = counted("{n} article", "{n} articles", count)
        self.app.call_from_thread(self.tell, f"{many} → {path}")

    def go_to_note(self, note: Note) -> None:
        """Open the article of a note, and stand at it."""
        self._wanted = note.id
        if self.article is not None and self.article.id == note.article:
            self.bring_article()
            self._stand_at_wanted()
            return
        if self.article is not None and self.is_article_in_front:
            self.trail = self.trail.jumped(self._here(self.article))
        self.open_article(note.article, note.start or 0)

    @on(ArticleOpened)
    def _opened_for_note(self, _event: ArticleOpened) -> None:
        if self._wanted is not None:
            # Behind the handler that shows the article.
            self.call_later(self._stand_at_wanted)

    def _stand_at_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and any(note.id == wanted for note in self.view.notes):
            self.view.stand_at_note(wanted)

    # Names on the page

    @on(PassageView.ViewChosen)
    def _view_chosen(self, event: PassageView.ViewChosen) -> None:
        self._list_of(event.view)

    def _list_of(self, named: PageView) -> None:
        """Show the list a name leads to; backspace goes back to the article."""
        from ..views import View

        if self.article is not None:
            self.trail = self.trail.jumped(self._here(self.article))
        self.switch_to(View(named.query, named.title))

    @work
    async def action_names(self) -> None:
        """Outlet, agencies, tags and keywords of the article: the one chosen is listed."""
        from ..presentation import PageView, page_views
        from ..widgets.menu import MenuRow
        from .menus import MenuScreen

        if self.article is None:
            self.tell(_("open an article first"))
            return
        kinds = {"source": "Outlet", "agency": "Agency", "tag": "Tags", "keyword": "Keywords"}
        rows: list[MenuRow] = []
        before = ""
        for one in page_views(self.article):
            kind = one.query.partition(":")[0]
            if kind != before:
                rows.append(MenuRow(_(kinds[kind]), role="heading"))
                before = kind
            rows.append(MenuRow(one.title, "", one, indent=2))
        title = _("Named in this article")
        screen = MenuScreen(self.list.painter, title, rows, empty=_("nothing is named in it"))
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, PageView):
            self._list_of(chosen)

    # What the status line says

    def place_words(self) -> list[str]:
        """Also how many notes the article has."""
        words = super().place_words()
        if self.is_article_in_front and self.article is not None and self.article.notes:
            words.append(counted("{n} note", "{n} notes", len(self.article.notes)))
        return words

    def tell_hints(self) -> None:
        """While a passage is picked, or one stands at a note, the keys for that."""
        if self.is_article_in_front and self.view.is_picking:
            keys_of = self.app.hands.keymap.of
            hints = [(keys_of(c)[0], _(c.hint)) for c in commands("picking") if c.hint and keys_of(c)]
            names = {"enter": "Enter", "escape": "Esc"}
            order = ("enter", "a", "y", "s", "p", "w")
            hints.sort(key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
            self.status.tell_hints(tuple((names.get(key, key), word) for key, word in hints))
        elif self.is_article_in_front and self.view.note is not None:
            self.status.tell_hints(
                (("a", _("write")), ("d", _("delete")), (")", _("next")), ("Esc", _("back")))
            )
        else:
            super().tell_hints()
