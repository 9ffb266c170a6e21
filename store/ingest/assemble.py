"""An article from fields that a record, a feed or an HTML page states: sanitised, and its text read like a page's.

What the source states (title, date, names) is taken as it is; the text is
still gone through for furniture and read-also lines, and only what is missing
is inferred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..models import Kept, LinkKind, ParsedArticle, ParsedLink, Published
from .agencies import is_agency
from .draft import MAX_LINKS, MAX_TITLE
from .keywords import MAX_KEYWORDS, keywords_of
from .page import parse_body
from .sanitize import clean_line, clean_text, merge_counts


@dataclass(frozen=True, slots=True)
class Fields:
    """What a source states of one article; raw text, nothing cleaned yet."""

    title: str = ""
    body: Sequence[str] = ()
    published: Published | None = None
    outlet: str = ""
    agency: Sequence[str] = ()
    byline: str = ""
    dateline: str = ""
    keywords: Sequence[str] | str = ()
    links: Sequence[tuple[LinkKind, str]] = ()
    url: str = ""
    guid: str = ""
    tags: Sequence[str] = ()
    title_is_derived: bool = False
    keywords_are_segmented: bool = False
    is_partial: bool = False
    dropped: Mapping[str, int] | None = None
    kept: Kept | None = None
    outlet_is_inferred: bool = False


def assemble(fields: Fields, origin: str, *, as_it_is: bool = False) -> ParsedArticle:
    """Make an article of ``fields``; with ``as_it_is`` its paragraphs are not searched for furniture (our own export)."""
    title = "" if fields.title_is_derived and not as_it_is else clean_line(fields.title)[:MAX_TITLE]
    cleaned = clean_text("\n".join(fields.body))
    if as_it_is:
        body = tuple(line for line in (part.strip() for part in cleaned.text.split("\n")) if line)
        read = ParsedArticle(title, body, origin, dropped=cleaned.dropped)
    else:
        read = parse_body(title, cleaned, origin)
    keywords, are_segmented = _keywords(fields.keywords, read)
    outlet = clean_line(fields.outlet)
    if fields.outlet_is_inferred and read.outlet and not read.outlet_is_inferred:
        # What the text states of its source goes before what was concluded from the page.
        outlet = ""
    stated = (ParsedLink(kind, name) for kind, text in fields.links if (name := clean_line(text)[:MAX_TITLE]))
    had = {link.title for link in read.links}
    links = (*read.links, *dict.fromkeys(link for link in stated if as_it_is or link.title not in had))
    return replace(
        read,
        title=title or read.title,
        title_is_derived=fields.title_is_derived if title else True,
        published=fields.published or read.published,
        outlet=outlet or read.outlet,
        outlet_is_inferred=fields.outlet_is_inferred if outlet else read.outlet_is_inferred,
        agency=_lines(fields.agency) or _agencies(read, outlet),
        byline=clean_line(fields.byline) or read.byline,
        dateline=clean_line(fields.dateline) or read.dateline,
        keywords=keywords or read.keywords,
        keywords_are_segmented=fields.keywords_are_segmented
        or (are_segmented if keywords else read.keywords_are_segmented),
        links=links[:MAX_LINKS],
        url=web_address(fields.url),
        guid=clean_line(fields.guid) or None,
        tags=_lines(fields.tags),
        is_partial=fields.is_partial,
        dropped=merge_counts(fields.dropped or {}, read.dropped),
        kept=fields.kept,
    )


def _agencies(read: ParsedArticle, outlet: str) -> tuple[str, ...]:
    """The agencies of a text; what it names as its source is one, where who publishes it is stated elsewhere."""
    source = read.outlet
    if source and outlet and source != outlet and is_agency(source) and source not in read.agency:
        return (*read.agency, source)
    return read.agency


def web_address(text: str) -> str | None:
    """``text`` as an address that may be opened, or None: http and https only, no blanks or controls."""
    text = text.strip()
    if not text.lower().startswith(("http://", "https://")) or len(text) > 2000:
        return None
    return text if text.isprintable() and " " not in text else None


def _keywords(stated: Sequence[str] | str, read: ParsedArticle) -> tuple[tuple[str, ...], bool]:
    if isinstance(stated, str):
        return keywords_of(clean_line(stated), (read.title, *read.body))
    return _lines(stated)[:MAX_KEYWORDS], False


def _lines(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for value in values if (line := clean_line(value))))
