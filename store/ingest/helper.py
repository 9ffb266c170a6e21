"""A second process that reads and prepares what the first one writes.

SQLite has one writer, but most of an import is reading, parsing and
analysing, and that needs no store. The helper does it for a list of paths and
hands over what it finds, in order, through a pipe; this side keeps some
megabytes of it ready, so that neither waits while the other has a long
moment. The helper holds nothing: it may be killed at any time, and when it
dies by itself, or this process does, nothing is lost and nothing stays
behind.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from .frames import Board, Coming, Finished, Handed, Item, Waiting, items_of, read_frame
from .sources import items_in
from .walk import Failure

#: Bytes kept ready: some 300 articles, so that a long transaction does not hold the helper.
_READY = 3 << 20
#: Bytes that the pipe between the two holds.
_PIPE = 1 << 20
#: Without OpenSSL's hashes, 3.5 MB that nothing here asks for, where Python was built with its own.
WITHOUT_OPENSSL = (
    "import sys\n"
    "try: import _md5, _sha1, _sha3, _blake2; sys.modules['_hashlib'] = None\n"
    "except ImportError: pass\n"
)
#: Isolated, so that nothing in the working folder is imported in place of what is meant.
_START = (
    f"{WITHOUT_OPENSSL}import pickle; sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "from store.ingest.helping import serve; serve()"
)


def has_room() -> bool:
    """True where a second process would run beside this one, not in its place."""
    try:
        return len(os.sched_getaffinity(0)) > 1
    except AttributeError:
        return (os.cpu_count() or 1) > 1


class Helper:
    """One helper under way. Iterate for what it finds; :meth:`close` ends it, wherever it is."""

    def __init__(self, paths: Sequence[str | Path], fields: Mapping[str, str]) -> None:
        """Start it; raises OSError where that is not possible."""
        self._paths = paths
        self._fields = fields
        self._board_file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the helper
        self._board_file.truncate(Board.SIZE)
        self._board = Board(self._board_file.fileno())
        self._board.file = -1
        reading, writing = _pipe()
        try:
            self._process, self._stdin = _started(writing, self._board_file.fileno())
        except BaseException:
            os.close(reading)
            self._board.close()
            self._board_file.close()
            raise
        finally:
            os.close(writing)
        self._ready = _Ready(os.fdopen(reading, "rb", 1 << 20), self._board)
        self._send(([os.fspath(path) for path in paths], dict(fields)))

    def _send(self, job: object) -> None:
        """Hand over the job; a helper that is gone already is noticed when nothing comes back."""
        path = [folder or os.getcwd() for folder in sys.path]
        with suppress(OSError):
            self._stdin.write(pickle.dumps(path) + pickle.dumps(job))
            self._stdin.flush()

    def __iter__(self) -> Iterator[Coming]:
        done = begun = 0
        for frame in self._ready:
            if frame is None:
                yield Waiting()
                continue
            for item in items_of(frame):
                if isinstance(item, Finished):
                    if item.number < 0:
                        return
                    done, begun = item.number + 1, 0
                else:
                    begun += 1
                yield item
        yield from self._alone(done, begun)

    def _alone(self, done: int, begun: int) -> Iterator[Item]:
        """The helper died, or cannot be heard: name the file that it died of, and read the rest here.

        ``done`` files came whole, and ``begun`` things of the one after them.
        """
        if self._ready.has_failed:
            self._process.kill()
            self._board.file = -1
        code = self._process.wait()
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        culprit = self._board.file
        skipped = begun if culprit != done else 0
        for item in items_in(self._paths, self._fields, first=done, without=culprit):
            if isinstance(item, Handed) and skipped:
                skipped -= 1
                continue
            if isinstance(item, Finished):
                skipped = 0
                if item.number == culprit:
                    yield Handed(Failure(item.file, "", f"the process that read it died ({how})"), None)
            yield item

    def close(self) -> None:
        """End it and wait until it is gone."""
        self._process.kill()
        self._ready.close()
        with suppress(OSError):
            self._stdin.close()
        self._process.wait()
        self._board.close()
        self._board_file.close()


def _pipe() -> tuple[int, int]:
    """A pipe that takes a whole frame at once, where the system lets us: else each goes over in seven pieces."""
    reading, writing = os.pipe()
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
    return reading, writing


def _started(writing: int, place: int) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """A process of its own session, so that ctrl-c is for us to understand; and its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(writing), str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(writing, place),
        start_new_session=True,
    )
    if process.stdin is None:
        raise OSError("no pipe to the helper")
    return process, process.stdin


class _Ready:
    """Frames that came and were not asked for yet, at most some megabytes, filled by a thread."""

    def __init__(self, stream: BinaryIO, board: Board) -> None:
        self._stream = stream
        self._board = board
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._is_over = False
        #: True where the helper may be well, but what it sends cannot be read.
        self.has_failed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._fill, name="import", daemon=True)
        self._thread.start()

    def _fill(self) -> None:
        while True:
            try:
                frame = read_frame(self._stream)
            except Exception:
                # Also where there is no room for it: nobody would be told, and all would wait for it for ever.
                frame, self.has_failed = None, True
            with self._changed:
                while self._size > _READY and not self._is_over:
                    self._changed.wait()
                if frame is None or self._is_over:
                    self._is_over = True
                    self._changed.notify_all()
                    return
                self._frames.append(frame)
                self._size += len(frame)
                self._board.ready = self._size
                self._changed.notify_all()

    def __iter__(self) -> Iterator[bytes | None]:
        """The frames in order; None before each wait for one."""
        while True:
            if not self._frames and not self._is_over:
                yield None
            with self._changed:
                while not self._frames and not self._is_over:
                    self._changed.wait()
                if not self._frames:
                    return
                frame = self._frames.popleft()
                self._size -= len(frame)
                self._board.ready = self._size
                self._changed.notify_all()
            yield frame

    def close(self) -> None:
        """Stop filling; the process at the other end must be gone."""
        with self._changed:
            self._is_over = True
            self._frames.clear()
            self._changed.notify_all()
        self._thread.join()
        self._stream.close()
