"""Lists in another order than that of dates: by outlet, by headline, by arrival.

Dates order every index, and a list by date is paged at any size. Other orders are made of the newest of
what a query finds, at most MOST_ORDERED: one page, and all of it for every list that is no longer.
"""

from __future__ import annotations

import json
import sqlite3

from .arabic import label_key
from .muted import HEARD
from .query_sql import plan
from .query_streams import positions
from .query_tree import Query, Sort

#: The newest so many of a list are put into another order.
MOST_ORDERED = 1000

_NAMES = """
SELECT a.position, a.id, a.title, o.name FROM json_each(?) j
JOIN articles a ON a.position = j.value LEFT JOIN outlets o ON o.id = a.outlet_id
"""
_ARRIVED_LAST = """SELECT position FROM articles a
WHERE NOT EXISTS (SELECT 1 FROM mutes x WHERE x.position = a.position) ORDER BY id DESC LIMIT ?"""


def ordered(connection: sqlite3.Connection, query: Query) -> list[int]:
    """Positions in the order a query asks for; under one outlet or headline the newest first, nameless ones last."""
    if query.sort is Sort.ADDED and query.root in (None, HEARD):
        return [position for (position,) in connection.execute(_ARRIVED_LAST, (MOST_ORDERED,))]
    found = positions(connection, plan(connection, query.root), limit=MOST_ORDERED)
    rows = connection.execute(_NAMES, (json.dumps(found),)).fetchall()
    if query.sort is Sort.ADDED:
        return [position for _id, position in sorted(((row[1], row[0]) for row in rows), reverse=True)]
    column = 3 if query.sort is Sort.OUTLET else 2

    def place(row: tuple[int, int, str, str | None]) -> tuple[bool, str, int]:
        name = label_key(str(row[column] or ""))
        return not name, name, -row[0]

    return [row[0] for row in sorted(rows, key=place)]
