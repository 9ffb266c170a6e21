"""Links between articles: kept as written; what :mod:`store.targets` cannot tell of them is found on the way in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .articles import batches
from .headlines import known_sketches, let_wait, note_sketches, resolve_sketches
from .models import LinkKind, ParsedLink
from .title_keys import number_of
from .titles import key_and_sketches

_INSERT = "INSERT INTO links(from_id, ordinal, kind, title, key, target_id) VALUES (?, ?, ?, ?, ?, ?)"
_GIVEN = "SELECT id FROM articles WHERE title_key = value AND title_is_derived = 0"
#: The two that have been here longest: a page may name its own headline.
_BY_KEY = f"""
SELECT value, first, (SELECT min(id) FROM ({_GIVEN} AND id > first ORDER BY id LIMIT 1))
FROM (SELECT value, (SELECT min(id) FROM ({_GIVEN} ORDER BY id LIMIT 1)) first FROM json_each(?))
WHERE first IS NOT NULL
"""  # noqa: S608


#: By what a headline is found: the number of its canonical key, and its sketches where the spelling is another. A
#: plain tuple, for there are a dozen in an article, and they pass from one process to another.
Headline = tuple[int, tuple[int, ...]]


#: Pages of one time repeat each other's lists of headlines; a key costs more than the row it is written to.
@lru_cache(maxsize=1 << 12)
def headline_of(title: str) -> Headline:
    """Analyse a headline. Pure."""
    key, own = key_and_sketches(title)
    return number_of(key), own


@dataclass(frozen=True, slots=True)
class Target:
    """A link whose target is known without asking: the article that stood on the same page."""

    kind: LinkKind
    title: str
    id: int


class PageLinks(NamedTuple):
    """The links of an article, as its page has them, with what was computed of them and is known of it.

    A new article (``is_new``) has no links yet.
    """

    article: int
    links: Sequence[ParsedLink]
    targets: Sequence[Target]
    headlines: Sequence[Headline] | None
    is_new: bool


class Named(NamedTuple):
    """An article that has arrived, with its headline where a source gave it: links may wait for it."""

    article: int
    title: str
    headline: Headline


def meet(connection: sqlite3.Connection, arrived: Sequence[Named]) -> None:
    """Resolve the links that named these articles, in another spelling, before they were here."""
    note_sketches(connection, [(named.article, named.title, *named.headline) for named in arrived])


def write_links(connection: sqlite3.Connection, pages: Iterable[PageLinks]) -> None:
    """Add the links that articles do not have yet, in order, each resolved where its target is here.

    A page saved again may name other headlines: links are joined, never taken away.
    """
    fresh = list(_fresh(connection, pages))
    found = _by_key(connection, {key for _, _, links in fresh for _, (key, _) in links})
    known = known_sketches(
        connection,
        {
            one
            for page, _, links in fresh
            for _, (key, own) in links
            if _other(found.get(key), page.article) is None
            for one in own
        },
    )
    rows: list[tuple[int, int, str, str, int, int | None]] = []
    waiting: list[tuple[int, int, int, int]] = []
    for page, first, links in fresh:
        # The headline of an embedded article may be in the list of similar ones too: the same article is meant.
        targets = {target.title: target.id for target in page.targets}
        for ordinal, ((kind, title), (key, own)) in enumerate(links, first):
            target = targets.get(title)
            if target is None and own and _other(found.get(key), page.article) is None:
                if not known.isdisjoint(own):
                    target = resolve_sketches(connection, title, own, without=page.article)
                if target is None:
                    waiting += [(one, key, page.article, ordinal) for one in own]
            rows.append((page.article, ordinal, kind, title, key, target))
    connection.executemany(_INSERT, rows)
    let_wait(connection, waiting)


def _fresh(
    connection: sqlite3.Connection, pages: Iterable[PageLinks]
) -> Iterator[tuple[PageLinks, int, list[tuple[tuple[str, str], Headline]]]]:
    """The links of each page that its article has not, by kind and title, and the ordinal of the first of them."""
    had: dict[int, set[tuple[str, str]]] = {}
    for page in pages:
        if not page.links:
            continue
        if page.article not in had:
            had[page.article] = set() if page.is_new else _known(connection, page.article)
        known = had[page.article]
        first = len(known)
        links: list[tuple[tuple[str, str], Headline]] = []
        for place, link in enumerate(page.links):
            named = link.kind.value, link.title
            if named not in known:
                known.add(named)
                links.append((named, page.headlines[place] if page.headlines else headline_of(link.title)))
        if links:
            yield page, first, links


def _known(connection: sqlite3.Connection, article_id: int) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT kind, title FROM links WHERE from_id = ?", (article_id,)))


def _by_key(connection: sqlite3.Connection, keys: Iterable[int]) -> Mapping[int, tuple[int, int | None]]:
    """For each key the two articles of that given headline that have been here longest."""
    found: dict[int, tuple[int, int | None]] = {}
    # In order: so many keys of one batch lie on one page of the index.
    for batch in batches(sorted({key for key in keys if key})):
        for key, first, second in connection.execute(_BY_KEY, (json.dumps(batch),)):
            found[key] = first, second
    return found


def _other(found: tuple[int, int | None] | None, article_id: int) -> int | None:
    """The first of two articles that is not this one."""
    if found is None:
        return None
    return found[1] if found[0] == article_id else found[0]
