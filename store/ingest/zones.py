"""Time zones as news names them: EST, CEST, بتوقيت القاهرة; with their summer time, by the tz database.

An abbreviation says itself whether it is summer (EDT is not EST). The name of
a place does not: there the day decides, by :mod:`zoneinfo`. Where the machine
has no tz database, a place has its standard time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Hours east of UTC. Of two meanings the one that news of the Arab world has: AST is Arabia's, IST is left out.
_ABBREVIATIONS = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2,
    "eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3, "ast": 3, "ksa": 3, "gst": 4, "irst": 3.5, "pkt": 5, "idt": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "sast": 2, "cat": 2, "eat": 3, "wat": 1, "aest": 10, "aedt": 11,
}  # fmt: skip
#: American clocks named without saying whether it is summer.
_AMERICAN = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
#: Folded names of places, the zone, and its hours east of UTC in winter. The longer name is looked for first.
_PLACES: tuple[tuple[str, str, float], ...] = (
    ("غرينتش جرينتش غرينيتش جرينيتش العالمي", "UTC", 0),
    ("مكه السعوديه الرياض", "Asia/Riyadh", 3),
    ("بغداد العراق", "Asia/Baghdad", 3),
    ("الكويت", "Asia/Kuwait", 3),
    ("قطر الدوحه", "Asia/Qatar", 3),
    ("البحرين المنامه", "Asia/Bahrain", 3),
    ("صنعاء عدن اليمن", "Asia/Aden", 3),
    ("ابوظبي ابو_ظبي الامارات دبي", "Asia/Dubai", 4),
    ("مسقط عمان_سلطنه سلطنه_عمان", "Asia/Muscat", 4),
    ("القاهره مصر", "Africa/Cairo", 2),
    ("بيروت لبنان", "Asia/Beirut", 2),
    ("دمشق سوريا سوريه", "Asia/Damascus", 2),
    ("عمان الاردن", "Asia/Amman", 2),
    ("القدس فلسطين غزه رام_الله", "Asia/Gaza", 2),
    ("تل_ابيب اسراييل", "Asia/Jerusalem", 2),
    ("طرابلس ليبيا", "Africa/Tripoli", 2),
    ("الخرطوم السودان", "Africa/Khartoum", 2),
    ("تونس", "Africa/Tunis", 1),
    ("الجزاير", "Africa/Algiers", 1),
    ("الرباط المغرب الدار_البيضاء", "Africa/Casablanca", 0),
    ("نواكشوط موريتانيا", "Africa/Nouakchott", 0),
    ("موسكو", "Europe/Moscow", 3),
    ("اسطنبول انقره تركيا", "Europe/Istanbul", 3),
    ("طهران ايران", "Asia/Tehran", 3.5),
    ("كييف اوكرانيا", "Europe/Kyiv", 2),
    ("باريس فرنسا", "Europe/Paris", 1),
    ("برلين المانيا", "Europe/Berlin", 1),
    ("جنيف", "Europe/Zurich", 1),
    ("لندن بريطانيا", "Europe/London", 0),
    ("نيويورك واشنطن شرق_الولايات شرق_امريكا شرق_اميركا الشرقي", "America/New_York", -5),
    ("لوس_انجليس لوس_انجلوس", "America/Los_Angeles", -8),
    ("طوكيو اليابان", "Asia/Tokyo", 9),
    ("بكين الصين", "Asia/Shanghai", 8),
    ("سول كوريا", "Asia/Seoul", 9),
    ("نيودلهي الهند", "Asia/Kolkata", 5.5),
    ("اسلام_اباد باكستان", "Asia/Karachi", 5),
)
_BY_NAME = {name.replace("_", " "): (zone, hours) for names, zone, hours in _PLACES for name in names.split()}
_NAME = re.compile(
    rf"(?:بتوقيت|توقيت|بالتوقيت|التوقيت)\s+(?:مدينه\s+|دوله\s+)?(?P<name>{'|'.join(sorted(_BY_NAME, key=len, reverse=True))})(?!\w)"
)
_SIGNED = re.compile(
    r"(?:\((?:gmt|utc)|gmt|utc|بتوقيت غرينتش|بتوقيت جرينتش|غرينتش|جرينتش)?\s*(?P<sign>[+\-−])\s*"
    r"(?P<hours>[01]?\d):?(?P<minutes>[0-5]\d)?(?!\d)",
    re.I,
)
_ABBREVIATED = re.compile(rf"(?<![a-z])(?P<name>{'|'.join((*_ABBREVIATIONS, *_AMERICAN))})(?![a-z])", re.I)
#: All that names a zone, to be struck out where a line is asked whether it is a date and nothing besides.
NAMED = re.compile(rf"{_NAME.pattern}(?:\s+المكرمه)?|{_ABBREVIATED.pattern.replace('?P<name>', '')}", re.I)


def is_place(name: str) -> bool:
    """True for a folded name of a capital or a country whose clock news is dated by."""
    return name in _BY_NAME


def offset(before: str, after: str, local: int) -> int:
    """Seconds east of UTC named beside a time; 0 where nothing is.

    ``before`` and ``after`` are what stands around the time, folded, in lower
    case. ``local`` is the time itself, as if it were of UTC: a place may have
    summer time then.
    """
    if match := _SIGNED.match(after.lstrip(" (")):
        seconds = int(match["hours"]) * 3600 + int(match["minutes"] or 0) * 60
        return seconds if match["sign"] == "+" else -seconds
    text = f"{after} {before}"
    if match := _NAME.search(text):
        zone, hours = _BY_NAME[match["name"]]
        return _in_zone(zone, hours, local)
    if match := _ABBREVIATED.search(text):
        name = match["name"].lower()
        if name in _AMERICAN:
            return _in_zone(_AMERICAN[name], _ABBREVIATIONS[f"{name[0]}st"], local)
        return int(_ABBREVIATIONS[name] * 3600)
    return 0


def _in_zone(zone: str, hours: float, local: int) -> int:
    found = _zone(zone)
    if found is None:
        return int(hours * 3600)
    there = datetime.fromtimestamp(local, UTC).replace(tzinfo=found).utcoffset()
    return int(there.total_seconds()) if there is not None else int(hours * 3600)


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None
