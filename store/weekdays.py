"""What an article's own words say of the day it appeared. Pure.

News dates itself by weekday: اليوم الأحد, أمس الاثنين, أمس الأول الجمعة, or a
bare weekday in the first sentence (قال مسؤول الإثنين), which is agency style
for "today". A weekday says which day of the week, never which week;
:mod:`store.inference` finds that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from .arabic import fold
from .ingest.dates import parse_date
from .models import Precision

#: Monday is 0, as in :meth:`datetime.date.weekday`; folded spellings.
_DAYS = {
    "الاثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "الثلثاء": 1, "الاربعاء": 2, "الاربعا": 2, "الخميس": 3,
    "الجمعه": 4, "السبت": 5, "الاحد": 6,
}  # fmt: skip
_DAY = rf"(?P<day>{'|'.join(_DAYS)})(?!\w)"
_GAP = r"[\s،,(]{1,3}(?:يوم\s+|الموافق\s+)?"
_BEFORE = r"(?<!\w)[وفب]?"
#: What is said, and how many days after the named weekday the article appeared.
_SAID = (
    (re.compile(rf"{_BEFORE}(?:امس\s+الاول|اول\s+(?:من\s+)?امس|قبل\s+امس){_GAP}{_DAY}"), 2),
    (re.compile(rf"{_BEFORE}(?:ال)?(?:امس|بارحه)(?!\s+الاول){_GAP}{_DAY}"), 1),
    (re.compile(rf"{_BEFORE}اليوم{_GAP}{_DAY}"), 0),
    (re.compile(rf"{_BEFORE}هذا\s+{_DAY}"), 0),
    (re.compile(rf"{_BEFORE}بعد\s+(?:غدا?|الغد){_GAP}{_DAY}"), -2),
    (re.compile(rf"(?<!بعد )(?<!\w)(?:غدا?|الغد){_GAP}{_DAY}"), -1),
)
_DAY_BEFORE_YESTERDAY = re.compile(r"(?:اول\s+(?:من\s+)?|قبل\s+)$")
_BARE = re.compile(
    rf"(?<!\w)[ولب]?{_DAY}(?!\s+(?:ال)?(?:ماضي|مقبل|قادم|فائت|فايت|منصرم|اسود|دامي|سابق|تالي))"
    # A day with its date is told of the past and of what is to come, seldom of today.
    r"(?!\s*\d)"
)
_REPORTED = re.compile(
    r"(?<!\w)[وف]?(?:قال|قالت|افاد|افادت|ذكر|ذكرت|اعلن|اعلنت|اكد|اكدت|كشف|كشفت|صرح|صرحت|نقلت|اوضح|اوضحت|اضاف|اضافت|نفي|نفت"
    r"|دعا|دعت|طالب|طالبت|حذر|حذرت|اعرب|اعربت|وصف|وصفت|ادان|ادانت)(?!\w)"
)
_CLAUSES = re.compile(r"[،,.؛:;]\s")
_MONTH_DAY = re.compile(r"[\s،,(]*(\d{1,2})\s+([^\W\d]+)")
_FULL_DATE = re.compile(r"[\s،,(]*(\d{1,2}\s+[^\d\n]{2,30}?\s+\d{4})(?!\d)")
#: The lead that tells of what is to come, by its verb: قد يسافر, سيزور, يعتزم.
_AHEAD = re.compile(
    r"(?<!\w)(?:و|ف)?(?:قد\s+[يت]\w{3,}|س[يت]\w{3,}|[يت]عتزم|[يت]نوي|[يت]خطط|[يت]ستعد|قريبا|وشيك\w*)(?!\w)"
)
#: What an article says it came after: the words behind بعد, عقب, إثر, not those of a time (بعد يومين من).
_AFTER = re.compile(
    r"(?<!\w)(?:بعد|عقب|اثر|غداه|(?:في|علي)\s+(?:اعقاب|خلفيه))\s+(?!ظهر|غد|نحو|يوم|ساع|اسبوع|شهر|سن)((?:[^\s.،؛:]+\s*){2,6})"
)
_NOT_AHEAD = frozenset(
    fold(
        "سيارة سيارات سياسة سياسات سياسي سياسية سياسيا سياسيين سياسيون سيول سيدني سيدة سيدات سيطرة سيناء سيناريو سيرة "
        "سيرغي سيرجي سيادة ستين ستوكهولم ستار ستيف ستيفن سترة سياحة سياحية سياق سيبيريا سيفاستوبول سيارته سيدي سيئة ستارمر "
        "سيسي ستاد ستراتيجية ستالين سيلفا سينما سيراليون سيليكون سيتي ستارلينك سيمون سيلا سيوف سيول سيوم"
    ).split()
)


@dataclass(frozen=True, slots=True)
class DayWords:
    """What a text says of its day.

    ``weekday``: of publication, Monday 0, or None. ``day``: seconds UTC of a
    full date of which the text says how long ago it is, or None. ``is_explicit``: said with
    اليوم or أمس, not by a bare weekday. ``looks_ahead``: the lead tells of
    what is to come. ``looks_back``: what the lead says it came after (بعد
    إغلاق المكاتب), folded, or nothing. ``dates``: of days that the text
    names by weekday and month, the month, the day of the month, and how many
    days after it the article appeared (اليوم الأحد 12 فبراير).
    """

    weekday: int | None
    day: int | None
    is_explicit: bool
    looks_ahead: bool
    looks_back: str
    dates: frozenset[tuple[int, int, int]] = frozenset()

    def is_on(self, day: int) -> bool:
        """True for a day (days since 1970) that is of the weekday and agrees with every date the text gives."""
        # The first day of 1970 was a Thursday.
        return (day + 3) % 7 == self.weekday and all(
            _month_and_day(day - after) == (month, number) for month, number, after in self.dates
        )


def _month_and_day(day: int) -> tuple[int, int]:
    when = datetime.fromtimestamp(day * 86_400, UTC)
    return when.month, when.day


def day_words(title: str, body: Sequence[str]) -> DayWords:
    """Read what an article says of the day it appeared."""
    paragraphs = [fold(paragraph) for paragraph in body]
    lead = next((p for p in paragraphs if p.strip()), "")
    votes = _votes([fold(title), *paragraphs])
    weekday = _most_said([said.weekday for said in votes])
    is_explicit = weekday is not None
    day = next((said.day for said in votes if said.day is not None), None)
    dates = frozenset(said.date for said in votes if said.date is not None and said.weekday == weekday)
    if weekday is None:
        weekday = _bare(lead)
    back = " ".join(match[1] for match in _AFTER.finditer(lead))
    return DayWords(weekday, day, is_explicit, looks_ahead(title, lead), back, dates)


def looks_ahead(title: str, lead: str) -> bool:
    """True when headline or first paragraph tell of what is to come by a verb of the future."""
    for text in (fold(title), fold(lead)):
        for match in _AHEAD.finditer(text):
            if match.group().lstrip("وف") not in _NOT_AHEAD:
                return True
    return False


class _Said(NamedTuple):
    """One expression: the weekday of publication it tells of, and as far as it goes on so, its day and its date."""

    weekday: int
    day: int | None
    date: tuple[int, int, int] | None


def _votes(texts: Sequence[str]) -> list[_Said]:
    votes: list[_Said] = []
    for text in texts:
        if not any(day in text for day in _DAYS):
            continue
        for pattern, after in _SAID:
            for match in pattern.finditer(text):
                if after == 1 and _DAY_BEFORE_YESTERDAY.search(text, 0, match.start()):
                    continue
                named = _DAYS[match["day"]]
                day = _stated(text, match.end(), named) if after >= 0 else None
                date = _month_day(text, match.end())
                votes.append(
                    _Said(
                        (named + after) % 7,
                        None if day is None else day + after * 86_400,
                        None if date is None else (*date, after),
                    )
                )
    return votes


def _stated(text: str, end: int, weekday: int) -> int | None:
    """The full date right after "today, Sunday", where it is a Sunday."""
    found = _FULL_DATE.match(text, end)
    read = parse_date(found[1]) if found else None
    if read is None or read.precision is not Precision.DAY or read.is_inferred:
        return None
    return read.time if datetime.fromtimestamp(read.time, UTC).weekday() == weekday else None


def _month_day(text: str, end: int) -> tuple[int, int] | None:
    """Month and day of the month right after a weekday, of whichever year: الأحد 12 فبراير."""
    found = _MONTH_DAY.match(text, end)
    # Of a year with a 29th of February.
    read = parse_date(f"{found[1]} {found[2]} 2000") if found else None
    if read is None or read.precision is not Precision.DAY:
        return None
    return _month_and_day(read.time // 86_400)


def _most_said(votes: Sequence[int]) -> int | None:
    """The weekday that most expressions agree on; of equals the one said first."""
    if not votes:
        return None
    counts = Counter(votes)
    return max(counts, key=lambda weekday: (counts[weekday], -votes.index(weekday)))


def _bare(lead: str) -> int | None:
    """The weekday in the clause that reports (قال، أعلن), or else the last one of the first paragraph."""
    last: int | None = None
    for clause in _CLAUSES.split(lead):
        for match in _BARE.finditer(clause):
            last = _DAYS[match["day"]]
            if _REPORTED.search(clause):
                return last
    return last
