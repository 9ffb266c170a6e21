"""Every format of export: what it says of an article, and that nothing in a text is taken for syntax."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Article, Link, LinkKind, Precision, Published, Store
from store.serial import article_json
from tui.export import FORMATS, ending, export_text
from tui.export.facts import date_parts, web_address
from tui.export.markdown import escaped

pytestmark = pytest.mark.usefixtures("english")

#: 17 September 2023, 10:30 UTC.
WHEN = 1_694_946_600


def article(number: int = 7, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": number, "position": number, "title": "زيارة كيم إلى روسيا", "title_is_derived": False,
        "published": Published(WHEN, Precision.DAY), "outlet": "صدى البلد", "agency": ("رويترز",),
        "byline": "سارة علي", "dateline": "موسكو", "keywords": ("كوريا الشمالية", "روسيا"),
        "keywords_are_segmented": False, "tags": ("متابعة",), "body": ("الفقرة الأولى.", "الفقرة الثانية."),
        "links": (Link(LinkKind.READ_ALSO, "خبر آخر", 8), Link(LinkKind.SIMILAR, "ليس هنا", None)),
        "event": None, "is_unread": True, "is_starred": False, "added": WHEN + 86_400,
        "origin": "/a/b.txt", "url": "https://example.org/خبر?a=1&b=2", "embedded_in": None,
    }  # fmt: skip
    return Article(**(values | changes))  # type: ignore[arg-type]


def written(form: str, *articles: Article) -> str:
    text = export_text(articles or (article(),), form)
    assert isinstance(text, str)
    return text


HOSTILE = '<script>alert("1")</script> {\\end} & %s $x$ #1 _b_ *c* `d` [e](f) \x1b[31m\x9b1m\u202e\u2028 @misc{x, "\',=1+1'


def test_every_format_takes_none_and_many() -> None:
    for form in FORMATS:
        assert ending(form).startswith(".")
        assert isinstance(export_text((), form), bytes if form == "epub" else str)
        assert len(export_text((article(1), article(2)), form)) > len(export_text((article(1),), form))
    with pytest.raises(KeyError):
        export_text((), "word")


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("epub", "json", "jsonl")])
def test_no_format_lets_a_control_through(form: str) -> None:
    text = written(
        form, article(title=HOSTILE, body=(HOSTILE,), outlet=HOSTILE, byline=HOSTILE, keywords=(HOSTILE,))
    )
    assert not set(text) & set("\x1b\x9b\u202e\u2028\x07\x00")
    assert text.encode()


def test_jsonl_is_one_object_a_line_whatever_is_in_it() -> None:
    text = written("jsonl", article(1, title=HOSTILE), article(2, body=("a\u2028b\x85c",)))
    lines = text.splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["title"] == HOSTILE
    assert json.loads(lines[1])["body"] == ["a\u2028b\x85c"]
    assert not set(text) & set("\x1b\x9b\x85\u2028")
    assert "زيارة" in written("jsonl")


def test_json_is_one_array() -> None:
    assert json.loads(written("json", article(1), article(2)))[1] == article_json(article(2))
    assert json.loads(export_text((), "json")) == []


@pytest.mark.parametrize("is_backwards", [False, True])
def test_jsonl_brings_back_all_of_an_archive(tmp_path: Path, is_backwards: bool) -> None:
    first = Store(tmp_path / "first.db")
    seeds = Path(__file__).parent.parent / "seeds"
    assert first.import_paths([seeds]).new == 9
    ids = [row.id for row in first.articles()]
    first.change_tags(ids[:2], add=["روسيا", "كوريا الشمالية"])
    first.set_unread(ids[1:4], False)
    first.set_starred(ids[3:6], True)
    first.notes.add(ids[4], 0, 9, "للمراجعة")
    first.notes.add_to_whole(ids[4], "سؤال عن المصدر")
    articles = list(first.articles())
    exported = tmp_path / "out.jsonl"
    exported.write_bytes(str(export_text(articles[::-1] if is_backwards else articles, "jsonl")).encode())
    second = Store(tmp_path / "second.db")
    report = second.import_paths([exported])
    assert (report.new, report.failed) == (9, ())

    def facts(store: Store) -> dict[str, dict[str, object]]:
        """All but the numbers of the store itself, other articles by their headlines."""
        titles = {each.id: each.title for each in store.articles()}
        found = {}
        for each in store.articles():
            record = article_json(each)
            for own in ("id", "added", "event"):
                del record[own]
            record["embedded_in"] = titles.get(each.embedded_in or 0)
            record["linked_from"] = sorted(titles[one] for one in each.linked_from)
            record["links"] = [(link.kind, link.title, titles.get(link.target or 0)) for link in each.links]
            record["notes"] = [(note.passage, note.text, note.start, note.stop) for note in each.notes]
            found[each.title] = record
        return found

    assert facts(second) == facts(first)
    assert sum(each["embedded_in"] is not None for each in facts(second).values()) == 4
    # What was done since then stands when the export comes again.
    some = next(iter(second.articles())).id
    second.set_starred([some], True)
    second.set_unread([some], False)
    assert second.import_paths([exported]).new == 0
    again = second.article(some)
    assert (again.is_starred, again.is_unread) == (True, False)
    assert len(second.article(some).notes) == len(facts(first)[again.title]["notes"])  # type: ignore[arg-type]
    first.close()
    second.close()


def test_csv_is_read_back_by_a_spreadsheet_and_runs_nothing() -> None:
    text = written(
        "csv",
        article(),
        article(8, title="=HYPERLINK(1)", byline="-cmd", outlet='a,"b"\nc', body=("+1", "2")),
    )
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0]["title"] == "زيارة كيم إلى روسيا"
    assert rows[0]["body"] == "الفقرة الأولى.\nالفقرة الثانية."
    assert rows[0]["keywords"] == "كوريا الشمالية; روسيا"
    assert rows[0]["published"] == "2023-09-17"
    assert rows[1]["title"] == "'=HYPERLINK(1)"
    assert rows[1]["byline"] == "'-cmd"
    assert rows[1]["outlet"] == 'a,"b"\nc'
    assert rows[1]["body"] == "'+1\n2"


def test_text_has_paragraphs_and_numbered_links() -> None:
    text = written("text")
    assert text.startswith("زيارة كيم إلى روسيا\nصدى البلد · رويترز · سارة علي · موسكو · Sun 17 Sep 2023\n")
    assert "\n\nالفقرة الأولى.\n\nالفقرة الثانية.\n\n" in text
    assert "1. خبر آخر [8]" in text
    assert "2. ليس هنا (not here yet)" in text


def test_markdown_shows_what_is_written() -> None:
    text = written(
        "markdown",
        article(7, title="# [x](y) <b>", body=("1. أول", "- قال", "> قال", "===", "a_b_c")),
        article(8),
    )
    assert r"# \# \[x\](y) \<b\>" in text
    for line in (r"1\. أول", r"\- قال", r"\> قال", r"\===", r"a\_b\_c"):
        assert f"\n{line}\n" in text
    assert "[خبر آخر](#article-8)" in text
    assert "](#article-9)" not in text
    assert written("markdown").count("#article-") == 0


@given(st.text(alphabet="ab1.-+=#>*_[]()<>&|~$`\\ \n", max_size=40))
@settings(max_examples=200, deadline=None)
def test_markdown_escapes_only_punctuation(text: str) -> None:
    made = escaped(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", made) == text


class Seen(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, list[str | None]] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_right_to_left_and_escapes_everything() -> None:
    hostile = article(
        7,
        title=HOSTILE,
        body=(HOSTILE,),
        outlet=HOSTILE,
        tags=(HOSTILE,),
        keywords=(HOSTILE,),
        url='https://x.org/"><script>',
    )
    seen = Seen()
    text = written("html", hostile, article(8))
    seen.feed(text)
    assert '<html dir="rtl" lang="ar">' in text
    assert "script" not in seen.tags
    assert seen.text.count('<script>alert("1")</script>') == 5
    assert "#article-8" in seen.attributes["href"]
    assert "https://x.org/%22%3E%3Cscript%3E" in seen.attributes["href"]
    assert seen.attributes["datetime"] == ["2023-09-17", "2023-09-17"]
    assert not any(name.startswith("on") for name in seen.attributes)


def test_html_gives_another_direction_to_an_article_in_latin_letters() -> None:
    text = written("html", article(title="Kim in Russia", body=("He said so.",)))
    assert '<article id="article-7" dir="ltr" lang="">' in text


def test_bibtex_balances_braces_and_keeps_names() -> None:
    text = written(
        "bibtex",
        article(
            title="نسبة 50% {أ} \\ & _x_",
            byline="علي and سارة",
            published=Published(WHEN, Precision.MONTH, True),
        ),
    )
    assert text.startswith("@article{article7,\n")
    assert r"title = {{نسبة 50\% \textbraceleft{}أ\textbraceright{} \textbackslash{} \& \_x\_}}" in text
    assert "author = {{علي and سارة}}" in text
    assert "journal = {صدى البلد}" in text
    assert "date = {2023-09}" in text
    assert "day = " not in text
    assert "urldate = {2023-09-18}" in text
    assert "note = {date inferred}" in text
    assert "url = {https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=2}" in text
    assert written("bibtex", article(outlet=None)).startswith("@misc{article7,")


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_bibtex_is_always_balanced(text: str) -> None:
    depth = 0
    for char in written("bibtex", article(title=text, byline=text, outlet=text, keywords=(text,))):
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


def test_ris_has_a_tag_on_every_line() -> None:
    text = written("ris", article(title="سطر\nآخر", published=Published(WHEN, Precision.YEAR)), article(8))
    records = text.split("\r\n\r\n")
    assert records[2] == ""
    lines = records[0].split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert lines[0] == "TY  - NEWS"
    assert lines[-1] == "ER  - "
    assert "TI  - سطر آخر" in lines
    assert "PY  - 2023" in lines
    assert "DA  - 2023///" in lines
    assert "DA  - 2023/09/17/" in records[1].split("\r\n")
    assert [line for line in lines if line.startswith("KW")] == ["KW  - كوريا الشمالية", "KW  - روسيا"]


@pytest.mark.parametrize(
    ("url", "origin", "found"),
    [
        ("https://a.org/x y", "", "https://a.org/x%20y"),
        (None, "http://b.org/", "http://b.org/"),
        ("javascript:alert(1)", "/tmp/x", None),
        ("https://", "file:///etc/passwd", None),
        ("https://a.org/%D8%AE", "", "https://a.org/%D8%AE"),
        ("https://a.org/50%zz%2", "", "https://a.org/50%25zz%252"),
        ("https://a.org:port/", "", None),
        ("https://[bad", "https://c.org/", "https://c.org/"),
    ],
)
def test_only_web_addresses_go_out(url: str | None, origin: str, found: str | None) -> None:
    assert web_address(article(url=url, origin=origin)) == found


def test_a_date_is_as_exact_as_it_is_known() -> None:
    assert date_parts(Published(WHEN, Precision.MINUTE)) == ("2023", "09", "17")
    assert date_parts(Published(WHEN, Precision.MONTH)) == ("2023", "09")
    assert date_parts(Published(WHEN, Precision.YEAR)) == ("2023",)
    assert date_parts(None) == ()
