"""Output: what is written to the terminal, at once where it takes it, else by a thread that waits for it.

Textual hands every frame to a thread. That thread has to be woken, and to wait until the one that handed it over
lets go of the interpreter, which takes longer than most frames take to be made. A terminal that keeps up takes a
frame as it comes.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from typing import TextIO

#: Pieces that may wait for a terminal that does not keep up; whoever writes more waits as well.
MOST_WAITING = 30


class Output:
    """Takes the place of Textual's writer thread; bytes leave in the order in which they were written.

    The terminal is opened a second time for writing without waiting: a flag of the descriptor that was
    inherited would hold for the shell as well. Where it cannot be opened, all is written by the thread.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._descriptor = file.fileno()
        self._at_once = _opened_again(self._descriptor)
        self._waiting: deque[bytes] = deque()
        # Held again by a signal that comes while it is held: suspending writes, too.
        self._changed = threading.Condition(threading.RLock())
        self._thread: threading.Thread | None = None
        self._is_stopped = False

    @property
    def is_waiting(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._waiting)

    def start(self) -> None:
        """Nothing to do: the thread begins when the terminal does not keep up."""

    def write(self, text: str) -> None:
        """Write text; waits only where far too much is waiting already."""
        data = text.encode(self._file.encoding or "utf-8", self._file.errors or "strict")
        with self._changed:
            if not self._waiting:
                data = data[self._written_at_once(data) :]
            if not data:
                return
            while len(self._waiting) >= MOST_WAITING and not self._is_stopped:
                self._changed.wait()
            self._waiting.append(data)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="output")
                self._thread.start()
            self._changed.notify_all()

    def _written_at_once(self, data: bytes) -> int:
        if self._at_once is None:
            return 0
        try:
            return os.write(self._at_once, data)
        except BlockingIOError:
            return 0
        except OSError:
            # The terminal has gone away: nobody is left to see it.
            return len(data)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    if self._is_stopped:
                        return
                    self._changed.wait()
                data = self._waiting[0]
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:
                pass
            with self._changed:
                # Only now: what comes meanwhile must not overtake it.
                self._waiting.popleft()
                self._changed.notify_all()

    def stop(self) -> None:
        """Write what is waiting, and end."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        if self._at_once is not None:
            os.close(self._at_once)
            self._at_once = None

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """It is a terminal that is written to."""
        return True

    def fileno(self) -> int:
        """The descriptor that was given."""
        return self._descriptor


def _opened_again(descriptor: int) -> int | None:
    """The terminal of a descriptor, open for writing without waiting; None where there is no way to it."""
    try:
        again = os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if os.fstat(again).st_rdev != os.fstat(descriptor).st_rdev:
        os.close(again)
        return None
    return again
