"""Saved HTML pages: what the page says of itself (JSON-LD, og:, meta), and its text by trafilatura."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from ..models import ParsedArticle, Published
from .around import Around, around
from .assemble import Fields, assemble, web_address
from .bare import is_heavy
from .dates import parse_date
from .decode import decode
from .fragment import paragraphs_of, text_of
from .markers import Mark, classify
from .sanitize import clean_line
from .site import site_of
from .spelling import letters_of
from .writers import Writer, writer_of

#: Largest page, in bytes: the extraction is slow, and no article is longer.
MAX_HTML = 8 << 20
#: Deeper nested pages are read as plain text: no tree is built of them.
_MAX_DEPTH = 500
_ARTICLE_TYPES = frozenset(
    (
        "newsarticle",
        "article",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "blogposting",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "liveblogposting",
        "report",
    )
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_META = re.compile(r"<meta\b([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LD_JSON = re.compile(
    r"""<script\b[^<>]{0,500}type\s*=\s*["']?application/ld\+json["']?[^<>]{0,500}>""", re.IGNORECASE
)
_SCRIPT_END = re.compile("</script", re.IGNORECASE)
#: So many scripts of JSON-LD are looked at.
_MOST_SCRIPTS = 100
_TITLE = (re.compile(r"<title\b[^<>]{0,200}>", re.IGNORECASE), re.compile("</title", re.IGNORECASE), 2000)
_H1 = (re.compile(r"<h1\b[^<>]{0,1000}>", re.IGNORECASE), re.compile("</h1", re.IGNORECASE), 3000)
#: Elements that are looked at until one is closed.
_MOST_TRIED = 20
_CANONICAL = re.compile(
    r"""<link\b[^<>]{0,1000}?rel\s{0,9}=\s{0,9}["']?canonical["']?[^<>]{0,1000}>""", re.IGNORECASE
)
_SITE_SUFFIX = re.compile(r"\s+[|\-–—»:]\s+[^|\-–—»:]{2,40}$")
#: What surrounds JSON-LD in old pages, and what is no JSON but stands in many.
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*;?\s*$"
)
_COMMA_LEFT = re.compile(r",(?=\s*[}\]])")
_AUTHOR = re.compile(
    r"""<(?P<tag>\w{1,20})\b[^<>]{0,500}?(?:itemprop|rel)\s{0,9}=\s{0,9}["']?author\b[^<>]{0,500}>""",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"""<\w{1,20}\b[^<>]{0,500}itemprop\s*=\s*["']?publisher\b[^<>]{0,500}>""", re.IGNORECASE
)
_ITEM_NAME = re.compile(
    r"""<(?:meta\b[^<>]{0,200}itemprop\s*=\s*["']?name["']?[^<>]{0,200}?content\s*=\s*["'](?P<given>[^"'<>]{2,80})"""
    r"""|\w{1,20}\b[^<>]{0,200}itemprop\s*=\s*["']?name\b[^<>]{0,200}>(?P<shown>[^<>]{2,80})<)""",
    re.IGNORECASE,
)
_TIME = re.compile(r"""<time\b[^<>]{0,500}?datetime\s*=\s*["']([^"']{4,60})""", re.IGNORECASE)

_SHOWN_TIME = re.compile(r"<time\b[^<>]{0,500}>\s{0,99}([^<>]{6,80})</time", re.IGNORECASE)


def parse_html(data: bytes, origin: str, *, charset: str | None = None, url: str = "") -> ParsedArticle:
    """Read one HTML page; ``charset`` and ``url`` are what the server said, where one did.

    What the page states of itself (JSON-LD before og: before meta before
    headings) is the title, date, outlet and names; a page without them is
    read like plain text. Raises NotTextError for binary data.
    """
    declared = _CHARSET.search(data[:4096])
    html = decode(data, charset or (declared[1].decode("ascii") if declared else None))
    meta = _meta(html)
    ld = _json_ld(html)
    paragraphs = _paragraphs(html, ld)
    title = _title(html, meta, ld)
    address = _url(html, meta, ld) or url
    outlet = (
        _first(_names(ld.get("publisher")))
        or meta.get("og:site_name", "")
        or meta.get("application-name", "")
        or _website(html)
        or _publisher(html)
    )
    shown = around(html, title, paragraphs[0] if paragraphs else "")
    site = "" if outlet else site_of(html, _title_tag(html), title, address)
    writer = _writer(html, meta, ld, outlet or site, shown.byline)
    fields = Fields(
        title=title,
        body=_with_source(paragraphs, shown),
        published=_published(html, meta, ld) or shown.published,
        outlet=outlet or site,
        outlet_is_inferred=bool(site),
        byline=writer.byline,
        agency=writer.agency,
        keywords=_keywords(meta, ld) or shown.keywords,
        links=shown.links,
        url=address,
    )
    return assemble(fields, origin)


def _paragraphs(html: str, ld: Mapping[str, Any]) -> list[str]:
    if is_heavy(html):
        return paragraphs_of(_body_of(html))
    found = [] if _is_too_deep(html) else _extract(html)
    text = ld.get("articleBody")
    stated = paragraphs_of(text) if isinstance(text, str) else []
    if not found:
        return stated or paragraphs_of(_body_of(html))
    # The page's own statement is better where the extraction lost text, or the borders of its paragraphs.
    ours, theirs = sum(map(len, found)), sum(map(len, stated))
    is_better = theirs > 2 * ours or (len(stated) > len(found) and theirs >= 0.9 * ours)
    return stated if is_better else found


def _with_source(paragraphs: list[str], shown: Around) -> list[str]:
    """The text with the line that names its source, where the extraction left it out: where the page has it."""
    is_there = any((marked := classify(line)) and marked.mark is Mark.SOURCE for line in paragraphs if line)
    if is_there or not shown.source:
        return paragraphs
    place = next((i for i, line in enumerate(paragraphs, 1) if line == shown.above_source), len(paragraphs))
    return [*paragraphs[:place], f"المصدر: {shown.source}", *paragraphs[place:]]


def _extract(html: str) -> list[str]:
    # Half a second of imports: only for who imports HTML.
    import trafilatura

    text: str | None = None
    with suppress(Exception):
        # The extraction meets pages nobody foresaw; a page it fails on is read as text.
        text = trafilatura.extract(
            html, include_comments=False, include_tables=False, favor_recall=True, deduplicate=False
        )
    return [line for part in (text or "").split("\n") if (line := part.strip().removeprefix("- "))]


def _body_of(html: str) -> str:
    start = re.search(r"<body\b[^<>]{0,2000}>", html, re.IGNORECASE)
    return html[start.end() :] if start else html


def _is_too_deep(html: str) -> bool:
    """More elements open at once than a page of text ever has."""
    depth = deepest = 0
    for match in re.finditer(
        r"<(/?)(?:div|span|section|article|table|tr|td|ul|ol|li|b|i|font|blockquote|p)\b", html, re.IGNORECASE
    ):
        depth = depth - 1 if match[1] else depth + 1
        deepest = max(deepest, depth)
    # Pages without closing tags (<p>, <li>) are common; real nesting of thousands is not.
    return deepest > _MAX_DEPTH * 4


# --- what the page says of itself


def _meta(html: str) -> dict[str, str]:
    """``name`` or ``property`` → content, the first of each; ``article:tag`` joined by commas."""
    found: dict[str, str] = {}
    for tag in _META.finditer(html[: 1 << 20]):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag[1])}
        name = (
            attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        ).lower()
        content = clean_line(attributes.get("content", ""))
        if not name or not content:
            continue
        if name == "article:tag" and name in found:
            found[name] += "،" + content
        else:
            found.setdefault(name, content)
    return found


def _json_ld(html: str) -> Mapping[str, Any]:
    """The first object of JSON-LD that is an article."""
    for script in _scripts(html):
        value = _lenient(script)
        for each in _objects(value):
            kinds = each.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name.lower() in _ARTICLE_TYPES for name in names):
                return _with_named(each, value)
    return {}


def _website(html: str) -> str:
    """The name of the site, where JSON-LD describes it beside an article."""
    for script in _scripts(html):
        for each in _objects(_lenient(script)):
            if each.get("@type") in ("WebSite", "NewsMediaOrganization") and (
                names := _names(each.get("name"))
            ):
                return names[0]
    return ""


def _scripts(html: str) -> Iterator[str]:
    """The texts of scripts of JSON-LD, as far as they are closed; one look at each letter, however many there are."""
    at = 0
    for _ in range(_MOST_SCRIPTS):
        opened = _LD_JSON.search(html, at)
        closed = _SCRIPT_END.search(html, opened.end()) if opened else None
        if opened is None or closed is None:
            return
        yield html[opened.end() : closed.start()]
        at = closed.end()


def _lenient(text: str) -> Any:
    """JSON as pages write it: in a comment or CDATA, with line ends in texts and commas too many; None for none."""
    bare = _WRAPPED.sub("", text.strip())
    for attempt in (bare, _COMMA_LEFT.sub("", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _with_named(article: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """The article with its author and publisher, where it only refers to them by ``@id``."""
    found = {
        each["@id"]: each for each in _objects(value) if isinstance(each.get("@id"), str) and each.get("name")
    }

    def named(part: Any) -> Any:
        if isinstance(part, list):
            return [named(one) for one in part[:20]]
        if isinstance(part, dict) and not part.get("name"):
            return found.get(part.get("@id"), part) if isinstance(part.get("@id"), str) else part
        return part

    return {**article, **{name: named(article[name]) for name in ("author", "publisher") if name in article}}


def _writer(html: str, meta: Mapping[str, str], ld: Mapping[str, Any], outlet: str, shown: str) -> Writer:
    """Who wrote it as the page states it, else as it shows it."""
    stated = (
        "، ".join(_names(ld.get("author"))),
        meta.get("author", ""),
        _not_address(meta.get("article:author", "")),
        _author(html),
        shown,
    )
    found = (writer_of(name, outlet) for name in stated if name)
    return next((writer for writer in found if writer.byline or writer.agency), Writer(""))


def _publisher(html: str) -> str:
    """Who publishes it by microdata: the name inside the element of the publisher, shown or in a meta."""
    match = _PUBLISHER.search(html)
    if not match:
        return ""
    named = _ITEM_NAME.search(html, match.end(), match.end() + 1500)
    return clean_line(text_of(named["shown"] or named["given"] or "")) if named else ""


def _author(html: str) -> str:
    """Who wrote it by microdata, or by the link to the author's page."""
    for match, _ in zip(_AUTHOR.finditer(html), range(_MOST_TRIED), strict=False):
        closed = re.compile(f"</{match['tag']}", re.IGNORECASE).search(html, match.end(), match.end() + 620)
        if closed:
            name = " ".join(text_of(html[match.end() : closed.start()]).split())
            return name if len(name) <= 100 else ""
    return ""


def _not_address(text: str) -> str:
    """Facebook's tag for the author holds an address as often as a name."""
    return "" if text.startswith("http") else text


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting.extend(each[:200])
        elif isinstance(each, dict):
            yield each
            waiting.extend(
                part
                for name in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(part := each.get(name), (dict, list))
            )


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [each.get("name") if isinstance(each, dict) else each for each in values]
    return [
        clean_line(name)
        for name in names
        if isinstance(name, str) and name.strip() and not name.startswith("http")
    ]


def _first(names: list[str]) -> str:
    return names[0] if names else ""


def _title(html: str, meta: Mapping[str, str], ld: Mapping[str, Any]) -> str:
    heading = _inside(html, *_H1)
    headline = text_of("<p>" + heading) if heading else ""
    stated = ld.get("headline")
    title = text_of(stated) if isinstance(stated, str) else ""
    title = title or meta.get("og:title", "") or meta.get("twitter:title", "")
    if title:
        return _without_site(title, html, meta, headline)
    return headline or _SITE_SUFFIX.sub("", _title_tag(html))


def _without_site(title: str, html: str, meta: Mapping[str, str], headline: str) -> str:
    """A title without the name of the site behind it, where the page shows that it is one."""
    shorter = _SITE_SUFFIX.sub("", title)
    if shorter == title:
        return title
    site = meta.get("og:site_name", "")
    is_site = (
        title.endswith(site)
        if site
        else letters_of(shorter) == letters_of(headline)
        or bool(site_of(html, title, shorter, meta.get("og:url", "")))
    )
    return shorter if is_site else title


def _title_tag(html: str) -> str:
    """The title of the window."""
    return clean_line(_inside(html, *_TITLE))


def _inside(html: str, opening: re.Pattern[str], closing: re.Pattern[str], most: int) -> str:
    """What stands in the first element that is closed within ``most`` code points."""
    for opened, _ in zip(opening.finditer(html), range(_MOST_TRIED), strict=False):
        if closed := closing.search(html, opened.end(), opened.end() + most + 8):
            return html[opened.end() : closed.start()]
    return ""


def _published(html: str, meta: Mapping[str, str], ld: Mapping[str, Any]) -> Published | None:
    stated = (
        ld.get("datePublished"),
        meta.get("article:published_time"),
        meta.get("datepublished"),
        meta.get("date"),
        meta.get("pubdate"),
        meta.get("publishdate"),
        meta.get("dc.date"),
        ld.get("dateModified"),
        meta.get("article:modified_time"),
    )
    for value in stated:
        if isinstance(value, str) and (found := parse_date(value.strip()[:100])):
            return found
    if (times := _TIME.search(html)) and (found := parse_date(times[1])):
        return found
    shown = _SHOWN_TIME.search(html)
    return parse_date(clean_line(shown[1])) if shown else None


def _keywords(meta: Mapping[str, str], ld: Mapping[str, Any]) -> tuple[str, ...] | str:
    stated = ld.get("keywords")
    if isinstance(stated, list):
        return tuple(each for each in stated if isinstance(each, str))
    if isinstance(stated, str) and stated.strip():
        return stated
    return meta.get("article:tag", "") or meta.get("news_keywords", "") or meta.get("keywords", "")


def _url(html: str, meta: Mapping[str, str], ld: Mapping[str, Any]) -> str:
    canonical = _CANONICAL.search(html)
    if canonical:
        attributes = {
            m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(canonical.group())
        }
        if address := web_address(attributes.get("href", "")):
            return address
    stated = ld.get("url")
    return (
        web_address(meta.get("og:url", ""))
        or (web_address(stated) if isinstance(stated, str) else None)
        or ""
    )
