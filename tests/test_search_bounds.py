"""What a query may cost: bounds that are not reached change nothing, and what is left out where they are is old."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_archive import FIRST, Entry, archive, ids

from store import query, query_sql, relevance, search, slips, spelling
from store.candidates import Concept, Walk, candidates
from store.query_fts import anywhere, expression
from store.query_sql import plan
from store.query_streams import positions
from store.query_tree import And, Is, Node, Phrase, Prefix, State, Word, positive_texts
from store.scoring import Alternative
from store.sizes import Bounds, Sizes, likely_size
from store.slips import company_of
from store.spelling import resolve

#: More than any archive has.
EVERY = 10**9
NO_BOUNDS = Bounds(rows=EVERY, rows_of_many=EVERY, walked=EVERY, walked_in_titles=EVERY)
WORDS = ["زلزال", "مدينة", "وزير", "كلام", "شيء", "بركان", "قرار", "مؤتمر", "رئيس", "صاروخ"]


def _entry(chance: random.Random, number: int) -> Entry:
    # The first words are in most articles, the last in few.
    weights = [2.0**-place for place in range(len(WORDS))]
    title, body = (" ".join(chance.choices(WORDS, weights, k=count)) for count in (3, 12))
    return Entry(title, (body,), is_unread=number % 3 > 0)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    chance = random.Random(7)
    return archive(tmp_path_factory.mktemp("bounds"), [_entry(chance, number) for number in range(300)])


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(["-وزير", "is:unread", "وز*", '"كلام شيء"', "بركان OR قرار"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
).map(" ".join)


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bounds_that_are_not_reached_change_nothing(connection: sqlite3.Connection, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        bounded = ids(connection, text + " sort:relevance")
        patch.setattr(relevance, "BOUNDS", NO_BOUNDS)
        assert ids(connection, text + " sort:relevance") == bounded


@given(st.lists(st.sampled_from([*WORDS, "-وزير", '"كلام شيء"']), min_size=2, max_size=8, unique=True))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_words_are_found_by_the_rarest_as_by_all(
    connection: sqlite3.Connection, words: list[str]
) -> None:
    root = query.parse(" ".join(words), FIRST).root
    at_once = positions(connection, plan(connection, root), limit=500)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query_sql, "_TOGETHER", 1)
        patch.setattr(query_sql, "_LEADING", 1)
        streams = plan(connection, root)
        assert positions(connection, streams, limit=500) == at_once
        first = positions(connection, streams, limit=2)
        assert first == at_once[:2]
        assert positions(connection, streams, limit=500, before=first[-1]) == at_once[2:] if first else True


def test_the_rarest_of_many_words_lead(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_sql, "_TOGETHER", 2)
    monkeypatch.setattr(query_sql, "_LEADING", 2)
    search.settle(connection)
    (stream,) = plan(connection, query.parse("زلزال صاروخ -بركان مدينة رئيس", FIRST).root)
    assert stream.values == (expression(query.parse("صاروخ رئيس -بركان", FIRST).root),)
    assert [test.values[0] for test in stream.tests] == [expression(Word("مدينة")), expression(Word("زلزال"))]


def test_articles_with_all_words_are_looked_for_among_the_newest_where_the_words_are_in_very_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 40 articles each word is in all: 80 matches. A quarter of them are those of the newest ten, and the one after."""
    found = archive(tmp_path, [Entry("خبر", ("زلزال مدينة",)) for _ in range(40)])
    monkeypatch.setattr("store.sizes.MANY", 1)
    concepts = [_concept("زلزال", 40), _concept("مدينة", 40)]
    for walked, oldest in ((80, 1), (76, 2), (20, 30), (4, 38)):
        sizes = Sizes(found, Bounds(rows_of_many=1, many=1, walked=walked, walked_in_titles=walked))
        chosen = candidates(found, sizes, concepts, (), 50)
        assert min(chosen) == oldest * 10, walked
        assert max(chosen) == 400


def test_of_what_is_found_often_the_newest_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the bound upwards as from the newest down: the three newest of 40, whichever way they are come to."""
    found = archive(tmp_path, [Entry("خبر", ("زلزال مدينة",)) for _ in range(40)])
    sizes = Sizes(found, Bounds(rows_of_many=1, many=1, walked=40, walked_in_titles=40))
    for often in (5, 1000):
        monkeypatch.setattr("store.candidates._OFTEN", often)
        chosen = candidates(found, sizes, [_concept("زلزال", 40), _concept("مدينة", 40)], (), 3)
        assert chosen == [400, 390, 380], often


def _concept(word: str, size: float) -> Concept:
    return Concept(Word(word), size, (Alternative(((Word(word), 1.0),), size, size),))


def test_a_rare_word_leads_to_its_articles_however_old(tmp_path: Path) -> None:
    """«بركان» is in the oldest article alone: to go from match to match of it costs nothing, whatever stands beside it."""
    found = archive(tmp_path, [Entry("بركان", ("كلام",)), *(Entry("خبر", ("كلام",)) for _ in range(300))])
    concepts = [_concept("بركان", 1), _concept("كلام", 301)]
    sizes = Sizes(found, Bounds(rows_of_many=0, many=1, walked=130, walked_in_titles=130))
    assert 10 in candidates(found, sizes, concepts, (), 100)


def test_what_narrows_a_query_to_few_is_not_cut(tmp_path: Path) -> None:
    """The one article with the tag is the oldest: the tag leads there, and no bound of the words keeps it away."""
    entries = [Entry("زلزال مدينة", tags=("مهم",)), *(Entry("زلزال مدينة") for _ in range(40))]
    found = archive(tmp_path, entries)
    concepts = [_concept("زلزال", 41), _concept("مدينة", 41)]
    sizes = Sizes(found, Bounds(rows_of_many=0, many=1, walked=4, walked_in_titles=4))
    tag = query.parse("tag:مهم", FIRST).root
    assert isinstance(tag, Node)
    assert candidates(found, sizes, concepts, (tag,), 50) == [10]
    unread = candidates(found, sizes, concepts, (Is(State.UNREAD),), 50)
    # Four of 82 matches: the newest two articles, and the one after.
    assert (min(unread), max(unread)) == (390, 410)


def test_the_words_of_a_broad_beginning_make_a_walk_shorter(tmp_path: Path) -> None:
    found = archive(tmp_path, [Entry("كلام") for _ in range(100)])
    broad = Concept(Prefix("كلا", words=("كلام", "كلاب")), 100, _concept("كلام", 100).ways)

    def reach(*concepts: Concept, walked: int) -> int | None:
        return Walk(found, Sizes(found, Bounds()), concepts, (), 50).reach(walked)

    assert reach(_concept("كلام", 100), _concept("شيء", 100), walked=200) is None
    # Twenty steps for each of its articles, and one for each of the word's: 2,100.
    assert reach(broad, _concept("كلام", 100), walked=2100) is None
    assert reach(broad, _concept("كلام", 100), walked=1050) == 500


def test_of_many_articles_sizes_are_judged_by_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """«كلام» is in every second of 200 articles, «شيء» in every tenth; 4 newest matches are looked at first."""
    found = archive(
        tmp_path,
        [Entry(f"{'كلام' if n % 2 else ''} {'شيء' if n % 10 == 0 else ''} رقم") for n in range(1, 201)],
    )
    monkeypatch.setattr("store.sizes._GLANCE", 4)
    # The newest four with «كلام» are 199, 197, 195 and 193, than which seven are newer: 4 of 7 have it.
    assert Sizes(found, Bounds(rows=5)).of(anywhere("كلام")) == pytest.approx(4 * 200 / 7)
    # Not so many that it matters: counted.
    assert Sizes(found, Bounds(rows=150)).of(anywhere("كلام")) == 100
    assert Sizes(found, Bounds(rows=15)).of(anywhere("شيء")) == pytest.approx(15)
    assert Sizes(found, Bounds(rows=EVERY)).of(anywhere("شيء")) == 20
    assert Sizes(found, Bounds(rows=5)).of(anywhere("غائب")) == 0
    monkeypatch.setattr("store.sizes._GLANCE_AGE", 1)
    # Too far back to judge by: counted no further than the bound.
    assert Sizes(found, Bounds(rows=5)).of(anywhere("شيء")) == pytest.approx((5 * 200) ** 0.5)


def test_what_the_vocabulary_tells_of_a_node(connection: sqlite3.Connection) -> None:
    search.settle(connection)
    few, many = likely_size(connection, Word("صاروخ")), likely_size(connection, Word("زلزال"))
    assert 0 < few < many
    assert likely_size(connection, And((Word("صاروخ"), Word("زلزال")))) == few
    assert likely_size(connection, Phrase("صاروخ زلزال")) == few
    assert likely_size(connection, Prefix("صا")) > many
    assert likely_size(connection, Word("غائب")) == 0


def test_company_is_the_same_in_memory_and_by_the_index(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = company_of(connection, [Word("صاروخ"), Word("رئيس")])
    assert len(company.companions) == 2
    in_memory = slips.closeness(connection, anywhere("قرار"), company)
    assert in_memory != 0
    monkeypatch.setattr(slips, "_COMPARED", 1)
    assert slips.closeness(connection, anywhere("قرار"), company) == in_memory


def test_of_many_articles_the_newest_show_whether_two_words_are_also_written_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """«فيس بوك» stands in the oldest article, «فيس» alone in the five after it."""
    entries = ["فيس بوك", *(f"فيس رقم {n}" for n in range(5)), "موقع فيسبوك", "بوك"]
    found = archive(tmp_path, entries)
    assert ids(found, "فيسبوك") == [7, 1]
    monkeypatch.setattr(spelling, "are_many", lambda connection: True)
    assert ids(found, "فيسبوك") == [7, 1]
    monkeypatch.setattr(spelling, "_LOOKED_AT", 1)
    assert ids(found, "فيسبوك") == [7]


def test_of_a_long_query_by_relevance_only_the_words_it_goes_by_are_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = archive(tmp_path, ["فيس بوك", "وزير وزير", "وزير", "قرار", "فيسبوك قرار"])
    search.settle(found)
    monkeypatch.setattr(spelling, "MOST_CONCEPTS", 1)
    asked = query.parse("فيسبوك وزير sort:relevance", FIRST)
    # «فيسبوك» is in one article, «وزير» in two: the rarer is looked up, and found to be written apart as well.
    told = [text.text for text in positive_texts(resolve(found, asked)[0].root)]
    assert told == ["فيسبوك", "فيس بوك", "وزير"]
    asked = query.parse("وزير فيسبوك", FIRST)
    assert len(positive_texts(resolve(found, asked)[0].root)) == len(told)


def test_of_many_articles_the_vocabulary_weighs_the_neighbours_of_a_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = archive(tmp_path, [*(f"الجلسة العادية {n}" for n in range(9)), "أندية", "عداية", *("كلام",) * 9])
    search.settle(found)
    counted = ids(found, "العدية sort:relevance")
    assert counted[:9] == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    monkeypatch.setattr(spelling, "are_many", lambda connection: True)
    assert ids(found, "العدية sort:relevance") == counted


#: A hundredth of what 200 articles would need.
NARROW = Bounds(rows=5, rows_of_many=5, walked=40, walked_in_titles=40)


@pytest.mark.parametrize(
    "narrowed", ["on:2023-09-03", "before:2023-09-21", "is:starred", "after:2023-09-02 before:2023-09-15"]
)
def test_a_bound_reaches_from_the_end_of_what_narrows_a_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, narrowed: str
) -> None:
    """The words are in all 200 articles, one a day, and what is asked for is old: it is found by relevance as by date."""
    entries = [Entry("خبر", ("زلزال مدينة",), is_starred=number == 4) for number in range(200)]
    found = archive(tmp_path, entries)
    text = f"زلزال مدينة {narrowed}"
    by_date = ids(found, text)
    assert by_date
    monkeypatch.setattr(relevance, "BOUNDS", NARROW)
    assert set(ids(found, text + " sort:relevance")) & set(by_date)
    assert set(ids(found, text + " sort:relevance")) <= set(by_date)


def test_where_the_bound_leaves_nothing_all_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is unread three articles are left, the oldest: no walk among the newest comes to them."""
    entries = [Entry("خبر", ("زلزال مدينة",), is_unread=number < 3) for number in range(200)]
    found = archive(tmp_path, entries)
    monkeypatch.setattr(relevance, "BOUNDS", NARROW)
    assert set(ids(found, "زلزال مدينة is:unread sort:relevance")) == {1, 2, 3}
