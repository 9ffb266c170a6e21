"""What is a headline, and how to derive a title from a lead that has none.

Pure functions on sanitised lines.
"""

from __future__ import annotations

import re

from .datelines import VERBS_OF_SPEECH, dateline_of
from .spelling import fold, spelled

#: A headline longer than this is a paragraph, in code points.
MAX_HEADLINE = 180
#: A derived title is about this long at most, in code points: one list row on a wide screen.
MAX_DERIVED = 100
_MIN_DERIVED = 25

_CLOSERS = "\"'”’»›)]} "
_STOPS_AT_END = tuple("؟?!:؛;،,")
INNER_STOP = re.compile(r"(?<![.\d])\.(?= +\S)")

#: Where a clause ends, best first: a full stop or semicolon, a dependent clause, a comma.
_STOPS = re.compile(r"(?<![.\d])\.(?=\s|$)|؛|;|[؟?!](?=\s|$)|\n")
_CLAUSES = re.compile(
    "(?:،|,)? +(?:"
    + "|".join(
        spelled(word)
        for word in (
            "حيث", "فيما", "بينما", "عندما", "حينما", "وذلك", "بعدما", "قبلما", "لكن", "ولكن", "إذ", "رغم",
            "وفقا", "وفق", "بحسب", "حسبما", "حسب ما", "كما", "مشيرا", "مؤكدا", "موضحا", "مضيفا", "نقلا عن",
            "فضلا عن", "الأمر الذي", "ما أدى", "مما", "في حين", "على أن", "لافتا", "معتبرا",
        )
    )
    + r")(?=[ ،,])"
)  # fmt: skip
_COMMA = re.compile(r"[،,](?= )")
#: A clause that ends on one of these says nothing yet.
_DANGLING = frozenset(
    fold(
        "في من إلى على عن مع أن إن أو و ثم بين عند حتى لا لم لن قد كان كانت هو هي هذا هذه ذلك تلك التي الذي "
        "الذين قال قالت أعلن أعلنت أكد أكدت ذكر ذكرت أفاد أفادت أضاف أضافت كل بعد قبل خلال منذ ضد نحو حول دون "
        "غير بأن لأن إنه أنه إنها أنها اليوم أمس ما بـ لـ كما حيث يقوم تقوم سوف سيتم تم يتم ولا وفي ومن وعن "
        "ومع وعلى وإلى بعدم عدم أي"
    ).split()
)
#: "A source said (today) that …": who said it may go before what was said, where both do not fit.
_ATTRIBUTION = re.compile(
    "(?:"
    + "|".join(
        spelled(verb)
        for verb in (
            "ذكرت?",
            "قالت?",
            "أعلنت?",
            "أفادت?",
            "أكدت?",
            "أوضحت?",
            "كشفت?",
            "أشارت?",
            "نقلت",
            "أوردت?",
            "بيّ?نت?",
        )
    )
    + f") [^،,؛;.\n]{{3,90}}?[،,]? (?:{spelled('أن')}|{spelled('إن')}|{spelled('بأن')}|{spelled('إلى أن')}|{spelled('عن أن')})[،,]? "
)


def is_headline(line: str) -> bool:
    """True when ``line`` reads as a headline: short, and not closed as a sentence is."""
    if not 8 <= len(line) <= MAX_HEADLINE or " " not in line:
        return False
    if len(line) > MAX_HEADLINE // 2 and ". " in line and INNER_STOP.search(line):
        return False
    return line.endswith(("!", "؟", "?", "..", "…")) or not _is_closed(line)


def _is_closed(line: str) -> bool:
    """True when ``line`` ends in a stop of any kind, quotation marks and brackets behind it or not."""
    end = line.rstrip(_CLOSERS)
    return end.endswith(_STOPS_AT_END) or (end.endswith(".") and not end.endswith(("..", "….")))


def is_sentence(line: str) -> bool:
    """True when ``line`` is closed by a full stop, or too long to be anything but prose."""
    return len(line) > MAX_HEADLINE or has_full_stop(line)


def has_full_stop(line: str) -> bool:
    """True when ``line`` is closed by one full stop, quotation marks and brackets behind it or not."""
    end = line.rstrip(_CLOSERS)
    return end.endswith(".") and not end.endswith("..")


def derive_title(lead: str) -> str:
    """Return the first clause of ``lead`` that makes sense by itself, at most about 100 code points.

    Always a stretch of the lead as written, never cut within a word; ends in
    ``…`` where the clause had to be left unfinished.
    """
    text = lead[dateline_of(lead).end :].strip()
    whole = _clause(text)
    if whole:
        return whole
    if match := _ATTRIBUTION.match(text):
        said = _clause(text[match.end() :])
        if said:
            return said
        text = text[match.end() :]
    return _cut(text)


def _clause(text: str) -> str | None:
    """The longest reading up to a stop, else to a dependent clause, else to a comma, that fits."""
    reach = text[: MAX_DERIVED + 40]
    stop = _STOPS.search(reach)
    sentence = text if len(text) <= MAX_DERIVED and not stop else reach[: stop.end() if stop else 0]
    if sentence and len(sentence) <= MAX_DERIVED:
        return _tidy(sentence)
    for pattern in (_CLAUSES, _COMMA):
        ends = [m.start() for m in pattern.finditer(reach) if _MIN_DERIVED <= m.start() <= MAX_DERIVED]
        # A dependent clause is best left at its first word; of commas the last that fits tells most.
        for end in ends if pattern is _CLAUSES else reversed(ends):
            head = reach[:end]
            if _is_complete(head):
                return _tidy(head)
    return None


def _is_complete(head: str) -> bool:
    words = head.split()
    if len(words) < 4 or fold(words[-1].strip(_CLOSERS + "،,")) in _DANGLING:
        return False
    # An open quotation or bracket, or "X said" with nothing said yet, is not a headline.
    if head.count("«") != head.count("»") or head.count("(") != head.count(")") or head.count('"') % 2:
        return False
    first = fold(words[0])
    return first not in VERBS_OF_SPEECH or bool(
        re.search(f" (?:{spelled('أن')}|{spelled('إن')}|{spelled('عن')}|:)", head)
    )


def _cut(text: str) -> str:
    """Cut at a word, leaving no preposition and no open quotation at the end; ``…`` says that more follows."""
    if len(text) <= MAX_DERIVED:
        return _tidy(text)
    head = text[:MAX_DERIVED]
    # A word longer than a title is a flood of letters, and may be cut.
    head = head[: head.rindex(" ")] if " " in head else head
    while head.count("«") > head.count("»") and head.rindex("«") > _MIN_DERIVED:
        head = head[: head.rindex("«")].rstrip()
    words = head.split()
    while len(words) > 4 and fold(words[-1].strip("،,:؛")) in _DANGLING:
        words.pop()
    return _tidy(" ".join(words)) + "…"


def _tidy(text: str) -> str:
    text = " ".join(text.split()).rstrip("،,؛;: -–—")
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text
