"""Links that name an article in another spelling: resolved whichever comes first, the link or the article.

Equal keys are resolved on the way in (:mod:`store.links`). What is left is
looked up by sketch and decided by :func:`store.titles.is_same_title`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from .articles import placeholders
from .titles import is_same_title, sketches

#: Headlines compared for one link: formulas such as "prices of gold today" have thousands of one sketch.
_MOST = 12
_TITLES = f"""
SELECT DISTINCT a.id, a.title FROM title_sketches t JOIN articles a ON a.id = t.article_id
WHERE a.id <> ? AND NOT a.title_is_derived AND t.sketch IN {{}} ORDER BY a.id LIMIT {_MOST}
"""  # noqa: S608
_WAITING = f"""
SELECT DISTINCT l.from_id, l.ordinal, l.title
FROM link_sketches s JOIN links l ON l.from_id = s.from_id AND l.ordinal = s.ordinal
WHERE l.target_id IS NULL AND s.sketch IN {{}} LIMIT {25 * _MOST}
"""  # noqa: S608
_KNOWN = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM title_sketches WHERE sketch = value)"


def sketches_of(title: str) -> tuple[int, ...]:
    """The sketches of a headline in order."""
    return tuple(sorted(sketches(title)))


def note_title(connection: sqlite3.Connection, article_id: int, title: str) -> None:
    """Remember an article's headline as its source gave it, and close the links that waited for it."""
    note_sketches(connection, article_id, title, sketches_of(title))


def note_sketches(connection: sqlite3.Connection, article_id: int, title: str, own: Sequence[int]) -> None:
    """:func:`note_title` for a headline whose sketches are known."""
    if not own:
        return
    connection.executemany(
        "INSERT OR IGNORE INTO title_sketches VALUES (?, ?)", [(one, article_id) for one in own]
    )
    waiting = connection.execute(_WAITING.format(placeholders(own)), own).fetchall()
    closed = [
        (source, ordinal, wanted)
        for source, ordinal, wanted in waiting
        if source != article_id and is_same_title(wanted, title)
    ]
    if not closed:
        return
    connection.executemany(
        "UPDATE links SET target_id = ? WHERE from_id = ? AND ordinal = ? AND target_id IS NULL",
        [(article_id, source, ordinal) for source, ordinal, _ in closed],
    )
    connection.executemany(
        "DELETE FROM link_sketches WHERE sketch = ? AND from_id = ? AND ordinal = ?",
        [(one, source, ordinal) for source, ordinal, wanted in closed for one in sketches(wanted)],
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
        "SELECT ordinal, title FROM links WHERE from_id = ? AND target_id IS NULL", (article_id,)
    ).fetchall()
    wanted = {title: sketches_of(title) for _, title in rows}
    found = find_targets(connection, article_id, wanted)
    connection.executemany(
        "UPDATE links SET target_id = ? WHERE from_id = ? AND ordinal = ?",
        [(found[title], article_id, ordinal) for ordinal, title in rows if title in found],
    )
    let_wait(
        connection, article_id, [(ordinal, wanted[title]) for ordinal, title in rows if title not in found]
    )


def find_targets(
    connection: sqlite3.Connection, article_id: int, wanted: Mapping[str, Sequence[int]]
) -> dict[str, int]:
    """The articles of headlines in other spellings, for those that have one; ``wanted`` gives the sketches of each.

    One statement tells which sketches are known at all; most links of a page wait.
    """
    every = {sketch for own in wanted.values() for sketch in own}
    if not every:
        return {}
    known = {sketch for (sketch,) in connection.execute(_KNOWN, (json.dumps(list(every)),))}
    found: dict[str, int] = {}
    for title, own in wanted.items():
        if not known.isdisjoint(own):
            target = _resolve(connection, title, own, article_id)
            if target is not None:
                found[title] = target
    return found


def let_wait(
    connection: sqlite3.Connection, article_id: int, links: Iterable[tuple[int, Sequence[int]]]
) -> None:
    """Remember links of an article without a target, given by ordinal, by the sketches of their headlines."""
    connection.executemany(
        "INSERT OR IGNORE INTO link_sketches VALUES (?, ?, ?)",
        [(sketch, article_id, ordinal) for ordinal, own in links for sketch in own],
    )


def resolve_title(connection: sqlite3.Connection, title: str, *, without: int = 0) -> int | None:
    """The article of that headline in whatever spelling, or None; of several, the one that has been here longest."""
    own = sketches_of(title)
    return _resolve(connection, title, own, without) if own else None


def _resolve(connection: sqlite3.Connection, title: str, own: Sequence[int], without: int) -> int | None:
    found = connection.execute(_TITLES.format(placeholders(own)), (without, *own))
    return next((article for article, other in found if is_same_title(title, other)), None)
