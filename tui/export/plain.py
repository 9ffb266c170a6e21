"""Articles as plain text in logical order: what ``newsreader show`` prints, for readers of any kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from store import Article

from ..dates import full_date
from ..i18n import _
from ..presentation import page_links
from .facts import clean, line, source_line, web_address

#: Between two articles of one text.
_RULE = "\n" + "-" * 40 + "\n\n"


def text(articles: Iterable[Article], _ids: Collection[int] = frozenset()) -> Iterator[str]:
    """The articles one after another, a rule between them."""
    for number, article in enumerate(articles):
        yield (_RULE if number else "") + article_text(article)


def article_text(article: Article) -> str:
    """One article: headline, source and date, tags, paragraphs with a blank line between, keywords, links."""
    parts = [line(article.title)]
    parts.append(" · ".join(part for part in (source_line(article), full_date(article.published)) if part))
    address = web_address(article)
    if address:
        parts.append(address)
    if article.tags:
        parts.append(" ".join(f"#{line(tag)}" for tag in article.tags))
    for paragraph in article.body:
        parts.append("\n" + clean(paragraph))
    if article.keywords:
        parts.append("\n" + _("Keywords") + ": " + "، ".join(line(word) for word in article.keywords))
    if article.notes:
        from .notes import lines

        parts += ["\n" + _("Notes") + ":", *lines(article)]
    for number, link in enumerate(page_links(article), 1):
        where = f"[{link.target}]" if link.target is not None else "(" + _("not here yet") + ")"
        parts.append(("\n" if number == 1 else "") + f"{number}. {line(link.title)} {where}")
    return "\n".join(parts) + "\n"
