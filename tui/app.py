"""NewsReaderApp: the store, the settings, the terminal's profile, and the first screen."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import BindingType

from store import Store

from .commands import Command, bindings
from .config import Settings
from .hands import Hands
from .i18n import _, language
from .keymap import keymap
from .screen_memory import ScreenMemory
from .screens.main import MainScreen
from .terminal import Profile, Terminal
from .terminal.driver import ProfileChanged, driver_for
from .terminal.hints import in_language
from .text import Emission
from .themes import TERMINAL, palette_named
from .typed_ahead import TypedAhead
from .widgets.painting import Painter
from .widgets.status_line import HINT_SECONDS
from .writing import Writes

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.screen import Screen


#: Threads for reading the store, for feeds and exports.
THREADS = 3


def _one_heap() -> None:
    """Have all threads take memory from one heap: with glibc each would keep what it freed for itself (8 MB at 100,000)."""
    import ctypes

    with suppress(OSError, AttributeError):
        # M_ARENA_MAX of <malloc.h>; other C libraries have no such thing.
        ctypes.CDLL(None).mallopt(-8, 1)


class NewsReaderApp(App[None]):
    """The reader of one store in one terminal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = False
    CSS = "* { scrollbar-size: 0 0; }"

    def __init__(
        self,
        store: Store,
        settings: Settings,
        terminal: Terminal | None = None,
        notice: str = "",
    ) -> None:
        driver: type[Driver] | None = driver_for(terminal) if terminal is not None else None
        super().__init__(driver_class=driver)
        self.animation_level = "none"
        self.store = store
        self.settings = settings
        self.terminal = terminal
        self.histories: dict[str, list[str]] = {}
        self.notice = notice
        self.writes = Writes()
        #: What nobody thought of, and ended the app.
        self.defect: Exception | None = None
        self.memory = ScreenMemory()
        self.recent_commands: list[str] = []
        self.typed_ahead = TypedAhead(self)
        self.hands = Hands(keymap(settings.keys, settings.keys_preset), settings.macros)
        self.painter = Painter(TERMINAL)
        self.use_palette(settings.theme)

    @property
    def profile(self) -> Profile | None:
        """How this terminal shows Arabic, as far as is known."""
        return self.terminal.profile if self.terminal is not None else None

    def use_palette(self, name: str) -> bool:
        """Paint in the colours of that theme; False where this terminal has too few for it, or wants none."""
        palette = palette_named(name, None if self.no_color else self.console.color_system)
        self.painter.palette = palette
        self.painter.is_ascii = self.settings.borders == "ascii"
        theme = "ansi-dark" if palette.name in ("terminal", "mono") else "textual-dark"
        if self._running:
            self.theme = theme
        else:
            self._begin_with_theme(theme)
        return palette.name == name

    def _begin_with_theme(self, theme: str) -> None:
        """Take Textual's theme before its style sheet is read: for one that changes later that is read anew."""
        self.set_reactive(App.theme, theme)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> MainScreen:
        """The panes, painted as this terminal wants it."""
        self._take_profile()
        return MainScreen(self.painter, self.settings)

    def _take_profile(self) -> None:
        profile = self.profile
        if profile is not None:
            self.painter.emission = Emission(profile.emission)
            self.painter.keep_marks = profile.keep_marks
            self.painter.covers = profile.covers if profile.main_font else None
            self.painter.has_dim = not profile.lacks_dim
            self.memory.swaps_blanks = profile.skips_same
            self.memory.writes_all = profile.parts_letters
            self.memory.orders_rows = profile.orders_rows
            self.memory.is_unshaped = profile.joins_nothing

    def take_settings(self, settings: Settings) -> None:
        """Use other settings from now on: colours and the way Arabic is sent."""
        before, self.settings = self.settings, settings
        self.use_palette(settings.theme)
        if self.terminal is not None and (settings.bidi, settings.marks) != (before.bidi, before.marks):
            self.terminal.use(settings.bidi, settings.marks)
            self._take_profile()
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                widget.refresh()

    async def on_load(self) -> None:
        """Work beside the picture in a few threads: each has a connection to the store, and memory for it."""
        _one_heap()
        # A thread that works lets the one that draws have its turn within a millisecond.
        sys.setswitchinterval(0.001)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "reader"))

    def on_ready(self) -> None:
        """Collect garbage again (the entry stopped it), but never go through what the start has made."""
        gc.freeze()
        gc.enable()

    def on_mount(self) -> None:
        """Say what the start has to say."""
        self.set_keymap(self.hands.keymap.changed())
        if not isinstance(self.screen, MainScreen):
            return
        # Where the hint is needed nothing else can be read.
        if hint := self._new_hint():
            self.screen.status.tell(hint, seconds=HINT_SECONDS)
        elif notice := " · ".join((*self.hands.keymap.problems, *self.hands.macro_problems)) or self.notice:
            self.screen.tell(notice)

    def on_unmount(self) -> None:
        """Leave when all that was done is written."""
        self.writes.finish()

    def _new_hint(self) -> str:
        """What only the user can set in this terminal: told at the first start in it, then no more."""
        profile = self.profile
        if profile is None or not profile.hint:
            return ""
        key = f"hint:{profile.name}"
        if self.store.is_read_only or self.store.recall(key) == profile.hint:
            return ""
        self.store.remember(key, profile.hint)
        # Told in the letters that this terminal shows right in any case.
        return in_language(profile.hint, "en" if profile.garbles else language())

    def on_profile_changed(self, _event: ProfileChanged) -> None:
        """Paint everything again in the way that turned out to be right."""
        self._take_profile()
        self.action_redraw()

    def action_next_emission(self) -> None:
        """Step through the ways of sending Arabic: as the terminal was found, visual, logical, kitty's form."""
        if self.terminal is not None:
            profile = self.terminal.next_mode()
            told = f"{self.terminal.bidi} ({profile.emission})"
        else:
            order = tuple(Emission)
            self.painter.emission = order[(order.index(self.painter.emission) + 1) % len(order)]
            told = self.painter.emission.value
        self._take_profile()
        self.action_redraw()
        if isinstance(self.screen, MainScreen):
            self.screen.tell(_("Arabic is sent as") + ": " + told)

    @work
    async def action_help(self) -> None:
        """All keys and the query language; the command chosen is done, the sign or field chosen is searched with."""
        from .screens.menus import MenuScreen, help_rows

        rows = help_rows(self.hands.keymap.of)
        chosen = await self.push_screen_wait(MenuScreen(self.painter, _("Keys"), rows))
        if isinstance(chosen, Command):
            await self.run_command(chosen)
        elif isinstance(chosen, str) and isinstance(self.screen, MainScreen):
            self.screen.action_search(chosen)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send of every update only what the screen does not show yet."""
        # What Textual holds back while it gathers changes comes again, and whole.
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable = self.memory.thin(renderable, self.size.width)
        super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first error that ended the app: it is told once the terminal is given back."""
        self.defect = self.defect or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End, without the page of the program's insides that Textual would print."""
        self._close_messages_no_wait()

    def on_resize(self) -> None:
        """A terminal may move or drop rows when its size changes: paint all of it anew."""
        self.memory.forget()

    def action_redraw(self) -> None:
        """Paint everything anew, whatever wrote on the screen."""
        self.memory.forget()
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                widget.refresh()
        self.refresh(layout=True)

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give the terminal to another program for a while."""
        with super().suspend():
            yield
        self.memory.forget()
        self.typed_ahead.forget()

    def announce(self, text: str) -> None:
        """Tell the desktop in front of the terminal what is new, where the settings ask for that."""
        if self.terminal is not None:
            self.terminal.announce(self.settings.notify, "newsreader", text)

    def node_for(self, command: Command) -> DOMNode | None:
        """The widget or screen that can do a command where the keys are now, or None."""
        target = self.focused or self.screen
        action = "action_" + command.action.split("(")[0]
        return next((node for node in target.ancestors_with_self if hasattr(node, action)), None)

    async def run_command(self, command: Command) -> None:
        """Do what a command's key would do where it works now."""
        node = self.node_for(command)
        if node is not None:
            await self.run_action(command.action, default_namespace=node)

    async def on_event(self, event: events.Event) -> None:
        """Take what is typed in its order, each key when what it is meant for is there."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.typed_ahead.take(event)
            return
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            self.typed_ahead.note_click()
            press_beside = getattr(self.screen, "press_beside", None)
            if isinstance(event, events.MouseDown) and press_beside is not None:
                press_beside(event.x, event.y)
        await super().on_event(event)

    async def do_key(self, event: events.Key | events.Paste) -> None:
        """Do what a key means now.

        Keys that the focused widget does not take itself are done at once: on the way through
        the widget and its screen, as Textual sends them, nothing would be added but time. A field
        takes text alone: it is edited by its bindings.
        """
        # A terminal that does not tell that it has the focus again tells it by a key: the widget gets it back.
        self.app_focus = True
        is_field = getattr(self.focused, "takes_text", False)
        if isinstance(event, events.Paste) or (
            event.is_printable if is_field else getattr(self.focused, "takes_keys", False)
        ):
            await super().on_event(event)
            return
        if not await self._check_bindings(event.key, priority=True):
            await self._on_message(event)

    async def push_screen_wait(self, screen: Screen[Any], *, mode: str | None = None) -> Any:  # type: ignore[override]
        """Push a screen and wait for its answer, in a worker; what is typed meanwhile is for the screen."""
        await self._flush_next_callbacks()
        answer = self.push_screen(screen, wait_for_dismiss=True, mode=mode)
        with self.typed_ahead.asking(answer):
            # A worker that is given up must not take the screen's answer with it.
            return await asyncio.shield(answer)

    async def on_key(self, event: events.Key) -> None:
        """Counts and keys in a row come before the bindings."""
        if await self.hands.take(self, event):
            event.stop()
            event.prevent_default()
