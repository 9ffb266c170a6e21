"""Facts that cross the rooms of the interface, told by workers to their screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from store import Article, Query, Summary

    from .rows import RowWindow
    from .undo import Change
    from .views import View


@dataclass
class RowsLoaded(Message):
    """Rows of a view were read; ``side`` is what was asked: ``start``, ``below``, ``above``, ``top``, ``bottom``, ``fresh``."""

    view: View
    side: str
    window: RowWindow
    note: str = ""
    query: Query | None = None
    failure: str = ""


@dataclass
class RowsCounted(Message):
    """How many rows a view has, and how many stand above the first one loaded."""

    view: View
    total: int
    above: int


@dataclass
class ArticleOpened(Message):
    """An article was read from the store, to be shown at a place of its body."""

    article: Article
    host: str | None
    place: int
    is_fresh: bool = False


@dataclass
class StatusChanged(Message):
    """Articles were marked, starred or tagged; ``change`` undoes it, ``told`` says it in words."""

    change: Change
    rows: tuple[Summary, ...]
    told: str
    is_undoable: bool = True


@dataclass
class StoreChanged(Message):
    """Another process has written to the store."""


@dataclass
class WorkFailed(Message):
    """A worker could not do what was asked; one line says why."""

    reason: str
