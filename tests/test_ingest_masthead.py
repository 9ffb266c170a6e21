"""Short lines at the top of a page: what is taken for the site or a section, and what stays a headline or the text."""

from __future__ import annotations

import pytest

from store.ingest.lines import marks_of
from store.ingest.markers import without_date
from store.ingest.masthead import is_section, place_and_name, rights_of, top_of
from store.ingest.page import parse_page

TITLE = "انقطاع المياه عن أحياء المدينة لليوم الخامس على التوالي"
LEAD = "تشهد أحياء المدينة انقطاعا في مياه الشرب لليوم الخامس، وسط ارتفاع في درجات الحرارة."
NEXT = "وقال أحد السكان إن سعر صهريج المياه تضاعف منذ بداية الأسبوع."


def test_the_name_of_the_site_is_taken_where_the_page_says_it_again() -> None:
    article = parse_page(f"درب المدينة\n{TITLE}\n{LEAD}\n{NEXT}\nدرب المدينة © 2023", "p")
    assert (article.title, article.outlet, article.outlet_is_inferred) == (TITLE, "درب المدينة", True)
    assert article.body == (LEAD, NEXT)


def test_a_short_line_that_nothing_explains_stays_the_headline() -> None:
    article = parse_page(f"رحيل الشاعر\n{TITLE}\n{LEAD}\n{NEXT}", "p")
    assert article.title == "رحيل الشاعر"
    assert article.body == (TITLE, LEAD, NEXT)
    assert article.outlet is None


def test_what_is_taken_above_the_headline_is_counted_or_a_field() -> None:
    article = parse_page(f"درب المدينة\nأخبار محلية\n{TITLE}\n{LEAD}\n{NEXT}\nدرب المدينة © 2023", "p")
    assert (article.dropped or {})["boilerplate"] == len("أخبار محلية") + len("درب المدينة © 2023")


def test_a_word_between_site_and_headline_is_a_section_only_below_a_known_name() -> None:
    lines = ["درب المدينة", "محافظات", TITLE, LEAD, NEXT, "© درب المدينة"]
    assert top_of(lines, marks_of(lines)).place == 2
    assert top_of(lines[:-1], marks_of(lines[:-1])).place == 0


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2023 عنب بلدي. جميع الحقوق محفوظة", "عنب بلدي"),
        ("جميع الحقوق محفوظة لوكالة شفق نيوز © 2023", "شفق نيوز"),
        ("© حقوق النشر 2023، جميع الحقوق محفوظة   |   أثير", "أثير"),
        ("الحقوق محفوظة للحزب الديمقراطي السوري", "الحزب الديمقراطي السوري"),
        ("جميع الحقوق محفوظة", ""),
        ("وقال الوزير إن حقوق النشر محفوظة للجميع منذ صدور القانون.", ""),
    ],
)
def test_who_claims_the_rights(line: str, name: str) -> None:
    assert rights_of([TITLE, LEAD, line]) == name


@pytest.mark.parametrize(
    ("line", "site", "is_by_date", "found"),
    [
        ("الخرطوم: الراكوبة", "", True, ("الخرطوم", "الراكوبة")),
        ("الخرطوم: الراكوبة", "", False, None),
        ("يمن مونيتور/ عدن/ خاص", "يمن مونيتور", False, ("عدن", "يمن مونيتور")),
        ("الثورة – ريف دمشق:", "صحيفة الثورة", False, ("ريف دمشق", "صحيفة الثورة")),
        ("المصدر أونلاين - خاص", "المصدر أونلاين", False, ("", "المصدر أونلاين")),
        ("تونس - الجزائر", "", True, None),
        ("القاهرة: اتفاق وشيك على وقف النار", "", True, None),
        ("بغداد – حسين العبيدي", "", True, None),
    ],
)
def test_a_place_and_a_name(line: str, site: str, is_by_date: bool, found: tuple[str, str] | None) -> None:
    assert place_and_name(line, site, is_by_date=is_by_date) == found


@pytest.mark.parametrize(
    ("line", "is_one"),
    [("أخبار محلية", True), ("العراق", True), ("أخبار السويد", True), ("أخبار سارة", False), (TITLE, False)],
)
def test_sections(line: str, is_one: bool) -> None:
    assert is_section(line) is is_one


@pytest.mark.parametrize(
    ("name", "parted"),
    [
        ("عدنان الربيعي في 22 أيار 2023", ("عدنان الربيعي", "22 أيار 2023")),
        ("نادين حداد | أغسطس 30, 2023 | أخبار ألمانيا", ("نادين حداد", "أغسطس 30, 2023")),
        ("مراسلنا في بيروت", ("مراسلنا في بيروت", "")),
    ],
)
def test_the_date_behind_a_name(name: str, parted: tuple[str, str]) -> None:
    assert without_date(name) == parted


def test_headlines_below_the_text_are_links_and_text_below_such_a_line_stays_text() -> None:
    over = parse_page(f"{TITLE}\n{LEAD}\n{NEXT}\nآخر الأخبار\nافتتاح معرض الزهور في الحديقة", "p")
    assert [link.title for link in over.links] == ["افتتاح معرض الزهور في الحديقة"]
    goes_on = parse_page(f"{TITLE}\n{LEAD}\nآخر الأخبار\nوبلغ عدد المتضررين ألف أسرة\n{NEXT}", "p")
    assert goes_on.body == (LEAD, "وبلغ عدد المتضررين ألف أسرة", NEXT)


def test_the_numbers_of_a_text_browser_go_only_where_it_lists_their_addresses() -> None:
    listed = parse_page(f"{TITLE}\n{LEAD} [1]المصدر\n{NEXT}\nReferences\n1. https://a.example/", "p")
    assert listed.body == (f"{LEAD} المصدر", NEXT)
    cited = parse_page(f"{TITLE}\n{LEAD} [1]المصدر\n{NEXT}", "p")
    assert cited.body == (f"{LEAD} [1]المصدر", NEXT)


def test_what_was_added_in_a_year_is_text() -> None:
    line = "أضيفت في عام 2020 ثلاث مدارس إلى المدينة."
    assert parse_page(f"{TITLE}\n{LEAD}\n{line}\n{NEXT}", "p").body == (LEAD, line, NEXT)
    dated = parse_page(f"{TITLE}\nأضيف في 20 آب 2023\n{LEAD}\n{NEXT}", "p")
    assert dated.published is not None
    assert dated.body == (LEAD, NEXT)
