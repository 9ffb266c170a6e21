"""What an article and a list row say, as text with roles; where it goes on the screen is decided elsewhere.

Pure functions of the data: (Article) → blocks, (Summary) → the words of a
row. Text is logical; roles are the style names of :mod:`tui.themes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import Article, LinkKind, Summary

from .dates import full_date, short_date, time_of_day
from .i18n import _, counted, is_rtl, number
from .text import Span

if TYPE_CHECKING:
    from store import Note, Snippet

#: Arabic newspaper prose is read at about this many words a minute.
WORDS_A_MINUTE = 180

UNREAD, STARRED, NOTED = "●", "★", "✎"


def opened_sign(*, is_left: bool | None = None) -> str:
    """The sign of what is open, pointing at its text: to the left where that stands left of it, as in Arabic."""
    return "◂" if (is_rtl() if is_left is None else is_left) else "▸"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the page of an article.

    ``role`` names its style. ``offset`` is the code point of the article's body
    at which a body paragraph begins (paragraphs joined by one newline), else
    None. ``link`` is the number under which a link is reached, from 1. ``note`` is the number of
    the note in the store that the block shows. ``views`` are the names in it that lead to lists. ``part``
    is the part of the article that it shows (``store.Part``), empty for what stands around it.
    """

    text: str
    role: str
    offset: int | None = None
    link: int | None = None
    spans: tuple[Span, ...] = ()
    is_followed_by_space: bool = False
    note: int | None = None
    views: tuple[PageView, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """A name on the page that leads to a list: what it is called, the query, and where it stands in its block."""

    title: str
    query: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered link of an article's page; ``target`` is None where that article is not here."""

    title: str
    target: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How dates are written: names of months, and whether the Hijri date stands beside."""

    months: str = "common"
    hijri: bool = False


def page_links(article: Article, host: str | None = None) -> tuple[PageLink, ...]:
    """The links of an article in the order of their numbers.

    First the page it was found on (``host`` is that page's title), then the
    article embedded in it, then the similar headlines: those that are here
    before those that are not yet.
    """
    found: list[PageLink] = []
    if article.embedded_in is not None and host is not None:
        found.append(PageLink(host, article.embedded_in, "host"))
    read_also = [link for link in article.links if link.kind is LinkKind.READ_ALSO]
    similar = [link for link in article.links if link.kind is LinkKind.SIMILAR]
    targets = {link.target for link in read_also}
    found += [PageLink(link.title, link.target, "read_also") for link in read_also]
    found += [
        PageLink(link.title, link.target, "similar")
        for link in similar
        if link.target is not None and link.target not in targets
    ]
    found += [PageLink(link.title, None, "missing") for link in similar if link.target is None]
    return tuple(found)


def page(article: Article, links: tuple[PageLink, ...], dates: DateStyle) -> tuple[Block, ...]:
    """An article as the blocks of its page, from headline to last link."""
    blocks = [Block(article.title, "title", part="title")]
    named = page_views(article)
    blocks += [_with_views(line, "meta", named) for line in _heading_lines(article, dates)]
    if article.tags:
        blocks.append(_with_views("  ".join(f"#{tag}" for tag in article.tags), "tag", named))
    blocks[-1] = _spaced(blocks[-1])
    if whole := [note for note in article.notes if not note.passage]:
        blocks += [_note_block(note) for note in whole]
        blocks[-1] = _spaced(blocks[-1])
    offset = 0
    for paragraph in article.body:
        blocks += _paragraph(paragraph, offset, article.notes)
        offset += len(paragraph) + 1
    blocks += _lost_notes(article.notes)
    if article.keywords:
        label = _("Keywords") + ": "
        text = label + "، ".join(article.keywords)
        block = _with_views(text, "meta", named, len(label))
        spans = (Span(0, len(label), "heading"), *(Span(one.start, one.end, "tag") for one in block.views))
        blocks.append(replace(block, spans=spans, is_followed_by_space=True, part="keywords"))
    return tuple(blocks + _link_blocks(links))


def page_views(article: Article) -> tuple[PageView, ...]:
    """The lists an article's page leads to: its outlet and agencies, its tags, its keywords."""
    found = [PageView(article.outlet, f"source:{_quoted(article.outlet)}")] if article.outlet else []
    found += [PageView(name, f"agency:{_quoted(name)}") for name in article.agency]
    found += [PageView(f"#{name}", f"tag:{_quoted(name)}") for name in article.tags]
    return (*found, *(PageView(name, f"keyword:{_quoted(name)}") for name in article.keywords))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', " ").strip() + '"'


def _with_views(text: str, role: str, named: Sequence[PageView], start: int = 0) -> Block:
    """A block in which the names that lead to lists are known, each where it stands first behind the one before."""
    found: list[PageView] = []
    for one in named:
        at = text.find(one.title, start)
        if at >= 0 and one.title:
            found.append(replace(one, start=at, end=at + len(one.title)))
            start = at + len(one.title)
    return Block(text, role, views=tuple(found))


def _paragraph(text: str, offset: int, notes: Sequence[Note]) -> list[Block]:
    """A paragraph with its marked passages, and below it what was written of those that end in it."""
    end = offset + len(text)
    marked = [(note.start, note.stop) for note in notes if note.start is not None and note.stop is not None]
    spans = tuple(
        Span(max(start, offset) - offset, min(stop, end) - offset, "marked")
        for start, stop in marked
        if start < end and stop > offset
    )
    written = [note for note in notes if note.text and note.stop is not None and offset < note.stop <= end]
    blocks = [Block(text, "body", offset=offset, spans=spans, part="body")]
    blocks += [_note_block(note, quotes=len(written) > 1) for note in written]
    blocks[-1] = _spaced(blocks[-1])
    return blocks


def _note_block(note: Note, *, quotes: bool = False) -> Block:
    """What was written, behind its sign; with the beginning of the passage where there are several, or it is gone."""
    words = note.passage.split()
    quoted = "«" + " ".join(words[:6]) + (" …" if len(words) > 6 else "") + "»"
    parts = [part for part in (quoted if quotes else "", " ".join(note.text.split())) if part]
    return Block(f"{NOTED} " + ": ".join(parts), "note", note=note.id)


def _lost_notes(notes: Sequence[Note]) -> list[Block]:
    lost = [note for note in notes if note.is_lost]
    if not lost:
        return []
    blocks = [Block(_("Notes on passages that are no longer in the text"), "heading")]
    blocks += [_note_block(note, quotes=True) for note in lost]
    blocks[-1] = _spaced(blocks[-1])
    return blocks


def _heading_lines(article: Article, dates: DateStyle) -> list[str]:
    source = joined(
        part for part in (article.outlet, "، ".join(article.agency), article.byline, article.dateline) if part
    )
    when = full_date(article.published, dates.months, hijri=dates.hijri)
    minutes = max(1, round(sum(len(text.split()) for text in article.body) / WORDS_A_MINUTE))
    told = [when, counted("{n} minute to read", "{n} minutes to read", minutes)]
    if article.title_is_derived:
        told.append(_("headline taken from the lead"))
    if article.is_starred:
        told.append(STARRED)
    return [line for line in (source, joined(told)) if line]


def joined(parts: Iterable[str]) -> str:
    """Parts of a line with dots between, each isolated (UAX #9, FSI … PDI): an English date beside an
    Arabic outlet keeps its own order."""
    return " · ".join(f"\u2068{part}\u2069" for part in parts)


def _link_blocks(links: tuple[PageLink, ...]) -> list[Block]:
    headings = {
        "host": _("Found on the page of"),
        "read_also": _("Read also"),
        "similar": _("Similar headlines"),
        "missing": _("Similar headlines, not here yet"),
    }
    blocks: list[Block] = []
    before = None
    for index, link in enumerate(links, 1):
        if link.kind != before:
            if blocks:
                blocks[-1] = _spaced(blocks[-1])
            blocks.append(Block(headings[link.kind], "heading"))
            before = link.kind
        label = number(index) + ". "
        text = label + link.title
        role = "missing" if link.target is None else "link"
        if link.target is None and link.kind != "missing":
            text += " (" + _("not here yet") + ")"
        blocks.append(Block(text, role, link=index, spans=(Span(0, len(label), "key"),)))
    return blocks


def _spaced(block: Block) -> Block:
    return replace(block, is_followed_by_space=True)


def row_marks(row: Summary) -> str:
    """The marks at the beginning of a row: unread, starred (one cell each)."""
    return (UNREAD if row.is_unread else " ") + (STARRED if row.is_starred else " ")


def row_meta(
    row: Summary,
    now: int,
    months: str = "common",
    group: str = "",
    *,
    is_under_day: bool = False,
    shows_date: bool = True,
) -> str:
    """What :func:`group_sign` says, outlet, date, story badge and tags of a row, most telling first.

    Under the name of its day only what that does not say is left of the date; it may have a column of its own.
    """
    parts = [group] if group else []
    date = row_date(row, now, months, is_under_day=is_under_day) if shows_date else ""
    parts += [part for part in (row.outlet or _("no outlet"), date) if part]
    if row.event_size > 1:
        parts.append(counted("{n} source", "{n} sources", row.event_size))
    if row.notes:
        parts.append(NOTED if row.notes == 1 else f"{NOTED} {number(row.notes)}")
    parts += [f"#{tag}" for tag in row.tags]
    return joined(parts)


def row_date(row: Summary, now: int, months: str = "common", *, is_under_day: bool = False) -> str:
    """The date of a row; under the name of its day what that does not say."""
    return time_of_day(row.published) if is_under_day else short_date(row.published, now, months)


def group_sign(under: Sequence[Summary], *, is_under: bool = False) -> str:
    """How many reports are folded under a row, and ● where one of them is unread; ↳ for one that stands under another."""
    if not under:
        return "↳" if is_under else ""
    is_unread = any(other.is_unread for other in under)
    return counted("{n} more", "{n} more", len(under)) + (f" {UNREAD}" if is_unread else "")


def snippet_line(found: Snippet, room: int) -> tuple[str, list[Span]]:
    """A snippet as one line of ``room`` cells in which the first match is to be seen, with its matches."""
    from store import IN_KEYWORDS

    cut = 0
    first, end = found.matches[0] if found.matches else (0, 0)
    if end > room * 2 // 3:
        # Some words before the match say what it is about; the rest of the room is for what follows.
        wanted = max(0, first - room // 4)
        cut = found.text.find(" ", wanted, first) + 1 or wanted
    lead = "… " if cut or found.is_cut_before else ""
    if found.paragraph == IN_KEYWORDS:
        lead = _("Keywords") + ": " + lead
    shift = len(lead) - cut
    spans = [Span(start + shift, stop + shift, "hit") for start, stop in found.matches if start >= cut]
    return lead + found.text[cut:] + (" …" if found.is_cut_after else ""), spans
