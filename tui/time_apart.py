"""How far apart two reports are, in words: as exactly as their times are known."""

from __future__ import annotations

from store import Precision, Published

from .i18n import _, counted

_HOUR, _DAY = 3_600, 86_400
#: Up to here hours are told where both times are known to the minute, in seconds.
_HOURS_UP_TO = 2 * _DAY


def apart(first: Published | None, other: Published | None) -> str:
    """How much later or earlier ``other`` appeared than ``first``; empty where that is not known to the day."""
    if first is None or other is None:
        return ""
    precisions = {first.precision, other.precision}
    if not precisions <= {Precision.MINUTE, Precision.DAY}:
        return ""
    seconds = other.time - first.time
    if precisions == {Precision.MINUTE} and abs(seconds) < _HOURS_UP_TO:
        return _within_hours(seconds)
    return _in_days(other.time // _DAY - first.time // _DAY)


def _within_hours(seconds: int) -> str:
    minutes = abs(seconds) // 60
    if minutes == 0:
        return _("at the same minute")
    if minutes < 60:
        return (
            counted("{n} minute later", "{n} minutes later", minutes)
            if seconds > 0
            else counted("{n} minute earlier", "{n} minutes earlier", minutes)
        )
    hours = round(abs(seconds) / _HOUR)
    return (
        counted("{n} hour later", "{n} hours later", hours)
        if seconds > 0
        else counted("{n} hour earlier", "{n} hours earlier", hours)
    )


def _in_days(days: int) -> str:
    if days == 0:
        return _("on the same day")
    return (
        counted("{n} day later", "{n} days later", days)
        if days > 0
        else counted("{n} day earlier", "{n} days earlier", -days)
    )
