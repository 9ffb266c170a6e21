"""From the paths a person names to the files to read: folders in order, nothing twice, nothing that could block."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Deeper folders are refused: a loop no device number gave away, or an attack.
MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something could not be imported: the file, the place in it (may be empty), the reason; one line."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        file = printable(self.file)
        return f"{file}:{self.place}: {self.reason}" if self.place else f"{file}: {self.reason}"


def printable(path: str) -> str:
    """A path fit for a line on the screen: what cannot be shown is escaped."""
    if path.isprintable():
        return path
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in path
    )


def walk(paths: Sequence[str | Path]) -> Iterator[str | Failure]:
    """Yield the files under ``paths``, each folder in order of names, and a Failure for what cannot be read.

    Hidden files and symbolic links to folders already on the way are passed
    over; pipes, sockets and devices are never opened, and told. A folder
    without a single file is a Failure.
    """
    for path in paths:
        text = os.fspath(path)
        try:
            found = os.stat(text)
        except (OSError, ValueError) as error:
            yield Failure(text, "", _reason(error))
            continue
        if stat.S_ISDIR(found.st_mode):
            has_any = False
            for each in _folder(text, ((found.st_dev, found.st_ino),)):
                has_any = True
                yield each
            if not has_any:
                yield Failure(text, "", "a folder without articles")
        elif stat.S_ISREG(found.st_mode):
            yield text
        else:
            yield Failure(text, "", f"not a file: {_kind(found.st_mode)}")


def _folder(folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[str | Failure]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield Failure(folder, "", _reason(error))
        return
    for name in names:
        path = os.path.join(folder, name)
        try:
            found = os.stat(path)
        except OSError as error:
            if not os.path.islink(path):
                yield Failure(path, "", _reason(error))
            continue
        if stat.S_ISREG(found.st_mode):
            yield path
        elif stat.S_ISDIR(found.st_mode):
            own = (found.st_dev, found.st_ino)
            if own in above:
                continue
            if len(above) >= MAX_DEPTH:
                yield Failure(path, "", f"more than {MAX_DEPTH} folders deep")
                continue
            yield from _folder(path, (*above, own))
        else:
            yield Failure(path, "", f"not a file: {_kind(found.st_mode)}")


def _kind(mode: int) -> str:
    for test, name in (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    ):
        if test(mode):
            return name
    return "something else"


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "may not be read"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)
