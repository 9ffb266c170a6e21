"""The reader in a test: a small archive of known articles, and the app on it without a terminal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from store import Store
from tui.app import NewsReaderApp
from tui.config import Settings
from tui.screens.main import MainScreen

#: Seconds that a busy machine may take for what takes milliseconds; never waited for when all goes well.
_PATIENCE = 60.0

_NAMED = frozenset(
    ["enter", "escape", "backspace", "tab", "up", "down", "left", "right", "home", "end", "delete", "f5"]
)

OUTLETS = ("الجزيرة", "الشرق الأوسط", "صدى البلد")


def records(count: int = 40) -> list[dict[str, Any]]:
    """Articles by rule: number n appeared on day n+1 of 2024 (so the last is the newest), outlets in turn."""
    return [
        {
            "title": f"خبر رقم {n} عن مدينة {'القدس' if n % 4 == 0 else 'بيروت'}",
            "published": f"2024-{1 + n // 28:02d}-{1 + n % 28:02d}T08:00:00Z",
            "published_precision": "minute",
            "outlet": OUTLETS[n % 3],
            "agency": ["رويترز"] if n % 5 == 0 else [],
            "keywords": ["سياسة", "اقتصاد"] if n % 2 else ["رياضة"],
            "body": [
                f"فقرة أولى من الخبر {n} وفيها كلمة زيتون." if n % 10 == 3 else f"فقرة أولى من الخبر {n}.",
                "فقرة ثانية أطول قليلا.",
            ],
            "url": f"https://example.org/{n}",
        }
        for n in range(count)
    ]


def reader(store: Store, **settings: Any) -> NewsReaderApp:
    """The app on a store, with settings that differ from the defaults."""
    return NewsReaderApp(store, Settings(**settings))


def _is_busy(app: App[Any]) -> bool:
    """Whether something is under way that ends by itself."""
    # Workers that are no threads wait for a screen to be answered: they are not waited for.
    if any(worker._thread_worker and not worker.is_finished for worker in app.workers):
        return True
    if any(getattr(screen, "is_beginning", False) for screen in app.screen_stack):
        return True
    return isinstance(app, NewsReaderApp) and (app.writes.is_busy or app.typed_ahead.is_waiting)


async def settle(pilot: Pilot[Any], until: Callable[[], bool] | None = None) -> None:
    """Let workers finish and their messages arrive; until something holds, where that is asked."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if until is not None:
            await asyncio.sleep(0.004)
        if not _is_busy(pilot.app) and (until is None or until()):
            # What was asked for may be known before it is drawn: the messages on their way arrive too.
            await pilot.pause()
            if until is not None or not _is_busy(pilot.app):
                return
        elif until is None:
            await asyncio.sleep(0.004)
    raise AssertionError("it never came to be")


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Put text into the field that has the keys, all at once."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def burst(app: NewsReaderApp, *keys: str) -> None:
    """Post keys all at once, as a pasted text or a slow line delivers them: names of keys, and text letter by letter."""
    for key in keys:
        for one in (key,) if key in _NAMED or key.startswith("ctrl+") else key:
            is_text = len(one) == 1
            app.post_message(events.Key(_character_to_key(one) if is_text else one, one if is_text else None))


def press_mouse(app: NewsReaderApp, x: int, y: int) -> None:
    """Press and let go the left button at a cell of the screen, as the terminal tells it."""
    for kind in (events.MouseDown, events.MouseUp):
        app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


def main_screen(app: NewsReaderApp) -> MainScreen:
    """The panes of the app."""
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def line_of(widget: Any, y: int = 0) -> str:
    """The cells of one line of a widget, as they are sent."""
    return "".join(segment.text for segment in widget.render_line(y))


def sent(app: NewsReaderApp) -> list[str]:
    """The rows of the screen as the terminal was told to show them."""
    return [
        "".join(cell[0] for cell in app.memory.row(y) if cell is not None) for y in range(app.size.height)
    ]


def painted(app: NewsReaderApp) -> list[str]:
    """The rows of the screen as they would be, were all of it painted now."""
    for widget in app.screen.query("*"):
        # Textual keeps the lines that no widget has asked to be painted anew.
        widget._styles_cache.clear()
    return [strip.text for strip in app.screen._compositor.render_strips()]
