"""Who, what and when among the articles a query finds: for the side of a list. Bounded, newest first."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from .query_sql import plan, positions
from .query_tree import Query
from .spelling import resolve

#: So many of the newest hits are counted; the counts say so when there are more.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts among the newest hits: (name, articles), the most frequent first; months as 2023-09, the oldest first.

    ``is_bounded`` says that there are more hits than were counted.
    """

    outlets: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    counted: int
    is_bounded: bool


_OUTLETS = """
SELECT o.name, count(*) FROM json_each(?) j JOIN articles a ON a.position = j.value
JOIN outlets o ON o.id = a.outlet_id GROUP BY o.id ORDER BY 2 DESC, 1 LIMIT ?
"""
_TAGS = """
SELECT t.name, count(*) FROM json_each(?) j JOIN article_tags x ON x.position = j.value
JOIN tags t ON t.id = x.tag_id GROUP BY t.id ORDER BY 2 DESC, 1 LIMIT ?
"""
_MONTHS = """
SELECT strftime('%Y-%m', a.published, 'unixepoch') AS month, count(*)
FROM json_each(?) j JOIN articles a ON a.position = j.value
WHERE a.published IS NOT NULL GROUP BY month ORDER BY month
"""


def facets(connection: sqlite3.Connection, query: Query, *, limit: int = 12, most: int = MOST) -> Facets:
    """The outlets, tags and months of a query's hits; ``limit`` names of each, of the ``most`` newest hits."""
    asked, _ = resolve(connection, query)
    found = positions(connection, plan(connection, asked.root), limit=most + 1)
    wanted = json.dumps(found[:most])
    return Facets(
        outlets=tuple(connection.execute(_OUTLETS, (wanted, limit)).fetchall()),
        tags=tuple(connection.execute(_TAGS, (wanted, limit)).fetchall()),
        months=tuple(connection.execute(_MONTHS, (wanted,)).fetchall()),
        counted=min(len(found), most),
        is_bounded=len(found) > most,
    )
