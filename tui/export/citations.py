"""Articles as entries of a bibliography: BibTeX (biblatex reads it too) and RIS."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from store import Article

from .facts import date_parts, day_of, is_rtl, iso_date, line, web_address

#: TeX's own characters. Braces become commands: BibTeX counts them even behind a backslash.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: "\\" + char for char in "#$%&_"},
    }
)


def bibtex(articles: Iterable[Article], _ids: Collection[int]) -> Iterator[str]:
    """One entry an article, its key ``article`` and the number it has in the store."""
    for number, article in enumerate(articles):
        yield ("\n" if number else "") + _bibtex(article)


def _bibtex(article: Article) -> str:
    parts = date_parts(article.published)
    outlet = line(article.outlet)
    address = web_address(article)
    fields = [
        # The second pair of braces keeps names and capitals as they are, and «and» from parting authors.
        ("author", _literal(line(article.byline))),
        ("title", _literal(line(article.title))),
        ("journal", _tex(outlet)),
        ("date", iso_date(article.published)),
        ("year", parts[0] if parts else ""),
        ("month", str(int(parts[1])) if len(parts) > 1 else ""),
        ("day", str(int(parts[2])) if len(parts) > 2 else ""),
        ("location", _tex(line(article.dateline))),
        ("organization", _tex("، ".join(line(name) for name in article.agency))),
        ("keywords", _tex(", ".join(line(word).replace(",", " ") for word in article.keywords))),
        ("url", address or ""),
        ("urldate", day_of(article.added) if address else ""),
        ("langid", "arabic" if is_rtl(article) else ""),
        ("note", "; ".join(_notes(article))),
        ("annotation", "; ".join(_tex(text) for text in _annotations(article))),
    ]
    kind = "article" if outlet else "misc"
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{kind}{{article{article.id},\n{lines}\n}}\n"


def _notes(article: Article) -> Iterator[str]:
    """What a citation must own up to."""
    if article.published is not None and article.published.is_inferred:
        yield "date inferred"
    if article.title_is_derived:
        yield "title taken from the lead"


def _annotations(article: Article) -> Iterator[str]:
    """What a person marked and wrote, a line each."""
    for note in article.notes:
        passage = f"«{line(note.passage)}»" if note.passage else ""
        yield ": ".join(part for part in (passage, line(note.text)) if part)


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _literal(text: str) -> str:
    return "{" + _tex(text) + "}" if text else ""


def ris(articles: Iterable[Article], _ids: Collection[int]) -> Iterator[str]:
    """One record of type NEWS an article; lines end as the format wants them, by CR LF."""
    for article in articles:
        lines = [f"{tag}  - {value}" for tag, value in _ris(article) if value]
        yield "\r\n".join(["TY  - NEWS", *lines, "ER  - "]) + "\r\n\r\n"


def _ris(article: Article) -> Iterator[tuple[str, str]]:
    parts = date_parts(article.published)
    address = web_address(article)
    yield "ID", f"article{article.id}"
    yield "TI", line(article.title)
    yield "AU", line(article.byline)
    yield "T2", line(article.outlet)
    yield "PY", parts[0] if parts else ""
    # A RIS date has four places between slashes, empty where they are not known.
    yield "DA", "/".join((*parts, "", "", "")[:3]) + "/" if parts else ""
    yield "PB", "، ".join(line(name) for name in article.agency)
    yield "CY", line(article.dateline)
    for word in article.keywords:
        yield "KW", line(word)
    yield "UR", address or ""
    yield "Y2", day_of(article.added).replace("-", "/") + "/" if address else ""
    yield "LA", "ar" if is_rtl(article) else ""
    for note in _notes(article):
        yield "N1", note
    for text in _annotations(article):
        yield "N1", text
