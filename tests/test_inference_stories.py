"""Days for undated reports of several stories: found from weekdays and dated reports, or left alone."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from story_harness import SEEDS

from store import Store

#: A journey over a month's end; the last report states its day, Friday, 2 February 2024.
JOURNEY = (
    "وصل وزير الخارجية الأمريكي أنتوني بلينكن إلى الرياض، الثلاثاء، في مستهل جولة جديدة في الشرق الأوسط يبحث خلالها "
    "هدنة في غزة والإفراج عن الرهائن.\n\nالمصدر: الراي",
    "بحث وزير الخارجية الأمريكي أنتوني بلينكن مع الرئيس المصري عبد الفتاح السيسي في القاهرة اليوم الأربعاء جهود التوصل "
    "إلى هدنة في غزة والإفراج عن الرهائن.\n\nوكان بلينكن قد التقى أمس الثلاثاء ولي العهد السعودي في الرياض.\n\nالمصدر: البيان",
    "قال وزير الخارجية الأمريكي أنتوني بلينكن في الدوحة إن رد حماس على مقترح الهدنة في غزة قيد الدراسة، وذلك بعد يوم من "
    "لقائه الرئيس المصري أمس الأربعاء في القاهرة ضمن جولته في الشرق الأوسط.\n\nالمصدر: النهار",
    "بلينكن يختتم جولته في الشرق الأوسط من دون اتفاق على هدنة غزة\nتاريخ النشر: 2nd, February 2024 GMT\n\n"
    "اختتم وزير الخارجية الأمريكي أنتوني بلينكن جولته في الشرق الأوسط بعد محادثات في الرياض والقاهرة والدوحة حول هدنة في "
    "غزة والإفراج عن الرهائن، من دون إعلان اتفاق.\n\nالمصدر: كويت نيوز",
)
#: What followed an event of Monday, 6 May 2024, by its own words.
SEQUEL = (
    "الكنيست يصوت على قانون إغلاق مكاتب قناة الجزيرة في إسرائيل\nتاريخ النشر: 6th, May 2024 GMT\n\n"
    "أغلقت السلطات الإسرائيلية مكاتب قناة الجزيرة في القدس وصادرت معداتها بعد قرار الحكومة الإسرائيلية حظر بث القناة "
    "القطرية.\n\nالمصدر: الراي",
    "قالت قناة الجزيرة القطرية الأربعاء إنها ستلجأ إلى المحاكم الدولية بعد إغلاق السلطات الإسرائيلية مكاتبها في القدس "
    "ومصادرة معداتها وحظر بثها.\n\nالمصدر: البيان",
)
#: Other news of the cast of the seeds, of other years.
SAME_CAST = tuple(
    f"{title}\nتاريخ النشر: {day}th, {month} {year} GMT\n\n{lead}\n\nالمصدر: الاتحاد"
    for title, day, month, year, lead in (
        (
            "اغتيال شقيق الزعيم الكوري الشمالي كيم جونغ أون في ماليزيا", 14, "February", 2017,
            "اغتيل الأخ غير الشقيق للزعيم الكوري الشمالي كيم جونغ أون في مطار العاصمة الماليزية، وقال مسؤول في كوريا الجنوبية "
            "إن كوريا الشمالية تقف وراء الاغتيال.",
        ),
        (
            "الزعيم الكوري الشمالي كيم جونغ أون يعدم نائب رئيس الوزراء", 12, "August", 2015,
            "أعدم الزعيم الكوري الشمالي كيم جونغ أون نائب رئيس الوزراء في بيونغ يانغ، حسب وكالة أنباء كوريا الجنوبية، بعد أن "
            "انتقد سياسته في كوريا الشمالية.",
        ),
        (
            "كيم جونغ أون يعلن امتلاك كوريا الشمالية قنبلة هيدروجينية", 10, "December", 2015,
            "أعلن الزعيم الكوري الشمالي كيم جونغ أون أن كوريا الشمالية تمتلك قنبلة هيدروجينية، وشككت كوريا الجنوبية والولايات "
            "المتحدة في ما قاله الزعيم الكوري الشمالي.",
        ),
        (
            "بوتين يتلقى تعازي ترامب في ضحايا هجوم سان بطرسبورغ", 4, "April", 2017,
            "تلقى الرئيس الروسي فلاديمير بوتين اتصالا من الرئيس الأمريكي قدم فيه تعازيه في ضحايا الهجوم، وقال الكرملين إن روسيا "
            "والولايات المتحدة اتفقتا على التعاون.",
        ),
        (
            "كيم جونغ أون: مستعدون لأي حرب مع الولايات المتحدة", 10, "October", 2015,
            "قال الزعيم الكوري الشمالي كيم جونغ أون في عرض عسكري في بيونغ يانغ إن كوريا الشمالية مستعدة لأي حرب مع الولايات "
            "المتحدة.",
        ),
    )
)  # fmt: skip


def days(folder: Path, pages: Sequence[str], order: Sequence[int]) -> list[tuple[date, bool] | None]:
    """The day of each page and whether it was inferred, when they arrive one by one in that order."""
    folder.mkdir()
    with closing(Store(folder / "store.db")) as store:
        ids = {}
        for place in order:
            page = folder / f"{place}.txt"
            page.write_text(pages[place])
            (ids[place],) = store.import_paths([page]).articles
        dates = [store.article(ids[place]).published for place in range(len(pages))]
    return [
        None if one is None else (date(1970, 1, 1) + timedelta(seconds=one.time), one.is_inferred)
        for one in dates
    ]


def test_a_journey_over_the_end_of_a_month_in_any_order(tmp_path: Path) -> None:
    # Tuesday 30 January to Friday 2 February 2024.
    expected = [
        (date(2024, 1, 30), True),
        (date(2024, 1, 31), True),
        (date(2024, 2, 1), True),
        (date(2024, 2, 2), False),
    ]
    for number, order in enumerate(itertools.permutations(range(4))):
        if number % 4 == 0:
            assert days(tmp_path / str(number), JOURNEY, order) == expected, order


def test_what_came_after_by_its_own_words_is_dated_after(tmp_path: Path) -> None:
    expected = [(date(2024, 5, 6), False), (date(2024, 5, 8), True)]
    assert days(tmp_path / "a", SEQUEL, (0, 1)) == expected
    assert days(tmp_path / "b", SEQUEL, (1, 0)) == expected


def test_where_nothing_is_dated_no_day_is_made_up(tmp_path: Path) -> None:
    assert days(tmp_path / "a", JOURNEY[:3], (0, 1, 2)) == [None, None, None]


def test_the_day_of_another_story_says_nothing(tmp_path: Path) -> None:
    assert days(tmp_path / "a", (SEQUEL[0], JOURNEY[0]), (0, 1))[1] is None


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (1, 3, 0, 4, 2)])
def test_the_same_cast_in_other_years_does_not_date_the_seeds(tmp_path: Path, order: Sequence[int]) -> None:
    """Five reports of September 2023, among others of Kim, of Putin and of other years."""
    pages = [next(SEEDS.glob(f"00{number}*")) for number in range(5)]
    with closing(Store(tmp_path / "store.db")) as store:
        for number, text in enumerate(SAME_CAST):
            page = tmp_path / f"{number}.txt"
            page.write_text(text)
            store.import_paths([page])
        ids = {place: store.import_paths([pages[place]]).articles[0] for place in order}
        found = [store.article(ids[place]).published for place in range(5)]
    told = [one and date(1970, 1, 1) + timedelta(seconds=one.time) for one in found]
    assert told == [date(2023, 9, day) for day in (12, 17, 11, 5, 13)]


def test_a_lead_that_is_a_little_alike_gives_no_day(tmp_path: Path) -> None:
    """Two events of one town and one kind, years apart: its name and that there was a festival is not enough."""
    dated = (
        "افتتاح مهرجان قرطاج الدولي بعرض موسيقي\nتاريخ النشر: 14th, July 2016 GMT\n\n"
        "افتتح وزير الثقافة في تونس مهرجان قرطاج الدولي بعرض موسيقي شارك فيه عازفون من بلدان المتوسط، وحضره جمهور كبير "
        "امتلأت به مدارج المسرح الأثري قبل ساعات من البداية.\n\nالمصدر: الراي"
    )
    undated = (
        "أعلنت إدارة مهرجان قرطاج الدولي في تونس الجمعة أن أسعار التذاكر لن ترتفع هذا الصيف، وقالت إن بيعها عبر الشبكة يبدأ "
        "بعد أسبوع، وإن نقاط بيع أخرى تفتح أبوابها في سوسة وصفاقس.\n\nالمصدر: النهار"
    )
    assert days(tmp_path / "a", (dated, undated), (0, 1))[1] is None


#: The sixth round is played on Sunday, 12 February 2017; its referees were named three days before.
REFEREES = (
    "تعيينات حكام الجولة السادسة من الرابطة الثانية\nتاريخ النشر: 9th, February 2017 GMT\n\n"
    "عينت لجنة التحكيم حكام مباريات الجولة السادسة إيابا من الرابطة المحترفة الثانية لكرة القدم: الاتحاد المنستيري يواجه أولمبيك الكاف "
    "وجمعية جربة تستقبل قوافل قفصة ونادي بنزرت أمام ملعب سوسة وهلال مساكن ضد جندوبة الرياضية.\n\nالمصدر: الراي"
)
ROUND = (
    "تدور اليوم الأحد {} مباريات الجولة السادسة إيابا من الرابطة المحترفة الثانية لكرة القدم: الاتحاد المنستيري يواجه أولمبيك الكاف "
    "وجمعية جربة تستقبل قوافل قفصة ونادي بنزرت أمام ملعب سوسة وهلال مساكن ضد جندوبة الرياضية.\n\nالمصدر: البيان"
)


def test_the_date_in_a_text_says_which_of_two_weeks(tmp_path: Path) -> None:
    """By weekdays alone it would be the Sunday before, for stories are retold more often than foretold."""
    assert days(tmp_path / "a", (REFEREES, ROUND.format("12 فيفري")), (0, 1))[1] == (date(2017, 2, 12), True)
    assert days(tmp_path / "b", (REFEREES, ROUND.format("19 أفريل")), (0, 1))[1] is None
