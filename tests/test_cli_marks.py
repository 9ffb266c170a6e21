"""Changing from the command line: tag, tags, star, mark, delete; by number and by query."""

from __future__ import annotations

import json

import pytest
from cli_harness import run
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Store
from tui.cli_marks import TagCommand, read_tag_arguments


def test_tags_are_added_and_taken_away(store: Store) -> None:
    result = run("tag", "1", "2", "+روسيا", "+شرق أوسط", store=store.path)
    assert (result.code, result.out) == (0, "1\t#روسيا #شرق أوسط\n2\t#روسيا #شرق أوسط\n")
    assert run("tag", "1", "-روسيا", store=store.path).out == "1\t#شرق أوسط\n"
    # A word that begins with a hyphen is a tag, whichever letters of options are in it.
    for name in ("math", "help-me", "json", "y", "query"):
        run("tag", "3", f"+{name}", store=store.path)
        assert run("tag", "3", f"-{name}", "--json", store=store.path).out == '{"id": 3, "tags": []}\n'
    assert run("tag", "--json", "1", "--", "-شرق أوسط", store=store.path).out == '{"id": 1, "tags": []}\n'


def test_tags_refuse_what_is_none(store: Store) -> None:
    assert run("tag", "+a", store=store.path).code == 2
    assert run("tag", "1", "word", store=store.path).code == 2
    assert run("tag", "1", "+ـ", store=store.path).code == 1
    assert run("tag", "1", "999", "+a", store=store.path).code == 1
    assert store.tags() == ()


def test_a_query_tells_the_number_first_and_asks(store: Store) -> None:
    refused = run("tag", "--query", "القدس", "+مدينة", store=store.path)
    assert refused.code == 2
    assert "10 articles +مدينة" in refused.err
    assert store.tags() == ()
    done = run("tag", "--query", "القدس", "+مدينة", "--yes", store=store.path)
    assert (done.code, len(done.out.splitlines())) == (0, 10)
    assert "10 articles +مدينة" in done.err
    assert [(tag.name, tag.articles) for tag in store.tags()] == [("مدينة", 10)]
    assert run("tag", "1", "--query", "القدس", "+a", store=store.path).code == 2


def test_tags_are_listed_renamed_and_deleted(store: Store) -> None:
    store.change_tags([1, 2, 3], add=["قديم"])
    store.change_tags([3, 4], add=['غريب "جدا"'])
    store.set_unread([1], False)
    assert run("tags", store=store.path).out == '2\t2\tغريب "جدا"\n3\t2\tقديم\n'
    assert json.loads(run("tags", "--json", store=store.path).out.splitlines()[1]) == {
        "tag": "قديم", "articles": 3, "unread": 2,
    }  # fmt: skip
    assert run("tags", "rename", "قديم", "جديد", store=store.path).code == 0
    assert run("tags", "rename", "قديم", "جديد", store=store.path).code == 1
    assert run("tags", "delete", 'غريب "جدا"', store=store.path).code == 2
    assert run("tags", "delete", 'غريب "جدا"', "--yes", store=store.path).code == 0
    assert run("tags", "delete", "لا شيء", "--yes", store=store.path).code == 1
    assert [tag.name for tag in store.tags()] == ["جديد"]


def test_stars_and_read_marks(store: Store) -> None:
    assert json.loads(run("star", "1", "2", "--json", store=store.path).out) == {"changed": [1, 2]}
    assert json.loads(run("star", "2", "3", "--json", store=store.path).out) == {"changed": [3]}
    assert json.loads(run("star", "1", "--off", "--json", store=store.path).out) == {"changed": [1]}
    assert run("mark", "--query", "is:starred", "--yes", store=store.path).code == 0
    assert run("list", "--count", "is:read", store=store.path).out == "2\n"
    assert run("mark", "--unread", "2", store=store.path).code == 0
    assert run("list", "--count", "is:read", store=store.path).out == "1\n"
    assert run("star", "1", "999", store=store.path).code == 1
    assert run("list", "--count", "is:starred", store=store.path).out == "2\n"
    assert run("star", store=store.path).code == 2


def test_delete_asks_and_leaves_no_trace(store: Store) -> None:
    store.change_tags([4], add=["وسم"])
    assert run("delete", "4", store=store.path).code == 2
    assert run("delete", "4", "999", "--yes", store=store.path).code == 1
    assert store.article(4).id == 4
    done = run("delete", "4", "--yes", store=store.path)
    assert (done.code, done.err.splitlines()[-1]) == (
        0,
        "1 article deleted; newsreader restore brings them back",
    )
    assert run("show", "4", store=store.path).code == 1
    assert run("list", "--count", "زيتون", store=store.path).out == "3\n"
    assert run("delete", "--query", "القدس", "--yes", store=store.path).code == 0
    assert run("list", "--count", store=store.path).out == "29\n"
    report = json.loads(run("doctor", "--json", store=store.path).out)["store"]
    assert (report["sound"], report["problems"]) == (True, [])


def test_what_was_deleted_is_listed_and_restored(store: Store) -> None:
    store.change_tags([4], add=["وسم"])
    before = store.article(4)
    assert run("delete", "4", "--yes", store=store.path).code == 0
    listed = json.loads(run("restore", "--json", store=store.path).out)
    assert (listed["id"], listed["title"]) == (4, before.title)
    back = run("restore", "4", store=store.path)
    assert (back.code, back.err.splitlines()[-1]) == (0, "1 article: 4")
    assert store.article(4).tags == ("وسم",)
    assert run("restore", store=store.path).out == ""
    assert run("restore", "4", store=store.path).code == 1


def test_what_is_deleted_forever_cannot_come_back(store: Store) -> None:
    done = run("delete", "4", "--yes", "--forever", store=store.path)
    assert (done.code, done.err.splitlines()[-1]) == (0, "1 article deleted")
    assert run("restore", store=store.path).out == ""
    # Also what was deleted before.
    assert run("delete", "5", "--yes", store=store.path).code == 0
    assert run("delete", "5", "--yes", "--forever", store=store.path).code == 0
    assert run("restore", store=store.path).out == ""


def test_what_arguments_mean() -> None:
    assert read_tag_arguments(["3", "+أ ب", "-ج", "٤"]) == ([3, 4], ["أ ب"], ["ج"])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), max_size=5))
@settings(max_examples=100, deadline=None)
def test_every_word_that_is_no_option_arrives_as_it_is(words: list[str]) -> None:
    plain = [
        word
        for word in words
        if word not in (*TagCommand._OPTIONS, "--query", "--") and not word.startswith("--query=")
    ]
    command = TagCommand("tag", params=[])
    context = command.make_context("tag", [], ignore_unknown_options=True, allow_extra_args=True)
    assert command.parse_args(context, plain) == plain


@pytest.mark.parametrize(
    "words", [["tag", "--query"], ["tag", "--query="], ["tag", "--query", "(", "+a", "--yes"]]
)
def test_queries_that_are_none(words: list[str], store: Store) -> None:
    result = run(*words, store=store.path)
    assert result.code in (0, 2)
    assert store.tags() == ()
