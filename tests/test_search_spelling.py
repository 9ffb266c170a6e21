"""What the archive adds to a query: slips, joined and split words, readings, the seeds' own spellings."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from search_archive import FIRST, Entry, archive, ids

from store import Store, query, search
from store.as_written import as_written
from store.query_tree import Prefix, Word, positive_texts
from store.slips import company_of, weighed
from store.spelling import resolve
from store.vocabulary import completions, one_edit_from

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    entries = [
        Entry("الملك عبد الله في عمان", ("زار العاصمة",)),
        Entry("الملك عبدالله في لندن", ("زار المدينة",)),
        Entry("شركة فيسبوك تعتذر", ("الكتاب الجديد",)),
        Entry("على فيس بوك صورة", ("بيع البيت وبيع الأرض",)),
        Entry("مهرجان السينما", ("فيلم ثانوي وفيلم قصير", "الوشاح الأحمر")),
        Entry("مهرجان آخر", ("المدرسة الثانوية",)),
    ]
    found = archive(tmp_path, entries)
    search.settle(found)
    return found


def corrections(connection: sqlite3.Connection, text: str) -> list[tuple[str, tuple[str, ...]]]:
    page = search.page(connection, query.parse(text, FIRST), limit=10)
    return [(one.asked, one.used) for one in page.corrections]


@pytest.mark.parametrize("typed", ["مدسة", "مدرلسة", "مدصسة", "مردسة"])  # lost, added, mistaken, exchanged
def test_a_slip_is_corrected_and_said(connection: sqlite3.Connection, typed: str) -> None:
    assert ids(connection, typed) == [6]
    assert corrections(connection, typed) == [(typed, ("مدرسه",))]
    page = search.page(connection, query.parse(typed, FIRST), limit=10)
    # As the archive writes it, not as it is folded.
    assert "نتائج لـ مدرسة " in page.note
    assert "=" + typed in page.note
    # What was corrected can be insisted on.
    assert ids(connection, "=" + typed) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("كورريا", "كوريا"), ("كرويا", "كوريا"), ("بيرروت", "بيروت"), ("سبتجمبر", "سبتمبر")]
)
def test_a_slip_in_a_word_whose_first_letter_could_be_a_clitic_is_corrected(
    tmp_path: Path, typed: str, meant: str
) -> None:
    connection = archive(tmp_path, [Entry("كوريا"), Entry("بيروت"), Entry("سبتمبر")])
    assert corrections(connection, typed) == [(typed, (meant,))]
    assert ids(connection, typed) == ids(connection, meant) != []


def test_a_word_known_without_its_first_letter_is_no_slip(tmp_path: Path) -> None:
    connection = archive(tmp_path, [Entry("كتابان"), Entry("المطار القديم")])
    assert corrections(connection, "بمطار") == []
    assert ids(connection, "بمطار") == [2]


def test_a_correction_is_told_without_the_marks_that_its_article_has(tmp_path: Path) -> None:
    found = archive(tmp_path, [Entry("المدرسة"), Entry("خبر", ("مَدْرَســة قديمة، والمدرسة",))])
    assert as_written(found, "مدرسه") == "مدرسة"
    assert as_written(found, "قديمه") == "قديمة"
    # A keyword typed on a Persian keyboard is told in Arabic letters.
    (tmp_path / "persian").mkdir()
    persian = archive(tmp_path / "persian", [Entry("خبر", keywords=("کوریا",))])
    assert as_written(persian, "كوريا") == "كوريا"
    # What is nowhere has no better spelling than the folded one.
    assert as_written(found, "خبز") == "خبز"


def test_what_was_corrected_is_marked(connection: sqlite3.Connection) -> None:
    page = search.page(connection, query.parse("مهرزجان", FIRST), limit=10)
    assert [row.id for row in page.rows] == [6, 5]
    assert all(search.matches(page.query, row.title) for row in page.rows)


def test_words_the_archive_knows_are_left_alone(connection: sqlite3.Connection) -> None:
    for text in ("مهرجان", "كتاب", "كتابها", "12345", "غرب", "-مهرجن", '"مهرجن اخر"'):
        assert corrections(connection, text) == []


def test_words_written_apart_and_together_are_one(connection: sqlite3.Connection) -> None:
    assert ids(connection, "عبد الله") == [2, 1]
    assert ids(connection, "عبدالله") == [2, 1]
    assert ids(connection, "فيسبوك") == [4, 3]
    assert ids(connection, "فيس بوك") == [4, 3]
    assert ids(connection, "فيسبوك sort:relevance")[0] == 3


def test_a_clitic_is_taken_off_where_the_archive_has_no_such_word(connection: sqlite3.Connection) -> None:
    assert ids(connection, "لبيع") == [4]
    assert ids(connection, "بمهرجان") == [6, 5]
    # ال before it shows that the first letter is the word's own.
    assert ids(connection, "وشاح") == [5]


def test_a_resolved_query_is_not_resolved_again(connection: sqlite3.Connection) -> None:
    asked, found = resolve(connection, query.parse("مهرجن", FIRST))
    assert asked.is_resolved
    assert len(found) == 1
    assert resolve(connection, asked) == (asked, ())


def test_a_broad_prefix_is_asked_by_its_frequent_words(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE search_words SET articles = 9000 WHERE word = 'مهرجان'")
    asked, _ = resolve(connection, query.parse("مهر*", FIRST))
    assert asked.root == Prefix("مهر", words=("مهرجان",))
    assert ids(connection, "مهر*") == [6, 5]


def test_completions_are_words_of_the_archive_most_frequent_first(connection: sqlite3.Connection) -> None:
    assert completions(connection, "مه") == ("مهرجان",)
    assert completions(connection, "في")[0] in {"في", "فيلم", "فيسبوك", "فيس"}
    assert completions(connection, "") == ()
    assert completions(connection, "سين") == ("سينما",)  # also behind the article


def test_edits_are_one_slip_each() -> None:
    edits = one_edit_from("كتاب")
    assert {"كتب", "كتااب", "كاتب", "كباب", "كتابه"} <= edits
    assert "كتاب" not in edits
    assert "كب" not in edits


def test_the_chain_adds_nothing_to_an_exact_word(connection: sqlite3.Connection) -> None:
    asked, _ = resolve(connection, query.parse("=كتاب", FIRST))
    assert asked.root == Word("كتاب", is_exact=True)


def test_the_seeds_are_found_in_either_spelling(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.import_paths([SEEDS])

    def origins(text: str) -> set[str]:
        found = search.page(store.connection, query.parse(text, FIRST), limit=50).rows
        return {Path(store.article(row.id).origin).name[:3] for row in found}

    assert "003" in origins("شويغو")
    assert origins("شويغو") == origins("شويجو")
    assert {"001", "003"} <= origins('keyword:"كوريا الشمالية"')
    assert origins("ترامب") == origins("ترمب") != set()
    assert origins("أوكرانيا") == origins("اوكرانيا") != set()
    assert origins("الروسي") == origins("الرُوسى") != set()
    rows = search.page(store.connection, query.parse("شويغو", FIRST), limit=50).rows
    bodies = "\n".join(p for row in rows for p in store.article(row.id).body)
    words = {bodies[a:b] for a, b in search.matches(query.parse("شويغو", FIRST), bodies)}
    assert any("شويجو" in word for word in words)
    assert any("شويغو" in word for word in words)
    store.close()


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("إسلام آباد", "إسلامآباد"),
        ("أحمدي نجاد", "أحمدينجاد"),
        ("ديار بكر", "دياربكر"),
        ("أشرف غني", "أشرفغني"),
        ("سان فرانسيسكو", "سانفرانسيسكو"),
        ("عبد الرحمن", "عبدالرحمن"),
        ("رأس مال", "رأسمال"),
        ("بور سعيد", "بورسعيد"),
    ],
)
def test_apart_and_together_are_one_also_behind_a_clitic(tmp_path: Path, apart: str, together: str) -> None:
    written = (apart, together, "ب" + apart, "و" + together)
    found = archive(tmp_path, [f"قيل هنا {name} اليوم" for name in written])
    for asked in (apart, together, "ب" + apart, "ل" + together):
        assert ids(found, asked) == [4, 3, 2, 1], asked


@pytest.fixture
def football(tmp_path: Path) -> sqlite3.Connection:
    """Many articles of ordinary days, in which السيد and العادية are frequent, and a few in which other words are."""
    return archive(
        tmp_path,
        [
            *(Entry(f"الجلسة العادية رقم {number}", ("تحدث السيد الوزير",)) for number in range(60)),
            Entry("مونديال الأندية ينطلق غدا", ("تلعب الأندية في الدوحة",)),
            Entry("قرعة مونديال الأندية", ("أندية خمس قارات",)),
            Entry("كميات من السميد صالحة للاستهلاك", ("السميد الموزع سليم",)),
            Entry("حجز السميد غير صالحة للاستهلاك", ("السميد فاسد",)),
        ],
    )


def test_of_the_neighbours_of_a_slip_the_one_in_company_of_the_other_words_is_meant(
    football: sqlite3.Connection,
) -> None:
    """الأدية is a slip of الأندية beside مونديال, and of العادية beside الجلسة; alone it is of the frequent word."""
    assert corrections(football, "مونديال الأدية sort:relevance")[0][1][0] == "الانديه"
    assert ids(football, "مونديال الأدية sort:relevance")[:2] == [62, 61]
    assert corrections(football, "الجلسة العدية sort:relevance")[0][1][0] == "العاديه"


def test_a_slip_that_is_a_word_itself_is_seen_by_its_company(football: sqlite3.Connection) -> None:
    """السيد is in sixty articles, but in none with the other words: who types it beside them meant السميد."""
    assert set(ids(football, "السيد صالحة للاستهلاك sort:relevance")[:2]) == {63, 64}
    # A word that is known is never said to be corrected, and one in its own company stays alone.
    assert corrections(football, "السيد صالحة للاستهلاك sort:relevance") == []
    root = resolve(football, query.parse("السيد الوزير sort:relevance", FIRST))[0].root
    assert [text.text for text in positive_texts(root)] == ["السيد", "الوزير"]


def test_words_in_no_company_are_weighed_by_how_many_articles_have_them(football: sqlite3.Connection) -> None:
    alone = company_of(football, [])
    assert alone.companions == ()
    weights = weighed(football, "الادية", {"العاديه": 60, "الانديه": 2}, alone)
    assert weights["العاديه"] > weights["الانديه"]
    beside = company_of(football, [Word("مونديال")])
    weights = weighed(football, "الادية", {"العاديه": 60, "الانديه": 2}, beside)
    assert weights["العاديه"] < weights["الانديه"]


def test_by_relevance_the_correction_told_is_the_one_that_was_found(tmp_path: Path) -> None:
    often = [Entry(f"السنة الدراسية {number}") for number in range(8)]
    found = archive(tmp_path, [Entry("السيرة الذاتية لوزير"), *often, *(Entry("كلام") for _ in range(40))])
    page = search.page(found, query.parse("السية الذاتية sort:relevance", FIRST), limit=1)
    assert [row.id for row in page.rows] == [1]
    assert page.corrections[0].used == ("السيره",)
    # By date nothing tells which is meant: the most frequent first.
    page = search.page(found, query.parse("السية", FIRST), limit=10)
    assert page.corrections[0].used[0] == "السنه"


def test_son_of_in_both_spellings_but_not_by_itself(tmp_path: Path) -> None:
    found = archive(
        tmp_path, ["زيارة محمد بن سلمان", "زيارة محمد ابن سلمان", "له ابن وحيد", "قهوة من بن يمني"]
    )
    assert ids(found, "بن سلمان") == ids(found, "ابن سلمان") == [2, 1]
    assert ids(found, "ابن") == [3, 2]


def test_a_short_name_in_another_spelling_is_found_in_either_order(tmp_path: Path) -> None:
    found = archive(tmp_path, ["زيارة كامالا هاريس", "زيارة كمالا هاريس", "زيارة وزير"])
    assert ids(found, "كمالا") == [2, 1]
    assert ids(found, "كامالا sort:relevance") == [1, 2]


def test_the_correction_is_of_the_likelier_slip(tmp_path: Path) -> None:
    """أرانة is أريانة with a letter left out; for أمانة a finger would have hit a key four keys away."""
    often = [Entry("أمانة السر")] * 6
    found = archive(tmp_path, [*often, *[Entry("بلدية أريانة")] * 2])
    # Without «ال» also اهانة and ارادة could be meant: the archive has neither.
    assert corrections(found, "أرانة")[0][1][0] == "اريانه"
    assert ids(found, "بلدية أرانة sort:relevance")[:2] == [8, 7]
    page = search.page(found, query.parse("أرانة sort:relevance", FIRST), limit=1)
    assert page.rows[0].title == "بلدية أريانة"


def test_a_word_that_stands_behind_clitics_alone_is_no_slip(tmp_path: Path) -> None:
    found = archive(
        tmp_path, [Entry("الأحزاب والأكراد في سوريا"), Entry("مدينة أكرد في سوريا"), Entry("كلام")]
    )
    page = search.page(found, query.parse("أكراد سوريا sort:relevance", FIRST), limit=10)
    assert page.note == ""
    assert page.rows[0].id == 1
