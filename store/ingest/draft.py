"""An article in the making: what a page said of it so far, and its completion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..models import LinkKind, ParsedArticle, ParsedLink, Published
from ..title_words import is_outlet_name
from .agencies import is_agency, is_nobody, is_outlet, names_in
from .credits import captions_in, take_below
from .datelines import dateline_of
from .dates import parse_date
from .glued import Vocabulary, split_glued
from .headlines import derive_title, is_sentence
from .keywords import MAX_KEYWORDS, keywords_of
from .markers import without_date
from .masthead import is_signed
from .opening import Said
from .sanitize import merge_counts
from .spelling import fold, spelled
from .zones import is_place

#: Most links of one article, and longest title of one.
MAX_LINKS = 500
MAX_TITLE = 500
#: So many keyword lines are told apart by the text; a page has one or two.
_MOST_SEGMENTED = 4
_MOST_ABOVE_LEAD = 4

_MORE_OF = "المزيد من "
_READING = re.compile(spelled("(?:الكاتب ?[,،]|(?:كتبه?|كتبت|كتبها|بقلم|بواسطة) ?:?) +"))


@dataclass(slots=True)
class Draft:
    """Fields as they are found; :meth:`finish` decides what they mean together."""

    title: str = ""
    body: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    keyword_lines: list[str] = field(default_factory=list)
    links: list[ParsedLink] = field(default_factory=list)
    published: Published | None = None
    is_update: bool = False
    byline: str | None = None
    #: Where among the host's links the link to this embedded article stands.
    link_place: int = 0
    dropped: int = 0
    captions: int = 0
    #: Where and by whom the text was sent, where a line of its own says so.
    place: str | None = None
    wire: str | None = None
    publisher: str | None = None
    #: Whose page it is, where the title ends in a name.
    site: str = ""
    #: Who sent the text, by what stands below its end.
    signed: list[str] = field(default_factory=list)

    def drop(self, line: str) -> None:
        """Count a piece of the page's furniture."""
        self.dropped += len(line)

    def link(self, kind: LinkKind, title: str) -> None:
        """Keep a headline as a link, as written; one that does not fit is counted."""
        if title and len(title) <= MAX_TITLE and len(self.links) < MAX_LINKS:
            self.links.append(ParsedLink(kind, title))
        else:
            self.drop(title)

    def date(self, line: str, value: str, *, is_update: bool) -> None:
        """Take a date; the date of publication outranks that of an update, the first of each kind the later."""
        found = parse_date(value)
        if found and (self.published is None or (self.is_update and not is_update)):
            self.published, self.is_update = found, is_update
            return
        self.drop(line)

    def bylined(self, line: str, value: str) -> None:
        """Take who wrote it; said twice, the second is furniture."""
        name, date = without_date(_READING.sub("", value, count=1).strip())
        if date:
            self.date("", date, is_update=False)
        if self.byline is None and name:
            self.byline = name
        else:
            self.drop(line)

    def said(self, line: str, said: Said) -> None:
        """Take what a line above the text says; of what is said twice, the first."""
        self.place = self.place or said.place or None
        self.publisher = self.publisher or said.publisher or None
        self.wire = self.wire or said.wire or None
        self.site = self.site or said.site
        self.signed += said.agencies
        if said.byline:
            self.bylined(line, said.byline)
        if said.date:
            self.date("", said.date, is_update=False)

    def repeats(self, line: str) -> bool:
        """True for the headline again, alone or with the outlet behind it, and for «المزيد من» who wrote the text."""
        if line == self.title:
            return True
        if self.byline and line.startswith(_MORE_OF) and line[len(_MORE_OF) :] == self.byline:
            return True
        return bool(self.site) and is_signed(self.title, self.site, line)

    def names_publisher(self) -> bool:
        """True where something says whose page it is."""
        return bool(self.sources or self.publisher or self.wire or self.site)

    def absorb(self, guest: Draft) -> None:
        """Take what stood behind a read-also headline without a text: it was this page's own, but never a date."""
        self.links += guest.links
        self.sources += guest.sources
        self.keyword_lines += guest.keyword_lines
        self.dropped += guest.dropped
        self.captions += guest.captions
        self.signed += guest.signed

    def finish(
        self,
        origin: str,
        vocabulary: Vocabulary,
        *,
        is_guest: bool = False,
        embedded: tuple[ParsedArticle, ...] = (),
        dropped: Mapping[str, int] | None = None,
    ) -> ParsedArticle:
        """Make the article: outlet and agencies, keywords, glued headlines, a title where there is none."""
        body = self._body(vocabulary)
        place, wire = self.place, self.wire
        if body:
            # A section or a second headline may stand above the lead.
            sent = dateline_of(next((text for text in body[:_MOST_ABOVE_LEAD] if is_sentence(text)), body[0]))
            if sent.agency and sent.place and is_place(fold(sent.agency)) and sent.place in self.site:
                # The site by its short name, and the place in brackets: «الأخبار (نواكشوط) – …»
                sent = sent._replace(place=sent.agency, agency=None)
            place, wire = place or sent.place, wire or sent.agency
            if sent.date and self.published is None:
                self.published = parse_date(sent.date)
        outlet, agencies = self._outlet(wire, is_guest=is_guest)
        if wire and not is_agency(wire) and (wire == self.wire or is_outlet(wire) or is_outlet_name(wire)):
            agencies = tuple(name for name in agencies if name != wire)
            # The page's own name is the fuller one.
            outlet = outlet or (self.site if wire in self.site else wire)
        outlet = outlet or self.publisher or next((name for name in self.signed if not is_agency(name)), None)
        is_inferred = bool(self.site) and not outlet
        keywords, are_segmented = self._keywords(body)
        title = " ".join(self.title.split())
        return ParsedArticle(
            title=title or (derive_title(body[0]) if body else ""),
            title_is_derived=not title,
            body=tuple(body),
            origin=origin,
            published=self.published,
            outlet=outlet or self.site or None,
            outlet_is_inferred=is_inferred,
            agency=agencies,
            byline=self.byline,
            dateline=place or self.place,
            keywords=keywords,
            keywords_are_segmented=are_segmented,
            links=tuple(self.links),
            embedded=embedded,
            dropped=merge_counts(dropped or {}, self._counts()),
        )

    def _counts(self) -> dict[str, int]:
        """What was taken off, in code points, by what it was."""
        counts = {"boilerplate": self.dropped, "caption": self.captions}
        return {name: count for name, count in counts.items() if count}

    def _text(self) -> list[str]:
        """The paragraphs, without captions among them and without what stands below the last."""
        below = take_below(self.body)
        for line in below.taken:
            self.drop(line)
        self.signed[:0] = below.names
        captions = captions_in(below.paragraphs)
        if not captions:
            return below.paragraphs
        self.captions += sum(map(len, captions))
        taken = frozenset(captions)
        return [line for line in below.paragraphs if line not in taken]

    def _body(self, vocabulary: Vocabulary) -> list[str]:
        body: list[str] = []
        for paragraph in self._text():
            if "  " in paragraph:
                paragraph = " ".join(paragraph.split())
            if headlines := split_glued(paragraph, vocabulary):
                for headline in headlines:
                    self.link(LinkKind.SIMILAR, headline)
            else:
                body.append(paragraph)
        return body

    def _outlet(self, wire: str | None, *, is_guest: bool) -> tuple[str | None, tuple[str, ...]]:
        """Of several sources the last is the outlet (the aggregator adds it last), the others are its agencies.

        A lone source of an embedded article is an agency when it is a known one:
        the aggregator's own line is missing there. Nor does a line of nothing but
        agencies name who publishes.
        """
        *lines, last = [names_in(source) for source in self.sources] or [[]]
        earlier = [name for line in lines for name in line]
        is_sent = len(last) > 1 and is_place(fold(last[0])) and all(map(is_agency, last[1:]))
        if is_sent:
            # «المصدر: عمان - د ب أ»
            self.place = self.place or last[0]
            last = last[1:]
        are_agencies = bool(last) and all(map(is_agency, last))
        if are_agencies and (is_sent or len(last) > 1 or is_nobody(last[0]) or (is_guest and not earlier)):
            outlet, names = None, [*earlier, *last]
        else:
            # "RT + وكالات": the first of one line is who publishes.
            outlet, names = (last[0] if last else None), [*earlier, *last[1:]]
        signed = (name for name in self.signed if is_agency(name))
        return outlet, tuple(
            dict.fromkeys(name for name in (*names, wire, *signed) if name and name != outlet)
        )

    def _keywords(self, body: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        phrases: dict[str, None] = {}
        are_segmented = False
        for number, line in enumerate(self.keyword_lines):
            texts = (self.title, *body) if number < _MOST_SEGMENTED else ()
            found, inferred = keywords_of(line, texts)
            phrases.update(dict.fromkeys(found))
            are_segmented = are_segmented or inferred
        for phrase in tuple(phrases)[MAX_KEYWORDS:]:
            self.drop(phrase)
        return tuple(phrases)[:MAX_KEYWORDS], are_segmented
