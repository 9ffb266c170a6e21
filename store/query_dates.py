"""Dates in queries: 2023-09-14, 2023-09, 2023, 14/9/2023, 7d, أسبوعين, أمس, الأحد, «سبتمبر 2023», and ranges with «..».

Days begin at midnight UTC, as the times of articles do. A blank may be written
as _, so that no value needs quotation marks.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .arabic import label_key

_DAY = 86400
_MONTHS = {
    label_key(name): number
    for number, names in enumerate(
        (
            "يناير/كانون الثاني/جانفي/january/jan", "فبراير/شباط/فيفري/february/feb", "مارس/آذار/march/mar",
            "أبريل/إبريل/نيسان/أفريل/april/apr", "مايو/أيار/ماي/may", "يونيو/يونية/حزيران/جوان/june/jun",
            "يوليو/يولية/تموز/جويلية/july/jul", "أغسطس/آب/أوت/august/aug", "سبتمبر/أيلول/september/sep/sept",
            "أكتوبر/تشرين الأول/october/oct", "نوفمبر/تشرين الثاني/november/nov",
            "ديسمبر/كانون الأول/december/dec",
        ),
        start=1,
    )
    for name in names.split("/")
}  # fmt: skip
_UNITS = {
    label_key(name): unit
    for unit, names in (
        ("hour", "h hour hours ساعة ساعات س"),
        ("day", "d day days يوم يوما أيام ي"),
        ("week", "w week weeks أسبوع أسبوعا أسابيع"),
        ("month", "m month months شهر شهرا أشهر شهور ش"),
        ("year", "y year years سنة سنوات عام عاما أعوام"),
    )
    for name in names.split()
}
#: So much time without a number: (how much, of what).
_TIMES = {
    label_key(name): (count, unit)
    for unit, one, two in (
        ("hour", "hour ساعة", "ساعتين ساعتان"),
        ("day", "day يوم", "يومين يومان"),
        ("week", "week أسبوع", "أسبوعين أسبوعان"),
        ("month", "month شهر", "شهرين شهران"),
        ("year", "year سنة عام", "سنتين سنتان عامين عامان"),
    )
    for count, names in ((1, one), (2, two))
    for name in names.split()
}
#: Days of the week, Monday 0 as in :meth:`datetime.weekday`.
_WEEKDAYS = {
    label_key(name): number
    for number, names in enumerate(
        (
            "الاثنين اثنين الأثنين monday mon", "الثلاثاء ثلاثاء الثلثاء tuesday tue", "الأربعاء أربعاء wednesday wed",
            "الخميس خميس thursday thu", "الجمعة جمعة friday fri", "السبت سبت saturday sat", "الأحد أحد sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
_NAMED_DAYS = {
    label_key(name): back
    for back, names in (
        (0, "today/اليوم"),
        (1, "yesterday/أمس/البارحة/امبارح"),
        (2, "أول أمس/أول من أمس/before yesterday"),
    )
    for name in names.split("/")
}
_NAMED_SPANS = {
    label_key(name): span
    for span, names in (
        (("week", 0), "هذا الأسبوع/this week"),
        (("week", 1), "الأسبوع الماضي/last week"),
        (("month", 0), "هذا الشهر/this month"),
        (("month", 1), "الشهر الماضي/last month"),
        (("year", 0), "هذا العام/هذه السنة/this year"),
        (("year", 1), "العام الماضي/السنة الماضية/last year"),
    )
    for name in names.split("/")
}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_EUROPEAN = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|z|[-+]\d\d:\d\d)?")
_AGO = re.compile(r"(\d{1,5})\s*([^\W\d_]+)")
_NAME = r"([^\W\d_]+(?:\s[^\W\d_]+)?)"
#: «14 تشرين الثاني 2023», also «أيلول/سبتمبر 2023», as many Arab papers write it.
_IN_WORDS = re.compile(rf"(?:(\d{{1,2}})\s+)?{_NAME}(?:\s?/\s?{_NAME})?\s+(\d{{4}})")
_AMERICAN = re.compile(rf"{_NAME}\s+(\d{{1,2}})[,،]?\s+(\d{{4}})")


def period(text: str, now: int) -> tuple[int, int] | None:
    """The period a date names: its first second and the first second after it, UTC; None for no date."""
    try:
        return _period(_plain(text), datetime.fromtimestamp(now, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def span(text: str, now: int) -> tuple[int | None, int | None] | None:
    """Like :func:`period`, and also ``2023-01..2023-03``, open on either side; None for no date.

    A time ago is a moment at either end: ``7d..3d``. A range may end before it begins.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return period(text, now)
    since = period(first, now) if first.strip() else None
    until = period(last, now) if last.strip() else None
    if (first.strip() and since is None) or (last.strip() and until is None) or not (since or until):
        return None
    return (since[0] if since else None, until[0 if _is_ago(last) else 1] if until else None)


def _plain(text: str) -> str:
    """Digits and separators in ASCII, single blanks; words stay, for the tables fold them by themselves."""
    plain = "".join(
        str(int(c)) if c.isdecimal() else "/" if c in "⁄∕" else " " if c == "_" else c for c in text
    )
    return " ".join(plain.strip("\u200e\u200f").split())


def _is_ago(text: str) -> bool:
    """Whether this is so much time before now, and no day of the calendar."""
    return _time_ago(_plain(text)) is not None


def _time_ago(text: str) -> tuple[int, str] | None:
    """How much of what: ``7d``, ``٣ أيام``, ``أسبوعين``; None for what is no time."""
    if match := _AGO.fullmatch(text):
        unit = _UNITS.get(label_key(match[2]))
        return (int(match[1]), unit) if unit else None
    return _TIMES.get(label_key(text))


def _period(text: str, now: datetime) -> tuple[int, int] | None:
    if match := _ISO.fullmatch(text):
        return _calendar(int(match[1]), _number(match[2]), _number(match[3]))
    if match := _EUROPEAN.fullmatch(text):
        return _calendar(int(match[3]), int(match[2]), _number(match[1]))
    if match := _MOMENT.fullmatch(text):
        start = datetime.fromisoformat(f"{match[1]}T{match[2]}:{match[3] or '00'}{match[4] or 'Z'}".upper())
        return int(start.timestamp()), int(start.timestamp()) + (1 if match[3] else 60)
    if match := _IN_WORDS.fullmatch(text):
        month = _MONTHS.get(label_key(match[2]))
        is_one = match[3] is None or _MONTHS.get(label_key(match[3])) == month
        return _calendar(int(match[4]), month, _number(match[1])) if month and is_one else None
    if match := _AMERICAN.fullmatch(text):
        month = _MONTHS.get(label_key(match[1]))
        return _calendar(int(match[3]), month, int(match[2])) if month else None
    if ago := _time_ago(text):
        return _back(now, *ago), int(now.timestamp()) + 1
    return _named(label_key(text), now)


def _named(key: str, now: datetime) -> tuple[int, int] | None:
    """What has a name: a day, a week, a month. One of a weekday's or a month's name is the last there was."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    back = _NAMED_DAYS.get(key)
    if back is None and key in _WEEKDAYS:
        back = (now.weekday() - _WEEKDAYS[key]) % 7
    if back is not None:
        start = int(midnight.timestamp()) - back * _DAY
        return start, start + _DAY
    if key in _NAMED_SPANS:
        return _named_span(midnight, *_NAMED_SPANS[key])
    if key in _MONTHS:
        month = _MONTHS[key]
        return _calendar(now.year if month <= now.month else now.year - 1, month, None)
    return None


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _calendar(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    """A day, a month or a year; raises ValueError for one that no calendar has."""
    start = datetime(year, month or 1, day or 1, tzinfo=UTC)
    end = start + timedelta(days=1) if day else datetime(*_next(year, month), 1, tzinfo=UTC)
    return int(start.timestamp()), int(end.timestamp())


def _next(year: int, month: int | None) -> tuple[int, int]:
    if month is None:
        return year + 1, 1
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _back(now: datetime, count: int, unit: str) -> int:
    """So many hours, days, weeks, months or years before now."""
    if unit in {"month", "year"}:
        months = now.year * 12 + now.month - 1 - count * (12 if unit == "year" else 1)
        first = now.replace(year=months // 12, month=months % 12 + 1, day=1)
        end = datetime(*_next(first.year, first.month), 1, tzinfo=UTC) - timedelta(days=1)
        return int(first.replace(day=min(now.day, end.day)).timestamp())
    hours = {"hour": 1, "day": 24, "week": 168}[unit]
    return int((now - timedelta(hours=count * hours)).timestamp())


def _named_span(midnight: datetime, unit: str, back: int) -> tuple[int, int]:
    if unit == "week":
        start = midnight - timedelta(days=midnight.weekday() + 7 * back)
        return int(start.timestamp()), int((start + timedelta(days=7)).timestamp())
    if unit == "year":
        return _calendar(midnight.year - back, None, None)
    months = midnight.year * 12 + midnight.month - 1 - back
    return _calendar(months // 12, months % 12 + 1, None)
