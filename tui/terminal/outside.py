"""The terminals around tmux: which they are, and writing to them past tmux.

tmux keeps the sequences of its programs from the terminal outside, but it tells
which device each of its clients runs on, and that device can be written to.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from . import kitty
from .profile import Outside, Replies

_PATIENCE = 0.3
_FORMAT = "#{client_activity} #{client_pid} #{client_tty} #{client_termname} #{client_termtype}"
# The variables of a client that tell which terminal it runs in; nothing else is taken.
_TELLING = (
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "MLTERM",
    "TERM_PROGRAM",
    "KITTY_WINDOW_ID",
    "KITTY_PID",
    "KITTY_CONFIG_DIRECTORY",
    "XDG_CONFIG_HOME",
    "HOME",
    "ALACRITTY_WINDOW_ID",
    "XTERM_VERSION",
)


def tmux_clients(env: Mapping[str, str]) -> tuple[Outside, ...]:
    """The terminals that show this tmux session, the one last used first; empty if tmux does not say."""
    if not env.get("TMUX"):
        return ()
    session = _tmux("display-message", "-p", "#{session_id}", env=env).strip()
    if not session:
        return ()
    lines = _tmux("list-clients", "-t", session, "-F", _FORMAT, env=env).splitlines()
    clients = [client for line in lines if (client := _client(line))]
    return tuple(client for _activity, client in sorted(clients, key=lambda item: -item[0]))


def _client(line: str) -> tuple[int, Outside] | None:
    parts = line.split(" ", 4)
    if len(parts) < 4 or not parts[0].isdecimal():
        return None
    activity, pid, tty, term = parts[:4]
    version = parts[4].strip() if len(parts) > 4 else ""
    known = kitty.with_settings({"TERM": term} | _environment(pid))
    return int(activity), Outside(Replies(xtversion=version), known, tty)


def _environment(pid: str) -> dict[str, str]:
    """What the client's own environment says of its terminal; ours may come from another one.

    Empty where there is no /proc or the client belongs to somebody else.
    """
    if not pid.isdecimal():
        return {}
    try:
        raw = Path("/proc", pid, "environ").read_bytes()
    except OSError:
        return {}
    pairs = (entry.partition("=") for entry in raw.decode("utf-8", "replace").split("\0"))
    return {name: value for name, _, value in pairs if name in _TELLING}


def write_past(tty: str, text: str) -> bool:
    """Write to the device of a tmux client; False where that cannot be done.

    Never waits: a client whose device does not take bytes now is left alone.
    """
    if not tty.startswith("/dev/"):
        return False
    try:
        descriptor = os.open(tty, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode) or not os.isatty(descriptor):
            return False
        return os.write(descriptor, text.encode()) == len(text.encode())
    except OSError:
        return False
    finally:
        os.close(descriptor)


def repaint(tty: str, env: Mapping[str, str]) -> None:
    """Have tmux paint one client again from what it knows."""
    _tmux("refresh-client", "-t", tty, env=env)


def _tmux(*arguments: str, env: Mapping[str, str]) -> str:
    """Run one tmux command and return what it prints; empty on any failure or delay."""
    # Loaded here: it takes 7 ms, and only tmux needs it.
    import subprocess

    with suppress(OSError, subprocess.SubprocessError, UnicodeError):
        done = subprocess.run(
            ("tmux", *arguments),
            env=dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
        return done.stdout.decode("utf-8", "replace")
    return ""
