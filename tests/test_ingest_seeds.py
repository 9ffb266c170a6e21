"""The five seeds, read right to the last paragraph: golden pairs written from the pages themselves."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store.ingest.page import parse_page
from store.models import ParsedArticle, Precision

_ROOT = Path(__file__).parent.parent
_PAGES = Path(__file__).parent / "data" / "pages"
_SEEDS = sorted((_ROOT / "seeds").glob("*.txt"))
_DAY = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def as_json(article: ParsedArticle) -> dict[str, Any]:
    """A parsed article in the form of the golden files."""
    published = article.published
    shown = None
    if published:
        moment = datetime.fromtimestamp(published.time, UTC)
        shown = moment.strftime(_DAY.get(published.precision, "%Y-%m-%dT%H:%MZ"))
    return {
        "title": article.title,
        "title_is_derived": article.title_is_derived,
        "published": shown,
        "published_precision": published.precision.value if published else None,
        "outlet": article.outlet,
        "agency": list(article.agency),
        "byline": article.byline,
        "dateline": article.dateline,
        "keywords": list(article.keywords),
        "keywords_are_segmented": article.keywords_are_segmented,
        "body": list(article.body),
        "links": [{"kind": link.kind.value, "title": link.title} for link in article.links],
        "embedded": [as_json(inner) for inner in article.embedded],
    }


@pytest.mark.parametrize("number", range(5))
def test_seed_is_read_to_the_last_paragraph(number: int) -> None:
    expected = json.loads((_PAGES / f"seed_{number:03}.json").read_text(encoding="utf-8"))
    article = parse_page(_SEEDS[number].read_text(encoding="utf-8"), "page.txt")
    assert as_json(article) == expected


@pytest.mark.parametrize("seed", _SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: "\ufeff" + text + "\n\n\n",
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\u200f\n"),
        lambda text: text.replace("  • ", "- "),
        lambda text: text.replace("  • ", "▪"),
        lambda text: text.replace("إقرأ أيضاً:", "اقرأ ايضا"),
        lambda text: text.replace("إقرأ أيضاً:", "إقرأ أيضًا :"),
        lambda text: text.replace("كلمات دلالية:", "كـلـمات دلاليـة :"),
        lambda text: text.replace("مقالات مشابهة", "مقالات ذات صلة:"),
        lambda text: text.replace("المصدر:", "المصـدر :"),
    ],
    ids=[
        "crlf", "no blank lines", "blank lines", "bom", "nbsp", "u2028", "nfd", "bidi marks", "dashes", "squares",
        "no hamza", "tanween before alef", "tatweel", "other heading", "tatweel in source",
    ],
)  # fmt: skip
def test_seed_is_the_same_however_it_was_saved(seed: Path, change: Any) -> None:
    text = seed.read_text(encoding="utf-8")
    assert as_json(parse_page(change(text), "p")) == as_json(parse_page(text, "p"))
