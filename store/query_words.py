"""The words of the query language: its grammar as it is shown, and what fields, states and orders are called. Pure data.

Every name is looked up by its key (:func:`store.arabic.label_key`), so it may be written in any spelling.
"""

from __future__ import annotations

from .arabic import label_key
from .query_tree import Sort, State

#: What ``newsreader search --syntax`` and the help show.
SYNTAX = """\
كلمة أخرى           all words, in any spelling: شويغو finds شويجو     أوكرانيا finds لأوكرانيا
"كوريا الشمالية"    these words side by side                         ="كلمة" or =كلمة  the word as written
-كلمة               without                                          كلمة OR أخرى   either (also |)
كور*                words that begin so; also "كوريا الشم*"          (أ OR ب) ج     grouping
/كيم (جونغ|جونج)/   a regular expression, in headline and text: harakat, hamza and capitals do not count
title:/^عاجل/       the same in the headline                         keyword:/…/    in the keywords; \\/ is a slash

title:    عنوان:    in the headline                  source:  مصدر:    of an outlet
keyword:  كلمة:     in the keywords                  agency:  وكالة:   of an agency
tag:      وسم:      with a tag                       story:   قصة:     in the story of an article (its number)
saved:    محفوظ:    what a saved search finds        (by its name)
after:    بعد:      from then on                     before:  قبل:     before then
on:       يوم:      in that day, month, year or range
is:       حالة:     unread read starred untagged     غير_مقروء مقروء مميز بلا_وسم
                    muted (else left out)            مكتوم
has:      فيه:      links note highlight             روابط ملاحظة تظليل
note:     ملاحظة:   in what you wrote of it          feed:    موجز:    came by a feed (its title or number)
sort:     ترتيب:    date oldest relevance outlet title added    تاريخ الأقدم صلة مصدر عنوان وصول

Dates: 2023-09-14  2023-09  2023  14/9/2023  2023-01..2023-03  7d..3d  سبتمبر_2023
       today yesterday sunday 12h 7d 2w 3m 1y      اليوم أمس الأحد 7أيام أسبوعين الأسبوع_الماضي هذا_الشهر
A value of several words stands in quotes: source:"الشرق الأوسط".
"""

#: What a field is called → the field.
FIELDS = {
    label_key(name): field
    for field, names in (
        ("title", "title عنوان العنوان"),
        ("source", "source outlet مصدر المصدر موقع الموقع"),
        ("agency", "agency وكالة الوكالة"),
        ("keyword", "keyword keywords كلمة الكلمة كلمات الكلمات مفتاح"),
        ("tag", "tag وسم الوسم"),
        ("feed", "feed موجز الموجز خلاصة الخلاصة"),
        ("is", "is حالة الحالة هو"),
        ("has", "has فيه له"),
        ("after", "after since بعد منذ"),
        ("before", "before قبل"),
        ("on", "on date يوم اليوم تاريخ التاريخ في"),
        ("story", "story قصة القصة"),
        ("saved", "saved محفوظ المحفوظ بحث البحث"),
        ("note", "note notes ملاحظة الملاحظة ملاحظات الملاحظات"),
        ("sort", "sort ترتيب الترتيب رتب"),
    )
    for name in names.split()
}
#: How the name of a field may be written: letters, also with harakat.
FIELD_NAME = "(?:[^\\W\\d_][\u064b-\u0652\u0670]*)+"
#: Fields whose values are words or names: what begins so is found by ``*``.
_WITH_BEGINNINGS = frozenset(["title", "source", "agency", "keyword", "tag", "feed", "note"])


def field_of(name: str) -> str | None:
    """The field of that name, in any spelling; None for none."""
    return FIELDS.get(label_key(name))


def finds_beginnings(name: str) -> bool:
    """Whether the field of that name finds ``word*`` by how words or names begin."""
    return field_of(name) in _WITH_BEGINNINGS


#: What these fields may be given, as it is shown: in English, in Arabic.
SHOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "is": (
        ("unread", "read", "starred", "untagged", "muted"),
        ("غير_مقروء", "مقروء", "مميز", "بلا_وسم", "مكتوم"),
    ),
    "has": (("links", "note", "highlight"), ("روابط", "ملاحظة", "تظليل")),
    "sort": (
        ("date", "oldest", "relevance", "outlet", "title", "added"),
        ("تاريخ", "الأقدم", "صلة", "مصدر", "عنوان", "وصول"),
    ),
}
#: What ``is:`` may ask.
STATES = {
    label_key(name): state
    for state, names in (
        (State.UNREAD, "unread/جديد/غير مقروء/غير_مقروء"),
        (State.READ, "read/مقروء"),
        (State.STARRED, "starred/star/مميز/نجمة/بنجمة"),
        (State.UNTAGGED, "untagged/بلا وسم/بلا_وسم/بدون_وسم"),
        (State.MUTED, "muted/مكتوم/مكتومة"),
    )
    for name in names.split("/")
}
#: What ``has:`` may ask.
THINGS = {
    label_key(name): state
    for state, names in (
        (State.LINKS, "links/link/روابط/رابط"),
        (State.NOTE, "note/notes/ملاحظة/ملاحظات"),
        (State.HIGHLIGHT, "highlight/highlights/تظليل/مظلل/مقطع"),
    )
    for name in names.split("/")
}
#: What ``sort:`` may ask.
SORTS = {
    label_key(name): sort
    for sort, names in (
        (Sort.DATE, "date/newest/تاريخ/التاريخ/الأحدث"),
        (Sort.OLDEST, "oldest/الأقدم/قديم"),
        (Sort.RELEVANCE, "relevance/rank/صلة/الصلة/الأقرب"),
        (Sort.OUTLET, "outlet/source/مصدر/المصدر"),
        (Sort.TITLE, "title/headline/عنوان/العنوان"),
        (Sort.ADDED, "added/arrival/وصول/الوصول"),
    )
    for name in names.split("/")
}
