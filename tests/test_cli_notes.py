"""Notes from the command line: written, highlighted, listed, changed, deleted; what cannot be is one line."""

from __future__ import annotations

import json

import pytest
from cli_harness import run

from store import Store
from tui.export import export_text

pytestmark = pytest.mark.usefixtures("english")


def test_a_note_and_a_highlight(store: Store) -> None:
    made = json.loads(run("note", "5", "للمراجعة", "غدا", "--json", store=store.path).out)
    assert (made["article"], made["passage"], made["text"], made["start"]) == (5, None, "للمراجعة غدا", None)
    made = json.loads(run("note", "5", "-p", "فقره ثانيه", "--json", store=store.path).out)
    # In any spelling; kept as the article has it.
    assert (made["passage"], made["text"], made["lost"]) == ("فقرة ثانية", "", False)
    body = "\n".join(store.article(5).body)
    assert body[made["start"] : made["stop"]] == "فقرة ثانية"
    shown = run("note", "5", store=store.path).out.splitlines()
    assert shown == ["2\t5\tفقرة ثانية\t-", "1\t5\t-\tللمراجعة غدا"]


def test_notes_are_listed_by_query_and_as_a_document(store: Store) -> None:
    store.notes.add_passage(5, "فقرة ثانية", "أول")
    store.notes.add_to_whole(9, "ثان")
    assert [line.split("\t")[1] for line in run("notes", store=store.path).out.splitlines()] == ["9", "5"]
    assert run("notes", "note:أول", store=store.path).out == "1\t5\tفقرة ثانية\tأول\n"
    listed = [json.loads(line) for line in run("notes", "--json", store=store.path).out.splitlines()]
    assert [(one["id"], one["title"]) for one in listed] == [
        (2, store.article(9).title),
        (1, store.article(5).title),
    ]
    document = run("notes", "--markdown", store=store.path).out
    assert f"# {store.article(9).title}\n\n✎ ثان\n\n— " in document
    assert "> فقرة ثانية\n>\n> — " in document
    assert "https://example.org/4" in document.replace("\\", "")
    assert run("notes", "tag:none", store=store.path).out == ""


def test_changed_and_deleted(store: Store) -> None:
    number = store.notes.add_passage(5, "فقرة ثانية", "أول").added[0].id
    assert (
        run("note", "--edit", str(number), "7", "أسباب", store=store.path).out
        == f"{number}\t5\tفقرة ثانية\t7 أسباب\n"
    )
    assert store.notes.note(number).text == "7 أسباب"
    done = run("note", "--delete", str(number), store=store.path)
    assert (done.code, done.out) == (0, "")
    assert store.notes.latest() == ()


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("note",), 2, "which article?"),
        (("note", "999", "نص"), 1, "no article 999"),
        (("note", "5", "-p", "كلمات غير موجودة هنا"), 1, "does not hold"),
        (("note", "5", "  "), 1, "a note needs a text or a passage"),
        (("note", "--edit", "99", "نص"), 1, "no note 99"),
        (("note", "--delete", "99"), 1, "no note 99"),
        (("note", "--edit", "1", "--delete", "1"), 2, "stand alone"),
        (("notes", "is:nonsense"), 2, "expected one of"),
    ],
)
def test_what_cannot_be_is_one_line(store: Store, arguments: tuple[str, ...], code: int, reason: str) -> None:
    done = run(*arguments, store=store.path)
    assert (done.code, done.out) == (code, "")
    assert reason in done.err.splitlines()[-1]


def test_every_export_has_the_notes(store: Store) -> None:
    store.notes.add_passage(5, "فقرة ثانية", "رأيي <b>")
    article = store.article(5)
    for form in ("jsonl", "json", "csv", "markdown", "text", "html", "bibtex", "ris"):
        written = export_text([article], form)
        assert isinstance(written, str)
        assert "رأيي" in written, form
    html = export_text([article], "html")
    assert isinstance(html, str)
    assert "<mark>فقرة ثانية</mark>" in html
    assert "رأيي &lt;b&gt;" in html
    assert "<blockquote>" in html


def test_reading_in_a_pipe_shows_what_is_marked(store: Store) -> None:
    def body(*options: str) -> list[str]:
        return [
            line for line in run("read", "1", *options, store=store.path).out.splitlines() if "فقرة" in line
        ]

    assert body() == ["فقرة أولى من الخبر 0.", "فقرة ثانية أطول قليلا."]
    run("note", "1", "-p", "أولى من", store=store.path)
    run("note", "1", "-p", "من الخبر", "مهم", store=store.path)
    # Two passages that share a word are one stretch; the note follows its paragraph.
    assert body()[0] == "فقرة ✎[أولى من الخبر] 0."
    assert "✎ مهم" in run("read", "1", store=store.path).out
    assert any("✎[" in line for line in body("--width", "60"))
