"""Session: where the reader was left, as JSON that survives being read by another version. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .trail import Stop, Trail

#: The name under which the store keeps it.
NAME = "session"
#: Stops kept to either side: more than anybody walks back.
_STOPS = 50


@dataclass(frozen=True, slots=True)
class Session:
    """The open article and the place in it, the row under the cursor, the newest row there was, and the trail.

    Rows and articles are ids; None where there was none. ``is_in_front`` is
    True when the reader was left from within the article.
    """

    article: int | None = None
    place: int = 0
    row: int | None = None
    newest: int | None = None
    is_in_front: bool = False
    trail: Trail = field(default_factory=Trail)

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "article": self.article,
            "place": self.place,
            "row": self.row,
            "newest": self.newest,
            "is_in_front": self.is_in_front,
            "behind": _stops_json(self.trail.behind[-_STOPS:]),
            "ahead": _stops_json(self.trail.ahead[:_STOPS]),
        }


def from_json(value: Any) -> Session:
    """The session that was kept; whatever in it cannot be read is left out."""
    if not isinstance(value, dict):
        return Session()
    return Session(
        _id(value.get("article")),
        _id(value.get("place")) or 0,
        _id(value.get("row")),
        _id(value.get("newest")),
        value.get("is_in_front") is True,
        Trail(_stops(value.get("behind"))[-_STOPS:], _stops(value.get("ahead"))[:_STOPS]),
    )


def _stops_json(stops: Sequence[Stop]) -> list[list[Any]]:
    return [[stop.article, stop.place, stop.title] for stop in stops]


def _stops(value: Any) -> tuple[Stop, ...]:
    if not isinstance(value, list):
        return ()
    found: list[Stop] = []
    for item in value:
        match item:
            case [int(article), int(place), str(title)] if _id(article) is not None:
                found.append(Stop(article, max(0, place), title))
    return tuple(found)


def _id(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value < 2**63 else None
