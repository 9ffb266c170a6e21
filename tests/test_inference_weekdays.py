"""What a text says of its day, and the days inferred from it."""

from __future__ import annotations

import pytest

from store.weekdays import day_words

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("ذكرت الوكالة، اليوم الأحد، أن كيم وصل.", SUNDAY),
        ("ذكرت الوكالة اليوم، الأحد، أن كيم وصل.", SUNDAY),
        ("ذكرت الوكالة صباح اليوم الاثنين أن كيم وصل.", MONDAY),
        ("أشارت المتحدثة، أمس الاثنين، إلى أن الوزير سافر.", TUESDAY),
        ("أشارت المتحدثة يوم أمس الإثنين إلى أن الوزير سافر.", TUESDAY),
        ("قالت سول، أمس الأول الجمعة، إن التعاون ينتهك العقوبات.", SUNDAY),
        ("قالت سول، أول أمس الجمعة، إن التعاون ينتهك العقوبات.", SUNDAY),
        ("قالت سول أول من أمس الجمعة إن التعاون ينتهك العقوبات.", SUNDAY),
        ("تبدأ القمة غدا الخميس في جدة.", WEDNESDAY),
        ("تبدأ القمة بعد غد السبت في جدة.", THURSDAY),
        ("اجتمع الوزراء هذا الأربعاء في جدة.", WEDNESDAY),
        # bare: agency style, in the clause that reports
        ("أعلن مكتب الرئاسة الزيارة يوم الاثنين.", MONDAY),
        ("غادر الزعيم العاصمة الأحد في قطار، وفق ما أفادت وسيلة إعلام في وقت مبكر الثلاثاء.", TUESDAY),
        ("قال مسؤول أمريكي، الإثنين، إن الزعيم قد يسافر.", MONDAY),
        # no day of publication
        ("تمكنت الفرقة يوم السبت 25 فبراير من الكشف عن خلية.", None),
        ("تدور الأحد 12 فيفري مباريات الجولة الأخيرة.", None),
        ("بدأت الحرب الجمعة الماضي ولم تنته.", None),
        ("تنطلق البطولة السبت المقبل في تونس.", None),
        ("قال أحد الوزراء إن العمل مستمر.", None),
        ("لا يوم في هذا النص.", None),
        ("", None),
    ],
)
def test_the_weekday_of_publication(text: str, weekday: int | None) -> None:
    assert day_words("", (text,)).weekday == weekday


def test_what_is_said_outright_goes_before_a_bare_weekday() -> None:
    words = day_words(
        "", ("قال مسؤول أمريكي، الإثنين، إن الزعيم قد يسافر.", "وأشارت المتحدثة، أمس الاثنين، إلى ذلك.")
    )
    assert (words.weekday, words.is_explicit) == (TUESDAY, True)


def test_most_expressions_win() -> None:
    body = ("قال اليوم الأحد إنه وصل.", "وكان أمس السبت في موسكو.", "ونقل عنه اليوم الاثنين غير ذلك.")
    assert day_words("", body).weekday == SUNDAY


def test_a_bare_weekday_counts_in_the_first_paragraph_alone() -> None:
    assert day_words("", ("فقرة أولى بلا يوم.", "وعقد الاجتماع يوم الجمعة.")).weekday is None


def test_a_full_date_called_today_needs_no_other_article() -> None:
    # 17 September 2023 was a Sunday: 1694908800 is its first second, UTC.
    assert day_words("", ("قالت الوكالة اليوم الأحد 17 سبتمبر 2023 إنه وصل.",)).day == 1694908800
    assert day_words("", ("قالت الوكالة اليوم الاثنين 17 سبتمبر 2023 إنه وصل.",)).day is None


def test_a_full_date_of_yesterday_tells_today() -> None:
    assert day_words("", ("قالت الوكالة أمس الأحد 17 سبتمبر 2023 إنه وصل.",)).day == 1694908800 + 86_400


def test_a_day_must_agree_with_the_date_the_text_gives() -> None:
    words = day_words("", ("تدور اليوم الأحد 12 فيفري مباريات الجولة السادسة.",))
    assert (words.weekday, words.day, words.dates) == (SUNDAY, None, frozenset({(2, 12, 0)}))
    # Days since 1970: 12 February 2017 was a Sunday; the Sunday after is another; in 2018 it was a Monday.
    assert words.is_on(17_209)
    assert not words.is_on(17_209 + 7)
    assert not words.is_on(17_209 + 365)
    yesterday = day_words("", ("وصل الوفد أمس السبت 11 فبراير إلى جدة.",))
    assert yesterday.is_on(17_209)
    assert not yesterday.is_on(17_209 - 7)


@pytest.mark.parametrize("text", ["قتل اليوم الأحد 12 شخصا.", "أوقف اليوم الأحد 9 إرهابيين في الجبل."])
def test_a_number_behind_a_weekday_is_no_date_by_itself(text: str) -> None:
    assert day_words("", (text,)).dates == frozenset()


@pytest.mark.parametrize(
    ("title", "lead", "expected"),
    [
        ("", "قال مسؤول إن الزعيم قد يسافر إلى روسيا قريبا.", True),
        ("", "سيزور الزعيم الكوري الشمالي روسيا للقاء الرئيس.", True),
        ("", "يعتزم الرئيس عقد قمة في جدة.", True),
        ("الرئاسة: كيم سيجري محادثات مع بوتين", "نص.", True),
        ("", "غادر الزعيم العاصمة متوجها إلى روسيا.", False),
        ("", "قال سيرجي شويجو إن سياسة بلاده لن تتغير في سيول.", False),
    ],
)
def test_a_lead_that_looks_ahead(title: str, lead: str, expected: bool) -> None:
    assert day_words(title, (lead,)).looks_ahead is expected
