"""The JSON of an article: names scripts depend on, one line whatever is in it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from store import Precision, Published, Store
from store.serial import article_json, one_line, published_text, summary_json

NAMES = [
    "id", "title", "title_is_derived", "published", "published_precision", "published_is_inferred", "outlet", "outlet_is_inferred", "agency",
    "byline", "dateline", "keywords", "keywords_are_segmented", "tags", "body", "links", "event", "unread", "starred",
    "added", "origin", "url", "embedded_in", "linked_from", "revisions", "former", "dropped", "notes", "muted_by",
]  # fmt: skip


def test_the_names_stay_what_they_are(store: Store) -> None:
    assert list(article_json(store.article(1))) == NAMES
    row = store.page(store.parse(""), limit=1).rows[0]
    assert set(summary_json(row)) <= set(NAMES)
    assert summary_json(row)["published"] == "2024-02-12T08:00:00Z"


def test_a_date_is_written_as_exact_as_it_is_known() -> None:
    when = 1_694_946_600
    expected = {
        Precision.MINUTE: "2023-09-17T10:30:00Z",
        Precision.DAY: "2023-09-17",
        Precision.MONTH: "2023-09",
        Precision.YEAR: "2023",
    }
    assert {each: published_text(Published(when, each)) for each in Precision} == expected


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=4), max_leaves=8
    )
)
def test_any_value_is_one_line_of_utf_8_that_reads_back(value: object) -> None:
    line = one_line(value)
    assert len(line.splitlines()) <= 1
    assert not any("\x7f" <= char <= "\x9f" for char in line)
    assert json.loads(line.encode("utf-8").decode("utf-8")) == value


def test_halves_of_characters_and_line_ends_are_escaped() -> None:
    assert one_line("\ud800 \u2028 \x85 \x9b ع") == '"\\ud800 \\u2028 \\u0085 \\u009b ع"'
