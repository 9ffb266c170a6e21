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
