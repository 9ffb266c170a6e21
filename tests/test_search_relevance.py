"""Order by relevance, and the grades it is made of."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_archive import Entry, add, archive, ids

from store import relevance, search
from store.aliases import ROWS
from store.candidates import Concept, _best_by_bm25
from store.grading import EXACT, LOOSE, RESPELLED, ROOT, SAME, STEM, Grader, grade
from store.lexicon import STEMS
from store.query_fts import COLUMNS
from store.query_tree import Prefix, Word
from store.relevance import _is_heard
from store.scoring import Scorer
from store.search_index import columns_of_index, unindex_article


@pytest.mark.parametrize(
    ("asked", "written", "value"),
    [
        ("كوريا", "كُوریا", EXACT),
        ("كوريا", "لكوريا", SAME),
        ("الكتاب", "كتاب", SAME),
        ("شويغو", "شويجو", RESPELLED),
        ("الكاميروني", "الكامروني", RESPELLED),
        ("ڤفصة", "قفصة", RESPELLED),
        ("كتابان", "كتابه", STEM),
        ("الكاميروني", "الكاميرونية", STEM),
        ("الإنجليزي", "الإنقليزية", LOOSE),
        ("كتاب", "كاتب", ROOT),
        ("ينتحر", "الانتحار", ROOT),
        ("يحاول", "محاولة", ROOT),
        ("تونس", "تركيا", 0.0),
    ],
)
def test_grades(asked: str, written: str, value: float) -> None:
    assert grade(asked, written) == value


WORDS = st.one_of(
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىئؤپڤگ\u064b\u064e\u0640", min_size=1, max_size=10),
    st.sampled_from(
        ["شويغو", "ترامب", "جونغ", "تشيلسي", "بالقاسم", "ڤفصة", "وزير", "Trump", "2023", "ﻻجئ", "أميركا"]
    ),
)


@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, max_size=12))
@settings(max_examples=500, deadline=None)
def test_the_quick_look_misses_nothing(asked: list[str], text: list[str]) -> None:
    """The rough text only passes over words that have no grade: it finds what grading every word finds."""
    joined = " ".join(text)
    found = {
        (start, place): value for start, place, value in Grader([Word(word) for word in asked]).find(joined)
    }
    expected = {
        (at, place): value
        for at, word in enumerate(text)
        for place, one in enumerate(asked)
        if (value := grade(one, word))
    }
    assert found == expected


def test_the_quick_look_misses_no_spelling_of_a_name() -> None:
    """Keys of names have other consonants than the names, by rule and by the table: each pair both ways."""
    data = Path(__file__).parent / "data"
    rows = [line.split() for file in data.glob("names-*.txt") for line in file.read_text().splitlines()]
    pairs = [
        (row[0], other)
        for row in (*rows, *map(str.split, ROWS))
        if row and row[0] != "#"
        for other in row[1:]
    ]
    assert len(pairs) > 300
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        expected = grade(one, other)
        assert Grader([Word(one)]).find("في " + other) == ([(1, 0, expected)] if expected else []), (
            one,
            other,
        )


def test_the_quick_look_misses_no_word_that_the_lexicon_reads_as_another() -> None:
    """أفغاني is of أفغانستان, though it has not its letters."""
    assert Grader([Word("أفغانستان")]).find("القوات الأفغانية") == [(1, 0, STEM)]
    pairs = [(word, stem) for word, stem in STEMS.items() if not word.startswith(stem)]
    assert len(pairs) > 40
    for word, stem in pairs:
        expected = grade(stem, word)
        assert Grader([Word(stem)]).find("في " + word) == ([(1, 0, expected)] if expected else []), (
            stem,
            word,
        )


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("كوريا", "«لِكُورِيَا»،"),
        ("سير", "س\u0651يـــر"),
        ("Trump", "TRUMP's"),
        ("Elysée", "(élysée)"),
        ("Москва", "МОСКВА,"),
        ("2023", "(٢٠٢٣)"),
        ("الذي", "الذّي"),
        ("ڤفصة", "بڤفصة"),
        ("صحفي", "۔/صحفي/۔"),
        ("روسيا", "\u200fروسيا\u202c"),
    ],
)
def test_the_quick_look_sees_words_in_any_letters_between_any_signs(asked: str, written: str) -> None:
    ((at, place, value),) = Grader([Word(asked)]).find("— " + written)
    assert (at, place) == (1, 0)
    assert value >= SAME


@pytest.mark.parametrize(
    "hostile", ["ت" * 20_000, "ا" * 20_000, "تن" * 10_000 + "ع", "عكر/" * 5_000, "كر/" * 7_000]
)
def test_a_text_of_one_letter_ten_thousand_times_is_gone_through_once(hostile: str) -> None:
    """Two minutes where each letter is gone on from to the end of all; the word behind it is found all the same."""
    grader = Grader([Word("متتالية"), Word("تتت"), Word("كوريا")])
    assert [at for at, _, _ in grader.find(f"{hostile} متتالية")][-1:] == [1]


def test_a_letter_said_again_and_again_is_found_where_it_is_asked_so() -> None:
    assert Grader([Word("ه" * 20)]).find("ه" * 20) == [(0, 0, EXACT)]
    assert Grader([Word("كبر")]).find("كـ" + "ـ" * 90 + "بر") == [(0, 0, EXACT)]


def test_a_word_that_has_a_term_inside_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    grader = Grader([Word("كوريا")])
    monkeypatch.setattr(grader, "_grades", lambda piece: looked_at.append(piece) or ())
    # غ stands for a foreign g, which ك is not, and of «عسكري» and «كردي» the rest is neither clitic nor ending.
    grader.meet(["غورية عسكري كردي كوريا", "بكوريا"])
    assert sorted(looked_at) == ["بكوريا", "كوريا"]


def test_prefixes_and_exact_words_are_graded_as_such() -> None:
    assert Grader([Prefix("كور")]).find("في كوريا الكورية") == [(1, 0, EXACT), (2, 0, EXACT)]
    # A word nobody typed is looked for with its vowels where it has hardly anything else.
    assert Grader([Word("سيره", weight=0.5)]).find("سر السيرة وسيرته") == [(1, 0, SAME), (2, 0, STEM)]
    assert Grader([Word("ترامب", is_exact=True)]).find("ترمب ترامب") == [(1, 0, EXACT)]


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    filler = tuple(f"كلام عام رقم {number} لا يهم احدا هنا" for number in range(3))
    return archive(
        tmp_path,
        [
            Entry("خبر أول", (*filler, "زيارة زيلنسكي")),
            Entry("خبر ثان", (*filler, "زيارة زيلينسكي")),
            Entry("زيلينسكي في زيارة", filler),
            Entry("خبر رابع", (*filler, "زيارة فقط")),
            *(Entry(f"خبر رقم {number}", filler) for number in range(12)),
        ],
    )


def test_title_over_body_exact_over_respelled_all_words_over_some(connection: sqlite3.Connection) -> None:
    assert ids(connection, "زيارة زيلينسكي sort:relevance") == [3, 2, 1, 4]


def test_a_list_by_relevance_is_narrowed_like_any_other(connection: sqlite3.Connection) -> None:
    assert ids(connection, "زيارة زيلينسكي before:2023-09-03 sort:relevance") == [2, 1]
    assert ids(connection, "زيارة -زيلينسكي sort:relevance") == [4]
    assert ids(connection, "is:starred sort:relevance") == []
    assert ids(connection, "is:unread sort:relevance", limit=2) == [16, 15]


def test_words_of_every_article_are_still_answered(connection: sqlite3.Connection) -> None:
    assert len(ids(connection, "كلام sort:relevance")) == 16
    assert ids(connection, "غائب sort:relevance") == []


def test_the_word_itself_stands_above_its_stem_said_often(tmp_path: Path) -> None:
    often = ("قبل ذلك وقبل هذا قبل كل شيء وقبل اليوم وقبل امس قبل",)
    found = archive(
        tmp_path,
        [Entry("خبر", body=("جد حادث في قبلي صباح اليوم وأسفر عن خسائر كثيرة",)), Entry("رأي", body=often)],
    )
    assert ids(found, "قبلي sort:relevance") == [1, 2]


def test_a_seldom_word_is_tried_one_slip_away_below_the_word_itself(tmp_path: Path) -> None:
    entries = [Entry(f"ميناء قرقنة {number}") for number in range(3)]
    entries += [Entry(f"خبر آخر {number}") for number in range(20)]
    found = archive(tmp_path, [Entry("بيت في قرنة"), Entry("يزور بيت قرقنة"), *entries])
    asked = ids(found, "بيت قرنة sort:relevance")
    assert asked[:2] == [1, 2]
    # By date nothing is guessed while the archive has the word.
    assert ids(found, "بيت قرنة") == [1]


def test_another_word_of_the_root_puts_an_article_higher(tmp_path: Path) -> None:
    found = archive(tmp_path, [Entry("الانتحار غرقا في البحر"), Entry("السباحة بعيدا في البحر")])
    assert ids(found, "ينتحر البحر sort:relevance") == [1, 2]


def test_an_article_with_all_the_words_is_looked_at_however_many_are_better_by_bm25(tmp_path: Path) -> None:
    alone = [Entry("", ("زلزال",)) for _ in range(70)] + [Entry("", ("مدينة",)) for _ in range(70)]
    others = [Entry("", ("كلام",)) for _ in range(300)]
    both = Entry("", ("زلزال مدينة " + "كلام لا يهم احدا " * 5,))
    found = archive(tmp_path, [both, *alone, *others])
    assert ids(found, "زلزال مدينة sort:relevance", limit=2)[0] == 1


def test_of_a_long_query_the_words_of_few_articles_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "MOST_CONCEPTS", 2)
    common = [Entry(f"كلام عن شيء {number}") for number in range(9)]
    found = archive(tmp_path, [*common, Entry("بركان وزلزال"), Entry("زلزال، كلام عن شيء")])
    search.settle(found)
    judged: list[str] = []
    judge = Scorer.judge
    monkeypatch.setattr(
        Scorer, "judge", lambda self, head, body: judged.append(head) or judge(self, head, body)
    )
    assert ids(found, "كلام عن زلزال شيء بركان sort:relevance") == [10, 11]
    assert sorted(judged) == ["بركان وزلزال", "زلزال، كلام عن شيء"]


def test_the_more_words_are_asked_for_the_fewer_texts_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = archive(tmp_path, [Entry("", ("كلام عن شيء",)) for _ in range(50)])
    judged: list[str] = []
    judge = Scorer.judge
    monkeypatch.setattr(
        Scorer, "judge", lambda self, head, body: judged.append(body) or judge(self, head, body)
    )
    for most, looked_at in ((700, 50), (30, 20), (3, 4)):
        monkeypatch.setattr(relevance, "MOST_LOOKS", most)
        judged.clear()
        assert len(ids(found, "كلام عن شيء sort:relevance", limit=2)) == 2
        # A third as many of the best by bm25 as words are looked for, as many of the newest with all the words.
        assert len(judged) == looked_at, most


def test_a_form_that_nobody_has_is_read_as_its_neighbour_of_the_same_stem(tmp_path: Path) -> None:
    # كتابات and كتابان are both forms of كتاب; two letters exchanged make كتابتا of the first, nothing of the second.
    found = archive(
        tmp_path, [Entry("خبر كتابات"), Entry("خبر كتابان"), *(Entry(f"كلام {n}") for n in range(9))]
    )
    assert ids(found, "كتابتا sort:relevance")[:2] == [1, 2]


def test_a_word_is_heard_of_with_whatever_stands_before_it(tmp_path: Path) -> None:
    # موظفة is in no article but behind بال; مهندسة in none at all, so that مهندس is as near as one comes.
    filler = tuple(Entry(f"كلام رقم {number}") for number in range(9))
    found = archive(tmp_path, [Entry("خبر بالموظفة"), Entry("خبر موظف ثم مهندس"), *filler])

    def is_heard(typed: str) -> bool:
        return _is_heard(found, Word(typed))

    assert [is_heard(typed) for typed in ("موظفة", "والموظفة", "مهندسة", "المهندسة", "لمهندس")] == [
        True,
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("is_former", [False, True])
def test_what_is_in_headlines_is_a_better_candidate_whatever_the_order_of_columns(
    tmp_path: Path, *, is_former: bool
) -> None:
    """The index of a new store has the words of bodies first, one that was made before those of headlines."""
    found = archive(tmp_path, [])
    if is_former:
        found.execute("DROP TABLE search")
        former = ", ".join(COLUMNS)
        found.execute(f"CREATE VIRTUAL TABLE search USING fts5({former}, content='', tokenize='ascii')")
    entries = [
        Entry("كلام", ("زلزال في البحر",)),
        Entry("زلزال في البحر", ("كلام",)),
        Entry("كلام", ("هزات في البحر",), ("زلزال",)),
        Entry("كلام", ("الزلزال في البحر",)),
    ]
    for number, entry in enumerate(entries, 1):
        add(found, number, entry)
    for number in range(5, 20):
        add(found, number, Entry("كلام", ("حديث آخر في البحر",)))
    assert columns_of_index(found)[0] == ("title" if is_former else "body")
    node = Word("زلزال")
    concept = Concept(node, 3.0, ())
    best = _best_by_bm25(found, [concept], (), 4)
    # Twice for a headline or a keyword, less for a stem: the fourth has الزلزال, the same word behind its article.
    assert sorted(best[:2]) == [20, 30]
    assert best[2:] == [10, 40]
    assert ids(found, "title:زلزال") == [2]
    assert ids(found, "keyword:زلزال") == [3]
    unindex_article(found, 20, entries[1].title, entries[1].body, entries[1].keywords)
    found.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert ids(found, "title:زلزال") == []


def test_a_beginning_counts_in_the_order_by_relevance(tmp_path: Path) -> None:
    """«الصراع» begins with صر behind the article: an article with it and with النفط is above one with النفط alone."""
    found = archive(
        tmp_path,
        [
            Entry("الصراع يصوت", ("وصف الصراع والنفط كذلك",)),
            Entry("أخبار متفرقة", ("كلام عن الطقس والجبال والمدن ثم الصراع",)),
            *(Entry("كلام", ("في البحر",)) for _ in range(20)),
            Entry("أسعار النفط", ("النفط والنفط",)),
        ],
    )
    assert ids(found, "صر* النفط sort:relevance")[0] == 1
    assert ids(found, "صر* البحر sort:relevance")[:2] != [2, 1]
    assert ids(found, "صر* sort:relevance") == [1, 2]
    # A phrase whose last word is half typed, too.
    assert ids(found, '"الصراع يصو*" sort:relevance') == [1]
