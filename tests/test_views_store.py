"""What lists can be narrowed to, on forty articles whose numbers are known by rule (reader_harness.records)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store import Store, StoreError
from store.completion import FIELDS
from store.database import errors_of
from store.intake import add
from store.models import ParsedArticle, Precision, Published
from store.views import timeline


def counts(store: Store, views: tuple[object, ...]) -> dict[str, int]:
    return {view.name: store.count(store.parse(view.query)) for view in views}  # type: ignore[attr-defined]


def test_outlets_with_the_number_of_their_articles(store: Store) -> None:
    # Forty in turn among three: 14, 13, 13.
    assert counts(store, store.views.outlets()) == {"الجزيرة": 14, "الشرق الأوسط": 13, "صدى البلد": 13}


def test_agencies(store: Store) -> None:
    # Every fifth of 0…39.
    assert counts(store, store.views.agencies()) == {"رويترز": 8}


def test_keywords_most_used_first(store: Store) -> None:
    found = store.views.keywords()
    assert counts(store, found) == {"رياضة": 20, "سياسة": 20, "اقتصاد": 20}


def test_keywords_that_begin_so_in_any_spelling(store: Store) -> None:
    assert [view.name for view in store.views.keywords("إقتص")] == ["اقتصاد"]


def test_months_newest_first(store: Store) -> None:
    # Days 1 to 28 of January are numbers 0 to 27, then twelve days of February.
    assert [view.name for view in store.views.months()] == ["2024-02", "2024-01"]
    assert counts(store, store.views.months()) == {"2024-02": 12, "2024-01": 28}


def test_tags_and_saved_searches(store: Store) -> None:
    store.change_tags([1, 2], add=["سلام دائم"])
    store.views.save_search("القدس", "القدس is:unread")
    assert counts(store, store.views.tags()) == {"سلام دائم": 2}
    assert counts(store, store.views.searches()) == {"القدس": 10}


def test_a_name_with_quotation_marks_is_still_one_value(store: Store) -> None:
    store.connection.execute(
        "UPDATE outlets SET name = 'جريدة \"الحق\"', key = 'جريده الحق' WHERE name = 'الجزيرة'"
    )
    assert counts(store, store.views.outlets())['جريدة "الحق"'] == 14


def test_ids_of_a_query_newest_first(store: Store) -> None:
    newest = store.newest(3)
    found = store.views.ids(store.parse(""))
    assert len(found) == 40
    assert list(found[:3]) == [row.id for row in newest]
    assert len(store.views.ids(store.parse("القدس"))) == 10


def test_facets_of_a_result(store: Store) -> None:
    tagged = store.views.ids(store.parse("القدس"))[:2]
    store.change_tags(tagged, add=["مهم"])
    found = store.views.facets(store.parse("القدس"))
    # Numbers 0, 4, …, 36: by thirds 4 (0, 12, 24, 36), 3 (4, 16, 28), 3 (8, 20, 32).
    assert dict(found.outlets) == {"الجزيرة": 4, "الشرق الأوسط": 3, "صدى البلد": 3}
    assert found.tags == (("مهم", 2),)
    assert found.months == (("2024-01", 7), ("2024-02", 3))
    assert (found.looked_at, found.is_bounded) == (10, False)
    assert sum(found.timeline) == 10
    assert store.views.facets(store.parse("القدس"), limit=4).is_bounded


def test_snippets_only_where_the_headline_says_nothing(store: Store) -> None:
    query = store.parse("زيتون")
    ids = store.views.ids(query)
    found = store.views.snippets(query, ids)
    assert set(found) == set(ids)
    for one in found.values():
        assert [one.text[a:b] for a, b in one.matches] == ["زيتون"]
    # Numbers 0, 2, …, 38 have the keyword, and nothing of it in headline or body.
    by_keyword = store.parse("رياضة")
    found = store.views.snippets(by_keyword, store.views.ids(by_keyword))
    assert len(found) == 20
    assert {(one.text, one.matches) for one in found.values()} == {("رياضة", ((0, 5),))}
    in_title = store.parse("القدس")
    assert store.views.snippets(in_title, store.views.ids(in_title)) == {}


def test_a_statement_is_given_up_when_asked(store: Store) -> None:
    # Forty articles are answered before it is asked: a statement that is long whatever the archive.
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with store.views.stoppable(lambda: True), pytest.raises(StoreError), errors_of():
        store.connection.execute(endless).fetchone()
    assert store.count(store.parse("خبر")) == 40


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("so", "source:"),
        ("مص", "مصدر:"),
        ("source:الش", 'source:"الشرق الأوسط"'),
        ('مصدر:"الشرق ال', 'مصدر:"الشرق الأوسط"'),
        ("agency:رو", "agency:رويترز"),
        ("is:un", "is:unread"),
        ("is:مم", "is:مميز"),
        ("القدس keyword:سيا", "القدس keyword:سياسة"),
        ("-tag:مه", "-tag:مهم"),
        ("after:2", "after:2w"),
        ("اقت", "اقتصاد"),
        # Every name of a field, and words where words are looked for.
        ("outlet:الش", 'outlet:"الشرق الأوسط"'),
        ("المصدر:الش", 'المصدر:"الشرق الأوسط"'),
        ("الحالة:مم", "الحالة:مميز"),
        ("date:2", "date:2w"),
        ("title:اقت", "title:اقتصاد"),
        ("العنوان:اقت", "العنوان:اقتصاد"),
        ("=اقت", "=اقتصاد"),
        ('"اقت', '"اقتصاد'),
        ('-"مدينة اقت', '-"مدينة اقتصاد'),
        ("بعد:أس", "بعد:أسبوعين"),
    ],
)
def test_a_query_is_completed(store: Store, text: str, line: str) -> None:
    store.change_tags([1], add=["مهم"])
    assert line in store.views.complete(text, len(text))


def test_what_could_stand_there_is_offered_in_the_language_of_the_field_first(store: Store) -> None:
    assert store.views.complete("is:", 3)[:2] == ("is:unread", "is:read")
    assert store.views.complete("حالة:", 5)[:2] == ("حالة:غير_مقروء", "حالة:مقروء")
    assert store.views.complete("ترتيب:", 6)[0] == "ترتيب:تاريخ"
    assert store.views.complete("بعد:", 4)[:2] == ("بعد:اليوم", "بعد:أمس")
    assert store.views.complete("on:", 3)[0] == "on:today"


def test_a_name_that_would_be_read_as_a_sign_is_offered_in_its_field_alone(tmp_path: Path) -> None:
    odd = ["-عنابة", 'عن"كذا', "عن(كذا", "عنوان:كذا", "عن/كذا/"]
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps({"title": "عنب", "body": ["نص"], "keywords": odd}))
    store = Store(tmp_path / "odd.db")
    store.import_paths([path])
    for line in store.views.complete("عن", 2):
        assert line.endswith(":") or line.isalpha()
    offered = store.views.complete("keyword:عن", 10)
    assert 'keyword:"-عنابة"' in offered
    assert all(store.count(store.parse(line)) for line in offered)
    store.close()


def test_a_pattern_is_not_completed(store: Store) -> None:
    assert store.views.complete("/اقت", 4) == ()
    assert store.views.complete("title:/اقت", 10) == ()


def test_completion_keeps_what_follows_the_cursor(store: Store) -> None:
    assert 'source:"الشرق الأوسط" القدس' in store.views.complete("source:الش القدس", len("source:الش"))


@pytest.mark.parametrize("text", ["", "x:", "foo:bar", '"', "source:«", "(((", "a" * 5000, "\x00%_'"])
def test_completion_takes_anything(store: Store, text: str) -> None:
    assert isinstance(store.views.complete(text, len(text)), tuple)


def test_every_field_that_is_offered_can_be_read(store: Store) -> None:
    values = {
        "is": "unread",
        "has": "links",
        "after": "2023",
        "before": "2023",
        "on": "2023",
        "story": "1",
        "sort": "date",
    }
    store.views.save_search("كلمة", "القدس")
    for english, arabic in FIELDS:
        for name in (english, arabic):
            assert store.parse(f"{name}:{values.get(english, 'كلمة')}").root is not None or english == "sort"


def test_history_is_kept_oldest_first(store: Store) -> None:
    store.views.remember_search("أولى")
    store.views.remember_search("ثانية")
    assert set(store.views.history()) == {"أولى", "ثانية"}


def test_the_time_line_of_a_result_has_its_gaps() -> None:
    day = 19_700
    # 56 days and 28 stretches: two days each, the first and the last with one article, two in the middle.
    counts, ends = timeline([day, day + 55, day + 28, day + 29])
    assert (len(counts), sum(counts)) == (28, 4)
    assert (counts[0], counts[14], counts[27]) == (1, 2, 1)
    assert ends == (day * 86400, (day + 55) * 86400)
    assert timeline([day, day]) == ((), (0, 0)) == timeline([])
    assert timeline([day, day + 2])[0] == (1, 0, 1)


def test_the_time_line_before_1970_has_the_days_of_the_calendar(tmp_path: Path) -> None:
    store = Store(tmp_path / "old.db")
    # Noon of 30 and 31 December 1969 and of 1 January 1970, and midnight that begins the second of them.
    for name, time in (("أول", -129_600), ("ثان", -43_200), ("ثالث", 43_200), ("رابع", -86_400)):
        when = Published(time, Precision.MINUTE)
        parsed = ParsedArticle(title=name, body=(f"قديم {name}",), origin=name, published=when)
        add(store.connection, parsed, now=1)
    found = store.views.facets(store.parse("قديم"))
    assert found.timeline == (1, 2, 1)
    assert found.days == (-172_800, 0)
    store.close()
