"""Why several articles belong with one: the names and phrases each shares with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from . import neighbours
from .reasons import Explainer

_TEXT = (
    "SELECT a.title, b.text, a.keywords FROM articles a JOIN bodies b ON b.article_id = a.id WHERE a.id = ?"
)


def reasons(
    connection: sqlite3.Connection, article_id: int, others: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """For each of ``others`` what it shares with the article, as the article spells it, most telling first.

    Empty for an article that is not here or not indexed; those without a shared phrase have an empty tuple.
    """
    known = neighbours.stored(connection, article_id)
    row = connection.execute(_TEXT, (article_id,)).fetchone()
    if known is None or row is None:
        return {}
    title, text, keywords = row
    rarity = neighbours.rarity(connection, known[1].terms)
    explainer = Explainer(title, text.split("\n"), json.loads(keywords), rarity)
    return {
        other: explainer.reasons(neighbours.terms_of(connection, other))
        for other in others
        if other != article_id
    }
