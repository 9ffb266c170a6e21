"""Questions: one at a time at the foot of a screen that is over the panes, each answered by the method of its purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from ..i18n import _
from ..widgets.prompt import Completions, Prompt, remembered

if TYPE_CHECKING:
    from textual.widget import Widget

    from ..app import NewsReaderApp
    from ..widgets.painting import Painter
    from ..widgets.status_line import StatusLine


class Questions(Screen[object]):
    """Asks in the place of the status line; ``answered_PURPOSE(text)`` hears what was typed, if it is anything."""

    app: NewsReaderApp
    status: StatusLine

    def __init__(self) -> None:
        super().__init__()
        self.prompt: Prompt | None = None

    @property
    def pane(self) -> Widget:
        """What has the keys while nothing is asked."""
        raise NotImplementedError

    def ask(
        self,
        painter: Painter,
        purpose: str,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        completions: Completions | None = None,
    ) -> None:
        """Ask for a line that is written to the store."""
        if self.app.store.is_read_only:
            self.status.tell(_("this store can only be read"), is_error=True)
            return
        if self.prompt is not None:
            return
        self.status.display = False
        self.prompt = Prompt(
            painter,
            purpose,
            label,
            value=value,
            placeholder=placeholder,
            completions=completions,
            history=self.app.histories.setdefault(purpose, []),
        )
        self.mount(self.prompt)

    def _close_prompt(self) -> None:
        if self.prompt is not None:
            self.prompt.remove()
            self.prompt = None
        self.status.display = True
        self.set_focus(self.pane, scroll_visible=False)

    def press_beside(self, x: int, y: int) -> None:
        """Close the question before the mouse is pressed beside it, as by Esc."""
        if self.prompt is not None and self.prompt.is_beside(x, y):
            self._close_prompt()

    @on(Prompt.Dismissed)
    def _dismissed(self) -> None:
        self._close_prompt()

    @on(Prompt.Answered)
    def _answered(self, event: Prompt.Answered) -> None:
        self._close_prompt()
        text = event.text.strip()
        if text:
            history = self.app.histories.setdefault(event.purpose, [])
            self.app.histories[event.purpose] = remembered(history, text)
        answered = getattr(self, f"answered_{event.purpose}")
        answered(text)
