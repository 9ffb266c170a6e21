"""Links that name an article in another spelling: resolved whichever comes first, the link or the article.

Equal keys are resolved on the way in (:mod:`store.links`). What is left is
looked up by sketch and decided by :func:`store.titles.is_same_title`.
"""

from __future__ import annotations

import sqlite3

from .articles import placeholders
from .titles import is_same_title, sketches

#: Headlines compared for one link: formulas such as "prices of gold today" have thousands of one sketch.
_MOST = 12
_TITLES = f"""
SELECT DISTINCT a.id, a.title FROM title_sketches t JOIN articles a ON a.id = t.article_id
WHERE a.id <> ? AND NOT a.title_is_derived AND t.sketch IN {{}} ORDER BY a.id LIMIT {_MOST}
"""  # noqa: S608
_WAITING = f"""
SELECT DISTINCT l.id, l.title, l.from_id FROM link_sketches s JOIN links l ON l.id = s.link_id
WHERE l.target_id IS NULL AND s.sketch IN {{}} LIMIT {25 * _MOST}
"""  # noqa: S608


def note_title(connection: sqlite3.Connection, article_id: int, title: str) -> None:
    """Remember an article's headline as its source gave it, and close the links that waited for it."""
    own = sorted(sketches(title))
    if not own:
        return
    connection.executemany(
        "INSERT OR IGNORE INTO title_sketches VALUES (?, ?)", [(one, article_id) for one in own]
    )
    waiting = connection.execute(_WAITING.format(placeholders(own)), own).fetchall()
    closed = [
        (article_id, link)
        for link, wanted, source in waiting
        if source != article_id and is_same_title(wanted, title)
    ]
    connection.executemany("UPDATE links SET target_id = ? WHERE id = ? AND target_id IS NULL", closed)
    connection.executemany(
        "DELETE FROM link_sketches WHERE sketch = ? AND link_id = ?",
        [
            (one, link)
            for link, wanted, _ in waiting
            if (article_id, link) in closed
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
        "SELECT id, title FROM links WHERE from_id = ? AND target_id IS NULL", (article_id,)
    )
    waiting: list[tuple[int, int]] = []
    for link, title in rows.fetchall():
        own = sorted(sketches(title))
        target = resolve_title(connection, title, without=article_id) if own else None
        if target is None:
            waiting += [(one, link) for one in own]
        else:
            connection.execute("UPDATE links SET target_id = ? WHERE id = ?", (target, link))
    connection.executemany("INSERT OR IGNORE INTO link_sketches VALUES (?, ?)", waiting)


def resolve_title(connection: sqlite3.Connection, title: str, *, without: int = 0) -> int | None:
    """The article of that headline in whatever spelling, or None; of several, the one that has been here longest."""
    own = sorted(sketches(title))
    if not own:
        return None
    found = connection.execute(_TITLES.format(placeholders(own)), (without, *own))
    return next((article for article, other in found if is_same_title(title, other)), None)
