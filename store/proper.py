"""Which words of a report are names, which are verbs: what a reader takes for a reason. Pure.

Arabic writes names like any word. What tells them: a title before them
(الرئيس الروسي فلاديمير بوتين), four consonants that no Arabic pattern explains,
a list of countries and of given names. Verbs are told by their first letters
and by a list of those that news is made of; a word that elsewhere stands
behind a preposition is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum
from itertools import pairwise

from .folding import fold
from .names import bare_forms
from .skeleton import is_foreign
from .terms import FUNCTION_WORDS


class Kind(IntEnum):
    """What a word is, as far as it can be told."""

    OTHER = 0
    DEFINITE = 1
    NAME = 2
    VERB = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


#: What stands before a name: the words after it are one.
TITLES = _words(
    "الرئيس رئيس رئيسة الزعيم زعيم الوزير وزير وزيرة الأمير أمير الملك ملك الجنرال العقيد اللواء السفير سفير النائب المتحدث "
    "المتحدثة السيد السيدة الدكتور الشيخ القائد قائد مدينة بلدة قرية محافظة ولاية منطقة مطار ميناء قاعدة صحيفة وكالة قناة "
    "شركة حزب حركة جماعة منظمة نادي فريق الحاكم حاكم مستشار المستشار المستشارة الأمين الناطق مدير المدير المدرب اللاعب لاعب "
    "الكاتب الشاعر الفنان الفنانة المخرج الممثل الممثلة إقليم جزيرة نهر جبل مؤسس ملكة الأميرة البابا"
)
#: What may stand between a title and a name: المتحدث باسم مجلس الأمن القومي جون كيربي.
OFFICES = _words("باسم مجلس وزارة هيئة حلف الدفاع شؤون جمهورية عن في لدى مجموعة")
_PLACES = _words(
    "روسيا أوكرانيا أمريكا أميركا بريطانيا فرنسا ألمانيا إيطاليا إسبانيا تركيا إيران إسرائيل فلسطين غزة مصر سوريا لبنان العراق "
    "الأردن السعودية الكويت قطر البحرين الإمارات عمان اليمن السودان ليبيا تونس الجزائر المغرب موريتانيا الصومال جيبوتي الصين "
    "اليابان كوريا الهند باكستان أفغانستان إندونيسيا ماليزيا فيتنام تايلاند الفلبين أستراليا كندا المكسيك البرازيل الأرجنتين "
    "تشيلي فنزويلا كولومبيا كوبا بيرو نيجيريا النيجر مالي تشاد الغابون إثيوبيا إريتريا كينيا أوغندا رواندا الكونغو أنغولا "
    "زيمبابوي بولندا رومانيا المجر اليونان هولندا بلجيكا السويد النرويج فنلندا الدنمارك سويسرا النمسا البرتغال أيرلندا صربيا "
    "كوسوفو القرم دونباس موسكو واشنطن لندن باريس برلين روما مدريد بروكسل أنقرة طهران القدس بيروت دمشق بغداد عمّان الرياض جدة "
    "الدوحة أبوظبي دبي مسقط صنعاء عدن الخرطوم طرابلس بنغازي درنة القاهرة الإسكندرية رفح خان يونس بكين طوكيو سول سيول بيونغ "
    "يانغ دلهي كابل كييف خاركيف أوديسا نيويورك أوروبا آسيا أفريقيا إفريقيا حماس داعش طالبان فتح بوتين ترامب بايدن كيم ماكرون "
    "نتنياهو أردوغان السيسي الأسد هانوي"
)
_GIVEN = _words(
    "محمد أحمد محمود علي حسن حسين عمر عثمان خالد سعيد سعد إبراهيم إسماعيل يوسف يحيى موسى عيسى داود سليمان مصطفى عبدالله عبد "
    "عبدالرحمن عبدالعزيز عبدالفتاح فيصل سلمان سلطان بندر تركي نايف فهد ناصر طارق ياسر ماجد وليد هشام هاشم سامي سمير كريم رامي "
    "فادي جورج جان جون جو بيل دونالد باراك فلاديمير سيرغي سيرجي ديمتري إيفان ميخائيل أنتوني أنطونيو إيمانويل جوزيف جيمس مايكل "
    "ديفيد بنيامين رجب طيب هاكان حاقان بشار رفيق سعاد فاطمة عائشة مريم زينب ليلى نور هدى منى أبو أبي ابن بن آل أم عباس جعفر قاسم "
    "قيس راشد رشيد منصف حمادي الباجي عادل أنور جمال كمال نجيب شريف صلاح صالح حمد حامد حميد زياد مروان مازن أيمن باسم بسام نبيل "
    "نزار وائل ميشال سعيدة نجلاء نجيبة أنس هالة سفيان شفيق مهدي محسن منصور يفغيني علاء عصام لويس كارلوس خوسيه بابلو"
)
_PAST = """
قال أكد أعلن اجتمع هرع أوقع استمع تجمع اطلع ألقى ذكر أضاف أوضح أشار صرح كشف أفاد نقل نفى دعا طالب حذر اعتبر رأى شدد بحث ناقش التقى زار وصل غادر عقد شارك جاء جرى بدأ
تم قام حمل لقي تلقى ضرب اندلع فرض خسر فاز هزم قتل أصيب أصاب قصف دمر هاجم استهدف شن أطلق أسقط اعتقل أوقف احتجز أفرج حكم أدان برأ
رفض قبل وافق وقع صادق أقر ألغى أجل مدد رفع خفض زاد ارتفع انخفض تراجع صعد هبط قفز بلغ سجل حقق حصل نال منح قدم أرسل تسلم سلم عين أقال
استقال انتخب ترشح توج تأهل خرج دخل عاد رجع سافر توجه انطلق انتهى اختتم افتتح دشن أنهى استأنف واصل استمر توقف انسحب انضم التحق شكل
أسس أنشأ بنى هدم أغلق فتح أمر طلب سمح منع حظر هدد توعد تعهد وعد التزم أسفر أدى تسبب خلف أودى نجا مات توفي اغتيل نجح فشل تمكن عجز
حاول سعى أراد رغب فضل اختار قرر كان صار أصبح ظل بات أمسى ليس عزف جرف اجتاح تهدم انهار سقط تحطم غرق احترق اشتعل انفجر فجر أحرق
عثر وجد فقد اختفى ظهر بدا شوهد أظهر بين عرض نشر بث كتب قرأ سمع شاهد رصد راقب تابع عاين زعم ادعى اتهم برر انتقد هاجم ندد استنكر
أحرز خاض أطاح خطف توصل تبنى أودى أجلى تفشى شرد احتل عبر أرجأ أخفق
أقيم استقبل ودع رافق صافح هنأ عزى شكر أشاد رحب أعرب عبر تحدث رد أجاب سأل علق أثار أدلى ألقى وصف سمى يزن قاد ترأس تولى دخل لعب سجل تعادل
"""
_PRESENT = """
قول وكد علن جتمع هرع وقع ستمع طلع لقي تي ذكر ضيف وضح شير صرح كشف فيد نقل نفي دعو طالب حذر عتبر ري شدد بحث ناقش لتقي زور صل غادر عقد شارك جيء جري بدا تم قوم حمل
لقي تلقي ضرب ندلع فرض خسر فوز هزم قتل صيب قصف دمر هاجم ستهدف شن طلق سقط عتقل وقف حتجز فرج حكم دين رفض قبل وافق وقع صادق قر لغي
وجل مدد رفع خفض زيد رتفع نخفض تراجع صعد هبط قفز بلغ سجل حقق حصل نال منح قدم رسل تسلم سلم عين قيل ستقيل نتخب ترشح توج تاهل خرج دخل
عود رجع سافر توجه نطلق نتهي ختتم فتتح دشن نهي ستانف واصل ستمر توقف نسحب نضم لتحق شكل وسس نشي بني هدم غلق فتح امر طلب سمح منع حظر هدد
توعد تعهد عد لتزم سفر ودي تسبب خلف نجو موت نجح فشل تمكن عجز حاول سعي ريد رغب فضل ختار قرر كون صير صبح ظل بيت عزف جرف جتاح تهدم نهار
تحطم غرق حترق شتعل نفجر فجر حرق عثر جد فقد ختفي ظهر بدو بين عرض نشر بث كتب قرا سمع شاهد رصد راقب تابع زعم دعي تهم برر نتقد ندد ستنكر
ستقبل ودع رافق صافح هني عزي شكر شيد رحب عرب عبر تحدث رد جيب سال علق ثير دلي صف سمي زن قود تراس تولي لعب تعادل مكن جب تضمن شمل هدف
حرز خوض طيح خطف توصل تبني جلي تفشي شرد حتل رجي خفق
عتزم نوي خطط ستعد تناول ركز توقع عتقد عاني واجه شهد تخذ عتمد تحول صدر عمل عيش ملك قع بقي ترك ستخدم ستعيد
"""
_PASTS = frozenset(
    form
    for past in fold(_PAST).split()
    for form in (past, f"{past}ت", f"{past}وا", f"{past[:-1]}ت" if past[-1] in "اي" else past)
)
_PRESENTS = frozenset(
    f"{sign}{stem}" for stem in fold(_PRESENT).split() for sign in ("ي", "ت", "ن", "سي", "ست", "لي", "لت")
)
#: Words that begin or end like verbs and are none.
_NOUNS = _words(
    "يوم يوما يورو يمني يمين يميني يهود يهودي يسار يساري يابان ياباني يوناني يونيو يوليو يناير يخت يقين يد يدي يتيم يمن يونان بيت وقت "
    "صوت زيت موت بنت أخت سبت ثابت صمت توت حوت انترنت إنترنت اسمنت كبريت عفريت بيروت كويت مؤقت هبوت سانت بعثت تحرك تقدم تطور تحول "
    "تدخل تراجع توقف تعهد تأهل توجه ترشح تعادل تعاون قصف حكم رفع خفض عمل وقف فتح حظر عرض كتب عقد بحث هدف"
)
_PREPOSITIONS = _words("في من إلى على عن مع نحو لدى ضد عند حتى خلال منذ عبر وسط قرب شرق غرب شمال جنوب")
#: Behind these stands a verb, or nothing that is a name.
_LONGEST_NAME = 3
#: Names of doings, which follow a title as often as names of people do: تعهد الرئيس تشكيل حكومة.
#: The few people whose name is one (تحسين) are known by their other name.
_DOING = re.compile("ت..ي.|ا.ت.ا.|ان..ا.|است..ا.|است.ا.ه")
#: Somebody's thing: سفارتنا, حكومتهم.
_POSSESSED = ("تنا", "تهم", "تها", "ته", "تكم", "ناها", "اته", "اتها", "اتهم")


def kinds(parts: Sequence[Sequence[Sequence[str]]], known: Collection[str] = ()) -> list[list[Kind]]:
    """The kind of each word of an article; ``known`` are folded words that are names for certain.

    ``parts`` are texts as clauses of folded words: punctuation ends a clause, and with it a name.
    A word that is a name in one place is one in all.
    """
    nouns = _behind_prepositions(parts)
    names = set(known)
    for clauses in parts:
        for clause in clauses:
            names |= _introduced(clause, nouns)
    return [[_kind(word, names, nouns) for clause in clauses for word in clause] for clauses in parts]


def _kind(word: str, names: Collection[str], nouns: Collection[str]) -> Kind:
    if word in FUNCTION_WORDS:
        return Kind.OTHER
    if word in _PLACES or word in _GIVEN:
        return Kind.NAME
    if word.startswith(("ال", "وال", "بال", "لل", "فال", "كال")) and len(word) > 4:
        return Kind.DEFINITE
    if word in names or any(form in names or form in _PLACES for form in bare_forms(word)):
        return Kind.NAME
    if is_verb(word, nouns):
        return Kind.VERB
    is_strange = all(map(is_foreign, bare_forms(word))) and not word.endswith(_POSSESSED)
    return Kind.NAME if is_strange else Kind.OTHER


def is_given_name(word: str) -> bool:
    """True for a folded word that people are called by: what begins with one is a person's name."""
    return word in _GIVEN


def is_joined(word: str) -> bool:
    """True for a folded word that is a well-known name with a letter before it: لروسيا, وبوتين."""
    known = word in _PLACES or word in _GIVEN
    return not known and any(form in _PLACES or form in _GIVEN for form in bare_forms(word) if form != word)


def is_adjective(word: str) -> bool:
    """True for a folded definite word that can belong to a name before it: كوريا الشمالية."""
    return word.endswith(("ي", "يه", "يين"))


def is_verb(word: str, nouns: Collection[str] = ()) -> bool:
    """True for a folded word that looks like a verb; ``nouns`` are those known to be none."""
    for form in (word, word[1:]) if word[:1] in ("و", "ف") and len(word) >= 4 else (word,):
        if form in nouns or form in _NOUNS:
            return False
        if form in _PASTS or form in _PRESENTS or _has_verb(form):
            return True
        if len(word) == 4 and form is not word:
            # Of three letters nothing is known but what is in the lists: وكيل.
            return False
        ends_as_verb = form.endswith("ت") and not form.endswith("ات") and len(form) >= 4
        begins_as_verb = form.startswith(("ي", "سي", "ست", "ليت", "لتت")) and 4 <= len(form) <= 7
        is_present = begins_as_verb and form[-1] not in "ها" and not form.startswith(("ياس", "يو"))
        is_tenth = (
            form.startswith(("است", "يست", "تست")) and len(form) >= 6 and not form.endswith(("ه", "ات"))
        )
        is_shaped = ends_as_verb or (is_present and (form[-1] != "ي" or len(form) <= 5))
        if (is_tenth and form.endswith("ت")) or (is_shaped and not is_foreign(form)):
            return True
    return False


def _has_verb(form: str) -> bool:
    """True for a verb with what stands behind it: سيخوضان, يطالبون, أعلنتها."""
    if form.endswith(("ان", "ون")):
        return form[:-2] in _PRESENTS
    return any(
        form.endswith(object_) and len(form) - len(object_) >= 4 and form[: -len(object_)] in _PASTS
        for object_ in ("ها", "هم", "هما")
    )


def _behind_prepositions(parts: Sequence[Sequence[Sequence[str]]]) -> set[str]:
    return {
        word
        for clauses in parts
        for clause in clauses
        for before, word in pairwise(clause)
        if before in _PREPOSITIONS
    }


def _introduced(clause: Sequence[str], nouns: Collection[str]) -> set[str]:
    """The words after a title and its adjectives: الرئيس الروسي فلاديمير بوتين gives two names."""
    out: set[str] = set()
    is_open, left = False, 0
    for word in clause:
        if word in TITLES:
            is_open, left = True, _LONGEST_NAME
        elif is_open and word.startswith("ال") and left == _LONGEST_NAME:
            continue
        elif is_open and left and not _ends_name(word, nouns):
            out.add(word)
            left -= 1
        elif word not in OFFICES:
            is_open, left = False, 0
    return out


def _ends_name(word: str, nouns: Collection[str]) -> bool:
    """True for what is no name: a function word, a verb, a plural or feminine noun, an office."""
    if word in _GIVEN or word in _PLACES:
        return False
    is_joined = word[:1] in ("و", "ف") and (word[1:].startswith("ال") or is_verb(word, nouns))
    is_noun = len(word) >= 5 and word.endswith(("ات", "ه", "ين", "ون")) and not is_foreign(word)
    is_doing = bool(_DOING.fullmatch(word)) and not is_foreign(word)
    return (
        word in FUNCTION_WORDS or word in OFFICES or is_joined or is_noun or is_doing or is_verb(word, nouns)
    )
