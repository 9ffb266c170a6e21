"""From the paths a person names to what their files hold, one thing after the other, in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from .frames import Finished, Handed, Item
from .readers import Found, read_address, read_file
from .walk import Failure, walk

#: Bytes to read from which a second process is worth its start, a fifth of a second.
_WORTH_HELP = 1 << 20
#: Files looked at to know.
_LOOKED_AT = 250
_PACKED = (".gz", ".xz", ".zip")
_UNPACKS_TO = 5


def is_address(path: str | Path) -> bool:
    """True for what is fetched from the network instead of being opened."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def is_stream(path: str | Path) -> bool:
    """True for what is neither file nor folder: standard input, and what is fetched."""
    return str(path) == "-" or is_address(path)


def count_files(paths: Sequence[str | Path]) -> int:
    """How many files there are to read."""
    return sum(1 if is_stream(path) else sum(1 for _ in walk((path,))) for path in paths)


def items_in(
    paths: Sequence[str | Path], fields: Mapping[str, str], *, first: int = 0, without: int = -1
) -> Iterator[Item]:
    """What the files hold, each file's end marked; from file number ``first`` on, ``without`` not opened."""
    for number, (file, founds) in enumerate(_files(paths, fields)):
        if number < first:
            continue
        if number != without:
            for found in founds:
                yield Handed(found, None)
        yield Finished(file, number)


def _files(paths: Sequence[str | Path], fields: Mapping[str, str]) -> Iterator[tuple[str, Iterator[Found]]]:
    """Each file with a way to read it: nothing is opened before it is asked for."""
    for path in paths:
        if is_address(path):
            yield str(path), read_address(str(path), fields)
        elif str(path) == "-":
            yield "-", read_file("-", fields)
        else:
            for found in walk((path,)):
                yield (
                    (found.file, iter((found,)))
                    if isinstance(found, Failure)
                    else (found, read_file(found, fields))
                )


def is_large(paths: Sequence[str | Path]) -> bool:
    """True where there is so much to read that two processes are faster than one; looks at the first files alone."""
    size = 0
    for found in islice(walk(paths), _LOOKED_AT):
        if isinstance(found, str):
            with suppress(OSError):
                length = os.stat(found).st_size
                size += length * _UNPACKS_TO if found.lower().endswith(_PACKED) else length
        if size >= _WORTH_HELP:
            return True
    return False
