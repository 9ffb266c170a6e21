"""Keeping searches: saved under a name, and what is done with those that are, from the panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from ..i18n import _
from ..messages import StatusChanged
from ..undo import Change
from ..views import View
from .finding import Finding

if TYPE_CHECKING:
    from ..command_line import Completer


class Keeping(Finding):
    """``:save``, ``:rename``, ``:auto-tag``, ``:forget``, and the list of the saved searches."""

    @work
    async def action_saved(self) -> None:
        """All saved searches; the one chosen becomes the view."""
        from .saved import SavedScreen

        # The one just saved belongs to them.
        await self.app.writes.done()
        screen = SavedScreen(
            self.list.painter, self.store, self.done_elsewhere, self.undo_last, self.complete_query
        )
        chosen = await self.app.push_screen_wait(screen)
        if isinstance(chosen, View):
            self.switch_to(chosen)

    def verb_save(self, name: str) -> None:
        """``:save NAME``: this view under a name, among the saved searches."""
        query = self.shown.query
        if not query:
            self.tell(_("search for something first, then save it"), is_error=True)
        else:
            self._act(
                lambda: Change(searches=(self.store.searches.save(name, query),)),
                _("saved as {name}").format(name=name),
            )

    def verb_forget(self, argument: str) -> None:
        """``:forget NAME``, or the saved search that is shown; ctrl+z brings it back."""
        from .saved import told_of_forgetting

        name = argument or self._shown_name()
        if not name:
            self.tell(_("which one? :forget NAME"), is_error=True)
            return
        self._act(
            lambda: Change(searches=(self.store.searches.forget(name),)),
            told_of_forgetting(name, self.store.searches.naming(name)),
        )

    def verb_rename(self, argument: str) -> None:
        """``:rename OLD = NEW``, or ``:rename NEW`` for the saved search that is shown."""
        name, new = self._about(argument)
        if not name or not new:
            self.tell(_("which one? :rename OLD = NEW"), is_error=True)
            return
        self._act(
            lambda: Change(searches=self.store.searches.rename(name, new)),
            _("renamed: {name}").format(name=new),
        )

    def verb_auto_tag(self, argument: str) -> None:
        """``:auto-tag NAME = TAG``, or ``:auto-tag TAG`` for the saved search that is shown; no tag after ``=`` for none."""
        from .saved import told_of_tag

        name, tag = self._about(argument)
        if not name:
            self.tell(_("which one? :auto-tag NAME = TAG"), is_error=True)
            return
        tag = tag.lstrip("+# ")
        self._act(lambda: Change(searches=(self.store.searches.set_tag(name, tag),)), told_of_tag(name, tag))

    @on(StatusChanged)
    def _searches_changed(self, event: StatusChanged) -> None:
        """The saved search that is shown may have another name or query now."""
        for change in event.change.searches:
            if change.before is None or change.after is None:
                continue
            was, now, shown = change.before.search, change.after.search, self.shown
            if (was.query, was.name) == (shown.query, shown.title):
                self.views[-1] = View(now.query, now.name)
                if now.query != was.query:
                    self._show_query(self.store.parse(now.query))
                self.tell_place()

    def _about(self, argument: str) -> tuple[str, str]:
        """The saved search an argument is about (the one shown, where none is named), and what of it."""
        name, equals, rest = argument.partition("=")
        return (name.strip(), rest.strip()) if equals else (self._shown_name(), argument.strip())

    def _shown_name(self) -> str:
        """The name of the saved search that is in the list, also where it was just saved there; or nothing."""
        shown = self.shown
        same = [one.name for one in self.store.searches.all() if one.query == shown.query and shown.query]
        return shown.title if shown.title in same else same[0] if same else ""

    def completers(self) -> dict[str, Completer]:
        """Also the names of saved searches, and tags for those that get one."""

        def names(argument: str, index: int) -> list[str]:
            return [one.name for one in self.store.searches.all() if one.name.startswith(argument[:index])]

        def named(argument: str, index: int) -> list[str]:
            before, equals, rest = argument[:index].partition("=")
            if not equals:
                return [f"{name} = " for name in names(argument, index)]
            found = self.store.views.tags(rest.strip())
            return [f"{before.rstrip()} = {one.name}" for one in found]

        def renamed(argument: str, index: int) -> list[str]:
            return [] if "=" in argument else [f"{name} = " for name in names(argument, index)]

        return {**super().completers(), "save": names, "forget": names, "rename": renamed, "auto-tag": named}
