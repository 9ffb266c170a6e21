"""Articles as Markdown (CommonMark): nothing in a text is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from store import Article

from ..dates import full_date
from ..i18n import _
from ..presentation import page_links
from .facts import clean, line, source_line, web_address

#: Punctuation that means something anywhere in a line; a backslash takes the meaning (CommonMark 0.31, 2.4).
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$]")
#: What means something only where a line begins: headings, lists, rules, underlines of headings, quotes.
_AT_START = re.compile(r"^(\s*)([#+\-=:>])|^(\s*\d{1,9})([.)])", re.MULTILINE)


def markdown(articles: Iterable[Article], ids: Collection[int]) -> Iterator[str]:
    """The articles one after another, each under a heading with an anchor, a rule between them."""
    for number, article in enumerate(articles):
        yield ("\n---\n\n" if number else "") + _article(article, ids)


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is written."""
    text = _ANYWHERE.sub(r"\\\g<0>", clean(text))
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", text)


def _article(article: Article, ids: Collection[int]) -> str:
    parts = [f'<a id="article-{article.id}"></a>\n\n# {escaped(line(article.title))}']
    told = " · ".join(part for part in (source_line(article), full_date(article.published)) if part)
    parts.append(escaped(told))
    address = web_address(article)
    if address:
        parts.append(f"<{address}>")
    if article.tags:
        parts.append(escaped(" ".join(f"#{line(tag)}" for tag in article.tags)))
    parts += [escaped(clean(paragraph).strip()) for paragraph in article.body]
    if article.keywords:
        words = "، ".join(line(word) for word in article.keywords)
        parts.append(f"**{escaped(_('Keywords'))}:** {escaped(words)}")
    if article.notes:
        from .notes import markdown_section

        parts += [f"## {escaped(_('Notes'))}", markdown_section(article)]
    links = page_links(article)
    if links:
        parts.append(f"## {escaped(_('Links'))}")
        parts.append(
            "\n".join(f"{n}. {_link(link.title, link.target, ids)}" for n, link in enumerate(links, 1))
        )
    return "\n\n".join(part for part in parts if part) + "\n"


def _link(title: str, target: int | None, ids: Collection[int]) -> str:
    shown = escaped(line(title))
    return f"[{shown}](#article-{target})" if target in ids else shown
