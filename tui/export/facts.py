"""What every format tells of an article, ready to be escaped: clean text, web address, date in parts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from store import Article, Precision, Published

from ..text import direction_of

#: Controls but tab and line end, embeddings and overrides, surrogates, what XML 1.0 forbids.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
#: What an address keeps as it is; all else is percent-encoded, quotes, brackets and blanks above all.
_IN_ADDRESS = "%:/?#@!$&*+,;=~-._()"

_LOOSE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def clean(text: str | None) -> str:
    """The text without any character that acts on the reader of a file instead of being read."""
    return _FORBIDDEN.sub("", text) if text else ""


def line(text: str | None) -> str:
    """The text as one clean line."""
    return " ".join(clean(text).split())


def is_rtl(article: Article) -> bool:
    """True when an article is written from right to left, judged by its title and the beginning of its text."""
    return direction_of(" ".join((article.title, *article.body[:2]))) == "R"


def web_address(article: Article) -> str | None:
    """The http(s) address of an article, percent-encoded; None where it came from elsewhere."""
    for text in (article.url, article.origin):
        if text and text.lower().startswith(("http://", "https://")):
            try:
                parts = urlsplit(text)
                # Asking for the port raises ValueError where it is none.
                if parts.hostname and "[" not in parts.netloc and (parts.port is None or parts.port):
                    return _LOOSE_PERCENT.sub("%25", quote(clean(text), safe=_IN_ADDRESS))
            except ValueError:
                continue
    return None


def iso_date(published: Published | None) -> str:
    """The day, month or year of publication in ISO 8601, as exact as it is known; empty where it is not."""
    return "-".join(date_parts(published))


def date_parts(published: Published | None) -> tuple[str, ...]:
    """Year, month and day of publication, as many of them as are known."""
    if published is None:
        return ()
    moment = datetime.fromtimestamp(published.time, UTC)
    parts = (f"{moment.year:04}", f"{moment.month:02}", f"{moment.day:02}")
    return parts[: {Precision.YEAR: 1, Precision.MONTH: 2}.get(published.precision, 3)]


def day_of(seconds: int) -> str:
    """The day of a moment in ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def source_line(article: Article) -> str:
    """Outlet, agencies, byline and place of an article in one line."""
    parts = (article.outlet, "، ".join(article.agency), article.byline, article.dateline)
    return " · ".join(line(part) for part in parts if part)
