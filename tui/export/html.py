"""Articles as one HTML page, right to left, with a style of its own and nothing from outside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape as _escape

from store import Article

from ..dates import full_date
from ..i18n import _
from ..presentation import page_links
from .facts import clean, is_rtl, iso_date, line, source_line, web_address

STYLE = """\
body { max-width: 38em; margin: 2em auto; padding: 0 1em; line-height: 1.8;
  font-family: "Noto Naskh Arabic", "Amiri", "Scheherazade New", "Traditional Arabic", serif; }
h1 { line-height: 1.4; }
article + article { margin-top: 3em; border-top: 1px solid #999; }
.source, .tags, .keywords { color: #555; font-size: 0.9em; }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #d8d4c8; } .source, .tags, .keywords { color: #aaa; } a { color: #9cc9f0; } }
@media print { article { break-before: page; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html(articles: Iterable[Article], ids: Collection[int]) -> Iterator[str]:
    """One page that holds the articles; a link to one of them leads to its place."""
    yield (
        '<!DOCTYPE html>\n<html dir="rtl" lang="ar">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_('Articles'))}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )
    for article in articles:
        places = {target: f"#article-{target}" for target in targets(article) if target in ids}
        yield f'<article id="article-{article.id}"{direction(article)}>\n{inside(article, places)}</article>\n'
    yield "</body>\n</html>\n"


def escape(text: str | None) -> str:
    """Clean text in which HTML and XML read no markup, in an attribute neither."""
    return _escape(clean(text), quote=True)


def targets(article: Article) -> Iterator[int]:
    """The articles that an article links to."""
    return (link.target for link in article.links if link.target is not None)


def direction(article: Article) -> str:
    """The attributes of an article that is not written as its document is; its language is not known."""
    return "" if is_rtl(article) else ' dir="ltr" lang=""'


def inside(article: Article, places: dict[int, str]) -> str:
    """An article as HTML that is XML too; ``places`` are the addresses of linked articles in the document."""
    parts = [f"<h1>{escape(line(article.title))}</h1>", _source(article)]
    if article.tags:
        tags = " ".join(f"#{line(tag)}" for tag in article.tags)
        parts.append(f'<p class="tags" dir="auto">{escape(tags)}</p>')
    parts += list(_paragraphs(article))
    if article.keywords:
        words = "، ".join(line(word) for word in article.keywords)
        parts.append(f'<p class="keywords" dir="auto">{escape(_("Keywords"))}: {escape(words)}</p>')
    parts += list(_notes(article))
    links = page_links(article)
    if links:
        parts.append(f"<h2>{escape(_('Links'))}</h2>\n<ol>")
        parts += [f'<li dir="auto">{_link(link.title, link.target, places)}</li>' for link in links]
        parts.append("</ol>")
    return "\n".join(parts) + "\n"


def _paragraphs(article: Article) -> Iterator[str]:
    """The paragraphs, with the passages that were marked."""
    offset = 0
    for paragraph in article.body:
        end = offset + len(paragraph)
        pieces, at = [], 0
        for start, stop in _marked(article, offset, end):
            if start < stop and stop > at:
                start = max(start, at)
                pieces += [escape(paragraph[at:start]), f"<mark>{escape(paragraph[start:stop])}</mark>"]
                at = stop
        yield f'<p dir="auto">{"".join(pieces)}{escape(paragraph[at:])}</p>'
        offset = end + 1


def _marked(article: Article, offset: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a paragraph that were marked, from the first."""
    return sorted(
        (max(note.start, offset) - offset, min(note.stop, end) - offset)
        for note in article.notes
        if note.start is not None and note.stop is not None and note.start < end and note.stop > offset
    )


def _notes(article: Article) -> Iterator[str]:
    """What was marked and written, each passage with its citation."""
    if not article.notes:
        return
    from ..copying import citation

    yield f"<h2>{escape(_('Notes'))}</h2>"
    for note in article.notes:
        if note.passage:
            gone = f" ({_('no longer in the text')})" if note.is_lost else ""
            cited = f'<footer dir="auto">— <cite>{escape(citation(article))}</cite></footer>'
            yield f'<blockquote><p dir="auto">{escape(line(note.passage) + gone)}</p>{cited}</blockquote>'
        for part in note.text.split("\n") if note.text else ():
            yield f'<p dir="auto">{escape(part)}</p>'


def _source(article: Article) -> str:
    date = iso_date(article.published)
    shown = escape(full_date(article.published))
    when = f'<time datetime="{date}">{shown}</time>' if date else shown
    told = [escape(source_line(article)), when]
    address = web_address(article)
    if address:
        told.append(f'<a rel="noreferrer" href="{escape(address)}" dir="ltr">{escape(address)}</a>')
    return '<p class="source" dir="auto">' + " · ".join(part for part in told if part) + "</p>"


def _link(title: str, target: int | None, places: dict[int, str]) -> str:
    shown = escape(line(title))
    place = places.get(target) if target is not None else None
    return f'<a href="{escape(place)}">{shown}</a>' if place else shown
