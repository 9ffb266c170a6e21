"""Dates as Arabic pages write them: five calendars' worth of month names, any digits, any order.

:func:`parse_date` reads one date (and time) out of a short text and says how
precise it is. It never guesses a part that is not there: a month without a
day has the precision of a month. Dates of the hijri calendar are converted by
the tabular (civil) calendar, which may be a day off, and are marked inferred.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from ..models import Precision, Published
from . import zones
from .spelling import fold, fold_case

#: News older than newspapers, or from the far future, is a misread date.
YEARS = range(1800, 2101)
#: Longest text that can be a date line; anything longer is prose.
MAX_DATE_TEXT = 120

_NAMES: tuple[tuple[int, str], ...] = (
    (1, "january jan يناير كانون_الثاني جانفي ينّاير"),
    (2, "february feb فبراير شباط فيفري فبرير"),
    (3, "march mar مارس آذار اذار مارت"),
    (4, "april apr أبريل ابريل نيسان أفريل إبريل"),
    (5, "may مايو أيار ايار ماي"),
    (6, "june jun يونيو حزيران جوان يونيه"),
    (7, "july jul يوليو تموز جويلية يوليوز يوليه"),
    (8, "august aug أغسطس آب اوت أوت غشت اغسطس"),
    (9, "september sept sep سبتمبر أيلول شتنبر"),
    (10, "october oct أكتوبر تشرين_الأول اكتوبر تشرين_اول"),
    (11, "november nov نوفمبر تشرين_الثاني نونبر نوفنبر تشرين_ثاني"),
    (12, "december dec ديسمبر كانون_الأول دجنبر ديسنبر كانون_اول"),
)
_HIJRI_NAMES: tuple[tuple[int, str], ...] = (
    (1, "محرم المحرم"),
    (2, "صفر"),
    (3, "ربيع_الأول ربيع_أول"),
    (4, "ربيع_الآخر ربيع_الثاني ربيع_ثاني"),
    (5, "جمادى_الأولى جمادى_الأول"),
    (6, "جمادى_الآخرة جمادى_الثانية جمادى_الآخر"),
    (7, "رجب"),
    (8, "شعبان"),
    (9, "رمضان"),
    (10, "شوال"),
    (11, "ذو_القعدة ذي_القعدة"),
    (12, "ذو_الحجة ذي_الحجة"),
)


def _table(names: tuple[tuple[int, str], ...]) -> dict[str, int]:
    return {fold(name.replace("_", " ")): month for month, line in names for name in line.split()}


_MONTHS = _table(_NAMES)
_HIJRI = _table(_HIJRI_NAMES)


def _alternatives(table: dict[str, int]) -> str:
    # "كانون الثاني" must be tried before any shorter name it begins with.
    return "|".join(name.replace(" ", " +") for name in sorted(table, key=len, reverse=True))


_LETTER = "[^\\W\\d_]"
_MONTH = f"(?<!{_LETTER})(?P<month>{_alternatives(_MONTHS)})(?!{_LETTER})\\.?"
#: A second name of the same month: أيلول/سبتمبر, أيلول (سبتمبر), «مارس آذار».
_TWIN = f"(?: *[/(\\- ] *(?:{_alternatives(_MONTHS)})(?!{_LETTER}) *\\)?)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d|2100)(?!\d)"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)(?: *(?:st|nd|rd|th))?(?!\d)"
_GAP = r"[ ,،./\-]{1,4}(?:of +|من +|شهر +|عام +|سنه +)?"

_FORMS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?<!\d){_YEAR}[-/.](?P<number>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)"),
    re.compile(rf"{_DAY} *[-/.] *(?P<number>[0-3]?\d) *[-/.] *{_YEAR}"),
    re.compile(rf"{_DAY}{_GAP}{_MONTH}{_TWIN}{_GAP}{_YEAR}"),
    re.compile(rf"{_MONTH}{_TWIN}{_GAP}{_DAY}{_GAP}{_YEAR}"),
    re.compile(rf"(?<!\d){_YEAR}{_GAP}{_MONTH}{_TWIN}{_GAP}{_DAY}"),
    re.compile(r"(?<!\d)(?P<year>20\d\d|19\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"{_MONTH}{_TWIN}{_GAP}{_YEAR}"),
    re.compile(rf"(?<!\d){_YEAR}-(?P<number>[01]\d)(?![\d-])"),
)
_HIJRI_FORM = re.compile(
    rf"{_DAY}{_GAP}(?<!{_LETTER})(?P<month>{_alternatives(_HIJRI)})(?!{_LETTER}){_GAP}(?P<year>1[2-5]\d\d)(?!\d)"
)
_YEAR_ALONE = re.compile(rf" *(?:عام +|سنه +)?{_YEAR} *م? *")
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[0-2]?\d) *[::] *(?P<minute>[0-5]\d)(?: *: *(?P<second>[0-5]\d)(?:\.\d+)?)?(?!\d)"
    rf" *(?P<half>[ap]\.?m\b\.?|صباحا|مساء|ظهرا|عصرا|ليلا|[صم](?!{_LETTER}))?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:gmt|utc)? *[+\-] *[01]?\d:?(?:[0-5]\d)?(?!\d)", re.I)
_HALF_AFTERNOON = ("p", "م", "ظ", "ع", "ل")
_WORDS_OF_A_DATE = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b(?:gmt|utc|am|pm|at|on|z)\b"
    r"|(?:ال)?(?:احد|اثنين|اتنين|ثلاثاء|اربعاء|خميس|جمعه|سبت)(?!\w)"
    r"|(?<!\w)(?:يوم|الموافق|الساعه|بتوقيت|توقيت|غرينتش|جرينتش|هـ|ه|م|ص|مساء|صباحا|المحلي|الصيفي|الشتوي|بالتوقيت|التوقيت|مكه|المكرمه|القاهره|عند|في|واس|وام|سانا|وفا|كونا|بترا|قنا)(?!\w)",
    re.IGNORECASE,
)


_HIJRI_NUMBERS = re.compile(r"\b1[34]\d\d ?[-/] ?\d{1,2} ?[-/] ?\d{1,2}\b")


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Published | None:
    """Read the first date in ``text`` (a date line or field, not prose); None when there is none or it is absurd.

    Times without a zone are taken as UTC; zones are those of :mod:`store.ingest.zones`. Day before month where both could be
    either, as Arabic pages write it.
    """
    if len(text) > MAX_DATE_TEXT:
        return None
    text = fold_case(text)
    for form in _FORMS:
        if match := form.search(text):
            # A day that does not exist makes the whole date a misreading, not a month.
            return _gregorian(match, text)
    if match := _HIJRI_FORM.search(text):
        return _from_hijri(match)
    if match := _YEAR_ALONE.fullmatch(text):
        return _published(int(match["year"]), 1, 1, Precision.YEAR)
    return None


def is_date_line(text: str) -> bool:
    """True when ``text`` is a date (with weekday, time, zone) and nothing besides."""
    if not 6 <= len(text) <= MAX_DATE_TEXT or not parse_date(text):
        return False
    rest = fold_case(text)
    for pattern in (*_FORMS[:6], _HIJRI_FORM, _HIJRI_NUMBERS, *_FORMS[6:], _TIME, _ZONE, zones.NAMED):
        rest = pattern.sub(" ", rest, count=2)
    rest = _WORDS_OF_A_DATE.sub(" ", rest, count=6)
    return not re.search(_LETTER, rest.replace("t", " ", 1)) and len(re.findall(r"\d", rest)) <= 2


def _gregorian(match: re.Match[str], text: str) -> Published | None:
    parts = match.groupdict()
    month = _month_of(parts)
    day = int(parts["day"]) if parts.get("day") else None
    if day is not None and month > 12 >= day and parts.get("number"):
        day, month = month, day
    precision = Precision.MONTH if day is None else Precision.DAY
    found = _published(int(parts["year"]), month, day or 1, precision)
    if found is None or day is None:
        return found
    rest = text[: match.start()] + " " + text[match.end() :].removeprefix("t")
    return _with_time(found, rest)


def _month_of(parts: dict[str, str | None]) -> int:
    if number := parts.get("number"):
        return int(number)
    return _MONTHS[" ".join((parts["month"] or "").split())]


def _published(
    year: int, month: int, day: int, precision: Precision, *, is_inferred: bool = False
) -> Published | None:
    if year not in YEARS:
        return None
    try:
        moment = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return Published(int(moment.timestamp()), precision, is_inferred)


def _with_time(day: Published, rest: str) -> Published:
    match = _TIME.search(rest)
    if not match:
        return day
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or "").strip()
    if half and hour <= 12:
        hour = hour % 12 + (
            12 if half[0] in _HALF_AFTERNOON and not (half[0] == "ل" and hour in (12, *range(1, 5))) else 0
        )
    if hour > 23:
        return day
    local = day.time + hour * 3600 + minute * 60 + int(match["second"] or 0)
    east = zones.offset(rest[: match.start()], rest[match.end() :], local)
    return Published(local - east, Precision.MINUTE)


def _from_hijri(match: re.Match[str]) -> Published | None:
    """Tabular Islamic calendar, civil epoch (16 July 622 Julian), leap years 2 5 7 10 13 16 18 21 24 26 29 of 30."""
    year, day = int(match["year"]), int(match["day"])
    month = _HIJRI[" ".join(match["month"].split())]
    if not 1 <= day <= 30:
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    moment = datetime(622, 7, 19, tzinfo=UTC) + timedelta(days=days)
    return _published(moment.year, moment.month, moment.day, Precision.DAY, is_inferred=True)
