"""The lines of a saved page that are not prose: what each marks, in every spelling known.

:func:`classify` looks at one line alone; what a mark means in its place is
decided in :mod:`store.ingest.page`.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from .dates import is_date_line, parse_date
from .spelling import MARKS, fold, fold_case, openings


class Mark(Enum):
    """What a line marks."""

    TITLE = "title"
    DATE = "date"
    UPDATED = "updated"
    SOURCE = "source"
    KEYWORDS = "keywords"
    BYLINE = "byline"
    READ_ALSO = "read_also"
    READ_MORE = "read_more"
    SIMILAR = "similar"
    SHARE_TAGS = "share_tags"
    BULLET = "bullet"
    BOILERPLATE = "boilerplate"


class Marked(NamedTuple):
    """A mark and the text that stands on its line with it (may be empty); there are a dozen in a page."""

    mark: Mark
    value: str
    has_colon: bool = False


#: Signs before an item of a list, whatever the page used.
BULLET = re.compile(r"(?:[•●▪■◾◼◦‣⁃∙·○◆◇►▶▸➤➔✓✔*»›]|[-–—](?= )|\(?\d{1,2}[.)\-](?= ))+ *(?=\S)")
#: Bullets that part headlines written on one line.
INLINE_BULLET = re.compile(r" *[•●▪■◾◼◦‣⁃∙○◆◇►▶▸➤➔] *")

_COLON = r" *(?P<colon>[:\uff1a\ufe55])? *"
_LEAD = r"(?:[#>*=|«\[(/•●▪■◦►▶▸\-–—] *){0,4}"


def _folded(phrases: str) -> str:
    """The source of a pattern for folded lines; a blank stands for one blank or more."""
    return re.sub(r" (?![?*+{])", " +", fold(phrases))


_PHRASES: tuple[tuple[Mark, str], ...] = (
    (Mark.TITLE, "العنوان|عنوان المقال|عنوان الخبر|title|headline|subject"),
    (
        Mark.DATE,
        "تاريخ ووقت النشر|تاريخ النشر|تاريخ الإضافة|تاريخ الخبر|تاريخ المقال|تاريخ الإنشاء|التاريخ|تاريخ|تم النشر(?: في| يوم| بتاريخ)?|"
        "أضيف(?:ت)? (?:في|بتاريخ)|نشر(?:ت)?(?: في| يوم| بتاريخ|:)?|النشر|وقت النشر|published(?: on| at)?|posted(?: on)?|date",
    ),
    (Mark.UPDATED, "آخر تحديث|تاريخ التحديث|تم التحديث(?: في)?|حدث في|تحديث|(?:last )?updated(?: on)?"),
    (Mark.SOURCE, "المصدر|المصادر|مصدر الخبر|مصدر|نقلا عن|source"),
    (
        Mark.SIMILAR,
        "(?:(?:ال)?مقالات|(?:ال)?مواضيع|(?:ال)?موضوعات|(?:ال)?أخبار|تقارير|(?:ال)?مواد|قصص|مشاركات) "
        "(?:(?:ال)?مشابهة|(?:ال)?متشابهة|ذات (?:ال)?صلة|ذات علاقة|(?:ال)?متعلقة|(?:ال)?مرتبطة|اخرى|قد تهمك|مقترحة)|"
        "قد (?:يهمك|يعجبك|تهمك|يهمكم)(?: ايضا| كذلك)?|ربما يهمك|اخترنا لك|الأكثر (?:قراءة|مشاهدة|تداولا)|شاهد ايضا|تابع ايضا|"
        "المزيد من (?:الاخبار|المقالات|المواضيع|التقارير)|related(?: articles| posts| news)?|you may also like",
    ),
    (
        Mark.KEYWORDS,
        "(?:ال)?كلمات (?:ال)?(?:دلالية|دلاليه|داله|دالة|مفتاحية|مفتاحيه|مفتاح|بحث)|كلمات البحث|الكلمات|(?:ال)?وسوم|الوسم|(?:ال)?تاجات|"
        "(?:ال)?هاشتاجات|مواضيع المقال|(?:ال)?مواضيع|(?:ال)?موضوعات|(?:اقرا )?المزيد عن|tags?|keywords?",
    ),
    (Mark.BYLINE, "بقلم|كتب(?:ت|ها|ه)?|كاتب المقال|الكاتب|المحرر|تحرير|إعداد|تقرير|ترجمة|by|author"),
    (
        Mark.READ_ALSO,
        "(?:و|ل)?(?:ا|ت)قرا(?:وا|ؤوا|ئي|ي)? (?:ايضا|كذلك|كمان)(?: في هذا الملف| على موقعنا)?|(?:ل)?لمزيد (?:اقرا|طالع)|طالع ايضا|انظر ايضا|"
        "اقرا(?:وا)? (?:في هذا الموضوع|في هذا السياق|ذات صلة|عن)|لا يفوتك|لا (?:تفوت|تفوتك|يفوتكم)(?: قراءة)?|read also|also read",
    ),
    (
        Mark.READ_MORE,
        "(?:ا|ت)قرا(?:وا|ؤوا|ئي|ي)? (?:المزيد|اكثر|التفاصيل|الخبر كاملا)(?: من (?:الاخبار|المقالات))?|للمزيد|المزيد|read more",
    ),
    (Mark.SHARE_TAGS, "طباعة (?:و)?شارك|طباعة (?:و)?مشاركة|شارك (?:و)?طباعة"),
)
# Matched against the folded beginning of a line: one plain spelling there stands for all.
_FIELDS = re.compile(
    f"{_LEAD}(?:{'|'.join(f'(?P<{mark.name}>{_folded(phrases)})' for mark, phrases in _PHRASES)})"
    rf"(?P<glue>[^\W_])?{_COLON}"
)

_GROUPS = tuple((mark, mark.name) for mark, _ in _PHRASES)

# Whole lines of a page's furniture. Each alternative must match the line to its end.
_SITES = (
    "(?:ال)?فيسبوك|(?:ال)?تويتر|(?:ال)?واتساب|واتس اب|تلغرام|تليجرام|تيليجرام|لينكد ?ان|لينكدين|انستغرام|انستجرام|يوتيوب|بينتريست|"
    "ماسنجر|بينتيريست|لينكدإن|مشاركة عبر البريد|تمبلر|ريديت|سناب ?شات|تيك ?توك|البريد(?: الالكتروني)?|بريد(?: الكتروني)?|ايميل|facebook|twitter|whatsapp|telegram|linkedin|pinterest|"
    "instagram|youtube|messenger|tumblr|reddit|email|e-mail|print|copy link|share|tweet|x|rss|طباعة|مشاركة|شارك|نسخ الرابط|نسخ"
)
_FURNITURE = (
    f"(?:(?:{_SITES})(?: *[,،|/•·] *| +(?:و|عبر |على )?|$))+"
    "|شاركها?|مشاركة|(?:شارك(?:وا)?|انشر|مشاركة)(?: هذا| هذه)? ?(?:المقال|المقالة|الخبر|الموضوع|الصفحة|عبر|على|مع اصدقائك|القصة|الرابط)(?: (?:عبر|على|مع)[^.]{0,60})?"
    "|(?:اترك|اكتب|أضف|ضع|شاركنا)(?: لنا)? (?:تعليق|تعليقك|تعليقا|ردا|ردك|رأيك|رد|تعليقك هنا|تعليق جديد)(?: هنا| الغاء الرد| على [^.]{0,80})?|الغاء الرد"
    "|لن يتم نشر عنوان بريدك الالكتروني.{0,80}|الحقول الإلزامية مشار اليها.{0,20}|لن ينشر بريدك.{0,60}"
    "|احفظ اسمي.{0,120}|(?:الاسم|الموقع(?: الالكتروني)?|البريد الالكتروني|التعليق|تعليقك|الرسالة) ?[*:]*"
    "|(?:ارسال|إرسال|أرسل)(?: (?:التعليق|تعليق|الرد))?|(?:ال)?تعليقات?(?: ?[(:] ?[0-9٠-٩]{1,6} ?[)]?)?|[0-9٠-٩]{1,6} (?:تعليق|تعليقات|مشاهدة|مشاهدات|شوهد|زيارة|قراءة|دقيقة|دقائق)(?: للقراءة| قراءة)?"
    "|(?:لا يوجد|لا توجد|لا) تعليقات?|كن أول من يعلق|(?:عدد )?(?:المشاهدات|مشاهدات|القراءات|الزيارات) ?:? ?[0-9٠-٩,.]{1,9}"
    "|(?:مدة|وقت|زمن) القراءة ?:? ?.{0,20}|[0-9٠-٩]{1,3} (?:دقيقة|دقائق) (?:للقراءة|قراءة)|(?:اقل من )?دقيقة(?: واحدة)?(?: للقراءة| قراءة)?"
    "|(?:مصدر|صدر) الصورة ?[,،:] ?.{0,80}|الدور ?[,،] .{2,80}|معلومات المقال|list [0-9]{1,2} of [0-9]{1,2}|list of [0-9]{1,2} items?|end of list"
    "|(?:تخطى|تخطي) .{2,60} وواصل القراءة|نهاية (?:قصص مقترحة|مواضيع قد تهمك|قد يهمك ايضا|الأكثر قراءة|بودكاست|البودكاست)"
    "|(?:قصص مقترحة|مواضيع قد تهمك|قد يهمك ايضا|الأكثر قراءة|البودكاست) نهاية"
    "|ظهرت (?:المقالة|المقال|التدوينة|هذه المقالة) .{1,300} (?:أولاً على|أولا على|لأول مرة على) .{1,100}|the post .{1,300} (?:first )?appeared (?:first )?on .{1,100}"
    "|read (?:the )?(?:full|rest|more).{0,60}|(?:متابعة|تابع|أكمل|اكمل|اقرا) (?:القراءة|المقال|الخبر)(?: كاملا)?(?: (?:على|من|في) .{1,60})?"
    "|انتهى *//|النهاية *[)].{0,40}|تابعوا (?:اخر|أحدث|اهم) الأخبار من .{2,60}|(?:النص|نص (?:الخبر|المقال)|المحتوى|المتن|التفاصيل) ?:"
    "|(?:منذ|قبل) (?:(?:[0-9]{1,3}|بضع|عدة) )?(?:ثانية|ثواني|ثوان|دقيقة|دقائق|دقيقتين|ساعة|ساعات|ساعتين|يوم|ايام|يومين|اسبوع|اسابيع|اسبوعين|شهر|اشهر|شهور|شهرين|سنة|سنوات|سنتين|عام|عامين)(?: (?:واحدة?|تقريبا))?"
    "|اذا كنت تعتقد.{0,20} ان (?:المقال|الخبر).{0,160}|(?:المقالات المنشورة|(?:ال)?اراء (?:الواردة|المنشورة)|الآراء) .{0,60}(?:عن|تعبر|تمثل) .{0,100}|camera icon|share this ?:|like this ?:|like loading|published"
    "|(?:from|to|cc|reply-to|message-id|mime-version|content-[a-z-]{2,30}|x-[a-z-]{2,30}|return-path|received) ?: .{1,200}"
    "|[0-9]{1,3} (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?) ago|مرتبط|مرتبطة|تصفح المقالات|تنقل المقالات"
    "|هذا (?:المحتوى|المقال) (?:متاح |مخصص |حصري )?للمشتركين.{0,120}|اشترك الان|سجل الدخول|تسجيل الدخول"
    "|متابعة أخبار .{2,30} على .{2,80}"
    "|جميع الحقوق محفوظة.{0,80}|(?:حقوق النشر|copyright|©|ⓒ).{0,100}|all rights reserved.{0,60}|©.{0,100}"
    "|(?:تابعنا|تابعونا|تابع|تابعوا)(?: (?:[a-z]{2,20}|صفحتنا|حسابنا|قناتنا|(?:اخر|احدث|اهم) (?:الاخبار|اخبارنا|اخبار)(?: .{2,70})?|أخبارنا|موقعنا))? ?(?:على|عبر|من خلال).{0,90}"
    "|(?:اشترك|اشتركوا|انضم|انضموا|سجل)(?: الآن| معنا)? (?:في|الى|على|مجانا).{0,90}|(?:ال)?نشرة (?:ال)?(?:بريدية|اخبارية)"
    "|(?:اشترك|اشتركوا)(?: الآن)? (?:بنشرتنا|بالنشرة|بقناتنا)(?: (?:الاخبارية|البريدية|اليومية))?|(?:ادخل|اكتب) بريدك(?: الالكتروني)?(?: هنا)?|(?:ارسال|ارسل) (?:الى|لـ?) ?صديق"
    "|(?:حمل|حملوا|نزل) (?:تطبيقنا|التطبيق|تطبيق .{2,30})|app store|google play|google news|اتصل بنا|اتصلوا بنا|سياسة الخصوصية|شروط الاستخدام|(?:ال)?ارشيف|هيئة التحرير|خريطة الموقع"
    "|اقرا (?:الخبر |المقال |المزيد )?(?:في|من|على) (?:الموقع|المصدر)(?: الاصلي)?|(?:عودة|رجوع) (?:الى |لل)(?:صفحة )?(?:ال)?رئيسية|(?:[0-9٠-٩]{1,5} ){1,2}(?:دقيقة|دقائق)"
    "|(?:التصنيف|التصنيفات|القسم|مصنف تحت|مصنف في) ?: ?[^.]{2,60}|الاشتراك في ?: ?تعليقات الرسالة.{0,20}|(?:يتم التشغيل بواسطة|مدعوم (?:من|بواسطة)|powered by) [a-z. ]{3,30}|(?:اخر|احدث) الاخبار|نموذج الاتصال|علق كضيف.{0,60}|رسالة أحدث|رسالة أقدم"
    "|(?:اعلان|إعلانات|الاعلانات|advertisement|ads?|sponsored|ممول)|تم نسخ الرابط|نسخ الرابط|رابط مختصر.{0,80}|الرابط المختصر.{0,80}|رابط دائم.{0,80}"
    "|(?:المقال|الخبر|المقالة|الموضوع) (?:السابق|التالي|السابقة|التالية)|السابق|التالي|(?:الصفحة )?الرئيسية(?: *[»›>/|←\\\\-] ?.{1,140})?|home *[»›>/|] ?.{1,140}|العودة (?:الى|للأعلى).{0,30}|تحميل المزيد|عرض المزيد|المزيد"
    "|تكبير الخط|تصغير الخط|حجم الخط.{0,20}|a\\+? ?a-?|استمع (?:الى|إلى) (?:المقال|الخبر).{0,20}|skip to content|تخطي? الى المحتوى|comments? ?(?:[(]?[0-9]{0,5}[)]?)?|leave a (?:comment|reply)"
)
_BOILERPLATE = re.compile(f"{_LEAD}(?:{_folded(_FURNITURE)}) *[.:*!]*")
#: ``كتب فريق التحرير 3 دقيقة للقراءة``: a byline with the reading time of a WordPress theme.
_BYLINE_TIMED = (
    r"(?:كتبت?|بقلم|بواسطة) ?:? ?(?P<name>.{2,60}?) *[0-9٠-٩]{1,3} (?:دقيقة|دقائق|دقايق) (?:للقراءة|قراءة)"
)
_EDITED_BY = "(?:فريق|هيئة|قسم|غرفة) (?:التحرير|الأخبار|الترجمة)|(?:ال)?تحرير|كتب(?:ه|ها) [^.،:]{3,40}|بواسطة [^.،:]{3,40}|الكاتب ?[,،] [^.،:]{3,40}"
_BYLINE_WITH_TIME = re.compile(_folded(_BYLINE_TIMED))
_EDITORS = re.compile(_folded(_EDITED_BY))
# Most lines are prose, and their first word already says so: the patterns are tried on the others alone.
_FIRST_WORDS = tuple(
    sorted(
        openings("|".join((*(phrases for _, phrases in _PHRASES), _FURNITURE, _BYLINE_TIMED, _EDITED_BY)))
        - {""}
    )
)
_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_SIGNS = "#>*=|«[(/ "
#: Searched for in a fifth of the time of the next, and not there in most lines.
_TWO_DIGITS = re.compile("[12١٢۱۲][0-9٠-٩۰-۹]")
_YEAR = re.compile("(?:1[89]|20|١[٨٩]|٢٠|۱[۸۹]|۲۰)")
#: A year, or a whole date of eight digits; numbers of other lengths are in no date.
_OF_A_DATE = re.compile(rf"(?<!\d)\d(?:[{MARKS}]*\d){{3}}(?:(?:[{MARKS}]*\d){{4}})?(?![{MARKS}]*\d)")
_LONGEST_MARKED = 3000
_LONGEST_MARKER = 80
_MARK = re.compile(f"[{MARKS}]")
_LONGEST_FURNITURE = 420
_LONGEST_DATE = 80
_LONGEST_RIGHTS = 100
#: Furniture that begins like a great many words: not to be looked for by its first one.
_SHORT = re.compile("من نحن|(?:[aAاأ] ?[+-] ?){1,2}")
_LONGEST_SHORT = 8
_LONGEST_REPEATED = 200


def classify(line: str) -> Marked | None:
    """Say what ``line`` (stripped, not empty) marks; None for prose.

    Lines that only their neighbours can tell from prose (a source without a
    colon, a headline) are left to the caller.
    """
    start = _behind_bullet(line)
    if _may_be_mark(line[start : start + 16].lstrip(_SIGNS).partition(" ")[0]):
        marked = _mark_on(line) if len(line) > _LONGEST_REPEATED else _mark_on_repeated(line)
        if marked:
            return marked
    if (len(line) <= _LONGEST_SHORT or "©" in line) and len(line) < _LONGEST_RIGHTS and _is_furniture(line):
        return Marked(Mark.BOILERPLATE, line)
    if (
        len(line) < _LONGEST_DATE
        and _TWO_DIGITS.search(line)
        and _YEAR.search(line)
        and _OF_A_DATE.search(line)
    ):
        if is_date_line(line):
            return Marked(Mark.DATE, line)
        # «17 سبتمبر 2023 • تحديث: 18 سبتمبر 2023», «16:35 GMT 21.03.2024 (تم التحديث: 17:02 GMT 21.03.2024)»
        first, _, second = (part.strip() for part in _BEFORE_UPDATE.sub("•", line, count=1).partition("•"))
        if (
            second
            and is_date_line(first)
            and (other := _mark_on(second.rstrip(")")))
            and other.mark in _DATES
        ):
            return Marked(Mark.DATE, first)
    return Marked(Mark.BULLET, line[start:]) if start else None


def _is_furniture(line: str) -> bool:
    """Furniture that its first word does not tell: «Alkompis Communication AB © 2024», «أ+»."""
    if len(line) <= _LONGEST_SHORT:
        return _SHORT.fullmatch(line) is not None
    return not line.endswith(".")


_NEIGHBOURS = re.compile(
    _folded("(?:المقال|الخبر|المقالة|الموضوع) (?:السابق|التالي|السابقة|التالية)|(?:اخر|احدث) الاخبار")
)


def is_above_others(line: str) -> bool:
    """True for a piece of furniture that headlines of other articles stand under, where the text is over."""
    return len(line) <= 20 and _NEIGHBOURS.fullmatch(fold(line)) is not None


def _behind_bullet(line: str) -> int:
    """Where the text of an item of a list begins; 0 for a line that is none."""
    if line[0].isalpha():
        return 0
    if line.startswith("• ") and line[2:3].isalpha():
        # As most sites have them.
        return 2
    bullet = BULLET.match(line)
    return bullet.end() if bullet else 0


_BEFORE_UPDATE = re.compile(r" *\((?=[^\d()]{4,20}\d)")
_DATES = (Mark.DATE, Mark.UPDATED)


@lru_cache(maxsize=1 << 12)
def _may_be_mark(first_word: str) -> bool:
    """True when some marker or furniture begins with this word, as far as it goes."""
    folded = fold_case(first_word)
    return folded.startswith(_FIRST_WORDS) or folded[:1] in _DIGITS


def _mark_on(line: str) -> Marked | None:
    start = fold_case(line[:_LONGEST_MARKER])
    if len(line) <= _LONGEST_MARKED and (match := _FIELDS.match(start)) and (marked := _field(match, line)):
        return marked
    if len(line) > _LONGEST_FURNITURE:
        return None
    folded = start if len(line) <= _LONGEST_MARKER else fold_case(line)
    if match := _BYLINE_WITH_TIME.fullmatch(folded):
        return Marked(
            Mark.BYLINE,
            line[_unfolded(line, match.start("name")) : _unfolded(line, match.end("name"))].strip(),
        )
    if _EDITORS.fullmatch(folded):
        return Marked(Mark.BYLINE, line)
    return Marked(Mark.BOILERPLATE, line) if _BOILERPLATE.fullmatch(folded) else None


#: Pages of one time share their sources, dates and furniture.
_mark_on_repeated = lru_cache(maxsize=1 << 12)(_mark_on)


def _unfolded(line: str, index: int) -> int:
    """The index in ``line`` of the character that stands at ``index`` of its folded form."""
    if line.isascii() or not _MARK.search(line, 0, index * 3 + 8):
        return index
    count = 0
    for at, character in enumerate(line):
        if count == index and not _MARK.match(character):
            return at
        count += not _MARK.match(character)
    return len(line)


def _field(match: re.Match[str], line: str) -> Marked | None:
    mark = _mark_of(match)
    has_colon = match["colon"] is not None
    value = line[_unfolded(line, match.end()) :].strip()
    if match["glue"]:
        # Only الوسوم is known to be glued to what follows; elsewhere it is a longer word.
        if mark is not Mark.KEYWORDS and mark is not Mark.READ_MORE:
            return None
        value = line[_unfolded(line, match.start("glue")) :].strip()
    if mark is Mark.READ_ALSO or mark is Mark.READ_MORE:
        value = value.lstrip("|–—-»›>:.· ")
    if mark is Mark.KEYWORDS and _TOPICS.search(match[mark.name]):
        is_list = bool(_LISTS.search(value)) if has_colon else not value
        return Marked(mark, value, has_colon) if is_list else None
    if (
        mark is Mark.DATE
        and not has_colon
        and (match[mark.name] in ("نشر", "نشرت") or match[mark.name].startswith("اضيف"))
        and not is_date_line(value)
    ):
        return None
    return Marked(mark, value, has_colon) if _is_plausible(mark, value, has_colon) else None


#: Words that prose begins with as well: keywords only with a list behind or below them.
_TOPICS = re.compile("(?:^(?:ال)?(?:مواضيع|موضوعات|كلمات)|المزيد عن)$")
_LISTS = re.compile(r"^(?!.*\.$).*[،,|•●▪·/#]|^\S+(?: \S+)?$")


def _mark_of(match: re.Match[str]) -> Mark:
    return next(mark for mark, group in _GROUPS if match.start(group) >= 0)


_ON_A_DAY = re.compile(r"(?P<name>[^.:\d]{3,40}?) (?:في|بتاريخ|يوم) (?P<date>[^.]{6,40})")


def without_date(name: str) -> tuple[str, str]:
    """Who wrote a text, and the date behind the name: «عدنان الربيعي في 22 أيار 2023»; "" for none."""
    # «نادين حداد | أغسطس 30, 2023 | أخبار ألمانيا»
    first, *others = (part.strip() for part in name.split("|"))
    if others and is_date_line(others[0]):
        return first, others[0]
    if (match := _ON_A_DAY.fullmatch(name)) and is_date_line(match["date"]):
        return match["name"], match["date"]
    return name, ""


def _is_plausible(mark: Mark, value: str, has_colon: bool) -> bool:
    """Prose may begin with a marker's words: then there is no colon, or too much behind it."""
    if mark in (Mark.DATE, Mark.UPDATED):
        return (
            bool(value)
            and len(value) <= 120
            and (parse_date(value) is not None or (has_colon and len(value) < 60))
        )
    if mark is Mark.SOURCE:
        return has_colon and 0 < len(value) <= 80
    if mark is Mark.TITLE:
        return has_colon and 0 < len(value) <= 300
    if mark is Mark.BYLINE:
        value = without_date(value)[0]
        return has_colon and 0 < len(value.split()) <= 5 and not value.endswith(".")
    if mark is Mark.READ_ALSO:
        return has_colon or not value or len(value) <= 200
    if mark is Mark.READ_MORE:
        return has_colon or not value
    if mark is Mark.SIMILAR:
        return not value or has_colon or bool(BULLET.match(value))
    if mark is Mark.KEYWORDS:
        return has_colon or not value or not value.endswith(".")
    return True
