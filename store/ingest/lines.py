"""The lines of a saved page: parted where the page's markup ran them together, each with what it marks."""

from __future__ import annotations

import re

from .markers import Mark, Marked, classify
from .spelling import spelled

_LINE_BREAKS_BEFORE = re.compile(
    f" *(?=(?:{spelled('كلمات دلالية')}|{spelled('إقرأ أيضا')}|{spelled('اقرأ أيضا')}) *:)"
    f'|(?<=[.!؟»”"]) *(?={spelled("المصدر")} *:)'
)
_TWEET_END = re.compile(
    r"(?<=[—–] )(?P<tweet>[^\n—–]{1,80}\(@\w{1,30}\) [A-Z][a-z]+ \d{1,2}, \d{4})(?=[^\W\d_a-zA-Z])"
)
#: Source and tags run into the end of a paragraph: «… الخميس. المصدر: الأناضول الوسومكوريا الشمالية».
_GLUED_END = re.compile(f'(?<=[.!؟»”"…]) *(?={spelled("المصدر")} *:)|(?<=[.!؟»”"…]) *(?={spelled("الوسوم")})')
_GLUED_TAGS = re.compile(rf"(?P<source>{spelled('المصدر')} *:.{{2,80}}?) *(?P<tags>{spelled('الوسوم')}.*)")
_OF_A_LIST = re.compile(r"list \d{1,2} of \d{1,2}")
_GLUED_DATE = re.compile(rf"(?<=[^\s(«]) *(?={spelled('تاريخ النشر')} *:)")
_KEYWORDS_AND_MORE = re.compile(rf"(?<=\S) +(?=(?:{spelled('إقرأ أيضا')}|{spelled('اقرأ أيضا')}) *:)")


def lines_of(text: str) -> list[str]:
    """The lines of a sanitised text that are not empty, stripped."""
    if "@" in text:
        text = _TWEET_END.sub(r"\g<tweet>\n", text)
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    if "مصدر" in text or "وسوم" in text:
        lines = [
            part
            for line in lines
            for part in (_unglued(line) if "مصدر" in line or "وسوم" in line else (line,))
        ]
    if "تاريخ النشر" in text:
        lines = [
            part
            for line in lines
            for part in (_GLUED_DATE.sub("\n", line).split("\n") if "تاريخ النشر" in line[1:] else (line,))
        ]
    if "دلالي" in text:
        lines = [
            part
            for line in lines
            for part in (_KEYWORDS_AND_MORE.sub("\n", line).split("\n") if "دلالي" in line[:16] else (line,))
        ]
    if len(lines) < 3 or max(map(len, lines)) > 1500:
        # A page whose line ends were lost still has its markers.
        lines = [part for line in lines for part in _broken(line)]
    return lines


def _unglued(line: str) -> list[str]:
    """A paragraph, and the source and the tags that were run into its end."""
    out: list[str] = []
    for piece in _GLUED_END.sub("\n", line).split("\n"):
        match = _GLUED_TAGS.fullmatch(piece)
        out += match.groups() if match else (piece,)
    return [part for piece in out if (part := piece.strip())]


def _broken(line: str) -> list[str]:
    return [
        part for part in (piece.strip() for piece in _LINE_BREAKS_BEFORE.sub("\n", line).split("\n")) if part
    ]


def marks_of(lines: list[str]) -> list[Marked | None]:
    """What each line marks; behind «list 1 of 3», which readers of screens are told, stands an item of a list."""
    marks = [classify(line) for line in lines]
    for place, line in enumerate(lines[:-1]):
        if line.startswith("list ") and _OF_A_LIST.fullmatch(line) and marks[place + 1] is None:
            marks[place + 1] = Marked(Mark.BULLET, lines[place + 1])
    return marks
