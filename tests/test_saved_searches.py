"""Saved searches: live lists, rules for what arrives, export and import; and the history."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from cli_harness import run
from search_archive import FIRST, Entry, archive, ids

from store import keeping, muting, saved, search
from store.errors import NotFoundError, QueryError, StoreError


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return archive(
        tmp_path,
        [
            Entry("زلزال في المغرب", tags=("كوارث",)),
            Entry("زلزال في تركيا", is_unread=False),
            Entry("انتخابات في تركيا"),
        ],
    )


def test_a_search_is_saved_once_under_a_name_in_any_spelling(connection: sqlite3.Connection) -> None:
    saved.save(connection, "أخبار تركيا", "تركيا")
    saved.save(connection, "اخبار  تركيا", "تركيا OR أنقرة", "تركيا")
    assert saved.saved_searches(connection) == (saved.SavedSearch("اخبار تركيا", "تركيا OR أنقرة", "تركيا"),)
    assert saved.saved_search(connection, "أخبار تركيا").query == "تركيا OR أنقرة"
    assert saved.unread(connection, saved.saved_search(connection, "أخبار تركيا"), FIRST) == 1
    assert saved.forget(connection, "أخبار تركيا").tag == "تركيا"
    with pytest.raises(NotFoundError):
        saved.saved_search(connection, "أخبار تركيا")
    with pytest.raises(NotFoundError):
        saved.forget(connection, "أخبار تركيا")


def test_what_cannot_be_read_is_not_saved(connection: sqlite3.Connection) -> None:
    with pytest.raises(QueryError):
        saved.save(connection, "اسم", "(أ")
    with pytest.raises(StoreError):
        saved.save(connection, "--", "أ")
    assert saved.saved_searches(connection) == ()


def test_rules_tag_what_arrives_and_only_that(connection: sqlite3.Connection) -> None:
    saved.save(connection, "كوارث", "زلزال OR فيضان", "كوارث")
    saved.save(connection, "تركيا", "title:تركيا is:unread", "تركيا")
    saved.save(connection, "بلا قاعدة", "المغرب")
    would = saved.tag_arrivals(connection, [1, 2, 3], FIRST, is_dry_run=True)
    assert would == ((3, "تركيا"), (2, "كوارث"))
    assert ids(connection, "tag:تركيا") == []
    assert saved.tag_arrivals(connection, [2], FIRST) == ((2, "كوارث"),)
    assert ids(connection, "tag:كوارث") == [2, 1]
    assert saved.tag_arrivals(connection, [1, 2, 3], FIRST) == ((3, "تركيا"),)
    assert saved.tag_arrivals(connection, [], FIRST) == ()


def test_export_and_import_are_one_another(connection: sqlite3.Connection, tmp_path: Path) -> None:
    saved.save(connection, "تركيا", "تركيا after:7d", "تركيا")
    saved.save(connection, "زلازل", "زلزال")
    # Named before what it names, by name.
    saved.save(connection, "أخبار", "saved:زلازل -saved:تركيا")
    text = json.dumps(saved.export_searches(connection), ensure_ascii=False)
    (tmp_path / "other").mkdir()
    other = archive(tmp_path / "other", [])
    assert saved.import_searches(other, json.loads(text), FIRST) == 3
    assert saved.saved_searches(other) == saved.saved_searches(connection)


def test_an_import_keeps_the_order_of_the_export_behind_those_that_are_there(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    for name in ("أ", "ب", "ج"):
        saved.save(connection, name, "تركيا")
    keeping.put_in_order(connection, ["ج", "أ"])
    entries = saved.export_searches(connection)
    (tmp_path / "other").mkdir()
    other = archive(tmp_path / "other", [])
    saved.import_searches(other, entries, FIRST)
    assert names(other) == ["ج", "أ", "ب"]
    assert saved.saved_searches(other) == saved.saved_searches(connection)
    # Those that are there stay where they are.
    saved.import_searches(other, [{"name": name, "query": "زلزال"} for name in ("ه", "أ", "د")], FIRST)
    assert names(other) == ["ج", "أ", "ب", "ه", "د"]
    (tmp_path / "third").mkdir()
    third = archive(tmp_path / "third", [])
    saved.save(third, "ب", "تركيا")
    # In an order that is that of their names, all stand by name.
    saved.import_searches(third, entries[1:2], FIRST)
    assert names(third) == ["أ", "ب"]
    saved.import_searches(third, [{"name": name, "query": "زلزال"} for name in ("ث", "ت")], FIRST)
    assert names(third) == ["أ", "ب", "ث", "ت"]


@pytest.mark.parametrize(
    "entry", [{}, {"name": "أ"}, {"name": "أ", "query": 3}, {"name": "أ", "query": "ب", "tag": 1}]
)
def test_an_import_is_all_or_nothing(connection: sqlite3.Connection, entry: dict[str, object]) -> None:
    with pytest.raises(StoreError):
        saved.import_searches(connection, [{"name": "صحيح", "query": "أ"}, entry], FIRST)
    assert saved.saved_searches(connection) == ()


def test_an_import_says_which_entry_cannot_be_read(connection: sqlite3.Connection) -> None:
    entries = [{"name": "صحيح", "query": "أ"}, {"name": "مكسور", "query": "saved:لاشيء"}]
    with pytest.raises(StoreError) as told:
        saved.import_searches(connection, entries, FIRST)
    assert str(told.value) == "saved search 2 (مكسور): no saved search has this name (at 7)"
    with pytest.raises(StoreError) as told:
        saved.import_searches(connection, [{"name": "كاتم", "query": "", "mute": True}], FIRST)
    assert str(told.value).startswith("saved search 1 (كاتم): ")
    with pytest.raises(StoreError) as told:
        saved.import_searches(connection, [{"name": "--", "query": "أ"}], FIRST)
    assert str(told.value).startswith("saved search 1 (--): ")
    ring = [{"name": "أ", "query": "saved:ب"}, {"name": "ب", "query": "saved:أ"}]
    with pytest.raises(StoreError) as told:
        saved.import_searches(connection, ring, FIRST)
    assert str(told.value) == "saved search 1 (أ): these saved searches name one another (at 7)"
    assert saved.saved_searches(connection) == ()


def test_the_history_keeps_each_search_once_the_latest_first(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for now, text in enumerate(["زلزال", " تركيا  الآن ", "أوكرانيا", "زلزال", ""]):
        saved.remember(connection, text, now)
    assert saved.history(connection) == ("زلزال", "أوكرانيا", "تركيا الآن")
    assert saved.history(connection, "اوك") == ("أوكرانيا",)
    assert saved.history(connection, limit=1) == ("زلزال",)
    monkeypatch.setattr(saved, "LONGEST_HISTORY", 2)
    saved.remember(connection, "جديد", 9)
    assert saved.history(connection) == ("جديد", "زلزال")
    saved.clear_history(connection)
    assert saved.history(connection) == ()


def found(connection: sqlite3.Connection, text: str) -> list[int]:
    """The articles of a query that may name saved searches."""
    return [row.id for row in search.page(connection, saved.read(connection, text, FIRST), limit=50).rows]


def test_a_saved_search_is_part_of_a_query_by_its_name(connection: sqlite3.Connection) -> None:
    saved.save(connection, "أخبار تركيا", "أنقرة OR تركيا")
    saved.save(connection, "غير", 'محفوظ:"أخبار تركيا" is:unread')
    everything, turkey = found(connection, ""), found(connection, "تركيا")
    assert len(turkey) == 2
    assert found(connection, 'saved:"اخبار تركيا"') == turkey
    assert found(connection, 'زلزال saved:"أخبار تركيا"') == found(connection, "زلزال تركيا")
    assert sorted(found(connection, '-saved:"أخبار تركيا"')) == sorted(set(everything) - set(turkey))
    assert found(connection, "saved:غير") == found(connection, "انتخابات")


def test_a_name_that_is_none_and_names_in_a_ring_are_told(connection: sqlite3.Connection) -> None:
    with pytest.raises(QueryError) as told:
        saved.read(connection, "زلزال saved:لاشيء", FIRST)
    assert (told.value.place, told.value.reason) == (12, "no saved search has this name")
    with pytest.raises(QueryError):
        saved.save(connection, "أ", "saved:أ")
    saved.save(connection, "أ", "زلزال")
    saved.save(connection, "ب", "saved:أ saved:أ saved:أ")
    saved.put(connection, saved.SavedSearch("أ", "saved:ب saved:ب saved:ب"))
    with pytest.raises(QueryError) as told:
        saved.read(connection, "saved:أ", FIRST)
    assert told.value.reason in ("these saved searches name one another", "more than 200 words")


def test_no_search_is_made_to_lead_back_to_itself(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    searches.save("أ", "زلزال")
    searches.save("ب", "تركيا saved:أ")
    for change in (
        lambda: searches.set_query("أ", "saved:أ"),
        lambda: searches.set_query("أ", "المغرب OR saved:ب"),
        lambda: searches.save("أ", "saved:ب"),
        lambda: saved.save(connection, "أ", "saved:ب"),
    ):
        with pytest.raises(QueryError, match="these saved searches name one another"):
            change()
    assert [one.query for one in searches.all()] == ["زلزال", "تركيا saved:أ"]


def names(connection: sqlite3.Connection) -> list[str]:
    return [one.name for one in saved.saved_searches(connection)]


def test_saved_searches_stand_in_an_order_of_ones_own(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    for name in ("ج", "أ", "ب"):
        searches.save(name, "تركيا")
    assert names(connection) == ["أ", "ب", "ج"]
    assert searches.order(["ج", "أ"]) == ()
    assert names(connection) == ["ج", "أ", "ب"]
    # What is new comes last, what is saved again stays.
    searches.save("آخر", "تركيا")
    searches.save("ج", "المغرب")
    assert names(connection) == ["ج", "أ", "ب", "آخر"]
    change = searches.forget("أ")
    assert names(connection) == ["ج", "ب", "آخر"]
    searches.take_back(change)
    assert names(connection) == ["ج", "أ", "ب", "آخر"]
    assert searches.order([]) == ("ج", "أ", "ب", "آخر")
    assert names(connection) == ["أ", "آخر", "ب", "ج"]
    with pytest.raises(NotFoundError):
        searches.order(["لا شيء"])
    # Taken back, an order passes over those that are gone.
    before = searches.order(["ج", "ب"])
    before = searches.order(["ب", "ج"])
    assert before == ("ج", "ب", "أ", "آخر")
    searches.forget("ب")
    assert searches.order_again(before) == ("ج", "أ", "آخر")
    assert names(connection) == ["ج", "أ", "آخر"]


def test_a_search_that_is_renamed_is_named_so_by_others(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    searches.save("تركيا", "title:تركيا")
    searches.save("كوارث", "زلزال -saved:تركيا")
    searches.save("معا", 'محفوظ:"تركيا" OR محفوظ:كوارث "saved:تركيا"')
    searches.set_tag("تركيا", "بلد")
    changes = searches.rename("تركيا", "الجارة الشمالية")
    assert [one.query for one in saved.saved_searches(connection)] == [
        "title:تركيا",
        'زلزال -saved:"الجارة الشمالية"',
        'محفوظ:"الجارة الشمالية" OR محفوظ:كوارث "saved:تركيا"',
    ]
    assert searches.naming("الجارة الشمالية") == ("كوارث", "معا")
    assert saved.saved_search(connection, "الجارة الشمالية").tag == "بلد"
    assert saved.unread(connection, saved.saved_search(connection, "كوارث"), FIRST) == 1
    undone = [searches.take_back(change) for change in reversed(changes)]
    assert names(connection) == ["تركيا", "كوارث", "معا"]
    assert saved.saved_search(connection, "كوارث").query == "زلزال -saved:تركيا"
    for change in reversed(undone):
        searches.take_back(change)
    assert names(connection) == ["الجارة الشمالية", "كوارث", "معا"]
    # Another spelling of its own name is no other search; one that is taken is.
    searches.rename("الجارة الشمالية", "الجاره الشماليه")
    with pytest.raises(StoreError, match="another saved search has this name"):
        searches.rename("معا", "كوارث")
    with pytest.raises(NotFoundError):
        searches.rename("تركيا", "أخرى")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ('a "b', 'saved:«a "b»'),
        ('قو"ل', 'saved:«قو"ل»'),
        ('"قو»ل', 'saved:“"قو»ل”'),
        # Names are told apart by their letters alone: what is read finds it also without its signs.
        ('a"»”b', 'saved:"a b"'),
    ],
)
def test_a_name_that_holds_quotation_marks_can_still_be_looked_for(
    connection: sqlite3.Connection, name: str, written: str
) -> None:
    searches = keeping.Searches(connection)
    searches.save("تركيا", "title:تركيا")
    searches.save("كوارث", "زلزال saved:„تركيا“")
    searches.rename("تركيا", name)
    assert saved.saved_search(connection, "كوارث").query == f"زلزال {written}"
    assert found(connection, "saved:كوارث") == [2]
    searches.rename(name, "أنقرة")
    assert saved.saved_search(connection, "كوارث").query == 'زلزال saved:"أنقرة"'
    assert found(connection, "saved:كوارث") == [2]


def test_a_rule_that_mutes_goes_on_under_another_name(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    muting.mute(connection, "كتم", "تركيا", now=FIRST)
    changes = searches.rename("كتم", "صمت")
    assert ids(connection, "is:muted") == [3, 2]
    searches.set_tag("صمت", "وسم")
    assert ids(connection, "is:muted") == [3, 2]
    with pytest.raises(StoreError, match="makes the rule anew"):
        searches.set_query("صمت", "المغرب")
    for change in changes:
        searches.take_back(change)
    assert ids(connection, "is:muted") == [3, 2]
    assert names(connection) == ["كتم"]


def test_what_is_looked_for_and_tagged_is_changed_and_taken_back(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    searches.save("بحث", "تركيا")
    tagged = searches.set_tag("بحث", "بلد")
    assert saved.tag_arrivals(connection, [2], FIRST) == ((2, "بلد"),)
    asked = searches.set_query("بحث", "المغرب")
    assert saved.saved_search(connection, "بحث") == saved.SavedSearch("بحث", "المغرب", "بلد")
    with pytest.raises(QueryError):
        searches.set_query("بحث", "(المغرب")
    searches.take_back(asked)
    searches.take_back(tagged)
    assert saved.saved_search(connection, "بحث") == saved.SavedSearch("بحث", "تركيا")
    assert searches.set_tag("بحث", "").after == searches.set_tag("بحث", "").before


def test_only_what_was_changed_is_taken_back(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    searches.save("بحث", "تركيا")
    tagged = searches.set_tag("بحث", "بلد")
    searches.set_query("بحث", "المغرب")
    searches.take_back(tagged)
    assert saved.saved_search(connection, "بحث") == saved.SavedSearch("بحث", "المغرب")
    # What was changed again since is not written over, nor is one taken away that is another now.
    tagged = searches.set_tag("بحث", "بلد")
    searches.set_tag("بحث", "غيره")
    with pytest.raises(StoreError, match="بحث: was changed again since"):
        searches.take_back(tagged)
    made = searches.save("جديد", "تركيا")
    searches.set_query("جديد", "المغرب")
    with pytest.raises(StoreError, match="جديد: was changed again since"):
        searches.take_back(made)
    assert saved.saved_searches(connection) == (
        saved.SavedSearch("بحث", "المغرب", "غيره"),
        saved.SavedSearch("جديد", "المغرب"),
    )
    searches.forget("بحث")
    with pytest.raises(NotFoundError, match="no saved search بحث"):
        searches.take_back(tagged)


def test_a_name_that_is_anothers_meanwhile_is_not_taken_from_it(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    searches.save("أ", "تركيا")
    changes = searches.rename("أ", "ب")
    searches.save("أ", "المغرب")
    with pytest.raises(StoreError, match="أ: another saved search has this name"):
        searches.take_back(changes[0])
    gone = searches.forget("ب")
    searches.save("ب", "انتخابات")
    with pytest.raises(StoreError, match="ب: another saved search has this name"):
        searches.take_back(gone)
    assert [(one.name, one.query) for one in searches.all()] == [("أ", "المغرب"), ("ب", "انتخابات")]


def test_a_search_that_is_saved_again_stays_the_rule_it_is(connection: sqlite3.Connection) -> None:
    searches = keeping.Searches(connection)
    searches.save("بحث", "تركيا")
    searches.set_tag("بحث", "بلد")
    change = searches.save("بحث", "المغرب")
    assert saved.saved_search(connection, "بحث") == saved.SavedSearch("بحث", "المغرب", "بلد")
    searches.take_back(change)
    assert saved.saved_search(connection, "بحث") == saved.SavedSearch("بحث", "تركيا", "بلد")
    muting.mute(connection, "كتم", "زلزال", now=FIRST)
    with pytest.raises(StoreError, match="makes the rule anew"):
        searches.save("كتم", "المغرب")
    assert ids(connection, "is:muted") == [2, 1]


def test_the_command_line_renames_and_orders(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for name in ("أ", "ب"):
        saved.save(connection, name, "تركيا")
    assert run("saved", "order", "ب", store=path).code == 0
    assert run("saved", "rename", "ب", "جديد", store=path).code == 0
    listed = [line.split("\t")[1] for line in run("saved", "list", store=path).out.splitlines()]
    assert listed == ["جديد", "أ"]
    assert run("saved", "order", store=path).code == 0
    assert names(connection) == ["أ", "جديد"]
    refused = run("saved", "rename", "أ", "جديد", store=path)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "newsreader: جديد: another saved search has this name\n"
    assert run("saved", "rename", "لا", "شيء", store=path).code == 1
