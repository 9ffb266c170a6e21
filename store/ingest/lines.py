"""The lines of a saved page: parted where the page's markup ran them together, each with what it marks."""

from __future__ import annotations

import re
from itertools import pairwise

from .markers import Mark, Marked, classify
from .spelling import spelled

_KEYWORDS = spelled("كلمات دلالية")
_READ_ALSO = f"(?:{spelled('إقرأ أيضا')}|{spelled('اقرأ أيضا')})"
_SIMILAR = spelled("مقالات مشابهة")
_SOURCE = spelled("المصدر")
_COLON = "[:\uff1a]"
_BULLETS = "[•●▪■◦‣∙]"
#: What follows a source when the markers of a page stand on one line.
_NEXT = (
    rf"(?:{_KEYWORDS} *{_COLON}|{_READ_ALSO} *{_COLON}|{_SIMILAR}|{spelled('الوسوم')}|{_SOURCE} *{_COLON}|$)"
)
#: Markers in the middle of a line that are nothing else there, glued to what is before them or not.
_INNER = re.compile(
    rf"(?<=\S) *(?={_KEYWORDS} *{_COLON})"
    rf"|(?<=\S) *(?={_SIMILAR} *(?:{_COLON} *)?(?:{_BULLETS}|$))"
    # «وسنقرأ أيضا:» is a word; «التونسيإقرأ أيضاً:» is two.
    rf"|(?<=\w\w\w)(?={_READ_ALSO} *{_COLON})"
    rf"|(?<=[\w.!؟»”\"]) *(?={_SOURCE} *{_COLON}.{{1,60}}?{_NEXT.replace('|$', '')})"
)
_LINE_BREAKS_BEFORE = re.compile(
    f' *(?=(?:{_KEYWORDS}|{_READ_ALSO}) *{_COLON})|(?<=[.!؟»”"]) *(?={_SOURCE} *{_COLON})'
)
_TWEET_END = re.compile(
    r"(?<=[—–] )(?P<tweet>[^\n—–]{1,80}\(@\w{1,30}\) [A-Z][a-z]+ \d{1,2}, \d{4})(?=[^\W\d_a-zA-Z])"
)
#: Source and tags run into the end of a paragraph: «… الخميس. المصدر: الأناضول الوسومكوريا الشمالية».
_GLUED_END = re.compile(
    f'(?<=[.!؟»”"…]) *(?={_SOURCE} *{_COLON})|(?<=[.!؟»”"…]) *(?={spelled("الوسوم")})'
    # «… في أوكرانيا. المصدر أ ف ب الوسومروسيا», «… وفقا للوضعالمصدر: الراي»
    rf'|(?<=[.!؟»”"…]) *(?={_SOURCE} [^.،:]{{2,40}}? *{spelled("الوسوم")})'
    rf"|(?<=\w)(?={_SOURCE} *{_COLON})"
)
_GLUED_TAGS = re.compile(rf"(?P<source>{_SOURCE} *{_COLON}.{{2,80}}?) *(?P<tags>{spelled('الوسوم')}.*)")
_OF_A_LIST = re.compile(r"list \d{1,2} of \d{1,2}")
_GLUED_DATE = re.compile(rf"(?<=[^\s(«]) *(?={spelled('تاريخ النشر')} *{_COLON})")
#: The date as the aggregator writes it, and a text run into it.
_DATE_AND_MORE = re.compile(
    rf"(?P<date>{spelled('تاريخ النشر')} *{_COLON} *(?:\d{{1,2}}(?:st|nd|rd|th)?,? [A-Z][a-z]{{2,9}},? \d{{4}}(?: *GMT)?"
    r"|\d{1,2}:\d{2} - \d{4}/\d{2}/\d{2}|\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}[-/]\d{1,2}[-/]\d{4})) *(?=[^\W\d_a-zA-Z]|[«\"“])(?P<text>.{20,})",
    re.DOTALL,
)
#: Headings of Markdown; a hashtag has no blank behind its sign.
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)
#: «References», and the addresses under it, as Lynx and ELinks close a page.
_REFERENCES = re.compile(
    r"^ *(?:References|Visible links)[ :]*\n(?=(?:\s*\d{1,3}\. [a-z]{3,6}:\S+)+\s*\Z)", re.MULTILINE
)
_NUMBER_OF_LINK = re.compile(r"\[\d{1,3}\](?=\S)")
_ADDRESS_OF_LINK = re.compile(r"\d{1,3}\. (?:https?|file|mailto|ftp):\S+")
_AFTER_KEYWORDS = re.compile(rf"(?<=\S) +(?={_READ_ALSO} *{_COLON})")


def lines_of(text: str) -> list[str]:
    """The lines of a sanitised text that are not empty, stripped."""
    if "@" in text:
        text = _TWEET_END.sub(r"\g<tweet>\n", text)
    if "# " in text:
        text = _HEADING.sub("", text)
    if "[1]" in text and (match := _REFERENCES.search(text)):
        # The numbers of links, as text browsers write them; the list of their addresses is furniture.
        text = _NUMBER_OF_LINK.sub("", text[: match.start()]) + text[match.start() :]
    lines = _unwrapped([line.strip() for line in text.split("\n")])
    if "مصدر" in text or "وسوم" in text:
        lines = [
            part
            for line in lines
            for part in (_unglued(line) if "مصدر" in line or "وسوم" in line else (line,))
        ]
    if "تاريخ النشر" in text:
        lines = [part for line in lines for part in (_dated(line) if "تاريخ النشر" in line else (line,))]
    if any(_is_inner(word, text) for word in _WORDS):
        lines = [part for line in lines for part in _parted(line)]
    if len(lines) < 3 or max(map(len, lines)) > 1500:
        # A page whose line ends were lost still has its markers.
        lines = [part for line in lines for part in _split(_LINE_BREAKS_BEFORE, line)]
    return lines


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines that are not empty; those of a text that was wrapped at a column, as mail and old archives are, joined.

    Wrapped is a text whose lines end where the next word would not have fitted,
    nearly all of them: no list of headlines does.
    """
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return [line for line in lines if line]
    is_full = [
        bool(line and after) and len(line) + 1 + len(after.partition(" ")[0]) > width
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    inner = sum(1 for line, after in pairwise(lines) if line and after)
    if sum(is_full) < max(_FEWEST_WRAPPED, inner * _SHARE_WRAPPED):
        return [line for line in lines if line]
    out: list[str] = []
    is_open = False
    for line, goes_on in zip(lines, is_full, strict=True):
        if is_open:
            out[-1] += f" {line}"
        elif line:
            out.append(line)
        is_open = goes_on
    return out


#: Columns that texts are wrapped at, and how many of their lines show it.
_NARROWEST, _WIDEST = 40, 110
_FEWEST_WRAPPED = 4
_SHARE_WRAPPED = 0.55


def _split(pattern: re.Pattern[str], line: str) -> list[str]:
    return [part for piece in pattern.sub("\n", line).split("\n") if (part := piece.strip())]


def _unglued(line: str) -> list[str]:
    """A paragraph, and the source and the tags that were run into its end."""
    is_source = "مصدر" in line[6:] and (":" in line or "\uff1a" in line)
    if not is_source and "وسوم" not in line:
        return [line]
    out: list[str] = []
    for piece in _split(_GLUED_END, line):
        match = _GLUED_TAGS.fullmatch(piece)
        out += match.groups() if match else (piece,)
    return [part for piece in out if (part := piece.strip())]


def _dated(line: str) -> list[str]:
    """A headline, its date and its first paragraph, where they stand on one line."""
    out: list[str] = []
    for piece in _split(_GLUED_DATE, line):
        match = _DATE_AND_MORE.fullmatch(piece)
        out += match.groups() if match else (piece,)
    return out


#: A word of each marker that pages run into other lines, and where at most it stands on a line of its own.
_WORDS = ("دلال", "ت مشابه", "قرأ أيضا", "قرأ ايضا", "قرا ايضا")
_LATEST = 10


def _is_inner(word: str, text: str) -> bool:
    """True where ``word`` stands anywhere but near the beginning of a line."""
    at = text.find(word)
    while at >= 0:
        if at > _LATEST and "\n" not in text[at - _LATEST : at]:
            return True
        at = text.find(word, at + 1)
    return False


def _parted(line: str) -> list[str]:
    """The parts of a line with markers in it."""
    inner = line[_LATEST:]
    if "دلال" not in line and "مشابه" not in inner and "يضا" not in inner:
        return [line]
    return [
        part
        for piece in _split(_INNER, line)
        for part in (_split(_AFTER_KEYWORDS, piece) if "دلال" in piece[:16] else (piece,))
    ]


def marks_of(lines: list[str]) -> list[Marked | None]:
    """What each line marks; behind «list 1 of 3», which readers of screens are told, stands an item of a list."""
    marks = [classify(line) for line in lines]
    for place, line in enumerate(lines[:-1]):
        if line.startswith("list ") and _OF_A_LIST.fullmatch(line) and marks[place + 1] is None:
            marks[place + 1] = Marked(Mark.BULLET, lines[place + 1])
    if lines and _ADDRESS_OF_LINK.fullmatch(lines[-1]):
        _mark_references(lines, marks)
    return marks


def _mark_references(lines: list[str], marks: list[Marked | None]) -> None:
    """Mark the list of addresses at the end of what a text browser printed."""
    first = len(lines)
    while first and _ADDRESS_OF_LINK.fullmatch(lines[first - 1]):
        first -= 1
    if first and _REFERENCES_WORD.fullmatch(lines[first - 1]):
        for place in range(first - 1, len(lines)):
            marks[place] = Marked(Mark.BOILERPLATE, lines[place])
        if lines[0].startswith("#") and marks[0] is None:
            # The feeds that a page names, first of all: «#وكالة سند للأنباء » الخلاصة».
            marks[0] = Marked(Mark.BOILERPLATE, lines[0])


_REFERENCES_WORD = re.compile("(?:References|Visible links) ?:?")


def is_rule(line: str) -> bool:
    """True for a rule of dashes or of lengthened nothing."""
    return (line[0] == "ـ" or not line[0].isalpha()) and not any(
        letter.isalnum() and letter != "ـ" for letter in line
    )
