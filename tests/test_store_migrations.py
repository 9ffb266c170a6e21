"""The schema's steps: as many as the version says, and the way from the first of them to today's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import Store, StoreError
from store.database import APPLICATION_ID, SCHEMA_VERSION
from store.intake import add
from store.migrations import migrations
from store.models import ParsedArticle
from store.title_keys import key_of
from store.titles import sketches


def steps() -> list[str]:
    return [step.name for step in migrations.pending(Database(memory=True))]


def schema(path: Path) -> set[tuple[str, str, str]]:
    connection = sqlite3.connect(path)
    rows = set(connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))
    connection.close()
    return rows


def made_up_to(path: Path, count: int) -> None:
    """A store as the version that had ``count`` steps left it."""
    connection = sqlite3.connect(path, isolation_level=None)
    following = steps()[count:]
    migrations.apply(Database(connection), stop_before=following[:1])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {count}")
    connection.close()


def test_the_version_is_the_number_of_steps(tmp_path: Path) -> None:
    assert len(steps()) == SCHEMA_VERSION
    assert [name[:4] for name in steps()] == [f"m{number:03}" for number in range(1, SCHEMA_VERSION + 1)]
    path = tmp_path / "store.db"
    Store(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


def test_from_every_step_to_todays(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    Store(fresh).close()
    for count in range(1, SCHEMA_VERSION):
        path = tmp_path / f"of_{count}.db"
        made_up_to(path, count)
        Store(path).close()
        assert schema(path) == schema(fresh), count


def test_links_that_waited_find_their_targets_after_it(tmp_path: Path) -> None:
    exact, other = "تحذير من السيول في الأغوار", "تحالف بوتين وكيم يونج أون يقلق الغرب"
    path = tmp_path / "store.db"
    made_up_to(path, 10)
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        INSERT INTO articles(id, position, title, title_key, origin, identity, added)
            VALUES (1, 100, 'صفحة', 5, 'page.txt', 'x', 1694600000);
        INSERT INTO bodies VALUES (1, 'فقرة');
        INSERT INTO statuses(article_id, position) VALUES (1, 100);
        """
    )
    for ordinal, title in enumerate((exact, other)):
        connection.execute(
            "INSERT INTO links VALUES (1, ?, 'similar', ?, ?, NULL)", (ordinal, title, key_of(title))
        )
        connection.executemany(
            "INSERT INTO link_sketches VALUES (?, 1, ?)", [(one, ordinal) for one in sketches(title)]
        )
    connection.commit()
    connection.close()
    store = Store(path)
    came = [
        add(store.connection, ParsedArticle(title, (f"نص الخبر {title} كاملا.",), f"/{title}"), 0)[0].id
        for title in (exact, "تحالف بوتين وكيم جونغ أون يقلق الغرب")
    ]
    assert [link.target for link in store.article(1).links] == came


def test_what_a_person_did_survives_the_way(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    made_up_to(path, 1)
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        INSERT INTO outlets(id, name, key) VALUES (1, 'الراي', 'الراي');
        INSERT INTO articles(id, position, title, title_key, outlet_id, origin, identity, added)
            VALUES (7, 700, 'عنوان', 'عنوان', 1, 'page.txt', 'x', 1694600000);
        INSERT INTO bodies VALUES (7, 'فقرة' || char(10) || 'وأخرى');
        INSERT INTO statuses(article_id, position, is_unread, is_starred, place) VALUES (7, 700, 0, 1, 5);
        INSERT INTO tags(id, name, key) VALUES (1, 'قديم', 'قديم');
        INSERT INTO article_tags(tag_id, position, article_id) VALUES (1, 700, 7);
        """
    )
    connection.close()
    store = Store(path)
    article = store.article(7)
    assert (article.title, article.outlet, article.body) == ("عنوان", "الراي", ("فقرة", "وأخرى"))
    assert (article.is_unread, article.is_starred, article.tags) == (False, True, ("قديم",))
    assert store.place(7) == 5
    assert [row.id for row in store.newest(10)] == [7]
    store.change_tags([7], add=["جديد"], remove=["قديم"])
    assert [tag.name for tag in store.tags()] == ["جديد"]
    store.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    made_up_to(path, 2)
    # What the third step is to make is there already, and is something else.
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE events(x)")
    connection.commit()
    connection.close()
    before = schema(path)
    with pytest.raises(StoreError, match="events"):
        Store(path)
    assert schema(path) == before
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    connection.close()
