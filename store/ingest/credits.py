"""What stands in a text and is none of it: captions of pictures, and below its end who sent and who edited it. Pure.

Agencies sign with the initials of their editors (``م.ع/ن.ص (د ب أ، رويترز)``),
KUNA and SPA say that a text is over, Reuters who translated it; a page that
was saved as text keeps the captions of its pictures between the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..title_words import is_known_outlet
from .agencies import is_agency, names_in
from .headlines import has_full_stop
from .spelling import fold

#: Lines below a text that are looked at, and how long one is.
_MOST_BELOW = 5
_LONGEST_BELOW = 200
_LONGEST_CAPTION = 300
_LONGEST_CREDITED = 200
_MOST_SHOWN = 3

_RULES = "=ـ_-"
_PARTING = "./\\ "
_INITIAL = r"[^\W\d_]{1,2}"
_HAND = rf"{_INITIAL}(?:[. ]{{1,2}}{_INITIAL}){{0,3}}\.?"
#: «م.ع/ن.ص (د ب أ، رويترز)», «ع ب / م م»: hands parted by strokes, who sent it behind them.
_HANDS = re.compile(
    rf"(?:[=ـ_-]{{2,}} ?{_HAND}|{_HAND}(?: ?[/\\] ?{_HAND}){{1,3}}|{_INITIAL}\.{_HAND})(?: ?\((?P<names>[^()]{{2,60}})\))?"
)
#: «وام/أحمد جمال/ عبدالناصر منعم», «--(بترا)»
_BY_HANDS = re.compile(r"(?P<agency>[^\W\d_]{2,12})(?: ?/ ?[^\W\d_]+(?: [^\W\d_]+){0,3}){1,2}")
_BRACKETED = re.compile(r"[-–—]{0,3} ?\((?P<names>[^()]{2,200})\)")
_SENT = re.compile(r"[.!؟»”\"] ?\((?P<names>[^().]{2,40}|(?:[^\W\d_]\.){1,3}[^\W\d_]\.?)\)\.?$")
#: «(إعداد محمد فرج للنشرة العربية - تحرير سها جادو)», in folded letters.
_EDITED = re.compile(
    r"\((?:اعداد|تحرير|تغطيه|ترجمه|شارك في|تقرير|كتابه)(?: [^().]{2,160})?[-–؛;،][^().]{0,160}(?:تحرير|اعداد|ترجمه)[^().]{3,60}\)"
)
#: «(النهاية)», «// انتهى //», folded, at the end of the last paragraph or on a line of its own.
_ENDED = re.compile(
    r" *(?:[(/]+ *(?:النهايه|انتهي) *[)/]+|(?<=[.!؟»”\"] )انتهي)\.?(?: *[^\W\d_](?:[ ./]{1,3}[^\W\d_]){1,8})?$"
)
#: فرانس24, عربي21
_NUMBER = re.compile(r" ?\d+$")
_STAMP = re.compile(r"\d{1,2}:\d{2} ?(?:ت ?م?ـ?|gmt|جمت)?", re.IGNORECASE)
_RUNNING_NUMBER = re.compile(r"\d{3,6}")

_CAPTION = re.compile(
    r"(?:ال)?تعليق علي الصوره? ?[،,:؛]|(?:شرح|تعليق) الصوره ?[،,:]|image caption|caption ?:"
    r"|صوره? من ?:|camera icon|صوره? (?:(?:من )?ال)?(?:ارشيفيه?|ارشيف|تعبيريه|توضيحيه)(?!\w)|(?:تصوير|عدسه|الصوره?|photo(?: credit)?) ?: ?(?=\S)"
)
_CAPTION_WORDS = (
    "التعليق",
    "تعليق",
    "شرح",
    "صور",
    "تصوير",
    "عدسة",
    "الصور",
    "Photo",
    "photo",
    "Image",
    "camera",
    "أرشيف",
    "image",
    "caption",
)
#: Who is named for a picture, besides agencies and outlets; folded.
_OF_PICTURES = frozenset(
    fold(name).casefold().replace(" ", "")
    for name in (
        "أرشيف", "أرشيفية", "من الأرشيف", "صورة أرشيفية", "صورة من الأرشيف", "غيتي", "غيتي إيميجز", "جيتي", "getty", "getty images", "الأوروبية",
        "مواقع التواصل", "مواقع التواصل الاجتماعي", "وسائل التواصل", "وسائل التواصل الاجتماعي", "مواقع تواصل", "انترنت", "الإنترنت",
        "شترستوك", "shutterstock", "epa", "أسوشيتدبرس", "صورة من فيديو", "ناشطون", "تويتر", "فيسبوك", "الصحافة الفرنسية",
    )
)  # fmt: skip
_OF_ARCHIVES = frozenset(("ارشيف", "ارشيفيه", "صورهارشيفيه", "منالارشيف", "صورهمنالارشيف"))
#: What a picture above the text shows, where nobody is named for it; folded.
_SHOWN = re.compile(r"(?:لقطه|جانب|مشهد|جزء) من [^.]{5,90}|[^.]{10,100} [-–|] ?ارشيفي?ه?")
#: A sentence that ends in the name of an agency says that it said so; a caption does not.
_TELLS = re.compile(
    r"(?<!\w)[وف]?ل?(?:نقلت?|ذكرت?|قالت?|حسب|بحسب|حسبما|وفقا?|افادت?|وكاله|وكالات|صحيفه|قناه|شبكه|اضافت?|اوضحت?|اعلنت?|اكدت?|عن)(?!\w)"
)


class Below(NamedTuple):
    """The paragraphs that are text, who sent it by what stands below, and what was taken off."""

    paragraphs: list[str]
    names: list[str]
    taken: list[str]


def take_below(paragraphs: list[str]) -> Below:
    """Part a text from what stands below its end; a text of nothing else stays."""
    names: list[str] = []
    taken: list[str] = []
    kept = list(paragraphs)
    for _ in range(_MOST_BELOW):
        if not kept:
            break
        last = kept[-1]
        if len(last) <= _LONGEST_BELOW and (found := _signed(last)) is not None:
            names[:0] = found
            taken.append(kept.pop())
        elif len(kept) > 2 and _RUNNING_NUMBER.fullmatch(last) and _STAMP.fullmatch(kept[-2]):
            taken.append(kept.pop())
        elif (sent := _SENT.search(last)) and (found := _known(sent["names"])):
            # Behind the last full stop: named, and the paragraph stays as it is written.
            names[:0] = found
            break
        elif cut := _end_of(last):
            taken.append(last[cut:])
            kept[-1:] = [rest] if (rest := last[:cut].rstrip()) else []
        else:
            break
    return Below(kept, names, taken) if kept else Below(paragraphs, [], [])


def _end_of(line: str) -> int | None:
    """Where the sign that a text is over begins, or None."""
    tail = line[-40:]
    match = _ENDED.search(fold(tail)) if "نته" in tail or "نهاي" in tail else None
    # Folding may shorten what stands before the sign: counted from the end of the line.
    return len(line) - (len(fold(tail)) - match.start()) if match and len(fold(tail)) == len(tail) else None


def _signed(line: str) -> list[str] | None:
    """The names under a text; [] for a line of hands, editors or the time alone, None for text."""
    if line[-1] == ")" and (match := _BRACKETED.fullmatch(line)):
        return _known(match["names"]) or ([] if _EDITED.fullmatch(fold(line)) else None)
    if (line[0] in _RULES or line[1:3].strip(_PARTING) != line[1:3]) and (match := _HANDS.fullmatch(line)):
        return _known(match["names"] or "") or []
    if (match := _BY_HANDS.fullmatch(line)) and is_agency(match["agency"]):
        return [match["agency"]]
    if line[0].isdigit():
        return [] if _STAMP.fullmatch(line) else None
    return None if len(line) > 60 or has_full_stop(line) else _known(line)


def _known(text: str) -> list[str] | None:
    """The names in ``text`` where each is an agency or an outlet, and one of them an agency."""
    names = [name for part in names_in(text) for name in re.split(r" مع (?=\S)", part)]
    are_known = all(is_agency(name) or is_known_outlet(_NUMBER.sub("", name)) for name in names)
    return names if names and are_known and any(map(is_agency, names)) else None


def captions_in(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs that only tell of a picture or name who took it; none where nothing else would be left."""
    first = next((place for place, line in enumerate(paragraphs) if has_full_stop(line)), 0)
    shown = [line for line in paragraphs[: min(first, _MOST_SHOWN)] if _SHOWN.fullmatch(fold(line))]
    maybe = [line for line in paragraphs if line[-1] == ")" or line.startswith(_CAPTION_WORDS)] + shown
    if not maybe:
        return maybe
    told = {line for line in maybe if _is_caption(line) or line in shown}
    credited = {line for line in maybe if line not in told and _is_credited(line)}
    # Only where paragraphs are closed by full stops is one that is not, and names a photographer, no paragraph.
    # What stands above the first sentence is no paragraph either way.
    told |= {line for line in paragraphs[:first] if line in credited}
    others = [line for line in paragraphs[first:] if line not in told and line not in credited]
    if sum(map(has_full_stop, others)) * 2 >= len(others):
        told |= credited
    return [line for line in paragraphs if line in told] if len(told) < len(set(paragraphs)) else []


def _is_caption(line: str) -> bool:
    if len(line) <= 20 and _bare(line) in _OF_PICTURES:
        return True
    if len(line) > _LONGEST_CAPTION or not (match := _CAPTION.match(fold(line).casefold())):
        return False
    # What announces itself may be a sentence; «صورة أرشيفية …» that is one is told of in the text.
    announces = match.group().rstrip().endswith((",", "،", ":", "؛", "caption", "icon"))
    return announces or (len(line) <= _LONGEST_CREDITED and not has_full_stop(line))


def _is_credited(line: str) -> bool:
    """A line that ends in who took the picture: «ضفاف نهر دجلة (الفرنسية-أرشيف)»."""
    start = line.rfind("(")
    if start < 0 or len(line) > _LONGEST_CREDITED or line[-1] != ")":
        return False
    names = [part for part in re.split(r" *[-–/،,+|:] *", line[start + 1 : -1]) if part]
    if not names or not all(_is_of_picture(name) for name in names):
        return False
    head = line[:start].rstrip()
    # An archive's picture is one, whatever closes the words before it.
    is_of_archive = _bare(names[0]) in _OF_ARCHIVES
    return (is_of_archive or not has_full_stop(head)) and not _TELLS.search(fold(head))


def _bare(name: str) -> str:
    return fold(name).casefold().replace(" ", "")


def _is_of_picture(name: str) -> bool:
    return fold(name).casefold().replace(" ", "") in _OF_PICTURES or is_agency(name) or is_known_outlet(name)
