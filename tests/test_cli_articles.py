"""Reading from the command line: list, search, show, read, links, export."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from cli_harness import run

from store import Store
from tui.export.laid_out import NARROWEST
from tui.text import cell_width, visual


def test_list_is_newest_first_with_tabs_between(store: Store) -> None:
    lines = run("list", "-n", "2", store=store.path).out.splitlines()
    assert lines == [
        "40\t●\t2024-02-12T08:00:00Z\tالجزيرة\tخبر رقم 39 عن مدينة بيروت",
        "39\t●\t2024-02-11T08:00:00Z\tصدى البلد\tخبر رقم 38 عن مدينة بيروت",
    ]
    store.set_starred([40], True)
    store.set_unread([40], False)
    store.change_tags([40], add=["وسم"])
    first = run("list", "-n", "1", store=store.path).out
    assert first == "40\t*\t2024-02-12T08:00:00Z\tالجزيرة\tخبر رقم 39 عن مدينة بيروت\t#وسم\n"


def test_list_takes_a_query_a_limit_or_all(store: Store) -> None:
    assert len(run("list", store=store.path).out.splitlines()) == 30
    assert len(run("list", "--all", store=store.path).out.splitlines()) == 40
    assert run("list", "--count", "القدس", store=store.path).out == "10\n"
    assert json.loads(run("list", "-c", "--json", store=store.path).out) == {"articles": 40}
    records = [json.loads(line) for line in run("list", "--json", "زيتون", store=store.path).out.splitlines()]
    assert [record["id"] for record in records] == [34, 24, 14, 4]
    assert records[0]["outlet"] == "الجزيرة"
    assert records[0]["unread"] is True


def test_search_by_relevance_is_whole_too(store: Store) -> None:
    result = run("search", "--all", "خبر", "sort:relevance", store=store.path)
    assert len({line.split("\t")[0] for line in result.out.splitlines()}) == 40


def test_a_query_that_cannot_be_read_says_where(store: Store) -> None:
    result = run("search", '(خبر "x', store=store.path)
    assert (result.code, result.out) == (2, "")
    assert "(at " in result.err
    assert run("search", store=store.path).code == 2
    assert "title:" in run("search", "--syntax").out


def test_show_prints_logical_text_and_json(store: Store) -> None:
    out = run("show", "4", store=store.path).out
    assert out.startswith(
        "خبر رقم 3 عن مدينة بيروت\nالجزيرة · Thu 4 Jan 2024 08:00\nhttps://example.org/3\n\n"
    )
    assert "\n\nفقرة أولى من الخبر 3 وفيها كلمة زيتون.\n\nفقرة ثانية أطول قليلا.\n\n" in out
    record = json.loads(run("show", "4", "--json", store=store.path).out)
    assert record["body"] == ["فقرة أولى من الخبر 3 وفيها كلمة زيتون.", "فقرة ثانية أطول قليلا."]
    missing = run("show", "999", store=store.path)
    assert (missing.code, missing.err) == (1, "newsreader: no article 999 in this store\n")
    assert run("show", "0", store=store.path).code == 2


def test_visual_lines_are_shaped_and_as_wide_as_asked(store: Store) -> None:
    title = "خبر رقم 3 عن مدينة بيروت"
    shown = run("show", "4", "--visual", "--width", "40", store=store.path).out.splitlines()
    assert shown[0] == visual(title).rjust(40)
    assert all(cell_width(line) <= 40 for line in shown)
    page = run("read", "4", "--visual", "--width", "40", store=store.path).out.splitlines()
    assert page[0] == visual(title).rjust(40)
    rows = run("list", "--visual", "--width", "30", store=store.path).out.splitlines()
    assert {cell_width(row) for row in rows} == {30}
    assert "\u0628" not in "".join(rows)
    narrow = run("read", "4", "--visual", "--width", "10", store=store.path).out.splitlines()
    assert all(cell_width(line) <= NARROWEST for line in narrow)


def test_read_is_logical_in_a_pipe_a_paragraph_a_line(store: Store) -> None:
    lines = run("read", "4", store=store.path).out.splitlines()
    assert "فقرة أولى من الخبر 3 وفيها كلمة زيتون." in lines
    broken = run("read", "4", "--logical", "--width", "20", store=store.path).out.splitlines()
    assert all(len(line) <= 20 for line in broken)
    assert "فقرة أولى من الخبر 3 وفيها كلمة زيتون." in " ".join(broken)


def test_read_on_a_terminal_is_laid_out_for_it(store: Store) -> None:
    import pty

    from cli_harness import process

    primary, secondary = pty.openpty()
    done = process("read", "4", "--width", "40", store=store.path, stdout=secondary, env={"TERM": "xterm"})
    os.close(secondary)
    shown = b""
    while chunk := _read(primary):
        shown += chunk
    os.close(primary)
    assert done.returncode == 0, done.stderr
    assert visual("خبر رقم 3 عن مدينة بيروت") in shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_links_are_numbered_as_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store(path).import_paths([Path(__file__).parent.parent / "seeds"])
    lines = [line.split("\t") for line in run("links", "3", store=path).out.splitlines()]
    assert [line[0] for line in lines] == [str(number) for number in range(1, len(lines) + 1)]
    assert lines[0][1:3] == ["read_also", "4"]
    record = json.loads(run("links", "3", "--json", store=path).out.splitlines()[0])
    assert record == {"number": 1, "kind": "read_also", "title": lines[0][3], "target": 4}


def test_export_to_a_file_is_whole_or_not_there(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "out.epub"
    assert run("export", "القدس", "-o", str(file), store=store.path).code == 0
    assert sum(name.startswith("EPUB/article-") for name in zipfile.ZipFile(file).namelist()) == 10
    again = run("export", "-o", str(file), store=store.path)
    assert again.code == 2
    assert "--force" in again.err
    assert run("export", "-o", str(file), "--force", store=store.path).code == 0
    assert run("export", "-o", str(tmp_path / "x.docx"), store=store.path).code == 2
    assert run("export", "-o", str(tmp_path / "no" / "x.csv"), store=store.path).code == 1
    assert run("export", "-o", str(store.path), "--force", "--format", "csv", store=store.path).code == 2
    assert sorted(path.name for path in tmp_path.iterdir() if "store" not in path.name) == ["out.epub"]
    assert len(run("export", "زيتون", store=store.path).out.splitlines()) == 4
    assert run("export", "--format", "csv", "--bom", store=store.path).out.startswith("\ufeffid,title")


def test_articles_are_exported_by_their_numbers(store: Store) -> None:
    done = run("export", "-a", "5", "--article", "2", "-a", "5", store=store.path)
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [5, 2]
    assert run("export", "-a", "5", "-f", "bibtex", store=store.path).out.startswith("@article{article5,")
    missing = run("export", "-a", "5", "-a", "99", store=store.path)
    assert (missing.code, missing.out) == (1, "")
    assert run("export", "-a", "5", "القدس", store=store.path).code == 2


def test_what_comes_from_a_changed_store_cannot_act_on_a_terminal(store: Store) -> None:
    store.connection.execute(
        "UPDATE articles SET title = 'a' || char(27) || '[31mb' || char(10) || char(8238) || 'c' || char(9) || 'd'"
    )
    store.connection.execute("UPDATE bodies SET text = 'x' || char(27) || ']0;t' || char(7)")
    for words in (
        ("list", "-n", "1"),
        ("show", "1"),
        ("read", "1"),
        ("show", "1", "--visual"),
        ("list", "--visual"),
        ("list", "--json"),
    ):
        out = run(*words, store=store.path).out
        assert not set(out) & set("\x1b\x07\u202e\x9b"), words
    assert len(run("list", "-n", "1", store=store.path).out.splitlines()) == 1


@pytest.mark.parametrize(
    "command", ["list", "show", "tags", "feed", "saved", "config", "stats", "export", "saved apply"]
)
def test_help_is_there_for_every_command(command: str) -> None:
    for option in ("-h", "--help"):
        result = run(*command.split(), option)
        assert result.code == 0
        assert result.out.startswith("Usage: ")


def test_the_list_of_commands_is_not_cut() -> None:
    lines = run("--help").out.split("Commands:")[1].splitlines()
    assert [line for line in lines if line.endswith("...")] == []
