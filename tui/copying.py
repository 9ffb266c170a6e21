"""What is copied of articles, in logical text. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store import Article

from .dates import full_date
from .export import export_text
from .export.facts import clean, line, web_address


def copy_text(articles: Sequence[Article], form: str, selected: str = "") -> str:
    """The articles as ``article``, ``link``, ``headline``, ``quotation``, ``citation``, ``bibtex`` or ``ris``.

    A quotation is what is selected, or the first paragraph, with its source. An article without
    an address has its headline for a link.
    """
    if form in ("bibtex", "ris"):
        return str(export_text(articles, form))
    if form == "article":
        return str(export_text(articles, "text"))
    one = {"link": link, "headline": headline, "citation": citation}.get(form)
    if one is not None:
        return "\n".join(one(article) for article in articles)
    return "\n\n".join(quotation(article, selected) for article in articles)


def link(article: Article) -> str:
    """The address, or what else finds the article again."""
    return web_address(article) or headline(article)


def headline(article: Article) -> str:
    """The headline."""
    return line(article.title)


def citation(article: Article) -> str:
    """One line: outlet, headline in quotation marks, date, address."""
    when = full_date(article.published) if article.published is not None else ""
    parts = [line(article.outlet), f"«{headline(article)}»", when, web_address(article)]
    return "، ".join(part for part in parts if part)


def quotation(article: Article, selected: str = "") -> str:
    """A passage in quotation marks, and below it where it is from."""
    passage = clean(selected).strip() or (clean(article.body[0]) if article.body else headline(article))
    return f"«{passage}»\n— {citation(article)}"
