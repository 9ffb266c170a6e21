"""Lines between headline and text: what is taken for who published, sent or wrote it, and what is left in the text."""

from __future__ import annotations

import pytest

from store.ingest.agencies import is_outlet
from store.ingest.dates import parse_date
from store.ingest.markers import Mark, Marked, classify
from store.ingest.opening import Said, said_in
from store.ingest.page import parse_page

LEAD = "أقر مجلس النواب في جلسة عقدها اليوم قانون استقلالية القضاء بعد نقاشات استمرت سنوات."
NEXT = "وقال رئيس اللجنة إن القانون يضمن انتخاب أعضاء مجلس القضاء الأعلى من قبل القضاة أنفسهم."
DATE = Marked(Mark.DATE, "21 مارس 2024")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("بيروت / وسيم سيف الدين / الأناضول", Said("بيروت", "الأناضول", byline="وسيم سيف الدين")),
        ("هسبريس - أمال كنين", Said(publisher="هسبريس", byline="أمال كنين")),
        ("العربية.نت، وكالات", Said(publisher="العربية.نت", agencies=("وكالات",))),
        ("«عكاظ» (بيروت)", Said("بيروت", publisher="عكاظ")),
        ("بيروت: «الشرق الأوسط»", Said("بيروت", "الشرق الأوسط")),
        ("بغداد – حسين العبيدي", Said("بغداد", byline="حسين العبيدي")),
        ("كتب - محمود سعيد:", Said(byline="محمود سعيد")),
        ("سوسن مهنا صحافية @SawsanaMehanna", Said(byline="سوسن مهنا")),
        ("د. سامي نادر", Said(byline="د. سامي نادر")),
    ],
)
def test_a_line_of_known_names_says_who_and_where(line: str, said: Said) -> None:
    assert said_in(line, LEAD, None, has_title=True) == said


@pytest.mark.parametrize(
    "line",
    [
        "بيروت - تصعيد جديد",
        "القاهرة: اتفاق وشيك",
        "مجلس النواب اللبناني",
        "محمد صلاح",
        "الشرق الأوسط",
        "اليوم",
        "مباشر",
        "كتب الرئيس",
        "من بيروت إلى دمشق",
        "سياسة / اقتصاد",
        "الوزير: لا نعلق",
    ],
)
def test_other_short_lines_stay_in_the_text(line: str) -> None:
    assert said_in(line, LEAD, None, has_title=True) is None


def test_a_name_alone_is_a_byline_where_a_date_stands_below_it() -> None:
    assert said_in("محمد صلاح", "21 مارس 2024", DATE, has_title=True) == Said(byline="محمد صلاح")
    assert said_in("Wassim Seifeddine", "21 مارس 2024", DATE, has_title=True) == Said(
        byline="Wassim Seifeddine"
    )


def test_headlines_behind_a_marker_in_mid_text_are_links_and_the_text_goes_on() -> None:
    page = f"خبر عن القضاء في لبنان\n\n{LEAD}\n\nاقرأ أيضا:\n\nنقابة المحامين: الإضراب مستمر\n\nوزير العدل يلتقي وفدا أوروبيا\n\n{NEXT}"
    read = parse_page(page, "p")
    assert read.body == (LEAD, NEXT)
    assert [link.title for link in read.links] == [
        "نقابة المحامين: الإضراب مستمر",
        "وزير العدل يلتقي وفدا أوروبيا",
    ]
    assert read.embedded == ()


def test_an_outlet_is_known_with_what_it_is_told_through() -> None:
    assert is_outlet("رووداو ديجيتال")
    assert is_outlet("العربية.نت")
    assert is_outlet("عربي21")
    assert not is_outlet("ديجيتال")
    assert not is_outlet("وزارة العدل")


def test_months_by_both_names_with_a_blank_between() -> None:
    found = parse_date("21 مارس آذار 2024 4:35 م بتوقيت جرينتش")
    assert found is not None
    assert found.time == 1711038900  # 2024-03-21 16:35 UTC


def test_a_date_with_that_of_an_update_in_brackets_is_one_line() -> None:
    marked = classify("16:35 GMT 21.03.2024 (تم التحديث: 17:02 GMT 21.03.2024)")
    assert marked == Marked(Mark.DATE, "16:35 GMT 21.03.2024")


@pytest.mark.parametrize(
    "line", ["نشر الجيش قواته على الحدود في 21 مارس 2024", "نشرت الصحيفة تقريرا عن عام 2024"]
)
def test_what_was_published_is_no_date_of_publication(line: str) -> None:
    assert classify(line) is None
