"""Links that name an article in another spelling: resolved whichever comes first, the link or the article.

Equal keys are resolved when it is asked (:mod:`store.targets`). What is left is
looked up by sketch and decided by :func:`store.titles.is_same_title`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from .articles import batches, placeholders
from .targets import PART, parts
from .title_keys import key_of
from .titles import is_same_title, sketches

#: Headlines compared for one link: formulas such as "prices of gold today" have thousands of one sketch.
_MOST = 12
_TITLES = f"""
SELECT DISTINCT a.id, a.title FROM title_sketches t JOIN articles a ON a.id = t.article_id
WHERE a.id <> ? AND NOT a.title_is_derived AND t.sketch IN {{}} ORDER BY a.id LIMIT {_MOST}
"""  # noqa: S608
_WAITING = f"""
SELECT DISTINCT l.from_id, l.ordinal, l.title
FROM link_sketches s CROSS JOIN link_targets l ON l.from_id = s.from_id AND l.ordinal = s.ordinal
WHERE s.part = ? AND s.sketch = ? AND s.key <> ? AND l.target IS NULL LIMIT {25 * _MOST}
"""  # noqa: S608
_OF_SKETCH = "SELECT 1 FROM link_sketches WHERE part = :part AND sketch = json_extract(value, '$[0]') AND key"
#: Of sketches with the keys of their headlines, those that links of another key wait for, that is, of another spelling.
_WAITED_FOR = f"""
SELECT json_extract(value, '$[0]') FROM json_each(:asked)
WHERE EXISTS ({_OF_SKETCH} < json_extract(value, '$[1]')) OR EXISTS ({_OF_SKETCH} > json_extract(value, '$[1]'))
"""  # noqa: S608
_KNOWN = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM title_sketches WHERE sketch = value)"


def sketches_of(title: str) -> tuple[int, ...]:
    """The sketches of a headline in order."""
    return tuple(sorted(sketches(title)))


def note_title(connection: sqlite3.Connection, article_id: int, title: str) -> None:
    """Remember an article's headline as its source gave it, and close the links that waited for it."""
    note_sketches(connection, [(article_id, title, key_of(title), sketches_of(title))])


#: An article, its headline, the headline's key and its sketches.
Noted = tuple[int, str, int, Sequence[int]]


def note_sketches(connection: sqlite3.Connection, arrived: Sequence[Noted]) -> None:
    """:func:`note_title` for many."""
    connection.executemany(
        "INSERT OR IGNORE INTO title_sketches VALUES (?, ?)",
        sorted((one, article_id) for article_id, _, _, own in arrived for one in own),
    )
    waiting: dict[int, list[int]] = {}
    asked = sorted({(one, key) for _, _, key, own in arrived for one in own})
    for batch in batches(asked):
        values = json.dumps(batch)
        for part in parts(connection):
            for (one,) in connection.execute(_WAITED_FOR, {"part": part, "asked": values}):
                waiting.setdefault(one, []).append(part)
    for article_id, title, key, own in arrived:
        places = [(part, one) for one in own for part in waiting.get(one, ())]
        if places:
            _close(connection, article_id, title, key, places)


def _close(
    connection: sqlite3.Connection, article_id: int, title: str, key: int, places: Sequence[tuple[int, int]]
) -> None:
    """Resolve the links that waited, as (part, sketch), for this headline in another spelling."""
    waiting = {tuple(row) for place in places for row in connection.execute(_WAITING, (*place, key))}
    closed = [
        (source, ordinal, wanted)
        for source, ordinal, wanted in sorted(waiting)
        if source != article_id and is_same_title(wanted, title)
    ]
    connection.executemany(
        "UPDATE links SET target_id = ? WHERE from_id = ? AND ordinal = ? AND target_id IS NULL",
        [(article_id, source, ordinal) for source, ordinal, _ in closed],
    )
    connection.executemany(
        "DELETE FROM link_sketches WHERE part = ? AND sketch = ? AND key = ? AND from_id = ? AND ordinal = ?",
        [
            (source >> PART, one, key_of(wanted), source, ordinal)
            for source, ordinal, wanted in closed
            for one in sketches(wanted)
        ],
    )


def forget_title(connection: sqlite3.Connection, article_id: int, title: str) -> None:
    """Undo :func:`note_title`; links already closed stay as they are."""
    connection.executemany(
        "DELETE FROM title_sketches WHERE sketch = ? AND article_id = ?",
        [(one, article_id) for one in sketches(title)],
    )


def resolve_links(connection: sqlite3.Connection, article_id: int) -> None:
    """Find targets for the links of an article that have none, or let them wait for one."""
    rows = connection.execute(
        "SELECT ordinal, title, key FROM link_targets WHERE from_id = ? AND target IS NULL", (article_id,)
    ).fetchall()
    own = {title: sketches_of(title) for _, title, _ in rows}
    found = {
        title: target
        for title, those in own.items()
        if those and (target := resolve_sketches(connection, title, those, without=article_id)) is not None
    }
    connection.executemany(
        "UPDATE links SET target_id = ? WHERE from_id = ? AND ordinal = ?",
        [(found[title], article_id, ordinal) for ordinal, title, _ in rows if title in found],
    )
    let_wait(
        connection,
        [
            (one, key, article_id, ordinal)
            for ordinal, title, key in rows
            if title not in found
            for one in own[title]
        ],
    )


def known_sketches(connection: sqlite3.Connection, wanted: Iterable[int]) -> set[int]:
    """Those of the sketches that some article has: the headlines of most links have none."""
    found: set[int] = set()
    for batch in batches(wanted):
        found.update(one for (one,) in connection.execute(_KNOWN, (json.dumps(batch),)))
    return found


def let_wait(connection: sqlite3.Connection, waiting: Iterable[tuple[int, int, int, int]]) -> None:
    """Remember links without a target, as (sketch of the headline, its key, article, ordinal)."""
    connection.executemany(
        "INSERT OR IGNORE INTO link_sketches VALUES (?, ?, ?, ?, ?)",
        sorted((row[2] >> PART, *row) for row in waiting),
    )


def resolve_title(connection: sqlite3.Connection, title: str, *, without: int = 0) -> int | None:
    """The article of that headline in whatever spelling, or None; of several, the one that has been here longest."""
    own = sketches_of(title)
    return resolve_sketches(connection, title, own, without=without) if own else None


def resolve_sketches(
    connection: sqlite3.Connection, title: str, own: Sequence[int], *, without: int
) -> int | None:
    """:func:`resolve_title` for a headline whose sketches are known, at least one."""
    found = connection.execute(_TITLES.format(placeholders(own)), (without, *own))
    return next((article for article, other in found if is_same_title(title, other)), None)
