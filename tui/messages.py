"""Facts that cross the rooms of the interface, told by workers to their screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from store import Arrival, Article, Query, Summary

    from .rows import RowWindow
    from .trail import Trail
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
    """How many rows a view has, how many stand above the first one loaded, and how many muted ones are left out."""

    view: View
    total: int
    above: int
    muted: int = 0


@dataclass
class ArticleOpened(Message):
    """An article was read from the store, to be shown at a place of its body.

    ``is_behind``: the list stays in front. ``is_placed``: the place was asked for, also where something is searched.
    """

    article: Article
    host: str | None
    place: int
    is_fresh: bool = False
    is_behind: bool = False
    is_placed: bool = False


@dataclass
class StatusChanged(Message):
    """Articles were marked, starred or tagged; ``change`` is what was done, ``told`` says it in words."""

    change: Change
    rows: tuple[Summary, ...]
    told: str


@dataclass
class StoreChanged(Message):
    """Another process has written to the store."""


@dataclass
class WorkFailed(Message):
    """A worker could not do what was asked; one line says why."""

    reason: str


@dataclass
class StepFound(Message):
    """The article beside another in its story; None at the end of it."""

    article: int
    target: int | None


@dataclass
class SessionRead(Message):
    """Where the reader was left the last time: the trail, the rows around the cursor, what is newer, what was open."""

    trail: Trail
    window: RowWindow | None
    row: int | None
    newer: int
    opened: ArticleOpened | None


@dataclass
class ArrivalsFound(Message):
    """What is new in followed stories: neither read nor looked at."""

    arrivals: tuple[Arrival, ...]
