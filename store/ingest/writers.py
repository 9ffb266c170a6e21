"""Who wrote an article, from what a feed or a page states: a name, an agency, or nobody. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..proper import is_given_name
from .agencies import is_agency
from .sanitize import clean_line
from .spelling import fold, letters_of

#: Who writes everything on a site writes nothing.
_NOBODY = frozenset(
    [
        "admin",
        "administrator",
        "editor",
        "webmaster",
        "root",
        "user",
        "unknown",
        "المدير",
        "مديرالموقع",
        "ادمن",
        "المحرر",
    ]
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_BRACKETS = re.compile(r"^\s*\(([^()]*)\)\s*$|\(\s*\)")


def is_person(name: str) -> bool:
    """True for two to four words that begin with a given name: حسين العبيدي, د. علي الخفاجي."""
    words = _RANK.sub("", fold(name)).split()
    return (
        2 <= len(words) <= 4
        and all(map(str.isalpha, words))
        and (is_given_name(words[0]) or words[0] in _MORE)
    )


_RANK = re.compile(r"^(?:د|دكتور|الدكتور|ا|م|مهندس)(?:\. ?| )")
#: Given names that are words as well, and so are none elsewhere.
_MORE = frozenset(
    fold(
        "ساره سلمي حسام هيثم عماد زكريا الياس بلال نادر وسيم ربيع جهاد ايمان امل ريم رانيا دينا لينا هند سهي مروه امينه خديجه سناء "
        "وفاء شيماء اسراء نوره غاده رنا ديما لمي رشا مها سحر سميره ناديه يسرا جميله رنده رندا نسرين ياسمين عبير حنان سوسن امال وسيم حيدر كرم ليث اسعد حازم رامز زين تامر رضا عماد هاني ايهاب شادي مهند معتز ايناس هيام وداد نهي اروي بشري"
    ).split()
)


class Writer(NamedTuple):
    """A byline, "" for none, and the agencies that stand in its place."""

    byline: str
    agency: tuple[str, ...] = ()


def writer_of(stated: str, outlet: str = "") -> Writer:
    """What ``stated`` says of who wrote a text: «noreply@blogger.com (سامي)» is سامي, an outlet itself is nobody."""
    name = clean_line(_ADDRESS.sub("", stated))
    name = _BRACKETS.sub(lambda match: match[1] or "", name).strip(" -–|،,")
    letters = letters_of(name)
    if not letters or letters in _NOBODY or letters == letters_of(outlet):
        return Writer("")
    return Writer("", (name,)) if is_agency(name) else Writer(name)
