"""The helper's own side (:mod:`store.ingest.helper`): read, prepare, hand over, and end with the one it helps."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import time
from contextlib import closing
from typing import BinaryIO

from ..models import ParsedArticle
from ..preparation import Prepared, prepare
from .frames import Board, Finished, Handed, Item, write_frame
from .sources import items_in

#: A frame ends after so many items, code points of text, or seconds, whichever comes first.
_ITEMS = 32
_TEXT = 200_000
_SECONDS = 0.1
#: More bytes than this are ready for the other side only where it is behind.
_AHEAD = 1 << 20


def serve() -> None:
    """Do the one job that comes over standard input; arguments are the pipe to write to and the place to note."""
    paths, fields = pickle.load(sys.stdin.buffer)
    # What is remembered of words is all kept anyway: to go through it rarely saves a twentieth of the time.
    gc.set_threshold(100_000, 50, 100)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    writing, place = int(sys.argv[1]), int(sys.argv[2])
    with os.fdopen(writing, "wb", 1 << 20) as stream, closing(Board(place)) as board:
        _hand_over(stream, board, paths, fields)
    os._exit(0)


def _end_with_parent() -> None:
    """Standard input ends when the other process does, however it does."""
    sys.stdin.buffer.read(1)
    os._exit(1)


def _hand_over(stream: BinaryIO, board: Board, paths: list[str], fields: dict[str, str]) -> None:
    frame: list[Item] = []
    text, began, number = 0, time.monotonic(), 0
    # Who of the two is ahead does the headlines of links: a tenth of all work, and the only part either can do.
    is_ahead = False
    board.file = number
    for item in items_in(paths, fields):
        if isinstance(item, Finished):
            number = item.number + 1
            board.file = number
        elif isinstance(item.found, ParsedArticle):
            text += sum(map(len, item.found.body))
            item = Handed(item.found, _prepared(item.found, with_headlines=is_ahead))
        frame.append(item)
        if len(frame) >= _ITEMS or text >= _TEXT or time.monotonic() - began >= _SECONDS:
            # To die while waiting for the other side is no file's fault.
            board.file = -1
            write_frame(stream, frame)
            board.file = number
            frame, text, began = [], 0, time.monotonic()
            is_ahead = board.ready > _AHEAD
    board.file = -1
    write_frame(stream, [*frame, Finished("", -1)])


def _prepared(parsed: ParsedArticle, *, with_headlines: bool) -> Prepared | None:
    """None where a fault of ours shows: it is met again, and told, where the article is written."""
    try:
        return prepare(parsed, with_headlines=with_headlines)
    except Exception:
        return None
