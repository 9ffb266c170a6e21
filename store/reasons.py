"""Why two articles are related, in words a reader knows: the names and phrases they share.

Shared terms that stand side by side become one phrase (كيم جونغ أون), in the
spelling of the article one reads; names go before verbs and common nouns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from . import arabic, vectors

#: Phrases shown for one relation, and words in one phrase.
MOST = 4
_LONGEST = 6
#: Leading letters that are words of their own ("and", "by", "for"), not part of a name.
_CLITICS = ("وال", "فال", "بال", "كال", "لل", "و", "ف", "ب", "ل", "ك")

#: Words of every report: they may stand inside a phrase, but are no reason by themselves.
_COMMON_WORDS = """
قال أكد أعلن ذكر أضاف أوضح أشار صرح كشف أفاد نقل نفى دعا طالب حذر اعتبر رأى شدد بحث ناقش التقى زار وصل غادر عقد شارك
جاء جرى يجري يأتي يقوم يقول تقول يمكن يجب سيتم تمت قام قامت بدأ بدأت عدم حصول وجود خلال وفق وفقا بحسب حسب مصدر مصادر تقرير بيان
تصريح تصريحات مؤتمر صحفي صحيفة وكالة أنباء الأنباء قناة موقع إعلام وسائل وسيلة مسؤول مسؤولون مسؤولين متحدث باسم رئيس وزير وزارة حكومة
دولة دول بلاد البلاد بلد العالم مدينة منطقة مناطق شخص أشخاص عام عاما سنة شهر أسبوع الأسبوع الماضي المقبل القادم الجاري الحالي ساعة
ساعات دقيقة صباح مساء الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت أول الأول الأولى ثاني الثاني الثانية
جديد جديدة كبير كبيرة أكثر أقل آخر أخرى آخرين بعد قبل نحو حوالي حول أمام وسط داخل خارج بسبب نتيجة إطار شأن بشأن سياق جانب جهة ناحية طريق
استمرار مواصلة عملية عمليات قرار قرارات اتفاق اجتماع لقاء زيارة محادثات مباحثات قضايا قضية ملف أزمة وضع أوضاع حالة حادث حادثة عدد
مئات آلاف ألف مليون مليار بالمائة المائة المئة نسبة قيمة دينار دولار يورو يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر
نوفمبر ديسمبر جانفي فيفري أفريل ماي جوان جويلية أوت سيكون ستكون يذكر متوجها مشيرا مؤكدا مضيفا لدى ضد قد أهم أبرز خبر أخبار
يتوقع تتوقع متوقع مقرر المقرر مرتقب المرتقب يعتقد يهدف تهدف يركز يسعى تسعى يحاول تحاول يواصل تواصل يؤكد تؤكد يعلن تعلن يطالب تطالب يدعو
تدعو يشارك تشارك يبحث تبحث يناقش تناقش يلتقي تلتقي يزور تزور يصل تصل يبدأ تبدأ يعود تعود يتم تتم يشهد تشهد يعقد تعقد ينفي تنفي يحذر تحذر
يستعد تستعد سيجري ستجري سيزور سيعقد ستعقد قريبا حاليا رسمي رسمية رسميا خاص خاصة هام مهم أيام يومين أسابيع أشهر سنوات أعوام الفترة فترة
مرة مرات أسلوب شكل بشكل نفس ذات إلا سوى إثر عقب أثناء تجاه إزاء معظم جميع كافة عدة بضعة ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة
"""
_COMMON = frozenset(token.key for word in _COMMON_WORDS.split() for token in arabic.tokens(f"{word} {word}ت"))
#: "His war", "their travels": a thing of somebody's, never a name.
_POSSESSED = re.compile(r".{3,}(?:ه|ها|هم|هما)")


def is_dull(text: str, key: str) -> bool:
    """True for a word that says nothing by itself: of every report, too short, or somebody's thing."""
    return key in _COMMON or len(key) < 2 or bool(_POSSESSED.fullmatch(text))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the article; ``clitic`` are letters before it that are words of their own, or nothing."""

    text: str
    start: int
    end: int
    key: str
    term: int | None
    folded: str
    clitic: str


class Explainer:
    """Finds the shared phrases of one article with others; reads its words once.

    ``keywords`` are names for certain; ``rarity`` gives a term's idf. That two
    reports name the ``outlets`` they appeared in is no reason.
    """

    def __init__(
        self,
        title: str,
        body: Sequence[str],
        keywords: Sequence[str],
        rarity: Callable[[int], float],
        outlets: Collection[str] = (),
    ) -> None:
        self._rarity = rarity
        self._outlets = {_keys_of(outlet) for outlet in outlets}
        self._named = {token.key for keyword in keywords for token in arabic.tokens(keyword)}
        lead = _lead(body)
        self._parts = [(text, _words(text)) for text in (title, *lead) if text]
        self._folded = {word.folded for _, words in self._parts for word in words}

    def reasons(self, terms: Collection[int]) -> tuple[str, ...]:
        """The phrases whose words are all among ``terms``, most telling first, at most four."""
        found: dict[tuple[int, ...], tuple[float, str]] = {}
        for text, words in self._parts:
            for run in _runs(text, words, terms):
                self._keep(text, run, found)
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[1][1]))
        return _without_parts(ranked)

    def _keep(self, text: str, run: Sequence[_Word], found: dict[tuple[int, ...], tuple[float, str]]) -> None:
        run = self._trimmed(run)
        if not run or frozenset(word.key for word in run) in self._outlets:
            return
        weight = sum(self._weight(word) for word in run)
        identity = tuple(word.term for word in run if word.term is not None)
        phrase = _without_clitic(run, text[run[0].start : run[-1].end], self._folded)
        if identity not in found:
            found[identity] = (weight, phrase)
        elif len(phrase) < len(found[identity][1]):
            found[identity] = (found[identity][0], phrase)

    def _trimmed(self, run: Sequence[_Word]) -> Sequence[_Word]:
        """Common words and verbs go from both ends: بوتين قريبا is بوتين."""
        start, end = 0, len(run)
        while start < end and self._is_dull(run[start]):
            start += 1
        while end > start and self._is_dull(run[end - 1]):
            end -= 1
        return run[start:end][:_LONGEST]

    def _is_dull(self, word: _Word) -> bool:
        if word.key in self._named:
            return False
        return word.key in _COMMON or len(word.key) < 2 or bool(_POSSESSED.fullmatch(word.text))

    def _weight(self, word: _Word) -> float:
        if word.term is None:
            return 0.0
        weight = self._rarity(word.term)
        if word.key in self._named:
            return weight * 1.5
        return weight * 0.3 if self._is_dull(word) else weight


def _keys_of(name: str) -> frozenset[str]:
    return frozenset(token.key for token in arabic.tokens(name))


def _lead(body: Sequence[str]) -> list[str]:
    out, words = [], 0
    for paragraph in body:
        if words >= vectors.LEAD:
            break
        out.append(paragraph)
        words += len(paragraph.split())
    return out


def _words(text: str) -> list[_Word]:
    out = []
    for t, term in vectors.spelt(text):
        written = text[t.start : t.end]
        folded = arabic.fold(written)
        clitic = _clitic(folded, t.key) if len(folded) == len(written) else ""
        out.append(_Word(written, t.start, t.end, t.key, term, folded, clitic))
    return out


def _runs(text: str, words: Sequence[_Word], terms: Collection[int]) -> Iterable[Sequence[_Word]]:
    """Neighbouring words that are all shared, with nothing but blanks between them.

    "And Russia", "for the war" begin another name: كوريا الشمالية للحرب is two.
    """
    run: list[_Word] = []
    for word in words:
        is_shared = word.term is not None and word.term in terms
        if run and (not is_shared or text[run[-1].end : word.start].strip() or word.clitic):
            yield run
            run = []
        if is_shared:
            run.append(word)
    if run:
        yield run


def _clitic(folded: str, key: str) -> str:
    """The letters before a word that the analysis takes for words of their own, or nothing."""
    for clitic in _CLITICS:
        rest = folded[len(clitic) :]
        if folded.startswith(clitic) and len(rest) >= 3 and _key(rest) == key:
            return clitic
    return ""


def _key(folded: str) -> str:
    found = arabic.forms(folded)
    return found[0][2] if found else ""


def _without_clitic(run: Sequence[_Word], phrase: str, folded_words: Collection[str]) -> str:
    """The phrase without "and", "in", "for" before it.

    بيونغ and لندن begin with such letters themselves: a letter other than و
    goes only where the article has the word without it as well.
    """
    clitic = run[0].clitic
    if clitic in ("وال", "فال", "بال", "كال"):
        return phrase[1:]
    if clitic == "لل":
        return "ال" + phrase[2:]
    is_sure = clitic == "و" or run[0].folded[1:] in folded_words
    return phrase[1:] if clitic and is_sure else phrase


def _without_parts(ranked: Sequence[tuple[tuple[int, ...], tuple[float, str]]]) -> tuple[str, ...]:
    """The best phrases, none of them a part of another."""
    kept: list[tuple[frozenset[int], str]] = []
    for terms, (_, phrase) in ranked:
        own = frozenset(terms)
        if any(own <= other for other, _ in kept):
            continue
        kept = [(other, text) for other, text in kept if not other < own]
        kept.append((own, phrase))
        if len(kept) == MOST:
            break
    return tuple(text for _, text in kept)
