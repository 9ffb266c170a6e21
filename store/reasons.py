"""Why two articles are related, in words a reader knows: the names and phrases they share.

Shared terms that stand side by side become one phrase (كيم جونغ أون), in the
spelling of the article one reads; names go before verbs and common nouns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from . import arabic, proper, vectors
from .proper import Kind
from .stem import is_own_beginning

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
مرة مرات أسلوب شكل بشكل نفس ذات إلا سوى إثر عقب أثناء تجاه إزاء معظم جميع كافة عدة بضعة ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة خمس ست سبع ثمان تسع عشر ليل ليلا فجر فجرا صباحا مساء قرب وسط شرقي غربي أقصى قادر
بالغ البالغ كاملة كامل عارم عارمة مدمرة مدمر قوي قوية اسم صوت صوتا أصوات تشكيل
"""
_COMMON = frozenset(token.key for word in _COMMON_WORDS.split() for token in arabic.tokens(f"{word} {word}ت"))
#: "His war", "their travels": a thing of somebody's, never a name.
_POSSESSED = re.compile(r".{3,}(?:ه|ها|هم|هما)")

#: A number, alone or behind "by" and "for": بـ71 صوتا.
_COUNTED = re.compile(r"[بلك]?\d+")


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
        texts = [text for text in (title, *_lead(body)) if text]
        own = frozenset(word for text in texts for word in arabic.fold(text).split())
        self._parts = [(text, _words(text, own)) for text in texts]
        self._kinds = _kinds_of(self._parts)
        self._whole = dict(
            whole
            for (text, words), kinds in zip(self._parts, self._kinds, strict=True)
            for whole in _whole_names(text, words, kinds)
        )

    @property
    def names(self) -> frozenset[int]:
        """The terms of its names, of people and of places."""
        return frozenset(
            word.term
            for (_, words), kinds in zip(self._parts, self._kinds, strict=True)
            for word, kind in zip(words, kinds, strict=True)
            if word.term is not None and kind is Kind.NAME
        )

    def reasons(self, terms: Collection[int]) -> tuple[str, ...]:
        """The phrases whose words are all among ``terms``, names first, most telling first, at most four."""
        found: dict[tuple[int, ...], tuple[float, str]] = {}
        for (text, words), kinds in zip(self._parts, self._kinds, strict=True):
            for run in _runs(text, words, kinds, terms):
                self._keep(text, run, terms, found)
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[1][1]))
        return _without_parts(ranked)

    def _keep(
        self,
        text: str,
        run: _Run,
        terms: Collection[int],
        found: dict[tuple[int, ...], tuple[float, str]],
    ) -> None:
        run = self._trimmed(run)
        if not run or frozenset(word.key for word, _ in run) in self._outlets:
            return
        weight = self._weight(run)
        if len(run) == 1 and not self._whole.get(run[0][0], frozenset()).issubset(terms):
            weight *= _PART_OF_NAME
        identity = tuple(word.term for word, _ in run if word.term is not None)
        phrase = _without_clitic(run[0][0], text[run[0][0].start : run[-1][0].end])
        if identity not in found:
            found[identity] = (weight, phrase)
        elif len(phrase) < len(found[identity][1]):
            found[identity] = (found[identity][0], phrase)

    def _trimmed(self, run: _Run) -> _Run:
        """Common words and numbers go from both ends: بوتين قريبا is بوتين."""
        start, end = 0, len(run)
        while start < end and self._is_dull(run[start][0]):
            start += 1
        while end > start and self._is_dull(run[end - 1][0]):
            end -= 1
        return run[start:end][:_LONGEST]

    def _is_dull(self, word: _Word) -> bool:
        if _COUNTED.fullmatch(word.folded):
            return True
        if word.key in self._named:
            return False
        is_joined = word.clitic in ("ب", "ل", "ك")
        return is_dull(word.text, word.key) or (is_joined and is_dull(word.text[1:], _key(word.folded[1:])))

    def _weight(self, run: _Run) -> float:
        """How much a phrase says: its two rarest words, and more for a name and for one of the page's keywords."""
        rare = sorted((self._rarity(word.term) for word, _ in run if word.term is not None), reverse=True)
        weight = sum(rare[:2]) * (1.0 if len(run) > 1 else 0.8)
        if any(kind is Kind.NAME for _, kind in run):
            weight *= _NAME
        elif len(run) == 1:
            weight *= _LONE
        return weight * _KEYWORD if all(word.key in self._named for word, _ in run) else weight


#: A name says more than other words, a keyword of the page more than what it does not name, a noun alone little.
_NAME = 2.0
_KEYWORD = 1.3
_LONE = 0.6
#: أون of كيم جونغ أون is no reason where another report has not the rest.
_PART_OF_NAME = 0.2


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


def _words(text: str, own: Collection[str]) -> list[_Word]:
    """The words of a text; ``own`` are those of the whole article, folded, which tell what stands before one of them."""
    out = []
    for t, term in vectors.spelt(text):
        written = text[t.start : t.end]
        folded = arabic.fold(written)
        clitic = ""
        if len(folded) == len(written) and not _begins_so(written, folded):
            clitic = _clitic(folded, t.key) or _preposition(folded, own)
        out.append(_Word(written, t.start, t.end, t.key, term, folded, clitic))
    return out


#: Words side by side, each with what it is.
_Run = Sequence[tuple["_Word", Kind]]


def _kinds_of(parts: Sequence[tuple[str, Sequence[_Word]]]) -> list[list[Kind]]:
    """What each word of each text is."""
    return proper.kinds([_clauses(text, words) for text, words in parts])


def _clauses(text: str, words: Sequence[_Word]) -> list[list[str]]:
    out: list[list[str]] = []
    for place, word in enumerate(words):
        if not place or text[words[place - 1].end : word.start].strip():
            out.append([])
        out[-1].append(word.folded)
    return out


def _whole_names(
    text: str, words: Sequence[_Word], kinds: Sequence[Kind]
) -> Iterable[tuple[_Word, frozenset[int]]]:
    """For each word of a name of several words the terms of the whole name."""
    group: list[_Word] = []
    for word, kind in [*zip(words, kinds, strict=True), (None, Kind.OTHER)]:
        goes_on = (
            word is not None
            and kind is Kind.NAME
            and bool(group)
            and not word.clitic
            and not text[group[-1].end : word.start].strip()
        )
        if not goes_on:
            terms = frozenset(one.term for one in group if one.term is not None)
            if len(group) > 1:
                yield from ((one, terms) for one in group)
            group = []
        if word is not None and kind is Kind.NAME:
            group.append(word)


def _runs(text: str, words: Sequence[_Word], kinds: Sequence[Kind], terms: Collection[int]) -> Iterable[_Run]:
    """Neighbouring words that are all shared and make one phrase, with nothing but blanks between them."""
    run: list[tuple[_Word, Kind]] = []
    for word, kind in zip(words, kinds, strict=True):
        is_shared = word.term is not None and word.term in terms and kind is not Kind.VERB
        if run and (
            not is_shared or text[run[-1][0].end : word.start].strip() or _begins_anew(run, word, kind)
        ):
            yield run
            run = []
        if is_shared:
            run.append((word, kind))
    if run:
        yield run


def _begins_anew(run: _Run, word: _Word, kind: Kind) -> bool:
    """True for a word that begins another phrase than the words before it.

    "And Russia", "for the war": كوريا الشمالية للحرب is two. Behind an article comes another thing, unless it is
    an adjective: الزعيم الكوري الشمالي | كيم جونغ أون, زعيم كوريا الشمالية | كيم جونغ أون.
    """
    if word.clitic or proper.is_joined(word.folded) or (kind is Kind.OTHER and word.folded in proper.TITLES):
        return True
    last, of_last = run[-1]
    if last.folded in proper.TITLES:
        return False
    if of_last is Kind.DEFINITE:
        is_other_thing = len(run) > 1 and word.folded.endswith("ه") and not last.folded.endswith("ه")
        return kind is not Kind.DEFINITE or is_other_thing
    if of_last is Kind.NAME and kind is Kind.DEFINITE:
        return not proper.is_adjective(word.folded)
    return of_last is Kind.NAME and kind is Kind.OTHER


#: Words that begin like "with the".
_OWN = frozenset(
    arabic.fold("باليستي باليستية باليستيا باليستيين بالون بالونات بالي بالغ بالغة بالغين بالاتر").split()
)


def _begins_so(written: str, folded: str) -> bool:
    """True for a word whose first letters are its own: واقية, بيونغ, باليستي."""
    begins_with_vowel = written.startswith("وا") and not written.startswith("وال")
    return begins_with_vowel or is_own_beginning(folded) or folded in _OWN


def _clitic(folded: str, key: str) -> str:
    """The letters before a word that the analysis takes for words of their own, or nothing."""
    for clitic in _CLITICS:
        rest = folded[len(clitic) :]
        if folded.startswith(clitic) and len(rest) >= 3 and _key(rest) == key:
            return clitic
    return ""


#: What news tells with "by" and "for" before it.
_BEHIND_PREPOSITIONS = frozenset(
    arabic.fold("""
تهمة تهم هدف هدفين أهداف ثلاثية فوز خسارة قيمة مبلغ سعر نسبة معدل لقب مدينة ولاية محافظة منطقة قرية بلدة إقليم مقاطعة
صاروخ صواريخ قنبلة قذيفة قذائف طائرة طائرات مسيرة مسيرات رصاص رأسية ركلة ركلات ضربة هجوم تفجير تحديد إنتاج انتخاب انتخابات
رئاسة رئيس رئيسة قيادة حضور مشاركة رعاية وساطة دعم مساعدة تمويل قرض مرض فيروس سرطان حادث جريمة قتل سرقة فساد رشوة عقوبة
سجن غرامة تنفيذ إطلاق وقف إغلاق منع حظر تعيين إقالة استقالة عودة زيارة مباراة دوري نهائي ميدالية تصدير استيراد شراء توقيع
تشكيل حكومة إنشاء مشروع خطة اتفاق هدنة مفاوضات محادثات مناقشة دراسة مواجهة مكافحة محاربة حماية إنقاذ إغاثة إجلاء إخلاء نقل
إيصال توزيع صندوق مجلس وزارة وزير شركة منظمة أصوات صوتا عشرة مئات آلاف ملايين مليون مليار
""").split()
)


def _preposition(folded: str, own: Collection[str]) -> str:
    """ "By" or "for" before a word that is sure to be one: known of news, or elsewhere in the article without it."""
    rest = folded[1:]
    is_number = rest[:1].isdigit()
    if folded[:1] not in ("ب", "ل", "ك") or (len(rest) < 3 and not is_number):
        return ""
    is_known = rest in _BEHIND_PREPOSITIONS or rest in own or f"ال{rest}" in own
    return folded[0] if is_number or (is_known and not is_own_beginning(folded)) else ""


def _key(folded: str) -> str:
    found = arabic.forms(folded)
    return found[0][2] if found else ""


def _without_clitic(first: _Word, phrase: str) -> str:
    """The phrase without "and", "in", "for" before it."""
    if first.clitic == "لل":
        return "ال" + phrase[2:]
    return phrase[1:] if first.clitic or proper.is_joined(first.folded) else phrase


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
