"""What a short line between headline and text says of who publishes, sent or wrote it, where no word announces it. Pure.

Sites write it each in their own way: «موسكو-سانا», «بيروت / وسيم سيف الدين /
الأناضول», «هسبريس - أمال كنين», «العربية.نت، وكالات», «بيروت: «الشرق الأوسط»».
A line is taken only where its names are known: agencies, outlets, places that
have a clock, given names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import zones
from .agencies import is_agency, is_outlet, names_in
from .datelines import dateline_of
from .dates import is_date_line
from .markers import Mark, Marked
from .masthead import is_named_again, is_signed, place_and_name
from .spelling import fold, spelled
from .writers import is_person

_LONGEST_NAMED = 70
_SIGNS = re.compile(r" *[/:–—-] *")
_NAME = r"[^\W\d_]+(?: [^\W\d_]+){1,3}"
#: Who wrote it, where no colon says so before the name; a verb's object is longer.
_WRITTEN_BY = re.compile(rf"(?:{spelled('كتب')}ت?|{spelled('بقلم')}) *[-–:]? *(?P<name>{_NAME}) *:?")
_FROM = re.compile(r"من (?P<name>[^\W\d_]+(?: [^\W\d_]+){1,7})")
#: «محمد كلتش | 17.09.2023 - محدث : 18.09.2023»
_NAME_AND_DATE = re.compile(
    rf"(?P<name>{_NAME}) *[|•] *(?P<date>[^|]{{6,40}}?)(?: *[-|•] *(?:{spelled('محدث')}|{spelled('تحديث')}|{spelled('آخر تحديث')}) *:? *.{{6,30}})?"
)
#: «سوسن مهنا صحافية @SawsanaMehanna»
_WITH_OFFICE = re.compile(
    rf"(?P<name>{_NAME}?),? (?:{spelled('صحافي')}ة?|{spelled('صحفي')}ة?|{spelled('كاتب')}ة?|{spelled('مراسل')}ة?|{spelled('باحث')}ة?|{spelled('محرر')}ة?)(?: [^\d.]{{2,40}}?)?(?: @\w{{2,30}})?"
)
_LATIN_NAME = re.compile(r"[A-Z][a-zA-Z.'’-]+(?: [A-Z][a-zA-Z.'’-]+){1,3}")
_RANKED = re.compile(r"(?:د|أ\.د)\. ?[^\W\d_]+(?: [^\W\d_]+){1,3}")
#: A section of many sites as well: an outlet only in quotation marks, or behind a place.
_REGIONS = frozenset(("الشرق الأوسط", "الشرق الاوسط"))
#: «عكاظ» (بيروت)
_QUOTED = re.compile(
    r"[«\"“](?P<outlet>[^«»\"“”]{2,30})[»\"”] ?(?:\((?P<place>[^\W\d_]+(?: [^\W\d_]+)?)\))?:?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says; empty for what it does not. ``wire`` is who sent it, ``publisher`` whose page it is."""

    place: str = ""
    wire: str = ""
    publisher: str = ""
    agencies: tuple[str, ...] = ()
    byline: str = ""
    date: str = ""
    #: Whose page it is, as is concluded from a name that stands on it twice.
    site: str = ""


def said_in(line: str, following: str, mark: Marked | None, *, has_title: bool) -> Said | None:
    """What ``line`` says above a text; None for a line that is not of this kind.

    ``following`` is the line below and ``mark`` what it marks.
    """
    if (found := dateline_of(line)).date and found.end == len(line):
        # «موسكو 02 ربيع الأول 1445 هـ الموافق 17 سبتمبر 2023 م واس»
        return Said(place=found.place or "", wire=found.agency or "", date=found.date)
    if len(line) <= _LONGEST_NAMED and (said := _named(line, has_title=has_title)):
        return said
    if (match := _NAME_AND_DATE.fullmatch(line)) and is_date_line(match["date"]):
        return Said(byline=match["name"], date=match["date"])
    if (match := _FROM.fullmatch(line)) and dateline_of(following).agency:
        # «من سارة الصفتي» above «القاهرة (رويترز) - …»
        return Said(byline=match["name"])
    if not has_title:
        return None
    for pattern in (_WRITTEN_BY, _WITH_OFFICE):
        if (match := pattern.fullmatch(line)) and (pattern is _WRITTEN_BY or is_person(match["name"])):
            return Said(byline=match["name"])
    is_above_date = mark is not None and mark.mark is Mark.DATE
    if _RANKED.fullmatch(line) or (is_above_date and (_LATIN_NAME.fullmatch(line) or is_person(line))):
        return Said(byline=line)
    return None


def _named(line: str, *, has_title: bool) -> Said | None:
    """A line of known names and nothing else."""
    if (match := _QUOTED.fullmatch(line)) and is_outlet(match["outlet"]):
        return Said(publisher=match["outlet"], place=match["place"] or "")
    parts = [part.strip(" «»\"'.") for part in _SIGNS.split(line)]
    if 2 <= len(parts) <= 3 and all(parts):
        return _parted(parts, has_title=has_title)
    names = names_in(line)
    if names and line not in _REGIONS and all(is_outlet(name) or is_agency(name) for name in names):
        # «العربية.نت، وكالات», «الشروق أونلاين»
        first, *others = names
        if not (is_outlet(first) and " " in first.replace(".", " ")) and not (is_agency(first) and has_title):
            return None
        return Said(publisher=first, agencies=tuple(others))
    return None


def _parted(parts: list[str], *, has_title: bool) -> Said | None:
    place, source = parts[0], parts[-1]
    if len(parts) == 2 and has_title and is_person(source):
        if zones.is_place(fold(place)):
            # «بغداد – حسين العبيدي», «القاهرة: محمد عبده حسنين»
            return Said(place=place, byline=source)
        if is_outlet(place):
            # «هسبريس - أمال كنين»
            return Said(publisher=place, byline=source)
    if len(parts) == 2 and " " in place and is_outlet(place) and zones.is_place(fold(source)):
        # «سكاي نيوز عربية - أبوظبي»
        return Said(publisher=place, place=source)
    is_sent = is_agency(source) or (bool(re.search(r"[ \d]", source)) and is_outlet(source))
    if not is_sent or len(place.split()) > 3 or re.search(r"\d", place):
        return None
    if is_outlet(place) and is_agency(source):
        # «هسبريس - أ.ف.ب»: who publishes, and whose text it is.
        return Said(publisher=place, wire=source)
    return Said(place=place, wire=source, byline=parts[1] if len(parts) == 3 else "")


_DATES = (Mark.DATE, Mark.UPDATED)
#: Lines from the end that may say the headline again.
_MOST_BELOW = 40


def said_beside_date(
    lines: Sequence[str], marks: Sequence[Marked | None], place: int, title: str, site: str
) -> Said | None:
    """Where and by whom a text was published, by a name that only this page knows; None where the page does not agree.

    ``place`` is that of a short line below the headline ``title``; ``site``
    the name that stands above that, "" where none does.
    """
    line = lines[place]
    if line == site:
        return Said(site=line)
    near = (*marks[max(place - 1, 0) : place], *marks[place + 1 : place + 2])
    is_by_date = any(each is not None and each.mark in _DATES for each in near)
    if found := place_and_name(line, site, is_by_date=is_by_date):
        return Said(place=found[0], publisher=found[1])
    last = lines[max(place + 1, len(lines) - _MOST_BELOW) :]
    is_name = is_named_again(line, lines, place) or any(is_signed(title, line, other) for other in last)
    return Said(site=line) if is_name else None
