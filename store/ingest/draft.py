"""An article in the making: what a page said of it so far, and its completion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..models import LinkKind, ParsedArticle, ParsedLink, Published
from ..title_words import is_known_outlet
from .dates import parse_date
from .glued import Vocabulary, split_glued
from .headlines import dateline_of, derive_title
from .keywords import MAX_KEYWORDS, keywords_of
from .sanitize import merge_counts
from .spelling import fold, spelled

#: Most links of one article, and longest title of one.
MAX_LINKS = 500
MAX_TITLE = 500
#: So many keyword lines are told apart by the text; a page has one or two.
_MOST_SEGMENTED = 4

_AGENCIES = frozenset(
    fold(name).replace(" ", "").casefold()
    for name in (
        "رويترز", "أ ف ب", "أف ب", "فرانس برس", "ا ف ب", "وكالة فرانس برس", "فرانس برس أ ف ب", "د ب أ", "د.ب.أ", "أ ب", "أسوشيتد برس",
        "اسوشيتد برس", "أسوشييتد برس", "الأناضول", "وكالة الأناضول", "نوفوستي", "ريا نوفوستي", "تاس", "إنترفاكس", "سبوتنيك", "شينخوا",
        "أ ش أ", "وام", "واس", "قنا", "كونا", "بترا", "سانا", "وفا", "واع", "وات", "وأج", "ونا", "بنا", "إرنا", "ارنا", "فارس", "تسنيم",
        "مهر", "يونهاب", "كيودو", "بلومبرغ", "بلومبيرغ", "آكي", "أنسا", "إفي", "الوكالات", "وكالات", "وكالات الأنباء", "وكالة", "afp", "reuters",
        "ap", "dpa", "cnn", "bbc", "tass", "upi", "xinhua", "bloomberg", "معا", "صفا", "قدس برس", "يو بي أي", "الألمانية", "الفرنسية",
        "وكالة الأنباء الألمانية", "وكالة الأنباء الفرنسية", "وكالة أنباء الشرق الأوسط", "وكالة الأنباء السعودية", "associated press",
    )
)  # fmt: skip
_PARTS = re.compile(r" *(?:\+|/|،|,|؛|\||&| - | – ) *")
_AGENCY_LINE = re.compile(r" *[/:–—-] *")
_MOST_ON_AGENCY_LINE = 70
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
    #: Where and by whom the text was sent, where a line of its own says so.
    place: str | None = None
    wire: str | None = None
    publisher: str | None = None

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
        name = _READING.sub("", value, count=1).strip()
        if self.byline is None and name:
            self.byline = name
        else:
            self.drop(line)

    def sent(self, line: str) -> bool:
        """Take a first line that only says where a text is from: «موسكو-سانا», «موسكو / محمد كلتش / الأناضول»."""
        parts = [part.strip(" «»\"'.") for part in _AGENCY_LINE.split(line)]
        if len(line) > _MOST_ON_AGENCY_LINE or not 2 <= len(parts) <= 3 or self.wire or not all(parts):
            return False
        place, source = parts[0], parts[-1]
        is_outlet = bool(re.search(r"[ \d]", source)) and is_known_outlet(source)
        if not (is_agency(source) or is_outlet) or len(place.split()) > 3 or re.search(r"\d", place):
            return False
        if is_known_outlet(place) and is_agency(source):
            # «هسبريس - أ.ف.ب»: who publishes, and whose text it is.
            self.publisher, self.wire = place, source
            return True
        self.place, self.wire = place, source
        if len(parts) == 3:
            self.bylined("", parts[1])
        return True

    def absorb(self, guest: Draft) -> None:
        """Take what stood behind a read-also headline without a text: it was this page's own, but never a date."""
        self.links += guest.links
        self.sources += guest.sources
        self.keyword_lines += guest.keyword_lines
        self.dropped += guest.dropped

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
        if body and not wire:
            place, wire, _ = dateline_of(body[0][:120])
        outlet, agencies = self._outlet(wire, is_guest=is_guest)
        if wire and wire == self.wire and not is_agency(wire):
            agencies = tuple(name for name in agencies if name != wire)
            outlet = outlet or wire
        outlet = outlet or self.publisher
        keywords, are_segmented = self._keywords(body)
        title = " ".join(self.title.split())
        return ParsedArticle(
            title=title or (derive_title(body[0]) if body else ""),
            title_is_derived=not title,
            body=tuple(body),
            origin=origin,
            published=self.published,
            outlet=outlet,
            agency=agencies,
            byline=self.byline,
            dateline=place,
            keywords=keywords,
            keywords_are_segmented=are_segmented,
            links=tuple(self.links),
            embedded=embedded,
            dropped=merge_counts(dropped or {}, {"boilerplate": self.dropped} if self.dropped else {}),
        )

    def _body(self, vocabulary: Vocabulary) -> list[str]:
        body: list[str] = []
        for paragraph in self.body:
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
        the aggregator's own line is missing there.
        """
        if not self.sources:
            return None, (wire,) if wire else ()
        *earlier, last = [_names(source) for source in self.sources]
        # "RT + وكالات": the first of one line is who publishes.
        outlet = last[0] if last else None
        names = [*(name for line in earlier for name in line), *last[1:]]
        if outlet and is_guest and not names and is_agency(outlet):
            names, outlet = [outlet], None
        agencies = dict.fromkeys(name for name in (*names, wire) if name and name != outlet)
        return outlet, tuple(agencies)

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


def is_agency(name: str) -> bool:
    """True when ``name`` is a news agency known by that name, however it is spaced."""
    return fold(name).replace(" ", "").replace(".", "").casefold() in _AGENCIES


def _names(source: str) -> list[str]:
    # Tatweel only stretches what is written.
    parts = _PARTS.split(source.replace("ـ", ""))
    return [name for part in parts if (name := " ".join(part.split()).strip(" .:-–"))]
