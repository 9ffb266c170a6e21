"""Mute rules: what they hide, what they never hide, and that all of it comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_harness import run
from reader_harness import records

from store import NotFoundError, Precision, Published, QueryError, Store, StoreError
from store.health import health
from store.intake import Intake
from store.muting import muted_by
from store.saved import export_searches, forget, import_searches, save, saved_search
from store.serial import article_json, one_line

#: Of the forty articles, number n has the id n + 1; القدس is in the headline of every fourth, الجزيرة brought every third.
QUDS = [n + 1 for n in range(36, -1, -4)]
JAZEERA = [n + 1 for n in range(39, -1, -3)]
EVERY = list(range(40, 0, -1))


def ids(store: Store, query: str = "") -> list[int]:
    return [row.id for row in store.page(store.parse(query), limit=100).rows]


def without(gone: list[int], query_finds: list[int] = EVERY) -> list[int]:
    return [one for one in query_finds if one not in gone]


def lines(path: Path, articles: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in articles), encoding="utf-8")
    return path


def test_every_list_leaves_out_what_is_muted_and_counts_without_it(store: Store) -> None:
    change = store.mutes.mute("مدينة", "title:القدس")
    assert sorted(change.articles) == sorted(QUDS)
    heard = without(QUDS)
    for query in ("", "is:unread", "خبر", "خبر OR بيروت", "after:2024-01-01", "-title:شيء", "رقم -القدس"):
        assert ids(store, query) == heard, query
        assert store.count(store.parse(query)) == 30, query
    assert ids(store, "sort:oldest") == heard[::-1]
    # Taken in in order of date: the last arrived is the newest.
    assert ids(store, "sort:added") == heard
    assert sorted(ids(store, "sort:title")) == sorted(heard)
    assert sorted(ids(store, "خبر sort:relevance")) == sorted(heard)
    assert ids(store, 'source:"الجزيرة"') == without(QUDS, JAZEERA)
    assert ids(store, "القدس") == []
    assert list(store.views.ids(store.parse("خبر"))) == heard
    assert store.views.facets(store.parse("خبر")).looked_at == 30
    # January 2024 has the numbers 0 to 27, seven of them muted.
    assert store.views.days("2024-01", "2024-01")[0].total == 21


def test_the_list_of_everything_is_right_by_its_own_way(store: Store) -> None:
    store.mutes.mute("مدينة", "title:القدس")
    heard = without(QUDS)
    assert [row.id for row in store.newest(5)] == heard[:5]
    assert (store.size(), store.quick_size(), store.muted()) == (30, 30, 10)
    # Above 37, which is muted, stand 40, 39, 38; above 33 stand those and 36, 35, 34.
    assert (store.newer_than(37), store.newer_than(33)) == (3, 6)
    position = store.article(33).position
    assert store.rank(store.parse(""), position) == 6
    assert store.rank(store.parse("sort:oldest"), position) == 30 - 6
    around = store.around(36, above=3, below=4)
    assert around is not None
    assert [[row.id for row in part] for part in around] == [[40, 39, 38], [36, 35, 34, 32]]


def test_paging_goes_past_what_is_muted(store: Store) -> None:
    store.mutes.mute("أول", 'title:القدس OR source:"الجزيرة"')
    heard = without([*QUDS, *JAZEERA])
    found: list[int] = []
    before = None
    while rows := store.page(store.parse(""), limit=7, before=before).rows:
        found += [row.id for row in rows]
        before = rows[-1].position
    assert found == heard
    assert len(heard) == 20


def test_muted_articles_are_found_by_name_in_both_languages(store: Store) -> None:
    assert ids(store, "is:muted") == []
    store.mutes.mute("مدينة", "title:القدس")
    assert ids(store, "is:muted") == ids(store, "حالة:مكتوم") == QUDS
    assert ids(store, "القدس is:muted") == QUDS
    assert ids(store, 'is:muted source:"الجزيرة"') == [37, 25, 13, 1]
    assert ids(store, "-is:muted") == without(QUDS)
    assert ids(store, "is:muted OR خبر") == EVERY
    rows = [store.row(37), store.row(36), store.row(99)]
    assert [row and row.is_muted for row in rows] == [True, False, None]


def test_a_list_tells_how_many_it_leaves_out(store: Store) -> None:
    assert store.mutes.left_out(store.parse("القدس")) == 0
    store.mutes.mute("مدينة", "title:القدس")
    assert store.mutes.left_out(store.parse("")) == 10
    assert store.mutes.left_out(store.parse('source:"الجزيرة"')) == 4
    assert store.mutes.left_out(store.parse("القدس"), limit=5) == 6
    assert store.mutes.left_out(store.parse("القدس is:muted")) == 0


def test_what_two_rules_mute_comes_back_with_the_second(store: Store) -> None:
    store.mutes.mute("مدينة", "title:القدس")
    store.mutes.mute("قناة", 'source:"الجزيرة"')
    assert ids(store, "") == without([*QUDS, *JAZEERA])
    assert store.muted() == 20
    assert store.article(37).muted_by == ("قناة", "مدينة")
    change = store.mutes.end("مدينة")
    assert sorted(change.articles) == sorted(QUDS)
    assert ids(store, "") == without(JAZEERA)
    assert store.article(37).muted_by == ("قناة",)
    forget(store.connection, "قناة")
    assert ids(store, "") == EVERY
    # The rule that ended is a saved search still.
    assert not saved_search(store.connection, "مدينة").is_muting
    with pytest.raises(StoreError):
        store.mutes.end("مدينة")
    with pytest.raises(NotFoundError):
        store.mutes.end("قناة")


def test_a_change_of_a_rule_is_taken_back_to_the_article(store: Store) -> None:
    save(store.connection, "قاعدة", "بيروت", "وسم")
    made = store.mutes.mute("قاعدة", "title:القدس")
    undone = store.searches.take_back(made)
    assert ids(store, "") == EVERY
    assert saved_search(store.connection, "قاعدة").query == "بيروت"
    store.searches.take_back(undone)
    assert ids(store, "is:muted") == QUDS
    # What the rule would find now is another thing than what it muted.
    store.connection.execute("DELETE FROM mutes WHERE article_id <> 37")
    ended = store.mutes.end("قاعدة")
    store.searches.take_back(ended)
    assert ids(store, "is:muted") == [37]
    new = store.mutes.mute("أخرى", "بيروت")
    store.searches.take_back(new)
    with pytest.raises(NotFoundError):
        saved_search(store.connection, "أخرى")


def test_what_arrived_since_stays_muted_when_a_change_of_its_rule_is_taken_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.mutes.mute("كتم", "title:القدس")
    renamed = store.searches.rename("كتم", "صمت")
    store.import_paths([lines(tmp_path / "a.jsonl", records(40))])
    assert ids(store, "is:muted") == QUDS
    store.searches.take_back(renamed[0])
    assert store.mutes.rules() == ("كتم",)
    assert ids(store, "is:muted") == QUDS
    # Made anew for something else, it mutes again what it muted, and nothing of that.
    anew = store.mutes.mute("كتم", 'source:"الجزيرة"')
    store.searches.take_back(anew)
    assert ids(store, "is:muted") == QUDS
    store.close()


@pytest.mark.parametrize("query", ["", "  ", "is:muted", "خبر -is:muted", "sort:oldest", "saved:كتم"])
def test_what_no_rule_can_ask(store: Store, query: str) -> None:
    save(store.connection, "كتم", "is:muted OR خبر")
    with pytest.raises(StoreError):
        store.mutes.mute("قاعدة", query)
    with pytest.raises(QueryError):
        store.mutes.mute("قاعدة", "(خبر")
    assert [found["name"] for found in export_searches(store.connection)] == ["كتم"]


def test_what_arrives_is_muted_and_keeps_its_tags(tmp_path: Path) -> None:
    with_rules = Store(tmp_path / "store.db")
    save(with_rules.connection, "وسم", "القدس", "مدن")
    with_rules.mutes.mute("كتم", "tag:مدن")
    assert with_rules.muted() == 0
    report = with_rules.import_paths([lines(tmp_path / "a.jsonl", records(40))])
    assert report.new == 40
    assert ids(with_rules) == without(QUDS)
    assert ids(with_rules, "tag:مدن is:muted") == QUDS
    assert health(with_rules.connection, with_rules.path).problems == ()
    with_rules.close()


def test_a_rule_that_names_a_search_that_is_gone_hides_nothing_and_ends(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    save(store.connection, "أصل", "القدس")
    store.mutes.mute("كتم", "saved:أصل")
    forget(store.connection, "أصل")
    store.import_paths([lines(tmp_path / "a.jsonl", records(40))])
    assert ids(store) == EVERY
    store.mutes.end("كتم")
    store.close()


def test_a_muted_article_moves_and_is_deleted_and_comes_back_muted(store: Store) -> None:
    store.mutes.mute("مدينة", "title:القدس")
    store.delete([37])
    assert store.muted() == 9
    assert store.restore([37]) == (37,)
    assert store.article(37).muted_by == ("مدينة",)
    with store.transaction():
        Intake(store.connection).move(37, Published(1_500_000_000, Precision.DAY))
    assert ids(store, "is:muted")[-1] == 37
    assert health(store.connection, store.path).problems == ()


def test_an_export_keeps_it_whichever_comes_first(store: Store, tmp_path: Path) -> None:
    store.mutes.mute("مدينة", "title:القدس")
    # Muted when it came, by what the rule finds no longer.
    store.connection.execute(
        "INSERT INTO mutes(position, search_id, article_id) SELECT a.position, s.id, a.id FROM articles a, searches s WHERE a.id = 2"
    )
    exported = tmp_path / "a.jsonl"
    exported.write_text("\n".join(one_line(article_json(one)) for one in store.articles()), encoding="utf-8")
    rules = export_searches(store.connection)
    assert rules == [{"name": "مدينة", "query": "title:القدس", "tag": None, "mute": True}]
    rules_first, articles_first = Store(tmp_path / "one.db"), Store(tmp_path / "two.db")
    import_searches(rules_first.connection, rules, 0)
    rules_first.import_paths([exported])
    assert ids(rules_first, "is:muted") == [*QUDS[:-1], 2, 1]
    articles_first.import_paths([exported])
    assert articles_first.muted() == 0
    import_searches(articles_first.connection, rules, 0)
    assert ids(articles_first, "is:muted") == QUDS
    rules_first.close()
    articles_first.close()


def test_related_and_story_show_what_is_muted_marked(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.import_paths([Path(__file__).parent.parent / "seeds"])
    first = next(one for one in range(1, 10) if store.related(one))
    other = store.related(first)[0].id
    before = [one.id for one in store.related(first)]
    members = store.story(first).articles
    title = store.article(other).title
    store.mutes.mute("عنوان", f'title:"{title}"')
    assert other in ids(store, "is:muted")
    assert [one.id for one in store.related(first)] == before
    assert store.story(first).articles == members
    assert {one.id for one in store.related(first) if one.is_muted} == {
        one for one in before if one in ids(store, "is:muted")
    }
    story = store.story(first)
    marked = {m.id for event in (*story.events, *story.undated) for m in event.members if m.is_muted}
    assert marked == {one for one in members if one in ids(store, "is:muted")}
    store.close()


def test_the_command_line_tells_the_number_first(store: Store) -> None:
    path = store.path
    dry = run("saved", "mute", "مدينة", "title:القدس", "--dry-run", "--json", store=path)
    assert (dry.code, json.loads(dry.out)) == (0, {"name": "مدينة", "articles": 10, "dry_run": True})
    assert store.muted() == 0
    # Nobody to ask: nothing is done.
    assert run("saved", "mute", "مدينة", "title:القدس", store=path).code == 2
    assert store.muted() == 0
    assert run("saved", "mute", "مدينة", "title:القدس", "--yes", store=path).out == "10\tمدينة\n"
    assert store.muted() == muted_by(store.connection, "مدينة") == 10
    listed = run("saved", "list", "--json", store=path)
    assert json.loads(listed.out) == {
        "name": "مدينة",
        "query": "title:القدس",
        "tag": None,
        "unread": 0,
        "mute": True,
        "muted": 10,
    }
    assert run("saved", "list", store=path).out == "0\tمدينة\ttitle:القدس\t\tmuted:10\n"
    found = run("search", "القدس", store=path)
    assert (found.out, found.err) == ("", "10 muted left out; is:muted lists them\n")
    assert run("search", "القدس is:muted", "--count", store=path).out == "10\n"
    assert run("saved", "unmute", "مدينة", "--dry-run", store=path).out == "10\tمدينة\n"
    assert store.muted() == 10
    assert run("saved", "unmute", "مدينة", store=path).code == 0
    assert store.muted() == 0
    assert run("saved", "unmute", "مدينة", store=path).code == 2
    assert run("saved", "mute", "قاعدة", "is:muted", "--yes", store=path).code != 0
