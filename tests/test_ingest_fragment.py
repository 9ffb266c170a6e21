"""Fragments of HTML: captions of pictures apart from the text, and nothing of markup or script in either."""

from __future__ import annotations

import json

import pytest

from store.ingest.feed import parse_feed
from store.ingest.fragment import Fragment, fragment_of, paragraphs_of

FIGURE = '<figure><img src="x"><figcaption class="c">صورة <b>هنا</b></figcaption></figure>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>أول</p>{FIGURE}<p>ثان</p>", Fragment(["أول", "ثان"], 8)),
        (f"أول{FIGURE}ثان &quot;أ&quot;", Fragment(["أول", 'ثان "أ"'], 8)),
        ("<p>أول</p><FIGCAPTION>صورة &amp; ب</FIGCAPTION >ثان", Fragment(["أول", "ثان"], 8)),
        ("<p>أول</p><figcaption><p>صورة</p><p>هنا</p></figcaption>", Fragment(["أول"], 7)),
        # Nothing else: the text.
        (FIGURE, Fragment(["صورة هنا"])),
        # Never closed: it must not swallow the text.
        ("<figure><figcaption>صورة</figure><p>أول</p></figcaption>", Fragment(["صورة", "أول"])),
        ("<p>أول</p><figcaption>صورة<figcaption>هنا</figcaption>", Fragment(["أول", "صورة"], 3)),
        (f"<p>أول</p><figcaption>{'ا' * 4001}</figcaption>", Fragment(["أول", "ا" * 4001])),
        # What is no markup there is none here.
        ('<p>أول</p><script>a="<figcaption>x</figcaption>";b()</script><p>ثان</p>', Fragment(["أول", "ثان"])),
        ("<!-- <figcaption>x</figcaption> --><p>أول</p>", Fragment(["أول"])),
        ('<p title="<figcaption>x</figcaption>">أول</p>', Fragment(["أول"])),
    ],
)
def test_captions_are_apart_from_the_text(html: str, expected: Fragment) -> None:
    assert fragment_of(html) == expected


def test_without_parting_captions_stand_where_they_stood() -> None:
    assert paragraphs_of(f"<p>أول</p>{FIGURE}<p>ثان</p>") == ["أول", "صورة هنا", "ثان"]


def test_an_entry_of_a_feed_that_is_a_picture_keeps_its_text_and_counts_letters_alone() -> None:
    items = [
        {"id": "1", "title": "خبر أول", "content_html": FIGURE},
        {"id": "2", "title": "خبر ثان", "content_html": f"<p>قال الوزير إن الوضع جيد اليوم.</p>{FIGURE}"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "موقع", "items": items}
    first, second = parse_feed(json.dumps(feed).encode(), "feed").articles
    assert first.body == ("صورة هنا",)
    assert second.body == ("قال الوزير إن الوضع جيد اليوم.",)
    assert dict(second.dropped) == {"caption": 8}
