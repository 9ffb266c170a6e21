"""Saved searches: opened, put in order, renamed, made rules, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from store import QueryError, SavedSearch, Store, StoreError

from ..commands import bindings
from ..i18n import _, is_rtl
from ..messages import StatusChanged
from ..saved_rows import saved_rows
from ..undo import Change
from ..view_list import Tally, tally
from ..views import View
from ..widgets.menu import Menu
from ..widgets.painting import Painter
from ..widgets.prompt import Completions
from ..writing import MARKS
from .menus import MenuScreen
from .questions import Questions


class SavedScreen(MenuScreen, Questions):
    """All saved searches in their order; the result is the View of one.

    ``tell_home`` keeps what was done for the panes, ``undo_last`` takes the last of that back (both are called where
    it is written).
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("saved")

    @dataclass
    class Changed(Message):
        """Something was done; the searches as they stand now, and the name of the one the cursor belongs on."""

        searches: tuple[SavedSearch, ...]
        told: str
        at: str

    @dataclass
    class Counted(Message):
        """What the searches find was counted, or None for one that cannot be read."""

        tallies: dict[str, Tally | None]

    @dataclass
    class Failed(Message):
        """What was asked for could not be done; one line says why."""

        reason: str

    def __init__(
        self,
        painter: Painter,
        store: Store,
        tell_home: Callable[[StatusChanged], object],
        undo_last: Callable[[], Change],
        complete: Completions,
    ) -> None:
        self.searches = store.searches.all()
        self.tallies: dict[str, Tally | None] = {}
        super().__init__(
            painter,
            _("Saved searches"),
            saved_rows(self.searches, self.tallies),
            empty=_("No saved searches yet: search for something, then :save NAME"),
        )
        self.painter = painter
        self.store = store
        self._tell_home = tell_home
        self._undo_last = undo_last
        self._complete = complete
        self._asked_about = ""

    @property
    def pane(self) -> Widget:
        """The searches."""
        return self.menu

    @property
    def chosen(self) -> SavedSearch | None:
        """The search under the cursor."""
        row = self.menu.current
        return row.value if row is not None and isinstance(row.value, SavedSearch) else None

    def on_mount(self) -> None:
        """Count what they find."""
        self.count()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this screen; a narrow one does without the last."""
        return (
            ("Enter", _("list")),
            ("t", _("tag")),
            ("r", _("rename")),
            ("d", _("forget")),
            ("e", _("query")),
            ("→" if is_rtl() else "Esc", _("back")),
            ("J K", _("order")),
        )

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Leave for the list of what a search finds."""
        event.stop()
        event.prevent_default()
        if self.chosen is not None:
            self.dismiss(View(self.chosen.query, self.chosen.name))

    # What is done with one

    def action_rename(self) -> None:
        """Ask for another name."""
        self._ask_about("rename", _("Name"), lambda one: one.name)

    def answered_rename(self, text: str) -> None:
        """Give it that name, also where others name it."""
        name = self._asked_about
        if text and text != name:
            self._act(
                lambda: Change(searches=self.store.searches.rename(name, text)),
                _("renamed: {name}").format(name=text),
                text,
            )

    def action_tag(self) -> None:
        """Ask for the tag of what arrives."""
        self._ask_about(
            "auto_tag",
            _("Tag what arrives"),
            lambda one: one.tag or "",
            placeholder=_("a tag; nothing for none"),
            completions=lambda text, index: [tag.name for tag in self.store.views.tags(text[:index])],
        )

    def answered_auto_tag(self, text: str) -> None:
        """Make it a rule, or one no longer."""
        name, tag = self._asked_about, text.lstrip("+# ")
        self._act(
            lambda: Change(searches=(self.store.searches.set_tag(name, tag),)), told_of_tag(name, tag), name
        )

    def action_query(self) -> None:
        """Ask what to look for."""
        self._ask_about("query", _("Search"), lambda one: one.query, completions=self._complete)

    def answered_query(self, text: str) -> None:
        """Look for that from now on."""
        name = self._asked_about
        if text:
            self._act(
                lambda: Change(searches=(self.store.searches.set_query(name, text),)),
                _("saved as {name}").format(name=name),
                name,
            )

    def action_forget(self) -> None:
        """Forget it; ctrl+z brings it back."""
        chosen = self.chosen
        if chosen is not None:
            below = [one.name for one in self.searches]
            place = below.index(chosen.name)
            self._act(
                lambda: Change(searches=(self.store.searches.forget(chosen.name),)),
                told_of_forgetting(chosen.name, self.store.searches.naming(chosen.name)),
                (below[place + 1 :] + below[:place][::-1] + [""])[0],
            )

    def action_shift(self, rows: int) -> None:
        """Move it among the others."""
        chosen = self.chosen
        if chosen is None:
            return

        def act() -> Change:
            names = [one.name for one in self.store.searches.all()]
            place = names.index(chosen.name) if chosen.name in names else 0
            to = max(0, min(place + rows, len(names) - 1))
            if to == place or chosen.name not in names:
                return Change()
            names.insert(to, names.pop(place))
            return Change(order=self.store.searches.order(names))

        self._act(act, "", chosen.name)

    def action_undo(self) -> None:
        """Take the last action back."""
        chosen = self.chosen
        self._act(self._undo_last, _("undone"), chosen.name if chosen else "", is_undoable=False)

    def _ask_about(
        self,
        purpose: str,
        label: str,
        value: Callable[[SavedSearch], str],
        *,
        placeholder: str = "",
        completions: Completions | None = None,
    ) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._asked_about = chosen.name
            self.ask(
                self.painter,
                purpose,
                label,
                value=value(chosen),
                placeholder=placeholder,
                completions=completions,
            )

    def _act(self, act: Callable[[], Change], told: str, at: str, *, is_undoable: bool = True) -> None:
        if self.store.is_read_only:
            self.status.tell(_("this store can only be read"), is_error=True)
            return
        home = self.app.screen_stack[0]

        def write() -> Message:
            change = act()
            event = StatusChanged(change, (), told)
            if is_undoable:
                self._tell_home(event)
            else:
                home.post_message(event)
            said = told if change else _("nothing changed")
            return self.Changed(self.store.searches.all(), said, at)

        self.app.writes.put(self, write, self.Failed, home, kind=MARKS)

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        self.searches = event.searches
        self._show(event.at)
        if event.told:
            self.status.tell(event.told)
        self.count()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.status.tell(event.reason, is_error=True)

    def _show(self, at: str = "") -> None:
        current = at or (self.chosen.name if self.chosen is not None else "")
        self.show(saved_rows(self.searches, self.tallies))
        rows = self.menu.rows
        index = next(
            (
                i
                for i, row in enumerate(rows)
                if isinstance(row.value, SavedSearch) and row.value.name == current
            ),
            None,
        )
        if index is not None:
            self.menu.move_to(index)

    # Counts

    @work(thread=True, group="counts", exclusive=True, exit_on_error=False)
    def count(self) -> None:
        """Count what each finds."""
        worker = get_current_worker()
        for one in self.searches:
            found: Tally | None = None
            try:
                with self.store.views.stoppable(lambda: worker.is_cancelled):
                    if one.is_muting:
                        # What it mutes is in no list.
                        found = Tally(self.store.mutes.by(one.name), 0)
                    else:
                        found = tally(self.store, View(one.query))
            except QueryError:
                # It names one that is gone.
                found = None
            except StoreError:
                if worker.is_cancelled:
                    return
            self.post_message(self.Counted({one.name: found}))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self.tallies.update(event.tallies)
        self._show()


def told_of_tag(name: str, tag: str) -> str:
    """What a rule does from now on."""
    if not tag:
        return _("nothing that arrives is tagged by {name}").format(name=name)
    return _("what arrives is tagged {tag} by {name}; :tag-all tags what is here").format(
        name=name, tag=f"+{tag}"
    )


def told_of_forgetting(name: str, naming: Iterable[str]) -> str:
    """That a search is gone, and which others named it."""
    told = _("forgotten: {name}; Ctrl+Z brings it back").format(name=name)
    others = [one for one in naming if one != name]
    if others:
        told += " · " + _("named by {names}, which finds nothing now").format(
            names=("، " if is_rtl() else ", ").join(others)
        )
    return told
