"""related, story, stories and following on the command line: one line an item, with reasons, in logical text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_harness import run
from story_harness import EVENT, IN_TIME, filled, seed_ids, seeds_store


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    store = seeds_store(tmp_path_factory.mktemp("seeds"))
    ids = seed_ids(store)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return store.path, ids


@pytest.mark.parametrize("page", IN_TIME)
def test_each_seed_names_the_other_four_first_and_why(seeds: tuple[Path, dict[str, int]], page: str) -> None:
    path, ids = seeds
    done = run("related", str(ids[page]), store=path)
    assert (done.code, done.err) == (0, "")
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert all(len(line) == 7 for line in lines)
    assert {int(line[1]) for line in lines[:4]} == set(ids.values()) - {ids[page]}
    assert {line[0] for line in lines[:4]} <= {"event", "saga", "copy"}
    # The reasons are words of the article itself, not stems.
    text = run("show", str(ids[page]), "--json", store=path).out
    for line in lines[:4]:
        assert line[6].split("، ")[0] in text


def test_related_as_json(seeds: tuple[Path, dict[str, int]]) -> None:
    path, ids = seeds
    found = [
        json.loads(line) for line in run("related", str(ids["000"]), "--json", store=path).out.splitlines()
    ]
    links = [one for one in found if one["relation"] == "read_also"]
    assert [one["reasons"] for one in links] == [["جون كيري: أوكرانيا لن تنتصر في الصراع مع روسيا"]]
    first = found[0]
    assert first["relation"] == "event"
    assert set(first) >= {
        "id",
        "title",
        "outlet",
        "published",
        "seconds",
        "score",
        "share",
        "added",
        "lacking",
        "unread",
        "reasons",
    }
    assert "كيم" in " ".join(first["reasons"])


@pytest.mark.parametrize("page", IN_TIME)
def test_the_story_is_in_time_from_whichever_page(seeds: tuple[Path, dict[str, int]], page: str) -> None:
    path, ids = seeds
    lines = [line.split("\t") for line in run("story", str(ids[page]), store=path).out.splitlines()]
    assert [int(line[1]) for line in lines] == [ids[each] for each in IN_TIME]
    assert [line[3] for line in lines] == [
        "2023-09-05",
        "2023-09-11",
        "2023-09-12",
        "2023-09-13",
        "2023-09-17",
    ]
    numbers = [int(line[0]) for line in lines]
    assert numbers == sorted(numbers)
    told = [json.loads(line) for line in run("story", str(ids[page]), "--json", store=path).out.splitlines()]
    assert [one["id"] for one in told] == [ids[each] for each in IN_TIME]
    assert all(one["reasons"] for one in told if one["id"] != ids[page])


def test_copies_and_distances_in_a_story(tmp_path: Path) -> None:
    store = filled(tmp_path, EVENT)
    store.close()
    lines = [line.split("\t") for line in run("story", "3", store=store.path).out.splitlines()]
    assert [(line[1], line[5]) for line in lines] == [("1", "first"), ("2", "copy:1"), ("3", "+19800")]
    (line,) = run("stories", store=store.path).out.splitlines()
    assert line.split("\t")[:5] == ["1", "3", "3", "3", "2024-03-10"]
    (told,) = [json.loads(one) for one in run("stories", "--json", store=store.path).out.splitlines()]
    assert (told["articles"], told["outlets"], told["unread"]) == (
        [1, 2, 3],
        ["الراي", "وكالة المشهد", "النهار"],
        3,
    )
    assert told["first"] == "2024-03-10T08:00:00Z"


def test_since_narrows_by_the_last_report(tmp_path: Path) -> None:
    store = filled(tmp_path, EVENT)
    store.close()
    assert run("stories", "--since", "2024-03-10", store=store.path).out
    assert run("stories", "--since", "2024-03-11", store=store.path).out == ""
    assert run("stories", "--since", "7d", store=store.path).out == ""
    wrong = run("stories", "--since", "someday", store=store.path)
    assert wrong.code == 2
    assert "someday" in wrong.err


def test_following_from_the_command_line(tmp_path: Path) -> None:
    store = filled(tmp_path, EVENT[:1])
    store.close()
    assert run("follow", "1", "--tag", "المياه", store=store.path).code == 0
    source = tmp_path / "later.jsonl"
    source.write_text(json.dumps(EVENT[1], ensure_ascii=False))
    assert run("import", str(source), store=store.path).code == 0
    assert (
        run("followed", store=store.path).out
        == "1\t2\t1\t2\t#المياه\tهاكان فيدان يصل إلى بغداد لبحث ملف المياه\n"
    )
    assert json.loads(run("followed", "--json", store=store.path).out)["new"] == [2]
    assert run("unfollow", "2", store=store.path).code == 0
    assert run("followed", store=store.path).out == ""


@pytest.mark.parametrize("command", ["related", "story", "follow", "unfollow"])
def test_an_article_that_is_not_here_is_one_line(seeds: tuple[Path, dict[str, int]], command: str) -> None:
    done = run(command, "4711", store=seeds[0])
    assert done.code == 1
    assert done.err.startswith("newsreader: ")
    assert done.err.count("\n") == 1
