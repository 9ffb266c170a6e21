"""The schema's steps: as many as the version says, and the way from the first of them to today's."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import Store, StoreError, StoreStoppedError
from store.database import APPLICATION_ID, SCHEMA_VERSION
from store.intake import add
from store.migrations import migrations
from store.models import ParsedArticle
from store.title_keys import key_of
from store.titles import sketches
from store.updating import Progress, Stop


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


class Watching:
    """Hears how far an update is, and stops it at the look of that number."""

    def __init__(self, stop_at: int = 10**9) -> None:
        self.told: list[tuple[int, int]] = []
        self.looks = 0
        self._stop_at = stop_at

    @contextmanager
    def update(self) -> Iterator[tuple[Progress, Stop]]:
        yield lambda done, total: self.told.append((done, total)), self._should_stop

    def _should_stop(self) -> bool:
        self.looks += 1
        return self.looks >= self._stop_at


def before_the_list(path: Path) -> None:
    """A store of before the list of words, with five hundred articles whose words are in the index."""
    made_up_to(path, 14)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    for number in range(500):
        connection.execute(
            "INSERT INTO articles(id, position, title, title_key, origin, identity, added) VALUES (?, ?, ?, ?, '', ?, 0)",
            (number + 1, number, f"خبر {number}", number, str(number)),
        )
        connection.execute("INSERT INTO bodies VALUES (?, ?)", (number + 1, f"كلمة{number}"))
        connection.execute("INSERT INTO statuses(article_id, position) VALUES (?, ?)", (number + 1, number))
        columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('search')")]
        connection.execute(
            f"INSERT INTO search(rowid, {', '.join(columns)}) VALUES ({', '.join('?' * (len(columns) + 1))})",  # noqa: S608
            (number, *[f"كلمة{number} آخر{number}"] * len(columns)),
        )
    connection.execute("COMMIT")
    connection.close()


def test_how_far_an_update_is_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.updating._LOOK", 100)
    path = tmp_path / "store.db"
    before_the_list(path)
    watching = Watching()
    store = Store(path, update=watching.update)
    assert {total for _done, total in watching.told} == {1000}
    done = [done for done, _total in watching.told]
    assert done == sorted(done)
    # Not only between the steps: within the one that takes longest.
    assert len(set(done)) > 10
    assert done[-1] > 990
    words = {word for (word,) in store.connection.execute("SELECT word FROM search_wordlist")}
    assert words == {f"{word}{number}" for word in ("كلمة", "آخر") for number in range(500)}
    # Once more there is nothing to tell, and of a new store neither.
    again = Watching()
    Store(path, update=again.update).close()
    Store(tmp_path / "new.db", update=again.update).close()
    assert again.told == []


@pytest.mark.parametrize("stop_at", [1, 10, 40])
def test_an_update_that_is_stopped_leaves_the_store_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    monkeypatch.setattr("store.updating._LOOK", 100)
    path = tmp_path / "store.db"
    before_the_list(path)
    before = schema(path)
    watching = Watching(stop_at)
    with pytest.raises(StoreStoppedError, match="not updated, and as it was"):
        Store(path, update=watching.update)
    assert watching.looks >= stop_at
    assert schema(path) == before
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (14,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM search WHERE search MATCH 'كلمة7'").fetchone() == (1,)
    connection.close()
    # The next start begins again, and comes to an end.
    assert len(Store(path).newest(1000)) == 500


def test_ctrl_c_stops_an_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line leaves with 130 and one line, and what is there stays as it was."""
    path = tmp_path / "store.db"
    before_the_list(path)
    script = (
        "import os, signal, store.updating, tui.cli_progress as progress\n"
        "from tui.cli import main\n"
        "store.updating._LOOK = 100\n"
        "progress.PATIENCE = 0\n"
        "say = progress.say\n"
        "progress.say = lambda text: (say(text), os.kill(os.getpid(), signal.SIGINT))\n"
        f"import sys; sys.argv = ['newsreader', '--lang', 'en', '--store', {str(path)!r}, 'list']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.splitlines() == [
        "updating the archive for this version …",
        f"newsreader: {path}: not updated, and as it was; the next start begins again",
    ]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (14,)
    connection.close()
