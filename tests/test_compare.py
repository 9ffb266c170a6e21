"""Two reports beside each other: shared sentences, differing names and numbers, spellings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.compare import Kind, Sentence, compare

FIRST = (
    "وصل الزعيم الكوري الشمالي كيم جونغ أون صباح الثلاثاء إلى مدينة فلاديفوستوك على متن قطاره المدرع. "
    "وقال حاكم الإقليم أوليغ كوجيمياكو إن 12 شخصا كانوا في الاستقبال.",
    "ولم تعلق واشنطن على الزيارة.",
)
SECOND = (
    "على متن قطار مدرع، بلغ كيم جونج أون مدينة فلاديفوستوك صباح الثلاثاء.",
    "وأكد حاكم الإقليم أوليج كوجيمياكو أن 15 شخصا كانوا في الاستقبال. ورفضت سيول التوقيع على البيان.",
)


def marked(sentence: Sentence, body: tuple[str, ...]) -> list[tuple[str, Kind]]:
    return [(body[sentence.paragraph][mark.start : mark.end], mark.kind) for mark in sentence.marks]


def test_sentences_that_both_have_are_paired() -> None:
    found = compare(FIRST, SECOND)
    assert [sentence.match for sentence in found.first] == [0, 1, None]
    assert [sentence.match for sentence in found.second] == [0, 1, None]


def test_places_are_code_points_of_the_paragraph() -> None:
    for sentence in compare(FIRST, SECOND).first:
        assert FIRST[sentence.paragraph][sentence.start : sentence.end] == sentence.text


def test_numbers_that_differ_are_marked() -> None:
    found = compare(FIRST, SECOND)
    assert ("12", Kind.NUMBER) in marked(found.first[1], FIRST)
    assert ("15", Kind.NUMBER) in marked(found.second[1], SECOND)


def test_another_spelling_of_a_name_is_no_difference_but_is_told() -> None:
    found = compare(FIRST, SECOND)
    # واشنطن stands in the first alone; the rest of what differs are numbers.
    told = [mark for sentence in found.first for mark in marked(sentence, FIRST)]
    assert told == [("12", Kind.NUMBER), ("واشنطن", Kind.NAME)]
    assert ("جونغ", "جونج") in found.spellings
    assert ("أوليغ", "أوليج") in found.spellings


def test_a_name_only_one_has_is_marked() -> None:
    one = ("أعلن الرئيس فلاديمير بوتين فتح الحدود مع كوريا الشمالية أمام القطارات.",)
    other = ("أعلن الرئيس ديمتري ميدفيديف فتح الحدود مع كوريا الشمالية أمام القطارات.",)
    found = compare(one, other)
    assert marked(found.first[0], one) == [("فلاديمير", Kind.NAME), ("بوتين", Kind.NAME)]
    assert marked(found.second[0], other) == [("ديمتري", Kind.NAME), ("ميدفيديف", Kind.NAME)]


def test_common_words_behind_an_office_are_no_names() -> None:
    one = ("وأهداه حاكم الإقليم طائرات بدون طيار وسترة واقية من الرصاص.",)
    found = compare(one, ("تلقى خمس طائرات مسيرة وسترة واقية هدية من حاكم الإقليم.",))
    assert found.first[0].marks == ()


def test_the_same_number_in_other_dress_is_no_difference() -> None:
    found = compare(("أصيب ثلاثة آلاف جندي في المعركة.",), ("أصيب ٣٠٠٠ جندي في المعركة.",))
    assert found.first[0].marks == ()
    assert found.second[0].marks == ()


def test_a_decimal_point_ends_no_sentence() -> None:
    found = compare(("ارتفع المؤشر 5.2 نقطة في السوق. ثم تراجع المؤشر.",), ())
    assert [sentence.text for sentence in found.first] == [
        "ارتفع المؤشر 5.2 نقطة في السوق.",
        "ثم تراجع المؤشر.",
    ]


def test_a_report_says_all_that_it_says_itself() -> None:
    found = compare(FIRST, FIRST)
    assert all(sentence.is_shared for sentence in (*found.first, *found.second))
    assert found.shared == 1.0
    assert all(not sentence.marks for sentence in found.first)
    assert found.spellings == ()


def test_empty_reports_have_nothing_in_common() -> None:
    assert compare((), ()).shared == 0.0
    assert compare(("",), ("نص قصير جدا هنا.",)).shared == 0.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=3), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_is_taken_and_no_place_is_outside(first: list[str], second: list[str]) -> None:
    found = compare(first, second)
    for body, sentences, others in ((first, found.first, found.second), (second, found.second, found.first)):
        for sentence in sentences:
            assert body[sentence.paragraph][sentence.start : sentence.end] == sentence.text
            assert sentence.match is None or 0 <= sentence.match < len(others)
            assert all(sentence.start <= mark.start < mark.end for mark in sentence.marks)


def test_a_letter_before_a_name_makes_no_other_name() -> None:
    one = ("شب الحريق في عمارة سكنية بهانوي وأودى بحياة العشرات في فيتنام.",)
    other = ("التهمت النيران عمارة سكنية في هانوي بفيتنام وألقت الشرطة القبض على صاحب العقار.",)
    found = compare(one, other)
    assert found.spellings == ()
    assert found.first[0].marks == found.second[0].marks == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "قتل 68 شخصا في تحطم طائرة في نيبال قرب بوخارا.",
            "أعلنت السلطات النيبالية مصرع 68 راكبا قرب بوخارا أثناء هبوط طائرتهم.",
        ),
        (
            "أيدت محكمة في ليما سجن أليخاندرو أوشوا 12 عاما.",
            "خفف قضاة الاستئناف عقوبة الرئيس السابق أليخاندرو أوشوا إلى 12 عاما.",
        ),
    ],
)
def test_the_same_names_and_number_make_a_sentence_shared_in_other_words(first: str, second: str) -> None:
    comparison = compare([first], [second])
    assert comparison.first[0].match == comparison.second[0].match == 0


def test_common_words_alone_make_no_sentence_shared() -> None:
    first = "قتل 68 شخصا في تحطم طائرة في نيبال قرب بوخارا."
    second = "قتل ثلاثة أشخاص في تصادم حافلة وشاحنة قرب العاصمة بعد عاصفة رملية."
    assert compare([first], [second]).first[0].match is None
