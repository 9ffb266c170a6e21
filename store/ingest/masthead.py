"""What a page that was selected whole has above and beside its headline: the name of the site, its sections. Pure.

A short line above a headline is only taken where something says what it is: a
section, a domain, a medium by its own word («وكالة …»), or a name that the page
says again, in its copyright line, at the end of its title, behind a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .agencies import is_agency, is_outlet
from .markers import Mark, Marked
from .spelling import fold
from .writers import is_person
from .zones import is_place

#: Lines above a headline that are looked at, and lines from the end that may claim the rights.
_MOST_ABOVE = 16
_MOST_BELOW = 40
_LONGEST_LABEL = 40
_MOST_WORDS = 4
_LONGEST_SECTION = 14
_SHORTEST_HEADLINE = 25

_SECTIONS = frozenset(
    fold(name)
    for name in (
        "محليات", "محلي", "محلية", "أخبار محلية", "الأخبار المحلية", "أخبار", "الأخبار", "أخبار عاجلة", "أخبار وتقارير", "تقارير", "تقارير وتحقيقات", "تحقيقات",
        "سياسة", "سياسية", "السياسة", "اقتصاد", "الاقتصاد", "اقتصادية", "مال وأعمال", "اقتصاد وأعمال", "رياضة", "الرياضة", "رياضية", "ثقافة", "ثقافة وفن",
        "ثقافة وفنون", "فن", "فنون", "منوعات", "مجتمع", "صحة", "علوم", "تكنولوجيا", "علوم وتكنولوجيا", "تقنية", "حوادث", "أمن", "أمنية", "قضاء", "دولي", "دوليات",
        "دولية", "عربي", "عربية", "عربي ودولي", "عربيات", "عالم", "العالم", "العالم العربي", "أخبار العالم", "أخبار العالم العربي", "الوطن العربي", "رأي", "آراء",
        "مقالات", "كتاب وآراء", "قضايا وآراء", "حوارات", "ملفات", "متابعات", "تحليلات", "بيانات", "بيانات صحفية", "فيديو", "صور", "كاريكاتير", "الافتتاحية",
        "أخبار سياسية", "أخبار اقتصادية", "أخبار رياضية", "أخبار دولية", "أخبار عربية", "المحلية", "الدولية",
    )
)  # fmt: skip
_NEWS_OF = re.compile("(?:ال)?(?:اخبار) (?P<place>[^ ]+)")
#: Countries of the diaspora, whose clocks no news is dated by.
_MORE_PLACES = frozenset(
    fold(
        "السويد النرويج الدنمارك فنلندا هولندا بلجيكا النمسا سويسرا كندا أستراليا البرازيل تركيا ألمانيا"
    ).split()
)
_LATIN = re.compile("[A-Z][A-Za-z]{2,20}")
_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40})?\.[a-z]{2,6}", re.IGNORECASE)
#: What only a medium calls itself, before its own name; folded.
_KIND = re.compile("(?:مدونه|مجله|صحيفه|جريده|وكاله|شبكه|قناه|بوابه|اذاعه|موقع) ")
_BLOG = re.compile("مدونه ")
_LETTERS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SIGNS = re.compile(r" *[/:|–—] *| +- +|- +")
_OWN = frozenset(fold(word) for word in ("خاص", "خاصة"))
_RIGHTS = re.compile(
    r"(?:جميع |كل |كافة )?الحقوق محفوظة|حقوق (?:النشر|الطبع)(?: والنشر)?(?: محفوظة)?|copyright|all rights reserved"
    r"|[©ⓒ|،,.:\-–—]|\(c\)|\d{4}|(?<!\w)(?:لدى|لل?(?=(?:وكالة|موقع|صحيفة|شبكة|قناة|جريدة|مجلة|بوابة)(?!\w)))",
    re.IGNORECASE,
)
_CLAIMS = re.compile(r"[©ⓒ]|الحقوق محفوظة|حقوق النشر")
_BEFORE_NAME = re.compile("(?:وكالة|موقع|صحيفة|شبكة|قناة|جريدة) (?=[^ ]+ [^ ])")


@dataclass(frozen=True, slots=True)
class Top:
    """The place of the first line that is no furniture of the top, and the name of the site with its place there."""

    place: int = 0
    name: str = ""
    at: int = -1


def is_section(line: str) -> bool:
    """True for the name of a section of a news site: «أخبار محلية», «العراق», «أخبار السويد»."""
    if len(line) > _LONGEST_LABEL or not line:
        return False
    folded = fold(line)
    if folded in _SECTIONS or is_place(folded):
        return True
    match = _NEWS_OF.fullmatch(folded)
    return match is not None and (is_place(match["place"]) or match["place"] in _MORE_PLACES)


def top_of(lines: Sequence[str], marks: Sequence[Marked | None]) -> Top:
    """Go down the short lines at the top of a page, each known for what it is; the headline should stand behind them."""
    place, name, at = 0, "", -1
    while place < min(len(lines) - 2, _MOST_ABOVE):
        marked, line = marks[place], lines[place]
        if marked is not None and marked.mark is not Mark.BULLET:
            if marked.mark is not Mark.BOILERPLATE and marked.mark is not Mark.DATE:
                break
        elif len(line) > _LONGEST_LABEL:
            break
        elif not is_section(marked.value if marked else line):
            if not name and not marked and _is_site(lines, marks, place):
                name, at = line, place
            elif name and _is_below_name(line, marked, lines[place + 1]):
                pass
            elif not (_LATIN.fullmatch(line) and not lines[place + 1].isascii()):
                # A lone Latin word above Arabic is a section: «Lebanon».
                break
        place += 1
    return Top(place, name, at)


def _is_below_name(line: str, marked: Marked | None, following: str) -> bool:
    """True for one word between the name of the site and a headline: a section, whatever it is called."""
    is_word = marked is None and line.isalpha() and len(line) <= _LONGEST_SECTION
    return is_word and len(following) >= _SHORTEST_HEADLINE and " " in following


def _is_site(lines: Sequence[str], marks: Sequence[Marked | None], place: int) -> bool:
    line = lines[place]
    if _DOMAIN.fullmatch(line):
        return True
    words, folded = line.count(" ") + 1, fold(line)
    if not _LETTERS.fullmatch(folded):
        return False
    if _KIND.match(folded) and words <= (_MOST_WORDS if _BLOG.match(folded) else 3):
        return True
    if words > _MOST_WORDS:
        return False
    if is_outlet(line) or is_named_again(line, lines, place):
        return True
    # A name alone, and below it the section, which the headline follows.
    return words <= 2 and place + 2 < len(lines) and marks[place + 1] is None and is_section(lines[place + 1])


def is_named_again(name: str, lines: Sequence[str], place: int) -> bool:
    """True where a page says a short line again as a name: on the line of its rights, or near it beside a place."""
    wanted = fold(name)
    if any(wanted in f" {fold(line)} " for line in _claims(lines)):
        return True
    near = (*lines[max(place - 3, 0) : place], *lines[place + 1 : place + _MOST_ABOVE])
    return any(
        wanted in [fold(part) for part in _SIGNS.split(line)]
        for line in near
        if len(line) > len(name) + 2 and name in line
    )


def is_signed(title: str, name: str, line: str) -> bool:
    """True for a line that is the headline and the name behind it, as aggregators close a text."""
    return (
        bool(title)
        and len(line) <= len(title) + len(name) + 4
        and line.startswith(title)
        and (line[len(title) :].strip(" .-–|") == name)
    )


def _claims(lines: Sequence[str]) -> list[str]:
    """The lines that claim the rights of a page."""
    return [line for line in lines[-_MOST_BELOW:] if len(line) <= 160 and _CLAIMS.search(line)]


def rights_of(lines: Sequence[str]) -> str:
    """Who claims the rights of a page, "" where the line that does names nobody in a few words."""
    for line in _claims(lines):
        name = _BEFORE_NAME.sub("", " ".join(_RIGHTS.sub(" ", line).split()))
        # «محفوظة للحزب …»: belonging to, run into the article.
        name = f"ال{name[2:]}" if name.startswith("لل") else name
        if 3 <= len(name) <= _LONGEST_LABEL and _LETTERS.fullmatch(name) and name.count(" ") < _MOST_WORDS:
            return name
    return ""


def place_and_name(line: str, site: str, *, is_by_date: bool) -> tuple[str, str] | None:
    """Place and publisher of a line of these two: «الخرطوم: الراكوبة», «يمن مونيتور/ عدن/ خاص»; else None.

    One of the two must be known: the place, an agency, or ``site``, the name
    the page goes by (alone with «خاص» it names no place, ""); and but for that
    one the line must stand beside the date.
    """
    if len(line) > 60 or not _SIGNS.search(line):
        return None
    parts = [part for part in _SIGNS.split(line.rstrip(" :")) if part and fold(part) not in _OWN]
    if len(parts) == 1 and site and fold(parts[0]) == fold(site):
        return "", site
    if len(parts) != 2 or not all(_LETTERS.fullmatch(fold(part)) and part.count(" ") < 3 for part in parts):
        return None
    first, second = parts
    # «صحيفة الثورة» calls itself «الثورة» here.
    known = (fold(site), _KIND.sub("", fold(site))) if site else ()
    if fold(first) in known or fold(second) in known:
        place = second if fold(first) in known else first
        return (place, site) if place.count(" ") < 2 else None
    if not is_by_date or is_person(first) or is_person(second):
        return None
    if is_place(fold(first)) and not is_place(fold(second)):
        return first, second
    if (is_agency(first) or is_outlet(first) or is_place(fold(second))) and not is_place(fold(first)):
        return (second, first) if " " not in second else None
    return None
