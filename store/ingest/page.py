"""Saved text pages: one page of lines becomes one article, with those it embeds.

The order of an aggregator's page (title, date, body, source, keywords, the
read-also article in full, similar headlines) is known, each part may be
missing, and no part may lend its text to another: what follows إقرأ أيضاً is
another article, with its own title and never its host's.

Nothing is lost silently: a line is body, or a field, or a link, or it is
counted as ``boilerplate`` in ``dropped`` (code points).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..models import LinkKind, ParsedArticle, ParsedLink
from ..title_words import is_known_outlet
from .agencies import is_agency, names_in
from .blocks import Block, blocks_of
from .continuing import are_headlines, is_list, is_over, tags_below, text_goes_on
from .draft import Draft
from .glued import Vocabulary
from .head import head_of
from .headlines import is_headline, is_sentence
from .lines import is_rule, lines_of, marks_of
from .markers import INLINE_BULLET, Mark, Marked, is_above_others
from .masthead import is_section, rights_of
from .opening import said_beside_date, said_in
from .sanitize import Cleaned, clean_text
from .spelling import fold, spelled

#: Most articles embedded in one page, and most links of one article.
MAX_EMBEDDED = 50

#: A line of nothing but hashtags.
_HASHTAGS = re.compile(r"(?:#[^\W_][\w\u200c]*[ ،,|]*){2,}")
#: A line of one hashtag, of some words.
_TAG_LINE = re.compile(r"#[^\W_][\w\u200c]*(?: [\w\u200c]+){0,4}")
_GLUED_MORE = re.compile(rf"(?:{spelled('إقرأ المزيد')}|{spelled('اقرأ أيضا')}) *:? *")
_SOURCE_WORD = re.compile(rf"(?:{spelled('المصدر')}) *(?P<name>.*)")
_TAGS_WORD = re.compile(rf" *{spelled('الوسوم')} *:? *")
_MAX_BARE_SOURCE = 60
#: Lines before the first sentence of a text, and how long one is that says who wrote it.
_MOST_BEFORE_TEXT = 4
_LONGEST_BEFORE_TEXT = 120
_LONGEST_LABEL = 60


def parse_page(text: str, origin: str) -> ParsedArticle:
    """Read one saved page; never fails, whatever the text.

    Raises nothing; a page without any text gives an article with an empty
    title and body, which the caller refuses.
    """
    cleaned = clean_text(text)
    lines = lines_of(cleaned.text)
    reader = _Reader(lines)
    reader.read()
    return reader.article(origin, cleaned.dropped)


def parse_body(title: str, cleaned: Cleaned, origin: str) -> ParsedArticle:
    """Read the text of an article whose title a feed, a record or an HTML page states (or "" where none does)."""
    reader = _Reader(lines_of(cleaned.text))
    reader.host.title = title
    if reader.lines and title and reader.lines[0] == title:
        reader.at = 1
    reader.read_rest()
    return reader.article(origin, cleaned.dropped)


class _Reader:
    """One pass over the lines of a page, keeping the article that lines now belong to."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.marks = marks_of(lines)
        self.host = Draft()
        self.embedded: list[Draft] = []
        self.current = self.host
        self.at = 0
        self.block_spelling: str | None = None
        self.rights: str | None = None
        self.blocks: list[Block] | None = None
        self.blocks_from = 0
        #: True from a source or keyword line to the next line of prose.
        self.is_past_source = False

    def read(self) -> None:
        """Go through the page, each part of it taken whole by its own method."""
        self._read_head()
        self.read_rest()

    def read_rest(self) -> None:
        """Go through what follows the head."""
        while self.at < len(self.lines):
            line, marked = self.lines[self.at], self.marks[self.at]
            self.at += 1
            if marked is None:
                self._prose(line)
            else:
                self._marked(line, marked)

    def article(self, origin: str, dropped: Mapping[str, int]) -> ParsedArticle:
        """The page as an article with its embedded ones."""
        if not self.host.names_publisher():
            self.host.site = self._rights()
        embedded: list[ParsedArticle] = []
        vocabulary = Vocabulary(self.lines)
        for before, draft in enumerate(self.embedded):
            made = draft.finish(origin, vocabulary, is_guest=True)
            if made.body:
                embedded.append(made)
            else:
                self.host.absorb(draft)
            self.host.links.insert(draft.link_place + before, ParsedLink(LinkKind.READ_ALSO, made.title))
        return self.host.finish(origin, vocabulary, embedded=tuple(embedded), dropped=dropped)

    # --- the head of the page

    def _read_head(self) -> None:
        """Take the headline, and what stands above it; said again below it, it is furniture."""
        head = head_of(self.lines, self.marks)
        if head.text is not None:
            self.marks[head.text] = None
        if head.headline is None:
            return
        for place in head.furniture:
            self.host.drop(self.lines[place])
        for place in head.dates:
            if marked := self.marks[place]:
                self.host.date(self.lines[place], marked.value, is_update=marked.mark is Mark.UPDATED)
        line = self.lines[head.headline]
        self.host.title, self.host.site = head.title, head.site
        self.at = head.headline + 1
        while self.at < len(self.lines) and self.lines[self.at] == line:
            self.host.drop(line)
            self.at += 1

    # --- one line at a time

    def _prose(self, line: str) -> None:
        self.is_past_source = self._is_bare_source(line)
        if self.is_past_source:
            return
        if line.startswith("#") and _HASHTAGS.fullmatch(line):
            self.is_past_source = True
            self.current.keyword_lines.append(line)
            return
        if is_rule(line) or self.current.repeats(line):
            self.current.drop(line)
            return
        if line.startswith("#") and self.current.body and _TAG_LINE.fullmatch(line):
            self.current.keyword_lines.append(line)
            return
        if len(line) <= _LONGEST_BEFORE_TEXT and self._is_before_text() and self._is_of_whom(line):
            return
        if "قر" in line and (match := _GLUED_MORE.search(line)):
            self._glued_more(line, match)
            return
        self.current.body.append(line)

    def _is_before_text(self) -> bool:
        """True until the first sentence; captions and the like may stand before it."""
        body = self.current.body
        return len(body) < _MOST_BEFORE_TEXT and not any(map(is_sentence, body))

    def _is_of_whom(self, line: str) -> bool:
        """Take a line before the text that says who sent or wrote it, where no colon says so."""
        mark = self.marks[self.at] if self.at < len(self.lines) else None
        following = self.lines[self.at] if self.at < len(self.lines) else ""
        has_title = bool(self.current.title)
        said = said_in(line, following, mark, has_title=has_title)
        if said is None and has_title and (line.isdecimal() or is_section(line)):
            # How often it was read, or spoken of; the section.
            self.current.drop(line)
            return True
        if said is None and has_title and len(line) <= _LONGEST_LABEL:
            site = self.current.site or self._rights()
            said = said_beside_date(self.lines, self.marks, self.at - 1, self.current.title, site)
        if said is None:
            return False
        self.current.said(line, said)
        return True

    def _rights(self) -> str:
        """Who claims the rights of the page, looked for once."""
        self.rights = rights_of(self.lines) if self.rights is None else self.rights
        return self.rights

    def _marked(self, line: str, marked: Marked) -> None:
        mark = marked.mark
        if mark is Mark.READ_ALSO or mark is Mark.READ_MORE:
            self._read_also(line, marked)
        elif mark is Mark.SIMILAR:
            self._similar(line, marked)
        elif mark is Mark.KEYWORDS:
            self._keywords(line, marked)
        elif mark is Mark.SOURCE:
            self.is_past_source = True
            self.current.sources.append(marked.value)
        elif mark is Mark.SHARE_TAGS:
            self.current.keyword_lines.append(marked.value)
        elif mark is Mark.DATE or mark is Mark.UPDATED:
            self.current.date(line, marked.value, is_update=mark is Mark.UPDATED)
        elif mark is Mark.TITLE and not self.current.title:
            self.current.title = marked.value
        elif mark is Mark.BYLINE:
            self.current.bylined(line, marked.value)
        elif mark is Mark.BOILERPLATE:
            self.current.drop(line)
            if is_above_others(line) and self.current.body and is_over(self.lines, self.at):
                self._similar(line, Marked(Mark.SIMILAR, ""))
        else:
            self.current.body.append(line)

    def _is_bare_source(self, line: str) -> bool:
        """``المصدر أ ف ب الوسومروسيا…``: a source without a colon, tags glued to it.

        Prose may begin with the word too, so a tag word or a marker after it must agree.
        """
        if not line.startswith(("ال", "م")) or len(line) > 400 or not (match := _SOURCE_WORD.match(line)):
            return False
        name = match["name"]
        if tags := _TAGS_WORD.search(name):
            self.current.sources.append(name[: tags.start()])
            self.current.keyword_lines.append(name[tags.end() :])
            return True
        if name.strip(": ") == "":
            return self._source_below(line)
        following = self.marks[self.at] if self.at < len(self.marks) else None
        is_last = self.at == len(self.lines) and all(
            is_agency(each) or is_known_outlet(each) for each in names_in(name)
        )
        if (
            len(line) <= _MAX_BARE_SOURCE
            and not is_sentence(line)
            and (is_last or (following and following.mark in _ENDS_OF_BODY))
        ):
            self.current.sources.append(name)
            return True
        return False

    def _source_below(self, line: str) -> bool:
        """The word for the source alone on its line: the source is the next one, where that is a name."""
        if self.at == len(self.lines) or self.marks[self.at] is not None:
            return False
        name = self.lines[self.at]
        if not self.current.body or len(name) > _MAX_BARE_SOURCE or is_sentence(name) or name.count(" ") > 5:
            return False
        self.current.sources.append(name)
        self.at += 1
        return True

    def _glued_more(self, line: str, match: re.Match[str]) -> None:
        """``إقرأ المزيدوذكر المكتب…``: the text of a link run into a paragraph; the paragraph stays."""
        before, after = line[: match.start()].strip(), line[match.end() :].strip()
        if match.start() and line[match.start() - 1].isalpha():
            # وسنقرأ أيضا…: an ordinary word.
            self.current.body.append(line)
            return
        is_link = fold(match.group()).split()[-1].strip(": ") == "ايضا"
        if is_link and ":" not in match.group():
            self.current.body.append(line)
        elif is_link and after and is_headline(after):
            self.current.body.append(before) if before else None
            self.current.link(LinkKind.READ_ALSO, after)
        else:
            self.current.drop(match.group())
            self.current.body.extend(part for part in ((before + " " + after).strip(),) if part)

    def _keywords(self, line: str, marked: Marked) -> None:
        self.is_past_source = True
        if marked.value:
            self.current.keyword_lines.append(marked.value)
            return
        items = tags_below(self.lines, self.marks, self.at)
        self.at += len(items)
        if items:
            self.current.keyword_lines.append(items[0] if len(items) == 1 else "\n".join(items))
        else:
            self.current.drop(line)

    # --- blocks

    def _similar(self, line: str, marked: Marked) -> None:
        """Headlines to the end of the list; a sentence after it is text again."""
        items = [part for part in INLINE_BULLET.split(marked.value) if part.strip()] if marked.value else []
        while self.at < len(self.lines):
            following, text = self.marks[self.at], self.lines[self.at]
            if following and following.mark is Mark.BULLET:
                items.append(following.value)
            elif following and following.mark is Mark.BOILERPLATE and text.startswith("list "):
                self.host.drop(text)
            elif following is None and not items and INLINE_BULLET.search(text):
                items.extend(part for part in INLINE_BULLET.split(text) if part.strip())
            elif (following is None or following.mark is Mark.BYLINE) and is_headline(text):
                items.append(text)
            else:
                break
            self.at += 1
        for item in items:
            self.host.link(LinkKind.SIMILAR, item.strip())
        self.current = self.host if not self.embedded else self.current

    def _read_also(self, line: str, marked: Marked) -> None:
        if self.blocks is None:
            self.blocks, self.blocks_from = blocks_of(self.lines, self.marks, self.at), self.at
        block = self.blocks[self.at - self.blocks_from]
        title = marked.value
        if self._starts_article(line, marked, block):
            self._start_embedded(title)
            return
        if title:
            for item in INLINE_BULLET.split(title):
                self.current.link(LinkKind.READ_ALSO, item.strip())
            return
        # Headlines alone: links. The text goes on where a sentence stands again.
        taken, are_links = 0, is_list(self.lines, self.marks, self.at)
        while self.at < len(self.lines):
            following, text = self.marks[self.at], self.lines[self.at]
            if following and following.mark is Mark.BULLET:
                self.current.link(LinkKind.READ_ALSO, following.value)
            elif following and following.mark is Mark.BOILERPLATE and text.startswith("list "):
                self.current.drop(text)
                self.at += 1
                continue
            elif (
                (following is None or following.mark is Mark.BYLINE)
                and is_headline(text)
                and (not taken or self.at == len(self.lines) - 1 or not block.has_text or are_links)
            ):
                self.current.link(LinkKind.READ_ALSO, text)
            else:
                return
            taken += 1
            self.at += 1

    def _starts_article(self, line: str, marked: Marked, block: Block) -> bool:
        """Decide between a whole article after the marker and links inside a text that goes on.

        On an aggregator's page the article's own source and keywords stand
        before the marker; a source that only comes after it says that the text
        goes on. A title on the marker's own line, in mid-text, is a link.
        """
        if block.has_bullet or not block.prose or len(self.embedded) >= MAX_EMBEDDED:
            return False
        if self.embedded and self.current is not self.host:
            # Inside an embedded article: only the very same marker begins another.
            return self.block_spelling == line and block.has_text
        is_after_end = (
            bool(self.host.body)
            and bool(self.host.sources or self.host.keyword_lines)
            and self.is_past_source
        )
        if marked.mark is Mark.READ_MORE and not (is_after_end or marked.has_colon):
            return False
        if not self.host.body:
            return False
        if is_after_end:
            is_article = (block.prose > 1 or bool(marked.value) or is_sentence(self.lines[self.at])) and not (
                # Headlines to the end of the page.
                not block.has_text and not marked.value and are_headlines(self.lines, self.marks, self.at)
            )
        else:
            is_article = (
                not marked.value
                and not block.has_source
                and block.has_text
                and not is_list(self.lines, self.marks, self.at)
                and not text_goes_on((self.host.title, *self.host.body), self.lines, self.marks, self.at)
            )
        if is_article:
            self.block_spelling = line
        return is_article

    def _start_embedded(self, title: str) -> None:
        draft = Draft(link_place=len(self.host.links))
        if not title and self.at < len(self.lines):
            text, following = self.lines[self.at], self.marks[self.at]
            if (following is None or following.mark is Mark.BYLINE) and (
                len(text) <= 300 and not self._is_lead(self.at)
            ):
                title = text
                self.at += 1
        draft.title = title
        self.embedded.append(draft)
        self.current = draft

    def _is_lead(self, index: int) -> bool:
        """A closed sentence where a title should stand; a title that closes like one is in the similar list too."""
        line = self.lines[index]
        if not is_sentence(line):
            return False
        return not any(
            marked and marked.mark is Mark.BULLET and marked.value == line for marked in self.marks[index:]
        )


_ENDS_OF_BODY = frozenset((Mark.SOURCE, Mark.KEYWORDS, Mark.READ_ALSO, Mark.SIMILAR, Mark.SHARE_TAGS))
