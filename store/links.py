"""Links between articles: kept as written, resolved by title key whichever side comes first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from .headlines import find_targets, let_wait, sketches_of
from .models import LinkKind, ParsedLink
from .titles import title_key

_INSERT = "INSERT INTO links(from_id, ordinal, kind, title, key, target_id) VALUES (?, ?, ?, ?, ?, ?)"


#: By what a headline is found: the number of its canonical key, and its sketches where the spelling is another. A
#: plain tuple, for there are a dozen in an article, and they pass from one process to another.
Headline = tuple[int, tuple[int, ...]]


#: Pages of one time repeat each other's lists of headlines; a key costs more than the row it is written to.
@lru_cache(maxsize=1 << 13)
def headline_of(title: str) -> Headline:
    """Analyse a headline. Pure."""
    return key_of(title), sketches_of(title)


def key_of(title: str) -> int:
    """The canonical key of a headline as a signed number of 64 bits; 0 where it has none.

    An index of numbers takes a tenth of the room of one of keys, and two keys
    share a number once in a thousand million headlines.
    """
    key = title_key(title)
    if not key:
        return 0
    return (
        int.from_bytes(
            blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True
        )
        or 1
    )


@dataclass(frozen=True, slots=True)
class Target:
    """A link whose target is known without asking: the article that stood on the same page."""

    kind: LinkKind
    title: str
    id: int


def write_links(
    connection: sqlite3.Connection,
    article_id: int,
    links: Sequence[ParsedLink],
    targets: Sequence[Target],
    headlines: Sequence[Headline] | None = None,
    *,
    is_new: bool = False,
) -> None:
    """Add the links an article does not have yet, in order, each resolved where its target is here.

    A page saved again may name other headlines: links are joined, never taken
    away. ``headlines`` are those of ``links``, where they are known; a new
    article (``is_new``) has no links yet.
    """
    if not links:
        return
    known = set() if is_new else _known(connection, article_id)
    fresh: dict[ParsedLink, Headline] = {}
    for place, link in enumerate(links):
        if (link.kind.value, link.title) not in known:
            fresh[link] = headlines[place] if headlines else headline_of(link.title)
    if not fresh:
        return
    found = _by_key(connection, article_id, [key for key, _ in fresh.values()])
    # The headline of an embedded article may be in the list of similar ones too: the same article is meant.
    found_by_title = {target.title: target.id for target in targets}
    for link, (key, _) in fresh.items():
        if link.title not in found_by_title and key in found:
            found_by_title[link.title] = found[key]
    wanted = {
        link.title: sketches for link, (_, sketches) in fresh.items() if link.title not in found_by_title
    }
    found_by_title.update(find_targets(connection, article_id, wanted))
    connection.executemany(
        _INSERT,
        [
            (article_id, ordinal, link.kind.value, link.title, key, found_by_title.get(link.title))
            for ordinal, (link, (key, _)) in enumerate(fresh.items(), len(known))
        ],
    )
    let_wait(
        connection,
        article_id,
        [
            (ordinal, sketches)
            for ordinal, (link, (_, sketches)) in enumerate(fresh.items(), len(known))
            if link.title not in found_by_title
        ],
    )


def _known(connection: sqlite3.Connection, article_id: int) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT kind, title FROM links WHERE from_id = ?", (article_id,)))


def _by_key(connection: sqlite3.Connection, article_id: int, keys: Sequence[int]) -> dict[int, int]:
    """For each key the article of that given headline; of several the one that has been here longest."""
    wanted = [key for key in dict.fromkeys(keys) if key]
    found: dict[int, int] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = connection.execute(
            f"SELECT title_key, id FROM articles WHERE title_key IN ({marks}) AND NOT title_is_derived AND id <> ?",  # noqa: S608
            (*part, article_id),
        )
        for key, target in rows:
            found[key] = min(target, found.get(key, target))
    return found
