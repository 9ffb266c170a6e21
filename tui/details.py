"""What is known of an article and how: as blocks of a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from store import Article, FormerText, Precision, Published

from .dates import full_date
from .i18n import _, counted, number
from .presentation import Block
from .text import Span

#: Around values, so that a path or an address keeps its own order in an Arabic line.
_FSI, _PDI = "\u2068", "\u2069"
#: Before what came and what went, so that it is told without colour.
_ADDED, _GONE = "+ ", "− "


def details(article: Article, former: Sequence[FormerText], months: str = "common") -> tuple[Block, ...]:
    """Origin, what the source said, what we inferred, what was dropped, and every change of the text."""
    blocks = [Block(article.title, "title", is_followed_by_space=True)]
    blocks += _section(_("Origin"), _origin(article, months))
    blocks += _section(_("What the source says"), _said(article, months))
    blocks += _section(_("What was inferred"), _inferred(article))
    blocks += _section(
        _("What was dropped"), [(kind, number(count)) for kind, count in article.dropped.items()]
    )
    blocks += _section(_("In the archive"), _in_archive(article))
    if former:
        blocks += list(_revisions(article, former, months))
    return tuple(blocks)


def _section(heading: str, facts: Sequence[tuple[str, str]]) -> list[Block]:
    if not facts:
        return []
    rows = [
        Block(f"{label}: {_FSI}{value}{_PDI}", "body", spans=(Span(0, len(label) + 1, "meta"),))
        for label, value in facts
    ]
    last = rows[-1]
    rows[-1] = Block(last.text, last.role, spans=last.spans, is_followed_by_space=True)
    return [Block(heading, "heading"), *rows]


def _moment(seconds: int, months: str) -> str:
    return full_date(Published(seconds, Precision.MINUTE), months)


def _origin(article: Article, months: str) -> list[tuple[str, str]]:
    facts = [(_("Number"), number(article.id)), (_("From"), article.origin)]
    if article.url and article.url != article.origin:
        facts.append((_("Address"), article.url))
    if article.embedded_in is not None:
        facts.append((_("Found on the page of"), number(article.embedded_in)))
    return [*facts, (_("Taken in"), _moment(article.added, months))]


def _said(article: Article, months: str) -> list[tuple[str, str]]:
    is_dated = article.published is not None and not article.published.is_inferred
    pairs = (
        (_("Outlet"), "" if article.outlet_is_inferred else article.outlet),
        (_("Agency"), "، ".join(article.agency)),
        (_("Byline"), article.byline),
        (_("Dateline"), article.dateline),
        (_("Date"), full_date(article.published, months) if is_dated else ""),
        (_("Keywords"), "، ".join(article.keywords)),
    )
    return [(label, value) for label, value in pairs if value]


def _inferred(article: Article) -> list[tuple[str, str]]:
    facts = []
    if article.title_is_derived:
        facts.append((_("Headline"), _("taken from the lead")))
    if article.outlet_is_inferred:
        facts.append((_("Outlet"), _("from the title of its page: {outlet}").format(outlet=article.outlet)))
    if article.published is None:
        facts.append((_("Date"), _("none known")))
    elif article.published.is_inferred:
        facts.append(
            (
                _("Date"),
                _("from its text and its relatives: {date}").format(date=full_date(article.published)),
            )
        )
    if article.keywords_are_segmented:
        facts.append((_("Keywords"), _("parted where the source wrote only blanks")))
    return facts


def _in_archive(article: Article) -> list[tuple[str, str]]:
    waiting = sum(link.target is None for link in article.links)
    facts = [(_("Links"), number(len(article.links)))] if article.links else []
    if waiting:
        facts.append((_("of these not here yet"), number(waiting)))
    if article.linked_from:
        facts.append((_("Linked from"), "، ".join(number(one) for one in article.linked_from)))
    if article.event is not None:
        facts.append((_("Event"), number(article.event)))
    if article.notes:
        facts.append((_("Notes"), number(len(article.notes))))
    if article.tags:
        facts.append((_("Tags"), "  ".join(f"#{tag}" for tag in article.tags)))
    if article.muted_by:
        facts.append((_("Muted by"), "، ".join(article.muted_by)))
    return facts


def _revisions(article: Article, former: Sequence[FormerText], months: str) -> Iterator[Block]:
    """Each change, newest first: what went and what came, paragraph by paragraph."""
    yield Block(counted("{n} former text", "{n} former texts", len(former)), "heading")
    texts = [(one.replaced, (one.title, *one.body)) for one in former]
    texts.append((0, (article.title, *article.body)))
    for (replaced, before), (_next, after) in reversed(list(pairwise(texts))):
        yield Block(_("Changed") + ": " + _moment(replaced, months), "meta", is_followed_by_space=True)
        yield from _changes(before, after)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        pairs = min(b - a, d - c)
        for old, new in zip(before[a : a + pairs], after[c : c + pairs], strict=True):
            yield from _words_changed(old, new)
        yield from (_whole(_GONE, text, "differs") for text in before[a + pairs : b])
        yield from (_whole(_ADDED, text, "only") for text in after[c + pairs : d])


def _whole(sign: str, text: str, role: str) -> Block:
    return Block(
        sign + text, "body", spans=(Span(0, len(sign) + len(text), role),), is_followed_by_space=True
    )


def _words_changed(old: str, new: str) -> Iterator[Block]:
    """Two readings of one paragraph, the words that differ marked in each."""
    one, other = old.split(" "), new.split(" ")
    opcodes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    gone = [(a, b) for kind, a, b, _c, _d in opcodes if kind != "equal" and a < b]
    came = [(c, d) for kind, _a, _b, c, d in opcodes if kind != "equal" and c < d]
    yield _marked(_GONE, one, gone, "differs", is_last=False)
    yield _marked(_ADDED, other, came, "only", is_last=True)


def _marked(
    sign: str, words: Sequence[str], ranges: Sequence[tuple[int, int]], role: str, *, is_last: bool
) -> Block:
    starts = [len(sign)]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    spans = tuple(Span(starts[first], starts[last] - 1, role) for first, last in ranges)
    return Block(
        sign + " ".join(words), "body", spans=(Span(0, len(sign), role), *spans), is_followed_by_space=is_last
    )
