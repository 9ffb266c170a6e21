"""Dates as a reader of Arabic news writes them, at the precision that is known.

Gregorian months in their common Arabic names or in the Levantine ones, the
Hijri date beside them where wanted (tabular Islamic calendar, civil epoch:
within a day of the sighted one).
"""

from __future__ import annotations

from datetime import UTC, datetime

from store import Precision, Published

from .i18n import _, counted, digits, language

_COMMON = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_LEVANTINE = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
_WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
_ENGLISH_WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

_DAY = 86_400
#: 1 Muharram 1 is 19 July 622 in the proleptic Gregorian calendar.
_HIJRI_EPOCH = 227_015


def month_name(month: int, months: str = "common") -> str:
    """The name of a month (1–12) in the language of the interface; ``months`` is ``common`` or ``levantine``."""
    if language() == "en":
        return _ENGLISH[month - 1]
    return (_LEVANTINE if months == "levantine" else _COMMON)[month - 1]


def full_date(published: Published | None, months: str = "common", *, hijri: bool = False) -> str:
    """The date of an article for its heading; an inferred one says so, an unknown one too."""
    if published is None:
        return _("date unknown")
    moment = datetime.fromtimestamp(published.time, UTC)
    text = _gregorian(moment, published.precision, months)
    if hijri and published.precision in (Precision.DAY, Precision.MINUTE):
        text += f" / {hijri_date(moment.date().toordinal())}"
    if published.is_inferred:
        text += " " + _("(inferred)")
    return text


def _gregorian(moment: datetime, precision: Precision, months: str) -> str:
    year = digits(str(moment.year))
    if precision is Precision.YEAR:
        return year
    month = month_name(moment.month, months)
    if precision is Precision.MONTH:
        return f"{month} {year}"
    weekday = (_ENGLISH_WEEKDAYS if language() == "en" else _WEEKDAYS)[moment.weekday()]
    text = f"{weekday} {digits(str(moment.day))} {month} {year}"
    if precision is Precision.MINUTE:
        text += digits(f" {moment:%H:%M}")
    return text


def short_date(published: Published | None, now: int, months: str = "common") -> str:
    """The date of a list row: age for the last day, day and month for this year, else with the year."""
    if published is None:
        return _("date unknown")
    age = now - published.time
    if published.precision is Precision.MINUTE and 0 <= age < _DAY:
        return _ago(age)
    moment = datetime.fromtimestamp(published.time, UTC)
    if published.precision is Precision.YEAR:
        return digits(str(moment.year))
    month = month_name(moment.month, months)
    if published.precision is Precision.MONTH:
        return f"{month} {digits(str(moment.year))}"
    text = f"{digits(str(moment.day))} {month}"
    if moment.year != datetime.fromtimestamp(now, UTC).year:
        text += f" {digits(str(moment.year))}"
    return text + ("؟" if published.is_inferred and language() == "ar" else "?" * published.is_inferred)


def time_of_day(published: Published | None) -> str:
    """What is known of a date beside its day: the time, that it is inferred, or that there is none."""
    if published is None:
        return _("date unknown")
    if published.precision is Precision.MINUTE:
        return digits(f"{datetime.fromtimestamp(published.time, UTC):%H:%M}")
    return _("(inferred)") if published.is_inferred else ""


def _ago(seconds: int) -> str:
    if seconds < 3600:
        return counted("{n} minute", "{n} minutes", max(1, seconds // 60))
    return counted("{n} hour", "{n} hours", seconds // 3600)


def hijri_date(ordinal: int) -> str:
    """The Hijri date of a day (proleptic Gregorian ordinal), by the tabular calendar with 30-year cycles."""
    days = ordinal - _HIJRI_EPOCH
    year = (30 * days + 10_646) // 10_631
    month = 1
    while month < 12 and days >= _hijri_days(year, month + 1):
        month += 1
    day = days - _hijri_days(year, month) + 1
    return f"{digits(str(day))} {_HIJRI[month - 1]} {digits(str(year))}"


def _hijri_days(year: int, month: int) -> int:
    """Days from 1 Muharram 1 to the first of that month."""
    return (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2
