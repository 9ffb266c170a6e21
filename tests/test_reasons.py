"""Why two articles are related, as words a reader takes for a reason: names and phrases, no verbs, no stems."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from store import vectors
from store.arabic import fold
from store.proper import Kind, is_verb, kinds
from store.reasons import Explainer


def told(title: str, lead: str, other: str, keywords: Sequence[str] = ()) -> tuple[str, ...]:
    """The reasons of an article for another; all words are as rare."""
    explainer = Explainer(title, (lead,), keywords, lambda term: 1.0)
    return explainer.reasons(frozenset(vectors.signature(other, ()).terms))


def test_a_title_and_the_name_behind_it_are_two_and_the_name_comes_first() -> None:
    lead = "غادر الزعيم الكوري الشمالي كيم جونغ أون مدينة أرتيوم الروسية بعدما تلقى خمس طائرات مسيرة."
    found = told("بعد ستة أيام", lead, lead)
    assert found[0] in ("كيم جونغ أون", "أرتيوم الروسية")
    assert {"كيم جونغ أون", "أرتيوم الروسية", "الزعيم الكوري الشمالي"} <= set(found)
    assert not any(verb in phrase.split() for phrase in found for verb in ("غادر", "تلقى"))


def test_another_spelling_is_told_as_the_article_writes_it() -> None:
    assert told("شويغو في بيونغ يانغ", "زار شويغو أمس بيونغ يانغ.", "شويجو يصل إلى بيونغ يانغ") == (
        "بيونغ يانغ",
        "شويغو",
    )


def test_an_adjective_stays_with_the_name_before_it() -> None:
    lead = "أطلقت كوريا الشمالية صاروخا."
    assert told("", lead, lead)[0] == "كوريا الشمالية"


@pytest.mark.parametrize(
    ("lead", "reason"),
    [
        ("سافر الوزير ليلا وروسيا لا تعلق.", "روسيا"),
        ("تحدث الوزير طويلا عن زيارته لروسيا.", "روسيا"),
        ("اجتمع النواب بالعاصمة الفيتنامية أمس.", "العاصمة الفيتنامية"),
        ("منح الضيف سترة واقية جديدة.", "سترة واقية"),
        ("أطلق الجيش صاروخا باليستيا آخر.", "صاروخا باليستيا"),
        ("قصف الجيش المرفأ بصواريخ كروز أمس.", "صواريخ كروز"),
        ("أبرم الطرفان عقدا لإنتاج النفط أمس.", "إنتاج النفط"),
        ("كان المسبح فارغا ثم جيء بمسبح الطائف.", "مسبح الطائف"),
        ("هزم برادة الجميع.", "برادة"),
        ("رأى بلعيد الجميع.", "بلعيد"),
    ],
)
def test_letters_that_are_words_of_their_own_go_and_no_others(lead: str, reason: str) -> None:
    assert reason in told("", lead, lead)


def test_keywords_of_the_page_go_before_other_words() -> None:
    lead = "أعلنت الهيئة موعد المهرجان السنوي في حديقة الزيتون."
    assert told("", lead, lead, ["حديقة الزيتون"])[0] == "حديقة الزيتون"


@pytest.mark.parametrize(
    "word",
    [
        "أعلنت",
        "يصل",
        "وتجتاح",
        "سيزور",
        "نجحت",
        "يختتم",
        "لتصبح",
        "جرفت",
        "وسجل",
        "سيخوضان",
        "يطالبون",
        "أعلنتها",
    ],
)
def test_verbs(word: str) -> None:
    assert is_verb(fold(word))


@pytest.mark.parametrize(
    "word",
    [
        "تونس",
        "وكيل",
        "وصول",
        "سيباستيان",
        "يونيو",
        "بيروت",
        "الكويت",
        "تركيا",
        "تعاون",
        "يابان",
        "بيت",
        "يفغيني",
        "تمديد",
        "تجربة",
        "زيارة",
        "يوم",
        "سبت",
        "واشنطن",
    ],
)
def test_no_verbs(word: str) -> None:
    assert not is_verb(fold(word))


@pytest.mark.parametrize("doing", ["تشكيل", "انتخاب", "انسحاب", "استئناف"])
def test_what_is_done_is_no_name_behind_a_title(doing: str) -> None:
    clause = fold(f"تعهد الرئيس الجديد {doing} الحكومة").split()
    assert kinds([[clause]])[0][3] is not Kind.NAME
    named = fold("تعهد الرئيس الجديد ضاهر الحكومة").split()
    assert kinds([[named]])[0][3] is Kind.NAME


def test_a_word_behind_a_preposition_is_no_verb() -> None:
    clause = fold("وصل الوفد إلى ينبع وعاد من تلمسان").split()
    found = dict(zip(clause, kinds([[clause]])[0], strict=True))
    assert found["وصل"] is Kind.VERB
    assert Kind.VERB not in (found["ينبع"], found["تلمسان"])


def test_a_name_in_one_place_is_one_in_all() -> None:
    first, second = fold("قال الرئيس فولو دراغان").split(), fold("ودراغان").split()
    told_first, told_second = kinds([[first], [second]])
    assert told_first[2:] == [Kind.NAME, Kind.NAME]
    assert told_second == [Kind.NAME]
