"""The jump trail: where one came from, and forward again, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: Stops remembered behind and ahead.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """An article on the way, and the code point of its body where one was reading."""

    article: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class Trail:
    """The stops behind (oldest first) and ahead (nearest first) of the article that is open."""

    behind: tuple[Stop, ...] = ()
    ahead: tuple[Stop, ...] = ()

    def jumped(self, left: Stop) -> Trail:
        """The trail after leaving ``left`` by a jump: what was ahead is forgotten."""
        return Trail((*self.behind, left)[-LONGEST:])

    def back(self, left: Stop) -> tuple[Trail, Stop] | None:
        """One stop back from ``left``: the new trail and where to go, or None at the beginning."""
        if not self.behind:
            return None
        trail = Trail(self.behind[:-1], (left, *self.ahead)[:LONGEST])
        return trail, self.behind[-1]

    def forward(self, left: Stop) -> tuple[Trail, Stop] | None:
        """One stop forward from ``left``: the new trail and where to go, or None at the end."""
        if not self.ahead:
            return None
        return replace(self, behind=(*self.behind, left)[-LONGEST:], ahead=self.ahead[1:]), self.ahead[0]
