"""Links between articles: kept as written, resolved by title key whichever side comes first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .headlines import resolve_links
from .models import LinkKind, ParsedLink
from .titles import title_key

#: Pages of one time repeat each other's lists of headlines; a key costs more than the row it is written to.
key_of = lru_cache(maxsize=1 << 14)(title_key)
_INSERT = "INSERT INTO links(from_id, kind, ordinal, title, key, target_id) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Target:
    """A link whose target is known without asking: the article that stood on the same page."""

    kind: LinkKind
    title: str
    id: int


def write_links(
    connection: sqlite3.Connection, article_id: int, links: Sequence[ParsedLink], targets: Sequence[Target]
) -> None:
    """Add the links an article does not have yet, in order, each resolved where its target is here.

    A page saved again may name other headlines: links are joined, never taken away.
    """
    if not links:
        return
    known = {
        (kind, title)
        for kind, title in connection.execute(
            "SELECT kind, title FROM links WHERE from_id = ?", (article_id,)
        )
    }
    fresh = [link for link in dict.fromkeys(links) if (link.kind.value, link.title) not in known]
    if not fresh:
        return
    keys = [key_of(link.title) for link in fresh]
    found = _targets(connection, article_id, keys)
    # The headline of an embedded article may be in the list of similar ones too: the same article is meant.
    own = {target.title: target.id for target in targets}
    connection.executemany(
        _INSERT,
        [
            (article_id, link.kind.value, ordinal, link.title, key, own.get(link.title) or found.get(key))
            for ordinal, (link, key) in enumerate(zip(fresh, keys, strict=True), len(known))
        ],
    )
    resolve_links(connection, article_id)


def _targets(connection: sqlite3.Connection, article_id: int, keys: Sequence[str]) -> dict[str, int]:
    """For each key the article of that given headline; of several the one that has been here longest."""
    wanted = [key for key in dict.fromkeys(keys) if key]
    found: dict[str, int] = {}
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
