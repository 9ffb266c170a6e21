"""What ``newsreader doctor`` does: reads settings and store, runs the report and the question of :mod:`tui.doctor`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from .cli import Session
from .cli_support import output, printable, write_json
from .i18n import _, counted

if TYPE_CHECKING:
    from store.health import Health

    from .terminal import Terminal


def at_terminal(session: Session) -> bool:
    """Print the report, ask which way reads right, keep the answer; whether the store is sound."""
    from .cli_articles import terminal_width
    from .doctor import consult, report
    from .terminal import session as terminal_session

    settings = session.config.settings
    lines, is_sound = store_lines(session)
    with terminal_session(bidi=settings.bidi, marks=settings.marks, env=os.environ) as terminal:
        bidi, marks = settings.for_terminal(terminal.found.name)
        # What is kept for this terminal already is what an answer is compared with.
        terminal.bidi, terminal.marks = bidi, marks
        text = report(terminal, os.environ, _settings_of(session, terminal), lines)
        consult(terminal, text, terminal_width(), _read_line, _write, _saved)
    return is_sound


def _settings_of(session: Session, terminal: Terminal) -> dict[str, str]:
    """The values of bidi and marks in force in this terminal, with their sources."""
    config = session.config
    name = terminal.found.name
    chosen = config.settings.terminal.get(name, {})
    values = dict(zip(("bidi", "marks"), config.settings.for_terminal(name), strict=True))
    return {
        key: f"{value} ({f'[terminal.{name}]' if key in chosen else config.sources[key]})"
        for key, value in values.items()
    }


def _read_line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _write(text: str) -> None:
    stream = output()
    stream.write(text)
    stream.flush()


def _saved(name: str, bidi: str, marks: str) -> str:
    """Keep a choice for the terminal of that name in the config file."""
    from .config_file import set_value
    from .locations import config_file

    file = config_file(os.environ)
    set_value(file, ("terminal", name, "bidi"), bidi)
    set_value(file, ("terminal", name, "marks"), marks)
    return _("Kept in") + f" {file}: [terminal.{name}] bidi = {bidi}, marks = {marks}"


def store_lines(session: Session) -> tuple[list[str], bool]:
    """What is to say of the store, and whether it is sound. A store that is not there yet is not made."""
    path, found, trouble = _examined(session)
    if trouble:
        return [f"{_('Store')}: {path}: {trouble}"], False
    if found is None:
        return [f"{_('Store')}: {path}: {_('not there yet')}"], True
    state = _("sound") if found.is_sound else _("not sound")
    lines = [
        f"{_('Store')}: {path}: {counted('{n} article', '{n} articles', found.articles)} · {found.bytes / 1e6:.1f} MB · schema {found.schema} · {state}"
    ]
    return lines + [f"  {printable(problem)}" for problem in found.problems], found.is_sound


def _examined(session: Session) -> tuple[str, Health | None, str]:
    from store import Store, StoreError
    from store.database import ASK_DOCTOR
    from store.health import RECOVER, health

    from .locations import store_path

    path = store_path(session.config.settings.store)
    shown = printable(str(path))
    try:
        if not path.exists():
            return shown, None, ""
        store = Store(path)
        return shown, health(store.connection, path), ""
    except (StoreError, OSError) as error:
        return shown, None, printable(str(error).removeprefix(f"{path}: ").replace(ASK_DOCTOR, RECOVER))


def as_json(session: Session) -> bool:
    """The whole report as one JSON object; asks nothing. Whether the store is sound."""
    from .terminal import session as terminal_session

    settings = session.config.settings
    path, found, trouble = _examined(session)
    with terminal_session(bidi=settings.bidi, marks=settings.marks, env=os.environ) as terminal:
        profile = terminal.profile
        replies = terminal.replies
        report = {
            "terminal": {
                "name": terminal.found.name,
                "is_terminal": terminal.is_real,
                "reason": profile.reason,
                "emission": profile.emission.value,
                "keep_marks": profile.keep_marks,
                "route": profile.route.value,
                "hint": profile.hint,
                "xtversion": replies.xtversion,
                "da2": replies.da2,
                "bidi_mode": replies.bidi_mode,
            },
            "settings": _settings_of(session, terminal),
        }
    store: dict[str, object] = {
        "path": path,
        "exists": found is not None or bool(trouble),
        "error": trouble or None,
    }
    if found is not None:
        store |= {
            "articles": found.articles,
            "bytes": found.bytes,
            "schema": found.schema,
            "index_current": found.is_index_current,
            "sound": found.is_sound,
            "problems": list(found.problems),
        }
    write_json(report | {"store": store})
    return not trouble and (found is None or found.is_sound)
