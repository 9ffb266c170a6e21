"""Whose page it is where only the title of the window says so: taken where it is sure, and marked as inferred."""

from __future__ import annotations

import pytest

from store.ingest.around import Around, around
from store.ingest.html import parse_html
from store.ingest.site import site_of

HEADLINE = "ارتفاع ضحايا زلزال الحوز إلى ثلاثة آلاف قتيل"
TEXT = (
    "<p>أعلنت وزارة الداخلية المغربية مساء الأحد ارتفاع عدد ضحايا الزلزال الذي ضرب إقليم الحوز إلى نحو ثلاثة آلاف قتيل.</p>"
    "<p>وأضافت الوزارة في بلاغ أن فرق الإنقاذ تواصل عملها في القرى الجبلية البعيدة رغم صعوبة الطرق.</p>"
)


@pytest.mark.parametrize(
    ("title", "page", "url", "site"),
    [
        (f"{HEADLINE} - هسبريس", "", "", "هسبريس"),
        (f"{HEADLINE} | أخبار | الجزيرة نت", "", "", "الجزيرة نت"),
        (f"صحيفة المدى - {HEADLINE}", "", "", "صحيفة المدى"),
        (f"{HEADLINE} - Marayana", "", "https://marayana.com/a/1", "Marayana"),
        (f"{HEADLINE} - RT Arabic", "", "https://arabic.rt.com/1", "RT Arabic"),
        (f"{HEADLINE} – مرايانا", '<img src="l.png" alt="مرايانا">', "", "مرايانا"),
        (f"{HEADLINE} – مرايانا", "<p>جميع الحقوق محفوظة لمجلة مرايانا 2023</p>", "", "مرايانا"),
        # A kind of text, a section, the end of the headline: nothing shows that it is a site.
        (f"{HEADLINE} - ريبورتاج", "", "", ""),
        (f"{HEADLINE} - رياضة", "", "", ""),
        (f"{HEADLINE} - Marayana", "", "https://example.org/marayana", ""),
        (HEADLINE, '<img alt="مرايانا">', "", ""),
        ("عنوان آخر تماما - هسبريس", "", "", ""),
    ],
)
def test_site_of_a_title(title: str, page: str, url: str, site: str) -> None:
    assert site_of(page, title, HEADLINE, url) == site


def page(head: str, body: str = "") -> bytes:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}{TEXT}</body></html>".encode()


def test_a_page_that_names_its_site_in_the_title_alone() -> None:
    article = parse_html(page(f"<title>{HEADLINE} - هسبريس</title>", f"<h1>{HEADLINE}</h1>"), "a.html")
    assert (article.title, article.outlet, article.outlet_is_inferred) == (HEADLINE, "هسبريس", True)


def test_what_the_page_states_goes_before_it() -> None:
    head = f'<title>{HEADLINE} - هسبريس</title><meta property="og:site_name" content="العمق">'
    article = parse_html(page(head, f"<h1>{HEADLINE}</h1>"), "a.html")
    assert (article.outlet, article.outlet_is_inferred) == ("العمق", False)


def test_the_site_does_not_stay_in_the_headline_either() -> None:
    head = f'<title>{HEADLINE} - هسبريس</title><meta property="og:title" content="{HEADLINE} - هسبريس">'
    for body in (f"<h1>{HEADLINE}</h1>", ""):
        article = parse_html(page(head, body), "a.html")
        assert (article.title, article.outlet) == (HEADLINE, "هسبريس")


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<!-- x>", "<!["])
def test_markup_that_is_opened_without_end_is_not_read_around(piece: str) -> None:
    # Each would be looked for an end to the end of the page.
    assert around(piece * 500_000, HEADLINE, "نص") == Around()
