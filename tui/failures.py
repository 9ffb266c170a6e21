"""How a run ends: exit codes, and every failure as one line on stderr."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from store.errors import QueryError, StoreBusyError, StoreError, StoreStoppedError, StoreUnreadableError

from .config import ConfigError

DONE, FAILED, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def say(text: str) -> None:
    """Narrate on stderr, where there is one."""
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        # A closed stderr takes no narration; that is no reason to fail.
        return


def fail(text: str, code: int = FAILED) -> NoReturn:
    """Say what went wrong, and leave."""
    say(f"newsreader: {text}")
    raise SystemExit(code)


def exit_code(error: BaseException) -> int:
    """The exit code that tells what kind of failure it was."""
    if isinstance(error, StoreUnreadableError | StoreBusyError):
        return UNREADABLE
    if isinstance(error, StoreStoppedError):
        return INTERRUPTED
    if isinstance(error, QueryError | ConfigError):
        return USAGE
    return FAILED


@contextmanager
def in_one_line() -> Iterator[None]:
    """Run a command: what it raises becomes one line and an exit code."""
    try:
        yield
    except (StoreError, ConfigError) as error:
        fail(str(error), exit_code(error))
    except sqlite3.Error as error:
        fail(f"the store cannot be read: {error}", UNREADABLE)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        # The reader of our output (head, less) left: nothing more to do, and nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise SystemExit(DONE) from None
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:
        # What nobody thought of is a defect of the program; who meets it is not shown its insides.
        fail_by_defect(error)


def fail_by_defect(error: BaseException) -> NoReturn:
    """Say in one line that the program itself is at fault, and where the details are kept; leave."""
    place = keep_details(error)
    where = f"; the details are in {place}" if place else ""
    said = " ".join(str(error).split())[:200]
    fail(f"a defect of newsreader: {type(error).__name__}{': ' if said else ''}{said}{where}")


def keep_details(error: BaseException) -> str:
    """Write where an error came from to ``errors.log`` in the log folder of this user; "" where that cannot be."""
    import traceback
    from datetime import UTC, datetime

    from platformdirs import user_log_path

    try:
        path = user_log_path("newsreader", ensure_exists=True) / "errors.log"
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {' '.join(sys.argv)}\n")
            file.writelines(traceback.format_exception(error))
    except OSError:
        return ""
    return str(path)
