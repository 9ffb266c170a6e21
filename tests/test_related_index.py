"""Related items as articles come, change and go."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import articles, clusters, counts, events, headlines, intake, neighbours, related_schema
from store.database import connect, transaction
from store.inference import infer_dates
from store.models import LinkKind, ParsedArticle, ParsedLink, Precision, Published
from store.rebuild import rebuild, verify
from store.related import Related, Relation, related
from store.vectors import Signature

DAY = 86_400
START = 1_900_000_000

BASE = "وصل الوفد التركي برئاسة هاكان فيدان إلى بغداد لبحث ملف المياه وأنبوب النفط مع محمد شياع السوداني"
SAME = "هاكان فيدان في بغداد لبحث المياه وأنبوب النفط مع السوداني بعد وصول الوفد التركي صباحا"
OTHER = "فاز المنتخب الياباني على نظيره البرازيلي بهدفين في مباراة ودية أقيمت في طوكيو أمام جمهور غفير"
TAIL = "وقال البيان المشترك إن الجانبين اتفقا على تشكيل لجنة فنية تجتمع كل شهر لمتابعة التنفيذ وتذليل العقبات القائمة"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "store.db")
    yield connection
    connection.close()


def add(
    connection: sqlite3.Connection,
    title: str,
    body: str,
    day: float | None = 0,
    outlet: str = "أ",
    links: tuple[ParsedLink, ...] = (),
) -> int:
    count = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    published = None if day is None else Published(START + int(day * DAY), Precision.MINUTE)
    parsed = ParsedArticle(
        title=title,
        body=tuple(body.split("\n")),
        origin=f"test:{count}",
        outlet=outlet,
        published=published,
        links=links,
    )
    return intake.add(connection, parsed, START)[0].id


def of(found: tuple[Related, ...], relation: Relation) -> list[int]:
    return [one.id for one in found if one.relation is relation]


def tables(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608
        for table in ("related_postings", "related_buckets", "title_sketches", "event_members")
    }


def test_reports_of_one_thing_are_an_event_and_others_are_not(store: sqlite3.Connection) -> None:
    first = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    add(store, "اليابان تهزم البرازيل في طوكيو", OTHER, 0.1)
    second = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    found = related(store, first)
    assert of(found, Relation.EVENT) == [second]
    assert found[0].seconds == pytest.approx(0.2 * DAY, abs=60)
    assert events.event_id(store, first) == events.event_id(store, second) is not None


def test_time_keeps_events_apart_but_not_the_story(store: sqlite3.Connection) -> None:
    first = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    later = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 12, "ب")
    found = related(store, first)
    assert of(found, Relation.EVENT) == []
    assert of(found, Relation.SAGA) == [later]
    assert [event.articles for event in events.story(store, later).events] == [(first,), (later,)]


def test_a_copy_is_told_from_a_report(store: sqlite3.Connection) -> None:
    body = f"{BASE}\n{TAIL}"
    first = add(store, "هاكان فيدان يصل إلى بغداد", body)
    wire = add(store, "وفد تركي في بغداد لبحث المياه", f"بغداد - وكالات: {body}", 0.1, "ب")
    update = add(
        store, "محدث: وفد تركي في بغداد", f"{body} ويغادر الوفد غدا عائدا إلى أنقرة بعد لقاءات أخرى", 0.2
    )
    found = {one.id: one for one in related(store, first)}
    assert found[wire].relation is Relation.COPY
    assert not found[wire].is_update
    assert found[update].is_update
    assert (found[wire].share or 0) > 0.8
    # The wire's dateline is its own, and it leaves nothing out.
    assert 0 < (found[wire].added or 0) < 0.1
    assert found[wire].lacking == 0


def test_copies_are_folded_under_their_original_in_an_event(store: sqlite3.Connection) -> None:
    body = f"{BASE}\n{TAIL}"
    first = add(store, "هاكان فيدان يصل إلى بغداد", body)
    report = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.05, "ج")
    copy = add(store, "وفد تركي في بغداد لبحث المياه", body, 0.1, "ب")
    event = events.event_of(store, first)
    assert event is not None
    assert event.articles == (first, copy, report)
    members = {member.id: member for member in event.members}
    assert members[copy].copy_of == first
    assert [member.id for member in event.members if member.is_first] == [first]
    assert event.outlets == ("أ", "ج", "ب")


def test_an_article_that_goes_leaves_nothing(store: sqlite3.Connection) -> None:
    add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    before = tables(store)
    gone = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    with transaction(store):
        articles.remove(store, gone)
    assert tables(store) == before
    assert store.execute("SELECT count(*) FROM related_terms WHERE articles > 1").fetchone()[0] == 0
    assert events.stories(store) == ()


def test_a_rolled_back_import_is_forgotten(store: sqlite3.Connection) -> None:
    first = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    store.execute("BEGIN")
    add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    store.execute("ROLLBACK")
    assert neighbours.size(store) == 1
    again = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    assert of(related(store, first), Relation.EVENT) == [again]


def test_the_same_rebuild_from_any_order(tmp_path: Path) -> None:
    wanted = [
        ("هاكان فيدان يصل إلى بغداد", BASE, 0.0, "أ"),
        ("فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب"),
        ("اليابان تهزم البرازيل في طوكيو", OTHER, 0.1, "ج"),
        ("خسارة البرازيل أمام اليابان وديا", f"{OTHER} بحضور نجوم سابقين", 0.5, "أ"),
        ("اتفاق تركي عراقي على لجنة للمياه", f"{SAME} {TAIL}", 1.4, "ج"),
    ]
    results = []
    for order in ((0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)):
        connection = connect(tmp_path / f"{order[0]}{order[1]}.db")
        ids = {add(connection, *wanted[index]): index for index in order}
        assert rebuild(connection)
        groups: dict[int, set[int]] = {}
        for article, event in connection.execute("SELECT article_id, event_id FROM event_members"):
            groups.setdefault(event, set()).add(ids[article])
        results.append(sorted(map(sorted, groups.values())))
        connection.close()
    assert results[0] == results[1] == results[2]
    assert [0, 1, 4] in results[0] or [0, 1] in results[0]


def test_a_stopped_rebuild_changes_nothing(store: sqlite3.Connection) -> None:
    add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    before = tables(store)
    assert not rebuild(store, should_stop=lambda: True)
    assert tables(store) == before


def test_a_rebuild_finds_what_an_emptied_index_lost(store: sqlite3.Connection) -> None:
    first = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    second = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    for table in related_schema.TABLES:
        store.execute(f"DELETE FROM {table}")  # noqa: S608
    counts.forget()
    assert related(store, first) == ()
    steps: list[tuple[int, int]] = []
    assert rebuild(store, on_progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (4, 4)
    assert of(related(store, first), Relation.EVENT) == [second]


@pytest.mark.parametrize("is_link_first", [True, False])
def test_links_find_their_target_in_another_spelling(store: sqlite3.Connection, is_link_first: bool) -> None:
    links = (
        ParsedLink(LinkKind.SIMILAR, "عاجل.. تحالف بوتين وكيم يونج أون يقلق الغرب (صور)"),
        ParsedLink(LinkKind.SIMILAR, "الغرب يقلق تحالف بوتين وكيم جونغ أون"),
    )
    if not is_link_first:
        target = add(store, "تحالف بوتين وكيم جونغ أون يقلق الغرب", OTHER)
    host = add(store, "هاكان فيدان يصل إلى بغداد", BASE, links=links)
    if is_link_first:
        target = add(store, "تحالف بوتين وكيم جونغ أون يقلق الغرب", OTHER)
    assert [link.target for link in articles.links_of(store, host)] == [target, None]
    assert of(related(store, host), Relation.SIMILAR) == [target]
    assert of(related(store, target), Relation.LINKED_FROM) == [host]
    assert headlines.resolve_title(store, "بالفيديو: تحالف بوتين وكيم جونغ أون يقلق الغرب") == target


@pytest.mark.parametrize("is_link_first", [True, False])
def test_links_and_targets_find_each_other_however_many_came_between(
    store: sqlite3.Connection, is_link_first: bool
) -> None:
    """The indexes of links are in parts of 16,384 articles each."""
    links = (
        ParsedLink(LinkKind.SIMILAR, "تحالف بوتين وكيم يونج أون يقلق الغرب"),
        ParsedLink(LinkKind.SIMILAR, "عاجل: اليابان تهزم البرازيل في طوكيو"),
    )
    pages = [
        ("هاكان فيدان يصل إلى بغداد", BASE, 1, links),
        ("تحالف بوتين وكيم جونغ أون يقلق الغرب", OTHER, 40_001, ()),
        ("اليابان تهزم البرازيل في طوكيو", SAME, 80_001, ()),
    ]
    ids: dict[str, int] = {}
    for place, (title, body, _, own) in enumerate(pages if is_link_first else reversed(pages)):
        store.execute(
            "INSERT INTO articles(id, position, title, title_key, origin, identity, added) VALUES (?, 1, '', 0, '', '', 0)",
            (40_000 * place + 7,),
        )
        ids[title] = add(store, title, body, links=own)
        store.execute("DELETE FROM articles WHERE position = 1")
    host, other, exact = ids.values() if is_link_first else reversed(list(ids.values()))
    assert [link.target for link in articles.links_of(store, host)] == [other, exact]
    assert articles.linked_from(store, other) == articles.linked_from(store, exact) == (host,)
    assert of(related(store, exact), Relation.LINKED_FROM) == [host]


def test_undated_articles_are_found_and_find(store: sqlite3.Connection) -> None:
    dated = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    undated = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, None, "ب")
    assert of(related(store, dated), Relation.SAGA) == [undated]
    (found,) = related(store, undated)
    assert (found.id, found.seconds) == (dated, None)
    story = events.story(store, dated)
    assert [event.articles for event in story.undated] == [(undated,)]


def test_a_stated_date_is_never_inferred_over(store: sqlite3.Connection) -> None:
    ids = [
        add(store, "هاكان فيدان يصل إلى بغداد", f"اليوم الأحد {BASE}"),
        add(store, "فيدان يبحث المياه", SAME, 0.2),
    ]
    assert infer_dates(store, ids) == ()


def test_a_dated_sibling_that_comes_late_dates_the_earlier_arrival(store: sqlite3.Connection) -> None:
    # START is Sunday 17 March 2030, so the last Saturday is the 16th.
    undated = add(store, "فيدان يبحث ملف المياه في بغداد", f"قال مسؤول أمس الجمعة: {SAME}", None, "ب")
    dated = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    (found,) = infer_dates(store, [dated])
    assert found[0] == undated
    assert found[1].is_inferred
    assert found[1].time == (START // DAY - 1) * DAY


def test_an_unrelated_sibling_dates_nothing(store: sqlite3.Connection) -> None:
    undated = add(store, "اليابان تهزم البرازيل في طوكيو", f"قال مدرب أمس الجمعة: {OTHER}", None, "ب")
    dated = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    assert infer_dates(store, [undated, dated]) == ()


def test_events_of_a_time_are_listed_largest_first(store: sqlite3.Connection) -> None:
    for place, outlet in enumerate("أبج"):
        add(store, f"هاكان فيدان في بغداد ملف المياه {outlet}", f"{SAME} {outlet * 4}", place / 10, outlet)
    for place, outlet in enumerate("أب"):
        add(store, f"اليابان تهزم البرازيل ودياً {outlet}", f"{OTHER} {outlet * 4}", 5 + place / 10, outlet)
    found = events.stories(store)
    assert [(event.articles, event.outlets, event.unread) for event in found] == [(3, 3, 3), (2, 2, 2)]
    assert len(events.stories(store, since=START + 3 * DAY)) == 1


def test_an_archive_in_a_month_of_articles_answers_with_few(store: sqlite3.Connection) -> None:
    first = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    for number in range(60):
        add(
            store, f"خبر رقم {number} عن {OTHER.split()[number % 10]}", f"{OTHER} {number * 7919}", number / 2
        )
    mate = add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    assert related(store, first)[0].id == mate


def test_of_equally_rare_terms_those_of_the_headline_find(store: sqlite3.Connection) -> None:
    """Sixty terms of the text are in one other article each; three that are said thrice are in the mate alone."""
    headline, text = (901, 902, 903), range(1, 61)
    ids = [add(store, f"خبر رقم {number}", f"نص {number * 7919}") for number in range(62)]
    for article in ids:
        assert neighbours.remove(store, article)
    made = Signature(dict.fromkeys(headline, 3) | dict.fromkeys(text, 1), ())
    neighbours.add(store, ids[0], START, made)
    neighbours.add(store, ids[1], START, Signature(dict.fromkeys(headline, 3), ()))
    for article, term in zip(ids[2:], text, strict=True):
        neighbours.add(store, article, START, Signature({term: 1}, ()))
    found = neighbours.nearest(store, made, START, clusters.ON_ARRIVAL, without=ids[0])
    assert found[0].id == ids[1]


#: Words that nothing else says.
WORDS = [
    "مرسوم",
    "جدار",
    "خزان",
    "مصباح",
    "بستان",
    "فندق",
    "مسبح",
    "ملعب",
    "مخبز",
    "معمل",
    "مطحنة",
    "مقبرة",
    "منارة",
    "مئذنة",
    "مرفأ",
    "مصنع",
    "سفينة",
    "شاحنة",
    "دراجة",
    "حافلة",
    "طائرة",
    "بارجة",
    "غواصة",
    "قارب",
    "زورق",
    "شراع",
    "مجداف",
    "مرساة",
    "حبل",
    "دلو",
    "مطرقة",
    "منشار",
    "مسمار",
    "لوح",
    "سقف",
    "نافذة",
    "ستارة",
    "سجادة",
    "وسادة",
    "سرير",
    "خزانة",
    "مرآة",
    "مكواة",
    "إبريق",
    "صحن",
    "ملعقة",
    "سكين",
    "طاولة",
    "كرسي",
    "رف",
    "كتاب",
    "دفتر",
    "قلم",
    "محبرة",
    "ورقة",
    "ظرف",
    "طابع",
    "صندوق",
    "مفتاح",
    "قفل",
    "سلسلة",
    "جرس",
    "ساعة",
    "بوصلة",
]


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_a_report_between_two_goes_with_the_one_it_is_most_like_in_any_order(
    store: sqlite3.Connection, order: tuple[str, ...]
) -> None:
    """Of b a quarter is in a and a third in c; a and c have nothing in common."""
    bodies = {
        "a": WORDS[:24],
        "b": (*WORDS[:7], *WORDS[24:41]),
        "c": (*WORDS[32:41], *WORDS[41:56]),
    }
    titles = {"a": "الحصان", "b": "الجمل", "c": "الثعلب"}
    for number, word in enumerate(WORDS[56:]):
        add(store, f"خبر {number} بعيد", f"{word} {OTHER}", -40 + number)
    ids = {name: add(store, titles[name], " ".join(bodies[name]), 0.1, name) for name in order}
    event = {name: events.event_id(store, article) for name, article in ids.items()}
    assert event["b"] == event["c"] is not None
    assert event["a"] is None


def test_what_is_wrong_with_related_items_is_told_and_mended(store: sqlite3.Connection) -> None:
    first = add(store, "هاكان فيدان يصل إلى بغداد", BASE)
    add(store, "فيدان يبحث ملف المياه في بغداد", SAME, 0.2, "ب")
    assert verify(store) == ()
    store.execute("DELETE FROM related_postings WHERE article_id = ?", (first,))
    store.execute("DELETE FROM event_members WHERE article_id = ?", (first,))
    store.execute("UPDATE related_buckets SET articles = articles + 5")
    told = [line.split(";")[0] for line in verify(store)]
    assert told == [
        "articles counted otherwise than they are related: 5",
        "events that count their reports wrongly: 1",
        "articles not found by their own terms: 1 of 2",
    ]
    store.execute("UPDATE related_articles SET terms = x'' WHERE article_id = ?", (first,))
    assert any(line.startswith("articles related by another version: 1 of 2") for line in verify(store))
    assert rebuild(store)
    assert verify(store) == ()


def test_an_article_without_a_date_has_as_much_of_a_story_as_one_with(store: sqlite3.Connection) -> None:
    """An eighth of the words is shared: no event, but of a story."""
    first = add(store, "الحصان", " ".join(WORDS[:24]), None)
    other = add(store, "الجمل", " ".join((*WORDS[:3], *WORDS[24:45])), None)
    for number, word in enumerate(WORDS[46:60]):
        add(store, f"خبر {number} بعيد", f"{word} {OTHER}", -40 + number)
    assert of(related(store, first), Relation.SAGA)[:1] == [other]
