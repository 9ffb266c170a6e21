"""The jump trail: where one came from, and forward again, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .i18n import number

#: Stops remembered behind and ahead.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """An article on the way, the code point of its body where one was reading, and its headline."""

    article: int
    place: int = 0
    title: str = ""


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

    def crumbs(self, room: int) -> str:
        """Where one came from, the last stop first, in at most ``room`` characters; empty at the beginning.

        A headline is cut at a word; stops there is no room for are only counted.
        """
        told = ""
        for place, stop in enumerate(reversed(self.behind)):
            rest = len(self.behind) - place
            sign = ("↩" if not told else " ‹") + " "
            title = _beginning(stop.title, room - len(told) - len(sign) - len(f" +{number(rest)}"))
            if not title:
                return told + f" +{number(rest)}" if told else ("↩" + number(rest) if room > 2 else "")
            told += sign + title
        return told


def _beginning(title: str, room: int) -> str:
    """As many words of a headline as the room holds, but for a word or two no room is worth it."""
    if len(title) <= room:
        return title
    cut = title[: max(0, room - 1)].rpartition(" ")[0].rstrip(" .،:؛,;-–")
    return cut + "…" if len(cut) >= 8 else ""
