"""Notes with the citation of their articles: quoted for a clipboard, as Markdown, as JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store import Article, Note

from ..copying import citation
from ..i18n import _
from ..presentation import NOTED
from .facts import clean, line
from .markdown import escaped


def quoted(note: Note, article: Article) -> str:
    """The passage in quotation marks, its source below, then what was written."""
    parts = [f"«{clean(note.passage)}»"] if note.passage else []
    parts.append(f"— {citation(article)}")
    if note.text:
        parts.append(f"{NOTED} {clean(note.text)}")
    return "\n".join(parts)


def lines(article: Article) -> Iterator[str]:
    """The notes of an article as lines of plain text: passage, what was written, a blank line between."""
    for number, note in enumerate(article.notes):
        if number:
            yield ""
        if note.passage:
            gone = f" ({_('no longer in the text')})" if note.is_lost else ""
            yield f"«{line(note.passage)}»{gone}"
        if note.text:
            yield f"{NOTED} {clean(note.text)}"


def markdown_section(article: Article) -> str:
    """The notes of an article as Markdown: passages as quotations, each with what was written and the citation."""
    return "\n\n".join(_markdown(note, article) for note in article.notes)


def _markdown(note: Note, article: Article) -> str:
    parts = []
    if note.passage:
        gone = f" *({escaped(_('no longer in the text'))})*" if note.is_lost else ""
        quotation = "\n>\n".join(f"> {escaped(line(part))}" for part in note.passage.split("\n"))
        parts.append(f"{quotation}{gone}\n>\n> — {escaped(citation(article))}")
    if note.text:
        parts.append("\n\n".join(escaped(clean(part)) for part in f"{NOTED} {note.text}".split("\n")))
    if not note.passage:
        parts.append(f"— {escaped(citation(article))}")
    return "\n\n".join(parts)


def markdown(articles: Iterable[Article]) -> Iterator[str]:
    """Only the notes of the articles, each article under its headline."""
    for number, article in enumerate(articles):
        lead = "\n---\n\n" if number else ""
        yield f"{lead}# {escaped(line(article.title))}\n\n{markdown_section(article)}\n"
