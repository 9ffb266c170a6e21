"""Asking: questions at the foot of the screen, each answered by the method named after its purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .marking import Marking

if TYPE_CHECKING:
    from textual.widget import Widget

    from ..config import Settings
    from ..widgets.painting import Painter
    from ..widgets.prompt import Completions, Prompt


class Asking(Marking):
    """Asks; ``answered_PURPOSE(text)`` does what was asked for.

    Where they exist, ``typed_PURPOSE(text)`` and ``dismissed_PURPOSE()`` hear of what is typed and of Esc,
    ``clicked_beside_PURPOSE()`` in the place of the latter of a click elsewhere, and ``refuses_PURPOSE(text)``
    is True for an answer that has to be mended first.
    """

    def __init__(self, painter: Painter, settings: Settings) -> None:
        super().__init__(painter, settings)
        #: The question that is open.
        self.prompt: Prompt | None = None

    def ask(
        self,
        purpose: str,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        completions: Completions | None = None,
        has_note: bool = False,
    ) -> None:
        """Ask for a line of text at the foot of the screen; with ``has_note`` there is a line above for what it gives."""
        from ..widgets.prompt import Prompt

        if self.prompt is not None:
            return
        history = self.app.histories.setdefault(purpose, [])
        self.status.display = False
        self.prompt = Prompt(
            self.list.painter,
            purpose,
            label,
            value=value,
            placeholder=placeholder,
            completions=completions,
            history=history,
            has_note=has_note,
        )
        self.mount(self.prompt)

    def _close_prompt(self) -> None:
        if self.prompt is not None:
            self.prompt.remove()
            self.prompt = None
        self.place_panes()
        self.set_focus(self.view if self.is_article_in_front else self.list, scroll_visible=False)

    def _handler(self, event: str, purpose: str) -> Callable[..., object] | None:
        found: Callable[..., object] | None = getattr(self, f"{event}_{purpose}", None)
        return found

    def on_prompt_answered(self, event: Prompt.Answered) -> None:
        """Remember the answer and do what was asked for; an answer that is refused stays in the field."""
        text = event.text.strip()
        refuses = self._handler("refuses", event.purpose)
        if refuses is not None and refuses(text):
            return
        self._close_prompt()
        self._remember(event.purpose, text)
        handler = self._handler("answered", event.purpose)
        if handler is not None:
            handler(text)

    def _remember(self, purpose: str, text: str) -> None:
        if text:
            from ..widgets.prompt import remembered

            history = self.app.histories.setdefault(purpose, [])
            self.app.histories[purpose] = remembered(history, text)

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Tell the purpose what is in the field now."""
        handler = self._handler("typed", event.purpose)
        if handler is not None:
            handler(event.text)

    def on_prompt_dismissed(self, event: Prompt.Dismissed) -> None:
        """Back to the panes."""
        self._leave(event.purpose, "dismissed")

    def press_beside(self, x: int, y: int) -> None:
        """Close the question before the mouse is pressed beside it: what is clicked is meant, and what is shown stays."""
        prompt = self.prompt
        if prompt is None or not prompt.is_beside(x, y):
            return
        is_kept = self._handler("clicked_beside", prompt.purpose) is not None
        self._leave(prompt.purpose, "clicked_beside" if is_kept else "dismissed")

    def _leave(self, purpose: str, event: str) -> None:
        prompt = self.prompt
        if prompt is not None and self._handler("typed", purpose) is None:
            # Nothing came of it yet: the arrow brings it back.
            self._remember(purpose, prompt.changed.strip())
        self._close_prompt()
        handler = self._handler(event, purpose)
        if handler is not None:
            handler()

    def _in_front(self, pane: Widget) -> None:
        """What comes while something is asked does not take the keys from the field."""
        super()._in_front(self.prompt.field if self.prompt is not None else pane)
