"""Store: the one door through which the interface reads and changes the data.

A thin façade: every method is one call into the room that does the work, on
the connection of the calling thread. Methods that list take queries in the
query language, so that lists, searches, tags and scripts are one thing.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import articles, database, summaries
from .models import Article, Link, Summary, TagChange, TagCount

if TYPE_CHECKING:
    from .compare import Comparison
    from .events import Event, EventSummary, Story
    from .follows import Arrival, Follow, Unfollowed
    from .ingest.pipeline import ImportReport, Progress
    from .keeping import Searches
    from .muting import Mutes
    from .notes import Notes
    from .query import Query
    from .readings import ReadArticle
    from .related import Related
    from .search import Page
    from .trash import Deleted
    from .updating import Update
    from .views import Views


class Store:
    """The articles of one SQLite file, with everything known of them.

    Safe to share between threads: each has a connection of its own. Raises
    StoreUnreadableError, StoreTooNewError or StoreBusyError when opened. Where
    the file is of an older version ``update`` is told how far it is brought up
    to date, and may stop it (StoreStoppedError).
    """

    def __init__(self, path: Path, *, read_only: bool = False, update: Update | None = None) -> None:
        self.path = path
        self._asked_read_only = read_only
        self._update = update
        self._local = threading.local()
        self._is_opened = False
        self.is_read_only = database.is_read_only(self.connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection, opened on first use."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = database.connect(self.path, read_only=self._asked_read_only, update=self._update)
            self._local.connection = found
            if self._is_opened:
                # Workers read little twice; pages for each of them would double what a reader needs.
                found.execute("PRAGMA cache_size = -2000")
            self._is_opened = True
        return found

    def close(self) -> None:
        """Close this thread's connection; those of other threads close with their threads."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            found.close()

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """One write transaction on the calling thread's connection."""
        return database.transaction(self.connection)

    def data_version(self) -> int:
        """A number that changes when another connection has written; costs microseconds."""
        with database.errors_of():
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    @property
    def views(self) -> Views:
        """What lists can be narrowed to, what results hold, and the completion of queries."""
        from .views import Views

        return Views(self.connection)

    @property
    def notes(self) -> Notes:
        """Passages that were marked, and what was written of them."""
        from .notes import Notes

        return Notes(self.connection)

    @property
    def mutes(self) -> Mutes:
        """Mute rules, and what they leave out of lists."""
        from .muting import Mutes

        return Mutes(self.connection)

    @property
    def searches(self) -> Searches:
        """Saved searches, and what a person does with them."""
        from .keeping import Searches

        return Searches(self.connection)

    # Reading

    def parse(self, text: str) -> Query:
        """Read a query as of now; raises QueryError with place and reason."""
        from .query import parse

        return parse(text, int(time.time()), self._text_of_saved)

    def _text_of_saved(self, name: str) -> str | None:
        from .saved import text_of

        with database.errors_of():
            return text_of(self.connection, name)

    def newest(self, limit: int) -> tuple[Summary, ...]:
        """The first rows of the list of everything; what a start shows before anything else is loaded."""
        with database.errors_of():
            return summaries.newest(self.connection, limit)

    def around(
        self, article_id: int, *, above: int, below: int
    ) -> tuple[tuple[Summary, ...], tuple[Summary, ...]] | None:
        """Rows of the list of everything above an article, and from it on; None where it is gone."""
        with database.errors_of():
            return summaries.around(self.connection, article_id, above=above, below=below)

    def size(self) -> int:
        """How many rows the list of everything has."""
        with database.errors_of():
            return summaries.size(self.connection)

    def quick_size(self) -> int | None:
        """The same where it is told at once, else None."""
        with database.errors_of():
            return summaries.quick_size(self.connection)

    def newer_than(self, article_id: int) -> int:
        """How many rows of the list of everything stand above an article."""
        with database.errors_of():
            return summaries.newer_than(self.connection, article_id)

    def row(self, article_id: int) -> Summary | None:
        """The row of one article, also of a muted one; None where it is gone."""
        with database.errors_of():
            return summaries.row(self.connection, article_id)

    def muted(self) -> int:
        """How many articles the list of everything leaves out as muted."""
        with database.errors_of():
            return summaries.muted(self.connection)

    def page(self, wanted: Query, *, limit: int, before: int | None = None, after: int | None = None) -> Page:
        """Rows of the list a query describes, newest first, next to a position."""
        from .search import page

        with database.errors_of():
            return page(self.connection, wanted, limit=limit, before=before, after=after)

    def count(self, wanted: Query, limit: int = 1000) -> int:
        """How many articles a query finds, counted no further than ``limit`` + 1."""
        from .search import count

        with database.errors_of():
            return count(self.connection, wanted, limit)

    def is_slow(self, wanted: Query) -> bool:
        """True where a pattern of a query has to be looked for in so many texts that one should be told."""
        from .search import is_slow

        with database.errors_of():
            return is_slow(self.connection, wanted)

    def rank(self, wanted: Query, position: int) -> int:
        """How many rows stand above that position in the list of a query."""
        from .search import rank

        with database.errors_of():
            return rank(self.connection, wanted, position)

    def article(self, article_id: int) -> Article:
        """One article in full; raises NotFoundError."""
        with database.errors_of():
            return articles.article(self.connection, article_id)

    def articles(self) -> Iterator[Article]:
        """Every article in full, one after another, in order of arrival."""
        with database.errors_of():
            for article_id in articles.ids(self.connection):
                yield self.article(article_id)

    def links(self, article_id: int) -> tuple[Link, ...]:
        """The links on an article's page."""
        with database.errors_of():
            return articles.links_of(self.connection, article_id)

    def tags(self) -> tuple[TagCount, ...]:
        """All tags with their counts."""
        from .tags import tags

        with database.errors_of():
            return tags(self.connection)

    def tag_completions(self, beginning: str) -> tuple[str, ...]:
        """Names of tags that begin so, in any spelling."""
        from .tags import completions

        with database.errors_of():
            return completions(self.connection, beginning)

    def related(self, article_id: int) -> tuple[Related, ...]:
        """What is linked with, copied from, or tells of the same as an article."""
        from .related import related

        with database.errors_of():
            return related(self.connection, article_id)

    def story(self, article_id: int) -> Story:
        """The story an article belongs to: its events in order of time."""
        from .events import story

        with database.errors_of():
            return story(self.connection, article_id)

    def event(self, event_id: int) -> Event:
        """An event with its reports; raises NotFoundError."""
        from .events import event

        with database.errors_of():
            return event(self.connection, event_id)

    def stories(self, *, since: int | None = None, limit: int = 50) -> tuple[EventSummary, ...]:
        """Events with a report since then (seconds UTC), those of most outlets first."""
        from .events import stories

        with database.errors_of():
            return stories(self.connection, since=since, limit=limit)

    def reasons(self, article_id: int, others: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """What each of ``others`` shares with an article, in its spelling."""
        from .why import reasons

        with database.errors_of():
            return reasons(self.connection, article_id, others)

    def compare(self, first: int, second: int) -> Comparison:
        """Two articles sentence by sentence; raises NotFoundError."""
        from .compare import compare

        one, other = self.article(first), self.article(second)
        return compare(one.body, other.body, (*one.keywords, *other.keywords))

    def follows(self) -> tuple[Follow, ...]:
        """The stories that are followed."""
        from .follows import follows

        with database.errors_of():
            return follows(self.connection)

    def followed_from(self, article_id: int) -> int | None:
        """The article from which the story of this one is followed, or None."""
        from .follows import followed_from

        with database.errors_of():
            return followed_from(self.connection, article_id)

    def new_in_followed(self) -> tuple[Arrival, ...]:
        """What joined followed stories and was neither read nor looked at, newest first."""
        from .follows import arrivals

        with database.errors_of():
            return arrivals(self.connection)

    def recall(self, name: str) -> Any:
        """A JSON value kept under a name between runs, or None."""
        from .remembered import recall

        with database.errors_of():
            return recall(self.connection, name)

    # Changing

    def set_unread(self, article_ids: Iterable[int], is_unread: bool) -> tuple[int, ...]:
        """Mark articles unread or read; the ids that changed."""
        return articles.set_unread(self.connection, article_ids, is_unread)

    def opened(self, article_id: int) -> None:
        """An article is opened: it is read, and goes to the head of the history."""
        from .readings import opened

        opened(self.connection, article_id, int(time.time()))

    def history(self, limit: int = 500) -> tuple[ReadArticle, ...]:
        """The articles opened last, the last first."""
        from .readings import history

        return history(self.connection, limit)

    def forget_history(self) -> int:
        """Forget when articles were opened; they stay read. How many it was."""
        from .readings import forget

        return forget(self.connection)

    def set_starred(self, article_ids: Iterable[int], is_starred: bool) -> tuple[int, ...]:
        """Star articles or not; the ids that changed."""
        return articles.set_starred(self.connection, article_ids, is_starred)

    def change_tags(
        self, article_ids: Iterable[int], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> TagChange:
        """Add and remove tags; exactly what changed."""
        from .tags import change_tags

        return change_tags(self.connection, article_ids, add, remove)

    def rename_tag(self, old: str, new: str) -> None:
        """Rename a tag, joining it with one of that name."""
        from .tags import rename_tag

        rename_tag(self.connection, old, new)

    def delete(self, article_ids: Iterable[int]) -> tuple[int, ...]:
        """Delete articles; for some weeks :meth:`restore` brings them back. The ids of those that were there."""
        from .trash import delete

        return delete(self.connection, article_ids, int(time.time()))

    def restore(self, article_ids: Iterable[int]) -> tuple[int, ...]:
        """Bring deleted articles back with their tags and notes; the ids they have now. Raises NotFoundError."""
        from .trash import restore

        return restore(self.connection, article_ids)

    def forget(self, article_ids: Iterable[int]) -> None:
        """Keep nothing of articles that were deleted."""
        from .trash import forget

        forget(self.connection, article_ids)

    def deleted(self) -> tuple[Deleted, ...]:
        """The deleted articles that can be brought back, the last deleted first."""
        from .trash import deleted

        return deleted(self.connection)

    def follow(self, article_id: int, tag: str | None = None) -> int:
        """Follow the story of an article; the article it is followed from."""
        from .follows import follow

        with database.errors_of():
            return follow(self.connection, article_id, now=int(time.time()), tag=tag)

    def unfollow(self, article_id: int) -> Unfollowed:
        """Follow the story of an article no longer, and what follows it again; raises NotFoundError."""
        from .follows import unfollow

        with database.errors_of():
            return unfollow(self.connection, article_id)

    def follow_again(self, was: Unfollowed) -> bool:
        """Follow a story again that was unfollowed, with all that was known of it; False where that cannot be."""
        from .follows import follow_again

        with database.errors_of():
            return follow_again(self.connection, was)

    def collect_followed(self) -> tuple[Follow, ...]:
        """Look for new reports of followed stories; those that have some, each report once."""
        from .follows import collect

        with database.errors_of():
            return collect(self.connection)

    def look_at_story(self, article_id: int) -> None:
        """Nothing in the followed story of that article is new any more."""
        from .follows import seen

        with database.errors_of():
            seen(self.connection, article_id)

    def remember(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name for the next run."""
        from .remembered import remember

        with database.errors_of():
            remember(self.connection, name, value)

    def place(self, article_id: int) -> int:
        """How far an article was read, in code points of its body."""
        with database.errors_of():
            return articles.place(self.connection, article_id)

    def set_place(self, article_id: int, place: int) -> None:
        """Remember how far an article was read."""
        articles.set_place(self.connection, article_id, place)

    def import_paths(
        self,
        paths: Sequence[str | Path],
        *,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        dry_run: bool = False,
    ) -> ImportReport:
        """Take in everything the paths hold; each failure is one line of the report."""
        from .ingest.pipeline import import_paths

        report = import_paths(
            self.connection,
            paths,
            now=int(time.time()),
            on_progress=on_progress,
            should_stop=should_stop,
            dry_run=dry_run,
        )
        if report.new and not dry_run:
            self.collect_followed()
        return report
