"""The words that count in a headline: folded, numbers one way, without labels, notes and the outlet's name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from .numerals import NUMBER, is_number_word, plain_separators, with_numbers
from .title_letters import fold

_IN_WORD = re.compile(r"(?<=[^\W\d_])[.*_·•~'’`](?=[^\W\d_])")
_PIECES = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%|[^\w\s]+|_+")
_WORDS_FOR = {
    "%": "بالميه", "بالمايه": "بالميه", "المايه": "الميه", "مايه": "ميه", "مايتي": "ميتي", "مايتين": "ميتين",
    "ترمب": "ترامب", "نتانياهو": "نتنياهو", "زيلنسكي": "زيلينسكي", "زلينسكي": "زيلينسكي", "بوتن": "بوتين",
    "سيول": "سول", "استانبول": "اسطنبول", "استنبول": "اسطنبول", "اسطانبول": "اسطنبول", "هياه": "هييه",
    "تلفزيون": "تلفزيون", "تليفزيون": "تلفزيون", "تليفون": "تلفون", "مليارد": "مليار", "بليون": "مليار",
    "مونديال": "كاسالعالم", "غوتيريس": "غوتيريش",
}  # fmt: skip

_HIDDEN_IN_WORDS = re.compile("[.*_·•~'’`]")


def folded_set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


#: Labels that say how a thing is told, not what: dropped in front or behind where punctuation sets them off.
_LABELS = folded_set(
    "عاجل خبر شاهد شاهدوا بالفيديو بالصور بالصورة بالصوت والفيديو والصور والصورة والصوت فيديو فيديوهات صور صورة "
    "وفيديو وصور وصورة الفيديو الصور حصري حصريا خاص خاصة متابعة تحديث محدث مباشر بث انفراد إنفوجراف إنفوغراف "
    "انفوجرافيك انفوغرافيك جديد هام مهم تفاصيل التفاصيل بالتفاصيل بالأسماء بالأرقام بالخريطة كاريكاتير "
    "video photos breaking watch exclusive update live"
)
#: Labels that are dropped even without punctuation around them.
_ALWAYS = folded_set("عاجل بالفيديو بالصور بالصورة شاهد breaking")
_SECTIONS = folded_set(
    "رياضة رياضي سياسة سياسي اقتصاد اقتصادي أخبار الأخبار تقرير تقارير تحليل رأي مقال ثقافة فن فنون منوعات "
    "العالم دولي دولية عربي عربية محلي محليات وطني وطنية مجتمع صحة تكنولوجيا علوم حوادث مقابلة حوار تحقيق ودولي"
)
_OUTLETS = folded_set(
    "نيوز news rt bbc cnn dw سكاي الجزيرة العربية رويترز فرانس france صحيفة جريدة موقع قناة وكالة بوابة شبكة "
    "arabic سبوتنيك الأناضول يورونيوز الحرة الأهرام الشروق الاخبارية الإخبارية نت net com online اونلاين سي "
    "الحدث البيان الاتحاد الخليج الراي الوطن النهار السفير اليوم مباشر تايمز برس press times tv الغد عمون هسبريس "
    "الميادين المنار عكاظ عربي21 كونا سانا شينخوا تاس نوفوستي انترفاكس رووداو"
) | frozenset({fold("القدس العربي"), fold("الشرق الأوسط"), fold("صدى البلد"), fold("مونت كارلو")})


def is_outlet_name(name: str) -> bool:
    """True where a short name has a word of a known outlet in it, and is not the name of a section."""
    words = fold(name).split()
    return any(word in _OUTLETS for word in words) and not all(word in _SECTIONS for word in words)


def is_known_outlet(name: str) -> bool:
    """True where a name is nothing but the words of a known outlet: سكاي نيوز عربية, not «أخبار اليوم من»."""
    words = fold(name).split()
    known = _OUTLETS | _SECTIONS
    return " ".join(words) in _OUTLETS or (is_outlet_name(name) and all(word in known for word in words))


_FENCES = frozenset(("|", "/", "–", "—", "-", "::", "»", "||"))
_TELLING = _LABELS | _SECTIONS | _ALWAYS | _FENCES | {"+"} | _WORDS_FOR.keys()
#: Outlets with a number in their name: فرانس 24.
_OUTLET_NUMBERS = frozenset(("21", "24"))

#: Headlines are cut here, in code points.
_LONGEST = 600
#: So many runs are at hand in each of two generations, some 350 bytes each.
_AT_HAND = 12_000
_LOOSE = str.maketrans(
    {**dict.fromkeys("صزذدضظ", "س"), "ط": "ت", "ق": "ك", "غ": "ك", "ف": "ب", **dict.fromkeys("اويه")}
)


class _Run(NamedTuple):
    """What a run without blanks holds.

    Beside its pieces the words among them, as :func:`key_part` and :func:`loose`
    have them; all three are None where more than the run decides what becomes of
    one: labels, names of sections, numbers in words, signs that set off an outlet.
    """

    pieces: tuple[str, ...]
    words: tuple[str, ...] | None
    parts: tuple[str, ...] | None
    loose: tuple[str, ...] | None


class _Runs(dict[str, _Run]):
    """The runs met lately; the older generation gives back what is met again.

    Nothing in a headline reaches across a blank until its pieces are known.
    """

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, _Run] = {}

    def __missing__(self, run: str) -> _Run:
        if run.isdecimal() and run.isascii():
            # Each headline has another: not worth a place.
            return _Run((run,), (run,), (f" {run} ",), (run,))
        if len(self) >= _AT_HAND:
            self._older = dict(self)
            self.clear()
        found = self[run] = self._older.get(run) or _read(run)
        return found


def _read(run: str) -> _Run:
    text = fold(run)
    if _HIDDEN_IN_WORDS.search(text):
        text = _IN_WORD.sub("", text)
    if "," in text:
        text = plain_separators(text)
    pieces = tuple(_PIECES.findall(text))
    if any(map(_is_telling, pieces)):
        return _Run(pieces, None, None, None)
    words = pieces if all(map(_is_word, pieces)) else tuple(filter(_is_word, pieces))
    has_number = any(word[0].isdecimal() for word in words)
    return _Run(pieces, words, tuple(map(key_part, words)) if has_number else words, tuple(map(loose, words)))


def key_part(word: str) -> str:
    """A word as it stands in the key of a headline: numbers stand apart."""
    return f" {word} " if word[0].isdecimal() else word


def joined(parts: Iterable[str]) -> str:
    """The key of a headline of its parts."""
    return "".join(parts).replace("  ", " ").strip()


@lru_cache(maxsize=1 << 12)
def loose(word: str) -> str:
    """A word without what spellings disagree on."""
    word = bare(word).replace("تش", "ش")
    if NUMBER.match(word):
        return word
    return ("غ" if word[0] == "ي" else word[0]).translate(_LOOSE) + word[1:].translate(_LOOSE)


def bare(word: str) -> str:
    """Without the article, and without the و that joins a headline to nothing."""
    if len(word) > 5 and word.startswith("وال"):
        return word[3:]
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


_RUNS = _Runs()


def _is_telling(piece: str) -> bool:
    """True for a piece that may go, change, or decide about others, by what stands around it."""
    return piece in _TELLING or is_number_word(piece)


@lru_cache(maxsize=1024)
def words_of(title: str) -> tuple[str, ...]:
    """The words that count in a headline, folded; labels, notes and outlet names are left out."""
    runs = [_RUNS[run] for run in title[:_LONGEST].split()]
    settled = [run.words for run in runs if run.words is not None]
    if len(settled) == len(runs):
        return tuple(chain.from_iterable(settled))
    pieces = list(chain.from_iterable([run.pieces for run in runs]))
    pieces = _without_outlet(_without_labels(pieces))
    return with_numbers([_WORDS_FOR.get(p, p) for p in pieces if _is_word(p)])


def settled_words(title: str) -> tuple[list[str], list[str]] | None:
    """The words of a headline by :func:`key_part` and by :func:`loose`; None where not each run decides for itself."""
    parts: list[str] = []
    spellings: list[str] = []
    for run in title[:_LONGEST].split():
        _, _, own, others = _RUNS[run]
        if own is None or others is None:
            return None
        parts += own
        spellings += others
    return parts, spellings


def _is_word(piece: str) -> bool:
    return piece == "%" or piece[0].isalnum()


def _without_labels(pieces: list[str]) -> list[str]:
    """Drop labels in front and behind, again and again: «عاجل | بالفيديو.. …»."""
    before: list[str] = []
    while before != pieces:
        before = pieces
        pieces = _drop_behind(_drop_front(pieces))
    return pieces


def _drop_front(pieces: list[str]) -> list[str]:
    start = 0
    while start < len(pieces) and not _is_word(pieces[start]):
        start += 1
    end = start
    while end < len(pieces) and (pieces[end] in _LABELS or pieces[end] in _SECTIONS):
        end += 1
    rest = pieces[end:]
    is_set_off = end > start and bool(rest) and not _is_word(rest[0])
    if is_set_off and sum(map(_is_word, rest)) >= 2:
        return rest
    if start < len(pieces) and pieces[start] in _ALWAYS and sum(map(_is_word, pieces)) > 3:
        return pieces[start + 1 :]
    return pieces


def _drop_behind(pieces: list[str]) -> list[str]:
    end = len(pieces)
    while end and not _is_word(pieces[end - 1]):
        end -= 1
    start = end
    while start and (pieces[start - 1] in _LABELS or pieces[start - 1] == "+"):
        start -= 1
    head = pieces[:start]
    is_set_off = start < end and bool(head) and not _is_word(head[-1])
    if is_set_off and sum(map(_is_word, head)) >= 2:
        return head
    if end and pieces[end - 1] in _ALWAYS and sum(map(_is_word, pieces)) > 3:
        return pieces[: end - 1]
    return pieces


def _without_outlet(pieces: list[str]) -> list[str]:
    """Drop ``| section`` and ``- outlet`` at the end, one after the other, where a headline of some length is left."""
    before: list[str] = []
    while before != pieces:
        before, pieces = pieces, _without_last_segment(pieces)
    return pieces


def _without_last_segment(pieces: list[str]) -> list[str]:
    for place in range(len(pieces) - 1, 0, -1):
        if pieces[place] not in _FENCES:
            continue
        head, tail = pieces[:place], [p for p in pieces[place + 1 :] if _is_word(p)]
        is_outlet = any(word in _OUTLETS for word in tail) or " ".join(tail) in _OUTLETS
        numbers = [word for word in tail if NUMBER.match(word)]
        is_news = bool(numbers) and not (is_outlet and _OUTLET_NUMBERS.issuperset(numbers))
        if sum(map(_is_word, head)) < 4 or len(tail) > 4 or is_news:
            return pieces
        return head if is_outlet or "|" in pieces[place] else pieces
    return pieces
