"""The rows of lists, by position. The first list of a start needs this room alone: no analysis, no query."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from .articles import published
from .models import Summary
from .positions import numbering

_SUMMARIES = """
SELECT a.id, a.position, a.title, a.title_is_derived, a.published, a.published_precision,
       a.published_is_inferred, o.name, s.is_unread, s.is_starred, coalesce(e.outlets, 1), e.id,
       (SELECT count(*) FROM notes n WHERE n.article_id = a.id),
       EXISTS (SELECT 1 FROM mutes x WHERE x.position = a.position)
FROM json_each(?) j
JOIN articles a ON a.position = j.value
JOIN statuses s ON s.position = a.position
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN event_members m ON m.article_id = a.id
LEFT JOIN events e ON e.id = m.event_id
"""
_TAGS = """
SELECT x.position, t.name
FROM json_each(?) j JOIN article_tags x ON x.position = j.value JOIN tags t ON t.id = x.tag_id
ORDER BY t.name
"""
_HEARD = "NOT EXISTS (SELECT 1 FROM mutes x WHERE x.position = a.position)"
_NEWEST = f"SELECT position FROM articles a WHERE {_HEARD} ORDER BY position DESC LIMIT ?"  # noqa: S608
_ABOVE = f"SELECT position FROM articles a WHERE position > ? AND {_HEARD} ORDER BY position LIMIT ?"  # noqa: S608
_BELOW = f"SELECT position FROM articles a WHERE position <= ? AND {_HEARD} ORDER BY position DESC LIMIT ?"  # noqa: S608

#: A store whose ids end here is counted in passing.
QUICKLY_COUNTED = 300_000
_MINUTES_OF_DAY = 1440


def summaries(connection: sqlite3.Connection, found: Sequence[int]) -> tuple[Summary, ...]:
    """The rows at those positions, in their order; positions without an article are passed over."""
    wanted = json.dumps(list(found))
    places = numbering(connection)
    tags: defaultdict[int, list[str]] = defaultdict(list)
    for position, name in connection.execute(_TAGS, (wanted,)):
        tags[position].append(name)
    rows = {
        row[1]: Summary(
            id=row[0],
            position=row[1],
            title=row[2],
            title_is_derived=bool(row[3]),
            published=published(row[4], row[5], row[6]),
            outlet=row[7],
            is_unread=bool(row[8]),
            is_starred=bool(row[9]),
            tags=tuple(tags[row[1]]),
            event_size=max(1, row[10]),
            event=row[11],
            notes=row[12],
            is_muted=bool(row[13]),
            day=places.minute(row[1]) // _MINUTES_OF_DAY,
        )
        for row in connection.execute(_SUMMARIES, (wanted,))
    }
    return tuple(rows[position] for position in found if position in rows)


def newest(connection: sqlite3.Connection, limit: int) -> tuple[Summary, ...]:
    """The first ``limit`` rows of the list of everything, newest first."""
    found = connection.execute(_NEWEST, (limit,))
    return summaries(connection, [position for (position,) in found])


def around(
    connection: sqlite3.Connection, article_id: int, *, above: int, below: int
) -> tuple[tuple[Summary, ...], tuple[Summary, ...]] | None:
    """Rows of the list of everything about an article: up to ``above`` newer ones, and ``below`` from itself on.

    None where the article is gone.
    """
    position = _position(connection, article_id)
    if position is None:
        return None
    newer = connection.execute(_ABOVE, (position, above))
    older = connection.execute(_BELOW, (position, below))
    above_it = [place for (place,) in newer][::-1]
    return summaries(connection, above_it), summaries(connection, [place for (place,) in older])


def newer_than(connection: sqlite3.Connection, article_id: int) -> int:
    """How many rows of the list of everything stand above an article; none where it is gone."""
    position = _position(connection, article_id)
    if position is None:
        return 0
    found = connection.execute("SELECT count(*) FROM articles WHERE position > ?", (position,))
    return int(found.fetchone()[0]) - muted(connection, position)


def size(connection: sqlite3.Connection) -> int:
    """How many rows the list of everything has; about 5 ms at a million."""
    return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0]) - muted(connection)


def muted(connection: sqlite3.Connection, above: int = -(2**63)) -> int:
    """How many articles the list of everything leaves out, at all or above a position: their rows are few."""
    found = connection.execute("SELECT count(DISTINCT position) FROM mutes WHERE position > ?", (above,))
    return int(found.fetchone()[0])


def row(connection: sqlite3.Connection, article_id: int) -> Summary | None:
    """The row of one article, also of a muted one; None where it is gone."""
    position = _position(connection, article_id)
    return None if position is None else next(iter(summaries(connection, [position])), None)


def quick_size(connection: sqlite3.Connection) -> int | None:
    """The same within a millisecond or two, or None where there are so many that it may take longer."""
    last = connection.execute("SELECT max(id) FROM articles").fetchone()[0]
    return size(connection) if (last or 0) <= QUICKLY_COUNTED else None


def _position(connection: sqlite3.Connection, article_id: int) -> int | None:
    row = connection.execute("SELECT position FROM articles WHERE id = ?", (article_id,)).fetchone()
    return int(row[0]) if row else None
