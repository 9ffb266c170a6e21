"""Following a story: its new reports are collected, tagged where that was asked, and told of until they are seen.

One follows a story from one of its articles. What belongs to it at that time
counts as seen; each later report is collected once, and stays unseen until it
is read or its story is looked at. Collecting asks nothing while nothing has arrived.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from . import remembered
from .database import transaction
from .errors import NotFoundError

#: The newest article at the last collection, under this name in ``meta``.
_CHECKED = "follows_checked"


@dataclass(frozen=True, slots=True)
class Follow:
    """A followed story: the article it is followed from, the tag its new reports get, since when (seconds UTC).

    ``members`` counts all its reports, ``unseen`` are the ids of those that
    came since and are neither read nor looked at, newest first.
    """

    article: int
    title: str
    outlet: str | None
    tag: str | None
    since: int
    members: int
    unseen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that joined a followed story; ``follow`` is the article that story is followed from."""

    follow: int
    article: int
    title: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """All that was known of a story that is followed no longer: enough to follow it again as if nothing had been.

    ``members`` are its collected reports, each with True where it was seen.
    """

    article: int
    tag: str | None
    since: int
    members: tuple[tuple[int, bool], ...]


_FOLLOWS = """
SELECT f.article_id, a.title, o.name, f.tag, f.since, (SELECT count(*) FROM followed m WHERE m.article_id = f.article_id)
FROM follows f JOIN articles a ON a.id = f.article_id LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY f.since DESC, f.article_id DESC
"""
_UNSEEN = """
SELECT m.article_id, m.member_id, a.title, o.name
FROM followed m JOIN articles a ON a.id = m.member_id JOIN statuses s ON s.article_id = m.member_id
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE NOT m.is_seen AND s.is_unread ORDER BY a.position DESC
"""


def follow(connection: sqlite3.Connection, article_id: int, *, now: int, tag: str | None = None) -> int:
    """Follow the story of an article from ``now`` (seconds UTC) on; the article it is followed from.

    That is another one where the story is followed already; a tag given then is taken over.
    Raises NotFoundError.
    """
    already = followed_from(connection, article_id)
    members = () if already is not None else _story(connection, article_id)
    with transaction(connection):
        connection.execute(
            "INSERT INTO follows(article_id, tag, since) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET tag = coalesce(excluded.tag, tag)",
            (article_id if already is None else already, tag, now),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO followed(article_id, member_id, is_seen) VALUES (?, ?, 1)",
            [(article_id, member) for member in members],
        )
    return article_id if already is None else already


def unfollow(connection: sqlite3.Connection, article_id: int) -> Unfollowed:
    """Follow a story no longer, from whichever member; its reports and their tags stay. What follows it again.

    Raises NotFoundError where it was not followed.
    """
    found = followed_from(connection, article_id)
    if found is None:
        raise NotFoundError(f"the story of article {article_id} is not followed")
    with transaction(connection):
        tag, since = connection.execute(
            "SELECT tag, since FROM follows WHERE article_id = ?", (found,)
        ).fetchone()
        members = connection.execute(
            "SELECT member_id, is_seen FROM followed WHERE article_id = ? ORDER BY member_id", (found,)
        ).fetchall()
        connection.execute("DELETE FROM follows WHERE article_id = ?", (found,))
    return Unfollowed(found, tag, since, tuple((member, bool(is_seen)) for member, is_seen in members))


def follow_again(connection: sqlite3.Connection, was: Unfollowed) -> bool:
    """Take :func:`unfollow` back; False where the article is gone or its story is followed again already."""
    with transaction(connection):
        if followed_from(connection, was.article) is not None:
            return False
        cursor = connection.execute(
            "INSERT INTO follows(article_id, tag, since) SELECT id, ?, ? FROM articles WHERE id = ?",
            (was.tag, was.since, was.article),
        )
        if not cursor.rowcount:
            return False
        connection.executemany(
            "INSERT INTO followed(article_id, member_id, is_seen) SELECT ?, id, ? FROM articles WHERE id = ?",
            [(was.article, is_seen, member) for member, is_seen in was.members],
        )
        # What came meanwhile is looked for at the next collection.
        remembered.remember(connection, _CHECKED, None)
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
    unseen: dict[int, list[int]] = {}
    for one in arrivals(connection):
        unseen.setdefault(one.follow, []).append(one.article)
    return tuple(
        Follow(article, title, outlet, tag, since, members, tuple(unseen.get(article, ())))
        for article, title, outlet, tag, since, members in connection.execute(_FOLLOWS).fetchall()
    )


def arrivals(connection: sqlite3.Connection) -> tuple[Arrival, ...]:
    """The reports that joined followed stories and were neither read nor looked at, newest first."""
    return tuple(Arrival(*row) for row in connection.execute(_UNSEEN))


def seen(connection: sqlite3.Connection, article_id: int) -> None:
    """The followed story of that article was looked at: nothing in it is new any more."""
    found = followed_from(connection, article_id)
    if found is not None:
        with transaction(connection):
            connection.execute(
                "UPDATE followed SET is_seen = 1 WHERE article_id = ? AND NOT is_seen", (found,)
            )


def collect(connection: sqlite3.Connection) -> tuple[Follow, ...]:
    """Look for new reports of all followed stories: those that have some, ``unseen`` being what was found now."""
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
    followed = follows(connection)
    if not followed or remembered.recall(connection, _CHECKED) == newest:
        return ()
    # The stories are put together before the write begins: others may write meanwhile.
    found = [(one, _story(connection, one.article)) for one in followed]
    out: list[Follow] = []
    with transaction(connection):
        for one, members in found:
            fresh = tuple(member for member in members if _join(connection, one.article, member))
            if fresh:
                _tag(connection, fresh, one.tag)
                out.append(
                    Follow(
                        one.article,
                        one.title,
                        one.outlet,
                        one.tag,
                        one.since,
                        one.members + len(fresh),
                        fresh,
                    )
                )
        remembered.remember(connection, _CHECKED, newest)
    return tuple(out)


def _join(connection: sqlite3.Connection, article_id: int, member: int) -> bool:
    """Collect a report where it is not collected yet and the story is still followed; True where it was."""
    cursor = connection.execute(
        "INSERT OR IGNORE INTO followed(article_id, member_id)"
        " SELECT article_id, ? FROM follows WHERE article_id = ?",
        (member, article_id),
    )
    return cursor.rowcount > 0


def _tag(connection: sqlite3.Connection, article_ids: tuple[int, ...], tag: str | None) -> None:
    if tag:
        from .tags import change_tags

        change_tags(connection, article_ids, add=[tag])


def _story(connection: sqlite3.Connection, article_id: int) -> tuple[int, ...]:
    from .events import story

    return story(connection, article_id).articles
