"""Captions, signatures and datelines: what is taken for one, and above all what is not."""

from __future__ import annotations

import pytest

from store.ingest.credits import captions_in, take_below
from store.ingest.datelines import dateline_of
from store.ingest.lines import lines_of
from store.ingest.markers import Mark, classify
from store.ingest.page import parse_page
from store.ingest.writers import is_person

FIRST = "قالت الوزارة إن مركز الزلزال كان في قضاء يشيل يورت وإن عمقه بلغ سبعة كيلومترات."
SECOND = "ولم ترد تقارير عن إصابات، فيما هرع السكان إلى الشوارع خوفا من الهزات الارتدادية."


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(أ.ف.ب)", ["أ ف ب"]),
        ("(رويترز، د ب أ)", ["رويترز", "د ب أ"]),
        ("م.ع/ن.ص (د ب أ، رويترز)", ["د ب أ", "رويترز"]),
        ("ز.أ.ب/ع.ج.م", []),
        ("فرانس24/ أ ف ب", ["فرانس24", "أ ف ب"]),
        ("رويترز", ["رويترز"]),
        ("(إعداد محمد فرج للنشرة العربية - تحرير سها جادو)", []),
    ],
)
def test_a_line_below_the_text_is_a_signature(line: str, names: list[str]) -> None:
    assert take_below([FIRST, SECOND, line]) == ([FIRST, SECOND], names, [line])


@pytest.mark.parametrize(
    "line",
    [
        "هذا كل ما في الأمر",
        "من غزة إلى لندن",
        "وانتهى الاجتماع (مساء الأحد)",
        "انتهى",
        "(من هنا نبدأ)",
        "2023",
        "قال إن الاجتماع انتهى",
        "نقلا عن رويترز وقناة محلية لم تسمها",
    ],
)
def test_a_last_line_that_says_something_stays(line: str) -> None:
    assert take_below([FIRST, SECOND, line]).paragraphs == [FIRST, SECOND, line]


def test_the_sign_that_a_text_is_over_goes_and_the_sentence_before_it_stays() -> None:
    assert take_below([FIRST, f"{SECOND} (النهاية) ع ب د / م م ج"]).paragraphs == [FIRST, SECOND]
    assert take_below([FIRST, f"{SECOND} // انتهى //", "14:22 ت مـ", "0123"]).paragraphs == [FIRST, SECOND]


def test_a_text_of_nothing_but_a_signature_stays() -> None:
    assert take_below(["(رويترز)"]).paragraphs == ["(رويترز)"]


@pytest.mark.parametrize(
    "line",
    [
        "التعليق على الصورة، سكان يتجمعون في شارع بمدينة ملاطية بعد الزلزال.",
        "صورة أرشيفية لسد الموصل (رويترز)",
        "صورة من الأرشيف",
        "تصوير: أحمد جمعة",
        "ضفاف نهر دجلة في بغداد (الفرنسية-أرشيف)",
        "(غيتي إيميجز)",
    ],
)
def test_a_line_that_tells_of_a_picture_is_a_caption(line: str) -> None:
    assert captions_in([FIRST, line, SECOND]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "صورة أرشيفية قديمة أثارت الجدل بعد أن نشرها الوزير على حسابه.",
        "وأضاف البيان، وفق وكالة الأنباء السعودية (واس)",
        "وبحسب ما أوردته صحيفة محلية فإن العدد أكبر (رويترز)",
        "صورة قاتمة للاقتصاد",
        "زيادة الأجور (خمسة بالمئة)",
    ],
)
def test_a_paragraph_that_names_an_agency_or_a_picture_is_no_caption(line: str) -> None:
    assert captions_in([FIRST, line, SECOND]) == []


def test_where_paragraphs_have_no_full_stops_a_name_in_brackets_is_no_caption() -> None:
    lines = ["التقى الوزير نظيره في الرياض اليوم", "وبحث معه سبل التعاون (واس)", "ثم غادر إلى جدة"]
    assert captions_in(lines) == []


def test_what_was_taken_out_is_counted() -> None:
    page = f"زلزال يضرب شرق تركيا\n\nصورة أرشيفية (رويترز)\n\n{FIRST}\n\n{SECOND}\n\nم.ع/ن.ص"
    assert dict(parse_page(page, "p").dropped) == {"caption": 21, "boilerplate": 7}


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("تونس 21 مارس 2024 (وات) - أعلن الوزير", ("تونس", "وات", "21 مارس 2024")),
        ("الدوحة في 12 مارس /قنا/ عقد المجلس", ("الدوحة", "قنا", "12 مارس")),
        ("عمان 12 كانون الثاني (بترا)- بحث الوزير", ("عمان", "بترا", "12 كانون الثاني")),
        ("رام الله- معا- قال الوزير", ("رام الله", "معا", None)),
        ("بيروت (أ.ف.ب) - قال الوزير", ("بيروت", "أ ف ب", None)),
        ("قتل 12 شخصا في تفجير (بغداد) - قال", (None, None, None)),
        ("وصل في 12 مارس وفد من الوزارة إلى بغداد", (None, None, None)),
        ("التقى في 12 مارس /آذار الوزير", (None, None, None)),
    ],
)
def test_a_dateline(lead: str, expected: tuple[str | None, str | None, str | None]) -> None:
    found = dateline_of(lead)
    assert (found.place, found.agency, found.date) == expected


def test_a_text_wrapped_at_a_column_is_joined_and_a_list_of_headlines_is_not() -> None:
    wrapped = [
        "قال الوزير إن الخطة الجديدة ستبدأ في",
        "الأسبوع المقبل بعد أن وافق عليها البرلمان",
        "في جلسة أمس.",
    ]
    text = "\n".join([*wrapped, "", *wrapped, "", *wrapped])
    assert lines_of(text) == [" ".join(wrapped)] * 3
    headlines = [
        "زيارة أسبوع.. كوريا الشمالية تخرج من العزلة",
        "كيم يغادر روسيا",
        "الكرملين: لا موعد للزيارة بعد",
        "واشنطن تحذر بيونغ يانغ من بيع السلاح",
        "سيول تراقب",
        "طوكيو: الصاروخ سقط في البحر",
    ]
    assert lines_of("\n".join(headlines)) == headlines


@pytest.mark.parametrize(
    "line", ["مواضيع كثيرة طرحت في الاجتماع", "الكلمات الأخيرة للشهيد", "الموضوعات التي نوقشت أمس"]
)
def test_prose_that_begins_with_topics_is_no_line_of_keywords(line: str) -> None:
    assert classify(line) is None


def test_topics_with_a_list_behind_them_are_keywords() -> None:
    marked = classify("مواضيع: تونس • الاقتصاد التونسي")
    assert marked
    assert marked.mark is Mark.KEYWORDS
    assert marked.value == "تونس • الاقتصاد التونسي"


def test_a_name_is_told_from_a_noun_behind_a_place() -> None:
    assert is_person("حسين العبيدي")
    assert is_person("د. علي الخفاجي")
    assert not is_person("تصعيد جديد")
    assert not is_person("علي")
    assert not is_person("محمد قال إن الوضع صعب")
