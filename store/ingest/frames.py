"""What the helper process hands over: articles as read and prepared, in frames of some at a time.

A frame is four bytes of length, little-endian, and a pickle. Frozen
dataclasses with slots are slow to pickle by themselves, so they are taken
apart here.
"""

from __future__ import annotations

import io
import mmap
import pickle
import struct
from collections.abc import Callable
from functools import partial
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

from ..models import ParsedArticle, ParsedLink, Published
from ..preparation import Prepared
from ..vectors import Signature, pack, unpacked
from .readers import Found
from .walk import Failure

_LENGTH = struct.Struct("<I")
_NUMBER = struct.Struct("<q")


class Board:
    """Two numbers that both processes see: at which file the helper is, and how many bytes are ready for the other.

    The file is -1 where no file would be to blame for the helper's death.
    """

    SIZE = 2 * _NUMBER.size

    def __init__(self, file: int) -> None:
        """``file`` is the descriptor of one of that size."""
        self._map = mmap.mmap(file, self.SIZE)

    @property
    def file(self) -> int:
        """The number of the file that the helper is at."""
        return int(_NUMBER.unpack_from(self._map, 0)[0])

    @file.setter
    def file(self, number: int) -> None:
        _NUMBER.pack_into(self._map, 0, number)

    @property
    def ready(self) -> int:
        """The bytes that have come and are not written yet."""
        return int(_NUMBER.unpack_from(self._map, _NUMBER.size)[0])

    @ready.setter
    def ready(self, size: int) -> None:
        _NUMBER.pack_into(self._map, _NUMBER.size, size)

    def close(self) -> None:
        """Let go of it."""
        self._map.close()


class Handed(NamedTuple):
    """One thing found in a file, with what is computed of it where a helper did that."""

    found: Found
    prepared: Prepared | None


class Finished(NamedTuple):
    """All of a file is handed over; ``number`` counts the files of a run from 0."""

    file: str
    number: int


class Waiting(NamedTuple):
    """Nothing more is ready: what came so far may be written meanwhile."""


#: What comes of the files, and what of a helper.
Item = Handed | Finished
Coming = Item | Waiting


def _taken_apart(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    values = attrgetter(*kind.__slots__)  # type: ignore[attr-defined]
    return lambda value: (kind, values(value))


_ARTICLE = ParsedArticle.__slots__
_LINKS = _ARTICLE.index("links")
_values_of = attrgetter(*_ARTICLE)
_link = partial(tuple.__new__, ParsedLink)


def _article_apart(article: ParsedArticle) -> tuple[Any, ...]:
    """With its links, a dozen of them, in one row: kind, title, kind, title."""
    values = list(_values_of(article))
    values[_LINKS] = tuple(chain.from_iterable(article.links))
    return _article, tuple(values)


def _article(*values: Any) -> ParsedArticle:
    row = iter(values[_LINKS])
    arguments = list(values)
    arguments[_LINKS] = tuple(map(_link, zip(row, row, strict=True)))
    return ParsedArticle(*arguments)


class _Pickler(pickle.Pickler):
    dispatch_table = {  # noqa: RUF012 - the name and the type are pickle's
        ParsedArticle: _article_apart,
        **{kind: _taken_apart(kind) for kind in (Published, Failure)},
        Signature: lambda made: (unpacked, (pack(made),)),
        MappingProxyType: lambda mapping: (dict, (dict(mapping),)),
    }


def write_frame(stream: BinaryIO, items: list[Item]) -> None:
    """Write one frame and send it off."""
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(items)
    data = buffer.getbuffer()
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame as it came, or None at the end of the stream, also where it ends in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def items_of(frame: bytes) -> list[Item]:
    """The items of a frame that our own helper wrote."""
    items: list[Item] = pickle.loads(frame)
    return items
