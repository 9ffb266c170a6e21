"""Names in a query that the archive does not have: why a list is empty, and which name may have been meant."""

from __future__ import annotations

import sqlite3
from difflib import get_close_matches

from .query_sql import label_ids
from .query_tree import And, Label, LabelKind, Node, Or

_TOLD = {
    LabelKind.SOURCE: ("لا مصدر باسم", "SELECT name, key FROM outlets"),
    LabelKind.AGENCY: ("لا وكالة باسم", "SELECT name, key FROM agencies"),
    LabelKind.TAG: ("لا وسم باسم", "SELECT name, key FROM tags"),
    LabelKind.FEED: ("لا موجز باسم", "SELECT title, title FROM feeds"),
}
#: Names that are near, at most.
_MOST_NEAR = 3


def told(connection: sqlite3.Connection, node: Node | None) -> str:
    """One line of the outlets, agencies, tags and feeds asked for that are not there; empty where all are."""
    unknown = [label for label in _labels(node) if not label_ids(connection, label)]
    # While it is typed a name is asked for whole, then as a beginning.
    each: dict[tuple[LabelKind, str], Label] = {}
    for label in unknown:
        each.setdefault((label.kind, label.key), label)
    return "؛ ".join(_line(connection, label) for label in each.values())


def _labels(node: Node | None) -> list[Label]:
    """Those an article may be found by, none that are negated."""
    if isinstance(node, Label):
        return [node]
    return [label for child in node.nodes for label in _labels(child)] if isinstance(node, And | Or) else []


def _line(connection: sqlite3.Connection, label: Label) -> str:
    from .arabic import label_key

    lead, statement = _TOLD[label.kind]
    names = {label_key(key): name for name, key in connection.execute(statement) if name}
    near = [names[key] for key in get_close_matches(label.key, names, _MOST_NEAR)]
    return f"{lead} «{label.written or label.key}»" + (" (قريب منه: " + "، ".join(near) + ")" if near else "")
