"""Packed files (.gz, .xz, .zip) opened as streams, with bounds that a bomb runs into."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from .markup import RefusedError

#: Most members of a zip, and most bytes all of it may unpack to.
MAX_MEMBERS = 200_000
MAX_UNPACKED = 8 << 30
#: Largest zip, in bytes, that is read from a pipe or from inside another archive.
MAX_HELD = 64 << 20

#: What damaged or hostile packed data raises on reading.
UNPACK_ERRORS = (
    gzip.BadGzipFile,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
)


class Budget:
    """Counts what comes out of an archive; one budget for all of its members."""

    def __init__(self, limit: int = MAX_UNPACKED) -> None:
        self._left = limit

    def spend(self, size: int) -> None:
        """Raises RefusedError when too much has come out."""
        self._left -= size
        if self._left < 0:
            raise RefusedError(f"unpacks to more than {MAX_UNPACKED >> 30} GB")


class _Measured(io.RawIOBase):
    """A stream of unpacked bytes that stops at the end of its budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def unpack(stream: BinaryIO, start: bytes) -> Iterator[tuple[str, io.BufferedReader]]:
    """Yield (member name, its bytes as a stream) of a packed stream; the name is empty for gz and xz.

    Raises RefusedError or one of
    ``UNPACK_ERRORS`` for damaged data.
    """
    budget = Budget()
    if start.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=stream) as plain:
            yield "", _buffered(cast(BinaryIO, plain), budget)
    elif start.startswith(b"\xfd7zXZ\0"):
        with lzma.LZMAFile(stream) as plain_xz:
            yield "", _buffered(cast(BinaryIO, plain_xz), budget)
    else:
        yield from _members(stream if stream.seekable() else _held(stream), budget)


def _held(stream: BinaryIO) -> io.BytesIO:
    """A zip from a pipe or from inside another file, held in memory: its table of contents is at the end."""
    data = stream.read(MAX_HELD + 1)
    if len(data) > MAX_HELD:
        raise RefusedError(f"a zip of more than {MAX_HELD >> 20} MB that is no file of its own")
    return io.BytesIO(data)


def _members(stream: BinaryIO | io.BytesIO, budget: Budget) -> Iterator[tuple[str, io.BufferedReader]]:
    with zipfile.ZipFile(stream) as archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        if len(members) > MAX_MEMBERS:
            raise RefusedError(f"more than {MAX_MEMBERS} files inside")
        for member in members:
            parts = member.filename.split("/")
            if (
                member.is_dir()
                or any(part.strip(".") and part[0] == "." for part in parts)
                or parts[0] == "__MACOSX"
            ):
                continue
            if member.flag_bits & 1:
                raise RefusedError("encrypted")
            with archive.open(member) as file:
                yield member.filename, _buffered(cast(BinaryIO, file), budget)


def _buffered(stream: BinaryIO, budget: Budget) -> io.BufferedReader:
    return io.BufferedReader(_Measured(stream, budget), 1 << 16)
