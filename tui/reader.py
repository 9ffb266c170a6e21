"""Opening the reader: settings, store, what the paths hold, the terminal, the app."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .config import Config, Settings, load
from .failures import DONE, FAILED, USAGE, exit_code, fail, fail_by_defect, say
from .locations import config_file, store_path

if TYPE_CHECKING:
    from store import Store

#: Pictures a second: at once, or on a slow line few enough that a held key is not drawn at every row it passes.
FRAMES, SLOW_FRAMES = "240", "10"


def configured(flags: Mapping[str, Any]) -> Config:
    """The settings in force, the words of the interface chosen by them."""
    from .i18n import language_of, use

    config = load(config_file(os.environ), os.environ, flags)
    settings = config.settings
    use(language_of(os.environ) if settings.lang == "auto" else settings.lang, settings.digits)
    return config


def opened_store(settings: Settings) -> Store:
    """The store the settings name, created where there is none."""
    from store import Store, StoreStoppedError

    try:
        return Store(store_path(settings.store), update=_updating)
    except StoreStoppedError as error:
        from .told_errors import told_error

        raise StoreStoppedError(told_error(error)) from error


def _updating() -> AbstractContextManager[tuple[Callable[[int, int], None], Callable[[], bool]]]:
    """Told on stderr how far the store of an older version is brought up to date; Ctrl+C stops it."""
    from .cli_progress import updating

    return updating()


def is_served() -> bool:
    """Whether the reader is shown in a web page (textual-serve), and its streams belong to the server."""
    return "web_driver" in os.environ.get("TEXTUAL_DRIVER", "")


def _look_at_terminal() -> None:
    """Fail where the streams are no terminal that can be painted on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("the reader needs a terminal; for scripts there are list, search, show and export", USAGE)
    if os.environ.get("TERM", "") in ("", "dumb"):
        fail("this terminal (TERM=dumb) cannot place text; use newsreader list and newsreader show", USAGE)
    if not sys.stderr.isatty():
        # Textual paints on stderr; with that sent elsewhere (2>log) the picture belongs on stdout.
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]


def read(settings: Settings, paths: Sequence[str] = ()) -> int:
    """Take in what the paths hold, then open the reader; the exit code."""
    if not is_served():
        _look_at_terminal()
    store = opened_store(settings)
    notice = ""
    if paths:
        from .cli_import import bring_in, summary_line

        report = bring_in(store, paths)
        notice = summary_line(report)
        if report.failed and not (report.new or report.known or report.changed):
            return FAILED
    return open_reader(store, settings, notice)


def open_reader(store: Store, settings: Settings, notice: str = "") -> int:
    """Run the reader until it is left; the exit code."""
    from .terminal import Route, session

    # Textual reads these once: frames as soon as they are ready (few bytes each, see screen_memory),
    # and an Esc key that is told from a key sequence within 40 ms rather than 100.
    os.environ.setdefault("TEXTUAL_FPS", SLOW_FRAMES if settings.slow else FRAMES)
    os.environ.setdefault("ESCDELAY", "40")
    # Textual takes longest to load: over a slow line that time passes while the terminal answers.
    loading = threading.Thread(target=import_module, args=(".app", __package__), daemon=True)
    loading.start()
    with session(bidi=settings.bidi, marks=settings.marks, env=os.environ) as terminal:
        if terminal.profile.route is Route.SCREEN:
            # screen 4.9 has no true colour, whatever the terminal outside let into the environment.
            os.environ.pop("COLORTERM", None)
        bidi, marks = settings.for_terminal(terminal.found.name)
        if (bidi, marks) != (terminal.bidi, terminal.marks):
            terminal.use(bidi, marks)
        loading.join()
        from .app import NewsReaderApp

        app = NewsReaderApp(store, settings, terminal, notice)
        app.run()
    for failure in app.writes.untold:
        say(f"newsreader: {failure}")
    if app.defect is not None:
        fail_by_defect(app.defect)
    if app.writes.untold:
        return exit_code(app.writes.untold[0])
    return app.return_code or DONE
