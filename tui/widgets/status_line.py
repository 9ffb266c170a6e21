"""StatusLine: where the reader is, what just happened, and the keys that matter here."""

from __future__ import annotations

from textual import events
from textual.strip import Strip
from textual.timer import Timer

from ..i18n import is_rtl
from ..terminal.keyboard import key_name
from ..text import Base, Span, base_of, one_line
from .line_cache import DrawnWidget
from .painting import Painter, in_reading_order, strip_of

# A key is shown as it is printed on the keyboard: isolated, so that ] is not mirrored.
_LRI, _PDI = "\u2066", "\u2069"

#: No hint has as many cells.
_LONGEST = 200
#: Seconds a notice stays.
NOTICE_SECONDS = 5.0
#: Seconds for what is to be read with care and is said once.
HINT_SECONDS = 30.0


class StatusLine(DrawnWidget):
    """One row: the place at the beginning of the line, key hints at its end, a notice over both for a while."""

    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; dock: bottom; }
    """

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self.place = ""
        self.hints: tuple[tuple[str, str], ...] = ()
        self.notice = ""
        self.doing = ""
        self.pending: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
        self.is_error = False
        # The key that a click on a column stands for.
        self._clickable: dict[int, str] = {}
        self._timer: Timer | None = None

    def tell_place(self, place: str) -> None:
        """Say where the reader is."""
        if place != self.place:
            self.place = place
            if not self.notice:
                self.refresh()

    def tell_hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        """Show these (key, word) pairs."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def tell(self, notice: str, *, is_error: bool = False, seconds: float | None = None) -> None:
        """Say what happened, for so many seconds."""
        self.notice, self.is_error = notice, is_error
        if self._timer is not None:
            self._timer.stop()
        self._timer = (
            self.set_timer(seconds if seconds is not None else NOTICE_SECONDS, self.forget)
            if notice
            else None
        )
        self.refresh()

    def tell_doing(self, doing: str) -> None:
        """Say what is under way, in the place of all else but notices, until it is over ("")."""
        if doing != self.doing:
            self.doing = doing
            self.refresh()

    def tell_pending(self, pending: tuple[str, tuple[tuple[str, str], ...]]) -> None:
        """Show a count or the first keys of a command, and the keys that would go on from there; ("", ()) ends it."""
        if pending != self.pending:
            self.pending = pending
            self.refresh()

    def forget(self) -> None:
        """Take the notice away."""
        if self.notice:
            self.notice = ""
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row, its beginning at the right in an Arabic interface."""
        width = self.size.width
        paint = self.painter
        base: Base = "R" if is_rtl() else "L"
        self._clickable = {}
        said = self.notice or self.doing
        if said and not self.pending[0]:
            role = "error" if self.notice and self.is_error else "notice"
            text = paint.field(said, width - 2, role, base=base_of(said))
            return strip_of([paint.blank(1, role), *text, paint.blank(1, role)], width)
        told, pairs = self.pending if self.pending[0] else (self.place, self.hints)
        place = one_line(told, max(1, width - 2), base)
        room = max(0, width - place.width - 5)
        hints, spans = self._hints(pairs, room)
        self._clickable = self._columns(hints, pairs, room, base)
        edge = [paint.blank(1, "status")]
        segments = in_reading_order(
            edge,
            paint.line(place, place.width, "status"),
            [paint.blank(width - 2 - place.width - room, "status")],
            paint.field(hints, room, "status", spans, base, at_end=True),
            edge,
        )
        return strip_of(segments, width)

    def _hints(self, pairs: tuple[tuple[str, str], ...], room: int) -> tuple[str, list[Span]]:
        """As many hints as the room holds, with the keys marked."""
        text = ""
        left = room
        spans: list[Span] = []
        for key, word in pairs:
            piece = f"{_LRI}{key}{_PDI} {word}"
            # In cells: isolates take none, and some letters of Arabic share one.
            left -= one_line(piece, _LONGEST, "R" if is_rtl() else "L").width + (3 if text else 0)
            if left < 0:
                break
            text += "   " if text else ""
            spans.append(Span(len(text), len(text) + len(key) + 2, "key"))
            text += piece
        return text, spans

    def _columns(
        self, text: str, pairs: tuple[tuple[str, str], ...], room: int, base: Base
    ) -> dict[int, str]:
        """The columns of the row on which a hint stands, each with the key of that hint."""
        found: dict[int, str] = {}
        line = one_line(text, room, base) if text and room > 0 else None
        if line is None:
            return found
        keys: dict[int, str] = {}
        start = 0
        for key, word in pairs:
            end = start + len(f"{_LRI}{key}{_PDI} {word}")
            keys.update(dict.fromkeys(range(start, end), key))
            start = end + 3
        x = 1 if is_rtl() else self.size.width - 1 - line.width
        for cell in line.cells:
            if cell.start in keys:
                found[x] = keys[cell.start]
            x += cell.width
        return found

    def on_click(self, event: events.Click) -> None:
        """A click on a hint is its key; one on a notice takes it away."""
        if self.notice:
            self.forget()
            return
        key = self._clickable.get(event.x)
        for one in _keys_of(key) if key is not None else ():
            self.app.simulate_key(one)


def _keys_of(sign: str) -> tuple[str, ...]:
    """Textual's names of the keys that a hint writes: ``Enter``, ``←``, ``t``, ``, j``."""
    return tuple(_NAMES.get(one) or (key_name(one) if len(one) == 1 else one.lower()) for one in sign.split())


#: Keys that are written otherwise than they are named.
_NAMES = {
    "←": "left",
    "→": "right",
    "↑": "up",
    "↓": "down",
    "Esc": "escape",
    "PgDn": "pagedown",
    "PgUp": "pageup",
}
