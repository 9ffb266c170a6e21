"""Followed stories: what has joined them since, collected as it arrives.

One follows a story from one of its articles. What belongs to it at that time
is known; each later member is collected once, and stays new until it is read
or its story is looked at. Collecting asks nothing while nothing has arrived.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from . import remembered
from .database import transaction
from .errors import NotFoundError

#: The newest article at the last collection, under this name in ``meta``.
_CHECKED = "follows"


@dataclass(frozen=True, slots=True)
class Follow:
    """A followed story: the article it is followed from, since when (seconds UTC), and how much there is.

    ``tag`` is set on every new member, where there is one. ``new`` counts
    the members that came since and are neither read nor looked at.
    """

    article: int
    title: str
    outlet: str | None
    tag: str | None
    since: int
    members: int
    new: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that joined a followed story; ``follow`` is the article that story is followed from."""

    follow: int
    article: int
    title: str
    outlet: str | None


_FOLLOWS = """
SELECT f.article_id, a.title, o.name, f.tag, f.since, count(m.member_id),
       coalesce(sum(NOT m.is_seen AND s.is_unread), 0)
FROM follows f JOIN articles a ON a.id = f.article_id LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN followed m ON m.article_id = f.article_id LEFT JOIN statuses s ON s.article_id = m.member_id
GROUP BY f.article_id ORDER BY f.since DESC, f.article_id DESC
"""
_NEW = """
SELECT m.article_id, m.member_id, a.title, o.name
FROM followed m JOIN articles a ON a.id = m.member_id JOIN statuses s ON s.article_id = m.member_id
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE NOT m.is_seen AND s.is_unread ORDER BY a.position DESC
"""


def follow(connection: sqlite3.Connection, article_id: int, now: int, tag: str | None = None) -> int:
    """Follow the story of an article; the article it is followed from (another, where it is followed already)."""
    already = followed_from(connection, article_id)
    if already is not None:
        return already
    members = _story(connection, article_id)
    with transaction(connection):
        connection.execute(
            "INSERT OR IGNORE INTO follows(article_id, tag, since) VALUES (?, ?, ?)", (article_id, tag, now)
        )
        connection.executemany(
            "INSERT OR IGNORE INTO followed(article_id, member_id, is_seen) VALUES (?, ?, 1)",
            [(article_id, member) for member in members],
        )
    return article_id


def unfollow(connection: sqlite3.Connection, article_id: int) -> bool:
    """Follow the story of an article no longer, from whichever member it is followed; False where it was not."""
    found = followed_from(connection, article_id)
    if found is None:
        return False
    with transaction(connection):
        connection.execute("DELETE FROM followed WHERE article_id = ?", (found,))
        connection.execute("DELETE FROM follows WHERE article_id = ?", (found,))
    return True


def followed_from(connection: sqlite3.Connection, article_id: int) -> int | None:
    """The article from which the story of this one is followed, or None where it is not."""
    row = connection.execute(
        "SELECT article_id FROM follows WHERE article_id = ?1"
        " UNION ALL SELECT article_id FROM followed WHERE member_id = ?1 LIMIT 1",
        (article_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def follows(connection: sqlite3.Connection) -> tuple[Follow, ...]:
    """All followed stories, those followed last first."""
    return tuple(Follow(*row) for row in connection.execute(_FOLLOWS))


def new_members(connection: sqlite3.Connection) -> tuple[Arrival, ...]:
    """What joined followed stories and is neither read nor looked at, newest first."""
    return tuple(Arrival(*row) for row in connection.execute(_NEW))


def look_at(connection: sqlite3.Connection, article_id: int) -> None:
    """The followed story of that article was looked at: nothing in it is new any more."""
    found = followed_from(connection, article_id)
    if found is not None:
        with transaction(connection):
            connection.execute(
                "UPDATE followed SET is_seen = 1 WHERE article_id = ? AND NOT is_seen", (found,)
            )


def collect(connection: sqlite3.Connection) -> tuple[Arrival, ...]:
    """Find what has joined followed stories since the last time; each new member is answered once."""
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
    asked = [(row[0], row[1]) for row in connection.execute("SELECT article_id, tag FROM follows")]
    if not asked or remembered.recall(connection, _CHECKED) == newest:
        return ()
    # The stories are put together before the write begins: others may write meanwhile.
    found = [(article, tag, _story(connection, article)) for article, tag in asked]
    arrived: list[tuple[int, int]] = []
    with transaction(connection):
        for article, tag, members in found:
            joined = [member for member in members if _join(connection, article, member)]
            arrived += [(article, member) for member in joined]
            if tag and joined:
                _tag(connection, joined, tag)
        remembered.remember(connection, _CHECKED, newest)
    fresh = set(arrived)
    return tuple(one for one in new_members(connection) if (one.follow, one.article) in fresh)


def _join(connection: sqlite3.Connection, article_id: int, member: int) -> bool:
    cursor = connection.execute(
        "INSERT OR IGNORE INTO followed(article_id, member_id) VALUES (?, ?)", (article_id, member)
    )
    return cursor.rowcount > 0


def _tag(connection: sqlite3.Connection, article_ids: list[int], tag: str) -> None:
    from .tags import change_tags

    change_tags(connection, article_ids, add=[tag])


def _story(connection: sqlite3.Connection, article_id: int) -> tuple[int, ...]:
    from .events import story

    try:
        return story(connection, article_id).articles
    except NotFoundError:
        return ()
