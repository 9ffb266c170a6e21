"""Following a story: its new reports are collected, and told of until they are seen."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from .database import transaction
from .errors import NotFoundError
from .events import story


@dataclass(frozen=True, slots=True)
class Follow:
    """A followed story: the article it was followed from, the tag its reports get, and what is new in it."""

    article: int
    title: str
    tag: str | None
    members: int
    unseen: tuple[int, ...]


def follow(connection: sqlite3.Connection, article_id: int, *, now: int, tag: str | None = None) -> None:
    """Follow the story of an article from ``now`` (seconds UTC) on; what it holds today counts as seen."""
    members = story(connection, article_id).articles
    with transaction(connection):
        connection.execute(
            "INSERT INTO follows(article_id, tag, since) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET tag = excluded.tag",
            (article_id, tag, now),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO followed(article_id, member_id, is_seen) VALUES (?, ?, 1)",
            [(article_id, member) for member in members],
        )


def unfollow(connection: sqlite3.Connection, article_id: int) -> None:
    """Follow a story no longer; its reports and their tags stay. Raises NotFoundError where it was not followed."""
    with transaction(connection):
        if not connection.execute("DELETE FROM follows WHERE article_id = ?", (article_id,)).rowcount:
            raise NotFoundError(f"the story of article {article_id} is not followed")


def collect(connection: sqlite3.Connection) -> tuple[Follow, ...]:
    """Look for new reports of all followed stories; only those that have some, ``unseen`` newly found."""
    out: list[Follow] = []
    for article_id, title, tag in connection.execute(_FOLLOWS).fetchall():
        known = {
            m
            for (m,) in connection.execute(
                "SELECT member_id FROM followed WHERE article_id = ?", (article_id,)
            )
        }
        fresh = [member for member in story(connection, article_id).articles if member not in known]
        if fresh:
            with transaction(connection):
                connection.executemany(
                    "INSERT OR IGNORE INTO followed(article_id, member_id) VALUES (?, ?)",
                    [(article_id, member) for member in fresh],
                )
            out.append(Follow(article_id, title, tag, len(known) + len(fresh), tuple(fresh)))
    return tuple(out)


_FOLLOWS = "SELECT f.article_id, a.title, f.tag FROM follows f JOIN articles a ON a.id = f.article_id ORDER BY f.since"


def follows(connection: sqlite3.Connection) -> tuple[Follow, ...]:
    """All followed stories, with the reports collected and not yet seen."""
    out: list[Follow] = []
    for article_id, title, tag in connection.execute(_FOLLOWS).fetchall():
        members = connection.execute(
            "SELECT member_id, is_seen FROM followed WHERE article_id = ? ORDER BY member_id", (article_id,)
        ).fetchall()
        unseen = tuple(member for member, is_seen in members if not is_seen)
        out.append(Follow(article_id, title, tag, len(members), unseen))
    return tuple(out)


def seen(connection: sqlite3.Connection, article_id: int) -> None:
    """The reports collected for a followed story were seen."""
    with transaction(connection):
        connection.execute("UPDATE followed SET is_seen = 1 WHERE article_id = ?", (article_id,))
