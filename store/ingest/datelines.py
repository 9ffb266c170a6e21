"""Where, when and by whom a text was sent, as its first words say: «تونس 21 مارس 2024 (وات) - …». Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..title_words import is_outlet_name
from .agencies import is_agency, is_outlet, spaced
from .dates import parse_date
from .spelling import fold
from .zones import is_place

#: So much of a lead can be its dateline, in code points.
_LONGEST = 120
_PLACE = r"[^.،,؛:()–—\n]{2,40}?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:[،,] ?{_PLACE})?|) ?(?P<agency>\([^()\n]{{2,30}}\))? ?(?:--|–|—| -) ?(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERS = r"\d{1,2} ?[-/] ?\d{1,2}(?: ?[-/] ?\d{4})?"
_NAMED = r"\d{1,2} [^\W\d_]{2,12}(?: ?[^\W\d_]{2,8})?(?: ?[/(] ?[^\W\d_]{2,12}\)?)?(?: \d{4})?"
#: A day between the place and the agency: «موسكو 17-9-2023 وفا- », «الكويت - 17 - 9 (كونا) -- », «الدوحة في 12 مارس /قنا/ ».
_DATED = re.compile(
    r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,2}?) ?[-–،,]? ?(?:في )?(?:يوم )?(?P<date>"
    rf"(?:{_NAMED} ?(?:هـ?)? ?الموافق )?(?:{_NUMBERS}|{_NAMED})) ?م? ?"
    r"(?:\((?P<round>[^()\d]{2,20})\)|/ ?(?P<slashed>[^/\d]{2,20}?) ?/|(?P<bare>[^\W\d_]{2,12})(?= ?[-–—:]|$)) ?[-–—:]* *"
)
#: «رام الله- معا- قال …», «القاهرة /أ ش أ/ …»: an agency known by name needs neither day nor brackets.
_BY_AGENCY = re.compile(
    r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,2}?) ?[-–—/] ?(?P<agency>[^\W\d_]{1,12}(?: [^\W\d_]){0,3}) ?[-–—:/]+ *(?=\S)"
)
#: «بيروت- «القدس العربي»: …», «لندن: «الشرق الأوسط» …»: sent by the paper's own people.
_BY_OUTLET = re.compile(
    r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,2}?) ?[-–—:،] ?[«\"“(](?P<outlet>[^«»\"“”()]{2,30})[»\"”)] ?[-–—:]+ *(?=\S)"
)
#: «وطنية - بيروت - …», «شفق نيوز/ …»: who sends stands first.
_OUTLET_FIRST = re.compile(
    r"(?P<outlet>[^\W\d_]+(?: [^\W\d_]+){0,2}) ?[-–—/] ?(?:(?P<place>[^\W\d_]+(?: [^\W\d_]+)?) ?[-–—] )?(?=\S)"
)
#: A dateline ends in a dash or a stroke, not later than this.
_LONGEST_SENT = 90
_SIGN = re.compile("[-–—/]")
_DIGIT = re.compile(r"\d")
#: Who says something is no place.
VERBS_OF_SPEECH = frozenset(fold("قال قالت أعلن أعلنت أكد أكدت ذكر ذكرت أفاد أفادت كشف كشفت").split())


class Dateline(NamedTuple):
    """Place, agency and day (as written) of a dateline, None where it names none; the text proper begins at ``end``."""

    place: str | None = None
    agency: str | None = None
    end: int = 0
    date: str | None = None


_NONE = Dateline()


def dateline_of(lead: str) -> Dateline:
    """Split a dateline off a lead.

    ``سيول، كوريا الجنوبية – سيزور…`` gives the place; ``دبي (CNN)-- …`` both;
    ``تونس 21 مارس 2024 (وات) - …`` the day as well; a lead without one gives
    nothing, and 0 as the beginning of the text.
    """
    lead = lead[:_LONGEST]
    if len(lead) > _LONGEST_SENT and not _SIGN.search(lead, 0, _LONGEST_SENT):
        return _NONE
    if _DIGIT.search(lead, 0, _LONGEST_SENT) and (dated := _DATED.match(lead)) and (found := _dated(dated)):
        return found
    if (sent := _BY_AGENCY.match(lead)) and (
        is_agency(sent["agency"]) or (is_place(fold(sent["place"])) and is_outlet(sent["agency"]))
    ):
        return Dateline(sent["place"], spaced(sent["agency"]), sent.end())
    if (by := _BY_OUTLET.match(lead)) and is_outlet(by["outlet"]):
        return Dateline(by["place"], by["outlet"], by.end())
    if (by := _OUTLET_FIRST.match(lead)) and (
        is_agency(by["outlet"]) or (" " in by["outlet"] and _is_named_first(by))
    ):
        return Dateline(by["place"], by["outlet"], by.end())
    match = _DATELINE.match(lead)
    if not match or match.end() > _LONGEST_SENT:
        return _NONE
    place = match["place"].strip()
    agency = spaced(match["agency"].strip("() ")) if match["agency"] else None
    # A dash in mid-sentence is a parenthesis: a place has few words, and no dash without blanks is a dateline.
    before_dash = lead[: match.end()].rstrip(" -–—")
    dash = lead[len(before_dash) : match.end()]
    if not place and not agency:
        return _NONE
    # A lone hyphen parts many things; behind more than three words it is no dateline.
    most = 3 if dash.strip() == "-" and not agency else 5
    if len(place.split()) > most or (not agency and not dash.startswith(" ") and "--" not in dash):
        return _NONE
    if re.search(r"\d", place):
        return _NONE
    if _WORD.match(place) and fold(place.split()[0]) in VERBS_OF_SPEECH:
        return _NONE
    if place and not agency and is_outlet(place) and not is_place(fold(place)):
        # «عمون - …»
        return Dateline(None, place, match.end())
    return Dateline(place or None, agency, match.end())


def _is_named_first(match: re.Match[str]) -> bool:
    """A known outlet, or before a stroke («شفق نيوز/ …») what calls itself one."""
    outlet: str = match["outlet"]
    return is_outlet(outlet) or (
        match.string[match.end("outlet") :].lstrip()[:1] == "/" and is_outlet_name(outlet)
    )


def _dated(match: re.Match[str]) -> Dateline | None:
    """A dateline with a day in it; None where the numbers are no day, or nobody is named who sends."""
    date = match["date"].split("الموافق")[-1].strip()
    numbers = re.fullmatch(r"(\d{1,2}) ?[-/] ?(\d{1,2})", date)
    # Whether it is a day does not hang on the year.
    if not (parse_date(date) or parse_date(f"{numbers[1]}-{numbers[2]}-2000" if numbers else f"{date} 2000")):
        return None
    agency = match["round"] or match["slashed"] or match["bare"]
    if match["bare"] and not is_agency(agency):
        return None
    return Dateline(match["place"], spaced(agency.strip()), match.end(), date)
