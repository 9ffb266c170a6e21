"""Keys typed ahead: kept while what they are meant for is on its way, and given in the order they were typed.

A paste, a slow line, quick fingers deliver many keys at once. Each of them means
what it would mean typed slowly: it is done when everything that the key before it
has set going is there. Nothing waits inside the app, for what is waited for needs it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual import events
from textual.worker import Worker, get_current_worker

from .hands import printed
from .i18n import _
from .under_way import BEGINNING, Work, busy_widgets, is_widget, leading_work
from .writing import MARKS

if TYPE_CHECKING:
    from asyncio import Future, Task

    from textual.widget import Widget

    from .app import NewsReaderApp

Typed = events.Key | events.Paste

#: Seconds that keys wait at most: a slow disk takes less. Then they are let go, for they were not meant for what is there.
LONGEST = 5.0
#: Seconds after which the status line says that keys wait, and Esc or Ctrl+C get out of it; so long Ctrl+Q waits at most.
PATIENCE = 0.5
#: Seconds that keys wait for marks to be written: another program may write to the store for longer, and one reads on.
MARKING = 0.25
#: Looks without a pause between them: messages are handled within microseconds, a thread takes longer.
_LOOKS, _PAUSE = 60, 0.002
#: Kept keys that are shown.
_SHOWN = 12
#: Actions that move by rows, lines or letters, and those that delete letters.
_STEPS = ("move(", "scroll(", "step(", "edit(")
_LET_GO, _LEAVING = ("escape", "ctrl+c"), ("ctrl+q",)
_URGENT = (*_LET_GO, *_LEAVING)


class TypedAhead:
    """Gives each key to the app when it is its turn."""

    def __init__(self, app: NewsReaderApp) -> None:
        self._app = app
        self._kept: deque[Typed] = deque()
        self._watch: Task[None] | None = None
        # What was waited for long enough; it is not waited for again.
        self._given_up: frozenset[Work] = frozenset()
        # When a key was done last, and from when on keys count (both in seconds of the monotonic clock).
        self._done_at = self._hears_from = time.monotonic()
        # The key done last, and the widget it was for; None where it was part of several in a row.
        self._last: tuple[Typed, Widget | None] | None = None
        # Which keys are steps in the widget that was last asked about.
        self._steps: tuple[Widget | None, dict[str, bool]] = (None, {})
        # Workers that wait for a screen to be answered.
        self._asking: dict[Worker[object], Future[object]] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether keys are kept."""
        return bool(self._kept)

    async def take(self, event: Typed) -> None:
        """Do a key at once where everything is there; else keep it, and those behind it."""
        if event.time < self._hears_from or self._app._exit:
            return
        if self._kept or self._missing(event, is_inside=True):
            self._kept.append(event)
            self._look_on()
        else:
            await self._do(event)

    def forget(self) -> None:
        """Drop what was typed until now: another program has had the terminal, and it was meant for that."""
        self._kept.clear()
        self._hears_from = time.monotonic()

    def note_click(self) -> None:
        """The mouse has asked for something: keys behind that are typed for it."""
        self._done_at = time.monotonic()

    @contextmanager
    def asking(self, answer: Future[object]) -> Iterator[None]:
        """While a worker waits for the answer of a screen, keys do not wait for the worker."""
        worker = get_current_worker()
        self._asking[worker] = answer
        try:
            yield
        finally:
            del self._asking[worker]

    # In turn

    async def _do(self, event: Typed) -> None:
        self._last = None if self._app.hands.is_waiting else (event, self._app.focused)
        if _is_one_of(event, ("ctrl+j",)) and "ctrl+j" not in self._app.screen.active_bindings:
            # So comes an Enter that was typed before the terminal was ours: as the end of a line.
            event = events.Key("enter", "\r")
        await self._app.do_key(event)
        self._done_at = time.monotonic()

    async def _give(self) -> None:
        """Do the kept keys one after the other, as long as what the next is meant for is there."""
        while self._kept and not self._app._exit:
            if self._missing(self._kept[0], is_inside=True):
                self._look_on()
                return
            await self._do(self._kept.popleft())

    def _missing(self, event: Typed, *, is_inside: bool) -> frozenset[Work]:
        """What a key has to wait for."""
        if not self._app.screen_stack:
            return frozenset({BEGINNING})
        busy, leading = busy_widgets(self._app, is_inside=is_inside), leading_work(self._app, self._asking)
        self._given_up &= busy | leading
        if busy and self._goes_on(event):
            busy = frozenset()
        found = busy | leading if leading and not self._means_the_same(event) else busy
        return found - self._given_up

    def _goes_on(self, event: Typed) -> bool:
        """Whether a key goes on with what the one before it does: letters of a word, letters deleted, steps in a list.

        These need nothing of each other but their order, and are drawn together. Only text takes its way
        through the field's messages: what edits the line waits for it.
        """
        app = self._app
        if self._last is None or self._last[1] is None or self._last[1] is not app.focused:
            return False
        if app.hands.is_waiting or getattr(app.focused, "is_at_edge", False):
            return False
        if getattr(app.focused, "takes_text", False):
            if _is_text(event):
                return _is_text(self._last[0]) or self._is_step(self._last[0])
            return not _is_text(self._last[0]) and self._is_step(self._last[0]) and self._is_step(event)
        return self._is_step(self._last[0]) and self._is_step(event)

    def _is_step(self, event: Typed) -> bool:
        """Whether a key moves by rows, lines or letters, or deletes letters, in the widget that has the keys."""
        focused = self._app.focused
        if isinstance(event, events.Paste) or getattr(focused, "is_picking", False):
            return False
        if self._steps[0] is not focused:
            self._steps = (focused, {})
        known = self._steps[1]
        if event.key not in known:
            chain = (
                (node, found.key_to_bindings.get(event.key))
                for node, found in self._app.screen._modal_binding_chain
            )
            node, bound = next(((node, bound) for node, bound in chain if bound), (None, []))
            known[event.key] = node is focused and bound[0].action.startswith(_STEPS)
        return known[event.key]

    def _means_the_same(self, event: Typed) -> bool:
        """Whether a key does the same before and after what is being read is there: text in a field, leaving a screen."""
        app = self._app
        if getattr(app.focused, "takes_text", False):
            return _is_text(event)
        active = app.screen.active_bindings.get(event.key) if isinstance(event, events.Key) else None
        action = active.binding.action if active is not None else ""
        return action == "quit" or (action == "leave" and app.screen is not app.screen_stack[0])

    # Waiting

    def _look_on(self) -> None:
        if self._watch is None:
            self._watch = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        """Wait until the first of the kept keys can be done, or until nobody means to wait any more."""
        began, looks, is_told = time.monotonic(), 0, False
        try:
            while self._kept and self._app.is_running and not self._app._exit:
                missing = self._missing(self._kept[0], is_inside=False)
                if not missing:
                    break
                waited = time.monotonic() - began
                if missing == {MARKS} and waited > MARKING:
                    self._given_up |= missing
                elif any(map(self._is_impatient, self._kept)) and not all(map(is_widget, missing)):
                    self._give_up(missing, self._is_impatient)
                elif waited > PATIENCE and any(map(_leaves, self._kept)):
                    self._give_up(missing, _leaves)
                elif waited > LONGEST:
                    self._let_go(missing)
                elif waited > PATIENCE:
                    is_told = self._tell()
                looks += 1
                await asyncio.sleep(0 if looks < _LOOKS else _PAUSE)
        finally:
            self._watch = None
        if is_told:
            self._app.hands.tell(self._app)
        if self._kept and not self._app._exit:
            self._app.call_next(self._give)

    def _tell(self) -> bool:
        """Say which keys wait, and how to get out of that."""
        keys = [printed(one.key) for one in self._kept if isinstance(one, events.Key)][:_SHOWN]
        status = getattr(self._app.screen, "status", None)
        if status is not None:
            status.tell_pending((" ".join((*keys, "…")), (("Esc", _("give up")),)))
        return status is not None

    # Giving up

    def _is_impatient(self, one: Typed) -> bool:
        """Whether a key was pressed to get out of waiting: such a key, long after the one that is waited for."""
        return _is_one_of(one, _URGENT) and one.time > self._done_at + PATIENCE

    def _give_up(self, missing: frozenset[Work], asks: Callable[[Typed], bool]) -> None:
        """Stop what is under way, and drop what was typed for it; the key that asked for this is done, where there is more to it."""
        while not asks(self._kept[0]):
            self._kept.popleft()
        workers = [one for one in missing if isinstance(one, Worker)]
        for worker in workers:
            worker.cancel()
        self._given_up |= missing
        # Rows that do not come leave a view without any: Esc goes back from that.
        if _is_one_of(self._kept[0], _LET_GO) and any(worker.group != "rows" for worker in workers):
            self._kept.popleft()
            self._say(_("given up"))

    def _let_go(self, missing: frozenset[Work]) -> None:
        """Drop what has waited too long, but for what gets out: what is there by now is not what it was typed for."""
        self._kept = deque(one for one in self._kept if _is_one_of(one, _URGENT))
        self._given_up |= missing
        self._say(_("this takes long: the keys typed meanwhile were let go"))

    def _say(self, told: str) -> None:
        status = getattr(self._app.screen, "status", None)
        if status is not None:
            status.tell(told)


def _leaves(event: Typed) -> bool:
    """Whether a key ends the reader wherever it is typed: nobody waits for what is not there by then."""
    return _is_one_of(event, _LEAVING)


def _is_text(event: Typed) -> bool:
    return isinstance(event, events.Paste) or event.is_printable


def _is_one_of(event: Typed, keys: tuple[str, ...]) -> bool:
    return isinstance(event, events.Key) and event.key in keys
